"""What leads look at before a cycle, in every state: Slack takes it, and the words say all that the table does."""

from __future__ import annotations

import pytest

from handlers.views.parts import Rendered
from handlers.views.readiness import before_the_run, reminded
from mentoring.matching import SkillBalance
from mentoring.readiness import NAMED, BeforeTheRun, NotReady
from sandbox.block_kit import check_message
from tests.handlers.views.checks import assert_good_message
from tests.handlers.views.samples import WHEN, hostile, ids

EMPTY = BeforeTheRun("R", 1, WHEN, False, 0, 0)
TYPICAL = BeforeTheRun(
    "R", 2, WHEN, False, 12, 1, (NotReady("U1", NAMED[:1]),), 1, 2, 0, (SkillBalance("Podcasting", 1, 3),)
)
LONGEST = BeforeTheRun(
    "R" * 80,
    99_999,
    WHEN,
    True,
    99_999,
    9_999,
    tuple(NotReady(one, NAMED) for one in ids(300)),
    99_999,
    0,
    99_999,
    tuple(SkillBalance(f"{number:03}" + "s" * 57, number, 99_999) for number in range(300)),
)
HOSTILE = BeforeTheRun(
    hostile(80),
    2,
    WHEN,
    False,
    9,
    0,
    (),
    2,
    1,
    1,
    tuple(SkillBalance(f"{n}{hostile(58)}", n, 1) for n in range(150)),
)
STATES = {"empty": EMPTY, "typical": TYPICAL, "longest": LONGEST, "hostile": HOSTILE}
ANSWERS: dict[str, Rendered] = {
    **{name: before_the_run(content, table=False) for name, content in STATES.items()},
    "one reminded": reminded(1, TYPICAL),
    "nobody reminded": reminded(0, TYPICAL),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_in_words(name: str) -> None:
    assert_good_message(ANSWERS[name])


@pytest.mark.parametrize("name", STATES)
def test_with_the_table_slack_takes_it_and_the_text_is_the_same(name: str) -> None:
    rich, plain = before_the_run(STATES[name], table=True), before_the_run(STATES[name], table=False)
    assert rich.text == plain.text
    assert check_message(rich.blocks) == []


def test_the_table_has_a_heading_and_a_row_for_each_skill() -> None:
    table = before_the_run(TYPICAL, table=True).blocks[-1]
    assert [cell["text"] for cell in table["rows"][0]] == ["Skill", "Want it", "Offer it", "Missing"]
    assert [cell["text"] for cell in table["rows"][1]] == ["Podcasting", "3", "1", "2"]
    assert len(before_the_run(LONGEST, table=True).blocks[-1]["rows"]) == 101
