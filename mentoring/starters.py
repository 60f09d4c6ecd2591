"""Lines that help two people to begin talking."""

from __future__ import annotations

from collections.abc import Sequence

_ABOUT_TOPIC = (
    "When did “{topic}” last surprise you, for better or worse?",
    "What would you show first to somebody who is new to “{topic}”?",
    "What would you like to be able to do with “{topic}” in three months?",
)
_ALWAYS = (
    "What is something about your working day that people at the other level rarely see?",
    "What would make these conversations worth your time?",
)

OPENER = "Shall we talk for 20 minutes? Tell me two times that suit you."
"""A message that somebody can copy when a meeting does not come about, the first one or a later one."""


def starters(topics: Sequence[str]) -> tuple[str, ...]:
    """Three questions for a first meeting, about the pair's topics where it has some."""
    about = [
        line.format(topic=topic)
        for line, topic in zip(_ABOUT_TOPIC, list(topics) * len(_ABOUT_TOPIC), strict=False)
    ]
    return tuple([*about[:2], *_ALWAYS][:3])
