"""The hard rules of a program in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from mentoring.matching import Problem
from mentoring.matching.words import duration, number, plural


def rules_in_words(problem: Problem) -> Iterator[str]:
    """Yield a sentence for each rule that somebody could have set otherwise, and those that always hold."""
    rules = problem.rules
    most = f" and at most {number(rules.max_gap)}" if rules.max_gap else ""
    yield f"The mentee is at least {plural(rules.min_gap, 'level')} above the mentor{most}."
    yield f"The two share at least {duration(rules.min_overlap_minutes)} of working time a day."
    yield (
        "The mentor shares a skill that the mentee wants, or a related one."
        if rules.related_skills
        else "The mentor shares a skill that the mentee wants."
    )
    yield (
        "The two work in different departments."
        if rules.other_department_only
        else "The two may work in the same department."
    )
    yield "The two have a language in common, and neither is in the other's reporting line."
    yield _repeat(rules.repeat_window_cycles, bool(problem.history))
    yield "Guests are paired too." if rules.guests_allowed else "Guests are not paired."


def _repeat(window: int | None, history: bool) -> str:
    if not history:
        return "No pairs of earlier cycles were given, so any pair counts as new."
    if window is None:
        return "Nobody gets a partner they had before."
    return f"Nobody gets a partner they had in the last {plural(window, 'cycle')}."
