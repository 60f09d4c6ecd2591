"""Journey: the bot is away for weeks, and on its return does exactly what the rules for catching up say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox import Message, Person
from tests.journeys.town import INTRO, Town

WEDNESDAY = datetime(2027, 1, 13, 12, 0, tzinfo=UTC)
FRIDAY = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
THIRD_THURSDAY = datetime(2027, 2, 4, 15, 0, tzinfo=UTC)
SATURDAY_AFTER = datetime(2027, 2, 6, 12, 0, tzinfo=UTC)
NEXT_THURSDAY = datetime(2027, 2, 11, 12, 0, tzinfo=UTC)


@pytest.mark.slow
def test_three_weeks_away_and_back_on_the_day_of_a_check_in(town: Town) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    introduce(town)
    town.lives_until(FRIDAY)
    mentor.clicks("We met", containing="Have you and")
    mentor.waits_to_see("Thank you")
    assert len(town.questions(mentor)) == len(town.questions(mentee)) == 1

    town.bot_stops()
    town.sleeps_until(THIRD_THURSDAY)
    town.bot_starts()
    town.lives_for(minutes=5)

    for person in (mentor, mentee):
        assert len(town.questions(person)) == 2, "of three missed questions, only today's is asked"
    assert not reminders(town, mentee), "the first question's reminder is more than two days late"
    town.lives_until(NEXT_THURSDAY)
    assert len(town.questions(mentor)) == 3 + len(reminders(town, mentor))


@pytest.mark.slow
def test_back_too_late_for_the_last_check_in(town: Town) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    introduce(town)
    town.lives_until(WEDNESDAY)

    town.bot_stops()
    town.sleeps_until(SATURDAY_AFTER)
    town.bot_starts()
    town.lives_for(hours=12)
    assert town.questions(mentor) == town.questions(mentee) == [], (
        "Thursday's question is not asked on Saturday"
    )

    town.lives_until(NEXT_THURSDAY)
    assert len(town.questions(mentor)) == len(town.questions(mentee)) == 1


@pytest.mark.slow
def test_a_reminder_comes_on_the_second_day_at_work_also_after_a_weekend_away(town: Town) -> None:
    town.sets_up()
    mentor, _ = town.couple()
    introduce(town)
    town.lives_until(FRIDAY)

    town.bot_stops()
    town.sleeps_until(datetime(2027, 1, 17, 12, 0, tzinfo=UTC))
    town.bot_starts()
    town.lives_until(datetime(2027, 1, 18, 8, 59, tzinfo=UTC))
    assert reminders(town, mentor) == [], "it is Sunday, or too early on Monday"
    town.lives_for(minutes=5)
    assert len(reminders(town, mentor)) == 1


@pytest.mark.slow
def test_what_was_missed_overnight_comes_when_both_are_at_work(town: Town) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    late, _ = town.couple("Short video", tz="America/New_York")
    town.lives_until(datetime(2027, 1, 10, 12, 0, tzinfo=UTC))
    town.approves_all()
    town.lives_until(datetime(2027, 1, 11, 18, 0, tzinfo=UTC))

    town.bot_stops()
    town.sleeps_until(datetime(2027, 1, 13, 0, 25, tzinfo=UTC))
    town.bot_starts()
    before = len(town.lead.messages(town.leads_channel))
    town.lives_until(datetime(2027, 1, 13, 8, 59, tzinfo=UTC))
    assert town.introductions(mentor) == town.introductions(late) == []
    assert len(town.lead.messages(town.leads_channel)) == before
    town.lives_for(minutes=2)
    assert len(town.introductions(mentor)) == len(town.introductions(mentee)) == 1
    assert len(town.lead.messages(town.leads_channel)) == before + 1
    town.lives_until(datetime(2027, 1, 13, 13, 59, tzinfo=UTC))
    assert town.introductions(late) == []
    town.lives_for(minutes=2)
    assert len(town.introductions(late)) == 1


@pytest.mark.slow
def test_away_over_the_start_of_two_cycles(town: Town) -> None:
    town.sets_up(Weeks_in_a_cycle="2")
    mentor, mentee = town.couple("Podcasting")
    other_mentor, other_mentee = town.couple("Short video")
    introduce(town)
    town.lives_until(FRIDAY)

    town.bot_stops()
    # Cycle 2 was to be proposed on the 21st of January and introduced on the 26th, cycle 3 on the 4th and the 9th.
    town.sleeps_until(datetime(2027, 2, 5, 12, 0, tzinfo=UTC))
    town.bot_starts()
    town.lives_for(minutes=5)

    (group,) = mentor.group_dms()
    assert [one for one in group.messages if "Cycle 1 of *Reverse mentoring* has ended" in one], (
        "cycle 1 is closed"
    )
    said = [one.full_text for one in town.lead.messages(town.leads_channel)]
    assert not any("Cycle 2" in text for text in said), "cycle 2 is over before it began"
    assert sum("Cycle 3 of Reverse mentoring" in text for text in said) == 1, "only the latest is held"
    assert town.open_cards() == [], "they have all been paired before"
    assert town.questions(mentee)[1:] == [], "nobody is asked about a pair that has ended"

    # Nobody can be paired again; two newcomers can, and cycle 3 takes its course.
    newcomer, _ = town.couple("Prompting")
    town.lead.types("/reverse-mentor match", town.leads_channel)
    town.soon(town.open_cards)
    town.approves_all()
    town.lives_until(datetime(2027, 2, 9, 10, 0, tzinfo=UTC))
    assert len(town.introductions(newcomer)) == 1
    assert len(town.introductions(other_mentor)) == len(town.introductions(other_mentee)) == 1


@pytest.mark.slow
def test_away_while_an_approved_pair_was_to_be_introduced(town: Town) -> None:
    town.sets_up()
    mentor, mentee = town.couple()
    town.lives_until(datetime(2027, 1, 10, 12, 0, tzinfo=UTC))
    town.approves_all()

    town.bot_stops()
    town.sleeps_until(datetime(2027, 1, 20, 12, 0, tzinfo=UTC))
    town.bot_starts()
    town.lives_for(minutes=5)
    assert len(town.introductions(mentor)) == 1, "late is better than never while the cycle runs"
    town.lives_until(datetime(2027, 1, 22, 12, 0, tzinfo=UTC))
    assert town.questions(mentor) == [], "Thursday was less than a day after the introduction"
    town.lives_until(datetime(2027, 1, 29, 12, 0, tzinfo=UTC))
    assert len(town.questions(mentor)) == len(town.questions(mentee)) == 1


def introduce(town: Town) -> None:
    """Live until every proposed pair is introduced."""
    town.lives_until(datetime(2027, 1, 10, 12, 0, tzinfo=UTC))
    town.approves_all()
    town.lives_until(INTRO)


def reminders(town: Town, person: Person) -> list[Message]:
    """The re-asks that somebody got."""
    return town.reminders(person)
