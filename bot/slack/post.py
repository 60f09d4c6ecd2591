"""The calls that put a message on somebody's screen, and the one that looks whether it is there already."""

from __future__ import annotations

from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.answers import name, next_cursor, part, parts, stamp
from handlers.marks import carrying, marked, token_in
from handlers.views import Rendered

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
        blocks=marked(rendered.blocks, token),
        metadata=carrying(token),
        unfurl_links=False,
        unfurl_media=False,
    )
    return _conversation(answer, channel), stamp(answer)


def _conversation(answer: SlackResponse, asked: str) -> str:
    """Where a message stands; a person's id, to which it may have been posted, is no place."""
    return name(answer, "channel") if answer.get("channel") or asked.startswith(_PERSON) else asked


def update(client: WebClient, channel: str, ts: str, rendered: Rendered, token: str, version: int) -> None:
    """Show new contents in a message that is on screen; doing it twice is the same as once."""
    blocks = marked(rendered.blocks, token, version)
    client.chat_update(channel=channel, ts=ts, text=rendered.text, blocks=blocks)


def delete(client: WebClient, channel: str, ts: str) -> None:
    """Take a message of ours away; one that is not there any more is gone as well."""
    try:
        client.chat_delete(channel=channel, ts=ts)
    except SlackApiError as refusal:
        if refusal.response.get("error") != "message_not_found":
            raise


def find(client: WebClient, channel: str, token: str, since: datetime) -> list[str]:
    """Where the bot's own messages with that token stand in a direct message, the oldest first; usually one or none."""
    found: list[str] = []
    cursor = ""
    while True:
        page = client.conversations_history(
            channel=channel,
            oldest=f"{(since - LOOK_BACK).timestamp():.6f}",
            include_all_metadata=True,
            limit=PAGE,
            cursor=cursor,
        )
        messages = parts(page, "messages")
        found += [stamp(one) for one in messages if token_in(one.get("metadata")) == token]
        cursor = next_cursor(page, cursor)
        if not cursor:
            return sorted(found, key=float)
