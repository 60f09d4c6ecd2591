"""Text for Slack: what people typed is made harmless and short; ids, dates and lists become words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from handlers.ids import COMMAND
from mentoring.cadence import WEEKDAYS
from mentoring.days import MONTHS
from mentoring.spelled.offsets import zone_words

SECTION_MAX = 3000
OPTION_MAX = 75
VALUE_MAX = 150

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MOMENT = "{weekday}, {day} at {time} ({zone})"
_SLACKS_MOMENT = "{date_short} at {time}"
"""The same, in the names that Slack gives to its parts."""
_DAY = "{month} {day}, {year}"
_LISTS = {"and": "{first} and {last}", "or": "{first} or {last}"}
_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
_KEPT = frozenset("\u200c\u200d")
"""The two joiners are part of emoji and of Persian, Hindi and other words."""


def plain(text: str) -> str:
    """What somebody typed, on one line and without characters that hide or reorder text.

    The categories Cc (control), Cf (format, bidirectional overrides among them) and Cs (half characters) go:
    https://www.unicode.org/reports/tr44/#General_Category_Values. Safe in `plain_text` as it is.
    """
    if not text.isprintable():  # nearly every text is, and has no space but the usual one
        spaced = "".join(" " if char in _SPACES else char for char in text)
        text = "".join(char for char in spaced if _shown(char))
    return " ".join(text.split())


def _shown(char: str) -> bool:
    return char in _KEPT or unicodedata.category(char) not in _HIDDEN


def clip(text: str, limit: int) -> str:
    """The text in at most `limit` code points; the last one is an ellipsis when something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escape(text: str, limit: int = SECTION_MAX) -> str:
    """What somebody typed, for mrkdwn: `&`, `<` and `>` escaped (no mention, link or date can come of it).

    At most `limit` code points come back, whatever escaping adds, and no entity is cut in two.
    Source: https://docs.slack.dev/messaging/formatting-message-text#escaping.
    """
    harmless = plain(text)
    escaped = harmless.translate(_ENTITIES)
    if len(escaped) <= limit:
        return escaped
    pieces = [char.translate(_ENTITIES) for char in harmless]
    fitting = sum(end < limit for end in accumulate(map(len, pieces)))
    return "".join(pieces[:fitting]).rstrip() + "…"


def mention(person_id: str) -> str:
    """A person, as Slack shows them by name."""
    return f"<@{person_id}>"


def mentions(people: Sequence[str]) -> str:
    """Like `@Ana, @Ben and @Cleo`."""
    return joined([mention(person) for person in people])


def some_mentions(people: Sequence[str], most: int = 10) -> str:
    """The same for the first few; the others are counted."""
    shown = [mention(person) for person in people[:most]]
    more = len(people) - len(shown)
    return joined([*shown, f"{count(more, 'other')}"] if more else shown)


def channel(channel_id: str) -> str:
    """A channel, as Slack shows it by name."""
    return f"<#{channel_id}>"


def typed(*words: str) -> str:
    """A command as people can type it, like `/reverse-mentor approve 12` in code type."""
    return f"`{' '.join((COMMAND, *words))}`"


def date_token(moment: datetime, zone: str = "UTC") -> str:
    """A moment, which each reader sees in their own time zone; where that fails, in `zone`, by its name.

    Source: https://docs.slack.dev/messaging/formatting-message-text#date-formatting.
    """
    local = moment.astimezone(ZoneInfo(zone))
    weekday, day, time = WEEKDAYS[local.weekday()], day_words(local), f"{local:%H:%M}"
    fallback = _MOMENT.format(weekday=weekday, day=day, time=time, zone=zone_words(zone))
    return f"<!date^{int(moment.timestamp())}^{_SLACKS_MOMENT}|{fallback}>"


def day_words(day: date) -> str:
    """Like `January 31, 2027`."""
    return _DAY.format(month=MONTHS[day.month - 1], day=day.day, year=day.year)


def joined(items: Sequence[str], word: str = "and") -> str:
    """Like `a, b and c`, or with `or`; nothing for no items."""
    *first, last = items or [""]
    return _LISTS[word].format(first=", ".join(first), last=last) if first else last


def agreeing(number: int, one: str, several: str, **parts: str) -> str:
    """A sentence that is another for one than for several, each whole, with its named parts put in."""
    return (one if number == 1 else several).format(**parts)


def count(number: int, one: str, many: str | None = None) -> str:
    """Like `1 pair` or `3 pairs`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def fitting(lines: Sequence[str], limit: int) -> list[str]:
    """The first lines that together, one on each line, take at most `limit` code points."""
    ends = accumulate(len(line) + 1 for line in lines)
    return [line for line, end in zip(lines, ends, strict=True) if end <= limit + 1]


def bullets(items: Sequence[str], limit: int = SECTION_MAX) -> str:
    """A list, one item a line, within `limit` code points; what does not fit is counted in a last line."""
    lines = [f"• {item}" for item in items]
    shown = fitting(lines, limit)
    if len(shown) < len(lines):
        shown = fitting(lines, limit - 20)
        shown.append(f"• and {len(lines) - len(shown)} more")
    return "\n".join(shown)


def paragraphs(items: Sequence[str], limit: int = SECTION_MAX, most: int = 40) -> list[str]:
    """All items with commas between them, in as many paragraphs of at most `limit` code points as that takes.

    No item is longer than a paragraph, and there are at most `most` of them: a message has 50 blocks.
    """
    found: list[str] = []
    for item in items:
        if found and len(found[-1]) + len(item) + 2 <= limit:
            found[-1] += f", {item}"
        else:
            found.append(item[:limit])
    return found[:most]
