"""Which messages that people wrote to the bot were answered: where and when each stands, for about a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from storage import delivery_tables as t
from storage.database import Tx
from storage.upsert import insert_once

_ROW = t.written.c


def is_answered(tx: Tx, channel: str, stamp: int) -> bool:
    """Whether the message that stands there, at that microsecond, was answered."""
    here = select(_ROW.stamp).where(_ROW.channel == channel, _ROW.stamp == stamp)
    return tx.execute(here).first() is not None


def newest(tx: Tx, channel: str) -> int | None:
    """The microsecond of the newest message there that was answered, or None."""
    found: int | None = tx.execute(select(func.max(_ROW.stamp)).where(_ROW.channel == channel)).scalar_one()
    return found


def note(tx: Tx, channel: str, stamp: int, expires_at: datetime) -> None:
    """Note a message as answered until then."""
    insert_once(tx, t.written, {"channel": channel, "stamp": stamp, "expires_at": expires_at})


def forget(tx: Tx, before: datetime) -> None:
    """Forget what was to be known until before that moment."""
    tx.execute(delete(t.written).where(_ROW.expires_at < before))
