"""How the pairs of a cycle stand, without what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select

from mentoring.pairings import PairState
from storage import tables as t
from storage.database import Tx

_STANDS = (
    select(*(t.pairs.c[name] for name in ("id", "mentor_id", "mentee_id", "state", "cut_off", "instead_of")))
    .where(t.pairs.c.cycle_id == bindparam("cycle"))
    .order_by(t.pairs.c.id)
)
_STATES = {state.value: state for state in PairState}


@dataclass(frozen=True, slots=True)
class Stands:
    """A pair without what is told of it: as much as a matching around it asks for."""

    id: int
    people: tuple[str, str]
    state: PairState
    cut_off: datetime | None
    instead_of: int | None


def of_cycle(tx: Tx, cycle_id: int) -> list[Stands]:
    """How each of a cycle's pairs stands, by number; the reasons of thousands take longer to read than to match."""
    return [
        Stands(number, (mentor_id, mentee_id), _STATES[state], cut_off, instead_of)
        for number, mentor_id, mentee_id, state, cut_off, instead_of in tx.execute(
            _STANDS, {"cycle": cycle_id}
        )
    ]


def taken_back(tx: Tx, cycle_id: int) -> int:
    """How many of a cycle's pairs were taken back after somebody had approved them."""
    return _number(tx, cycle_id, PairState.WITHDRAWN, t.pairs.c.decided_by.is_not(None))


def approved_by_rule(tx: Tx, cycle_id: int) -> int:
    """How many of a cycle's pairs that wait for their introduction were approved by a rule."""
    return _number(tx, cycle_id, PairState.APPROVED, t.pairs.c.by_rule.is_not(None))


def _number(tx: Tx, cycle_id: int, state: PairState, which: ColumnElement[bool]) -> int:
    query = select(func.count()).where(t.pairs.c.cycle_id == cycle_id, t.pairs.c.state == state, which)
    return int(tx.execute(query).scalar_one())
