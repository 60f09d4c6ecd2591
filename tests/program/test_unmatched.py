"""The list of everybody without a partner, and why two people are not a pair: true, whole, and discreet."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.views.unmatched import unmatched_answer, unmatched_modal
from handlers.views.why_not import why_not_answer
from mentoring.errors import NotAllowed
from mentoring.pairings import PairState
from program import approvals, members, unmatched, why_not
from program.forms import UnmatchedPage
from tests.program.office import INTRO, LEAD, PROPOSAL, Office

TOPIC = ("Podcasting",)
TEACHES: dict[str, Any] = {"role": "share", "level": 2, "shares": TOPIC, "wants": ()}
LEARNS: dict[str, Any] = {"role": "learn", "level": 5, "shares": (), "wants": TOPIC}


def page(office: Office, number: int = 0) -> UnmatchedPage:
    return unmatched.page(office.ctx, office.workspace, LEAD, number)


def names(office: Office) -> list[str]:
    return [one.person_id for one in page(office).people]


def text(office: Office) -> str:
    return unmatched_answer(page(office)).text


def asks(office: Office, one: str, other: str) -> str:
    return why_not_answer(why_not.between(office.ctx, office.workspace, LEAD, one, other)).text


def test_the_list_is_of_those_who_have_no_partner_now(office: Office) -> None:
    office.sets_up()
    office.joins("ULONE", **LEARNS)
    office.joins("UNEWHERE", level=None)
    office.couple()
    office.at(PROPOSAL)
    assert names(office) == ["ULONE", "UNEWHERE"]
    assert "Nobody" in text(office) or "no mentor" in text(office).casefold()
    assert "no level yet" in text(office)
    approvals.decline(office.ctx, office.workspace, LEAD, office.pair().id)
    assert names(office) == ["ULONE", "UMENTEE1", "UMENTOR1", "UNEWHERE"]
    assert f"Their pair {office.pair().id} was declined." in text(office)
    members.pause(office.ctx, office.workspace, "ULONE")
    members.leave(office.ctx, office.workspace, "UMENTEE1")
    office.clock.passes(seconds=1)
    office.joins("ULATE", role="share", shares=("Chess",), wants=())
    assert names(office) == ["ULATE", "UMENTOR1", "UNEWHERE"]
    assert "They joined after the pairs were chosen." in text(office)


def test_whoever_has_a_partner_on_one_side_alone_comes_last(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.edit("UMENTOR1", role="both", wants=("Chess",))
    office.joins("UZLONE", **LEARNS)
    office.at(PROPOSAL)
    assert names(office) == ["UZLONE", "UMENTOR1"]
    assert "As mentee:" in text(office)


def test_it_is_paged_at_any_size(office: Office) -> None:
    office.sets_up()
    assert "No pairs of *Upside Down* have been chosen" in text(office)
    for number in range(2 * unmatched.A_PAGE + 1):
        office.joins(f"U{number:03}")
    office.at(PROPOSAL)
    seen = [one.person_id for number in range(3) for one in page(office, number).people]
    assert seen == [f"U{number:03}" for number in range(2 * unmatched.A_PAGE + 1)]
    assert page(office, 99).page == 2
    assert "`/reverse-mentor unmatched 2` shows page 2." in text(office)


def test_it_is_for_leads_alone(office: Office) -> None:
    office.proposed()
    with pytest.raises(NotAllowed):
        unmatched.page(office.ctx, office.workspace, "UMENTOR1")
    with pytest.raises(NotAllowed):
        why_not.between(office.ctx, office.workspace, "UMENTOR1", "UMENTOR1", "UMENTEE1")


def test_why_not_says_what_stands_between_two_people(office: Office) -> None:
    office.sets_up()
    office.joins("ULONE", **LEARNS)
    office.joins("UEQUAL", **(TEACHES | {"level": 5}))
    assert "at least one level above" in asks(office, "ULONE", "UEQUAL")
    office.joins("UCHESS", **(TEACHES | {"shares": ("Chess",)}))
    assert "does not offer a skill that the mentee wants" in asks(office, "ULONE", "UCHESS")
    assert "same person twice" in asks(office, "ULONE", "ULONE")
    assert "<@UNOBODY> is not in the program" in asks(office, "ULONE", "UNOBODY")
    office.joins("UFITS", **TEACHES)
    assert "*<@UFITS> as mentor of <@ULONE>*" in asks(office, "ULONE", "UFITS")
    assert "They fit. If you look for pairs now, they are proposed" in asks(office, "UFITS", "ULONE")


def test_why_not_follows_a_pair_through_its_cycle(office: Office) -> None:
    pair = office.proposed()
    assert f"They are proposed as pair {pair.id}" in asks(office, *pair.people)
    office.approves(pair.id)
    assert "approved and not introduced yet" in asks(office, *pair.people)
    office.at(INTRO)
    assert "and introduced" in asks(office, *pair.people)
    members.leave(office.ctx, office.workspace, "UMENTEE1")
    assert "<@UMENTEE1> is not in the program" in asks(office, *pair.people)


def test_why_not_compares_the_whole_with_them(office: Office) -> None:
    office.sets_up()
    office.joins("UALICE", **LEARNS)
    office.joins("UBORIS", **LEARNS)
    office.joins("UTEACH", **TEACHES)
    office.at(PROPOSAL)
    (pair,) = office.pairs
    other = "UBORIS" if pair.mentee_id == "UALICE" else "UALICE"
    told = asks(office, "UTEACH", other)
    assert "They could be a pair" in told
    assert [one.state for one in office.pairs] == [PairState.PROPOSED], "asking changes nothing"


SECRET = "zanzibar quince"


@pytest.mark.parametrize("how", ["avoid", "manager"])
def test_nothing_private_is_in_any_answer(office: Office, how: str) -> None:
    """What stands privately between two people reads the same, whatever it is, as having met before."""
    office.sets_up()
    office.joins("UQUINCE", **TEACHES)
    office.joins(
        "ULONE", **(LEARNS | ({"avoid": ("UQUINCE",)} if how == "avoid" else {"manager_id": "UQUINCE"}))
    )
    office.couple()
    office.at(PROPOSAL)
    (pair,) = office.pairs
    approvals.decline(office.ctx, office.workspace, LEAD, pair.id, SECRET)
    told = asks(office, "ULONE", "UQUINCE")
    assert told == (
        "*<@UQUINCE> as mentor of <@ULONE>*\nThey are not free for a new pairing with each other."
    )
    lists = [unmatched_answer(page(office)).text, str(unmatched_modal(page(office)))]
    entries = [line for line in lists[0].splitlines() if line.startswith("• <@ULONE>")]
    assert entries
    assert not any("QUINCE" in entry for entry in entries)
    for answer in (told, *lists, asks(office, *pair.people)):
        for never in (SECRET, "rather not", "avoid", "manager", "reporting"):
            assert never not in answer
