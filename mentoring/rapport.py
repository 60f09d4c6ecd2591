"""How a first meeting begins: twenty minutes of the same questions for both, and what the two agree on."""

from __future__ import annotations

from mentoring.plans import Plan

FIRST_MINUTES = 20

FIRST_QUESTIONS = (
    "What did you do before breakfast today?",
    "Which part of your work would you do for fun?",
    "What did somebody once teach you that you still use?",
    "When did you last change your mind about something at work?",
    "What would you like to be asked more often?",
)
"""Lighter to deeper, the same for everybody; in our own words."""

HOW_TO_ASK = (
    "The same questions for everybody, from light to deep. The senior of you answers first, then the other. "
    "Anybody may skip any of them, without a reason."
)

_RHYTHM = "We plan {plan}, of about 45 minutes, and move a meeting rather than drop it."
_NO_PLAN = "We meet for about 45 minutes, and move a meeting rather than drop it."

_AGREED = (
    (
        "What is said between us stays between us, both ways. The limit: if somebody is in danger, or the law or "
        "company rules were broken, either may get help."
    ),
    "None of it plays a part in appraisals, pay or promotion.",
    "The mentor sets the agenda. The mentee does the chasing: dates, reminders, the next meeting.",
    "Either may stop at any time, without a reason: with a button on my Home tab, or by a word to a program lead.",
)


def agreement(plan: Plan | None) -> tuple[str, ...]:
    """What both sign, a sentence or two each."""
    first, *rest = _AGREED
    rhythm = _RHYTHM.format(plan=plan.words) if plan else _NO_PLAN
    return (first, rhythm, *rest)
