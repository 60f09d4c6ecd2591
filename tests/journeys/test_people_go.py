"""Journey: somebody is deactivated while their pair is on its way; Slack tells the bot of it, or does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox import Message, Person
from tests.journeys.town import INTRO, Town

PROPOSED = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
GONE = "One of the two is not in the workspace any more."


@pytest.fixture
def couple(town: Town) -> tuple[Person, Person]:
    """A mentor and a mentee whom the bot has proposed as a pair."""
    town.sets_up()
    both = town.couple()
    town.lives_until(PROPOSED)
    return both


def test_before_the_approval_and_slack_says_so(town: Town, couple: tuple[Person, Person]) -> None:
    _, mentee = couple
    (card,) = town.open_cards()
    town.slack.deactivate(mentee)
    town.soon(lambda: not town.open_cards())
    town.quiet()
    assert_withdrawn(town)
    # A lead still had the old card before their eyes.
    reply = town.lead.types("/reverse-mentor approve 1", town.leads_channel)
    assert GONE in reply.full_text
    assert card.ts == town.cards()[0].ts


def test_before_the_approval_and_the_event_is_lost(town: Town, couple: tuple[Person, Person]) -> None:
    _, mentee = couple
    town.slack.faults.drop_events("user_change")
    town.slack.deactivate(mentee)
    (card,) = town.open_cards()
    town.lead.clicks("Approve", card)
    told = town.soon(lambda: answers(town.lead, town))
    assert GONE in told[-1]
    town.quiet()
    assert_withdrawn(town)
    town.lives_until(INTRO)
    assert mentee.group_dms() == []


def test_after_the_approval_and_slack_says_so(town: Town, couple: tuple[Person, Person]) -> None:
    mentor, mentee = couple
    town.approves_all()
    town.slack.deactivate(mentee)
    town.soon(lambda: GONE in town.cards()[0])
    assert_withdrawn(town)
    town.lives_until(INTRO)
    assert_told_at_intro_time(town, mentor, mentee)


def test_after_the_approval_and_the_event_is_lost(town: Town, couple: tuple[Person, Person]) -> None:
    mentor, mentee = couple
    town.approves_all()
    town.slack.faults.drop_events("user_change")
    town.slack.deactivate(mentee)
    # Everybody who takes part is looked up again within the hour.
    town.lives_for(hours=2)
    assert_withdrawn(town)
    town.lives_until(INTRO)
    assert_told_at_intro_time(town, mentor, mentee)


def test_minutes_before_the_introduction_and_the_event_is_lost(
    town: Town, couple: tuple[Person, Person]
) -> None:
    mentor, mentee = couple
    town.approves_all()
    town.lives_until(datetime(2027, 1, 12, 9, 59, tzinfo=UTC))
    town.slack.faults.drop_events("user_change")
    town.slack.deactivate(mentee)
    town.lives_until(INTRO)
    town.lives_for(hours=1)
    assert mentor.group_dms() == []
    assert GONE in town.cards()[0]
    assert_partner_knows(town, mentor)
    town.lives_for(days=14)
    assert town.questions(mentor) == []


def test_after_the_introduction(town: Town, couple: tuple[Person, Person]) -> None:
    mentor, mentee = couple
    town.approves_all()
    town.lives_until(INTRO)
    town.slack.deactivate(mentee)
    closed = mentor.waits_to_see("has closed your pair")
    assert "left" not in closed
    assert "workspace" not in closed
    town.soon(lambda: GONE in town.cards()[0])
    town.lives_for(days=14)
    assert town.questions(mentor) == [], "nobody is asked about a pair that has ended"


def assert_withdrawn(town: Town) -> None:
    (card,) = town.cards()
    assert f"This pair was withdrawn. Why: {GONE}" in card
    assert card.buttons == ()


def assert_told_at_intro_time(town: Town, mentor: Person, mentee: Person) -> None:
    assert mentor.group_dms() == mentee.group_dms() == []
    assert_partner_knows(town, mentor)
    note = town.lead.messages(town.leads_channel)[-1]
    assert "1 approved pair had to be withdrawn" in note, note.full_text


def assert_partner_knows(town: Town, mentor: Person) -> None:
    """The one who is left hears kindly that there is no partner, and nothing about why."""
    told = [one for one in mentor.messages() if "We did not find a partner for you in cycle 1" in one]
    assert len(told) == 1, [one.full_text for one in mentor.messages()]
    assert not any("closed your pair" in one for one in mentor.messages())


def answers(person: Person, town: Town) -> list[Message]:
    """What the bot told this person alone in the leads' channel."""
    return [one for one in person.messages(town.leads_channel) if one.ephemeral]
