"""The command `report`: what a cycle came to, as figures or as a page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from bot.commands import office
from bot.commands.files import Drafts
from bot.commands.report_options import FORMATS
from bot.settings import Settings
from bot.starting import CannotStart
from mentoring.errors import NoProgram, NoReport
from mentoring.outcomes.page import page
from mentoring.outcomes.published import IN_FIVES, CycleReport, Report
from mentoring.outcomes.words import COLUMNS, TITLES, name, worth_a_row
from mentoring.spreadsheets.results import Row
from program import reporting
from program.context import Context

HEADER = ("cycle", "begins", "ends", "about", "what", "of", "figure", "meaning")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the report; gives the exit status: 0 done, 1 something does not work, 2 bad input."""
    return office.ended(partial(_report, options, settings))


def _report(options: argparse.Namespace, settings: Settings) -> None:
    kind = _format(options.format, options.out)
    with office.surroundings(settings) as ctx:
        content = _content(ctx, options.cycle)
    if kind == "csv":
        office.written(options.out, "Report", HEADER, rows(content.report))
    else:
        _write(options.out, page(content))


def _format(chosen: str | None, path: Path | None) -> str:
    """What to write, by the option or else by the name of the file. Raises `BadInputError`."""
    named = path.suffix.casefold().removeprefix(".") if path else ""
    named = {"htm": "html", "xlsx": "csv"}.get(named, named)
    if chosen is None and named and named not in FORMATS:
        raise office.BadInputError(
            f"{path}: a report is written as .csv, .xlsx or .html. Name the file so, or say --format csv or html."
        )
    if chosen and named in FORMATS and named != chosen:
        raise office.BadInputError(f"{path} is named like another format than --format {chosen}.")
    return chosen or named or "csv"


def _content(ctx: Context, number: int | None) -> CycleReport:
    """The report on that cycle of the program, or on the last that ended. Raises `CannotStart` or `BadInputError`."""
    every = reporting.every(ctx)
    if not every:
        raise CannotStart(str(NoProgram()))
    reporting.make_missing(ctx)
    try:
        found = reporting.of_program(ctx, every[0], number)
    except NoReport:
        raise office.BadInputError(
            f"There is no report on cycle {number}: a report is made when a cycle ends. Without --cycle, "
            "you get the last one."
        ) from None
    if found.report is None:
        raise CannotStart(
            "There is no report yet: one is made when a cycle ends. "
            f"The first cycle is planned to end on {found.first_ends:%Y-%m-%d}."
        )
    return CycleReport(found.program, found.report)


def rows(report: Report) -> Iterator[Row]:
    """Every figure on a line of its own; a figure that is not shown is an empty cell."""
    begins, ends = (moment.date().isoformat() for moment in (report.begins, report.ends))
    for topic in report.topics:
        for row in worth_a_row(topic):
            for column, count in zip(COLUMNS[topic.about], row.counts, strict=True):
                meaning = _meaning(report, topic.about in IN_FIVES, count)
                about, what = TITLES[topic.about], name(topic.about, row)
                yield (
                    report.number,
                    begins,
                    ends,
                    about,
                    what,
                    column,
                    "" if count is None else count,
                    meaning,
                )


def _meaning(report: Report, in_fives: bool, count: int | None) -> str:
    if count is None:
        return f"fewer than {report.thresholds.fewest}" if in_fives else "hidden"
    return "at least" if in_fives else "exact"


def _write(path: Path | None, pieces: Iterable[str]) -> None:
    """Write a page to a file, or print it. Raises `FileProblem`."""
    if path is None:
        sys.stdout.writelines(pieces)
        return
    with Drafts([path], []) as drafts:
        with drafts.open(path) as file:
            file.writelines(pieces)
        drafts.publish()
    office.tell(f"Written: {path}")
