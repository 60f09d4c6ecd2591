"""The sandbox: a Slack workspace with one app installed, started and stopped like a server."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from sandbox.admin import Admin
from sandbox.backend import Backend
from sandbox.clock import Clock, Now
from sandbox.faults import Faults
from sandbox.ids import Tokens
from sandbox.interactions import Interactions
from sandbox.manifest import AppConfig
from sandbox.page import Page, Show, TimeControl, Tour
from sandbox.record import Call, Calls, Happening, History
from sandbox.server import Server
from sandbox.settings import PATIENCE, RateClock, Settings
from sandbox.shown import Channel, Message

T = TypeVar("T")


class Sandbox(Admin):
    """A local stand-in for Slack; use it as a context manager or with ``start`` and ``stop``.

    ``now`` gives business time (aware datetimes) for timestamps; all waiting runs on real time.
    ``settings`` replaces ``time_scale`` and ``rate_clock``, which are short for the two most used ones.
    ``time``, ``tour`` and ``show`` are what the program around it offers to whoever opens the page.
    """

    def __init__(
        self,
        app: AppConfig,
        *,
        now: Now | None = None,
        time_scale: float = 1.0,
        rate_clock: RateClock | None = None,
        settings: Settings | None = None,
        tokens: Tokens | None = None,
        time: TimeControl | None = None,
        tour: Tour | None = None,
        show: Show | None = None,
    ) -> None:
        chosen = settings or Settings(time_scale=time_scale, rate_clock=rate_clock or "real")
        super().__init__(Backend.create(app, chosen, Clock(now), tokens))
        self._page = Page(self._stage, lambda: self.connections, time, tour, show)
        self._server = Server(self.backend, self._page.routes)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Serve on loopback; ports are chosen by the system unless the settings name them."""
        self._server.start()
        assert self._server.deliveries is not None, "start() returns when the server is ready"
        self._stage.interactions = Interactions(self.backend, self._server.deliveries)

    def stop(self) -> None:
        """Stop serving."""
        self._page.close()
        self._server.stop()

    # The app

    @property
    def api_url(self) -> str:
        """The base URL for Web API clients, with a trailing slash."""
        return f"{self.backend.base_url}/api/"

    @property
    def page_url(self) -> str:
        """The address of the page for a browser on this machine."""
        return f"{self.backend.base_url}/"

    def acted_as(self, *, busy: bool = False) -> frozenset[str]:
        """Whom somebody acts as on an open page now, by id; ``busy``: only those they did something as since."""
        return self._page.visits.acted_as(busy=busy)

    @property
    def bot_token(self) -> str:
        """The bot token (``xoxb-…``)."""
        return self._ws.app.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token (``xapp-…``) with ``connections:write``."""
        return self._ws.app.app_token

    @property
    def signing_secret(self) -> str:
        """The secret that signs HTTP deliveries."""
        return self._ws.app.signing_secret

    @property
    def bot_user_id(self) -> str:
        """The bot's user id."""
        return self._ws.bot

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self._ws.app.app_id

    @property
    def team_id(self) -> str:
        """The workspace's id."""
        return self._ws.team_id

    # What happened

    @property
    def calls(self) -> Calls:
        """Every Web API call, as the app saw it answered."""
        return self._ws.record.calls

    @property
    def responses(self) -> History[Call]:
        """Every answer of the app through a ``response_url``, as a call of that name."""
        return self._ws.record.responses

    @property
    def timeline(self) -> History[Happening]:
        """What people did and what the app posted, oldest first; ``subscribe`` to follow it live."""
        return self._ws.record.timeline

    @property
    def refusals(self) -> History[str]:
        """Answers of the app that Slack would have thrown away, with the reason."""
        return self._ws.record.refusals

    @property
    def faults(self) -> Faults:
        """The switchboard of failures."""
        return self.backend.faults

    def messages(self, channel: Channel) -> list[Message]:
        """Return a conversation's messages, oldest first."""
        return channel.messages

    def duplicates(self) -> list[tuple[Message, Message]]:
        """Return pairs of app messages that look like one message sent twice.

        Within one conversation and thread: the same metadata payload or, without metadata, the same content.
        """
        with self._ws.lock:
            return [p for c in self._ws.conversations for p in _twice(self.channel(c))]

    # Waiting

    def wait_for(self, look: Callable[[], T | None], timeout: float) -> T | None:
        """Return what ``look`` finds, looking again after every change; None after ``timeout`` seconds."""
        return self._ws.wait_for(look, timeout)

    def wait_for_connection(self, timeout: float = 10.0 * PATIENCE, count: int = 1) -> None:
        """Wait until the app has that many sockets open; TimeoutError otherwise."""
        hub = self._server.hub
        if not self.wait_for(lambda: hub.connections >= count, timeout):
            raise TimeoutError(f"{hub.connections} sockets are open after {timeout} s, not {count}")

    @property
    def connections(self) -> int:
        """How many sockets the app has open."""
        return self._server.hub.connections

    def settle(self, timeout: float = 5.0 * PATIENCE) -> bool:
        """Wait until no event is on its way to the app; return whether that came true."""
        assert self._server.deliveries is not None, "the sandbox has been started"
        return self._server.deliveries.wait_until_quiet(timeout)

    def verify_request_url(self) -> bool:
        """Send url_verification to the events request URL; return whether the app passed."""
        assert self._server.http is not None, "the sandbox has been started"
        return self._server.do(self._server.http.verify_events_url())


def _twice(channel: Channel) -> list[tuple[Message, Message]]:
    first: dict[str, Message] = {}
    found = []
    for message in channel.messages:
        if message.by_app:
            key = _identity(message)
            if key in first:
                found.append((first[key], message))
            first.setdefault(key, message)
    return found


def _identity(message: Message) -> str:
    if message.metadata is not None:
        return json.dumps(message.metadata["event_payload"], sort_keys=True)
    return json.dumps([message.thread_ts, message.text, message.full_text])
