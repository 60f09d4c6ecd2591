"""Leads invite a channel, people join by the button, and leads read how many did."""

from __future__ import annotations

import pytest

from handlers.views import render
from mentoring.channels import Trouble
from mentoring.errors import Invalid, NotAllowed
from mentoring.invitations import AGAIN_AFTER, MAX_WORDS, Invite
from mentoring.messages import Kind
from mentoring.people import ProfileDraft
from program import inviting, profiles
from sandbox import Channel, Message
from tests.handlers.world import World
from tests.harness import every_letter

A_PROFILE = ProfileDraft(role="share", shares=("Chess",), level=1, languages=("English",))
WOULD_YOU = "Would you like to take part in"


@pytest.fixture
def general(led: World) -> Channel:
    everybody = [led.lead, led.other_lead, led.outsider, led.admin]
    return led.slack.add_channel("general", members=everybody, bot=True)


def posted(world: World, channel: Channel) -> list[Message]:
    world.delivers()
    return world.slack.messages(channel)


def test_a_lead_sees_it_before_it_is_posted_and_somebody_joins_by_it(led: World, general: Channel) -> None:
    lea, otto = led.lead, led.outsider
    lea.opens_home()
    lea.clicks("Invite people")
    lea.fills("Channel", general)
    lea.fills("A few words of yours", "Two hours a month.\nI learned a lot.")
    preview = lea.submits().view
    assert preview is not None
    assert preview.title == "Preview"
    assert "I learned a lot." in preview.text
    assert posted(led, general) == [], "nothing is posted before a lead has seen it"
    done = lea.submits().view
    assert done is not None
    assert "The invitation goes to" in done.text
    (message,) = posted(led, general)
    assert WOULD_YOU in message.text
    assert "writes: “Two hours a month.\nI learned a lot.”" in message.text
    otto.clicks("Join the program", message)
    form = otto.waits_for_modal()
    assert form.title == "Your mentoring profile"
    assert led.complaints() == []


def test_whoever_joins_by_it_is_counted_and_nobody_twice(led: World, general: Channel) -> None:
    first = inviting.invite(led.ctx, led.workspace, led.lead.id, general.id)
    for name in ("Ana Example", "Ben Example"):
        person = led.known(led.slack.add_person(name))
        for _ in range(2):
            profiles.save(led.ctx, led.workspace, person, A_PROFILE, first.id)
    led.joins("Cleo Example")
    listed = inviting.listed(led.ctx, led.workspace, led.lead.id).earlier
    assert [one.joined for one in listed] == [2]
    assert "2 people joined by it" in led.lead.types("/reverse-mentor invite").text


def test_a_channel_gets_one_invitation_and_one_reminder_in_four_weeks(led: World, general: Channel) -> None:
    lea = led.lead
    assert (
        "The invitation goes to"
        in lea.types(f"/reverse-mentor invite <#{general.id}|general> Come & see").text
    )
    assert "remind its people once" in lea.types(f"/reverse-mentor invite <#{general.id}|general>").text
    assert "It is the only one" in lea.types("/reverse-mentor invite remind 1").text
    assert "reminded of this invitation already" in lea.types("/reverse-mentor invite remind 1").text
    texts = [message.text for message in posted(led, general)]
    assert len(texts) == 2
    assert "Come &amp; see" in texts[0]
    assert texts[1].startswith("*A reminder: would you")
    led.clock.time += AGAIN_AFTER
    lea.types(f"/reverse-mentor invite <#{general.id}>")
    assert len(posted(led, general)) == 3


def test_only_leads_invite(led: World, general: Channel) -> None:
    assert (
        "Only the program's leads can do that."
        in led.outsider.types(f"/reverse-mentor invite <#{general.id}>").text
    )
    hidden = led.slack.add_channel("hidden", members=[led.lead])
    told = led.outsider.types(f"/reverse-mentor invite <#{hidden.id}>").text
    assert "Only the program's leads can do that." in told
    with pytest.raises(NotAllowed):
        inviting.invite(led.ctx, led.workspace, led.outsider.id, general.id)
    assert [one for one in every_letter(led.ctx.database) if one.notice.kind is Kind.INVITATION] == []


def test_a_channel_in_which_the_bot_cannot_post_is_refused_with_the_way_out(led: World) -> None:
    away = led.slack.add_channel("away", members=[led.lead])
    assert led.directory.posting(away.id) is Trouble.ABSENT
    assert "/invite @Reverse Mentor" in led.lead.types(f"/reverse-mentor invite <#{away.id}>").text
    led.lead.opens_home()
    led.lead.clicks("Invite people")
    led.lead.fills("Channel", away)
    led.lead.fills("A few words of yours", "These stay.")
    errors = led.lead.submits().errors
    assert "/invite @Reverse Mentor" in errors["Channel"]


@pytest.mark.parametrize("where", ["nowhere", "leads", "D0001"])
def test_what_is_no_channel_for_it_is_refused(led: World, where: str) -> None:
    channel = led.leads_channel.id if where == "leads" else where
    with pytest.raises(Invalid) as refused:
        inviting.invite(led.ctx, led.workspace, led.lead.id, channel)
    assert set(refused.value.fields) == {"channel"}


def test_too_many_words_are_refused_and_lines_stay_lines(led: World, general: Channel) -> None:
    with pytest.raises(Invalid) as refused:
        inviting.invite(led.ctx, led.workspace, led.lead.id, general.id, "x" * (MAX_WORDS + 1))
    assert set(refused.value.fields) == {"words"}
    kept = inviting.invite(led.ctx, led.workspace, led.lead.id, general.id, "  one   two \n three ")
    assert kept.words == "one two\nthree"


def test_an_invitation_follows_the_program(led: World, general: Channel) -> None:
    inviting.invite(led.ctx, led.workspace, led.lead.id, general.id)
    assert WOULD_YOU in posted(led, general)[0].text
    led.lead.types("/reverse-mentor setup")
    led.lead.fills("Name", "Other Way Round")
    led.lead.submits()
    (after,) = posted(led, general)
    assert "in Other Way Round?" in after.text


def test_once_the_introductions_have_been_it_says_so() -> None:
    invite = Invite("R", 7, "", "U1", None, ())
    assert "you can join at any time" in render(invite).text


@pytest.mark.parametrize("how", ["ext", "pending"])
def test_a_channel_that_was_shared_meanwhile_is_neither_invited_nor_reminded(
    led: World, general: Channel, how: str
) -> None:
    lea = led.lead
    lea.opens_home()
    lea.clicks("Invite people")
    lea.fills("Channel", general)
    lea.submits()
    led.slack.share(general, "ext" if how == "ext" else "pending")
    lea.submits()
    assert lea.modal is not None
    assert "People of another company are in that channel" in lea.modal.text
    assert posted(led, general) == []
    led.slack.unshare(general)
    lea.types(f"/reverse-mentor invite <#{general.id}>")
    assert len(posted(led, general)) == 1
    led.slack.share(general, "ext" if how == "ext" else "pending")
    assert (
        "People of another company are in that channel" in lea.types("/reverse-mentor invite remind 1").text
    )
    assert len(posted(led, general)) == 1
    with pytest.raises(NotAllowed):
        inviting.channel_of(led.ctx, led.workspace, led.outsider.id, 1)
