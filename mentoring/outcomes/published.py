"""A report as it is published and stored: figures after suppression, which never change again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentoring.outcomes.counted import KEYS, About, Counted
from mentoring.outcomes.suppression import FEWEST, FEWEST_FOR_WORDS, Part, alone, contact, in_fives, parts

MOST_ROWS = 20
"""So many departments and skills a report names: as many as a chart of Slack's takes, and a reader."""

IN_FIVES = frozenset({About.PEOPLE, About.TENURE, About.DEPARTMENTS, About.SKILLS})
"""What counts people, who stay from report to report: a figure of 10 stands for 10 to 14."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below how many people a figure, and a text, is not shown; as they were when the cycle started."""

    fewest: int = FEWEST
    fewest_for_words: int = FEWEST_FOR_WORDS


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its key, or the department or skill that it names, and its figures; None is not shown."""

    key: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One table of a report."""

    about: About
    rows: tuple[Row, ...]

    @property
    def hides(self) -> bool:
        """Whether a figure of it is not shown."""
        return any(None in row.counts for row in self.rows)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is published about a cycle."""

    number: int
    begins: datetime
    ends: datetime
    thresholds: Thresholds
    topics: tuple[Topic, ...]

    def topic(self, about: About) -> Topic | None:
        """The table about that, where there is one."""
        return next((one for one in self.topics if one.about is about), None)


@dataclass(frozen=True, slots=True)
class CycleReport:
    """What leads read about a cycle that is over; it was made when the cycle ended."""

    program: str
    report: Report


@dataclass(frozen=True, slots=True)
class SoFar:
    """What leads read about a cycle that runs: until when, and its pairs and meetings in fives."""

    number: int
    ends: datetime
    pairs: int | None
    meetings: int | None
    thresholds: Thresholds


def published(
    counts: Counted, number: int, begins: datetime, ends: datetime, thresholds: Thresholds
) -> Report:
    """What may be shown of a cycle."""
    return Report(number, begins, ends, thresholds, tuple(_topics(counts, thresholds.fewest)))


def _topics(counts: Counted, fewest: int) -> Iterator[Topic]:
    without = counts.took_part - counts.with_partner
    people = (counts.took_part, counts.with_partner, without)
    answered = sum(one.count for one in counts.satisfaction)
    said = _satisfaction(counts, answered, fewest)
    met, held = _contact(counts, answered if said is not None else 0, fewest)
    connected = _split(counts.connected, counts.introduced, fewest)
    yield _topic(About.PEOPLE, [in_fives(one, fewest) for one in people])
    yield _topic(
        About.PAIRS, [alone(counts.introduced, fewest), *_split(counts.ended, counts.introduced, fewest)]
    )
    yield _topic(About.MEETINGS, [held])
    yield _topic(About.MET, met)
    if said is not None:
        yield _topic(About.SATISFACTION, said)
    yield _topic(About.LEVELS, _split(counts.levels, counts.introduced, fewest))
    yield _topic(About.TENURE, [in_fives(one, fewest) for one in counts.tenure])
    yield _topic(About.CONNECTED, connected)
    # Of a department with nearly everybody in it, so many pairs at most can be with others.
    if None not in connected:
        yield from _listed(About.DEPARTMENTS, _named(fewest, counts.departments))
    yield from _listed(About.SKILLS, _named(fewest, counts.wanted, counts.offered))


def _topic(about: About, figures: Sequence[int | None]) -> Topic:
    return Topic(about, tuple(Row(key, (one,)) for key, one in zip(KEYS[about], figures, strict=True)))


def _split(these: Sequence[Part], whole: Part, fewest: int) -> tuple[int | None, ...]:
    """The parts of a whole, none of which is shown where the whole is not."""
    return parts(these, fewest) if alone(whole, fewest) is not None else (None,) * len(these)


def _satisfaction(counts: Counted, answered: int, fewest: int) -> list[int | None] | None:
    """How many answered and what; None where nobody did, or where it would tell how many pairs there are."""
    if not answered or alone(counts.introduced, fewest) is None:
        return None
    whole = Part(answered, answered)
    return [alone(whole, fewest), *_split(counts.satisfaction, whole, fewest)]


def _contact(counts: Counted, told: int, fewest: int) -> tuple[tuple[int | None, ...], int | None]:
    """The pairs by meetings and all their meetings, where it is `told` that so many people said how one was."""
    if alone(counts.introduced, fewest) is None:
        return (None,) * len(counts.met), None
    return contact(counts.held, counts.met, counts.most, told, fewest)


def _named(fewest: int, first: Mapping[str, int], *others: Mapping[str, int]) -> list[Row]:
    """What enough people named, by what is shown of it alone: an order may not tell what is hidden."""
    every = (first, *others)
    rows = [
        Row(label, tuple(in_fives(one.get(label, 0), fewest) for one in every))
        for label in dict.fromkeys(label for one in every for label in one)
    ]
    shown = [row for row in rows if any(row.counts)]
    return sorted(shown, key=_scarcest)[:MOST_ROWS]


def _scarcest(row: Row) -> tuple[int, int, str]:
    wanted, *offered = (count or 0 for count in row.counts)
    return sum(offered) - wanted, -wanted, row.key.casefold()


def _listed(about: About, rows: Sequence[Row]) -> Iterator[Topic]:
    if rows:
        yield Topic(about, tuple(rows))


def to_stored(topics: Sequence[Topic]) -> list[dict[str, Any]]:
    """The tables of a report as plain values."""
    return [
        {"about": one.about.value, "rows": [{"key": row.key, "counts": list(row.counts)} for row in one.rows]}
        for one in topics
    ]


def from_stored(topics: Sequence[Mapping[str, Any]]) -> tuple[Topic, ...]:
    """The same back as values."""
    return tuple(
        Topic(About(one["about"]), tuple(Row(row["key"], tuple(row["counts"])) for row in one["rows"]))
        for one in topics
    )
