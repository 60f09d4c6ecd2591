"""Who read the cards of which side to their end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select

from mentoring.preparation import Deck
from storage import enroll_tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import insert_once

_P = t.preparations.c
_OF_PERSON = select(_P.side).where(_P.program_id == bindparam("program"), _P.person_id == bindparam("person"))


def finish(tx: Tx, program_id: int, person_id: str, decks: Iterable[Deck], at: datetime) -> None:
    """Keep that somebody read these; who read one before keeps that day."""
    for deck in decks:
        values = {"program_id": program_id, "person_id": person_id, "side": deck.value, "done_at": at}
        insert_once(tx, t.preparations, values)
    facts.changed(tx, facts.member(program_id, person_id))


def of_person(tx: Tx, program_id: int, person_id: str) -> frozenset[Deck]:
    """What somebody read to its end."""
    found = tx.execute(_OF_PERSON, {"program": program_id, "person": person_id})
    return frozenset(map(Deck, found.scalars()))


def of_program(tx: Tx, program_id: int) -> dict[str, frozenset[Deck]]:
    """The same for everybody who read anything, by person."""
    found: dict[str, set[Deck]] = {}
    for row in tx.execute(select(_P.person_id, _P.side).where(_P.program_id == program_id)):
        found.setdefault(row.person_id, set()).add(Deck(row.side))
    return {person_id: frozenset(decks) for person_id, decks in found.items()}
