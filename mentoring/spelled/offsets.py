"""Fixed offsets from UTC as people write them; east of Greenwich is plus, as everywhere but in the zones named Etc."""

from __future__ import annotations

import re

from mentoring.spelled.texts import Unclear, one_line

_OFFSET = re.compile(
    r"(?P<utc>utc|gmt)?\s*(?P<sign>[+-]|±|\+/-)\s*(?P<hours>[0-9]{1,2})"
    r"(?:[:h]?(?P<minutes>[0-9]{2})|(?P<part>[.,][0-9]{1,2}))?\s*(?:h|hours?|hrs?)?",
    re.IGNORECASE,
)
_PARTS = {"0": 0, "00": 0, "25": 15, "5": 30, "75": 45, "30": 30, "45": 45}
"""Minutes behind a point: "5.5" is half an hour, and so is "5.30"; "5.50" could be both of 30 and 50."""

_WITHOUT_SUMMER = {
    -570: "Pacific/Marquesas",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
}
"""Places whose clocks stand so many minutes from UTC, all year. Source: https://data.iana.org/time-zones/tz-link.html."""

_WITH_SUMMER = {-210: "America/St_Johns", 630: "Australia/Lord_Howe", 765: "Pacific/Chatham"}
"""Offsets that are kept only in winter."""

_WEST, _EAST = -12 * 60, 14 * 60
_ETC = re.compile(r"Etc/GMT([+-])([0-9]{1,2})")


def read_offset(text: str) -> int | None:
    """Return minutes east of UTC for a text like "UTC+5:30", "GMT-3" or "+02:00"; None if it is none.

    Raises `Unclear` for one that no clock in the world shows.
    """
    found = _OFFSET.fullmatch(one_line(text))
    if not found:
        return None
    minutes = int(found["minutes"] or 0)
    if found["part"]:
        if found["part"][1:] not in _PARTS:
            raise Unclear("is an offset that could be two. Write hours and minutes, like UTC+05:30.")
        minutes = _PARTS[found["part"][1:]]
    total = int(found["hours"]) * 60 + minutes
    if len(found["sign"]) == 3 or found["sign"] == "±":
        return total if total == 0 else None
    offset = -total if found["sign"] == "-" else total
    if minutes > 59 or not _WEST <= offset <= _EAST:
        raise Unclear("is no offset from UTC: they go from UTC-12 to UTC+14.")
    return offset


def zone_at(offset: int) -> str:
    """Return a zone whose clocks stand so many minutes east of UTC, all year; raises `Unclear` if there is none."""
    hours, minutes = divmod(offset, 60)
    if minutes == 0:
        return f"Etc/GMT{-hours:+d}" if hours else "UTC"
    if offset in _WITHOUT_SUMMER:
        return _WITHOUT_SUMMER[offset]
    if offset in _WITH_SUMMER:
        zone = _WITH_SUMMER[offset]
        raise Unclear(f"is kept by no place all year. Give {zone}, whose clocks move in summer.", [zone])
    raise Unclear("is an offset that no place keeps. Give the name of a city, like Lisbon.")


def offset_words(offset: int) -> str:
    """Return an offset like "UTC+5:30" or "UTC-3"."""
    hours, minutes = divmod(abs(offset), 60)
    return f"UTC{'-' if offset < 0 else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")


def of_etc(zone: str) -> int | None:
    """Return the minutes east of UTC of a zone like "Etc/GMT+1", which lies an hour west; None for any other."""
    found = _ETC.fullmatch(zone)
    return None if not found else int(found[2]) * (-60 if found[1] == "+" else 60)


def zone_label(zone: str) -> str:
    """Return a zone as a list offers it: its own name, but for those whose name says the opposite of what it means."""
    return zone if of_etc(zone) is None else zone_words(zone)


def zone_words(zone: str) -> str:
    """Return what people call a zone: "America/New York", and "UTC+1" for the one that is named Etc/GMT-1."""
    offset = of_etc(zone)
    if offset is not None:
        return offset_words(offset) if offset else "UTC"
    return "UTC" if zone in ("Etc/UTC", "Etc/GMT") else zone.replace("_", " ")
