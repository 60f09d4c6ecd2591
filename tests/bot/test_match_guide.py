"""The guide to `match`: its commands run as they are written, and what it says of the results is so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mentoring.matching import Participant, Rule, Weights, legal_pairs, score_parts
from mentoring.matching.model import Problem
from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets import people
from mentoring.spreadsheets.aside import State
from mentoring.spreadsheets.people import read_people
from mentoring.spreadsheets.remarks import Notes
from tests.house import checkout
from tests.house.sources import ROOT

GUIDE = (ROOT / "docs" / "matching-from-a-spreadsheet.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "docs" / "samples" / "people.csv"
MONDAY = date(2026, 11, 23)
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def commands() -> Iterator[tuple[str, str]]:
    """Each block of commands with the output shown below it, which may be none."""
    found = [(match[1], match[2], match.span()) for match in BLOCK.finditer(GUIDE)]
    for (kind, words, (_, end)), (next_kind, output, (start, _)) in zip(
        found, [*found[1:], ("", "", (0, 0))], strict=True
    ):
        if kind == "sh":
            yield words.strip(), output if next_kind == "text" and not GUIDE[end:start].strip() else ""


COMMANDS = [each for each in commands() if "pip install" not in each[0]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout.copy(tmp_path_factory.mktemp("checkout"))


def test_the_first_command_is_the_one_for_a_fresh_checkout() -> None:
    assert COMMANDS[0][0] == "make match FILE=docs/samples/people.csv"
    assert len(COMMANDS) > 3


@pytest.mark.slow
@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_each_command_works_as_it_is_written(folder: Path, command: str, output: str) -> None:
    done = checkout.told(folder, command)
    assert done.returncode == 0, done.stdout
    wanted = "".join(
        ".*" if line.startswith("…") else re.escape(line) for line in output.splitlines(keepends=True)
    )
    assert not output or re.fullmatch(wanted, done.stdout, re.DOTALL), done.stdout


def section(start: str, end: str) -> str:
    beginning = GUIDE.index(start)
    return GUIDE[beginning : GUIDE.index(end, beginning)]


def rows(text: str) -> list[str]:
    """What the first column of a table has in code."""
    return re.findall(r"^\| `([\w-]+)` ", text, re.MULTILINE)


def test_it_names_every_column() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (yes)? ?\|", GUIDE, re.MULTILINE)
    assert [name for name, _ in listed] == list(people.COLUMNS.known)
    assert tuple(name for name, needed in listed if needed) == people.COLUMNS.needed


def test_it_names_every_rule() -> None:
    assert [*rows(section("A `rule` is one of these", "`full` | both")), "full"] == [
        rule.value for rule in Rule
    ]


def test_it_names_every_field_of_the_json_and_no_other(folder: Path) -> None:
    (folder / "people.csv").write_text(
        SAMPLE.read_text(encoding="utf-8") + "zoe,Zoe,mentor,Boss,,,,,,SQL,,,,,,\n", encoding="utf-8"
    )
    asked = "people.csv --json --hold-back --why-not ben lea 2>messages.txt"
    found = json.loads(checkout.told(folder, f".venv/bin/python -m bot match {asked}").stdout)
    table = section("`--json` prints one object", "A `rule` is one of these")
    named = set(re.findall(r"`([a-z_]+)`", table))
    values = {"mentor", "mentee", "full"} | {state.value for state in State if state is not State.TAKES_PART}
    assert keys(found) == named - values
    assert {state.value for state in State} - {"takes_part"} <= named
    assert rows(table) == sorted(found, key=rows(table).index)


def keys(data: Any) -> set[str]:
    """The names of all fields, at any depth."""
    if isinstance(data, list):
        return set().union(*map(keys, data))
    return set(data) | set().union(*map(keys, data.values())) if isinstance(data, dict) else set()


FORMULA = section("**How good a pair is.**", "With `--verbose`")


@pytest.mark.parametrize("weights", [Weights(), Weights(7, 0, 11, 3, 2), Weights(0, 0, 0, 0)])
def test_the_formula_of_the_score_is_the_one_that_counts(weights: Weights) -> None:
    read = read_people(SAMPLE.read_bytes(), DEFAULT_LADDER, Notes())
    by_id = {person.id: person for person in read.people}
    problem = Problem(read.people, weights=weights, related=read.related, on=MONDAY)
    pairs = list(legal_pairs(problem))
    assert len(pairs) >= 5
    for mentor_id, mentee_id, score in pairs:
        mentor, mentee = by_id[mentor_id], by_id[mentee_id]
        points = {
            part.name: part.points for part in score_parts(mentor, mentee, weights, MONDAY, read.related)
        }
        expected = by_the_guide(mentor, mentee, weights, read.related)
        assert {name: points.get(name, 0) for name in expected} == expected
        assert sum(expected.values()) == score
    assert rows(FORMULA) == list(expected)


def by_the_guide(mentor: Participant, mentee: Participant, weights: Weights, related: Any) -> dict[str, int]:
    """The points of each part, as the guide says."""
    names = ("skill_fit", "gap", "hours_overlap", "other_department")
    total = sum(getattr(weights, name) for name in names) or 1
    most = {name: 10_000 * getattr(weights, name) // total for name in names}
    levels = dict(zip(mentor.shares, mentor.share_levels or [3] * len(mentor.shares), strict=True))
    wishes = {skill: max(1, 60 // rank) for rank, skill in enumerate(mentee.wants, 1)}
    strength = {
        wish: max(
            [
                3 + levels[wish] if wish in levels else 0,
                *(levels[s] for s in levels if wish in related.get(s, ())),
            ]
        )
        for wish in wishes
    }
    assert mentor.level
    assert mentee.level
    return {
        "skill_fit": most["skill_fit"]
        * sum(wishes[w] * strength[w] for w in wishes)
        // (6 * sum(wishes.values())),
        "gap": most["gap"] // (1 + abs(mentee.level - mentor.level - weights.ideal_gap)),
        "hours_overlap": most["hours_overlap"] * min(240, shared(mentor, mentee)) // 240,
        "other_department": most["other_department"] if mentor.department != mentee.department else 0,
        "waiting": 0,
    }


def shared(one: Participant, other: Participant) -> int:
    """The minutes of a day in which both work, counted one by one."""
    return len(minutes(one) & minutes(other))


def minutes(person: Participant) -> set[int]:
    midnight = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=ZoneInfo(person.time_zone))
    offset = midnight.utcoffset() or timedelta()
    return {(minute - int(offset.total_seconds()) // 60) % 1440 for minute in range(*person.hours)}


def test_the_example_of_the_formula_is_that_of_the_sample(folder: Path) -> None:
    asked = "match docs/samples/people.csv --json --on 2026-11-25 2>messages.txt"
    pairs = json.loads(checkout.told(folder, f".venv/bin/python -m bot {asked}").stdout)["pairs"]
    ada = next(pair for pair in pairs if (pair["mentor_id"], pair["mentee_id"]) == ("ada", "ivo"))
    example = FORMULA[FORMULA.index("So Ada") :]
    assert f"score {ada['score']:,}:" in example
    assert [f"{part['points']:,}" in example for part in ada["parts"]] == [True] * 4
