"""The numbers of the summary are those that people find when they count in the files."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import Problem, Rule, solve
from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.outcome import Outcome
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.remarks import Notes
from mentoring.spreadsheets.results import LEFT_OUT, left_out_rows, write_table
from mentoring.spreadsheets.summary import _REASONS, summary

MONDAY = date(2026, 11, 23)
SKILLS = st.sampled_from(("", "SQL", "Juggling"))
ROW = st.tuples(
    st.sampled_from(("1", "4", "", "Boss")),
    SKILLS,
    SKILLS,
    st.sampled_from(("", "0")),
    st.sampled_from(("", "0")),
    st.sampled_from(("", "no")),
)
HEADER = "id,level,shares,wants,mentor_capacity,mentee_capacity,active\n"


def outcome(text: str, *, hold_back: bool = True) -> Outcome:
    """Match the people of a file."""
    found = read_people(text.encode(), DEFAULT_LADDER, Notes(), hold_back=hold_back)
    problem = Problem(found.people, related=found.related, on=MONDAY)
    return Outcome(problem, solve(problem), found.names, DEFAULT_LADDER, found.held)


def number(pattern: str, text: str) -> int:
    """The number in a sentence, or 0 if the sentence is not there."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=9))
def test_the_numbers_are_those_of_the_files(people: list[tuple[str, ...]]) -> None:
    text = HEADER + "".join(f"p{place},{','.join(row)}\n" for place, row in enumerate(people))
    found = outcome(text)
    file = io.StringIO(newline="")
    write_table(file, LEFT_OUT, left_out_rows(found))
    file.seek(0)
    lines = [row for row in csv.DictReader(file) if "capacity is 0" not in row["reason"]]
    left = [row["id"] for row in lines if row["side"]]
    paired = {one for pair in found.solution.pairs for one in (pair.mentor_id, pair.mentee_id)}
    told = "\n".join(summary(found, "left.csv"))
    assert number(r"(\d+) p\w+ ha\w+ no partner", told) == len(set(left))
    assert number(r"(\d+) ha\w+ a partner in their other role", told) == len(set(left) & paired)
    assert number(r"(\d+) ha\w+ none in either", told) == len(left) - len(set(left))
    assert number(r"(\d+) pairs?\.", told) == len(found.solution.pairs)
    first = told.splitlines()[0]
    states = [int(count) for count in re.findall(r"(\d+) (?:takes?|is|are|has|have)\b", first)]
    assert number(r"^(\d+) p", first) == len(people) == sum(states)
    assert number(r"(\d+) (?:is|are) held back", first) == len(lines) - len(left) == len(found.held)


def test_without_a_file_the_most_common_reasons_are_told() -> None:
    found = outcome(f"{HEADER}a,1,SQL,,,,\nb,1,Origami,,,,\nc,1,Chess,,,,\nx,4,,SQL,,,\ny,,,SQL,,,\n")
    assert list(summary(found, None))[1:3] == [
        "1 pair. 3 people have no partner; --left-out left.csv writes why, for each.",
        (
            "The most common reasons, counted once for each role: "
            "no mentee wants a skill that they share (2); their level is not known (1)."
        ),
    ]


def test_everybody_has_a_partner() -> None:
    assert list(summary(outcome(f"{HEADER}a,1,SQL,,,,\nx,4,,SQL,,,\n"), None)) == [
        "2 people were read: 2 take part.",
        "1 pair. Everybody who takes part has a partner.",
        "Working hours were compared as of 2026-11-23.",
    ]


def test_every_rule_that_can_stop_somebody_has_its_words() -> None:
    about_two = {Rule.SELF, Rule.ROLE, Rule.AWAY, Rule.STANDING}
    assert set(Rule) - about_two == set(_REASONS)
