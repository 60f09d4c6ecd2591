"""Interactions: what Slack sends when a person acts, and what it does with the app's answer.

Payload shapes from docs.slack.dev/reference/interaction-payloads (block_actions, view_submission,
view_closed, block_suggestion) and docs.slack.dev/interactivity/implementing-slash-commands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox import events, form
from sandbox.backend import Backend
from sandbox.block_kit import check_options_answer
from sandbox.blocks import Spot
from sandbox.delivery import Answer, Channel, Deliveries
from sandbox.errors import PersonError, SlackError
from sandbox.messages import content_of
from sandbox.places import payload_name, place
from sandbox.respond import show_answer
from sandbox.settings import Json
from sandbox.surfaces import MessageSurface, Surface, ViewSurface
from sandbox.views import View, checked_view, view_json
from sandbox.workspace import Conversation, Post

TROUBLE = "We had some trouble connecting. Try again?"
"""What Slack's modal shows when the app does not acknowledge, or acknowledges with nonsense."""
_MENTION = re.compile(r"@([\w.\-]+)")
_CHANNEL = re.compile(r"#([\w\-]+)")


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What the person sees after a slash command: an answer message, nothing, or Slack's complaint."""

    ok: bool
    post: Post | None = None
    error: str | None = None


@dataclass(slots=True)
class Submission:
    """What became of a submitted modal; ``errors`` maps block ids to sentences."""

    closed: bool
    errors: dict[str, str] = field(default_factory=dict)
    problem: str | None = None


class Interactions:
    """Turns acts of people into payloads and the app's answers into what people see."""

    def __init__(self, backend: Backend, deliveries: Deliveries) -> None:
        self._backend, self._deliveries, self._ws = backend, deliveries, backend.ws

    def command(self, user_id: str, typed: str, conversation: Conversation) -> CommandResult:
        """Send a slash command from a conversation and show the app's answer."""
        name, _, text = typed.strip().partition(" ")
        command = self._ws.app.config.command(name)
        if command is None or not self._ws.app.installed:
            return CommandResult(False, error=f"{name} is not a valid command.")
        with self._ws.lock:
            text = self._escaped(text) if command.should_escape else text
            payload = self._command_payload(user_id, name, text.strip(), conversation)
            self._tell(user_id, "typed", place(self._ws, conversation), typed.strip())
        answer = self._deliveries.ask("slash_commands", payload, accepts_answer=True)
        if not answer.acked:
            return CommandResult(False, error=f'{name} failed with the error "{_complaint(answer)}"')
        with self._ws.lock:
            return self._command_answer(user_id, name, conversation, answer.payload)

    def _command_payload(self, user_id: str, name: str, text: str, conversation: Conversation) -> Json:
        ws = self._ws
        return {
            "token": ws.app.verification_token,
            "team_id": ws.team_id,
            "team_domain": ws.domain,
            **self._enterprise_fields(),
            "channel_id": conversation.id,
            "channel_name": payload_name(conversation),
            "user_id": user_id,
            "user_name": ws.users[user_id].handle,
            "command": name,
            "text": text,
            "api_app_id": ws.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url("commands", user_id, conversation.id),
            "trigger_id": self._backend.triggers.mint(user_id),
        }

    def _escaped(self, text: str) -> str:
        """Turn typed names into ``<@U…|name>`` and ``<#C…|name>``, as ``should_escape`` asks."""
        people = {u.handle: u.id for u in self._ws.users.values()}
        places = {c.name: c.id for c in self._ws.conversations.values() if c.kind in ("public", "private")}
        text = _MENTION.sub(lambda m: _link("@", m[1], people.get(m[1])) or m[0], text)
        return _CHANNEL.sub(lambda m: _link("#", m[1], places.get(m[1])) or m[0], text)

    def _command_answer(
        self, user_id: str, name: str, conversation: Conversation, payload: Json | None
    ) -> CommandResult:
        if not payload:
            return CommandResult(True)
        try:
            content = content_of(payload)
        except SlackError as error:
            self._refuse(f"the answer to {name} was refused: {error.error} {error.extra}")
            return CommandResult(False, error=f'{name} failed with the error "{error.error}"')
        return CommandResult(True, show_answer(self._ws, conversation, user_id, payload, content))

    def action(self, user_id: str, surface: Surface, spot: Spot, detail: Json) -> str | None:
        """Send a block action; return Slack's complaint when the app does not acknowledge it."""
        if not self._ws.app.config.interactivity:
            return "this app is not configured to handle interactive responses"
        with self._ws.lock:
            ts = self._ws.clock.mint_ts()
            action = {
                "type": spot.element["type"],
                "action_id": spot.action_id,
                "block_id": spot.block_id,
                "action_ts": ts,
                **detail,
            }
            payload = {
                **self._base("block_actions", user_id),
                **surface.payload(self._ws),
                "actions": [action],
            }
            payload["trigger_id"] = self._backend.triggers.mint(user_id)
            if isinstance(surface, MessageSurface):
                url = self._response_url("actions", user_id, surface.conversation.id, surface.post.ts)
                payload["response_url"] = url
        answer = self._deliveries.ask("interactive", payload, accepts_answer=False)
        return None if answer.acked else _complaint(answer)

    def submit(self, view: View) -> Submission:
        """Submit a modal: Slack checks the fields first, then the app decides what happens."""
        with self._ws.lock:
            view.errors = {s.block_id: text for s, text in form.problems(view.blocks, view.values)}
            if view.errors:
                self._ws.touch()
                return Submission(False, dict(view.errors))
            payload = self._submission(view)
            self._tell(view.user, "submitted", "", (view.body.get("title") or {}).get("text", ""))
        answer = self._deliveries.ask("interactive", payload, accepts_answer=True)
        if not answer.acked:
            return Submission(False, problem=TROUBLE)
        with self._ws.lock:
            return self._submission_answer(view, answer.payload or {})

    def _submission(self, view: View) -> Json:
        return {
            **self._base("view_submission", view.user),
            "trigger_id": self._backend.triggers.mint(view.user),
            "view": view_json(self._ws, view),
            "response_urls": self._modal_urls(view),
        }

    def _modal_urls(self, view: View) -> list[Json]:
        found = []
        for spot in ViewSurface(view).spots:
            channel = (
                view.values.get(spot.key, {}).get(form.value_key(spot.element["type"]))
                if (spot.element.get("response_url_enabled"))
                else None
            )
            if channel:
                url = self._response_url("actions", view.user, channel)
                place_of = {"block_id": spot.block_id, "action_id": spot.action_id}
                found.append({**place_of, "channel_id": channel, "response_url": url})
        return found

    def _submission_answer(self, view: View, answer: Json) -> Submission:
        action = answer.get("response_action")
        try:
            if action == "errors":
                return self._field_errors(view, answer.get("errors"))
            if action == "update":
                self._backend.views.update(view, checked_view(answer.get("view"), "modal"))
                return Submission(False)
            if action == "push":
                self._backend.views.push(view.user, checked_view(answer.get("view"), "modal"))
                return Submission(False)
        except SlackError as error:
            return self._nonsense(f"{action}: {error.error} {error.extra.get('response_metadata', '')}")
        if action == "clear":
            self.clear(view.user)
        elif action is None:
            self._backend.views.close(view)
        else:
            return self._nonsense(f"unknown response_action {action!r}")
        return Submission(True)

    def _field_errors(self, view: View, errors: Any) -> Submission:
        """Show errors beside fields; a key that is no input block makes Slack refuse the whole answer."""
        inputs = {b["block_id"] for b in view.blocks if b["type"] == "input"}
        if not isinstance(errors, dict) or not errors:
            return self._nonsense("errors must map block ids to sentences")
        strangers = sorted(set(errors) - inputs)
        if strangers:
            return self._nonsense(f"errors for blocks that are no input of the view: {strangers}")
        view.errors = {k: str(v) for k, v in errors.items()}
        self._ws.touch()
        return Submission(False, dict(view.errors))

    def _nonsense(self, reason: str) -> Submission:
        self._refuse(f"the answer to a view_submission was refused: {reason}")
        return Submission(False, problem=TROUBLE)

    def clear(self, user_id: str) -> None:
        """Close every modal of that person without telling the app."""
        for view in list(self._backend.views.stacks.get(user_id, ())):
            self._backend.views.close(view)

    def close(self, view: View, *, whole_stack: bool) -> None:
        """Close a modal by its button (or the whole stack by the cross) and tell apps that asked for it."""
        with self._ws.lock:
            stack = list(self._backend.views.stacks.get(view.user, ()))
            closing = stack if whole_stack else [view]
            payloads = [self._closed(v, whole_stack) for v in closing if v.body.get("notify_on_close")]
            for closed in closing:
                self._backend.views.close(closed)
        for payload in payloads:
            self._deliveries.ask("interactive", payload, accepts_answer=False)

    def _closed(self, view: View, cleared: bool) -> Json:
        shown = view_json(self._ws, view)
        return {**self._base("view_closed", view.user), "view": shown, "is_cleared": cleared}

    def suggest(self, user_id: str, surface: Surface, spot: Spot, query: str) -> list[Json]:
        """Ask the app for options, those inside groups included."""
        return [o for group in self.suggest_groups(user_id, surface, spot, query) for o in group["options"]]

    def suggest_groups(self, user_id: str, surface: Surface, spot: Spot, query: str) -> list[Json]:
        """Ask the app for options in groups; without ``label`` where the app made none.

        A query below ``min_query_length`` (default 3) asks nobody.
        """
        if len(query) < spot.element.get("min_query_length", 3):
            return []
        with self._ws.lock:
            payload = {
                **self._base("block_suggestion", user_id),
                **surface.payload(self._ws),
                "action_id": spot.action_id,
                "block_id": spot.block_id,
                "value": query,
            }
        channel: Channel = "interactive" if self._ws.app.config.socket_mode else "options"
        answer = self._deliveries.ask(channel, payload, accepts_answer=True)
        if not answer.acked or answer.payload is None:
            return []
        reasons = check_options_answer(answer.payload)
        if reasons:
            self._refuse(f"the options for {spot.action_id} were refused: {reasons}")
            return []
        return answer.payload.get("option_groups") or [{"options": answer.payload.get("options") or []}]

    def open_home(self, user_id: str) -> None:
        """Open the app's Home tab, which tells the app."""
        with self._ws.lock:
            view = self._backend.views.homes.get(user_id)
            shown = view_json(self._ws, view) if view else None
            self._tell(user_id, "opened the Home tab", "", "")
            events.home_opened(self._ws, user_id, "home", shown)

    def open_messages(self, user_id: str) -> None:
        """Open the DM with the app: the same event with the other tab."""
        with self._ws.lock:
            events.home_opened(self._ws, user_id, "messages", None)

    def _base(self, kind: str, user_id: str) -> Json:
        ws, user, enterprise = self._ws, self._ws.users[user_id], self._ws.enterprise
        home = ws.home_of(user)
        return {
            "type": kind,
            "team": {"id": ws.team_id, "domain": ws.domain, **self._enterprise_fields()},
            "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": home},
            "api_app_id": ws.app.app_id,
            "token": ws.app.verification_token,
            "enterprise": {"id": enterprise.id, "name": enterprise.name} if enterprise else None,
            "is_enterprise_install": False,
        }

    def _enterprise_fields(self) -> Json:
        """What a team and a command carry where the workspace is part of an organization."""
        enterprise = self._ws.enterprise
        if enterprise is None:
            return {}
        return {"enterprise_id": enterprise.id, "enterprise_name": enterprise.name}

    def _response_url(self, kind: str, user_id: str, channel: str, ts: str | None = None) -> str:
        path = self._backend.urls.mint(kind, self._ws.team_id, user_id, channel, ts)
        return f"{self._backend.base_url}/{path}"

    def _refuse(self, reason: str) -> None:
        self._ws.record.refusals.append(reason)

    def _tell(self, user_id: str, what: str, where: str, text: str) -> None:
        self._ws.record.happened(self._ws.users[user_id].real_name, what, where, text)

    def may_act(self, user_id: str) -> None:
        """Refuse acts of people who cannot sign in any more."""
        if self._ws.users[user_id].deleted:
            raise PersonError(f"{self._ws.users[user_id].real_name} is deactivated and cannot do anything")


def _complaint(answer: Answer) -> str:
    timeouts = ("timeout", "http_timeout")
    failures = {"http_error": "http_service_error"}
    return (
        "operation_timeout" if answer.problem in timeouts else failures.get(answer.problem, "dispatch_failed")
    )


def _link(sign: str, name: str, found: str | None) -> str | None:
    return f"<{sign}{found}|{name}>" if found else None
