"""The courier against a Slack that answers, refuses, fails, and says nothing."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from mentoring.messages import Kind, Notice, to_leads
from mentoring.people import Standing
from program import members, outgoing
from program.outgoing import RowState
from storage import members as stored
from storage.outbox import outbox
from tests.bot.post_office import PostOffice

POST, UPDATE, OPEN, HISTORY = "chat.postMessage", "chat.update", "conversations.open", "conversations.history"
INFO = "conversations.info"


def somebody_joins(office: PostOffice, name: str = "Ana") -> None:
    office.joins(name, 2, shares=("Podcasting",))


# What goes well


def test_a_message_is_posted_once_with_its_id(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=5)
    (welcome,) = office.welcomes(ana)
    (row,) = office.letters(Kind.WELCOME)
    assert welcome.metadata == {"event_type": "reverse_mentor_message", "event_payload": {"id": row.token}}
    assert (row.state, row.channel, row.ts) == (RowState.SENT, ana.dm.id, welcome.ts)
    assert len(office.calls()) == 1
    assert office.calls(HISTORY) == [], "what was never tried needs no look"


def test_a_change_updates_the_message_that_stands(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.delivers()
    posts = len(office.calls())
    office.approves(1)
    office.passes(seconds=6)
    assert "Approved by @Lea Lead" in office.cards()[0]
    assert len(office.calls()) == posts
    assert len(office.calls(UPDATE)) == 2, "the card and, once, the summary"


def test_a_message_that_makes_no_sense_any_more_is_not_sent(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    members.leave(office.ctx, office.workspace, ana.id)
    office.delivers()
    assert office.calls() == []
    assert office.states(Kind.WELCOME) == [RowState.MOOT]


# Slack asks to slow down


def test_a_rate_limit_is_waited_for_and_is_no_attempt(office: PostOffice) -> None:
    office.slack.faults.ratelimit(POST, retry_after=30)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=29)
    assert len(office.calls()) == 1
    assert office.letters(Kind.WELCOME)[0].attempts == 0
    office.lives_for(seconds=2)
    assert len(office.welcomes(ana)) == 1
    assert len(office.calls()) == 2


def test_a_rate_limit_holds_its_conversation_and_no_other(office: PostOffice) -> None:
    office.couple()
    office.couple("Short video")
    office.delivers()
    before = len(office.calls())
    office.matches()
    office.slack.faults.ratelimit(POST, retry_after=30)
    office.delivers()
    ben = office.joins("Ben", 3, shares=("Prompting",))
    office.lives_for(seconds=25)
    assert len(office.calls()) == before + 2, "one card that was refused, and Ben's welcome"
    assert len(office.welcomes(ben)) == 1
    office.lives_for(seconds=10)
    assert len(office.cards()) == 1


def test_a_rate_limit_of_updates_holds_all_updates(office: PostOffice) -> None:
    office.couple()
    office.couple("Short video")
    office.matches()
    office.delivers()
    office.lives_for(seconds=5)
    office.slack.faults.ratelimit(UPDATE, retry_after=20)
    office.approves(1, 2)
    office.lives_for(seconds=19)
    assert len(office.calls(UPDATE)) == 1
    office.lives_for(seconds=5)
    assert all("Approved by @Lea Lead" in card for card in office.cards())


def test_a_rate_limit_of_opening_holds_all_introductions(office: PostOffice) -> None:
    couples = [office.couple(topic) for topic in ("Podcasting", "Short video", "Prompting")]
    office.matches()
    office.delivers()
    office.lives_for(seconds=5)
    office.slack.faults.ratelimit(OPEN, retry_after=40)
    office.approves(1, 2, 3)
    office.introduces()
    office.lives_for(seconds=39)
    assert len(office.calls(OPEN)) == 1
    office.lives_for(seconds=5)
    assert [len(office.introductions(mentor)) for mentor, _ in couples] == [1, 1, 1]


def test_a_rate_limit_of_looking_holds_all_looks(office: PostOffice) -> None:
    office.slack.faults.reset(POST, times=2)
    somebody_joins(office, "Ana")
    somebody_joins(office, "Ben")
    office.delivers()
    office.slack.faults.ratelimit(HISTORY, retry_after=30)
    office.lives_for(seconds=35)
    assert len(office.calls(HISTORY)) == 1
    office.lives_for(seconds=10)
    assert office.states(Kind.WELCOME) == [RowState.SENT, RowState.SENT]


def test_thirty_introductions_stay_below_slacks_limits(office: PostOffice) -> None:
    """Slack allows `conversations.open` 50 times a minute (tier 3); 30 at once must be spread."""
    topics = [f"Topic number {number}" for number in range(30)]
    for topic in topics:
        office.couple(topic)
    office.matches()
    office.lives_for(seconds=30)
    office.approves(*range(1, 31))
    office.introduces()
    office.lives_for(seconds=60)
    opened = [call.at for call in office.calls(OPEN)]
    assert max(sum(start <= at < start + timedelta(minutes=1) for at in opened) for start in opened) <= 50
    office.lives_for(seconds=30)
    assert len(opened) == 30
    assert office.undelivered() == 0


# Slack fails and says so


def test_a_failure_before_the_effect_is_tried_again(office: PostOffice) -> None:
    office.slack.faults.http_error(POST, times=3)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=120)
    assert len(office.welcomes(ana)) == 1
    assert len(office.calls()) == 4


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_failure_after_the_effect_is_found_in_a_direct_message(office: PostOffice, status: int) -> None:
    office.slack.faults.http_error(POST, status=status, after_effect=True)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=9)
    assert office.calls(HISTORY) == [], "the history needs ten seconds to settle"
    office.lives_for(seconds=5)
    assert len(office.welcomes(ana)) == len(office.calls()) == 1
    assert office.states(Kind.WELCOME) == [RowState.SENT]


def test_a_conversation_that_fails_is_tried_once_in_a_round(office: PostOffice) -> None:
    office.couple()
    office.couple("Short video")
    office.delivers()
    before = len(office.calls())
    office.slack.faults.http_error(POST, times=2)
    office.matches()
    office.delivers()
    assert len(office.calls()) == before + 1, "two messages wait, and one of them has met the failure"
    office.lives_for(seconds=30)
    assert len(office.cards()) == 1


def test_retries_come_twice_as_late_each_time(office: PostOffice) -> None:
    office.couple()
    office.delivers()
    office.slack.faults.http_error(POST, seconds=3600)
    office.matches()
    before = len(office.calls())
    office.delivers()
    for _ in range(24):
        office.passes(minutes=5)
    tried = [call for call in office.calls()[before:] if call.args["channel"] == office.leads_channel.id]
    assert len(tried) <= 2 * 12, "two messages, each at 0, 2, 6, 14, 30, 62 … seconds and later"
    office.slack.faults.clear()
    office.passes(hours=1)
    office.passes(seconds=5)
    assert len(office.cards()) == 1


def test_a_post_that_fails_for_a_day_is_told_as_unknown(office: PostOffice) -> None:
    office.couple()
    office.delivers()
    office.slack.faults.http_error(POST, times=100)
    office.matches()
    office.lives_for(seconds=30)
    for _ in range(30):
        office.passes(hours=1)
    assert office.states(Kind.CARD) == [RowState.UNKNOWN]
    office.slack.faults.clear()
    office.lives_for(seconds=3700, step=100)
    for lead in (office.lead, office.other_lead):
        assert any("the card of a proposed pair" in one for one in office.asked_about(lead))


def test_an_update_is_repeated_for_as_long_as_it_takes(office: PostOffice) -> None:
    """An old message must not be given up at the first failure of an update, days after it was posted."""
    office.couple()
    office.matches()
    office.delivers()
    office.passes(days=3)
    office.slack.faults.http_error(UPDATE, times=2)
    office.approves(1)
    office.lives_for(seconds=30)
    assert "Approved by @Lea Lead" in office.cards()[0]
    assert office.asked_about(office.lead) == []


def test_slack_that_cannot_be_reached_is_tried_again(office: PostOffice) -> None:
    nowhere = WebClient(office.slack.bot_token, base_url="http://127.0.0.1:1/api/", retry_handlers=[])
    there, office.courier = office.courier, office.hires(nowhere)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=10)
    assert office.states(Kind.WELCOME) == [RowState.READY], "nothing of it is uncertain"
    office.courier = there
    office.lives_for(seconds=30)
    assert len(office.welcomes(ana)) == 1


# Slack says nothing


@pytest.mark.parametrize("arrived", [True, False])
def test_without_an_answer_a_direct_message_is_looked_for(office: PostOffice, arrived: bool) -> None:
    office.slack.faults.reset(POST, after_effect=arrived)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    assert office.states(Kind.WELCOME) == [RowState.UNSURE]
    office.lives_for(seconds=9)
    assert office.calls(HISTORY) == []
    office.lives_for(seconds=5)
    assert len(office.welcomes(ana)) == 1
    assert len(office.calls()) == (1 if arrived else 2)
    assert office.asked_about(office.lead) == []


def test_without_an_answer_from_the_leads_channel_the_leads_are_asked(office: PostOffice) -> None:
    office.couple()
    office.delivers()
    office.slack.faults.reset(POST, after_effect=True, times=2)  # the summary and the card
    office.matches()
    office.delivers()
    office.lives_for(seconds=15)
    assert office.states(Kind.CARD) == [RowState.UNKNOWN]
    for lead in (office.lead, office.other_lead):
        (question,) = office.asked_about(lead)
        assert "these 2 messages arrived" in question
        assert question.buttons == ("Send all again", "They all arrived", "Look one by one")
    assert office.calls(HISTORY) == [], "the bot may not read that channel"


def test_a_second_silence_asks_again_where_it_was_asked(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.delivers()
    office.approves(1)
    office.slack.faults.reset(POST)
    office.introduces()
    office.delivers()
    office.lives_for(seconds=15)
    (row,) = office.letters(Kind.INTRO)
    office.slack.faults.reset(POST)
    outgoing.settle(office.ctx, office.workspace, office.lead.id, row.id, arrived=False)
    office.delivers()
    office.lives_for(seconds=15)
    assert office.states(Kind.INTRO) == [RowState.UNKNOWN]
    (question,) = office.asked_about(office.lead)
    assert question.buttons == ("Send it again", "It arrived")


def test_an_introduction_of_unknown_fate_that_arrived_begins_the_check_ins(office: PostOffice) -> None:
    mentor, _ = office.couple()
    office.matches()
    office.delivers()
    office.approves(1)
    office.slack.faults.reset(POST, after_effect=True)
    office.introduces()
    office.delivers()
    office.lives_for(seconds=15)
    assert office.pair().introduced_at is None
    (row,) = office.letters(Kind.INTRO)
    outgoing.settle(office.ctx, office.workspace, office.lead.id, row.id, arrived=True)
    office.delivers()
    assert office.pair().introduced_at == office.clock.time
    assert len(office.introductions(mentor)) == 1


def test_what_cannot_be_looked_for_is_asked_about(office: PostOffice) -> None:
    office.slack.revoke_scopes("im:history")
    office.slack.faults.reset(POST)
    somebody_joins(office)
    office.delivers()
    office.lives_for(seconds=15)
    assert office.states(Kind.WELCOME) == [RowState.UNKNOWN]
    assert len(office.asked_about(office.lead)) == 1


def test_an_unknown_error_counts_as_no_answer(office: PostOffice) -> None:
    office.slack.faults.error(POST, "a_new_error_of_2031", after_effect=True)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=15)
    assert len(office.welcomes(ana)) == len(office.calls()) == 1


# The bot vanishes


def test_what_was_on_the_wire_is_looked_for_after_a_restart(office: PostOffice) -> None:
    office.slack.faults.reset(POST, after_effect=True)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    (row,) = office.letters(Kind.WELCOME)
    outgoing.lease(office.ctx, row, "a bot that was killed")
    office.courier = office.hires()
    outgoing.recover(office.ctx, lambda owner: owner == "a bot that was killed")
    assert office.states(Kind.WELCOME) == [RowState.UNSURE]
    office.delivers()
    office.lives_for(seconds=25)
    assert len(office.welcomes(ana)) == 1


def test_another_process_is_left_in_peace_until_its_lease_is_over(office: PostOffice) -> None:
    somebody_joins(office)
    (row,) = office.letters(Kind.WELCOME)
    outgoing.lease(office.ctx, row, "another replica")
    outgoing.recover(office.ctx)
    assert office.states(Kind.WELCOME) == [RowState.SENDING]
    office.clock.time += outgoing.LEASE + timedelta(seconds=1)
    outgoing.recover(office.ctx)
    assert office.states(Kind.WELCOME) == [RowState.UNSURE]


def test_the_thread_delivers_until_it_is_stopped(office: PostOffice) -> None:
    office.courier.start()
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.courier.wake()
    ana.waits_to_see("You are in *Reverse mentoring*")
    office.courier.stop()
    ben = office.joins("Ben", 2, shares=("Podcasting",))
    assert office.courier.run_once() == 0
    assert office.welcomes(ben) == []


# People, conversations and settings


def test_somebody_whom_slack_does_not_know_leaves_the_program(office: PostOffice) -> None:
    office.slack.faults.error(POST, "user_not_found")
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=60)
    assert office.states(Kind.WELCOME) == [RowState.FAILED]
    with office.database.read() as tx:
        member = stored.get(tx, 1, ana.id)
    assert member is not None
    assert member.standing is Standing.LEFT
    assert len(office.calls()) == 1


def test_an_introduction_to_somebody_who_just_left_is_let_go(office: PostOffice) -> None:
    mentor, mentee = office.couple()
    office.matches()
    office.approves(1)
    office.delivers()
    office.introduces()
    office.slack.faults.drop_events("user_change")
    office.slack.deactivate(mentee)
    office.delivers()
    office.lives_for(seconds=10)
    assert office.states(Kind.INTRO) == [RowState.MOOT]
    assert "One of the two is not in the workspace any more." in office.cards()[0]
    assert mentor.group_dms() == []
    assert len(office.calls(OPEN)) == 1


def test_a_message_that_was_deleted_is_not_posted_again(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.delivers()
    office.slack.delete_message(office.cards()[0])
    office.approves(1)
    office.lives_for(seconds=10)
    assert office.cards() == []
    assert office.states(Kind.CARD) == [RowState.MOOT]


def test_a_layout_that_slack_refuses_goes_out_as_plain_text(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.faults.error(POST, "invalid_blocks")
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    (welcome,) = office.welcomes(ana)
    assert welcome.blocks == ()
    assert "Slack refused its layout (invalid_blocks" in caplog.text


def test_a_refused_update_shows_plain_text_too(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.delivers()
    office.slack.faults.error(UPDATE, "invalid_blocks")
    office.approves(1)
    office.lives_for(seconds=10)
    (card,) = office.cards()
    assert "Approved by @Lea Lead" in card
    assert card.buttons == ()


def test_a_message_that_slack_never_takes_fails_for_a_reason_on_record(office: PostOffice) -> None:
    office.slack.faults.error(POST, "msg_too_long", times=2)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=60)
    (row,) = office.letters(Kind.WELCOME)
    assert (row.state, row.trouble) == (RowState.FAILED, "msg_too_long")
    assert len([call for call in office.calls() if call.args["channel"] == ana.id]) == 2


def test_a_workspace_where_a_user_id_is_no_channel(office: PostOffice) -> None:
    office.slack.faults.error(POST, "channel_not_found")
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    assert len(office.welcomes(ana)) == 1
    assert len(office.calls(OPEN)) == 1


@pytest.mark.parametrize("how", ["kicked", "archived"])
def test_a_leads_channel_that_cannot_be_used_is_told_once_and_mended(office: PostOffice, how: str) -> None:
    office.couple()
    office.couple("Short video")
    office.delivers()
    if how == "kicked":
        office.slack.kick_bot(office.leads_channel)
    else:
        office.slack.archive(office.leads_channel)
    before, looked = len(office.calls()), len(office.calls(INFO))
    office.matches()
    office.delivers()
    office.lives_for(seconds=600, step=10)
    for lead in (office.lead, office.other_lead):
        assert sum("I cannot post in #mentoring-leads" in one for one in lead.messages()) == 1
    in_channel = [one for one in office.calls()[before:] if one.args["channel"] == office.leads_channel.id]
    assert len(in_channel) == 0, "nothing is tried where a look says that it cannot be"
    assert len(office.calls(INFO)) - looked == 3, "one look, every five minutes"
    if how == "kicked":
        office.slack.invite_bot(office.leads_channel)
    else:
        office.slack.unarchive(office.leads_channel)
    office.lives_for(seconds=310, step=10)
    assert len(office.cards()) == 1


def test_another_leads_channel_has_everything_at_once(office: PostOffice) -> None:
    office.couple()
    office.delivers()
    office.slack.archive(office.leads_channel)
    office.matches()
    office.delivers()
    other = office.slack.add_channel("leads-again", members=[office.lead], private=True, bot=True)
    office.sets_up(leads_channel=other.id)
    office.lives_for(seconds=5)
    assert [one for one in office.lead.messages(other) if "Mentor (teaches)" in one]


def test_an_old_channel_that_is_gone_is_no_trouble_of_the_new_one(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.delivers()
    other = office.slack.add_channel("leads-again", members=[office.lead], private=True, bot=True)
    office.sets_up(leads_channel=other.id)
    office.slack.archive(office.leads_channel)
    office.approves(1)
    office.lives_for(seconds=30)
    assert len(office.calls(UPDATE)) >= 1
    assert not [one for one in office.lead.messages() if "I cannot post" in one]


def test_a_dead_token_is_tried_with_one_message_at_a_time(office: PostOffice) -> None:
    for name in ("Ana", "Ben", "Cleo", "Dan"):
        somebody_joins(office, name)
    office.slack.faults.error(POST, "token_revoked", times=2)
    office.delivers()
    office.lives_for(seconds=500, step=10)
    assert len(office.calls()) == 2, "at once, and after five minutes"
    office.lives_for(seconds=200, step=10)
    assert office.states(Kind.WELCOME) == [RowState.SENT] * 4


# Defects of our own


def test_one_message_that_cannot_be_shown_does_not_hold_up_the_others(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    with office.database.write() as tx:
        outbox.put(tx, 1, Notice(Kind.CARD, "no number", "leads"), office.clock.time)
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    with caplog.at_level(logging.ERROR, logger="bot.delivery.courier"):
        office.delivers()
        office.lives_for(seconds=60)
    assert len(office.welcomes(ana)) == 1
    assert len(caplog.records) <= 8, "put off twice as long each time"


def test_the_order_of_a_conversation_is_kept_when_its_first_message_has_to_wait(office: PostOffice) -> None:
    office.couple()
    office.delivers()
    office.slack.faults.ratelimit(POST, retry_after=5)
    office.matches()
    with office.database.write() as tx:
        outbox.put(tx, 1, to_leads(Kind.INTRO_TIME, 1), office.clock.time)
    office.delivers()
    office.lives_for(seconds=10)
    said = [one.full_text for one in office.lead.messages(office.leads_channel)]
    assert [
        "Cycle 1 of Reverse mentoring" in said[0],
        "Mentor" in said[1],
        "is introduced this time" in said[2],
    ] == [True] * 3
