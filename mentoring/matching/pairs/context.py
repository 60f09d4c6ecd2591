"""What the hard rules look up about a problem, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from operator import attrgetter

from mentoring.matching.model import MatchingError, PairIds, Participant, Problem, Rules, Side
from mentoring.matching.pairs.chain import ReportingLines
from mentoring.matching.pairs.teaching import LEAST_EXACT, Offer, offers


class Context:
    """A problem with its reporting lines, past pairs and used capacity at hand."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = problem.rules
        self.people = {person.id: person for person in sorted(problem.people, key=attrgetter("id"))}
        self.lines = ReportingLines(self.people.values())
        self._apart = frozenset(map(_either_way, problem.forbidden))
        self._cycles_ago = _latest(problem)
        self._used = _used(problem)

    def around(self, pairs: frozenset[PairIds]) -> Context:
        """Return this context with the pairs given standing as well."""
        other = copy(self)
        other.problem = replace(self.problem, taken=self.problem.taken | pairs)
        other._used = _used(other.problem)  # noqa: SLF001 - a copy of this very object
        return other

    def under(self, rules: Rules) -> Context:
        """Return this context under other rules."""
        other = copy(self)
        other.problem, other.rules = replace(self.problem, rules=rules), rules
        return other

    def person(self, person_id: str) -> Participant:
        """Return the person with this id, or raise `MatchingError`."""
        try:
            return self.people[person_id]
        except KeyError:
            raise MatchingError(f"{person_id} is not among the people given.") from None

    def standing(self, side: Side) -> Mapping[str, int]:
        """Return how many partners each person has on this side already; whoever has none is not there."""
        return self._used[side]

    def room(self, person: Participant, side: Side) -> int:
        """Return how many more partners the person can take on this side."""
        return max(0, person.capacity(side) - self._used[side].get(person.id, 0))

    def offers(self, mentor: Participant) -> dict[str, Offer]:
        """Return what the mentor brings for each skill that they can teach, exactly or by a related skill."""
        return offers(mentor, self.problem.related)

    @property
    def enough(self) -> int:
        """How strong an offer has to be to make a pair legal: that of an exact skill, or any."""
        return 1 if self.rules.related_skills else LEAST_EXACT

    def apart(self, one: Participant, other: Participant) -> bool:
        """Return whether either asked not to be paired with the other, or the leads ruled it out."""
        asked = other.id in one.avoid or one.id in other.avoid
        return asked or _either_way((one.id, other.id)) in self._apart

    def repeats(self, one_id: str, other_id: str) -> bool:
        """Return whether the two were paired, in either direction, within the window."""
        cycles_ago = self._cycles_ago.get(_either_way((one_id, other_id)))
        window = self.rules.repeat_window_cycles
        return cycles_ago is not None and (window is None or cycles_ago <= window)

    def ruled_out(self) -> Iterable[PairIds]:
        """Return all two people who are apart, would repeat or are a pair already, in either order."""
        yield from self._apart
        yield from (pair for pair in self._cycles_ago if self.repeats(*pair))
        yield from self.problem.taken
        for person in self.people.values():
            yield from ((person.id, other_id) for other_id in person.avoid)


def _used(problem: Problem) -> dict[Side, Counter[str]]:
    """Count the pairs that stand already, per side and person."""
    return {
        "mentor": Counter(mentor_id for mentor_id, _ in problem.taken),
        "mentee": Counter(mentee_id for _, mentee_id in problem.taken),
    }


def _either_way(pair: PairIds) -> PairIds:
    one, other = pair
    return (one, other) if one <= other else (other, one)


def _latest(problem: Problem) -> dict[PairIds, int]:
    """Map each two people who were paired to how many cycles ago that was last."""
    latest: dict[PairIds, int] = {}
    for past in problem.history:
        pair = _either_way((past.mentor_id, past.mentee_id))
        latest[pair] = min(past.cycles_ago, latest.get(pair, past.cycles_ago))
    return latest
