"""When the clock is wrong: what the bot takes for the time, when it holds back, and what makes it go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot import true_time
from bot.slack import post as slack_post
from bot.true_time import LEAP, REMIND, STEADY, TOLERANCE, TrueTime, told

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
FAR = timedelta(days=100)


class Machine:
    """A machine whose wall clock can be set, beside a Slack that is right, or silent, or says no time."""

    def __init__(self, wrong: timedelta = timedelta(), dated: bool = True) -> None:
        self.passed, self.slept, self.wrong = 0.0, 0.0, wrong
        self.dated, self.reachable, self.asked = dated, True, 0
        self.says: Callable[[], datetime] = self.truth
        self.time = TrueTime(self.wall, lambda: self.passed)

    def truth(self) -> datetime:
        return NOW + timedelta(seconds=self.passed + self.slept)

    def wall(self) -> datetime:
        return self.truth() + self.wrong

    def passes(self, **span: float) -> None:
        self.passed += timedelta(**span).total_seconds()

    def sleeps(self, **span: float) -> None:
        """Suspended: the wall clock goes on, and the monotonic one stands still."""
        self.slept += timedelta(**span).total_seconds()

    def answers(self) -> None:
        self.asked += 1
        if not self.reachable:
            raise ConnectionRefusedError
        self.time.heard({"Date": format_datetime(self.says(), usegmt=True)} if self.dated else {})

    def is_sure(self) -> bool:
        return self.time.is_sure(self.answers)

    def is_off(self) -> timedelta:
        return abs(self.time.now() - self.truth())


def started(wrong: timedelta = timedelta(), dated: bool = True) -> Machine:
    """A machine on which the bot has just started, and asked Slack who it is."""
    machine = Machine(wrong, dated)
    machine.answers()
    return machine


WRONG = [
    FAR,
    -FAR,
    timedelta(days=365),
    timedelta(days=-365),
    timedelta(hours=1),
    timedelta(minutes=-3),
    NOW - datetime(1970, 1, 1, tzinfo=UTC),
]


def test_a_clock_that_is_right_is_believed_and_nobody_is_asked() -> None:
    machine = started()
    for _ in range(100):
        machine.passes(seconds=15)
        assert machine.is_sure()
        assert machine.time.now() == machine.wall()
    assert machine.asked == 1
    assert machine.time.doubt() == ""


@pytest.mark.parametrize("wrong", WRONG)
def test_a_leap_that_slack_does_not_confirm_moves_nothing(wrong: timedelta) -> None:
    machine = started()
    machine.passes(hours=1)
    machine.wrong = wrong
    for _ in range(5):
        machine.passes(seconds=15)
        assert machine.is_off() < LEAP
        assert not machine.is_sure()
        assert machine.is_off() < LEAP
    machine.wrong = timedelta()
    assert machine.is_sure()
    assert machine.time.now() == machine.wall()


@pytest.mark.parametrize("wrong", WRONG)
def test_a_leap_in_the_middle_of_a_tick_is_not_seen_by_it(wrong: timedelta) -> None:
    machine = started()
    assert machine.is_sure()
    machine.wrong = wrong
    assert machine.is_off() < LEAP


@pytest.mark.parametrize("wrong", WRONG)
def test_a_clock_that_is_wrong_from_the_start_is_held_until_it_is_set(wrong: timedelta) -> None:
    machine = started(wrong)
    for _ in range(3):
        assert not machine.is_sure()
        assert machine.is_off() <= TOLERANCE
        machine.passes(seconds=15)
    machine.wrong = timedelta()
    assert machine.is_sure()
    assert machine.time.now() == machine.wall()


@pytest.mark.parametrize("hours", [0.1, 3, 100])
def test_a_machine_that_slept_goes_on_as_soon_as_slack_agrees(hours: float) -> None:
    machine = started()
    machine.sleeps(hours=hours)
    assert machine.is_sure()
    assert machine.asked == 2
    assert machine.time.now() == machine.truth()


def test_a_machine_that_slept_waits_for_slack_as_long_as_it_takes() -> None:
    machine = started()
    machine.reachable = False
    machine.sleeps(hours=3)
    for _ in range(100):
        machine.passes(minutes=10)
        assert not machine.is_sure()
    machine.reachable = True
    assert machine.is_sure()


def test_what_is_off_by_little_is_no_reason_to_hold_anything() -> None:
    machine = started(TOLERANCE - timedelta(seconds=5))
    assert machine.is_sure()
    machine.wrong -= LEAP - timedelta(seconds=1)
    assert machine.is_sure()
    assert machine.asked == 1


def test_an_answer_that_comes_by_chance_tells_of_a_wrong_clock_too() -> None:
    machine = started()
    machine.says = lambda: machine.truth() + FAR
    machine.answers()
    assert "Slack's says 2027-03-07 10:00 UTC" in machine.time.doubt()
    assert not machine.is_sure()
    # One that says something else alone is no reason to go by it.
    assert machine.is_off() < LEAP


def test_a_clock_that_leaps_again_is_held_again() -> None:
    machine = started()
    machine.sleeps(hours=3)
    assert machine.is_sure()
    machine.wrong = FAR
    assert not machine.is_sure()


def test_without_slacks_time_a_leap_is_believed_once_it_went_evenly_for_a_while() -> None:
    machine = started(dated=False)
    assert machine.is_sure()
    machine.sleeps(hours=3)
    assert not machine.is_sure()
    machine.passes(seconds=STEADY.total_seconds() - 1)
    assert not machine.is_sure()
    machine.wrong = FAR
    assert not machine.is_sure()
    machine.wrong = timedelta()
    assert not machine.is_sure()
    machine.passes(seconds=STEADY.total_seconds())
    assert machine.is_sure()
    assert machine.time.now() == machine.truth()


@pytest.mark.parametrize(
    ("wrong", "held"), [(timedelta(), False), (timedelta(days=6), False), (FAR, True), (-FAR, True)]
)
def test_without_slacks_time_a_start_far_from_what_is_on_record_has_to_prove_itself(
    wrong: timedelta, held: bool
) -> None:
    machine = started(wrong, dated=False)
    machine.time.was(NOW)
    assert machine.is_sure() is not held
    machine.passes(seconds=STEADY.total_seconds())
    assert machine.is_sure()


def test_what_is_on_record_is_nothing_against_slacks_time() -> None:
    machine = started()
    machine.time.was(NOW + FAR)
    assert machine.is_sure()


def test_a_date_that_stands_still_is_no_clock() -> None:
    machine = Machine()
    machine.says = lambda: datetime(2019, 1, 1, tzinfo=UTC)
    machine.answers()
    assert not machine.is_sure()
    machine.passes(seconds=15)
    assert machine.is_sure()
    assert machine.time.now() == machine.truth()
    machine.answers()
    assert machine.is_sure()


def test_the_operator_reads_one_line_an_hour_and_one_at_the_end(caplog: pytest.LogCaptureFixture) -> None:
    machine = started()
    machine.wrong = FAR
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            machine.passes(seconds=15)
            assert not machine.is_sure()
        machine.passes(seconds=REMIND)
        assert not machine.is_sure()
        machine.wrong = timedelta()
        assert machine.is_sure()
    first, again, last = (record.message for record in caplog.records)
    assert first == (
        "This machine's clock says 2027-03-07 10:00 UTC, Slack's says 2026-11-27 10:00 UTC: nothing is begun or ended "
        f"until they agree. {true_time.SET_THE_CLOCK}"
    )
    assert again != first
    assert last == "This machine's clock says 2026-11-27 11:02 UTC, and can be believed again."


@pytest.mark.parametrize("header", ["", "yesterday", "Fri, 99 Nov 2026 10:00:00 GMT", "0"])
def test_what_is_no_date_is_none(header: str) -> None:
    assert told({"Date": header}) is None


def test_a_date_is_read_whatever_its_header_is_called() -> None:
    assert told({"dAtE": "Fri, 27 Nov 2026 10:00:00 GMT"}) == NOW
    assert told({"Date": "Fri, 27 Nov 2026 10:00:00 -0000"}) == NOW
    assert told({}) is None


def test_a_message_is_looked_for_far_enough_back() -> None:
    assert LEAP + TOLERANCE <= slack_post.LOOK_BACK
