"""What HR's files said about people, and where a member says something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from mentoring.hr import Dispute, Fact, HrRecord, Verdict
from mentoring.people import Standing
from storage import facts, hr_tables
from storage import tables as t
from storage.database import Tx
from storage.upsert import upsert_all

_MANY = 500
"""People in one question; where more than these will do, reading all of a workspace takes less from so many on."""

_RECORDS = select(hr_tables.hr_records).where(hr_tables.hr_records.c.workspace == bindparam("workspace"))
_SOME = _RECORDS.where(hr_tables.hr_records.c.person_id.in_(bindparam("ids", expanding=True)))
_MANAGERS = select(hr_tables.hr_records.c.person_id, hr_tables.hr_records.c.manager_id).where(
    hr_tables.hr_records.c.workspace == bindparam("workspace")
)
_SOME_MANAGERS = _MANAGERS.where(hr_tables.hr_records.c.person_id.in_(bindparam("ids", expanding=True)))
_DISPUTES = select(hr_tables.disputes).where(hr_tables.disputes.c.program_id == bindparam("program"))
_SOME_DISPUTES = _DISPUTES.where(hr_tables.disputes.c.person_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """A dispute that waits for a lead, with its number."""

    id: int
    person_id: str
    fact: Fact
    dispute: Dispute


def records(tx: Tx, workspace: str, ids: Iterable[str] | None = None) -> dict[str, HrRecord]:
    """What is known about everybody, also those who are not in HR's files any more, or about these people."""
    if ids is None:
        return {row.person_id: _record(row) for row in tx.execute(_RECORDS, {"workspace": workspace})}
    wanted, found = list(ids), dict[str, HrRecord]()
    for start in range(0, len(wanted), _MANY):
        rows = tx.execute(_SOME, {"workspace": workspace, "ids": wanted[start : start + _MANY]})
        found |= {row.person_id: _record(row) for row in rows}
    return found


def record(tx: Tx, workspace: str, person_id: str) -> HrRecord | None:
    """What is known about somebody, or None."""
    return records(tx, workspace, [person_id]).get(person_id)


def put(tx: Tx, workspace: str, known: Sequence[HrRecord], at: datetime) -> None:
    """Keep what HR says now."""
    rows = [_values(workspace, one, at) for one in known]
    upsert_all(tx, hr_tables.hr_records, ("workspace", "person_id"), rows)
    facts.changed(tx, *(facts.person(one.person_id) for one in known))


def managers(tx: Tx, workspace: str, ids: Collection[str]) -> Mapping[str, str]:
    """Who HR says is the manager of these people, as far as it does; maybe of others too."""
    if len(ids) > _MANY:
        rows = tx.execute(_MANAGERS, {"workspace": workspace})
    else:
        rows = tx.execute(_SOME_MANAGERS, {"workspace": workspace, "ids": list(ids)})
    return {person_id: manager_id for person_id, manager_id in rows if manager_id}


def is_anything(tx: Tx, workspace: str) -> bool:
    """Whether HR ever said anything."""
    return tx.execute(_RECORDS.limit(1), {"workspace": workspace}).first() is not None


def count(tx: Tx, workspace: str) -> int:
    """How many people HR's last file has."""
    row = hr_tables.hr_records.c
    query = select(func.count()).where(row.workspace == workspace, row.ended_at.is_(None))
    return int(tx.execute(query).scalar_one())


def ended(tx: Tx, workspace: str, program_id: int, limit: int) -> list[str]:
    """Members whom HR's files do not have any more, the last to go first."""
    row = hr_tables.hr_records.c
    query = (
        select(row.person_id)
        .join(t.members, t.members.c.person_id == row.person_id)
        .where(row.workspace == workspace, row.ended_at.is_not(None))
        .where(t.members.c.program_id == program_id, t.members.c.standing != Standing.LEFT)
        .order_by(row.ended_at.desc(), row.person_id)
    )
    return list(tx.execute(query.limit(limit)).scalars())


def disputes(
    tx: Tx, program_id: int, ids: Collection[str] | None = None
) -> dict[str, dict[Fact, OpenDispute]]:
    """Where members say something else than HR, decided or not, by person."""
    if ids is None or len(ids) > _MANY:
        rows = tx.execute(_DISPUTES, {"program": program_id})
    else:
        rows = tx.execute(_SOME_DISPUTES, {"program": program_id, "ids": list(ids)})
    found: dict[str, dict[Fact, OpenDispute]] = {}
    for row in rows:
        found.setdefault(row.person_id, {})[Fact(row.fact)] = _dispute(row)
    return found


def dispute(tx: Tx, program_id: int, number: int) -> OpenDispute | None:
    """The program's dispute with that number, decided or not, or None."""
    query = _DISPUTES.where(hr_tables.disputes.c.id == number)
    row = tx.execute(query, {"program": program_id}).one_or_none()
    return _dispute(row) if row else None


def undecided(tx: Tx, program_id: int, limit: int) -> tuple[list[OpenDispute], int]:
    """The first disputes of members that wait for a lead, and how many there are."""
    row = hr_tables.disputes.c
    joined = hr_tables.disputes.join(
        t.members,
        (t.members.c.program_id == row.program_id) & (t.members.c.person_id == row.person_id),
    )
    waiting = (row.program_id == program_id, row.verdict.is_(None), t.members.c.standing != Standing.LEFT)
    listed = tx.execute(
        select(hr_tables.disputes).select_from(joined).where(*waiting).order_by(row.id).limit(limit)
    )
    many = tx.execute(select(func.count()).select_from(joined).where(*waiting)).scalar_one()
    return [_dispute(found) for found in listed], int(many)


def keep_disputes(tx: Tx, program_id: int, changed: Mapping[tuple[str, Fact], Dispute | None]) -> None:
    """Keep where two values differ, each under a number of its own; None once they do not."""
    row = hr_tables.disputes.c
    for fact in Fact:
        over = [person_id for person_id, one in changed if one is fact]
        if over:
            tx.execute(
                delete(hr_tables.disputes).where(
                    row.program_id == program_id, row.fact == fact.value, row.person_id.in_(over)
                )
            )
    new = [
        {
            "program_id": program_id,
            "person_id": person_id,
            "fact": fact.value,
            "own": kept.own,
            "hr": kept.hr,
            "verdict": kept.verdict.value if kept.verdict else None,
        }
        for (person_id, fact), kept in changed.items()
        if kept
    ]
    if new:
        tx.execute(hr_tables.disputes.insert(), new)


def decide(tx: Tx, number: int, verdict: Verdict) -> bool:
    """Keep a lead's decision, if nobody was faster; tells whether it did."""
    row = hr_tables.disputes.c
    decided = update(hr_tables.disputes).where(row.id == number, row.verdict.is_(None))
    return tx.execute(decided.values(verdict=verdict.value)).rowcount == 1


def _values(workspace: str, one: HrRecord, at: datetime) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "person_id": one.person_id,
        "name": one.name,
        "level": one.level,
        "department": one.department,
        "manager_id": one.manager_id,
        "ended_at": at if one.ended else None,
    }


def _record(row: Any) -> HrRecord:
    return HrRecord(
        row.person_id, row.name, row.level, row.department, row.manager_id, row.ended_at is not None
    )


def _dispute(row: Any) -> OpenDispute:
    verdict = Verdict(row.verdict) if row.verdict else None
    return OpenDispute(row.id, row.person_id, Fact(row.fact), Dispute(row.own, row.hr, verdict))
