"""What may follow the commands `people` and `audit`; loaded with the command line, so it loads nothing itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.match_options import day, encoding

MOST_LEAVING = 10.0
"""Percent of the people in the last file who may be missing in the next one; more is taken for a mistake."""


def add_people(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `people`."""
    doing = parser.add_subparsers(dest="doing", required=True, metavar="sync | export")
    sync = doing.add_parser("sync", help="read what HR says about everybody")
    sync.add_argument(
        "people", type=Path, metavar="people.csv", help="the people, one a line, as CSV or .xlsx"
    )
    sync.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    sync.add_argument(
        "--allow-leaving",
        type=_percent,
        default=MOST_LEAVING,
        metavar="PERCENT",
        help="how many of the people in the last file may be missing in this one (10%%)",
    )
    sync.add_argument(
        "--rules", type=Path, metavar="TOML", help="a ladder of levels, and the headings of columns"
    )
    sync.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook with the people")
    sync.add_argument(
        "--columns",
        nargs="+",
        action="extend",
        default=[],
        metavar='COLUMN="HEADING"',
        help='which heading means a column, such as level="Job Grade"',
    )
    sync.add_argument(
        "--encoding", type=encoding, metavar="NAME", help="the encoding of the file, such as cp1252"
    )
    sync.add_argument(
        "--allow-unknown", action="store_true", help="go on where a manager is not among the people"
    )
    export = doing.add_parser("export", help="write everybody whom HR or a program knows")
    _add_out(export)


def add_audit(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `audit`."""
    doing = parser.add_subparsers(dest="doing", required=True, metavar="export | erase")
    export = doing.add_parser("export", help="write what leads decided, with who and when, before and after")
    _add_out(export)
    export.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD", help="the first day, in UTC")
    export.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD", help="the last day, in UTC")
    erase = doing.add_parser("erase", help="take somebody who left out of the log, for good")
    erase.add_argument("person", metavar="SLACK_ID", help="who, like U024BE7LH")


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write it here, as .csv or .xlsx; without it, it is printed"
    )


def _percent(text: str) -> float:
    try:
        percent = float(text.strip().removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a part like 30%")
    return percent
