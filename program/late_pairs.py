"""Pairs in the middle of a cycle: somebody comes, comes back or changes, and fits somebody who has no partner.

1. Whoever joins, returns or saves a profile is noted (`look_for`).
2. A tick looks for the best pairs of some of them and everybody without a partner, under the rules of every matching
   (`due`). It reads nobody else, so that a program of many thousands does not stand still for a newcomer.
3. Each pair becomes a proposal with a card, on which leads decide like on any other; none is introduced by itself.

So that leads are not flooded, at most a few such proposals wait at once, and nobody is in two: the others are looked at
again when those are decided. In the last half of a cycle none is made any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.cadence import local_date
from mentoring.cycles import Cycle, CycleState
from mentoring.days import full_day
from mentoring.matching import Participant, Problem
from mentoring.messages import Kind, to_leads
from mentoring.pairings import STANDING, Pair, PairState, ProposedPair
from mentoring.people import Member
from mentoring.skills import keys_in_reach
from program import before_matching, matching
from program.act import Act
from program.context import Context
from program.look import Look
from program.subjects import OfProgram
from storage import cycles, late, members, pairs

MOST_WAITING = 5
"""So many pairs of this kind wait for the leads at once at most: as many cards as can be read in one go."""

WORTH_IT = 2
"""One part in so many of a cycle has to be left. In a cycle of six meetings half of it is three, and three is the
number from which contacts are counted as enough."""

AT_ONCE = 100
"""So many people a partner is looked for in one tick at most; the others have theirs in the next."""

MANY = 5_000
"""Where more people than this may fit, all are read, which takes less long than asking for each."""

_FOUND = (
    "This pair was found in the middle of the cycle: one of them joined, came back, changed their profile or looks for "
    "somebody new since the pairs were chosen. The cycle ends on {day}."
)


def look_for(act: Act, person_id: str) -> None:
    """Have a partner looked for, because somebody has joined, is back or has changed their profile."""
    late.seek(act.tx, act.program.id, person_id)


def is_worth_it(cycle: Cycle, now: datetime) -> bool:
    """Whether enough of a cycle is left to begin in it: all of it until its introductions, then half."""
    length = cycle.times.ends_at - cycle.times.intro_at
    return cycle.times.ends_at - max(now, cycle.times.intro_at) >= length / WORTH_IT


def warnings(look: Look, pair: Pair) -> tuple[str, ...]:
    """What leads read on the card of a pair that was found in the middle of a cycle, until they decide."""
    if pair.state is not PairState.PROPOSED or not look.is_late(pair):
        return ()
    ends = local_date(look.cycle(pair.cycle_id).times.ends_at, look.calendar.time_zone)
    return (_FOUND.format(day=full_day(ends)),)


def due(ctx: Context) -> int:
    """Look for partners for everybody who has come or changed; gives how many pairs were proposed."""
    with ctx.read() as act:
        waiting = late.seekers(act.tx)
    return sum(_look(ctx, program_id, people[:AT_ONCE]) for program_id, people in waiting.items())


def _look(ctx: Context, program_id: int, people: Sequence[str]) -> int:
    with ctx.read(about=OfProgram(program_id)) as act:
        cycle = _middle(act)
        room = MOST_WAITING - late.waiting(act.tx, cycle.id) if cycle else 0
        if cycle is not None and room <= 0:
            return 0  # they are looked at again once the leads have decided
        seen = members.of_program(act.tx, program_id, people)
        problem, standing = among(act, cycle, may_fit(act, cycle, seen)) if cycle else (None, [])
    with ctx.timed("matching"):
        found = best(problem, standing, frozenset(people)) if problem else []
    with ctx.act(about=OfProgram(program_id)) as act:
        made = [one for one in found[:room] if cycle and _propose(act, cycle, one, people)]
        for_later = {person for one in found[room:] for person in (one.mentor_id, one.mentee_id)}
        now = members.of_program(act.tx, program_id, people)
        late.looked_at(act.tx, program_id, _done(people, seen, now, for_later))
    return len(made)


def may_fit(act: Act, cycle: Cycle, seekers: Mapping[str, Member]) -> frozenset[str] | None:
    """The seekers, and whoever has no partner and a skill in reach of theirs; None where those are too many.

    No rule lets two people be a pair of whom neither has such a skill.
    """
    labels = {skill for one in seekers.values() for skill in (*one.profile.shares, *one.profile.wants)}
    found = late.alone_with(act.tx, act.program.id, cycle.id, keys_in_reach(labels)) | seekers.keys()
    return frozenset(found) if len(found) <= MANY else None


def among(act: Act, cycle: Cycle, people: Collection[str] | None) -> tuple[Problem, list[Pair]]:
    """The problem in which pairs are looked for, of these people or of everybody, and the pairs that they have."""
    problem = before_matching.problem_of(act.tx, act.program, cycle, people)
    if people is None:
        return problem, pairs.of_cycle(act.tx, cycle.id, *STANDING)
    known = pairs.numbered_of(act.tx, act.program.id, tuple(people))
    return problem, [one for one, _ in known if one.cycle_id == cycle.id and one.state in STANDING]


def _done(
    people: Iterable[str], seen: dict[str, Member], now: dict[str, Member], for_later: Collection[str]
) -> Iterator[str]:
    """Whoever need not be looked at again: not who changed meanwhile, nor who found no room among the proposals."""
    for person_id in people:
        if seen.get(person_id) == now.get(person_id) and person_id not in for_later:
            yield person_id


def _middle(act: Act) -> Cycle | None:
    """The program's cycle in whose middle this is: its pairs are chosen, and enough of it is left."""
    held = cycles.in_state(act.tx, CycleState.PROPOSED, CycleState.RUNNING)
    mine = [
        one for one in held if one.program_id == act.program.id and one.runs and is_worth_it(one, act.now)
    ]
    return mine[0] if mine else None


def best(problem: Problem, standing: Sequence[Pair], seekers: frozenset[str]) -> list[ProposedPair]:
    """The best pairs of a seeker and somebody without a partner, nobody in two; whoever waited longest comes first."""
    waited = {person.id: person.waiting_cycles for person in problem.people}
    ways = (_narrowed(problem, standing, seekers, teach) for teach in (True, False))
    found = [one for way in ways for one in matching.propose(way).new]
    found.sort(key=lambda one: (-waited[one.mentor_id] - waited[one.mentee_id], -one.score, one.mentee_id))
    taken: set[str] = set()
    chosen = []
    for one in found:
        if taken.isdisjoint((one.mentor_id, one.mentee_id)):
            taken |= {one.mentor_id, one.mentee_id}
            chosen.append(one)
    return chosen


def _narrowed(problem: Problem, standing: Sequence[Pair], seekers: frozenset[str], teach: bool) -> Problem:
    """The problem in which only seekers teach, or only they learn, and the others are people without a partner."""
    paired = {person for pair in standing for person in pair.people}
    asked_about = {person for pair in standing if pair.state is PairState.PROPOSED for person in pair.people}

    def role(person: Participant) -> Participant:
        sought = person.id in seekers and person.id not in asked_about
        alone = person.id not in paired
        return replace(
            person,
            mentor=person.mentor and (sought if teach else alone),
            mentee=person.mentee and (alone if teach else sought),
        )

    people = [role(person) for person in problem.people]
    return replace(problem, people=people, keep=frozenset(), fixed=frozenset())


def _propose(act: Act, cycle: Cycle, one: ProposedPair, seekers: Collection[str]) -> bool:
    """Store one pair, unless something has come in between; tells whether it is proposed."""
    tx, both = act.tx, (one.mentor_id, one.mentee_id)
    now = cycles.get(tx, cycle.id)
    theirs = [pairs.of_person(tx, act.program.id, person_id, *STANDING) for person_id in both]
    here = [[pair for pair in some if pair.cycle_id == cycle.id] for some in theirs]
    asked_about = any(pair.state is PairState.PROPOSED for some in here for pair in some)
    if now.state is not cycle.state or all(here) or asked_about:
        return False
    made_up = Pair(0, act.program.id, cycle.id, *both, PairState.PROPOSED, one.score)
    if matching.what_breaks(tx, act.program, cycle, made_up):
        return False
    (number,) = pairs.propose(tx, act.program.id, cycle.id, [one])
    late.note(tx, number, next(person for person in both if person in seekers), act.now)
    act.say_again(to_leads(Kind.CARD, number))
    act.note("propose late", number)
    return True
