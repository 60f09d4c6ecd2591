"""Answering the weekly check-in, wherever it is shown."""

from __future__ import annotations

import pytest

from mentoring.checkins import Answer
from program import checkins
from sandbox import Person
from tests.handlers import raw
from tests.handlers.world import World


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


def answered(world: World, person: Person) -> Answer | None:
    return checkins.open_now(world.ctx, world.workspace, person.id)[0].checkin.answer


@pytest.mark.parametrize("given", Answer)
def test_one_tap_answers_and_the_question_turns_into_thanks(
    led: World, pair: tuple[Person, Person], given: Answer
) -> None:
    mentor, mentee = pair
    mentor.clicks(given.words, mentor.waits_to_see("Have you and"))
    led.soon(lambda: answered(led, mentor) is given)
    led.delivers()
    thanks = mentor.waits_to_see("Thank you")
    assert thanks.edited
    assert given.words not in thanks.buttons, "the other three stay, to change one's mind"
    assert answered(led, mentee) is None
    assert (led.lead.sees("asked for help") is not None) == (given is Answer.HELP)
    assert led.complaints() == []


def test_a_mind_can_be_changed(led: World, pair: tuple[Person, Person]) -> None:
    mentor, _ = pair
    mentor.clicks("Planned", mentor.waits_to_see("Have you and"))
    led.soon(lambda: answered(led, mentor) is Answer.PLANNED)
    led.delivers()
    mentor.clicks("We met", containing="Changed your mind?")
    led.soon(lambda: answered(led, mentor) is Answer.MET)


def test_a_private_answer_is_replaced_where_it_stands(led: World, pair: tuple[Person, Person]) -> None:
    _, mentee = pair
    mentee.types("/reverse-mentor checkin", channel=mentee.dm)
    shown = mentee.messages()[-1]
    assert shown.ephemeral
    mentee.clicks("Not yet", shown)
    told = mentee.waits_to_see("Some weeks are like that")
    assert told.ephemeral
    assert answered(led, mentee) is Answer.NOT_YET
    assert led.complaints() == []


def test_home_asks_and_thanks(led: World, pair: tuple[Person, Person]) -> None:
    mentor, _ = pair
    assert "Your check-in" in mentor.opens_home().text
    mentor.clicks("We met", where="home")
    led.soon(lambda: mentor.home is not None and "Your check-in" not in mentor.home.text)
    assert answered(led, mentor) is Answer.MET
    assert led.complaints() == []


def test_nobody_answers_for_somebody_else(led: World, pair: tuple[Person, Person]) -> None:
    mentor, mentee = pair
    question = checkins.open_now(led.ctx, led.workspace, mentor.id)[0].checkin.id
    for other in (mentee, led.lead, led.outsider):
        raw.dispatch(led, raw.click(led, other.id, "checkin_met", str(question)))
    led.lead.waits_to_see("You have no check-in to answer right now")
    assert answered(led, mentor) is None


def test_a_question_about_a_pair_that_has_ended_says_so(led: World, pair: tuple[Person, Person]) -> None:
    mentor, mentee = pair
    question = mentor.waits_to_see("Have you and")
    mentee.types("/reverse-mentor leave yes")
    mentor.clicks("We met", question)
    assert mentor.waits_to_see("This pair has ended").ephemeral
    led.delivers()
    assert mentor.sees("are no longer a pair here") is not None
