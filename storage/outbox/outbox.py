"""Messages on their way to Slack: queueing them, and moving each along until it is on screen or let go."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, case, func, literal, or_, select, update

from mentoring.messages import Notice
from mentoring.patience import waits
from mentoring.readers import OnePerson, Recipient, written
from mentoring.urgency import Lane, lane_of
from storage import acting
from storage import tables as t
from storage.database import Tx
from storage.instant import Instant
from storage.outbox import facts, letters, queued
from storage.outbox.letters import Letter
from storage.states import RowState, Settled
from storage.upsert import insert_for, insert_once

_AS_SEEN = update(t.outbox).where(
    t.outbox.c.id == bindparam("the_id"),
    t.outbox.c.fence == bindparam("the_fence"),
    t.outbox.c.state == bindparam("the_state"),
)
"""A change of a row that nobody else changed since it was read; built once, as every message takes several."""

_SAME_WISH = _AS_SEEN.where(t.outbox.c.wanted == bindparam("the_wish"))
_PATIENT = _AS_SEEN.where(t.outbox.c.patient)
_LEASE = _AS_SEEN.values(
    first_attempt_at=func.coalesce(t.outbox.c.first_attempt_at, bindparam("the_moment", type_=Instant()))
).returning(t.outbox)
_SHOWN = _AS_SEEN.values(
    state=case((t.outbox.c.wanted > bindparam("the_wish"), RowState.READY.value), else_=RowState.SENT.value),
    sent_at=func.coalesce(t.outbox.c.sent_at, bindparam("the_moment", type_=Instant())),
)


def put(tx: Tx, program_id: int, notice: Notice, now: datetime, asked: bool = False) -> bool:
    """Queue a notice, unless the same was queued before; tells whether this call did it.

    `asked` says that somebody's act just now calls for it, as in `mentoring.patience.waits`.
    """
    new = insert_once(tx, t.outbox, _row(program_id, notice, now, asked))
    return _queued(tx, new)


def _queued(tx: Tx, done: bool) -> bool:
    """Note that the courier has something to do, if that was done; gives it back."""
    if done:
        queued.mark(tx)
    return done


def _row(program_id: int, notice: Notice, now: datetime, asked: bool) -> dict[str, Any]:
    """A row for a notice that waits to be sent."""
    return {
        "token": _token(),
        "program_id": program_id,
        "key": notice.key,
        "kind": notice.kind.value,
        "subject": notice.subject,
        "recipient": notice.recipient,
        "state": RowState.READY.value,
        "not_before": now,
        "patient": waits(notice.kind, asked),
        "created_at": now,
        "attempts": 0,
        "fence": 0,
        "wanted": 1,
        "shown": 0,
        "trouble": "",
        "digest": "",
        "lane": lane_of(notice, asked),
        "act": acting.current() or None,
    }


def _token(name: str = "") -> str:
    """A random token, of the message with that name or of a new one."""
    return name + secrets.token_hex(16)[len(name) :]


def put_all(tx: Tx, program_id: int, notices: Iterable[Notice], now: datetime, asked: bool = False) -> None:
    """Queue several notices, except those that were queued before; `asked` is as in `put`."""
    rows = [_row(program_id, notice, now, asked) for notice in notices]
    if rows:
        tx.execute(insert_for(tx, t.outbox).on_conflict_do_nothing(), rows)
        queued.mark(tx)


def put_again(tx: Tx, program_id: int, notice: Notice, now: datetime, asked: bool = False) -> bool:
    """Queue a notice also when it was let go before anybody saw it; tells whether this call did it."""
    if put(tx, program_id, notice, now, asked):
        return True
    row = t.outbox.c
    unseen = (
        row.program_id == program_id,
        row.key == notice.key,
        row.state == RowState.MOOT,
        row.ts.is_(None),
        row.sent_at.is_(None),
    )
    changes = {
        "state": RowState.READY.value,
        "not_before": now,
        "attempts": 0,
        "trouble": "",
        "lane": lane_of(notice, asked),
        "act": acting.current() or None,
    }
    return _queued(tx, tx.execute(update(t.outbox).where(*unseen).values(changes)).rowcount == 1)


def lease(
    tx: Tx, letter: Letter, owner: str, now: datetime, until: datetime, digest: str = ""
) -> Letter | None:
    """Mark the row as being on the wire, just before it is; None when another worker was faster.

    The leased letter keeps the version that it was read and rendered with: what was asked for since is still to come.
    `digest` is that of the contents. What an update leaves on screen is unknown until it is done.
    """
    changes = {
        "state": RowState.SENDING.value,
        "fence": letter.fence + 1,
        "attempts": letter.attempts + 1,
        "owner": owner,
        "lease_until": until,
        "digest": "" if letter.posted else digest,
        "the_moment": now,
    }
    row = tx.execute(_LEASE, _seen(letter) | changes).one_or_none()
    return replace(letters.letter_of(row), wanted=letter.wanted) if row else None


def shown(
    tx: Tx, letter: Letter, channel: str, ts: str, now: datetime, digest: str, rests: timedelta = timedelta()
) -> bool:
    """Record that the leased version is on screen; a newer wish makes the row ready again, after a rest."""
    changes = {
        "the_wish": letter.wanted,
        "the_moment": now,
        "shown": letter.wanted,
        "channel": channel,
        "ts": ts,
        "not_before": now + rests,
        "attempts": 0,
        "trouble": "",
        "digest": digest,
    }
    return _close_lease(tx, letter, changes, _SHOWN)


def unchanged(tx: Tx, letter: Letter) -> bool:
    """Record that what is on screen is what is wanted, though something was changed; no call was needed."""
    changes = {"state": RowState.SENT.value, "shown": letter.wanted, "attempts": 0, "trouble": ""}
    return _change(tx, letter, changes | {"the_wish": letter.wanted}, _SAME_WISH)


def redrawn(tx: Tx, letter: Letter, digest: str) -> bool:
    """Record that what is on screen is what was wanted when the letter was read, by an answer to its own button."""
    changes = {"state": RowState.SENT.value, "shown": letter.wanted, "attempts": 0, "trouble": ""}
    return _change(tx, letter, changes | {"digest": digest, "the_wish": letter.wanted}, _SAME_WISH)


def look_again(tx: Tx, letter: Letter, unknown: bool = False) -> None:
    """Make a message anew that has just come onto the screen; `unknown` says that nobody knows what it shows."""
    row = t.outbox.c
    state = case((row.state == RowState.SENT, RowState.READY.value), else_=row.state)
    changes = {"wanted": row.wanted + 1, "state": state, "lane": Lane.CHANGES}
    changes |= {"digest": ""} if unknown else {}
    tx.execute(update(t.outbox).where(row.id == letter.id).values(changes))
    queued.mark(tx)


def put_back(tx: Tx, letter: Letter, not_before: datetime, trouble: str, counts: bool = True) -> bool:
    """Send it later; `counts` tells whether this was an attempt (a rate limit is not)."""
    changes = {"state": RowState.READY.value, "not_before": not_before, "trouble": trouble}
    return _close_lease(tx, letter, changes if counts else changes | {"attempts": letter.attempts - 1})


def doubt(tx: Tx, letter: Letter, look_at: datetime, trouble: str) -> bool:
    """It may have arrived: look it up at `look_at`, when the conversation's history has settled."""
    return _close_lease(
        tx, letter, {"state": RowState.UNSURE.value, "not_before": look_at, "trouble": trouble}
    )


def postpone(tx: Tx, letter: Letter, not_before: datetime) -> bool:
    """Come back to a row later, unless somebody else changed it since it was read; this is an attempt that failed."""
    return _change(tx, letter, {"not_before": not_before, "attempts": letter.attempts + 1})


def hold(tx: Tx, letter: Letter, until: datetime) -> bool:
    """Keep a row until its readers are at work, unless somebody else changed it; this is no attempt."""
    return _change(tx, letter, {"not_before": until, "held_until": until}, _PATIENT)


def release(tx: Tx, program_id: int, to: Recipient, now: datetime) -> None:
    """Let what waits for the working time of these readers go now, because one of them is there and asks."""
    row = t.outbox.c
    waiting = (
        row.program_id == program_id,
        row.recipient == written(to),
        row.state == RowState.READY,
        row.ts.is_(None),
        row.patient,
        row.held_until > now,
    )
    changes: dict[str, Any] = {"patient": False, "not_before": now, "held_until": now}
    if isinstance(to, OnePerson):
        changes["lane"] = case((row.lane == Lane.MAIL, Lane.ANSWERS), else_=row.lane)
    _queued(tx, tx.execute(update(t.outbox).where(*waiting).values(changes)).rowcount > 0)


def refuse(tx: Tx, letter: Letter, trouble: str, now: datetime) -> bool:
    """End a row as failed now, unless somebody else changed it since it was read."""
    facts.changed(tx, facts.refused(letter.program_id, trouble))
    return _end(tx, letter, {"state": RowState.FAILED.value, "trouble": trouble, "not_before": now})


def close(tx: Tx, letter: Letter, state: RowState, trouble: str) -> bool:
    """End a row as moot, failed or unknown, unless somebody else changed it since it was read."""
    return _end(tx, letter, {"state": state.value, "trouble": trouble})


def _end(tx: Tx, letter: Letter, changes: dict[str, Any]) -> bool:
    facts.changed(tx, facts.letter(letter.id))
    return _change(tx, letter, changes)


def reopen(tx: Tx, letter: Letter, now: datetime) -> bool:
    """Send a row of unknown fate again, because a lead said so."""
    expected = (t.outbox.c.id == letter.id, t.outbox.c.state == RowState.UNKNOWN)
    changes = {
        "state": RowState.READY.value,
        "not_before": now,
        "patient": False,
        "attempts": 0,
        "first_attempt_at": None,
        "token": _token(letter.name),
        "trouble": "sent again",
        "settled": Settled.AGAIN.value,
        "act": acting.current() or None,
    }
    facts.changed(tx, facts.letter(letter.id))
    return _queued(tx, tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount == 1)


def settle_unknown(tx: Tx, letter: Letter, now: datetime) -> bool:
    """A lead saw the message: it is sent, though its place stays unknown."""
    expected = (t.outbox.c.id == letter.id, t.outbox.c.state == RowState.UNKNOWN)
    changes = {
        "state": RowState.SENT.value,
        "sent_at": now,
        "trouble": "it arrived",
        "settled": Settled.ARRIVED.value,
    }
    facts.changed(tx, facts.letter(letter.id))
    return tx.execute(update(t.outbox).where(*expected).values(changes)).rowcount == 1


def senders(tx: Tx) -> list[str]:
    """Who has a message on the wire."""
    row = t.outbox.c
    return list(tx.execute(select(row.owner).where(row.state == RowState.SENDING).distinct()).scalars())


def recover(tx: Tx, now: datetime, settle: timedelta, gone: Collection[str] = ()) -> int:
    """Take over rows whose worker vanished in the middle of sending; gives their number.

    A message that is on screen is simply updated again; one that may or may not have arrived becomes unsure. The
    leases of owners who are known to be `gone` are void at once, all others when their time is over.
    """
    row = t.outbox.c
    changes = {
        "state": case((row.ts.is_not(None), RowState.READY.value), else_=RowState.UNSURE.value),
        "not_before": case((row.ts.is_not(None), _instant(now)), else_=_instant(now + settle)),
        "trouble": "the bot stopped while it was sending",
    }
    void = or_(row.lease_until < now, row.owner.in_(gone))
    return int(
        tx.execute(update(t.outbox).where(row.state == RowState.SENDING, void).values(changes)).rowcount
    )


def doubt_all(tx: Tx) -> int:
    """Whatever waits to be posted may have been posted already, since the database is older; gives their number."""
    row = t.outbox.c
    changes = {
        "state": RowState.UNSURE.value,
        "fence": row.fence + 1,
        "first_attempt_at": func.coalesce(row.first_attempt_at, row.created_at),
        "trouble": "an older copy of the database was put back",
    }
    waits = (row.state == RowState.READY, row.ts.is_(None))
    return int(tx.execute(update(t.outbox).where(*waits).values(changes)).rowcount)


def _instant(moment: datetime) -> ColumnElement[datetime]:
    """A moment inside an expression, where SQLAlchemy would not know that it is one of ours."""
    return literal(moment, Instant())


def _close_lease(tx: Tx, letter: Letter, changes: dict[str, Any], how: Update = _AS_SEEN) -> bool:
    return _change(tx, replace(letter, state=RowState.SENDING), changes, how)


def _change(tx: Tx, letter: Letter, changes: dict[str, Any], how: Update = _AS_SEEN) -> bool:
    return tx.execute(how, _seen(letter) | changes).rowcount == 1


def _seen(letter: Letter) -> dict[str, Any]:
    return {"the_id": letter.id, "the_fence": letter.fence, "the_state": letter.state}
