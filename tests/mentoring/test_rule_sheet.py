"""What leads save in the rules and weights changes what stands on the sheet, and nothing that is set elsewhere."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mentoring.experiences import DEFAULT_EXPERIENCES
from mentoring.programs import SWITCHES, RuleSettings
from mentoring.rule_sheet import MUCH, RuleSheet, check_sheet, sheet_of
from tests.handlers.views.samples import a_program

MANY_LEVELS = tuple(f"Level {number}" for number in range(1, 21))
COUNTS = st.sampled_from(sorted(MUCH.values()))
SETTINGS = st.builds(
    RuleSettings,
    min_gap=st.integers(1, 5),
    max_gap=st.none() | st.integers(5, 19),
    min_overlap=st.integers(0, 720),
    repeat_cycles=st.none() | st.integers(0, 1000),
    approve_above=st.none() | st.integers(1, 100),
    approve_after_days=st.none() | st.integers(1, 30),
    holidays=st.lists(st.dates(date(2026, 1, 1)).map(date.isoformat), max_size=3).map(tuple),
    skill_fit=COUNTS,
    gap=COUNTS,
    hours_overlap=COUNTS,
    other_department=COUNTS,
    ideal_gap=st.integers(1, 19),
    experiences=st.sampled_from([DEFAULT_EXPERIENCES, DEFAULT_EXPERIENCES[:2]]),
    **{name: st.booleans() for name in SWITCHES},
)
ELSEWHERE = {"holidays"}
"""What the sheet does not ask for: leads list it with a word of its own."""


def test_the_sheet_has_all_rules_but_those_that_are_set_elsewhere() -> None:
    assert {one.name for one in fields(RuleSettings)} - {*RuleSheet.__slots__} == ELSEWHERE


@given(SETTINGS)
def test_saving_what_stands_changes_nothing(rules: RuleSettings) -> None:
    sheet = sheet_of(a_program(rules=rules, ladder=MANY_LEVELS))
    assert check_sheet(sheet, rules).rules == rules


@given(SETTINGS, SETTINGS)
def test_saving_another_sheet_leaves_what_is_set_elsewhere(before: RuleSettings, after: RuleSettings) -> None:
    sheet = sheet_of(a_program(rules=after, ladder=MANY_LEVELS))
    kept = {name: getattr(before, name) for name in ELSEWHERE}
    assert check_sheet(sheet, before).rules == replace(after, **kept)
