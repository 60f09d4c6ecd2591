"""Connections and units of work: one writer at a time and several readers, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, TimeoutError

from storage.opening import damage
from storage.opening.causes import Strayed

Tx = Connection
"""A unit of work: everything done with it is committed together, or not at all."""

SAFE_SQLITE = (3, 51, 3)
"""The first SQLite without the WAL-reset bug (sqlite.org/wal.html); older ones are safe with a single writer."""

LOCK_MILLISECONDS = 2_500
"""So long a lock of another process is waited for: whoever acts in Slack hears why within its three seconds."""

CONNECT_SECONDS = 2
"""So long a server may take to let the bot in, which is the least that PostgreSQL's library takes."""

STATEMENT_SECONDS = 30
"""So long PostgreSQL works on one statement."""

PATIENCE = STATEMENT_SECONDS + 5.0
"""Seconds after which the bot gives up a PostgreSQL that does not even end a statement for being too long."""

PRAGMAS: tuple[str, ...] = (
    "journal_mode=WAL",
    # FULL, because in WAL mode NORMAL loses acknowledged commits in a power cut (sqlite.org/pragma.html).
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={LOCK_MILLISECONDS}",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)

LONGEST_WAIT = 30
"""Seconds after which waiting for a connection, or for one's turn to write, is given up."""

WRITERS = 0x5EE7_3E27
"""The key of PostgreSQL's advisory lock that makes writers wait for each other, as SQLite's do by themselves."""


class Database:
    """Where everything is kept; give it a database URL, and close it at the end."""

    def __init__(self, url: str, readers: int = 8, patience: float = PATIENCE) -> None:
        """Open the database lazily; no more than an empty file is created before the first use.

        A PostgreSQL that is silent for `patience` seconds is given up. Raises OSError where a file cannot be made.
        """
        self.url = make_url(url)
        self.worked: Callable[[], None] = _nobody_asks
        """Called after each change that was kept."""
        self._turns = _Turns()
        self._opened: tuple[str, os.stat_result] | None = None
        if self.url.get_backend_name() == "sqlite":
            self._writer = _sqlite(self.url, "BEGIN IMMEDIATE", pool=1)
            self._reader = _sqlite(self.url, "BEGIN", pool=readers)
            self._opened = (str(self.file), self.file.stat()) if self.file else None
        else:
            self._writer = _postgresql(self.url, readers, patience)
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the single-process database."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for one in memory, and for PostgreSQL."""
        name = self.url.database if self.is_sqlite else None
        return Path(name).absolute() if name and name != ":memory:" else None

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that may change things; it is rolled back when anything is raised.

        One at a time, on both databases: what a use case has read still holds when it writes. Who writes again and
        again lets those who wait go first.
        """
        self._check_name()
        with self._turns.one() if self.is_sqlite else nullcontext(), self._writer.begin() as tx:
            if not self.is_sqlite:
                tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            yield tx
        self.worked()

    @contextmanager
    def rebuild(self) -> Iterator[Tx]:
        """A transaction that may change tables themselves, and loses no row by it; raises `RowsLost` if it would.

        SQLite cannot change much of a table, so a migration copies it and drops the old one. Dropping a table deletes
        its rows first, and with them all that belong to them (sqlite.org/lang_altertable.html).
        """
        if not self.is_sqlite:
            with self._writer.begin() as tx:
                # Another replica may be at it already, which takes longer than a lock of anybody's act.
                tx.execute(text(f"SET LOCAL lock_timeout = '{STATEMENT_SECONDS}s'"))
                tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
                yield tx
            return
        with self._turns.one(), self._writer.connect() as tx:
            # Inside a transaction, this would change nothing.
            _run(tx, "PRAGMA foreign_keys=OFF")
            try:
                with tx.begin():
                    yield tx
                    if tx.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise RowsLost
            finally:
                _run(tx, "PRAGMA foreign_keys=ON")

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that sees one consistent state and changes nothing."""
        self._check_name()
        with self._reader.connect() as tx:
            yield tx

    def _check_name(self) -> None:
        """The system lets a file be used on that has lost its name, and ends it with the last who has it open."""
        if self._opened is None:
            return
        path, before = self._opened
        try:
            same = os.path.samestat(os.stat(path), before)  # noqa: PTH116 - in every unit of work, and a Path takes longer
        except (FileNotFoundError, NotADirectoryError):
            same = False
        except OSError:
            return  # it cannot be seen from here any more, and what is open works on
        if not same:
            raise Strayed(Path(path))

    def check(self, is_enough: Callable[[], bool] = lambda: False) -> str:
        """A look whether the file is sound, at all of it or until that is enough; empty, or what is wrong first."""
        if not self.is_sqlite:
            return ""
        try:
            with self.read() as tx:
                return damage.look(_driver(tx), is_enough)
        except (sqlite3.DatabaseError, DatabaseError) as problem:
            cause = getattr(problem, "orig", problem)
            if damage.is_damage(cause):
                return str(cause)
            raise

    def name_damage(self) -> None:
        """Let damage that turns up from now on be said in the log, whoever meets it."""
        for engine in (self._writer, self._reader) if self.is_sqlite else ():
            damage.name_it(engine)

    def close(self) -> None:
        """Close every connection."""
        self._writer.dispose()
        self._reader.dispose()


def _nobody_asks() -> None:
    """Stand in where nobody wants to know."""


def missing_file(url: str) -> Path | None:
    """The file that a SQLite database of this address would be, if there is none; making a `Database` makes one."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    path = Path(parsed.database).absolute()
    return None if path.exists() else path


class RowsLost(Exception):
    """A migration was rolled back, because it would have left rows that point at none."""

    def __str__(self) -> str:
        return "After a change of its tables, rows of this database would belong to nothing. It was left as it was."


def _run(tx: Tx, pragma: str) -> None:
    """Run a pragma on SQLite's own connection, outside of any transaction."""
    _driver(tx).execute(pragma)


def _driver(tx: Tx) -> sqlite3.Connection:
    driver = tx.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "it was opened a line ago"
    return driver


class _Turns:
    """Lets one writer in at a time, and nobody twice while another waits, as PostgreSQL's locks do by themselves.

    A lock alone, or a pool of one connection, goes to whoever asks at the right moment: mostly to whoever had it.
    """

    def __init__(self) -> None:
        self._door, self._room = Lock(), Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for a turn and take it; raises `TimeoutError` of SQLAlchemy, as a pool does, when none comes."""
        _take(self._door)
        try:
            # Whoever is next waits in the door, and keeps out whoever leaves the room and comes back.
            _take(self._room)
        finally:
            self._door.release()
        try:
            yield
        finally:
            self._room.release()


def _take(lock: Lock) -> None:
    if not lock.acquire(timeout=LONGEST_WAIT):
        raise TimeoutError(f"No turn to write came in {LONGEST_WAIT} seconds.")


def _sqlite(url: URL, begin: str, pool: int) -> Engine:
    if url.database and url.database != ":memory:":
        path = Path(url.database).absolute()
        # What people answered is nobody else's to read; SQLite gives its side files the same permissions.
        path.touch(mode=0o600)
    # Parameters are people's answers, and an error with its parameters ends up in a log.
    # The connection that was used last is used next: each keeps pages and statements of its own, up to megabytes.
    engine = create_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=LONGEST_WAIT,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    pragmas = PRAGMAS if "IMMEDIATE" in begin else (*PRAGMAS, "query_only=ON")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver must not begin transactions on its own: BEGIN DEFERRED fails at once when two writers meet.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def start(dbapi_connection: Any) -> None:
        dbapi_connection.execute(begin)

    # As a statement of SQLAlchemy's it takes ten times as long, in every unit of work.
    engine.dialect.do_begin = start  # type: ignore[method-assign] # of this engine alone
    return engine


def _postgresql(url: URL, pool: int, patience: float) -> Engine:
    from storage.opening import patience as waits  # it needs PostgreSQL's driver, which not everybody has

    limits = {
        "statement_timeout": STATEMENT_SECONDS * 1000,
        "lock_timeout": LOCK_MILLISECONDS,
        "idle_in_transaction_session_timeout": 60_000,
    }
    options: dict[str, Any] = {"options": " ".join(f"-c {name}={value}" for name, value in limits.items())}
    if "connect_timeout" not in url.query:
        options["connect_timeout"] = CONNECT_SECONDS
    # READ COMMITTED, so that a writer who waited for its turn sees what the one before it committed.
    engine = create_engine(
        url,
        pool_size=pool,
        max_overflow=pool,
        pool_pre_ping=True,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args=options,
    )
    kind = waits.connection(patience)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        return kind.connect(*arguments, **named)

    return engine


def sqlite_warning() -> str:
    """A sentence for the operator when this Python's SQLite is one of those with the WAL-reset bug, else empty."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return ""
    wanted = ".".join(map(str, SAFE_SQLITE))
    return (
        f"This Python uses SQLite {sqlite3.sqlite_version}. Versions before {wanted} can damage a database that two "
        "processes write at once, so run only one bot on this file."
    )
