"""A program's ladder of levels, and what becomes of everybody's level when it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from mentoring.people import one_line

LEVELS = range(2, 31)
"""How many levels a ladder may have: with fewer nobody could be above anybody."""

LONGEST_LEVEL = 40
"""Characters in the name of a level."""


def read_ladder(text: str) -> tuple[str, ...]:
    """The names of levels in a text with one a line, the lowest first."""
    return tuple(name for line in text.splitlines() if (name := one_line(line)))


def wrong_with(ladder: Sequence[str]) -> str | None:
    """What is wrong with these names, in a sentence; None when nothing is."""
    if len(ladder) not in LEVELS:
        return f"Give between {LEVELS[0]} and {LEVELS[-1]} levels, one a line, the lowest first."
    too_long = next((name for name in ladder if len(name) > LONGEST_LEVEL), None)
    if too_long:
        return f"“{too_long[:LONGEST_LEVEL]}…” is too long. A level has a name of at most {LONGEST_LEVEL} characters."
    keys = [name.casefold() for name in ladder]
    twice = next((name for name in ladder if keys.count(name.casefold()) > 1), None)
    return f"“{twice}” is there twice. Give each level a name of its own." if twice else None


def moved(old: Sequence[str], new: Sequence[str]) -> Mapping[int, int | None]:
    """Where each level of the old ladder is on the new one, counted from 1; None for a level that is no more.

    A name that stays is the same level wherever it stands now. Between two that stay, as many new names as old ones
    are new names for the same levels, in their order. Where that is not so, nobody can say which level became which:
    those old ones are no more, and whoever had one is asked again.
    """
    keys, others = ([name.casefold() for name in names] for names in (old, new))
    found: dict[int, int | None] = {
        place: others.index(key) + 1 if key in others else None for place, key in enumerate(keys, 1)
    }
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    for tag, start, end, begins, ends in matcher.get_opcodes():
        gone, come = keys[start:end], others[begins:ends]
        if tag == "replace" and len(gone) == len(come) and not {*gone} & {*others} and not {*come} & {*keys}:
            found |= {start + 1 + step: begins + 1 + step for step in range(len(gone))}
    return found
