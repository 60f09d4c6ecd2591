"""The words that people added to a program's vocabulary, and those that became a word it had."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import delete, insert, select

from mentoring.skills import Spelling
from storage import tables as t
from storage.database import Tx
from storage.upsert import insert_once


def labels(tx: Tx, program_id: int) -> list[str]:
    """Every own word, in alphabetical order."""
    query = select(t.skills.c.label).where(t.skills.c.program_id == program_id).order_by(t.skills.c.label)
    return list(tx.execute(query).scalars())


def add(tx: Tx, program_id: int, new: Iterable[str]) -> None:
    """Add words; those that are there already stay as they are."""
    for label in new:
        insert_once(tx, t.skills, {"program_id": program_id, "label": label})


def spellings(tx: Tx, program_id: int, person_id: str | None = None) -> list[Spelling]:
    """What people wrote, or one of them, that became another word; by person and word."""
    row = t.spellings.c
    query = select(t.spellings).where(row.program_id == program_id).order_by(row.person_id, row.written)
    if person_id is not None:
        query = query.where(row.person_id == person_id)
    return [Spelling(one.person_id, one.written, one.label, one.beside) for one in tx.execute(query)]


def save_spellings(tx: Tx, program_id: int, person_id: str, found: Iterable[Spelling]) -> None:
    """Store what a person wrote that became another word, in place of what was known; each word once."""
    row = t.spellings.c
    tx.execute(delete(t.spellings).where(row.program_id == program_id, row.person_id == person_id))
    for one in {one.written: one for one in found}.values():
        values = {"written": one.written, "label": one.label, "beside": one.beside}
        tx.execute(insert(t.spellings).values(program_id=program_id, person_id=person_id, **values))


def forget_spellings(tx: Tx, program_id: int, written: Collection[str]) -> None:
    """Forget these words, whoever wrote them."""
    row = t.spellings.c
    tx.execute(delete(t.spellings).where(row.program_id == program_id, row.written.in_(list(written))))
