"""The gallery: an app that shows any blocks it is given, and remembers what it hears of them."""

from __future__ import annotations

import re
import threading
from types import TracebackType
from typing import Any, Self

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox import Sandbox
from sandbox_tests.kit import web_client

Json = dict[str, Any]
ANYTHING = re.compile(".*")
MANIFEST: Json = {
    "display_information": {"name": "Gallery"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Gallery"},
        "slash_commands": [{"command": "/show", "description": "Open the form on show"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "files:read", "files:write"]}},
    "settings": {"interactivity": {"is_enabled": True}, "socket_mode_enabled": True},
}


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def field(label: str, element: Json, **more: Any) -> Json:
    """An input block whose element is called by its label."""
    element = {"action_id": label, **element}
    return {"type": "input", "block_id": label, "label": words(label), "element": element, **more}


def close(handler: SocketModeHandler) -> None:
    """Close an app's connection behind the test's back, once no reconnect is under way.

    slack_sdk 3.47 loses the new socket otherwise: its Connection.disconnect asks whether there is a socket before it
    takes its locks, so of two threads that close the old one, the one that is connecting fails half-way.
    """
    with handler.client.connect_operation_lock:
        handler.client.auto_reconnect_enabled = False
    threading.Thread(target=handler.close, daemon=True).start()  # it takes the library a second or two


class Gallery:
    """Use it as a context manager; ``heard`` are the actions in order, ``submitted`` the values of each form."""

    def __init__(self, slack: Sandbox) -> None:
        self.slack = slack
        self.client = web_client(slack)
        self.heard: list[Json] = []
        self.submitted: list[Json] = []
        self.options: Json = {"options": []}
        self._form: Json = {}
        self._handler = SocketModeHandler(self._listening(), slack.app_token)

    def __enter__(self) -> Self:
        self._handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        self.slack.wait_for_connection()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        close(self._handler)

    def shows(self, *blocks: Json) -> None:
        """Let ``/show`` open a form of these blocks."""
        self._form = {"type": "modal", "title": words("On show"), "submit": words("Send"), "blocks": blocks}

    def posts(self, *blocks: Json, **more: Any) -> None:
        """Post a message of these blocks in #food."""
        self.client.chat_postMessage(channel=self.food, text="On show", blocks=blocks, **more)

    @property
    def food(self) -> str:
        return next(c.id for c in self.slack.backend.ws.conversations.values() if c.name == "food")

    def _listening(self) -> App:
        app = App(client=self.client)

        @app.command("/show")
        def show(ack: Ack, body: Json, client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=self._form)

        @app.action(ANYTHING)
        def hear(ack: Ack, action: Json) -> None:
            self.heard.append(action)
            ack()

        @app.view(ANYTHING)
        def take(ack: Ack, view: Json) -> None:
            values = view["state"]["values"]
            self.submitted.append({label: next(iter(found.values())) for label, found in values.items()})
            ack()

        @app.options(ANYTHING)
        def offer(ack: Ack) -> None:
            ack(**self.options)

        return app
