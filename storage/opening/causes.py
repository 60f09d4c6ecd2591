"""Why a database cannot be used: a sentence for each cause, and what to do about it, without a secret in either."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url

from storage.opening import damage, files
from storage.opening.unusable import Cause, Unusable


class Strayed(Unusable):
    """The file that a database has open is not the one of its name any more, so what it keeps would be lost."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            Cause(
                f"The database {place} was moved, removed or replaced while it is in use, so nothing is saved.",
                "Put it back under its name, and the bot goes on; or stop the bot, and start it with the one that is "
                "to be used.",
            )
        )


def named(address: URL | str) -> str:
    """Where a database is, for the operator: the path of the file, or the server and the database's name."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return str(path(url))
    return f"{url.database or url.username or ''} on PostgreSQL at {_server(url)}"


def path(address: URL | str) -> Path:
    """Where the SQLite file of an address is: a relative one begins in the folder in which the process was started."""
    return Path(make_url(address).database or "").absolute()


def before(address: URL | str) -> Cause | None:
    """What can be told of a SQLite file before it is opened; None when nothing stands in the way."""
    url = make_url(address)
    found = files.trouble(path(url)) if url.get_backend_name() == "sqlite" else None
    return Cause(*found) if found else None


def of(address: URL | str, problem: BaseException) -> Cause:
    """The cause of what a driver, or the system, raised; none of the driver's words, which may hold the password."""
    url = make_url(address)
    if isinstance(problem, Unusable):
        return problem.cause
    original = getattr(problem, "orig", None) or problem
    return _of_sqlite(url, original) if url.get_backend_name() == "sqlite" else _of_postgresql(url, original)


def _of_sqlite(url: URL, problem: BaseException) -> Cause:
    if damage.is_damage(problem):
        return Cause(damage.sentence(url, str(problem)), damage.advice(url))
    place = path(url)
    if found := files.trouble(place):
        return Cause(*found)
    if isinstance(problem, OSError):
        return Cause(f"The database {place} cannot be made ({problem.strerror}).", f"Check {place.parent}.")
    code = (getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF
    seen, advice = _SQLITE.get(code, (f"{{path}} cannot be used ({type(problem).__name__}).", _MORE))
    return Cause(seen.format(path=f"The database {place}"), advice.format(folder=place.parent))


_MORE: Final = "Check DATABASE_URL. LOG_LEVEL=DEBUG tells more."
_ALONE: Final = "Stop whatever else writes to it, a backup or a shell of sqlite3 perhaps, and try again."

_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: ("{path} is locked by another process.", _ALONE),
    sqlite3.SQLITE_LOCKED: ("{path} is locked by another process.", _ALONE),
    sqlite3.SQLITE_FULL: ("{path} cannot grow: the disk is full.", "Make room in {folder}, and try again."),
    sqlite3.SQLITE_IOERR: (
        "{path} cannot be read or written: the system reports an error of its disk, or that it is full.",
        "Check the disk of {folder} and the room that is left on it.",
    ),
    sqlite3.SQLITE_READONLY: (
        "{path} cannot be written.",
        "Give the account that runs the bot the right to write to it and to {folder}.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "{path} cannot be opened.",
        "Give the account that runs the bot the right to read and write it and {folder}.",
    ),
}


def _of_postgresql(url: URL, problem: BaseException) -> Cause:
    if isinstance(problem, ModuleNotFoundError):
        return Cause(
            "The driver for PostgreSQL is not installed.",
            "Install the bot with its extra: pip install 'reverse-mentor[postgres]'.",
        )
    state, words = getattr(problem, "sqlstate", None) or "", str(problem).lower()
    for matches, seen, advice in _POSTGRESQL:
        if matches(state, words):
            return Cause(*(one.format(**_parts(url)) for one in (seen, advice)))
    known = state or type(problem).__name__
    return Cause(f"The database {named(url)} cannot be used ({known}).", _MORE)


def _parts(url: URL) -> dict[str, str]:
    database = url.database or url.username or ""
    return {"server": _server(url), "host": url.host or "", "user": url.username or "", "database": database}


def _server(url: URL) -> str:
    host = url.host or url.query.get("host") or "this machine"
    name = host if isinstance(host, str) else ", ".join(host)
    return f"{name}:{url.port}" if url.port else name


_Matches = Callable[[str, str], bool]


def _says(*parts: str, state: str = "") -> _Matches:
    """By the server's code where there is one; a connection that never came about has only the library's words."""
    return lambda found, words: found == state if found and state else any(part in words for part in parts)


def _is(*states: str) -> _Matches:
    return lambda found, _words: found in states


_POSTGRESQL: Final[tuple[tuple[_Matches, str, str], ...]] = (
    (
        _says("translate host name", "resolve host", "name or service not known", "nodename nor servname"),
        "The host {host} of DATABASE_URL is not known: no address was found for its name.",
        "Check the name in DATABASE_URL, and this machine's DNS.",
    ),
    (
        _says("connection refused"),
        "Nothing listens for PostgreSQL at {server}: the connection was refused.",
        "Start the server, or correct host and port in DATABASE_URL.",
    ),
    (
        _says("no such file or directory"),
        "Nothing listens for PostgreSQL at {server}: there is no socket.",
        "Start the server, or correct the host in DATABASE_URL.",
    ),
    (
        _says("timeout expired", "timed out", "no answer in time"),
        "PostgreSQL at {server} does not answer.",
        "Check that the server is up and not overloaded, and that no firewall is in between.",
    ),
    (
        _says("network is unreachable", "no route to host"),
        "PostgreSQL at {server} cannot be reached from this machine.",
        "Check the host in DATABASE_URL, and the network.",
    ),
    (
        _says("password authentication failed", "no password supplied", state="28P01"),
        "PostgreSQL at {server} does not accept the password of the user {user}.",
        "Correct the password in DATABASE_URL; write # as %23, @ as %40 and / as %2F there.",
    ),
    (
        _says("no pg_hba.conf entry", "authentication failed"),
        "PostgreSQL at {server} does not let the user {user} in from this machine.",
        "Allow it in the server's pg_hba.conf, perhaps with ?sslmode=require in DATABASE_URL.",
    ),
    (
        _says("permission denied for database", "not permitted to log in", "not currently accepting"),
        "PostgreSQL at {server} does not let the user {user} into the database {database}.",
        "Let it in: ALTER ROLE {user} LOGIN, and GRANT CONNECT ON DATABASE {database} TO {user}.",
    ),
    (
        _is("3F000"),
        "The user {user} may not use the schema of the database {database} at {server}.",
        "Grant it: GRANT USAGE, CREATE ON SCHEMA public TO {user}.",
    ),
    (
        lambda _state, words: 'role "' in words and "not exist" in words,
        "PostgreSQL at {server} has no user {user}.",
        "Create it, or correct the user in DATABASE_URL.",
    ),
    (
        lambda state, words: state == "3D000" or ('database "' in words and "not exist" in words),
        "PostgreSQL at {server} has no database {database}.",
        "Create it (createdb {database}), or correct the name in DATABASE_URL.",
    ),
    (
        _says(
            "invalid connection option",
            "invalid integer value",
            "bad value for",
            "invalid uri",
            "missing key/value",
        ),
        "PostgreSQL's library does not understand the parameters of DATABASE_URL, after the question mark.",
        "Correct them there, or leave them out.",
    ),
    (
        _says("invalid response to ssl", "expected authentication request"),
        "What listens at {server} is no PostgreSQL server.",
        "Correct host and port in DATABASE_URL.",
    ),
    (
        _says("ssl", "certificate"),
        "The encrypted connection to PostgreSQL at {server} failed.",
        "Check sslmode and the certificates in DATABASE_URL.",
    ),
    (
        _says("too many clients", "remaining connection slots", "too many connections", state="53300"),
        "PostgreSQL at {server} takes no more connections.",
        "Raise its max_connections, or end other clients.",
    ),
    (
        _says("starting up", "shutting down", "recovery mode", "not yet accepting", state="57P03"),
        "PostgreSQL at {server} is starting or stopping.",
        "Try again in a moment.",
    ),
    (
        _is("25006", "0A000"),  # the second for a transaction that says at its begin that it will write
        "The database {database} at {server} is read-only.",
        "It is a standby, or default_transaction_read_only is on: DATABASE_URL has to name the primary server.",
    ),
    (
        _is("42501"),
        "The user {user} may not write to the database {database} at {server}.",
        "Let that user own the tables, or grant it SELECT, INSERT, UPDATE, DELETE, and USAGE of the sequences.",
    ),
    (
        _is("53100"),
        "The disk of PostgreSQL at {server} is full.",
        "Make room there, and try again.",
    ),
    (
        _is("55P03", "57014"),
        "The database {database} at {server} is locked by another process.",
        "End the transaction that holds it (see pg_stat_activity), and try again.",
    ),
    (
        _says("server closed the connection", "connection reset", "terminating connection"),
        "PostgreSQL at {server} ended the connection.",
        "Check that the server is up, and that this is the address of a PostgreSQL server.",
    ),
)
