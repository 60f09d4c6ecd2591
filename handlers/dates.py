"""Days as people write them, read at a place where it is a certain day: no clock, and no guessing."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import product
from re import Match

from handlers.keyboards import plain
from mentoring.cadence import WEEKDAYS
from mentoring.days import MONTHS

_COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NUMBERS = {word: number for number, word in enumerate(_COUNTED, 1)} | {"thirty": 30}
_NUMBERS |= {"a": 1, "an": 1, "couple": 2, "a couple": 2, "couple of": 2, "a couple of": 2}
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"[a-z]{3,9}"
_YEAR = r"(?:,?[ /-](?:of )?(?P<y>\d{4}|'?\d{2}))?"
_YEAR_BEHIND = r"(?:,?(?: |-(?=\d{4}))(?:of )?(?P<y>\d{4}|'?\d{2}))?"
"""Behind a day: January 10-15 is a span of days, and not one in 2015."""
_HOW_MANY = rf"(?:next )?(?P<n>\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?: more)?"
_UNITS = r"(?P<u>days?|d|weeks?|wks?|w|fortnights?|months?|mos?|years?|yrs?|y)"
_OF_TIME = r"(?:'s|')?(?: time)?"
_BEFORE = re.compile(
    r"^(?:please|about|around|roughly|approximately|at least|another"
    r"|from now until|until|till?|'til|up to|through|to|for|in|on|by|the|back|i'm back|i am back)\s+"
)
_AFTER = re.compile(
    r"[\s,]+(?:please|pls|or so|thanks|thank you|from now|from today|on"
    r"|(?:in the )?(?:morning|afternoon|evening)|night|noon)$"
)
_OF_MONTH = re.compile(r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)")
_MONTHS_TO_A_WEEKDAY = 14 * 12
"""The 31st is a certain weekday at least once in so many months."""

_SHORT = {
    "weds": "wed",
    "first": "1st",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "eow": "end of week",
    "eom": "end of month",
    "eoy": "end of year",
}
"""Words that people shorten, or write out, beside those that are beginnings of a name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The days that a text may mean: none, one, or those between which only the writer can choose.

    A single day that is not `sure` is named by words that contradict each other, like a day with a wrong weekday.
    """

    days: tuple[date, ...] = ()
    sure: bool = True

    @property
    def day(self) -> date | None:
        """The day, if there is no doubt about it."""
        return self.days[0] if len(self.days) == 1 and self.sure else None


def read(text: str, today: date) -> Reading:
    """What a text like `until Friday`, `2 weeks` or `31.01.2027` means; days without a year are the next such ones."""
    words = _bare(re.sub(r"[a-z]+", lambda word: _SHORT.get(word[0], word[0]), plain(text).casefold()))
    return _simple(words, today) or _with_weekday(words, today) or Reading()


def _simple(words: str, today: date) -> Reading | None:
    for pattern, reader in _FORMS:
        if found := pattern.fullmatch(words):
            try:
                reading = reader(found, today)
            except (ValueError, OverflowError):  # the calendar has no such day
                return None
            if reading is not None and reading.days:
                return reading
    return None


def _with_weekday(words: str, today: date) -> Reading | None:
    """Friday, January 29, 2027: the weekday decides between two days, or contradicts the only one.

    It may come last too, as in `29.01.2027 (Fri)`.
    """
    first, _, rest = words.partition(" ")
    begin, _, last = words.rpartition(" ")
    for name, others in ((first, rest), (last, begin)):
        weekday, told = _weekday(name.strip(",.()")), _bare(others.strip(",.() "))
        if weekday is None:
            continue
        if found := _OF_MONTH.fullmatch(told):
            return _weekday_of_month(weekday, int(found["d"]), today)
        if reading := _simple(told, today):
            return _on(weekday, reading)
    return None


def _on(weekday: int, reading: Reading) -> Reading:
    fitting = tuple(day for day in reading.days if day.weekday() == weekday)
    return replace(reading, days=fitting) if fitting else replace(reading, sure=False)


def _weekday_of_month(weekday: int, day: int, today: date) -> Reading | None:
    """Friday the 13th: the next one that there is."""
    months = (_months_on(today.replace(day=1), more) for more in range(_MONTHS_TO_A_WEEKDAY))
    for month in months:
        with suppress(ValueError):
            if (found := month.replace(day=day)) >= today and found.weekday() == weekday:
                return _only(found)
    return None


def _bare(text: str) -> str:
    """The text without the small words around a date."""
    while (shorter := _AFTER.sub("", _BEFORE.sub("", text)).strip(" ,.")) != text:
        text = shorter
    return text


def _only(day: date) -> Reading:
    return Reading((day,))


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it, 0 for none."""
    return next((number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(word)), 0)


def _weekday(word: str) -> int | None:
    """The number of a weekday from Monday, 0, by its name or at least three letters of it."""
    if len(word) < 3:
        return None
    return next((n for n, name in enumerate(WEEKDAYS) if name.casefold().startswith(word)), None)


def _next(today: date, makes: Iterable[Callable[[int], date]]) -> date:
    """The first day from today on that these make of a year; February 29 waits for its year."""
    for year, make in product(range(today.year, today.year + 9), list(makes)):
        with suppress(ValueError):
            if (day := make(year)) >= today:
                return day
    raise ValueError


def _ordered(found: Match[str], _today: date) -> Reading:
    """2027-01-31, with any of the usual signs."""
    return _only(date(int(found["y"]), int(found["m"]), int(found["d"])))


def _numeric(found: Match[str], today: date) -> Reading:
    """31/01/2027, 1/31/2027 or 31.01.2027; only dots say that the day comes first."""
    first, second = int(found["a"]), int(found["b"])
    orders = [(first, second)] if found["s"] == "." else [(first, second), (second, first)]
    days = [_of_numbers(day, month, found["y"], today) for day, month in dict.fromkeys(orders)]
    return Reading(tuple(sorted({day for day in days if day})))


def _of_numbers(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if not year:
            return _next(today, [lambda of: date(of, month, day)])
        return date(_year(year), month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    """2027, from `2027`, `27` or `'27`."""
    number = int(text.strip("'"))
    return number + 2000 if number < 100 else number


def _named(found: Match[str], today: date) -> Reading | None:
    """31 January 2027 or Jan 31."""
    month, day = _month(found["m"]), int(found["d"])
    if not month:
        return None
    if found["y"]:
        return _only(date(_year(found["y"]), month, day))
    return _only(_next(today, [lambda year: date(year, month, day)]))


def _of_month(found: Match[str], today: date) -> Reading:
    """The 15th: this month's, or the next month's."""
    day = int(found["d"])
    return _only(_next(today, [partial(date, month=month, day=day) for month in range(1, 13)]))


def _of_this_or_next_month(found: Match[str], today: date) -> Reading:
    """The 1st of next month."""
    first = today.replace(day=1)
    return _only((_months_on(first, 1) if found["next"] else first).replace(day=int(found["d"])))


def _middle(found: Match[str], today: date) -> Reading | None:
    """The middle of January, its 15th, or its beginning."""
    month, day = _month(found["m"]), 15 if found["at"].startswith("mid") else 1
    return _only(_next(today, [lambda year: date(year, month, day)])) if month else None


def _month_alone(found: Match[str], today: date) -> Reading | None:
    """January, or January 2027: its first day."""
    month = _month(found["m"])
    if not month:
        return None
    if found["y"]:
        return _only(date(_year(found["y"]), month, 1))
    return _only(_next(today, [lambda year: date(year, month, 1)]))


def _weekday_alone(found: Match[str], today: date) -> Reading | None:
    """Friday: the next one. The next Friday is also that of next week, so both may be meant."""
    weekday = _weekday(found["w"])
    if weekday is None:
        return None
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    of_next_week = today + timedelta(days=7 - today.weekday() + weekday)
    groups = found.groupdict()
    if groups.get("next"):
        return Reading(tuple(sorted({coming, of_next_week})))
    return _only(of_next_week if groups.get("later") else coming)


def _weeks_after(found: Match[str], today: date) -> Reading | None:
    """A week from Friday, or Friday week: so many weeks after the coming one."""
    weekday = _weekday(found["w"])
    if weekday is None:
        return None
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    number = found.groupdict().get("n") or "one"
    return _only(coming + timedelta(weeks=_NUMBERS.get(number) or int(number)))


def _span(found: Match[str], today: date) -> Reading:
    """2 weeks, a month, ten days: so long from today."""
    number, unit = _NUMBERS.get(found["n"]) or int(found["n"]), found["u"][0]
    if unit in "my":
        return _only(_months_on(today, number * (12 if unit == "y" else 1)))
    return _only(today + timedelta(days=number * {"d": 1, "w": 7, "f": 14}[unit]))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end(found: Match[str], today: date) -> Reading | None:
    """The end of the month, of next month, of the year, of January."""
    what, year = found["what"], found["y"]
    if year:
        month = _month(what)
        return _only(_last_day(date(int(year), month, 1))) if month else None
    if what == "week":
        return _end_of_week(today + timedelta(weeks=bool(found["next"])), today)
    if what == "year":
        return _only(date(today.year + bool(found["next"]), 12, 31))
    if what == "month":
        return _only(_last_day(_months_on(today.replace(day=1), 1) if found["next"] else today))
    month = _month(what)
    return _only(_next(today, [lambda year: _last_day(date(year, month, 1))])) if month else None


def _end_of_year(found: Match[str], _today: date) -> Reading:
    """The end of 2027."""
    return _only(date(int(found["y"]), 12, 31))


def _end_of_week(in_week: date, today: date) -> Reading:
    """For some that is Friday, and for others Sunday; what has passed is not meant."""
    monday = in_week - timedelta(days=in_week.weekday())
    days = (monday + timedelta(days=4), monday + timedelta(days=6))
    return Reading(tuple(day for day in days if day > today) or days[1:])


def _last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _said(found: Match[str], today: date) -> Reading:
    """Tomorrow and its like."""
    return _only(_SAID[found[0]](today))


_SAID: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "tomorrow": lambda today: today + timedelta(days=1),
    "day after tomorrow": lambda today: today + timedelta(days=2),
    "next week": lambda today: today + timedelta(days=7 - today.weekday()),
    "week after next": lambda today: today + timedelta(days=14 - today.weekday()),
    "next month": lambda today: _months_on(today.replace(day=1), 1),
    "next year": lambda today: date(today.year + 1, 1, 1),
    "half a year": lambda today: _months_on(today, 6),
    "half year": lambda today: _months_on(today, 6),
    "new year": lambda today: date(today.year + 1, 1, 1),
    "new year's day": lambda today: date(today.year + 1, 1, 1),
    "new year's eve": lambda today: date(today.year, 12, 31),
    "year end": lambda today: date(today.year, 12, 31),
}


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Match[str], date], Reading | None]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        ("|".join(_SAID), _said),
        (r"(?P<y>\d{4})(?P<s>[-/. ])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", _ordered),
        (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", _ordered),
        (
            r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?",
            _ordered,
        ),
        (r"(?P<a>\d{1,2})(?P<s> )(?P<b>\d{1,2}) (?P<y>\d{4})", _numeric),
        (r"(?P<a>\d{1,2}) ?(?P<s>[-/.]) ?(?P<b>\d{1,2})(?: ?(?P=s) ?(?P<y>\d{4}|\d{2}))?", _numeric),
        (rf"{_HOW_MANY} ?{_UNITS}{_OF_TIME}", _span),
        (rf"{_HOW_MANY} weeks? (?:from|after) (?P<w>{_NAME})", _weeks_after),
        (rf"(?P<w>{_NAME}) week", _weeks_after),
        (rf"{_DAY} of (?:(?P<next>next)|this|the) month", _of_this_or_next_month),
        (
            rf"(?:the )?(?P<at>mid(?:dle)?|start|beginning|early)(?: of |[ -])(?:the )?(?P<m>{_NAME})",
            _middle,
        ),
        (
            r"end(?: of)? (?:the |this )?(?P<next>next )?(?P<what>[a-z]{3,9})(?:,? (?:of )?(?P<y>\d{4}))?",
            _end,
        ),
        (r"end of (?P<y>\d{4})", _end_of_year),
        (rf"{_DAY}[ /-]?(?:of )?(?P<m>{_NAME})\.?{_YEAR}", _named),
        (rf"(?P<m>{_NAME})\.?(?P<s>[-/]){_DAY}(?P=s)(?P<y>\d{{4}})", _named),
        (rf"(?P<m>{_NAME})\.? ?(?:the )?{_DAY}{_YEAR_BEHIND}", _named),
        (r"(?P<d>\d{1,2})(?:st|nd|rd|th)", _of_month),
        (rf"(?:next )?(?P<m>{_NAME})\.?{_YEAR}", _month_alone),
        (rf"(?:(?P<next>next)|this|coming|this coming) (?P<w>{_NAME})", _weekday_alone),
        (rf"(?P<w>{_NAME})(?P<later> (?:of )?next week)?", _weekday_alone),
        (rf"(?P<later>next week )(?:on )?(?P<w>{_NAME})", _weekday_alone),
    )
)
