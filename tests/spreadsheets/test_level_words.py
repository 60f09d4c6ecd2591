"""Levels in a company's own words: refused once, with a ladder that makes the same file go in."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.ladders import ladder_line
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.remarks import Notes, Refused, Remark
from mentoring.spreadsheets.rules_file import read_rules
from tests.effort import examples
from tests.spreadsheets.builders import HEADER


def file_of(levels: list[str]) -> bytes:
    quoted = (level.replace('"', '""') for level in levels)
    return "".join([HEADER, *(f'\np{n},"{level}",SQL,' for n, level in enumerate(quoted))]).encode()


def refused(levels: list[str]) -> Remark:
    """Return the one error of a file with these levels."""
    notes = Notes()
    with pytest.raises(Refused):
        read_people(file_of(levels), DEFAULT_LADDER, notes)
    (only,) = notes.errors.kept
    return only


def test_all_levels_are_named_once_with_how_many_have_them() -> None:
    told = refused(["VP", "Senior Manager", "IC4", "senior manager", "L3", "3"])
    assert told.place == "line 3, column level"
    assert told.words.startswith(
        "These are not levels: “Senior Manager” (2 people), “IC4” (1 person), “L3” (1 person)."
    )
    assert tomllib.loads(told.paste) == {"ladder": ["L3", "IC4", "Senior Manager", "VP"]}


ORDERS = [
    [
        "Intern",
        "Junior",
        "Associate",
        "Senior",
        "Lead",
        "Manager",
        "Senior Manager",
        "Director",
        "Senior Director",
        "VP",
        "SVP",
        "C-level",
    ],
    ["Junior Engineer", "Engineer", "Senior Engineer", "Staff Engineer", "Principal Engineer"],
    ["IC1", "IC2", "IC3", "IC10"],
    ["L3", "L4", "L10"],
    ["Grade 7", "Grade 8", "Grade 12"],
    ["P3", "P4", "M1", "M2"],
    ["Engineer I", "Engineer II", "Engineer III"],
    ["Associate Director", "Director", "Managing Director", "Vice President", "Senior Vice President", "CEO"],
    ["1st year", "2nd year"],
    ["Praktikant", "Associate", "Leiter", "Direktor"],
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order[0])
def test_a_plausible_order(order: list[str]) -> None:
    assert tomllib.loads(ladder_line(reversed(order)))["ladder"] == order


names = st.text(min_size=1, max_size=20) | st.sampled_from([name for order in ORDERS for name in order])


@given(
    st.lists(names, min_size=1, max_size=12),
    st.sampled_from(["{0}\n", "[rules]\nmin_gap = 2\n{0}\n", "{0}\n[weights]\ngap = 3\n"]),
)
@settings(max_examples=examples(150))
def test_the_proposal_makes_the_same_file_go_in(levels: list[str], rules: str) -> None:
    notes = Notes()
    try:
        read_people(file_of(levels), DEFAULT_LADDER, notes)
    except Refused as found:
        lines = [remark.paste for remark in found.remarks.kept if remark.paste]
        if not lines or found.remarks.count > 1:
            return
        ladder = read_rules(rules.format(lines[0]).encode(), Notes()).ladder
        assert len(read_people(file_of(levels), ladder, Notes()).people) == len(levels)


def test_more_words_than_a_ladder_takes() -> None:
    told = refused([f"Title {n} of many" for n in range(51)])
    assert (told.paste, "and 1 more" in told.words) == ("", True)
    assert "at most 50 short names" in told.words
