"""Profiles as they are typed: every mistake gets a sentence at its field, and nothing is kept in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.errors import Invalid
from mentoring.people import (
    MAX_AVOID,
    MAX_CAPACITY,
    MAX_LANGUAGES,
    MAX_NAME,
    MAX_SKILLS,
    Member,
    Person,
    Profile,
    ProfileDraft,
    Role,
    Standing,
    check_profile,
    clock_text,
    draft_of,
    one_line,
    parse_clock,
)

LEVELS = 8
GOOD = ProfileDraft(
    role="both",
    shares=("AI tools",),
    wants=("SQL", "Negotiation"),
    level=3,
    department="Sales",
    languages=("English", "Português"),
    starts="08:30",
    ends="17:15",
    manager_id="UBOSS",
    avoid=("U8", "U9"),
    mentor_capacity="2",
    mentee_capacity=1,
    working_days=("6", "0", "0"),
)


def check(**answers: Any) -> Profile:
    return check_profile(replace(GOOD, **answers), "U1", LEVELS)


def test_a_good_draft_is_kept_whole() -> None:
    assert check() == Profile(
        role=Role.BOTH,
        shares=("AI tools",),
        wants=("SQL", "Negotiation"),
        level=3,
        department="Sales",
        languages=("English", "Português"),
        hours=(510, 1035),
        manager_id="UBOSS",
        avoid=("U8", "U9"),
        mentor_capacity=2,
        mentee_capacity=1,
        working_days=(0, 6),
    )


@pytest.mark.parametrize(
    ("field", "answers", "sentence"),
    [
        ("role", {"role": "boss"}, "Choose whether you want to share, to learn, or both."),
        ("role", {"role": ""}, "Choose whether you want to share, to learn, or both."),
        ("shares", {"shares": ()}, "Choose at least one skill that you would like to share."),
        ("wants", {"wants": ()}, "Choose at least one skill that you would like to learn."),
        ("shares", {"shares": [f"Skill {n}" for n in range(21)]}, "at most 20 skills. You have 21."),
        ("wants", {"wants": [f"Skill {n}" for n in range(25)]}, "at most 20 skills. You have 25."),
        ("level", {"level": 0}, "Choose one of the levels in the list."),
        ("level", {"level": LEVELS + 1}, "Choose one of the levels in the list."),
        ("department", {"department": "x" * 81}, "keep the department under 81 characters"),
        ("languages", {"languages": ()}, "Choose at least one language"),
        ("languages", {"languages": (" ", "")}, "Choose at least one language"),
        ("languages", {"languages": ("English", "x" * 81)}, "too long to be a name"),
        ("starts", {"starts": "nine"}, "like 09:00"),
        ("ends", {"ends": "24:00"}, "like 17:30"),
        ("ends", {"starts": "09:00", "ends": "09:00"}, "Choose an end that is 1 minute to 16 hours"),
        ("ends", {"starts": "09:00", "ends": "05:00"}, "Choose an end that is 1 minute to 16 hours"),
        ("manager_id", {"manager_id": "U1"}, "You chose yourself."),
        ("avoid", {"avoid": ("U2", "U1")}, "You chose yourself."),
        ("avoid", {"avoid": [f"U{n}" for n in range(2, 23)]}, "at most 20 people"),
        ("avoid", {"avoid": ("U2", "<!channel>")}, "One of these is not a person."),
        ("avoid", {"avoid": ("u2",)}, "One of these is not a person."),
        ("manager_id", {"manager_id": "U2\n"}, "Choose a person from the list"),
        ("manager_id", {"manager_id": "U" + "2" * 31}, "Choose a person from the list"),
        (
            "languages",
            {"languages": [f"Language {n}" for n in range(21)]},
            "at most 20 languages. You have 21.",
        ),
        ("languages", {"languages": ("\u202e", "\u200d")}, "at least one language"),
        ("mentor_capacity", {"mentor_capacity": 0}, "from 1 to 5"),
        ("mentor_capacity", {"mentor_capacity": "6"}, "from 1 to 5"),
        ("mentee_capacity", {"mentee_capacity": "many"}, "from 1 to 5"),
        ("mentee_capacity", {"mentee_capacity": -1}, "from 1 to 5"),
    ],
)
def test_a_mistake_gets_a_sentence_at_its_field(field: str, answers: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid) as told:
        check(**answers)
    assert list(told.value.fields) == [field]
    assert sentence in told.value.fields[field]
    assert told.value.sentence == told.value.fields[field]


def test_all_mistakes_are_told_at_once() -> None:
    wrong = ProfileDraft(
        role="boss",
        level=99,
        department="x" * 99,
        starts="?",
        ends="?",
        manager_id="U1",
        avoid=("U1",),
        mentor_capacity="?",
        mentee_capacity="?",
        working_days=("Monday",),
    )
    with pytest.raises(Invalid) as told:
        check_profile(wrong, "U1", LEVELS)
    no_part_of_a_profile = {"opens", "asks"}
    assert set(told.value.fields) == set(ProfileDraft.__dataclass_fields__) - no_part_of_a_profile


@pytest.mark.parametrize(
    ("role", "shares", "wants"),
    [("share", ("AI tools",), ()), ("learn", (), ("SQL",)), ("share", ("A",), ("B",))],
)
def test_only_the_role_decides_what_is_needed(
    role: str, shares: tuple[str, ...], wants: tuple[str, ...]
) -> None:
    profile = check(role=role, shares=shares, wants=wants)
    assert (profile.shares, profile.wants) == (shares, wants)


def test_the_borders_are_inside() -> None:
    profile = check(
        shares=[f"Skill {n}" for n in range(MAX_SKILLS)],
        avoid=[f"W{n}" for n in range(MAX_AVOID)],
        languages=[f"{n} " + "x" * (MAX_NAME - 3) for n in range(MAX_LANGUAGES)],
        level=LEVELS,
        department="x" * MAX_NAME,
        mentor_capacity=MAX_CAPACITY,
        starts="00:00",
        ends="23:59",
    )
    assert (len(profile.shares), len(profile.avoid), profile.hours) == (MAX_SKILLS, MAX_AVOID, (0, 1439))


def test_what_is_typed_twice_is_kept_once_in_order() -> None:
    profile = check(
        shares=("B", "A", "B"),
        wants=("C", "C"),
        avoid=("U9", "U8", "U9"),
        languages=("Português ", "Português"),
    )
    assert (profile.shares, profile.wants) == (("B", "A"), ("C",))
    assert (profile.avoid, profile.languages) == (("U9", "U8"), ("Português",))


def test_empty_answers_that_are_allowed() -> None:
    profile = check(level=None, department="  ", manager_id="", avoid=(), mentor_capacity=None)
    assert (profile.level, profile.department, profile.manager_id) == (None, "", None)
    assert (profile.avoid, profile.mentor_capacity) == ((), 1)


@given(st.integers(0, 1439))
def test_every_time_of_day_can_be_typed(minutes: int) -> None:
    assert parse_clock(clock_text(minutes)) == minutes


@pytest.mark.parametrize("text", ["9:05", " 09:05 ", "09:05"])
def test_times_as_people_type_them(text: str) -> None:
    assert parse_clock(text) == 545


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "9",
        "9:5",
        "24:00",
        "12:60",
        "-1:00",
        "12.30",
        "12:3a",
        "²:00",
        "1:0٣",
        "009:00",
        "9" * 9000 + ":00",
    ],
)
def test_what_is_no_time_of_day(text: str) -> None:
    assert parse_clock(text) is None


@given(st.text())
def test_a_clock_never_fails(text: str) -> None:
    assert parse_clock(text) is None or 0 <= (parse_clock(text) or 0) < 1440


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  R&D \n South ", "R&D South"),
        ("Sa\0les\x1b", "Sales"),
        ("\ud800Sales \udfff", "Sales"),
        ("خانواده\u200cها", "خانواده\u200cها"),
        ("👩\u200d💻 Team", "👩\u200d💻 Team"),
        ("\u202eselaS\u2066", "selaS"),
        ("\ufeffSa\u200bles\u200d", "Sales"),
    ],
)
def test_text_is_brought_onto_one_line(text: str, kept: str) -> None:
    assert one_line(text) == kept
    assert check(department=text).department == kept


def test_a_profile_gives_its_draft_back() -> None:
    profile = check()
    assert check_profile(draft_of(profile), "U1", LEVELS) == profile


@pytest.mark.parametrize(
    ("standing", "deactivated", "takes_part"),
    [
        (Standing.ACTIVE, False, True),
        (Standing.ACTIVE, True, False),
        (Standing.PAUSED, False, False),
        (Standing.LEFT, False, False),
    ],
)
def test_who_takes_part(standing: Standing, deactivated: bool, takes_part: bool) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    person = Person("U1", "Ada", deactivated=deactivated)
    assert Member(1, person, check(), standing, now, now).takes_part is takes_part


@pytest.mark.parametrize(
    ("role", "mentors", "learns"),
    [(Role.SHARE, True, False), (Role.LEARN, False, True), (Role.BOTH, True, True)],
)
def test_roles(role: Role, mentors: bool, learns: bool) -> None:
    assert (role.mentors, role.learns) == (mentors, learns)
