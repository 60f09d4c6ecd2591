"""What a program has come to, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from mentoring.pairings import MET, PairState
from program.context import Context
from storage import figures
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Figures:
    """How often each thing has happened in a program since it began."""

    enrolled: int
    proposed: int
    approved: int
    declined: int
    introduced: int
    checkins_sent: int
    checkins_answered: int
    reasks: int


def figures_of(ctx: Context, workspace: str) -> Figures:
    """The figures of the workspace's program. Raises `NoProgram`."""
    with ctx.read(workspace) as act:
        return _figures(act.tx, act.program.id)


def _figures(tx: Tx, program_id: int) -> Figures:
    states = figures.pairs_by_state(tx, program_id)
    sent, answered = figures.checkins(tx, program_id)
    return Figures(
        enrolled=figures.ever_enrolled(tx, program_id),
        proposed=sum(states.values()),
        approved=figures.approvals(tx, program_id),
        declined=states.get(PairState.DECLINED, 0),
        introduced=sum(states.get(state, 0) for state in MET),
        checkins_sent=sent,
        checkins_answered=answered,
        reasks=figures.reasks(tx, program_id),
    )
