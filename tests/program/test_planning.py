"""A time that a pair says it meets: once for both, corrected by either, and the next question comes after it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentoring.checkins import Answer, CheckInState
from mentoring.errors import Invalid, NoCheckIn, NoSuchPair
from mentoring.messages import CheckInPrompt, Kind
from mentoring.reflections import Reflection
from program import checkins, members, planning, reflecting
from storage import planned
from tests.program.office import CHECKIN, WEEK, Office, Said, prompt

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
QUESTIONS = (Kind.CHECKIN, Kind.MET_YET)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


TUESDAY = at("2026-03-17T14:00")


def asked(office: Office) -> Office:
    """A pair whose first question is on both screens."""
    office.introduced()
    office.at(CHECKIN)
    return office


def plans(office: Office, when: datetime, person: str = MENTEE) -> None:
    planning.plan(office.ctx, office.workspace, person, office.pair().id, when)
    office.delivers()


def answers(office: Office, given: Answer, person: str = MENTEE) -> None:
    checkins.answer(office.ctx, office.workspace, person, office.checkins(person)[-1].id, given)
    office.delivers()


def questions(office: Office, person: str = MENTEE) -> list[tuple[str, str]]:
    """When somebody was asked what, to the minute."""
    heard = [one for one in office.heard(person) if one.kind in QUESTIONS]
    return [(one.kind.value, f"{one.at:%m-%d %H:%M}") for one in heard]


def last(office: Office, person: str, *kinds: Kind) -> CheckInPrompt:
    """What somebody's last message of these kinds shows now."""
    shown: list[Said] = [
        one for one in office.said if one.recipient == f"person:{person}" and one.kind in kinds
    ]
    return prompt(shown[-1])


# --- when the next question comes


@pytest.mark.parametrize("who", [MENTOR, MENTEE])
def test_the_next_question_comes_the_working_day_after_for_both_and_none_before(
    office: Office, who: str
) -> None:
    asked(office)
    plans(office, TUESDAY, who)
    office.lives_until(CHECKIN + 3 * WEEK - timedelta(days=1))
    for person in (MENTOR, MENTEE):
        assert questions(office, person) == [
            ("checkin", "03-12 10:00"),
            ("met_yet", "03-18 10:00"),
            ("checkin", "03-26 10:00"),
        ]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("when", "comes", "then"),
    [
        ("2026-03-12T15:00", "03-13 10:00", "03-26 10:00"),
        ("2026-03-13T15:00", "03-16 10:00", "03-26 10:00"),
        ("2026-03-14T11:00", "03-16 10:00", "03-26 10:00"),
        ("2026-03-18T23:30", "03-19 10:00", "03-26 10:00"),
        ("2026-03-19T09:00", "03-20 10:00", "04-02 10:00"),
    ],
)
def test_the_working_day_after_is_one_on_which_they_work(
    office: Office, when: str, comes: str, then: str
) -> None:
    asked(office)
    plans(office, at(when))
    office.lives_until(at("2026-04-02T11:00"))
    told = questions(office)
    assert told[1] == ("met_yet", comes)
    # Never two of them within a week, but for the one that they gave a time for themselves.
    between = [when for kind, when in told[2:] if kind == "checkin"]
    assert between[0] == (then if then != "04-02 10:00" else "04-02 09:00")


def test_it_asks_about_the_time_and_takes_the_usual_answers(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    office.lives_until(at("2026-03-18T10:00"))
    question = last(office, MENTOR, Kind.MET_YET)
    assert question.plan is not None
    assert (question.after, question.plan.at, question.checkin.answer) == (True, TUESDAY, None)
    answers(office, Answer.MET, MENTOR)
    assert last(office, MENTOR, Kind.MET_YET).checkin.answer is Answer.MET
    assert [one.answer for one in office.checkins(MENTOR)] == [None, Answer.MET]


def test_in_the_same_week_the_question_is_asked_anew_and_counts_once(office: Office) -> None:
    asked(office)
    answers(office, Answer.PLANNED)
    plans(office, at("2026-03-12T15:00"))
    office.lives_until(at("2026-03-13T10:00"))
    assert last(office, MENTEE, Kind.CHECKIN).checkin.answer is Answer.PLANNED
    assert last(office, MENTEE, Kind.MET_YET).checkin.answer is None
    answers(office, Answer.MET)
    (only,) = office.checkins(MENTEE)
    assert (only.week, only.answer, only.state) == ("2026-W11", Answer.MET, CheckInState.ANSWERED)


def test_who_told_how_it_was_by_themselves_is_not_asked_after_it(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    office.lives_until(TUESDAY + timedelta(hours=2))
    (shown,) = checkins.open_now(office.ctx, office.workspace, MENTEE)
    checkins.answer(office.ctx, office.workspace, MENTEE, shown.checkin.id, Answer.MET)
    office.lives_until(CHECKIN + 2 * WEEK)
    assert [kind for kind, _ in questions(office)] == ["checkin", "checkin"]
    assert [kind for kind, _ in questions(office, MENTOR)] == ["checkin", "met_yet", "checkin"]


def test_after_a_downtime_over_it_the_usual_questions_come(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    office.at(at("2026-03-20T12:00"))
    office.lives_until(CHECKIN + 2 * WEEK)
    asked_at = ["03-12 10:00", "03-20 12:00", "03-26 10:00"]
    assert questions(office) == [("checkin", one) for one in asked_at]


def test_a_question_of_this_week_is_not_asked_again_once_a_time_is_known(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY, MENTOR)
    office.lives_until(TUESDAY)
    assert office.kinds(Kind.REASK) == []


def test_no_answer_after_it_brings_one_reminder_and_then_silence(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    office.lives_until(CHECKIN + 2 * WEEK - timedelta(hours=1))
    (again,) = office.heard(MENTEE, Kind.REASK)
    assert f"{again.at:%m-%d %H:%M}" == "03-20 10:00"
    assert prompt(again).after
    assert office.checkins(MENTEE)[-1].state is CheckInState.SILENT


# --- what both see, and corrections


def test_the_other_side_sees_the_time_and_can_correct_it(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    theirs = last(office, MENTOR, Kind.CHECKIN)
    assert theirs.plan is not None
    assert (theirs.plan.at, theirs.plan.said_by, theirs.checkin.answer) == (TUESDAY, MENTEE, None)
    later = TUESDAY + timedelta(days=2)
    plans(office, later, MENTOR)
    mine = last(office, MENTEE, Kind.CHECKIN)
    assert mine.plan is not None
    assert (mine.plan.at, mine.plan.said_by) == (later, MENTOR)
    office.lives_until(later + timedelta(days=1))
    assert [when for kind, when in questions(office) if kind == "met_yet"] == ["03-20 10:00"]
    with office.ctx.database.read() as tx:
        history = planned.of_pair(tx, office.pair().id)
    assert [(one.at, one.said_by) for one in history] == [(TUESDAY, MENTEE), (later, MENTOR)]


def test_the_same_time_again_is_no_news(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    plans(office, TUESDAY, MENTOR)
    with office.ctx.database.read() as tx:
        assert len(planned.of_pair(tx, office.pair().id)) == 1


def test_who_says_when_has_answered_this_weeks_question(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    assert [one.answer for one in office.checkins(MENTEE)] == [Answer.PLANNED]
    assert [one.answer for one in office.checkins(MENTOR)] == [None]


def test_who_met_this_week_and_plans_the_next_time_has_met(office: Office) -> None:
    asked(office)
    answers(office, Answer.MET)
    plans(office, TUESDAY)
    assert [one.answer for one in office.checkins(MENTEE)] == [Answer.MET]


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (CHECKIN, "That time has passed. Choose one that is still to come."),
        (CHECKIN - timedelta(days=900), "That time has passed"),
        (CHECKIN + 5 * WEEK, "This pair's cycle ends on Tuesday, April 7, 2026. Choose a time before that."),
    ],
)
def test_a_time_that_cannot_be_gets_a_sentence_and_changes_nothing(
    office: Office, when: datetime, sentence: str
) -> None:
    asked(office)
    with pytest.raises(Invalid, match=sentence):
        plans(office, when)
    with office.ctx.database.read() as tx:
        assert planned.of_pair(tx, office.pair().id) == []
    assert office.checkins(MENTEE)[0].answer is None


@pytest.mark.parametrize("person", ["ULEAD", "UMENTOR2"])
def test_nobody_plans_for_another_pair(office: Office, person: str) -> None:
    asked(office)
    for one in ("ULEAD", "UMENTOR2"):
        office.joins(one, role="share", level=2, shares=("Chess",), wants=())
    with pytest.raises(NoSuchPair):
        plans(office, TUESDAY, person)


def test_nobody_plans_for_a_pair_that_is_over(office: Office) -> None:
    asked(office)
    members.leave(office.ctx, office.workspace, MENTOR)
    with pytest.raises(NoSuchPair):
        plans(office, TUESDAY)


def test_a_change_of_hours_does_not_bring_the_usual_question_back(office: Office) -> None:
    asked(office)
    plans(office, TUESDAY)
    office.edit(MENTEE, starts="08:00", ends="12:00")
    office.directory_says(MENTEE, time_zone="Europe/Athens")
    office.lives_until(at("2026-03-19T17:00"))
    assert [kind for kind, _ in questions(office)] == ["checkin", "met_yet"]


# --- questions without an answer


def test_a_question_folds_once_its_week_is_over(office: Office) -> None:
    office.sets_up(checkin_weekday=0)
    office.introduced_in_place()
    office.lives_until(at("2026-03-22T20:00"))
    assert [one.state for one in office.checkins(MENTEE)] == [CheckInState.REASKED]
    assert not last(office, MENTEE, Kind.CHECKIN).passed
    office.lives_until(at("2026-03-23T00:20"))
    assert [one.state for one in office.checkins(MENTEE)] == [CheckInState.SILENT]
    assert last(office, MENTEE, Kind.CHECKIN).passed
    assert last(office, MENTEE, Kind.REASK).passed


# --- how it was


def test_how_a_meeting_was_is_kept_and_shown_to_its_author_alone(office: Office) -> None:
    asked(office)
    answers(office, Answer.MET)
    number = office.checkins(MENTEE)[0].id
    reflecting.reflect(office.ctx, office.workspace, MENTEE, number, Reflection.SLOW)
    reflecting.reflect(office.ctx, office.workspace, MENTEE, number, Reflection.LEARNED)
    redrawn = office.delivers()
    assert [one.recipient for one in redrawn] == [f"person:{MENTEE}"]
    assert prompt(redrawn[0]).reflection is Reflection.LEARNED
    answers(office, Answer.NOT_YET)
    assert last(office, MENTEE, Kind.CHECKIN).reflection is None


def test_nobody_reflects_on_what_is_not_theirs_or_was_no_meeting(office: Office) -> None:
    asked(office)
    number = office.checkins(MENTEE)[0].id
    for person in (MENTEE, MENTOR):
        with pytest.raises(NoCheckIn):
            reflecting.reflect(office.ctx, office.workspace, person, number, Reflection.LEARNED)
