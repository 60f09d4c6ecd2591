"""Several mentors to one senior: one conversation, one introduction, one question a week, and each pair by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handlers.views import render
from mentoring.care import Nudge, PartnersRest
from mentoring.checkins import Answer
from mentoring.errors import NoCheckIn
from mentoring.for_leads import HelpAlert, PairCard
from mentoring.messages import Intro, Kind, PairClosed, Thanks
from mentoring.pairings import Pair, PairState
from program import approvals, checkins, members, outgoing, returning
from program.outgoing import RowState
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, PROPOSAL, WEEK, Office, Said, prompt

BEN = "UBEN"
ANA, CARLA, DEE = "UANA", "UCARLA", "UDEE"
TOPIC = ("Podcasting",)


def proposed(office: Office, *mentors: str, room: str = "3 together") -> list[Pair]:
    """Ben wants several mentors, and each of these can teach him."""
    office.sets_up()
    office.joins(BEN, role="learn", level=6, shares=(), wants=TOPIC, mentee_capacity=room)
    for mentor in mentors:
        office.joins(mentor, role="share", level=2, shares=TOPIC, wants=())
    office.at(PROPOSAL)
    return office.pairs


def introduced(office: Office, *mentors: str) -> list[Pair]:
    for pair in proposed(office, *(mentors or (ANA, CARLA))):
        office.approves(pair.id)
    office.delivers()
    office.at(INTRO)
    return office.pairs


def of(office: Office, mentor: str) -> Pair:
    return next(pair for pair in office.pairs if pair.mentor_id == mentor)


def intros(office: Office) -> list[Said]:
    return office.kinds(Kind.INTRO)


def words(said: Said) -> str:
    return render(said.content).text


def on_screen(office: Office, kind: Kind) -> list[str]:
    """What the messages of a kind show now, in the order in which they came."""
    return [
        render(office.on_screen[one.id]).text
        for one in office.every_letter()
        if one.notice.kind is kind and one.id in office.on_screen
    ]


def answers(office: Office, person: str, given: Answer) -> None:
    checkins.answer(office.ctx, office.workspace, person, office.checkins(person)[-1].id, given)
    office.delivers()


# --- the introduction


def test_all_are_introduced_by_one_message_in_one_conversation(office: Office) -> None:
    pairs = introduced(office, ANA, CARLA, DEE)
    (said,) = intros(office)
    assert isinstance(said.content, Intro)
    assert {pair.mentor_id for pair in said.content.pairs} == {ANA, CARLA, DEE}
    assert [one.person_id for one in said.content.hours][-1] == BEN
    assert len(said.content.hours) == 4
    assert {pair.state for pair in pairs} == {PairState.INTRODUCED}
    assert len({pair.channel for pair in pairs}) == 1
    for mentor in (ANA, CARLA, DEE):
        assert f"<@{mentor}> can teach “Podcasting”" in words(said)


def test_mentors_in_a_group_read_skills_and_shared_hours_of_each_other_and_no_more(office: Office) -> None:
    """How far two are apart and whether they share a department is for those two and the leads."""
    office.sets_up()
    learns: dict[str, Any] = {
        "role": "learn",
        "level": 6,
        "shares": (),
        "wants": TOPIC,
        "department": "Finance",
    }
    office.joins(BEN, **learns, mentee_capacity="3 together")
    for mentor, level in ((ANA, 2), (CARLA, 4)):
        office.joins(mentor, role="share", level=level, shares=TOPIC, wants=(), department="Design")
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.at(INTRO)
    (said,) = intros(office)
    assert f"<@{ANA}> can teach “Podcasting”" in words(said)
    assert "All are in everybody's working hours" in words(said)
    assert not any(word in words(said) for word in ("apart", "epartment", "Finance", "Design"))


def test_one_mentor_is_fine_and_reads_what_every_pair_reads(office: Office) -> None:
    (pair,) = introduced(office, ANA)
    assert pair.intro_of is None
    (said,) = intros(office)
    assert "Why you two" in words(said)


def test_one_by_one_each_has_a_conversation(office: Office) -> None:
    pairs = proposed(office, ANA, CARLA, room="2")
    for pair in pairs:
        office.approves(pair.id)
    office.at(INTRO)
    assert len(intros(office)) == 2
    assert len({pair.channel for pair in office.pairs}) == 2
    assert not any(pair.intro_of for pair in office.pairs)


def test_nobody_is_left_for_a_second_transaction(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few pairs a transaction takes, those who belong together are introduced together."""
    monkeypatch.setattr("program.introductions.AT_ONCE", 1)
    introduced(office, ANA, CARLA, DEE)
    assert len(intros(office)) == 1
    assert len(office.letters(Kind.INTRO, of(office, ANA).intro)) == 1


def test_it_waits_until_all_are_at_work(office: Office) -> None:
    pairs = proposed(office, ANA, CARLA)
    office.edit(CARLA, starts="12:00", ends="20:00")
    for pair in pairs:
        office.approves(pair.id)
    office.at(INTRO)
    assert intros(office) == []
    office.at(INTRO.replace(hour=12))
    assert len(intros(office)) == 1


def test_who_is_approved_by_then_is_in_it_and_the_card_says_so_before(office: Office) -> None:
    ana, carla = proposed(office, ANA, CARLA)
    office.delivers()
    (cards,) = on_screen(office, Kind.CARD)
    assert cards.count("wants several mentors together, in one conversation") == 2
    assert f"this pair goes with pair {carla.id} (<@{carla.mentor_id}>)" in cards
    office.approves(ana.id)
    office.at(INTRO)
    (said,) = intros(office)
    assert isinstance(said.content, Intro)
    assert said.content.others == ()
    (cards,) = on_screen(office, Kind.CARD)
    assert "Slack adds nobody to a conversation: once this pair is approved" in cards


def test_who_is_approved_later_opens_a_new_conversation_for_all(office: Office) -> None:
    ana, carla = proposed(office, ANA, CARLA)
    office.approves(ana.id)
    office.at(INTRO)
    before = office.pair(ana.id).channel
    approvals.approve(office.ctx, office.workspace, LEAD, carla.id)
    office.delivers()
    _, said = intros(office)
    assert f"Welcome, <@{carla.mentor_id}>." in words(said)
    assert f"with <@{ana.mentor_id}> and <@{BEN}>" in words(said)
    assert before != office.pair(ana.id).channel == office.pair(carla.id).channel
    old, _ = on_screen(office, Kind.INTRO)
    assert f"<@{carla.mentor_id}> joined since, and you have a newer conversation" in old


def test_an_introduction_that_has_not_left_yet_takes_in_who_is_approved_later(office: Office) -> None:
    """It waits for working hours, so nobody has seen it: one message is enough."""
    pairs = proposed(office, ANA, CARLA)
    office.edit(ANA, starts="14:00", ends="20:00")
    office.approves(of(office, ANA).id)
    office.at(INTRO)
    assert intros(office) == []
    approvals.approve(office.ctx, office.workspace, LEAD, of(office, CARLA).id)
    office.at(INTRO.replace(hour=15))
    (said,) = intros(office)
    assert isinstance(said.content, Intro)
    assert len(said.content.pairs) == len(pairs)
    assert said.content.talked == ()


def test_what_is_on_the_wire_stays_and_all_meet_in_the_newer_one(office: Office) -> None:
    """The first introduction may have arrived, and does, after somebody else was approved."""
    ana, carla = proposed(office, ANA, CARLA)
    office.approves(ana.id)
    office.clock.time = INTRO
    office.tick()
    (letter,) = office.letters(Kind.INTRO, ana.id)
    mail = outgoing.prepare(office.ctx, letter)
    leased = outgoing.lease(office.ctx, letter, "courier")
    assert mail
    assert leased
    approvals.approve(office.ctx, office.workspace, LEAD, carla.id)
    assert office.shows(mail, leased)
    assert office.pair(carla.id).introduced_at is None
    office.delivers()
    assert len(intros(office)) == 2
    assert office.pair(ana.id).channel == office.pair(carla.id).channel
    assert all(pair.introduced_at for pair in office.pairs)


def test_a_mentor_who_leaves_before_it_arrives_is_left_out(office: Office) -> None:
    pairs = proposed(office, ANA, CARLA, DEE)
    for pair in pairs:
        office.approves(pair.id)
    office.clock.time = INTRO
    office.tick()
    anchor = office.pair(pairs[0].intro if pairs[0].intro_of else office.pairs[0].intro)
    members.leave(office.ctx, office.workspace, anchor.mentor_id)
    office.delivers()
    (said,) = intros(office)
    assert isinstance(said.content, Intro)
    assert anchor.mentor_id not in {pair.mentor_id for pair in said.content.pairs}
    assert len(said.content.pairs) == 2
    assert sum(pair.introduced_at is not None for pair in office.pairs) == 2


# --- Slack refuses


def refuse(office: Office, error: str, *culprits: str) -> None:
    """Slack does not open the conversation that is to be opened now."""
    (letter,) = (one for one in outgoing.due(office.ctx) if one.notice.kind is Kind.INTRO)
    mail = outgoing.prepare(office.ctx, letter)
    assert mail
    outgoing.refuse(office.ctx, letter, error, None, mail.people, culprits)


def ready_to_introduce(office: Office, *mentors: str) -> None:
    for pair in proposed(office, *mentors):
        office.approves(pair.id)
    office.delivers()
    office.clock.time = INTRO
    office.tick()


@pytest.mark.parametrize("culprit", [ANA, CARLA, DEE])
def test_when_slack_refuses_one_mentor_the_others_go_on(office: Office, culprit: str) -> None:
    ready_to_introduce(office, ANA, CARLA, DEE)
    refuse(office, "user_is_restricted", culprit)
    office.delivers()
    (said,) = intros(office)
    assert isinstance(said.content, Intro)
    assert {pair.mentor_id for pair in said.content.pairs} == {ANA, CARLA, DEE} - {culprit}
    assert of(office, culprit).state is PairState.WITHDRAWN
    (told,) = {words(one) for one in office.kinds(Kind.DELIVERY_TROUBLE)}
    assert f"<@{culprit}>" in told
    # So it is on record, and not tried again in this cycle.
    assert [one.state for one in office.letters(Kind.INTRO, of(office, culprit).id)][-1] is RowState.FAILED


def test_when_slack_refuses_the_senior_nobody_is_introduced(office: Office) -> None:
    ready_to_introduce(office, ANA, CARLA)
    refuse(office, "user_is_restricted", BEN)
    office.delivers()
    assert intros(office) == []
    assert {pair.state for pair in office.pairs} == {PairState.WITHDRAWN}


def test_when_nobody_can_tell_whom_slack_means_each_is_tried_alone(office: Office) -> None:
    ready_to_introduce(office, ANA, CARLA)
    refuse(office, "user_not_visible")
    office.delivers()
    assert len(intros(office)) == 2
    assert not any(pair.intro_of for pair in office.pairs)


# --- check-ins


def test_the_senior_is_asked_once_a_week_and_each_mentor_once(office: Office) -> None:
    introduced(office)
    office.lives_until(CHECKIN + WEEK)
    assert [len(office.heard(who, Kind.CHECKIN)) for who in (BEN, ANA, CARLA)] == [2, 2, 2]
    assert len(office.checkins(BEN)) == 2
    assert f"Have you, <@{ANA}> and <@{CARLA}> met this week?" in words(office.heard(BEN, Kind.CHECKIN)[0])
    assert f"Have you, <@{BEN}> and <@{CARLA}> met this week?" in words(office.heard(ANA, Kind.CHECKIN)[0])


def test_the_week_opens_with_one_question_for_the_senior(office: Office) -> None:
    introduced(office)
    office.at(CHECKIN)
    (shown,) = checkins.open_now(office.ctx, office.workspace, BEN)
    assert {shown.partner_id, *shown.together} == {ANA, CARLA}


@pytest.mark.parametrize("who", [BEN, ANA, CARLA])
def test_whoever_says_that_they_met_says_so_for_all(office: Office, who: str) -> None:
    introduced(office)
    office.at(CHECKIN)
    answers(office, who, Answer.MET)
    office.lives_until(INTRO + timedelta(days=11))
    assert office.kinds(Kind.NUDGE) == []


def test_without_a_word_the_senior_is_nudged_once_for_all_on_the_third_day_and_the_tenth(
    office: Office,
) -> None:
    introduced(office)
    office.lives_until(INTRO + timedelta(days=11))
    nudges = office.kinds(Kind.NUDGE)
    assert [(nudged.at - INTRO).days for nudged in nudges] == [3, 10]
    for nudged in nudges:
        assert isinstance(nudged.content, Nudge)
        assert {*nudged.content.partners} == {ANA, CARLA}
        assert "the two of you" not in words(nudged)


@pytest.mark.parametrize("who", [BEN, ANA])
def test_a_call_for_help_reaches_no_one_in_the_group_even_if_they_lead(office: Office, who: str) -> None:
    introduced(office)
    office.sets_up(leads=(LEAD, CARLA))
    office.at(CHECKIN)
    answers(office, who, Answer.HELP)
    (told,) = office.kinds(Kind.HELP)
    assert told.recipient == f"person:{LEAD}"
    assert isinstance(told.content, HelpAlert)
    assert {told.content.partner_id, *told.content.together} == {BEN, ANA, CARLA} - {who}
    assert "were not told about this" in words(told)


def test_what_one_answers_is_shown_to_nobody_else(office: Office) -> None:
    introduced(office)
    office.at(CHECKIN)
    before = {row_id: render(content) for row_id, content in office.on_screen.items()}
    question = office.checkins(ANA)[-1]
    checkins.answer(office.ctx, office.workspace, ANA, question.id, Answer.NOT_YET)
    office.delivers()
    after = {row_id: render(content) for row_id, content in office.on_screen.items()}
    changed = [one for one in office.every_letter() if before.get(one.id) != after.get(one.id)]
    assert {one.notice.reader for one in changed} == {ANA}


# --- people go, rest and come back


def test_one_mentor_leaves_and_the_others_go_on(office: Office) -> None:
    introduced(office, ANA, CARLA, DEE)
    office.at(CHECKIN)
    members.leave(office.ctx, office.workspace, ANA)
    office.delivers()
    closed = {one.recipient: one for one in office.kinds(Kind.PAIR_CLOSED)}
    assert {*closed} == {f"person:{BEN}", f"person:{CARLA}", f"person:{DEE}"}
    assert f"You go on with <@{CARLA}> and <@{DEE}>" in words(closed[f"person:{BEN}"])
    assert f"<@{ANA}> is no longer in your group" in words(closed[f"person:{CARLA}"])
    (shown,) = on_screen(office, Kind.INTRO)
    assert f"<@{ANA}> is no longer in this group in the program; the others go on." in shown
    # The week's question to Ben is about those who are left, and can still be answered.
    (asked,) = (
        one
        for one in office.every_letter()
        if one.notice.key.endswith(f"person:{BEN}") and one.notice.kind is Kind.CHECKIN
    )
    assert f"Have you, <@{CARLA}> and <@{DEE}> met" in render(office.on_screen[asked.id]).text
    answers(office, BEN, Answer.MET)
    office.at(CHECKIN + WEEK)
    assert len(office.heard(BEN, Kind.CHECKIN)) == 2
    assert len(office.heard(ANA, Kind.CHECKIN)) == 1


def test_who_left_answers_no_more(office: Office) -> None:
    introduced(office)
    office.at(CHECKIN)
    question = office.checkins(ANA)[-1]
    members.leave(office.ctx, office.workspace, ANA)
    with pytest.raises(NoCheckIn):
        checkins.answer(office.ctx, office.workspace, ANA, question.id, Answer.MET)


def test_the_senior_leaves_and_each_mentor_hears_it_once(office: Office) -> None:
    introduced(office)
    members.leave(office.ctx, office.workspace, BEN)
    office.delivers()
    closed = office.kinds(Kind.PAIR_CLOSED)
    assert sorted(one.recipient for one in closed) == [f"person:{ANA}", f"person:{CARLA}"]
    assert all(isinstance(one.content, PairClosed) and one.content.together == () for one in closed)


def test_a_mentor_who_was_gone_by_mistake_is_back_in_the_group(office: Office) -> None:
    introduced(office)
    office.directory_says(ANA, deactivated=True)
    office.delivers()
    office.directory_says(ANA, deactivated=False)
    returning.resume(office.ctx, office.workspace, ANA)
    office.delivers()
    told = {one.recipient: words(one) for one in office.kinds(Kind.PAIR_GOES_ON)}
    assert {*told} == {f"person:{BEN}", f"person:{CARLA}"}
    assert f"<@{ANA}> is in your group" in told[f"person:{CARLA}"]
    assert len(intros(office)) == 1


def test_one_mentor_rests_and_the_senior_is_asked_about_the_other(office: Office) -> None:
    introduced(office)
    members.pause(office.ctx, office.workspace, ANA)
    office.delivers()
    (told,) = office.kinds(Kind.RESTING)
    assert isinstance(told.content, PartnersRest)
    assert f"You can go on with <@{CARLA}>" in words(told)
    office.at(CHECKIN)
    assert prompt(office.heard(BEN, Kind.CHECKIN)[0]).resting == ()
    assert office.heard(ANA, Kind.CHECKIN) == []
    assert len(office.heard(CARLA, Kind.CHECKIN)) == 1


def test_while_the_senior_rests_nobody_is_asked(office: Office) -> None:
    introduced(office)
    members.pause(office.ctx, office.workspace, BEN)
    office.at(CHECKIN)
    assert office.kinds(Kind.CHECKIN) == []


def test_at_the_end_all_are_thanked_once_where_they_talk(office: Office) -> None:
    introduced(office)
    office.at(office.times().ends_at)
    (said,) = office.kinds(Kind.THANKS)
    assert isinstance(said.content, Thanks)
    assert f"Thank you for taking part, <@{ANA}>, <@{CARLA}> and <@{BEN}>." in words(said)
    (letter,) = (one for one in office.every_letter() if one.notice.kind is Kind.THANKS)
    assert letter.channel == of(office, ANA).channel


def test_where_one_stands_names_all(office: Office) -> None:
    introduced(office)
    assert {*members.status(office.ctx, office.workspace, BEN).together[0]} == {ANA, CARLA}
    assert {*members.status(office.ctx, office.workspace, ANA).together[0]} == {BEN, CARLA}


def test_a_change_of_mind_later_parts_nobody(office: Office) -> None:
    introduced(office)
    office.edit(BEN, mentee_capacity="1")
    office.at(CHECKIN)
    assert len(office.heard(BEN, Kind.CHECKIN)) == 1
    cards = [one for one in office.on_screen.values() if isinstance(one, PairCard)]
    assert all(len(card.together) == 1 for card in cards)
    assert OTHER_LEAD not in {one.recipient for one in office.said}
