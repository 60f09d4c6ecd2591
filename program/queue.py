"""What waits to be sent, as whoever sends it asks for it: the heads of lanes, and what was sent a moment ago."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mentoring.messages import Kind
from mentoring.urgency import Lane
from program.context import Context
from program.outgoing import LEASE
from storage.outbox import lanes, turns
from storage.outbox.lanes import Conversation
from storage.outbox.letters import Letter

__all__ = ["Conversation", "Sent"]

DELIVERY: Final = "delivery"
LATELY: Final = timedelta(minutes=5)
"""Whatever was sent before that has been looked for by now."""

TURN: Final = timedelta(seconds=8)
"""How long a process keeps its turn without renewing it: another takes over so many seconds after it has died."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A call that a message took: so many seconds ago, where, and whether it posted something new or opened it."""

    ago: float
    place: str
    posted: bool
    opened: bool = False


def heads(
    ctx: Context, of: Collection[Lane], doubtful: bool, resting: Collection[Conversation], limit: int
) -> list[tuple[Lane | None, Letter]]:
    """The first due messages of these lanes, so many of each, outside of the conversations that rest.

    With None as their lane, and only where `doubtful` ones are asked for, those that may have arrived.
    """
    if not (of or doubtful):
        return []
    with ctx.read() as act:
        found: list[tuple[Lane | None, Letter]] = [*lanes.heads(act.tx, of, act.now, resting, limit)]
        if doubtful:
            found += [(None, one) for one in lanes.doubtful(act.tx, act.now, resting, limit)]
        return found


def ahead(ctx: Context, letter: Letter, limit: int) -> list[Letter]:
    """New messages that were queued before this one for the same conversation and are due, oldest first."""
    with ctx.read() as act:
        return lanes.ahead(act.tx, letter, act.now, limit)


def next_in(ctx: Context) -> float | None:
    """Seconds until the next message is due that is not due yet, or None when there is none."""
    with ctx.read() as act:
        moment = lanes.next_after(act.tx, act.now)
        return (moment - act.now).total_seconds() if moment else None


def lately(ctx: Context) -> list[Sent]:
    """The calls of the last minute, as far as the outbox tells: the last one of each message, and its first post."""
    with ctx.read() as act:
        calls = []
        for until, letter in lanes.leases(act.tx, act.now):
            leased_at = until - LEASE
            place = letter.notice.reader or letter.channel or letter.notice.recipient
            posted = letter.sent_at is None or letter.sent_at >= leased_at
            opened = posted and letter.notice.kind is Kind.INTRO
            calls.append(Sent((act.now - leased_at).total_seconds(), place, posted, opened))
            if not posted and letter.sent_at is not None and act.now - letter.sent_at < LEASE:
                calls.append(Sent((act.now - letter.sent_at).total_seconds(), place, posted=True))
        return calls


def sent_again(ctx: Context) -> list[Letter]:
    """Direct messages that came onto a screen within minutes and were sent more than once, perhaps in vain."""
    with ctx.read() as act:
        found = [letter for _, letter in lanes.leases(act.tx, act.now - LATELY)]
        return [
            one
            for one in found
            if one.notice.reader
            and one.posted
            and one.fence > 1
            and one.sent_at
            and act.now - one.sent_at < LATELY
        ]


def take_turn(ctx: Context, owner: str) -> bool:
    """Become, or stay, the one process that delivers; tells whether it is so. Takes the database's clock."""
    with ctx.act() as act:
        return turns.take(act.tx, DELIVERY, owner, TURN)


def end_turn(ctx: Context, owner: str) -> None:
    """Let another process deliver at once."""
    with ctx.act() as act:
        turns.end(act.tx, DELIVERY, owner)
