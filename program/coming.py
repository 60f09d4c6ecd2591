"""The cycle to come: the first that is not introduced yet, whether it is stored already or not."""

from __future__ import annotations

from mentoring.cycles import Cycle, CycleState, cycle_times, due_number
from program.act import Act
from storage import cycles


def cycle(act: Act) -> Cycle:
    """That cycle as it is, or as it is going to be, with 0 for an id."""
    plan, program = act.program.calendar, act.program
    number = max(1, due_number(plan, act.now))
    known = cycles.numbered(act.tx, program.id, number)
    if known is not None and known.state in (CycleState.PLANNED, CycleState.PROPOSED):
        return known
    number = number + 1 if known is not None else number
    planned = Cycle(0, program.id, cycle_times(plan, number), CycleState.PLANNED)
    return cycles.numbered(act.tx, program.id, number) or planned
