"""What may follow the command `match`; loaded with the command line, so it loads nothing itself."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    _add_read(parser)
    _add_written(parser)
    _add_manner(parser)


def _add_read(parser: argparse.ArgumentParser) -> None:
    """What is read, and how."""
    parser.add_argument(
        "people", type=Path, metavar="people.csv", help="the people, one a line, as CSV or .xlsx"
    )
    parser.add_argument("--history", type=Path, metavar="CSV", help="pairs of earlier cycles")
    parser.add_argument("--rules", type=Path, metavar="TOML", help="rules, weights and the ladder of levels")
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook with the people")
    parser.add_argument(
        "--columns",
        nargs="+",
        action="extend",
        default=[],
        metavar='COLUMN="HEADING"',
        help='which heading means a column, such as level="Job Grade"',
    )
    parser.add_argument(
        "--encoding",
        type=encoding,
        metavar="NAME",
        help="the encoding of the files, such as cp1252",
    )


def _add_written(parser: argparse.ArgumentParser) -> None:
    """What is written, beside or instead of what is printed."""
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write the pairs here, as .csv or .xlsx; without it they are printed",
    )
    parser.add_argument(
        "--left-out", type=Path, metavar="FILE", help="write who has no partner, and why, here"
    )
    parser.add_argument(
        "--candidates", type=Path, metavar="FILE", help="write every legal pair and its score here"
    )
    parser.add_argument(
        "--report", type=Path, metavar="HTML", help="write a page that shows the result, to read or to print"
    )
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    parser.add_argument("--verbose", action="store_true", help="say how far the search for the best went")


def _add_manner(parser: argparse.ArgumentParser) -> None:
    """What to do about people who stand out, and on which day."""
    parser.add_argument(
        "--hold-back",
        action="store_true",
        help="pair the others when cells of some people cannot be used, instead of stopping",
    )
    parser.add_argument(
        "--why-not",
        nargs=2,
        action="append",
        default=[],
        metavar=("MENTOR_ID", "MENTEE_ID"),
        help="say why these two are not a pair; may be given again for others",
    )
    parser.add_argument(
        "--allow-unknown",
        action="store_true",
        help="go on where a manager, somebody to avoid or somebody in the history is not among the people",
    )
    parser.add_argument(
        "--on", type=day, metavar="YYYY-MM-DD", help="the day whose clocks count (next Monday)"
    )


def encoding(text: str) -> str:
    """The name of an encoding that is known."""
    # Imported where it is needed, because whoever starts the bot types no encoding.
    from mentoring.spreadsheets.encoding import known

    if not known(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no encoding that is known; cp1252 or utf-8 are some")
    return text


def day(text: str) -> date:
    """A date as ISO 8601 writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-30") from None
