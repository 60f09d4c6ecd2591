"""The list of what ticks: everything that happens because time has passed."""

from __future__ import annotations

import logging
from collections.abc import Callable

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

_log = logging.getLogger(__name__)

JOBS: tuple[Callable[[Context], int], ...] = (
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
)
"""In this order: a cycle ends before the next one begins, and a new question comes before an old one's re-ask."""


def _nobody_counts() -> None:
    """Stand in where nobody wants to know what failed."""


def tick(ctx: Context, failed: Callable[[], None] = _nobody_counts) -> int:
    """Do everything that is due; gives how much there was. One job that fails does not hold up the others.

    `failed` is called for each that does.
    """
    ticking = ctx.ticking()
    return sum(_run(ticking, job, failed) for job in JOBS)


def _run(ctx: Context, job: Callable[[Context], int], failed: Callable[[], None]) -> int:
    try:
        return job(ctx)
    except Exception:  # noqa: BLE001 - whatever it was, the other jobs must still run
        # The next tick tries again; what is due stays due, because nothing of a failed transaction is kept.
        _log.exception("%s failed and will be tried again", job.__name__)
        failed()
        return 0
