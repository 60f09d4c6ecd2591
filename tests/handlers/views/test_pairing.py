"""The lists and the form with which leads make pairs: empty, typical, the longest allowed, hostile."""

from __future__ import annotations

import pytest

from handlers.views import Rendered, by_hand, swaps
from handlers.views.changed import changed
from handlers.views.parts import rendered
from mentoring.matching import Broken, Case, Rule, Side, Swap
from mentoring.pairings import PairState
from mentoring.wishes import Wanted, Wish
from program.by_hand import Considered, Offered
from program.resolving import Changed
from program.wanted import Asked, Standing
from tests.handlers.views.checks import assert_good_message, assert_good_view
from tests.handlers.views.samples import WHEN, a_card, a_pair, hostile, ids


def a_swap(side: Side = "mentor", **changes: int) -> Swap:
    pair = ("UOTHER", "UMENTEE") if side == "mentor" else ("UMENTOR", "UOTHER")
    facts = {"served": 0, "waiting": 0, "pairs": 0, "score": 0} | changes
    return Swap(pair, side, 900, (), **facts, gone=(), new=(), alone=(), found=())


def longest() -> Offered:
    many = tuple((person, side) for person in ids(9) for side in ("mentor", "mentee"))
    sides: tuple[Side, ...] = ("mentor",) * 5 + ("mentee",) * 5
    gone = tuple(zip(ids(99), ids(99, 100), strict=True))
    listed = tuple(
        Swap(("U0123456789", "U0123456788"), side, 900, (), 12, 0, 0, 0, gone, gone, many, many)  # type: ignore[arg-type]  # sides are text
        for side in sides
    )
    return Offered(a_card(), listed, dict.fromkeys(("U0123456789", "U0123456788"), hostile(80)))


def wishes(number: int) -> Standing:
    against = (Broken(Rule.LANGUAGE), Broken(Rule.SKILL), Broken(Rule.DEPARTMENT, Case.SAME))
    return Standing(
        3,
        1,
        tuple(
            Asked(Wish(at, 1, at % 2 or None, person, "UOTHER", list(Wanted)[at % 2], "ULEAD", WHEN), against)
            for at, person in enumerate(ids(number))
        ),
    )


LOOKED = Considered(
    "UMENTOR",
    "UMENTEE",
    tuple(Broken(rule, Case.BOTH) if rule is Rule.FULL else Broken(rule) for rule in (Rule.SKILL, Rule.FULL)),
    (hostile(400),),
    "ULEAD",
)
SOME = Changed((a_pair(),), (a_pair(PairState.WITHDRAWN),))
MANY = Changed((a_pair(),) * 99, (a_pair(PairState.WITHDRAWN),) * 99)
MESSAGES: dict[str, Rendered] = {
    "no swaps": swaps.swap_list(Offered(a_card(), (), {})),
    "swaps": swaps.swap_list(
        Offered(
            a_card(),
            (a_swap(), a_swap("mentee", score=400), a_swap("mentee", served=1)),
            {"UOTHER": "Senior"},
        )
    ),
    "most swaps": swaps.swap_list(longest()),
    "look first": by_hand.look_first(LOOKED),
    "warned": by_hand.look_first(Considered("UMENTOR", "UMENTEE", (), ("Please check.",))),
    "whom": by_hand.whom(),
    "made": by_hand.made(a_pair(PairState.APPROVED, decided_by="ULEAD", decided_at=WHEN, instead_of=3), SOME),
    "nothing asked": by_hand.standing(wishes(0)),
    "asked": by_hand.standing(wishes(2), Changed(), "That is kept. Neither of the two is told."),
    "most asked": by_hand.standing(wishes(99), MANY, "That is taken back."),
    "changed": rendered(changed(SOME)),
    "one changed": rendered(changed(Changed(new=(a_pair(),)))),
    "many changed": rendered(changed(MANY)),
    "later": rendered(changed(Changed(later=True))),
    "not asked": by_hand.standing(wishes(0), None, "Nothing was asked for these two."),
}


def test_what_a_swap_costs_names_people_where_there_is_room() -> None:
    assert "<@U0000000001>, <@U0000000002> and 7 others have no mentee then." in swaps.cost(
        longest().swaps[0]
    )
    assert "18 people have no partner then. 18 people get a partner then." in MESSAGES["most swaps"].text


@pytest.mark.parametrize("name", MESSAGES)
def test_every_answer(name: str) -> None:
    assert_good_message(MESSAGES[name])


FORMS = {
    "empty": by_hand.pair_modal(),
    "filled in": by_hand.pair_modal("UMENTOR", "UMENTEE", "fix", "They asked"),
    "looked at": by_hand.pair_modal("UMENTOR", "UMENTEE", "now", hostile(500), LOOKED),
    "most swaps": swaps.swap_modal(longest()),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form(name: str) -> None:
    assert_good_view(FORMS[name])


@pytest.mark.parametrize(
    ("swap", "told"),
    [
        (a_swap(), "Same number of pairs, and they fit just as well."),
        (a_swap(score=400), "Same number of pairs; they fit a little less in all."),
        (a_swap(score=900), "Same number of pairs; they fit less in all."),
        (a_swap(score=9000), "Same number of pairs; they fit much less in all."),
        (a_swap(pairs=1), "As many people get a partner, with 1 pair fewer in all."),
        (a_swap(waiting=2), "As many people get a partner, but those have waited 2 cycles less in all."),
        (a_swap(served=1, score=-5), "One person fewer gets a partner, counted once in each role."),
        (a_swap(served=2), "2 people fewer get a partner, counted once in each role."),
    ],
)
def test_what_a_swap_costs_in_words(swap: Swap, told: str) -> None:
    assert swaps.cost(swap) == told


def test_who_is_concerned_is_named() -> None:
    swap = Swap(
        ("U1", "U2"),
        "mentor",
        1,
        (),
        2,
        0,
        1,
        0,
        (("U3", "U4"),),
        (),
        (("U3", "mentor"), ("U5", "mentee")),
        (),
    )
    assert swaps.cost(swap).split(". ", 1)[1] == (
        "<@U3> has no mentee then. <@U5> has no mentor then. One other proposal makes way."
    )
