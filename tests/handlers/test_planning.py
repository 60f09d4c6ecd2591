"""Saying when a pair meets: picked in the message, in a form from Home, or typed; and how a meeting was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers import times
from mentoring.checkins import Answer
from mentoring.reflections import Reflection
from program import checkins
from sandbox import Person
from storage import fewer, planned
from tests.handlers.world import World

TODAY = date(2026, 11, 6)


@pytest.fixture
def pair(led: World) -> tuple[Person, Person]:
    """A pair that was introduced, with its first check-in in both direct messages."""
    both = led.couple()
    led.proposes()
    led.lead.types("/reverse-mentor approve 1")
    led.introduces()
    led.delivers()
    led.clock.passes(days=3, hours=2)
    checkins.prompt_due(led.ctx)
    led.delivers()
    return both


def meets(world: World) -> list[datetime]:
    """What was said about when the pair meets, oldest first."""
    with world.ctx.database.read() as tx:
        return [one.at for one in planned.of_pair(tx, 1)]


def soon_at(world: World, **span: int) -> datetime:
    return (world.clock() + timedelta(**span)).replace(minute=0, second=0, microsecond=0)


def test_planned_asks_when_and_the_other_side_can_correct_it(led: World, pair: tuple[Person, Person]) -> None:
    mentor, mentee = pair
    mentor.clicks("Planned", mentor.waits_to_see("Have you and"))
    led.delivers()
    asked = mentor.waits_to_see("When is it?")
    first, second = soon_at(led, days=5), soon_at(led, days=6)
    number = checkins.open_now(led.ctx, led.workspace, mentor.id)[0].checkin.id
    mentor.selects(f"plan_at.{number}", first, asked)
    led.soon(lambda: meets(led) == [first])
    led.delivers()
    theirs = checkins.open_now(led.ctx, led.workspace, mentee.id)[0].checkin.id
    shown = mentee.waits_to_see(f"<@{mentor.id}> said")
    mentee.selects(f"plan_at.{theirs}", second, shown)
    led.soon(lambda: meets(led) == [first, second])
    led.delivers()
    assert mentor.waits_to_see(f"<@{mentee.id}> said").edited
    mentor.selects(f"plan_at.{number}", led.clock() - timedelta(hours=2), asked)
    assert mentor.waits_to_see("That time has passed").ephemeral
    assert meets(led) == [first, second]
    assert led.complaints() == []


@pytest.mark.parametrize(
    "typed", ["planned 2026-11-18 15:00", "planned 1 2026-11-18 15:00", "planned Nov 18 3pm"]
)
def test_it_can_be_typed(led: World, pair: tuple[Person, Person], typed: str) -> None:
    mentor, mentee = pair
    told = mentor.types(f"/reverse-mentor {typed}")
    assert "I ask both of you on the working day after it" in told.text
    assert f"You and <@{mentee.id}> meet on <!date^" in told.text
    (at,) = meets(led)
    assert at.date() == date(2026, 11, 18)
    led.delivers()
    assert mentee.waits_to_see(f"<@{mentor.id}> said") is not None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("planned 2020-01-14 15:00", "That time has passed"),
        ("planned 2036-01-14 15:00", "This pair's cycle ends on"),
        ("planned Friday", "At what time?"),
        ("planned someday 15:00", "I cannot read"),
        ("planned Q&A day 15:00", "I cannot read “Q&amp;A day 15:00”"),
        ("planned 1/2 15:00", "can be more than one day"),
    ],
)
def test_what_cannot_be_gets_a_sentence(
    led: World, pair: tuple[Person, Person], typed: str, told: str
) -> None:
    mentor, _ = pair
    assert told in mentor.types(f"/reverse-mentor {typed}").text
    assert meets(led) == []


def test_planned_alone_is_the_answer(led: World, pair: tuple[Person, Person]) -> None:
    mentor, _ = pair
    mentor.types("/reverse-mentor planned")
    assert checkins.open_now(led.ctx, led.workspace, mentor.id)[0].checkin.answer is Answer.PLANNED


def test_on_home_a_form_asks_when(led: World, pair: tuple[Person, Person]) -> None:
    mentor, _ = pair
    mentor.opens_home()
    mentor.clicks("Planned", where="home")
    past = led.clock() - timedelta(days=1)
    mentor.fills("Day and time", past)
    assert "That time has passed" in str(mentor.submits().errors)
    mentor.fills("Day and time", soon_at(led, days=5))
    assert not mentor.submits().errors
    led.soon(lambda: meets(led) == [soon_at(led, days=5)])
    assert mentor.modal is not None
    assert "I ask both of you on the working day after it" in mentor.modal.text
    assert led.complaints() == []


def test_a_meeting_is_planned_at_any_time_from_home_and_changed_there(led: World) -> None:
    """Also before the first question: behind the pair's own button, beside the times and the guide."""
    mentor, mentee = led.couple()
    led.proposes()
    led.lead.types("/reverse-mentor approve 1")
    led.introduces()
    led.delivers()
    for person, way, days in ((mentor, "Say when you meet", 5), (mentee, "Change the time", 6)):
        person.opens_home()
        person.clicks("Next meeting", where="home")
        person.waits_for_modal(title="Your next meeting")
        person.clicks(way, where="modal")
        person.waits_for_modal(title="When do you meet?")
        person.fills("Day and time", soon_at(led, days=days))
        assert not person.submits().errors
    assert meets(led) == [soon_at(led, days=5), soon_at(led, days=6)]
    led.soon(lambda: mentee.home is not None and "next: " in mentee.home.text)
    assert led.complaints() == []


def test_how_it_was_is_one_tap_and_can_be_changed(led: World, pair: tuple[Person, Person]) -> None:
    mentor, mentee = pair
    mentor.clicks("We met", mentor.waits_to_see("Have you and"))
    led.delivers()
    mentor.clicks(Reflection.SLOW.words, mentor.waits_to_see("How was it?"))
    led.delivers()
    mentor.clicks(Reflection.LEARNED.words, mentor.waits_to_see("A slow start."))
    led.delivers()
    assert mentor.waits_to_see("I learned something.").edited
    assert mentee.sees("I learned something") is None
    assert led.lead.sees("I learned something") is None
    assert led.complaints() == []


# --- asking less


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [
        ("ask 2", 2),
        ("ask every two weeks", 2),
        ("ask monthly", 4),
        ("ask every 4 weeks", 4),
        ("ask weekly", None),
    ],
)
def test_how_often_can_be_typed(
    led: World, pair: tuple[Person, Person], typed: str, weeks: int | None
) -> None:
    mentor, _ = pair
    assert "I ask you every" in mentor.types(f"/reverse-mentor {typed}").text
    with led.ctx.database.read() as tx:
        wish = fewer.weeks_of(tx, led.workspace, mentor.id)
    assert (wish[0] if wish else None) == weeks


def test_a_number_of_weeks_that_cannot_be_had_is_told(led: World, pair: tuple[Person, Person]) -> None:
    mentor, _ = pair
    assert "“3” is none of them" in mentor.types("/reverse-mentor ask 3").text


def test_away_is_said_and_taken_back(led: World, pair: tuple[Person, Person]) -> None:
    mentor, _ = pair
    assert "only about what cannot wait" in mentor.types("/reverse-mentor away this week").text
    later = mentor.types("/reverse-mentor away next week").text
    assert later.startswith("From Monday, "), "nothing is kept back before that"
    assert "Welcome back" in mentor.types("/reverse-mentor away over").text
    assert "No days away" in mentor.types("/reverse-mentor away over").text
    assert "Until when?" in mentor.types("/reverse-mentor away").text
    assert "has passed" in mentor.types("/reverse-mentor away until 2020-01-01").text


def test_home_has_the_form_for_it_which_says_what_counts_now_and_home_shows_it(led: World) -> None:
    mentor, _ = led.couple()
    mentor.opens_home()
    mentor.clicks("Ask me less often", where="home")
    mentor.waits_for_modal()
    mentor.fills("Ask me", "Every four weeks")
    mentor.fills("I am away until", led.clock().date() + timedelta(days=8))
    assert not mentor.submits().errors
    assert mentor.modal is not None
    assert "I ask you every four weeks from now on" in mentor.modal.text
    assert "I write to you only about what cannot wait" in mentor.modal.text
    led.soon(lambda: mentor.home is not None and "every four weeks how it goes" in mentor.home.text)
    assert mentor.home is not None
    assert "You are away from" in mentor.home.text
    assert "Change how often I ask" in mentor.home.buttons
    assert led.complaints() == []


# --- reading a day and a time


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2027-01-14 15:00", "2027-01-14T15:00"),
        ("tomorrow at 3 pm", "2026-11-07T15:00"),
        ("Monday 9:30am", "2026-11-09T09:30"),
        ("9:30 on Monday", "2026-11-09T09:30"),
        ("14.01.2027 15.30", "2027-01-14T15:30"),
        ("January 14 at noon", "2027-01-14T12:00"),
        ("Friday 12 am", "2026-11-13T00:00"),
        ("20:15", "2026-11-06T20:15"),
        ("14 January 15h", "2027-01-14T15:00"),
        ("Friday", None),
        ("15:00 someday", None),
        ("", None),
        ("Friday 13 pm", None),
    ],
)
def test_days_and_times_are_read_as_people_write_them(text: str, at: str | None) -> None:
    found = times.read(text, TODAY, "UTC").at
    assert found == (datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None)


@pytest.mark.parametrize(
    ("zone", "text", "at"),
    [
        ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28T01:00"),  # the clocks skip it
        ("Europe/Berlin", "2027-10-31 02:30", "2027-10-31T00:30"),  # the clocks repeat it: the first one
        ("America/New_York", "2027-01-14 15:00", "2027-01-14T20:00"),
    ],
)
def test_times_are_those_of_the_clocks_where_somebody_is(zone: str, text: str, at: str) -> None:
    assert times.read(text, TODAY, zone).at == datetime.fromisoformat(at).replace(tzinfo=UTC)
