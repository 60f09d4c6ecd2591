"""Rules, weights and the ladder: all of them can be set, and mistakes are named by their keys."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from mentoring.matching import Rules, Weights
from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.remarks import Notes
from mentoring.spreadsheets.rules_file import ProgramRules, read_rules
from tests.spreadsheets.builders import errors_of

GUIDE = Path(__file__).parents[2] / "docs" / "matching-from-a-spreadsheet.md"

APART = ("Typography", "Topography", "Typografie", "Tipography")


def test_an_empty_file_changes_nothing() -> None:
    assert read_rules(b"", Notes()) == ProgramRules(Rules(), Weights(), DEFAULT_LADDER)


def test_everything_can_be_set() -> None:
    text = b"""
        ladder = ["Junior", " Senior  partner "]
        apart = [["Typography", " Topography", "Typografie"], ["Typography", "Tipography"]]
        [rules]
        min_gap = 2
        max_gap = 3
        other_department_only = true
        min_overlap_minutes = 60
        repeat_window_cycles = 4
        guests_allowed = true
        related_skills = true
        [weights]
        skill_fit = 1
        gap = 2
        hours_overlap = 3
        other_department = 4
        ideal_gap = 5
    """
    assert read_rules(text, Notes()) == ProgramRules(
        Rules(2, 3, True, 60, 4, True, True), Weights(1, 2, 3, 4, 5), ("Junior", "Senior partner"), APART
    )


def test_the_guide_shows_every_key_with_its_default() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    found = read_rules(example.encode(), Notes())
    rules = Rules(max_gap=4, repeat_window_cycles=6)
    assert found == ProgramRules(rules, Weights(), DEFAULT_LADDER, ("Typography", "Topography"))
    keys = set(re.findall(r"^(\w+) =", example, re.MULTILINE))
    assert keys == {"ladder", "apart", *(item.name for kind in (Rules, Weights) for item in fields(kind))}


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("rules = 3", ["rules: This has to be a table that begins with [rules]."]),
        ("min_gap = 3", ["“min_gap”: This is not known. A rules file has rules, weights, ladder and apart."]),
        (
            "[weights]\nfun = 3",
            ["weights.fun: This is not known. There are: skill_fit, gap, hours_overlap, other_dep"],
        ),
        ("[rules]\nmin_gap = true", ["rules.min_gap: This has to be a whole number."]),
        ("[rules]\nmin_gap = 1.0", ["rules.min_gap: This has to be a whole number."]),
        ("[rules]\nguests_allowed = 1", ["rules.guests_allowed: This has to be true or false."]),
        (
            "[rules]\nmin_gap = 0\nrepeat_window_cycles = -1\n[weights]\ngap = 1001",
            [
                "rules.min_gap: The smallest",
                "rules.repeat_window_cycles: The number",
                "weights.gap: The weight gap has",
            ],
        ),
        (
            "[rules]\nmin_gap = 3\nmax_gap = 2",
            ["rules.max_gap: The largest level gap has to be from 3 to 1,000"],
        ),
        (f"[weights]\ngap = 0x{'f' * 9000}", ["weights.gap: This number is beyond 1,000,000."]),
        ("[rules]\n'a b' = 1", ["rules.“a b”: This is not known."]),
        ("ladder = 3", ["ladder: This has to be a list of 1 to 50 names"]),
        ("ladder = []", ["ladder: This has to be a list of 1 to 50 names"]),
        ("ladder = ['a', 3]", ["ladder: This has to be a list of 1 to 50 names"]),
        (
            "ladder = ['a', '17']",
            ["ladder: A name has 1 to 200 characters that can be read in one line, and"],
        ),
        (
            "ladder = ['a', '1.5']",
            ["ladder: A name has 1 to 200 characters that can be read in one line, and"],
        ),
        ("ladder = ['a', 'A ']", ["ladder: A name is there twice."]),
        ("apart = 3", ["apart: This has to be a list like"]),
        (
            "apart = ['a', ['a'], ['a', 3], ['a', '!'], ['Java', 'JAVA']]",
            [
                "apart, number 1: This has to be two skills or more",
                "apart, number 2: This has to be two skills or more",
                "apart, number 3: This has to be two skills or more",
                "apart, number 4: Please name the skill with at least one letter",
                "apart, number 5: These are one skill in two spellings",
            ],
        ),
        ("[rules", ["the file: It is not TOML: "]),
        (f"x = {'9' * 5000}", ["the file: It is not TOML: "]),
        (f"x = {'[' * 5000}", ["the file: It is not TOML that can be read"]),
    ],
)
def test_mistakes_are_named_by_their_keys(text: str, errors: list[str]) -> None:
    found = errors_of(text, read_rules)
    assert [told[: len(error)] for told, error in zip(found, errors, strict=True)] == errors


def test_bytes_that_cannot_be_read_are_named_by_their_line() -> None:
    assert errors_of(b"[rules]\n# \xff", read_rules) == [
        "line 2: There is a character here that cannot be read. Save the file as UTF-8."
    ]
