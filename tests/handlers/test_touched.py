"""A press on a message of which nobody knew whether it arrived: its row learns where it stands, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from bot.slack import post as slack_post
from handlers.ids import Action
from handlers.touched import KINDS
from handlers.views import render
from mentoring.ask_first import AskedFirst, AsksWait
from mentoring.care import IntroCase, IntroQuestion, PartnersRest
from mentoring.checkins import Answer
from mentoring.digest import Digest
from mentoring.for_leads import HelpAlert, Misfit, PairCard, PairCards, Summary
from mentoring.greeting import SetUpTrouble
from mentoring.invitations import Invite
from mentoring.messages import (
    Back,
    CheckInQuestions,
    Content,
    Intro,
    Kind,
    NoPartner,
    Notice,
    PairClosed,
    SilencePause,
    Welcome,
    to_person,
)
from mentoring.pacts import Unsigned
from mentoring.pairings import PairState
from mentoring.partings import PauseOver
from mentoring.readers import BothOfPair, Conversation
from mentoring.readiness import GetReady, NextCycle
from mentoring.troubles import ChannelTrouble, ManyUnconfirmed, NoLead, Unconfirmed
from program import (
    agreements,
    ask_first,
    before_intro,
    calls,
    cases,
    checkins,
    inviting,
    matters,
    members,
    misfits,
    outgoing,
    parting,
    people,
    planning,
    readiness,
    screens,
    seeing,
)
from program.notices import channel_subject
from program.outgoing import LEASE, RowState
from sandbox import Message, Person
from storage import asks, pairs, programs, tables
from storage import checkins as stored_checkins
from storage import members as stored_members
from storage.outbox import letters, outbox
from storage.outbox.letters import Letter
from storage.states import Settled
from tests.effort import usually
from tests.handlers import raw
from tests.handlers.views.checks import buttons
from tests.handlers.world import World
from tests.harness import every_letter
from tests.house import spoken

NOBODY_KNOWS = "Slack did not say whether this message arrived"

# What is lost: a letter of each kind that has buttons, the person who presses one, and which


def a_welcome(world: World) -> tuple[Person, str]:
    return world.joins("Ana Example"), "Open my profile"


def a_digest(world: World) -> tuple[Person, str]:
    world.couple()
    world.proposes()
    world.approves(1)
    world.introduces()
    world.delivers()
    assert seeing.due(world.ctx) == 1
    return world.lead, "Show"


def a_card(world: World) -> tuple[Person, str]:
    world.couple()
    world.matches()
    return world.lead, "Approve"


def a_summary(world: World) -> tuple[Person, str]:
    """Of more pairs than get cards of their own."""
    world.couple()
    world.matches()
    with world.ctx.database.write() as tx:
        tx.execute(delete(tables.outbox).where(tables.outbox.c.kind == Kind.CARD))
    return world.lead, "Review pairs"


def no_partner(world: World) -> tuple[Person, str]:
    ana = world.joins("Ana Example")
    world.couple()
    world.matches()
    queues(world, to_person(Kind.NO_PARTNER, 1, ana.id))
    return ana, "Open my profile"


def a_question(world: World) -> tuple[Person, str]:
    mentor, _ = introduced(world)
    return mentor, "We met"


def a_reminder(world: World) -> tuple[Person, str]:
    mentor, _ = introduced(world)
    world.clock.passes(hours=12)  # in working time
    world.delivers()
    world.clock.passes(days=3)
    checkins.reask_due(world.ctx)
    return mentor, "Not yet"


def a_question_after(world: World) -> tuple[Person, str]:
    """Whoever planned a meeting is asked after it."""
    mentor, _ = introduced(world)
    planning.plan(world.ctx, world.workspace, mentor.id, 1, world.clock() + timedelta(hours=1))
    while not checkins.prompt_due(world.ctx):
        world.clock.passes(hours=1)
    return mentor, "Not yet"


def introduced(world: World) -> tuple[Person, Person]:
    both = world.couple()
    world.matches()
    world.approves(1)
    world.introduces()
    world.delivers()
    while not checkins.prompt_due(world.ctx):
        world.clock.passes(hours=12)
    return both


def a_pause(world: World) -> tuple[Person, str]:
    ana = world.joins("Ana Example")
    members.pause(world.ctx, world.workspace, ana.id)
    queues(world, to_person(Kind.SILENCE, "2026-W45", ana.id))
    return ana, "Take part again"


def somebody_back(world: World) -> tuple[Person, str]:
    ana = world.joins("Ana Example")
    known = world.known(ana)
    for deactivated in (True, False):
        world.clock.passes(hours=1)
        people.record(world.ctx, world.workspace, [replace(known, deactivated=deactivated)])
    return ana, "Take part again"


def a_question_to_leads(world: World) -> tuple[Person, str]:
    world.joins("Ana Example")
    gives_up(world, only(world, Kind.WELCOME))
    return world.lead, "It arrived"


def an_introduction(world: World) -> Person:
    """One of a pair whose introduction is of unknown fate."""
    mentor, _ = world.couple()
    world.matches()
    world.approves(1)
    world.introduces()
    gives_up(world, only(world, Kind.INTRO))
    return mentor


def a_case(world: World) -> tuple[Person, str]:
    an_introduction(world)
    for _ in range(2):
        cases.due(world.ctx)
        world.clock.time += timedelta(days=1, minutes=1)
    return world.lead, "I look after it"


def a_question_to_a_pair(world: World) -> tuple[Person, str]:
    mentor = an_introduction(world)
    for _ in range(4):
        world.clock.time += timedelta(days=1, minutes=1)
        cases.due(world.ctx)
    return mentor, "Yes, I have it"


def channel_trouble(world: World) -> tuple[Person, str]:
    outgoing.cannot_reach_leads(world.ctx, world.workspace, world.leads_channel.id)
    return world.lead, "Settings"


def no_lead(world: World) -> tuple[Person, str]:
    for lead in (world.lead, world.other_lead):
        people.gone(world.ctx, world.workspace, lead.id)
    matters.look_after(world.ctx)
    return world.admin, "Settings"


def an_invitation(world: World) -> tuple[Person, str]:
    general = world.slack.add_channel("general", members=[world.lead, world.outsider], bot=True)
    inviting.invite(world.ctx, world.workspace, world.lead.id, general.id)
    return world.outsider, "Join the program"


def a_reminder_of_it(world: World) -> tuple[Person, str]:
    person, button = an_invitation(world)
    inviting.remind(world.ctx, world.workspace, world.lead.id, 1)
    return person, button


def a_reminder_to_be_ready(world: World) -> tuple[Person, str]:
    ana = world.joins("Ana Example", level=None)
    readiness.remind(*world.as_lead())
    return ana, "Open my profile"


def a_question_about_a_cycle(world: World) -> tuple[Person, str]:
    """About the second one, whose pairs are not proposed yet."""
    ana = world.joins("Ana Example")
    queues(world, to_person(Kind.NEXT_CYCLE, 2, ana.id))
    return ana, "Skip this cycle"


def a_question_before_an_introduction(world: World) -> tuple[Person, str]:
    _, mentee = world.couple()
    with world.ctx.database.write() as tx:
        program = programs.get(tx, 1)
        assert program is not None
        programs.set_rules(tx, 1, replace(program.rules, ask_first=True))
    world.matches()
    world.approves(1)
    before_intro.ask_due(world.ctx)
    return mentee, "Not this time"


def its_reminder(world: World) -> tuple[Person, str]:
    person, button = a_question_before_an_introduction(world)
    with world.ctx.database.read() as tx:
        asked = asks.get(tx, 1)
    assert asked is not None
    queues(world, before_intro.notice(1, asked.asked_at, person.id, again=True))
    return person, button


def what_waits_for_an_answer(world: World) -> tuple[Person, str]:
    a_question_before_an_introduction(world)
    world.clock.passes(days=30)
    ask_first.tell_due(world.ctx)
    return world.lead, "Introduce anyway"


def a_call(world: World) -> tuple[Person, str]:
    mentor, _ = introduced(world)
    asked = checkins.open_now(world.ctx, world.workspace, mentor.id)[0].checkin
    checkins.answer(world.ctx, world.workspace, mentor.id, asked.id, Answer.HELP)
    return world.lead, "I take it"


def a_call_that_waits(world: World) -> tuple[Person, str]:
    person, button = a_call(world)
    world.delivers()
    world.clock.passes(days=5)
    calls.due(world.ctx)
    return person, button


def setup_trouble(world: World) -> tuple[Person, str]:
    """Whoever saved the settings leads nothing."""
    about = channel_subject(world.leads_channel.id, world.clock().date(), "not_in_channel")
    queues(world, to_person(Kind.SETUP_TROUBLE, about, world.admin.id))
    return world.admin, "Settings"


def a_new_conversation(world: World) -> tuple[Person, str]:
    mentor, _ = world.couple()
    world.matches()
    world.approves(1)
    world.introduces()
    return mentor, "I agree"


def a_reminder_to_sign(world: World) -> tuple[Person, str]:
    mentor, _ = world.couple()
    world.matches()
    world.approves(1)
    world.introduces()
    world.delivers()
    world.clock.passes(days=8)
    agreements.remind_due(world.ctx)
    return mentor, "I agree"


def a_partners_break(world: World) -> tuple[Person, str]:
    mentor, mentee = introduced(world)
    members.pause(world.ctx, world.workspace, mentee.id)
    return mentor, "Wait"


def a_closed_pair(world: World) -> tuple[Person, str]:
    mentor, mentee = introduced(world)
    parting.part(world.ctx, world.workspace, mentee.id, 1)
    return mentor, "Wait"


def a_pause_that_is_over(world: World) -> tuple[Person, str]:
    ana = world.joins("Ana Example")
    queues(world, to_person(Kind.PAUSE_OVER, 1, ana.id))
    return ana, "Pause again"


def a_misfit(world: World) -> tuple[Person, str]:
    """The mentor is promoted past the mentee."""
    mentor, _ = introduced(world)
    with world.ctx.database.write() as tx:
        member = stored_members.get(tx, 1, mentor.id)
        assert member is not None
        promoted = replace(member, profile=replace(member.profile, level=8))
        stored_members.correct(tx, [(member, promoted)])
    misfits.due(world.ctx)
    return world.lead, "Let it go on"


LOST: dict[Kind, Callable[[World], tuple[Person, str]]] = {
    Kind.WELCOME: a_welcome,
    Kind.CARD: a_card,
    Kind.SUMMARY: a_summary,
    Kind.NO_PARTNER: no_partner,
    Kind.CHECKIN: a_question,
    Kind.REASK: a_reminder,
    Kind.MET_YET: a_question_after,
    Kind.SILENCE: a_pause,
    Kind.BACK: somebody_back,
    Kind.UNCONFIRMED: a_question_to_leads,
    Kind.INTRO_CASE: a_case,
    Kind.INTRO_QUESTION: a_question_to_a_pair,
    Kind.CHANNEL_TROUBLE: channel_trouble,
    Kind.NO_LEAD: no_lead,
    Kind.INVITATION: an_invitation,
    Kind.INVITED_AGAIN: a_reminder_of_it,
    Kind.GET_READY: a_reminder_to_be_ready,
    Kind.NEXT_CYCLE: a_question_about_a_cycle,
    Kind.ASK: a_question_before_an_introduction,
    Kind.ASK_AGAIN: its_reminder,
    Kind.ASKS_WAIT: what_waits_for_an_answer,
    Kind.HELP: a_call,
    Kind.HELP_WAITS: a_call_that_waits,
    Kind.SETUP_TROUBLE: setup_trouble,
    Kind.INTRO: a_new_conversation,
    Kind.UNSIGNED: a_reminder_to_sign,
    Kind.RESTING: a_partners_break,
    Kind.PAIR_CLOSED: a_closed_pair,
    Kind.PAUSE_OVER: a_pause_that_is_over,
    Kind.MISFIT: a_misfit,
    Kind.DIGEST: a_digest,
}

SHOWN_BY: dict[type[Content], tuple[Kind, ...]] = {
    Welcome: (Kind.WELCOME,),
    PairCard: (Kind.CARD,),
    PairCards: (Kind.CARD,),
    Summary: (Kind.SUMMARY,),
    NoPartner: (Kind.NO_PARTNER,),
    CheckInQuestions: (Kind.CHECKIN, Kind.REASK, Kind.MET_YET),
    SilencePause: (Kind.SILENCE,),
    Back: (Kind.BACK,),
    Unconfirmed: (Kind.UNCONFIRMED,),
    ManyUnconfirmed: (Kind.UNCONFIRMED,),
    IntroCase: (Kind.INTRO_CASE,),
    IntroQuestion: (Kind.INTRO_QUESTION,),
    Invite: (Kind.INVITATION, Kind.INVITED_AGAIN),
    ChannelTrouble: (Kind.CHANNEL_TROUBLE,),
    NoLead: (Kind.NO_LEAD,),
    GetReady: (Kind.GET_READY,),
    NextCycle: (Kind.NEXT_CYCLE,),
    AskedFirst: (Kind.ASK, Kind.ASK_AGAIN),
    AsksWait: (Kind.ASKS_WAIT,),
    HelpAlert: (Kind.HELP, Kind.HELP_WAITS),
    SetUpTrouble: (Kind.SETUP_TROUBLE,),
    Intro: (Kind.INTRO,),
    Unsigned: (Kind.UNSIGNED,),
    Digest: (Kind.DIGEST,),
    PartnersRest: (Kind.RESTING,),
    PairClosed: (Kind.PAIR_CLOSED,),
    PauseOver: (Kind.PAUSE_OVER,),
    Misfit: (Kind.MISFIT,),
}
"""Which kinds show the contents that have buttons."""


def test_every_button_of_every_kind_is_in_the_tables() -> None:
    """Whatever message has a button in any state is known by it, and is tried below."""
    found = {
        (type(content), Action(button["action_id"]))
        for content in spoken.contents()
        for button in buttons(render(content).blocks).values()
    }
    assert {kind for kind, _ in found} == set(SHOWN_BY)
    for content, action in found:
        assert set(SHOWN_BY[content]) <= set(KINDS[action]), f"{action} on a {content.__name__}"
    assert {kind for kinds in SHOWN_BY.values() for kind in kinds} == set(LOST)
    assert {kind for kinds in KINDS.values() for kind in kinds} == set(LOST)


# How it is lost


def queues(world: World, notice: Notice) -> None:
    with world.ctx.database.write() as tx:
        outbox.put(tx, 1, notice, world.clock())


def only(world: World, kind: Kind, person: Person | None = None) -> Letter:
    """The letter of that kind, to that person if it is to somebody."""
    found = [one for one in every_letter(world.ctx.database) if one.notice.kind is kind]
    mine = [one for one in found if person is None or one.notice.reader in ("", person.id)]
    return mine[0]


def posts(world: World, letter: Letter) -> tuple[Letter, Message]:
    """It is leased and comes onto the screen, and its answer is lost."""
    leased = outgoing.lease(world.ctx, letter, "a courier that hears nothing")
    assert leased is not None
    with world.ctx.database.read() as tx:
        program = programs.get(tx, 1)
        assert program is not None
        content = screens.content(tx, program, letter.notice)
    assert content is not None
    to = _place(world, letter)
    channel, ts = slack_post.post(world.client, to, render(content), leased.token)
    there = world.slack.messages(world.slack.channel(channel))
    return leased, next(one for one in there if one.ts == ts)


def _place(world: World, letter: Letter) -> str:
    invited = letter.notice.to
    if isinstance(invited, BothOfPair):
        with world.ctx.database.read() as tx:
            people = pairs.of_id(tx, invited.pair_id).people
        return str(world.client.conversations_open(users=",".join(people))["channel"]["id"])
    elsewhere = invited.channel if isinstance(invited, Conversation) else world.leads_channel.id
    return letter.notice.reader or elsewhere


def gives_up(world: World, letter: Letter) -> None:
    leased = letter
    if letter.state is not RowState.SENDING:
        found = outgoing.lease(world.ctx, letter, "a courier that hears nothing")
        assert found is not None
        leased = found
    outgoing.give_up(world.ctx, leased, "timeout")


def is_settled(world: World, letter: Letter, arrived: bool) -> None:
    gives_up(world, letter)
    outgoing.settle(world.ctx, world.workspace, world.other_lead.id, letter.id, arrived)


def is_recovered(world: World, letter: Letter) -> None:
    world.clock.time += LEASE + timedelta(seconds=1)
    outgoing.recover(world.ctx)


FATES: dict[str, Callable[[World, Letter], None]] = {
    "on the wire": lambda _world, _letter: None,
    "unsure": lambda world, letter: outgoing.doubt(world.ctx, letter, "timeout"),
    "to be tried again": lambda world, letter: outgoing.put_back(world.ctx, letter, 60, "internal_error"),
    "taken over": is_recovered,
    "unknown": gives_up,
    "said to have arrived": lambda world, letter: is_settled(world, letter, True),
    "to be sent again": lambda world, letter: is_settled(world, letter, False),
}


def now(world: World, letter: Letter) -> Letter:
    with world.ctx.database.read() as tx:
        found = letters.get(tx, letter.id)
    assert found is not None
    return found


def copies(world: World, message: Message, letter: Letter) -> list[Message]:
    """What stands of that message in its conversation."""
    seen = world.slack.messages(world.slack.channel(message.channel))
    return [one for one in seen if one.metadata and one.metadata["event_payload"]["id"][:16] == letter.name]


def is_up_to_date(world: World, letter: Letter) -> bool:
    """Whether nothing is to be shown any more; the press shows the message too, and may be about to."""
    world.delivers()
    return now(world, letter).state is RowState.SENT


def is_known(world: World, letter: Letter, message: Message) -> None:
    """Its row knows its place, it is up to date, nobody is asked about it any more, and it stands there once."""
    world.soon(lambda: now(world, letter).posted)
    world.soon(lambda: is_up_to_date(world, letter))
    known = now(world, letter)
    assert (known.state, known.channel, known.ts) == (RowState.SENT, message.channel, message.ts)
    assert [one.ts for one in copies(world, message, letter)] == [message.ts]
    by_delivery = message.ts in [call.args["ts"] for call in world.calls("chat.update")]
    assert by_delivery or world.slack.responses, "what it shows is unknown, so it is shown anew"
    asked = [one for one in world.lead.messages() if NOBODY_KNOWS in one and one.ts != message.ts]
    assert all("Settled: it arrived" in one and not one.buttons for one in asked)
    assert world.complaints() == []


@pytest.mark.sampled(8)
@pytest.mark.parametrize("kind", LOST)
def test_a_press_tells_where_a_message_of_unknown_fate_stands(led: World, kind: Kind) -> None:
    person, button = LOST[kind](led)
    letter, message = posts(led, only(led, kind, person))
    gives_up(led, letter)
    assert person.clicks(button, message).ok
    is_known(led, letter, message)


@pytest.mark.parametrize("fate", FATES)
def test_it_does_whatever_has_become_of_the_row(led: World, fate: str) -> None:
    _, button = a_card(led)
    letter, message = posts(led, only(led, Kind.CARD))
    FATES[fate](led, letter)
    led.lead.clicks(button, message)
    is_known(led, letter, message)
    assert "Approved by" in led.card(1)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("action", "number"), [("approve", "1"), ("approve", "3"), ("hold", "2")])
def test_a_press_of_any_card_in_a_message_tells_where_it_stands(
    led: World, action: str, number: str, named: bool
) -> None:
    """Also of an older message, whose buttons carry no name."""
    for each in (1, 2, 3):
        led.couple(each)
    led.matches()
    letter, message = posts(led, only(led, Kind.CARD))
    gives_up(led, letter)
    body = raw.click(led, led.lead.id, action, number)
    body["container"]["message_ts"] = body["message"]["ts"] = message.ts
    if named:
        body["actions"][0]["block_id"] = f"row-{letter.name}-1-3"
    assert raw.dispatch(led, body).status == 200
    is_known(led, letter, message)


def test_the_questions_to_leads_are_answered_by_it(led: World) -> None:
    _, button = a_card(led)
    letter, message = posts(led, only(led, Kind.CARD))
    gives_up(led, letter)
    led.delivers()
    assert led.other_lead.waits_to_see(NOBODY_KNOWS).buttons == ("Send it again", "It arrived")
    led.lead.clicks(button, message)
    led.soon(lambda: now(led, letter).posted)
    led.delivers()
    for lead in (led.lead, led.other_lead):
        assert lead.waits_to_see("Settled: it arrived").buttons == ()
    assert now(led, letter).settled is Settled.ARRIVED


def test_a_question_that_is_answered_before_it_was_asked_is_not_asked(led: World) -> None:
    _, button = a_card(led)
    letter, message = posts(led, only(led, Kind.CARD))
    gives_up(led, letter)
    led.lead.clicks(button, message)
    is_known(led, letter, message)
    assert not [one for one in led.other_lead.messages() if NOBODY_KNOWS in one]


def test_a_card_that_somebody_else_decided_is_brought_up_to_date_by_a_press(led: World) -> None:
    """What is refused because of the state should not have been offered any more."""
    _, button = a_card(led)
    letter, message = posts(led, only(led, Kind.CARD))
    gives_up(led, letter)
    led.other_lead.types("/reverse-mentor decline 1")
    led.lead.clicks(button, message)
    is_known(led, letter, message)
    assert "Declined by" in led.card(1)


def test_the_first_copy_is_pressed_after_the_second_came(led: World) -> None:
    _, button = a_card(led)
    letter, first = posts(led, only(led, Kind.CARD))
    is_settled(led, letter, arrived=False)
    led.delivers()
    second = now(led, letter)
    assert second.ts not in (None, first.ts)
    led.lead.clicks(button, first)
    led.soon(lambda: led.takes_copies_away() == [first.ts])
    led.delivers()
    assert now(led, letter).ts == second.ts
    assert "Approved by" in led.card(1)


def test_a_copy_with_nothing_left_to_decide_is_taken_away(led: World) -> None:
    """Somebody decided by the other copy, or the bot died before it took this one away."""
    _, button = a_card(led)
    letter, first = posts(led, only(led, Kind.CARD))
    is_settled(led, letter, arrived=False)
    led.delivers()
    led.other_lead.types("/reverse-mentor approve 1")
    led.lead.clicks(button, first)
    led.soon(lambda: led.takes_copies_away() == [first.ts])
    led.delivers()
    assert now(led, letter).ts not in (None, first.ts)
    assert "Approved by" in led.card(1)


# What tells nothing


def place(channel: str, ts: str, **more: Any) -> dict[str, Any]:
    container = {"type": "message", "channel_id": channel, "message_ts": ts, "is_ephemeral": False, **more}
    return {"channel": {"id": channel}, "container": container, "message": {"ts": ts}}


def pressed(world: World, who: Person, action: Action, value: str, block: str, **where: Any) -> None:
    body = raw.click(world, who.id, action, value, **where)
    body["actions"][0]["block_id"] = block
    assert raw.dispatch(world, body).status == 200


@pytest.mark.parametrize("named", [True, False])
def test_only_a_reader_where_it_goes_tells_where_it_stands(led: World, named: bool) -> None:
    """Presses made by hand: by whom it is not for, elsewhere, in what nobody keeps, and at another message's place."""
    ana, ben = led.joins("Ana Example"), led.joins("Ben Example")
    other = led.slack.add_channel("elsewhere", members=[led.lead], private=True, bot=True)
    led.couple()
    led.matches()
    for kind, person in ((Kind.CARD, None), (Kind.WELCOME, ana)):
        gives_up(led, only(led, kind, person))
    led.delivers()
    card, welcome = only(led, Kind.CARD), only(led, Kind.WELCOME, ana)
    bens, question = only(led, Kind.WELCOME, ben), only(led, Kind.UNCONFIRMED, led.lead)
    leads, ts = led.leads_channel.id, "1700000000.000100"
    card_block = f"row-{card.name}-1-5" if named else "b"
    welcome_block = f"row-{welcome.name}-1-5" if named else "b"
    approve = (Action.APPROVE, "1", card_block)
    join = (Action.JOIN, "", welcome_block)
    dm = ana.dm.id
    for who, what, where in (
        (led.outsider, approve, place(leads, ts)),
        (led.lead, approve, place(other.id, ts)),
        (led.lead, approve, place(led.lead.dm.id, ts)),
        (led.lead, approve, place(leads, ts, is_ephemeral=True)),
        (led.lead, approve, place(question.channel or "", question.ts or "")),
        (led.lead, approve, {"view": {"id": "V1", "type": "home"}, **place(leads, ts)}),
        (ben, join, place(ben.dm.id, ts) if named else place(dm, ts)),
        (ana, join, place(leads, ts)),
        (ana, join, place(bens.channel or "", bens.ts or "")),
    ):
        pressed(led, who, *what, **where)
    led.rests()
    assert not now(led, card).posted
    assert not now(led, welcome).posted
    assert led.takes_copies_away() == []


_NEVER_NAMELESS = {Kind.INTRO_CASE, Kind.INTRO_QUESTION, Kind.RESTING, Kind.INTRO, Kind.UNSIGNED}
"""An older version knew no cases, and no buttons beside a partner's break or in a pair's conversation."""


_NAMELESS = sorted(set(LOST) - _NEVER_NAMELESS)


@pytest.mark.parametrize("kind", usually(_NAMELESS[::3], _NAMELESS))
def test_without_a_name_what_it_is_about_tells_which_it_is(led: World, kind: Kind) -> None:
    """Messages of an older version carry none."""
    person, button = LOST[kind](led)
    letter, message = posts(led, only(led, kind, person))
    gives_up(led, letter)
    element = buttons(list(message.blocks))[button]
    action, value = Action(element["action_id"]), element.get("value", "")
    pressed(led, person, action, value, "b", **place(message.channel, message.ts))
    led.soon(lambda: now(led, letter).posted)
    assert (now(led, letter).channel, now(led, letter).ts) == (message.channel, message.ts)


def test_of_two_lost_messages_with_the_same_button_neither_is_taken_for_the_other(led: World) -> None:
    ana = led.joins("Ana Example")
    led.couple()
    led.matches()
    queues(led, to_person(Kind.NO_PARTNER, 1, ana.id))
    lost = [only(led, kind, ana) for kind in (Kind.WELCOME, Kind.NO_PARTNER)]
    for letter in lost:
        gives_up(led, letter)
    pressed(led, ana, Action.JOIN, "", "b", **place(ana.dm.id, "1700000000.000100"))
    led.rests()
    assert not any(now(led, letter).posted for letter in lost)


def test_of_two_lost_messages_with_the_same_button_the_name_tells_which_it_is(led: World) -> None:
    ana, button = no_partner(led)
    other, (letter, message) = only(led, Kind.WELCOME), posts(led, only(led, Kind.NO_PARTNER, ana))
    gives_up(led, other)
    gives_up(led, letter)
    ana.clicks(button, message)
    led.soon(lambda: now(led, letter).posted)
    assert now(led, letter).ts == message.ts
    assert not now(led, other).posted


def test_a_message_that_was_let_go_is_taken_away_once_it_was_used(led: World) -> None:
    ana, button = a_welcome(led)
    letter, message = posts(led, only(led, Kind.WELCOME))
    outgoing.doubt(led.ctx, letter, "timeout")
    members.leave(led.ctx, led.workspace, ana.id)
    led.clock.passes(minutes=1)
    led.delivers()
    assert now(led, letter).state is RowState.MOOT
    ana.clicks(button, message)
    led.soon(lambda: led.takes_copies_away() == [message.ts])
    assert not now(led, letter).posted


def test_a_pair_that_answers_a_lost_question_is_asked_again_in_time(led: World) -> None:
    """What follows from a message's arrival follows, however it became known."""
    mentor, _ = a_question(led)
    letter, message = posts(led, only(led, Kind.CHECKIN, mentor))
    gives_up(led, letter)
    mentor.clicks("We met", message)
    led.soon(lambda: now(led, letter).posted)
    with led.ctx.database.read() as tx:
        (asked,) = stored_checkins.of_person(tx, 1, mentor.id)
        assert pairs.of_id(tx, 1).state is PairState.INTRODUCED
    assert asked.answer is not None
