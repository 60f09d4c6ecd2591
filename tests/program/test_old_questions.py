"""What has passed stays as it stands: an answer changes what is about its week, and no year of older questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.views import render
from mentoring.checkins import Answer
from mentoring.messages import CheckInQuestions, Content, Kind
from program import checkins, members, outgoing
from tests.program.office import CHECKIN, WEEK, Office


@pytest.fixture
def asked(office: Office) -> Office:
    """A pair in a cycle of a year, on the morning before its first questions."""
    office.sets_up(cycle_weeks=52)
    office.introduced_in_place()
    office.at(CHECKIN - timedelta(hours=1))
    return office


def answers_each_week(office: Office, weeks: int) -> list[int]:
    """Both are asked and answer, so many weeks long; gives how many messages each week's answers change."""
    found = []
    for _ in range(weeks):
        office.at(CHECKIN if office.clock() < CHECKIN else office.clock() + WEEK)
        for person in office.pair().people:
            answer(office, person, -1, Answer.MET)
        found.append(len(outgoing.due(office.ctx)))
        office.delivers()
    return found


def answer(office: Office, person: str, which: int, given: Answer) -> None:
    checkins.answer(office.ctx, office.workspace, person, office.checkins(person)[which].id, given)


def standing(office: Office, person: str) -> list[Content]:
    """The questions on somebody's screen, oldest first."""
    return [
        office.on_screen[one.id]
        for one in office.every_letter()
        if one.notice.kind is Kind.CHECKIN and one.notice.reader == person
    ]


def test_an_answer_makes_as_little_anew_in_the_sixth_week_as_in_the_second(asked: Office) -> None:
    changed = answers_each_week(asked, 6)
    assert changed[1:] == changed[1:2] * 5


def test_a_break_makes_anew_what_can_be_answered_and_no_older_question(asked: Office) -> None:
    _, mentee = asked.pair().people
    changed = []
    for weeks in (2, 4):
        answers_each_week(asked, weeks)
        members.pause(asked.ctx, asked.workspace, mentee)
        changed.append(sum(one.notice.kind is Kind.CHECKIN for one in outgoing.due(asked.ctx)))
        asked.delivers()
        members.resume(asked.ctx, asked.workspace, mentee)
        asked.delivers()
    assert changed[1] == changed[0] > 0


def test_the_end_of_a_pair_changes_the_last_question_and_no_older_one(asked: Office) -> None:
    mentor, mentee = asked.pair().people
    answers_each_week(asked, 2)
    asked.at(asked.clock() + WEEK)
    asked.at(asked.clock() + WEEK)
    before = [render(one).text for one in standing(asked, mentor)]
    members.leave(asked.ctx, asked.workspace, mentee)
    asked.delivers()
    after = [render(one).text for one in standing(asked, mentor)]
    assert after[:-1] == before[:-1]
    assert after[0].startswith("*We met.*")
    assert after[2] == f"That week has passed, and this question about <@{mentee}> with it. That is fine."
    assert after[3] == f"You and <@{mentee}> are no longer a pair here, so I will not ask again."


def test_a_late_answer_changes_all_that_was_said_since(asked: Office) -> None:
    mentor, mentee = asked.pair().people
    asked.at(CHECKIN)
    for week in (1, 2):
        asked.at(CHECKIN + week * WEEK)
        answer(asked, mentee, -1, Answer.MET)
        asked.delivers()
    answer(asked, mentor, 0, Answer.MET)
    asked.delivers()
    shown = [one.prompts[0] for one in standing(asked, mentee) if isinstance(one, CheckInQuestions)]
    assert [one.progress.held for one in shown if one.progress] == [2, 3]


def test_a_plan_that_has_passed_is_not_asked_for_any_more(asked: Office) -> None:
    mentor, _ = asked.pair().people
    asked.at(CHECKIN)
    answer(asked, mentor, -1, Answer.PLANNED)
    asked.delivers()
    assert "When is it?" in render(standing(asked, mentor)[0]).text
    asked.at(CHECKIN + WEEK)
    old = render(standing(asked, mentor)[0]).text
    assert "had a time planned" in old
    assert "When is it?" not in old
