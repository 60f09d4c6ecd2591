"""A rehearsal against what is sent afterwards: the same messages, to the same people, on the same days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from handlers.views import rehearsing
from mentoring.checkins import Answer
from mentoring.errors import ProgramError
from mentoring.messages import Kind
from mentoring.pacts import NothingToSign
from mentoring.pairings import PairState
from mentoring.rehearsing import A_WEEK, Coming, Rehearsal, warnings
from mentoring.working_time import MONDAY_TO_FRIDAY
from program import (
    agreements,
    approvals,
    ask_first,
    checkins,
    closing,
    members,
    programs,
    quiet,
    readiness,
)
from scheduler.rehearsal import rehearse, run_ahead
from storage import asks, pacts, pairs
from storage import checkins as stored_checkins
from storage.database import Database
from tests.effort import sized
from tests.fixtures.databases import empty
from tests.harness import every_letter
from tests.program.office import CHECKIN, INTRO, LEAD, MONDAY, PROPOSAL, Office

Sent = Counter[tuple[str, Kind, str]]


def runs_ahead(office: Office, until: datetime, answered: bool = True) -> Rehearsal:
    program = programs.find(office.ctx, office.workspace)
    assert program is not None
    return run_ahead(office.ctx, program, (until - office.clock()).days // 7, answered)


def foretold(rehearsal: Rehearsal) -> Sent:
    return Counter((f"{one.at:%F}", one.kind, _to(one.people)) for one in rehearsal.messages)


def came(office: Office, since: datetime) -> Sent:
    """What was sent in truth."""
    found: Sent = Counter()
    for said in office.said:
        if said.is_new and said.at > since:
            found[f"{said.at:%F}", said.kind, _to(readers(office, said.recipient))] += 1
    return found


def readers(office: Office, recipient: str) -> tuple[str, ...]:
    place, _, name = recipient.partition(":")
    return office.pair(int(name)).people if place == "pair" else (name,) if name else ()


def _to(people: tuple[str, ...]) -> str:
    return "+".join(people) or "a channel"


def as_assumed(office: Office, answered: bool) -> None:
    """Leads approve what waits, and people answer what they are asked, and sign, or do not."""
    with office.ctx.database.read() as tx:
        program = office.in_tx(tx)
        waiting = pairs.in_state(tx, program.id, PairState.PROPOSED)
        asked = stored_checkins.open_of(tx, program.id) if answered else []
        before = asks.open_of(tx, program.id) if answered else []
        unsigned = pacts.to_sign(tx, program.id) if answered else []
    for pair in waiting:
        try:
            approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
        except ProgramError:
            continue
    for one in asked:
        checkins.answer(office.ctx, office.workspace, one.person_id, one.id, Answer.MET)
    for question in before:
        ask_first.yes(
            office.ctx, office.workspace, office.pair(question.pair_id).mentee_id, question.question
        )
    for pair_id, person_id in unsigned:
        with suppress(NothingToSign):  # one tap signs for all in a conversation
            agreements.sign(office.ctx, office.workspace, person_id, pair_id)


def happens(office: Office, until: datetime, step: timedelta, answered: bool) -> None:
    """Time goes by in truth, in steps of its own."""
    while office.clock.time < until:
        office.at(min(office.clock.time + step, until))
        as_assumed(office, answered)
        office.delivers()


def a_program(database: Database, couples: int = 2) -> Office:
    office = Office(database)
    office.sets_up()
    zones = ("Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
    for number in range(1, couples + 1):
        office.couple(number, zone=zones[number % len(zones)])
    office.joins("UALONE")
    office.delivers()
    return office


@pytest.mark.slow
def test_what_is_rehearsed_is_what_is_sent(sqlite: Database) -> None:
    """Proposals, introductions, check-ins and their reminders, in two weeks."""
    office = a_program(sqlite)
    until = MONDAY + timedelta(weeks=2)
    rehearsal = runs_ahead(office, until, answered=False)
    happens(office, until, timedelta(hours=2), answered=False)
    assert foretold(rehearsal) == came(office, MONDAY)
    kinds = {one.kind for one in rehearsal.messages}
    assert kinds >= {Kind.CARD, Kind.INTRO, Kind.CHECKIN, Kind.REASK, Kind.NO_PARTNER}


@pytest.mark.slow
def test_what_leads_and_rules_do_in_between_is_rehearsed(sqlite: Database) -> None:
    """Rules that approve, reminders before the run, the question for the next cycle, a rest, and a late pair."""
    office = a_program(sqlite, couples=1)
    office.sets_up(cycle_weeks=2)
    office.rules(approve_above=1, approve_after_days=2)
    office.joins("ULATE", role="share", level=2, shares=("Tai chi",), wants=())
    office.joins("UWAITS", role="learn", level=5, shares=(), wants=("Tai chi",))
    office.joins("UNEW", level=None)
    members.pause(office.ctx, office.workspace, "ULATE", date(2026, 3, 13))
    readiness.remind(*office.as_lead())
    happens(office, INTRO + timedelta(hours=6), timedelta(hours=1), answered=True)
    since = office.clock()
    office.said.clear()
    met = next(pair for pair in office.pairs if pair.introduced_at)
    closing.rest(*office.as_lead(), met.id, date(2026, 3, 20))
    until = since + timedelta(weeks=2)
    rehearsal = runs_ahead(office, until, answered=True)
    happens(office, until, timedelta(hours=2), answered=True)
    assert foretold(rehearsal) == came(office, since - timedelta(seconds=1))
    kinds = {one.kind for one in rehearsal.messages}
    assert kinds >= {Kind.PAIR_RESTS, Kind.PAIR_GOES_ON, Kind.NEXT_CYCLE, Kind.CARD, Kind.INTRO, Kind.THANKS}
    assert any(one.kind is Kind.INTRO and "ULATE" in one.people for one in rehearsal.messages)


@pytest.mark.slow
@pytest.mark.parametrize(("answered", "weeks"), [(True, 2), pytest.param(False, 4, marks=pytest.mark.slow)])
def test_what_mentees_are_asked_before_is_rehearsed(sqlite: Database, answered: bool, weeks: int) -> None:
    """A question, its reminder, what leads hear when nobody answers; and an agreement that nobody signs."""
    office = a_program(sqlite)
    office.rules(ask_first=True)
    until = MONDAY + timedelta(weeks=weeks)
    rehearsal = runs_ahead(office, until, answered)
    happens(office, until, timedelta(hours=1), answered)
    assert foretold(rehearsal) == came(office, MONDAY)
    kinds = {one.kind for one in rehearsal.messages}
    assert (Kind.ASK in kinds, Kind.ASKS_WAIT in kinds, Kind.INTRO in kinds) == (True, not answered, answered)


@pytest.mark.slow
@pytest.mark.parametrize(("answered", "weeks"), [(True, 12), (False, 12)])
def test_a_year_is_as_rehearsed(sqlite: Database, answered: bool, weeks: int) -> None:
    """The clock changes of spring, and the end of whoever never answers; with more effort, all of a year."""
    office = a_program(sqlite, couples=sized(4, 6))
    until = MONDAY + timedelta(weeks=sized(weeks, 52))
    rehearsal = runs_ahead(office, until, answered)
    happens(office, until, timedelta(minutes=30), answered)
    assert foretold(rehearsal) == came(office, MONDAY)


@pytest.mark.slow
def test_it_changes_nothing(database: Database) -> None:
    office = a_program(database)
    before = (every_letter(database), office.pairs, office.clock.time)
    assert runs_ahead(office, INTRO + timedelta(days=7)).messages
    assert (every_letter(database), office.pairs, office.clock.time) == before


@pytest.mark.slow
def test_it_begins_in_the_middle(sqlite: Database) -> None:
    """Messages that were queued and not sent are among them, and what was sent is not."""
    office = a_program(sqlite)
    office.at(PROPOSAL)
    as_assumed(office, answered=True)
    rehearsal = runs_ahead(office, PROPOSAL + timedelta(weeks=1))
    assert Counter(one.kind for one in rehearsal.messages)[Kind.INTRO] == 2
    assert all(one.at >= PROPOSAL for one in rehearsal.messages)
    assert not any(one.kind is Kind.WELCOME for one in rehearsal.messages)


def coming(day: date, *people: str, off: bool = False) -> Coming:
    return Coming(MONDAY, day, Kind.CHECKIN, people, off=off)


def test_warnings_name_days_off_holidays_and_crowded_weeks() -> None:
    thursday, saturday = date(2026, 3, 12), date(2026, 3, 14)
    many = [coming(thursday, "U1")] * (A_WEEK + 1)
    told = warnings([*many, coming(saturday, "U2", off=True)], [thursday])
    assert told.off == (coming(saturday, "U2", off=True),)
    assert len(told.holidays) == A_WEEK + 1
    assert [(one.person_id, one.week, one.messages) for one in told.crowded] == [
        ("U1", date(2026, 3, 9), A_WEEK + 1)
    ]
    assert not warnings(many[:A_WEEK])


@pytest.mark.slow
def test_nothing_comes_on_a_day_off(sqlite: Database) -> None:
    office = a_program(sqlite)
    rehearsal = runs_ahead(office, MONDAY + timedelta(weeks=5), answered=False)
    assert rehearsal.warnings.off == ()
    assert all(one.day.weekday() in MONDAY_TO_FRIDAY for one in rehearsal.messages)


MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"


def goes_away(office: Office) -> None:
    quiet.go_away(office.ctx, office.workspace, MENTEE, office.clock().date() + timedelta(days=25))


def wants_fewer(office: Office) -> None:
    quiet.ask_every(office.ctx, office.workspace, MENTEE, 4)


def answers(given: Answer) -> Callable[[Office], None]:
    def does(office: Office) -> None:
        question = office.checkins(MENTEE)[0]
        checkins.answer(office.ctx, office.workspace, MENTEE, question.id, given)

    return does


def does_nothing(_office: Office) -> None:
    """Live on."""


PRIVATE: dict[str, tuple[Callable[[Office], None], Callable[[Office], None], dict[str, Any]]] = {
    "days away": (goes_away, does_nothing, {}),
    "fewer questions": (wants_fewer, does_nothing, {}),
    "working days": (does_nothing, does_nothing, {"working_days": (0, 1)}),
    "working hours": (does_nothing, does_nothing, {"starts": "06:30"}),
    "a call for help": (answers(Answer.HELP), answers(Answer.NOT_YET), {}),
}
"""What a mentee tells the bot alone: what they do or have in their profile, and what others do in its place."""


def read_by_a_lead(database: Database, answered: bool, does: Callable[[Office], None], **profile: Any) -> str:
    """What the mentor, who leads too, reads of the coming weeks after the first question to both."""
    office = Office(empty(database))
    office.sets_up(leads=(LEAD, MENTOR))
    office.couple()
    if profile:
        office.edit(MENTEE, **profile)
    office.at(PROPOSAL)
    office.approves(office.pairs[0].id)
    office.delivers()
    office.at(INTRO)
    office.at(CHECKIN)
    does(office)
    office.delivers()
    ahead = rehearse(office.ctx, office.workspace, MENTOR, 2, answered)
    assert Kind.CHECKIN in {one.kind for one in ahead.messages}
    return rehearsing.rehearsal(ahead, table=False).text


@pytest.mark.slow
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("told", PRIVATE)
def test_leads_read_no_private_answer_off_what_would_be_sent(
    sqlite: Database, told: str, answered: bool
) -> None:
    one, other, profile = PRIVATE[told]
    assert read_by_a_lead(sqlite, answered, one, **profile) == read_by_a_lead(sqlite, answered, other)


def test_the_order_within_a_day_does_not_tell_who_works_when() -> None:
    day = datetime(2027, 1, 4, 9, tzinfo=UTC)
    kinds = (Kind.DIGEST, Kind.REASK, Kind.CHECKIN, Kind.ASK)
    told = {
        rehearsing.rehearsal(
            Rehearsal(day, tuple(Coming(day, day.date(), kind, ("U1",)) for kind in some)), table=False
        ).text
        for some in permutations(kinds)
    }
    assert len(told) == 1
