"""Time zones: every accepted spelling with its zone, every ambiguous one with its sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import choices
from mentoring.spelled.offsets import read_offset, zone_label, zone_words
from mentoring.spelled.texts import Unclear, listed
from mentoring.spelled.zones import is_own_name, read_zone
from mentoring.spreadsheets import cells
from mentoring.spreadsheets.remarks import CellError
from tests.effort import examples

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)

MEANT = {
    "Europe/Lisbon": "Europe/Lisbon",
    " europe/LISBON ": "Europe/Lisbon",
    "america/new york": "America/New_York",
    "Asia/Kolkata": "Asia/Kolkata",
    "London": "Europe/London",
    "Londres": "Europe/London",
    "Mumbai": "Asia/Kolkata",
    "BENGALURU": "Asia/Kolkata",
    "Munich": "Europe/Berlin",
    "München": "Europe/Berlin",
    "Zurich": "Europe/Zurich",
    "Zürich": "Europe/Zurich",
    "São Paulo": "America/Sao_Paulo",
    "Sao Paulo": "America/Sao_Paulo",
    "Shenzhen": "Asia/Shanghai",
    "北京": "Asia/Shanghai",
    "東京": "Asia/Tokyo",
    "Москва": "Europe/Moscow",
    "Washington, D.C.": "America/New_York",
    "Europe/Munich": "Europe/Berlin",
    "Asia/Bangalore": "Asia/Kolkata",
    "Berlin, Germany": "Europe/Berlin",
    "Berlin, DE": "Europe/Berlin",
    "Birmingham, UK": "Europe/London",
    "Birmingham, AL": "America/Chicago",
    "Portland, OR": "America/Los_Angeles",
    "Portland, Maine": "America/New_York",
    "San Jose, CA": "America/Los_Angeles",
    "London, Ontario": "America/Toronto",
    "New York (NY)": "America/New_York",
    "IST (India)": "Asia/Kolkata",
    "Germany": "Europe/Berlin",
    "Deutschland": "Europe/Berlin",
    "India": "Asia/Kolkata",
    "Pacific Time": "America/Los_Angeles",
    "Pacific": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "EST": "America/New_York",
    "ET": "America/New_York",
    "Eastern": "America/New_York",
    "CET": "CET",
    "CET/CEST": "Europe/Brussels",
    "Central European Time": "Europe/Brussels",
    "Mitteleuropäische Zeit": "Europe/Brussels",
    "British Summer Time": "Europe/London",
    "JST": "Asia/Tokyo",
    "London time": "Europe/London",
    "W. Europe Standard Time": "Europe/Berlin",
    "India Standard Time": "Asia/Kolkata",
    "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Amsterdam",
    "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi": "Asia/Kolkata",
    "(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi": "Asia/Shanghai",
    "(UTC-05:00) Eastern Time (US & Canada)": "America/New_York",
    "(UTC) Dublin, Edinburgh, Lisbon, London": "Europe/London",
    "(UTC-12:00) International Date Line West": "Etc/GMT+12",
    "(GMT-08:00) Pacific Time": "America/Los_Angeles",
    "(GMT-07:00) Pacific Time - Los Angeles": "America/Los_Angeles",
    "(GMT+02:00) Central European Time - Berlin": "Europe/Brussels",
    "GMT+01:00 London": "Europe/London",
    "Europe/Berlin (CET)": "Europe/Berlin",
    "(UTC+01:00) Europe/Berlin": "Europe/Berlin",
    "UTC": "UTC",
    "Z": "UTC",
    "GMT+0": "UTC",
    "UTC±0": "UTC",
    "GMT+1": "Etc/GMT-1",
    "ＵＴＣ＋１": "Etc/GMT-1",
    "+02:00": "Etc/GMT-2",
    "UTC-3": "Etc/GMT+3",
    "UTC − 3 h": "Etc/GMT+3",
    "UTC+5:30": "Asia/Kolkata",
    "UTC+5.5": "Asia/Kolkata",
    "+0545": "Asia/Kathmandu",
    "Etc/GMT+1": "Etc/GMT+1",
}

NOT_MEANT = {
    "Birmingham": "can be Europe/London or America/Chicago. Give one of them.",
    "Portland": "can be America/New_York or America/Los_Angeles. Give one of them.",
    "IST": "can be Europe/Dublin, Asia/Kolkata or Asia/Jerusalem. Give one of them.",
    "CST": "can be America/Chicago, Asia/Shanghai or America/Havana. Give one of them.",
    "BST": "can be Europe/London or Asia/Dhaka. Give one of them.",
    "AEST": "can be Australia/Brisbane or Australia/Sydney. Give one of them.",
    "Georgia": "can be Asia/Tbilisi or America/New_York. Give one of them.",
    "Spain": "can be Europe/Madrid or Atlantic/Canary. Give one of them.",
    "Australia": "can be Australia/Sydney, Australia/Brisbane,",
    "US": "can be America/New_York, America/Chicago, America/Denver, America/Phoenix, America/Los_Angeles,",
    "Paris, Texas": "names places whose clocks differ: Europe/Paris, America/Chicago, America/Denver.",
    "(GMT+03:00) London": "does not fit together: Europe/London is never at UTC+3.",
    "UTC-3:30": "is kept by no place all year. Give America/St_Johns, whose clocks move in summer.",
    "UTC+1:15": "is an offset that no place keeps.",
    "UTC+15": "is no offset from UTC: they go from UTC-12 to UTC+14.",
    "UTC+5.50": "is an offset that could be two.",
    "5:30": "is not a time zone.",
    "europe/lisbn": "is not a time zone. Is it Europe/Lisbon?",
    "Muncih": "is not a time zone. Is it Europe/Berlin?",
    "Berlin, Atlantis": "is not a time zone.",
    "Europe": "is not a time zone.",
    "../etc/passwd": "is not a time zone. Give one like Europe/Lisbon.",
    "": "is not a time zone.",
    "x" * 5_000: "is not a time zone.",
}


@pytest.mark.parametrize(("text", "zone"), MEANT.items())
def test_what_is_meant(text: str, zone: str) -> None:
    assert read_zone(text) == zone


@pytest.mark.parametrize(("text", "words"), NOT_MEANT.items())
def test_what_is_meant_by_nothing_or_by_several(text: str, words: str) -> None:
    with pytest.raises(Unclear) as told:
        read_zone(text)
    assert str(told.value).startswith(words)


@pytest.mark.parametrize(
    "zone", sorted(available_timezones() - {"Factory", "localtime", "EST", "MST", "HST"})
)
def test_every_zone_is_read_by_its_own_name(zone: str) -> None:
    read = read_zone(zone.upper())
    assert [here(read, day) for day in (WINTER, SUMMER)] == [here(zone, day) for day in (WINTER, SUMMER)]


def here(zone: str, day: datetime) -> timedelta | None:
    return day.astimezone(ZoneInfo(zone)).utcoffset()


@given(
    offset=st.integers(-12 * 60, 14 * 60),
    form=st.sampled_from(
        ["UTC{0}{1}:{2:02d}", "gmt {0}{1:02d}:{2:02d}", "{0}{1:02d}{2:02d}", "(UTC{0}{1:02d}:{2:02d})"]
    ),
)
@settings(max_examples=examples(80))
def test_an_offset_has_the_sign_that_was_typed(offset: int, form: str) -> None:
    hours, minutes = divmod(abs(offset), 60)
    text = form.format("-" if offset < 0 else "+", hours, minutes)
    try:
        zone = read_zone(text)
    except Unclear:
        zone = ""
    if not zone:
        assert offset % 60, "every whole hour has a zone"
        return
    assert {here(zone, day) for day in (WINTER, SUMMER)} == {timedelta(minutes=offset)}
    assert zone_words(zone) in ("UTC", f"UTC{offset // 60:+d}") or offset % 60
    assert choices.time_zones(text)[0] == zone


@pytest.mark.parametrize("hours", range(-12, 15))
def test_whole_hours_are_offered_by_a_name_that_says_what_it_means(hours: int) -> None:
    for text in (f"GMT{hours:+d}", f"UTC{hours:+d}", f"utc {hours:+d}"):
        offered = choices.time_zones(text)
        assert offered, text
        assert {here(zone, WINTER) for zone in offered} == {timedelta(hours=hours)}
        assert not any("Etc" in zone_label(zone) for zone in offered)


@pytest.mark.parametrize("typed", ["etc", "gmt", "etc/gmt", "gmt 1", "e", "1", "GMT0"])
def test_names_that_say_the_opposite_are_never_offered_for_a_part_of_them(typed: str) -> None:
    assert not any(zone.startswith("Etc/GMT") and zone != "Etc/GMT" for zone in choices.time_zones(typed))


@pytest.mark.slow
def test_the_form_and_the_spreadsheet_read_alike() -> None:
    texts = [
        *MEANT,
        *(
            word
            for file in ("clocks.txt", "windows.txt", "places.txt")
            for _, words in listed(file)
            for word in words
        ),
    ]
    assert len(texts) > 900
    for text in texts:
        try:
            zone = cells.time_zone(text)
        except CellError:
            with pytest.raises(Unclear):
                read_zone(text)
        else:
            assert choices.time_zones(text)[0] == zone, text


def test_all_zones_in_the_lists_are_known_here() -> None:
    files = ("clocks.txt", "windows.txt", "places.txt", "cities.txt", "countries.txt", "states.txt")
    zones = {zone for file in files for names, _ in listed(file) for zone in names.split()}
    # Older data has other names for a few; then the words that need one are not known.
    assert len(zones - available_timezones()) <= 2
    assert {"Europe/Berlin", "Asia/Kolkata"} <= zones


@pytest.mark.parametrize(("meaning", "words"), list(listed("windows.txt")))
def test_names_of_windows_are_read(meaning: str, words: list[str]) -> None:
    for word in words:
        read = read_zone(word)
        assert [here(read, day) for day in (WINTER, SUMMER)] == [
            here(meaning, day) for day in (WINTER, SUMMER)
        ]


def test_own_names_are_told_from_words() -> None:
    assert [is_own_name(text) for text in ("europe/berlin", "Etc/GMT+1", "UTC")] == [True] * 3
    assert [is_own_name(text) for text in ("Berlin", "EST", "GMT+1", "PST")] == [False] * 4


def test_an_offset_that_is_none() -> None:
    assert [read_offset(text) for text in ("Berlin", "17", "UTC", "5:30", "±3")] == [None] * 5
