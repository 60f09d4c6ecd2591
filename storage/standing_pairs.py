"""How the pairs of a cycle stand, without what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

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
