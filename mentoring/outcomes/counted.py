"""What happened in a cycle, counted: exact, for nobody's eyes, and never stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from mentoring.labels import skill_key
from mentoring.outcomes.suppression import Part
from mentoring.reflections import Reflection

ENOUGH = 3
"""So many meetings are enough contact for a pair to be reported beside those that met once; the number is ours."""

SETTLED = timedelta(days=91)
LONG = timedelta(days=365)


class About(StrEnum):
    """What a table of a report is about; the values are stored."""

    PEOPLE = "people"
    PAIRS = "pairs"
    MEETINGS = "meetings"
    MET = "met"
    SATISFACTION = "satisfaction"
    LEVELS = "levels"
    TENURE = "tenure"
    CONNECTED = "connected"
    DEPARTMENTS = "departments"
    SKILLS = "skills"


OTHER = "other"
"""The row for what is not known."""

KEYS: Mapping[About, tuple[str, ...]] = {
    About.PEOPLE: ("took part", "with a partner", "without"),
    About.PAIRS: ("introduced", "finished", "ended"),
    About.MEETINGS: ("held",),
    About.MET: ("none", "few", "enough"),
    About.SATISFACTION: ("answered", *Reflection),
    About.LEVELS: ("1", "2", "3", "more", OTHER),
    About.TENURE: ("new", "settled", "long"),
    About.CONNECTED: ("across", "within", OTHER),
}
"""The rows of each table whose rows are always the same."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A pair that was introduced: whether it finished, how many meetings it had, and how far apart the two were.

    `gap` is in levels, and `across` tells whether they are of two departments; None where that is not known.
    """

    mentor_id: str
    mentee_id: str
    finished: bool
    meetings: int
    gap: int | None
    across: bool | None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part, or had a partner: what a report counts of them."""

    with_partner: bool
    takes_part: bool
    department: str
    tenure: timedelta
    shares: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A cycle in figures. The parts are in the order of `KEYS`; `most` is how many meetings a pair can have had."""

    took_part: int
    with_partner: int
    introduced: Part
    ended: tuple[Part, ...]
    held: Part
    met: tuple[Part, ...]
    levels: tuple[Part, ...]
    connected: tuple[Part, ...]
    satisfaction: tuple[Part, ...]
    tenure: tuple[int, ...]
    departments: Mapping[str, int]
    offered: Mapping[str, int]
    wanted: Mapping[str, int]
    most: int


MANY = 100
"""Beyond so many different people, nobody asks how many there are."""


@dataclass(slots=True)
class _Tally:
    """Counts, and remembers whom, for as long as these are few."""

    count: int = 0
    people: set[str] = field(default_factory=set)

    def add(self, one: Connection, times: int = 1) -> None:
        self.count += times
        if times and len(self.people) < MANY:
            self.people.update((one.mentor_id, one.mentee_id))

    @property
    def part(self) -> Part:
        return Part(self.count, len(self.people))


class _Connections:
    """The pairs of a cycle, counted one after the other."""

    def __init__(self) -> None:
        self.introduced, self.held = _Tally(), _Tally()
        self.ended, self.met = _tallies(2), _tallies(3)
        self.levels, self.connected = _tallies(5), _tallies(3)

    def add(self, one: Connection) -> None:
        self.introduced.add(one)
        self.held.add(one, one.meetings)
        self.ended[not one.finished].add(one)
        self.met[2 if one.meetings >= ENOUGH else min(one.meetings, 1)].add(one)
        self.levels[_level(one.gap)].add(one)
        self.connected[2 if one.across is None else not one.across].add(one)


class _People:
    """The people of a cycle, counted one after the other."""

    def __init__(self) -> None:
        self.took_part = self.with_partner = 0
        self.tenure = [0, 0, 0]
        self.departments: Counter[str] = Counter()
        self.offered: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()

    def add(self, one: Participant) -> None:
        self.took_part += 1
        if one.with_partner:
            self.with_partner += 1
            self.tenure[(one.tenure >= SETTLED) + (one.tenure >= LONG)] += 1
            if one.department:
                self.departments[one.department] += 1
        if one.takes_part:
            self.offered.update(_each_once(one.shares))
            self.wanted.update(_each_once(one.wants))


def counted(
    connections: Iterable[Connection],
    people: Iterable[Participant],
    reflections: Mapping[Reflection, int],
    most: int,
) -> Counted:
    """Count a cycle. `reflections` are the people by what they said last of a meeting; each is in it once."""
    pairs, those = _Connections(), _People()
    for connection in connections:
        pairs.add(connection)
    for person in people:
        those.add(person)
    said = [reflections.get(choice, 0) for choice in Reflection]
    spelling = _spelling(those.offered + those.wanted)
    return Counted(
        took_part=those.took_part,
        with_partner=those.with_partner,
        introduced=pairs.introduced.part,
        ended=_parts(pairs.ended),
        held=pairs.held.part,
        met=_parts(pairs.met),
        levels=_parts(pairs.levels),
        connected=_parts(pairs.connected),
        satisfaction=tuple(Part(count, count) for count in said),
        tenure=tuple(those.tenure),
        departments=_together(those.departments, _spelling(those.departments)),
        offered=_together(those.offered, spelling),
        wanted=_together(those.wanted, spelling),
        most=most,
    )


def _level(gap: int | None) -> int:
    return 4 if gap is None or gap < 1 else min(gap, 4) - 1


def _tallies(number: int) -> list[_Tally]:
    return [_Tally() for _ in range(number)]


def _parts(tallies: Iterable[_Tally]) -> tuple[Part, ...]:
    return tuple(one.part for one in tallies)


def _each_once(labels: Iterable[str]) -> Iterable[str]:
    """The labels of one person, with two spellings of one word once."""
    return {skill_key(label): label for label in labels}.values()


def _spelling(counts: Counter[str]) -> dict[str, str]:
    """Each label with the most common spelling of the same word."""
    first: dict[str, str] = {}
    ranked = sorted(counts, key=lambda label: (-counts[label], label))
    return {label: first.setdefault(skill_key(label), label) for label in ranked}


def _together(counts: Counter[str], spelling: Mapping[str, str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for label, count in counts.items():
        found[spelling[label]] += count
    return dict(found)
