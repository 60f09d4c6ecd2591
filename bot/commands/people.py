"""The command `people`: what HR says about everybody comes in from a file, and goes out again."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.client import slack_client
from bot.commands import office
from bot.commands.files import read
from bot.commands.office import BadInputError, listed, tell
from bot.settings import Settings
from bot.slack.addresses import Addresses, CannotLookUp
from mentoring.hr import HrRecord
from mentoring.spreadsheets.column_map import parse_columns
from mentoring.spreadsheets.hr import COLUMNS, HrFile, placed, read_hr, stand_in
from mentoring.spreadsheets.reading import Reading
from mentoring.spreadsheets.remarks import CellError, Notes, Refused, cell, echo
from mentoring.spreadsheets.results import Row
from mentoring.spreadsheets.rules_file import ProgramRules, read_rules
from program import hr
from program.hr import Difference, Plan
from storage.database import sqlite_warning

EXPORTED = (
    *("id", "name", "role", "level", "department", "manager_id", "time_zone"),
    *("shares", "wants", "active", "guest", "from_profile"),
)
"""The columns of an export: those for matching, without what people answer in private, and whose word a cell is."""

_WARNINGS_TOLD = 20
_SHOWN = 40
"""How many lines of a kind a terminal shows; whatever is not a terminal gets all."""

_FACTS = {"name": "name", "level": "level", "department": "department", "manager_id": "manager"}

_Read = TypeVar("_Read")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do what is asked for; gives the exit status: 0 done, 1 something does not work, 2 bad input."""
    return office.ended(partial(_sync if options.doing == "sync" else _export, options, settings))


def _export(options: argparse.Namespace, settings: Settings) -> None:
    with office.surroundings(settings) as ctx:
        lines = hr.exported(ctx, office.workspace(settings, ctx))
        office.written(options.out, "People", EXPORTED, map(_row, lines))


def _row(line: Mapping[str, str]) -> Row:
    return [line.get(column, "") for column in EXPORTED]


def _sync(options: argparse.Namespace, settings: Settings) -> None:
    with office.surroundings(settings) as ctx:
        workspace = office.workspace(settings, ctx)
        warnings: list[str] = []
        said, file = _said(options, settings, hr.ladders(ctx, workspace), warnings)
        plan = hr.planned(ctx, workspace, said, file.columns)
        tell(*warnings)
        _print(plan, hr.differences(ctx, workspace, plan))
        _check_leaving(plan, options.allow_leaving)
        if not options.dry_run:
            if ctx.database.is_sqlite and (warning := sqlite_warning()):
                tell(warning)
            hr.apply(ctx, workspace, plan)
    tell(_summary(plan, len(said), options.dry_run))


def _said(
    options: argparse.Namespace,
    settings: Settings,
    ladders: Sequence[tuple[str, ...]],
    warnings: list[str],
) -> tuple[dict[str, dict[str, str]], HrFile]:
    """What the file says by Slack id, and the file. Raises `BadInputError`; adds to the warnings given."""

    def reading(path: Path, reader: Callable[[bytes, Notes], _Read]) -> _Read:
        notes = Notes()
        try:
            found = reader(read(path), notes)
        except Refused as refused:
            raise BadInputError("\n".join(listed(path, refused.remarks, len(refused.remarks.kept)))) from None
        warnings.extend(listed(path, notes.warnings, _WARNINGS_TOLD))
        return found

    program = reading(options.rules, read_rules) if options.rules else ProgramRules()
    as_said = Reading(options.encoding or "", options.sheet, {**program.columns, **_columns(options.columns)})

    def whole(data: bytes, notes: Notes) -> tuple[dict[str, dict[str, str]], HrFile]:
        file = read_hr(
            data,
            ladders,
            notes,
            allow_unknown=options.allow_unknown,
            reading=as_said,
            own_ladder=program.ladder if options.rules else (),
        )
        return placed(file, _slack_ids(file, settings, notes), notes), file

    return reading(options.people, whole)


def _slack_ids(file: HrFile, settings: Settings, notes: Notes) -> dict[str, str]:
    """Who is meant by each id in the file; whoever has no Slack account stands in the lines all the same."""
    found: Mapping[str, str] = {}
    if file.addresses:
        try:
            found = Addresses(slack_client(settings)).find(file.addresses)
        except CannotLookUp as problem:
            raise BadInputError(str(problem)) from None
    ids = {}
    for row in file.rows:
        ids[row.id] = row.slack_id or found.get(row.email.casefold(), "")
        if not ids[row.id]:
            ids[row.id] = stand_in(row.email)
            words = f"{echo(row.email)} has no Slack account. Kept for the reporting lines alone."
            notes.warnings.add(cell(row.line, "email"), words)
    return ids


def _columns(given: Sequence[str]) -> Mapping[str, str]:
    """The heading of each column named on the command line. Raises `BadInputError`."""
    try:
        return parse_columns(given, COLUMNS.known)
    except CellError as problem:
        raise BadInputError(f"--columns: {problem}") from None


def _check_leaving(plan: Plan, most: float) -> None:
    """Raise `BadInputError` where more people are missing than anybody said may be."""
    percent = plan.part_leaving * 100
    if percent > most:
        needed = math.ceil(percent)
        raise BadInputError(
            f"{len(plan.leaving):,} of the {plan.known:,} people in the last file are not in this one. That is more "
            f"than {most:g}%, so the file may be cut off. If it is right, give --allow-leaving {needed}%."
        )


def _print(plan: Plan, differences: Sequence[Difference]) -> None:
    """Print what changes, by kind."""
    names = {one.person_id: one.name for one in plan.records}
    _list("New in HR's file", [_called(one.person_id, one.name) for one in plan.new])
    _list("Changed", [_changed(before, after) for before, after in plan.changed])
    _list("Not in HR's file any more", [_called(one.person_id, one.name) for one in plan.leaving])
    _list(
        "Differs from what they say themselves, for a lead to decide",
        [
            f"{_called(one.person_id, names.get(one.person_id, ''))}: {one.fact} “{one.own}”, and HR says “{one.hr}”"
            for one in differences
        ],
    )
    sys.stdout.flush()


def _list(title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    shown = lines[:_SHOWN] if sys.stdout.isatty() else lines
    print(f"{title}: {len(lines):,}")
    for line in shown:
        print(f"  {line}")
    if len(shown) < len(lines):
        print(f"  and {len(lines) - len(shown):,} more")


def _called(person_id: str, name: str) -> str:
    return f"{name} ({person_id})" if name else person_id


def _changed(before: HrRecord, after: HrRecord) -> str:
    return f"{_called(after.person_id, after.name)}: {', '.join(_changes(before, after))}"


def _changes(before: HrRecord, after: HrRecord) -> Iterator[str]:
    if before.ended and not after.ended:
        yield "back in HR's file"
    for field, words in _FACTS.items():
        one, other = getattr(before, field) or "", getattr(after, field) or ""
        if one != other:
            yield f"{words} “{one}” → “{other}”"


def _summary(plan: Plan, people: int, dry_run: bool) -> str:
    told = (
        f"{people:,} people in the file: {len(plan.new):,} new, {len(plan.changed):,} changed, "
        f"{people - len(plan.new) - len(plan.changed):,} as before. {len(plan.leaving):,} not in it any more."
    )
    return f"{told} Nothing was changed, because this is a dry run." if dry_run else told
