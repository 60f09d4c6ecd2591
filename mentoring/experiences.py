"""Experiences that somebody is glad to talk about: only by their own word, for one cycle, and never inferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mentoring.people import one_line

DEFAULT_EXPERIENCES: Final = (
    "The first in my family to study or to work in an office",
    "Working in a language that is not my first",
    "Having moved here from another country",
    "Being one of few like me in the room",
    "Working with a disability or a long illness",
    "Caring for children or parents beside work",
    "A career that began late, or elsewhere",
    "My faith and my working day",
)
"""What a program begins with; its leads may edit it."""

TOPICS: Final = range(13)
"""How many experiences a program may offer; none at all switches the question off."""

LONGEST_TOPIC: Final = 70
"""Characters of one; a choice in a menu has 75 (https://docs.slack.dev/reference/block-kit/composition-objects)."""

MOST_OPEN: Final = 3
"""Experiences that one person opens in a cycle, so that nobody becomes the one to ask about everything."""

MOST_ASKED: Final = 3
"""Experiences that one person asks for in a cycle."""


class Way(StrEnum):
    """What somebody says about an experience: that they are glad to talk about it, or would like to hear about it."""

    OPENS = "opens"
    ASKS = "asks"


@dataclass(frozen=True, slots=True)
class Said:
    """What one person opened and asked for in one cycle, each in the order in which it was chosen."""

    opens: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


NOTHING_SAID = Said()
"""Nobody hears of it."""


def read_topics(text: str) -> tuple[str, ...]:
    """The experiences in a text with one a line, each once."""
    lines = (name for line in text.splitlines() if (name := one_line(line)))
    return tuple(dict.fromkeys(lines))


def wrong_with(topics: Sequence[str]) -> str | None:
    """What is wrong with a program's list, in a sentence; None when nothing is."""
    if len(topics) not in TOPICS:
        return f"Give at most {TOPICS[-1]} experiences, one a line, or none."
    too_long = next((name for name in topics if len(name) > LONGEST_TOPIC), None)
    if too_long:
        return f"“{too_long[:LONGEST_TOPIC]}…” is too long. An experience has at most {LONGEST_TOPIC} characters."
    return None


def common(opened: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
    """The experiences that one opened and the other asked for, in the order in which they were asked for."""
    return tuple(topic for topic in asked if topic in opened)
