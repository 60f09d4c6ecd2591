"""A SQLite file before it is opened: whether it is one, and whether this account can work with it and its folder."""

from __future__ import annotations

import errno
import os
import pwd
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Final
from urllib.parse import quote

_HEADER: Final = b"SQLite format 3\x00"

_PLAIN: Final = re.compile(r"sqlite:///([^:?#]+)")

_MOUNTS = Path("/proc/self/mountinfo")
_BESIDE: Final = ("-wal", "-shm", "-journal", ".lock")
"""How the names of the files end that SQLite and the bot keep beside a database."""

REPLACED: Final = ".replaced-"
"""Between a database's name and the moment at which `restore` put another in its place."""

HELD_BY_ANOTHER: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})
"""What the system says of a lock that somebody else has; anything else it says is about locks themselves."""

LEAST_ROOM: Final = 16 * 1024 * 1024
"""Bytes that should be free: weeks of 500 busy people (`benchmarks.growth`), and SQLite's log beside the file."""


def trouble(path: Path) -> tuple[str, str] | None:
    """What keeps SQLite from working with this file, and what to do; None when nothing does. Changes nothing."""
    try:
        if path.is_symlink():
            # SQLite's other files lie beside the one that the link leads to.
            path = Path(os.path.realpath(path))
            if path.is_symlink():
                return f"{path} is a link that leads back to itself.", "Correct DATABASE_URL."
        return _folder_trouble(path) or _file_trouble(path)
    except OSError as problem:
        return f"{path} cannot be looked at ({problem.strerror}).", "Check DATABASE_URL."


def no_locks(folder: Path, problem: OSError) -> tuple[str, str]:
    """That the disk of a folder cannot keep a lock, as disks on a network may not."""
    return (
        f"The disk of {folder} keeps no locks ({problem.strerror}), so two processes could change a file at once.",
        "Put it on a disk of this machine.",
    )


def room_trouble(path: Path) -> tuple[str, str] | None:
    """That the disk is full, or nearly; None when it is not, or when that cannot be told."""
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        return None
    if free >= LEAST_ROOM:
        return None
    return f"The disk of {path.parent} is full: {free // 1024 // 1024} MB are left.", "Make room on it."


def owner_trouble(path: Path) -> tuple[str, str] | None:
    """That the file belongs to root while its folder is somebody else's, who runs the bot, and cannot open it then."""
    if not path.is_file():
        return None
    owner, keeper = path.stat(), path.parent.stat()
    if owner.st_uid != 0 or keeper.st_uid == 0:
        return None
    name = _account(keeper.st_uid)
    return (
        f"{path} belongs to root, and its folder to {name}, so a bot that {name} runs cannot open it.",
        f"chown {name} {path}*",
    )


def plainly_named(address: str) -> Path | None:
    """The file that an address names in the usual way; None for all that takes a parser of addresses to tell."""
    found = _PLAIN.fullmatch(address)
    return Path(found[1]).absolute() if found else None


def is_sqlite(path: Path) -> bool:
    """Whether a file begins as SQLite's do. Not for one that this process has open: see `storage.opening.single`."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def opened(path: Path, how: str = "ro") -> sqlite3.Connection:
    """A file that is there as SQLite itself opens it: to read (`ro`, `ro&immutable=1`), or to write as well (`rw`)."""
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode={how}", uri=True, isolation_level=None)


def _folder_trouble(path: Path) -> tuple[str, str] | None:
    folder = path.parent
    if not folder.exists():
        known = next(one for one in folder.parents if one.exists())
        made = "" if os.access(known, os.X_OK) else " (or it cannot be seen from this account)"
        return (
            f"There is no folder {folder} for the database {path.name}{made}.",
            f"Make it (mkdir -p {folder}) and give it to the account that runs the bot, or correct DATABASE_URL.",
        )
    if not folder.is_dir():
        return f"{folder} is no folder, so the database {path} cannot be in it.", "Correct DATABASE_URL."
    if _may(folder, os.R_OK | os.W_OK | os.X_OK):
        return None
    if _is_read_only(folder):
        return (
            f"The disk of the folder {folder} is mounted to be read only, so the database {path} cannot be written.",
            "Mount it to be written to, or correct DATABASE_URL.",
        )
    return (
        f"The account {_account()} may not write to the folder {folder}, which belongs to {_owner(folder)}.",
        f"SQLite needs files beside {path.name}: {_give(folder)}, if that account runs the bot.",
    )


def _file_trouble(path: Path) -> tuple[str, str] | None:
    if not path.exists():
        return _left_alone(path)
    if not path.is_file():
        return f"{path} is no file, so it cannot be the database.", "Correct DATABASE_URL."
    if alias := _alias_trouble(path):
        return alias
    if not _may(path, os.R_OK | os.W_OK):
        return (
            f"The account {_account()} may not read and write the database {path}: it belongs to {_owner(path)}.",
            f"Give it to the account that runs the bot: {_give(path)}*",
        )
    if beside := _beside_trouble(path):
        return beside
    with path.open("rb") as file:
        begins = file.read(len(_HEADER))
    if begins and begins != _HEADER:
        return (
            f"{path} is no SQLite database.",
            "Correct DATABASE_URL, or move that file away: it was left as it is.",
        )
    return None


def _left_alone(path: Path) -> tuple[str, str] | None:
    """That a log is there without its database: SQLite would throw it away, with what was saved last in it."""
    for log in (path.with_name(f"{path.name}{end}") for end in ("-wal", "-journal")):
        if log.is_file() and log.stat().st_size:
            return (
                f"There is no database {path}, and {log.name} beside its place, which holds what was saved in it last.",
                "Put the database back beside it. For a new database, move that file away.",
            )
    return _beside_trouble(path)


def _beside_trouble(path: Path) -> tuple[str, str] | None:
    for other in (path.with_name(f"{path.name}{end}") for end in _BESIDE):
        if other.exists() and not other.is_file():
            return f"{other} is no file, and SQLite or the bot needs one of that name.", "Move it away."
        if other.exists() and not _may(other, os.R_OK | os.W_OK):
            return (
                f"The account {_account()} may not write to {other}, a part of the database {path}.",
                f"Give it to the account that runs the bot: {_give(other)}",
            )
    return None


def _alias_trouble(path: Path) -> tuple[str, str] | None:
    """That the same file can be opened by another path, beside which SQLite would keep another log."""
    if (names := path.stat().st_nlink - _left_by_restore(path)) > 1:
        log = "SQLite keeps its log beside each name, so whoever opens it by another one damages it."
        return (
            f"{path} is one of {names} names of the same file (hard links). {log}",
            f"Keep one and remove the others, which find / -xdev -samefile {path} lists; backup makes copies.",
        )
    if os.path.realpath(path) in _mounted():
        return (
            f"{path} is mounted as a single file. SQLite keeps its log beside it, which would not be on the same disk.",
            "Mount its folder instead.",
        )
    return None


def _left_by_restore(path: Path) -> int:
    """How many second names a `restore` left that was killed before it was done: nobody opens a database by them."""
    kept = (one for one in path.parent.iterdir() if one.name.startswith(f"{path.name}{REPLACED}"))
    return sum(one.exists() and one.samefile(path) for one in kept)


def _mounted() -> set[str]:
    """Every path on which something is mounted; none where the system does not tell."""
    try:
        lines = _MOUNTS.read_text(errors="replace").splitlines()
    except OSError:
        return set()
    # Blanks and the like are written as octal numbers.
    fields = (line.split(" ")[4:5] for line in lines)
    return {
        re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), one) for each in fields for one in each
    }


def _may(path: Path, what: int) -> bool:
    """Whether the account that this process works as may do it."""
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _is_read_only(path: Path) -> bool:
    """Whether nobody may write there, whoever it belongs to."""
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _give(path: Path) -> str:
    """The command that lets the account of this process work with a file or a folder."""
    if path.stat().st_uid == os.geteuid():
        return f"chmod u+{'rwx' if path.is_dir() else 'rw'} {path}"
    return f"chown {_account()} {path}"


def _owner(path: Path) -> str:
    return _account(path.stat().st_uid)


def _account(number: int | None = None) -> str:
    """The name of an account, or its number where it has none; of this process's own by default."""
    number = os.geteuid() if number is None else number
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
