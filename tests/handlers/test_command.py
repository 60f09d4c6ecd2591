"""Everything that can be typed."""

from __future__ import annotations

import pytest

from handlers.command import COMMANDS
from mentoring.checkins import Answer
from mentoring.pairings import PairState
from program import approvals, introductions
from tests.handlers import raw
from tests.handlers.world import World


def test_before_there_is_a_program_everybody_learns_how_to_start(world: World) -> None:
    for typed in ("", "status", "pending", "checkin met", "introduce", "pause", "leave"):
        answer = world.outsider.types(f"/reverse-mentor {typed}")
        assert "There is no mentoring program here yet" in answer.text, typed
        assert answer.ephemeral
        assert "Set up the program" not in answer.full_text
    assert "Set up the program" in world.admin.types("/reverse-mentor").full_text
    world.admin.clicks("Set up the program")
    assert world.admin.waits_for_modal().title == "Set up the program"
    assert world.complaints() == []


@pytest.mark.parametrize(("typed", "near"), [("stauts", "status"), ("PARTNR 3", "partner")])
def test_an_unknown_word_is_said_back_with_the_nearest_one(led: World, typed: str, near: str) -> None:
    answer = led.outsider.types(f"/reverse-mentor {typed}")
    assert f"Did you mean `/reverse-mentor {near}`?" in answer.text
    assert answer.ephemeral


def test_an_unknown_word_far_from_all_others_gets_the_way_to_help(led: World) -> None:
    answer = led.outsider.types("/reverse-mentor <!channel> & <b>")
    assert "I do not know" in answer.text
    assert "/reverse-mentor help" in answer.text
    assert "<!channel>" not in answer.text
    assert led.complaints() == []


def test_help_shows_what_each_person_can_do(led: World) -> None:
    assert "`/reverse-mentor help deciding`" in led.lead.types("/reverse-mentor HELP").text
    assert "`/reverse-mentor approve 12`" in led.lead.types("/reverse-mentor HELP deciding").text
    for_admin = led.admin.types("/reverse-mentor help").text
    assert "`/reverse-mentor setup`" in for_admin
    assert "`/reverse-mentor match`" not in for_admin
    assert "`/reverse-mentor match`" not in led.outsider.types("/reverse-mentor  help ").text


def test_help_works_before_there_is_a_program(world: World) -> None:
    answer = world.admin.types("/reverse-mentor help")
    assert "no mentoring program" in answer.text
    assert "What you can type" in answer.text


def test_a_member_asks_pauses_comes_back_and_leaves(led: World) -> None:
    ana = led.joins("Ana Example")
    assert "You take part." in ana.types("/reverse-mentor status").text
    told = ana.types("/reverse-mentor pause 2027-01-31").text
    assert "You are paused until Sunday, January 31, 2027" in told
    assert "You are paused until January 31, 2027" in ana.types("/reverse-mentor status").text
    assert "You take part again" in ana.types("/reverse-mentor Resume").text
    assert "You are paused." in ana.types("/reverse-mentor pause").text
    assert "Would you like to leave" in ana.types("/reverse-mentor leave").text
    assert "paused" in ana.types("/reverse-mentor status").text, "asking does not leave"
    assert "You have left" in ana.types("/reverse-mentor leave YES").text
    assert "not in the program" in ana.types("/reverse-mentor status").text
    assert led.complaints() == []


def test_a_pause_needs_a_date_that_is_one_and_is_to_come(led: World) -> None:
    ana = led.joins("Ana Example")
    assert "I cannot read “soon” as a date" in ana.types("/reverse-mentor pause soon").text
    assert "Choose a date after today" in ana.types("/reverse-mentor pause 2020-01-31").text
    assert "You take part." in ana.types("/reverse-mentor status").text


def test_somebody_who_never_joined_is_shown_the_way_in(led: World, subtests: pytest.Subtests) -> None:
    for typed in ("status", "pause", "resume", "leave", "leave yes", "checkin", "checkin met"):
        with subtests.test(typed=typed):
            answer = led.outsider.types(f"/reverse-mentor {typed}")
            assert "You are not in the program yet" in answer.text
            assert "Join the program" in answer.full_text
    led.outsider.clicks("Join the program")
    assert led.outsider.waits_for_modal().title == "Your mentoring profile"


LEADS_ONLY = [
    *("pending", "review", "approve 1", "decline 1", "introduce", "send-again 1", "it arrived 1"),
    *("send-again all", "it-arrived all", "look-after 1"),
    *("skills Budgets", "keep-apart", "keep apart Budgets"),
    *("take-in", "take in Budgets", "take-out Budgets", "skills take-out Budgets"),
    *("approve 1 2 3", "approve all", "match"),
    *("undo 1", "hold 1", "release 1", "end 1", "rest 1 until Friday", "undo"),
    *("hr", "hr use 1", "hr keep 1"),
    *("unmatched", "unmatched 2", "why-not", "why not <@U1> <@U2>"),
    "guides",
    *("calls", "take-call 1", "take call", "call-done 1", "hand-back 1"),
    *("digest", "digest met", "digest paused 2", "digest help"),
]


def test_what_leads_do_is_refused_to_everybody_else(led: World, subtests: pytest.Subtests) -> None:
    led.couple()
    led.proposes()
    who = f"<@{led.lead.id}> or <@{led.other_lead.id}>"
    for typed in LEADS_ONLY:
        with subtests.test(typed=typed):
            answer = led.outsider.types(f"/reverse-mentor {typed}", channel=led.leads_channel)
            assert answer.text == f"Only the program's leads can do that. You can ask {who}."
    assert approvals.card(led.ctx, led.workspace, led.lead.id, 1).pair.state is PairState.PROPOSED


def test_setting_up_is_refused_to_everybody_but_admins_and_leads(led: World) -> None:
    assert "Only workspace admins" in led.outsider.types("/reverse-mentor setup").text
    led.lead.types("/reverse-mentor setup")
    assert led.lead.waits_for_modal().title == "Program settings"


def test_introducing_more_pairs_than_fit_one_step_is_told_once(
    led: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(introductions, "AT_ONCE", 2)
    for number in range(1, 4):
        led.couple(number)
    _later(led, "match")
    for number in range(1, 4):
        led.lead.types(f"/reverse-mentor approve {number}")
    assert "3 pairs are being introduced now." in led.lead.types("/reverse-mentor introduce").text
    assert "No approved pair is waiting" in led.lead.types("/reverse-mentor introduce").text


def test_leads_match_look_decide_and_introduce(led: World) -> None:
    assert "Nobody is enrolled yet" in led.lead.types("/reverse-mentor match").text
    for number in range(1, 6):
        led.couple(number)
    assert "5 new pairs proposed" in _later(led, "match")
    led.delivers()
    waiting = led.lead.types("/reverse-mentor pending")
    assert "5 pairs are waiting" in waiting.text
    assert "Approved by" in led.lead.types("/reverse-mentor approve 1").text
    assert "5" not in led.lead.types("/reverse-mentor pending").text.split("waiting")[0]
    told = led.lead.types("/reverse-mentor decline #2 Different time zones").text
    assert "Declined by" in told
    assert "Different time zones" in told
    told = led.lead.types("/reverse-mentor approve 3, 4 and 99").text
    assert "Pair 3: Approved" in told
    assert "Pair 4: Approved" in told
    assert "Pair 99: There is no pair with that number" in told
    assert "Pair 1: Approved" in led.lead.types("/reverse-mentor approve 1").text, "it says who was first"
    assert "Pair 2: Declined" in led.lead.types("/reverse-mentor decline 2").text
    assert "3 pairs are being introduced now." in led.lead.types("/reverse-mentor introduce").text
    assert "No approved pair is waiting" in led.lead.types("/reverse-mentor introduce").text
    assert led.complaints() == []


def _later(world: World, typed: str) -> str:
    """A command that takes longer is answered behind its ack."""
    before = {message.ts for message in world.lead.messages()}
    answer = world.lead.types(f"/reverse-mentor {typed}")
    assert (answer.ok, answer.text) == (True, "")
    new = world.soon(lambda: [one for one in world.lead.messages() if one.ts not in before])
    return new[-1].text


def test_a_missing_number_is_asked_for(led: World, subtests: pytest.Subtests) -> None:
    for typed in (
        "approve",
        "approve everything",
        "decline",
        "decline because",
        "send-again",
        "it-arrived x",
    ):
        with subtests.test(typed=typed):
            assert "by its number" in led.lead.types(f"/reverse-mentor {typed}").text


def test_too_many_numbers_at_once_are_refused(led: World) -> None:
    numbers = " ".join(map(str, range(1, 27)))
    assert "at most 25 pairs at once" in led.lead.types(f"/reverse-mentor approve {numbers}").text


def test_the_review_opens_from_a_typed_word(led: World) -> None:
    led.lead.types("/reverse-mentor review")
    assert "No pairs have been proposed yet" in led.lead.waits_for_modal(title="Review pairs")


def test_every_word_is_answered_even_without_anything_else_in_the_payload(led: World) -> None:
    ana = led.joins("Ana Example")
    for word in COMMANDS:
        answer = raw.dispatch(led, raw.command(led, ana.id, word))
        assert answer.status == 200, word


def test_words_that_take_an_answer_name_the_four(led: World) -> None:
    mentor, _mentee = led.couple()
    led.proposes()
    led.lead.types("/reverse-mentor approve 1")
    led.introduces()
    led.delivers()
    shown = mentor.types("/reverse-mentor checkin")
    assert all(answer.words in shown.full_text for answer in Answer)
    unread = mentor.types("/reverse-mentor checkin perhaps")
    assert "I cannot read “perhaps” as an answer" in unread.text
    assert "Have you and" in unread.text
    assert "It is good to know that you and" in mentor.types("/reverse-mentor checkin we met").text
    assert "a time planned" in mentor.types("/reverse-mentor check-in PLANNED 1").text
    assert "Some weeks are like that" in mentor.types("/reverse-mentor check in not yet").text
    assert "no pair with that number" in mentor.types("/reverse-mentor checkin met 99").text
    assert " now know. <@" in mentor.types("/reverse-mentor checkin help").text
    assert led.complaints() == []


def test_somebody_in_several_pairs_says_which_one(led: World) -> None:
    mentor = led.joins("Mia Mentor", "share", 2, shares=["Video editing"], wants=[], mentor_capacity=2)
    for name in ("Max Mentee", "Moe Mentee"):
        led.joins(name, "learn", 6, shares=[], wants=["Video editing"])
    led.proposes()
    led.lead.types("/reverse-mentor approve 1 2")
    led.introduces()
    led.delivers()
    asked = mentor.types("/reverse-mentor checkin met")
    assert "You are in several pairs" in asked.text
    assert "`/reverse-mentor checkin met 2`" in asked.text
    assert "It is good to know that you and" in mentor.types("/reverse-mentor checkin met 2").text
    assert led.complaints() == []
