"""What an answer of Slack's must hold: it is read here, and one that says "ok" and lacks it is a broken answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.web import SlackResponse

from handlers import stamps

LONGEST: Final = 32
"""Characters of an id or a ts; Slack's own have 9 to 17."""

Answer = SlackResponse | Mapping[str, Any]


class BrokenAnswer(ValueError):
    """Slack answered "ok" without what the method promises; nobody knows what it did."""


def name(answer: Answer, key: str) -> str:
    """The id or ts under that key; raises `BrokenAnswer`."""
    found = answer.get(key)
    if not isinstance(found, str) or not found.strip() or len(found) > LONGEST:
        raise BrokenAnswer(f"no {key}")
    return found


def stamp(answer: Answer) -> str:
    """The ts of a message, in its one form; raises `BrokenAnswer`."""
    return stamps.canonical(name(answer, "ts"))


def part(answer: Answer, key: str) -> Mapping[str, Any]:
    """The object under that key, which says something; raises `BrokenAnswer`."""
    found = anything(answer, key)
    if not found:
        raise BrokenAnswer(f"no {key}")
    return found


def anything(answer: Answer, key: str) -> Mapping[str, Any]:
    """The object under that key, which may say nothing; raises `BrokenAnswer`."""
    found = answer.get(key)
    if not isinstance(found, Mapping):
        raise BrokenAnswer(f"no {key}")
    return found


def parts(answer: Answer, key: str) -> list[Mapping[str, Any]]:
    """The objects in the list under that key, without what is none; raises `BrokenAnswer`."""
    found = answer.get(key)
    if not isinstance(found, list):
        raise BrokenAnswer(f"no {key}")
    return [one for one in found if isinstance(one, Mapping)]


def next_cursor(answer: Answer, before: str = "") -> str:
    """Where the next page begins, empty after the last; raises `BrokenAnswer` for a page that leads back to itself."""
    metadata = answer.get("response_metadata")
    found = metadata.get("next_cursor") if isinstance(metadata, Mapping) else None
    cursor = found if isinstance(found, str) else ""
    if cursor and cursor == before:
        raise BrokenAnswer("the same next_cursor")
    return cursor
