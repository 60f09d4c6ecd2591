"""Journey: joining in a few taps, an experience that two people share, preparing, and what nobody else reads of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sandbox import Person
from tests.journeys.town import INTRO, PROPOSAL, Town

SHARED, OPENED, ASKED = "Zqamber my way here", "Zqbirch at home", "Zqcedar at night"
LATER = timedelta(hours=1)


def chooses(town: Town) -> None:
    """The leads choose which experiences can be named, and that everybody prepares."""
    town.lead.types(f"/reverse-mentor rules experiences {SHARED}; {OPENED}; {ASKED}")
    town.lead.types("/reverse-mentor rules preparation on")


def asks(town: Town, word: str) -> str:
    """What a lead reads who writes a word to the bot."""
    before = len(town.lead.messages())
    town.lead.says(word)
    town.soon(lambda: len(town.lead.messages()) > before + 1)
    return town.lead.messages()[-1].full_text


def names(person: Person, label: str, *topics: str) -> None:
    person.types("/reverse-mentor")
    person.clicks("More details")
    person.fills(label, list(topics))
    assert not person.submits().errors


def card(person: Person) -> str:
    return person.modal.text if person.modal else ""


def _shows(person: Person, words: str) -> bool:
    return words in card(person)


def prepares(town: Town, person: Person) -> None:
    """Five cards, one after the other; the last says what this is not."""
    person.opens_home()
    person.clicks("Open the cards", where="home")
    for number in range(1, 6):
        town.soon(partial(_shows, person, f"Card {number} of 5"))
        if number < 5:
            person.clicks("Next card")
    assert "What this is not" in card(person)
    person.submits()
    person.closes_modal()


def shown_to_others(town: Town, *them: Person) -> Iterator[str]:
    """Everything that went over the wire onto a screen of anybody but these: messages, Homes, windows."""
    theirs = {channel.id for person in them for channel in person.group_dms()} | {one.dm.id for one in them}
    own = {person.id for person in them}
    for call in town.slack.calls:
        if call.method.startswith("chat.") and call.args.get("channel") not in theirs:
            yield f"{call.method} {call.args}"
        if call.method == "views.publish" and call.args.get("user_id") not in own:
            yield f"{call.method} {call.args}"


def test_two_who_named_the_same_experience_read_it_and_nobody_else_does(town: Town) -> None:
    town.sets_up()
    chooses(town)
    mentor, mentee = town.couple()
    mentor.opens_home()
    names(mentor, "Experiences I am glad to talk about", SHARED, OPENED)
    names(mentee, "Experiences I would like to hear about", SHARED, ASKED)
    town.quiet()
    assert "preparation not done" in asks(town, "ready")

    for person in (mentor, mentee):
        prepares(town, person)
    assert "preparation not done" not in asks(town, "ready")
    town.lives_until(PROPOSAL + LATER)
    for word in ("pending", "unmatched", "ready", "skills", f"why-not <@{mentor.id}> <@{mentee.id}>"):
        assert "Zq" not in asks(town, word), word
    assert "Zq" not in town.lead.opens_home().text
    town.approves_all()
    town.lives_until(INTRO + LATER)
    (group,) = mentor.group_dms()
    (intro,) = mentor.messages(group)
    assert f"“{SHARED}”" in intro
    assert OPENED not in intro
    assert ASKED not in intro

    screen = mentor.opens_home()
    assert "You teach @Max who learns Podcasting Podcasting" in screen.text
    assert "Experiences you named" in screen.text
    mentor.clicks("Take back", where="home")
    town.quiet()
    (intro,) = mentor.messages(group)
    assert SHARED not in intro, "what is taken back is gone from the conversation too"
    leaked = [
        line for line in shown_to_others(town, mentor, mentee) for word in (OPENED, ASKED) if word in line
    ]
    assert leaked == []
    assert [line for line in shown_to_others(town, mentor, mentee) if SHARED in line] == []
