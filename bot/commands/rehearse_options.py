"""What may follow the command `rehearse`; loaded with the command line, so it loads nothing itself."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--weeks", type=int, choices=range(1, 53), default=4, metavar="N", help="how many, from 1 to 52 (4)"
    )
    parser.add_argument("--silent", action="store_true", help="as if nobody answered a check-in")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the list here instead of printing it")
