"""The words that people added to a program's vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

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
