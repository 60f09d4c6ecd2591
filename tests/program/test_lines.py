"""The card warns where a reporting line is not known to its end, and tells nothing else about who named whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.views import render, replies
from handlers.views.review import review_modal
from mentoring.for_leads import PairCard
from mentoring.messages import Kind
from mentoring.people import Standing
from program import approvals, rechecks
from program.chain import LONGEST_CHAIN
from program.lines import UNKNOWN_LINE
from storage import members as stored_members
from tests.program.office import LEAD, PROPOSAL, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
"""At level 2, and at level 5."""


def chain(office: Office, *levels: int | None, end: str | None = None) -> None:
    """Managers above the mentor, one above the other, at these levels; the last one's manager is `end`."""
    names = [f"UBOSS{number}" for number in range(len(levels))]
    for name, level, above in zip(names, levels, [*names[1:], end], strict=True):
        office.joins(name, level=level, manager_id=above)
    office.edit(MENTOR, manager_id=names[0])


def one_who_left(office: Office) -> None:
    chain(office, 5)
    boss = office.member("UBOSS0")
    office.behind_the_scenes(lambda tx, _: stored_members.move(tx, boss, Standing.LEFT))


def one_who_was_deactivated(office: Office) -> None:
    chain(office, 3, 7)
    office.unseen("UBOSS1", deactivated=True)


def the_other_role(office: Office) -> None:
    """The mentee's line is not looked at: a mentee is above the mentor."""
    chain(office, 5)
    office.edit(MENTEE, manager_id="UNOBODY")


UNKNOWN: dict[str, Callable[[Office], object]] = {
    "no manager named": lambda office: office.edit(MENTOR, manager_id=None),
    "a manager who has not joined": lambda office: office.edit(MENTOR, manager_id="UOUTSIDE"),
    "it ends below": lambda office: chain(office, 3, 4),
    "it ends below with somebody who has not joined": lambda office: chain(office, 3, 4, end="UOUTSIDE"),
    "a manager who left": one_who_left,
    "a manager who was deactivated": one_who_was_deactivated,
    "a circle below": lambda office: chain(office, 3, 3, 4, end="UBOSS0"),
    "a circle with the mentor": lambda office: chain(office, 3, end=MENTOR),
    "levels that are not known": lambda office: chain(office, None, None),
    "longer than anybody's": lambda office: chain(office, *[3] * LONGEST_CHAIN, 5),
    "the other is the manager": lambda office: office.edit(MENTOR, manager_id=MENTEE),
    "the other is above the manager": lambda office: chain(office, 3, end=MENTEE),
}
KNOWN: dict[str, Callable[[Office], object]] = {
    "a manager at the other's level": lambda office: chain(office, 5),
    "a manager above it": lambda office: chain(office, 8),
    "a long line": lambda office: chain(office, *[3] * (LONGEST_CHAIN - 5), 4, None, 6, end="UOUTSIDE"),
    "a circle above": lambda office: chain(office, 3, 6, 6, end="UBOSS1"),
    "not the mentee's line": the_other_role,
}


def card(office: Office) -> PairCard:
    (pair,) = (pair for pair in office.pairs if pair.people == (MENTOR, MENTEE))
    return approvals.card(office.ctx, office.workspace, LEAD, pair.id)


@pytest.mark.parametrize("line", UNKNOWN.values(), ids=UNKNOWN)
def test_a_line_that_is_not_known_to_its_end_is_warned_of(
    office: Office, line: Callable[[Office], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.proposed()
    # Nobody has looked at the pair again yet: where the other is in the line, it would be withdrawn.
    monkeypatch.setattr(rechecks, "of_person", lambda *_: None)
    line(office)
    assert card(office).warnings == (UNKNOWN_LINE,)


@pytest.mark.parametrize("line", KNOWN.values(), ids=KNOWN)
def test_a_line_that_is_known_is_not(office: Office, line: Callable[[Office], object]) -> None:
    office.proposed()
    line(office)
    assert card(office).warnings == ()


def test_a_skip_level_pair_whose_manager_has_not_joined_comes_with_a_warning(office: Office) -> None:
    """The case that nothing but a person can see: the mentee is the manager of the mentor's manager."""
    office.sets_up()
    office.couple()
    office.edit(MENTOR, manager_id="UMIDDLE")
    office.at(PROPOSAL)
    (shown,) = office.kinds(Kind.CARD)
    assert UNKNOWN_LINE in render(shown.content).text
    waiting = approvals.pending(office.ctx, office.workspace, LEAD)
    assert UNKNOWN_LINE in replies.pending(waiting.cards).text
    page = review_modal(approvals.review(office.ctx, office.workspace, LEAD))
    assert UNKNOWN_LINE in str(page)


def test_a_decided_pair_is_not_warned_of_any_more(office: Office) -> None:
    office.approved()
    cards = [said.content for said in office.said if said.kind is Kind.CARD]
    assert [UNKNOWN_LINE in render(one).text for one in cards] == [True, False]


def test_who_was_named_does_not_stand_on_the_card(office: Office) -> None:
    office.proposed()
    office.edit(MENTOR, manager_id="UOUTSIDE")
    text = render(card(office)).text
    office.edit(MENTOR, manager_id=None)
    assert render(card(office)).text == text
