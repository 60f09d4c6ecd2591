"""Whether a transaction has given the courier something to do: a new message, or one that is to look different."""

from __future__ import annotations

from collections.abc import Collection

from storage.database import Tx

_MARK = "queued"
_DRAWN = "drawn"


def forget(tx: Tx) -> None:
    """Begin anew: a connection outlives its transactions, also those that were rolled back."""
    tx.info.pop(_MARK, None)
    tx.info.pop(_DRAWN, None)


def mark(tx: Tx) -> None:
    """Note that there is something to do."""
    tx.info[_MARK] = True


def has(tx: Tx) -> bool:
    """Whether there is something to do since the transaction began."""
    return _MARK in tx.info


def drawn(tx: Tx) -> Collection[int]:
    """The messages that are to look different since the transaction began."""
    rows: set[int] = tx.info.get(_DRAWN, set())
    return rows


def draw(tx: Tx, rows: Collection[int]) -> Collection[int]:
    """Note messages that are to look different; gives all of the transaction."""
    tx.info[_DRAWN] = {*drawn(tx), *rows}
    return drawn(tx)
