"""`python -m tests.soak.bot_process`: has everything loaded, and forks a running bot for each line that it reads.

A line is a number: 0, or that of the commit after which the bot dies by itself.

A start of the bot takes a second, nearly all of it for loading modules. Whoever kills it a thousand times has no time
for that, so a process loads them once and each life is a fork of it: the same code from `Bot(…)` on, and a process
that can be killed. What it writes on standard output are the ids of these processes.
"""

from __future__ import annotations

import ctypes
import os
import random
import signal
import sys
from collections.abc import Mapping
from email.utils import format_datetime
from pathlib import Path

from sqlalchemy import Engine, Pool, event

from bot import settings, wiring
from bot.monitoring import logs
from bot.settings import Settings
from bot.starting import CannotStart
from bot.true_time import TrueTime
from bot.wiring import Bot, Clocks
from tests.soak.clock import SharedClock

CLOCK = "SOAK_CLOCK"
IDLE_SECONDS = 0.02
TIMEOUT = 10.0
"""The seconds that the bot waits for Slack's answer, by its own clock."""

SHORTEST_TIMEOUT = 0.5
"""Real seconds: less would be too little for a busy machine."""


def live(loaded: Settings, clock: SharedClock) -> int:
    """Be a bot until SIGTERM; gives the exit status. Its wall clock is compared with Slack's, as anywhere."""
    # No thread may be given it, whose handler the waiting one would not hear of.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    wiring.TrueTime = _slacks_time_is(clock)  # type: ignore[attr-defined]  # for this process alone

    try:
        bot = Bot(loaded, Clocks(clock.now, clock.monotonic, IDLE_SECONDS, compared=True))
        # Its patience with Slack is real time, and must stay shorter than its lease, which is not.
        bot.client.timeout = max(SHORTEST_TIMEOUT, TIMEOUT / clock.speed)  # type: ignore[assignment]  # urllib takes parts of seconds
        bot.start()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    signal.sigwait({signal.SIGTERM})
    bot.stop()
    return 0


def _slacks_time_is(clock: SharedClock) -> type[TrueTime]:
    """The stand-in answers with the machine's own date, by which nothing else goes here."""

    class SlacksTime(TrueTime):
        def heard(self, headers: Mapping[str, str]) -> None:
            super().heard({"Date": format_datetime(clock.right())})

    return SlacksTime


def _ends_with_its_parent() -> None:
    """Let nothing live on behind a run that was broken off: prctl(2), PR_SET_PDEATHSIG."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _dies_at_commit(number: int) -> None:
    """Let this process die right after its so-manieth commit: when the connection is given back."""
    left = number

    def commits(_connection: object) -> None:
        nonlocal left
        left -= 1

    def given_back(_connection: object, _record: object) -> None:
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "commit", commits)
    event.listen(Pool, "checkin", given_back)


def main() -> None:
    """Fork a bot for each line of standard input, until that ends."""
    clock = SharedClock(Path(os.environ[CLOCK]))
    loaded = settings.load(os.environ)
    logs.configure(loaded.log_level, loaded.log_format, loaded.secrets)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever kills them looks after them
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _ends_with_its_parent()
            random.seed()
            if commits := int(line):
                _dies_at_commit(commits)
            os._exit(live(loaded, clock))
        print(child, flush=True)


if __name__ == "__main__":
    main()
