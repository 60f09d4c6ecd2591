"""How some messages are named, where more than one place has to know."""

from __future__ import annotations

from mentoring.cycles import Cycle
from mentoring.people import Member


def summary_subject(cycle: Cycle) -> str:
    """The id of a cycle's newest summary: each run of the matching posts its own."""
    return f"{cycle.id}.{cycle.runs}"


def absence(member: Member) -> str:
    """The subject of what is asked once after an absence: the person and when it began."""
    began = int(member.away_since.timestamp()) if member.away_since else 0
    return f"{member.person.id}.{began}"
