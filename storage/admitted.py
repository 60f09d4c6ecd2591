"""The signed requests that were let in over HTTP: each once, whichever process it reaches, and after a restart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from storage import tables as t
from storage.database import Tx
from storage.upsert import insert_once


def claim(tx: Tx, signature: str, expires_at: datetime) -> bool:
    """Note a request as let in; False when it has been noted before."""
    return insert_once(tx, t.admitted, {"signature": signature, "expires_at": expires_at})


def release(tx: Tx, signature: str) -> None:
    """Forget a request, so that it can be let in again."""
    tx.execute(delete(t.admitted).where(t.admitted.c.signature == signature))


def forget(tx: Tx, before: datetime) -> None:
    """Forget the requests that nobody would let in any more, because their time has passed."""
    tx.execute(delete(t.admitted).where(t.admitted.c.expires_at < before))
