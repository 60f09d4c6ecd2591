"""What commands beside the running bot work with: its database, which workspace is meant, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot import slack_causes
from bot.client import slack_client
from bot.commands import table_files
from bot.commands.files import FileProblem
from bot.monitoring import logs
from bot.settings import Settings
from bot.slack import answers as slack_answers
from bot.slack import errors as slack_errors
from bot.slack.errors import Failure
from bot.starting import CannotStart, open_database, telling
from mentoring.spreadsheets.remarks import Remarks
from mentoring.spreadsheets.results import Row, write_table
from program import hr
from program.context import Context
from storage.database import Database, missing_file
from storage.keeping import schema
from storage.opening import causes

DONE, WRONG, BAD_INPUT = 0, 1, 2


class BadInputError(Exception):
    """What was given cannot be used; the message is a plain sentence for each reason."""


def ended(work: Callable[[], None]) -> int:
    """Do the work; gives the exit status: 0 done, 1 something does not work, 2 bad input."""
    try:
        work()
    except (FileProblem, BadInputError) as problem:
        logs.fail(f"{problem}\nNothing was changed.")
        return BAD_INPUT
    except CannotStart as problem:
        logs.fail(str(problem))
        return WRONG
    return DONE


@contextmanager
def surroundings(settings: Settings) -> Iterator[Context]:
    """What use cases need, with the bot's database. Raises `CannotStart`."""
    database = open_database(settings)
    try:
        yield Context(database, lambda: datetime.now(UTC))
    finally:
        database.close()


@contextmanager
def as_it_is(settings: Settings) -> Iterator[Context]:
    """The same with a database that is only looked at: neither made nor brought up to date. Raises `CannotStart`."""
    if path := missing_file(settings.database_url):
        raise CannotStart(f"There is no database at {path}. The bot makes one when it starts.")
    with telling(settings.database_url):
        if cause := causes.before(settings.database_url):
            raise CannotStart(str(cause))
        database = Database(settings.database_url)
    try:
        with telling(settings.database_url):
            _check_version(database)
        yield Context(database, lambda: datetime.now(UTC), settings.admins)
    finally:
        database.close()


def _check_version(database: Database) -> None:
    with database.read() as tx:
        found = schema.revision(tx)
    if found != schema.NEWEST:
        raise CannotStart(
            "The database is of another version than this command. Start the bot of this version once."
        )


def workspace(settings: Settings, ctx: Context) -> str:
    """The workspace that has the program; where there is none yet, or several, the one that the token is for.

    Raises `CannotStart`.
    """
    known = hr.workspaces(ctx)
    if len(known) == 1:
        return known[0]
    try:
        return slack_answers.name(slack_client(settings).auth_test(), "team_id")
    except slack_errors.CALL_FAILED as problem:
        failure = slack_errors.classify(problem)
        raise CannotStart(f"Slack does not say which workspace this is. {_why(settings, failure)}") from None


def _why(settings: Settings, failure: Failure) -> str:
    if slack_causes.is_unreached(failure):
        return " ".join(slack_causes.unreached(settings, failure))
    return f"({failure.error}) {slack_causes.what_to_check(failure, 'SLACK_BOT_TOKEN')}"


def written(path: Path | None, title: str, header: tuple[str, ...], rows: Iterator[Row]) -> None:
    """Write a table to a file, or print it as CSV. Raises `FileProblem`."""
    if path is None:
        write_table(sys.stdout, header, rows)
        return
    table_files.write_alone(path, title, header, rows)
    tell(f"Written: {path}")


def listed(path: Path, remarks: Remarks, most: int) -> list[str]:
    """The first remarks about a file as lines, and how many more there are."""
    lines = [f"{path}, {remark}" for remark in remarks.kept[:most]]
    more = remarks.count - len(lines)
    return [*lines, f"{path}: and {more:,} more like these."] if more else lines


def tell(*lines: str) -> None:
    """Say something to whoever runs the command, beside the result."""
    for line in lines:
        print(line, file=sys.stderr)
