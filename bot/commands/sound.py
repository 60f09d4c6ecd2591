"""The command `check`: a long look through a database or a backup, in which nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.findings import Finding
from bot.settings import Settings
from storage.database import Database, Tx, missing_file
from storage.keeping import dumps, schema, shape, soundness
from storage.opening import causes, files

_RESTORE = "Put a backup back (`restore FILE`)."
_ASK = "The bot goes on with the others; please report it, with this line."


def report(settings: Settings, file: Path | None) -> int:
    """Print every finding as soon as it is known; gives 0 when all is fine, else 1."""
    wrong = 0
    for finding in _of_file(file) if file else _of_database(settings):
        print(finding, flush=True)
        wrong += not finding.fine
    return 1 if wrong else 0


def first_problem(database: Database) -> str:
    """The first thing that is wrong with the pages or the rows of a database; empty for nothing."""
    with database.read() as tx:
        return next((one for look in (soundness.pages, soundness.orphans) for one in look(tx)), "")


def _of_file(file: Path) -> Iterator[Finding]:
    try:
        is_dump, is_sqlite = dumps.is_dump(file), files.is_sqlite(file)
    except OSError as problem:
        yield Finding(False, f"{file} cannot be read ({problem.strerror}).", "Name a backup.")
        return
    if is_dump:
        trouble = dumps.trouble(file)
        yield Finding(False, *trouble) if trouble else Finding(True, f"{file} is whole, with every table.")
    elif is_sqlite:
        yield from _of_sqlite(file)
    else:
        yield Finding(
            False, f"{file} is no backup that `backup` or `pg_dump --format=custom` makes.", "Name another."
        )


def _of_database(settings: Settings) -> Iterator[Finding]:
    address = settings.database_url
    if cause := causes.before(address):
        yield Finding(False, cause.seen, cause.advice)
    elif path := missing_file(address):
        yield Finding(False, f"There is no database at {path}.", "The bot makes one when it starts.")
    elif address.startswith("sqlite"):
        yield from _of_sqlite(causes.path(address))
    else:
        yield from _looked_at(address, _postgresql(address))


def _of_sqlite(path: Path) -> Iterator[Finding]:
    yield from _looked_at(f"sqlite:///{path}", soundness.only_reading(path))


@contextmanager
def _postgresql(address: str) -> Iterator[Tx]:
    with closing(Database(address)) as database, database.read() as tx:
        yield tx


def _looked_at(address: str, reading: AbstractContextManager[Tx]) -> Iterator[Finding]:
    try:
        with reading as tx:
            yield from _findings(tx, causes.named(address))
    except Exception as problem:  # noqa: BLE001 - no driver's error ends the report
        cause = causes.of(address, problem)
        yield Finding(False, cause.seen, cause.advice)


def _findings(tx: Tx, name: str) -> Iterator[Finding]:
    if wrong := soundness.pages(tx):
        yield from (Finding(False, f"{name}: {one}.", _RESTORE) for one in wrong)
        return
    yield Finding(True, f"{name} can be read to its end.")
    revision = schema.revision(tx)
    if revision != schema.NEWEST:
        yield _other_version(revision)
        return
    if gone := list(shape.missing(tx)):
        yield from (Finding(False, f"{name} lacks {one}.", _RESTORE) for one in gone)
        return
    yield Finding(True, "It has every table, index and trigger of its version.")
    for what, look, advice in (
        ("Each row belongs to something that is there.", soundness.orphans(tx), _RESTORE),
        ("Each message is as it can be.", soundness.messages(tx, datetime.now(UTC)), _ASK),
    ):
        found = [Finding(False, f"There are {one}.", advice) for one in look]
        yield from found or [Finding(True, what)]


def _other_version(revision: str | None) -> Finding:
    if revision is None:
        return Finding(False, "It is empty, or not of this bot.", "Check that it is the right one.")
    if not schema.knows(revision):
        return Finding(False, schema.MADE_BY_NEWER, schema.INSTALL_NEWER)
    return Finding(
        True,
        f"It has revision {revision}, an older one: rows and messages are looked at once this version was started.",
    )
