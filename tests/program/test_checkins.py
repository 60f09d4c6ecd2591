"""The weekly check-in: at each person's own hour, asked again once, answered, or met with silence."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.checkins import Answer, CheckInState
from mentoring.errors import NoCheckIn, NotEnrolled
from mentoring.for_leads import HelpAlert
from mentoring.messages import Kind, SilencePause, of_week
from mentoring.pairings import PairState
from mentoring.people import Standing
from mentoring.starters import OPENER
from program import checkins, members, outgoing
from storage.database import Database
from tests.effort import examples, usually
from tests.fixtures.databases import empty
from tests.program.office import CHECKIN, HOME, INTRO, LEAD, OTHER_LEAD, PROPOSAL, REASK, WEEK, Office, prompt

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
TWO_DAYS = timedelta(hours=48)


def answer(office: Office, given_one: Answer, person_id: str = MENTEE) -> None:
    """Answer the newest question."""
    newest = office.checkins(person_id)[-1]
    checkins.answer(office.ctx, office.workspace, person_id, newest.id, given_one)
    office.delivers()


def asked(office: Office, person_id: str = MENTEE) -> int:
    return len(office.heard(person_id, Kind.CHECKIN))


def test_both_are_asked_each_week(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN - timedelta(seconds=1))
    assert asked(office) == asked(office, MENTOR) == 0
    office.at(CHECKIN)
    assert asked(office) == asked(office, MENTOR) == 1
    assert prompt(office.heard(MENTEE, Kind.CHECKIN)[0]).partner_id == MENTOR
    office.lives_until(CHECKIN + WEEK)
    assert asked(office) == asked(office, MENTOR) == 2
    assert [one.week for one in office.checkins(MENTEE)] == ["2026-W11", "2026-W12"]


def test_an_intro_the_day_before_is_too_soon_to_ask(office: Office) -> None:
    office.approved()
    office.clock.time = CHECKIN - timedelta(hours=20)
    office.tick()
    office.delivers()
    office.at(CHECKIN)
    assert asked(office) == 0
    office.at(CHECKIN + WEEK)
    assert asked(office) == 1


ZONES_OF_THEIR_OWN = ["Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Africa/Cairo"]


@pytest.mark.slow
@pytest.mark.parametrize("zone", usually(["Asia/Kolkata"], ZONES_OF_THEIR_OWN))
def test_each_is_asked_at_their_own_hour(office: Office, zone: str) -> None:
    office.introduced()
    office.directory_says(MENTEE, time_zone=zone)
    office.lives_until(CHECKIN + 3 * WEEK)
    local = [one.at.astimezone(ZoneInfo(zone)) for one in office.heard(MENTEE, Kind.CHECKIN)]
    assert [(one.weekday(), one.hour) for one in local[1:]] == [(3, 10)] * len(local[1:])
    assert len(local) >= 3


def test_a_zone_that_nobody_knows_is_that_of_the_program(office: Office) -> None:
    office.introduced()
    office.directory_says(MENTEE, time_zone="Mars/Base")
    office.at(CHECKIN)
    assert asked(office) == asked(office, MENTOR) == 1


def test_silence_is_asked_about_once_on_the_second_day_at_work(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.at(REASK - timedelta(seconds=1))
    assert office.heard(MENTEE, Kind.REASK) == []
    office.lives_until(CHECKIN + WEEK - timedelta(hours=1))
    (again,) = office.heard(MENTEE, Kind.REASK)
    assert prompt(again).again
    assert again.at - REASK < timedelta(minutes=1)
    assert office.checkins(MENTEE)[0].state is CheckInState.REASKED
    office.at(CHECKIN + WEEK)
    assert [one.state for one in office.checkins(MENTEE)] == [CheckInState.SILENT, CheckInState.ASKED]


def test_the_two_days_count_from_the_delivery(office: Office) -> None:
    office.sets_up(checkin_weekday=0)
    office.introduced_in_place()
    monday = CHECKIN + timedelta(days=4)
    office.clock.time = monday
    office.tick()
    office.clock.time = monday + timedelta(hours=5)
    office.delivers()
    office.at(monday + TWO_DAYS + timedelta(hours=4))
    assert office.heard(MENTEE, Kind.REASK) == []
    office.at(monday + TWO_DAYS + timedelta(hours=5))
    assert len(office.heard(MENTEE, Kind.REASK)) == 1


def test_whoever_answered_is_not_asked_again(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    answer(office, Answer.PLANNED)
    office.lives_until(CHECKIN + WEEK - timedelta(hours=1))
    assert office.heard(MENTEE, Kind.REASK) == []
    assert len(office.heard(MENTOR, Kind.REASK)) == 1


def test_a_reask_that_comes_far_too_late_is_not_made(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.at(REASK + TWO_DAYS + timedelta(seconds=1))
    assert office.kinds(Kind.REASK) == []
    assert office.checkins(MENTEE)[0].state is CheckInState.SILENT


def test_a_reask_that_waited_until_the_answer_came_is_not_sent(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.clock.time = REASK
    office.tick()
    question = office.checkins(MENTEE)[0]
    assert question.state is CheckInState.REASKED
    checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.MET)
    office.delivers()
    assert office.heard(MENTEE, Kind.REASK) == []


def test_an_outage_does_not_end_in_old_questions(office: Office) -> None:
    office.introduced()
    office.clock.time = CHECKIN
    office.tick()
    office.clock.time = CHECKIN + timedelta(days=2)
    office.delivers()
    assert office.kinds(Kind.CHECKIN) == []
    office.at(CHECKIN + WEEK)
    office.clock.time = REASK + WEEK
    office.tick()
    office.clock.time += TWO_DAYS + timedelta(seconds=1)
    office.delivers()
    assert (asked(office), office.kinds(Kind.REASK)) == (1, [])


def test_an_answer_is_kept_and_shown(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    question = office.checkins(MENTEE)[0]
    office.passes(hours=1)
    kept = checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.MET)
    assert (kept.state, kept.answer, kept.answered_at) == (CheckInState.ANSWERED, Answer.MET, office.clock())
    assert kept == office.checkins(MENTEE)[0]
    shown = {one.kind: one for one in office.delivers()}
    assert set(shown) == {Kind.CHECKIN, Kind.INTRO}, "the introduction shows how far they are"
    assert not any(one.is_new for one in shown.values())
    assert prompt(shown[Kind.CHECKIN]).checkin.answer is Answer.MET


def test_the_last_answer_wins_also_after_the_reask(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.at(REASK)
    for given_one in (Answer.NOT_YET, Answer.PLANNED, Answer.MET):
        answer(office, given_one)
    assert office.checkins(MENTEE)[0].answer is Answer.MET
    # The question and its reminder both show it; the introduction shows how far they are.
    shown = [one for one in office.said[-3:] if one.kind in (Kind.CHECKIN, Kind.REASK)]
    assert [prompt(one).checkin.answer for one in shown] == [Answer.MET] * 2


def test_a_late_answer_to_last_weeks_question_counts(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.at(CHECKIN + WEEK)
    old, new = office.checkins(MENTEE)
    checkins.answer(office.ctx, office.workspace, MENTEE, old.id, Answer.MET)
    assert [one.answer for one in office.checkins(MENTEE)] == [Answer.MET, None]
    assert new.state is CheckInState.ASKED


def test_help_reaches_every_lead_once_and_nobody_else(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    answer(office, Answer.HELP)
    answer(office, Answer.HELP)
    told = office.kinds(Kind.HELP)
    assert sorted(one.recipient for one in told) == [f"person:{LEAD}", f"person:{OTHER_LEAD}"]
    assert told[0].content == HelpAlert(
        "Upside Down",
        MENTEE,
        MENTOR,
        office.pair().id,
        office.clock(),
        told=(LEAD, OTHER_LEAD),
        number=office.checkins(MENTEE)[0].id,
    )


@pytest.mark.parametrize("person", [MENTOR, LEAD, "USTRANGER"])
def test_nobody_answers_for_somebody_else(office: Office, person: str) -> None:
    office.introduced()
    office.at(CHECKIN)
    question = office.checkins(MENTEE)[0]
    for number in (question.id, 999):
        with pytest.raises(NoCheckIn, match="no check-in to answer"):
            checkins.answer(office.ctx, office.workspace, person, number, Answer.MET)
    assert office.checkins(MENTEE)[0] == question


def test_questions_of_another_workspace_do_not_exist_here(office: Office, sqlite: Database) -> None:
    office.introduced()
    office.at(CHECKIN)
    Office(sqlite, "T2", office.clock).sets_up(first_start="2026-03-16")
    with pytest.raises(NoCheckIn):
        checkins.answer(office.ctx, "T2", MENTEE, office.checkins(MENTEE)[0].id, Answer.MET)


def test_when_the_pair_has_ended_there_is_nothing_to_answer(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    members.leave(office.ctx, office.workspace, MENTOR)
    with pytest.raises(NoCheckIn, match="This pair has ended"):
        answer(office, Answer.MET)


def test_not_yet_twice_in_a_row_brings_a_line_to_begin_with(office: Office) -> None:
    office.introduced()
    openers = []
    for week, given_one in enumerate((Answer.NOT_YET, Answer.NOT_YET, Answer.MET)):
        office.at(CHECKIN + week * WEEK)
        answer(office, given_one)
        shown = [one for one in office.said if one.kind is Kind.CHECKIN]
        openers.append(prompt(shown[-1]).opener)
    assert openers == [None, OPENER, None]


@pytest.mark.parametrize("zone", [HOME, "America/New_York", "Asia/Kolkata"])
def test_not_yet_twice_in_a_row_brings_new_times_when_both_work(office: Office, zone: str) -> None:
    office.introduced()
    office.directory_says(MENTOR, time_zone=zone)
    office.rules(holidays=("2026-03-20",))
    times = []
    for week in range(2):
        office.lives_until(CHECKIN + week * WEEK + timedelta(minutes=5))
        answer(office, Answer.NOT_YET)
        times.append(prompt([one for one in office.said if one.kind is Kind.CHECKIN][-1]).times)
    assert (len(times[0]), len(times[1])) == (0, 3)
    assert min(times[1]) > office.clock()
    for one in times[1]:
        for where in (zone, HOME):
            local = one.astimezone(ZoneInfo(where))
            assert local.weekday() < 5
            assert (9, 0) <= (local.hour, local.minute) <= (16, 15), "45 minutes before the day is over"
            assert local.date().isoformat() != "2026-03-20"


def test_who_share_no_hours_get_a_line_and_no_times(office: Office) -> None:
    office.sets_up()
    office.rules(min_overlap=0)
    office.introduced_in_place()
    office.edit(MENTOR, starts="20:00", ends="23:00")
    for week in range(2):
        office.lives_until(CHECKIN + week * WEEK + timedelta(minutes=5))
        answer(office, Answer.NOT_YET)
    shown = prompt([one for one in office.said if one.kind is Kind.CHECKIN][-1])
    assert (shown.opener, shown.times) == (OPENER, ())


def test_three_silent_weeks_pause(office: Office) -> None:
    office.introduced()
    office.lives_until(CHECKIN + 3 * WEEK - timedelta(hours=2))
    assert office.member(MENTEE).standing is Standing.ACTIVE
    office.at(CHECKIN + 3 * WEEK)
    assert office.member(MENTEE).standing is Standing.PAUSED
    (told,) = office.heard(MENTEE, Kind.SILENCE)
    assert told.content == SilencePause("Upside Down", Standing.PAUSED, silent=True, partners=(MENTOR,))
    office.lives_until(CHECKIN + 4 * WEEK - timedelta(days=3))
    assert asked(office) == 3
    assert office.pair().state is PairState.INTRODUCED


def test_a_pause_by_silence_takes_back_the_next_pair(office: Office) -> None:
    office.sets_up(cycle_weeks=3)
    office.couple()
    office.at(PROPOSAL)
    office.approves(office.pair().id)
    office.at(INTRO)
    office.joins("UNEXT", role="share", level=1, shares=("Topic number 1",), wants=())
    office.lives_until(CHECKIN + 2 * WEEK + timedelta(days=3))
    upcoming = [pair for pair in office.pairs if pair.mentor_id == "UNEXT"]
    assert [pair.state for pair in upcoming] == [PairState.PROPOSED]
    office.sets_up(checkin_weekday=0)
    office.at(INTRO + 3 * WEEK - timedelta(hours=12))
    assert office.member(MENTEE).standing is Standing.PAUSED
    assert office.pair(upcoming[0].id).state is PairState.WITHDRAWN


def test_after_a_return_the_weeks_count_anew(office: Office) -> None:
    office.sets_up(cycle_weeks=12)
    office.introduced_in_place()
    office.lives_until(CHECKIN + 3 * WEEK)
    assert office.member(MENTEE).standing is Standing.PAUSED
    office.passes(days=1)
    for person_id in (MENTOR, MENTEE):  # about a partner who rests nobody is asked
        members.resume(office.ctx, office.workspace, person_id)
    came = [one for one in office.delivers() if one.recipient == f"person:{MENTEE}"]
    (shown,) = (one for one in came if one.kind is Kind.SILENCE)
    assert (shown.is_new, shown.content) == (
        False,
        SilencePause("Upside Down", Standing.ACTIVE, silent=False, partners=(MENTOR,)),
    )
    office.lives_until(CHECKIN + 6 * WEEK)
    assert (asked(office), office.member(MENTEE).standing) == (6, Standing.ACTIVE)
    office.lives_until(CHECKIN + 7 * WEEK)
    assert (asked(office), office.member(MENTEE).standing) == (6, Standing.PAUSED)
    assert len(office.heard(MENTEE, Kind.SILENCE)) == 2


def test_two_silent_weeks_with_two_partners_are_not_three(office: Office) -> None:
    """The second partner's question of this week does not make this week a silent one."""
    office.sets_up()
    office.couple(mentor_capacity=2)
    office.joins("UTHIRD", role="learn", level=6, shares=(), wants=("Topic number 1",))
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.at(INTRO)
    for week in range(3):
        office.clock.time = CHECKIN + week * WEEK
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(checkins, "BATCH", 1)
            # So small a batch lets each question arrive before the next one is asked.
            for _ in range(8):
                office.tick()
                office.delivers()
    assert office.member(MENTOR).standing is Standing.ACTIVE
    assert asked(office, MENTOR) == 3, "one message about both"
    assert len([one for one in office.checkins(MENTOR) if one.asked_at]) == 6


def test_a_bot_that_was_down_over_checkins_asks_at_most_once(office: Office) -> None:
    office.sets_up(cycle_weeks=12)
    office.introduced_in_place()
    office.at(CHECKIN + 3 * WEEK + timedelta(hours=24))
    assert (asked(office), asked(office, MENTOR)) == (1, 1)
    assert [one.week for one in office.checkins(MENTEE)] == ["2026-W14"]
    office.lives_until(CHECKIN + 4 * WEEK - timedelta(hours=2))
    assert asked(office) == 1


def test_a_question_whose_day_has_passed_is_skipped_with_a_record(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN + timedelta(days=2))
    assert office.kinds(Kind.CHECKIN) == []
    (skipped,) = office.checkins(MENTEE)
    assert (skipped.week, skipped.state) == ("2026-W11", CheckInState.SKIPPED)
    office.at(CHECKIN + WEEK)
    assert asked(office) == 1


def test_the_week_can_be_opened_early(office: Office) -> None:
    office.introduced()
    office.passes(days=1)
    (shown,) = checkins.open_now(office.ctx, office.workspace, MENTEE)
    assert (shown.partner_id, shown.checkin.state, shown.over) == (MENTOR, CheckInState.ASKED, False)
    checkins.answer(office.ctx, office.workspace, MENTEE, shown.checkin.id, Answer.MET)
    office.lives_until(CHECKIN + TWO_DAYS + timedelta(hours=6))
    assert office.heard(MENTEE, Kind.CHECKIN) + office.heard(MENTEE, Kind.REASK) == []


def test_whoever_opened_early_and_said_nothing_is_asked_like_everybody(office: Office) -> None:
    office.introduced()
    office.passes(days=1)
    checkins.open_now(office.ctx, office.workspace, MENTEE)
    office.at(CHECKIN)
    assert asked(office) == 1
    office.at(REASK)
    assert len(office.heard(MENTEE, Kind.REASK)) == 1


def test_a_skipped_week_can_still_be_opened(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN + timedelta(days=2))
    (shown,) = checkins.open_now(office.ctx, office.workspace, MENTEE)
    assert shown.checkin.state is CheckInState.ASKED
    assert shown.checkin == office.checkins(MENTEE)[0]


def test_without_a_pair_there_is_nothing_to_open(office: Office) -> None:
    office.approved()
    with pytest.raises(NoCheckIn):
        checkins.open_now(office.ctx, office.workspace, MENTEE)
    with pytest.raises(NotEnrolled):
        checkins.open_now(office.ctx, office.workspace, "USTRANGER")


def test_a_question_that_waited_for_slack_is_moot_once_the_pair_ended(office: Office) -> None:
    office.introduced()
    office.clock.time = CHECKIN
    office.tick()
    members.leave(office.ctx, office.workspace, MENTOR)
    office.delivers()
    assert office.kinds(Kind.CHECKIN) == []
    (letter,) = office.letters(Kind.CHECKIN, of_week(office.checkins(MENTEE)[0].week, MENTEE))
    assert letter.state is outgoing.RowState.MOOT


def test_somebody_who_flies_east_is_still_asked_that_week(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN - timedelta(hours=2))
    # In Auckland it is Thursday night already, and ten o'clock has passed.
    office.directory_says(MENTEE, time_zone="Pacific/Auckland")
    office.passes(minutes=1)
    assert asked(office) == 0
    office.at(CHECKIN)
    # On Friday at nine o'clock there.
    office.at(CHECKIN + timedelta(hours=10))
    assert asked(office) == 1
    office.at(CHECKIN + timedelta(days=3))
    assert asked(office) == 1


ZONES = [
    "Pacific/Kiritimati",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Europe/Lisbon",
    "America/Los_Angeles",
    "Pacific/Pago_Pago",
]


@pytest.mark.slow
@settings(max_examples=examples(3), deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=st.lists(st.tuples(st.integers(0, 40 * 24), st.sampled_from(ZONES)), max_size=8))
def test_whoever_travels_is_asked_once_in_each_week(sqlite: Database, moves: list[tuple[int, str]]) -> None:
    office = Office(empty(sqlite))
    office.sets_up(cycle_weeks=12)
    office.introduced_in_place()
    for hour, zone in [*sorted(moves), (42 * 24, "Europe/Lisbon")]:
        until = INTRO + timedelta(hours=hour)
        while office.clock() < until:
            office.lives_until(min(until, office.clock() + timedelta(days=5)))
            answer_everything(office)
        office.directory_says(MENTEE, time_zone=zone)
    weeks = [one.week for one in office.checkins(MENTEE)]
    assert weeks == [f"2026-W{week}" for week in range(11, 11 + len(weeks))]
    assert len(weeks) in (6, 7)
    assert asked(office) == len(weeks)


def answer_everything(office: Office) -> None:
    """Nobody falls silent here."""
    for question in office.checkins(MENTEE) + office.checkins(MENTOR):
        if question.answer is None and question.asked_at:
            checkins.answer(office.ctx, office.workspace, question.person_id, question.id, Answer.MET)
