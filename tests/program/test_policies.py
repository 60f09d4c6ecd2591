"""Approving by rule: what is approved by itself and when, how a lead stops it, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.views import render
from mentoring.errors import AlreadyDecided, NotAllowed
from mentoring.for_leads import PairCard, Summary
from mentoring.matching import BEST
from mentoring.messages import Kind
from mentoring.pairings import Pair, PairState
from mentoring.policy import Policy, Way, approves, fit, kept, rule_of
from mentoring.programs import RuleSettings
from mentoring.rule_sheet import RuleSheet, check_sheet
from mentoring.working_time import MONDAY_TO_FRIDAY, after_working_days
from program import approvals, policies, upcoming
from storage import audit
from tests.program.office import INTRO, LEAD, MINUTE, PROPOSAL, Office

FRIDAY = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)


def ready(office: Office, warned: bool = False, **rules: int) -> Pair:
    """One pair that was proposed under these rules, perhaps with something to look at."""
    office.sets_up(proposal_days=7)
    office.rules(**rules)
    office.joins("UBOSS", level=8)
    office.couple(1, **({} if warned else {"manager_id": "UBOSS"}))
    office.proposes()
    return pair_of(office)


def pair_of(office: Office) -> Pair:
    return next(one for one in office.pairs if one.mentor_id == "UMENTOR1")


def test_by_default_leads_decide_by_hand(office: Office) -> None:
    ready(office)
    office.at(INTRO)
    assert pair_of(office).state is PairState.PROPOSED
    assert "Leads decide on each pair by hand." in render(summary(office)).text


def summary(office: Office) -> Summary:
    found = [one.content for one in office.said if one.kind is Kind.SUMMARY][-1]
    assert isinstance(found, Summary)
    return found


def card(office: Office) -> PairCard:
    found = [one.content for one in office.said if one.kind is Kind.CARD][-1]
    assert isinstance(found, PairCard)
    return found


def test_a_pair_that_fits_is_approved_by_itself_and_says_so(office: Office) -> None:
    pair = ready(office, approve_above=20)
    assert pair.state is PairState.PROPOSED
    office.passes(minutes=1)
    approved = pair_of(office)
    assert (approved.state, approved.decided_by, approved.by_rule) == (PairState.APPROVED, None, "fit 20")
    told = render(card(office)).text
    assert "Approved by the program's rule on" in told
    assert "it fits at 20 of 100 or better, and there was nothing to look at" in told
    assert "1 pair was approved by rule so far." in render(summary(office)).text
    with office.ctx.database.read() as tx:
        done = [entry[1:] for entry in audit.entries(tx, office.program.id)]
    assert (audit.SCHEDULE, "approved", str(pair.id)) in done
    office.at(INTRO)
    assert pair_of(office).state is PairState.INTRODUCED


def test_the_fit_that_a_lead_types_is_the_one_that_counts() -> None:
    sheet = RuleSheet(ladder="Low\nHigh", approve_above="100")
    policy = check_sheet(sheet, RuleSettings()).rules.policy
    assert policy.above == 100
    assert approves(policy, BEST, False, FRIDAY, INTRO, MONDAY_TO_FRIDAY, "UTC") is not None
    assert approves(policy, BEST - 1, False, FRIDAY, INTRO, MONDAY_TO_FRIDAY, "UTC") is None


@pytest.mark.parametrize(("warned", "above"), [(True, 1), (False, 100)])
def test_what_needs_a_look_or_fits_less_waits_for_a_lead(office: Office, warned: bool, above: int) -> None:
    pair = ready(office, warned=warned, approve_above=above)
    assert bool(card(office).warnings) is warned
    assert fit(pair.score) < 100
    office.at(INTRO)
    assert pair_of(office).state is PairState.PROPOSED
    assert "No rule approves this pair." in render(card(office)).text


def test_silence_approves_after_so_many_working_days(office: Office) -> None:
    pair = ready(office, warned=True, approve_after_days=3)
    rule = card(office).by_itself
    assert rule is not None
    assert (rule.way, rule.number) == (Way.SILENCE, 3)
    office.at(rule.at - MINUTE)
    assert upcoming.next_at(office.ctx) == rule.at
    assert pair_of(office).state is PairState.PROPOSED
    office.at(rule.at)
    assert pair_of(office).by_rule == "days 3"
    assert "nobody had decided for 3 working days" in render(card(office)).text
    assert pair.decided_by is None


def test_a_lead_holds_a_pair_and_lets_the_rule_again(office: Office) -> None:
    pair = ready(office, approve_after_days=1)
    held = policies.hold(*office.as_lead(), pair.id)
    assert held.held_by == LEAD
    office.at(INTRO)
    assert pair_of(office).state is PairState.PROPOSED
    assert f"Held by <@{LEAD}>: no rule approves it." in render(card(office)).text
    policies.hold(*office.as_lead(), pair.id, on=False)
    office.tick()
    assert pair_of(office).state is PairState.INTRODUCED
    with pytest.raises(AlreadyDecided):
        policies.hold(*office.as_lead(), pair.id)
    with pytest.raises(NotAllowed):
        policies.hold(office.ctx, office.workspace, "UMENTOR1", pair.id)


def test_a_lead_who_is_faster_than_the_rule_decides(office: Office) -> None:
    pair = ready(office, approve_above=1)
    approvals.decline(*office.as_lead(), pair.id)
    office.at(INTRO)
    assert pair_of(office).state is PairState.DECLINED


def test_what_breaks_a_hard_rule_is_not_approved_by_a_soft_one(office: Office) -> None:
    ready(office, approve_above=1)
    office.unseen("UMENTEE1", deactivated=True)
    office.tick()
    assert pair_of(office).state is PairState.WITHDRAWN


def test_after_the_introductions_leads_get_a_working_day(office: Office) -> None:
    office.sets_up()
    office.rules(approve_above=1)
    office.joins("UBOSS", level=8)
    office.at(PROPOSAL)
    office.at(INTRO)
    office.couple(1, manager_id="UBOSS")
    office.proposes()
    office.passes(hours=23)
    assert pair_of(office).state is PairState.PROPOSED
    office.passes(hours=1)
    assert pair_of(office).state is PairState.INTRODUCED


def test_how_well_a_pair_fits_is_told_from_0_to_100() -> None:
    assert [fit(score) for score in (-1, 0, BEST // 100 - 1, BEST // 2, BEST, BEST + 1)] == [
        0,
        0,
        0,
        50,
        100,
        100,
    ]


def test_the_rule_that_comes_first_counts_and_is_kept() -> None:
    policy = Policy(50, 1)
    at = approves(policy, BEST, False, FRIDAY, INTRO, MONDAY_TO_FRIDAY, "UTC")
    assert at is not None
    assert (at.way, at.at) == (Way.FITS, FRIDAY)
    assert rule_of(kept(at)) == (Way.FITS, 50)
    warned = approves(policy, BEST, True, FRIDAY, INTRO, MONDAY_TO_FRIDAY, "UTC")
    assert warned is not None
    assert (warned.way, warned.at) == (Way.SILENCE, FRIDAY + timedelta(days=3))
    assert approves(Policy(), BEST, False, FRIDAY, INTRO, MONDAY_TO_FRIDAY, "UTC") is None


def test_working_days_are_counted_by_the_clocks_of_the_place() -> None:
    # In New York the clocks go forward on Sunday, March 8.
    after = after_working_days(FRIDAY, 1, MONDAY_TO_FRIDAY, "America/New_York")
    assert after == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert after_working_days(FRIDAY, 2, (4,), "UTC") == FRIDAY + timedelta(days=14)
