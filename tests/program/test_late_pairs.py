"""In the middle of a cycle: whoever comes and fits somebody without a partner is proposed at once, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handlers.views import render
from mentoring.for_leads import PairCard, Summary
from mentoring.messages import LEADS_CHANNEL, Kind, NoPartner
from mentoring.pairings import PairState
from program import approvals, approving_all, late_pairs, members, returning
from storage import late
from tests.program.office import LEAD, MINUTE, PROPOSAL, Office

TOPIC = ("Podcasting",)
TEACHES: dict[str, Any] = {"role": "share", "level": 2, "shares": TOPIC, "wants": ()}
LEARNS: dict[str, Any] = {"role": "learn", "level": 5, "shares": (), "wants": TOPIC}


@pytest.fixture
def waits(office: Office) -> Office:
    """A cycle that runs with one pair, and a mentee without a partner."""
    office.sets_up()
    office.joins("ULONE", **LEARNS)
    office.introduced_in_place()
    return office


def proposed(office: Office) -> list[tuple[str, str]]:
    return [pair.people for pair in office.pairs if pair.state is PairState.PROPOSED]


def cards(office: Office) -> list[PairCard]:
    """The cards of pairs that wait, as they stand in the leads' channel."""
    shown = [one for one in office.on_screen.values() if isinstance(one, PairCard)]
    return [one for one in shown if one.pair.state is PairState.PROPOSED]


def summary(office: Office) -> Summary:
    return [one for one in office.on_screen.values() if isinstance(one, Summary)][-1]


def test_whoever_joins_and_fits_is_proposed_at_once_and_introduced_by_a_lead_alone(waits: Office) -> None:
    waits.joins("UNEW", **TEACHES)
    waits.passes(minutes=1)
    assert proposed(waits) == [("UNEW", "ULONE")]
    (card,) = cards(waits)
    assert "found in the middle of the cycle" in render(card).text
    assert "The cycle ends on Tuesday, April 7, 2026." in render(card).text
    waits.passes(days=7)
    assert proposed(waits) == [("UNEW", "ULONE")], "it waits for a lead, however long"
    waits.approves(card.pair.id)
    waits.passes(days=1)
    assert waits.pair(card.pair.id).introduced_at is not None
    (told,) = (one for one in waits.on_screen.values() if isinstance(one, NoPartner))
    assert "We found a partner for you in cycle 1 after all." in render(told).text


def test_nobody_hears_of_it_before_and_a_pair_nobody_decides_on_is_let_go(waits: Office) -> None:
    waits.joins("UNEW", **TEACHES)
    before = len(waits.said)
    waits.passes(minutes=1)
    new = [one for one in waits.said[before:] if one.is_new and one.kind is not Kind.WELCOME]
    assert {one.recipient for one in new} == {LEADS_CHANNEL}
    waits.lives_until(waits.times().ends_at + MINUTE)
    states = [
        pair.state for pair in waits.pairs if "UNEW" in pair.people and pair.cycle_id == waits.cycles[0].id
    ]
    assert states == [PairState.WITHDRAWN]


def test_one_that_still_waits_is_told_of_in_the_review_of_the_next_cycle(waits: Office) -> None:
    waits.joins("UNEW", **TEACHES)
    waits.lives_until(waits.times(2).proposal_at + MINUTE)
    page = approvals.review(*waits.as_lead())
    assert (page.cycle_number, page.all_at_once.elsewhere) == (2, 1)
    assert approving_all.about_to(*waits.as_lead()).elsewhere == 1
    (late,) = [one.id for one in waits.pairs if one.mentor_id == "UNEW" and one.cycle_id != page.cycle_id]
    approvals.decline(*waits.as_lead(), late)
    assert approvals.review(*waits.as_lead()).all_at_once.elsewhere == 0


def comes_back(office: Office) -> None:
    members.resume(office.ctx, office.workspace, "UOTHERS")


def returns_from_absence(office: Office) -> None:
    returning.resume(office.ctx, office.workspace, "UOTHERS")


def gets_a_level(office: Office) -> None:
    office.edit("UOTHERS", level=2)


def shares_more(office: Office) -> None:
    office.edit("UOTHERS", shares=TOPIC)


@pytest.mark.parametrize("how", ["pause", "absence", "level", "skill"])
def test_whoever_returns_gets_a_level_or_changes_is_looked_at(office: Office, how: str) -> None:
    office.sets_up()
    office.joins("ULONE", **LEARNS)
    answers = TEACHES | (
        {"level": None} if how == "level" else {"shares": ("Chess",)} if how == "skill" else {}
    )
    office.joins("UOTHERS", **answers)
    if how == "pause":
        members.pause(office.ctx, office.workspace, "UOTHERS")
    if how == "absence":
        office.directory_says("UOTHERS", deactivated=True)
    office.introduced_in_place()
    assert proposed(office) == []
    if how == "absence":
        office.directory_says("UOTHERS", deactivated=False)
    {"pause": comes_back, "absence": returns_from_absence, "level": gets_a_level, "skill": shares_more}[how](
        office
    )
    office.passes(minutes=1)
    assert proposed(office) == [("UOTHERS", "ULONE")]


def test_also_between_the_proposal_and_the_introductions(office: Office) -> None:
    office.sets_up()
    office.joins("ULONE", **LEARNS)
    office.couple()
    office.at(PROPOSAL)
    office.joins("UNEW", **TEACHES)
    office.passes(minutes=1)
    assert ("UNEW", "ULONE") in proposed(office)
    assert summary(office).left_out.people == 0, "the summary counts them no more"


@pytest.mark.parametrize(("later", "made"), [(timedelta(), 1), (MINUTE, 0)])
def test_only_while_half_of_the_cycle_is_left(waits: Office, later: timedelta, made: int) -> None:
    times = waits.times()
    waits.at(times.intro_at + (times.ends_at - times.intro_at) / 2 + later)
    waits.joins("UNEW", **TEACHES)
    waits.tick()
    assert len(proposed(waits)) == made
    waits.passes(hours=1)
    assert len(proposed(waits)) == made


def test_leads_are_not_flooded_and_everybody_gets_their_turn(waits: Office) -> None:
    names = [f"U{number:02}" for number in range(8)]
    for name in names:
        waits.joins(f"{name}LEARNS", role="learn", level=5, shares=(), wants=(name,))
        waits.joins(f"{name}TEACHES", role="share", level=2, shares=(name,), wants=())
    waits.passes(minutes=1)
    assert len(proposed(waits)) == late_pairs.MOST_WAITING
    waits.passes(days=1)
    assert len(proposed(waits)) == late_pairs.MOST_WAITING
    for _ in range(len(names)):
        for card in cards(waits)[:1]:
            waits.approves(card.pair.id)
        waits.passes(minutes=1)
    assert len([pair for pair in waits.pairs if pair.state is PairState.INTRODUCED]) == 1 + len(names)


def test_nobody_has_two_such_proposals(waits: Office) -> None:
    for name in ("UNEW", "UNEWER", "UNEWEST"):
        waits.joins(name, **TEACHES)
    waits.passes(minutes=1)
    assert len(proposed(waits)) == 1
    waits.joins("UTWO", **(LEARNS | {"mentee_capacity": 3}))
    waits.passes(minutes=1)
    assert len(proposed(waits)) == 2


@pytest.mark.parametrize("how", ["avoid", "manager", "declined"])
def test_what_forbids_a_pair_forbids_it_here(waits: Office, how: str) -> None:
    if how == "declined":
        waits.joins("UNEW", **TEACHES)
        waits.passes(minutes=1)
        approvals.decline(waits.ctx, waits.workspace, LEAD, cards(waits)[0].pair.id)
        waits.edit("UNEW", department="Legal")
    else:
        waits.edit("ULONE", **({"avoid": ("UNEW",)} if how == "avoid" else {"manager_id": "UNEW"}))
        waits.joins("UNEW", **TEACHES)
    waits.passes(minutes=1)
    assert proposed(waits) == []


@pytest.mark.slow
def test_one_who_waited_longer_comes_first(office: Office) -> None:
    office.sets_up()
    office.joins("UZLONE", **LEARNS)
    office.introduced_in_place()
    office.joins("UANEW", **LEARNS)
    office.lives_until(office.times(2).intro_at)
    office.joins("UTEACHES", **TEACHES)
    office.passes(minutes=1)
    assert proposed(office) == [("UTEACHES", "UZLONE")]


def test_an_approved_partner_is_left_in_peace_and_a_free_place_of_theirs_is_used(waits: Office) -> None:
    waits.edit("UMENTOR1", shares=("Topic number 1", *TOPIC), mentor_capacity=2)
    waits.passes(minutes=1)
    assert proposed(waits) == [("UMENTOR1", "ULONE")]
    assert [pair.people for pair in waits.pairs if pair.state is PairState.INTRODUCED] == [
        ("UMENTOR1", "UMENTEE1")
    ]


def test_whom_nobody_fits_is_looked_at_once(waits: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    solves = late_pairs.best

    def counted(*given: Any) -> Any:
        looks.append(given)
        return solves(*given)

    monkeypatch.setattr(late_pairs, "best", counted)
    waits.joins("UNEW", role="share", level=2, shares=("Chess",), wants=())
    for _ in range(5):
        waits.passes(minutes=1)
    assert len(looks) == 1
    with waits.ctx.read() as act:
        assert late.seekers(act.tx) == {}


def test_a_change_in_between_is_looked_at_again(waits: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    solves = late_pairs.best

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(late_pairs, "best", solves)
        found = solves(*given)
        waits.edit("UNEW", shares=TOPIC)
        return found

    waits.joins("UNEW", role="share", level=2, shares=("Chess",), wants=())
    monkeypatch.setattr(late_pairs, "best", meanwhile)
    waits.tick()
    assert proposed(waits) == []
    waits.tick()
    assert proposed(waits) == [("UNEW", "ULONE")]
