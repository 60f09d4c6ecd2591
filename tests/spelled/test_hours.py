"""Working days: every accepted spelling with its times, and what could be two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.errors import Invalid
from mentoring.people import Profile, ProfileDraft, Role, check_profile, clock_text, draft_of
from mentoring.spelled.hours import A_DAY, Hours, read_hours, working_day
from mentoring.spelled.texts import Unclear
from mentoring.spreadsheets import cells

NINE_TO_FIVE = (9 * 60, 17 * 60)

MEANT = {
    "09:00-17:00": NINE_TO_FIVE,
    "9:00 – 17:00": NINE_TO_FIVE,
    "9-17": NINE_TO_FIVE,
    "９－１７": NINE_TO_FIVE,
    "09.00-17.00": NINE_TO_FIVE,
    "0900-1700": NINE_TO_FIVE,
    "09:00:00-17:00:00": NINE_TO_FIVE,
    "9am-5pm": NINE_TO_FIVE,
    "9 a.m. - 5 p.m.": NINE_TO_FIVE,
    "9AM to 5PM": NINE_TO_FIVE,
    "9-5pm": NINE_TO_FIVE,
    "9am-5": NINE_TO_FIVE,
    "9h-17h": NINE_TO_FIVE,
    "de 9h à 17h": NINE_TO_FIVE,
    "9 bis 17 Uhr": NINE_TO_FIVE,
    "9 Uhr - 17 Uhr": NINE_TO_FIVE,
    "9時から17時": NINE_TO_FIVE,
    "9:00～17:00": NINE_TO_FIVE,
    "9:00 AM – 5:30 PM": (540, 1050),
    "9h-17h30": (540, 1050),
    "9h00 - 17h30": (540, 1050),
    "1-5pm": (780, 1020),
    "8-11am": (480, 660),
    "12pm-8pm": (720, 1200),
    "8am-noon": (480, 720),
    "22:00-06:00": (1320, 1800),
    "22-6": (1320, 1800),
    "10pm-6am": (1320, 1800),
    "10pm-6": (1320, 1800),
    "10-6am": (1320, 1800),
    "10:00-02:00": (600, 1560),
    "16:00-24:00": (960, 1440),
    "16:00-00:00": (960, 1440),
    "00:00-24:00": (0, 1440),
    "00:00-00:00": (0, 1440),
    "12am-12am": (0, 1440),
    "0-24": (0, 1440),
    "24h": (0, 1440),
    "24/7": (0, 1440),
}
GUESSED = {
    "9 to 5": NINE_TO_FIVE,
    "9-5": NINE_TO_FIVE,
    "9:00-5:00": NINE_TO_FIVE,
    "from 9 to 5": NINE_TO_FIVE,
    "6-2": (360, 840),
    "12-8": (720, 1200),
}
NOT_MEANT = {
    "1-5": "can be in the morning or in the afternoon.",
    "09:00-05:00": "is a working day of 20 hours. Give 17:00 as its end if you mean the other half of",
    "09:00-09:00": "is not a working day. Give it like 09:00-17:30.",
    "8-8": "is not a working day.",
    "9": "is not a working day.",
    "25-26": "is not a working day.",
    "09:00-24:30": "is not a working day.",
    "9:75-17": "is not a working day.",
    "13pm-17": "is not a working day.",
    "9-12-17": "is not a working day.",
    "": "is not a working day.",
    "nights": "is not a working day.",
}


@pytest.mark.parametrize(("text", "day"), MEANT.items())
def test_what_is_meant(text: str, day: tuple[int, int]) -> None:
    assert read_hours(text) == Hours(*day)


@pytest.mark.parametrize(("text", "day"), GUESSED.items())
def test_what_is_meant_though_a_half_of_the_day_is_missing(text: str, day: tuple[int, int]) -> None:
    assert read_hours(text) == Hours(*day, guessed=True)


@pytest.mark.parametrize(("text", "words"), NOT_MEANT.items())
def test_what_is_meant_by_nothing_or_by_both(text: str, words: str) -> None:
    with pytest.raises(Unclear) as told:
        read_hours(text)
    assert str(told.value).startswith(words)


times = st.integers(0, A_DAY - 1)


def in_the_form(starts: str, ends: str) -> Profile | None:
    draft = ProfileDraft(Role.LEARN, wants=("SQL",), languages=("English",), starts=starts, ends=ends)
    try:
        return check_profile(draft, "U1", 8)
    except Invalid:
        return None


def in_a_spreadsheet(starts: str, ends: str) -> Hours | None:
    try:
        return read_hours(f"{starts}-{ends}")
    except Unclear:
        return None


@given(times, times)
def test_the_form_and_the_spreadsheet_read_two_times_alike(starts: int, ends: int) -> None:
    written = clock_text(starts), clock_text(ends)
    profile, read = in_the_form(*written), in_a_spreadsheet(*written)
    assert (profile.hours if profile else None) == working_day(starts, ends)
    if profile:
        assert read == Hours(*profile.hours)
        assert cells.hours("-".join(written)) == profile.hours
        assert (draft_of(profile).starts, draft_of(profile).ends) == written
    elif read:
        assert read.guessed, (
            "only a text without am and pm, like 12:00-10:00, can mean more than two times do"
        )


@pytest.mark.parametrize(
    ("starts", "ends", "day"),
    [
        ("22:00", "06:00", (1320, 1800)),
        ("16:00", "00:00", (960, 1440)),
        ("16:00", "08:00", (960, 1920)),
        ("00:00", "00:00", (0, 1440)),
    ],
)
def test_the_form_takes_nights_and_whole_days(starts: str, ends: str, day: tuple[int, int]) -> None:
    profile = in_the_form(starts, ends)
    assert profile is not None
    assert profile.hours == day


def halves(minutes: int) -> str:
    hour, rest = divmod(minutes, 60)
    return f"{hour % 12 or 12}:{rest:02d} {'am' if hour < 12 else 'pm'}"


@given(times, times)
def test_am_and_pm_say_what_the_clock_of_a_day_says(starts: int, ends: int) -> None:
    day = working_day(starts, ends)
    if day is not None:
        assert read_hours(f"{halves(starts)} - {halves(ends)}") == Hours(*day)
