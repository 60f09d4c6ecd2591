"""Journey: one senior asks for several mentors together; one is approved late, one leaves, and they close."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Message, Person
from tests.journeys.town import INTRO, PROPOSAL, Town

FIRST_QUESTIONS = timedelta(days=9)


def approve(town: Town, mentor: Person) -> None:
    """A lead approves the pair of that mentor, in the message in which it stands among others."""
    (found,) = [(card, number) for card in town.open_cards() for number in waiting(card, mentor)]
    card, number = found
    town.lead.clicks(number, card)
    town.soon(lambda: not any(waiting(one, mentor) for one in town.open_cards()))
    town.quiet()


def waiting(card: Message, mentor: Person) -> list[str]:
    """The numbers of the pairs of that mentor that wait there."""
    two = f": {mentor.user.handle} and ben.senior"
    buttons = [each for block in card.blocks for each in block.get("elements", ())]
    return [
        each["value"]
        for each in buttons
        if each.get("action_id") == "approve" and each["accessibility_label"].endswith(two)
    ]


@pytest.mark.slow
def test_three_mentors_and_one_senior(town: Town) -> None:
    town.sets_up(Weeks_in_a_cycle="2")
    ben = town.joins(
        "Ben Senior",
        "Director",
        wants=["Podcasting"],
        How_many_people_I_would_learn_from_at_most="3 people together, in one conversation",
    )
    mentors = [town.joins(name, "Associate", shares=["Podcasting"]) for name in ("Ana", "Carla", "Dee")]
    ana, carla, dee = mentors
    town.lives_until(PROPOSAL + timedelta(hours=1))
    (cards,) = town.open_cards()
    assert cards.text.count("wants several mentors together") == 3
    approve(town, ana)
    approve(town, carla)

    town.lives_until(INTRO + timedelta(hours=1))
    (first,) = ben.group_dms()
    assert [one.id for one in ana.group_dms()] == [one.id for one in carla.group_dms()] == [first.id]
    assert dee.group_dms() == []
    assert len(ben.messages(first)) == 1

    (late,) = town.open_cards()
    assert "once this pair is approved, a new one opens for all of them" in late
    approve(town, dee)
    town.lives_until(INTRO + timedelta(hours=3))
    both = {one.id for one in ben.group_dms()}
    (second,) = both - {first.id}
    assert [one.id for one in dee.group_dms()] == [second]
    assert "joined since, and you have a newer conversation" in ben.messages(first)[0]

    town.lives_until(INTRO + FIRST_QUESTIONS)
    asked = [sum("met this week" in one for one in who.messages()) for who in (ben, ana, carla)]
    assert asked[0] == asked[1] == asked[2] > 0, asked
    ana.types("/reverse-mentor leave")
    ana.clicks("Leave the program")
    town.quiet()
    assert "is no longer in your group" in carla.waits_to_see("is no longer in your group")
    assert "You go on with" in ben.waits_to_see("has closed your pair")

    town.lives_until(INTRO + timedelta(weeks=2, hours=2))
    thanks = [one for one in ben.messages(second) if "Thank you for taking part" in one]
    assert len(thanks) == 1
    assert f"@{ana.name}" not in thanks[0].full_text
    assert len(ben.messages(first)) == 1
