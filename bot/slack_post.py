"""The calls that put a message on somebody's screen, and the one that looks whether it is there already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from handlers.views import Rendered

EVENT_TYPE = "reverse_mentor_message"
"""The type of the metadata that every message carries; its payload is a random id and nothing else."""

LOOK_BACK = timedelta(minutes=5)
"""A message is looked for from so long before it was sent, by a clock that may be ahead of Slack's."""
PAGE = 100


def open_conversation(client: WebClient, people: tuple[str, ...]) -> str:
    """The direct message with one person, or the group DM with several; the same people give the same one."""
    return str(client.conversations_open(users=list(people))["channel"]["id"])


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
    return str(answer.get("channel") or channel), str(answer["ts"])


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
        for message in page["messages"]:
            if _token_of(message) == token:
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None


def _token_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    token = (metadata.get("event_payload") or {}).get("id")
    return token if isinstance(token, str) else None
