"""What time it is, when the machine's clock may be wrong: nothing is begun or ended until Slack's clock agrees.

The wall clock is taken at its word for as long as it goes as fast as the monotonic one. When the two part, time goes on
as the monotonic clock counts it from the last moment that was confirmed, and Slack is asked: a machine that slept is
right, and one that woke with an empty battery is not. Every answer of Slack's has its time in the header `Date`
(RFC 9110, section 6.6.1), so a clock that was wrong from the start is noticed too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack import errors as slack_errors

_log = logging.getLogger(__name__)

LEAP: Final = timedelta(seconds=60)
"""A wall clock that moved by so much more or less than the monotonic one was set, or the machine slept."""

TOLERANCE: Final = timedelta(seconds=120)
"""So far the machine's clock may be from Slack's: far more than a slow answer takes, far less than does any harm.

Together with `LEAP` it must stay below `slack_post.LOOK_BACK`, so that a message is found whose sender's clock was off.
"""

STEADY: Final = timedelta(minutes=10)
"""For so long a clock that leapt must go evenly before it is believed, where Slack's answers do not say the time."""

AWAY: Final = timedelta(days=7)
"""A bot that stood still for longer must prove its clock, where Slack's answers do not say the time."""

FROZEN: Final = 10.0
"""Seconds after which a clock has moved: an answer that tells the same second again was kept by somebody on the way."""

REMIND: Final = 3600.0
"""Seconds between two lines in the log about the same disagreement."""

SET_THE_CLOCK: Final = (
    "Set the machine's clock, best by NTP. If it is right, set REVERSE_MENTOR_TRUST_CLOCK=1 "
    "and start the bot again."
)


def told(headers: Mapping[str, str]) -> datetime | None:
    """What an answer's headers say the time is, to the second; None when they do not."""
    header = next((value for name, value in headers.items() if name.lower() == "date"), "")
    try:
        said = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    return said if said.tzinfo else said.replace(tzinfo=UTC)


class ListeningClient(WebClient):
    """A client that reports the headers of every good answer to `heard`."""

    def __init__(self, heard: Callable[[Mapping[str, str]], None], **options: Any) -> None:
        """`options` are those of slack_sdk's own client."""
        super().__init__(**options)
        self._heard = heard

    def api_call(self, *args: Any, **options: Any) -> SlackResponse:
        """Call a method, as slack_sdk does, which takes every answer for an object; raises `NoObject` too."""
        try:
            answer = super().api_call(*args, **options)
        except AttributeError as odd:
            raise slack_errors.NoObject from odd
        self._heard(answer.headers)
        return answer


class TrueTime:
    """A clock that knows whether it can be believed. Safe to use from several threads."""

    def __init__(self, wall: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        """`wall` gives an aware datetime, and may be set at any moment; `monotonic` gives seconds, and may not."""
        self._wall, self._monotonic = wall, monotonic
        self._lock = threading.Lock()
        self._from = (wall(), monotonic())
        """What both clocks showed when they were last known to be right."""
        self._confirmed = False
        self._slack: tuple[datetime, float] | None = None
        """What Slack said the time is, and when, while it disagrees."""
        self._last: tuple[datetime, float] | None = None
        """The last second that Slack told, and when it did so first."""
        self._steady: tuple[datetime, float] | None = None
        """What both showed when a leap was noticed that nobody confirmed yet."""
        self._complained_at: float | None = None

    def now(self) -> datetime:
        """The time: the wall clock's, or while that is in doubt, as long after the last moment known as has passed."""
        with self._lock:
            wall, mono = self._wall(), self._monotonic()
            return wall if self._is_even(wall, mono) and not self._slack else self._counted(mono)

    def heard(self, headers: Mapping[str, str]) -> None:
        """Compare the wall clock with what an answer of Slack's says that just came."""
        said = told(headers)
        if said is None:
            return
        with self._lock:
            wall, mono = self._wall(), self._monotonic()
            if abs(wall - said) <= TOLERANCE:
                self._believe(wall, mono)
            elif not self._is_frozen(said, mono):
                self._dispute(said, mono)
            elif self._slack is not None and self._slack[0] == said:
                self._slack = None
                if not self._confirmed:
                    self._from = (wall, mono)

    def _is_frozen(self, said: datetime, mono: float) -> bool:
        if self._last is None or self._last[0] != said:
            self._last = (said, mono)
        return mono - self._last[1] > FROZEN

    def _dispute(self, said: datetime, mono: float) -> None:
        if not self._confirmed:
            # Slack's clock is right more often than one of which nothing is known yet.
            self._from = (said, mono)
        self._slack = (said, mono)

    def was(self, moment: datetime | None) -> None:
        """The last moment on record: where Slack did not say the time, a clock far from it has to prove itself."""
        with self._lock:
            wall, mono = self._wall(), self._monotonic()
            if moment is None or self._confirmed or self._slack is not None:
                return
            if not moment - LEAP <= wall <= moment + AWAY:
                self._from = (moment, mono)

    def is_sure(self, ask: Callable[[], object]) -> bool:
        """Whether what cannot be undone may be done now; if in doubt, `ask` makes a call to Slack that is `heard`."""
        if self._looks_right():
            return True
        try:
            ask()
        except slack_errors.CALL_FAILED as problem:
            _log.info("Slack could not be asked for the time (%s)", slack_errors.classify(problem).error)
        else:
            self._settle_by_itself()
        if self._looks_right():
            return True
        self._complain()
        return False

    def doubt(self) -> str:
        """A sentence about what is wrong with the time; empty when nothing is."""
        with self._lock:
            wall, mono = self._wall(), self._monotonic()
            if self._slack is not None:
                said, at = self._slack
                return disagreement(wall, said + timedelta(seconds=mono - at))
            if self._is_even(wall, mono):
                return ""
            return (
                f"This machine's clock leapt from {_written(self._counted(mono))} to {_written(wall)}: nothing is "
                "begun or ended until Slack confirms the time."
            )

    def _looks_right(self) -> bool:
        with self._lock:
            return self._slack is None and self._is_even(self._wall(), self._monotonic())

    def _counted(self, mono: float) -> datetime:
        wall, since = self._from
        return wall + timedelta(seconds=mono - since)

    def _is_even(self, wall: datetime, mono: float) -> bool:
        return abs(wall - self._counted(mono)) <= LEAP

    def _believe(self, wall: datetime, mono: float) -> None:
        if self._complained_at is not None:
            _log.warning("This machine's clock says %s, and can be believed again.", _written(wall))
        self._from, self._confirmed = (wall, mono), True
        self._slack = self._steady = self._complained_at = None

    def _settle_by_itself(self) -> None:
        """Slack answered; where it did not say the time, a clock that goes evenly for a while is believed."""
        with self._lock:
            wall, mono = self._wall(), self._monotonic()
            if self._slack is not None or self._is_even(wall, mono):
                return
            began = self._steady
            if began is None or abs((wall - began[0]) - timedelta(seconds=mono - began[1])) > LEAP:
                self._steady = (wall, mono)
            elif mono - began[1] >= STEADY.total_seconds():
                self._believe(wall, mono)

    def _complain(self) -> None:
        mono, doubt = self._monotonic(), self.doubt()
        with self._lock:
            last, due = self._complained_at, doubt
            if last is not None and mono - last < REMIND:
                due = ""
            else:
                self._complained_at = mono
        if due:
            _log.warning("%s %s", due, SET_THE_CLOCK)


def disagreement(machine: datetime, slack: datetime) -> str:
    """The sentence about two clocks that show different times."""
    return (
        f"This machine's clock says {_written(machine)}, Slack's says {_written(slack)}: nothing is begun or ended "
        "until they agree."
    )


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
