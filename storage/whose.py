"""Which program a pair, a check-in, a message or a channel belongs to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select, union_all

from mentoring.programs import Program
from storage import programs
from storage import tables as t
from storage.database import Tx
from storage.programs import found_by

# Built once, because nearly every transaction asks for its program.
_PAIR = found_by(select(t.pairs.c.program_id).where(t.pairs.c.id == bindparam("key")))
_CHECKIN = found_by(
    select(t.pairs.c.program_id)
    .join(t.checkins, t.checkins.c.pair_id == t.pairs.c.id)
    .where(t.checkins.c.id == bindparam("key"))
)
_CYCLE = found_by(select(t.cycles.c.program_id).where(t.cycles.c.id == bindparam("key")))
_MESSAGE = found_by(select(t.outbox.c.program_id).where(t.outbox.c.id == bindparam("key")))
_CARD = found_by(
    select(t.outbox.c.program_id).where(
        t.outbox.c.channel == bindparam("key"), t.outbox.c.ts == bindparam("ts")
    )
)
_INVITATION = found_by(select(t.invitations.c.program_id).where(t.invitations.c.id == bindparam("key")))
_CHANNEL = found_by(
    union_all(
        select(t.programs.c.id).where(t.programs.c.leads_channel == bindparam("key")),
        select(t.pairs.c.program_id).where(t.pairs.c.channel == bindparam("key")),
    )
)


def of_invitation(tx: Tx, invitation_id: int) -> Program | None:
    """The program of the invitation with that number; None where there is none."""
    return _first(tx, _INVITATION, key=invitation_id)


def of_pair(tx: Tx, pair_id: int) -> Program | None:
    """The program of the pair with that number; None where there is none."""
    return _first(tx, _PAIR, key=pair_id)


def of_checkin(tx: Tx, checkin_id: int) -> Program | None:
    """The program of a check-in."""
    return _first(tx, _CHECKIN, key=checkin_id)


def of_cycle(tx: Tx, cycle_id: int) -> Program | None:
    """The program of a cycle."""
    return _first(tx, _CYCLE, key=cycle_id)


def of_message(tx: Tx, row_id: int) -> Program | None:
    """The program of a message, by its number in the outbox."""
    return _first(tx, _MESSAGE, key=row_id)


def of_card(tx: Tx, channel: str, ts: str) -> Program | None:
    """The program of the message that stands at that place."""
    return _first(tx, _CARD, key=channel, ts=ts)


def of_channel(tx: Tx, channel: str) -> Program | None:
    """The program whose leads meet in that channel, or to whose pair the conversation belongs."""
    return _first(tx, _CHANNEL, key=channel)


def _first(tx: Tx, question: Select[Any], **named: object) -> Program | None:
    return programs.first(tx, question, named)
