"""A program's rules and weights, its ladder, and everybody's place on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import case, func, select, update

from mentoring.people import Standing
from mentoring.programs import Program
from mentoring.rule_sheet import CheckedSheet
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts


def save(tx: Tx, before: Program, sheet: CheckedSheet) -> None:
    """Store other rules of a program."""
    values = {
        "rules": asdict(sheet.rules),
        "ladder": list(sheet.ladder),
        "sponsor": sheet.sponsor,
        "junior_champion": sheet.junior_champion,
    }
    tx.execute(update(t.programs).where(t.programs.c.id == before.id).values(values))
    facts.changed(tx, *_news(before, sheet))


def _news(before: Program, sheet: CheckedSheet) -> list[str]:
    parts = ("rules", "ladder", "sponsor", "junior_champion")
    return [
        facts.settings(before.id, part) for part in parts if getattr(before, part) != getattr(sheet, part)
    ]


def move_levels(tx: Tx, program_id: int, moved: Mapping[int, int | None]) -> None:
    """Give everybody their level on a new ladder; whoever had one that is no more has none."""
    row = t.members.c
    there = row.program_id == program_id
    gone = [old for old, new in moved.items() if new is None]
    losing = list(tx.execute(select(row.person_id).where(there, row.level.in_(gone))).scalars())
    changed = {old: new for old, new in moved.items() if old != new}
    if changed:
        others = update(t.members).where(there, row.level.in_(list(changed)))
        tx.execute(others.values(level=case(changed, value=row.level)))
    facts.changed(tx, *(facts.member(program_id, person_id) for person_id in losing))
    if losing:
        facts.changed(tx, facts.held(program_id))


def on_levels(tx: Tx, program_id: int, levels: list[int]) -> int:
    """How many people who have not left stand on one of these levels."""
    row = t.members.c
    query = select(func.count()).select_from(t.members)
    staying = query.where(row.program_id == program_id, row.standing != Standing.LEFT)
    return int(tx.execute(staying.where(row.level.in_(levels))).scalar_one())
