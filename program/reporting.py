"""A report on each cycle: its thresholds freeze when it starts, its figures when it ends, and nothing changes later.

1. When a cycle starts, the thresholds of its report are kept (`freeze`).
2. When it ends, it is counted outside of any change (`made`), and what may be shown of it is stored and posted to the
   leads' channel (`publish`). What is hidden is stored nowhere.
3. Reports on cycles that ended under an older version are made once, and not posted (`make_missing`).
4. Leads read it again at any time, also what was so on that day (`look`). A cycle that runs has no report; its pairs
   and meetings are told in fives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.cycles import Cycle, CycleState, cycle_times
from mentoring.errors import NoReport
from mentoring.messages import Kind, Notice, to_leads
from mentoring.outcomes.counted import About, counted
from mentoring.outcomes.published import CycleReport, Report, SoFar, Thresholds, published
from mentoring.outcomes.suppression import in_fives
from mentoring.programs import Program
from program import access
from program.act import Act
from program.context import Context
from program.look import Look
from program.subjects import OfCycle, OfProgram
from storage import cycles, programs, reports

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Reported:
    """What a lead reads who asks for a report: the one on a cycle that is over, and the cycle that runs."""

    program: str
    first_ends: datetime
    report: Report | None = None
    running: SoFar | None = None


def freeze(act: Act, cycle: Cycle) -> None:
    """Keep the thresholds of a cycle that starts."""
    reports.freeze(act.tx, cycle.id, Thresholds(), act.now)


def made(ctx: Context, cycle: Cycle) -> Report:
    """What may be shown of a cycle whose pairs have come to their end."""
    with ctx.read(about=OfCycle(cycle.id)) as act:
        return _made(act, cycle)


def _made(act: Act, cycle: Cycle) -> Report:
    times, program_id = cycle.times, cycle.program_id
    counts = counted(
        reports.connections(act.tx, program_id, cycle.id),
        reports.participants(act.tx, program_id, cycle.id, times.ends_at),
        reports.reflections(act.tx, cycle.id),
        # The first and the last week of a cycle are begun ones.
        most=max(0, (times.ends_at - times.intro_at) // WEEK) + 2,
    )
    frozen = reports.thresholds(act.tx, cycle.id) or Thresholds()
    return published(counts, cycle.number, times.intro_at, times.ends_at, frozen)


def publish(act: Act, cycle: Cycle, report: Report) -> None:
    """Keep a cycle's report, once, and post it to the leads if there is anything to tell."""
    if _keep(act, cycle, report) and _has_pairs(report):
        act.say(to_leads(Kind.REPORT, cycle.id))


def _keep(act: Act, cycle: Cycle, report: Report) -> bool:
    reports.freeze(act.tx, cycle.id, report.thresholds, act.now)
    return reports.publish(act.tx, cycle.id, report, act.now)


def _has_pairs(report: Report) -> bool:
    pairs = report.topic(About.PAIRS)
    return pairs is not None and pairs.rows[0].counts[0] != 0


def look(ctx: Context, workspace: str, lead_id: str, number: int | None = None) -> Reported:
    """The report on a cycle, the last that ended if none is named, and how the running one is.

    Raises `NotAllowed`, `NoProgram`, or `NoReport` where the cycle with that number has not ended.
    """
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
    return of_program(ctx, program, number)


def of_program(ctx: Context, program: Program, number: int | None = None) -> Reported:
    """The same for whoever need not be asked who they are."""
    with ctx.read(about=OfProgram(program.id)) as act:
        report = reports.latest(act.tx, program.id, number)
        if number is not None and report is None:
            raise NoReport(number)
        every = cycles.of_program(act.tx, program.id)
        running = next((_so_far(act, one) for one in every if one.state is CycleState.RUNNING), None)
    first_ends = every[0].times.ends_at if every else cycle_times(program.calendar, 1).ends_at
    return Reported(program.name, first_ends, report, running if number is None else None)


def make_missing(ctx: Context) -> int:
    """Report on the cycles that ended under an older version, for whoever asks; gives their number."""
    with ctx.read() as act:
        ended = reports.missing(act.tx)
    for cycle in ended:
        report = made(ctx, cycle)
        with ctx.act(about=OfCycle(cycle.id)) as act:
            _keep(act, cycle, report)
    return len(ended)


def _so_far(act: Act, cycle: Cycle) -> SoFar:
    pairs, meetings = reports.so_far(act.tx, cycle.id)
    frozen = reports.thresholds(act.tx, cycle.id) or Thresholds()
    told, held = in_fives(pairs, frozen.fewest), in_fives(meetings, frozen.fewest)
    return SoFar(cycle.number, cycle.times.ends_at, told, held, frozen)


def every(ctx: Context) -> list[Program]:
    """All programs."""
    with ctx.read() as act:
        return programs.every(act.tx)


def on_screen(look: Look, notice: Notice) -> CycleReport | None:
    """What the message about a cycle that is over shows; its figures stay what they were."""
    report = look.report(int(notice.subject))
    return CycleReport(look.name, report) if report else None
