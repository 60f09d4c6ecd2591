"""The cycle to come: the first that is not introduced yet, whether it is stored already or not."""

from __future__ import annotations

from mentoring.cycles import Cycle, CycleState, cycle_times, due_number
from mentoring.pairings import PairState
from program.act import Act
from storage import cycles, pairs


def cycle(act: Act) -> Cycle:
    """That cycle as it is, or as it is going to be, with 0 for an id."""
    plan, program = act.program.calendar, act.program
    number = max(1, due_number(plan, act.now))
    known = cycles.numbered(act.tx, program.id, number)
    if known is not None and known.state in (CycleState.PLANNED, CycleState.PROPOSED):
        return known
    return _numbered(act, number + 1 if known is not None else number)


def cycle_of(act: Act, person_id: str) -> Cycle:
    """The cycle to come for somebody: the one after it, if leads introduced them in it ahead of time."""
    found = cycle(act)
    return _numbered(act, found.number + 1) if _has_begun(act, found, person_id) else found


def _has_begun(act: Act, found: Cycle, person_id: str) -> bool:
    introduced = pairs.of_person(act.tx, act.program.id, person_id, PairState.INTRODUCED) if found.id else []
    return any(pair.cycle_id == found.id for pair in introduced)


def begun(act: Act, found: Cycle) -> frozenset[str]:
    """For whom that cycle has begun already, because leads introduced them ahead of time."""
    introduced = pairs.of_cycle(act.tx, found.id, PairState.INTRODUCED) if found.id else []
    return frozenset(person_id for pair in introduced for person_id in pair.people)


def _numbered(act: Act, number: int) -> Cycle:
    planned = Cycle(0, act.program.id, cycle_times(act.program.calendar, number), CycleState.PLANNED)
    return cycles.numbered(act.tx, act.program.id, number) or planned
