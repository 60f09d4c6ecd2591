"""A member's Home: what waits first, the pairs with what comes next, dates, the profile, and the ways out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.ids import Action
from handlers.metadata import Prepares
from handlers.views.home import home_view
from handlers.views.preparation import finished, preparation_modal
from mentoring.away import Away
from mentoring.checkins import Answer
from mentoring.own_place import MyPair, OwnPlace
from mentoring.people import Role
from mentoring.preparation import CARDS
from mentoring.progress import Progress
from program.forms import Home, MyPairs
from program.forms import MyPair as Ends
from tests.handlers.views.checks import assert_good_view, buttons, texts
from tests.handlers.views.samples import WHEN, a_program, a_prompt, a_status, hostile, ids

NEXT = WHEN + timedelta(days=3)
PAIR = MyPair(
    7, "U2", True, ("AI tools",), Progress(3, 6), NEXT, Answer.PLANNED, WHEN, None, WHEN + timedelta(days=40)
)
BUSY = OwnPlace(
    pairs=(PAIR, MyPair(8, "U3", False, mates=("U4",), rests_until=NEXT.date())),
    cycle_number=4,
    is_in=False,
    prepared=False,
    must_prepare=True,
    said={3: ("My way here",), 4: ("A second language", "My way here")},
)
CALM = OwnPlace(cycle_number=4)
LONGEST = OwnPlace(
    pairs=tuple(
        replace(PAIR, partner_id=one, topics=(hostile(80),) * 20, progress=Progress(98, 99), mates=ids(3))
        for one in ids(10)
    ),
    cycle_number=99,
    said={number: (hostile(70),) * 6 for number in (98, 99)},
)
OWN_PLACES = (CALM, BUSY, LONGEST)


WAYS = MyPairs((Ends(7, "U2", "Ben"), Ends(8, "U3", "Cleo")))


def home(place: OwnPlace, **status: object) -> Home:
    return Home(a_program(), a_status(**status), (), None, False, ways=WAYS, place=place)


def told(place: OwnPlace, **status: object) -> list[str]:
    return [one["text"] for one in texts(home_view(home(place, **status)))]


@pytest.mark.parametrize("place", OWN_PLACES)
def test_it_is_taken(place: OwnPlace) -> None:
    assert_good_view(home_view(home(place)))


def test_it_is_one_place_for_everything_of_ones_own() -> None:
    shown = "\n".join(told(BUSY, has_level=False))
    order = [
        "has no level yet",
        "Please prepare",
        "*Your pairs*",
        "<@U2>",
        "next introductions",
        "*Your profile*",
    ]
    places = [shown.index(one) for one in order]
    assert places == sorted(places), "what waits comes first"
    assert "You teach <@U2> AI tools" in shown
    assert "3 of 6 meetings · next: <!date" in shown
    assert "you last answered “Planned” on" in shown
    assert "<@U3> teaches you, together with <@U4>." in shown
    assert "You skip cycle 4." in shown
    assert "Cycle 3: “My way here”." in shown
    assert "Nobody is paired here before that." in shown


def test_what_can_be_done_from_there() -> None:
    view = home_view(home(BUSY, has_level=False))
    shown = {name: one["action_id"] for name, one in buttons(view["blocks"]).items()}
    assert shown == {
        "Choose my level": Action.JOIN,
        "Open the cards": Action.PREPARE,
        "Next meeting": Action.MEETING,
        "End this pair": Action.END_PAIR,
        "Take part in cycle 4": Action.CYCLE_IN,
        "Ask me less often": Action.ASK_LESS,
        "Edit my profile": Action.JOIN,
        "Take back": Action.EXPERIENCES_BACK,
        "Pause": Action.PAUSE,
        "Leave": Action.LEAVE,
    }
    assert buttons(view["blocks"])["Take part in cycle 4"]["value"] == "4"
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    (until,) = [one for row in rows for one in row if one["type"] == "datepicker"]
    assert until["action_id"] == Action.PAUSE_UNTIL
    assert until["confirm"]["title"]["text"] == "Pause until that day?"
    assert buttons(view["blocks"])["Leave"]["confirm"]["style"] == "danger"


def test_without_anything_it_says_so() -> None:
    shown = told(CALM)
    assert "*Your pairs*\nNone right now." in shown
    assert not [one for one in shown if "Please prepare" in one or "Experiences you named" in one]


def test_the_next_cycle_can_be_skipped_and_asking_less_is_one_tap_away() -> None:
    shown = buttons(home_view(home(CALM))["blocks"])
    assert (shown["Skip cycle 4"]["action_id"], shown["Skip cycle 4"]["value"]) == (Action.CYCLE_SKIP, "4")
    assert "I ask you once a week how it goes." in "\n".join(told(CALM))
    away = replace(CALM, weeks=2, away=Away(WHEN.date(), NEXT.date()))
    words = "\n".join(told(away))
    assert "I ask you every two weeks how it goes. You are away from Tuesday, December 1, 2026" in words
    assert "to the end of Friday, December 4, 2026: then I write to you only about what cannot wait." in words
    assert "Change how often I ask" in buttons(home_view(home(away))["blocks"])


def test_whoever_is_paused_has_nothing_to_skip_and_is_not_asked_anyway() -> None:
    shown = buttons(home_view(home(CALM, standing="paused"))["blocks"])
    assert not {"Skip cycle 4", "Ask me less often"} & set(shown)


def test_however_much_there_is_the_ways_out_stay_on_it() -> None:
    asked = Home(a_program(), a_status(), (a_prompt(),) * 60, None, False, ways=WAYS, place=LONGEST)
    view = home_view(asked)
    assert_good_view(view)
    assert len(view["blocks"]) == 100
    assert "Not everything fits here" in str(view["blocks"])
    assert {"Pause", "Leave", "Edit my profile"} <= set(buttons(view["blocks"]))


@pytest.mark.parametrize("role", Role)
def test_the_cards_are_turned_one_at_a_time_and_only_the_last_can_be_finished(role: Role) -> None:
    for page, card in enumerate(CARDS[role]):
        view = preparation_modal(Prepares(role, page))
        assert_good_view(view)
        assert card.title in str(view["blocks"])
        shown = set(buttons(view["blocks"]))
        assert ("Back" in shown) == (page > 0)
        assert ("Next card" in shown) == ("submit" not in view) == (page < 4)
    assert_good_view(finished())
    assert preparation_modal(Prepares(role, 77)) == preparation_modal(Prepares(role, 4))
