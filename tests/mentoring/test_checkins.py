"""What silence means, and how answers add up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.checkins import Answer, CheckIn, CheckInState, in_a_row, is_silent

WEEKS = ("2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02")


def history(*answers: Answer | str | None) -> list[CheckIn]:
    """One check-in a week; None is silence, "skipped" was never asked."""
    found = []
    for number, given_one in enumerate(answers):
        one = CheckIn(number, 1, "U1", WEEKS[number], CheckInState.SILENT)
        if given_one == "skipped":
            one = replace(one, state=CheckInState.SKIPPED)
        elif isinstance(given_one, Answer):
            one = replace(one, state=CheckInState.ANSWERED, answer=given_one)
        found.append(one)
    return found


@pytest.mark.parametrize(
    ("answers", "silent"),
    [
        ((), False),
        ((None, None), False),
        ((None, None, None), True),
        ((Answer.MET, None, None, None), True),
        ((None, None, None, Answer.MET), False),
        ((None, Answer.NOT_YET, None), False),
        ((None, None, "skipped", None), True),
        ((None, None, "skipped"), False),
        (("skipped", "skipped", "skipped"), False),
    ],
)
def test_three_silent_weeks_in_a_row_are_silence(
    answers: tuple[Answer | str | None, ...], silent: bool
) -> None:
    assert is_silent(history(*answers)) is silent
    assert is_silent(history(*answers)[::-1]) is silent


def test_an_answer_about_any_pair_breaks_the_silence() -> None:
    both = [*history(None, None, None), replace(history(Answer.MET)[0], id=9, pair_id=2, week=WEEKS[1])]
    assert not is_silent(both)


def test_several_pairs_in_one_week_are_one_week() -> None:
    one_week = [replace(history(None)[0], id=number, pair_id=number) for number in range(3)]
    assert not is_silent(one_week)


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ((), 0),
        ((Answer.NOT_YET,), 1),
        ((Answer.NOT_YET, Answer.NOT_YET), 2),
        ((Answer.NOT_YET, Answer.MET), 0),
        ((Answer.NOT_YET, Answer.MET, Answer.NOT_YET), 1),
        ((Answer.NOT_YET, None, Answer.NOT_YET), 2),
        ((Answer.NOT_YET, "skipped", Answer.NOT_YET, None), 2),
    ],
)
def test_answers_in_a_row(answers: tuple[Answer | str | None, ...], count: int) -> None:
    assert in_a_row(history(*answers), Answer.NOT_YET) == count
    assert in_a_row(history(*answers)[::-1], Answer.NOT_YET) == count


@given(st.lists(st.sampled_from([*Answer, None]), max_size=5))
def test_silence_is_what_three_empty_weeks_say(answers: list[Answer | None]) -> None:
    assert is_silent(history(*answers)) == (len(answers) >= 3 and not any(answers[-3:]))


def test_every_answer_has_its_words() -> None:
    assert [answer.words for answer in Answer] == ["We met", "Planned", "Not yet", "I need help"]
