"""Every code that can be stored has a sentence, whole and with every part put in."""

from __future__ import annotations

from itertools import product

import pytest

from mentoring import sentences
from mentoring.matching import Act, Broken, Case, Help, Helps, Rule, Side, Stop
from mentoring.pairings import Because, Cause

SIDES: tuple[Side, ...] = ("mentee", "mentor")


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_told(cause: Cause) -> None:
    told = sentences.because(Because(cause, (Broken(Rule.AWAY, Case.BOTH),), "user_is_restricted"))
    assert told.endswith(".")
    assert "{" not in told


@pytest.mark.parametrize(
    ("side", "who"), [("mentor", "the mentor"), ("mentee", "the mentee"), (None, "one of the two")]
)
def test_who_is_refused_is_named_by_their_side(side: Side | None, who: str) -> None:
    told = sentences.because(Because(Cause.REFUSED, error="user_is_restricted", who=side))
    assert told.startswith(f"Slack does not let {who} into a group conversation, because ")


@pytest.mark.parametrize(("act", "side", "discreet"), list(product(Act, SIDES, (False, True))))
def test_every_act_is_told_alone(act: Act, side: Side, discreet: bool) -> None:
    told = sentences.helps(Helps(side, (Help(act, "SQL", 2, waiting=3, now=120),), discreet))
    assert told[0].isupper()
    assert told.endswith(".")
    assert "{" not in told


@pytest.mark.parametrize(("side", "related"), list(product(SIDES, (False, True))))
def test_every_step_is_told(side: Side, related: bool) -> None:
    steps = (Rule.LEVEL, Rule.HOURS, Rule.LANGUAGE, Rule.DEPARTMENT, Rule.CHAIN, Rule.APART, Rule.FULL)
    counts = tuple((rule, count) for count, rule in enumerate((*reversed(steps), Rule.SKILL)))
    told = sentences.stop(Stop(side, Rule.FULL, counts[::-1], related))
    assert told.count(" → ") == len(steps)
    assert "{" not in told


def test_what_was_written_stays_so() -> None:
    written = "As {somebody} wrote it"
    assert (sentences.reason(written), sentences.stop(written), sentences.helps(written)) == (written,) * 3
