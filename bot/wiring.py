"""The composition root: puts the bot together from its settings, starts it and stops it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient

import handlers
from bot import limits, running, starting
from bot.client import START_SECONDS, certificates, slack_client
from bot.delivery.courier import Courier
from bot.meanwhile import Meanwhile
from bot.monitoring.acts import WatchedActs
from bot.monitoring.metrics import Metrics
from bot.monitoring.outage_lines import OUTAGE
from bot.settings import Settings
from bot.slack import errors as slack_errors
from bot.slack.directory import SlackDirectory
from bot.slack.fields import SlackFields
from bot.slack.granted import Granted
from bot.starting import CannotStart
from bot.transport.seen import SeenRequests
from bot.transport.socket_mode import DISPATCHERS, SocketMode, silent_logger
from bot.transport.watch import RealTime
from bot.true_time import TrueTime
from bot.watching import Watching
from handlers.services import Services
from program import wrong_clocks
from program.context import Context
from scheduler import jobs
from scheduler.clock import Ticker
from scheduler.rehearsal import rehearse
from storage.database import sqlite_warning

if TYPE_CHECKING:
    from bot.transport.http import HttpServer

_log = logging.getLogger(__name__)

LISTENERS = 256
"""Listeners at work at once. Most of them wait for Slack to show something, and must not keep others from their ack."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What time it is: `now` for business, `monotonic` (seconds) for pacing, `idle_seconds` between two looks.

    Where they are `compared`, `now` is believed while it agrees with the other one and with Slack's clock.
    """

    now: Callable[[], datetime]
    monotonic: Callable[[], float] = time.monotonic
    idle_seconds: float = 1.0
    compared: bool = False


class Bot:
    """A running bot: Slack's listeners, the clock and the delivery, around one database."""

    def __init__(
        self, settings: Settings, clocks: Clocks | None = None, meanwhile: Meanwhile | None = None
    ) -> None:
        """Connect the parts; raises `CannotStart`. Without `clocks`, it lives by the machine's.

        `meanwhile` is what was begun while this was loaded.
        """
        clocks = clocks or Clocks(_utc_now, compared=not settings.trust_clock)
        self.settings = settings
        self._true_time = TrueTime(clocks.now, clocks.monotonic) if clocks.compared else None
        self._now = self._true_time.now if self._true_time else clocks.now
        self.metrics = Metrics()
        # Whoever makes a call tells what came of it; the SDK would say the same once more.
        self._granted = Granted()
        self.client = slack_client(settings, self._heard, logger=silent_logger())
        # It asks for the lines of Socket Mode too, where a call that was given up costs nothing.
        self._asking = slack_client(settings, self._heard, logger=silent_logger(), timeout=START_SECONDS)
        self._meanwhile = meanwhile
        is_sound = meanwhile.is_sound if meanwhile else starting.nobody_looked
        found = starting.ready(settings, self._asking, is_sound)
        self.workspace, self.database, self._found = found.workspace.id, found.database, found
        try:
            self._put_together(clocks)
        except BaseException:
            self._let_go()
            raise

    def _put_together(self, clocks: Clocks) -> None:
        self.app = _app(self.settings, self.client)
        self.ctx = self._surroundings()
        self.database.worked = OUTAGE.over
        self.database.name_damage()
        if self._true_time:
            with starting.telling(self.settings.database_url):
                latest = wrong_clocks.latest(self.ctx)
            self._true_time.was(latest)
        self.directory = SlackDirectory(self.client, self.ctx, self.workspace, clocks.monotonic)
        self.fields = SlackFields(self.client, self.ctx, self.workspace, self._granted)
        self.courier = self._delivery(clocks)
        self.watching = Watching(
            self.settings, self.ctx, self.client, self.metrics, self.courier, self._what_ails_the_line
        )
        self.ticker = Ticker(self.tick, self.settings.tick_seconds)
        handlers.register(self.app, self._services())
        self._socket: SocketMode | None = None
        self._server: HttpServer | None = None

    def _surroundings(self) -> Context:
        settings = self.settings
        return Context(
            self.database,
            self._now,
            settings.admins,
            self._wake,
            timed=self.metrics.timed,
            keeps=settings.keeps,
            keeps_audit=settings.keeps_audit,
        )

    def _delivery(self, clocks: Clocks) -> Courier:
        return Courier(
            self.ctx,
            self.client,
            clocks.monotonic,
            look_up=self.directory.look_at,
            channels=self.directory.channels,
            alone=self.database.is_sqlite,
            idle_seconds=clocks.idle_seconds,
            metrics=self.metrics,
        )

    def _services(self) -> Services:
        return Services(
            self.ctx,
            self.workspace,
            self.directory,
            rehearse,
            RealTime(),
            WatchedActs(self.metrics),
            self._granted.may_send_files,
            self.fields,
        )

    def start(self) -> None:
        """Begin to listen, to tick and to deliver. Raises `CannotStart`, and nothing of it goes on then."""
        self.listen()
        if self.database.is_sqlite and (warning := sqlite_warning()):
            _log.warning(warning)
        with ExitStack() as undo:
            undo.callback(self._let_go)
            undo.callback(self._hang_up)
            with starting.telling(self.settings.database_url):
                self.courier.start()
                undo.callback(self.courier.stop)
                self.ticker.start()
                undo.callback(self.ticker.stop)
                door = self._server.address if self._server else None
                _log.info("%s", running.sentence(self.settings, self._found, self.ctx, door))
            self.watching.begin()
            undo.pop_all()

    def listen(self) -> None:
        """Begin to listen, as `start` does too. Whatever breaks this off, `CannotStart` or not, leaves nothing open."""
        if self._socket is not None or self._server is not None:
            return
        if self._found.lock is not None:
            self._found.lock.works()
        try:
            self.watching.listen()
            if self.settings.mode == "socket":
                self._connect()
            else:
                self._serve()
        except BaseException as problem:
            self._hang_up()
            self._let_go()
            if isinstance(problem, Exception) and not isinstance(problem, CannotStart):
                raise _not_listening(self.settings, problem) from None
            raise

    def _let_go(self) -> None:
        """Close the database, and leave it to whoever wants it next."""
        with ExitStack() as ends:
            if self._found.lock is not None:
                ends.callback(self._found.lock.release)
            ends.callback(self.database.close)

    def _connect(self) -> None:
        if self._meanwhile and (line := self._meanwhile.line(self.app)):
            self._socket = line
            return
        token = self.settings.app_token or ""
        self._socket = SocketMode(
            self.app, self._asking, token, workers=DISPATCHERS, certificates=certificates()
        )
        self._socket.connect()

    def _serve(self) -> None:
        # The web server's library is loaded only where there is one.
        from bot.transport import http

        self._server = http.serve(
            self.app,
            host=self.settings.http_host,
            port=self.settings.http_port,
            signing_secret=self.settings.signing_secret or "",
            now=self._seconds,
            seen=SeenRequests(self.database, self._seconds),
            doubt=self._doubt,
        )

    def _doubt(self) -> str:
        clock = self._true_time.doubt() if self._true_time else ""
        return "\n".join(filter(None, (clock, self.courier.doubt())))

    def _what_ails_the_line(self) -> str:
        if self._server is not None:
            return "" if self._server.is_alive else "nobody listens for Slack's requests"
        return "" if self._socket is not None and self._socket.is_connected else "there is no line to Slack"

    def _hang_up(self) -> None:
        self.watching.end()
        if self._socket is not None:
            self._socket.close()
        if self._server is not None:
            self._server.stop()

    def stop(self) -> None:
        """Stop listening first, then ticking and delivering; what is not delivered yet stays in the outbox."""
        with ExitStack() as ends:  # the last one first, and each of them whatever another raises
            ends.callback(self._let_go)
            ends.callback(self.courier.stop)
            ends.callback(self.ticker.stop)
            ends.callback(self._hang_up)
        _log.info("Reverse Mentor has stopped")

    def tick(self) -> None:
        """Do everything that is due because time has passed, or nothing while the time is in doubt."""
        with self.watching.tick(self._seconds):
            if self._true_time and not self._true_time.is_sure(self.client.auth_test):
                return
            jobs.tick(self.ctx, self.metrics.tick_failed)
            self.directory.look_again()
            self.directory.look_for_admins()
            self.fields.look()

    def _heard(self, headers: Mapping[str, str]) -> None:
        self._granted.heard(headers)
        if self._true_time:
            self._true_time.heard(headers)

    def _wake(self) -> None:
        self.courier.wake()

    def _seconds(self) -> float:
        return self._now().timestamp()


def slack_app(settings: Settings, client: WebClient) -> App:
    """The Bolt app, with its limits in step with ours."""
    return App(
        # Without a name, Bolt looks for one in the whole call stack, and reads source files for it.
        name="Reverse Mentor",
        client=client,
        signing_secret=settings.signing_secret,
        # Else Bolt asks Slack who the bot is while the first person waits for an answer.
        token_verification_enabled=True,
        # An action without a listener is a defect and must be seen, not answered with a silent 404.
        raise_error_for_unhandled_request=True,
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener"),
    )


def _app(settings: Settings, client: WebClient) -> App:
    try:
        return slack_app(settings, client)
    except (BoltError, *slack_errors.CALL_FAILED):
        raise CannotStart(
            "Slack accepted the bot and then did not. Please start it again in a minute."
        ) from None


def _not_listening(settings: Settings, problem: Exception) -> CannotStart:
    if too_little := limits.of(problem):
        return CannotStart(too_little)
    if not isinstance(problem, slack_errors.CALL_FAILED):
        return _own_error(problem)
    if settings.mode == "socket":
        return starting.no_line(settings, problem)
    if isinstance(problem, OSError):
        names = "HTTP_HOST and HTTP_PORT"
        return starting.port_taken(settings.http_host, settings.http_port, problem, names)
    return _own_error(problem)


def _own_error(problem: Exception) -> CannotStart:
    _log.debug("The start failed", exc_info=problem)
    return CannotStart(
        f"The bot cannot start because of an error of its own ({type(problem).__name__}). "
        "Please report it with what LOG_LEVEL=DEBUG tells."
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)
