"""A small Bolt app with the bot's Socket Mode client, in quick time, and a relay that ill-treats the bytes."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.transport.socket_line import Pulse
from bot.transport.socket_mode import SocketMode, Timing, silent_logger
from sandbox import AppConfig, Sandbox, Settings

QUICK = Timing(Pulse(0.1, 0.4), first_pause=0.05, longest_pause=0.2, settled=0.2, overlap=1.0)
"""The bot's timing, twenty to forty times as fast."""

CONFIG = AppConfig.from_manifest(
    {
        "display_information": {"name": "Tiny"},
        "features": {
            "bot_user": {"display_name": "Tiny"},
            "slash_commands": [{"command": "/tiny", "description": "does tiny things"}],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "users:read"]}},
        "settings": {
            "socket_mode_enabled": True,
            "event_subscriptions": {"bot_events": ["team_join"]},
        },
    }
)


class Ear:
    """An app that answers `/tiny` with what was typed; `heard` counts each text and each event."""

    def __init__(
        self, slack: Sandbox, timing: Timing = QUICK, client: WebClient | None = None, workers: int = 16
    ) -> None:
        client = client or WebClient(
            token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], logger=silent_logger()
        )
        self.heard: Counter[str] = Counter()
        self.before_ack: Callable[[], None] = lambda: None
        self.app = App(name="tiny", client=client, token_verification_enabled=False)
        self.app.command("/tiny")(self._command)
        self.app.event("team_join")(self._joined)
        self.mode = SocketMode(self.app, client, slack.app_token, workers=workers, timing=timing)

    def _command(self, ack: Ack, body: dict[str, Any]) -> None:
        self.heard[body["text"][:40]] += 1
        self.before_ack()
        ack(text=f"{len(body['text'])} characters")

    def _joined(self, event: dict[str, Any]) -> None:
        self.heard[event["user"]["id"]] += 1


@contextmanager
def listening(slack: Sandbox, timing: Timing = QUICK, client: WebClient | None = None) -> Iterator[Ear]:
    """An ear that is connected."""
    ear = Ear(slack, timing, client)
    ear.mode.connect()
    try:
        slack.wait_for_connection()
        yield ear
    finally:
        ear.mode.close()


def workspace(**settings: Any) -> AbstractContextManager[Sandbox]:
    """A workspace with the tiny app; Slack's redeliveries come in tenths of a second."""
    given = {"rate_clock": "off", "redelivery_seconds": (0.05, 0.1, 0.2)} | settings
    return Sandbox(CONFIG, settings=Settings(**given))


Treat = Callable[[bytes], list[tuple[float, bytes]]]
"""What becomes of some bytes on their way to the app: pieces, each after a wait in seconds."""


class RelayedClient(WebClient):
    """Names a relay's port instead of Slack's in the address of each line."""

    port = 0
    target = 0

    def apps_connections_open(self, **arguments: Any) -> Any:
        answer = super().apps_connections_open(**arguments)
        url = urlsplit(str(answer["url"]))
        answer.data["url"] = url._replace(netloc=f"127.0.0.1:{self.port}").geturl()  # type: ignore[index]  # the SDK's type is wider
        self.target = url.port or 0
        return answer


def as_it_is(data: bytes) -> list[tuple[float, bytes]]:
    """Pass it on."""
    return [(0.0, data)]


@contextmanager
def relayed(slack: Sandbox, treat: Treat = as_it_is, back: Treat = as_it_is) -> Iterator[WebClient]:
    """A client whose lines go through a relay that treats what Slack sends as `treat` says, after the handshake.

    `back` is for what the app sends, from its handshake on.
    """
    client = RelayedClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    listener = socket.create_server(("127.0.0.1", 0))
    client.port = listener.getsockname()[1]
    threads: list[threading.Thread] = []
    with listener:
        threads.append(_started(lambda: _accept(listener, client, treat, back, threads)))
        try:
            yield client
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def _started(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def _accept(
    listener: socket.socket,
    client: RelayedClient,
    treat: Treat,
    back: Treat,
    threads: list[threading.Thread],
) -> None:
    with contextlib.suppress(OSError):  # closed: the test is over
        while True:
            app, _ = listener.accept()
            slack = socket.create_connection(("127.0.0.1", client.target))
            for one in (app, slack):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threads.append(_started(partial(_pump, app, slack, back)))
            threads.append(_started(partial(_relay, slack, app, treat)))


def _relay(slack: socket.socket, app: socket.socket, treat: Treat) -> None:
    handshake = b""
    while not handshake.endswith(b"\r\n\r\n") and (one := slack.recv(1)):
        handshake += one
    app.sendall(handshake)
    _pump(slack, app, treat)


def _pump(source: socket.socket, target: socket.socket, treat: Treat) -> None:
    with contextlib.suppress(OSError), source, target:
        while data := source.recv(1 << 20):
            for wait, piece in treat(data):
                time.sleep(wait)
                target.sendall(piece)
        target.shutdown(socket.SHUT_RDWR)
