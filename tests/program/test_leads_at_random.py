"""Leads decide, swap, pair by hand and ask for pairs at random: nothing is lost, and what never may be never is."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest

from mentoring.errors import ProgramError
from mentoring.matching import Rule
from mentoring.pairings import LIVE, Pair, PairState
from mentoring.wishes import Wanted
from program import approvals, by_hand, matching, members, resolving, wanted
from storage import cycles as stored_cycles
from storage import members as stored_members
from storage.database import Database
from tests.effort import examples
from tests.program.office import INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office

TOPICS = ("SQL", "Podcasts", "Charts")
STEPS = 15
SEEDS = range(examples(2))


class Leads:
    """Two leads of a small program, and what they decided."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.draw = office, random.Random(seed)
        self.decided: dict[int, PairState] = {}
        self.people = [self._joins(number) for number in range(10)]
        office.at(PROPOSAL)

    def _joins(self, number: int) -> str:
        person = f"UP{number}"
        junior = number % 2 == 0
        self.office.joins(
            person,
            role="share" if junior else "learn",
            level=self.draw.choice((1, 2, 3)) if junior else self.draw.choice((2, 4, 6)),
            shares=self.draw.sample(TOPICS, 2) if junior else (),
            wants=() if junior else self.draw.sample(TOPICS, 2),
            avoid=(f"UP{self.draw.randrange(10)}",) if self.draw.random() < 0.3 else (),
        )
        return person

    def step(self) -> None:
        acts: list[Callable[[str], None]] = [
            *(self.approves, self.declines, self.swaps, self.swaps),
            *(self.pairs, self.pairs, self.asks, self.takes_back, self.rests),
        ]
        lead = self.draw.choice((LEAD, OTHER_LEAD))
        with suppress(ProgramError):
            self.draw.choice(acts)(lead)
        if self.draw.random() < 0.7:
            resolving.after(self.office.ctx, self.office.workspace, lead, self.office.cycles[-1].id)

    def _one(self, *states: PairState) -> Pair:
        return self.draw.choice(
            [pair for pair in self.office.pairs if pair.state in states] or self.office.pairs
        )

    def _two(self) -> tuple[str, str]:
        one, other = self.draw.sample(self.people, 2)
        return one, other

    def approves(self, lead: str) -> None:
        pair = approvals.approve(
            self.office.ctx, self.office.workspace, lead, self._one(PairState.PROPOSED).id
        )
        self.decided[pair.id] = PairState.APPROVED

    def declines(self, lead: str) -> None:
        pair = approvals.decline(
            self.office.ctx, self.office.workspace, lead, self._one(PairState.PROPOSED).id
        )
        self.decided[pair.id] = PairState.DECLINED

    def swaps(self, lead: str) -> None:
        found = by_hand.offered(
            self.office.ctx, self.office.workspace, lead, self._one(PairState.PROPOSED).id
        )
        if found.swaps:
            chosen = self.draw.choice(found.swaps).pair
            pair = by_hand.swap(self.office.ctx, self.office.workspace, lead, found.card.pair.id, chosen)
            self.decided[pair.id] = PairState.APPROVED

    def pairs(self, lead: str) -> None:
        reason = self.draw.choice(("", "They asked for it"))
        pair = by_hand.pair(self.office.ctx, self.office.workspace, lead, *self._two(), reason)
        self.decided[pair.id] = PairState.APPROVED

    def asks(self, lead: str) -> None:
        kind = self.draw.choice(list(Wanted))
        wanted.ask(self.office.ctx, self.office.workspace, lead, kind, *self._two())

    def takes_back(self, lead: str) -> None:
        wanted.take_back(self.office.ctx, self.office.workspace, lead, *self._two())

    def rests(self, _lead: str) -> None:
        person = self.draw.choice(self.people)
        if self.draw.random() < 0.3:
            members.pause(self.office.ctx, self.office.workspace, person)
        members.resume(self.office.ctx, self.office.workspace, person)

    # --- what must hold

    def holds(self) -> None:
        standing = [pair for pair in self.office.pairs if pair.state in LIVE]
        for pair in self.office.pairs:
            if pair.id in self.decided:
                # Only somebody who went away, or a rule, takes back what a lead approved; nothing takes back a decline.
                lost = self.decided[pair.id], pair.state
                assert pair.state is not PairState.PROPOSED or lost[0] is PairState.APPROVED
                assert lost[0] is not PairState.DECLINED or pair.state in (PairState.DECLINED, *LIVE)
            if pair.state in LIVE:
                assert pair.decided_by in (LEAD, OTHER_LEAD)
                self.never_bent(pair)
        for at in (0, 1):
            partners = Counter(pair.people[at] for pair in standing if Rule.FULL not in pair.bent)
            for person, number in partners.items():
                profile = self.office.member(person).profile
                assert number <= (profile.mentor_capacity, profile.mentee_capacity)[at]

    def never_bent(self, pair: Pair) -> None:
        both = [self.office.member(person).profile for person in pair.people]
        assert (both[0].level or 0) < (both[1].level or 0)
        assert pair.mentee_id not in both[0].avoid
        assert pair.mentor_id not in both[1].avoid
        with self.office.ctx.database.read() as tx:
            cycle = stored_cycles.get(tx, pair.cycle_id)
            members_ = stored_members.of_program(tx, pair.program_id, pair.people)
            broken = matching.broken_by(tx, self.office.program, cycle, pair, members_, goes_on=True)
        assert {one.rule for one in broken} <= {*pair.bent}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_leads_do_no_decision_is_lost_and_no_rule_broken_that_never_is(
    sqlite: Database, seed: int
) -> None:
    office = Office(sqlite)
    office.sets_up()
    leads = Leads(office, seed)
    for _ in range(STEPS):
        leads.step()
        leads.holds()
    assert leads.decided
    office.at(INTRO)
    for pair in office.pairs:
        if pair.state is PairState.INTRODUCED:
            assert leads.decided.get(pair.id) is PairState.APPROVED
            leads.never_bent(pair)
