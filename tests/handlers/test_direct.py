"""What people write to the bot in its Messages tab."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

import pytest

from handlers import direct
from handlers.command import COMMANDS
from handlers.ids import Action, Word
from mentoring.checkins import Answer
from mentoring.pairings import PairState
from mentoring.people import Standing
from program import approvals, checkins, members, people
from sandbox import Message, Person
from storage import members as stored_members
from storage import tables
from storage.delivery_tables import written
from tests.handlers import raw
from tests.handlers.world import World

SECRET = "My partner Max is a wombat"

NEVER_A_SENTENCE = {
    *("", "check-in", Word.CHECKIN, Word.PLANNED, Word.ASK, Word.AWAY, Word.PAUSE, Word.LEAVE, Word.PARTNER),
    *(Word.SHARE, Word.LEARN, Word.MEETING, Word.APPROVE, Word.DECLINE, Word.SWAP, Word.PAIR, Word.FIX),
    *(Word.UNFIX, Word.FORBID, Word.ALLOW, Word.WHY_NOT, Word.UNMATCHED, Word.RULES, Word.KEEP_APART),
    *(Word.TAKE_IN, Word.TAKE_OUT, Word.SEND_AGAIN, Word.IT_ARRIVED, Word.LOOK_AFTER, Word.TAKE_CALL),
    *(Word.CALL_DONE, Word.HAND_BACK, Word.INVITE, Word.REHEARSE, Word.REPORT, Word.HOLIDAYS, Word.DIGEST),
}
"""Words that are meant whatever stands behind them: it belongs to them, or is answered as what cannot be read."""


def answers(world: World, person: Person) -> list[Message]:
    """What the bot wrote to somebody."""
    return [one for one in person.messages() if one.user == world.slack.bot_user_id]


def asks(world: World, person: Person, text: str) -> Message:
    """Write a message and read the answer."""
    before = {one.ts for one in person.messages()}
    person.says(text)
    new = world.soon(lambda: [one for one in answers(world, person) if one.ts not in before])
    assert len(new) == 1
    assert not new[0].ephemeral
    return new[0]


def paired(world: World) -> tuple[Person, Person]:
    mentor, mentee = world.couple()
    world.proposes()
    world.approves(1)
    world.introduces()
    world.delivers()
    return mentor, mentee


def given(world: World, person: Person) -> Answer | None:
    return checkins.open_now(world.ctx, world.workspace, person.id)[0].checkin.answer


def event(world: World, person_id: str, text: str, **more: Any) -> dict[str, Any]:
    """A message event with no more than it needs."""
    said: dict[str, Any] = {"type": "message", "channel": "D1", "channel_type": "im", "user": person_id}
    said |= {"text": text, "ts": "1.1", "team": world.workspace, **more}
    return {
        "type": "event_callback",
        "event_id": "Ev1",
        "event": {k: v for k, v in said.items() if v is not None},
    }


def posted(world: World) -> int:
    return len(world.slack.calls.to("chat.postMessage"))


# --- words


def test_of_each_word_it_is_decided_whether_a_sentence_may_begin_with_it() -> None:
    decided = [*direct._MAY_BE_A_SENTENCE, *direct._ABOUT_A_PAIR, *NEVER_A_SENTENCE]
    assert sorted(decided) == sorted(COMMANDS)


def test_what_may_stand_behind_a_word_is_told_with_the_words() -> None:
    """In the docstring of `Word`, of every word that is meant with more behind it."""
    told = re.findall(r"`([a-z-]+)`", Word.__doc__ or "")
    assert {*NEVER_A_SENTENCE, *direct._ABOUT_A_PAIR} - {"", "check-in"} <= {*told}


TYPED = [
    ("status", "You take part."),
    ("Status.", "You take part."),
    ("status please 🙏", "You take part."),
    ("/reverse-mentor status", "You take part."),
    ("`status`", "You take part."),
    ("help", "What you can type"),
    ("Help!", "What you can type"),
    ("help people", "What you can type"),
    ("pause", "You are paused."),
    ("Pause for two weeks", "until Monday, November 16, 2026"),
    ("pause until Friday", "until Friday, November 6, 2026"),
    ("pause 31.01.2027", "until Sunday, January 31, 2027"),
    ("pause 03/04/2027", "Thursday, March 4, 2027 or Saturday, April 3, 2027"),
    ("pause soon", "I cannot read “soon” as a date"),
    ("pause 2020-01-31", "Friday, January 31, 2020 has passed. Choose a date after today."),
    ("pause today", "Monday, November 2, 2026 is today."),
    ("pause 2 years", "Thursday, November 2, 2028 is more than a year away"),
    ("leave", "Would you like to leave"),
    ("resume", "You take part again"),
    ("met", "You have no check-in to answer right now"),
    ("stauts", "Did you mean `status`?"),
    ("pending", "Only the program's leads can do that."),
]


def test_a_word_acts_like_the_command(led: World, subtests: pytest.Subtests) -> None:
    ana = led.joins("Ana Example")
    for typed, told in TYPED:
        with subtests.test(typed=typed):
            assert told in asks(led, ana, typed).text
    assert led.complaints() == []


SENTENCES = [
    *(
        "Hello there",
        "thank you so much",
        "leave me alone, would you",
        "Match day was great",
        "",
        "🙏",
        "...",
    ),
    *(
        "introduce me to somebody",
        "resume is attached",
        "review my text",
        "setup takes long",
        "what is this?",
    ),
    *(
        "skills are important",
        "join us for lunch",
        "profile pictures are nice",
        "pending your reply",
        "<>&",
    ),
]


def test_anything_else_gets_one_kind_answer_and_changes_nothing(
    led: World, subtests: pytest.Subtests
) -> None:
    for name in ("One Waiting", "Two Waiting"):
        led.joins(name)
    led.lead.types("/reverse-mentor share Video editing")
    led.lead.submits()
    led.delivers()
    before = stored(led)
    for sentence in filter(None, SENTENCES):
        with subtests.test(sentence=sentence):
            assert asks(led, led.lead, sentence).buttons
            assert stored(led) == before
    raw.dispatch(led, event(led, led.lead.id, "", channel=led.outsider.dm.id, subtype="file_share"))
    led.soon(lambda: [one for one in answers(led, led.outsider) if "few words" in one.text])
    assert led.complaints() == []


def stored(world: World) -> dict[str, list[str]]:
    """Everything in the database but what the directory says of people."""
    kept = [table for table in tables.metadata.sorted_tables if table.name != "people"]
    with world.ctx.database.read() as tx:
        return {table.name: sorted(repr(tuple(row)) for row in tx.execute(table.select())) for table in kept}


def test_every_word_is_answered_once_and_forms_open_by_a_button(led: World) -> None:
    ana = led.joins("Ana Example")
    led.delivers()
    for word in [word for word in COMMANDS if word != "leave"]:
        asks(led, ana, word or "/reverse-mentor")
    told = asks(led, ana, "profile")
    ana.clicks("Open my profile", told)
    assert ana.waits_for_modal().title == "Your mentoring profile"
    ana.closes_modal()
    led.lead.says("setup")
    led.lead.waits_to_see("Here you are")
    led.lead.clicks("Open the settings")
    assert led.lead.waits_for_modal().title == "Program settings"
    assert led.complaints() == []


def test_typed_skills_wait_behind_the_button(led: World) -> None:
    ana = led.joins("Ana Example", shares=["Video editing"])
    asks(led, ana, "share falconry, C++")
    ana.clicks("Open my profile")
    ana.waits_for_modal()
    assert ana.submits().closed
    told = members.status(led.ctx, led.workspace, ana.id)
    assert told.shares == ("Video editing", "falconry", "C++")


def test_skills_that_no_button_can_carry_are_not_lost_silently(led: World) -> None:
    ana = led.joins("Ana Example")
    told = asks(led, ana, "share " + ", ".join(f"{number} {'x' * 30}" for number in range(70)))
    assert "please copy it from your message" in told.text
    assert told.buttons == ("Open my profile",)


def test_a_doubtful_date_is_settled_by_a_button(led: World) -> None:
    ana = led.joins("Ana Example")
    told = asks(led, ana, "pause 03/04/2027")
    ana.clicks("Until Saturday, April 3, 2027", told)
    now = led.soon(
        lambda: next((one for one in answers(led, ana) if "You are paused until" in one.text), None)
    )
    assert now.ts == told.ts, "it replaced the question"
    assert "Saturday, April 3, 2027" in now.text
    assert members.status(led.ctx, led.workspace, ana.id).paused_until == date(2027, 4, 3)
    ana.clicks("Take part again", now)
    led.soon(lambda: members.status(led.ctx, led.workspace, ana.id).standing is Standing.ACTIVE)
    assert led.complaints() == []


# --- check-ins and calls for help


@pytest.mark.parametrize(
    "typed", ["I need help", "i need help!", "Need help.", "help me please", "My partner never answers me"]
)
def test_a_call_for_help_gets_the_question_and_only_a_press_tells_the_leads(led: World, typed: str) -> None:
    mentor, mentee = paired(led)
    told = asks(led, mentor, typed)
    assert "I have not passed this message on to anybody." in told.text
    assert "I need help" in told.buttons
    assert given(led, mentor) is None
    mentor.clicks("I need help", told)
    led.soon(lambda: given(led, mentor) is Answer.HELP)
    now = led.soon(
        lambda: next((one for one in answers(led, mentor) if "Thank you for telling" in one.text), None)
    )
    assert now.ts == told.ts, "the answer shows what was pressed"
    led.delivers()
    assert "asked for help" in led.lead.waits_to_see("asked for help").text
    assert not any("asked for help" in one.text for one in mentee.messages())
    assert led.complaints() == []


def test_a_page_of_help_is_no_call_for_help(led: World) -> None:
    assert "For program leads: pairs" in asks(led, led.lead, "Help pairs").text
    assert led.complaints() == []


def test_a_call_for_help_without_a_pair_is_told_whom_to_ask(led: World) -> None:
    told = asks(led, led.joins("Ana Example"), "I need help").text
    assert f"<@{led.lead.id}>" in told
    assert "I have not passed this message on" in told
    assert f"<@{led.lead.id}>" not in asks(led, led.lead, "I am worried").text
    assert "Join the program" in asks(led, led.outsider, "somebody harasses me").full_text
    assert led.complaints() == []


def test_nobody_is_sent_to_a_lead_who_is_gone(led: World) -> None:
    ana = led.joins("Ana Example")
    people.gone(led.ctx, led.workspace, led.lead.id)
    told = asks(led, ana, "I need help").full_text
    assert "The program is led by @Lou Lead:" in told


def test_a_call_for_help_while_the_pair_rests_is_told_whom_to_ask(led: World) -> None:
    mentor, mentee = paired(led)
    members.pause(led.ctx, led.workspace, mentee.id)
    told = asks(led, mentor, "I need help").full_text
    assert "The program is led by @Lea Lead and @Lou Lead" in told
    assert "choose “I need help”" not in told, "there is nothing to choose"


def test_an_answer_alone_is_kept(led: World) -> None:
    mentor, _ = paired(led)
    assert "It is good to know that you" in asks(led, mentor, "We\u2019ve met!").text
    assert given(led, mentor) is Answer.MET
    asks(led, mentor, "not yet.")
    assert given(led, mentor) is Answer.NOT_YET
    assert "a time planned" in mentor.types("/reverse-mentor it\u2019s planned").text


def test_a_lead_decides_in_the_messages_tab(led: World) -> None:
    led.couple()
    led.proposes()
    told = asks(led, led.lead, "pending")
    led.lead.clicks("Approve", told)
    led.soon(
        lambda: (
            approvals.review(led.ctx, led.workspace, led.lead.id).cards[0].pair.state is PairState.APPROVED
        )
    )
    led.soon(
        lambda: [one for one in answers(led, led.lead) if one.ts == told.ts and "Approved by" in one.text]
    )
    assert led.complaints() == []


# --- who is answered, and how often


def test_somebody_new_is_shown_the_way_in(led: World) -> None:
    told = asks(led, led.outsider, "hello")
    led.outsider.clicks("Join the program", told)
    assert led.outsider.waits_for_modal().title == "Your mentoring profile"


def test_without_a_program_it_is_said_that_there_is_none(world: World) -> None:
    assert "There is no mentoring program here yet" in asks(world, world.outsider, "hello").text
    assert "Set up the program" in asks(world, world.admin, "hello").buttons


def test_an_answer_to_a_thread_stands_in_it(led: World) -> None:
    ana = led.joins("Ana Example")
    first = asks(led, ana, "status")
    ana.says("help", thread_ts=first.ts)
    led.soon(
        lambda: [c for c in led.slack.calls.to("chat.postMessage") if c.args.get("thread_ts") == first.ts]
    )


UNHEARD: dict[str, dict[str, Any]] = {
    "a bot": {"bot_id": "B1"},
    "an app": {"app_id": "A1"},
    "the bot's older kind": {"subtype": "bot_message"},
    "an edit": {"subtype": "message_changed", "hidden": True},
    "a deletion": {"subtype": "message_deleted", "hidden": True},
    "hidden": {"hidden": True},
    "nobody": {"user": None},
    "Slackbot": {"user": "USLACKBOT"},
    "a channel": {"channel": "C1", "channel_type": "channel"},
    "a group": {"channel": "G1", "channel_type": "mpim"},
    "a join": {"subtype": "channel_join"},
}


def test_what_no_person_wrote_here_is_passed_over(led: World) -> None:
    ana = led.joins("Ana Example")
    una = led.slack.add_stranger("Una Elsewhere")
    before = posted(led)
    for home in ({"team": "TELSEWHERE"}, {"user_team": "TELSEWHERE"}, {}):
        raw.dispatch(led, event(led, una.id, "pause", **home))
    for place, more in enumerate(UNHEARD.values()):
        assert raw.dispatch(led, event(led, ana.id, "pause", ts=f"2.{place}", **more)).status == 200
    raw.dispatch(led, event(led, ana.id, "status"))
    led.app.listener_runner.listener_executor.shutdown()
    assert posted(led) == before + 1, "only the last of them"
    assert members.status(led.ctx, led.workspace, ana.id).standing is Standing.ACTIVE


def test_the_bot_does_not_answer_itself(led: World) -> None:
    body = event(led, led.slack.bot_user_id, "help")
    body["authorizations"] = [{"user_id": led.slack.bot_user_id, "is_bot": True}]
    before = posted(led)
    raw.dispatch(led, body)
    led.app.listener_runner.listener_executor.shutdown()
    assert posted(led) == before


@pytest.mark.parametrize(
    "more", [{}, {"ts": None}, {"team": None, "channel_type": None}, {"subtype": "file_share"}]
)
def test_a_message_is_answered_once_however_often_it_comes(led: World, more: dict[str, Any]) -> None:
    ana = led.joins("Ana Example")
    channel = ana.dm.id
    before = posted(led)
    for _ in range(3):
        raw.dispatch(led, event(led, ana.id, "status", channel=channel, **more))
    other = event(led, ana.id, "status", channel=channel, ts="1.2")
    raw.dispatch(led, other | {"event_id": "Ev2"})
    led.app.listener_runner.listener_executor.shutdown()
    assert posted(led) == before + 2


def test_nothing_of_what_was_written_is_kept_or_logged(led: World, caplog: pytest.LogCaptureFixture) -> None:
    ana = led.joins("Ana Example")
    led.delivers()
    before = stored(led)
    with caplog.at_level(logging.INFO):
        asks(led, ana, SECRET)
        asks(led, ana, f"help, {SECRET}")
        raw.dispatch(led, event(led, ana.id, SECRET, channel="DNOWHERE", ts="7.7"))
        led.soon(lambda: "could not be shown" in caplog.text)
    assert "wombat" not in caplog.text
    assert stored(led) == before
    assert not any("wombat" in repr(call.args) for call in led.slack.calls.to("chat.postMessage"))


def test_an_answer_that_slack_does_not_take_is_not_sent_again(led: World) -> None:
    ana = led.joins("Ana Example")
    led.slack.faults.error("chat.postMessage", "internal_error", times=1)
    before = posted(led)
    ana.says("status")
    led.soon(lambda: posted(led) > before)
    led.app.listener_runner.listener_executor.shutdown()
    assert posted(led) == before + 1


def test_buttons_of_answers_are_known_from_those_of_messages_on_record(led: World) -> None:
    mentor, _ = paired(led)
    for _ in range(20):
        led.clock.passes(hours=12)
        checkins.prompt_due(led.ctx)
        led.delivers()
    told = asks(led, mentor, "I need help")
    mentor.clicks(Action.CHECKIN_MET, told)
    led.soon(lambda: [one for one in answers(led, mentor) if one.ts == told.ts and "We met" in one.text])
    assert led.slack.calls.to("chat.delete") == []


# --- again, late and out of order


def written_at(world: World, person: Person, text: str, at: str) -> dict[str, Any]:
    """A message in that person's direct message, as of that stamp."""
    return event(world, person.id, text, channel=person.dm.id, ts=at)


def test_what_was_done_in_an_earlier_life_is_not_done_again(
    led: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(direct, "REMEMBERED", 0)
    ana = led.joins("Ana Example")
    led.delivers()
    pausing = written_at(led, ana, "pause 2 weeks", "1900000001.1")
    raw.dispatch(led, pausing)
    led.soon(lambda: _is_paused(led, ana))
    led.soon(lambda: _kept(led))
    ana.types("/reverse-mentor resume")
    said = posted(led)
    for stamp in ("1900000001.1", "1900000001.100000"):
        raw.dispatch(led, written_at(led, ana, "pause 2 weeks", stamp))
    assert led.slack.settle()
    assert (posted(led), _is_paused(led, ana)) == (said, False)


@pytest.mark.parametrize("newer", ["1900000002.1", "1900000001.100001", "1900000010.0"])
def test_what_comes_after_something_newer_is_not_done_and_its_author_hears_so(led: World, newer: str) -> None:
    ana = led.joins("Ana Example")
    led.delivers()
    raw.dispatch(led, written_at(led, ana, "resume", newer))
    led.soon(lambda: _kept(led))
    raw.dispatch(led, written_at(led, ana, "pause <2> weeks", "1900000001.1"))
    told = led.soon(lambda: [one.text for one in answers(led, ana) if "only now" in one.text])
    assert "“pause &lt;2&gt; weeks”" in told[0] or "“pause <2> weeks”" in told[0]
    assert "please write it again" in told[0]
    assert not _is_paused(led, ana)


def test_nothing_is_kept_of_it_after_a_day(led: World) -> None:
    ana = led.joins("Ana Example")
    raw.dispatch(led, written_at(led, ana, "status", "1900000001.1"))
    led.soon(lambda: _kept(led))
    led.clock.passes(hours=26)
    raw.dispatch(led, written_at(led, ana, "status", "1900000002.1"))
    led.soon(lambda: _kept(led) == ["1900000002100000"])


def _kept(world: World) -> list[str]:
    with world.ctx.database.read() as tx:
        return [str(row.stamp) for row in tx.execute(written.select())]


def _is_paused(world: World, person: Person) -> bool:
    with world.ctx.database.read() as tx:
        member = stored_members.get(tx, 1, person.id)
    return member is not None and member.standing is Standing.PAUSED
