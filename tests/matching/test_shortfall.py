"""Whoever is left out of a comparison has no pair that beats the prices."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching.arrays import Ints
from mentoring.matching.search import shortfall as module
from mentoring.matching.search.shortfall import Shortfall

NOBODY = np.zeros(0, np.int64)
EVERYBODY = np.arange(4)


def prices(*values: int) -> Ints:
    return np.array(values, np.int64)


def told(slack: int = 10, cut: Ints = NOBODY, left_out: Ints = NOBODY) -> Shortfall:
    """Return what is known after everybody was compared at prices of a hundred."""
    known = Shortfall(4)
    mentors, mentees = known.used_up(prices(100, 100), prices(100, 100, 100, 100))
    assert not len(mentors)
    assert mentees.tolist() == EVERYBODY.tolist()
    known.compared(mentees, slack, cut, left_out)
    return known


def test_prices_that_stay_or_rise_concern_nobody() -> None:
    mentors, mentees = told().used_up(prices(100, 130), prices(100, 100, 150, 100))
    assert not len(mentors)
    assert not len(mentees)


def test_a_mentee_whose_price_fell_by_more_than_the_slack_is_compared_again() -> None:
    mentors, mentees = told().used_up(prices(100, 100), prices(89, 90, 100, 100))
    assert not len(mentors)
    assert mentees.tolist() == [0]


def test_mentors_whose_prices_fell_most_are_compared_with_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FALLEN", 1)
    mentors, mentees = told().used_up(prices(40, 93), prices(100, 96, 100, 100))
    assert mentors.tolist() == [0]
    assert mentees.tolist() == [1], "7 points less for the other mentor and 4 for the mentee are more than 10"


def test_so_is_a_mentor_whose_price_fell_by_a_single_point() -> None:
    mentors, mentees = told(slack=0).used_up(prices(99, 100), prices(100, 100, 100, 100))
    assert mentors.tolist() == [0]
    assert not len(mentees)


def test_falls_add_up_from_time_to_time() -> None:
    known = told()
    assert not len(known.used_up(prices(100, 100), prices(94, 100, 100, 100))[1])
    known.compared(NOBODY, 10, NOBODY, NOBODY)
    assert known.used_up(prices(100, 100), prices(88, 94, 100, 100))[1].tolist() == [0]


def test_when_half_of_all_would_have_to_be_compared_everybody_is() -> None:
    known = told()
    mentors, mentees = known.used_up(prices(100, 100), prices(80, 80, 100, 100))
    assert not len(mentors)
    assert mentees.tolist() == EVERYBODY.tolist()


def test_of_whom_only_the_best_were_looked_at_nothing_more_is_known() -> None:
    known = told(cut=prices(2))
    assert known.used_up(prices(100, 100), prices(95, 100, 99, 100))[1].tolist() == [2]


def test_whose_pairs_were_left_out_is_compared_again_whatever_the_prices() -> None:
    known = told(left_out=prices(3))
    assert known.used_up(prices(100, 100), prices(100, 100, 100, 10**15))[1].tolist() == [3]


def test_a_smaller_slack_of_some_mentors_holds_for_all_mentees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FALLEN", 1)
    known = told(slack=50)
    mentors, mentees = known.used_up(prices(20, 100), prices(100, 100, 100, 100))
    assert mentors.tolist() == [0]
    known.compared(mentees, 5, NOBODY, NOBODY)
    assert known.used_up(prices(20, 100), prices(94, 100, 100, 100))[1].tolist() == [0]


POINTS = st.integers(-60, 60)


@given(st.data(), st.integers(1, 5), st.integers(1, 6))
def test_no_pair_that_beats_the_prices_is_missed(data: st.DataObject, mentors: int, mentees: int) -> None:
    """Prices wander, and whoever is to be compared is compared with a slack; nobody else may beat the prices."""
    worth = np.array(data.draw(st.lists(POINTS, min_size=mentors * mentees, max_size=mentors * mentees)))
    worth = worth.reshape(mentors, mentees)
    known, listed = Shortfall(mentees), np.zeros_like(worth, np.bool_)
    for _ in range(4):
        mentor = np.array(data.draw(st.lists(POINTS, min_size=mentors, max_size=mentors)))
        mentee = np.array(data.draw(st.lists(POINTS, min_size=mentees, max_size=mentees)))
        slack = data.draw(st.integers(0, 80))
        gain = worth - mentor[:, None] - mentee
        with patch.object(module, "_FALLEN", data.draw(st.integers(0, 3))):
            rows, columns = known.used_up(mentor, mentee)
        compared = np.zeros_like(listed)
        compared[rows] = compared[:, columns] = True
        assert not np.any((gain > 0) & ~listed & ~compared)
        listed |= compared & (gain > -slack)
        known.compared(columns, slack, NOBODY, NOBODY)
