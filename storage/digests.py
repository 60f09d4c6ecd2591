"""The digest of each week, as it was when it was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from mentoring.at_risk import Reason
from mentoring.digest import Figures, Phase
from storage import tables as t
from storage.database import Tx
from storage.upsert import insert_once


def is_begun(tx: Tx, program_id: int, week: str) -> bool:
    """Whether it was looked already what there is to tell about that week."""
    row = t.digests.c
    query = select(row.week).where(row.program_id == program_id, row.week == week)
    return tx.execute(query).first() is not None


def begin(tx: Tx, program_id: int, week: str, at: datetime) -> bool:
    """Look what there is to tell about a week, once; tells whether this call does."""
    return insert_once(tx, t.digests, {"program_id": program_id, "week": week, "at": at, "shown": None})


def keep(tx: Tx, program_id: int, week: str, figures: Figures, phase: Phase) -> None:
    """Keep what is told about the week: a digest stays as it was on the day that it names."""
    row = t.digests.c
    shown = {"figures": asdict(figures), "phase": _written(phase)}
    changed = update(t.digests).where(row.program_id == program_id, row.week == week)
    tx.execute(changed.values(shown=shown))  # no message shows it yet


def get(tx: Tx, program_id: int, week: str) -> tuple[datetime, Figures, Phase] | None:
    """When the week's digest was told, and what it says; None where there was nothing to tell."""
    row = t.digests.c
    query = select(row.at, row.shown).where(row.program_id == program_id, row.week == week)
    found = tx.execute(query).one_or_none()
    if found is None or found.shown is None:
        return None
    return found.at, _figures(found.shown["figures"]), _phase(found.shown["phase"])


def _figures(stored: Mapping[str, Any]) -> Figures:
    """Figures that a version after this one adds are not known here; those that an older one lacked are 0."""
    known = {one.name: stored[one.name] for one in fields(Figures) if one.name in stored}
    risks = {Reason(name): number for name, number in stored.get("risks", {}).items() if name in set(Reason)}
    return Figures(**{**known, "risks": risks})


def _written(phase: Phase) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(phase).items()
    }


def _phase(stored: Mapping[str, Any]) -> Phase:
    days = {name: date.fromisoformat(stored[name]) for name in ("proposal_on", "intro_on")}
    ends_on = date.fromisoformat(stored["ends_on"]) if stored["ends_on"] else None
    return Phase(stored["running"], ends_on, stored["number"], stored["proposed"], **days)
