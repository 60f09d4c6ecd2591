"""Copies of a SQLite database that are whole: made beside a running bot, before a migration, and put back."""

from __future__ import annotations

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from storage.opening import damage, files
from storage.opening.files import opened
from storage.opening.unusable import Cause, Unusable

_log = logging.getLogger(__name__)

PARTIAL: Final = ".partial"
"""Ends the name of a copy that is not whole yet; the next one begins with taking it away."""

KEPT: Final = 3
"""So many of the copies from before migrations are kept, the newest."""

_BEFORE: Final = ".revision-"
_SIDES: Final = ("-wal", "-shm", "-journal")


def back_up(database: Path, target: Path) -> int:
    """Copy a database to a file, whoever works with it meanwhile; gives the bytes.

    Until the copy is whole and looked at, an older one of this name stays as it is. Raises `Unusable` or OSError.
    """
    _check_target(database, target)
    _make(database, target)
    return target.stat().st_size


def _make(database: Path, target: Path) -> None:
    with _partial(target) as copy:
        _copy(database, copy)
        found(copy)
        _into_place(copy, target)


def before_migration(database: Path, revision: str) -> Path:
    """Keep a copy of a database of this revision beside it, and the last few of older ones; raises `Unusable`."""
    target = database.with_name(f"{database.name}{_BEFORE}{revision}")
    try:
        _make(database, target)
    except (OSError, sqlite3.Error) as problem:
        raise Unusable(
            Cause(
                f"{database} has to be brought up to date, and the backup before that, {target}, cannot be made "
                f"({getattr(problem, 'strerror', None) or problem}).",
                "Make room there, or let the account that runs the bot write there. The database was left as it was.",
            )
        ) from None
    for old in kept_copies(database)[KEPT:]:
        with suppress(OSError):  # one copy too many keeps nobody from starting
            old.unlink()
    _log.info("Before the database is brought up to date, a backup of it was made: %s", target)
    return target


def kept_copies(database: Path) -> list[Path]:
    """The copies from before migrations, the newest first."""
    copies = database.parent.glob(f"{_spelled(database.name)}{_BEFORE}*")
    whole = [one for one in copies if not one.name.endswith((PARTIAL, *_SIDES))]
    return sorted(whole, key=lambda one: (one.stat().st_mtime_ns, one.name), reverse=True)


def _spelled(name: str) -> str:
    """A name as a pattern that fits it alone."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


@contextmanager
def prepared(backup: Path, database: Path) -> Iterator[Path]:
    """A copy of a backup beside the database in whose place it is to come; taken away again at the end.

    Raises `Unusable` where the backup is none, and OSError.
    """
    if cause := unfit(backup):
        raise Unusable(cause)
    if database.exists() and backup.samefile(database):
        raise Unusable(
            Cause(f"{backup} is the database itself.", "Name the backup that is to come in its place.")
        )
    with _partial(database) as copy:
        _copy(backup, copy, "ro")
        found(copy)
        yield copy


def exchange(copy: Path, database: Path, kept: Path) -> bool:
    """Put a whole copy in the place of a database, which is kept under another name; tells whether there was one.

    At each moment, either the old one or the new one is there under its name. The lock of `storage.opening.single`
    keeps bots away; whoever else works with the database is found here. Raises `Unusable` or OSError.
    """
    _one_file(copy)
    there = database.exists()
    if there:
        _close_up(database, kept)
        kept.unlink(missing_ok=True)
        os.link(database, kept)
    _sync(database.parent)
    _into_place(copy, database)
    return there


def found(copy: Path) -> None:
    """Look at every page of a copy; raises `Unusable` where something is wrong."""
    with closing(opened(copy)) as connection:
        (wrong,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if wrong != "ok":
        words = " ".join(str(wrong).split())
        raise Unusable(
            Cause(f"The copy is damaged ({words}).", "`check` says what is wrong with the database.")
        )


def unfit(backup: Path) -> Cause | None:
    """That a file cannot be a backup, before anything is done with it."""
    if not backup.is_file():
        return Cause(f"There is no file {backup}.", "Name a file that the backup command has made.")
    if not files.is_sqlite(backup):
        return Cause(f"{backup} is no SQLite database.", "Name a file that the backup command has made.")
    with closing(opened(backup)) as connection:
        try:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        except sqlite3.DatabaseError as problem:
            return Cause(f"{backup} is damaged ({problem}).", "Name another backup.")
    if "alembic_version" not in tables:
        return Cause(f"{backup} is no database of the bot.", "Name a file that the backup command has made.")
    return None


def _check_target(database: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise Unusable(
            Cause(f"There is no folder {target.parent.absolute()}.", "Make it, or name another file.")
        )
    if target.name == "-" or target.name.endswith(PARTIAL) or _is_beside(database, target):
        raise Unusable(
            Cause(
                f"{target.name} is no name for a backup: it means something else here.", "Name another file."
            )
        )
    if not os.path.lexists(target):
        return
    if target.exists() and target.samefile(database):
        raise Unusable(Cause(f"{target} is the database itself.", "Name another file for the backup."))
    if unfit(target):
        advice = "Name another file: it was left as it is."
        raise Unusable(Cause(f"{target} is there already, and is no backup of the bot.", advice))
    if any(target.with_name(f"{target.name}{side}").exists() for side in _SIDES):
        raise Unusable(Cause(f"{target} is a database in use.", "Name another file for the backup."))


def _is_beside(database: Path, target: Path) -> bool:
    """Whether SQLite or the bot would take the file for a part of the database."""
    place, other = Path(os.path.realpath(database)), Path(os.path.realpath(target))
    ends = (*_SIDES, ".lock")
    return other.parent == place.parent and other.name in {f"{place.name}{end}" for end in ends}


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A new file that only this process writes, readable to its owner alone; nothing of it is left at the end."""
    path = target.with_name(f"{target.name}{PARTIAL}")
    lock = _locked(path)
    try:
        for side in _SIDES:
            path.with_name(f"{path.name}{side}").unlink(missing_ok=True)
        _give_away(lock, target)
        yield path
    finally:
        # A copy that is in its place has this name no more.
        if _same(path, lock):
            for one in (path, *(path.with_name(f"{path.name}{side}") for side in _SIDES)):
                with suppress(OSError):
                    one.unlink(missing_ok=True)
        os.close(lock)


def _locked(path: Path) -> int:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            os.close(file)
            if problem.errno not in files.HELD_BY_ANOTHER:
                raise Unusable(Cause(*files.no_locks(path.parent, problem))) from None
            raise Unusable(
                Cause(
                    f"Another process is making {path.name.removesuffix(PARTIAL)} just now.", "Wait for it."
                )
            ) from None
        if _same(path, file):
            os.ftruncate(file, 0)
            return file
        os.close(file)  # whoever had it has put it into its place, or taken it away, between our two steps


def _same(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _give_away(file: int, target: Path) -> None:
    """Let root make files for whoever has the one in whose place they come, or the folder."""
    if os.geteuid() == 0:
        owner = (target if target.exists() else target.parent).stat()
        os.fchown(file, owner.st_uid, owner.st_gid)


def _copy(source: Path, copy: Path, how: str = "rw") -> None:
    # The last to leave a database tidies up beside it, which takes the right to write.
    with closing(opened(source, how)) as original, closing(opened(copy, "rw")) as target:
        try:
            original.backup(target)
        except sqlite3.DatabaseError as problem:
            if damage.is_damage(problem):
                raise Unusable(Cause(f"{source} is damaged ({problem}).", "`check` says more.")) from None
            raise Unusable(
                Cause(
                    f"{source} cannot be copied to {copy.parent} ({problem}).",
                    "Check the room that is left there.",
                )
            ) from None
    _one_file(copy)


def _one_file(path: Path) -> None:
    """Let a database be in one file, without others beside it, and on the disk."""
    with closing(opened(path, "rw")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    _sync(path)


def _close_up(database: Path, kept: Path) -> None:
    """Bring all that is committed into the one file, while nobody works with it; raises `Unusable` where somebody does.

    A damaged one may not let that happen: what is beside it is kept beside the kept one.
    """
    try:
        # SQLite would take a file that has lost its beginning for a new one, and throw its log away.
        if files.is_sqlite(database):
            with closing(opened(database, "rw")) as connection:
                connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            return
    except sqlite3.DatabaseError as problem:
        if (getattr(problem, "sqlite_errorcode", 0) & 0xFF) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise Unusable(
                Cause(
                    f"Somebody works with the database {database}.", "Stop every bot and command on it first."
                )
            ) from None
    for side in _SIDES:
        with suppress(FileNotFoundError):
            database.with_name(f"{database.name}{side}").replace(kept.with_name(f"{kept.name}{side}"))


def _into_place(copy: Path, target: Path) -> None:
    _sync(copy)
    copy.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
