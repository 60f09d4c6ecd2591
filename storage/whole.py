"""A pair with all that belongs to it, in one look: its cycle and its two members."""

from __future__ import annotations

from collections.abc import Mapping
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
    """A pair, its cycle, and those of its people who are or were members, by their ids."""

    pair: Pair
    cycle: Cycle
    members: Mapping[str, Member]


_SIDES = [(t.members.alias(), t.people.alias()) for _ in range(2)]
_PARTS = (t.pairs, t.cycles, *_SIDES[0], *_SIDES[1])

_WHOLE = select(*_PARTS).join_from(t.pairs, t.cycles, t.cycles.c.id == t.pairs.c.cycle_id)
for _role, (_member, _person) in zip((t.pairs.c.mentor_id, t.pairs.c.mentee_id), _SIDES, strict=True):
    _WHOLE = _WHOLE.outerjoin(
        _member, and_(_member.c.program_id == t.pairs.c.program_id, _member.c.person_id == _role)
    ).outerjoin(_person, and_(_person.c.workspace == _member.c.workspace, _person.c.id == _role))
_WHOLE = _WHOLE.where(t.pairs.c.id == bindparam("id"), t.pairs.c.program_id == bindparam("program"))


def pair(tx: Tx, program_id: int, pair_id: int) -> WholePair | None:
    """The program's pair with that number and what belongs to it, or None."""
    row = tx.execute(_WHOLE, {"id": pair_id, "program": program_id}).one_or_none()
    if row is None:
        return None
    found, cycle, *sides = _parts(row)
    both = (
        member_of(SimpleNamespace(**{**person, **member}))
        for member, person in (sides[:2], sides[2:])
        if member["person_id"] is not None
    )
    return WholePair(
        pair_of(SimpleNamespace(**found)),
        cycle_of(SimpleNamespace(**cycle)),
        {member.person.id: member for member in both},
    )


def _parts(row: Row[Any]) -> list[dict[str, Any]]:
    """The row cut into one of each table: several have columns of the same name."""
    values = iter(row)
    return [dict(zip(part.c.keys(), values, strict=False)) for part in _PARTS]
