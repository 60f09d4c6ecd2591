"""Calls for help, as those who were told of them see them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.ids import Action
from handlers.views import render
from handlers.views.calls import call_list, how_many
from mentoring.for_leads import HelpAlert
from program.forms import OpenCall
from tests.handlers.views.checks import assert_good_message, buttons
from tests.handlers.views.samples import WHEN

CALL = HelpAlert("R", "U1", "U2", 12, WHEN, told=("U8", "U9"), number=7)
TAKEN = replace(CALL, owner="U8", taken_at=WHEN)
WAITING = OpenCall(7, 12, "U1", "U2", WHEN)


def acts(call: HelpAlert) -> dict[str, str]:
    shown = render(call)
    assert_good_message(shown)
    return {name: one["action_id"] for name, one in buttons(shown.blocks).items()}


def test_each_reader_has_the_buttons_that_are_theirs_and_can_type_the_same() -> None:
    assert acts(CALL) == {"I take it": Action.TAKE_CALL, "Done": Action.CALL_DONE}
    assert "`/reverse-mentor take-call 7` or `/reverse-mentor call-done 7`" in render(CALL).text
    mine = replace(TAKEN, mine=True)
    assert acts(mine) == {"Done": Action.CALL_DONE, "Hand it back": Action.HAND_BACK}
    assert "`/reverse-mentor call-done 7` or `/reverse-mentor hand-back 7`" in render(mine).text
    assert acts(TAKEN) == acts(replace(TAKEN, done_by="U8", done_at=WHEN)) == {}
    assert "If <@U8> is away, `/reverse-mentor hand-back 7` frees it for others." in render(TAKEN).text


def test_a_call_that_waits_says_so_in_its_first_words_until_somebody_takes_it() -> None:
    again = replace(CALL, waits=True)
    assert render(again).text.startswith("Nobody has taken this call for help yet. <@U1> asked for help")
    assert render(CALL).text.startswith("<@U1> asked for help")
    done = replace(again, done_by="U8", done_at=WHEN)
    for one in (replace(again, owner="U8", taken_at=WHEN), done):
        assert "Nobody has taken" not in render(one).text


def test_a_pair_that_has_ended_is_said() -> None:
    assert "Their pair has ended since." in render(replace(CALL, over=True)).text
    assert "ended" not in render(CALL).text


@pytest.mark.parametrize(
    ("owners", "title"),
    [
        (("",), "Asked for help: 1, nobody has taken it"),
        (("", ""), "Asked for help: 2, nobody has taken them"),
        (("U8", ""), "Asked for help: 2, nobody has taken 1 of them"),
        (("U8",), "Asked for help: 1, taken"),
    ],
)
def test_the_list_begins_with_what_waits(owners: tuple[str, ...], title: str) -> None:
    calls = [replace(WAITING, owner=owner) for owner in owners]
    assert how_many(calls) == title
    assert title in call_list(calls).text


def test_buttons_in_the_list_are_told_apart_by_whoever_reads_them_out() -> None:
    shown = call_list([WAITING, replace(WAITING, number=8)])
    labels = [
        one["accessibility_label"]
        for block in shown.blocks
        if block["type"] == "actions"
        for one in block["elements"]
    ]
    assert labels == ["I take it, call 7", "Done, call 7", "I take it, call 8", "Done, call 8"]
