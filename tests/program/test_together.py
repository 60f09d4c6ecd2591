"""Several at once, through two processes, on SQLite and on PostgreSQL: each thing happens once."""

from __future__ import annotations

from collections import Counter

import pytest

from mentoring.checkins import Answer
from mentoring.cycles import CycleState
from mentoring.errors import AlreadyDecided, MatchingBusy, PairBroken
from mentoring.messages import Kind
from mentoring.pairings import STANDING, Pair, PairState
from program import approvals, checkins, cycles, members, outgoing
from program.forms import Matched
from scheduler import jobs
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, PROPOSAL, REASK, WEEK, Office
from tests.storage.together import together

THREADS = 6
LEADS = (LEAD, OTHER_LEAD)


def ticks_together(offices: list[Office]) -> None:
    counted = together(4, lambda number: jobs.tick(offices[number % 2].ctx))
    assert [one for one in counted if isinstance(one, Exception)] == []


def queued(office: Office) -> Counter[Kind]:
    """How many new messages of each kind wait."""
    return Counter(letter.notice.kind for letter in outgoing.due(office.ctx) if not letter.posted)


def test_two_leads_approve_at_once(offices: list[Office]) -> None:
    pair = offices[0].proposed()

    def approve(number: int) -> Pair:
        office = offices[number % 2]
        return approvals.approve(office.ctx, office.workspace, LEADS[number % 2], pair.id)

    outcomes = together(THREADS, approve)
    made = [one for one in outcomes if isinstance(one, Pair)]
    told = [one for one in outcomes if isinstance(one, AlreadyDecided)]
    assert (len(made), len(told)) == (1, THREADS - 1)
    assert offices[0].pair() == made[0]
    assert {one.pair.decided_by for one in told} == {made[0].decided_by}


def test_one_approves_while_another_declines(offices: list[Office]) -> None:
    pair = offices[0].proposed()

    def decide(number: int) -> Pair:
        office, act = offices[number % 2], (approvals.approve, approvals.decline)[number % 2]
        return act(office.ctx, office.workspace, LEADS[number % 2], pair.id)

    outcomes = together(THREADS, decide)
    (made,) = [one for one in outcomes if isinstance(one, Pair)]
    assert offices[0].pair().state is made.state
    assert all(isinstance(one, AlreadyDecided) for one in outcomes if one is not made)


@pytest.mark.slow
def test_two_ticks_at_once_are_one(offices: list[Office]) -> None:
    office = offices[0]
    office.sets_up()
    for number in range(3):
        office.couple(number)
    office.delivers()
    office.clock.time = PROPOSAL
    ticks_together(offices)
    assert queued(office) == {Kind.SUMMARY: 1, Kind.CARD: 1}
    office.delivers()
    for pair in office.pairs:
        office.approves(pair.id)
    office.passes(minutes=1)
    office.clock.time = INTRO
    ticks_together(offices)
    waits = queued(office)
    assert (waits[Kind.INTRO], waits[Kind.INTRO_TIME]) == (3, 1)
    office.delivers()
    for week in range(2):
        office.clock.time = CHECKIN + week * WEEK
        ticks_together(offices)
        assert queued(office)[Kind.CHECKIN] == 6
        office.delivers()
        office.clock.time = REASK + week * WEEK
        ticks_together(offices)
        assert queued(office)[Kind.REASK] == 6
        office.delivers()
    office.clock.time = office.times(2).intro_at
    ticks_together(offices)
    assert queued(office)[Kind.THANKS] == 3
    assert Counter(cycle.state for cycle in office.cycles)[CycleState.CLOSED] == 1


def test_two_matchings_at_once_pair_everybody_once(offices: list[Office]) -> None:
    office = offices[0]
    office.sets_up()
    for number in range(4):
        office.couple(number)

    def match(number: int) -> Matched:
        return cycles.match_now(offices[number % 2].ctx, office.workspace, LEADS[number % 2])

    outcomes = together(4, match)
    assert {type(one) for one in outcomes} <= {Matched, MatchingBusy}
    assert sum(one.proposed for one in outcomes if isinstance(one, Matched)) == 4
    paired = Counter(person for pair in office.pairs for person in pair.people)
    assert set(paired.values()) == {1}


@pytest.mark.parametrize("round_", range(3))
def test_a_pair_is_approved_while_a_matching_wants_it_to_make_way(offices: list[Office], round_: int) -> None:
    office = offices[0]
    office.sets_up()
    office.joins("UANN", role="share", shares=("SQL", "Podcasts", "Spreadsheets"), wants=())
    office.joins("UMAX", role="learn", level=5, shares=(), wants=("SQL", "Podcasts", "Spreadsheets"))
    office.proposes()
    office.joins("UBEA", role="share", shares=("SQL",), wants=())
    office.joins("UNORA", role="learn", level=5, shares=(), wants=("Podcasts",))

    def act(number: int) -> object:
        ctx, workspace = offices[number % 2].ctx, office.workspace
        if number % 2:
            return approvals.approve(ctx, workspace, OTHER_LEAD, 1)
        return cycles.match_now(ctx, workspace, LEAD)

    outcomes = together(2, act)
    approved = any(isinstance(one, Pair) for one in outcomes)
    assert approved != any(isinstance(one, AlreadyDecided) for one in outcomes)
    stands = {pair.people for pair in office.pairs if pair.state in STANDING}
    assert stands == ({("UANN", "UMAX")} if approved else {("UANN", "UNORA"), ("UBEA", "UMAX")})


@pytest.mark.sampled(2)
@pytest.mark.parametrize("round_", range(3))
def test_an_approval_in_the_moment_of_the_introductions_is_not_forgotten(
    offices: list[Office], round_: int
) -> None:
    office = offices[0]
    office.proposed()
    office.couple(2)
    office.proposes()
    office.clock.time = INTRO
    numbers = [pair.id for pair in office.pairs]

    def act(number: int) -> object:
        if number < 2:
            return jobs.tick(offices[number].ctx)
        return approvals.approve(offices[number % 2].ctx, office.workspace, LEAD, numbers[number - 2])

    assert [one for one in together(4, act) if isinstance(one, Exception)] == []
    assert [pair.state for pair in office.pairs] == [PairState.INTRODUCED] * 2
    assert queued(office)[Kind.INTRO] == 2


def test_somebody_leaves_while_a_lead_approves(offices: list[Office]) -> None:
    office = offices[0]
    pair = office.proposed()

    def act(number: int) -> object:
        if number:
            return approvals.approve(offices[1].ctx, office.workspace, LEAD, pair.id)
        members.leave(offices[0].ctx, office.workspace, "UMENTOR1")
        return None

    left, decided = together(2, act)
    assert left is None
    assert isinstance(decided, Pair | AlreadyDecided | PairBroken)
    assert office.pair().state is PairState.WITHDRAWN


def test_two_approvals_do_not_exceed_one_persons_room(offices: list[Office]) -> None:
    office = offices[0]
    office.sets_up()
    office.couple(mentor_capacity=2)
    office.joins("UTHIRD", role="learn", level=6, shares=(), wants=("Topic number 1",))
    office.at(PROPOSAL)
    office.edit("UMENTOR1", mentor_capacity=1)
    numbers = [pair.id for pair in office.pairs]

    def approve(number: int) -> Pair:
        return approvals.approve(offices[number].ctx, office.workspace, LEADS[number], numbers[number])

    outcomes = together(2, approve)
    assert sorted(type(one).__name__ for one in outcomes) == ["Pair", "PairBroken"]


def test_many_taps_at_once_leave_one_answer(offices: list[Office]) -> None:
    office = offices[0]
    office.introduced()
    office.at(CHECKIN)
    question = office.checkins("UMENTEE1")[0]

    def tap(number: int) -> object:
        given = tuple(Answer)[number % 4]
        return checkins.answer(offices[number % 2].ctx, office.workspace, "UMENTEE1", question.id, given)

    assert [one for one in together(THREADS, tap) if isinstance(one, Exception)] == []
    assert office.checkins("UMENTEE1")[0].answer in set(Answer)
    office.delivers()
    assert len(office.kinds(Kind.HELP)) == 2


def test_two_couriers_send_each_message_once(offices: list[Office]) -> None:
    office = offices[0]
    office.sets_up()
    for number in range(5):
        office.couple(number)
    together(2, lambda number: offices[number].delivers())
    welcomed = [one.recipient for each in offices for one in each.said]
    assert len(welcomed) == len(set(welcomed)) == 10
