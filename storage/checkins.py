"""Check-ins, as values; every change of state names the states it expects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, select, update

from mentoring.checkins import CHECKIN_MOVES, OPEN, Answer, CheckIn, CheckInState
from mentoring.moves import check_move
from mentoring.pairings import PairState
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import insert_once

_ABOUT_A_PERSON = t.checkins.c.person_id == bindparam("person")
_ONE = select(t.checkins).where(t.checkins.c.id == bindparam("id"))
_SIDE = select(t.checkins).where(t.checkins.c.pair_id == bindparam("pair"), _ABOUT_A_PERSON)
_OF_SIDE = _SIDE.order_by(t.checkins.c.week)
_OF_WEEK = _SIDE.where(t.checkins.c.week == bindparam("week"))
_WHICH = (t.checkins.c.pair_id, t.checkins.c.person_id, t.checkins.c.week)
_OF_PERSON_IN_WEEK = (
    select(t.checkins)
    .join(t.pairs, t.pairs.c.id == t.checkins.c.pair_id)
    .where(_ABOUT_A_PERSON, t.checkins.c.week == bindparam("week"))
    .where(t.pairs.c.program_id == bindparam("program"))
    .order_by(t.checkins.c.pair_id)
)


def open_once(tx: Tx, pair_id: int, person_id: str, week: str, state: CheckInState) -> bool:
    """Start a person's check-in for a week unless there is one already; tells whether this call did it."""
    values = {"pair_id": pair_id, "person_id": person_id, "week": week, "state": state.value}
    opened = insert_once(tx, t.checkins, values)
    facts.changed(tx, facts.week(person_id, week))
    facts.side_changed(tx, pair_id, person_id, week)
    return opened


def get(tx: Tx, checkin_id: int) -> CheckIn | None:
    """The check-in with that id, or None."""
    row = tx.execute(_ONE, {"id": checkin_id}).one_or_none()
    return _checkin(row) if row else None


def of_week(tx: Tx, pair_id: int, person_id: str, week: str) -> CheckIn | None:
    """A person's check-in about a pair in a week, or None."""
    row = tx.execute(_OF_WEEK, {"pair": pair_id, "person": person_id, "week": week}).one_or_none()
    return _checkin(row) if row else None


def of_side(tx: Tx, pair_id: int, person_id: str) -> list[CheckIn]:
    """A person's check-ins about a pair, oldest first."""
    return [_checkin(row) for row in tx.execute(_OF_SIDE, {"pair": pair_id, "person": person_id})]


def of_person(tx: Tx, program_id: int, person_id: str, limit: int = 100) -> list[CheckIn]:
    """A person's latest check-ins in a program, newest first; the limit holds ten weeks of ten pairs."""
    query = (
        select(t.checkins)
        .join(t.pairs, t.pairs.c.id == t.checkins.c.pair_id)
        .where(t.checkins.c.person_id == person_id, t.pairs.c.program_id == program_id)
        .order_by(t.checkins.c.week.desc(), t.checkins.c.id.desc())
        .limit(limit)
    )
    return [_checkin(row) for row in tx.execute(query)]


def calls(tx: Tx, program_id: int) -> list[tuple[int, bool]]:
    """Every call for help in a pair that goes on, with whether it is the last that the person said about the pair."""
    row, pair, later = t.checkins.c, t.pairs.c, t.checkins.alias("later").c
    answered_since = (
        select(later.id)
        .where(later.pair_id == row.pair_id, later.person_id == row.person_id)
        .where(later.week > row.week, later.answer.is_not(None))
        .exists()
    )
    query = (
        select(row.id, ~answered_since)
        .join(t.pairs, pair.id == row.pair_id)
        .where(row.answer == Answer.HELP, pair.program_id == program_id, pair.state == PairState.INTRODUCED)
    )
    return [(number, bool(last)) for number, last in tx.execute(query.order_by(row.id))]


def of_person_in_week(tx: Tx, program_id: int, person_id: str, week: str) -> list[CheckIn]:
    """A person's check-ins in a program in one week, by pair."""
    rows = tx.execute(_OF_PERSON_IN_WEEK, {"program": program_id, "person": person_id, "week": week})
    return [_checkin(row) for row in rows]


def was_asked(tx: Tx, checkin_id: int, at: datetime, reask_at: datetime) -> bool:
    """Record the delivery of the question, once."""
    first = update(t.checkins).where(t.checkins.c.id == checkin_id, t.checkins.c.asked_at.is_(None))
    one = tx.execute(first.values(asked_at=at, reask_at=reask_at).returning(*_WHICH)).one_or_none()
    if one is not None:
        facts.side_changed(tx, *one)
    return one is not None


def answer(tx: Tx, checkin: CheckIn, given: Answer, at: datetime) -> bool:
    """Keep an answer if the check-in is still in the state it was seen in; tells whether it did.

    Raises `IllegalMove`.
    """
    check_move(CHECKIN_MOVES, checkin.state, CheckInState.ANSWERED)
    seen = update(t.checkins).where(t.checkins.c.id == checkin.id, t.checkins.c.state == checkin.state)
    values = {"state": CheckInState.ANSWERED.value, "answer": given.value, "answered_at": at}
    facts.side_changed(tx, checkin.pair_id, checkin.person_id, checkin.week)
    return tx.execute(seen.values(values)).rowcount == 1


def move(tx: Tx, checkin: CheckIn, to: CheckInState) -> bool:
    """Change the check-in's state if it is still what it was; tells whether it did. Raises `IllegalMove`."""
    check_move(CHECKIN_MOVES, checkin.state, to)
    seen = update(t.checkins).where(t.checkins.c.id == checkin.id, t.checkins.c.state == checkin.state)
    facts.side_changed(tx, checkin.pair_id, checkin.person_id, checkin.week)
    return tx.execute(seen.values(state=to.value)).rowcount == 1


def ask_anew(tx: Tx, checkin: CheckIn) -> bool:
    """Open a week's question again, as if it had not been delivered; what was answered stays until it is answered anew.

    Tells whether it is still in the state it was seen in.
    """
    if checkin.state is not CheckInState.ASKED:
        check_move(CHECKIN_MOVES, checkin.state, CheckInState.ASKED)
    seen = update(t.checkins).where(t.checkins.c.id == checkin.id, t.checkins.c.state == checkin.state)
    values = {"state": CheckInState.ASKED.value, "asked_at": None, "reask_at": None}
    facts.side_changed(tx, checkin.pair_id, checkin.person_id, checkin.week)
    return tx.execute(seen.values(values)).rowcount == 1


def no_reask(tx: Tx, checkin: CheckIn) -> None:
    """A question is not asked again by itself."""
    tx.execute(update(t.checkins).where(t.checkins.c.id == checkin.id).values(reask_at=None))
    facts.side_changed(tx, checkin.pair_id, checkin.person_id, checkin.week)


def left_open(tx: Tx, before_week: str, reasked_by: datetime, limit: int) -> list[tuple[int, CheckIn]]:
    """Questions of earlier weeks without an answer, with their programs: asked again by then, or never to be."""
    row = t.checkins.c
    waits = and_(row.state == CheckInState.ASKED, row.reask_at.is_not(None))
    lately = and_(row.state == CheckInState.REASKED, row.reask_at > reasked_by)
    query = (
        select(t.checkins, t.pairs.c.program_id)
        .join(t.pairs, t.pairs.c.id == row.pair_id)
        .where(row.state.in_(OPEN), row.week < before_week, ~waits, ~lately)
        .order_by(row.id)
        .limit(limit)
    )
    return [(found.program_id, _checkin(found)) for found in tx.execute(query)]


def fall_silent(tx: Tx, pair_id: int, person_id: str, before_week: str | None = None) -> None:
    """Close a side's unanswered check-ins: those of earlier weeks, or all of them."""
    waiting = update(t.checkins).where(
        t.checkins.c.pair_id == pair_id, t.checkins.c.person_id == person_id, t.checkins.c.state.in_(OPEN)
    )
    if before_week is not None:
        waiting = waiting.where(t.checkins.c.week < before_week)
    closed = waiting.values(state=CheckInState.SILENT.value).returning(t.checkins.c.week)
    if weeks := list(tx.execute(closed).scalars()):
        facts.side_changed(tx, pair_id, person_id, min(weeks))


def open_of(tx: Tx, program_id: int) -> list[CheckIn]:
    """Every question of a program that waits for an answer, the oldest first."""
    row = t.checkins.c
    query = select(t.checkins).join(t.pairs, t.pairs.c.id == row.pair_id)
    query = query.where(t.pairs.c.program_id == program_id, row.state.in_(OPEN)).order_by(row.id)
    return [_checkin(found) for found in tx.execute(query)]


def reasks_due(tx: Tx, now: datetime, limit: int) -> list[CheckIn]:
    """Asked check-ins whose time for the one re-ask has come, oldest first."""
    query = (
        select(t.checkins)
        .where(t.checkins.c.state == CheckInState.ASKED, t.checkins.c.reask_at <= now)
        .order_by(t.checkins.c.reask_at, t.checkins.c.id)
        .limit(limit)
    )
    return [_checkin(row) for row in tx.execute(query)]


def _checkin(row: Row[Any]) -> CheckIn:
    return CheckIn(
        id=row.id,
        pair_id=row.pair_id,
        person_id=row.person_id,
        week=row.week,
        state=CheckInState(row.state),
        asked_at=row.asked_at,
        reask_at=row.reask_at,
        answer=Answer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
    )
