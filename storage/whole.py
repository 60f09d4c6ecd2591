"""Pairs with all that belongs to them, in one look: the cycle, the two members, and what was kept beside the pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, and_, bindparam, select

from mentoring.cycles import Cycle
from mentoring.pairings import Pair
from mentoring.people import Member
from storage import tables as t
from storage.cycles import cycle_of
from storage.database import Tx
from storage.members import member_of
from storage.pairs import pair_of


@dataclass(frozen=True, slots=True)
class WholePair:
    """A pair, its cycle, and those of its people who are or were members, by their ids.

    `late` says that it was proposed in the middle of a cycle, `asked` that its mentee was asked about it
    before its introduction.
    """

    pair: Pair
    cycle: Cycle
    members: Mapping[str, Member]
    late: bool
    asked: bool


_AT_ONCE = 500
"""Pairs in one question."""

_SIDES = [(t.members.alias(), t.people.alias()) for _ in range(2)]
_PARTS = (t.pairs, t.cycles, *_SIDES[0], *_SIDES[1])

_BESIDE = (t.late_pairs, t.asks)
_WHOLE = select(*_PARTS, *(one.c.pair_id.is_not(None) for one in _BESIDE)).join_from(
    t.pairs, t.cycles, t.cycles.c.id == t.pairs.c.cycle_id
)
for _table in _BESIDE:
    _WHOLE = _WHOLE.outerjoin(_table, _table.c.pair_id == t.pairs.c.id)
for _role, (_member, _person) in zip((t.pairs.c.mentor_id, t.pairs.c.mentee_id), _SIDES, strict=True):
    _WHOLE = _WHOLE.outerjoin(
        _member, and_(_member.c.program_id == t.pairs.c.program_id, _member.c.person_id == _role)
    ).outerjoin(_person, and_(_person.c.workspace == _member.c.workspace, _person.c.id == _role))
_WHOLE = _WHOLE.where(
    t.pairs.c.id.in_(bindparam("ids", expanding=True)),
    # Compared as a number that no index knows: for a handful of pairs, SQLite would look through all of a program's.
    (t.pairs.c.program_id + 0) == bindparam("program"),
)


def pair(tx: Tx, program_id: int, pair_id: int) -> WholePair | None:
    """The program's pair with that number and what belongs to it, or None."""
    return next(iter(some(tx, program_id, [pair_id])), None)


def some(tx: Tx, program_id: int, ids: Sequence[int]) -> list[WholePair]:
    """Those of the program's pairs with these numbers, and what belongs to each, in no order."""
    found: list[WholePair] = []
    for start in range(0, len(ids), _AT_ONCE):
        rows = tx.execute(_WHOLE, {"ids": ids[start : start + _AT_ONCE], "program": program_id})
        found += map(_whole, rows)
    return found


def _whole(row: Row[Any]) -> WholePair:
    found, cycle, *sides = _parts(row)
    late, asked = tuple(row)[-len(_BESIDE) :]
    both = (
        member_of(SimpleNamespace(**{**person, **member}))
        for member, person in (sides[:2], sides[2:])
        if member["person_id"] is not None
    )
    return WholePair(
        pair_of(SimpleNamespace(**found)),
        cycle_of(SimpleNamespace(**cycle)),
        {member.person.id: member for member in both},
        late=bool(late),
        asked=bool(asked),
    )


def _parts(row: Row[Any]) -> list[dict[str, Any]]:
    """The row cut into one of each table: several have columns of the same name."""
    values = iter(row)
    return [dict(zip(part.c.keys(), values, strict=False)) for part in _PARTS]
