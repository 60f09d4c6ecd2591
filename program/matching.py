"""From members to the matching and back: the problem of a cycle, and the hard rules for a pair that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mentoring.cycles import Cycle, CycleState, LeftOut
from mentoring.matching import (
    MatchedPair,
    Participant,
    PastPair,
    Problem,
    Rules,
    Trail,
    Waited,
    Weights,
    broken_rules,
    offers,
    solve,
)
from mentoring.pairings import LIVE, MET, Because, Cause, Pair, PairState, ProposedPair
from mentoring.people import Member, Standing
from mentoring.programs import Program, RuleSettings
from mentoring.skills import one_spelling, related_skills
from mentoring.spelled.languages import language_key
from program import alone, calendar
from storage import cycles, members, pairs
from storage.database import Tx

LATEST_WAIT = timedelta(hours=2)
"""Nearer to the introductions than this, a matching does not wait for more people to join."""

LONGEST_CHAIN = 50
"""Managers above one person that are looked at: deeper than any organization, and an end for data in circles."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a matching comes to: new pairs, best first, those that make way, and everybody without a partner.

    `trail` is where matching again can start from.
    """

    new: Sequence[ProposedPair]
    replaced: frozenset[tuple[str, str]]
    left_out: Sequence[LeftOut]
    trail: Trail | None = None


def problem_of(tx: Tx, program: Program, cycle: Cycle) -> Problem:
    """The matching problem of a cycle: everybody, around the pairs that leads approved.

    Pairs that wait for a decision may change, but only where that makes the whole better. Declined ones stay so, and
    those that Slack did not let into one conversation are not tried again.
    """
    everybody = members.of_program(tx, program.id)
    of_cycle = pairs.of_cycle(tx, cycle.id)
    met = pairs.met_before(tx, program.id)
    waited = _waiting(everybody, met, cycles.of_program(tx, program.id))
    people = _alike_spelled(
        [
            _participant(member, program, waited[person_id], cycle.number)
            for person_id, member in everybody.items()
        ]
    )
    return Problem(
        people=people + _managers(tx, program, everybody.values()),
        rules=rules_of(program.rules),
        weights=_weights(program.rules),
        related=_related(people),
        history=_history(met, cycle.number),
        taken=_couples(of_cycle, LIVE),
        forbidden=_couples(
            (pair for pair in of_cycle if pair.cut_off is None), (PairState.DECLINED, PairState.ENDED)
        )
        | _refused(tx, cycle),
        keep=_couples(of_cycle, (PairState.PROPOSED,)),
        on=monday_of(cycle.times.start_on),
        levels=len(program.ladder),
        discreet=True,
    )


def propose(problem: Problem, since: Trail | None = None) -> Proposal:
    """Solve a cycle's problem, starting from what the last matching of the cycle left."""
    solution = solve(problem, since)
    topics = _Topics(problem)
    proposed = [
        ProposedPair(
            mentor_id=pair.mentor_id,
            mentee_id=pair.mentee_id,
            score=pair.score,
            # How long somebody waited is not for their partner to read, and these go to the pair too.
            reasons=tuple(part.reason for part in pair.parts if not isinstance(part.reason, Waited)),
            topics=topics.of(pair),
        )
        for pair in sorted(solution.pairs, key=lambda pair: (-pair.score, pair.mentee_id, pair.mentor_id))
        if (pair.mentor_id, pair.mentee_id) not in problem.keep
    ]
    best = {(pair.mentor_id, pair.mentee_id) for pair in solution.pairs}
    return Proposal(proposed, problem.keep - best, alone.left_out(problem, solution.left_out), solution.trail)


def what_breaks(
    tx: Tx,
    program: Program,
    cycle: Cycle,
    pair: Pair,
    goes_on: bool = False,
    both: Mapping[str, Member] | None = None,
) -> Because | None:
    """The hard rules that a standing pair breaks by now, if any; `both` are its members, where they are at hand.

    Leads read them, so none tells what somebody answered in private. A pair that `goes_on` may have somebody in it
    who is paused: a pause ends no pair either.
    """
    both = members.of_program(tx, program.id, pair.people) if both is None else both
    if len(both) < 2:
        return Because(Cause.NO_MEMBER)
    known = pairs.numbered_of(tx, program.id, pair.people)
    others = [one for one, _ in known if one.id != pair.id and one.cycle_id == cycle.id]
    met = [
        (*one.people, number)
        for one, number in known
        if one.state in MET and one.cut_off is None and {*one.people} == {*pair.people}
    ]
    people = _alike_spelled([_participant(member, program, 0, cycle.number) for member in both.values()])
    if goes_on:
        people = [replace(one, available=_is_in(both[one.id])) for one in people]
    problem = Problem(
        people=people + _managers(tx, program, both.values()),
        rules=rules_of(program.rules),
        related=_related(people),
        history=_history(met, cycle.number),
        taken=_couples(others, LIVE),
        on=monday_of(cycle.times.start_on),
        discreet=True,
    )
    by_id = {person.id: person for person in people}
    broken = broken_rules(by_id[pair.mentor_id], by_id[pair.mentee_id], problem)
    return Because(Cause.BREAKS_RULES, broken) if broken else None


def monday_of(day: date) -> date:
    """The Monday of that week, on which working hours are compared."""
    return day - timedelta(days=day.weekday())


def _is_in(member: Member) -> bool:
    return member.standing is not Standing.LEFT and not member.person.deactivated


def _participant(member: Member, program: Program, waited: int, cycle: int = 0) -> Participant:
    """A member in the matching of a cycle; whoever skips it is not available."""
    profile, person = member.profile, member.person
    return Participant(
        id=person.id,
        mentor=profile.role.mentors,
        mentee=profile.role.learns,
        level=profile.level,
        department=profile.department,
        time_zone=calendar.zone_of(person, program),
        hours=profile.hours,
        languages=frozenset(map(language_key, profile.languages)),
        shares=profile.shares,
        wants=profile.wants,
        manager_id=profile.manager_id,
        avoid=frozenset(profile.avoid),
        mentor_capacity=profile.mentor_capacity,
        mentee_capacity=profile.mentee_capacity,
        waiting_cycles=waited if program.rules.waiting_first else 0,
        available=member.takes_part and not member.skips(cycle),
        guest=person.guest,
    )


def _alike_spelled(people: Sequence[Participant]) -> list[Participant]:
    """The same people, with one spelling for each skill: profiles keep the spelling of whoever wrote them."""
    spelling = one_spelling(skill for person in people for skill in (*person.shares, *person.wants))

    def spelled(labels: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(spelling[label] for label in labels))

    return [replace(person, shares=spelled(person.shares), wants=spelled(person.wants)) for person in people]


def _managers(tx: Tx, program: Program, below: Iterable[Member]) -> list[Participant]:
    """The reporting lines above these members, as people who complete the picture and take no part."""
    known = {member.person.id: member for member in below}
    found: list[Participant] = []
    wanted = {member.profile.manager_id for member in known.values()}
    for _ in range(LONGEST_CHAIN):
        missing = [manager for manager in wanted if manager and manager not in known]
        above = members.of_program(tx, program.id, missing) if missing else {}
        if not above:
            return found
        known |= above
        found += [
            replace(_participant(member, program, 0), mentor=False, mentee=False) for member in above.values()
        ]
        wanted = {member.profile.manager_id for member in above.values()}
    return found


def rules_of(settings: RuleSettings) -> Rules:
    """The hard rules of a matching under a program's settings."""
    return Rules(
        min_gap=settings.min_gap,
        max_gap=settings.max_gap,
        other_department_only=settings.other_department_only,
        min_overlap_minutes=settings.min_overlap,
        repeat_window_cycles=settings.repeat_cycles,
        guests_allowed=settings.guests_allowed,
    )


def _weights(settings: RuleSettings) -> Weights:
    return Weights(
        skill_fit=settings.skill_fit,
        gap=settings.gap,
        hours_overlap=settings.hours_overlap,
        other_department=settings.other_department,
        ideal_gap=settings.ideal_gap,
    )


def _related(people: Iterable[Participant]) -> dict[str, frozenset[str]]:
    return related_skills({skill for person in people for skill in (*person.shares, *person.wants)})


def _history(met: Sequence[tuple[str, str, int]], number: int) -> list[PastPair]:
    return [PastPair(mentor, mentee, max(1, number - then)) for mentor, mentee, then in met if then != number]


def _couples(among: Iterable[Pair], states: Sequence[PairState]) -> frozenset[tuple[str, str]]:
    return frozenset(pair.people for pair in among if pair.state in states)


def _refused(tx: Tx, cycle: Cycle) -> frozenset[tuple[str, str]]:
    return frozenset(pair.people for pair in pairs.refused(tx, cycle.id))


def _waiting(
    everybody: Mapping[str, Member], met: Sequence[tuple[str, str, int]], held: Sequence[Cycle]
) -> dict[str, int]:
    """For how many cycles in a row, up to the last one that was introduced, each member went without a partner."""
    last = {
        person: number
        for mentor, mentee, number in sorted(met, key=lambda one: one[2])
        for person in (mentor, mentee)
    }
    started = [
        cycle for cycle in held if cycle.state in (CycleState.RUNNING, CycleState.CLOSED) and cycle.runs
    ]
    return {
        person: sum(
            cycle.number > last.get(person, 0) and cycle.times.intro_at > member.joined_at
            for cycle in started
        )
        for person, member in everybody.items()
    }


class _Topics:
    """What a pair can talk about: skills of the mentor that the mentee wants or that are related, most wanted first."""

    def __init__(self, problem: Problem) -> None:
        self._people = {person.id: person for person in problem.people}
        self._related = problem.related

    def of(self, pair: MatchedPair) -> tuple[str, ...]:
        """The skills of one pair, in the mentor's words."""
        offered = offers(self._people[pair.mentor_id], self._related)
        wants = self._people[pair.mentee_id].wants
        return tuple(dict.fromkeys(offered[skill].shared for skill in wants if skill in offered))
