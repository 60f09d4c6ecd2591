"""Journey: somebody does not answer, or asks for help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Message, Person
from tests.journeys.town import Town

ASKED = datetime(2027, 1, 14, 10, 0, tzinfo=UTC)
REASKED = datetime(2027, 1, 18, 9, 0, tzinfo=UTC)
"""Two days after a Thursday it is Saturday, so the reminder comes on Monday morning."""


@pytest.fixture
def couple(town: Town) -> tuple[Person, Person]:
    """A mentor and a mentee who have just been asked for the first time."""
    town.sets_up()
    both = town.couple()
    town.lives_until(datetime(2027, 1, 10, 12, 0, tzinfo=UTC))
    town.approves_all()
    town.lives_until(ASKED + timedelta(minutes=1))
    return both


@pytest.mark.slow
def test_no_answer_brings_one_reminder_and_three_silent_weeks_a_pause(
    town: Town, couple: tuple[Person, Person]
) -> None:
    quiet, busy = couple
    busy.clicks("We met", containing="Have you and")
    busy.waits_to_see("Thank you")
    town.lives_until(REASKED - timedelta(minutes=1))
    assert len(town.questions(quiet)) == 1
    town.lives_until(REASKED + timedelta(minutes=2))
    assert len(reminders(town, quiet)) == 1
    town.lives_until(ASKED + timedelta(days=6, hours=23))
    assert len(town.questions(quiet)) == 2, "one question and one reminder, then silence"
    assert reminders(town, busy) == []

    town.lives_until(ASKED + timedelta(weeks=3, minutes=5))
    pause = quiet.waits_to_see("I have paused *Reverse mentoring* for you")
    assert len(town.questions(quiet)) == 6, "three weeks, each with one reminder; and no fourth question"
    town.lives_until(ASKED + timedelta(weeks=5))
    assert len(town.questions(quiet)) == 6
    assert quiet.messages()[-1].ts == pause.ts, "a paused person hears nothing"

    quiet.clicks("Take part again", pause)
    quiet.waits_to_see("Welcome back")
    town.quiet()
    town.lives_until(ASKED + timedelta(weeks=6, minutes=5))
    assert len(town.questions(quiet)) == 7, "and is asked again after coming back"


def test_a_call_for_help_reaches_the_leads_and_nobody_else(town: Town, couple: tuple[Person, Person]) -> None:
    mentor, mentee = couple
    in_the_channel = town.lead.messages(town.leads_channel)
    mentor.clicks("I need help", containing="Have you and")
    for lead in (town.lead, town.other_lead):
        alert = lead.waits_to_see(f"@{mentor.name} asked for help with their pair")
        assert alert.channel == lead.dm.id
    mentor.waits_to_see(
        f"@{town.lead.name} and @{town.other_lead.name} now know. @{mentee.name} was not told."
    )
    town.quiet()
    town.lives_for(hours=1)
    for lead in (town.lead, town.other_lead):
        assert sum("asked for help" in one for one in lead.messages()) == 1
    assert town.lead.messages(town.leads_channel) == in_the_channel
    for other in (mentee, town.admin):
        assert not [one for one in other.messages() if "asked for help" in one or "Thank you" in one]
    assert not [one for dm in mentor.group_dms() for one in dm.messages if "help" in one]


def reminders(town: Town, person: Person) -> list[Message]:
    """The re-asks that somebody got."""
    return town.reminders(person)
