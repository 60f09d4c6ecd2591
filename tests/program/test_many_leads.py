"""Twenty leads decide and undo at random, together: no decision is lost, and nothing is introduced unapproved."""

from __future__ import annotations

import random
import threading
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import select

from mentoring.errors import ProgramError
from mentoring.pairings import PairState
from program import approvals, approving_all, policies, undoing
from storage import tables as t
from storage.database import Database
from storage.keeping import schema
from tests.effort import sized
from tests.program.office import INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office

DECIDED = ("approved", "declined", "undo")


def leads_at_random(office: Office, leads: int, rounds: int, seed: int) -> list[str]:
    """What the threads raised that no lead may ever see."""
    numbers = [pair.id for pair in office.pairs]
    start, trouble = threading.Barrier(leads), []

    def decides(place: int) -> None:
        rng, by = random.Random(seed * 1000 + place), LEAD if place % 2 else OTHER_LEAD
        start.wait()
        for _ in range(rounds):
            try:
                with suppress(ProgramError):
                    once(office, rng, by, rng.choice(numbers))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told below
                trouble.append(repr(error))

    threads = [threading.Thread(target=decides, args=(place,)) for place in range(leads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return trouble


def once(office: Office, rng: random.Random, by: str, number: int) -> None:
    ctx, workspace = office.ctx, office.workspace
    what = rng.random()
    if what < 0.35:
        approvals.approve(ctx, workspace, by, number)
    elif what < 0.6:
        approvals.decline(ctx, workspace, by, number, "At random")
    elif what < 0.95:
        undoing.undo(ctx, workspace, by, number)
    elif what < 0.98:
        policies.hold(ctx, workspace, by, number, on=rng.random() < 0.5)
    else:
        seen = approving_all.about_to(ctx, workspace, by).seen
        approving_all.approve_seen(ctx, workspace, by, seen)


def told_by_the_log(office: Office) -> dict[int, str]:
    """The last decision about each pair, as the audit log has it; each has to follow from the one before."""
    last: dict[int, str] = {}
    with office.ctx.database.read() as tx:
        rows = tx.execute(select(t.audit).where(t.audit.c.action.in_(DECIDED)).order_by(t.audit.c.id))
        for row in rows:
            number, before = int(row.subject), last.get(int(row.subject), "undo")
            assert (before == "undo") != (row.action == "undo"), f"pair {number}: {row.action} after {before}"
            last[number] = row.action
    return last


def holds(office: Office, trouble: list[str]) -> None:
    assert trouble == []
    last = told_by_the_log(office)
    stands = {"approved": PairState.APPROVED, "declined": PairState.DECLINED, "undo": PairState.PROPOSED}
    for pair in office.pairs:
        assert pair.state is stands[last.get(pair.id, "undo")], f"pair {pair.id}"
        undecided: tuple[Any, ...] = (None, None, "", None)
        if pair.state is PairState.PROPOSED:
            assert (pair.decided_by, pair.decided_at, pair.note, pair.by_rule) == undecided
        else:
            assert pair.decided_by in (LEAD, OTHER_LEAD)
    office.at(INTRO)
    now = Counter(pair.state for pair in office.pairs)
    assert now[PairState.INTRODUCED] == sum(one == "approved" for one in last.values())
    introduced = {pair.id for pair in office.pairs if pair.state is PairState.INTRODUCED}
    assert introduced == {number for number, one in last.items() if one == "approved"}


def proposed(database: Database, couples: int) -> Office:
    schema.upgrade(database)
    office = Office(database)
    office.sets_up()
    for number in range(couples):
        office.couple(number)
    office.clock.time = PROPOSAL
    office.tick()
    return office


def test_leads_at_random_on_a_few_pairs(database: Database) -> None:
    office = proposed(database, 8)
    holds(office, leads_at_random(office, leads=6, rounds=8, seed=1))


@pytest.mark.slow
def test_twenty_leads_at_random_on_many_pairs(database: Database) -> None:
    office = proposed(database, sized(60, 200))
    holds(office, leads_at_random(office, leads=20, rounds=sized(50, 150), seed=2))
