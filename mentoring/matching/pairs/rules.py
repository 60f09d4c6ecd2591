"""The hard rules, one function each: what a pair breaks, as far as its reader may know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from mentoring.matching.hours import shared_minutes, utc_window
from mentoring.matching.model import Participant, Problem, Rule, Side
from mentoring.matching.pairs.context import Context
from mentoring.matching.reasons import Broken, Case


def broken_rules(
    mentor: Participant, mentee: Participant, problem: Problem | Context, *, capacity: bool = True
) -> tuple[Broken, ...]:
    """Return every hard rule that this pair breaks, one entry for each; a legal pair breaks none.

    Both have to be among the problem's people, or `MatchingError` is raised: without them the reporting lines
    are unknown. In a discreet problem, all of `DISCREET` together are one. With `capacity=False` the pairs that stand
    already are not looked at, which is how a pair that is one of them is checked again. Give a `Context` to check many
    pairs of one problem.
    """
    context = problem if isinstance(problem, Context) else Context(problem)
    context.person(mentor.id)
    context.person(mentee.id)
    checks = _ALL_CHECKS if capacity else _CHECKS
    found = [one for check in checks.values() if (one := check(context, mentor, mentee))]
    return discreet(found) if context.problem.discreet else tuple(found)


def discreet(found: Sequence[Broken]) -> tuple[Broken, ...]:
    """Return the same, with one neutral entry in place of all whose rule is not to be told."""
    told = (Broken(Rule.APART, Case.NOT_FREE) if one.rule in DISCREET else one for one in found)
    return tuple(dict.fromkeys(told))


def shared_languages(mentor: Participant, mentee: Participant) -> frozenset[str]:
    """Return the languages that both named, whatever their upper and lower case."""
    return language_keys(mentor) & language_keys(mentee)


def language_keys(person: Participant) -> frozenset[str]:
    """Return the person's languages in the form in which they are compared."""
    return _language_keys(person.languages)


@lru_cache(maxsize=4_096)
def _language_keys(languages: frozenset[str]) -> frozenset[str]:
    return frozenset(key for language in languages if (key := language.strip().casefold()))


def department_key(person: Participant) -> str:
    """Return the person's department in the form in which it is compared; empty when it is unknown."""
    return _department_key(person.department)


@lru_cache(maxsize=4_096)
def _department_key(department: str) -> str:
    return department.strip().casefold()


def same_department(mentor: Participant, mentee: Participant) -> bool | None:
    """Return whether both work in the same department, or None when it is unknown for either."""
    one, other = department_key(mentor), department_key(mentee)
    return one == other if one and other else None


def department_keys(person: Participant) -> tuple[str, ...]:
    """Return every department that a source gives for the person, in the form in which it is compared."""
    also = _department_key(person.also_department)
    return (department_key(person), also) if also else (department_key(person),)


def off_the_ladder(problem: Problem, person: Participant, side: Side) -> bool:
    """Return whether no level is far enough below this mentee, or above this mentor, whoever else is there."""
    if person.level is None:
        return False
    if side == "mentee":
        return person.lowest <= problem.rules.min_gap
    return problem.levels is not None and person.highest + problem.rules.min_gap > problem.levels


def _self(_context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return Broken(Rule.SELF) if mentor.id == mentee.id else None


def _role(_context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return _about(Rule.ROLE, not mentor.mentor, not mentee.mentee)


def _away(_context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return _about(Rule.AWAY, not mentor.available, not mentee.available)


def _guest(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return None if context.rules.guests_allowed else _about(Rule.GUEST, mentor.guest, mentee.guest)


def _level(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    if mentor.level is None or mentee.level is None:
        return _about(Rule.LEVEL, mentor.level is None, mentee.level is None)
    least, most = context.rules.min_gap, context.rules.max_gap
    if mentee.lowest - mentor.highest < least:
        return Broken(Rule.LEVEL, Case.TOO_NEAR, asked=least)
    gap = mentee.highest - mentor.lowest
    return Broken(Rule.LEVEL, Case.TOO_FAR, gap, most) if most is not None and gap > most else None


def _skill(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    # Most pairs share a skill, and then nobody needs to know what else the mentor could teach.
    if not set(mentor.shares).isdisjoint(mentee.wants):
        return None
    if context.rules.related_skills and not context.offers(mentor).keys().isdisjoint(mentee.wants):
        return None
    return Broken(Rule.SKILL)


def _hours(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    shared, least = shared_minutes(mentor, mentee, context.problem.on), context.rules.min_overlap_minutes
    if shared >= least:
        return None
    if not all(utc_window(one.time_zone, one.hours, context.problem.on) for one in (mentor, mentee)):
        return Broken(Rule.HOURS, Case.UNKNOWN)
    return Broken(Rule.HOURS, Case.TOO_LITTLE, shared, least)


def _language(_context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return None if shared_languages(mentor, mentee) else Broken(Rule.LANGUAGE)


def _department(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    if not context.rules.other_department_only:
        return None
    ours, theirs = department_keys(mentor), department_keys(mentee)
    if not (ours[0] and theirs[0]):
        return Broken(Rule.DEPARTMENT, Case.UNKNOWN)
    return None if set(ours).isdisjoint(theirs) else Broken(Rule.DEPARTMENT, Case.SAME)


def _chain(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return Broken(Rule.CHAIN) if context.lines.linked(mentor.id, mentee.id) else None


def _apart(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return Broken(Rule.APART) if context.apart(mentor, mentee) else None


def _repeat(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return Broken(Rule.REPEAT) if context.repeats(mentor.id, mentee.id) else None


def _standing(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    pairs = context.problem.taken
    standing = (mentor.id, mentee.id) in pairs or (mentee.id, mentor.id) in pairs
    return Broken(Rule.STANDING) if standing else None


def _full(context: Context, mentor: Participant, mentee: Participant) -> Broken | None:
    return _about(Rule.FULL, not context.room(mentor, "mentor"), not context.room(mentee, "mentee"))


def _about(rule: Rule, mentor: bool, mentee: bool) -> Broken | None:
    """Return that somebody breaks the rule, or both, or that nobody does."""
    if mentor and mentee:
        return Broken(rule, Case.BOTH)
    return Broken(rule, Case.MENTOR) if mentor else Broken(rule, Case.MENTEE) if mentee else None


DISCREET = (Rule.CHAIN, Rule.APART, Rule.REPEAT)
"""Rules that a discreet problem tells as one: two rest on answers that nobody may read, and the others lead away
from these, because everybody can see that two people met before or that the leads ruled them out."""

Check = Callable[[Context, Participant, Participant], Broken | None]

_CHECKS: dict[Rule, Check] = {
    Rule.SELF: _self,
    Rule.ROLE: _role,
    Rule.AWAY: _away,
    Rule.GUEST: _guest,
    Rule.LEVEL: _level,
    Rule.SKILL: _skill,
    Rule.HOURS: _hours,
    Rule.LANGUAGE: _language,
    Rule.DEPARTMENT: _department,
    Rule.CHAIN: _chain,
    Rule.APART: _apart,
    Rule.REPEAT: _repeat,
}
_ALL_CHECKS: dict[Rule, Check] = {**_CHECKS, Rule.STANDING: _standing, Rule.FULL: _full}
