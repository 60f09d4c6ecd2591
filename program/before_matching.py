"""What pairs of a cycle are looked for among: its problem, with what nobody but the matching may know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from mentoring.cycles import Cycle
from mentoring.experiences import NOTHING_SAID
from mentoring.matching import Participant, Problem
from mentoring.preparation import is_prepared
from mentoring.programs import Program
from program import matching
from storage import experiences, members, preparations
from storage.database import Tx


def problem_of(tx: Tx, program: Program, cycle: Cycle, among: Collection[str] | None = None) -> Problem:
    """The matching problem of a cycle, with the experiences that people opened and asked for in it.

    It is about everybody, or only those `among` these people.

    Whoever has to prepare first, and has not, is not available. Nothing of this is told by a reason or a score, so
    whatever explains a matching to leads asks `matching.problem_of` instead.
    """
    problem = matching.problem_of(tx, program, cycle, among)
    ready = unprepared(tx, program, among)
    people = [replace(one, available=False) if one.id in ready else one for one in problem.people]
    return replace(problem, people=_with_experiences(tx, program, cycle, people))


def unprepared(tx: Tx, program: Program, among: Collection[str] | None = None) -> frozenset[str]:
    """Whom the program's rules hold back until they have prepared; nobody where it is up to each."""
    if not program.rules.preparation_required:
        return frozenset()
    done = preparations.of_program(tx, program.id)
    everybody = members.of_program(tx, program.id, among)
    return frozenset(
        person_id
        for person_id, member in everybody.items()
        if not is_prepared(member.profile.role, done.get(person_id, ()))
    )


def _with_experiences(tx: Tx, program: Program, cycle: Cycle, people: list[Participant]) -> list[Participant]:
    said = experiences.of_cycle(tx, program.id, cycle.number)
    if not said:
        return people
    offered = program.rules.experiences
    spent = experiences.spent(tx, cycle.id)

    def known(one: Participant) -> Participant:
        mine = said.get(one.id, NOTHING_SAID)
        opens = () if one.id in spent else mine.opens
        return replace(
            one,
            opens=tuple(topic for topic in opens if topic in offered),
            asks=tuple(topic for topic in mine.asks if topic in offered),
        )

    return list(map(known, people))
