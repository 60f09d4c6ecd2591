"""Why two people cannot be a pair, in words: a whole sentence for each hard rule and case."""

from __future__ import annotations

from collections.abc import Mapping

from mentoring.matching.model import Rule
from mentoring.matching.reasons import Broken, Case
from mentoring.matching.words import duration, number, plural

NOT_FREE = "They are not free for a new pairing with each other."
"""The one sentence for all that a discreet problem does not tell."""

_SENTENCES: Mapping[tuple[Rule, Case], str] = {
    (Rule.SELF, Case.BREAKS): "Nobody can be their own mentor.",
    (Rule.ROLE, Case.MENTOR): "The mentor did not sign up to share.",
    (Rule.ROLE, Case.MENTEE): "The mentee did not sign up to learn.",
    (Rule.ROLE, Case.BOTH): "The mentor did not sign up to share. Nor the mentee to learn.",
    (Rule.ROLE, Case.UNKNOWN): "One of them does not take part in this program.",
    (Rule.AWAY, Case.MENTOR): "The mentor is not available at the moment.",
    (Rule.AWAY, Case.MENTEE): "The mentee is not available at the moment.",
    (Rule.AWAY, Case.BOTH): "Both are not available at the moment.",
    (Rule.GUEST, Case.MENTOR): "The mentor is here as a guest, and this program is not open to guests.",
    (Rule.GUEST, Case.MENTEE): "The mentee is here as a guest, and this program is not open to guests.",
    (Rule.GUEST, Case.BOTH): "Both are here as a guest, and this program is not open to guests.",
    (Rule.LEVEL, Case.MENTOR): "The mentor is without a level, and it has to be set first.",
    (Rule.LEVEL, Case.MENTEE): "The mentee is without a level, and it has to be set first.",
    (Rule.LEVEL, Case.BOTH): "Both are without a level, and it has to be set first.",
    (Rule.LEVEL, Case.TOO_NEAR): "The mentee has to be at least {asked_levels} above the mentor.",
    (Rule.LEVEL, Case.TOO_FAR): (
        "The mentee is {have_levels} above the mentor, and the program allows {asked_number}."
    ),
    (Rule.SKILL, Case.BREAKS): "The mentor does not offer a skill that the mentee wants to learn.",
    (Rule.HOURS, Case.UNKNOWN): "The time zone of at least one of them is not known.",
    (Rule.HOURS, Case.TOO_LITTLE): "They share {have_time} a day, and the program asks for {asked_time}.",
    (Rule.LANGUAGE, Case.BREAKS): "They have no language in common.",
    (Rule.DEPARTMENT, Case.SAME): "They work in the same department.",
    (Rule.DEPARTMENT, Case.UNKNOWN): "The department of at least one of them is not known.",
    (Rule.CHAIN, Case.BREAKS): "One of them is in the other's reporting line.",
    (Rule.APART, Case.BREAKS): "They should not be paired.",
    (Rule.APART, Case.NOT_FREE): NOT_FREE,
    (Rule.REPEAT, Case.BREAKS): "They have been paired before.",
    (Rule.STANDING, Case.BREAKS): "They are a pair already.",
    (Rule.FULL, Case.MENTOR): "The mentor is without room for another partner.",
    (Rule.FULL, Case.MENTEE): "The mentee is without room for another partner.",
    (Rule.FULL, Case.BOTH): "Both are without room for another partner.",
}


def broken(one: Broken) -> str:
    """Return the sentence about a rule that a pair breaks, which a lead can read aloud."""
    sentence = _SENTENCES[one.rule, one.case]
    if "{" not in sentence:
        return sentence
    return sentence.format(
        have_levels=plural(one.have, "level"),
        have_time=duration(one.have) if one.have else "no working time",
        asked_levels=plural(one.asked, "level"),
        asked_number=number(one.asked),
        asked_time=duration(one.asked),
    )
