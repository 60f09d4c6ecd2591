"""Why two people are a pair, in words."""

from __future__ import annotations

from collections.abc import Callable

from mentoring.matching.reasons import (
    Departments,
    LevelsApart,
    Reason,
    SharedTime,
    Taught,
    Teaches,
    Waited,
    Wish,
)
from mentoring.matching.words import choice, duration, joined, plural, quoted

Shown = Callable[[Taught], str]
"""A way to name a skill that is taught."""


def reason(one: Reason) -> str:
    """Return a reason as whoever decides about the pair reads it."""
    match one:
        case Teaches():
            return f"Teaches {skills(one, ranked)}"
        case LevelsApart(levels):
            return f"{plural(levels, 'level').capitalize()} apart"
        case SharedTime(minutes):
            return _shared_time(minutes)
        case Departments(same):
            return "Same department" if same else "Different departments"
        case Waited():
            return _waited(one)


def skills(one: Teaches, shown: Shown) -> str:
    """Return the skills taught as a list in a sentence."""
    more = [f"{one.more} more"] if one.more else []
    return joined([*map(shown, one.skills), *more])


def ranked(one: Taught) -> str:
    """Return a skill taught, once for all wishes that it meets, like "the basics of “SQL” (first choice)"."""
    return f"{_skill(one)} ({', and '.join([_wish(one, wish) for wish in one.wishes])})"


def unranked(one: Taught) -> str:
    """Return a skill taught as the two read it together: nobody is a third choice."""
    related = [f"related to {quoted(wish.skill)}" for wish in one.wishes if wish.skill != one.skill]
    return f"{_skill(one)} ({', and '.join(related)})" if related else _skill(one)


def _skill(one: Taught) -> str:
    return f"the basics of {quoted(one.skill)}" if one.basics else quoted(one.skill)


def _wish(one: Taught, wish: Wish) -> str:
    """Return which wish a skill meets, like "related to “AI tools”, second choice"."""
    rank = choice(wish.rank)
    return rank if wish.skill == one.skill else f"related to {quoted(wish.skill)}, {rank}"


def _shared_time(minutes: int) -> str:
    if not minutes:
        return "No shared working hours"
    if minutes % 60:
        return f"{duration(minutes)} of shared working time a day"
    hours = minutes // 60
    return f"{hours} shared {'hour' if hours == 1 else 'hours'} a day"


def _waited(one: Waited) -> str:
    mentor, mentee = plural(one.mentor, "cycle"), plural(one.mentee, "cycle")
    if one.mentor and one.mentee:
        return f"The mentor has waited {mentor} and the mentee has waited {mentee}"
    return f"The mentor has waited {mentor}" if one.mentor else f"The mentee has waited {mentee}"
