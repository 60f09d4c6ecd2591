"""The list of what ticks."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from mentoring.cycles import CycleState
from mentoring.messages import Kind
from program import (
    agreements,
    ask_first,
    before_intro,
    calls,
    care,
    cases,
    checkins,
    clocks,
    closing,
    cycles,
    introductions,
    late_pairs,
    matters,
    members,
    misfits,
    policies,
    readiness,
    rechecks,
    reporting,
    resolving,
    retention,
    seeing,
    wrong_clocks,
)
from program.context import Context
from scheduler import jobs
from storage.database import Database
from tests.program.office import CHECKIN, INTRO, PROPOSAL, WEEK, Office


def test_everything_that_depends_on_time_ticks_in_order() -> None:
    assert (
        wrong_clocks.bring_near,
        members.resume_due,
        readiness.ask_due,
        cycles.close_due,
        cycles.propose_due,
        cycles.match_asked,
        late_pairs.due,
        resolving.due,
        policies.approve_due,
        before_intro.ask_due,
        introductions.start_due,
        ask_first.remind_due,
        ask_first.tell_due,
        closing.go_on_due,
        checkins.prompt_due,
        checkins.reask_due,
        checkins.fold_due,
        care.first_contact_due,
        care.nudge_due,
        agreements.remind_due,
        care.tell_pauses_due,
        rechecks.due,
        misfits.due,
        clocks.follow,
        matters.look_after,
        cases.due,
        calls.due,
        seeing.due,
        reporting.make_missing,
        retention.let_go,
    ) == jobs.JOBS


def test_a_cycle_ends_before_the_next_one_begins(sqlite: Database) -> None:
    office = Office(sqlite)
    office.introduced()
    office.lives_until(office.times(2).proposal_at, WEEK)
    office.clock.time = office.times(2).intro_at
    jobs.tick(office.ctx)
    assert [cycle.state for cycle in office.cycles] == [CycleState.CLOSED, CycleState.RUNNING]


def test_a_new_question_comes_before_the_reask_of_an_old_one(sqlite: Database) -> None:
    """Down from the first question until the second is due: the first one is let go, not asked again."""
    office = Office(sqlite)
    office.introduced()
    office.at(CHECKIN)
    office.clock.time = CHECKIN + WEEK
    jobs.tick(office.ctx)
    office.delivers()
    assert (len(office.kinds(Kind.CHECKIN)), office.kinds(Kind.REASK)) == (4, [])


def test_a_tick_counts_what_there_was(sqlite: Database) -> None:
    office = Office(sqlite)
    assert jobs.tick(office.ctx) == 0
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL
    assert jobs.tick(office.ctx) == 1
    assert jobs.tick(office.ctx) == 0
    office.clock.time = INTRO
    assert jobs.tick(office.ctx) == 1


@pytest.mark.parametrize("failing", range(len(jobs.JOBS)))
def test_a_job_that_fails_does_not_hold_up_the_others(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failing: int
) -> None:
    ran: list[int] = []
    failed: list[int] = []

    def made(number: int) -> Callable[[Context], int]:
        def job(_: Context) -> int:
            ran.append(number)
            if number == failing:
                raise RuntimeError("the database is busy")
            return 1

        return job

    monkeypatch.setattr(jobs, "JOBS", tuple(made(number) for number in range(len(jobs.JOBS))))
    with caplog.at_level(logging.ERROR):
        assert jobs.tick(Office(sqlite).ctx, lambda: failed.append(ran[-1])) == len(ran) - 1
    assert failed == [failing]
    assert ran == list(range(len(jobs.JOBS)))
    (record,) = caplog.records
    assert "failed and will be tried again" in record.message
    assert record.exc_info is not None


def test_what_failed_is_done_at_the_next_tick(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(sqlite)
    office.sets_up()
    office.couple()
    office.clock.time = PROPOSAL

    def breaks(*_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(cycles, "_tell_leads", breaks)
        jobs.tick(office.ctx)
    assert (office.pairs, office.cycles[0].runs) == ([], 0)
    office.clock.passes(seconds=15)
    jobs.tick(office.ctx)
    assert len(office.pairs) == 1
