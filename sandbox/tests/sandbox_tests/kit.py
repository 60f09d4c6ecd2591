"""What the sandbox's tests share: manifests, raw HTTP calls, small blocks, a raw socket, a Bolt app."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ssl import SSLContext, create_default_context
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.sync.client import ClientConnection, connect

from sandbox import AppConfig, Sandbox
from sandbox_tests.patience import PATIENCE

Json = dict[str, Any]
ALL_SCOPES = (
    "app_mentions:read channels:history channels:join channels:manage channels:read chat:write commands "
    "files:read files:write groups:history groups:read groups:write im:history im:read im:write mpim:history "
    "mpim:read mpim:write reactions:write team:read users.profile:read users:read users:read.email"
).split()
ALL_EVENTS = (
    "app_home_opened app_mention app_uninstalled channel_archive channel_deleted channel_rename "
    "channel_unarchive group_archive group_deleted group_rename group_unarchive member_joined_channel "
    "member_left_channel message.channels message.im message.mpim team_join tokens_revoked user_change"
).split()


def manifest(**changes: Any) -> Json:
    """Return the manifest of a small app called Tiny; ``changes`` replace scopes, events, commands …"""
    home = {"home_tab_enabled": True, "messages_tab_enabled": True, **changes.get("home", {})}
    command = {"command": "/tiny", "description": "does tiny things", **changes.get("command", {})}
    events: Json = {"bot_events": list(changes.get("events", ()))}
    interactivity: Json = {"is_enabled": changes.get("interactivity", True)}
    if "url" in changes:
        events["request_url"] = interactivity["request_url"] = command["url"] = changes["url"]
        interactivity["message_menu_options_url"] = changes["url"]
    return {
        "display_information": {"name": "Tiny"},
        "features": {
            "app_home": home,
            "bot_user": {"display_name": "Tiny"},
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(changes.get("scopes", ALL_SCOPES))}},
        "settings": {
            "socket_mode_enabled": "url" not in changes,
            "interactivity": interactivity,
            "event_subscriptions": events,
        },
    }


def config(**changes: Any) -> AppConfig:
    """Return Tiny's configuration."""
    return AppConfig.from_manifest(manifest(**changes))


def web_client(slack: Sandbox, token: str | None = None) -> WebClient:
    """Return a client that never retries on its own."""
    return WebClient(
        token=token or slack.bot_token,
        base_url=slack.api_url,
        retry_handlers=[],
        timeout=int(PATIENCE),
        ssl=_certificates(),
    )


@cache
def _certificates() -> SSLContext:
    """Nothing here is encrypted, but without them the SDK reads this machine's again for every socket."""
    return create_default_context()


def refused(call: Callable[..., Any], **args: Any) -> Json:
    """Return Slack's answer to a call that must fail."""
    try:
        call(**args)
    except SlackApiError as error:
        answer = error.response.data
        assert isinstance(answer, dict)
        assert answer["ok"] is False
        return answer
    raise AssertionError("the call succeeded")


def error_of(call: Callable[..., Any], **args: Any) -> str:
    """Return the error string of a call that must fail."""
    return str(refused(call, **args)["error"])


@dataclass
class Raw:
    """An HTTP answer as it came."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Json:
        """The JSON object."""
        found: Json = json.loads(self.text)
        return found


def http(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Raw:
    """Send a request without any library's help."""
    request = urllib.request.Request(url, data=body, headers=headers or {})  # noqa: S310  # as below
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  # the sandbox's own address
            return Raw(
                answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode()
            )
    except urllib.error.HTTPError as error:
        with error:
            return Raw(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode())


def form(slack: Sandbox, method: str, token: str | None = None, **args: str) -> Raw:
    """Call a method with a form body."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    headers["Authorization"] = f"Bearer {slack.bot_token if token is None else token}"
    return http(slack.api_url + method, urllib.parse.urlencode(args).encode(), headers)


def plain(text: str) -> Json:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    """Return a section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(text: str, action_id: str = "go", **more: Any) -> Json:
    """Return an actions block with one button."""
    element = {"type": "button", "action_id": action_id, "text": plain(text), **more}
    return {"type": "actions", "block_id": f"b_{action_id}", "elements": [element]}


def option(text: str, value: str | None = None) -> Json:
    """Return a menu option."""
    return {"text": plain(text), "value": value or text.lower()}


def field_block(label: str, block_id: str, element: Json, **more: Any) -> Json:
    """Return an input block whose element's action id is ``it``."""
    element = {"action_id": "it", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """Return a modal with a submit button."""
    return {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": list(blocks), **more}


class Ticking:
    """A business clock that moves only when told."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


@contextmanager
def raw_socket(slack: Sandbox) -> Iterator[ClientConnection]:
    """Open a Socket Mode connection by hand; the hello message is still to be received."""
    url = web_client(slack).apps_connections_open(app_token=slack.app_token)["url"]
    with connect(url, close_timeout=0.2) as socket:
        yield socket


def received(socket: ClientConnection, timeout: float = PATIENCE) -> Json:
    """Return the next message of a socket."""
    message: Json = json.loads(socket.recv(timeout))
    return message


def pressed(socket: ClientConnection) -> Json:
    """Return the next interaction; an event in between, such as a message told of once more, is acknowledged."""
    while (envelope := received(socket))["type"] != "interactive":
        if "envelope_id" in envelope:
            acknowledge(socket, envelope)
    return envelope


def acknowledge(socket: ClientConnection, envelope: Json, payload: Json | None = None) -> None:
    """Acknowledge an envelope."""
    answer = {"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload is not None else {})}
    socket.send(json.dumps(answer))


@dataclass
class Acting:
    """Something a person does in another thread while the test plays the app."""

    thread: threading.Thread
    results: list[Any] = field(default_factory=list)

    def result(self) -> Any:
        """Wait for the person and return what they got."""
        self.thread.join(PATIENCE)
        return self.results[0]


def meanwhile(act: Callable[[], Any]) -> Acting:
    """Start an act in the background."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(act()), daemon=True)
    thread.start()
    return Acting(thread, results)


@contextmanager
def bolt(slack: Sandbox) -> Iterator[App]:
    """Connect an empty Bolt app over Socket Mode; add listeners before people act."""
    app = App(name="Tiny", client=web_client(slack), signing_secret=slack.signing_secret)
    handler = SocketModeHandler(app, slack.app_token)
    handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    slack.wait_for_connection()
    try:
        yield app
    finally:
        # slack_sdk's reader sits out its 3 s receive timeout unless the other end hangs up first, and its
        # queue another second, which nobody needs to wait for.
        handler.client.auto_reconnect_enabled = False
        slack.faults.cut_sockets()
        threading.Thread(target=handler.close, daemon=True).start()


def keeping(found: list[Any], read: Callable[[Json], Any]) -> Callable[..., None]:
    """Return a listener that acknowledges and keeps what ``read`` takes from the request's body."""

    def listener(ack: Any, body: Json) -> None:
        ack()
        found.append(read(body))

    return listener


def action_of(body: Json) -> Json:
    """Return the action of a block_actions payload."""
    (action,) = body["actions"]
    found: Json = action
    return found


def eventually(check: Callable[[], bool]) -> bool:
    """Return whether something that no condition announces came true in time."""
    deadline = time.monotonic() + PATIENCE
    while not check():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True
