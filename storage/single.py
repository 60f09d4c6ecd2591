"""One bot at a time on a SQLite file: a lock beside it, which the system gives back however its holder ends."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from contextlib import suppress
from pathlib import Path

from storage.causes import Cause, Unusable


class SingleBot:
    """Holds the lock of one database until `release`.

    The lock is the system's, and the file only says whose it is: after a kill the words in it are stale, and no lock
    is left. It is in a file of its own, since closing SQLite's file a second time would give up SQLite's own locks.
    """

    def __init__(self, database: Path) -> None:
        """Take the lock; raises `Unusable` while another process has it, and OSError where no file can be made."""
        place = database.resolve()
        self._path = place.with_name(f"{place.name}.lock")
        self._file = _opened(self._path)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = _holder(self._file)
            os.close(self._file)
            raise Unusable(_refusal(database, holder)) from None
        self.took_over = _holder(self._file)
        """Who had the lock and ended without giving it back, in words; empty after an orderly end."""
        _write(self._file, {"process": os.getpid(), "host": socket.gethostname()})

    def release(self) -> None:
        """Give the lock back, if that was not done before."""
        if self._file < 0:
            return
        with suppress(OSError):
            # Not deleted: somebody may have opened it, and would then lock a file that nobody else finds.
            os.ftruncate(self._file, 0)
        os.close(self._file)
        self._file = -1


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _write(file: int, words: dict[str, object]) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(words).encode(), 0)


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
