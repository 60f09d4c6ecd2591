"""Reports: what a cycle's tables hold, row by row for counting, and what was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, or_, select, union, update

from mentoring.checkins import Answer
from mentoring.cycles import Cycle, CycleState
from mentoring.labels import fold
from mentoring.outcomes.counted import Connection, Participant
from mentoring.outcomes.published import Report, Thresholds, from_stored, to_stored
from mentoring.pairings import MET, PairState
from mentoring.people import Role, Standing
from mentoring.reflections import Reflection
from storage import tables as t
from storage.checkin_tables import reflections as reflected
from storage.cycles import cycle_of
from storage.database import Tx
from storage.upsert import insert_once

_AT_ONCE = 1_000
"""So many rows are in memory at a time."""

_INTRODUCED = and_(t.pairs.c.state.in_(MET), t.pairs.c.introduced_at.is_not(None))


def freeze(tx: Tx, cycle_id: int, thresholds: Thresholds, now: datetime) -> None:
    """Keep the thresholds of a cycle's report, unless they are kept already."""
    fewest = {"fewest": thresholds.fewest, "fewest_for_words": thresholds.fewest_for_words}
    insert_once(tx, t.reports, {"cycle_id": cycle_id, **fewest, "frozen_at": now})


def thresholds(tx: Tx, cycle_id: int) -> Thresholds | None:
    """The thresholds that were kept, or None."""
    row = t.reports.c
    found = tx.execute(select(row.fewest, row.fewest_for_words).where(row.cycle_id == cycle_id)).one_or_none()
    return Thresholds(*found) if found else None


def publish(tx: Tx, cycle_id: int, report: Report, now: datetime) -> bool:
    """Keep what is published about a cycle, once; tells whether this call did."""
    row = t.reports.c
    waiting = update(t.reports).where(row.cycle_id == cycle_id, row.made_at.is_(None))
    return tx.execute(waiting.values(made_at=now, topics=to_stored(report.topics))).rowcount == 1


def get(tx: Tx, cycle_id: int) -> Report | None:
    """What was published about a cycle, or None."""
    found = tx.execute(_published().where(t.reports.c.cycle_id == cycle_id)).one_or_none()
    return _report(found) if found else None


def latest(tx: Tx, program_id: int, number: int | None = None) -> Report | None:
    """What was published about a program's cycle of that number, or about the last one; None if nothing was."""
    row = t.cycles.c
    query = _published().where(row.program_id == program_id).order_by(row.number.desc()).limit(1)
    if number is not None:
        query = query.where(row.number == number)
    found = tx.execute(query).one_or_none()
    return _report(found) if found else None


def missing(tx: Tx) -> list[Cycle]:
    """Every program's cycles that are over and have no report, oldest first."""
    row = t.cycles.c
    over = exists().where(t.reports.c.cycle_id == row.id, t.reports.c.made_at.is_not(None))
    query = select(t.cycles).where(row.state == CycleState.CLOSED, ~over).order_by(row.id)
    return [cycle_of(one) for one in tx.execute(query)]


def _published() -> Select[Any]:
    kept = t.reports.c
    query = select(t.cycles, kept.fewest, kept.fewest_for_words, kept.topics)
    return query.join(t.reports, kept.cycle_id == t.cycles.c.id).where(kept.made_at.is_not(None))


def _report(row: Row[Any]) -> Report:
    times = cycle_of(row).times
    limits = Thresholds(row.fewest, row.fewest_for_words)
    return Report(times.number, times.intro_at, times.ends_at, limits, from_stored(row.topics))


def connections(tx: Tx, program_id: int, cycle_id: int) -> Iterator[Connection]:
    """The pairs of a cycle that were introduced, one after the other."""
    mentor, mentee = t.members.alias("mentor").c, t.members.alias("mentee").c
    pair, held = t.pairs.c, _meetings(cycle_id)
    query = (
        select(
            *(pair.mentor_id, pair.mentee_id, pair.state),
            func.coalesce(held.c.meetings, 0).label("meetings"),
            (mentee.level - mentor.level).label("gap"),
            *(mentor.department.label("of_mentor"), mentee.department.label("of_mentee")),
        )
        .select_from(t.pairs)
        .outerjoin(mentor.program_id.table, _is(mentor, program_id, pair.mentor_id))
        .outerjoin(mentee.program_id.table, _is(mentee, program_id, pair.mentee_id))
        .outerjoin(held, held.c.pair_id == pair.id)
        .where(pair.cycle_id == cycle_id, _INTRODUCED)
    )
    for row in tx.execute(query.execution_options(yield_per=_AT_ONCE)):
        finished = row.state != PairState.ENDED.value
        across = _across(row.of_mentor, row.of_mentee)
        yield Connection(row.mentor_id, row.mentee_id, finished, row.meetings, row.gap, across)


def _is(member: Any, program_id: int, person_id: Any) -> Any:
    return and_(member.program_id == program_id, member.person_id == person_id)


def _meetings(cycle_id: int) -> Any:
    """How many meetings each pair of a cycle had: the weeks in which one of the two said that they met."""
    row = t.checkins.c
    query = select(row.pair_id, func.count(row.week.distinct()).label("meetings"))
    query = query.join(t.pairs, t.pairs.c.id == row.pair_id)
    return (
        query.where(t.pairs.c.cycle_id == cycle_id, row.answer == Answer.MET).group_by(row.pair_id).subquery()
    )


def _across(one: str | None, other: str | None) -> bool | None:
    return fold(one) != fold(other) if one and other else None


def participants(tx: Tx, program_id: int, cycle_id: int, began: datetime) -> Iterator[Participant]:
    """Everybody who takes part now, or had a partner in a cycle; `began` is the moment when it did."""
    sides = (t.pairs.c.mentor_id, t.pairs.c.mentee_id)
    partners = union(
        *(
            select(side.label("person_id")).where(t.pairs.c.cycle_id == cycle_id, _INTRODUCED)
            for side in sides
        )
    ).subquery()
    member, person = t.members.c, t.people.c
    takes_part = and_(member.standing == Standing.ACTIVE, person.deactivated.is_(False))
    query = (
        select(
            *(member.role, member.shares, member.wants, member.department, member.joined_at),
            takes_part.label("takes_part"),
            partners.c.person_id.is_not(None).label("paired"),
        )
        .select_from(t.members)
        .join(t.people, and_(person.workspace == member.workspace, person.id == member.person_id))
        .outerjoin(partners, partners.c.person_id == member.person_id)
        .where(member.program_id == program_id, or_(takes_part, partners.c.person_id.is_not(None)))
    )
    for row in tx.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield _participant(row, began)


def _participant(row: Row[Any], began: datetime) -> Participant:
    role = Role(row.role)
    return Participant(
        with_partner=bool(row.paired),
        takes_part=bool(row.takes_part),
        department=row.department,
        tenure=max(began - row.joined_at, timedelta()),
        shares=tuple(row.shares) if role.mentors else (),
        wants=tuple(row.wants) if role.learns else (),
    )


def so_far(tx: Tx, cycle_id: int) -> tuple[int, int]:
    """How many pairs of a cycle were introduced, and how many meetings they had."""
    held = _meetings(cycle_id)
    query = (
        select(func.count(), func.coalesce(func.sum(held.c.meetings), 0))
        .select_from(t.pairs)
        .outerjoin(held, held.c.pair_id == t.pairs.c.id)
        .where(t.pairs.c.cycle_id == cycle_id, _INTRODUCED)
    )
    pairs, meetings = tx.execute(query).one()
    return int(pairs), int(meetings)


def reflections(tx: Tx, cycle_id: int) -> Mapping[Reflection, int]:
    """The people of a cycle by what they said last of a meeting."""
    row, said = t.checkins.c, reflected.c
    newest = func.row_number().over(
        partition_by=row.person_id, order_by=(said.at.desc(), said.checkin_id.desc())
    )
    each = (
        select(said.choice, newest.label("place"))
        .join(t.checkins, row.id == said.checkin_id)
        .join(t.pairs, t.pairs.c.id == row.pair_id)
        .where(t.pairs.c.cycle_id == cycle_id, _INTRODUCED)
        .subquery()
    )
    last = select(each.c.choice, func.count()).where(each.c.place == 1).group_by(each.c.choice)
    return {Reflection(choice): number for choice, number in tx.execute(last)}
