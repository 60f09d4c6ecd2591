"""Everything that went over the wire onto somebody's screen, and who could read it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox import Call, Sandbox

SHOWS_NOTHING = frozenset(
    {
        "apps.connections.open",
        "auth.test",
        "bots.info",
        "chat.delete",
        "chat.getPermalink",
        "conversations.history",
        "conversations.info",
        "conversations.members",
        "conversations.replies",
        "team.info",
        "team.profile.get",
        "users.info",
        "users.list",
        "users.profile.get",
    }
)
"""Questions to Slack, whose arguments are on nobody's screen, and taking something off one."""

OFFERED = frozenset({"opens", "asks"})
"""Menus of which everybody is offered the same choices, which are nobody's answer; what is chosen in them is one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that the bot sent to be shown: by which call or answer, to whom, and all of it in small letters."""

    how: str
    readers: frozenset[str]
    text: str

    @classmethod
    def of(cls, how: str, readers: frozenset[str], payload: Any) -> Sent:
        """The same of a payload, in which arguments may be JSON inside JSON."""
        return cls(how, readers, json.dumps(_plain(payload), ensure_ascii=False).casefold())


Mark = tuple[int, int, int]
"""How many calls, responses and deliveries there were at a moment."""


def mark(slack: Sandbox) -> Mark:
    """The present moment."""
    return len(slack.calls), len(slack.responses), len(slack.backend.ws.record.deliveries)


class Wire:
    """A reader of the sandbox's record; whoever is to read something is found in the payloads that led to it."""

    def __init__(self, slack: Sandbox) -> None:
        self._slack = slack
        self._conversations = slack.backend.ws.conversations
        self._deliveries = list(slack.backend.ws.record.deliveries)
        self._triggers: dict[str, str] = {}
        self._views: dict[str, str] = {}
        self._answered: dict[str, frozenset[str]] = {}
        for delivery in self._deliveries:
            self._learn(delivery.payload)

    def _learn(self, payload: Any) -> None:
        """Whose trigger, window and response URL a payload brought."""
        who = _actor(payload)
        if not who:
            return
        if payload.get("trigger_id"):
            self._triggers[payload["trigger_id"]] = who
        if payload.get("view"):
            self._views[payload["view"]["id"]] = who
        if payload.get("response_url"):
            hidden = payload.get("container", {}).get("is_ephemeral") or payload.get("command")
            channel = payload.get("channel_id") or (payload.get("channel") or {}).get("id", "")
            everybody = frozenset([who]) if hidden else self._members(channel)
            self._answered[payload["response_url"]] = everybody

    def everything(self, since: Mark = (0, 0, 0)) -> Iterator[Sent]:
        """All calls, answers by a response URL, and acknowledgments with contents, since a moment that was marked."""
        calls, responses, deliveries = since
        for call in list(self._slack.calls)[calls:]:
            if call.method not in SHOWS_NOTHING:
                yield Sent.of(call.method, self._readers(call), call.args)
        for call in list(self._slack.responses)[responses:]:
            yield Sent.of(call.method, self._of_response(call), call.args)
        for delivery in self._deliveries[deliveries:]:
            if delivery.answer:
                yield Sent.of(f"ack of {delivery.kind}", self._of_ack(delivery), delivery.answer)

    def _readers(self, call: Call) -> frozenset[str]:
        args = call.args
        match call.method:
            case "chat.postMessage" | "chat.update":
                return self._members(str(args["channel"]))
            case "chat.postEphemeral":
                return frozenset([str(args["user"])])
            case "conversations.open":
                return frozenset(str(args.get("users", "")).split(","))
            case "views.publish":
                return frozenset([str(args["user_id"])])
            case "views.open" | "views.push":
                who = self._triggers[str(args["trigger_id"])]
                self._views[str((call.answer.get("view") or {}).get("id"))] = who
                return frozenset([who])
            case "views.update":
                return frozenset([self._views[str(args["view_id"])]])
            case _:
                raise AssertionError(f"nobody has said yet who reads what {call.method} shows")

    def _of_response(self, call: Call) -> frozenset[str]:
        """Whoever acted, unless it is for all, or changes a message that all can read."""
        asked = next(one.payload for one in self._deliveries if one.payload.get("response_url") == call.url)
        for_all = call.args.get("response_type") == "in_channel" or call.args.get("replace_original")
        return self._answered[call.url] if for_all else frozenset([_actor(asked)])

    def _of_ack(self, delivery: Any) -> frozenset[str]:
        assert delivery.answer.get("response_type") != "in_channel", (
            "no answer of ours is for a whole channel"
        )
        return frozenset([_actor(delivery.payload)])

    def _members(self, channel: str) -> frozenset[str]:
        found = self._conversations.get(channel)
        return frozenset(found.members if found else [channel]) - {self._slack.bot_user_id}


def _actor(payload: Any) -> str:
    user = payload.get("user")
    return str(payload.get("user_id") or (user.get("id") if isinstance(user, dict) else "") or "")


def _plain(value: Any) -> Any:
    """A payload without JSON in texts, and without what everybody is offered."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return _plain(json.loads(value))
        except json.JSONDecodeError:
            return value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        hidden = "options" if value.get("action_id") in OFFERED else None
        return {key: _plain(one) for key, one in value.items() if key != hidden}
    return value
