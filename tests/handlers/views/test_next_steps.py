"""Nobody is left without a next step, and what is asked for names somebody."""

from __future__ import annotations

import pytest

from handlers.ids import Action
from handlers.views import render, replies
from handlers.views.cards import brief
from handlers.wording import about_pair, no_program, not_enrolled, refusal, saved_profile
from mentoring import errors
from mentoring.cycles import LeftOut, StillAlone
from mentoring.for_leads import IntroTime, PairCard
from mentoring.matching import Broken, Case, LevelsApart, Rule, Taught, Teaches, Wish
from mentoring.messages import Intro, Welcome
from mentoring.pairings import Because, Cause, PairState
from mentoring.people import Role
from program.forms import Matched
from tests.handlers.views.checks import assert_good_message, buttons
from tests.handlers.views.samples import WHEN, a_card, a_pair, a_summary

LEADS = ("U8", "U9")


def test_a_welcome_without_a_level_begins_with_the_one_thing_to_do() -> None:
    message = render(Welcome("R", Role.LEARN, False, WHEN, "UTC", LEADS))
    assert "there is nothing to do" not in message.text
    assert "Once your profile has a level, the program's leads look for a good partner" in message.text
    kinds = [block["type"] for block in message.blocks]
    assert kinds.index("actions") == 2, "the way to the profile stands right below what is asked"
    assert kinds.count("actions") == 1
    done = render(Welcome("R", Role.LEARN, True, WHEN, "UTC", LEADS)).text
    assert "Until then there is nothing to do." in done
    unprepared = render(Welcome("R", Role.LEARN, True, WHEN, "UTC", LEADS, prepared=False)).text
    assert "Please prepare" in unprepared
    assert "there is nothing to do" not in unprepared


@pytest.mark.parametrize("stop", ["", ".", "…"])
def test_reason_and_help_are_two_sentences(stop: str) -> None:
    one = LeftOut(
        "U1", "mentee", f"2 mentors offer a wanted skill → none with a common language{stop}", "Help."
    )
    text = render(a_summary(left_out=StillAlone.of((one,)))).text
    assert f"none with a common language{stop or '.'} Help." in text


def test_a_summary_says_how_to_decide_and_what_helps_when_there_is_no_pair() -> None:
    assert "Decide on their cards, or type `/reverse-mentor review`." in render(a_summary()).text
    nothing = render(a_summary(proposed=0)).text
    assert "pairs are introduced on" not in nothing
    assert "they join with `/reverse-mentor`. Then `/reverse-mentor match` looks again." in nothing
    assert "Or type `/reverse-mentor review`." in render(a_summary(cards_posted=False)).text


@pytest.mark.parametrize(
    ("introduced", "waiting", "says"),
    [
        (0, 0, "No pair is introduced this time. `/reverse-mentor match` looks for pairs again."),
        (
            0,
            1,
            "No pair is introduced this time. 1 pair still waits for your decision (`/reverse-mentor pending` lists it",
        ),
        (2, 2, "2 pairs still wait for your decision (`/reverse-mentor pending` lists them)"),
    ],
)
def test_intro_time_counts_right_and_has_a_next_step(introduced: int, waiting: int, says: str) -> None:
    assert says in render(IntroTime("R", 1, introduced, 0, waiting, 0)).text


def test_reasons_are_told_to_the_pair_without_ranks() -> None:
    tools = Taught("AI (first choice) tools", (Wish("AI (first choice) tools", 3),), basics=True)
    reasons = (Teaches((tools, Taught("R", (Wish("Data", 11),))), 2), LevelsApart(3))
    pair = a_pair(reasons=reasons)
    text = render(Intro("R", pair, (), (), "")).text
    assert (
        "<@UMENTOR> can teach the basics of “AI (first choice) tools”, “R” (related to “Data”) and 2 more."
        in text
    )
    assert "Three levels apart." in text
    assert "(third choice)" in render(a_card(pair)).text, "leads read the ranks, as the profile says"


def test_a_withdrawn_pair_is_called_that_and_who_had_approved_it_stays() -> None:
    withdrawn = a_pair(PairState.WITHDRAWN, note="One has paused.")
    assert replies.already_decided(withdrawn).text == "Pair 12: This pair was withdrawn. Why: One has paused."
    approved = a_pair(PairState.WITHDRAWN, note="One has paused.", decided_by="U9")
    assert replies.already_decided(approved).text.endswith("Why: One has paused. Approved by <@U9>.")
    assert "withdrawn" in render(a_summary(withdrawn=1)).text


@pytest.mark.parametrize("state", [PairState.ENDED, PairState.FINISHED])
def test_no_word_dangles_when_nobody_is_stored_as_who_decided(state: PairState) -> None:
    assert "Approved" not in replies.already_decided(a_pair(state)).text


def test_warnings_stand_on_the_card_and_in_lists() -> None:
    plain = a_card()
    warned = PairCard(plain.pair, plain.mentor, plain.mentee, WHEN, False, ("Look <here>.",))
    message = render(warned)
    assert_good_message(message)
    assert "*Please look at this first*\n• Look &lt;here&gt;." in message.text
    assert "Please look at this first: Look &lt;here&gt;." in brief(warned)
    assert "look at this" not in render(plain).text + brief(plain)


@pytest.mark.parametrize("error", [errors.NotAllowed, errors.AdminsOnly])
def test_who_may_not_do_something_reads_whom_to_ask(error: type[errors.ForOthers]) -> None:
    assert refusal(error(LEADS)).text == f"{error().sentence} You can ask <@U8> or <@U9>."
    assert refusal(error()).text == error().sentence


def test_nothing_is_said_twice() -> None:
    assert not_enrolled().text.count("`/reverse-mentor`") == 1
    admin = no_program(may_set_up=True)
    assert admin.text.count("/reverse-mentor setup") == 1
    assert "admin" not in admin.text
    assert "Ask a workspace admin" in no_program(may_set_up=False).text
    away = Because(Cause.BREAKS_RULES, (Broken(Rule.AWAY, Case.MENTOR),))
    broken = errors.PairBroken(12, away)
    assert broken.sentence == "Pair 12 is no longer possible. The mentor is not available at the moment."
    assert about_pair(12, broken).text == broken.sentence
    assert about_pair(12, errors.NoSuchPair()).text == "Pair 12: There is no pair with that number here."


def test_a_matching_that_found_nothing_says_what_helps_and_where_details_are() -> None:
    text = replies.matched(Matched(1, 0, 0, 2, 0, "C1")).text
    assert text.startswith("Cycle 1: no new pair was found. 2 people have no partner yet.")
    assert "they join with `/reverse-mentor`. Details are in the leads' channel, <#C1>." in text
    assert "1 new pair proposed" in replies.matched(Matched(1, 1, 0, 0, 0)).text


def test_a_list_of_numbers_alone_is_not_called_also() -> None:
    assert "Waiting: pair 14. `/reverse-mentor review` shows all." in replies.pending([], others=[14]).text
    assert "Also waiting: pairs 14 and 15." in replies.pending([a_card()], others=[14, 15]).text


@pytest.mark.parametrize("error", [errors.NothingToMatch, errors.NothingToIntroduce])
def test_when_there_is_nothing_to_do_it_is_said_what_to_do_first(error: type[errors.ProgramError]) -> None:
    assert "`/reverse-mentor" in error().sentence


def test_a_word_that_became_another_names_who_can_keep_them_apart() -> None:
    shown = str(saved_profile([("Tipography", "Typography")], LEADS))
    assert "tell a program lead, who can keep the two apart: <@U8> or <@U9>." in shown
    assert "tell a program lead" not in str(saved_profile([("typography", "Typography")], LEADS))


def test_the_profile_button_is_where_the_level_is_asked_for() -> None:
    message = render(Welcome("R", Role.LEARN, False, WHEN, "UTC", ()))
    assert buttons(message.blocks)["Open my profile"]["action_id"] == Action.JOIN
