"""Why somebody found no partner, as a class: what they read of it, each about the side they signed up for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mentoring.cycles import Cycle, LeftOut, Unserved, Why
from mentoring.matching import LeftOut as Stopped
from mentoring.matching import Participant, Problem, Rule, department_key, off_the_ladder
from mentoring.people import Member
from mentoring.programs import RuleSettings

WHY: Mapping[Rule, Why] = {
    Rule.GUEST: Why.GUEST,
    Rule.SKILL: Why.SKILL,
    Rule.LEVEL: Why.LEVEL,
    Rule.HOURS: Why.HOURS,
    Rule.LANGUAGE: Why.LANGUAGE,
    Rule.DEPARTMENT: Why.DEPARTMENT,
}
"""Rules of which a person may hear; of all others, that nobody is free."""


def left_out(problem: Problem, stopped: Iterable[Stopped]) -> list[LeftOut]:
    """What a cycle keeps about everybody whom its matching left out.

    Those held back for want of a level are told of apart.
    """
    people = {person.id: person for person in problem.people}
    return [
        LeftOut(one.id, one.side, one.stop, one.helps, _why(problem, people[one.id], one))
        for one in stopped
        if people[one.id].level is not None
    ]


def _why(problem: Problem, person: Participant, stopped: Stopped) -> Why:
    if stopped.rule is Rule.GUEST:
        return Why.GUEST
    if not (person.shares if stopped.side == "mentor" else person.wants):
        return Why.NO_SKILL
    if off_the_ladder(problem, person, stopped.side):
        return Why.LADDER
    if stopped.rule is Rule.DEPARTMENT and not department_key(person):
        return Why.NO_DEPARTMENT
    return WHY.get(stopped.rule, Why.NOBODY_FREE)


def unserved(
    rules: RuleSettings, cycle: Cycle, member: Member, theirs: Iterable[LeftOut], prepared: bool = True
) -> tuple[Unserved, ...]:
    """What a member without a partner reads: the reason on each side that they still sign up for.

    `theirs` is on which sides the cycle's matching left them out. `prepared` is False for whoever has to prepare and
    has not.
    """
    if member.person.guest and not rules.guests_allowed:
        return (Unserved("", Why.GUEST),)
    if member.profile.level is None:
        return (Unserved("", Why.NO_LEVEL),)
    if not prepared:
        return (Unserved("", Why.UNPREPARED),)
    told = [Unserved(one.side, one.why) for one in theirs if _signed_up(member, one.side)]
    if told:
        return tuple(told)
    late = cycle.matched_at is not None and member.joined_at > cycle.matched_at
    return (Unserved("", Why.LATE if late else Why.UNSAID),)


def _signed_up(member: Member, side: str) -> bool:
    return member.profile.role.mentors if side == "mentor" else member.profile.role.learns
