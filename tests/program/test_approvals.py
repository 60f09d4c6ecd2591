"""The leads' decisions: authorized at the click, made once, told to whoever was second."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mentoring.errors import AlreadyDecided, NoProgram, NoSuchPair, NotAllowed
from mentoring.for_leads import PairCard, Summary
from mentoring.messages import Kind
from mentoring.pairings import PairState
from program import approvals, readiness, reports, upcoming
from program.approvals import MAX_REASON, PAGE
from storage import audit
from storage.database import Database
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office

Decision = Callable[..., object]
decisions = pytest.mark.parametrize("decide", [approvals.approve, approvals.decline, approvals.card])


def latest_card(office: Office) -> PairCard:
    content = [one.content for one in office.said if one.kind is Kind.CARD][-1]
    assert isinstance(content, PairCard)
    return content


def test_an_approval_is_kept_with_who_and_when(office: Office) -> None:
    pair = office.proposed()
    assert latest_card(office).pair.state is PairState.PROPOSED
    office.passes(hours=1)
    approved = approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
    assert (approved.state, approved.decided_by, approved.decided_at) == (
        PairState.APPROVED,
        LEAD,
        office.clock(),
    )
    assert approved == office.pair()
    office.passes(seconds=5)
    assert latest_card(office).pair == approved
    summary = [one.content for one in office.said if one.kind is Kind.SUMMARY][-1]
    assert isinstance(summary, Summary)
    assert (summary.proposed, summary.approved) == (0, 1)


def test_a_decline_keeps_its_reason_for_the_leads(office: Office) -> None:
    pair = office.proposed()
    declined = approvals.decline(office.ctx, office.workspace, OTHER_LEAD, pair.id, "  same\nteam\0 ")
    assert (declined.state, declined.decided_by, declined.note) == (
        PairState.DECLINED,
        OTHER_LEAD,
        "same team",
    )
    office.at(INTRO)
    assert office.kinds(Kind.INTRO) == []
    with office.ctx.database.read() as tx:
        log = [entry[1:] for entry in audit.entries(tx, office.program.id)]
    assert log[-1] == (OTHER_LEAD, "declined", str(pair.id))


def test_a_long_reason_is_cut(office: Office) -> None:
    pair = office.proposed()
    declined = approvals.decline(office.ctx, office.workspace, LEAD, pair.id, "long " * 500)
    assert len(declined.note) == MAX_REASON


@decisions
@pytest.mark.parametrize("first", [approvals.approve, approvals.decline])
def test_whoever_is_second_is_told_what_was_decided(
    office: Office, first: Decision, decide: Decision
) -> None:
    pair = office.proposed()
    decided = first(office.ctx, office.workspace, LEAD, pair.id)
    with pytest.raises(AlreadyDecided) as told:
        decide(office.ctx, office.workspace, OTHER_LEAD, pair.id)
    assert told.value.pair == decided == office.pair()


@decisions
@pytest.mark.parametrize("person", ["UMENTOR1", "UMENTEE1", "UADMIN", "UOPERATOR", "USTRANGER", ""])
def test_only_leads_decide(office: Office, decide: Decision, person: str) -> None:
    pair = office.proposed()
    with pytest.raises(NotAllowed):
        decide(office.ctx, office.workspace, person, pair.id)
    with pytest.raises(NotAllowed):
        decide(office.ctx, office.workspace, person, 999)
    assert office.pair() == pair


@decisions
@pytest.mark.parametrize("number", [0, -1, 2, 10**9])
def test_numbers_that_nobody_has(office: Office, decide: Decision, number: int) -> None:
    office.proposed()
    with pytest.raises(NoSuchPair):
        decide(office.ctx, office.workspace, LEAD, number)


@decisions
def test_pairs_of_another_workspace_do_not_exist_here(
    office: Office, sqlite: Database, decide: Decision
) -> None:
    elsewhere = Office(sqlite, "T2", office.clock)
    with pytest.raises(NoProgram):
        decide(office.ctx, "T2", LEAD, 1)
    pair = office.proposed()
    elsewhere.sets_up(leads=("UFOREIGN",))
    with pytest.raises(NoSuchPair):
        decide(office.ctx, "T2", "UFOREIGN", pair.id)
    with pytest.raises(NotAllowed):
        decide(office.ctx, office.workspace, "UFOREIGN", pair.id)
    assert office.pair() == pair


def test_an_approval_after_the_introductions_introduces_at_once(office: Office) -> None:
    pair = office.proposed()
    office.at(INTRO)
    approved = approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
    assert approved.state is PairState.INTRODUCED
    office.delivers()
    assert [one.recipient for one in office.kinds(Kind.INTRO)] == [f"pair:{pair.id}"]
    assert latest_card(office).introduced


def test_a_card_can_be_looked_at_before_deciding(office: Office) -> None:
    pair = office.proposed()
    assert approvals.card(office.ctx, office.workspace, LEAD, pair.id).pair == pair


def test_of_many_pairs_that_wait_the_first_have_cards_and_the_others_numbers(office: Office) -> None:
    office.sets_up()
    for number in range(PAGE + 2):
        office.couple(number)
    office.proposes()
    waiting = approvals.pending(office.ctx, office.workspace, LEAD)
    numbers = [card.pair.id for card in waiting.cards] + list(waiting.others)
    assert len(waiting.cards) == PAGE
    assert numbers == sorted(pair.id for pair in office.pairs)


def test_reviewing_in_pages_begins_with_what_waits(office: Office) -> None:
    office.sets_up()
    assert approvals.review(office.ctx, office.workspace, LEAD).cards == ()
    for number in range(PAGE + 3):
        office.couple(number)
    office.at(PROPOSAL)
    numbers = [pair.id for pair in office.pairs]
    approvals.approve(office.ctx, office.workspace, LEAD, numbers[0])
    first, second = (approvals.review(office.ctx, office.workspace, LEAD, page) for page in (0, 1))
    shown = [card.pair.id for page in (first, second) for card in page.cards]
    assert shown == [*numbers[1:], numbers[0]]
    assert (first.page, first.pages, len(first.cards)) == (0, 2, PAGE)
    assert approvals.review(office.ctx, office.workspace, LEAD, 99) == second
    assert approvals.review(office.ctx, office.workspace, LEAD, -5) == first
    with pytest.raises(NotAllowed):
        approvals.review(office.ctx, office.workspace, "UMENTOR1")


def test_a_card_tells_both_sides(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.edit("UMENTEE1", department="Finance")
    office.at(PROPOSAL)
    card = latest_card(office)
    assert (card.mentor.person_id, card.mentor.level) == ("UMENTOR1", "Associate")
    assert (card.mentee.person_id, card.mentee.level, card.mentee.department) == (
        "UMENTEE1",
        "Lead/Manager",
        "Finance",
    )
    assert card.intro_at == INTRO
    assert card.pair.reasons != ()


def test_figures_add_up(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.couple(2)
    office.at(PROPOSAL)
    one, two = office.pairs
    approvals.approve(office.ctx, office.workspace, LEAD, one.id)
    approvals.decline(office.ctx, office.workspace, LEAD, two.id)
    office.at(INTRO)
    office.at(CHECKIN)
    found = reports.figures_of(office.ctx, office.workspace)
    assert found == reports.Figures(
        enrolled=4,
        proposed=2,
        approved=1,
        declined=1,
        introduced=1,
        checkins_sent=2,
        checkins_answered=0,
        reasks=0,
    )
    with pytest.raises(NoProgram):
        reports.figures_of(office.ctx, "T2")


def test_the_next_moment_is_known(office: Office) -> None:
    assert upcoming.next_at(office.ctx) is None
    office.sets_up()
    assert upcoming.next_at(office.ctx) == PROPOSAL - readiness.ASKED_BEFORE
    office.at(PROPOSAL - readiness.ASKED_BEFORE)
    assert upcoming.next_at(office.ctx) == PROPOSAL
    office.couple()
    office.delivers()
    office.at(PROPOSAL)
    approvals.approve(office.ctx, office.workspace, LEAD, office.pair().id)
    office.passes(seconds=5)
    assert upcoming.next_at(office.ctx) == INTRO
    office.at(INTRO)
    office.passes(seconds=5)
    assert upcoming.next_at(office.ctx) == CHECKIN
