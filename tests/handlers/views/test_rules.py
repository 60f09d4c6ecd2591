"""The window of rules and weights and its answers, in every state: Slack takes them, and no section is too full."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from handlers.ids import Action
from handlers.metadata import OfRules
from handlers.rule_lines import NAMES, read_rule, word_for
from handlers.views import rule_text
from handlers.views.parts import Rendered
from handlers.views.rules import SECTIONS, rules_modal
from mentoring.errors import Invalid
from mentoring.ladders import moved
from mentoring.matching import PastPair, Problem, Rules
from mentoring.programs import DEFAULT_LADDER, SWITCHES, RuleSettings
from mentoring.rule_sheet import MUCH, RuleSheet, check_sheet, sheet_of
from program.rules import WhatIf, milder
from tests.handlers.views.checks import assert_good_message, assert_good_view
from tests.handlers.views.samples import a_program, hostile

NAMED = sheet_of(a_program(sponsor="U0000000001", junior_champion="U0000000002"))
TYPICAL = sheet_of(a_program())
EMPTY = RuleSheet(ladder="", min_gap="", ideal_gap="", min_overlap="")
LONGEST = replace(
    NAMED,
    ladder="\n".join(f"{number:02}" + "L" * 38 for number in range(30)),
    min_gap="29",
    max_gap="29",
    other_department_only="on",
    guests_allowed="on",
    min_overlap="719",
    repeat_cycles="1000",
    approve_above="83",
    approve_after_days="30",
)
HOSTILE = replace(
    LONGEST,
    ladder="\n".join(f"{number:02}{hostile(36)}" for number in range(30)),
    min_gap="<@U1|x>",
    max_gap="*_`~>",
)
STRICT = Rules(
    min_gap=2, max_gap=3, **{one.name: True for one in fields(Rules) if isinstance(one.default, bool)}
)
MET_BEFORE = Problem((), history=[PastPair("a", "b")], on=date(2026, 11, 30))
OTHER = {
    "ladder": "One\nTwo",
    "min_gap": "2",
    "max_gap": "5",
    "ideal_gap": "4",
    "min_overlap": "90",
    "repeat_cycles": "3",
    "skill_fit": "off",
    "gap": "off",
    "hours_overlap": "off",
    "other_department": "off",
    "approve_above": "77",
    "approve_after_days": "9",
    "sponsor": "U0000000008",
    "junior_champion": "U0000000009",
    "experiences": "Only this one",
    **{name: "on" if getattr(TYPICAL, name) == "off" else "off" for name in SWITCHES},
}
"""Another value for each rule than the typical one."""

STATES = {"empty": EMPTY, "typical": TYPICAL, "longest": LONGEST, "hostile": HOSTILE}
MUCH_TOLD = WhatIf(
    99_990,
    99_999,
    200_000,
    tuple((name, 99_999) for name, _ in milder(STRICT, MET_BEFORE)),
    99_999,
)
TOLD = (None, WhatIf(0, 0, 0), WhatIf(4, 4, 6, (("min_overlap", 1), ("guests_allowed", 0)), 1), MUCH_TOLD)

WINDOWS: dict[str, dict[str, Any]] = {
    f"{state}, {section or 'closed'}": rules_modal(
        sheet, OfRules(section, {"ladder": sheet.ladder}, "0123456789ab", True), told
    )
    for state, sheet in STATES.items()
    for section, told in zip(("", *(one.name for one in SECTIONS)), (*TOLD, *TOLD), strict=False)
} | {
    "trouble": rules_modal(HOSTILE, OfRules("levels"), trouble=hostile(2000)),
}
ANSWERS: dict[str, Rendered] = {
    **{f"all, {state}": rule_text.all_rules(sheet, MUCH_TOLD) for state, sheet in STATES.items()},
    **{f"saved, {state}": rule_text.saved(sheet, 2) for state, sheet in STATES.items()},
    **{
        f"would change {field}": rule_text.would_change(field, LONGEST, MUCH_TOLD) for field in NAMES.values()
    },
    **{f"changed {field}": rule_text.changed(field, HOSTILE, 1) for field in NAMES.values()},
    "nothing to say": rule_text.all_rules(TYPICAL, WhatIf(0, 0, 0)),
    "no such rule": rule_text.no_such_rule(hostile(500)),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_every_window(name: str) -> None:
    assert_good_view(WINDOWS[name])
    assert sum(block["type"] == "input" for block in WINDOWS[name]["blocks"]) <= 6


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer(name: str) -> None:
    assert_good_message(ANSWERS[name])


def test_every_rule_stands_in_one_section_and_can_be_typed() -> None:
    held = [field for section in SECTIONS for field in section.holds]
    assert sorted(held) == sorted(RuleSheet.__slots__)
    assert sorted(NAMES.values()) == sorted(RuleSheet.__slots__)


@pytest.mark.parametrize("name", RuleSheet.__slots__)
def test_each_rule_is_told(name: str) -> None:
    """In its section while that is closed, and in the answer to who changed it."""
    other = replace(TYPICAL, **{name: OTHER[name]})
    (section,) = [one for one in SECTIONS if name in one.holds]
    assert section.told(other) != section.told(TYPICAL)
    assert rule_text.changed(name, other, 0) != rule_text.changed(name, TYPICAL, 0)


@pytest.mark.parametrize("name", RuleSheet.__slots__)
def test_each_rule_stands_in_a_field_of_its_section(name: str) -> None:
    other = replace(TYPICAL, **{name: OTHER[name]})
    (section,) = [one for one in SECTIONS if name in one.holds]
    shown = [rules_modal(one, OfRules(section.name))["blocks"] for one in (TYPICAL, other)]
    assert shown[0] != shown[1]


@pytest.mark.parametrize("name", SWITCHES)
def test_each_switch_can_be_typed(name: str) -> None:
    for word, value in (("yes", "on"), ("no", "off")):
        line = read_rule(f"{word_for(name)} {word}")
        assert line is not None
        assert getattr(line.on(TYPICAL), name) == value


def test_one_section_at_a_time_is_open() -> None:
    for section in SECTIONS:
        blocks = rules_modal(TYPICAL, OfRules(section.name))["blocks"]
        closed = [one["accessory"]["value"] for one in blocks if one.get("accessory")]
        assert closed == [one.name for one in SECTIONS if one is not section]
        assert all(
            one["accessory"]["action_id"] == Action.RULES_SECTION for one in blocks if one.get("accessory")
        )


def test_what_stands_is_what_a_sheet_gives_back() -> None:
    program = a_program(sponsor="U0000000001")
    checked = check_sheet(sheet_of(program), RuleSettings())
    assert (checked.rules, checked.ladder) == (program.rules, DEFAULT_LADDER)
    assert (checked.sponsor, checked.junior_champion) == ("U0000000001", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ladder": "One"}, "ladder"),
        ({"ladder": "One\ntwo\nTWO"}, "ladder"),
        ({"ladder": "One\n" + "x" * 41}, "ladder"),
        ({"min_gap": "8"}, "min_gap"),
        ({"min_gap": "²"}, "min_gap"),
        ({"min_gap": "3", "max_gap": "2"}, "max_gap"),
        ({"min_overlap": "-1"}, "min_overlap"),
        ({"skill_fit": "lots"}, "skill_fit"),
        ({"approve_above": "101"}, "approve_above"),
        ({"approve_after_days": "0"}, "approve_after_days"),
        ({"sponsor": "Ana"}, "sponsor"),
    ],
)
def test_what_is_wrong_is_said_on_its_field(changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        check_sheet(replace(TYPICAL, **changes), RuleSettings())
    assert [*wrong.value.fields] == [field]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("max-gap 3", "3"),
        ("MAX_GAP = 3 levels", "3"),
        ("max-gap none", ""),
        ("overlap 2h", "120"),
        ("overlap 90 minutes?", "90"),
        ("repeat never", ""),
        ("repeat at once", "0"),
        ("departments yes", "on"),
        ("waiting first", "on"),
        ("skill-fit a little", "little"),
        ("hours off", "off"),
        ("approve-above 80%", "80"),
        ("sponsor <@U0000000001|ana>", "U0000000001"),
        ("champion nobody", ""),
        ("ladder Low, Middle,High", "Low\nMiddle\nHigh"),
    ],
)
def test_rules_as_they_are_typed(typed: str, text: str) -> None:
    line = read_rule(typed)
    assert line is not None
    assert (line.text, line.only_counts) == (text, typed.endswith("?"))


@pytest.mark.parametrize(
    ("new", "steps"),
    [
        (["A", "B", "C"], {1: 1, 2: 2, 3: 3}),
        (["A", "X", "C"], {1: 1, 2: 2, 3: 3}),
        (["a", "b", "C", "D"], {1: 1, 2: 2, 3: 3}),
        (["Z", "A", "B", "C"], {1: 2, 2: 3, 3: 4}),
        (["A", "C"], {1: 1, 2: None, 3: 2}),
        (["A", "X", "Y", "C"], {1: 1, 2: None, 3: 4}),
        (["C", "B", "A"], {1: 3, 2: 2, 3: 1}),
        (["X", "Y"], {1: None, 2: None, 3: None}),
    ],
)
def test_what_becomes_of_each_level(new: list[str], steps: dict[int, int | None]) -> None:
    assert moved(("A", "B", "C"), new) == steps


def test_each_word_for_much_is_kept() -> None:
    for word, weight in MUCH.items():
        assert check_sheet(replace(TYPICAL, gap=word), RuleSettings()).rules.gap == weight
