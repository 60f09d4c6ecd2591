"""A Web API request: its arguments, and the checks that every family of methods shares."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.backend import Backend
from sandbox.conversations import visible
from sandbox.errors import SlackError, invalid_arguments
from sandbox.events import HISTORY_SCOPE, READ_SCOPE
from sandbox.settings import Json
from sandbox.workspace import Conversation, Kind, Workspace

_TRUE = frozenset({"1", "true", "True", True})
WRITE_SCOPES: dict[Kind, tuple[str, ...]] = {
    "public": ("channels:manage",),
    "private": ("groups:write",),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}
INVITE_SCOPES: dict[Kind, tuple[str, ...]] = {
    "public": ("channels:manage", "channels:write.invites"),
    "private": ("groups:write", "groups:write.invites"),
    "im": ("im:write",),
    "mpim": ("mpim:write",),
}


@dataclass(frozen=True, slots=True)
class Request:
    """One call of one method, already authenticated; ``args`` are strings (form) or JSON values."""

    backend: Backend
    method: str
    args: Json

    @property
    def ws(self) -> Workspace:
        """The workspace."""
        return self.backend.ws

    def text(self, name: str) -> str:
        """Return an argument as text, empty when absent."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a boolean argument; forms carry ``1``, ``0``, ``true`` or ``false``."""
        value = self.args.get(name)
        return default if value is None or value == "" else value in _TRUE

    def number(self, name: str, error: str) -> int | None:
        """Return a whole-number argument, None when absent, else that error."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise SlackError(error) from None

    def ids(self, name: str) -> list[str]:
        """Return a list argument given as ``U1,U2``, as a JSON string or as a JSON array."""
        value = self.args.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = json.loads(value)
        items = value.split(",") if isinstance(value, str) else value or []
        return [str(i).strip() for i in items if str(i).strip()]

    def need(self, *names: str) -> None:
        """Refuse the call when an argument is absent (an empty one is there, and fails later)."""
        missing = [n for n in names if n not in self.args]
        if missing:
            raise invalid_arguments(*(f"[ERROR] missing required field: {n}" for n in missing))

    def require_scope(self, accepted: Sequence[str]) -> None:
        """Refuse the call unless one of these scopes is held."""
        held = self.ws.app.scopes
        if accepted and not held.intersection(accepted):
            raise SlackError("missing_scope", needed=",".join(accepted), provided=",".join(sorted(held)))

    def require_read(self, conversation: Conversation) -> None:
        """Ask for the ``…:read`` scope of that kind of conversation."""
        self.require_scope([READ_SCOPE[conversation.kind]])

    def require_history(self, conversation: Conversation) -> None:
        """Ask for the ``…:history`` scope of that kind of conversation."""
        self.require_scope([HISTORY_SCOPE[conversation.kind]])

    def conversation(self, name: str = "channel") -> Conversation:
        """Return the conversation an argument names, as far as the bot may know of it."""
        return visible(self.ws, self.text(name))

    def channel_only(self) -> Conversation:
        """Return the channel argument, refusing DMs and group DMs."""
        conversation = self.conversation()
        if conversation.kind in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        return conversation


Handler = Callable[[Request], Json]


def page(request: Request, items: Iterable[Any], default: int, most: int) -> tuple[list[Any], Json]:
    """Return one page and its ``response_metadata``; cursors are opaque, foreign ones ``invalid_cursor``."""
    limit = request.number("limit", "invalid_limit")
    if limit is not None and not 0 < limit <= most:
        raise SlackError("invalid_limit")
    everything, start = list(items), _position(request)
    end = start + (limit or default)
    cursor = _cursor(request.method, end) if end < len(everything) else ""
    return everything[start:end], {"next_cursor": cursor}


def _cursor(method: str, position: int) -> str:
    return base64.b64encode(f"{method}:{position}".encode()).decode()


def _position(request: Request) -> int:
    cursor = request.text("cursor")
    if not cursor:
        return 0
    try:
        method, _, position = base64.b64decode(cursor, validate=True).decode().rpartition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if method != request.method or not position.isdigit():
        raise SlackError("invalid_cursor")
    return int(position)
