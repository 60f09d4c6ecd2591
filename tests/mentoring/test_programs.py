"""Program settings as they are typed: every mistake gets a sentence at its field."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from mentoring.cadence import Weekly
from mentoring.errors import Invalid
from mentoring.plans import AS_IT_IS, MEETINGS, Plan, Rhythm
from mentoring.programs import (
    DEFAULT_LADDER,
    MAX_LEADS,
    Calendar,
    CheckedProgram,
    Program,
    ProgramDraft,
    RuleSettings,
    check_program,
    draft_of,
)

TODAY = date(2026, 3, 2)
GOOD = ProgramDraft(
    name="  Upside   Down ",
    leads=("U1", "U2", "U1"),
    leads_channel="C1",
    time_zone="Europe/Lisbon",
    cycle_weeks="6",
    first_start="2026-03-09",
    intro_weekday="1",
    intro_time="9:30",
    checkin_weekday=4,
    checkin_time="16:00",
    proposal_days="2",
    working_days=("4", 1, "0", "1"),
    min_gap="3",
    other_department_only=True,
    guests_allowed=True,
)


def check(running: bool = False, /, **answers: Any) -> CheckedProgram:
    return check_program(replace(GOOD, **answers), TODAY, len(DEFAULT_LADDER), running)


def test_a_good_draft_is_kept_whole() -> None:
    calendar = Calendar("Europe/Lisbon", 6, date(2026, 3, 9), Weekly(1, 570), Weekly(4, 960), 2, 1, (0, 1, 4))
    rules = RuleSettings(min_gap=3, other_department_only=True, guests_allowed=True)
    assert check() == CheckedProgram("Upside Down", ("U1", "U2"), "C1", calendar, rules)


@pytest.mark.parametrize(
    ("field", "answer", "sentence"),
    [
        ("name", " \n ", "a name of 1 to 80 characters"),
        ("name", "x" * 81, "a name of 1 to 80 characters"),
        ("leads", (), "between 1 and 10 leads"),
        ("leads", [f"U{n}" for n in range(MAX_LEADS + 1)], "between 1 and 10 leads"),
        ("leads", ("U1", "everybody"), "One of these is not a person."),
        ("leads_channel", "", "Choose the channel"),
        ("leads_channel", "D1", "Choose the channel"),
        ("leads_channel", "<!channel>", "Choose the channel"),
        ("time_zone", "Mars/Base", "like Europe/Lisbon"),
        ("time_zone", "", "like Europe/Lisbon"),
        ("cycle_weeks", 1, "a whole number of weeks from 2 to 52"),
        ("cycle_weeks", "53", "a whole number of weeks from 2 to 52"),
        ("cycle_weeks", "six", "a whole number of weeks from 2 to 52"),
        ("cycle_weeks", None, "a whole number of weeks from 2 to 52"),
        ("first_start", "", "Choose the date on which the first cycle starts."),
        ("first_start", "09.03.2026", "Choose the date on which the first cycle starts."),
        ("first_start", "2026-03-01", "2026-03-01 has passed."),
        ("first_start", "2027-03-04", "within the next year"),
        ("intro_weekday", 7, "Choose a day of the week."),
        ("intro_weekday", None, "Choose a day of the week."),
        ("intro_time", "10", "like 10:00"),
        ("checkin_weekday", "-1", "Choose a day of the week."),
        ("checkin_weekday", "Monday", "Choose a day of the week."),
        ("checkin_time", "25:00", "like 10:00"),
        ("proposal_days", 0, "a whole number of days from 1 to 7"),
        ("proposal_days", 8, "a whole number of days from 1 to 7"),
        ("working_days", (), "Choose at least one working day."),
        ("working_days", ("7", "Monday", -1), "Choose at least one working day."),
        ("intro_weekday", 6, "Introductions need a working day, and Sunday is none here."),
        ("checkin_weekday", "5", "Check-ins need a working day, and Saturday is none here."),
        ("min_gap", 0, "a whole number of levels from 1 to 7"),
        ("min_gap", len(DEFAULT_LADDER), "a whole number of levels from 1 to 7"),
    ],
)
def test_a_mistake_gets_a_sentence_at_its_field(field: str, answer: object, sentence: str) -> None:
    with pytest.raises(Invalid) as told:
        check(False, **{field: answer})
    assert list(told.value.fields) == [field]
    assert sentence in told.value.fields[field]


def test_all_mistakes_are_told_at_once() -> None:
    typed = [field.name for field in fields(ProgramDraft) if field.type != "bool"]
    with pytest.raises(Invalid) as told:
        check(False, **dict.fromkeys(typed, "") | {"leads": ()})
    assert sorted(told.value.fields) == sorted(typed)


@pytest.mark.parametrize(
    ("meetings", "rhythm", "weeks"),
    [(6, "2", 12), ("6", "monthly", 26), (1, "8", 8), (12, "monthly", 52), (52, "1", 52), (1, "monthly", 5)],
)
def test_the_length_follows_from_meetings_and_rhythm(meetings: object, rhythm: str, weeks: int) -> None:
    calendar = check(meetings=meetings, rhythm=rhythm, cycle_weeks="").calendar
    assert (calendar.cycle_weeks, calendar.plan) == (weeks, Plan(int(str(meetings)), Rhythm(rhythm)))


@pytest.mark.parametrize(
    ("meetings", "rhythm", "field", "sentence"),
    [
        ("", "2", "meetings", "a whole number of meetings from 1 to 52"),
        ("some", "2", "meetings", "a whole number of meetings from 1 to 52"),
        (0, "monthly", "meetings", "a whole number of meetings from 1 to 52"),
        (20, "3", "meetings", "20 meetings, every three weeks would take 60 weeks, and a cycle has 2 to 52."),
        (1, "1", "meetings", "1 meeting would take 1 weeks"),
        (6, "", "rhythm", "Choose how often a pair is to meet."),
        (6, "9", "rhythm", "Choose how often a pair is to meet."),
        (6, AS_IT_IS, "rhythm", "the length of a cycle follows from that"),
    ],
)
def test_a_plan_that_cannot_be_gets_a_sentence(
    meetings: object, rhythm: str, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as told:
        check(meetings=meetings, rhythm=rhythm)
    assert list(told.value.fields) == [field]
    assert sentence in told.value.fields[field]


def test_every_rhythm_has_its_words_and_takes_longer_for_more_meetings() -> None:
    assert len({one.words for one in Rhythm}) == len(Rhythm)
    for rhythm in Rhythm:
        lengths = [rhythm.weeks(number) for number in MEETINGS]
        assert lengths == sorted(set(lengths))


def test_where_nobody_was_asked_the_dates_themselves_are_working_days() -> None:
    assert check(working_days=None).calendar.working_days == (0, 1, 2, 3, 4)
    weekend = check(working_days=None, intro_weekday=6, checkin_weekday=5).calendar
    assert weekend.working_days == (0, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize("start", ["2026-03-02", "2027-03-03"])
def test_the_borders_of_a_first_start_are_inside(start: str) -> None:
    assert check(first_start=start).calendar.first_start == date.fromisoformat(start)


def test_a_running_program_keeps_its_first_start_in_the_past() -> None:
    assert check(True, first_start="2025-01-06").calendar.first_start == date(2025, 1, 6)


def test_a_program_gives_its_draft_back() -> None:
    checked = check()
    program = Program(1, "T1", checked.name, checked.leads, "C1", checked.calendar, checked.rules)
    assert check_program(draft_of(program), TODAY, len(DEFAULT_LADDER)) == checked


def test_levels_have_names() -> None:
    checked = check()
    program = Program(1, "T1", "x", ("U1",), "C1", checked.calendar, ladder=("Junior", "Senior"))
    assert [program.level_name(level) for level in (1, 2, None, 9)] == [
        "Junior",
        "Senior",
        "no level yet",
        "no level yet",
    ]
