"""Pairs of one mentee that were brought into one conversation, by the introduction of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from mentoring.pairings import Pair
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.pairs import pair_of

_IN_INTRO = (
    select(t.pairs, t.groups.c.talked)
    .join(t.groups, t.groups.c.pair_id == t.pairs.c.id)
    .where(t.groups.c.intro_of == bindparam("intro"))
    .order_by(t.pairs.c.id)
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A pair in a group's introduction; `talked` tells whether it had a conversation before this one."""

    pair: Pair
    talked: bool


def seats(tx: Tx, intro_of: int) -> list[Seat]:
    """The pairs that the introduction of that pair brings together, by number; none where it is that pair's alone."""
    return [Seat(pair_of(row), row.talked) for row in tx.execute(_IN_INTRO, {"intro": intro_of})]


def bring(tx: Tx, first: Pair, everybody: Sequence[Seat]) -> None:
    """Let the introduction of the first pair be that of everybody."""
    forget(tx, first.id)
    rows = [{"intro_of": first.id, "pair_id": seat.pair.id, "talked": seat.talked} for seat in everybody]
    tx.execute(insert(t.groups), rows)
    _point(tx, first.id, [seat.pair for seat in everybody])


def leave(tx: Tx, pair: Pair) -> None:
    """Take a pair out of the group that it is in: it is back where it talked before, if it did."""
    row = t.groups.c
    tx.execute(delete(t.groups).where(row.intro_of == pair.intro, row.pair_id == pair.id))
    before = select(row.intro_of).where(row.pair_id == pair.id).order_by(row.id.desc()).limit(1)
    _point(tx, tx.execute(before).scalar_one_or_none(), [pair])


def alone(tx: Tx, pair: Pair) -> None:
    """The pair has an introduction of its own."""
    tx.execute(delete(t.groups).where(t.groups.c.pair_id == pair.id))
    _point(tx, None, [pair])


def forget(tx: Tx, intro_of: int) -> None:
    """Nobody was brought together by this introduction, which will not arrive; where they talk is to be said anew."""
    tx.execute(delete(t.groups).where(t.groups.c.intro_of == intro_of))


def _point(tx: Tx, intro_of: int | None, which: Sequence[Pair]) -> None:
    numbers = [pair.id for pair in which]
    tx.execute(update(t.pairs).where(t.pairs.c.id.in_(numbers)).values(intro_of=intro_of))
    people = {(pair.program_id, person_id) for pair in which for person_id in pair.people}
    facts.changed(tx, *map(facts.pair, numbers), *(facts.pairs_of_person(*one) for one in sorted(people)))
