"""Whether a transaction has given the courier something to do: a new message, or one that is to look different."""

from __future__ import annotations

from collections.abc import Container, Mapping

from storage.database import Tx

Place = tuple[str, str]
"""Where a message stands: its conversation and its ts."""

_MARK = "queued"
_DRAWN = "drawn"


def forget(tx: Tx) -> None:
    """Begin anew: a connection outlives its transactions, also those that were rolled back."""
    tx.info.pop(_MARK, None)
    tx.info.pop(_DRAWN, None)


def mark(tx: Tx) -> None:
    """Note that there is something to do."""
    tx.info[_MARK] = True


def has(tx: Tx, in_hand: Container[Place] = ()) -> bool:
    """Whether there is something to do since the transaction began, beside what stands at a place that is in hand."""
    return _MARK in tx.info or any(place not in in_hand for place in drawn(tx).values())


def drawn(tx: Tx) -> Mapping[int, Place]:
    """The messages that are to look different since the transaction began, and where they stand."""
    rows: dict[int, Place] = tx.info.get(_DRAWN, {})
    return rows


def draw(tx: Tx, rows: Mapping[int, Place]) -> Mapping[int, Place]:
    """Note messages that are to look different; gives all of the transaction."""
    tx.info[_DRAWN] = {**drawn(tx), **rows}
    return drawn(tx)
