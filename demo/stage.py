"""The stage: the sandbox and the real bot, both on one fast clock."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from bot import manifest
from bot.settings import Settings
from bot.wiring import Bot, Clocks
from demo.clock import FastClock
from demo.tour import TOUR
from program import outgoing, resolving, upcoming
from sandbox import PATIENCE, AppConfig, Sandbox
from sandbox import Settings as SandboxSettings
from sandbox.page import Show, TimeControl, Tour

SPEED = 60.0
"""Business seconds in a real one, between the leaps."""

TICK_SECONDS = 3600.0
"""The demo ticks by itself after each leap, so the bot's own clock may sleep."""

LONGEST = 60.0 * PATIENCE
BREATH = timedelta(seconds=30)
"""The shortest leap: something that is due but cannot be done yet must not stop the time."""


class Stage:
    """Everything that the story plays on; use it as a context manager."""

    def __init__(
        self,
        start: datetime,
        tour: Tour = TOUR,
        show: Show | None = None,
        opened: Callable[[str], None] = lambda _address: None,
    ) -> None:
        """Build the workspace; the bot starts when the stage is entered.

        `opened` is called with the page's address as soon as it answers, before the bot is there.
        """
        self._opened = opened
        self.clock = FastClock(start, SPEED)
        self.slack = Sandbox(
            AppConfig.from_manifest(dict(manifest.load())),
            now=self.clock.now,
            settings=SandboxSettings(rate_clock="business"),
            time=TimeControl(self.clock.now, self.leap_to, self.next_event),
            tour=tour,
            show=show,
        )
        self.lives_through: Callable[[datetime], None] = self.lives_until
        """How a visitor's leap is lived through; whoever has a cast to play says so here."""
        self._moving = threading.Lock()
        self._is_on = threading.Event()
        """The page is there a moment before the bot is."""
        self._folder = tempfile.TemporaryDirectory(prefix="reverse-mentor-demo-", ignore_cleanup_errors=True)
        self.bot: Bot

    def __enter__(self) -> Self:
        self.slack.start()
        self._opened(self.slack.page_url)
        settings = Settings(
            bot_token=self.slack.bot_token,
            app_token=self.slack.app_token,
            api_url=self.slack.api_url,
            database_url=f"sqlite:///{Path(self._folder.name) / 'demo.db'}",
            tick_seconds=TICK_SECONDS,
        )
        self.bot = Bot(settings, Clocks(self.clock.now, self.clock.monotonic, idle_seconds=0.02))
        self.bot.start()
        self.slack.wait_for_connection()
        self._is_on.set()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not KeyboardInterrupt:
            self.bot.stop()
            self.slack.stop()
        # An interrupt may have come in the middle of a transaction, whose connection nobody gives back any more: who
        # waited for the bot's threads would wait for two minutes, and nothing of this is kept anyway.
        self._folder.cleanup()

    def lives_until(self, moment: datetime) -> None:
        """Let the time pass until that moment, from one event to the next, as the bot would live through it."""
        while (now := self.clock.now()) < moment:
            event = upcoming.next_at(self.bot.ctx) or moment
            self.clock.leap_to(min(moment, max(event, now + BREATH)))
            self.bot.tick()
            self.quiet()

    def next_event(self) -> datetime | None:
        """When the bot has something to do next, which may have passed already."""
        if not self._is_on.is_set():
            return None
        return upcoming.next_at(self.bot.ctx)

    def leap_to(self, moment: datetime) -> None:
        """Live until that moment for somebody who watches: time runs fast, then at its usual pace."""
        self._is_on.wait()
        with self._moving:
            self.clock.run_at(SPEED)
            try:
                self.lives_through(moment)
            finally:
                self.clock.run_at(1.0)

    def slow_down(self) -> None:
        """Let time run at its usual pace, and put away every form that the story left open and nobody looks at."""
        self.clock.run_at(1.0)
        theirs = self.slack.acted_as()
        for person in self.slack.people():
            while person.modal and person.id not in theirs:
                person.closes_modal()

    def idle(self) -> None:
        """Let the bot do what is due while nobody moves the time."""
        with self._moving:
            self.bot.tick()

    def quiet(self) -> None:
        """Wait until all is matched around what leads decided, and every message that is due is on screen.

        Raises TimeoutError after a minute.
        """
        ends = time.monotonic() + LONGEST
        while resolving.waits(self.bot.ctx) or outgoing.waiting(self.bot.ctx):
            if time.monotonic() > ends:
                waiting = outgoing.waiting(self.bot.ctx)
                raise TimeoutError(f"{waiting} messages did not reach the screen")
            time.sleep(0.005)
        self.slack.settle()
