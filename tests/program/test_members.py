"""Pausing, coming back, leaving, and what the directory says about people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.checkins import CheckInState
from mentoring.errors import Invalid, NoProgram, NotEnrolled
from mentoring.messages import Kind, PairClosed
from mentoring.pairings import Because, Cause, PairState
from mentoring.partings import Alone, Stands
from mentoring.people import Person, Standing
from program import checkins, home, members, people
from program.people import LOOK_AGAIN
from tests.program.office import CHECKIN, INTRO, LEAD, MONDAY, OTHER_LEAD, PROPOSAL, Office, on, prompt

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"


def pause(office: Office, person_id: str = MENTEE, until: date | None = None) -> None:
    members.pause(office.ctx, office.workspace, person_id, until)


@pytest.mark.parametrize("act", [members.pause, members.resume, members.leave, members.status])
def test_only_members_can(office: Office, act: object) -> None:
    assert callable(act)
    with pytest.raises(NoProgram):
        act(office.ctx, office.workspace, "U1")
    office.sets_up()
    with pytest.raises(NotEnrolled):
        act(office.ctx, office.workspace, "U1")
    office.joins("U1")
    members.leave(office.ctx, office.workspace, "U1")
    with pytest.raises(NotEnrolled):
        act(office.ctx, office.workspace, "U1")


def test_a_pause_takes_back_what_was_not_introduced(office: Office) -> None:
    pair = office.approved()
    paused = members.pause(office.ctx, office.workspace, MENTEE)
    assert (paused.standing, paused) == (Standing.PAUSED, office.member(MENTEE))
    withdrawn = office.pair(pair.id)
    assert (withdrawn.state, withdrawn.why) == (PairState.WITHDRAWN, Because(Cause.PAUSED))
    office.at(INTRO)
    assert office.kinds(Kind.INTRO) == []
    # The one who stays hears it kindly; the one who paused hears nothing.
    assert len(office.heard(MENTOR, Kind.NO_PARTNER)) == 1
    assert office.heard(MENTEE, Kind.NO_PARTNER) == []


def test_a_pause_keeps_an_introduced_pair_but_asks_nothing(office: Office) -> None:
    pair = office.introduced()
    pause(office)
    office.at(CHECKIN)
    assert office.pair(pair.id).state is PairState.INTRODUCED
    assert office.heard(MENTOR, Kind.CHECKIN) + office.heard(MENTEE, Kind.CHECKIN) == []
    assert len(office.heard(MENTOR, Kind.RESTING)) == 1


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2026-03-01", "Sunday, March 1, 2026 has passed."),
        ("2026-03-02", "Monday, March 2, 2026 is today."),
        ("2027-03-04", "Thursday, March 4, 2027 is more than a year away."),
        ("9999-12-31", "Friday, December 31, 9999 is more than a year away."),
    ],
)
def test_a_pause_that_cannot_be_names_the_day_as_it_was_understood(
    office: Office, until: str, told: str
) -> None:
    office.sets_up()
    office.joins("U1")
    assert members.today(office.ctx, office.workspace, "U1") == on("2026-03-02")
    with pytest.raises(Invalid) as refused:
        pause(office, "U1", on(until))
    assert told in refused.value.sentence
    assert office.member("U1").standing is Standing.ACTIVE
    pause(office, "U1", on("2027-03-03"))


def test_a_pause_ends_on_its_day(office: Office) -> None:
    office.sets_up()
    office.couple()
    pause(office, until=on("2026-03-05"))
    assert members.status(office.ctx, office.workspace, MENTEE).paused_until == on("2026-03-05")
    office.at(MONDAY.replace(day=4, hour=23))
    assert office.member(MENTEE).standing is Standing.PAUSED
    office.at(MONDAY.replace(day=5, hour=0))
    back = office.member(MENTEE)
    assert (back.standing, back.paused_until, back.active_since) == (Standing.ACTIVE, None, office.clock())


@pytest.mark.parametrize(
    ("zone", "back_at"),
    [
        ("Pacific/Kiritimati", datetime(2026, 3, 4, 10, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2026, 3, 5, 11, tzinfo=UTC)),
        (None, datetime(2026, 3, 5, 0, tzinfo=UTC)),
    ],
)
def test_a_pause_ends_with_the_persons_own_day(office: Office, zone: str | None, back_at: datetime) -> None:
    office.sets_up()
    office.joins("U1", zone)
    pause(office, "U1", on("2026-03-05"))
    office.at(back_at - timedelta(minutes=1))
    assert office.member("U1").standing is Standing.PAUSED
    office.at(back_at)
    assert office.member("U1").standing is Standing.ACTIVE


def test_a_pause_until_tomorrow_is_not_over_at_once_west_of_the_program(office: Office) -> None:
    office.sets_up(time_zone="Pacific/Auckland", first_start="2026-03-09")
    office.joins("U1", "America/Los_Angeles")
    office.clock.time = datetime(2026, 3, 3, 20, tzinfo=UTC)  # Tuesday noon there, Wednesday in Auckland
    pause(office, "U1", on("2026-03-04"))
    office.passes(minutes=1)
    assert office.member("U1").standing is Standing.PAUSED


@pytest.mark.parametrize("until", ["2026-03-02", "2026-03-01", "2020-01-01"])
def test_a_pause_ends_in_the_future(office: Office, until: str) -> None:
    office.sets_up()
    office.joins("U1")
    with pytest.raises(Invalid) as told:
        pause(office, "U1", on(until))
    assert list(told.value.fields) == ["until"]
    assert office.member("U1").standing is Standing.ACTIVE


def test_coming_back_by_hand(office: Office) -> None:
    office.sets_up()
    office.joins("U1")
    pause(office, "U1", on("2026-04-01"))
    office.passes(hours=1)
    back = members.resume(office.ctx, office.workspace, "U1")
    assert (back.standing, back.paused_until, back.active_since) == (Standing.ACTIVE, None, office.clock())
    assert back == office.member("U1")


def test_leaving_before_the_introduction_is_silent(office: Office) -> None:
    pair = office.approved()
    members.leave(office.ctx, office.workspace, MENTOR)
    office.delivers()
    assert office.pair(pair.id).state is PairState.WITHDRAWN
    assert [one.kind for one in office.heard(MENTEE)] == [Kind.WELCOME]


@pytest.mark.parametrize("leaver", [MENTOR, MENTEE])
def test_leaving_ends_the_pair_in_neutral_words(office: Office, leaver: str) -> None:
    pair = office.introduced()
    office.at(CHECKIN)
    stays = pair.partner_of(leaver)
    before = len(office.heard(leaver))
    members.leave(office.ctx, office.workspace, leaver)
    office.lives_until(CHECKIN + timedelta(days=21))
    ended = office.pair(pair.id)
    assert (ended.state, ended.why) == (PairState.ENDED, Because(Cause.LEFT))
    (closed,) = office.heard(stays, Kind.PAIR_CLOSED)
    alone = Alone(pair.id, leaver, Stands.CLOSED, partner_name=f"Name of {leaver}")
    assert closed.content == PairClosed("Upside Down", leaver, alone=alone)
    assert "left" not in repr(closed.content)
    assert len(office.heard(leaver)) == before
    assert len(office.heard(stays, Kind.CHECKIN)) == 1
    assert {one.state for one in office.checkins(stays)} == {CheckInState.SILENT}


def test_the_open_question_about_an_ended_pair_says_so(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    members.leave(office.ctx, office.workspace, MENTOR)
    office.delivers()
    shown = [one for one in office.said if one.recipient == f"person:{MENTEE}"]
    prompts = [prompt(one) for one in shown if one.kind is Kind.CHECKIN]
    assert [prompt.over for prompt in prompts] == [False, True]


def test_both_leaving_before_the_mail_comes_hear_nothing(office: Office) -> None:
    office.introduced()
    office.said.clear()
    for person in (MENTOR, MENTEE):
        members.leave(office.ctx, office.workspace, person)
    office.delivers()
    assert office.heard(MENTOR) + office.heard(MENTEE) == []


def test_whoever_is_deactivated_leaves(office: Office) -> None:
    pair = office.introduced()
    office.directory_says(MENTOR, deactivated=True)
    office.said.clear()
    office.lives_until(CHECKIN)
    ended = office.pair(pair.id)
    assert (ended.state, ended.why) == (PairState.ENDED, Because(Cause.GONE))
    assert office.member(MENTOR).standing is Standing.LEFT
    assert (office.heard(MENTOR), len(office.heard(MENTEE, Kind.PAIR_CLOSED))) == ([], 1)


def test_somebody_slack_does_not_know_is_gone(office: Office) -> None:
    pair = office.approved()
    people.gone(office.ctx, office.workspace, MENTEE)
    assert office.pair(pair.id).state is PairState.WITHDRAWN
    assert office.member(MENTEE).person.deactivated
    people.gone(office.ctx, office.workspace, "UNEVERSEEN")
    unknown = people.known(office.ctx, office.workspace, "UNEVERSEEN")
    assert unknown == Person("UNEVERSEEN", "UNEVERSEEN", deactivated=True)


def test_whoever_comes_back_to_the_company_is_not_in_by_that(office: Office) -> None:
    office.introduced()
    office.directory_says(MENTOR, deactivated=True)
    office.directory_says(MENTOR, deactivated=False)
    assert office.member(MENTOR).standing is Standing.LEFT


def test_people_nobody_enrolled_are_merely_noted(office: Office) -> None:
    someone = Person("U9", "Nina", deactivated=True)
    people.record(office.ctx, office.workspace, [someone])
    office.sets_up()
    people.record(office.ctx, office.workspace, [someone])
    assert people.known(office.ctx, office.workspace, "U9") == someone


def test_members_are_looked_up_again_when_nothing_was_heard_for_an_hour(office: Office) -> None:
    office.sets_up()
    office.couple()
    unseen = [(office.workspace, lead) for lead in (LEAD, OTHER_LEAD)]
    assert people.to_look_up(office.ctx, 9) == unseen, "leads are only named in the settings"
    people.record(office.ctx, office.workspace, [Person(lead, lead) for _, lead in unseen])
    office.clock.time += LOOK_AGAIN + timedelta(seconds=1)
    everybody = {MENTOR, MENTEE, LEAD, OTHER_LEAD}
    assert {person for _, person in people.to_look_up(office.ctx, 9)} == everybody
    office.directory_says(MENTOR)
    assert {person for _, person in people.to_look_up(office.ctx, 9)} == everybody - {MENTOR}


def test_status_tells_where_somebody_stands(office: Office) -> None:
    office.introduced()
    status = members.status(office.ctx, office.workspace, MENTEE)
    assert (status.standing, status.partners) == ("active", ((MENTOR, "mentee"),))
    assert members.status(office.ctx, office.workspace, MENTOR).partners == ((MENTEE, "mentor"),)
    assert (status.wants, status.has_level) == (("Topic number 1",), True)
    assert status.next_intro == office.times(2).intro_at


def test_home_shows_each_what_concerns_them(office: Office) -> None:
    stranger, lead = Person("U9", "Nina"), Person(LEAD, "Lea")
    empty = home.home(office.ctx, office.workspace, stranger)
    assert (empty.program, empty.may_set_up) == (None, False)
    assert home.home(office.ctx, office.workspace, Person("UOPERATOR", "Opal")).may_set_up
    office.sets_up()
    nothing = home.home(office.ctx, office.workspace, lead).lead
    assert nothing is not None
    assert (nothing.members, nothing.cycle_number, nothing.waiting) == (0, 0, 0)
    office.introduced()
    office.at(CHECKIN)
    mine = home.home(office.ctx, office.workspace, office.member(MENTEE).person)
    assert mine.status is not None
    assert [prompt.partner_id for prompt in mine.checkins] == [MENTOR]
    assert (mine.lead, mine.may_set_up) == (None, False)
    theirs = home.home(office.ctx, office.workspace, lead)
    assert theirs.lead is not None
    assert (theirs.lead.members, theirs.lead.cycle_number, theirs.status) == (2, 1, None)
    assert theirs.may_set_up


def test_answered_questions_leave_the_home(office: Office) -> None:
    from mentoring.checkins import Answer

    office.introduced()
    office.at(CHECKIN)
    (question,) = office.checkins(MENTEE)
    checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.MET)
    assert home.home(office.ctx, office.workspace, office.member(MENTEE).person).checkins == ()


def test_nobody_is_paired_before_the_proposal(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.at(PROPOSAL - timedelta(seconds=1))
    assert office.pairs == []
