"""One bot at a time on a SQLite file: a lock beside it, which the system gives back however its holder ends."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from storage.opening import files
from storage.opening.unusable import Cause, Unusable


@dataclass(slots=True)
class _Held:
    """A lock of this process's: how many bots prepare with it, and whether one of them works."""

    file: int
    took_over: str
    bots: int = 0
    at_work: bool = False


_here: dict[Path, _Held] = {}
_guard = Lock()


class SingleBot:
    """Holds the lock of one database until `release`.

    The lock is the system's, and the file only says whose it is: after a kill the words in it are stale, and no lock
    is left. It is in a file of its own, since closing SQLite's file a second time would give up SQLite's own locks.
    Bots in one process share it until one of them is at work.
    """

    def __init__(self, database: Path) -> None:
        """Take the lock; raises `Unusable` while another bot has it, and OSError where no file can be made."""
        place = Path(
            os.path.realpath(database)
        )  # a link that leads to itself has none, which is found out later
        self._path = place.with_name(f"{place.name}.lock")
        with _guard:
            held = _here.get(self._path)
            if held is None:
                held = _here[self._path] = _taken(self._path, database)
            elif held.at_work:
                raise Unusable(_refusal(database, _holder(held.file)))
            held.bots += 1
        self._held: _Held | None = held
        self.took_over = held.took_over
        """Who had the lock and ended without giving it back, in words; empty after an orderly end."""

    def works(self) -> None:
        """From now on, nobody else may begin on this database, in this process or another."""
        if self._held is not None:
            self._held.at_work = True

    def release(self) -> None:
        """Give the lock back, if that was not done before."""
        held, self._held = self._held, None
        if held is None:
            return
        with _guard:
            held.bots -= 1
            if held.bots == 0:
                del _here[self._path]
                with suppress(OSError):
                    self._path.unlink()
                os.close(held.file)


def _taken(path: Path, database: Path) -> _Held:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            holder = _holder(file)
            os.close(file)
            if problem.errno not in files.HELD_BY_ANOTHER:
                raise Unusable(Cause(*files.no_locks(path.parent, problem))) from None
            raise Unusable(_refusal(database, holder)) from None
        if _is_there(path, file):
            held = _Held(file, _holder(file))
            try:
                _sign(file)
            except OSError:
                path.unlink(missing_ok=True)
                os.close(file)
                raise
            return held
        os.close(file)  # its holder took it away between our two steps, so the next one would not find it


def _sign(file: int) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps({"process": os.getpid(), "host": socket.gethostname()}).encode(), 0)


def _is_there(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _holder(file: int) -> str:
    """Who wrote into the file, as `process 12 on host`; empty if nobody did."""
    try:
        words = json.loads(os.pread(file, 1000, 0))
        return f"process {int(words['process'])} on {words['host']}"
    except (ValueError, LookupError, TypeError):
        return ""


def _refusal(database: Path, holder: str) -> Cause:
    return Cause(
        f"Another bot is running on the database {database.absolute()}: {holder or 'its process is not known'}.",
        "Stop that one first, or give this one a DATABASE_URL of its own. For several bots, use PostgreSQL.",
    )
