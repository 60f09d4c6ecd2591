"""Pairs that leads make: swaps and pairs by hand, what may be bent, and what never."""

from __future__ import annotations

from typing import Any

import pytest

from mentoring.errors import AlreadyDecided, CannotPair, NeedsReason, NoSuchSwap, NotAllowed, NotMembers
from mentoring.matching import Rule
from mentoring.messages import LEADS_CHANNEL, Kind
from mentoring.pairings import Because, Cause, PairState
from mentoring.wishes import Wanted
from program import approvals, by_hand, members, resolving, undoing, wanted
from storage import audit
from tests.program.office import INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office
from tests.program.test_resolving import learner, states, teacher
from tests.program.test_rules import met_before

NEUTRAL = "They are not free for a new pairing with each other."


@pytest.fixture
def office(office: Office) -> Office:
    """Two teach two: Ann and Max, Bea and Nora fit best, and each can be paired with each."""
    office.sets_up()
    teacher(office, "UANN", "SQL", "Podcasts")
    teacher(office, "UBEA", "SQL", "Charts")
    learner(office, "UMAX", "Podcasts", "SQL")
    learner(office, "UNORA", "Charts", "SQL")
    return office


def proposed(office: Office) -> tuple[int, int]:
    office.proposes()
    first, second = office.pairs
    assert (first.people, second.people) == (("UANN", "UMAX"), ("UBEA", "UNORA"))
    return first.id, second.id


def swaps(office: Office, number: int, *people: str, by: str = LEAD) -> resolving.Changed:
    pair = by_hand.swap(office.ctx, office.workspace, by, number, (people[0], people[1]))
    return resolving.after(office.ctx, office.workspace, by, pair.cycle_id)


def makes(office: Office, one: str, other: str, reason: str = "") -> Any:
    pair = by_hand.pair(*office.as_lead(), one, other, reason)
    resolving.after(*office.as_lead(), pair.cycle_id)
    return office.pair(pair.id)


def test_a_swap_lists_others_approves_the_chosen_and_matches_the_rest(office: Office) -> None:
    first, second = proposed(office)
    found = by_hand.offered(*office.as_lead(), first)
    assert [one.pair for one in found.swaps] == [("UBEA", "UMAX"), ("UANN", "UNORA")]
    assert {one.served for one in found.swaps} == {0}
    changed = swaps(office, first, "UBEA", "UMAX")
    assert [pair.id for pair in changed.gone] == [second]
    assert states(office) == {
        ("UANN", "UMAX"): PairState.WITHDRAWN,
        ("UBEA", "UNORA"): PairState.WITHDRAWN,
        ("UBEA", "UMAX"): PairState.APPROVED,
        ("UANN", "UNORA"): PairState.PROPOSED,
    }
    assert office.pair(first).why == Because(Cause.SWAPPED)
    chosen = next(pair for pair in office.pairs if pair.state is PairState.APPROVED)
    assert (chosen.decided_by, chosen.instead_of) == (LEAD, first)
    assert chosen.reasons
    assert chosen.topics == ("SQL",)
    office.delivers()
    assert len(office.letters(Kind.CARD, chosen.id)) == 1


def test_the_number_means_what_the_lead_saw(office: Office) -> None:
    first, second = proposed(office)
    assert by_hand.numbered(office.ctx, LEAD, first, 1) is None
    by_hand.offered(*office.as_lead(), first)
    assert by_hand.numbered(office.ctx, LEAD, first, 2) == ("UANN", "UNORA")
    assert by_hand.numbered(office.ctx, LEAD, first, 3) is None
    assert by_hand.numbered(office.ctx, LEAD, second, 2) is None
    assert by_hand.numbered(office.ctx, OTHER_LEAD, first, 2) is None


def test_of_two_leads_one_swaps(office: Office) -> None:
    first, _ = proposed(office)
    swaps(office, first, "UBEA", "UMAX")
    with pytest.raises(AlreadyDecided):
        swaps(office, first, "UANN", "UNORA", by=OTHER_LEAD)
    with pytest.raises(AlreadyDecided):
        approvals.approve(office.ctx, office.workspace, OTHER_LEAD, first)


@pytest.mark.parametrize("chosen", [("UBEA", "UNORA"), ("UANN", "UMAX"), ("UMAX", "UANN"), ("UX", "UY")])
def test_what_shares_nobody_is_no_swap(office: Office, chosen: tuple[str, str]) -> None:
    first, _ = proposed(office)
    with pytest.raises(NoSuchSwap):
        swaps(office, first, *chosen)


def test_a_swap_with_somebody_who_was_declined_or_taken_is_refused(office: Office) -> None:
    first, second = proposed(office)
    office.approves(second)
    with pytest.raises(CannotPair):
        swaps(office, first, "UBEA", "UMAX")
    assert office.pair(first).state is PairState.PROPOSED
    assert by_hand.offered(*office.as_lead(), first).swaps == ()


def test_two_are_paired_by_hand_whoever_is_named_first(office: Office) -> None:
    proposed(office)
    pair = makes(office, "UNORA", "UANN")
    assert (pair.people, pair.state, pair.decided_by) == (("UANN", "UNORA"), PairState.APPROVED, LEAD)
    assert states(office)["UBEA", "UMAX"] is PairState.PROPOSED


def test_before_the_run_a_pair_by_hand_stands_and_the_rest_is_matched_around_it(office: Office) -> None:
    makes(office, "UANN", "UNORA")
    office.at(PROPOSAL)
    assert states(office) == {
        ("UANN", "UNORA"): PairState.APPROVED,
        ("UBEA", "UMAX"): PairState.PROPOSED,
    }


def bends(office: Office, rule: Rule) -> None:
    """Let Ann and Nora break one rule that is a preference of the program."""
    match rule:
        case Rule.SKILL:
            office.edit("UNORA", wants=("Chess",))
        case Rule.HOURS:
            office.edit("UNORA", starts="18:00", ends="23:00")
        case Rule.LANGUAGE:
            office.edit("UNORA", languages=("Welsh",))
        case Rule.DEPARTMENT:
            office.rules(other_department_only=True)
        case Rule.LEVEL:
            office.rules(max_gap=2)
        case Rule.FULL:
            makes(office, "UANN", "UMAX")
        case Rule.REPEAT:
            met_before(office, "UANN", "UNORA")
        case _:
            raise AssertionError(rule)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("rule", sorted({*by_hand.BENDABLE, Rule.LEVEL}))
def test_a_preference_is_bent_with_a_reason_and_stays_bent_for_that_pair(office: Office, rule: Rule) -> None:
    bends(office, rule)
    looked = by_hand.consider(*office.as_lead(), "UANN", "UNORA")
    assert [one.rule for one in looked.bent] == [rule]
    with pytest.raises(NeedsReason):
        makes(office, "UANN", "UNORA", " ")
    pair = makes(office, "UANN", "UNORA", "They asked for it")
    assert pair.bent == (rule,)
    with office.ctx.database.read() as tx:
        assert "pair by hand" in [entry[2] for entry in audit.entries(tx, office.program.id)]
    office.at(PROPOSAL)
    office.sets_up(min_gap=1)
    office.tick()
    assert office.pair(pair.id).state is PairState.APPROVED
    office.at(INTRO)
    for one in office.pairs:
        if one.decided_by and one.cycle_id == pair.cycle_id:
            assert one.state is PairState.INTRODUCED


def test_a_swap_that_is_undone_is_gone_and_all_is_as_the_matching_had_it(office: Office) -> None:
    first, second = proposed(office)
    swaps(office, first, "UBEA", "UMAX")
    chosen = next(pair for pair in office.pairs if pair.state is PairState.APPROVED)
    undone = undoing.undo(*office.as_lead(), chosen.id)
    assert (undone.state, undone.why) == (PairState.WITHDRAWN, Because(Cause.TAKEN_BACK))
    resolving.after(*office.as_lead(), undone.cycle_id)
    standing = {number: office.pair(number).state for number in (first, second, chosen.id)}
    assert standing == {
        first: PairState.PROPOSED,
        second: PairState.PROPOSED,
        chosen.id: PairState.WITHDRAWN,
    }


@pytest.mark.parametrize("rule", [None, Rule.LANGUAGE])
def test_a_pair_by_hand_that_is_undone_leaves_nothing_bent(office: Office, rule: Rule | None) -> None:
    proposed(office)
    if rule:
        bends(office, rule)
    made = makes(office, "UANN", "UNORA", "They asked for it")
    undone = undoing.undo(*office.as_lead(), made.id)
    assert undone.state is PairState.WITHDRAWN
    resolving.after(*office.as_lead(), undone.cycle_id)
    assert states(office)["UANN", "UMAX"] is PairState.PROPOSED
    assert office.pair(made.id).state is PairState.WITHDRAWN


def test_a_proposal_that_a_lead_pairs_by_hand_is_a_proposal_again_after_undo(office: Office) -> None:
    first, _ = proposed(office)
    made = makes(office, "UANN", "UMAX")
    assert (made.id, made.made_by_hand) == (first, False)
    assert undoing.undo(*office.as_lead(), first).state is PairState.PROPOSED


def test_only_what_was_bent_stays_bent(office: Office) -> None:
    bends(office, Rule.SKILL)
    pair = makes(office, "UANN", "UNORA", "They asked for it")
    office.at(PROPOSAL)
    office.edit("UNORA", languages=("Welsh",))
    assert office.pair(pair.id).state is PairState.WITHDRAWN


def never(office: Office, case: str) -> str:
    """Let Ann and Nora be what can never be a pair; gives what is said."""
    match case:
        case "same level":
            office.edit("UNORA", level=2)
            return "the same level"
        case "line":
            office.edit("UANN", manager_id="UNORA")
            return NEUTRAL
        case "rather not":
            office.edit("UNORA", avoid=("UANN",))
            return NEUTRAL
        case "pair already":
            makes(office, "UANN", "UNORA")
            return "pair"
        case _:
            wanted.ask(*office.as_lead(), Wanted.FORBID, "UANN", "UNORA")
            return "A lead asked"


@pytest.mark.parametrize("case", ["same level", "line", "rather not", "pair already", "forbidden"])
def test_what_cannot_be_bent_is_refused_in_words_that_tell_nothing_private(office: Office, case: str) -> None:
    never(office, case)
    with pytest.raises(CannotPair) as refused:
        makes(office, "UANN", "UNORA", "All the same")
    if case in ("line", "rather not"):
        assert refused.value.sentence == f"These two cannot be a pair. {NEUTRAL}"


def test_a_private_answer_hides_behind_the_same_words_as_a_line(office: Office) -> None:
    """Whatever else speaks against them, nothing but the neutral words is said."""
    bends(office, Rule.SKILL)
    office.edit("UNORA", avoid=("UANN",))
    with pytest.raises(CannotPair) as refused:
        by_hand.consider(*office.as_lead(), "UANN", "UNORA")
    assert refused.value.sentence == f"These two cannot be a pair. {NEUTRAL}"


def test_who_is_away_or_unknown_cannot_be_paired(office: Office) -> None:
    members.pause(office.ctx, office.workspace, "UANN")
    for other in ("UNORA", "USTRANGER"):
        with pytest.raises(NotMembers):
            by_hand.consider(*office.as_lead(), "UANN", other)
    with pytest.raises(NotMembers):
        by_hand.consider(*office.as_lead(), "UANN", "UANN")


def test_a_declined_pair_can_be_made_by_hand_and_that_is_said(office: Office) -> None:
    first, _ = proposed(office)
    approvals.decline(*office.as_lead(), first)
    looked = by_hand.consider(*office.as_lead(), "UANN", "UMAX")
    assert looked.declined_by == LEAD
    assert not looked.is_plain
    pair = makes(office, "UANN", "UMAX")
    assert (pair.id, pair.state) == (first, PairState.APPROVED)


def test_a_declined_pair_that_was_made_by_hand_is_declined_as_it_was_after_undo(office: Office) -> None:
    first, _ = proposed(office)
    approvals.decline(*office.as_lead(), first, "They met last year.")
    before = office.pair(first)
    resolving.after(*office.as_lead(), before.cycle_id)
    office.passes(minutes=5)
    pair = by_hand.pair(office.ctx, office.workspace, OTHER_LEAD, "UANN", "UMAX")
    assert pair.note == ""
    resolving.after(office.ctx, office.workspace, OTHER_LEAD, pair.cycle_id)
    assert undoing.undo(*office.as_lead(), first) == before
    resolving.after(*office.as_lead(), pair.cycle_id)
    assert office.pair(first) == before, "nothing proposes what a lead declined"
    assert undoing.undo(*office.as_lead(), first).state is PairState.PROPOSED


@pytest.mark.parametrize("act", [by_hand.consider, by_hand.pair])
def test_only_leads_pair(office: Office, act: Any) -> None:
    with pytest.raises(NotAllowed):
        act(office.ctx, office.workspace, "UANN", "UANN", "UNORA")


def test_a_fixed_pair_is_proposed_and_a_forbidden_one_never(office: Office) -> None:
    wanted.ask(*office.as_lead(), Wanted.FIX, "UNORA", "UANN")
    office.at(PROPOSAL)
    assert set(states(office)) == {("UANN", "UNORA"), ("UBEA", "UMAX")}
    wanted.ask(*office.as_lead(), Wanted.FORBID, "UANN", "UNORA")
    resolving.after(*office.as_lead(), office.cycles[-1].id)
    assert states(office)["UANN", "UNORA"] is PairState.WITHDRAWN
    done, left = wanted.take_back(*office.as_lead(), "UNORA", "UANN")
    assert (done, left.asked) == (True, ())
    assert wanted.take_back(*office.as_lead(), "UNORA", "UANN")[0] is False


def test_a_fixed_pair_that_cannot_be_is_told_of(office: Office) -> None:
    office.edit("UNORA", languages=("Welsh",))
    (asked,) = wanted.ask(*office.as_lead(), Wanted.FIX, "UANN", "UNORA").asked
    assert [one.rule for one in asked.against] == [Rule.LANGUAGE]


def test_what_is_fixed_holds_for_its_cycle_and_what_is_forbidden_until_taken_back(office: Office) -> None:
    wanted.ask(*office.as_lead(), Wanted.FIX, "UANN", "UMAX")
    wanted.ask(*office.as_lead(), Wanted.FORBID, "UANN", "UNORA")
    wanted.ask(*office.as_lead(), Wanted.FORBID, "UBEA", "UNORA", this_cycle=True)
    office.lives_until(office.times(2).proposal_at)
    (left,) = wanted.standing(*office.as_lead()).asked
    assert left.wish.people == ("UANN", "UNORA")


def test_neither_of_the_two_is_told_what_leads_ask(office: Office) -> None:
    office.at(PROPOSAL)
    before = len(office.said)
    wanted.ask(*office.as_lead(), Wanted.FIX, "UANN", "UNORA")
    wanted.ask(*office.as_lead(), Wanted.FORBID, "UBEA", "UMAX")
    wanted.take_back(*office.as_lead(), "UBEA", "UMAX")
    makes(office, "UANN", "UNORA")
    office.delivers()
    assert {one.recipient for one in office.said[before:]} == {LEADS_CHANNEL}
