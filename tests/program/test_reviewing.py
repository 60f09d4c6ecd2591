"""The review: sieved and sorted, in an order that stays while a lead decides; and approving what was seen."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mentoring.errors import NotAllowed
from mentoring.for_leads import Summary
from mentoring.messages import Kind
from mentoring.pairings import Pair, PairState
from program import approvals, approving_all, members, policies, reviewing, sight, undoing
from program.approving_all import Left
from program.forms import EVERYTHING, ReviewPage, Shows, Sieve, SortedBy
from program.reviewing import PAGE
from tests.handlers.views.samples import a_card, a_pair
from tests.program.office import INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office


def company(office: Office, couples: int = 14) -> list[int]:
    """Pairs of which every fifth needs a look, because nobody named a manager."""
    office.sets_up()
    office.joins("UBOSS", level=8)
    for number in range(couples):
        known = {} if number % 5 == 0 else {"manager_id": "UBOSS"}
        office.couple(number, department=f"Department {number % 3}", **known)
    office.at(PROPOSAL)
    return [pair.id for pair in office.pairs]


def look(
    office: Office, sieve: Sieve = EVERYTHING, page: int = 0, standing: tuple[int, ...] = ()
) -> ReviewPage:
    return approvals.review(office.ctx, office.workspace, LEAD, page, sieve, standing)


def numbers(page: ReviewPage) -> tuple[int, ...]:
    return tuple(card.pair.id for card in page.cards)


def test_what_needs_a_look_comes_first(office: Office) -> None:
    company(office)
    page = look(office)
    assert [bool(card.warnings) for card in page.cards] == [True] * 3 + [False] * 7
    assert (page.left, page.total, page.found, page.pages) == (14, 14, 14, 2)


def test_the_sieve_lets_through_what_a_lead_chose(office: Office) -> None:
    company(office)
    attention = look(office, Sieve(shows=Shows.ATTENTION))
    assert (attention.found, all(card.warnings for card in attention.cards)) == (3, True)
    here = look(office, Sieve(department="department 1"))
    assert {card.mentor.department for card in here.cards} == {"Department 1"}
    assert here.departments == ("Department 0", "Department 1", "Department 2")
    (one,) = look(office, Sieve(person="UMENTEE3")).cards
    assert one.mentee.person_id == "UMENTEE3"
    (one,) = look(office, Sieve(skill="Topic number 7")).cards
    assert one.pair.topics == ("Topic number 7",)
    assert look(office, Sieve(person="UNOBODY")).cards == ()


def test_it_can_be_sorted(office: Office) -> None:
    company(office)
    names = [card.mentor.name for card in look(office, Sieve(by=SortedBy.NAME)).cards]
    assert names == sorted(names)
    scores = [card.pair.score for card in look(office, Sieve(by=SortedBy.FIT)).cards]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("sieve", [EVERYTHING, Sieve(Shows.WAITING), Sieve(Shows.ATTENTION, SortedBy.NAME)])
def test_nothing_moves_under_the_pointer(office: Office, sieve: Sieve) -> None:
    company(office)
    page = look(office, sieve)
    shown = numbers(page)
    for place, number in enumerate(shown):
        if place % 2:
            approvals.approve(office.ctx, office.workspace, LEAD, number)
        else:
            approvals.decline(office.ctx, office.workspace, OTHER_LEAD, number)
        now = look(office, page.sieve, standing=shown)
        assert numbers(now) == shown
        assert now.left == 14 - place - 1
        # Also for whoever turns the page and comes back.
        assert numbers(look(office, page.sieve)) == shown
    undoing.undo(office.ctx, office.workspace, LEAD, shown[-1])
    assert numbers(look(office, page.sieve, standing=shown)) == shown


def test_pairs_that_came_since_fill_what_is_free_on_the_page(office: Office) -> None:
    shown = tuple(company(office, couples=PAGE - 1))
    page = look(office, standing=shown)
    for number in (20, 21):
        office.couple(number)
    office.matches()
    now = look(office, page.sieve, standing=shown)
    assert numbers(now)[: len(shown)] == shown
    assert (len(numbers(now)), now.pages) == (PAGE, 2), "and the other is on the next page"


@pytest.mark.parametrize("seed", range(3))
def test_every_pair_that_waits_is_seen_whoever_goes_between_two_turns(office: Office, seed: int) -> None:
    company(office, 24)
    draw = random.Random(seed)
    sieve = Sieve(draw.choice(list(Shows)), draw.choice(list(SortedBy)))
    page = look(office, sieve)
    all_found = replace(sieve, since=page.sieve.since)
    open_at_first = {number for at in range(page.pages) for number in numbers(look(office, all_found, at))}
    seen = set(numbers(page))
    for _ in range(30):
        for pair in draw.sample(office.pairs, 3):
            if pair.state is PairState.PROPOSED:
                _let_go(office, draw, pair)
        stays = turn(office, page, 0)
        assert not set(numbers(page)) - set(numbers(stays))
        if stays.page + 1 == stays.pages:
            seen |= set(numbers(stays))
            break
        page = turn(office, stays, 1)
        seen |= set(numbers(page))
    else:
        pytest.fail("There is no last page.")
    still = {pair.id for pair in office.pairs if pair.state is PairState.PROPOSED}
    assert open_at_first & still <= seen


def _let_go(office: Office, draw: random.Random, pair: Pair) -> None:
    match draw.choice(("leaves", "leaves", "approve", "decline")):
        case "leaves":
            members.leave(office.ctx, office.workspace, pair.mentee_id)
        case "approve":
            approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
        case _:
            approvals.decline(office.ctx, office.workspace, LEAD, pair.id)


def turn(office: Office, page: ReviewPage, by: int) -> ReviewPage:
    at = (page.page, page.sieve, numbers(page), page.start, by)
    return approvals.review(office.ctx, office.workspace, LEAD, *at)


def test_what_is_decided_makes_way_when_the_review_is_opened_anew(office: Office) -> None:
    shown = company(office)
    approvals.approve(office.ctx, office.workspace, LEAD, shown[0])
    office.passes(minutes=1)
    opened = look(office)
    pages = [numbers(look(office, opened.sieve, page)) for page in range(opened.pages)]
    assert pages[-1][-1] == shown[0]
    assert look(office, opened.sieve, 99).page == 1
    with pytest.raises(NotAllowed):
        approvals.review(office.ctx, office.workspace, "UMENTOR1")


@pytest.mark.slow
def test_all_that_needs_no_look_is_approved_at_once(office: Office) -> None:
    every = company(office, 60)
    policies.hold(*office.as_lead(), every[1])
    waiting = approving_all.about_to(*office.as_lead())
    assert (waiting.number, waiting.warned, waiting.held, waiting.later) == (47, 12, 1, 0)
    done = approving_all.approve_seen(*office.as_lead(), waiting.seen)
    assert (done.approved, done.left) == (47, {})
    office.passes(seconds=10)
    summary = [one.content for one in office.said if one.kind is Kind.SUMMARY][-1]
    assert isinstance(summary, Summary)
    assert (summary.proposed, summary.approved) == (13, 47)
    assert all(pair.decided_by == LEAD for pair in office.pairs if pair.state is PairState.APPROVED)
    with pytest.raises(NotAllowed):
        approving_all.approve_seen(office.ctx, office.workspace, "UMENTOR1", waiting.seen)


def test_what_changed_since_it_was_seen_is_left_and_named(office: Office) -> None:
    company(office, 10)
    seen = approving_all.about_to(*office.as_lead()).seen
    shown = sorted(sight.read(seen))
    decided, changed, held, broken, *rest = shown
    approvals.decline(office.ctx, office.workspace, OTHER_LEAD, decided)
    office.edit(office.pair(changed).mentor_id, department="Another one")
    policies.hold(*office.as_lead(), held)
    office.unseen(office.pair(broken).mentee_id, deactivated=True)
    done = approving_all.approve_seen(*office.as_lead(), seen)
    assert done.approved == len(rest)
    assert done.left == {
        Left.DECIDED: (decided,),
        Left.CHANGED: (changed,),
        Left.HELD: (held,),
        Left.BROKEN: (broken,),
    }
    assert office.pair(changed).state is PairState.PROPOSED


def test_late_pairs_are_introduced_at_once_when_all_are_approved(office: Office) -> None:
    company(office, 4)
    office.at(INTRO)
    seen = approving_all.about_to(*office.as_lead()).seen
    assert approving_all.approve_seen(*office.as_lead(), seen).approved == 3
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == 3


def test_what_was_seen_comes_back_with_a_click(subtests: pytest.Subtests) -> None:
    for first, step, number in ((1, 1, 450), (2_000_000_000, 1, 450), (1, 40, 250), (1, 3_000_000, 80)):
        with subtests.test(first=first, step=step):
            cards = [a_card(replace(a_pair(), id=first + step * place)) for place in range(number)]
            text, told = sight.written(cards)
            assert told == number
            assert len(text) <= 2000, "the most that a button's value may have"
            assert sight.read(text) == {card.pair.id: sight.mark_of(card) for card in cards}
    assert sight.written([a_card(replace(a_pair(), id=n)) for n in range(1, 600)])[1] == sight.AT_MOST


@pytest.mark.parametrize(
    "text", ["", ".", "..", "x", "zzzz", "1ab", "0abc", ".1", "🙂🙂🙂🙂", "." * 50, "1abc1"]
)
def test_a_text_that_nobody_wrote_names_no_more_than_it_says(text: str) -> None:
    assert all(number > 0 and len(mark) == 3 for number, mark in sight.read(text).items())


def test_a_change_of_what_a_lead_reads_changes_the_mark() -> None:
    card = a_card()
    others = [
        replace(card, warnings=("Look.",)),
        replace(card, mentor=replace(card.mentor, level="VP")),
        replace(card, pair=replace(card.pair, reasons=())),
        replace(card, pair=replace(card.pair, score=901)),
    ]
    assert sight.mark_of(replace(card, introduced=True)) == sight.mark_of(card)
    assert all(sight.mark_of(other) != sight.mark_of(card) for other in others)


def test_the_newest_cycle_is_reviewed(office: Office) -> None:
    office.sets_up()
    with office.ctx.database.read() as tx:
        assert reviewing.newest(tx, office.program) is None
    assert approving_all.about_to(*office.as_lead()).number == 0
    assert numbers(look(office)) == ()
    assert PAGE == 10
