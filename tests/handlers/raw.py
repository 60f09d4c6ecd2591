"""Payloads written by hand, for what a well-behaved Slack would not send: forged ids, missing keys, strangers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from slack_bolt.request import BoltRequest

from tests.handlers.world import World


@dataclass(frozen=True)
class Answer:
    """What the app answered Slack with."""

    status: int
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.body.get("text", ""))


def dispatch(world: World, body: dict[str, Any]) -> Answer:
    """Hand a payload to the app as Socket Mode does."""
    given = world.app.dispatch(BoltRequest(mode="socket_mode", body=body))
    is_json = given.headers.get("content-type", [""])[0].startswith("application/json")
    return Answer(
        given.status, json.loads(given.body) if given.body and is_json else {"text": given.body or ""}
    )


def command(world: World, person_id: str, text: str = "", **more: Any) -> dict[str, Any]:
    """A slash command with no more than it needs."""
    return {
        "command": "/reverse-mentor",
        "text": text,
        "team_id": world.workspace,
        "user_id": person_id,
        "channel_id": world.leads_channel.id,
        "trigger_id": "1.2.forged",
        **more,
    }


def click(world: World, person_id: str, action: str, value: str | None = None, **more: Any) -> dict[str, Any]:
    """A click on a button of a message in the leads' channel."""
    return {
        "type": "block_actions",
        "team": {"id": world.workspace},
        "user": {"id": person_id, "team_id": world.workspace},
        "channel": {"id": world.leads_channel.id},
        "container": {
            "type": "message",
            "channel_id": world.leads_channel.id,
            "message_ts": "1700000000.000100",
            "is_ephemeral": False,
        },
        "message": {"ts": "1700000000.000100"},
        "trigger_id": "1.2.forged",
        "actions": [{"type": "button", "block_id": "b", "action_id": action, "value": value}],
        **more,
    }


def submission(
    world: World, person_id: str, callback: str, values: dict[str, Any], metadata: str = ""
) -> dict[str, Any]:
    """A submitted modal."""
    return {
        "type": "view_submission",
        "team": {"id": world.workspace},
        "user": {"id": person_id, "team_id": world.workspace},
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": callback,
            "private_metadata": metadata,
            "blocks": [{"type": "input", "block_id": name} for name in values],
            "state": {"values": {name: {name: state} for name, state in values.items()}},
        },
    }
