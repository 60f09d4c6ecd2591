"""What may follow the commands that keep a database; loaded with the command line, so it loads nothing itself."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_backup(parser: argparse.ArgumentParser) -> None:
    """Declare the argument of `backup`."""
    _add_file(parser, "the backup to make, or to make anew")


def add_restore(parser: argparse.ArgumentParser) -> None:
    """Declare the argument of `restore`."""
    _add_file(parser, "the backup to put back")


def add_check(parser: argparse.ArgumentParser) -> None:
    """Declare the argument of `check`."""
    _add_file(parser, "a backup to look through instead, or one that pg_dump made", nargs="?")


def add_move(parser: argparse.ArgumentParser) -> None:
    """Declare the argument of `move`."""
    parser.add_argument(
        "--to",
        required=True,
        metavar="URL",
        help="the address of the new database, as for DATABASE_URL; a password may stand in ~/.pgpass instead",
    )


def _add_file(parser: argparse.ArgumentParser, words: str, nargs: str | None = None) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", nargs=nargs, help=words)
