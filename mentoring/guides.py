"""A guide to a pair's next meeting: what to do in it, by its number, the topic, and for each of the two sides."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from mentoring.labels import fold

ANY = "any"
"""The topic of pairs whose own is none of those with a guide."""

MAX_WORDS = 400
"""Characters of what leads write in the place of a topic's words."""


class Part(StrEnum):
    """The side of a pair that a guide is for."""

    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True, slots=True)
class Phase:
    """A place in the row of meetings, and what each side does in such a meeting."""

    title: str
    lines: Mapping[Part, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that pairs meet about: its words, what to do in each phase, and advice to each side."""

    key: str
    name: str
    words: tuple[str, ...]
    exercises: tuple[str, ...]
    advice: Mapping[Part, str]


@dataclass(frozen=True, slots=True)
class Guide:
    """What one side reads before a meeting; `number` counts from 1."""

    number: int
    topic: str
    part: Part
    title: str
    lines: tuple[str, ...]


@cache
def _written() -> tuple[tuple[Phase, ...], tuple[Topic, ...]]:
    found = tomllib.loads(resources.files("mentoring").joinpath("guides.toml").read_text("utf-8"))
    phases = tuple(Phase(one["title"], {part: tuple(one[part]) for part in Part}) for one in found["phases"])
    topics = tuple(
        Topic(
            one["key"],
            one["name"],
            tuple(map(fold, one["words"])),
            tuple(one["exercises"]),
            {part: one[part] for part in Part},
        )
        for one in found["topics"]
    )
    return phases, topics


def phases() -> tuple[Phase, ...]:
    """The places in a row of meetings, the first to the last."""
    return _written()[0]


def topics() -> tuple[Topic, ...]:
    """Every topic that has a guide; that for all others comes last."""
    return _written()[1]


def topic(key: str) -> Topic:
    """The topic with that key, or the one for all others."""
    return next((one for one in topics() if one.key == key), topics()[-1])


def topic_of(skills: Sequence[str]) -> Topic:
    """The topic of a pair that meets about these skills: of the first one that has one."""
    for skill in skills:
        said = f" {fold(skill)} "
        for one in topics():
            if any(f" {word} " in said for word in one.words):
                return one
    return topics()[-1]


def phase_of(number: int, planned: int | None) -> int:
    """Which of the phases, from 0, the meeting with that number is in, of so many that are planned.

    A row of any length begins with the first and ends with the last; without a plan, no meeting is the last.
    """
    last = len(phases()) - 1
    if planned is None:
        return min(number, last) - 1
    if number >= planned:
        return last if number > 1 else 0
    return (number - 1) * last // (planned - 1)


def guide(number: int, planned: int | None, about: Topic, part: Part, edited: str = "") -> Guide:
    """What one side does in that meeting; `edited` is what leads wrote in the place of the advice to it."""
    place = phase_of(number, planned)
    phase = phases()[place]
    lines = (edited or about.advice[part], about.exercises[place], *phase.lines[part])
    return Guide(number, about.name, part, phase.title, lines)
