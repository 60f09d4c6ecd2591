"""The ticking: it goes on, never twice at once, until it is stopped, also when the wall clock is set."""

from __future__ import annotations

import datetime as real
import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace

import pytest
from apscheduler.executors import base as apscheduler_executors
from apscheduler.schedulers import base as apscheduler_base

from scheduler import clock
from scheduler.clock import Ticker
from tests.patience import PATIENCE

EVERY = 0.05


class WallClock:
    """The wall clock as APScheduler and the watchdog see it; the monotonic one is nobody's to set."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.looks = 0

    def time(self) -> float:
        self.looks += 1
        return time.time() + self.ahead

    def was_looked_at(self, before: int) -> bool:
        return self.looks > before


class Counted:
    """A tick that counts, and tells how many of it ran at the same time."""

    def __init__(self, lasts: float = 0.0) -> None:
        self.count = 0
        self.most_at_once = 0
        self._at_once = 0
        self._lasts = lasts
        self._lock = threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        time.sleep(self._lasts)
        with self._lock:
            self.count += 1
            self._at_once -= 1


def soon(happened: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Wait until it has happened; tells whether it did."""
    ends = time.monotonic() + patience
    while not happened():
        if time.monotonic() > ends:
            return False
        time.sleep(0.005)
    return True


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    """A wall clock that can be set, under everything that reads it here."""
    set_here = WallClock()

    class Now(real.datetime):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> real.datetime:  # type: ignore[override]  # Self is too narrow
            return real.datetime.fromtimestamp(set_here.time(), tz)

    for module in (apscheduler_base, apscheduler_executors, clock):
        monkeypatch.setattr(module, "datetime", Now)
    monkeypatch.setattr(clock, "time", SimpleNamespace(time=set_here.time, monotonic=time.monotonic))
    monkeypatch.setattr(clock, "WATCH_SECONDS", 0.05)
    return set_here


@pytest.fixture
def started() -> Iterator[Callable[[Ticker], Ticker]]:
    """Start tickers, and stop them in the end."""
    running: list[Ticker] = []

    def start(ticker: Ticker) -> Ticker:
        ticker.start()
        running.append(ticker)
        return ticker

    yield start
    for ticker in running:
        ticker.stop()


Started = Callable[[Ticker], Ticker]


def test_it_ticks_at_once_and_goes_on(started: Started) -> None:
    tick = Counted()
    started(Ticker(tick, EVERY))
    assert soon(lambda: tick.count >= 4)


def test_the_first_tick_does_not_wait(started: Started) -> None:
    tick = Counted()
    started(Ticker(tick, 3600))
    assert soon(lambda: tick.count == 1)


def test_nothing_runs_before_the_start() -> None:
    tick = Counted()
    Ticker(tick, 0.01)
    time.sleep(0.1)
    assert tick.count == 0


def test_it_never_ticks_twice_at_once(started: Started) -> None:
    tick = Counted(lasts=0.15)
    ticker = started(Ticker(tick, 0.02))
    for _ in range(5):
        ticker.look_now()
        time.sleep(0.03)
    assert soon(lambda: tick.count >= 3)
    assert tick.most_at_once == 1


def test_a_tick_that_takes_longer_than_the_interval_is_nothing_to_log(
    started: Started, caplog: pytest.LogCaptureFixture
) -> None:
    tick = Counted(lasts=0.15)
    with caplog.at_level(logging.WARNING):
        ticker = started(Ticker(tick, 0.01))
        ticker.look_now()
        assert soon(lambda: tick.count >= 3)
    assert caplog.records == []


def test_it_can_be_told_to_look_now(started: Started) -> None:
    tick = Counted()
    ticker = started(Ticker(tick, 3600))
    assert soon(lambda: tick.count == 1)
    ticker.look_now()
    assert soon(lambda: tick.count == 2)


def test_a_tick_that_fails_is_not_the_last(started: Started, caplog: pytest.LogCaptureFixture) -> None:
    tick = Counted()

    def fails_first() -> None:
        tick()
        if tick.count == 1:
            raise RuntimeError("the database is busy")

    started(Ticker(fails_first, EVERY))
    with caplog.at_level(logging.ERROR):
        assert soon(lambda: tick.count >= 3)
    assert [record.message for record in caplog.records] == ["A tick failed, and the next one tries again"]


def test_a_stop_waits_for_the_tick_that_runs_and_is_final() -> None:
    tick = Counted(lasts=0.2)
    ticker = Ticker(tick, EVERY)
    ticker.start()
    assert soon(lambda: tick.most_at_once == 1)
    ticker.stop()
    done = tick.count
    assert done >= 1
    time.sleep(0.3)
    assert tick.count == done
    assert not [one for one in threading.enumerate() if one.name in ("ticks", "tick-watchdog")]


@pytest.mark.parametrize("step", [-3600.0, -60.0, 7200.0, 86_400.0, 56 * 365 * 86_400.0])
def test_it_goes_on_when_the_wall_clock_is_set(started: Started, wall: WallClock, step: float) -> None:
    tick = Counted()
    started(Ticker(tick, EVERY))
    assert soon(lambda: tick.count >= 2)
    wall.ahead += step
    before = tick.count
    assert soon(lambda: tick.count >= before + 3)


def test_without_the_watchdog_an_hour_back_is_an_hour_of_silence(
    started: Started, wall: WallClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the watchdog is for: if this ever fails, APScheduler has learned to do without one."""
    monkeypatch.setattr(clock, "JUMP_SECONDS", float("inf"))
    tick = Counted()
    started(Ticker(tick, EVERY))
    assert soon(lambda: tick.count >= 2)
    wall.ahead -= 3600
    time.sleep(2 * EVERY)
    before = tick.count
    assert not soon(lambda: tick.count >= before + 3, patience=1.0)


def test_a_slow_drift_is_no_jump(started: Started, wall: WallClock) -> None:
    tick = Counted()
    started(Ticker(tick, 3600))
    assert soon(lambda: tick.count == 1)
    for _ in range(10):
        wall.ahead += 1.0
        looks = wall.looks
        assert soon(partial(wall.was_looked_at, looks))
    assert tick.count == 1
