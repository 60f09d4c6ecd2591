"""Numbers, durations and lists as people say them."""

from __future__ import annotations

from collections.abc import Sequence

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CHOICES = (
    "first choice",
    "second choice",
    "third choice",
    "fourth choice",
    "fifth choice",
    "sixth choice",
    "seventh choice",
    "eighth choice",
    "ninth choice",
    "tenth choice",
)
_LATER_CHOICE = "choice {rank}"


def number(count: int) -> str:
    """Return the number in words up to ten, in figures above."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


_COUNTED = {
    "cycle": ("{number} cycle", "{number} cycles"),
    "level": ("{number} level", "{number} levels"),
    "pair": ("{number} pair", "{number} pairs"),
    "proposed pair": ("{number} proposed pair", "{number} proposed pairs"),
    "round": ("{number} round", "{number} rounds"),
}
"""What is counted in sentences, as one and as several."""
_MINUTES = ("{count} minute", "{count} minutes")
_HOURS = ("{count} hour", "{count} hours")
_HOURS_AND_MINUTES = "{hours} {minutes}"


def plural(count: int, noun: str) -> str:
    """Return the number with its noun, one of those in `_COUNTED`, like "two levels"."""
    one, many = _COUNTED[noun]
    return (one if count == 1 else many).format(number=number(count))


def choice(rank: int) -> str:
    """Return what a wish is called by its rank from 1, like "first choice"."""
    return _CHOICES[rank - 1] if rank <= len(_CHOICES) else _LATER_CHOICE.format(rank=rank)


def duration(minutes: int) -> str:
    """Return a duration like "5 hours", "2 hours 15 minutes" or "45 minutes"."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return _HOURS_AND_MINUTES.format(hours=_counted(hours, _HOURS), minutes=_counted(rest, _MINUTES))
    return _counted(hours, _HOURS) if hours else _counted(rest, _MINUTES)


def _counted(count: int, forms: tuple[str, str]) -> str:
    one, many = forms
    return (one if count == 1 else many).format(count=count)


def quoted(text: str) -> str:
    """Return the text in quotation marks."""
    return f"“{text}”"


_LIST = "{first} and {last}"
_COMMA = ", "


def joined(items: Sequence[str]) -> str:
    """Return the items as a list in a sentence, like "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return _LIST.format(first=_COMMA.join(items[:-1]), last=items[-1])
