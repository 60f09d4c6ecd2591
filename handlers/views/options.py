"""The answers to type-ahead fields: skills with one's own word among them, languages, time zones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from slack_sdk.models.blocks import Option

from handlers.views.text import OPTION_MAX, VALUE_MAX, clip, plain
from mentoring.spelled.offsets import zone_label

OPTIONS_MAX = 100


def option(words: str, value: str | None = None) -> Option:
    """One choice; without a value of its own, its words are the value."""
    text = plain(words)
    return Option(text=clip(text, OPTION_MAX) or "?", value=(value or text or "?")[:VALUE_MAX])


@lru_cache(maxsize=256)
def fixed(words: str, value: str) -> dict[str, Any]:
    """One choice of a list that forms show again and again, as Slack's JSON; do not change what it returns.

    slack_sdk looks through all attributes of an object each time it turns it into JSON. Most objects of the profile
    form are such choices.
    """
    return option(words, value).to_dict()


def skill_options(labels: Sequence[str], typed: str | None) -> dict[str, Any]:
    """The answer for a skill field: known skills, and last, when `typed` is none of them, the word as typed.

    The own word's text is `Add “word”` and its value the word itself.
    """
    offered = [option(label) for label in labels]
    word = plain(typed or "")
    if word and word.casefold() not in {plain(label).casefold() for label in labels}:
        own = option(f"Add “{clip(word, OPTION_MAX - len('Add “”'))}”", word)
        offered = [*offered[: OPTIONS_MAX - 1], own]
    return _answer(offered)


def name_options(names: Sequence[str]) -> dict[str, Any]:
    """The answer for a field of plain names, such as languages."""
    return _answer([option(name) for name in names])


def zone_options(zones: Sequence[str]) -> dict[str, Any]:
    """The answer for a field of time zones."""
    return _answer([option(zone_label(zone), zone) for zone in zones])


def _answer(offered: Sequence[Option]) -> dict[str, Any]:
    return {"options": [one.to_dict() for one in offered[:OPTIONS_MAX]]}
