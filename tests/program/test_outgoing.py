"""Messages on their way: what their arrival means, and what becomes of those that may not have arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mentoring.checkins import REASK_AFTER, Answer
from mentoring.errors import NotAllowed, ProgramError
from mentoring.messages import Intro, Kind, Thanks, of_week, to_pair
from mentoring.pairings import PairState
from mentoring.troubles import ChannelTrouble, Unconfirmed
from program import (
    checkins,
    closing,
    inviting,
    members,
    outgoing,
    people,
    planning,
    readiness,
    returning,
    screens,
)
from program.outgoing import LEASE, SETTLE, Letter, Mail, RowState
from storage import sides
from storage.outbox import letters
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, PROPOSAL, REASK, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"


def next_letter(office: Office, kind: Kind) -> Letter:
    """The first message of this kind that is due."""
    return next(letter for letter in outgoing.due(office.ctx) if letter.notice.kind is kind)


def leased(office: Office, kind: Kind) -> Letter:
    """The same, on the wire."""
    found = outgoing.lease(office.ctx, next_letter(office, kind), "courier")
    assert found is not None
    return found


def mail(office: Office, letter: Letter) -> Mail:
    found = outgoing.prepare(office.ctx, letter)
    assert found is not None
    return found


def again(office: Office, letter: Letter) -> Letter:
    with office.ctx.database.read() as tx:
        found = letters.get(tx, letter.id)
    assert found is not None
    return found


def intro_on_its_way(office: Office) -> Letter:
    office.approved()
    office.clock.time = INTRO
    office.tick()
    return leased(office, Kind.INTRO)


def unknown_intro(office: Office) -> Letter:
    letter = intro_on_its_way(office)
    outgoing.give_up(office.ctx, letter, "timeout")
    return letter


# --- what an arrival means


def test_check_ins_begin_when_the_introduction_stands(office: Office) -> None:
    letter = intro_on_its_way(office)
    assert office.pair().introduced_at is None
    office.clock.passes(hours=30)
    assert outgoing.delivered(office.ctx, mail(office, letter), "G1", "1.1")
    pair = office.pair()
    assert (pair.introduced_at, pair.channel) == (office.clock(), "G1")
    with office.ctx.database.read() as tx:
        due = sides.checkins_due(tx, CHECKIN + timedelta(days=30), 9)
    assert {(person, at) for _, person, at in due} == {
        (person, CHECKIN + timedelta(days=7)) for person in (MENTOR, MENTEE)
    }


def test_a_delivery_counts_once(office: Office) -> None:
    letter = intro_on_its_way(office)
    assert outgoing.delivered(office.ctx, mail(office, letter), "G1", "1.1")
    assert not outgoing.delivered(office.ctx, mail(office, letter), "G2", "2.2")
    assert office.pair().channel == "G1"


def test_a_question_that_arrived_is_asked_about_in_two_days(office: Office) -> None:
    office.sets_up(checkin_weekday=0)
    office.introduced_in_place()
    office.clock.time = CHECKIN + timedelta(days=4)
    office.tick()
    office.clock.passes(hours=1)
    office.delivers()
    question = office.checkins(MENTEE)[0]
    assert (question.asked_at, question.reask_at) == (office.clock(), office.clock() + REASK_AFTER)


def test_an_update_of_a_question_changes_no_times(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    before = office.checkins(MENTEE)[0]
    office.clock.passes(hours=5)
    checkins.answer(office.ctx, office.workspace, MENTEE, before.id, Answer.PLANNED)
    office.delivers()
    after = office.checkins(MENTEE)[0]
    assert (after.asked_at, after.reask_at) == (before.asked_at, before.reask_at)


def test_an_introduction_that_came_after_the_end_begins_nothing(office: Office) -> None:
    on_the_wire = mail(office, intro_on_its_way(office))
    members.leave(office.ctx, office.workspace, MENTOR)
    assert outgoing.delivered(office.ctx, on_the_wire, "G1", "1.1")
    pair = office.pair()
    assert (pair.state, pair.introduced_at) == (PairState.ENDED, None)
    office.lives_until(CHECKIN + timedelta(days=7))
    assert office.kinds(Kind.CHECKIN) == []


# --- where messages go, and what they show


def test_mail_knows_its_place(office: Office) -> None:
    office.proposed()
    card = office.letters(Kind.CARD, 1)[0]
    assert (card.channel, card.posted) == ("CLEADS", True)
    letter = replace(intro_letter(office), channel=None)
    intro = mail(office, letter)
    assert (intro.channel, intro.people, intro.is_direct) == (None, (MENTOR, MENTEE), False)
    assert intro.place == f"{MENTOR}+{MENTEE}"
    office.delivers()
    office.at(CHECKIN)
    question = office.letters(Kind.CHECKIN, of_week(office.checkins(MENTEE)[0].week, MENTEE))[0]
    direct = mail(office, replace(question, channel=None, ts=None, state=RowState.SENT, sent_at=None))
    assert (direct.is_direct, direct.recipient, direct.people) == (True, MENTEE, (MENTEE,))
    assert not outgoing.is_for_leads(question)
    assert outgoing.is_for_leads(card)


def intro_letter(office: Office) -> Letter:
    office.approves(office.pair().id)
    office.clock.time = INTRO
    office.tick()
    return next_letter(office, Kind.INTRO)


def test_thanks_go_to_the_group_that_the_introduction_opened(office: Office) -> None:
    office.introduced()
    channel = office.pair().channel
    office.clock.time = office.times(2).intro_at
    office.tick()
    thanks = mail(office, next_letter(office, Kind.THANKS))
    assert (thanks.channel, thanks.people) == (channel, ())
    assert isinstance(thanks.content, Thanks)


def test_an_introduction_brings_what_two_people_need(office: Office) -> None:
    office.introduced()
    (said,) = office.kinds(Kind.INTRO)
    intro = said.content
    assert isinstance(intro, Intro)
    assert intro.pair.topics == ("Topic number 1",)
    assert len(intro.starters) == 3
    assert "Topic number 1" in intro.starters[0]
    assert [(one.person_id, one.starts, one.ends) for one in intro.hours] == [
        (MENTOR, 540, 1020),
        (MENTEE, 540, 1020),
    ]
    assert intro.checkin == "Thursday at 10:00"


def test_shared_hours_are_told_in_each_ones_own_time(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.unseen(MENTEE, time_zone="America/New_York")
    office.edit(MENTEE, starts="05:00", ends="12:00")
    office.at(PROPOSAL)
    office.approves(office.pair().id)
    office.at(INTRO)
    intro = office.kinds(Kind.INTRO)[0].content
    assert isinstance(intro, Intro)
    told = {one.person_id: (one.starts // 60, one.ends // 60, one.time_zone) for one in intro.hours}
    # New York changed its clocks the day before, Lisbon had not yet: four hours apart.
    assert told == {MENTEE: (5, 12, "America/New_York"), MENTOR: (9, 16, "Europe/Lisbon")}
    office.lives_until(datetime(2026, 3, 28, 12, tzinfo=UTC))
    office.at(datetime(2026, 3, 29, 12, tzinfo=UTC))  # a Sunday, on which nothing else happens
    (row,) = office.letters(Kind.INTRO, office.pair().id)
    with office.ctx.database.read() as tx:
        # It shows times to choose from, and these hours only where there are none.
        shown = screens.content(tx, office.program, row.notice)
    assert isinstance(shown, Intro)
    assert {one.person_id: (one.starts // 60, one.ends // 60) for one in shown.hours} == {
        MENTEE: (5, 12),
        MENTOR: (10, 17),  # since Lisbon changed its clocks too
    }


def test_a_refresh_while_a_message_is_rendered_is_not_lost(office: Office) -> None:
    """A card is rendered as proposed; a lead decides before it goes on the wire; the card must not stay behind."""
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL
    office.tick()
    rendered = mail(office, next_letter(office, Kind.CARD))
    office.approves(office.pair().id)
    on_the_wire = outgoing.lease(office.ctx, rendered.letter, "courier")
    assert on_the_wire is not None
    assert office.shows(rendered, on_the_wire)
    assert again(office, on_the_wire).state is RowState.READY


# --- what may not have arrived


def test_a_doubtful_message_is_looked_up_when_the_conversation_has_settled(office: Office) -> None:
    letter = intro_on_its_way(office)
    outgoing.doubt(office.ctx, letter, "timeout")
    assert outgoing.waiting(office.ctx) > 0
    assert Kind.INTRO not in {one.notice.kind for one in outgoing.due(office.ctx)}
    office.clock.time += SETTLE
    unsure = next_letter(office, Kind.INTRO)
    assert unsure.state is RowState.UNSURE
    assert outgoing.found(office.ctx, unsure, "courier", "G1", "1.1")
    # How it looks there is not known for sure: it is looked at again, and updated if that is needed.
    assert (again(office, letter).state, office.pair().channel) == (RowState.READY, "G1")
    office.delivers()
    assert again(office, letter).state is RowState.SENT
    assert office.kinds(Kind.INTRO) == []


def test_a_message_that_was_found_after_a_change_is_brought_up_to_date(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL
    office.tick()
    letter = leased(office, Kind.CARD)
    outgoing.doubt(office.ctx, letter, "timeout")
    office.approves(office.pair().id)
    office.clock.time += SETTLE
    assert outgoing.found(office.ctx, next_letter(office, Kind.CARD), "courier", "CLEADS", "1.1")
    assert again(office, letter).state is RowState.READY
    shown = [one for one in office.delivers() if one.kind is Kind.CARD]
    assert [one.is_new for one in shown] == [False]


def test_a_message_of_unknown_fate_is_shown_to_every_lead(office: Office) -> None:
    letter = unknown_intro(office)
    office.delivers()
    asked = office.kinds(Kind.UNCONFIRMED)
    assert sorted(one.recipient for one in asked) == [f"person:{LEAD}", f"person:{OTHER_LEAD}"]
    people = (MENTOR, MENTEE)
    wanted = Unconfirmed(str(letter.id), "an introduction", people, settled=None, kind=Kind.INTRO, pair_id=1)
    assert asked[0].content == asked[1].content == wanted


@pytest.mark.parametrize(("arrived", "settled"), [(True, "it arrived"), (False, "sent again")])
def test_a_lead_settles_it_once(office: Office, arrived: bool, settled: str) -> None:
    letter = unknown_intro(office)
    office.delivers()
    outgoing.settle(office.ctx, office.workspace, LEAD, letter.id, arrived)
    with pytest.raises(ProgramError, match="settled this already"):
        outgoing.settle(office.ctx, office.workspace, OTHER_LEAD, letter.id, not arrived)
    shown = [one.content for one in office.delivers() if one.kind is Kind.UNCONFIRMED]
    assert [one.settled for one in shown if isinstance(one, Unconfirmed)] == [settled, settled]
    assert len(office.kinds(Kind.INTRO)) == (0 if arrived else 1)
    # Either way the pair lives: its check-ins begin.
    assert office.pair().introduced_at == INTRO
    office.at(CHECKIN)
    assert len(office.kinds(Kind.CHECKIN)) == 2


def test_the_same_message_can_be_lost_twice(office: Office) -> None:
    letter = unknown_intro(office)
    office.delivers()
    outgoing.settle(office.ctx, office.workspace, LEAD, letter.id, arrived=False)
    office.delivers(lambda one: one.notice.kind is Kind.UNCONFIRMED)
    outgoing.give_up(office.ctx, leased(office, Kind.INTRO), "timeout")
    shown = [one.content for one in office.delivers() if one.kind is Kind.UNCONFIRMED]
    assert [one.settled for one in shown if isinstance(one, Unconfirmed)] == [None, None]
    outgoing.settle(office.ctx, office.workspace, LEAD, letter.id, arrived=True)


@pytest.mark.parametrize("person", [MENTOR, "UADMIN", "USTRANGER"])
def test_only_leads_settle(office: Office, person: str) -> None:
    letter = unknown_intro(office)
    with pytest.raises(NotAllowed):
        outgoing.settle(office.ctx, office.workspace, person, letter.id, arrived=True)


def test_what_is_not_unknown_cannot_be_settled(office: Office) -> None:
    office.proposed()
    card = office.letters(Kind.CARD, 1)[0]
    with pytest.raises(ProgramError, match="settled this already"):
        outgoing.settle(office.ctx, office.workspace, LEAD, card.id, arrived=False)
    with pytest.raises(ProgramError, match="not known here"):
        outgoing.settle(office.ctx, office.workspace, LEAD, 999, arrived=False)
    other = Office(office.ctx.database, "T2", office.clock)
    other.sets_up()
    with pytest.raises(ProgramError, match="not known here"):
        outgoing.settle(other.ctx, "T2", LEAD, card.id, arrived=False)


def test_a_question_to_the_leads_that_is_lost_is_not_asked_about(office: Office) -> None:
    unknown_intro(office)
    outgoing.give_up(office.ctx, leased(office, Kind.UNCONFIRMED), "timeout")
    office.delivers()
    assert len(office.kinds(Kind.UNCONFIRMED)) == 1


def test_an_arrived_message_at_an_unknown_place_is_not_sent_again_by_a_change(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL
    office.tick()
    letter = leased(office, Kind.CARD)
    outgoing.give_up(office.ctx, letter, "timeout")
    outgoing.settle(office.ctx, office.workspace, LEAD, letter.id, arrived=True)
    office.approves(office.pair().id)
    office.delivers()
    assert office.kinds(Kind.CARD) == []


# --- what goes wrong


def test_a_rate_limit_is_not_an_attempt(office: Office) -> None:
    letter = intro_on_its_way(office)
    outgoing.put_back(office.ctx, letter, 30, "ratelimited", counts=False)
    waiting = again(office, letter)
    assert (waiting.attempts, waiting.not_before) == (0, INTRO + timedelta(seconds=30))
    outgoing.postpone(office.ctx, waiting, 60)
    assert again(office, letter).attempts == 1


def test_a_refused_message_has_failed_and_a_vanished_one_is_let_go(office: Office) -> None:
    letter = intro_on_its_way(office)
    outgoing.fail(office.ctx, letter, "invalid_blocks")
    assert (again(office, letter).state, again(office, letter).trouble) == (RowState.FAILED, "invalid_blocks")
    card = office.letters(Kind.CARD, 1)[0]
    on_the_wire = outgoing.lease(office.ctx, card, "courier")
    assert on_the_wire is not None
    outgoing.vanished(office.ctx, on_the_wire, "message_not_found")
    assert again(office, card).state is RowState.MOOT


def test_leads_hear_once_a_day_that_their_channel_is_closed(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL
    office.tick()
    for hours in (0, 1, 24):
        office.clock.time = PROPOSAL + timedelta(hours=hours)
        outgoing.cannot_reach_leads(office.ctx, office.workspace, "CLEADS")
    office.clock.time = PROPOSAL + timedelta(days=3)
    office.delivers(lambda letter: letter.notice.kind is Kind.CHANNEL_TROUBLE)
    told = office.kinds(Kind.CHANNEL_TROUBLE)
    assert len(told) == 4
    assert told[0].content == ChannelTrouble("Upside Down", "CLEADS", chosen="CLEADS")


def test_other_channels_are_no_concern_of_the_leads(office: Office) -> None:
    outgoing.cannot_reach_leads(office.ctx, office.workspace, "CLEADS")
    office.sets_up()
    outgoing.cannot_reach_leads(office.ctx, office.workspace, "CRANDOM")
    assert office.delivers() == []


def test_trouble_with_a_channel_that_was_changed_is_moot(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL
    office.tick()
    outgoing.cannot_reach_leads(office.ctx, office.workspace, "CLEADS")
    office.sets_up(leads_channel="CNEW")
    office.delivers()
    assert office.kinds(Kind.CHANNEL_TROUBLE) == []
    assert office.letters(Kind.CARD, 1)[0].channel == "CNEW"


def test_a_vanished_sender_is_taken_over_from(office: Office) -> None:
    letter = intro_on_its_way(office)
    assert outgoing.recover(office.ctx, lambda _: False) == 0
    assert outgoing.recover(office.ctx) == 0
    assert outgoing.recover(office.ctx, lambda owner: owner == "courier") == 1
    assert again(office, letter).state is RowState.UNSURE
    second = outgoing.lease(office.ctx, again(office, letter), "courier")
    assert second is not None
    office.clock.time += LEASE + timedelta(seconds=1)
    assert outgoing.recover(office.ctx) == 1


# --- who is not written to any more


def test_a_lead_who_is_one_no_more_reads_no_call_for_help(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    question = office.checkins(MENTEE)[0]
    checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.HELP)
    office.sets_up(leads=(LEAD,))
    office.delivers()
    assert [one.recipient for one in office.kinds(Kind.HELP)] == [f"person:{LEAD}"]


def test_messages_that_waited_are_not_sent_to_whoever_left(office: Office) -> None:
    office.approved()
    office.joins("UALONE")
    office.joins("USHORT")
    members.leave(office.ctx, office.workspace, "USHORT")
    office.clock.time = INTRO
    office.tick()
    members.leave(office.ctx, office.workspace, "UALONE")
    office.delivers()
    assert office.heard("UALONE") + office.heard("USHORT") == []


def test_a_closing_word_to_two_of_whom_one_is_gone_is_let_be(office: Office) -> None:
    office.introduced()
    office.clock.time = office.times(2).intro_at
    office.tick()
    members.leave(office.ctx, office.workspace, MENTOR)
    office.delivers()
    assert office.kinds(Kind.THANKS) == []


def test_a_word_about_silence_that_waited_is_moot_after_the_return(office: Office) -> None:
    office.introduced()
    office.lives_until(CHECKIN + timedelta(days=20))
    office.clock.time = CHECKIN + timedelta(days=21)
    office.tick()
    members.resume(office.ctx, office.workspace, MENTEE)
    office.delivers()
    assert (len(office.heard(MENTOR, Kind.SILENCE)), office.heard(MENTEE, Kind.SILENCE)) == (1, [])


SHOWN_ELSEWHERE = {
    *(Kind.ASK, Kind.ASK_AGAIN, Kind.ASKS_WAIT),  # tests/program/test_ask_first.py
    *(Kind.PARTED_WHY, Kind.PAUSE_OVER, Kind.MISFIT),  # test_parting.py and test_misfits.py there
}


@pytest.mark.slow
def test_every_kind_has_come_onto_a_screen_in_these_lives(office: Office) -> None:
    """A program with a bit of everything leaves nothing behind that is not where it should be."""
    office.sets_up(cycle_weeks=6, greets=True)
    outgoing.cannot_reach_leads(office.ctx, office.workspace, "CLEADS")
    office.delivers(lambda letter: letter.notice.kind is Kind.SETUP_TROUBLE)
    for number in range(4):
        office.couple(number)
    office.joins("UALONE")
    office.joins("URESTRICTED")
    office.joins("ULACKS", level=None)
    readiness.remind(*office.as_lead())
    inviting.remind(*office.as_lead(), inviting.invite(*office.as_lead(), "CGENERAL").id)
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.clock.time = INTRO
    office.tick()
    outgoing.refuse(office.ctx, leased(office, Kind.NO_PARTNER), "user_is_restricted")
    outgoing.give_up(office.ctx, leased(office, Kind.INTRO_TIME), "timeout")
    (last,) = (one.id for one in office.pairs if one.mentor_id == "UMENTOR3")
    (lost,) = (one for one in outgoing.due(office.ctx) if one.notice == to_pair(Kind.INTRO, last))
    outgoing.give_up(office.ctx, lost, "timeout")
    outgoing.cannot_reach_leads(office.ctx, office.workspace, "CLEADS")
    office.delivers()
    rests = next(one for one in office.pairs if one.mentor_id == "UMENTOR1")
    closing.rest(*office.as_lead(), rests.id, office.clock().date() + timedelta(days=1))
    office.lives_until(REASK)
    question = office.checkins("UMENTEE0")[0]
    checkins.answer(office.ctx, office.workspace, "UMENTEE0", question.id, Answer.HELP)
    members.leave(office.ctx, office.workspace, "UMENTOR2")
    office.directory_says("UMENTEE1", deactivated=True)
    office.delivers()
    office.directory_says("UMENTEE1", deactivated=False)
    returning.resume(office.ctx, office.workspace, "UMENTEE1")
    met = next(one for one in office.pairs if one.mentor_id == "UMENTOR0")
    planning.plan(office.ctx, office.workspace, "UMENTOR0", met.id, office.clock() + timedelta(hours=2))
    for week in range(3):
        office.lives_until(max(office.clock(), CHECKIN + week * WEEK))
        stuck = office.checkins("UMENTOR0")[-1]
        checkins.answer(office.ctx, office.workspace, "UMENTOR0", stuck.id, Answer.NOT_YET)
    office.delivers()
    office.directory_says("UMENTEE1", admin=True)
    for lead in (LEAD, OTHER_LEAD):
        people.gone(office.ctx, office.workspace, lead)
    office.directory_says("UMENTEE1", deactivated=True)
    office.directory_says("UMENTEE1", deactivated=False)
    office.lives_until(office.times(2).intro_at + timedelta(days=1))
    assert {one.kind for one in office.said if one.is_new} == set(Kind) - SHOWN_ELSEWHERE
    assert outgoing.waiting(office.ctx) == 0
