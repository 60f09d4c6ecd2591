"""Whether a transaction has given the courier something to do: a new message, or one that is to look different."""

from __future__ import annotations

from storage.database import Tx

_MARK = "queued"


def forget(tx: Tx) -> None:
    """Begin anew: a connection outlives its transactions, also those that were rolled back."""
    tx.info.pop(_MARK, None)


def mark(tx: Tx) -> None:
    """Note that there is something to do."""
    tx.info[_MARK] = True


def has(tx: Tx) -> bool:
    """Whether there is something to do since the transaction began."""
    return _MARK in tx.info
