"""Whom the matching of a cycle left without a partner, and why: a row for each person and side, apart from the cycle.

They may be many thousands, and whoever looks at a cycle, at a pair or at one person asks for few of them or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, func, insert, or_, select

from mentoring.cycles import FIRST_ALONE, LeftOut, StillAlone, Why
from mentoring.pairings import STANDING
from storage import codes
from storage import tables as t
from storage.database import Tx

_LEFT = t.left_out.c
_ONE = (
    select(t.left_out)
    .where(_LEFT.cycle_id == bindparam("cycle"), _LEFT.person_id == bindparam("person"))
    .order_by(_LEFT.side)
)


def keep(tx: Tx, cycle_id: int, found: Sequence[LeftOut]) -> None:
    """Keep whom a run of the matching left out, in the place of what the one before found.

    Whoever calls it records the run, by which messages about the cycle know that they are to be shown anew.
    """
    tx.execute(delete(t.left_out).where(_LEFT.cycle_id == cycle_id))
    if found:
        tx.execute(insert(t.left_out), [_stored(cycle_id, one) for one in found])


def of_cycle(tx: Tx, cycle_id: int) -> list[LeftOut]:
    """Everybody whom a cycle's matching left out, mentees first, in the order of their ids."""
    return _read(tx, _every(cycle_id))


def of_person(tx: Tx, cycle_id: int, person_id: str) -> list[LeftOut]:
    """The sides on which a cycle's matching left somebody out, the mentee's first."""
    return [_left_out(row) for row in tx.execute(_ONE, {"cycle": cycle_id, "person": person_id})]


def still(tx: Tx, cycle_id: int) -> StillAlone:
    """Those of them who have no partner on that side now, as a list of them begins."""
    alone = or_(
        _without("mentor", t.pairs.c.mentor_id, cycle_id), _without("mentee", t.pairs.c.mentee_id, cycle_id)
    )
    numbers = select(func.count(), func.count(_LEFT.person_id.distinct())).where(
        _LEFT.cycle_id == cycle_id, alone
    )
    entries, people = tx.execute(numbers).one()
    first = _read(tx, _every(cycle_id).where(alone).limit(FIRST_ALONE)) if entries else []
    return StillAlone(tuple(first), int(entries), int(people))


def _every(cycle_id: int) -> Select[Any]:
    return select(t.left_out).where(_LEFT.cycle_id == cycle_id).order_by(_LEFT.side, _LEFT.person_id)


def _without(side: str, role: ColumnElement[str], cycle_id: int) -> ColumnElement[bool]:
    served = select(role).where(t.pairs.c.cycle_id == cycle_id, t.pairs.c.state.in_(STANDING))
    return and_(_LEFT.side == side, _LEFT.person_id.not_in(served))


def _read(tx: Tx, query: Select[Any]) -> list[LeftOut]:
    return [_left_out(row) for row in tx.execute(query)]


def _stored(cycle_id: int, one: LeftOut) -> dict[str, Any]:
    told = {"reason": codes.stop(one.reason), "help": codes.helps(one.help), "why": one.why.value}
    return {"cycle_id": cycle_id, "person_id": one.person_id, "side": one.side, **told}


def _left_out(row: Row[Any]) -> LeftOut:
    return LeftOut(row.person_id, row.side, codes.stop_of(row.reason), codes.helps_of(row.help), Why(row.why))
