"""Care for pairs: who hears of a pause, who is asked meanwhile, and what becomes of pairs that do not begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.views import render
from mentoring.care import PartnersRest, Paused, Pauses, Stuck
from mentoring.checkins import Answer
from mentoring.messages import LEADS_CHANNEL, Kind
from mentoring.partings import Alone, Stands
from mentoring.people import Standing
from program import checkins, members
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
THREE_WEEKS = CHECKIN + 3 * WEEK
MONDAY_AFTER = datetime(2026, 4, 6, 8, 0, tzinfo=UTC)
"""Nine o'clock in Lisbon, four days after both were paused for being silent."""

DAY_TEN = INTRO + timedelta(days=10)


def paused_by_silence(office: Office, until: datetime = MONDAY_AFTER) -> None:
    office.sets_up(cycle_weeks=8)
    office.introduced_in_place()
    office.lives_until(until)


def answers(office: Office, given: Answer, person_id: str = MENTEE) -> None:
    checkins.answer(office.ctx, office.workspace, person_id, office.checkins(person_id)[-1].id, given)


# --- the leads' weekly note


def test_leads_read_on_monday_who_was_paused_and_with_whom_they_are_in_a_pair(office: Office) -> None:
    paused_by_silence(office, MONDAY_AFTER - timedelta(minutes=1))
    assert office.member(MENTOR).standing is Standing.PAUSED
    assert office.kinds(Kind.PAUSES) == []
    office.at(MONDAY_AFTER)
    (note,) = office.kinds(Kind.PAUSES)
    both = (Paused(MENTEE, (MENTOR,)), Paused(MENTOR, (MENTEE,)))
    assert (note.at, note.recipient) == (MONDAY_AFTER, LEADS_CHANNEL)
    assert note.content == Pauses("Upside Down", "2026-W15", both)


def test_without_news_leads_read_nothing_again(office: Office) -> None:
    paused_by_silence(office)
    office.lives_until(MONDAY_AFTER + WEEK)
    assert len(office.kinds(Kind.PAUSES)) == 1


def test_somebody_who_pauses_by_their_own_wish_is_not_in_the_note(office: Office) -> None:
    paused_by_silence(office, THREE_WEEKS + timedelta(days=1))
    members.pause(office.ctx, office.workspace, MENTOR)
    office.at(MONDAY_AFTER)
    (note,) = office.kinds(Kind.PAUSES)
    assert note.content == Pauses("Upside Down", "2026-W15", (Paused(MENTEE, (MENTOR,)),))
    members.pause(office.ctx, office.workspace, MENTEE)
    office.delivers()
    assert render(office.said[-1].content).text == (
        "Nobody is paused in *Upside Down* any more for being silent."
    )


# --- partners of somebody who takes a break


def test_a_partner_hears_of_a_break_once_and_is_not_asked_meanwhile(office: Office) -> None:
    office.introduced()
    members.pause(office.ctx, office.workspace, MENTEE)
    office.at(CHECKIN)
    (told,) = office.heard(MENTOR, Kind.RESTING)
    alone = Alone(1, MENTEE, Stands.AWAY, partner_name=f"Name of {MENTEE}")
    assert told.content == PartnersRest("Upside Down", (MENTEE,), asked=(alone,))
    assert (office.heard(MENTOR, Kind.CHECKIN), office.checkins(MENTOR)) == ([], [])
    # A later end of the same break is no news for them.
    members.pause(office.ctx, office.workspace, MENTEE, date(2026, 3, 18))
    office.delivers()
    assert len(office.heard(MENTOR, Kind.RESTING)) == 1
    office.lives_until(CHECKIN + WEEK)
    assert len(office.heard(MENTOR, Kind.CHECKIN)) == 1


def test_a_reminder_is_not_sent_about_a_pair_that_rests_by_then(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    members.pause(office.ctx, office.workspace, MENTEE)
    office.lives_until(CHECKIN + timedelta(days=6))
    assert office.heard(MENTOR, Kind.REASK) == []


# --- pairs that do not begin


def test_three_not_yet_in_a_row_reach_the_leads(office: Office) -> None:
    pair = office.introduced()
    for week, given in enumerate((Answer.MET, *[Answer.NOT_YET] * 3)):
        office.lives_until(CHECKIN + week * WEEK)
        answers(office, given)
        if week == 0:
            answers(office, given, MENTOR)  # whoever is silent for three weeks is not asked about
        office.delivers()
        assert len(office.kinds(Kind.STUCK)) == (2 if week == 3 else 0)
    heard = office.kinds(Kind.STUCK)
    assert [one.recipient for one in heard] == [f"person:{LEAD}", f"person:{OTHER_LEAD}"]
    assert heard[0].content == Stuck("Upside Down", pair.id, MENTOR, MENTEE, True)


def test_leads_who_heard_that_a_pair_never_met_do_not_hear_it_twice(office: Office) -> None:
    office.introduced()
    for week in range(3):
        office.lives_until(CHECKIN + week * WEEK)
        answers(office, Answer.NOT_YET)
    office.delivers()
    heard = [one.content for one in office.kinds(Kind.STUCK)]
    assert [isinstance(one, Stuck) and one.never_met for one in heard] == [True, True]


def test_a_meeting_in_between_begins_the_row_anew(office: Office) -> None:
    office.introduced()
    for week, given in enumerate((Answer.NOT_YET, Answer.MET, Answer.NOT_YET)):
        office.lives_until(CHECKIN + week * WEEK)
        answers(office, given)
    office.delivers()
    assert office.kinds(Kind.STUCK) == []


def test_nobody_met_and_the_senior_is_nudged_on_day_three_and_ten_and_leads_hear_after_fourteen(
    office: Office,
) -> None:
    pair = office.introduced()
    day_three = office.pair().introduced_at or INTRO
    day_three += timedelta(days=3)
    office.lives_until(day_three - timedelta(minutes=1))
    assert office.kinds(Kind.NUDGE) == []
    office.lives_until(DAY_TEN + timedelta(days=6))
    first, second = office.kinds(Kind.NUDGE)
    assert {first.recipient, second.recipient} == {f"person:{MENTEE}"}
    assert (first.at, second.at) == (day_three, DAY_TEN)
    heard = office.kinds(Kind.STUCK)
    assert [one.recipient for one in heard] == [f"person:{LEAD}", f"person:{OTHER_LEAD}"]
    assert heard[0].content == Stuck("Upside Down", pair.id, MENTOR, MENTEE, True, never_met=True)


def test_a_meeting_tells_the_leads_that_nothing_is_left_to_do(office: Office) -> None:
    office.introduced()
    office.lives_until(DAY_TEN + timedelta(days=6))
    answers(office, Answer.MET)
    shown = [one for one in office.delivers() if one.kind is Kind.STUCK]
    assert [isinstance(one.content, Stuck) and one.content.still for one in shown] == [False, False]


def test_an_update_of_the_bot_tells_nothing_about_pairs_of_long_ago(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN + timedelta(days=25))
    assert office.kinds(Kind.STUCK) == []


@pytest.mark.parametrize("given", [Answer.MET, Answer.PLANNED])
def test_who_met_or_has_a_time_is_not_nudged(office: Office, given: Answer) -> None:
    office.introduced()
    office.lives_until(CHECKIN + WEEK)
    answers(office, given, MENTOR)
    office.lives_until(DAY_TEN + WEEK)
    assert [one for one in office.kinds(Kind.NUDGE) if one.at >= DAY_TEN] == []
