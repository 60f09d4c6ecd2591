"""Slack has its one answer to an act in time, whoever gives it: the listener, or a watch when time runs out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from slack_bolt import Ack, BoltContext, BoltResponse

from handlers.payloads import Act
from program import acting

How = Mapping[str, Any] | str
"""What an acknowledgment says: its fields, or a text; empty to say no more than that the act arrived."""

_KEY: Final = "answer"


class Answer:
    """The answer to one act. The first word is the acknowledgment; what comes later goes another way.

    Listeners call it like Bolt's `ack`, at any time. Safe to use from several threads.
    """

    def __init__(
        self,
        ack: Ack,
        act: Act,
        left_for_look_ups: Callable[[], float],
        late: Callable[[How], None],
        out_of_time: Callable[[], How] = str,
    ) -> None:
        """`late` tells what the acknowledgment cannot any more, `out_of_time` what it says when time runs out.

        `left_for_look_ups` gives the seconds in which Slack may still be asked about people and channels.
        """
        self.act = act
        self.left_for_look_ups = left_for_look_ups
        self.ran_out = False
        """Whether Slack was answered before the listener had done what was asked for."""
        self.id = acting.new()
        """Names the act in the log."""
        self.noted: Callable[[str], None] = _nobody_notes
        """Note what came of the act, once it is done."""
        self._ack, self._late, self._out_of_time = ack, late, out_of_time
        self._lock = threading.Lock()
        self._done = threading.Event()

    @property
    def given(self) -> bool:
        """Whether Slack has its answer."""
        return self._done.is_set()

    def __call__(self, whole: How = "", **parts: Any) -> None:
        """Answer: in the acknowledgment if it is still to be given, else by the way that is left."""
        if not self._first(whole or parts):
            self._late(whole or parts)

    def arrived(self) -> None:
        """Acknowledge, and say no more; nothing happens where Slack has its answer."""
        self._first("")

    def run_out(self) -> bool:
        """Acknowledge because time has run out; tells whether that was necessary."""
        with self._lock:
            if self.given:
                return False
            self.ran_out = True
            self._say(self._out_of_time())
            return True

    def close(self) -> None:
        """Somebody else answers Slack."""
        self._done.set()

    def waited_for(self, seconds: float | None) -> BoltResponse | None:
        """The acknowledgment, once it is given; where nobody gives one in so many seconds, time has run out."""
        if not self._done.wait(seconds):
            self.run_out()
        return self._ack.response

    def _first(self, how: How) -> bool:
        with self._lock:
            if self.given:
                return False
            self._say(how)
            return True

    def _say(self, how: How) -> None:
        self._ack(how if isinstance(how, str) else {**how})
        self._done.set()


def _nobody_notes(_outcome: str) -> None:
    """Stand in where nobody looks on."""


class Watch(Protocol):
    """Knows how long Slack waits, and sees to it that it is answered by then."""

    answer_within: float | None
    """Seconds in which Slack is answered; None where nobody counts."""

    def over(self, answer: Answer, then: Callable[[Answer], object]) -> None:
        """Let an answer run out when its time is over, counted from now; `then` is done after that, if it did."""

    def look_ups(self) -> Callable[[], float]:
        """Begin to count; what it gives tells the seconds in which Slack may still be asked, 0 when they are over."""

    def settle(self) -> None:
        """Wait until Slack has put the modal of an acknowledgment on the screen, which must not cover what follows."""

    def at_the_door(self, check: Callable[[], None]) -> None:
        """Do what comes before an act, and raise what it raises; `OutOfTime` where Slack would wait in vain."""


class OutOfTime(Exception):
    """What comes before an act takes as long as Slack waits: the database does not answer, or the machine is slow."""


class NobodyCounts:
    """Where it does not matter how long something takes."""

    answer_within: float | None = None

    def over(self, answer: Answer, then: Callable[[Answer], object]) -> None:
        """Let it take as long as it takes."""

    def look_ups(self) -> Callable[[], float]:
        """Slack may be asked for as long as anybody waits for anything."""
        return lambda: threading.TIMEOUT_MAX

    def settle(self) -> None:
        """Nothing is on its way."""

    def at_the_door(self, check: Callable[[], None]) -> None:
        """Take the time that it takes."""
        check()


def keep(context: BoltContext, answer: Answer) -> None:
    """Let whoever handles the same request find its answer."""
    context[_KEY] = answer


def of(context: BoltContext) -> Answer | None:
    """The answer to a request; None for an event, which nobody waits for."""
    found = context.get(_KEY)
    return found if isinstance(found, Answer) else None
