"""What must be true of every story, whatever happened in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sandbox import Call, Sandbox
from sandbox.block_kit import check_message, check_view

POSTS = ("chat.postMessage", "chat.update", "chat.postEphemeral")
VIEWS = ("views.open", "views.push", "views.update", "views.publish")
OURS = re.compile(
    r"<(@[UW]\w+|#C\w+|!date\^\d+\^[^<>|]+\|[^<>]+"
    r"|https://(calendar\.google|outlook\.office)\.com/[^<>| ]+\|(Google|Outlook))>"
)
"""The only things in angle brackets that the bot writes: people, channels, dates and links to two calendars."""


def complaints(slack: Sandbox) -> list[str]:
    """What was wrong with anything that the bot said, and what Slack refused of its answers."""
    said = [f"{call.method}: {problem}" for call in slack.calls for problem in _of_call(call)]
    answers = [
        f"{delivery.kind}: {problem}"
        for delivery in slack_answers(slack)
        for problem in _of_text(delivery.answer)
    ]
    return [*said, *answers, *slack.refusals]


def slack_answers(slack: Sandbox) -> list[Any]:
    """Every payload that was acknowledged with contents."""
    return [delivery for delivery in slack.backend.ws.record.deliveries if delivery.answer]


def tokens_in(slack: Sandbox, text: str) -> list[str]:
    """The secrets of the app that can be found in a text."""
    return [secret for secret in (slack.bot_token, slack.app_token, slack.signing_secret) if secret in text]


def everything_said(slack: Sandbox) -> str:
    """All arguments of all calls and all answers, as one text; the record itself blanks the token argument alone."""
    return json.dumps([call.args for call in slack.calls] + [one.answer for one in slack_answers(slack)])


def _of_call(call: Call) -> Iterator[str]:
    if call.method in POSTS:
        if not str(call.args.get("text", "")).strip():
            yield "it has no text alternative"
        yield from check_message(_parsed(call.args.get("blocks", [])))
    if call.method in VIEWS:
        yield from check_view(_parsed(call.args.get("view", {})))
    yield from _of_text(call.args)


def _of_text(value: Any) -> Iterator[str]:
    """Angle brackets that nobody of ours wrote: text of users that was not escaped."""
    if isinstance(value, list):
        for item in value:
            yield from _of_text(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str) and value.get("type") != "plain_text":
                yield from (f"unescaped {found!r}" for found in re.findall(r"<.*?>?", OURS.sub("", item)))
            yield from _of_text(_parsed(item))


def _parsed(value: Any) -> Any:
    """Arguments travel as JSON in a form."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return json.loads(value)
    return value
