"""All that a matching of a spreadsheet came to, for whoever writes, prints or shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mentoring.matching import Participant, Problem, Side, Solution, WhyNot
from mentoring.spreadsheets.aside import Aside, Held, State, set_aside, state_of


@dataclass(frozen=True)
class Outcome:
    """The question, the answer, and what the file says beside them.

    `names` has a name for each id, which is the id where the file has none. `ladder` are the names of the levels
    from the lowest. `held` are rows that cannot be used, `warnings` sentences about what was assumed.
    """

    problem: Problem
    solution: Solution
    names: Mapping[str, str]
    ladder: Sequence[str] = ()
    held: Sequence[Held] = ()
    warnings: Sequence[str] = ()
    answers: Sequence[WhyNot] = ()

    @cached_property
    def aside(self) -> tuple[Aside, ...]:
        """Who is not matched on a side, whoever else is there, and why."""
        return tuple(set_aside(self.problem.people, self.names, self.held))

    @cached_property
    def states(self) -> Counter[State]:
        """How many rows of the file take part, and how many do not, by the reason."""
        held = {one.id for one in self.held if one.id}
        there = Counter(state_of(person) for person in self.problem.people if person.id not in held)
        return there + Counter({State.HELD: len(self.held)})

    @cached_property
    def people(self) -> Mapping[str, Participant]:
        """Everybody by id."""
        return {person.id: person for person in self.problem.people}

    @cached_property
    def without(self) -> Mapping[str, tuple[Side, ...]]:
        """Who is left out, and on which sides."""
        found: dict[str, tuple[Side, ...]] = {}
        for one in self.solution.left_out:
            found[one.id] = (*found.get(one.id, ()), one.side)
        return found

    def called(self, person_id: str) -> str:
        """Return somebody's name, with the id where another person of the file has the same name."""
        name = self.names[person_id]
        return f"{name} ({person_id})" if self._shared_names[name] > 1 and name != person_id else name

    @cached_property
    def _shared_names(self) -> Counter[str]:
        return Counter(self.names.values())

    def paired(self) -> Iterator[str]:
        """Yield the ids of people with a partner, once for each pair."""
        for pair in self.solution.pairs:
            yield from (pair.mentor_id, pair.mentee_id)
