"""Undo: whoever decided what, the pair waits as it did before, until its introduction is on the way."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from mentoring.errors import NoSuchPair, NotAllowed, NotToUndo, PairBroken
from mentoring.messages import Kind
from mentoring.pairings import PairState
from program import approvals, approving_all, by_hand, policies, preparation, resolving, undoing
from storage import audit, members
from storage import tables as t
from tests.program.office import INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office

DOMAIN = (t.pairs, t.partners, t.cycles, t.members, t.programs, t.checkins)
"""What the program is about; the outbox counts versions of messages, and the audit log only grows."""


def domain(office: Office) -> list[list[tuple[Any, ...]]]:
    with office.ctx.database.read() as tx:
        return [sorted(map(tuple, tx.execute(select(table))), key=str) for table in DOMAIN]


def asks_first(office: Office) -> None:
    office.rules(ask_first=True)


def meets_in_a_group(office: Office) -> None:
    topic = ("Podcasting",)
    office.joins("UBEN", role="learn", level=6, shares=(), wants=topic, mentee_capacity="3 together")
    for mentor in ("UANA", "UCARLA", "UDEE"):
        office.joins(mentor, role="share", level=2, shares=topic, wants=())


def both(office: Office) -> None:
    asks_first(office)
    meets_in_a_group(office)


def prepares_first(office: Office) -> None:
    office.rules(preparation_required=True)


def much_is_said(office: Office) -> None:
    """Each question is delivered, until a week has brought somebody as many messages as it may."""
    asks_first(office)


def is_plain(_office: Office) -> None:
    """Leads approve, and pairs are introduced."""


def proposed(office: Office, couples: int, how: Callable[[Office], None] = is_plain) -> list[int]:
    office.sets_up()
    how(office)
    for number in range(couples):
        office.couple(number)
    office.joins("UBOSS", level=8)
    if office.program.rules.preparation_required:
        prepared(office)
    office.at(PROPOSAL)
    return [pair.id for pair in office.pairs]


def prepared(office: Office) -> None:
    """Everybody has prepared, but for one pair, which is not proposed."""
    with office.ctx.database.read() as tx:
        everybody = members.of_program(tx, office.program.id).values()
    for one in everybody:
        if one.person.id != "UMENTEE0":
            preparation.finish(office.ctx, office.workspace, one.person.id, one.profile.role)


def matched_around(office: Office) -> None:
    """What follows each decision: here it changes nothing, because everybody has one possible partner."""
    assert resolving.after(*office.as_lead(), office.cycles[0].id) == resolving.Changed()


def approve_all(office: Office, lead: str, _number: int) -> None:
    seen = approving_all.about_to(office.ctx, office.workspace, lead).seen
    approving_all.approve_seen(office.ctx, office.workspace, lead, seen)


def approve(office: Office, lead: str, number: int) -> None:
    approvals.approve(office.ctx, office.workspace, lead, number)


def decline(office: Office, lead: str, number: int) -> None:
    approvals.decline(office.ctx, office.workspace, lead, number, "Because of “this”.")


Decision = Callable[[Office, str, int], None]
DECISIONS: tuple[Decision, ...] = (approve, decline, approve_all)


@pytest.mark.slow
@pytest.mark.parametrize("how", [is_plain, asks_first, meets_in_a_group, both, prepares_first, much_is_said])
def test_undo_after_any_decision_leaves_every_table_as_it_was(
    office: Office, how: Callable[[Office], None]
) -> None:
    numbers = proposed(office, 5, how)
    # Where somebody read "please look at this first", approving all would leave the pair.
    for person in {pair.mentor_id for pair in office.pairs}:
        office.edit(person, manager_id="UBOSS")
    office.passes(minutes=1)
    rng = random.Random(20)
    for _ in range(25):
        waiting = [pair.id for pair in office.pairs if pair.state is PairState.PROPOSED]
        before, decide = domain(office), rng.choice(DECISIONS)
        who, whose = rng.choice([(LEAD, OTHER_LEAD), (OTHER_LEAD, LEAD), (LEAD, LEAD)])
        decide(office, who, rng.choice(waiting))
        matched_around(office)
        if how is much_is_said:
            office.delivers()
        decided = [number for number in waiting if office.pair(number).state is not PairState.PROPOSED]
        assert decided != []
        assert domain(office) != before
        office.passes(minutes=rng.randrange(3))
        for number in rng.sample(decided, len(decided)):
            undoing.undo(office.ctx, office.workspace, whose, number)
        matched_around(office)
        assert domain(office) == before
        if rng.random() < 0.2 and len(waiting) > 2:
            approve(office, LEAD, waiting[0])  # and go on from another state
    assert len(numbers) == 5 - (how is prepares_first) + 3 * (how in (meets_in_a_group, both))


def stands(office: Office) -> set[tuple[Any, ...]]:
    """What holds of every pair that stands or was declined; one that was withdrawn is as if it had not been."""
    there = (pair for pair in office.pairs if pair.state is not PairState.WITHDRAWN)
    return {
        (pair.people, pair.state, pair.score, pair.decided_by, pair.made_by_hand, pair.bent, pair.instead_of)
        for pair in there
    }


def swap(office: Office, lead: str, number: int, draw: random.Random) -> int:
    found = by_hand.offered(office.ctx, office.workspace, lead, number).swaps
    return by_hand.swap(office.ctx, office.workspace, lead, number, draw.choice(found).pair).id


def pair_two(office: Office, lead: str, number: int, draw: random.Random) -> int:
    """Pair the mentor of a pair with somebody else's mentee, for a reason; the two may have been declined."""
    mentor = office.pair(number).mentor_id
    mentees = sorted({pair.mentee_id for pair in office.pairs if pair.mentor_id != mentor})
    return by_hand.pair(office.ctx, office.workspace, lead, mentor, draw.choice(mentees), "They asked.").id


@pytest.mark.slow
@pytest.mark.parametrize("how", [is_plain, asks_first, prepares_first, much_is_said])
def test_undo_of_a_pair_that_leads_made_brings_back_what_stood(
    office: Office, how: Callable[[Office], None]
) -> None:
    office.sets_up()
    how(office)
    for number in range(4):
        office.couple(number)
        # Whoever else fits would be worth less, so there is one best set.
        office.joins(
            f"UALSO{number}", role="learn", level=8, shares=(), wants=(f"Topic number {number}", "SQL")
        )
    if office.program.rules.preparation_required:
        prepared(office)
    office.at(PROPOSAL)
    draw, done = random.Random(22), list[str]()
    for _ in range(12):
        waiting = [pair.id for pair in office.pairs if pair.state is PairState.PROPOSED]
        before, number = stands(office), draw.choice(waiting)
        others = by_hand.offered(*office.as_lead(), number).swaps
        make = draw.choice((swap, pair_two)) if others else pair_two
        made = make(office, draw.choice((LEAD, OTHER_LEAD)), number, draw)
        resolving.after(*office.as_lead(), office.cycles[0].id)
        assert stands(office) != before
        if how is much_is_said:
            office.delivers()
        undoing.undo(office.ctx, office.workspace, draw.choice((LEAD, OTHER_LEAD)), made)
        resolving.after(*office.as_lead(), office.cycles[0].id)
        assert stands(office) == before
        done.append(make.__name__)
        if len(waiting) > 3 and draw.random() < 0.4:
            decline(office, LEAD, waiting[0])  # and go on from another state
            resolving.after(*office.as_lead(), office.cycles[0].id)
    assert set(done) == {"swap", "pair_two"}


def test_an_undone_decision_is_on_record_and_on_the_card(office: Office) -> None:
    pair = office.approved()
    office.passes(minutes=1)
    undone = undoing.undo(office.ctx, office.workspace, OTHER_LEAD, pair.id)
    assert (undone.state, undone.decided_by) == (PairState.PROPOSED, None)
    with office.ctx.database.read() as tx:
        assert audit.entries(tx, office.program.id)[-1][1:] == (OTHER_LEAD, "undo", str(pair.id))
    office.at(INTRO)
    assert office.kinds(Kind.INTRO) == [], "nobody approves it any more"


def test_after_the_introduction_there_is_nothing_to_undo(office: Office) -> None:
    pair = office.introduced()
    before = domain(office)
    with pytest.raises(NotToUndo):
        undoing.undo(office.ctx, office.workspace, LEAD, pair.id)
    assert domain(office) == before


def test_what_nobody_decided_cannot_be_undone(office: Office) -> None:
    pair = office.proposed()
    with pytest.raises(NotToUndo):
        undoing.undo(office.ctx, office.workspace, LEAD, pair.id)
    with pytest.raises(NoSuchPair):
        undoing.undo(office.ctx, office.workspace, LEAD, 999)
    with pytest.raises(NotAllowed):
        undoing.undo(office.ctx, office.workspace, "UMENTOR1", pair.id)


def test_a_declined_pair_comes_back_only_if_no_rule_forbids_it_by_now(office: Office) -> None:
    pair = office.proposed()
    approvals.decline(office.ctx, office.workspace, LEAD, pair.id)
    office.edit("UMENTEE1", level=1)
    with pytest.raises(PairBroken):
        undoing.undo(office.ctx, office.workspace, LEAD, pair.id)
    assert office.pair().state is PairState.DECLINED
    office.edit("UMENTEE1", level=5)
    undoing.undo(office.ctx, office.workspace, LEAD, pair.id)
    assert office.pair().state is PairState.PROPOSED


def test_a_declined_pair_of_a_cycle_that_is_over_stays_declined(office: Office) -> None:
    pair = office.proposed()
    approvals.decline(office.ctx, office.workspace, LEAD, pair.id)
    office.lives_until(office.times(2).intro_at)
    with pytest.raises(NotToUndo):
        undoing.undo(office.ctx, office.workspace, LEAD, pair.id)


def test_no_rule_approves_again_what_a_lead_took_back(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.rules(approve_above=1, approve_after_days=1)
    for person in ("UMENTOR1",):
        office.edit(person, manager_id="UBOSS")
    office.joins("UBOSS", level=8)
    office.at(PROPOSAL)
    pair = next(one for one in office.pairs if one.mentor_id == "UMENTOR1")
    assert (pair.state, pair.decided_by, pair.by_rule) == (PairState.APPROVED, None, "fit 1")
    undone = undoing.undo(office.ctx, office.workspace, LEAD, pair.id)
    assert (undone.state, undone.held_by, undone.by_rule) == (PairState.PROPOSED, LEAD, None)
    office.at(INTRO)
    assert office.pair(pair.id).state is PairState.PROPOSED
    policies.hold(office.ctx, office.workspace, LEAD, pair.id, on=False)
    office.tick()
    assert office.pair(pair.id).state is PairState.INTRODUCED
