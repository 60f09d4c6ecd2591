"""How some messages are named, where more than one place has to know."""

from __future__ import annotations

from mentoring.cycles import Cycle


def summary_subject(cycle: Cycle) -> str:
    """The id of a cycle's newest summary: each run of the matching posts its own."""
    return f"{cycle.id}.{cycle.runs}"
