"""What may follow the commands that keep a database; loaded with the command line, so it loads nothing itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

NAMES = ("backup", "restore", "check", "move")


def add_commands(commands: Any) -> None:
    """Declare `backup`, `restore`, `check` and `move`; argparse has no public name for what it adds commands to."""
    _add(
        commands,
        "backup",
        "copy the database to a file, while the bot runs",
        "A whole copy of a SQLite database, looked at before it gets its name. For PostgreSQL, pg_dump is named.",
    ).add_argument("file", type=Path, metavar="FILE", help="the backup to make, or to make anew")
    _add(
        commands,
        "restore",
        "put a backup in the place of the database, which is kept",
        "The bot has to be stopped. The database that was there is kept beside it under another name.",
    ).add_argument("file", type=Path, metavar="FILE", help="the backup to put back")
    _add(
        commands,
        "check",
        "look through the whole database, or a backup",
        "Pages, rows that belong to nothing, and messages that cannot be as they are. Nothing is changed.",
    ).add_argument(
        "file",
        type=Path,
        metavar="FILE",
        nargs="?",
        help="a backup to look through instead, or one that pg_dump made",
    )
    _add(
        commands,
        "move",
        "take everything from the SQLite file to an empty PostgreSQL",
        "The bot has to be stopped. Each row is compared, and the SQLite file stays as it is.",
    ).add_argument(
        "--to",
        required=True,
        metavar="URL",
        help="the address of the new database, as for DATABASE_URL; a password may stand in ~/.pgpass instead",
    )


def _add(commands: Any, name: str, words: str, more: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=more)
    return parser
