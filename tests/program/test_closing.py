"""After the introduction: a lead ends one pair or lets it rest, and both read neutral words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.views import render
from mentoring.errors import Invalid, NoSuchPair, NotAllowed, NotRunning
from mentoring.for_leads import PairCard
from mentoring.messages import Intro, Kind
from mentoring.pairings import PairState
from program import closing, undoing
from storage import audit
from tests.program.office import CHECKIN, INTRO, LEAD, WEEK, Office, prompt
from tests.program.test_groups import ANA, BEN, CARLA, DEE, introduced, of, proposed

PEOPLE = ("UMENTOR1", "UMENTEE1")


def test_a_lead_ends_a_pair_and_both_hear_that_the_program_closed_it(office: Office) -> None:
    pair = office.introduced()
    ended = closing.end(*office.as_lead(), pair.id, "They  do not\nget along")
    assert (ended.state, ended.ended_by, ended.note) == (PairState.ENDED, LEAD, "They do not get along")
    office.lives_until(INTRO + 2 * WEEK)
    for person in PEOPLE:
        (said,) = office.heard(person, Kind.PAIR_CLOSED)
        told = render(said.content).text
        assert "has closed your pair" in told
        assert "get along" not in told
        assert LEAD not in told
        assert office.heard(person, Kind.CHECKIN) == []
    with office.ctx.database.read() as tx:
        assert (LEAD, "ended", str(pair.id)) in [entry[1:] for entry in audit.entries(tx, 1)]


def test_the_reason_for_ending_a_pair_is_for_leads_alone(office: Office) -> None:
    pair = office.introduced()
    closing.end(*office.as_lead(), pair.id, "A secret")
    office.passes(minutes=1)
    card = [one.content for one in office.said if one.kind is Kind.CARD][-1]
    assert isinstance(card, PairCard)
    told = render(card).text
    assert f"Ended by <@{LEAD}>." in told
    assert "secret" not in told
    assert "Leads read the reason with" in told


def test_a_pair_whose_introduction_has_not_arrived_can_be_ended(office: Office) -> None:
    office.approved()
    office.clock.time = INTRO
    office.tick()
    closing.end(*office.as_lead(), office.pair().id)
    office.delivers()
    office.passes(hours=1)
    assert office.kinds(Kind.INTRO, Kind.PAIR_CLOSED) == [], "they never heard of it"
    assert len(office.heard("UMENTOR1", Kind.NO_PARTNER)) == 1


@pytest.mark.parametrize("act", [closing.end, closing.running_card])
def test_only_leads_end_and_only_what_runs(office: Office, act: object) -> None:
    assert callable(act)
    pair = office.proposed()
    for number, error in ((pair.id, NotRunning), (999, NoSuchPair)):
        with pytest.raises(error):
            act(*office.as_lead(), number)
    with pytest.raises(NotAllowed):
        act(office.ctx, office.workspace, "UMENTOR1", pair.id)


def test_a_pair_rests_until_a_day_and_both_hear_when_it_goes_on(office: Office) -> None:
    pair = office.introduced()
    until = (CHECKIN + WEEK).date() + timedelta(days=4)
    closing.rest(*office.as_lead(), pair.id, until)
    office.lives_until(CHECKIN + WEEK + timedelta(days=1))
    for person in PEOPLE:
        (said,) = office.heard(person, Kind.PAIR_RESTS)
        assert "lets your pair with" in render(said.content).text
        assert office.heard(person, Kind.CHECKIN) == []
        assert office.heard(person, Kind.PAIR_GOES_ON) == []
    office.lives_until(CHECKIN + 2 * WEEK + timedelta(days=1))
    for person in PEOPLE:
        (said,) = office.heard(person, Kind.PAIR_GOES_ON)
        assert said.at.date() == until
        assert len(office.heard(person, Kind.CHECKIN)) == 1
        assert office.heard(person, Kind.SILENCE) == []
    assert office.pair().rests_until is None


def test_a_question_that_is_open_is_not_asked_again_while_the_pair_rests(office: Office) -> None:
    pair = office.introduced()
    office.lives_until(CHECKIN)
    closing.rest(*office.as_lead(), pair.id, CHECKIN.date() + timedelta(days=10))
    office.lives_until(CHECKIN + timedelta(days=6))
    assert office.kinds(Kind.REASK) == []


def test_a_rest_can_be_undone(office: Office) -> None:
    pair = office.introduced()
    closing.rest(*office.as_lead(), pair.id, CHECKIN.date() + timedelta(days=10))
    office.passes(hours=1)
    assert undoing.undo(*office.as_lead(), pair.id).rests_until is None
    office.lives_until(CHECKIN)
    assert [len(office.heard(person, Kind.PAIR_GOES_ON)) for person in PEOPLE] == [1, 1]
    assert len(office.kinds(Kind.CHECKIN)) == 2


def test_a_pair_that_ends_while_it_rests_does_not_go_on(office: Office) -> None:
    pair = office.introduced()
    closing.rest(*office.as_lead(), pair.id, CHECKIN.date() + timedelta(days=2))
    closing.end(*office.as_lead(), pair.id)
    office.lives_until(CHECKIN + timedelta(days=5))
    assert office.kinds(Kind.PAIR_GOES_ON, Kind.PAIR_RESTS) == []
    assert len(office.kinds(Kind.PAIR_CLOSED)) == 2


# --- several mentors in one conversation


def test_one_mentor_of_a_group_is_let_go_and_the_others_go_on(office: Office) -> None:
    introduced(office, ANA, CARLA, DEE)
    closing.end(*office.as_lead(), of(office, ANA).id, "They do not get along")
    office.delivers()
    assert "has closed your pair" in told(office, ANA, Kind.PAIR_CLOSED)
    assert "You go on with" in told(office, BEN, Kind.PAIR_CLOSED)
    for mate in (CARLA, DEE):
        assert f"<@{ANA}> is no longer in your group" in told(office, mate, Kind.PAIR_CLOSED)
        assert "get along" not in told(office, mate, Kind.PAIR_CLOSED)
    office.lives_until(CHECKIN + timedelta(hours=1))
    asked = {person: len(office.heard(person, Kind.CHECKIN)) for person in (BEN, ANA, CARLA, DEE)}
    assert asked == {BEN: 1, ANA: 0, CARLA: 1, DEE: 1}


@pytest.mark.parametrize("number", [0, 1])
def test_whoever_ends_before_the_introduction_is_left_out_of_it(office: Office, number: int) -> None:
    for pair in proposed(office, ANA, CARLA, DEE):
        office.approves(pair.id)
    office.clock.time = INTRO
    office.tick()
    ended, *others = office.pairs[number], *(one for one in office.pairs if one != office.pairs[number])
    closing.end(*office.as_lead(), ended.id)
    office.delivers()
    (said,) = office.kinds(Kind.INTRO)
    assert isinstance(said.content, Intro)
    assert {one.id for one in said.content.pairs} == {one.id for one in others}
    assert office.kinds(Kind.PAIR_CLOSED) == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("rests", [ANA, CARLA])
def test_one_mentor_of_a_group_rests_and_the_senior_is_asked_about_the_other(
    office: Office, rests: str
) -> None:
    introduced(office, ANA, CARLA)
    (other,) = {ANA, CARLA} - {rests}
    closing.rest(*office.as_lead(), of(office, rests).id, (CHECKIN + WEEK).date() + timedelta(days=1))
    office.lives_until(CHECKIN + WEEK + timedelta(hours=1))
    asked = {person: len(office.heard(person, Kind.CHECKIN)) for person in (BEN, rests, other)}
    assert asked == {BEN: 2, rests: 0, other: 2}
    for one in (*office.heard(BEN, Kind.CHECKIN), *office.heard(other, Kind.CHECKIN)):
        assert rests not in (prompt(one).partner_id, *prompt(one).together)
    assert office.heard(other, Kind.PAIR_RESTS) == []
    office.lives_until(CHECKIN + 2 * WEEK + timedelta(hours=1))
    assert len(office.heard(rests, Kind.CHECKIN)) == 1
    assert len(office.heard(BEN, Kind.CHECKIN)) == 3


def test_a_question_about_a_group_is_asked_again_while_one_of_it_rests(office: Office) -> None:
    introduced(office, ANA, CARLA)
    office.lives_until(CHECKIN + timedelta(hours=1))
    closing.rest(*office.as_lead(), office.checkins(BEN)[0].pair_id, CHECKIN.date() + timedelta(days=10))
    office.lives_until(CHECKIN + timedelta(days=5))
    assert len(office.heard(BEN, Kind.REASK)) == 1


def told(office: Office, person: str, kind: Kind) -> str:
    (said,) = office.heard(person, kind)
    return render(said.content).text


@pytest.mark.parametrize("days", [-1, 0, 28, 400])
def test_a_day_that_makes_no_sense_is_told_in_a_sentence(office: Office, days: int) -> None:
    pair = office.introduced()
    with pytest.raises(Invalid) as told:
        closing.rest(*office.as_lead(), pair.id, office.clock().date() + timedelta(days=days))
    assert list(told.value.fields) == ["until"]
    assert office.pair().rests_until is None
