"""The bot's processes, as whoever kills, stops and suspends them has them in hand."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.memory import PROC
from sandbox import Sandbox
from tests.bot.process import environment
from tests.patience import PATIENCE, soon
from tests.soak.bot_process import CLOCK

_TICKS = os.sysconf("SC_CLK_TCK")

AS_SHIPPED = {"REVERSE_MENTOR_TICK_SECONDS": "15"}
"""What a life is given whose waiting is measured: others tick ten times a second, so that nothing is waited for."""


class Life:
    """One process of the bot, by its id."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)
        weakref.finalize(self, os.close, self._handle)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._is_over_within(0)

    def is_killed(self) -> None:
        """Die at once, without a word."""
        self.gets(signal.SIGKILL)

    def is_stopped(self) -> None:
        """Stop as a service manager does it, and end."""
        self.gets(signal.SIGTERM)
        self.ends()

    def gets(self, number: signal.Signals) -> None:
        """Send a signal; whoever has ended hears nothing."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def is_suspended(self) -> None:
        """Stand still, as a machine that sleeps: returns when every thread does."""
        self.gets(signal.SIGSTOP)
        soon(lambda: self.is_over or all(state == "T" for state in self._states()))

    def goes_on(self) -> None:
        """Wake up."""
        self.gets(signal.SIGCONT)

    def _states(self) -> list[str]:
        """What each thread does, in the letters of proc(5)."""
        found = []
        for task in (PROC / str(self.pid) / "task").iterdir():
            with suppress(FileNotFoundError):
                found.append((task / "stat").read_text().rpartition(")")[2].split()[0])
        return found

    def ends(self) -> None:
        """Wait for its end."""
        if not self._is_over_within(PATIENCE):
            raise TimeoutError("the process did not end")

    def _is_over_within(self, seconds: float) -> bool:
        """Look by poll(2): of select(2), files above the 1,024th are out of reach."""
        end = select.poll()
        end.register(self._handle, select.POLLIN)
        return bool(end.poll(seconds * 1000))

    @property
    def cpu_seconds(self) -> float:
        """The processor time it has used, as proc(5) has it: fields 14 and 15, counted behind its name."""
        user, system = (PROC / str(self.pid) / "stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / _TICKS

    @property
    def queued_seconds(self) -> float:
        """How long its main thread could have run, and others had the cores: the second field of schedstat."""
        return int((PROC / str(self.pid) / "schedstat").read_text().split()[1]) / 1e9

    @property
    def resident_mb(self) -> float:
        """The memory that it has now."""
        status = (PROC / str(self.pid) / "status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    @property
    def threads_and_files(self) -> tuple[int, int]:
        """How many threads it runs, and how many files it has open."""
        here = PROC / str(self.pid)
        return len(list((here / "task").iterdir())), len(list((here / "fd").iterdir()))


class Nursery:
    """Where lives of one bot come from; use it as a context manager. Everything that they say goes into `log`."""

    def __init__(
        self, slack: Sandbox, folder: Path, clock: Path | None, database: str, **changes: str
    ) -> None:
        """With a clock, lives are forks that go by it; without one, each is `python -m bot run` in real time."""
        self._slack, self._folder, self._forks = slack, folder, clock is not None
        self.log = folder / "log"
        self._lives: list[Life] = []
        self._children: list[subprocess.Popen[str]] = []
        # What may be said on a pull of five milliseconds: an answer that nobody waits for any more is no news.
        given = {"LOG_LEVEL": "WARNING", "REVERSE_MENTOR_TICK_SECONDS": "0.1"} | changes
        self._environ = environment(slack, DATABASE_URL=database, **{CLOCK: str(clock)}, **given)
        self._forker: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        if self._forks:
            self._forker = self._runs("tests.soak.bot_process")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for life in self._lives:
            life.is_killed()
            life.gets(signal.SIGCONT)
        for child in (self._forker, *self._children):
            if child is not None:
                child.kill()
                child.wait()

    @property
    def said(self) -> str:
        """All that its lives wrote."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def bears(self, connected: bool = True, dies_at_commit: int = 0) -> Life:
        """Start a life, and wait until it is connected, beside those that are; it may die by itself after a commit."""
        self._lives = [one for one in self._lives if not one.is_over]
        before = len(self._lives)
        if connected:  # of those that died, the sockets may be open a moment longer
            self._slack.wait_for(lambda: self._slack.connections <= before, PATIENCE)
        life = Life(self._fork(dies_at_commit) if self._forker else self._child())
        self._lives.append(life)
        if connected:
            up = self._slack.wait_for(lambda: self._slack.connections > before or life.is_over, PATIENCE)
            if not up:
                raise TimeoutError(f"the bot did not connect:\n{self.said[-2000:]}")
        return life

    def _fork(self, dies_at_commit: int) -> int:
        assert self._forker is not None
        assert self._forker.stdin is not None
        assert self._forker.stdout is not None
        self._forker.stdin.write(f"{dies_at_commit}\n")
        self._forker.stdin.flush()
        return int(self._forker.stdout.readline() or self._fails())

    def _fails(self) -> str:
        raise RuntimeError(f"no bot can be started:\n{self.said[-2000:]}")

    def _child(self) -> int:
        for child in self._children:
            child.poll()
        self._children.append(self._runs("bot", "run"))
        return self._children[-1].pid

    def _runs(self, *module: str) -> subprocess.Popen[str]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=self._folder,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if self._forks else log,
                stderr=log,
                text=True,
            )
