"""The list of everybody without a partner, and why two people are none: empty, typical, longest and hostile."""

from __future__ import annotations

import pytest

from handlers.ids import Action
from handlers.views import Rendered
from handlers.views.unmatched import unmatched_answer, unmatched_modal
from handlers.views.why_not import which_two, why_not_answer, why_not_modal
from mentoring.cycles import LeftOut
from mentoring.matching import Broken, Case, Rule
from mentoring.pairings import Because, Cause, PairState
from program.forms import Unmatched, UnmatchedPage, WhyNotAnswer
from program.unmatched import A_PAGE
from tests.handlers.views.checks import assert_good_message, assert_good_view, buttons
from tests.handlers.views.samples import WHEN, a_pair, hostile

LONGEST = Unmatched(
    "U0000000001",
    (LeftOut("U0000000001", "mentor", hostile(400), hostile(400)),),
    has_partner=True,
)
ENTRIES = (
    Unmatched("U1", (LeftOut("U1", "mentee", "No mentor offers it", "One more would help."),)),
    Unmatched("U2", without_level=True),
    Unmatched("U3", late=True),
    Unmatched("U4", pair_id=12, pair_state=PairState.DECLINED),
    Unmatched("U5", pair_id=12, pair_state=PairState.WITHDRAWN),
    Unmatched("U6", pair_id=12, pair_state=PairState.ENDED),
    Unmatched("U7"),
)
UNMATCHED = UnmatchedPage("R", 3, WHEN, ENTRIES, 20, 1, 3)
PAGES = {
    "no cycle": UnmatchedPage("R", 0, None, (), 0, 0, 1),
    "nobody": UnmatchedPage("R", 3, WHEN, (), 0, 0, 1),
    "some": UNMATCHED,
    "first": UnmatchedPage("R", 3, WHEN, ENTRIES[:1], 20, 0, 3),
    "longest": UnmatchedPage(hostile(80), 99, WHEN, (LONGEST,) * A_PAGE, 99_999, 1, 12_500),
}
WHY = {
    "same": WhyNotAnswer("U1", "U1", same=True),
    "missing": WhyNotAnswer("U1", "U2", missing=("U1", "U2")),
    "one missing": WhyNotAnswer("U1", "U2", missing=("U1",)),
    "rule": WhyNotAnswer("U1", "U2", because=Because(Cause.BREAKS_RULES, (Broken(Rule.AWAY, Case.BOTH),))),
    "would be": WhyNotAnswer("U1", "U2", would_be=True),
    "words": WhyNotAnswer(
        "U1", "U2", words="They could be a pair, but then there would be 1 pair fewer in all."
    ),
    "longest": WhyNotAnswer("U0000000001", "U0000000002", words=hostile(4000)),
    **{
        f"{state} pair": WhyNotAnswer("U1", "U2", pair=a_pair(state))
        for state in (
            *(PairState.PROPOSED, PairState.APPROVED, PairState.INTRODUCED),
            *(PairState.DECLINED, PairState.ENDED),
        )
    },
}
UNMATCHED_ANSWERS: dict[str, Rendered] = {
    f"unmatched, {name}": unmatched_answer(one) for name, one in PAGES.items()
}
WHY_NOT_ANSWERS: dict[str, Rendered] = {
    **{f"why not, {name}": why_not_answer(one) for name, one in WHY.items()},
    "why not whom": which_two(),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits(name: str) -> None:
    assert_good_view(unmatched_modal(PAGES[name]))
    answer = unmatched_answer(PAGES[name])
    assert_good_message(answer)
    assert len(answer.text.splitlines()) >= len(PAGES[name].people)


def test_the_text_of_the_longest_page_names_everybody_and_the_next_page() -> None:
    text = unmatched_answer(PAGES["longest"]).text
    assert text.count("<@U0000000001>") == A_PAGE
    assert "`/reverse-mentor unmatched 3` shows page 3." in text
    assert "`/reverse-mentor why-not @Ana @Ben`" in text


def test_pages_turn_where_there_are_others() -> None:
    turning = {"Previous page", "Next page"}
    assert turning <= set(buttons(unmatched_modal(UNMATCHED)["blocks"]))
    first = buttons(unmatched_modal(PAGES["first"])["blocks"])
    assert "Previous page" not in first
    assert first["Next page"]["action_id"] == Action.UNMATCHED_PAGE_NEXT
    assert not turning & set(buttons(unmatched_modal(PAGES["nobody"])["blocks"]))


def test_everybody_has_a_reason() -> None:
    text = unmatched_answer(UNMATCHED).text
    for line in (
        "• <@U1>: No mentor offers it. One more would help.",
        "• <@U2>: Their profile has no level yet",
        "• <@U3>: They joined after the pairs were chosen.",
        "• <@U4>: Their pair 12 was declined.",
        "• <@U7>: Nobody was looked for when the pairs were chosen.",
    ):
        assert line in text


def test_the_form_keeps_who_was_typed() -> None:
    view = why_not_modal(("U1",))
    assert_good_view(view)
    inputs = [block["element"].get("initial_user") for block in view["blocks"]]
    assert inputs == ["U1", None]
