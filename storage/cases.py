"""Introductions of which nobody has said whether they arrived: since when, who looks after one, who was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from mentoring.messages import Kind
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts, letters
from storage.outbox.letters import Letter
from storage.states import RowState
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class Case:
    """A pair's introduction of unknown fate, by the pair's number and the message's.

    `owner_id` is who looks after it, and `asked_at` when the two of the pair were asked.
    """

    pair_id: int
    row_id: int
    opened_at: datetime
    owner_id: str | None
    asked_at: datetime | None


def get(tx: Tx, pair_id: int) -> Case | None:
    """The case of that pair, if there is one."""
    row = tx.execute(select(t.cases).where(t.cases.c.pair_id == pair_id)).one_or_none()
    return _case(row) if row else None


def every(tx: Tx) -> list[Case]:
    """Every case, the oldest pair's first."""
    return [_case(row) for row in tx.execute(select(t.cases).order_by(t.cases.c.pair_id))]


def missing(tx: Tx) -> list[Letter]:
    """Introductions of unknown fate that are no case yet."""
    row = t.outbox.c
    known = select(t.cases.c.row_id)
    query = select(row.id).where(row.state == RowState.UNKNOWN, row.kind == Kind.INTRO.value)
    numbers = list(tx.execute(query.where(row.id.not_in(known))).scalars())
    found = letters.some(tx, numbers) if numbers else {}
    return [found[number] for number in sorted(found)]


def begin(tx: Tx, pair_id: int, row_id: int, now: datetime) -> None:
    """Keep a case, once."""
    insert_once(tx, t.cases, {"pair_id": pair_id, "row_id": row_id, "opened_at": now})
    facts.changed(tx, facts.intro_case(pair_id))


def take(tx: Tx, case: Case, person_id: str) -> bool:
    """Somebody looks after it from now on; False when somebody else was faster."""
    row = t.cases.c
    owner = row.owner_id.is_(None) if case.owner_id is None else row.owner_id == case.owner_id
    facts.changed(tx, facts.intro_case(case.pair_id))
    changed = update(t.cases).where(row.pair_id == case.pair_id, owner).values(owner_id=person_id)
    return tx.execute(changed).rowcount == 1


def ask(tx: Tx, case: Case, now: datetime) -> bool:
    """The two of the pair are asked now; False when they were before."""
    row = t.cases.c
    facts.changed(tx, facts.intro_case(case.pair_id))
    changed = update(t.cases).where(row.pair_id == case.pair_id, row.asked_at.is_(None)).values(asked_at=now)
    return tx.execute(changed).rowcount == 1


def end(tx: Tx, case: Case) -> None:
    """It is settled, or the pair is over: it is a case no more."""
    tx.execute(delete(t.cases).where(t.cases.c.pair_id == case.pair_id))
    facts.changed(tx, facts.intro_case(case.pair_id))


def _case(row: Row[Any]) -> Case:
    return Case(row.pair_id, row.row_id, row.opened_at, row.owner_id, row.asked_at)
