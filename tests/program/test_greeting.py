"""What set-up ends with: a welcome whose dates are true, and word to whoever saved if it cannot be posted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.views import render
from handlers.views.greeting import saved
from mentoring.greeting import LeadsWelcome, SetUpTrouble
from mentoring.messages import LEADS_CHANNEL, Kind
from mentoring.people import Person
from mentoring.programs import Program
from program import outgoing, programs
from tests.program.office import ADMIN, LEAD, Office


def saves(office: Office, person: Person = ADMIN, **answers: object) -> Program:
    """Somebody saves the settings form, and what is due arrives."""
    program = office.sets_up(person, greets=True, **answers)
    office.delivers()
    return program


def welcome(office: Office) -> LeadsWelcome:
    """The newest welcome, as it stands in the channel."""
    return [one for one in office.on_screen.values() if isinstance(one, LeadsWelcome)][-1]


def text(office: Office) -> str:
    return render(welcome(office)).text


def answer(office: Office, program: Program, first: bool = True, moved: bool = False) -> str:
    dates = programs.dates_to_come(office.ctx, office.workspace, ADMIN.id)
    return saved(program, dates, first, moved).text


def test_the_first_save_welcomes_the_leads_once_and_at_once(office: Office) -> None:
    office.clock.time = office.clock.time.replace(hour=3)
    program = saves(office)
    assert [one.recipient for one in office.kinds(Kind.LEADS_WELCOME)] == [LEADS_CHANNEL]
    for told in (text(office), answer(office, program)):
        assert "Proposed pairs for you to decide on: <!date^" in told
        assert "Introductions: <!date^" in told
        assert "First check-in: <!date^" in told
        assert "End, and the next introductions: <!date^" in told
        assert "To join, type /reverse-mentor anywhere in Slack." in told
        assert "The next pairs are introduced on Tuesday, March 10, 2026." in told
        assert "Little time" not in told
    saves(office, name="Renamed")
    assert len(office.kinds(Kind.LEADS_WELCOME)) == 1
    assert "Welcome to Renamed" in text(office)


def test_the_dates_are_those_at_which_things_happen(office: Office) -> None:
    program = saves(office)
    office.couple()
    dates = welcome(office).dates
    assert dates is not None
    office.lives_until(dates.proposal_at)
    assert len(office.kinds(Kind.CARD)) == 1
    office.approves(office.pair().id)
    office.lives_until(dates.intro_at)
    assert len(office.kinds(Kind.INTRO)) == 1
    office.lives_until(dates.checkin_at - timedelta(minutes=1))
    assert office.kinds(Kind.CHECKIN) == []
    office.lives_until(dates.checkin_at)
    assert len(office.kinds(Kind.CHECKIN)) == 2
    assert dates.ends_at == office.times(2).intro_at
    assert program.calendar.proposal_days == dates.days


def test_the_welcome_follows_the_dates_and_the_answer_says_the_new_ones(office: Office) -> None:
    saves(office)
    before = welcome(office)
    program = saves(office, first_start="2026-03-16")
    assert len(office.kinds(Kind.LEADS_WELCOME)) == 1
    assert welcome(office) != before
    assert "Tuesday, March 17, 2026" in text(office)
    told = answer(office, program, first=False, moved=True)
    assert "The dates have moved." in told
    assert "Introductions: <!date^" in told
    assert "moved" not in answer(office, program, first=False)


@pytest.mark.parametrize("days", [1, 2])
def test_too_little_time_is_said_in_the_answer_and_in_the_welcome(office: Office, days: int) -> None:
    office.clock.time += timedelta(days=7 - days)
    program = saves(office)
    dates = welcome(office).dates
    assert dates is not None
    assert dates.short
    for told in (text(office), answer(office, program)):
        assert (
            "*Little time:* the introductions are too soon for the 4 days for approval that are set." in told
        )
    office.tick()
    office.couple()
    office.lives_until(dates.proposal_at - timedelta(minutes=1))
    assert office.pairs == []
    office.lives_until(dates.proposal_at + timedelta(minutes=1))
    assert len(office.pairs) == 1, "halfway, as it said"
    office.lives_until(dates.proposal_at + timedelta(hours=12))
    assert len(office.kinds(Kind.CARD)) == 1, "at the latest when the leads are at work again"


def test_dates_that_come_to_leave_little_time_are_said_anew(office: Office) -> None:
    saves(office, first_start="2026-03-16")
    office.clock.time += timedelta(days=5)
    saves(office, first_start="2026-03-09")
    assert len(office.kinds(Kind.LEADS_WELCOME)) == 2
    assert "Little time" in text(office)
    saves(office, first_start="2026-03-16")
    assert "Little time" not in text(office)


def test_another_channel_is_welcomed_too(office: Office) -> None:
    saves(office)
    saves(office, leads_channel="COTHER")
    assert len(office.kinds(Kind.LEADS_WELCOME)) == 2
    saves(office, name="Renamed")
    assert len(office.kinds(Kind.LEADS_WELCOME)) == 2


def refused(office: Office, why: str = "", channel: str = "CLEADS") -> None:
    """The welcome cannot be posted."""
    outgoing.cannot_reach_leads(office.ctx, office.workspace, channel, why, asked=True)
    office.delivers(lambda letter: letter.notice.kind is not Kind.LEADS_WELCOME)


def test_whoever_saved_hears_at_once_that_it_cannot_be_posted(office: Office) -> None:
    office.clock.time = office.clock.time.replace(hour=3)
    office.sets_up(greets=True)
    refused(office, "restricted_action")
    (told,) = office.heard(ADMIN.id)
    assert isinstance(told.content, SetUpTrouble)
    words = render(told.content).text
    assert "I could not post the welcome in <#CLEADS>" in words
    assert "*What helps:*" in words
    assert "`/reverse-mentor setup`" in words
    refused(office, "restricted_action")
    assert len(office.heard(ADMIN.id)) == 1
    office.delivers()
    (now,) = (one for one in office.on_screen.values() if isinstance(one, SetUpTrouble))
    assert "That is settled" in render(now).text


def test_a_lead_who_saved_hears_it_once_like_every_lead(office: Office) -> None:
    saves(office)
    office.sets_up(Person(LEAD, "Lea"), greets=True, leads_channel="COTHER")
    refused(office, channel="COTHER")
    assert [one.kind for one in office.heard(LEAD)] == [Kind.CHANNEL_TROUBLE]
    assert office.kinds(Kind.SETUP_TROUBLE) == []


def test_a_cycle_whose_pairs_have_been_looked_for_is_not_short_of_time(office: Office) -> None:
    saves(office)
    office.couple()
    office.lives_until(office.times().proposal_at + timedelta(hours=1))
    program = saves(office, checkin_time="11:00")
    assert len(office.kinds(Kind.LEADS_WELCOME)) == 1
    told = answer(office, program, first=False, moved=True)
    assert "*Cycle 2*" in told
    assert "Little time" not in told
