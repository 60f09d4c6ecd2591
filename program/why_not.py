"""Why two people are not a pair, for a lead: the rule between them, or what would be worse with them.

What somebody answered in private stands in none of it: the problem is a discreet one.
"""

from __future__ import annotations

from mentoring.cycles import Cycle
from mentoring.matching import broken_rules, solve, why_not
from mentoring.pairings import STANDING, Because, Cause, Pair, PairState
from mentoring.people import Member
from program import access, coming, matching, unmatched
from program.act import Act
from program.context import Context
from program.forms import WhyNotAnswer
from storage import members, pairs

_DECIDED = (*STANDING, PairState.DECLINED, PairState.ENDED)


def between(ctx: Context, workspace: str, lead_id: str, one: str, other: str) -> WhyNotAnswer:
    """Why these two are not a pair now; the one at the lower level would teach. Raises `NotAllowed`."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
        if one == other:
            return WhyNotAnswer(one, other, same=True)
        both = members.of_program(act.tx, program.id, (one, other))
        missing = tuple(
            person for person in (one, other) if person not in both or not matching.is_in(both[person])
        )
        if missing:
            return WhyNotAnswer(one, other, missing=missing)
        mentor, mentee = _who_teaches(both[one], both[other])
        cycle = unmatched.newest(act) or coming.cycle(act)
        pair = _pair(act, cycle, {mentor, mentee})
        if pair is not None:
            return WhyNotAnswer(*pair.people, pair=pair)
        problem = matching.problem_of(act.tx, program, cycle)
    people = {person.id: person for person in problem.people}
    if broken := broken_rules(people[mentor], people[mentee], problem):
        return WhyNotAnswer(mentor, mentee, because=Because(Cause.BREAKS_RULES, broken))
    # Outside the transaction, because with many people it takes seconds.
    best = solve(problem, ctx.trails.of(cycle) if cycle.id else None)
    if any((found.mentor_id, found.mentee_id) == (mentor, mentee) for found in best.pairs):
        return WhyNotAnswer(mentor, mentee, would_be=True)
    return WhyNotAnswer(mentor, mentee, words=why_not(problem, mentor, mentee, best).words)


def _who_teaches(one: Member, other: Member) -> tuple[str, str]:
    """The mentor and the mentee that these two would be."""
    levels = one.profile.level, other.profile.level
    if None not in levels and levels[0] != levels[1]:
        first = (one.profile.level or 0) < (other.profile.level or 0)
    else:
        first = one.profile.role.mentors and other.profile.role.learns
    mentor, mentee = (one, other) if first else (other, one)
    return mentor.person.id, mentee.person.id


def _pair(act: Act, cycle: Cycle, both: set[str]) -> Pair | None:
    """The pair that these two are or were in this cycle, as leads know."""
    mine = pairs.of_person(act.tx, act.program.id, next(iter(both)), *_DECIDED)
    found = [
        pair for pair in mine if {*pair.people} == both and pair.cycle_id == cycle.id and pair.cut_off is None
    ]
    return found[-1] if found else None
