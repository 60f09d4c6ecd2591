"""Databases with which a bot cannot start, each with the words that its operator reads."""

from __future__ import annotations

import encodings.idna  # noqa: F401 - whoever works as nobody may not be able to load it any more
import os
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from storage.database import WRITERS, Database
from storage.keeping import schema
from storage.opening.single import SingleBot
from tests.postgres import PORT, PostgresServer

PASSWORD = "hunter2-in-the-address"
NOBODY = 65534


@dataclass(frozen=True)
class Places:
    """Where databases can be made."""

    folder: Path
    """Everybody may enter it."""

    migrated: Path
    request: pytest.FixtureRequest

    @property
    def file(self) -> Path:
        return self.folder / "mentor.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def sound(self) -> Path:
        """A file with all tables."""
        self.file.write_bytes(self.migrated.read_bytes())
        return self.file

    @property
    def server(self) -> PostgresServer:
        found = self.request.getfixturevalue("postgres")
        assert isinstance(found, PostgresServer)
        return found

    def database(self) -> str:
        """A PostgreSQL database with all tables."""
        url = self.server.create_database(f"broken_{uuid4().hex}")
        database = Database(url)
        schema.upgrade(database)
        database.close()
        return url


@dataclass(frozen=True)
class Broken:
    """What is wrong with a database, and what is said about it; `{path}` stands for its file."""

    name: str
    words: str
    advice: str
    opened: Callable[[Places], Iterator[str]]

    def __str__(self) -> str:
        return self.name


@contextmanager
def as_nobody() -> Iterator[None]:
    """Work as an account without rights, where this one has all of them."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _newer(url: str) -> str:
    database = Database(url)
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    return url


def no_database(at: Places) -> Iterator[str]:
    at.file.write_bytes(b"This is a shopping list, not a database." * 100)
    yield at.url


def damaged(at: Places) -> Iterator[str]:
    contents = bytearray(at.sound().read_bytes())
    contents[4096 * 20 : 4096 * 21] = b"\xff" * 4096
    at.file.write_bytes(contents)
    yield at.url


def no_folder(at: Places) -> Iterator[str]:
    yield f"sqlite:///{at.folder / 'gone' / 'mentor.db'}"


def a_folder(at: Places) -> Iterator[str]:
    at.file.mkdir()
    yield at.url


def not_ours(at: Places) -> Iterator[str]:
    at.sound().chmod(0o600 if os.geteuid() == 0 else 0)
    at.folder.chmod(0o777)
    with as_nobody():
        yield at.url


def folder_not_ours(at: Places) -> Iterator[str]:
    at.folder.chmod(0o555)
    with as_nobody():
        yield at.url
    at.folder.chmod(0o755)


def beside_not_ours(at: Places) -> Iterator[str]:
    """What root has left beside a file that is the bot's own."""
    log = at.sound().with_name(f"{at.file.name}-wal")
    log.touch(mode=0o600 if os.geteuid() == 0 else 0)
    at.folder.chmod(0o777)
    at.file.chmod(0o666)
    with as_nobody():
        yield at.url


def a_link_to_nowhere(at: Places) -> Iterator[str]:
    at.file.symlink_to(at.folder / "gone" / "mentor.db")
    yield at.url


def a_link_to_itself(at: Places) -> Iterator[str]:
    at.file.symlink_to(at.file)
    yield at.url


def of_two_names(at: Places) -> Iterator[str]:
    at.file.with_name("other.db").hardlink_to(at.sound())
    yield at.url


def truncated(at: Places) -> Iterator[str]:
    at.file.write_bytes(at.sound().read_bytes()[:40_960])
    yield at.url


def of_another_program(at: Places) -> Iterator[str]:
    with closing(sqlite3.connect(at.file)) as other:
        other.execute("CREATE TABLE bookmarks (address TEXT)")
    yield at.url


def newer_file(at: Places) -> Iterator[str]:
    at.sound()
    yield _newer(at.url)


def of_another_workspace(at: Places) -> Iterator[str]:
    at.sound()
    _has_a_program_of(at.url)
    yield at.url


def _has_a_program_of(url: str) -> None:
    from tests.storage.rows import a_program  # it opens the tables, which most of these do not need

    database = Database(url)
    with database.write() as tx:
        a_program(tx)
    database.close()


def in_use(at: Places) -> Iterator[str]:
    at.sound()
    other = SingleBot(at.file)
    other.works()
    yield at.url
    other.release()


def locked(at: Places) -> Iterator[str]:
    at.sound()
    with closing(sqlite3.connect(at.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield at.url


def refused(_at: Places) -> Iterator[str]:
    yield f"postgresql+psycopg://bot:{PASSWORD}@127.0.0.1:1/mentoring"


def unknown_host(_at: Places) -> Iterator[str]:
    yield f"postgresql+psycopg://bot:{PASSWORD}@no-such-host.invalid/mentoring"


def silent(_at: Places) -> Iterator[str]:
    """Somebody takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        yield f"postgresql+psycopg://bot:{PASSWORD}@127.0.0.1:{deaf.getsockname()[1]}/mentoring"


def no_socket(at: Places) -> Iterator[str]:
    yield f"postgresql+psycopg://bot:{PASSWORD}@/mentoring?host={quote(str(at.folder))}"


def no_such_database(at: Places) -> Iterator[str]:
    yield at.server.url("nowhere")


def no_such_user(at: Places) -> Iterator[str]:
    yield at.server.url().replace("postgres@", f"somebody:{PASSWORD}@")


def wrong_password(at: Places) -> Iterator[str]:
    rules = at.server.folder / "data" / "pg_hba.conf"
    if "guarded" not in rules.read_text():
        rules.write_text("local all guarded scram-sha-256\n" + rules.read_text())
        _run(at.server, "postgres", "CREATE ROLE guarded LOGIN PASSWORD 'another'", "SELECT pg_reload_conf()")
    yield at.server.url().replace("postgres@", f"guarded:{PASSWORD}@")


def newer_postgresql(at: Places) -> Iterator[str]:
    yield _newer(at.database())


def another_server(_at: Places) -> Iterator[str]:
    """Somebody answers there, who is no PostgreSQL."""
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answers() -> None:
            with suppress(OSError):
                while True:
                    with other.accept()[0] as line:
                        line.recv(100)
                        line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answers, daemon=True).start()
        yield f"postgresql+psycopg://bot:{PASSWORD}@127.0.0.1:{other.getsockname()[1]}/mentoring"
        other.shutdown(socket.SHUT_RDWR)


def odd_parameter(_at: Places) -> Iterator[str]:
    yield f"postgresql+psycopg://bot:{PASSWORD}@127.0.0.1:1/mentoring?connect_timeout=soon"


def kept_out(at: Places) -> Iterator[str]:
    role = f"kept_out_{uuid4().hex}"
    _run(at.server, "postgres", f"CREATE ROLE {role} NOLOGIN")
    yield at.server.url().replace("postgres@", f"{role}@")


def at_work(at: Places) -> Iterator[str]:
    """Somebody else's turn to write does not end."""
    url = at.database()
    name = url.rpartition("@/")[2].partition("?")[0]
    with psycopg.connect(host=str(at.server.folder), port=PORT, user="postgres", dbname=name) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
        yield url
        other.rollback()


def may_only_read(at: Places) -> Iterator[str]:
    url, role = at.database(), f"reader_{uuid4().hex}"
    name = url.rpartition("@/")[2].partition("?")[0]
    _run(
        at.server,
        name,
        f"CREATE ROLE {role} LOGIN",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    )
    yield url.replace("postgres@", f"{role}@")


def standby(at: Places) -> Iterator[str]:
    """A server that follows another one, and only reads."""
    url = at.request.getfixturevalue("standby_url")
    assert isinstance(url, str)
    yield url


def held(at: Places) -> Iterator[str]:
    """Somebody sits on a table."""
    url = at.database()
    name = url.rpartition("@/")[2].partition("?")[0]
    with psycopg.connect(host=str(at.server.folder), port=PORT, user="postgres", dbname=name) as other:
        other.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
        yield url
        other.rollback()


def _run(server: PostgresServer, database: str, *statements: str) -> None:
    with psycopg.connect(
        host=str(server.folder), port=PORT, user="postgres", dbname=database, autocommit=True
    ) as connection:
        for statement in statements:
            connection.execute(statement)


SQLITE = [
    Broken("no database", "{path} is no SQLite database.", "move that file away", no_database),
    Broken("damaged", "The database {path} is damaged (", "put your latest backup", damaged),
    Broken("no folder", "There is no folder {folder}/gone", "mkdir -p {folder}/gone", no_folder),
    Broken("a folder", "{path} is no file", "Correct DATABASE_URL", a_folder),
    Broken("not ours", "may not read and write the database {path}", "chown", not_ours),
    Broken("beside not ours", "may not write to {path}-wal", "chown", beside_not_ours),
    Broken("a link to nowhere", "There is no folder {folder}/gone", "mkdir -p", a_link_to_nowhere),
    Broken("a link to itself", "{path} is a link that leads back to itself", "Correct", a_link_to_itself),
    Broken("two names", "{path} is one of 2 names of the same file", "Keep one and", of_two_names),
    Broken("truncated", "The database {path} is damaged (", "put your latest backup", truncated),
    Broken("folder not ours", "may not write to the folder {folder}", "chown", folder_not_ours),
    Broken(
        "another program",
        "holds tables of another program (bookmarks)",
        "was left as it is",
        of_another_program,
    ),
    Broken("newer file", schema.MADE_BY_NEWER, schema.INSTALL_NEWER, newer_file),
    Broken(
        "another workspace",
        "holds the program of another one (",
        "REVERSE_MENTOR_WORKSPACE=",
        of_another_workspace,
    ),
    Broken(
        "in use",
        f"Another bot is running on the database {{path}}: process {os.getpid()} on ",
        "Stop",
        in_use,
    ),
    Broken("locked", "The database {path} is locked by another process.", "Stop whatever else", locked),
]

POSTGRESQL = [
    Broken("refused", "Nothing listens for PostgreSQL at 127.0.0.1:1: ", "Start the server", refused),
    Broken("unknown host", "The host no-such-host.invalid of DATABASE_URL is not known", "DNS", unknown_host),
    Broken("silent", "PostgreSQL at 127.0.0.1:", "does not answer. Check that the server is up", silent),
    Broken("no socket", "there is no socket", "Start the server", no_socket),
    Broken("no such database", "has no database nowhere.", "createdb nowhere", no_such_database),
    Broken("no such user", "has no user somebody.", "Create it", no_such_user),
    Broken(
        "wrong password",
        "does not accept the password of the user guarded",
        "Correct the password",
        wrong_password,
    ),
    Broken("newer PostgreSQL", schema.MADE_BY_NEWER, schema.INSTALL_NEWER, newer_postgresql),
    Broken("may only read", "may not write to the database", "grant it", may_only_read),
    Broken("standby", "is read-only.", "the primary server", standby),
    Broken("another server", "is no PostgreSQL server", "Correct host and port", another_server),
    Broken("odd parameter", "does not understand the parameters", "leave them out", odd_parameter),
    Broken("kept out", "does not let the user kept_out_", "ALTER ROLE kept_out_", kept_out),
    Broken("at work", "is locked by another process.", "pg_stat_activity", at_work),
    Broken("held", "is locked by another process.", "pg_stat_activity", held),
]


@contextmanager
def opened(kind: Broken, migrated: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, str, str]]:
    """The address of a broken database, and the words about it."""
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-broken-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        at = Places(folder, migrated, request)
        said = {"path": at.file, "folder": folder}
        with contextmanager(kind.opened)(at) as url:
            yield url, kind.words.format(**said), kind.advice.format(**said)
