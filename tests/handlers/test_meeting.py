"""The two buttons of an introduction, the same as words, and the guides that leads write."""

from __future__ import annotations

import re

from mentoring.pacts import NoMeeting, NothingToSign
from program import agreements
from sandbox import Message, Person
from tests.handlers.world import World


def introduced(led: World) -> tuple[Person, Person]:
    both = led.couple()
    led.matches()
    led.approves(1)
    led.introduces()
    led.delivers()
    return both


def introduction(led: World, person: Person) -> Message:
    (found,) = led.introductions(person)
    return found


def test_both_sign_with_one_tap_and_the_message_shows_it(led: World) -> None:
    mentor, mentee = introduced(led)
    mentor.clicks("I agree", introduction(led, mentor))
    led.soon(lambda: "Signed: @" in introduction(led, mentee))
    mentee.clicks("I agree", introduction(led, mentee))
    led.soon(lambda: "Agreed by all of you" in introduction(led, mentor))
    assert "I agree" not in introduction(led, mentor).buttons
    assert led.complaints() == []


def test_the_rest_opens_on_demand_for_whoever_asks(led: World) -> None:
    mentor, mentee = introduced(led)
    mentee.clicks("How to begin", introduction(led, mentee))
    shown = mentee.waits_for_modal()
    assert shown.title == "Your next meeting"
    assert "as a mentee" in shown.text
    assert "The first 20 minutes" in shown.text
    mentee.clicks("I agree")
    led.soon(lambda: "Signed: " in mentee.waits_for_modal().text)
    mentor.clicks("How to begin", introduction(led, mentor))
    assert "as a mentor" in mentor.waits_for_modal().text
    assert led.complaints() == []


def test_words_do_the_same(led: World) -> None:
    mentor, _ = introduced(led)
    assert "You signed what you agree on with" in mentor.types("/reverse-mentor agree").text
    answer = mentor.types("/reverse-mentor meeting").text
    assert "Meeting 1 with" in answer
    assert len(re.findall(r"calendar\.google\.com", answer)) == 3
    assert agreements.sign(led.ctx, led.workspace, mentor.id)
    for word, refusal in (("agree", NothingToSign), ("meeting", NoMeeting)):
        assert led.joins(f"Ned Nobody {word}").types(f"/reverse-mentor {word}").text == refusal.words
    assert led.complaints() == []


def test_leads_write_a_guide(led: World) -> None:
    led.lead.types("/reverse-mentor guides")
    form = led.lead.waits_for_modal()
    assert form.title == "Meeting guides"
    led.lead.fills("Topic", "Your topic")
    led.lead.fills("For", "The mentor, who teaches")
    led.lead.fills("Your words", "Show the shop floor.")
    outcome = led.lead.submits()
    assert outcome.view is not None
    assert "The guide has your words now." in outcome.view.text
    mentor, _ = introduced(led)
    assert "Show the shop floor." in mentor.types("/reverse-mentor meeting").text
    assert led.complaints() == []
