"""A report names each rule that somebody could have set otherwise."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from mentoring.matching import PastPair, Rules
from mentoring.report.rules import rules_in_words
from tests.matching.builders import MENTEE, MENTOR, problem

ANOTHER: dict[str, Any] = {"int": 3, "int | None": 3, "bool": True}


@pytest.mark.parametrize("setting", fields(Rules), ids=lambda setting: setting.name)
def test_another_setting_reads_otherwise(setting: Any) -> None:
    usual = problem(MENTOR, MENTEE, history=[PastPair(MENTOR.id, MENTEE.id)])
    other = replace(usual, rules=replace(Rules(), **{setting.name: ANOTHER[setting.type]}))
    assert [*rules_in_words(other)] != [*rules_in_words(usual)]
