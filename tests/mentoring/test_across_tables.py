"""What one table of a report hides cannot be worked out from another: every cycle that looks alike is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from mentoring.outcomes.counted import About, Connection, Counted, Participant, counted
from mentoring.outcomes.published import Report, Thresholds, Topic, published
from mentoring.outcomes.suppression import FEWEST
from mentoring.reflections import Reflection

BEGINS = datetime(2027, 1, 4, tzinfo=UTC)
MOST = 4

Cycle = tuple[int, int, int, int, int]
"""Pairs without a meeting, with 1 or 2, with 3 or more, their meetings, and how many people said how one was."""


def report(counts: Counted) -> Report:
    return published(counts, 1, BEGINS, BEGINS + timedelta(weeks=12), Thresholds())


def cycles(pairs: int) -> Iterator[Cycle]:
    for none in range(pairs + 1):
        for few in range(pairs - none + 1):
            many = pairs - none - few
            for held in range(few + 3 * many, 2 * few + MOST * many + 1):
                for answered in (0, *range(FEWEST, 2 * (few + many) + 1)):
                    yield none, few, many, held, answered


def lived(cycle: Cycle) -> Counted:
    none, few, many, held, answered = cycle
    each = [0] * none + [1] * few + [3] * many
    left = held - sum(each)
    for place in range(none, len(each)):
        more = min(left, 1)  # one of two for a pair with few, four of at most `MOST` for one with many
        each[place] += more
        left -= more
    pairs = [Connection(f"A{n}", f"B{n}", True, met, 1, True) for n, met in enumerate(each)]
    return counted(pairs, [], {Reflection.LEARNED: answered}, MOST)


Looks = tuple[Topic | None, ...]
"""What is published of pairs, of meetings, of pairs by meetings, and of what was said of them."""


def shown(found: Report) -> Looks:
    return tuple(found.topic(about) for about in (About.PAIRS, About.MEETINGS, About.MET, About.SATISFACTION))


@pytest.mark.parametrize("sizes", [(2, 3, 4), (5,), (6,), (7,)])
def test_who_said_how_a_meeting_was_tells_of_no_hidden_pairs(sizes: tuple[int, ...]) -> None:
    alike: dict[Looks, list[Cycle]] = defaultdict(list)
    for pairs in sizes:
        for cycle in cycles(pairs):
            alike[shown(report(lived(cycle)))].append(cycle)
    for looks, those in alike.items():
        _, held, met, _ = looks
        for place in range(3):
            values = {cycle[place] for cycle in those}
            if hidden(met, place) and 0 < min(values) < FEWEST:
                assert len(values) > 1, those
        if hidden(held, 0):
            assert len({cycle[3] for cycle in those}) > 1, those
        sums = {sum(cycle[:3]) for cycle in those}
        assert len(sums) > 1 or min(sums) >= FEWEST, those


def hidden(topic: Topic | None, place: int) -> bool:
    return topic is not None and topic.rows[place].counts == (None,)


def in_two_departments(pairs: int, apart: int) -> Counted:
    """Everybody is in Sales, but for so many mentors."""
    of = ["Legal" if number < apart else "Sales" for number in range(pairs)]
    connections = [Connection(f"A{n}", f"B{n}", True, 1, 1, of[n] != "Sales") for n in range(pairs)]
    departments = [*of, *["Sales"] * pairs]
    people = [Participant(True, True, one, timedelta()) for one in departments]
    return counted(connections, people, {}, MOST)


def test_how_large_a_department_is_tells_of_no_hidden_pairs() -> None:
    """A pair of two departments has somebody who is not in the largest one, of whom there may be few."""
    hides = 0
    for pairs, apart in product(range(FEWEST, 24), range(FEWEST)):
        found = report(in_two_departments(pairs, apart))
        connected, departments = found.topic(About.CONNECTED), found.topic(About.DEPARTMENTS)
        assert connected is not None
        largest = max((one.counts[0] or 0 for one in departments.rows), default=0) if departments else 0
        if connected.rows[0].counts == (None,):
            hides += 1
            assert min(FEWEST - 1, 2 * pairs - largest) > 1, (pairs, apart)
        else:
            assert largest, (pairs, apart)
    assert hides
