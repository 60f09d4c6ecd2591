"""Agreements of pairs: who was asked to sign, who did, and which are due to be looked at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from mentoring.pacts import Pact
from mentoring.pairings import PairState
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import insert_once, upsert


def ask(tx: Tx, pair_id: int, at: datetime) -> None:
    """A pair whose introduction is on its way is to sign; what an introduction that came to nothing asked is over."""
    tx.execute(delete(t.agreements).where(t.agreements.c.pair_id == pair_id))
    upsert(
        tx, t.pacts, ("pair_id",), {"pair_id": pair_id, "asked_at": at, "due_at": None, "reminded_at": None}
    )
    facts.changed(tx, facts.pact(pair_id))


def wait(tx: Tx, pair_id: int, until: datetime) -> None:
    """Look at that moment whether a pair has signed, where it was asked to."""
    tx.execute(update(t.pacts).where(t.pacts.c.pair_id == pair_id).values(due_at=until))


def get(tx: Tx, pair_id: int) -> Pact | None:
    """What that pair was asked to sign, or None."""
    row = tx.execute(select(t.pacts).where(t.pacts.c.pair_id == pair_id)).one_or_none()
    return Pact(row.pair_id, row.asked_at, row.reminded_at) if row else None


def sign(tx: Tx, pair_id: int, person_id: str, at: datetime) -> bool:
    """Keep that somebody signed; tells whether they had not before."""
    signed = {"pair_id": pair_id, "person_id": person_id, "signed_at": at}
    facts.changed(tx, facts.pact(pair_id))
    return insert_once(tx, t.agreements, signed)


def signed(tx: Tx, pair_ids: Collection[int]) -> list[tuple[int, str]]:
    """Who signed for which of these pairs, in the order in which they did."""
    row = t.agreements.c
    query = select(row.pair_id, row.person_id).where(row.pair_id.in_(pair_ids))
    return [
        (pair_id, person_id)
        for pair_id, person_id in tx.execute(query.order_by(row.signed_at, row.person_id))
    ]


def due(tx: Tx, now: datetime, limit: int) -> list[int]:
    """The pairs of which it is to be looked whether they have signed, the longest waiting first."""
    row = t.pacts.c
    query = select(row.pair_id).where(row.due_at <= now).order_by(row.due_at, row.pair_id).limit(limit)
    return list(tx.execute(query).scalars())


def looked_at(tx: Tx, pair_id: int, now: datetime, reminded: bool) -> bool:
    """Nothing more is due for that pair; tells whether this call did it."""
    values = {"due_at": None, **({"reminded_at": now} if reminded else {})}
    facts.changed(tx, facts.pact(pair_id))
    mine = update(t.pacts).where(t.pacts.c.pair_id == pair_id, t.pacts.c.due_at <= now)
    return tx.execute(mine.values(values)).rowcount == 1


def to_sign(tx: Tx, program_id: int) -> list[tuple[int, str]]:
    """Who has not signed for which pair that goes on, among those that are still to be looked at."""
    pair = t.pairs.c
    query = (
        select(pair.id, pair.mentor_id, pair.mentee_id)
        .join(t.pacts, t.pacts.c.pair_id == pair.id)
        .where(pair.program_id == program_id, pair.state == PairState.INTRODUCED)
        .where(t.pacts.c.due_at.is_not(None))
        .order_by(pair.id)
    )
    asked = [(one.id, who) for one in tx.execute(query) for who in (one.mentor_id, one.mentee_id)]
    done = set(signed(tx, {number for number, _ in asked}))
    return [one for one in asked if one not in done]
