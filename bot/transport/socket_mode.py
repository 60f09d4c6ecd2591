"""Socket Mode: keeps one line to Slack open at all times, and hands what comes over it to Bolt.

docs/decisions/0017-socket-mode-client.md says why none of the SDK's clients does this.
"""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from queue import SimpleQueue
from ssl import SSLContext
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack import errors as slack_errors
from bot.slack.errors import Failure, FailureKind
from bot.transport.envelopes import Envelopes, Handles
from bot.transport.socket_line import Line, Pulse

_log = logging.getLogger(__name__)

DISPATCHERS: Final = 128
"""Requests of a bot that wait for their ack at once, two seconds at most; threads come when needed."""

LONGEST_PAUSE: Final = 300.0
"""Seconds; a longer Retry-After would leave the bot deaf for what may be a mistake."""

REFUSED_PAUSE: Final = 30.0
"""Seconds between two tries while Slack refuses the token or the app."""

_FINISH_SECONDS: Final = 3.0
"""Slack waits so long for an answer; at a stop, there is no use in finishing later."""

_LEAVE_SECONDS: Final = 1.0
_REFUSALS: Final = (FailureKind.DEAD_TOKEN, FailureKind.CONFIG)


@dataclass(frozen=True, slots=True)
class Timing:
    """How lines are watched and replaced; all in seconds."""

    pulse: Pulse = field(default_factory=Pulse)
    first_pause: float = 1.0
    """The first try is at once, the second after about so long, each further one after twice that."""

    longest_pause: float = 5.0
    """How late the bot may notice that Slack is back; 12 to 24 calls a minute, of the 50 that Slack permits."""

    settled: float = 2.0
    """A line that lived shorter counts as a failed try: whoever accepts and drops lines is not asked in a loop."""

    overlap: float = 30.0
    """How long a line that Slack replaces is still read, if Slack does not end it before, which it does."""

    answer: float = 3.0
    """How long an answer waits for a new line when its own has gone: as long as Slack waits for it."""


def pause(tries: int, timing: Timing, failure: Failure | None = None) -> float:
    """Seconds before the next try after so many that failed, the last with `failure`; with a random part.

    The random part keeps the bots of many workspaces from knocking all at once when Slack is back.
    """
    if tries == 0:
        return 0.0
    longest = min(timing.longest_pause, timing.first_pause * 2.0 ** min(tries - 1, 30))
    waits = longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, keeps no secret
    if failure is not None and failure.kind in _REFUSALS:
        waits = max(waits, REFUSED_PAUSE)
    if failure is not None and failure.retry_after is not None:
        waits = max(waits, min(failure.retry_after, LONGEST_PAUSE))
    return waits


def silent_logger() -> logging.Logger:
    """For the client of `SocketMode`: the SDK logs an error for each try of an outage, and this module one for all."""
    logger = logging.getLogger(f"{__name__}.calls")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


@dataclass(frozen=True, slots=True)
class _Change:
    """A line has ended, or Slack asked for another one."""

    line: Line
    reason: str


class SocketMode:
    """The bot's ear: `connect` once, `close` once."""

    def __init__(
        self,
        app: Handles,
        client: WebClient,
        app_token: str,
        *,
        workers: int,
        certificates: SSLContext | None = None,
        timing: Timing | None = None,
    ) -> None:
        """`client` asks for the address of each line, and `silent_logger` is for it.

        At most `workers` envelopes are handled at once.
        """
        self._client, self._token, self._certificates = client, app_token, certificates
        self._timing = timing or Timing()
        self._envelopes = Envelopes(app)
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="socket-mode")
        self._changes: SimpleQueue[_Change | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._line: Line | None = None
        self._readers: dict[Line, threading.Thread] = {}
        self._at_work: set[Future[None]] = set()
        self._tries = 0
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="socket-keeper", daemon=True)

    @property
    def is_connected(self) -> bool:
        """Whether there is an open line."""
        line = self._line
        return line is not None and line.is_open

    def connect(self) -> None:
        """Open the first line; raises what the call or the handshake raised, but waits as long as Slack tells it to."""
        while True:
            try:
                line = self._open()
                break
            except slack_errors.CALL_FAILED as problem:
                failure = slack_errors.classify(problem)
                if failure.kind is not FailureKind.RATE_LIMITED:
                    raise
            waits = pause(1, self._timing, failure)
            _log.warning("Slack asked the bot to wait %.0f seconds before it connects", waits)
            if self._stopping.wait(waits):
                return
        self._adopt(line)
        self._keeper.start()

    def close(self) -> None:
        """Finish what is being handled, take leave of Slack, and end. What is not answered then, Slack sends again."""
        self._stopping.set()
        self._changes.put(None)
        wait(set(self._at_work), _FINISH_SECONDS)
        with self._changed:
            readers = dict(self._readers)
            self._changed.notify_all()
        for line in readers:
            line.hang_up()
        ends = time.monotonic() + _LEAVE_SECONDS
        for reader in readers.values():
            if reader.is_alive():  # not yet, where a start was broken off
                reader.join(max(0.0, ends - time.monotonic()))
        for line, reader in readers.items():
            line.cut()
            if reader.is_alive():
                reader.join(_LEAVE_SECONDS)
        self._workers.shutdown(wait=False, cancel_futures=True)
        if self._keeper.is_alive():
            self._keeper.join(_LEAVE_SECONDS)  # a call that hangs is left behind: the thread is a daemon

    # Lines

    def _open(self) -> Line:
        answer = self._client.apps_connections_open(app_token=self._token)
        return Line(str(answer["url"]), self._timing.pulse, self._certificates)

    def _adopt(self, line: Line) -> None:
        reader = threading.Thread(target=self._read, args=(line,), name="socket-reader", daemon=True)
        with self._changed:
            if self._stopping.is_set():
                line.hang_up()
                line.cut()
                line.close()
                return
            self._line = line
            self._readers[line] = reader
            reader.start()
            self._changed.notify_all()

    def _read(self, line: Line) -> None:
        reason = line.read(lambda message: self._take(line, message))
        with self._changed:
            self._readers.pop(line, None)
        self._changes.put(_Change(line, reason))
        line.close()

    def _keep(self) -> None:
        """Replace the newest line whenever it ends or Slack asks for it, until the end."""
        while (change := self._changes.get()) is not None:
            if change.line is self._line and not self._stopping.is_set():
                self._replace(change)

    def _replace(self, change: _Change) -> None:
        """Open another line, however long it takes; the old one is read meanwhile, if it still lives."""
        self._tries = 0 if change.line.age > self._timing.settled else self._tries + 1
        outage = _Outage(change)
        failure: Failure | None = None
        while not self._stopping.wait(pause(self._tries, self._timing, failure)):
            outage.notice()
            try:
                line = self._open()
            except Exception as problem:  # noqa: BLE001 - whatever it is, the next try may work
                failure = slack_errors.classify(problem)
                self._tries += 1
                outage.add(failure)
                continue
            change.line.retire(self._timing.overlap)
            self._adopt(line)
            outage.ends()
            return

    # Envelopes

    def _take(self, line: Line, message: str | bytes) -> None:
        envelope = _loaded(message)
        if envelope.get("type") == "disconnect":
            self._changes.put(_Change(line, str(envelope.get("reason"))))
        elif (request := SocketModeRequest.from_dict(envelope)) is not None:
            self._submit(line, request)

    def _submit(self, line: Line, request: SocketModeRequest) -> None:
        try:
            work = self._workers.submit(
                self._envelopes.handle, request, lambda answer: self._answer(line, answer)
            )
        except RuntimeError:  # closed: nobody is left to handle it
            return
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)

    def _answer(self, line: Line, answer: str) -> None:
        """Send an answer over the line its envelope came from, or over the one that has replaced it."""
        if line.send(answer):
            return
        with self._changed:
            self._changed.wait_for(
                lambda: self._stopping.is_set() or (self._line is not line and self.is_connected),
                self._timing.answer,
            )
            newest = self._line
        if newest is None or newest is line or not newest.send(answer):
            _log.warning("An answer was lost with the connection it was meant for; Slack sends events again")


class _Outage:
    """Tells the log when there is no line, and when there is one again: a line each."""

    def __init__(self, change: _Change) -> None:
        self._change = change
        self._since = time.monotonic()
        self._lost = self._refused = False
        self.notice()

    def notice(self) -> None:
        """Say so, once, if the old line is gone before there is a new one."""
        if not self._lost and not self._change.line.is_open:
            self._lost = True
            _log.warning("The connection to Slack is lost (%s); the bot connects again", self._change.reason)

    def add(self, failure: Failure) -> None:
        """Say, once, what only the operator can change."""
        self.notice()
        if not self._refused and failure.kind in _REFUSALS:
            self._refused = True
            _log.error("Slack does not let the bot connect (%s). %s", failure.error, failure.advice)

    def ends(self) -> None:
        """There is a line again."""
        if self._lost or self._refused:
            _log.warning("The connection to Slack is back after %.0f seconds", time.monotonic() - self._since)


def _loaded(message: str | bytes) -> dict[str, Any]:
    """A message of Slack's; empty for what is none."""
    try:
        loaded = json.loads(message)
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}
