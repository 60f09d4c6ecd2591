"""The words that leads gave to the guides of their program."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import upsert


def words(tx: Tx, program_id: int) -> dict[tuple[str, str], str]:
    """What stands in the place of our advice, by topic and side."""
    row = t.guides.c
    query = select(row.topic, row.role, row.words).where(row.program_id == program_id)
    return {(topic, role): said for topic, role, said in tx.execute(query)}


def write(tx: Tx, program_id: int, topic: str, role: str, said: str, by: str, at: datetime) -> None:
    """Put these words in the place of our advice; none bring ours back."""
    row = t.guides.c
    if said:
        place = {"program_id": program_id, "topic": topic, "role": role}
        upsert(tx, t.guides, (*place,), place | {"words": said, "edited_by": by, "edited_at": at})
    else:
        mine = (row.program_id == program_id, row.topic == topic, row.role == role)
        tx.execute(delete(t.guides).where(*mine))
    facts.changed(tx, facts.guides(program_id))
