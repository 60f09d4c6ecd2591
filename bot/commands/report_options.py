"""What may follow the command `report`; loaded with the command line, so it loads nothing itself."""

from __future__ import annotations

import argparse
from pathlib import Path

FORMATS = ("csv", "html")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `report`."""
    parser.add_argument(
        "--cycle", type=_cycle, metavar="N", help="the number of the cycle (the last one that ended)"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="figures as CSV, or a page with pictures (what --out is named, or csv)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of printing it")


def _cycle(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**31:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not the number of a cycle, which are 1, 2, 3 and so on"
        )
    return int(text)
