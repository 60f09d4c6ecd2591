"""Where messages stand in Slack, learned on time or late, and the copies of them that are one too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, delete, func, or_, select, update

from storage import tables as t
from storage.database import Tx
from storage.outbox import facts, queued
from storage.outbox.letters import Letter
from storage.states import RowState, Settled
from storage.upsert import insert_once

_ROW = t.outbox.c
_DONE_WITH = (RowState.MOOT, RowState.FAILED)


@dataclass(frozen=True, slots=True)
class Copy:
    """A message of ours that says what another one says, by its place; it was tried to take it away so often."""

    channel: str
    ts: str
    attempts: int


def stands(tx: Tx, letter: Letter, channel: str, ts: str, now: datetime) -> bool:
    """Record where a message stands of which no place was known, in whatever state it is; False if one is by now.

    What it shows is not certain, so it is made anew; and every lease on it is void, because it was to post it.
    """
    changes = {
        "channel": channel,
        "ts": ts,
        "state": RowState.READY.value,
        "wanted": _ROW.wanted + 1,
        "fence": _ROW.fence + 1,
        "attempts": 0,
        "not_before": now,
        "sent_at": func.coalesce(_ROW.sent_at, now),
        "trouble": "",
        "digest": "",
        # A question about it is answered by this, whatever a lead said.
        "settled": case(
            (or_(_ROW.state == RowState.UNKNOWN, _ROW.settled.is_not(None)), Settled.ARRIVED.value),
            else_=None,
        ),
    }
    facts.changed(tx, facts.letter(letter.id))
    # Whether it was refused for good shows in what the leads read of that refusal.
    if letter.state is RowState.FAILED:
        facts.changed(tx, facts.refused(letter.program_id, letter.trouble))
    nowhere = (_ROW.id == letter.id, _ROW.ts.is_(None))
    queued.mark(tx)
    return tx.execute(update(t.outbox).where(*nowhere).values(changes)).rowcount == 1


def shows_something_older(tx: Tx, letter: Letter) -> None:
    """An update went through after its lease was over: make the message anew, whoever is at work on it."""
    there = (_ROW.id == letter.id, _ROW.ts == letter.ts, _ROW.state.not_in(_DONE_WITH))
    changes = {
        "state": RowState.READY.value,
        "wanted": _ROW.wanted + 1,
        "fence": _ROW.fence + 1,
        "digest": "",
    }
    if tx.execute(update(t.outbox).where(*there).values(changes)).rowcount:
        queued.mark(tx)


def away(tx: Tx, letter: Letter) -> None:
    """A message is let go that stands in Slack and has nothing left to say there; it is to be taken away."""
    doubted = or_(_ROW.state == RowState.UNKNOWN, _ROW.settled.is_not(None))
    changes = {
        "state": case((_ROW.state.in_(_DONE_WITH), _ROW.state), else_=RowState.MOOT.value),
        "fence": _ROW.fence + 1,
        "settled": case((doubted, Settled.TAKEN_AWAY.value), else_=None),
    }
    facts.changed(tx, facts.letter(letter.id))
    tx.execute(update(t.outbox).where(_ROW.id == letter.id).values(changes))


def take_away(tx: Tx, program_id: int, channel: str, ts: str, now: datetime) -> None:
    """Have a copy taken away."""
    copy = {"channel": channel, "ts": ts, "program_id": program_id, "not_before": now, "attempts": 0}
    insert_once(tx, t.copies, copy)
    queued.mark(tx)


def to_take_away(tx: Tx, now: datetime, limit: int) -> list[Copy]:
    """The copies that are to be taken away now."""
    return [Copy(*found) for found in tx.execute(_TO_TAKE_AWAY, {"the_moment": now, "most": limit})]


_TO_TAKE_AWAY = (
    select(t.copies.c.channel, t.copies.c.ts, t.copies.c.attempts)
    .where(t.copies.c.not_before <= bindparam("the_moment"))
    .order_by(t.copies.c.not_before)
    .limit(bindparam("most", type_=Integer()))
)


def taken_away(tx: Tx, copy: Copy) -> None:
    """That copy is gone, or cannot be taken away at all."""
    tx.execute(delete(t.copies).where(_is(copy)))


def try_again(tx: Tx, copy: Copy, not_before: datetime) -> None:
    """That copy could not be taken away yet; this was an attempt."""
    later = {"not_before": not_before, "attempts": copy.attempts + 1}
    tx.execute(update(t.copies).where(_is(copy)).values(later))


def _is(copy: Copy) -> ColumnElement[bool]:
    return and_(t.copies.c.channel == copy.channel, t.copies.c.ts == copy.ts)
