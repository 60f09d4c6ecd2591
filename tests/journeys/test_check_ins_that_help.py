"""Journey: a meeting that is planned, put into a calendar and held; pairs that do not begin; fewer questions."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import vobject

from sandbox import Message, Person
from tests.journeys.town import PROPOSAL, Town

ASKED = datetime(2027, 1, 14, 10, 0, tzinfo=UTC)
TUESDAY = datetime(2027, 1, 19, 15, 0, tzinfo=UTC)
WEDNESDAY = datetime(2027, 1, 20, 11, 0, tzinfo=UTC)
AFTER_IT = datetime(2027, 1, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def couple(town: Town) -> tuple[Person, Person]:
    """A mentor and a mentee of a program of six meetings, who have been asked for the first time."""
    town.sets_up(Meetings_of_a_pair="6", How_often="Every two weeks")
    both = town.couple()
    town.lives_until(PROPOSAL + timedelta(hours=1))
    town.approves_all()
    town.lives_until(ASKED + timedelta(minutes=1))
    return both


def test_a_meeting_is_planned_corrected_put_into_a_calendar_and_held(
    town: Town, couple: tuple[Person, Person]
) -> None:
    mentor, mentee = couple
    (group,) = mentee.group_dms()

    # The mentee says when, in one field under the question; the mentor reads it and says a better time.
    mentee.clicks("Planned", containing="Have you and")
    asked = mentee.waits_to_see("When is it? I ask you after it then, and not before.")
    (field,) = set(re.findall(r"plan_at\.\d+", str(asked.blocks)))
    mentee.selects(field, TUESDAY, asked)
    mentor.waits_to_see(f"as <@{mentee.id}> said")
    assert "is in your" not in mentor.types("/reverse-mentor planned 2027-01-20 11:00").text
    town.quiet()
    mentee.waits_to_see(f"as <@{mentor.id}> said")
    assert "*First talk planned:*" in mentee.messages(group)[0].text

    # What is behind the introduction's button has that time alone, and sends it as a file.
    mentee.clicks("How to begin", mentee.messages(group)[0])
    assert "*When you meet" in mentee.waits_for_modal().text
    mentee.clicks("Calendar file")
    town.soon(lambda: "The calendar file is in your conversation" in mentee.waits_for_modal().text)
    (file,) = file_contents(town, mentee)
    assert vobject.readOne(file).vevent.dtstart.value == WEDNESDAY
    mentee.closes_modal()

    # Nobody is asked before it, and both on the working day after it.
    town.lives_until(AFTER_IT - timedelta(minutes=1))
    assert [len(town.questions(one)) for one in couple] == [1, 1]
    town.lives_until(AFTER_IT + timedelta(minutes=1))
    for one in couple:
        one.waits_to_see("planned to meet")
    (before,) = town.questions(mentor)
    assert before.text.endswith("had a time planned."), "what was asked before asks for no time any more"

    # It was held, which is one of six; how it was takes one more tap.
    mentor.clicks("We met", containing="planned to meet")
    met = mentor.waits_to_see("That makes 1 of 6 meetings.")
    mentor.clicks("I learned something", met)
    mentor.waits_to_see("How it was: *I learned something.*")
    assert "*So far:* 1 of 6 meetings." in mentee.messages(group)[0].text


@pytest.mark.slow
def test_not_yet_is_helped_and_the_third_time_those_who_can_help_hear(
    town: Town, couple: tuple[Person, Person]
) -> None:
    mentor, mentee = couple
    for week in range(3):
        town.lives_until(ASKED + timedelta(weeks=week, minutes=1))
        mentor.clicks("Not yet", town.questions(mentor)[-1])
        town.quiet()
        shown = town.questions(mentor)[-1].text
        assert ("*A message you can send:* Shall we talk for 20 minutes?" in shown) == (week >= 1)
        assert ("*Times in everybody's working hours:*" in shown) == (week >= 1)
        assert ("do not get to meet" in shown) == (week == 2)
    told = town.lead.waits_to_see("does not get going")
    assert "Two weeks after its introduction, nobody had said that they met." in told.full_text
    assert not [one for one in mentee.messages() if "do not get to meet" in one.full_text]


@pytest.mark.slow
def test_fewer_questions_on_request_and_none_while_away(town: Town, couple: tuple[Person, Person]) -> None:
    mentor, mentee = couple
    for one in couple:
        one.clicks("We met", containing="Have you and")
    town.quiet()
    assert "every two weeks" in mentor.types("/reverse-mentor ask 2").text
    assert (
        "Until Friday, January 29, 2027 is over" in mentee.types("/reverse-mentor away until 2027-01-29").text
    )
    seen = []
    for week in range(1, 5):
        usual = ASKED + timedelta(weeks=week)
        town.lives_until(usual + timedelta(minutes=1))
        seen.append([len(asked_at(usual, town, one)) for one in couple])
    assert seen == [[0, 0], [1, 0], [0, 1], [1, 1]]


def asked_at(moment: datetime, town: Town, person: Person) -> list[Message]:
    """The questions that came in the minute of a week's usual time."""
    return [one for one in town.questions(person) if abs(float(one.ts) - moment.timestamp()) < 120]


def file_contents(town: Town, person: Person) -> list[str]:
    """What is in the files in somebody's conversation with the bot."""
    posts = town.bot.client.conversations_history(channel=person.dm.id)["messages"]
    found = [town.slack.backend.files.get(file["id"]) for post in posts for file in post.get("files", ())]
    return [(file.content or b"").decode() for file in found]
