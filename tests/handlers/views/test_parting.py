"""Ways out of a pair as people read them: alone and with several, in every state, with the longest names there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from handlers.views import Rendered, parting, render
from mentoring.care import PartnersRest
from mentoring.for_leads import Misfit
from mentoring.matching import Broken, Case, Rule
from mentoring.messages import Content, PairClosed
from mentoring.partings import Alone, Choice, PartedWhy, Parting, PauseOver, Stands
from program.forms import MyPair, MyPairs
from tests.handlers.views.checks import assert_good_message, assert_good_view, buttons
from tests.handlers.views.samples import WHEN, a_pair, hostile, ids

CLOSED = Alone(12, "U2", Stands.CLOSED, partner_name="May Example")
AWAY = Alone(13, "U3", Stands.AWAY, partner_name="Kay Example")
MINE = replace(CLOSED, mine=True)
PAIR = MyPair(14, "U4", "Jo Example")
SAID = Parting(12, "U1", WHEN, "We never found a time.", leads_may_read=True)


def contents() -> Iterator[Content]:
    """Every message of this kind, in every state."""
    for stands, choice, in_time in product(Stands, (None, *Choice), (True, False)):
        alone = replace(CLOSED, stands=stands, choice=choice, in_time=in_time)
        yield PairClosed("R", "U2", alone=alone)
        away = ("U2",) if stands is Stands.AWAY else ()
        yield PartnersRest("R", away, asked=(alone,))
        yield PartnersRest("R", (*away, "U3"), asked=(alone, AWAY))
    several = (), ("U1",), ("U1", "U2")
    for takes_part, partners, resting in product((True, False), several, several):
        yield PauseOver("R", takes_part, partners, resting)
    for reason in (None, "We never found a time."):
        yield PartedWhy("R", 12, "U1", "U2", reason)
    broken = (Broken(Rule.LEVEL, Case.TOO_NEAR, 0, 1), Broken(Rule.GUEST, Case.MENTOR))
    for found, over, kept in product(((), broken[:1], broken), (True, False), (True, False)):
        yield Misfit("R", a_pair(), found, over, kept)


MANY = tuple(MyPair(100_000 + n, one, hostile(80)) for n, one in enumerate(ids(10)))
MESSAGES: dict[str, Rendered] = {
    "no pair": parting.my_pairs(MyPairs()),
    "pairs": parting.my_pairs(MyPairs((PAIR,), (AWAY, CLOSED))),
    "most pairs": parting.my_pairs(MyPairs(MANY)),
    "which": parting.my_pairs(MyPairs((), (AWAY, CLOSED)), "Which pair do you mean?"),
    "end": parting.end_question([PAIR]),
    "end which": parting.end_question(MANY),
    "ended": parting.ended(MINE),
    "ended long": parting.ended(replace(MINE, partner_name=hostile(80))),
    "no reason": parting.why_kept(replace(SAID, reason="", leads_may_read=False)),
    "reason for nobody": parting.why_kept(replace(SAID, leads_may_read=False)),
    "reason for leads": parting.why_kept(SAID),
    **{f"chose {choice}": parting.chosen(replace(AWAY, choice=choice)) for choice in Choice},
}
FORMS = {
    "why": parting.why_modal(SAID),
    "why, hostile": parting.why_modal(replace(SAID, reason=hostile(500))),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_answer(name: str) -> None:
    assert_good_message(MESSAGES[name])


@pytest.mark.parametrize("name", FORMS)
def test_every_form(name: str) -> None:
    assert_good_view(FORMS[name])


def test_every_message() -> None:
    for content in contents():
        assert_good_message(render(content))


def test_whoever_is_left_alone_has_each_way_in_one_tap_until_it_is_chosen() -> None:
    for one in (CLOSED, AWAY):
        found = buttons(parting.chosen(one).blocks)
        assert list(found) == ["Find somebody new", "Wait", "Rest until the next cycle"]
        assert {button["value"] for button in found.values()} == {str(one.pair_id)}
        for choice, words in zip((Choice.NEW, Choice.WAIT, Choice.REST), list(found), strict=True):
            assert words not in buttons(parting.chosen(replace(one, choice=choice)).blocks)
    assert "Find somebody new, about May Example" in repr(parting.chosen(CLOSED).blocks)


def test_what_is_over_has_no_buttons() -> None:
    for stands in set(Stands) - {Stands.AWAY, Stands.CLOSED}:
        assert buttons(parting.chosen(replace(CLOSED, stands=stands)).blocks) == {}


def test_whatever_closed_a_pair_the_other_reads_the_same() -> None:
    """Only whoever closed it themselves reads that; and the note itself does not depend on it."""
    assert render(PairClosed("R", "U2", alone=CLOSED)) == render(PairClosed("R", "U2", alone=MINE))


def test_nobody_may_read_a_reason_before_its_author_ticks_that() -> None:
    box = next(
        block
        for block in parting.why_modal(replace(SAID, leads_may_read=False))["blocks"]
        if block["block_id"] == "allow"
    )
    assert "initial_options" not in box["element"]


def test_what_ends_a_pair_asks_first_and_looks_dangerous() -> None:
    assert parting.end_button(PAIR).to_dict()["confirm"]["style"] == "danger"
    assert {one["style"] for one in buttons(parting.end_question([PAIR]).blocks).values()} == {"danger"}
