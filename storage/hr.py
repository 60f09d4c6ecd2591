"""What HR's files and Slack profiles said about people, and where a member says something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Executable,
    Row,
    Select,
    bindparam,
    cast,
    delete,
    func,
    literal,
    null,
    select,
    union_all,
    update,
)

from mentoring.hr import Dispute, Fact, HrRecord, Verdict, together
from mentoring.people import Standing
from storage import hr_tables, slack_profiles
from storage import tables as t
from storage.among import among
from storage.database import Tx
from storage.instant import Instant
from storage.outbox import facts
from storage.upsert import upsert_all

_MANY = 500
"""People in one question; where more than these will do, reading all of a workspace takes less from so many on."""

_FILED, _SLACK = hr_tables.hr_records.c, hr_tables.slack_profiles.c


def _said(some: bool) -> CompoundSelect[Any]:
    """What is said about everybody, or about `ids`, a row each of HR's file and of the Slack profile."""
    filed = select(
        *(_FILED.person_id, _FILED.name, _FILED.level, _FILED.department, _FILED.manager_id, _FILED.ended_at),
        literal(0).label("slack"),
    )
    slack = select(
        *(_SLACK.person_id, literal("").label("name"), _SLACK.level, _SLACK.department, _SLACK.manager_id),
        *(cast(null(), Instant).label("ended_at"), literal(1).label("slack")),
    )
    both = filed.where(_of(_FILED, some)), slack.where(_of(_SLACK, some))
    return union_all(*both)


def _of(row: Any, some: bool) -> ColumnElement[bool]:
    there: ColumnElement[bool] = row.workspace == bindparam("workspace")
    return there & row.person_id.in_(bindparam("ids", expanding=True)) if some else there


def _managers(said: CompoundSelect[Any]) -> Select[Any]:
    row = said.subquery().c
    named = select(row.person_id, row.manager_id, row.ended_at, row.slack)
    return named.where(row.manager_id.is_not(None))


_EVERYBODY, _SOME = _said(some=False), _said(some=True)
_MANAGERS, _SOME_MANAGERS = _managers(_EVERYBODY), _managers(_SOME)
_IN_FILES, _SOME_IN_FILES = (select(hr_tables.hr_records).where(_of(_FILED, some)) for some in (False, True))
_DISPUTES = select(hr_tables.disputes).where(hr_tables.disputes.c.program_id == bindparam("program"))
_SOME_DISPUTES = among(_DISPUTES, hr_tables.disputes.c.person_id)


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """A dispute that waits for a lead, with its number."""

    id: int
    person_id: str
    fact: Fact
    dispute: Dispute


def in_files(tx: Tx, workspace: str, ids: Iterable[str] | None = None) -> dict[str, HrRecord]:
    """What HR's files alone say about everybody, or about these people; also those who are not in them any more."""
    rows = _rows(tx, (_IN_FILES, _SOME_IN_FILES), workspace, ids)
    return {row.person_id: _record(row) for row in rows}


def records(tx: Tx, workspace: str, ids: Iterable[str] | None = None) -> dict[str, HrRecord]:
    """What HR's files and Slack profiles say together, about everybody or about these people."""
    said: dict[str, dict[int, HrRecord]] = {}
    for row in _rows(tx, (_EVERYBODY, _SOME), workspace, ids):
        said.setdefault(row.person_id, {})[row.slack] = (
            slack_profiles.record_of(row) if row.slack else _record(row)
        )
    found = {person_id: together(both.get(0), both.get(1)) for person_id, both in said.items()}
    return {person_id: one for person_id, one in found.items() if one}


def _rows(
    tx: Tx, queries: tuple[Executable, Executable], workspace: str, ids: Iterable[str] | None
) -> Iterator[Row[Any]]:
    everybody, these = queries
    if ids is None:
        yield from tx.execute(everybody, {"workspace": workspace})
        return
    for some in _in_parts(ids):
        yield from tx.execute(these, {"workspace": workspace, "ids": some})


def _in_parts(ids: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(ids)
    return (wanted[start : start + _MANY] for start in range(0, len(wanted), _MANY))


def record(tx: Tx, workspace: str, person_id: str) -> HrRecord | None:
    """What is known about somebody, or None."""
    return records(tx, workspace, [person_id]).get(person_id)


def put(tx: Tx, workspace: str, known: Sequence[HrRecord], at: datetime) -> None:
    """Keep what HR says now."""
    rows = [_values(workspace, one, at) for one in known]
    upsert_all(tx, hr_tables.hr_records, ("workspace", "person_id"), rows)
    facts.changed(tx, *(facts.person(one.person_id) for one in known))


def managers(tx: Tx, workspace: str, ids: Collection[str]) -> Mapping[str, str]:
    """Who is said to be the manager of these people, as far as somebody is; maybe of others too."""
    if len(ids) > _MANY:
        rows = tx.execute(_MANAGERS, {"workspace": workspace})
    else:
        rows = tx.execute(_SOME_MANAGERS, {"workspace": workspace, "ids": list(ids)})
    return {one.person_id: one.manager_id for one in sorted(rows, key=_weight)}


def _weight(row: Row[Any]) -> int:
    """HR's file counts most, and least once somebody is in it no more."""
    return 1 if row.slack else 0 if row.ended_at else 2


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
        rows = tx.execute(_SOME_DISPUTES[tx.dialect.name], {"program": program_id, "ids": list(ids)})
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
