"""Journey: two leads click at the same moment, again and again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sandbox import Message
from tests.journeys.town import Town, at_once

TOPICS = ("Podcasting", "Data storytelling", "Short video", "Prompting", "Accessibility", "Livestreaming")
IN_THE_MIDDLE_OF_A_CYCLE = timedelta(days=8, hours=2)


def test_two_leads_click_at_once(town: Town) -> None:
    town.sets_up()
    couples = []
    for topic in TOPICS:  # each with a card of its own
        couples.append(town.couple(topic))
        town.lead.types("/reverse-mentor match")
        town.soon(lambda: len(town.open_cards()) == len(couples))
    town.lives_until(town.clock() + IN_THE_MIDDLE_OF_A_CYCLE)

    # The introductions have begun, so an approval introduces at once: a second one would be seen.
    for card in town.open_cards():
        at_once(partial(town.lead.clicks, "Approve", card), partial(town.other_lead.clicks, "Approve", card))
    town.soon(lambda: len(answers(town)) >= len(TOPICS))
    town.quiet()
    told = answers(town)

    assert len(told) == len(town.cards()) == len(couples)
    for number in range(1, len(couples) + 1):
        (card,) = [one for one in town.cards() if f"Pair {number}:" in one]
        (answer,) = [one for one in told if f"Pair {number}" in one]
        winner = town.lead if "Approved by @Lea Lead" in card else town.other_lead
        assert f"Approved by @{winner.name}" in answer, "whoever was second reads who was first"
        assert answer not in winner.messages(town.leads_channel)
    for mentor, mentee in couples:
        assert len(town.introductions(mentor)) == len(town.introductions(mentee)) == 1
        assert len(mentor.group_dms()) == 1


def answers(town: Town) -> list[Message]:
    """What the bot told one of the two leads alone."""
    seen = town.lead.messages(town.leads_channel) + town.other_lead.messages(town.leads_channel)
    return [one for one in seen if one.ephemeral]


def test_one_lead_approves_while_the_other_declines(town: Town) -> None:
    town.sets_up()
    mentor, _ = town.couple()
    town.lives_for(days=6)
    (card,) = town.open_cards()
    town.other_lead.clicks("Decline", card)
    town.other_lead.waits_for_modal()
    at_once(lambda: town.lead.clicks("Approve", card), town.other_lead.submits)
    town.quiet()
    town.soon(lambda: not town.open_cards())
    town.lives_for(days=3)
    approved = "Approved by" in town.cards()[0]
    assert approved != ("Declined by @Lou Lead" in town.cards()[0])
    assert len(town.introductions(mentor)) == approved
