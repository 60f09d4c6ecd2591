"""What each pair has said in short, as values."""

from __future__ import annotations

from typing import Any

from mentoring.at_risk import Tidings
from mentoring.checkins import Answer
from storage import tables as t
from storage.database import Tx
from storage.upsert import upsert


def keep(tx: Tx, pair_id: int, told: Tidings) -> None:
    """Keep what a pair has said so far, in the place of what it was."""
    values = {"met_at": told.met_at, "heard_at": told.heard_at, "not_held_by": told.not_held_by}
    answer = told.answer.value if told.answer else None
    # No message is made from it: Home is read anew each time, and a digest says of which day it is.
    upsert(tx, t.tidings, ("pair_id",), {"pair_id": pair_id, **values, "answer": answer})


def tidings_of(row: Any) -> Tidings:
    """What stands in a row that carries the columns of its table, all empty where a pair has said nothing."""
    answer = Answer(row.answer) if row.answer else None
    return Tidings(row.met_at, row.heard_at, answer, row.not_held_by)
