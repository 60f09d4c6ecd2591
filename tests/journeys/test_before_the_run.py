"""Journey: the days before a cycle is matched: who is not ready, one reminder, and who is in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from sandbox import Message, Person
from tests.journeys.town import MONDAY, Town

QUESTION = "Are you in for cycle 2"


def asked(person: Person) -> list[Message]:
    return [one for one in person.messages() if re.search(r"cycle 2 of \*Reverse", one.text, re.IGNORECASE)]


def reminders(person: Person) -> list[Message]:
    return [one for one in person.messages() if "It still lacks" in one or "all that is needed" in one]


def ready(town: Town) -> Message:
    """What a lead reads who writes the word to the bot."""
    before = len(town.lead.messages())
    town.lead.says("ready")
    town.soon(lambda: len(town.lead.messages()) > before + 1)
    return town.lead.messages()[-1]


@pytest.mark.slow
def test_leads_see_who_is_not_ready_and_have_them_reminded_once(town: Town) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    vague = town.slack.add_person("Vera Vague", tz="Europe/Lisbon")
    vague.types("/reverse-mentor")
    vague.fills("What would you like to do?", "Share what I know, as a mentor")
    vague.fills("Skills I can share", ["Podcasting"])
    vague.fills("My level", "I am not sure")
    assert not vague.submits().errors
    town.quiet()

    told = ready(town)
    assert "Not ready: 1 person" in told
    assert "@Vera Vague: no level" in told
    assert "2 people have named no manager" in told or "3 people have named no manager" in told
    assert "Podcasting: 1 want it, 1 offer it" in told, "who has no level is not offered yet"

    town.lead.clicks("Remind 3 people")
    town.quiet()
    (reminder,) = reminders(vague)
    assert "Your level" in reminder
    assert "Your level" not in reminders(mentee)[0], "only what somebody lacks themselves"
    assert "nobody to remind" in town.lead.types("/reverse-mentor remind").text
    assert len(reminders(vague)) == 1

    for person in (vague, mentor, mentee):
        person.types("/reverse-mentor")
        if person is vague:
            person.fills("My level", "Associate")
        person.clicks("More details")
        person.fills("My manager", town.admin)
        assert not person.submits().errors
    town.quiet()
    assert "has all that is needed" in reminders(vague)[0], "the message follows the profile"
    assert "Nobody has to do anything" in ready(town)


@pytest.mark.slow
def test_who_skips_a_cycle_is_not_matched_in_it_and_is_back_by_itself(town: Town) -> None:
    town.sets_up(Weeks_in_a_cycle=3)
    skipper, mentee = town.couple()
    town.lives_for(days=6)
    town.approves_all()
    town.lives_until(MONDAY + timedelta(weeks=2))
    assert asked(skipper) == []

    town.lives_until(MONDAY + timedelta(weeks=3, days=1))
    (question,) = asked(skipper)
    assert QUESTION in question
    assert len(asked(mentee)) == 1
    skipper.clicks("Skip this cycle", question)
    town.quiet()
    (answered,) = asked(skipper)
    assert "You skip cycle 2" in answered
    assert "1 person skips this cycle" in ready(town)

    cards = len(town.cards())
    town.lives_until(MONDAY + timedelta(weeks=4, days=2))
    assert len(town.cards()) == cards, "nobody is proposed for somebody who skips"
    assert not [one for one in skipper.messages() if "no partner" in one.text.lower()]
    (over,) = asked(skipper)
    assert "has begun" in over
    assert over.buttons == ()


def test_by_typing_and_taken_back(town: Town) -> None:
    town.sets_up()
    mentor, _ = town.couple()
    assert "You skip cycle 1" in mentor.types("/reverse-mentor skip").text
    assert "You are in for cycle 1" in mentor.types("/reverse-mentor in").text
    town.lives_for(days=6)
    assert len(town.open_cards()) == 1
    mentor.types("/reverse-mentor skip")
    town.quiet()
    assert town.open_cards() == [], "a pair that waits goes when one of the two skips"


def test_in_the_direct_message_the_balance_is_a_table_of_slacks_own(town: Town) -> None:
    town.sets_up()
    town.couple()
    town.lead.says("ready")
    town.quiet()
    answer = town.lead.messages()[-1]
    (table,) = [block for block in answer.blocks if block["type"] == "data_table"]
    assert [cell["text"] for cell in table["rows"][1]] == ["Podcasting", "1", "1", "0"]
    assert "Podcasting: 1 want it, 1 offer it" in answer.text


def test_a_slack_without_such_tables_gets_the_words(town: Town) -> None:
    town.sets_up()
    town.couple()
    town.quiet()
    town.slack.faults.error("chat.postMessage", "invalid_blocks", times=1)
    town.lead.says("ready")
    town.quiet()
    answer = town.lead.messages()[-1]
    assert not [block for block in answer.blocks if block["type"] == "data_table"]
    assert "Podcasting: 1 want it, 1 offer it" in answer.text
