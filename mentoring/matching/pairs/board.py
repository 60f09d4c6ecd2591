"""All legal pairs of a problem with their scores, one person against the whole other side at a time.

The same rules as in `rules` and the same formulas as in `score`, on arrays. Loads numpy: import it late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Bools, Ints, concatenated
from mentoring.matching.candidates import Candidates, Roster
from mentoring.matching.hours import utc_window
from mentoring.matching.model import PairIds, Participant, Rule, Side
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.rules import department_key, department_keys, language_keys
from mentoring.matching.pairs.score import most_points, wish_weights
from mentoring.matching.pairs.teaching import FULL_STRENGTH
from mentoring.matching.pairs.traits import Traits, class_filters, points

_WORD = 64
_NOBODY = np.zeros(0, np.int64)


class _Numbers:
    """One number for each department and each language of some people."""

    def __init__(self, people: Iterable[Participant]) -> None:
        languages = {person.languages: language_keys(person) for person in people}
        self._language = _codes(chain.from_iterable(languages.values()))
        self._department = _codes({key for person in people for key in department_keys(person)})

    def departments(self, people: Iterable[Participant]) -> Ints:
        """Return the number of each person's department, -1 if it is not known."""
        return _ints([self._department.get(department_key(person), -1) for person in people])

    def also_departments(self, people: Iterable[Participant]) -> Ints:
        """Return the same by the other source, where two disagree."""
        return _ints([self._department.get(department_keys(person)[-1], -1) for person in people])

    def languages(self, people: Iterable[Participant]) -> NDArray[np.uint64]:
        """Return the languages of each person, one bit a language, in as many words as it takes."""
        kinds = {person.languages: language_keys(person) for person in people}
        bits = np.zeros((len(kinds), len(self._language) // _WORD + 1), np.uint64)
        for row, keys in zip(bits, kinds.values(), strict=True):
            for key in keys:
                word, bit = divmod(self._language[key], _WORD)
                row[word] |= np.uint64(1 << bit)
        number = {languages: kind for kind, languages in enumerate(kinds)}
        return bits[_ints([number[person.languages] for person in people])]


class Table(Traits):
    """The people on one side, as arrays with one row a person.

    `skills` maps a skill to the rows of those who offer or want it and how much it counts for each of them;
    less than `enough` does not make a pair legal. `languages` holds one bit a language, in as many words as it takes.
    """

    def __init__(
        self, context: Context, side: Side, people: Sequence[Participant], numbers: _Numbers
    ) -> None:
        on = context.problem.on
        starts, length = _columns(
            utc_window(person.time_zone, person.hours, on) or (0, 0) for person in people
        )
        super().__init__(
            side,
            level=_ints([person.level or 0 for person in people]),
            starts=starts,
            length=length,
            department=numbers.departments(people),
            languages=numbers.languages(people),
            lowest=_ints([person.lowest for person in people]),
            highest=_ints([person.highest for person in people]),
            also_department=numbers.also_departments(people),
        )
        self.people = people
        self.row = {person.id: row for row, person in enumerate(people)}
        standing = context.standing(side)
        partners = _ints([standing.get(person_id, 0) for person_id in self.row])
        self.room: Ints = np.maximum(0, _ints([person.capacity(side) for person in people]) - partners)
        self.served: Bools = partners > 0
        self.waiting = _ints([person.waiting_cycles for person in people])
        self.enter, self.leave = _columns(map(context.lines.span, self.row))
        self.enough = context.enough if side == "mentor" else 1
        self.counts = [_skill_counts(context, person, side) for person in people]
        self.skills = _by_skill(self.counts)
        self._having = {skill: rows[weights >= self.enough] for skill, (rows, weights) in self.skills.items()}

    @property
    def roster(self) -> Roster:
        """The people by row, as far as their room goes."""
        return Roster(self.room, self.served, self.waiting)

    def cover(self, counts: Mapping[str, int]) -> Ints:
        """Return how much of what one person of the other side offers or wants each person here matches."""
        cover = np.zeros(len(self.people), np.int64)
        for skill, count in counts.items():
            if skill in self.skills:
                rows, weights = self.skills[skill]
                cover[rows] += weights * count
        return cover

    def needs(self, row: int) -> list[str]:
        """Return the skills of a person of which one is needed for a pair."""
        return [skill for skill, count in self.counts[row].items() if count >= self.enough]

    def having(self, skill: str) -> Ints:
        """Return the rows of those who can be a pair by this skill."""
        return self._having.get(skill, _NOBODY)


_Filter: TypeAlias = Callable[[Table, int, Table, Ints], Bools]


class Board:
    """Both sides of a problem, and the hard rules as filters between them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        people = [person for person in context.people.values() if _takes_part(context, person)]
        numbers = _Numbers(people)
        self.mentors = Table(context, "mentor", [person for person in people if person.mentor], numbers)
        self.mentees = Table(context, "mentee", [person for person in people if person.mentee], numbers)
        self.barred = _barred(context, self.mentors, self.mentees)

    def steps(self, side: Side, row: int) -> Iterator[tuple[Rule, Ints]]:
        """Yield, rule by rule, the rows of the other side that are still possible for this person."""
        own, others = self.sides(side)
        taught = np.zeros(len(others.people), np.bool_)
        for skill in own.needs(row):
            taught[others.having(skill)] = True
        oneself = others.row.get(own.people[row].id)
        if oneself is not None:
            taught[oneself] = False
        found: Ints = np.flatnonzero(taught)
        yield Rule.SKILL, found
        for rule, possible in self._filters():
            found = found[possible(own, row, others, found)]
            yield rule, found

    def size(self) -> int:
        """Return how many pairs there are of a mentor and a mentee with room, legal or not."""
        return int(np.count_nonzero(self.mentors.room)) * int(np.count_nonzero(self.mentees.room))

    def candidates(self) -> Candidates:
        """Return all legal pairs between people who have room, by their rows."""
        found = list(self.candidates_by_mentee())
        mentor = concatenated([mentors for _, mentors, _ in found])
        mentee = np.repeat(_ints([row for row, _, _ in found]), [len(mentors) for _, mentors, _ in found])
        codes = mentee * len(self.mentors.people) + mentor
        score = concatenated([scores for _, _, scores in found])
        return Candidates(codes, mentor, mentee, score, np.isin(codes, self._seen()))

    def rosters(self, candidates: Candidates) -> tuple[Roster, Roster]:
        """Return mentors and mentees by row, with room for no more partners than they have candidates."""
        mentors, mentees = self.mentors.roster, self.mentees.roster
        return (
            mentors.at_most(np.bincount(candidates.mentor, minlength=len(mentors))),
            mentees.at_most(np.bincount(candidates.mentee, minlength=len(mentees))),
        )

    def chosen(self, candidates: Candidates, which: Bools) -> frozenset[PairIds]:
        """Return the ids of some of the candidates."""
        rows = zip(candidates.mentor[which].tolist(), candidates.mentee[which].tolist(), strict=True)
        mentors, mentees = self.mentors.people, self.mentees.people
        return frozenset((mentors[mentor].id, mentees[mentee].id) for mentor, mentee in rows)

    def _seen(self) -> list[int]:
        """Return the codes of the pairs that the leads have seen."""
        rows = [
            (self.mentors.row.get(one), self.mentees.row.get(other))
            for one, other in self.context.problem.keep
        ]
        size = len(self.mentors.people)
        return [
            mentee * size + mentor for mentor, mentee in rows if mentor is not None and mentee is not None
        ]

    def candidates_by_mentee(self) -> Iterator[tuple[int, Ints, Ints]]:
        """Yield the row of each mentee with room, the rows of their legal mentors, and the scores with these."""
        for row in np.flatnonzero(self.mentees.room).tolist():
            mentors = self._legal(row)
            yield row, mentors, self._scores(row, mentors)

    def sides(self, side: Side) -> tuple[Table, Table]:
        """Return the table of this side, then that of the other."""
        return (self.mentors, self.mentees) if side == "mentor" else (self.mentees, self.mentors)

    def _legal(self, row: int) -> Ints:
        *_, (_, found) = self.steps("mentee", row)
        return found

    def _filters(self) -> list[tuple[Rule, _Filter]]:
        return [
            *class_filters(self.context.rules),
            (Rule.CHAIN, _chain),
            (Rule.APART, self._not_barred),
            (Rule.FULL, _room),
        ]

    def _not_barred(self, own: Table, row: int, _others: Table, found: Ints) -> Bools:
        barred = self.barred[own.side].get(row, [])
        return np.isin(found, barred, invert=True) if barred else np.ones(len(found), np.bool_)

    def _scores(self, row: int, mentors: Ints) -> Ints:
        counts = self.mentees.counts[row]
        covered = self.mentors.cover(counts)[mentors]
        most = most_points(self.context.problem.weights)["skill_fit"]
        score: Ints = most * covered // max(1, FULL_STRENGTH * sum(counts.values()))
        return score + points(self.context.problem.weights, self.mentees, row, self.mentors, mentors)


def _chain(own: Table, row: int, others: Table, found: Ints) -> Bools:
    enter, leave = own.enter[row], own.leave[row]
    enters, leaves = others.enter[found], others.leave[found]
    linked: Bools = ((enter <= enters) & (enters < leave)) | ((enters <= enter) & (enter < leaves))
    return ~linked


def _room(_own: Table, _row: int, others: Table, found: Ints) -> Bools:
    return others.room[found] > 0


def _barred(context: Context, mentors: Table, mentees: Table) -> dict[Side, dict[int, list[int]]]:
    """List, per row of each side, the rows of the other side that a rule about these two people excludes."""
    barred: dict[Side, dict[int, list[int]]] = {"mentor": defaultdict(list), "mentee": defaultdict(list)}
    for one, other in context.ruled_out():
        for mentor_id, mentee_id in ((one, other), (other, one)):
            mentor, mentee = mentors.row.get(mentor_id), mentees.row.get(mentee_id)
            if mentor is not None and mentee is not None:
                barred["mentor"][mentor].append(mentee)
                barred["mentee"][mentee].append(mentor)
    return barred


def _takes_part(context: Context, person: Participant) -> bool:
    """Return whether the person can be in a pair, as far as rules about one person go."""
    return (
        person.available and person.level is not None and (context.rules.guests_allowed or not person.guest)
    )


def _skill_counts(context: Context, person: Participant, side: Side) -> Mapping[str, int]:
    if side == "mentee":
        return wish_weights(person)
    return {skill: offer.strength for skill, offer in context.offers(person).items()}


def _by_skill(counts: Sequence[Mapping[str, int]]) -> dict[str, tuple[Ints, Ints]]:
    number: dict[str, int] = {}
    numbers = _ints([number.setdefault(skill, len(number)) for skills in counts for skill in skills])
    order = np.argsort(numbers, kind="stable")
    row = np.repeat(np.arange(len(counts)), [len(skills) for skills in counts])[order]
    weight = np.fromiter(chain.from_iterable(skills.values() for skills in counts), np.int64)[order]
    ends = np.cumsum(np.bincount(numbers))[:-1]
    return dict(zip(number, zip(np.split(row, ends), np.split(weight, ends), strict=True), strict=False))


def _codes(keys: Iterable[str]) -> dict[str, int]:
    """Number the keys that are not empty."""
    return {key: code for code, key in enumerate(sorted(set(keys) - {""}))}


def _columns(pairs: Iterable[tuple[int, int]]) -> Ints:
    """Return the first numbers of all pairs in one row, the second ones in another."""
    return np.fromiter(chain.from_iterable(pairs), np.int64).reshape(-1, 2).T.copy()


def _ints(values: Sequence[int]) -> Ints:
    return np.fromiter(values, np.int64, len(values))
