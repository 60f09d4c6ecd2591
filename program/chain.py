"""The whole reporting lines above people: HR's, whoever takes part in them, and what members say themselves.

Where the two name different managers, both lines count: who is whose manager is private, so nobody decides between
them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mentoring.matching import Participant
from mentoring.people import Member
from mentoring.programs import Program
from storage import hr, members
from storage.database import Tx

LONGEST_CHAIN = 50
"""Managers above one person that are looked at: deeper than any organization, and an end for data in circles."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Who is directly above each person, HR's first; one or two people, or nobody."""

    above: Mapping[str, tuple[str, ...]]

    def placed(self, people: Sequence[Participant]) -> list[Participant]:
        """The same people below HR's managers where HR names one, and beside them all who are above, to no side."""
        known = {person.id for person in people}
        below = [self._below(person) for person in people]
        others = {one for managers in self.above.values() for one in managers} | self.above.keys()
        return below + [
            Participant(one, mentor=False, mentee=False, level=None, manager_id=self._first(one))
            for one in sorted(others - known)
        ]

    def _below(self, person: Participant) -> Participant:
        first = self._first(person.id)
        # A copy checks everything once more, and most of thousands stay as they are.
        return person if person.manager_id == first else replace(person, manager_id=first)

    def _first(self, person_id: str) -> str | None:
        return next(iter(self.above.get(person_id, ())), None)

    def also_linked(self, among: Collection[str]) -> frozenset[tuple[str, str]]:
        """The people among these who are in one line by what is not the first, as (below, above)."""
        forked = {person_id for person_id, managers in self.above.items() if len(managers) > 1}
        if not forked:
            return frozenset()
        among = set(among)
        return frozenset(
            (below, above)
            for below in among
            if not forked.isdisjoint(line := {below, *self._up(below)})
            for above in line & among - {below}
        )

    def _up(self, person_id: str) -> Iterator[str]:
        """Everybody above somebody, each once."""
        seen, wanted = {person_id}, list(self.above.get(person_id, ()))
        while wanted:
            one = wanted.pop()
            if one not in seen:
                seen.add(one)
                yield one
                wanted += self.above.get(one, ())


def above(tx: Tx, program: Program, below: Collection[Member]) -> Lines:
    """The lines above these members, as far as HR or any member knows them."""
    own = {member.person.id: member.profile.manager_id for member in below}
    says: Mapping[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    wanted = set(own)
    for _ in range(LONGEST_CHAIN):
        if not wanted:
            break
        others = wanted - own.keys()
        if others:
            more = members.of_program(tx, program.id, others)
            own |= {one: more[one].profile.manager_id if one in more else None for one in others}
        if not wanted <= says.keys():
            says = {**says, **hr.managers(tx, program.workspace, wanted)}
        for one in wanted:
            both = (says.get(one), own[one])
            found[one] = tuple(dict.fromkeys(manager for manager in both if manager and manager != one))
        wanted = {manager for one in wanted for manager in found[one]} - found.keys()
    return Lines(found)
