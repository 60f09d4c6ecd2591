"""The leads' channel: what Slack says about one, and what goes there while it is not fit."""

from __future__ import annotations

import itertools
from typing import Any, Literal

import pytest

from handlers import payloads
from mentoring.channels import ChannelFacts, Trouble, trouble_with
from mentoring.messages import Kind
from program import inviting
from program.outgoing import RowState
from sandbox import Message, Person
from tests.bot.post_office import PostOffice

INFO, POST, UPDATE = "conversations.info", "chat.postMessage", "chat.update"
FLAGS = ("is_private", "is_ext_shared", "is_pending_ext_shared", "is_shared", "is_org_shared", "is_archived")
OBJECTS: list[dict[str, Any]] = [
    {name: value for name, value in zip((*FLAGS, "is_member"), values, strict=True) if value is not None}
    for values in itertools.product((True, False, None), repeat=len(FLAGS) + 1)
]


def troubles(lead: Person) -> list[Message]:
    return [one for one in lead.messages() if "I cannot post in" in one]


def test_every_object_of_slacks_is_read_as_it_is_meant() -> None:
    for about in OBJECTS:
        trouble = trouble_with(payloads.channel_facts(about))
        inside = not any(about.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared"))
        inside = inside and (not about.get("is_shared") or bool(about.get("is_org_shared")))
        private, there = about.get("is_private", True), about.get("is_member", True)
        assert (trouble is None) == (inside and private and there and not about.get("is_archived")), about
        if not inside or not private:
            assert trouble in (Trouble.SHARED, Trouble.PUBLIC), (
                "worse than being closed, so that nobody opens it up"
            )


@pytest.mark.parametrize(
    "bare", [{}, None, "C1", {"id": "C1"}, {"id": "C1", "name": "leads"}, {"is_private": None}]
)
def test_what_is_left_out_counts_as_fine(bare: object) -> None:
    assert payloads.channel_facts(bare) == ChannelFacts()
    assert trouble_with(ChannelFacts()) is None


@pytest.mark.parametrize("flag", ["is_im", "is_mpim"])
def test_a_direct_message_is_no_channel(flag: str) -> None:
    assert trouble_with(payloads.channel_facts({flag: True, "is_private": True})) is Trouble.NO_CHANNEL


def test_another_company_that_was_invited_counts_before_it_is_there() -> None:
    assert trouble_with(payloads.channel_facts({"pending_shared": ["T2"]})) is Trouble.SHARED
    assert (
        trouble_with(payloads.channel_facts({"pending_shared": ["T2"], "is_pending_ext_shared": False}))
        is None
    )


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("channel_not_found", Trouble.ABSENT),
        ("missing_scope", Trouble.UNSEEN),
        ("channel_is_limited_access", Trouble.UNSEEN),
        ("team_access_not_granted", Trouble.UNSEEN),
        ("internal_error", Trouble.UNKNOWN),
        ("invalid_auth", Trouble.UNKNOWN),
        ("an_error_of_2031", Trouble.UNKNOWN),
        ("unknown_method", None),
    ],
)
def test_a_channel_that_slack_does_not_show(office: PostOffice, error: str, trouble: Trouble | None) -> None:
    office.slack.faults.error(INFO, error)
    assert office.directory.channel(office.leads_channel.id) is trouble


def test_when_slack_cannot_be_asked_nothing_is_known_and_nothing_kept(office: PostOffice) -> None:
    channels = office.directory.channels
    for trouble in (office.slack.faults.http_error, office.slack.faults.reset):
        trouble(INFO)
        assert channels.known(office.leads_channel.id) is Trouble.UNKNOWN
        assert channels.known(office.leads_channel.id) is None
        channels.forget(office.leads_channel.id)
    office.slack.faults.http_error(INFO, status=404)
    assert channels.look(office.leads_channel.id) is Trouble.UNKNOWN
    office.slack.faults.ratelimit(INFO, retry_after=60)
    asked = len(office.calls(INFO))
    for _ in range(3):
        assert channels.look(office.leads_channel.id) is Trouble.UNKNOWN
    assert len(office.calls(INFO)) == asked + 1
    office.passes(seconds=61)
    assert channels.look(office.leads_channel.id) is None


def test_a_flood_of_cards_looks_once(office: PostOffice) -> None:
    for number in range(11):  # up to five cards are one message
        office.couple(f"Topic {number}")
    office.matches()
    office.lives_for(seconds=20)
    assert len(office.cards()) == 3
    assert len(office.calls(INFO)) == 1


def opened_up(office: PostOffice, how: str) -> None:
    if how == "public":
        office.slack.convert(office.leads_channel, private=False)
    else:
        office.slack.share(office.leads_channel, "ext" if how == "shared" else "pending")


def closed_again(office: PostOffice) -> None:
    office.slack.convert(office.leads_channel, private=True)
    office.slack.unshare(office.leads_channel)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("how", ["public", "shared", "pending"])
def test_nothing_is_posted_where_others_read_along(office: PostOffice, how: str) -> None:
    office.couple()
    office.delivers()
    opened_up(office, how)
    office.matches()
    before = len(office.calls())
    office.delivers()
    office.lives_for(seconds=1200, step=10)
    assert office.lead.messages(office.leads_channel) == []
    assert [one for one in office.calls()[before:] if one.args["channel"] == office.leads_channel.id] == []
    assert len(office.calls(INFO)) <= 5, "a look every five minutes"
    for lead in (office.lead, office.other_lead):
        (told,) = troubles(lead)
        assert ("it is public" if how == "public" else "shared with another company") in told
        assert "/invite @Reverse Mentor" in told
        assert "What I have to say there waits." in told
    assert set(office.states(Kind.CARD)) == {RowState.READY}
    closed_again(office)
    office.lives_for(seconds=310, step=10)
    assert len(office.cards()) == 1


@pytest.mark.parametrize("how", ["public", "shared", "pending"])
def test_what_stands_there_is_not_brought_up_to_date_either(office: PostOffice, how: str) -> None:
    office.couple()
    office.matches()
    office.lives_for(seconds=5)
    opened_up(office, how)
    office.passes(minutes=6)
    office.approves(1)
    office.lives_for(seconds=60, step=5)
    assert office.calls(UPDATE) == []
    assert len(troubles(office.lead)) == 1
    closed_again(office)
    office.lives_for(seconds=310, step=10)
    assert "Approved by @Lea Lead" in office.cards()[0]


def test_a_day_later_they_hear_again(office: PostOffice) -> None:
    office.couple()
    office.slack.convert(office.leads_channel, private=False)
    office.matches()
    for _ in range(3 * 24):
        office.passes(hours=1)
    assert 3 <= len(troubles(office.lead)) <= 4


def test_a_channel_shared_inside_the_organization_is_fine(office: PostOffice) -> None:
    office.couple()
    office.slack.share(office.leads_channel, "org")
    office.matches()
    office.lives_for(seconds=5)
    assert len(office.cards()) == 1


def test_when_nobody_can_tell_it_waits_and_nobody_is_alarmed(office: PostOffice) -> None:
    office.couple()
    office.slack.faults.http_error(INFO, times=1000)
    office.matches()
    office.lives_for(seconds=300, step=10)
    assert office.cards() == []
    assert troubles(office.lead) == []
    assert len(office.calls(INFO)) <= 11
    office.slack.faults.clear()
    office.lives_for(seconds=40)
    assert len(office.cards()) == 1


def test_a_missing_scope_is_told(office: PostOffice) -> None:
    office.couple()
    office.slack.revoke_scopes("groups:read")
    office.matches()
    office.lives_for(seconds=20)
    (told,) = troubles(office.lead)
    assert "Slack does not let me look whether it is private" in told
    assert office.cards() == []


def test_cards_in_a_channel_that_was_the_leads_before_and_is_public_now_are_let_go(
    office: PostOffice,
) -> None:
    office.couple()
    office.matches()
    office.lives_for(seconds=5)
    other = office.slack.add_channel("leads-again", members=[office.lead], private=True, bot=True)
    office.sets_up(leads_channel=other.id)
    office.slack.convert(office.leads_channel, private=False)
    office.passes(minutes=6)
    office.approves(1)
    office.lives_for(seconds=20)
    assert office.calls(UPDATE) == []
    assert office.states(Kind.CARD) == [RowState.MOOT]
    assert troubles(office.lead) == []


@pytest.mark.parametrize("error", ["restricted_action", "restricted_action_read_only_channel", "is_archived"])
def test_a_post_that_a_rule_forbids_is_tried_a_handful_of_times_a_day(office: PostOffice, error: str) -> None:
    office.couple()
    office.delivers()
    office.slack.faults.error(POST, error, times=1)
    office.matches()
    before = len(office.calls())
    office.delivers()
    office.lives_for(seconds=15)
    (told,) = troubles(office.lead)
    assert (error in told) == (error != "is_archived")
    for _ in range(6 * 24):
        office.slack.faults.error(POST, error, times=1)
        office.courier.run_once()
        office.slack.faults.clear()
        office.passes(minutes=10)
    tried = [
        one for one in office.calls()[before:] if one.args["channel"] == office.leads_channel.id and one.error
    ]
    assert len(tried) <= 7


@pytest.mark.parametrize("how", ["ext", "pending", "org", "public"])
def test_an_invitation_that_waits_stays_away_from_another_company(office: PostOffice, how: str) -> None:
    general = office.slack.add_channel("general", members=[office.lead], private=True, bot=True)
    inviting.invite(office.ctx, office.workspace, office.lead.id, general.id)
    shared: dict[str, Literal["ext", "pending", "org"]] = {"ext": "ext", "pending": "pending", "org": "org"}
    if how == "public":
        office.slack.convert(general, private=False)
    else:
        office.slack.share(general, shared[how])
    office.delivers()
    outside = how in ("ext", "pending")
    assert len(office.lead.messages(general)) == (0 if outside else 1)
    assert office.states(Kind.INVITATION) == [RowState.MOOT if outside else RowState.SENT]


def test_an_invitation_waits_while_nobody_can_say_who_reads_it(office: PostOffice) -> None:
    general = office.slack.add_channel("general", members=[office.lead], private=True, bot=True)
    inviting.invite(office.ctx, office.workspace, office.lead.id, general.id)
    office.slack.faults.http_error(INFO, times=1)
    office.delivers()
    assert office.lead.messages(general) == []
    office.lives_for(seconds=40)
    assert len(office.lead.messages(general)) == 1
