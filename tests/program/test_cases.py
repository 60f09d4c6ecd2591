"""An introduction that nobody settles is a case with an owner, and after three days the two are asked themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.views import render
from mentoring.care import IntroCase, IntroQuestion
from mentoring.checkins import CheckInState
from mentoring.errors import CaseTaken, NoSuchMessage, NotAllowed, SettledForThem
from mentoring.messages import Kind
from program import cases, members, outgoing
from program.outgoing import RowState
from tests.program.office import CHECKIN, LEAD, OTHER_LEAD, WEEK, Office
from tests.program.test_unknown import lose, lost_intros, state

MENTOR, MENTEE = "UMENTOR0", "UMENTEE0"


def lost(office: Office) -> outgoing.Letter:
    (letter,) = lost_intros(office, 1)
    office.passes(minutes=1)
    return letter


def case(office: Office, lead: str = LEAD) -> IntroCase:
    """What a lead last read of the case."""
    theirs = [one for one in office.said if one.kind is Kind.INTRO_CASE and one.recipient == f"person:{lead}"]
    content = theirs[-1].content
    assert isinstance(content, IntroCase)
    return content


def question(office: Office, person: str = MENTOR) -> IntroQuestion:
    said = [one for one in office.said if one.kind is Kind.INTRO_QUESTION]
    content = [one for one in said if one.recipient == f"person:{person}"][-1].content
    assert isinstance(content, IntroQuestion)
    return content


def asked_pair(office: Office) -> outgoing.Letter:
    letter = lost(office)
    office.passes(days=3)
    assert {one.recipient for one in office.kinds(Kind.INTRO_QUESTION)} == {
        f"person:{MENTOR}",
        f"person:{MENTEE}",
    }
    return letter


def test_after_a_day_somebody_takes_it_and_everybody_reads_who(office: Office) -> None:
    lost(office)
    assert office.kinds(Kind.INTRO_CASE) == []
    office.passes(days=1)
    assert {one.recipient for one in office.kinds(Kind.INTRO_CASE)} == {
        f"person:{LEAD}",
        f"person:{OTHER_LEAD}",
    }
    cases.take(*office.as_lead(), office.pair().id)
    office.delivers()
    assert case(office, OTHER_LEAD).owner == LEAD
    with pytest.raises(CaseTaken) as told:
        cases.take(office.ctx, office.workspace, OTHER_LEAD, office.pair().id)
    assert told.value.owner == LEAD
    for person in (MENTOR, "USTRANGER"):
        with pytest.raises(NotAllowed):
            cases.take(office.ctx, office.workspace, person, office.pair().id)
    with pytest.raises(NoSuchMessage):
        cases.take(*office.as_lead(), 999)


def test_its_owner_alone_is_reminded_and_all_are_when_the_owner_is_gone(office: Office) -> None:
    lost(office)
    office.passes(days=1)
    cases.take(*office.as_lead(), office.pair().id)
    office.passes(days=7)
    assert len(office.heard(LEAD, Kind.INTRO_CASE)) == 2
    assert len(office.heard(OTHER_LEAD, Kind.INTRO_CASE)) == 1
    office.sets_up(leads=(OTHER_LEAD,))
    office.passes(days=7)
    assert len(office.heard(OTHER_LEAD, Kind.INTRO_CASE)) >= 2
    assert case(office, OTHER_LEAD).owner == ""
    assert case(office, LEAD).moved == (OTHER_LEAD,)


def test_yes_from_one_of_the_two_begins_their_check_ins(office: Office) -> None:
    letter = asked_pair(office)
    text = render(question(office)).text
    assert "You and <@UMENTEE0> are a pair" in text
    assert f"`/reverse-mentor it-arrived {letter.id}` for yes" in text
    outgoing.settle(office.ctx, office.workspace, MENTOR, letter.id, arrived=True)
    office.passes(minutes=1)
    assert state(office, letter) is RowState.SENT
    assert question(office, MENTEE).settled == case(office).settled == "it arrived"
    office.at(CHECKIN + WEEK)
    assert len(office.kinds(Kind.CHECKIN)) == 2
    assert office.kinds(Kind.INTRO) == []


def test_no_sends_it_again(office: Office) -> None:
    letter = asked_pair(office)
    outgoing.settle(office.ctx, office.workspace, MENTEE, letter.id, arrived=False)
    office.passes(minutes=1)
    assert len(office.kinds(Kind.INTRO)) == 1
    assert office.pair().introduced_at is not None
    assert question(office, MENTOR).settled == "sent again"


@pytest.mark.parametrize("first", [True, False])
def test_the_first_of_two_answers_counts_and_the_other_reads_what_that_means(
    office: Office, first: bool
) -> None:
    letter = asked_pair(office)
    outgoing.settle(office.ctx, office.workspace, MENTOR, letter.id, arrived=first)
    outgoing.settle(office.ctx, office.workspace, MENTEE, letter.id, arrived=first)
    with pytest.raises(SettledForThem) as told:
        outgoing.settle(office.ctx, office.workspace, MENTEE, letter.id, arrived=not first)
    assert ("look among your direct messages" in told.value.sentence) is first
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == (0 if first else 1)


def test_the_pair_says_nothing_before_it_is_asked(office: Office) -> None:
    letter = lost(office)
    with pytest.raises(NotAllowed):
        outgoing.settle(office.ctx, office.workspace, MENTOR, letter.id, arrived=True)


@pytest.mark.parametrize("meanwhile", ["left", "settled", "paused"])
def test_nobody_is_asked_about_what_is_over_nor_during_a_break(office: Office, meanwhile: str) -> None:
    letter = lost(office)
    if meanwhile == "left":
        members.leave(office.ctx, office.workspace, MENTOR)
    elif meanwhile == "settled":
        outgoing.settle(*office.as_lead(), letter.id, arrived=True)
    else:
        members.pause(office.ctx, office.workspace, MENTEE)
    office.passes(days=6)
    assert office.kinds(Kind.INTRO_QUESTION) == []
    assert bool(office.kinds(Kind.INTRO_CASE)) is (meanwhile == "paused")


def test_a_second_loss_is_a_new_case(office: Office) -> None:
    letter = asked_pair(office)
    outgoing.settle(office.ctx, office.workspace, MENTOR, letter.id, arrived=False)
    assert [one.id for one in lose(office, Kind.INTRO)] == [letter.id]
    office.passes(minutes=1)
    office.passes(days=4)
    assert len(office.kinds(Kind.INTRO_QUESTION)) == 4


def test_a_check_in_of_unknown_fate_counts_as_not_asked(office: Office) -> None:
    """It is unknown after a day of which nothing can be read back: its day has passed, so nobody is asked about it."""
    office.introduced()
    office.clock.time = CHECKIN
    office.tick()
    office.clock.time = CHECKIN + timedelta(days=3)
    sent = [one for one in office.every_letter() if one.notice.kind is Kind.CHECKIN]
    for letter in sent:
        leased = outgoing.lease(office.ctx, letter, "courier")
        assert leased is not None
        outgoing.give_up(office.ctx, leased, "ratelimited")
    office.tick()
    assert {state(office, one) for one in sent} == {RowState.MOOT}
    assert office.kinds(Kind.UNCONFIRMED) == []
    office.at(CHECKIN + WEEK)
    (missed, next_one) = office.checkins("UMENTEE1")
    assert (missed.state, missed.asked_at) == (CheckInState.SILENT, None)
    assert next_one.state is CheckInState.ASKED
    assert len(office.heard("UMENTEE1", Kind.CHECKIN)) == 1
