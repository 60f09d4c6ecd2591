"""From members to the matching and back: the problem of a cycle, and the hard rules for a pair that stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from mentoring.cycles import Cycle, CycleState, LeftOut
from mentoring.hr import Fact
from mentoring.matching import (
    Broken,
    MatchedPair,
    Participant,
    PastPair,
    Problem,
    Rule,
    Rules,
    Trail,
    Waited,
    Weights,
    broken_rules,
    discreet,
    offers,
    score_parts,
    solve,
)
from mentoring.pairings import LIVE, MET, Because, Cause, Pair, PairState, ProposedPair
from mentoring.people import Member, Standing
from mentoring.programs import SWITCHES, Program, RuleSettings
from mentoring.skills import one_spelling, related_skills
from mentoring.spelled.languages import language_key
from mentoring.wishes import Wanted, Wish
from program import alone, calendar, chain
from program import hr_facts as facts
from storage import asks, cycles, members, pairs, standing_pairs, wishes
from storage.database import Tx
from storage.standing_pairs import Stands

LATEST_WAIT = timedelta(hours=2)
"""Nearer to the introductions than this, a matching does not wait for more people to join."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a matching comes to: new pairs, best first, those that make way, and everybody without a partner.

    `trail` is where matching again can start from.
    """

    new: Sequence[ProposedPair]
    replaced: frozenset[tuple[str, str]]
    left_out: Sequence[LeftOut]
    trail: Trail | None = None


def problem_of(tx: Tx, program: Program, cycle: Cycle, among: Collection[str] | None = None) -> Problem:
    """The matching problem of a cycle: everybody, or those `among` these, around the pairs that leads approved.

    Pairs that wait for a decision may change, but only where that makes the whole better. Declined ones stay so, and
    those that Slack did not let into one conversation are not tried again.
    """
    everybody = members.of_program(tx, program.id, among)
    if among is None:
        of_cycle, met = standing_pairs.of_cycle(tx, cycle.id), pairs.met_before(tx, program.id)
    else:
        everybody = {one: member for one, member in everybody.items() if member.standing is not Standing.LEFT}
        of_cycle, met = _theirs(tx, program, cycle, tuple(everybody))
    asked = wishes.standing(tx, program.id, cycle.id)
    waited = _waiting(everybody, met, cycles.of_program(tx, program.id))
    others, out = facts.undecided(tx, program.id, among), asks.skipping(tx, cycle.id)
    people = _alike_spelled(
        [
            _participant(member, program, waited[person_id], cycle.number, others.get(person_id, {}), out)
            for person_id, member in everybody.items()
        ]
    )
    lines = chain.above(tx, program, everybody.values())
    return Problem(
        people=lines.placed(people),
        rules=rules_of(program.rules),
        weights=_weights(program.rules),
        related=_related(people),
        history=_history(met, cycle.number),
        taken=_couples(of_cycle, LIVE),
        fixed=_wanted(asked, Wanted.FIX),
        forbidden=_over(of_cycle)
        | _wanted(asked, Wanted.FORBID)
        | _refused(tx, cycle)
        | _not_this_time(tx, program, cycle)
        | lines.also_linked([person.id for person in people if person.available]),
        keep=_couples(of_cycle, (PairState.PROPOSED,)),
        on=monday_of(cycle.times.start_on),
        levels=len(program.ladder),
        discreet=True,
    )


def _wanted(asked: Iterable[Wish], kind: Wanted) -> frozenset[tuple[str, str]]:
    """The two of each pair about which leads asked for this."""
    return frozenset(one.people for one in asked if one.kind is kind)


def _theirs(
    tx: Tx, program: Program, cycle: Cycle, people: Sequence[str]
) -> tuple[list[Stands], list[tuple[str, str, int]]]:
    """The pairs of a cycle with any of these people in it, and who of them met whom in which cycle before."""
    known = pairs.numbered_of(tx, program.id, people)
    met = [(*pair.people, number) for pair, number in known if pair.state in MET and pair.cut_off is None]
    here = [pair for pair, _ in known if pair.cycle_id == cycle.id]
    return [Stands(one.id, one.people, one.state, one.cut_off, one.instead_of) for one in here], met


def propose(problem: Problem, since: Trail | None = None) -> Proposal:
    """Solve a cycle's problem, starting from what the last matching of the cycle left."""
    solution = solve(problem, since)
    topics = _Topics(problem)
    told = [_without_experiences(problem, pair) for pair in solution.pairs]
    new = [
        _proposed(pair, topics)
        for pair in sorted(told, key=lambda pair: (-pair.score, pair.mentee_id, pair.mentor_id))
        if (pair.mentor_id, pair.mentee_id) not in problem.keep
    ]
    best = {(pair.mentor_id, pair.mentee_id) for pair in solution.pairs}
    return Proposal(new, problem.keep - best, alone.left_out(problem, solution.left_out), solution.trail)


def _without_experiences(problem: Problem, pair: MatchedPair) -> MatchedPair:
    """A pair with the score that leads may read, in which nothing counts that somebody opened or asked for."""
    by_id = {person.id: person for person in problem.people}
    mentor, mentee = (replace(by_id[one], opens=(), asks=()) for one in (pair.mentor_id, pair.mentee_id))
    if not by_id[pair.mentee_id].asks:
        return pair
    parts = score_parts(mentor, mentee, problem.weights, problem.on, problem.related)
    return replace(pair, score=sum(part.points for part in parts), parts=parts)


def what_breaks(
    tx: Tx,
    program: Program,
    cycle: Cycle,
    pair: Pair,
    goes_on: bool = False,
    both: Mapping[str, Member] | None = None,
) -> Because | None:
    """The hard rules that a standing pair breaks by now, if any; `both` are its members, where they are at hand.

    Leads read them, so none tells what somebody answered in private. Those that a lead bent for this pair do not
    count. A pair that `goes_on` may have somebody in it who is paused: a pause ends no pair either.
    """
    both = members.of_program(tx, program.id, pair.people) if both is None else both
    if len(both) < 2:
        return Because(Cause.NO_MEMBER)
    broken = discreet(
        [one for one in broken_by(tx, program, cycle, pair, both, goes_on) if one.rule not in pair.bent]
    )
    return Because(Cause.BREAKS_RULES, broken) if broken else None


def broken_by(
    tx: Tx, program: Program, cycle: Cycle, pair: Pair, both: Mapping[str, Member], goes_on: bool = False
) -> tuple[Broken, ...]:
    """Every hard rule between two members as it is: nobody reads this before it went through `discreet`."""
    problem = problem_of_two(tx, program, cycle, pair, both, goes_on)
    by_id = {person.id: person for person in problem.people}
    return broken_rules(by_id[pair.mentor_id], by_id[pair.mentee_id], problem)


def problem_of_two(
    tx: Tx, program: Program, cycle: Cycle, pair: Pair, both: Mapping[str, Member], goes_on: bool = False
) -> Problem:
    """The matching problem of two people alone, with all that stands between them."""
    known = pairs.numbered_of(tx, program.id, pair.people)
    # Whoever got one partner more than they have room for by hand loses no other for that.
    standing = [
        one
        for one, _ in known
        if one.people != pair.people and one.cycle_id == cycle.id and Rule.FULL not in one.bent
    ]
    met = [
        (*one.people, number)
        for one, number in known
        if one.state in MET and one.cut_off is None and {*one.people} == {*pair.people}
    ]
    others, out = facts.undecided(tx, program.id, both), asks.skipping(tx, cycle.id)
    people = _alike_spelled(
        [
            _participant(member, program, 0, cycle.number, others.get(one, {}), out)
            for one, member in both.items()
        ]
    )
    if goes_on:
        people = [replace(one, available=is_in(both[one.id])) for one in people]
    lines = chain.above(tx, program, both.values())
    return Problem(
        people=lines.placed(people),
        rules=rules_of(program.rules),
        related=_related(people),
        history=_history(met, cycle.number),
        forbidden=lines.also_linked(both) | _not_this_time(tx, program, cycle),
        taken=_couples(standing, LIVE),
        on=monday_of(cycle.times.start_on),
    )


def proposed(problem: Problem, mentor_id: str, mentee_id: str) -> ProposedPair:
    """Two people of a problem as the matching would propose them, whatever stands between them."""
    by_id = {person.id: person for person in problem.people}
    mentor, mentee = by_id[mentor_id], by_id[mentee_id]
    parts = score_parts(mentor, mentee, problem.weights, problem.on, problem.related)
    pair = MatchedPair(mentor_id, mentee_id, sum(part.points for part in parts), parts)
    return _proposed(pair, _Topics(problem))


def _proposed(pair: MatchedPair, topics: _Topics) -> ProposedPair:
    # How long somebody waited is not for their partner to read, and these go to the pair too.
    reasons = tuple(part.reason for part in pair.parts if not isinstance(part.reason, Waited))
    return ProposedPair(pair.mentor_id, pair.mentee_id, pair.score, reasons, topics.of(pair))


def monday_of(day: date) -> date:
    """The Monday of that week, on which working hours are compared."""
    return day - timedelta(days=day.weekday())


def is_in(member: Member) -> bool:
    """Whether somebody is a member still, even if paused."""
    return member.standing is not Standing.LEFT and not member.person.deactivated


def _participant(
    member: Member,
    program: Program,
    waited: int,
    cycle: int,
    others: Mapping[Fact, str],
    out: frozenset[str] = frozenset(),
) -> Participant:
    """Somebody as the matching of a cycle sees them; whoever skips it, or is `out` of it, is not available.

    `others` is what HR says and no lead has decided about yet.
    """
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
        available=member.takes_part and not member.skips(cycle) and person.id not in out,
        guest=person.guest,
        also_level=int(others[Fact.LEVEL]) if Fact.LEVEL in others else None,
        also_department=others.get(Fact.DEPARTMENT, ""),
    )


def _alike_spelled(people: Sequence[Participant]) -> list[Participant]:
    """The same people, with one spelling for each skill: profiles keep the spelling of whoever wrote them."""
    spelling = one_spelling(skill for person in people for skill in (*person.shares, *person.wants))

    def spelled(labels: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(spelling[label] for label in labels))

    others = {label for label, one in spelling.items() if label != one}

    def alike(person: Participant) -> Participant:
        if others.isdisjoint(person.shares) and others.isdisjoint(person.wants):
            return person
        shares, wants = spelled(person.shares), spelled(person.wants)
        return replace(person, shares=shares, wants=wants)

    return list(map(alike, people)) if others else list(people)


def rules_of(settings: RuleSettings) -> Rules:
    """The hard rules of a matching under a program's settings."""
    return Rules(
        min_gap=settings.min_gap,
        max_gap=settings.max_gap,
        min_overlap_minutes=settings.min_overlap,
        repeat_window_cycles=settings.repeat_cycles,
        **{one.name: getattr(settings, one.name) for one in fields(Rules) if one.name in SWITCHES},
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


def _couples(among: Iterable[Pair | Stands], states: Sequence[PairState]) -> frozenset[tuple[str, str]]:
    return frozenset(pair.people for pair in among if pair.state in states)


def _over(of_cycle: Sequence[Stands]) -> frozenset[tuple[str, str]]:
    """The pairs of a cycle that were declined or ended, or made way for others; not those that may go on."""
    ended = (pair for pair in of_cycle if pair.cut_off is None)
    return _couples(ended, (PairState.DECLINED, PairState.ENDED)) | _swapped_out(of_cycle)


def _swapped_out(of_cycle: Sequence[Stands]) -> frozenset[tuple[str, str]]:
    """The pairs in whose place a swap put others that stand; when those are undone, these may come back."""
    instead_of = {pair.instead_of for pair in of_cycle if pair.state in LIVE}
    return frozenset(pair.people for pair in of_cycle if pair.id in instead_of)


def _refused(tx: Tx, cycle: Cycle) -> frozenset[tuple[str, str]]:
    return frozenset(pair.people for pair in pairs.refused(tx, cycle.id))


def _not_this_time(tx: Tx, program: Program, cycle: Cycle) -> frozenset[tuple[str, str]]:
    """The pairs to which a mentee said no in this cycle or in the one before; it is no answer for ever."""
    return asks.refused(tx, program.id, (cycle.number - 1, cycle.number))


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
    if not started:
        return dict.fromkeys(everybody, 0)
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
