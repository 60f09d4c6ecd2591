"""Views: modals on a stack per person, and Home tabs."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox import form
from sandbox.block_kit import MAX_VIEW_BYTES, check_view, view_bytes
from sandbox.blocks import completed
from sandbox.errors import SlackError, invalid_arguments
from sandbox.settings import Json
from sandbox.workspace import Workspace

STACK_LIMIT = 3
"""One opened and two pushed views (docs.slack.dev/surfaces/modals)."""


@dataclass(slots=True)
class View:
    """A modal or Home tab on somebody's screen, with what they have filled in so far."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    values: form.Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    version: int = 1

    @property
    def kind(self) -> str:
        """``modal`` or ``home``."""
        return str(self.body["type"])

    @property
    def blocks(self) -> list[Json]:
        """The blocks as Slack stored them."""
        blocks: list[Json] = self.body["blocks"]
        return blocks


class Views:
    """Every open view: stacks of at most three modals per person, one Home tab each."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._open: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def top(self, user: str) -> View | None:
        """Return the modal on top of that person's screen."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, body: Json) -> View:
        """Show a modal; whatever modal was open is gone."""
        for view in self.stacks.pop(user, []):
            self._open.pop(view.id, None)
        return self._shown(user, body)

    def push(self, user: str, body: Json) -> View:
        """Put a modal on top of the open one; the fourth is ``push_limit_reached``."""
        stack = self.stacks.get(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        return self._shown(user, body, under=stack[-1])

    def _shown(self, user: str, body: Json, under: View | None = None) -> View:
        self._check_external_id(body, None)
        view_id = self._ws.ids.next("V")
        view = View(
            view_id, user, body, _hash(), under.root if under else view_id, under.id if under else None
        )
        view.values = form.initial_values(view.blocks)
        self._open[view_id] = view
        self.stacks.setdefault(user, []).append(view)
        self._ws.touch()
        return view

    def update(self, view: View, body: Json, given_hash: str | None = None) -> View:
        """Replace a view's content; what was typed stays where the field stays."""
        if given_hash and given_hash != view.hash:
            raise SlackError("hash_conflict")
        if body["type"] != view.kind:
            raise invalid_arguments(f"[ERROR] unsupported type: {body['type']} [json-pointer:/view/type]")
        self._check_external_id(body, view)
        view.body, view.hash, view.errors = body, _hash(), {}
        view.values = form.carried_over(view.values, view.blocks)
        view.version += 1
        self._ws.touch()
        return view

    def publish(self, user: str, body: Json, given_hash: str | None) -> View:
        """Set somebody's Home tab; it keeps its id from then on."""
        existing = self.homes.get(user)
        if existing is not None:
            return self.update(existing, body, given_hash)
        self._check_external_id(body, None)
        view_id = self._ws.ids.next("V")
        view = View(view_id, user, body, _hash(), view_id, values=form.initial_values(body["blocks"]))
        self._open[view_id] = self.homes[user] = view
        self._ws.touch()
        return view

    def find(self, view_id: str | None, external_id: str | None) -> View:
        """Return an open view by id or external id; a closed one is ``not_found``."""
        if view_id is not None and view_id in self._open:
            return self._open[view_id]
        for view in self._open.values():
            if external_id and view.body.get("external_id") == external_id:
                return view
        raise SlackError("not_found")

    def close(self, view: View) -> None:
        """Take a modal off the screen."""
        stack = self.stacks.get(view.user, [])
        if view in stack:
            stack.remove(view)
        self._open.pop(view.id, None)
        self._ws.touch()

    def _check_external_id(self, body: Json, own: View | None) -> None:
        external = body.get("external_id")
        if external and any(
            v.body.get("external_id") == external for v in self._open.values() if v is not own
        ):
            raise SlackError("duplicate_external_id")


def checked_view(raw: Any, kind: str | None = None) -> Json:
    """Return a view as Slack stores it; raise ``view_too_large`` or ``invalid_arguments`` with reasons."""
    view = _decoded(raw)
    if view_bytes(view) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")
    reasons = check_view(view)
    if reasons:
        raise invalid_arguments(*reasons)
    if kind and view["type"] != kind:
        raise invalid_arguments(f"[ERROR] unsupported type: {view['type']} [json-pointer:/view/type]")
    return {**view, "blocks": completed(view["blocks"])}


def _decoded(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except json.JSONDecodeError:
        raise invalid_arguments("[ERROR] must be valid JSON [json-pointer:/view]") from None


def view_json(ws: Workspace, view: View, *, state: bool = True) -> Json:
    """Return a view as responses and payloads carry it."""
    own = {k: view.body.get(k) for k in ("title", "submit", "close")}
    return {
        "id": view.id,
        "team_id": ws.team_id,
        "type": view.kind,
        "blocks": view.blocks,
        "private_metadata": view.body.get("private_metadata", ""),
        "callback_id": view.body.get("callback_id", ""),
        "state": form.state_json(view.values) if state else {"values": {}},
        "hash": view.hash,
        **own,
        "clear_on_close": bool(view.body.get("clear_on_close", False)),
        "notify_on_close": bool(view.body.get("notify_on_close", False)),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": ws.app.app_id,
        "external_id": view.body.get("external_id", ""),
        "app_installed_team_id": ws.team_id,
        "bot_id": ws.app.bot_id,
    }


def _hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
