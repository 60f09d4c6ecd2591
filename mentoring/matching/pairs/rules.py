"""The hard rules, one function each: what a pair breaks, in words that their reader may read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from mentoring.matching.hours import shared_minutes, utc_window
from mentoring.matching.model import Participant, Problem, Rule, Side
from mentoring.matching.pairs.context import Context
from mentoring.matching.solution import Broken
from mentoring.matching.words import duration, number, plural


def broken_rules(
    mentor: Participant, mentee: Participant, problem: Problem | Context, *, capacity: bool = True
) -> tuple[Broken, ...]:
    """Return every hard rule that this pair breaks, with one sentence each; a legal pair breaks none.

    Both have to be among the problem's people, or `MatchingError` is raised: without them the reporting lines
    are unknown. In a discreet problem, all of `DISCREET` together are one. With `capacity=False` the pairs that stand
    already are not looked at, which is how a pair that is one of them is checked again. Give a `Context` to check many
    pairs of one problem.
    """
    context = problem if isinstance(problem, Context) else Context(problem)
    context.person(mentor.id)
    context.person(mentee.id)
    checks = _ALL_CHECKS if capacity else _CHECKS
    found = [
        Broken(rule, words) for rule, check in checks.items() if (words := check(context, mentor, mentee))
    ]
    return _discreet(found) if context.problem.discreet else tuple(found)


def _discreet(found: Sequence[Broken]) -> tuple[Broken, ...]:
    """Return the same, with one neutral entry in place of all whose rule is not to be told."""
    told = (Broken(Rule.APART, NOT_FREE) if one.rule in DISCREET else one for one in found)
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


def off_the_ladder(problem: Problem, person: Participant, side: Side) -> bool:
    """Return whether no level is far enough below this mentee, or above this mentor, whoever else is there."""
    if person.level is None:
        return False
    if side == "mentee":
        return person.level <= problem.rules.min_gap
    return problem.levels is not None and person.level + problem.rules.min_gap > problem.levels


def _self(_context: Context, mentor: Participant, mentee: Participant) -> str:
    return "Nobody can be their own mentor." if mentor.id == mentee.id else ""


def _role(_context: Context, mentor: Participant, mentee: Participant) -> str:
    if not mentor.mentor:
        return "The mentor did not sign up to share." + ("" if mentee.mentee else " Nor the mentee to learn.")
    return "" if mentee.mentee else "The mentee did not sign up to learn."


def _away(_context: Context, mentor: Participant, mentee: Participant) -> str:
    who = _who(not mentor.available, not mentee.available)
    return f"{who} not available at the moment." if who else ""


def _guest(context: Context, mentor: Participant, mentee: Participant) -> str:
    who = "" if context.rules.guests_allowed else _who(mentor.guest, mentee.guest)
    return f"{who} here as a guest, and this program is not open to guests." if who else ""


def _level(context: Context, mentor: Participant, mentee: Participant) -> str:
    if mentor.level is None or mentee.level is None:
        who = _who(mentor.level is None, mentee.level is None)
        return f"{who} without a level, and it has to be set first."
    gap, least, most = mentee.level - mentor.level, context.rules.min_gap, context.rules.max_gap
    if gap < least:
        return f"The mentee has to be at least {plural(least, 'level')} above the mentor."
    if most is not None and gap > most:
        return (
            f"The mentee is {plural(gap, 'level')} above the mentor, and the program allows {number(most)}."
        )
    return ""


def _skill(context: Context, mentor: Participant, mentee: Participant) -> str:
    # Most pairs share a skill, and then nobody needs to know what else the mentor could teach.
    if not set(mentor.shares).isdisjoint(mentee.wants):
        return ""
    if context.rules.related_skills and not context.offers(mentor).keys().isdisjoint(mentee.wants):
        return ""
    return "The mentor does not offer a skill that the mentee wants to learn."


def _hours(context: Context, mentor: Participant, mentee: Participant) -> str:
    shared, least = shared_minutes(mentor, mentee, context.problem.on), context.rules.min_overlap_minutes
    if shared >= least:
        return ""
    if not all(utc_window(one.time_zone, one.hours, context.problem.on) for one in (mentor, mentee)):
        return "The time zone of at least one of them is not known."
    have = duration(shared) if shared else "no working time"
    return f"They share {have} a day, and the program asks for {duration(least)}."


def _language(_context: Context, mentor: Participant, mentee: Participant) -> str:
    return "" if shared_languages(mentor, mentee) else "They have no language in common."


def _department(context: Context, mentor: Participant, mentee: Participant) -> str:
    if not context.rules.other_department_only:
        return ""
    same = same_department(mentor, mentee)
    if same is False:
        return ""
    return (
        "They work in the same department."
        if same
        else "The department of at least one of them is not known."
    )


def _chain(context: Context, mentor: Participant, mentee: Participant) -> str:
    linked = context.lines.linked(mentor.id, mentee.id)
    return "One of them is in the other's reporting line." if linked else ""


def _apart(context: Context, mentor: Participant, mentee: Participant) -> str:
    return "They should not be paired." if context.apart(mentor, mentee) else ""


def _repeat(context: Context, mentor: Participant, mentee: Participant) -> str:
    return "They have been paired before." if context.repeats(mentor.id, mentee.id) else ""


def _standing(context: Context, mentor: Participant, mentee: Participant) -> str:
    pairs = context.problem.taken
    standing = (mentor.id, mentee.id) in pairs or (mentee.id, mentor.id) in pairs
    return "They are a pair already." if standing else ""


def _full(context: Context, mentor: Participant, mentee: Participant) -> str:
    who = _who(not context.room(mentor, "mentor"), not context.room(mentee, "mentee"))
    return f"{who} without room for another partner." if who else ""


def _who(mentor: bool, mentee: bool) -> str:
    if mentor and mentee:
        return "Both are"
    return "The mentor is" if mentor else "The mentee is" if mentee else ""


DISCREET = (Rule.CHAIN, Rule.APART, Rule.REPEAT)
"""Rules that a discreet problem tells as one: two rest on answers that nobody may read, and the others lead away
from these, because everybody can see that two people met before or that the leads ruled them out."""

NOT_FREE = "They are not free for a new pairing with each other."
"""The one sentence for all of them."""

Check = Callable[[Context, Participant, Participant], str]

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
