"""The commands that keep a database: `backup`, `restore` and `move`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot import settings
from bot.commands import office, restored, sound
from bot.monitoring import logs
from bot.settings import Settings, SettingsError
from bot.starting import CannotStart, telling
from storage.database import Database, missing_file
from storage.keeping import backups, dumps, moving, schema
from storage.opening import causes, files
from storage.opening.single import SingleBot
from storage.opening.unusable import Unusable
from storage.outbox import outbox

_Work = Callable[[argparse.Namespace, Settings], None]


def run(options: argparse.Namespace, loaded: Settings) -> int:
    """Run one of the commands; gives the exit status: 0 done, 1 something does not work, 2 bad input."""
    if options.command == "check":
        return sound.report(loaded, options.file)
    work: dict[str, _Work] = {"backup": _back_up, "restore": _restore, "move": _move}
    return office.ended(partial(_plainly, work[options.command], options, loaded))


def _plainly(work: _Work, options: argparse.Namespace, loaded: Settings) -> None:
    """Do the work; whatever the system or a database raises becomes a sentence."""
    try:
        work(options, loaded)
    except Unusable as problem:
        raise CannotStart(str(problem)) from None
    except OSError as problem:
        name = problem.filename or getattr(options, "file", "")
        raise CannotStart(f"{name} cannot be used ({problem.strerror or type(problem).__name__}).") from None


def _back_up(options: argparse.Namespace, loaded: Settings) -> None:
    if not _is_sqlite(loaded):
        command = dumps.dump_command(loaded.database_url, options.file)
        raise CannotStart(
            "PostgreSQL has a command of its own for backups, so no file was made. Run, with the password in "
            f"~/.pgpass:\n{command}\nThen let `check {options.file}` look at what it made."
        )
    database = _there(loaded)
    size = backups.back_up(database, options.file)
    print(f"Backup of {database}: {options.file}, {size:,} bytes, whole and looked at.")


def _restore(options: argparse.Namespace, loaded: Settings) -> None:
    if not _is_sqlite(loaded):
        command = dumps.restore_command(loaded.database_url, options.file)
        raise CannotStart(
            "PostgreSQL has a command of its own for that, so nothing was changed. Stop every bot, and run, with the "
            f"password in ~/.pgpass:\n{command}\nThen run `restored` once, before the next start."
        )
    database = causes.path(loaded.database_url)
    if not database.parent.is_dir():
        raise CannotStart(
            f"There is no folder {database.parent} for the database. Make it, or correct DATABASE_URL."
        )
    with _nobody_else(database), backups.prepared(options.file, database) as copy:
        revision, waiting = _marked(copy)
        kept = database.with_name(f"{database.name}{files.REPLACED}{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        was_there = backups.exchange(copy, database, kept)
    print(f"{options.file} is the database {database} now, of revision {revision}.")
    if was_there:
        print(f"What it took the place of is kept: {kept}")
    print(restored.said(waiting))


def _marked(copy: Path) -> tuple[str | None, int]:
    """Mark what waits in a backup, which may have been sent since; gives its revision, and how many that are.

    Raises `CannotStart` where it is of a newer version of the bot.
    """
    address = f"sqlite:///{copy}"
    with closing(Database(address)) as opened:
        with telling(address), opened.read() as tx:
            revision = schema.revision(tx)
            if revision is not None and not schema.knows(revision):
                raise CannotStart(f"The backup was not put back. {schema.NewerDatabase()}")
        with opened.write() as tx:
            return revision, outbox.doubt_all(tx)


def _move(options: argparse.Namespace, loaded: Settings) -> None:
    if not _is_sqlite(loaded):
        raise office.BadInputError(
            "DATABASE_URL names a PostgreSQL already; `move` goes from SQLite to PostgreSQL."
        )
    to = _address(options.to)
    if _is_sqlite(to):
        raise office.BadInputError(
            "--to names a SQLite file; `move` goes to PostgreSQL. For a copy, use `backup`."
        )
    database = _there(loaded)
    with _nobody_else(database), _open(loaded) as source, _open(to) as target:
        with telling(loaded.database_url), source.read() as tx:
            found = schema.revision(tx)
        if found != schema.NEWEST:
            raise CannotStart(
                f"The database {database} is of another version. Start the bot of this one once."
            )
        if wrong := sound.first_problem(source):
            raise CannotStart(f"The database {database} is not sound ({wrong}), so nothing was moved.")
        with _about_the_target(), telling(to.database_url):
            moved = moving.move(source, target)
    place = causes.named(to.database_url)
    print(f"Moved to {place}: {moved.rows:,} rows of {moved.tables} tables, each compared.")
    print(f"Now set DATABASE_URL to it and start the bot. {database} is as it was; put it away.")


def _address(to: str) -> Settings:
    """The settings for another database, whose address is read as that of `DATABASE_URL` is. Raises `BadInputError`."""
    if not to.strip():
        raise office.BadInputError("--to is empty. Give the address of the new database.")
    try:
        found = settings.load({**os.environ, "DATABASE_URL": to, "DATABASE_URL_FILE": ""})
    except SettingsError as problem:
        lines = [line.replace("DATABASE_URL", "--to") for line in problem.problems]
        raise office.BadInputError("\n".join(lines)) from None
    logs.configure(found.log_level, found.log_format, found.secrets)
    return replace(found, warnings=())


@contextmanager
def _about_the_target() -> Iterator[None]:
    """Within this, what is said of an address is said of the option that has it, and not of the settings."""
    try:
        yield
    except CannotStart as problem:
        raise CannotStart(str(problem).replace("DATABASE_URL", "--to")) from None


@contextmanager
def _open(loaded: Settings) -> Iterator[Database]:
    with telling(loaded.database_url):
        database = Database(loaded.database_url)
    with closing(database):
        yield database


@contextmanager
def _nobody_else(database: Path) -> Iterator[None]:
    """Within this, no bot begins on this file; raises `Unusable` while one runs."""
    lock = SingleBot(database)
    lock.works()
    try:
        yield
    finally:
        lock.release()


def _there(loaded: Settings) -> Path:
    """The SQLite file, which is there and can be used; raises `CannotStart`."""
    if path := missing_file(loaded.database_url):
        raise CannotStart(f"There is no database at {path}. The bot makes one when it starts.")
    if cause := causes.before(loaded.database_url):
        raise CannotStart(str(cause))
    return causes.path(loaded.database_url)


def _is_sqlite(loaded: Settings) -> bool:
    return loaded.database_url.startswith("sqlite")
