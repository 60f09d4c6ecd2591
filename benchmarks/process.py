"""A measured app: a process of its own, and what it has used so far."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.memory import PROC, peak_mb

ROOT = Path(__file__).parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")
_INHERITED = ("PATH", "HOME", "LANG", "SYSTEMROOT")


class AppFailed(Exception):
    """A measured app did not do what it should have; the text ends with the last lines it logged."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used so far: seconds of processor time, and megabytes of memory at its peak."""

    cpu_seconds: float
    peak_mb: float


class AppProcess:
    """A Python module that runs as an app; use it as a context manager."""

    def __init__(self, module: tuple[str, ...], environ: Mapping[str, str], folder: Path) -> None:
        """`module` is what follows `python -m`. It runs in `folder`, where it finds no `.env` and leaves its log."""
        self._log = folder / "app.log"
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=folder,
                env={**inherited, "PYTHONPATH": str(ROOT), **environ},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def used(self) -> Used:
        """What it has used up to now; raises `AppFailed` when it has ended by itself."""
        if self._process.poll() is not None:
            raise self.failure("it ended by itself")
        of = PROC / str(self._process.pid)
        # Fields 14 and 15 of stat, counted behind the name in parentheses, which may hold blanks (proc(5)).
        user, system = (of / "stat").read_text().rpartition(")")[2].split()[11:13]
        return Used((int(user) + int(system)) / _TICKS, peak_mb(str(self._process.pid)))

    def failure(self, what: str) -> AppFailed:
        """An error that says what went wrong, with the end of the app's log."""
        return AppFailed("\n".join([what, *self._log.read_text("utf-8", "replace").splitlines()[-20:]]))

    def stop(self) -> None:
        """End it at once: a polite end takes a second, and there is nothing left to measure or to keep."""
        self._process.kill()
        self._process.wait()
