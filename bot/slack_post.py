"""The calls that put a message on somebody's screen, and the one that looks whether it is there already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack_answers import name, next_cursor, part, parts
from handlers.views import Rendered

EVENT_TYPE = "reverse_mentor_message"
"""The type of the metadata that every message carries; its payload is a random id and nothing else."""

LOOK_BACK = timedelta(minutes=5)
"""A message is looked for from so long before it was sent, by a clock that may be ahead of Slack's."""
PAGE = 100

_PERSON = ("U", "W")
"""How the id of a person begins (https://docs.slack.dev/reference/objects/user-object)."""


def open_conversation(client: WebClient, people: tuple[str, ...]) -> str:
    """The direct message with one person, or the group DM with several; the same people give the same one."""
    return name(part(client.conversations_open(users=list(people)), "channel"), "id")


def post(client: WebClient, channel: str, rendered: Rendered, token: str) -> tuple[str, str]:
    """Post a new message; gives the conversation and the message's ts. Never called twice without looking."""
    answer = client.chat_postMessage(
        channel=channel,
        text=rendered.text,
        blocks=rendered.blocks,
        metadata={"event_type": EVENT_TYPE, "event_payload": {"id": token}},
        unfurl_links=False,
        unfurl_media=False,
    )
    return _conversation(answer, channel), name(answer, "ts")


def _conversation(answer: SlackResponse, asked: str) -> str:
    """Where a message stands; a person's id, to which it may have been posted, is no place."""
    return name(answer, "channel") if answer.get("channel") or asked.startswith(_PERSON) else asked


def update(client: WebClient, channel: str, ts: str, rendered: Rendered) -> None:
    """Show new contents in a message that is on screen; doing it twice is the same as once."""
    client.chat_update(channel=channel, ts=ts, text=rendered.text, blocks=rendered.blocks)


def find(client: WebClient, channel: str, token: str, since: datetime) -> str | None:
    """The ts of the bot's own message with that token in a direct message, or None when it is not there."""
    cursor = ""
    while True:
        page = client.conversations_history(
            channel=channel,
            oldest=f"{(since - LOOK_BACK).timestamp():.6f}",
            include_all_metadata=True,
            limit=PAGE,
            cursor=cursor,
        )
        for message in parts(page, "messages"):
            if _token_of(message) == token:
                return name(message, "ts")
        cursor = next_cursor(page, cursor)
        if not cursor:
            return None


def _token_of(message: Mapping[str, Any]) -> object:
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT_TYPE:
        return None
    payload = metadata.get("event_payload")
    return payload.get("id") if isinstance(payload, Mapping) else None
