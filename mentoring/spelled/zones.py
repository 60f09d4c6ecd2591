"""Time zones by their own names, by cities, countries and people's words, by offsets and by the labels of calendars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from mentoring.spelled.offsets import offset_words, read_offset, zone_at
from mentoring.spelled.texts import LONGEST, Unclear, either, folded, listed, one_line

_Zones: TypeAlias = tuple[str, ...]

_LISTS = ("clocks.txt", "windows.txt", "places.txt", "cities.txt", "countries.txt", "states.txt")
_CODED = ("countries.txt", "states.txt")
"""The lists whose lines begin with a code: "DE" is Germany and Delaware, so codes count only behind a city."""

_REGIONS = (
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific US Canada Brazil".split()
)
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
_NO_CITIES = frozenset("South North West ACT LHI NSW Center General West East".split())
_MEANT = frozenset({"est", "mst", "hst"})
"""Names of fixed offsets in the tz database, by which people mean clocks that go with the seasons."""

_YEARS = (2026, 2027)
_MOST_TOLD = 6
_LABEL = re.compile(
    r"\(?\s*((?:utc|gmt)\s*(?:[+-]\s*[0-9]{1,2}(?::?[0-9]{2})?)?)\s*(?:\)\s*|\s+)(.+)", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[(),;|]|\s-+\s|\s/\s")
_KIND_OF_CLOCK = re.compile(r"\b(standard |daylight |summer |winter |local )*(time|zeit)( zone)?$")
_NO_PLACE_BEHIND = re.compile(r"(coordinated universal time.*|international date line west)")


@lru_cache(maxsize=4_096)
def read_zone(text: str) -> str:
    """Return the IANA name of the zone that a text means.

    Raises `Unclear` when it means none, or several whose clocks differ.
    """
    line = one_line(text)
    if not line or len(line) > LONGEST:
        raise _unknown(line)
    return _by_offset(line) or _by_name(line) or _by_words(line)


def is_own_name(text: str) -> bool:
    """Whether a text is the zone's own name, in whatever case; the name of a fixed offset such as "EST" is not."""
    return _by_name(one_line(text)) is not None


def _by_name(line: str) -> str | None:
    name = line.casefold().replace(" ", "_")
    return None if name in _MEANT else _names().get(name)


def _by_offset(line: str) -> str | None:
    offset = read_offset(re.sub(r"^\((.*)\)$", r"\1", line))
    return None if offset is None else zone_at(offset)


def _by_words(line: str) -> str:
    """Return the zone that all parts of a text fit, such as those of "Portland, OR" or "(UTC+01:00) Berlin, Rome"."""
    whole = _known(line)
    if whole:
        return _one_of(whole)
    label = _LABEL.fullmatch(line)
    if label:
        offset = read_offset(label[1]) or 0
        return _with_offset(line, offset, label[2])
    region, slash, place = line.partition("/")
    if slash and region.strip().title() in _REGIONS:
        found = [zone for zone in _known(place) if zone.startswith(f"{region.strip().title()}/")]
        if found:
            return _one_of(found)
    return _one_of(_fitting(line, _parts(line)))


def _with_offset(line: str, offset: int, place: str) -> str:
    """Return the zone of a calendar's label, which names an offset and then places."""
    if _NO_PLACE_BEHIND.fullmatch(folded(place)):
        return zone_at(offset)
    named = _by_name(place)
    found = (named,) if named else _known(place) or _fitting(line, _parts(place))
    kept = [zone for zone in found if offset in _clock(zone)]
    if not kept:
        raise Unclear(
            f"does not fit together: {either(found[:_MOST_TOLD])} is never at {offset_words(offset)}.", found
        )
    return _one_of(kept)


def _parts(line: str) -> list[str]:
    """Return what stands between commas and brackets, and around a slash that is not part of a zone's name."""
    parts = (part for text in _SEPARATORS.split(line) if (part := text.strip()))
    return [
        word for part in parts for word in ([part] if _by_name(part) else part.split("/")) if word.strip()
    ]


def _fitting(line: str, parts: Sequence[str]) -> _Zones:
    """Return the zones, of those that the first place means, whose clocks are those of all the others too."""
    places = [_meant(part, beside=len(parts) > 1) for part in parts]
    if not places or not all(places):
        raise _unknown(line)
    same = set.intersection(*map(set, places))
    if same:
        return tuple(zone for zone in places[0] if zone in same)
    clocks = [set(map(_clock, zones)) for zones in places]
    common = set.intersection(*clocks)
    if not common:
        told = _different(zone for zones in places for zone in zones)
        raise Unclear(
            f"names places whose clocks differ: {', '.join(told[:_MOST_TOLD])}. Give one of them.", told
        )
    return tuple(zone for zone in places[0] if _clock(zone) in common)


def _meant(part: str, *, beside: bool) -> _Zones:
    """Return the zones that one part may mean; codes such as OR and DE count only beside another part."""
    offset = read_offset(part)
    if offset is not None:
        return tuple(zone for zone in _all() if offset in _clock(zone))
    named = _by_name(part)
    if named:
        return (named,)
    found = _known(part)
    return found + tuple(_codes().get(part.replace(".", "").upper(), ())) if beside else found


def _known(text: str) -> _Zones:
    """Return the zones that a word may mean, also with "time" or "standard time" behind it; none if it is unknown."""
    words = folded(text)
    shorter = _KIND_OF_CLOCK.sub("", words).strip()
    return _words().get(words) or _words().get(shorter, ())


def _one_of(zones: Sequence[str]) -> str:
    """Return the zone, of several whose clocks agree; raises `Unclear` if they do not."""
    different = _different(zones)
    if len(different) == 1:
        return different[0]
    told = [*different[:_MOST_TOLD], "another"] if len(different) > _MOST_TOLD else different
    raise Unclear(f"can be {either(told)}. Give one of them.", different)


def _different(zones: Iterable[str]) -> list[str]:
    """Return zones whose clocks differ, each kind once."""
    found: dict[tuple[int, ...], str] = {}
    for zone in zones:
        found.setdefault(_clock(zone), zone)
    return list(found.values())


def _unknown(line: str) -> Unclear:
    close = {name: zone for name, zone in _names().items() if "/" in name}
    found = get_close_matches(line[:LONGEST].casefold().replace(" ", "_"), close, 1, 0.7)
    if found:
        return Unclear(f"is not a time zone. Is it {close[found[0]]}?")
    place = get_close_matches(folded(line[:LONGEST]), _words(), 1, 0.83)
    if place:
        return Unclear(f"is not a time zone. Is it {either(_different(_words()[place[0]])[:_MOST_TOLD])}?")
    return Unclear("is not a time zone. Give one like Europe/Lisbon.")


def beginning(typed: str) -> list[str]:
    """Return the zones of cities, countries and clocks one of whose names begins with what was typed."""
    start = folded(typed)
    found = (zone for word, zones in _words().items() if word.startswith(start) for zone in zones)
    return list(dict.fromkeys(found)) if start else []


@cache
def _clock(zone: str) -> tuple[int, ...]:
    """Return the minutes east of UTC through two years; zones with the same are one to people at work."""
    here = ZoneInfo(zone)
    offsets = (
        here.utcoffset(datetime(year, month, day, 12, tzinfo=here)) or timedelta()
        for year in _YEARS
        for month in range(1, 13)
        for day in (1, 15)
    )
    return tuple(offset // timedelta(minutes=1) for offset in offsets)


@cache
def _names() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones() if zone not in _NO_PLACES}


@cache
def _all() -> _Zones:
    return tuple(
        sorted(zone for zone in _names().values() if zone.partition("/")[0] in _REGIONS or zone == "UTC")
    )


@cache
def _words() -> dict[str, _Zones]:
    """Return what each word means: of all lists, and of the cities that zones are named after."""
    found: dict[str, list[str]] = {}
    for file in _LISTS:
        for zones, words in listed(file):
            for word in words[1:] if file in _CODED else words:
                found.setdefault(folded(word), []).extend(filter(_is_here, zones.split()))
    for zone in _all():
        city = zone.rpartition("/")[2]
        if (
            "/" in zone
            and city not in _NO_CITIES
            and zone.partition("/")[0] not in ("US", "Canada", "Brazil")
        ):
            found.setdefault(folded(city), []).append(zone)
    return {word: tuple(dict.fromkeys(zones)) for word, zones in found.items() if zones}


def _is_here(zone: str) -> bool:
    return zone.casefold() in _names()


@cache
def _codes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in _CODED:
        for zones, words in listed(file):
            found.setdefault(words[0], []).extend(filter(_is_here, zones.split()))
    return found
