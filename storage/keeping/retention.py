"""Taking out what is finished once the operator's time for it is over; whatever is counted of it stays as a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select

from mentoring.cadence import week_of
from mentoring.checkins import Answer
from mentoring.cycles import CycleState
from mentoring.messages import Kind
from mentoring.pairings import STANDING, PairState
from storage import audit, meetings, went
from storage import tables as t
from storage.database import Tx
from storage.states import RowState
from storage.went import Gone

AT_ONCE = 500
"""So many in one transaction: a fraction of a second in which nobody else can save anything."""

PAIRS_AT_ONCE = 20
"""So many pairs' check-ins in one transaction: about as many rows."""

OF_A_WEEK = (Kind.CHECKIN, Kind.REASK, Kind.SILENCE, Kind.DIGEST)
"""Kinds whose subject begins with a week, and of which nothing but their number is read later."""

_OVER = (RowState.SENT, RowState.MOOT, RowState.FAILED)
_SAID = t.checkins.c
_PAIR = t.pairs.c


def take_out(tx: Tx, program_id: int, before: datetime, most: int = AT_ONCE) -> int:
    """Take out messages about weeks before that of a moment, and about meetings so long ago; gives how many went.

    What is still to change on a screen stays, and so does what leads were asked about.
    """
    row = t.outbox.c
    query = _over(program_id, before).add_columns(row.kind, row.sent_at).limit(most)
    found = list(tx.execute(query))
    if found:
        tx.execute(delete(t.outbox).where(row.id.in_([one.id for one in found])))
    reasks = sum(one.kind == Kind.REASK and one.sent_at is not None for one in found)
    went.add(tx, program_id, Gone.REASKS, reasks)
    return len(found)


def is_anything(tx: Tx, program_id: int, before: datetime) -> bool:
    """Whether there is a message that `take_out` would take, or a check-in that `fold` would."""
    queries = (_over(program_id, before), _folds(program_id, before))
    return any(tx.execute(query.limit(1)).first() is not None for query in queries)


def fold(tx: Tx, program_id: int, before: datetime, most: int = PAIRS_AT_ONCE) -> int:
    """Take out the check-ins of pairs of cycles that ended before a moment and have their report; gives how many.

    How many they were and in which weeks a pair met stays. Calls for help stay too, as what leads did about them.
    """
    found = list(tx.execute(_folds(program_id, before).limit(most)).scalars())
    if not found:
        return 0
    everybody = _with_mates(tx, found)
    weeks = {number: meetings.weeks(tx, number) for number in everybody}
    query = select(_SAID.id, _SAID.pair_id, _SAID.asked_at, _SAID.answered_at)
    rows = list(tx.execute(query.where(_SAID.pair_id.in_(everybody), _goes())))
    asked = Counter(one.pair_id for one in rows if one.asked_at)
    answered = Counter(one.pair_id for one in rows if one.asked_at and one.answered_at)
    for number in {one.pair_id: None for one in rows}:
        went.keep(tx, number, asked[number], answered[number], weeks[number])
    tx.execute(delete(t.checkins).where(_SAID.pair_id.in_(everybody), _goes()))
    return len(rows)


def forget(tx: Tx, program_id: int, before: datetime, most: int = AT_ONCE) -> int:
    """Take out entries of the audit log that are older than a moment; gives how many.

    The number of approvals stays, and of all that went.
    """
    row = t.audit.c
    found = list(tx.execute(_old_entries(program_id, before).add_columns(row.action).limit(most)))
    if found:
        with audit.erasing(tx):
            tx.execute(delete(t.audit).where(row.id.in_([one.id for one in found])))
    went.add(tx, program_id, Gone.ENTRIES, len(found))
    went.add(tx, program_id, Gone.APPROVALS, sum(one.action == PairState.APPROVED for one in found))
    return len(found)


def is_any_entry(tx: Tx, program_id: int, before: datetime) -> bool:
    """Whether there is an entry that `forget` would take."""
    return tx.execute(_old_entries(program_id, before).limit(1)).first() is not None


def _over(program_id: int, before: datetime) -> Select[int]:
    row, doubt = t.outbox.c, t.doubts.c
    asked_about = select(doubt.id).where(or_(doubt.row_id == row.id, doubt.question_id == row.id)).exists()
    weekly = and_(row.kind.in_([kind.value for kind in OF_A_WEEK]), row.subject < week_of(before.date()))
    # The plan that it asks about is older still, and what came after it has its own.
    after_meeting = and_(row.kind == Kind.MET_YET.value, row.created_at < before)
    return (
        select(row.id)
        .where(row.program_id == program_id, or_(weekly, after_meeting))
        .where(row.state.in_([state.value for state in _OVER]), ~asked_about)
    )


def _goes() -> ColumnElement[bool]:
    """A check-in that is no call for help, and was none."""
    called = exists().where(t.calls.c.checkin_id == _SAID.id)
    return and_(or_(_SAID.answer.is_(None), _SAID.answer != Answer.HELP), ~called)


def _folds(program_id: int, before: datetime) -> Select[int]:
    """The pairs whose check-ins go: they are over, and so is everybody with whom they were in one conversation."""
    mate = t.pairs.alias("mate")
    goes_on = (
        select(mate.c.id)
        .join(t.groups, (t.groups.c.pair_id == mate.c.id) & (t.groups.c.intro_of == mate.c.intro_of))
        .where(mate.c.intro_of == _PAIR.intro_of, ~_is_over(mate.c, program_id, before))
        .exists()
    )
    anything = exists().where(_SAID.pair_id == _PAIR.id, _goes())
    is_over = _is_over(_PAIR, program_id, before)
    return (
        select(_PAIR.id).where(_PAIR.program_id == program_id, is_over, anything, ~goes_on).order_by(_PAIR.id)
    )


def _is_over(pair: Any, program_id: int, before: datetime) -> ColumnElement[bool]:
    """Whether a pair can never go on again, and all figures about its cycle are made."""
    cycle, report = t.cycles.c, t.reports.c
    counted = (
        select(cycle.id)
        .join(t.reports, report.cycle_id == cycle.id)
        .where(cycle.program_id == program_id, cycle.state == CycleState.CLOSED.value)
        .where(cycle.ends_at < before, report.made_at.is_not(None))
    )
    return and_(pair.state.not_in([state.value for state in STANDING]), pair.cycle_id.in_(counted))


def _with_mates(tx: Tx, pair_ids: Collection[int]) -> list[int]:
    """These pairs, and those in one conversation with them: a meeting of one is one of all."""
    talks = select(_PAIR.intro_of).where(_PAIR.id.in_(pair_ids), _PAIR.intro_of.is_not(None))
    mates = select(_PAIR.id).where(_PAIR.intro_of.in_(talks)).join(t.groups, t.groups.c.pair_id == _PAIR.id)
    return sorted({*pair_ids, *tx.execute(mates.where(t.groups.c.intro_of == _PAIR.intro_of)).scalars()})


def _old_entries(program_id: int, before: datetime) -> Select[int]:
    """Entries of before a moment; who asked for each matching of a cycle is told by their order, so they go together.

    The newest entry stays: it says until when the clock was right.
    """
    row, later = t.audit.c, t.audit.alias("later").c
    asked_later = (
        later.program_id == row.program_id,
        later.action == row.action,
        later.subject == row.subject,
    )
    again = exists().where(*asked_later, later.at >= before)
    newest = select(func.max(t.audit.alias("any").c.id)).scalar_subquery()
    return select(row.id).where(
        row.program_id == program_id, row.at < before, row.id != newest, or_(row.action != "match", ~again)
    )
