"""How a program stands, counted and listed by the database: a fixed number of statements, however large it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, select, union

from mentoring.at_risk import FIRST_MEETING_BY, SIGNED_WITHIN, UNANSWERED_WEEKS, PairFacts, Reason
from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import Cycle, CycleState, CycleTimes
from mentoring.pairings import STANDING, PairState
from mentoring.people import Standing
from storage import tables as t
from storage.database import Tx
from storage.tidings import tidings_of

_PAIR, _TOLD, _MEMBER, _PACT = t.pairs.c, t.tidings.c, t.members.c, t.pacts.c
_TALK = func.coalesce(_PAIR.intro_of, _PAIR.id)
"""The conversation of a pair, by the pair whose introduction began it."""

QUIET_FOR = timedelta(days=7) * (UNANSWERED_WEEKS - 1)
"""Where somebody answered later than this ago, there cannot be that many weeks without an answer."""


BOTH = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs that go on and whose introduction arrived, and how many of them met, or say that they plan to."""

    running: int
    met: int
    planned: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair in a list: since when it runs, until when it rests, and its conversation."""

    pair_id: int
    mentor_id: str
    mentee_id: str
    introduced_at: datetime | None
    rests_until: date | None
    talk: int


@dataclass(frozen=True, slots=True)
class PausedRow:
    """Somebody who takes a break, until a day or until they come back, or because they did not answer."""

    person_id: str
    until: date | None
    silent: bool


def outlines(tx: Tx, program_id: int) -> list[Cycle]:
    """A program's cycles, oldest first, without those whom each left out: they may be many thousands."""
    row = t.cycles.c
    columns = (
        row.id,
        row.number,
        row.start_on,
        row.proposal_at,
        row.intro_at,
        row.ends_at,
        row.state,
        row.runs,
    )
    query = select(*columns).where(row.program_id == program_id).order_by(row.number)
    return [
        Cycle(
            one.id,
            program_id,
            CycleTimes(one.number, one.start_on, one.proposal_at, one.intro_at, one.ends_at),
            CycleState(one.state),
            one.runs,
        )
        for one in tx.execute(query)
    ]


def talks_of(tx: Tx, program_id: int, people: Collection[str], over: bool = False) -> list[int]:
    """The conversations of these people in pairs that go on, and with `over` also in those that ended."""
    if not people:
        return []
    with_them = [
        and_(_PAIR.program_id == program_id, role.in_(people)) for role in (_PAIR.mentor_id, _PAIR.mentee_id)
    ]
    # A person has few pairs, and the states are compared here: see `storage.pairs.of_person`.
    found = tx.execute(select(_PAIR.state, _TALK.label("talk")).where(or_(*with_them)))
    wanted = (PairState.INTRODUCED, PairState.ENDED) if over else (PairState.INTRODUCED,)
    return sorted({one.talk for one in found if one.state in wanted})


def apart(tx: Tx, program_id: int, talks: Sequence[int]) -> int:
    """How many pairs that go on are in these conversations."""
    if not talks:
        return 0
    query = select(func.count()).where(_goes_on(program_id, ()), _TALK.in_(talks))
    return int(tx.execute(query).scalar_one())


def tally(tx: Tx, program_id: int, now: datetime, without: Sequence[int]) -> Tally:
    """How many pairs go on, and how many have met or plan to, those in the given conversations left out."""
    met = func.count(_TOLD.met_at)
    planned = func.count(case((_plans(now), 1)))
    query = _joined(select(func.count(), met, planned)).where(_goes_on(program_id, without))
    return Tally(*map(int, tx.execute(query).one()))


def _plans(now: datetime) -> ColumnElement[bool]:
    """The same as `mentoring.at_risk.Tidings.plans`."""
    said_later = or_(_TOLD.planned_at.is_(None), _TOLD.planned_at < _TOLD.heard_at)
    return or_(_TOLD.planned_at > now, and_(_TOLD.answer == Answer.PLANNED, said_later))


def arriving(tx: Tx, program_id: int) -> int:
    """How many introductions are on their way."""
    waiting = (
        _PAIR.program_id == program_id,
        _PAIR.state == PairState.INTRODUCED,
        _PAIR.introduced_at.is_(None),
    )
    return int(tx.execute(select(func.count()).where(*waiting)).scalar_one())


def in_question(tx: Tx, program_id: int, now: datetime, without: Sequence[int]) -> list[PairFacts]:
    """What is known of every pair that could need somebody, by number; `mentoring.at_risk` decides whether it does.

    Pairs that cannot have a reason are left in the database, because they are most of them.
    """
    columns = (
        *(_PAIR.id, _PAIR.mentor_id, _PAIR.mentee_id, _PAIR.introduced_at),
        *(*_SAID, _unanswered(now).label("unanswered"), _PACT.asked_at, _signed().label("signed")),
    )
    query = _looked_at(select(*columns), program_id, without, _holds(now)).order_by(_PAIR.id)
    return [
        PairFacts(
            one.id,
            one.mentor_id,
            one.mentee_id,
            one.introduced_at,
            tidings_of(one),
            one.unanswered,
            unsigned_since=one.asked_at if one.signed < BOTH else None,
        )
        for one in tx.execute(query)
    ]


def risks(tx: Tx, program_id: int, now: datetime, without: Sequence[int]) -> tuple[int, dict[Reason, int]]:
    """How many pairs `mentoring.at_risk` finds reasons for, and how many for each; those with nobody there left out.

    The same as counting the reasons of those `in_question`, which are too many to be read each time.
    """
    holds = _holds(now)
    each = [func.count(case((one, 1))) for one in holds.values()]
    numbers = tx.execute(_looked_at(_counting(each), program_id, without, holds)).one()
    return int(numbers[0]), dict(zip(holds, map(int, numbers[1:]), strict=True))


def _counting(each: Sequence[ColumnElement[int]]) -> Select[*tuple[Any, ...]]:
    return select(func.count(), *each)


def _looked_at(
    query: Select[*tuple[Any, ...]],
    program_id: int,
    without: Sequence[int],
    holds: Mapping[Reason, ColumnElement[bool]],
) -> Select[Any]:
    """Of pairs that go on and do not wait for somebody, those that have a reason."""
    pacts = _ALL.outerjoin(t.pacts, _PACT.pair_id == _PAIR.id)
    return query.select_from(pacts).where(
        _goes_on(program_id, without), not_(_waits(program_id)), or_(*holds.values())
    )


def both_away(tx: Tx, program_id: int, without: Sequence[int]) -> list[PairFacts]:
    """The pairs, by number, in which both take a break without an end; a pair that rests is a lead's own decision."""
    gone = select(_MEMBER.person_id).where(*_takes_a_break(program_id), _MEMBER.paused_until.is_(None))
    both = and_(_PAIR.rests_until.is_(None), _PAIR.mentor_id.in_(gone), _PAIR.mentee_id.in_(gone))
    columns = (_PAIR.id, _PAIR.mentor_id, _PAIR.mentee_id, _PAIR.introduced_at)
    query = select(*columns).where(_goes_on(program_id, without), both).order_by(_PAIR.id)
    return [
        PairFacts(one.id, one.mentor_id, one.mentee_id, one.introduced_at, waits=True, both_away=True)
        for one in tx.execute(query)
    ]


def _holds(now: datetime) -> dict[Reason, ColumnElement[bool]]:
    """The same as `mentoring.at_risk.reasons`, for a pair of which both are there."""
    return {
        Reason.NO_FIRST_MEETING: and_(_TOLD.met_at.is_(None), _PAIR.introduced_at <= now - FIRST_MEETING_BY),
        Reason.NOT_HELD: func.coalesce(_TOLD.not_held_by <= now, False),
        Reason.NOBODY_ANSWERS: _unanswered(now) >= UNANSWERED_WEEKS,
        Reason.NOT_SIGNED: and_(
            func.coalesce(_PACT.asked_at <= now - SIGNED_WITHIN, False), _signed() < BOTH
        ),
    }


def _signed() -> ColumnElement[int]:
    """How many of a pair have accepted their agreement."""
    row = t.agreements.c
    signed = select(func.count()).select_from(t.agreements).where(row.pair_id == _PAIR.id)
    return signed.correlate(t.pairs).scalar_subquery()


def _unanswered(now: datetime) -> ColumnElement[int]:
    """In how many weeks the two were asked about their pair, since somebody answered, and nobody did in time.

    0 where that was lately: then it cannot be many, and is not looked for.
    """
    row = t.checkins.c
    passed = row.state.in_((CheckInState.REASKED, CheckInState.SILENT))
    since = row.asked_at > func.coalesce(_TOLD.heard_at, _PAIR.introduced_at)
    weeks = select(func.count(row.week.distinct())).where(row.pair_id == _PAIR.id, passed, since)
    quiet = func.coalesce(_TOLD.heard_at, _PAIR.introduced_at) <= now - QUIET_FOR
    return case((quiet, weeks.correlate(t.pairs, t.tidings).scalar_subquery()), else_=0)


def running(tx: Tx, program_id: int, without: Sequence[int], begin: int, most: int) -> list[PairRow]:
    """So many pairs that go on, by number."""
    return _page(tx, _goes_on(program_id, without), begin, most)


def met(tx: Tx, program_id: int, without: Sequence[int], begin: int, most: int) -> list[PairRow]:
    """So many of those that have met."""
    return _page(tx, and_(_goes_on(program_id, without), _TOLD.met_at.is_not(None)), begin, most)


def planned(
    tx: Tx, program_id: int, now: datetime, without: Sequence[int], begin: int, most: int
) -> list[PairRow]:
    """So many of those that plan to meet."""
    return _page(tx, and_(_goes_on(program_id, without), _plans(now)), begin, most)


def _page(tx: Tx, which: ColumnElement[bool], begin: int, most: int) -> list[PairRow]:
    return _rows(tx, _joined(select(*_SHOWN)).where(which).order_by(_PAIR.id).offset(begin).limit(most))


def some(tx: Tx, ids: Collection[int]) -> dict[int, PairRow]:
    """These pairs, by number."""
    query = select(*_SHOWN).where(_PAIR.id.in_(list(ids)))
    return {one.pair_id: one for one in _rows(tx, query)}


def ended(tx: Tx, cycles: Sequence[int]) -> int:
    """How many pairs of these cycles have ended before their cycle."""
    return int(tx.execute(select(func.count()).where(*_has_ended(cycles))).scalar_one())


def ended_ones(tx: Tx, cycles: Sequence[int], begin: int, most: int) -> list[PairRow]:
    """So many of them, by number."""
    query = select(*_SHOWN).where(*_has_ended(cycles))
    return _rows(tx, query.order_by(_PAIR.id).offset(begin).limit(most))


def _has_ended(cycles: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    return _PAIR.cycle_id.in_(list(cycles)), _PAIR.state == PairState.ENDED


def paused(tx: Tx, program_id: int) -> tuple[int, int]:
    """How many people take a break, and how many of them are in a pair that goes on."""
    taking = select(func.count(), func.count(case((_in_a_pair(), 1)))).select_from(t.members)
    found = tx.execute(taking.where(*_takes_a_break(program_id))).one()
    return int(found[0]), int(found[1])


def paused_ones(tx: Tx, program_id: int, begin: int, most: int) -> list[PausedRow]:
    """So many of those who take a break, those in a pair first."""
    first = case((_in_a_pair(), 0), else_=1)
    query = select(_MEMBER.person_id, _MEMBER.paused_until, _MEMBER.silent_since)
    found = query.where(*_takes_a_break(program_id)).order_by(first, _MEMBER.person_id)
    return [
        PausedRow(one.person_id, one.paused_until, one.silent_since is not None)
        for one in tx.execute(found.offset(begin).limit(most))
    ]


def _takes_a_break(program_id: int) -> tuple[ColumnElement[bool], ...]:
    return _MEMBER.program_id == program_id, _MEMBER.standing == Standing.PAUSED


def _in_a_pair() -> ColumnElement[bool]:
    return or_(*(_has_pair(role) for role in (_PAIR.mentor_id, _PAIR.mentee_id)))


def _has_pair(role: ColumnElement[Any]) -> ColumnElement[bool]:
    # Compared as a value that no index knows: by the index of states, SQLite would look through all pairs that go on.
    state = func.coalesce(_PAIR.state, literal(""))
    theirs = (
        _PAIR.program_id == _MEMBER.program_id,
        role == _MEMBER.person_id,
        state == PairState.INTRODUCED,
    )
    return select(_PAIR.id).where(*theirs).exists()


def alone(tx: Tx, program_id: int, cycle_id: int) -> int:
    """How many people take part and are in no pair of that cycle that stands.

    Counted as those who take part, less those in such a pair, who do but for a break: whoever leaves ends their pairs.
    """
    stands = (_PAIR.cycle_id == cycle_id, _PAIR.state.in_(STANDING))
    roles = (_PAIR.mentor_id, _PAIR.mentee_id)
    paired = union(*(select(role).where(*stands) for role in roles)).subquery()
    theirs = (and_(_PAIR.program_id == program_id, role == _MEMBER.person_id) for role in roles)
    resting = or_(*(select(_PAIR.id).where(mine, *_unindexed(cycle_id)).exists() for mine in theirs))
    people = select(func.count()).select_from(t.members).where(_MEMBER.program_id == program_id)
    counts = select(
        people.where(_MEMBER.standing == Standing.ACTIVE).scalar_subquery(),
        select(func.count()).select_from(paired).scalar_subquery(),
        people.where(_MEMBER.standing == Standing.PAUSED, resting).scalar_subquery(),
    )
    active, in_pairs, on_a_break = tx.execute(counts).one()
    return int(active - in_pairs + on_a_break)


def _unindexed(cycle_id: int) -> tuple[ColumnElement[bool], ...]:
    """That a person's pair is of that cycle and stands: by an index of these, SQLite would look through all that do."""
    return (_PAIR.cycle_id + 0) == cycle_id, func.coalesce(_PAIR.state, literal("")).in_(STANDING)


def anybody_meets(tx: Tx, program_id: int) -> bool:
    """Whether a pair goes on."""
    going = select(_PAIR.id).where(_PAIR.program_id == program_id, _PAIR.state == PairState.INTRODUCED)
    return tx.execute(going.limit(1)).first() is not None


def without_level(tx: Tx, program_id: int) -> int:
    """How many people take part and cannot be paired yet, because they gave no level."""
    query = (
        select(func.count())
        .select_from(t.members.join(t.people))
        .where(
            _MEMBER.program_id == program_id,
            _MEMBER.standing == Standing.ACTIVE,
            _MEMBER.level.is_(None),
            t.people.c.deactivated.is_(False),
        )
    )
    return int(tx.execute(query).scalar_one())


_SHOWN = (
    *(_PAIR.id, _PAIR.mentor_id, _PAIR.mentee_id),
    *(_PAIR.introduced_at, _PAIR.rests_until, _TALK.label("talk")),
)
_SAID = (_TOLD.met_at, _TOLD.heard_at, _TOLD.answer, _TOLD.not_held_by, _TOLD.planned_at)


_ALL = t.pairs.outerjoin(t.tidings, _TOLD.pair_id == _PAIR.id)


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.select_from(_ALL)


def _goes_on(program_id: int, without: Sequence[int]) -> ColumnElement[bool]:
    """Pairs that go on and whose introduction arrived, outside some conversations."""
    running = and_(
        _PAIR.program_id == program_id, _PAIR.state == PairState.INTRODUCED, _PAIR.introduced_at.is_not(None)
    )
    return and_(running, _TALK.not_in(list(without))) if without else running


def _waits(program_id: int) -> ColumnElement[bool]:
    """Pairs that rest, or in which somebody takes a break."""
    resting = select(_MEMBER.person_id).where(*_takes_a_break(program_id))
    return or_(_PAIR.rests_until.is_not(None), _PAIR.mentor_id.in_(resting), _PAIR.mentee_id.in_(resting))


def _rows(tx: Tx, query: Select[Any]) -> list[PairRow]:
    return [
        PairRow(
            one.id,
            one.mentor_id,
            one.mentee_id,
            one.introduced_at,
            one.rests_until,
            one.talk,
        )
        for one in tx.execute(query)
    ]
