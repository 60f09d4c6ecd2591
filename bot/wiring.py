"""The composition root: puts the bot together from its settings, starts it and stops it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from ssl import SSLContext, create_default_context
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient

import handlers
from bot import slack_answers, slack_errors
from bot.delivery import Courier
from bot.directory import SlackDirectory
from bot.seen import SeenRequests
from bot.settings import Settings
from bot.slack_errors import Failure
from bot.socket_line import CannotOpen
from bot.socket_mode import SocketMode
from bot.true_time import ListeningClient, TrueTime
from bot.watch import RealTime
from handlers.services import Services
from program import records
from program.context import Context
from scheduler import jobs
from scheduler.clock import Ticker
from scheduler.rehearsal import rehearse
from storage import damage, schema
from storage.database import Database, sqlite_warning

if TYPE_CHECKING:
    from bot.http import HttpServer

_log = logging.getLogger(__name__)

WORKERS = 16
"""Connections for reading; whoever wants one more waits for a moment."""

LISTENERS = 256
"""Listeners at work at once. Most of them wait for Slack to show something, and must not keep others from their ack."""

DISPATCHERS = 128
"""Requests that wait for their ack at once, for two seconds at most (`bot.watch`); threads are made when needed."""

TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Clocks:
    """What time it is: `now` for business, `monotonic` (seconds) for pacing, `idle_seconds` between two looks.

    Where they are `compared`, `now` is believed while it agrees with the other one and with Slack's clock.
    """

    now: Callable[[], datetime]
    monotonic: Callable[[], float] = time.monotonic
    idle_seconds: float = 1.0
    compared: bool = False


class CannotStart(Exception):
    """The bot cannot start; the text says what to do about it."""


class Bot:
    """A running bot: Slack's listeners, the clock and the delivery, around one database."""

    def __init__(self, settings: Settings, clocks: Clocks | None = None) -> None:
        """Connect the parts; raises `CannotStart`. Without `clocks`, it lives by the machine's."""
        clocks = clocks or Clocks(_utc_now, compared=not settings.trust_clock)
        self.settings = settings
        self._true_time = TrueTime(clocks.now, clocks.monotonic) if clocks.compared else None
        self._now = self._true_time.now if self._true_time else clocks.now
        self.client = slack_client(settings, true_time=self._true_time)
        self.workspace = _workspace(self.client)
        self.app = _app(settings, self.client)
        self.database = open_database(settings)
        self.ctx = Context(self.database, self._now, settings.admins, self._wake)
        if self._true_time:
            self._true_time.was(records.latest(self.ctx))
        self.directory = SlackDirectory(self.client, self.ctx, self.workspace, clocks.monotonic)
        self.courier = Courier(
            self.ctx,
            self.client,
            clocks.monotonic,
            look_up=self.directory.look_at,
            channels=self.directory.channels,
            alone=self.database.is_sqlite,
            idle_seconds=clocks.idle_seconds,
        )
        self.ticker = Ticker(self.tick, settings.tick_seconds)
        handlers.register(self.app, Services(self.ctx, self.workspace, self.directory, rehearse, RealTime()))
        self._socket: SocketMode | None = None
        self._server: HttpServer | None = None

    def start(self) -> None:
        """Begin to listen, to tick and to deliver; raises `CannotStart`."""
        self.listen()
        if self.database.is_sqlite and (warning := sqlite_warning()):
            _log.warning(warning)
        self.courier.start()
        self.ticker.start()
        _log.info("Reverse Mentor is running for workspace %s", self.workspace)

    def listen(self) -> None:
        """Begin to listen, as `start` does too. Whatever breaks this off, `CannotStart` or not, leaves nothing open."""
        if self._socket is not None or self._server is not None:
            return
        try:
            if self.settings.mode == "socket":
                self._connect()
            else:
                self._serve()
        except BaseException as problem:
            self._hang_up()
            self.database.close()
            if isinstance(problem, Exception):
                raise CannotStart(_not_listening(self.settings, problem)) from None
            raise

    def _connect(self) -> None:
        token = self.settings.app_token or ""
        self._socket = SocketMode(
            self.app, self.client, token, workers=DISPATCHERS, certificates=_certificates()
        )
        self._socket.connect()

    def _serve(self) -> None:
        # The web server's library is loaded only where there is one.
        from bot import http

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

    def _hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._server is not None:
            self._server.stop()

    def stop(self) -> None:
        """Stop listening first, then ticking and delivering; what is not delivered yet stays in the outbox."""
        with ExitStack() as ends:  # the last one first, and each of them whatever another raises
            ends.callback(self.database.close)
            ends.callback(self.courier.stop)
            ends.callback(self.ticker.stop)
            ends.callback(self._hang_up)
        _log.info("Reverse Mentor has stopped")

    def tick(self) -> None:
        """Do everything that is due because time has passed, or nothing while the time is in doubt."""
        if self._true_time and not self._true_time.is_sure(self.client.auth_test):
            return
        jobs.tick(self.ctx)
        self.directory.look_again()
        self.directory.look_for_admins()

    def _wake(self) -> None:
        self.courier.wake()

    def _seconds(self) -> float:
        return self._now().timestamp()


def slack_client(
    settings: Settings, true_time: TrueTime | None = None, logger: logging.Logger | None = None
) -> WebClient:
    """The client for every call to Slack. It never retries: the SDK would send a lost message a second time."""
    return ListeningClient(
        true_time.heard if true_time else _nobody_listens,
        token=settings.bot_token,
        base_url=settings.api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
        ssl=_certificates(),
        logger=logger,
    )


def _nobody_listens(_headers: object) -> None:
    """Stand in where the machine's clock is not compared with Slack's."""


@cache
def _certificates() -> SSLContext:
    """The certificates this machine trusts, read once; without them, Python 3.11 reads them anew for each call."""
    return create_default_context()


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


def _workspace(client: WebClient) -> str:
    try:
        return slack_answers.name(client.auth_test(), "team_id")
    except slack_errors.CALL_FAILED as problem:
        failure = slack_errors.classify(problem)
        advice = what_to_check(failure, "SLACK_BOT_TOKEN")
        raise CannotStart(f"Slack did not accept the bot ({failure.error}). {advice}") from None


def what_to_check(failure: Failure, setting: str) -> str:
    """What the operator can do about a call that failed while nothing runs that would repeat it."""
    if failure.kind in slack_errors.PASSING:
        return "Check that this machine reaches Slack (SLACK_API_URL, proxy, network), and try again."
    return f"Check {setting}. {failure.advice}"


def open_database(settings: Settings) -> Database:
    """The database, brought up to date; raises `CannotStart`."""
    try:
        database = Database(settings.database_url, readers=WORKERS)
        if found := database.check():
            raise CannotStart(f"{damage.sentence(database.url, found)} {damage.advice(database.url)}")
        schema.upgrade(database)
    except CannotStart:
        raise
    except schema.NewerDatabase as newer:
        raise CannotStart(str(newer)) from None
    except Exception as problem:  # noqa: BLE001 - whatever the driver raises, the operator gets a sentence
        raise cannot_use(problem) from None
    return database


def cannot_use(problem: Exception) -> CannotStart:
    """What to tell of a database that does not work."""
    _log.debug("The database cannot be used", exc_info=problem)
    # The driver's own words may hold the password, so only the kind is told.
    return CannotStart(
        f"The database cannot be used ({type(problem).__name__}). Check DATABASE_URL, that the folder can be "
        "written to, and that the server runs. LOG_LEVEL=DEBUG tells more."
    )


def _not_listening(settings: Settings, problem: Exception) -> str:
    failure = slack_errors.classify(problem)
    if settings.mode == "socket":
        error = str(problem) if isinstance(problem, CannotOpen) else failure.error
        return (
            f"Slack did not open a connection ({error}). "
            f"{what_to_check(failure, 'SLACK_APP_TOKEN, and that Socket Mode is on')}"
        )
    return (
        f"Cannot listen on {settings.http_host}, port {settings.http_port} ({type(problem).__name__}). "
        "Choose another with HTTP_HOST and HTTP_PORT."
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)
