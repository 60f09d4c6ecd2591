"""The leads' views on pairs in four states each: empty, typical, the longest that is allowed, and hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from handlers.ids import Action
from handlers.metadata import OnPage, read
from handlers.views import Rendered, all_at_once, render
from handlers.views.cards import brief
from handlers.views.closing import close_modal
from handlers.views.decline import decline_modal
from handlers.views.review import PAIRS_A_PAGE, review_modal, what_it_does
from mentoring.for_leads import PairCard, PairCards, Side, Summary
from mentoring.pairings import PairState
from mentoring.policy import ByItself, Policy, Way
from program.approving_all import ApprovedAll, Left
from program.forms import AllAtOnce, ReviewPage, Shows, Sieve, SortedBy
from tests.handlers.views.checks import assert_good_message, assert_good_view, buttons
from tests.handlers.views.samples import LARGEST, WHEN, a_card, a_pair, a_summary, hostile

HOSTILE = next(one for one in LARGEST if isinstance(one, PairCards)).cards
TODAY = date(2026, 12, 1)


def named(card: PairCard) -> PairCard:
    mentor, mentee = replace(card.mentor, name="Ana Alves"), replace(card.mentee, name="Ben Bauer")
    return replace(card, mentor=mentor, mentee=mentee)


def a_page(cards: tuple[PairCard, ...], **facts: Any) -> ReviewPage:
    given: dict[str, Any] = {
        "sieve": Sieve(since=WHEN.timestamp()),
        "left": len(cards),
        "total": 40,
        "found": 40,
        "departments": ("Design", "Finance"),
        "skills": ("AI tools",),
        "all_at_once": AllAtOnce(37, "1abc" * 37, 3, 0, 0),
    }
    return ReviewPage(3, 1, cards, 0, 4, **given | facts)


EMPTY = a_page((), total=0, found=0, departments=(), skills=(), all_at_once=AllAtOnce())
SIEVED = a_page((), found=0, sieve=Sieve(Shows.ATTENTION, person="U0000000001", since=1.5))
TYPICAL = a_page((named(a_card()),) * PAIRS_A_PAGE)
LONGEST = a_page(
    HOSTILE[:1] * PAIRS_A_PAGE,
    sieve=Sieve(Shows.ATTENTION, SortedBy.NAME, "D" * 150, "S" * 150, "U0000000001", 4e9 + 0.5),
    departments=("D" * 150, *(f"{number}{'d' * 140}" for number in range(98))),
    skills=("S" * 150, *(f"{number}{'s' * 140}" for number in range(98))),
    all_at_once=AllAtOnce(450, "x" * 2000, 99_999, 99_999, 99_999, 99_999),
)
HOSTILE_PAGE = a_page(
    HOSTILE, departments=(hostile(80),), skills=(hostile(80),), sieve=Sieve(department=hostile(80), since=1.0)
)
PAGES = {"empty": EMPTY, "sieved": SIEVED, "typical": TYPICAL, "longest": LONGEST, "hostile": HOSTILE_PAGE}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_review_is_taken_by_slack(page: ReviewPage) -> None:
    view = review_modal(page)
    assert_good_view(view)
    assert len(view["blocks"]) <= 100
    assert read("review", view["private_metadata"]) == OnPage(
        page.page, page.sieve, tuple(card.pair.id for card in page.cards)
    )


@pytest.mark.parametrize("state", PairState)
def test_a_page_of_decided_pairs_is_taken_by_slack(state: PairState) -> None:
    cards = tuple(
        replace(card, pair=replace(card.pair, state=state, note=hostile(500), by_rule=rule, ended_by=by))
        for card, rule, by in product(HOSTILE[:2], (None, "days 3"), (None, "U0000000001"))
    )
    assert_good_view(review_modal(a_page(cards)))
    assert_good_message(render(PairCards(cards[-5:])))


def test_one_button_is_emphasized_and_names_the_two() -> None:
    shown = [one for block in review_modal(TYPICAL)["blocks"] for one in block.get("elements", ())]
    primary = [one["action_id"] for one in shown if one.get("style") == "primary"]
    assert primary == [Action.APPROVE_ALL]
    labels = {one["accessibility_label"] for one in shown if one["action_id"] == Action.REVIEW_APPROVE}
    assert labels == {"Approve pair 12: Ana Alves and Ben Bauer"}


def test_the_question_says_how_many_and_which_stay() -> None:
    told = what_it_does(AllAtOnce(412, "", 3, 1, 0))
    assert told.startswith("This approves 412 pairs. These stay: 3 with something to look at and 1 on hold.")
    (button,) = [
        one for name, one in buttons(review_modal(TYPICAL)["blocks"]).items() if name == "Approve 37 pairs"
    ]
    assert button["confirm"]["confirm"]["text"] == "Approve 37 pairs"


@pytest.mark.parametrize("card", [a_card(), named(a_card()), *HOSTILE[:2]])
def test_the_forms_about_one_pair_are_taken_by_slack(card: PairCard) -> None:
    page = OnPage(2**31 - 1, LONGEST.sieve, (2**31 - 1,) * PAIRS_A_PAGE)
    for below in (None, page):
        assert_good_view(close_modal(card, TODAY, below))
        assert_good_view(decline_modal(card, below))


LEFT = {why: tuple(range(2_000_000_000, 2_000_000_450)) for why in Left}
ANSWERS: dict[str, Rendered] = {
    "nothing": all_at_once.nothing(AllAtOnce()),
    "only what needs a look": all_at_once.nothing(AllAtOnce(0, "", 1)),
    "one of an earlier cycle": all_at_once.nothing(AllAtOnce(elsewhere=1)),
    "a question": all_at_once.question(AllAtOnce(1, "1abc")),
    "the longest": all_at_once.question(LONGEST.all_at_once, anew=True),
    "done": all_at_once.done(ApprovedAll(1, {})),
    "most left": all_at_once.done(ApprovedAll(0, LEFT)),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_answers_about_all_at_once_are_taken_by_slack(answer: Rendered) -> None:
    assert_good_message(answer)


def test_the_cards_of_a_message_count_down() -> None:
    waiting, done = named(a_card()), named(a_card(a_pair(PairState.APPROVED, decided_by="U9")))
    message = render(PairCards((waiting, done, waiting)))
    assert message.text.startswith("*Approval needed:* <@UMENTOR> teaches <@UMENTEE> “AI tools”")
    assert "2 left to decide, of 3 here." in message.text
    assert render(PairCards((done, done))).text.endswith("All decided.")
    styles = [
        one.get("style") for block in message.blocks for one in block.get("elements", ()) if "style" in one
    ]
    assert styles == ["primary"] * 2, "one for each card"


def test_a_rule_says_what_it_will_do_and_how_to_stop_it() -> None:
    soon = ByItself(Way.SILENCE, 3, WHEN)
    card = replace(named(a_card()), by_itself=soon, policy=Policy(None, 3))
    assert "the program's rule approves it on <!date" in render(card).text
    assert (
        "the program's rule approves it by Tuesday, December 1, 2026" in render(PairCards((card, card))).text
    )
    assert list(buttons(render(card).blocks)) == ["Approve", "Decline", "Swap", "Hold"]
    held = replace(card, by_itself=None, pair=replace(card.pair, held_by="U9"))
    assert "Held by <@U9>: no rule approves it." in brief(held)
    assert list(buttons(render(held).blocks)) == ["Approve", "Decline", "Swap", "Let the rule decide"]
    assert Side("U1", "", "", "UTC").name == ""


@pytest.mark.parametrize(
    ("policy", "says"),
    [
        (Policy(), "Leads decide on each pair by hand."),
        (
            Policy(80),
            "A pair that fits at 80 of 100 or better, with nothing to look at, is approved by itself.",
        ),
        (Policy(None, 1), "Any pair is approved by itself when nobody has decided for 1 working day."),
    ],
)
def test_the_summary_says_which_rule_applies(policy: Policy, says: str) -> None:
    assert says in render(a_summary(policy=policy)).text
    nothing: Summary = a_summary(policy=policy, proposed=0)
    assert says not in render(nothing).text, "there is nothing that it could apply to"
