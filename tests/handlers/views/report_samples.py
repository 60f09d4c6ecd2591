"""Reports as they can be: with nothing to show, with something hidden, and as long as they get."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from mentoring.outcomes.counted import Connection, Counted, Participant, counted
from mentoring.outcomes.published import Report, Thresholds, published
from mentoring.reflections import Reflection

BEGAN = datetime(2026, 9, 1, 9, tzinfo=UTC)
ENDED = datetime(2026, 11, 24, 9, tzinfo=UTC)
MOST = 14


def report_of(counts: Counted, number: int = 2) -> Report:
    return published(counts, number, BEGAN, ENDED, Thresholds())


def couples(number: int, meetings: int, first: int = 0, *, finished: bool = True) -> list[Connection]:
    """So many pairs of different people with so many meetings each."""
    return [
        Connection(f"UMENTOR{one}", f"UMENTEE{one}", finished, meetings, 1 + one % 5, one % 3 > 0)
        for one in range(first, first + number)
    ]


def crowd(
    number: int, department: str = "Sales", skills: tuple[str, ...] = ("Podcasting",)
) -> list[Participant]:
    """So many people with a partner."""
    return [
        Participant(True, True, department, timedelta(days=200 * (one % 3)), skills, skills)
        for one in range(number)
    ]


_SOME = [*couples(7, 0), *couples(6, 2, 10), *couples(9, 5, 20), *couples(6, 1, 30, finished=False)]
_SAID = {Reflection.LEARNED: 9, Reflection.WENT_WELL: 11, Reflection.SLOW: 6, Reflection.NOT_FOR_ME: 5}
_LONG = [f"{one:02}" + "<&" * 39 for one in range(40)]

EMPTY = report_of(counted([], [], {}, MOST))
TYPICAL = report_of(counted(_SOME, [*crowd(40), *crowd(16, "IT", ("Chess",))], _SAID, MOST))
HIDING = report_of(
    counted([*_SOME, *couples(2, 9, 40)], crowd(12), {Reflection.LEARNED: 3, Reflection.SLOW: 9}, MOST)
)
FEW = report_of(counted(couples(3, 4), crowd(6), {Reflection.LEARNED: 2}, MOST))
LARGEST = report_of(
    counted(
        [*couples(999, 12), *couples(500, 0, 2_000, finished=False)],
        [one for label in _LONG for one in crowd(10, label, (label,))],
        dict.fromkeys(_SAID, 99_999),
        MOST,
    ),
    99_999,
)
EVERY = (EMPTY, TYPICAL, HIDING, FEW)


def any_report(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Report]:
    """Reports on any cycle, in which people named departments and skills with any text."""
    labels = st.lists(texts, max_size=14, unique=True)
    pairs = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), st.booleans()), max_size=6)
    said = st.dictionaries(st.sampled_from(sorted(_SAID)), st.integers(0, 30))
    return st.builds(_report, labels, pairs, said)


def _report(labels: list[str], pairs: list[tuple[int, int, bool]], said: dict[Reflection, int]) -> Report:
    made = [
        one
        for place, (number, meetings, finished) in enumerate(pairs)
        for one in couples(number, meetings, 100 * place, finished=finished)
    ]
    people = [one for place, label in enumerate(labels) for one in crowd(place + 3, label, (label,))]
    return report_of(counted(made, people, Counter(said), MOST))
