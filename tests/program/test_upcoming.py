"""Whatever a tick does, the moment for it was known before: a rehearsal goes from one such moment to the next."""

from __future__ import annotations

from datetime import timedelta

from program import clocks, upcoming
from scheduler.jobs import JOBS
from tests.program.office import PROPOSAL, Office

STEP = timedelta(days=1)
UNANNOUNCED = {clocks.follow}
"""A zone's clocks change without anybody here: what waits for a time of day is moved with them."""


def test_nothing_happens_before_the_moment_that_was_announced(office: Office) -> None:
    """Through the cycle of a pair of whom nobody hears, into the next one."""
    office.sets_up(cycle_weeks=5)
    office.couple()
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.delivers()
    while office.clock() < office.times(2).proposal_at + timedelta(days=1):
        announced = upcoming.next_at(office.ctx)
        office.clock.time += STEP
        ticking = office.ctx.ticking()
        found = [(job, job(ticking)) for job in JOBS]
        done = {job.__name__ for job, number in found if number and job not in UNANNOUNCED}
        office.delivers()
        assert not done or (announced is not None and announced <= office.clock()), (office.clock(), done)
