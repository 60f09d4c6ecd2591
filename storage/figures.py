"""Counts over a program's whole life."""

from __future__ import annotations

from sqlalchemy import func, select

from mentoring.messages import Kind
from mentoring.pairings import PairState
from storage import tables as t
from storage import went
from storage.database import Tx
from storage.went import Gone


def ever_enrolled(tx: Tx, program_id: int) -> int:
    """How many people ever joined, those who left included."""
    query = select(func.count()).select_from(t.members).where(t.members.c.program_id == program_id)
    return int(tx.execute(query).scalar_one())


def pairs_by_state(tx: Tx, program_id: int) -> dict[PairState, int]:
    """How many of all pairs are in each state."""
    query = (
        select(t.pairs.c.state, func.count())
        .where(t.pairs.c.program_id == program_id)
        .group_by(t.pairs.c.state)
    )
    return {PairState(state): number for state, number in tx.execute(query)}


def approvals(tx: Tx, program_id: int) -> int:
    """How many pairs a lead approved, whatever became of them."""
    approved = t.audit.c.action == PairState.APPROVED.value
    query = select(func.count()).select_from(t.audit).where(t.audit.c.program_id == program_id, approved)
    return int(tx.execute(query).scalar_one()) + went.number(tx, program_id, Gone.APPROVALS)


def checkins(tx: Tx, program_id: int) -> tuple[int, int]:
    """How many check-in questions reached their person, and how many of them were answered."""
    asked = t.checkins.c.asked_at
    query = (
        select(func.count(asked), func.count(t.checkins.c.answered_at).filter(asked.is_not(None)))
        .join(t.pairs, t.pairs.c.id == t.checkins.c.pair_id)
        .where(t.pairs.c.program_id == program_id)
    )
    sent, answered = tx.execute(query).one()
    sent_before, answered_before = went.checkins(tx, program_id)
    return int(sent) + sent_before, int(answered) + answered_before


def reasks(tx: Tx, program_id: int) -> int:
    """How many check-ins were asked about a second time."""
    row = t.outbox.c
    query = select(func.count()).where(
        row.program_id == program_id, row.kind == Kind.REASK.value, row.sent_at.is_not(None)
    )
    return int(tx.execute(query).scalar_one()) + went.number(tx, program_id, Gone.REASKS)
