"""Calls for help as small cases: since when one waits, who looks after it, and who was done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from mentoring.checkins import Answer
from mentoring.pairings import PairState
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class Call:
    """A call for help; its number is that of the check-in whose answer it is.

    Nobody has looked after it since `waits_since`, unless `owner_id` does. `calm_at` is when the person who called
    answered something else instead.
    """

    checkin_id: int
    program_id: int
    opened_at: datetime
    waits_since: datetime
    reminded_at: datetime | None
    owner_id: str | None
    taken_at: datetime | None
    done_by: str | None
    done_at: datetime | None
    calm_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.done_at is None and self.calm_at is None


def get(tx: Tx, checkin_id: int) -> Call | None:
    """The call of that number, if there is one."""
    row = tx.execute(select(t.calls).where(t.calls.c.checkin_id == checkin_id)).one_or_none()
    return _call(row) if row else None


def every_open(tx: Tx, program_id: int | None = None) -> list[Call]:
    """Every call about which something has still to be done, of one program or of all, the oldest first."""
    row = t.calls.c
    query = select(t.calls).where(row.done_at.is_(None), row.calm_at.is_(None))
    if program_id is not None:
        query = query.where(row.program_id == program_id)
    return [_call(found) for found in tx.execute(query.order_by(row.opened_at, row.checkin_id))]


def missing(tx: Tx) -> list[tuple[int, int, datetime]]:
    """(check-in, program, when) of each call for help in a pair that goes on which is no case yet."""
    row, pair = t.checkins.c, t.pairs.c
    query = (
        select(row.id, pair.program_id, row.answered_at)
        .join(t.pairs, pair.id == row.pair_id)
        .where(row.answer == Answer.HELP, pair.state == PairState.INTRODUCED)
        .where(row.answered_at.is_not(None), row.id.not_in(select(t.calls.c.checkin_id)))
    )
    return [(number, program_id, at) for number, program_id, at in tx.execute(query.order_by(row.id))]


def begin(
    tx: Tx, checkin_id: int, program_id: int, at: datetime, reminded_at: datetime | None = None
) -> bool:
    """Keep a call, once; tells whether it is new."""
    values = {"checkin_id": checkin_id, "program_id": program_id, "opened_at": at, "waits_since": at}
    new = insert_once(tx, t.calls, values | {"reminded_at": reminded_at})
    facts.changed(tx, facts.call(checkin_id))
    return new


def take(tx: Tx, call: Call, person_id: str, now: datetime) -> bool:
    """Somebody looks after it from now on; False when something else happened to it first."""
    return _change(tx, call, {"owner_id": person_id, "taken_at": now})


def give_back(tx: Tx, call: Call, now: datetime) -> bool:
    """Nobody looks after it any more; False when something else happened to it first."""
    nobody = {"owner_id": None, "taken_at": None}
    return _change(tx, call, nobody | {"waits_since": now, "reminded_at": None})


def end(tx: Tx, call: Call, person_id: str, now: datetime) -> bool:
    """Somebody was done with it; False when something else happened to it first."""
    return _change(tx, call, {"done_by": person_id, "done_at": now})


def calm(tx: Tx, call: Call, now: datetime) -> bool:
    """Whoever called answered something else instead."""
    return _change(tx, call, {"calm_at": now})


def open_again(tx: Tx, call: Call, now: datetime) -> bool:
    """Whoever called does so again: nobody has looked after that yet."""
    anew = dict.fromkeys(("reminded_at", "owner_id", "taken_at", "done_by", "done_at", "calm_at"))
    return _change(tx, call, {**anew, "opened_at": now, "waits_since": now})


def remind(tx: Tx, call: Call, now: datetime) -> bool:
    """It is said again that nobody looks after it; False when it was, or is not so any more."""
    return _change(tx, call, {"reminded_at": now})


def _change(tx: Tx, call: Call, changes: Mapping[str, Any]) -> bool:
    """Change a call if it is still as it was seen."""
    row = t.calls.c
    seen = (
        row.checkin_id == call.checkin_id,
        row.owner_id.is_(None) if call.owner_id is None else row.owner_id == call.owner_id,
        *(_same(row[name], getattr(call, name)) for name in ("done_at", "calm_at", "reminded_at")),
    )
    facts.changed(tx, facts.call(call.checkin_id))
    return tx.execute(update(t.calls).where(*seen).values(dict(changes))).rowcount == 1


def _same(column: Any, seen: datetime | None) -> Any:
    return column.is_(None) if seen is None else column == seen


def _call(row: Row[Any]) -> Call:
    return Call(
        row.checkin_id,
        row.program_id,
        row.opened_at,
        row.waits_since,
        row.reminded_at,
        row.owner_id,
        row.taken_at,
        row.done_by,
        row.done_at,
        row.calm_at,
    )
