"""Matching again around a decision: what changes, what is told, and what no stop and no race can lose."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest

from mentoring.cards import pairs_in
from mentoring.matching import Problem, Trail
from mentoring.messages import Kind
from mentoring.pairings import Because, Cause, PairState
from program import approvals, matching, resolving
from program.matching import Proposal
from program.resolving import LEFT_OVER, Changed
from tests.program.office import LEAD, MINUTE, Office


def learner(office: Office, person: str, *wants: str) -> None:
    office.joins(person, role="learn", level=5, shares=(), wants=wants)


def teacher(office: Office, person: str, *shares: str) -> None:
    office.joins(person, role="share", level=2, shares=shares, wants=())


@pytest.fixture
def office(office: Office) -> Office:
    """Two teach two: Ann and Max, Bea and Nora fit best, and each can be paired with each."""
    office.sets_up()
    teacher(office, "UANN", "SQL", "Podcasts")
    teacher(office, "UBEA", "SQL", "Charts")
    learner(office, "UMAX", "Podcasts", "SQL")
    learner(office, "UNORA", "Charts", "SQL")
    office.proposes()
    assert [pair.people for pair in office.pairs] == [("UANN", "UMAX"), ("UBEA", "UNORA")]
    return office


def declines(office: Office, number: int) -> Changed:
    pair = approvals.decline(office.ctx, office.workspace, LEAD, number)
    return resolving.after(office.ctx, office.workspace, LEAD, pair.cycle_id)


def states(office: Office) -> dict[tuple[str, str], PairState]:
    return {pair.people: pair.state for pair in office.pairs}


def test_after_a_decline_the_rest_is_matched_and_what_changed_is_told(office: Office) -> None:
    first, second = office.pairs
    changed = declines(office, first.id)
    assert [pair.people for pair in changed.gone] == [second.people]
    assert {pair.people for pair in changed.new} == {("UANN", "UNORA"), ("UBEA", "UMAX")}
    assert all(pair.state is PairState.PROPOSED for pair in changed.new)
    assert office.pair(second.id).why == Because(Cause.MADE_WAY)
    assert states(office)[first.people] is PairState.DECLINED
    office.delivers()
    cards = [one for one in office.every_letter() if one.notice.kind is Kind.CARD and one.posted]
    assert {pair.id for pair in changed.new} <= {
        number for one in cards for number in pairs_in(one.notice.subject)
    }
    assert len(office.kinds(Kind.SUMMARY)) == 1


def test_what_is_approved_stays(office: Office) -> None:
    first, second = office.pairs
    office.approves(second.id)
    assert declines(office, first.id) == Changed()
    assert states(office) == {first.people: PairState.DECLINED, second.people: PairState.APPROVED}
    assert {one.person_id for one in office.left_out} == {"UANN", "UMAX"}


def test_a_declined_pair_never_returns(office: Office) -> None:
    declined = set()
    while waiting := [pair for pair in office.pairs if pair.state is PairState.PROPOSED]:
        changed = declines(office, waiting[0].id)
        declined.add(waiting[0].people)
        assert not declined & {pair.people for pair in changed.new}
    assert len(declined) == 4
    assert office.cycles[-1].runs == 1


def test_one_matching_serves_all_who_decided_before_it(office: Office) -> None:
    first, second = office.pairs
    for pair in (first, second):
        approvals.decline(office.ctx, office.workspace, LEAD, pair.id)
    changed = resolving.after(office.ctx, office.workspace, LEAD, first.cycle_id)
    assert len(changed.new) == 2
    with patch.object(matching, "propose") as not_needed:
        assert resolving.after(office.ctx, office.workspace, LEAD, first.cycle_id) == Changed()
    not_needed.assert_not_called()


def test_a_decision_while_it_is_computed_is_matched_around_too(office: Office) -> None:
    first, second = office.pairs
    real, problems = matching.propose, []

    def meanwhile(problem: Problem, since: Trail | None = None) -> Proposal:
        problems.append(problem)
        if len(problems) == 1:
            approvals.decline(office.ctx, office.workspace, LEAD, second.id)
        return real(problem, since)

    with patch.object(matching, "propose", meanwhile):
        changed = declines(office, first.id)
    assert len(problems) == 2
    assert changed.gone == ()
    assert second.people in problems[1].forbidden


def test_in_a_large_program_nobody_waits_for_the_matching_and_one_serves_many_decisions(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolving, "LARGE", 3)
    first, second = office.pairs
    with patch.object(matching, "propose", wraps=matching.propose) as propose:
        assert declines(office, first.id) == Changed(later=True)
        assert declines(office, second.id) == Changed(later=True)
        assert propose.call_count == 0
        office.passes(seconds=LEFT_OVER.total_seconds() + 1)
        assert len([one for one in propose.call_args_list if len(one.args) == 2]) == 1, (
            "with a trail to start from"
        )
    assert {pair.people for pair in office.pairs if pair.state is PairState.PROPOSED} == {
        ("UANN", "UNORA"),
        ("UBEA", "UMAX"),
    }


def test_where_others_never_stop_deciding_a_tick_does_it_later(office: Office) -> None:
    first, second = office.pairs
    real = matching.propose

    def meanwhile(problem: Problem, since: Trail | None = None) -> Proposal:
        approvals.decline(office.ctx, office.workspace, LEAD, second.id)
        return real(problem, since)

    with patch.object(matching, "propose", meanwhile), patch.object(resolving, "ATTEMPTS", 1):
        assert declines(office, first.id) == Changed(later=True)
    assert len(office.pairs) == 2
    office.passes(seconds=LEFT_OVER.total_seconds() + 1)
    assert len(office.pairs) == 4


def test_a_stop_after_the_decision_loses_nothing(office: Office) -> None:
    first = office.pairs[0]
    approvals.decline(office.ctx, office.workspace, LEAD, first.id)
    office.at(office.clock() + LEFT_OVER)
    assert len(office.pairs) == 2
    office.at(office.clock() + timedelta(seconds=1))
    assert len(office.pairs) == 4
    office.at(office.clock() + MINUTE)
    assert len(office.pairs) == 4


def test_nothing_is_proposed_in_a_cycle_that_is_over(office: Office) -> None:
    first = office.pairs[0]
    approvals.decline(office.ctx, office.workspace, LEAD, first.id)
    office.at(office.times().ends_at)
    assert resolving.after(office.ctx, office.workspace, LEAD, first.cycle_id) == Changed()
    assert all(
        pair.cycle_id != first.cycle_id or pair.state is not PairState.PROPOSED for pair in office.pairs
    )


def test_no_rule_approves_what_is_proposed_around_a_decision_before_leads_had_their_time(
    office: Office,
) -> None:
    office.rules(approve_after_days=2)
    first, _ = office.pairs
    office.passes(days=1, hours=23)
    changed = declines(office, first.id)
    assert [pair.proposed_at for pair in changed.new] == [office.clock()] * 2
    office.passes(hours=1)
    assert {office.pair(pair.id).state for pair in changed.new} == {PairState.PROPOSED}
    office.passes(days=2)
    assert {office.pair(pair.id).state for pair in changed.new} == {PairState.APPROVED}
