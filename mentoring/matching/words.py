"""Numbers, durations and lists as people say them."""

from __future__ import annotations

from collections.abc import Sequence

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def number(count: int) -> str:
    """Return the number in words up to ten, in figures above."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def plural(count: int, noun: str) -> str:
    """Return the number with its noun, like "two levels"."""
    return f"{number(count)} {noun if count == 1 else noun + 's'}"


def choice(rank: int) -> str:
    """Return what a wish is called by its rank from 1, like "first choice"."""
    return f"{_RANKS[rank - 1]} choice" if rank <= len(_RANKS) else f"choice {rank}"


def duration(minutes: int) -> str:
    """Return a duration like "5 hours", "2 hours 15 minutes" or "45 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [
        f"{count} {noun if count == 1 else noun + 's'}"
        for count, noun in ((hours, "hour"), (rest, "minute"))
        if count
    ]
    return " ".join(parts) or "0 minutes"


def quoted(text: str) -> str:
    """Return the text in quotation marks."""
    return f"“{text}”"


def joined(items: Sequence[str]) -> str:
    """Return the items as a list in a sentence, like "a, b and c"."""
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)
