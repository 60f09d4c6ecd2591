"""What whoever ran a matching is told when it is done: numbers that they can check in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mentoring.matching import LeftOut, Rule, Side
from mentoring.matching.words import joined, plural
from mentoring.spreadsheets.aside import State
from mentoring.spreadsheets.outcome import Outcome

_STATES: dict[State, tuple[str, str]] = {
    State.TAKES_PART: ("takes part", "take part"),
    State.HELD: ("is held back", "are held back"),
    State.INACTIVE: ("is not active", "are not active"),
    State.NO_ROLE: ("has neither a role nor a skill", "have neither a role nor a skill"),
    State.NO_ROOM: ("has a capacity of 0", "have a capacity of 0"),
}
_REASONS: dict[Rule, tuple[str, str]] = {
    Rule.SKILL: ("no mentor offers a skill that they want", "no mentee wants a skill that they share"),
    Rule.LEVEL: ("no mentor is at the right distance below", "no mentee is at the right distance above"),
    Rule.HOURS: ("too few working hours in common",) * 2,
    Rule.LANGUAGE: ("no language in common",) * 2,
    Rule.DEPARTMENT: ("nobody is in another department",) * 2,
    Rule.CHAIN: ("all who are left are in their own reporting line",) * 2,
    Rule.APART: ("all who are left were their partners before, or are to be avoided",) * 2,
    Rule.REPEAT: ("all who are left were their partners before",) * 2,
    Rule.FULL: (
        "all who could be their mentors have other partners",
        "all who could be their mentees have other partners",
    ),
    Rule.GUEST: ("the program is not open to guests",) * 2,
}
"""Why somebody is left out, in a few words: as a mentee, and as a mentor."""

_OTHER_REASON = "another rule"
_NO_LEVEL = "their level is not known"
_NO_SKILL: dict[Side, str] = {
    "mentee": "they name no skill to learn",
    "mentor": "they name no skill to share",
}
_MOST_REASONS = 3


def summary(outcome: Outcome, left_out: str | None) -> Iterator[str]:
    """Yield the lines of the summary; `left_out` is the file in which everybody without a partner stands, if any."""
    yield _read(outcome)
    yield from _result(outcome, left_out)
    if not outcome.solution.proof.optimal:
        yield "These are the best pairs found; it is not proven that there are none better."
    yield f"Working hours were compared as of {outcome.problem.on.isoformat()}."


def certificate(outcome: Outcome) -> Iterator[str]:
    """Yield how far the search went, for whoever asks for more."""
    proof = outcome.solution.proof
    choice = "The best choice of pairs, proven" if proof.optimal else "The best choice of pairs found"
    detail = f"In detail: {proof.candidates:,}, in {plural(proof.rounds, 'round')}."
    yield f"{choice}: {proof.pairs:,}."
    yield f"Combinations of a mentor and a mentee compared: {proof.compared:,}. {detail}"
    yield f"Without a partner, counted once for each role: {len(outcome.solution.left_out):,}."


def short_reason(outcome: Outcome, one: LeftOut) -> str:
    """Return in a few words why somebody is left out."""
    person = outcome.people[one.id]
    if one.rule is Rule.LEVEL and person.level is None:
        return _NO_LEVEL
    if one.rule is Rule.SKILL and not (person.shares if one.side == "mentor" else person.wants):
        return _NO_SKILL[one.side]
    mentee, mentor = _REASONS.get(one.rule, (_OTHER_REASON,) * 2)
    return mentor if one.side == "mentor" else mentee


def people(count: int) -> str:
    """Return a number of people, in figures."""
    return "1 person" if count == 1 else f"{count:,} people"


def _read(outcome: Outcome) -> str:
    states = outcome.states
    told = [
        f"{states[state]:,} {words[states[state] != 1]}" for state, words in _STATES.items() if states[state]
    ]
    was = "was" if states.total() == 1 else "were"
    return f"{people(states.total())} {was} read: {joined(told)}."


def _result(outcome: Outcome, left_out: str | None) -> Iterator[str]:
    count, without = len(outcome.solution.pairs), outcome.without
    pairs = f"{count:,} {'pair' if count == 1 else 'pairs'}." if count else "No pair is possible."
    if not without:
        yield f"{pairs} Everybody who takes part has a partner." if count else pairs
        return
    lack = f"{pairs} {people(len(without))} {'has' if len(without) == 1 else 'have'} no partner"
    yield f"{lack}; why: {left_out}" if left_out else f"{lack}; --left-out left.csv writes why, for each."
    yield from _roles(outcome, left_out)
    if not left_out:
        yield from _common_reasons(outcome)


def _roles(outcome: Outcome, left_out: str | None) -> Iterator[str]:
    """Yield what to know of those who are in both roles, to check the number of people without a partner."""
    served = set(outcome.paired())
    half = sum(person_id in served for person_id in outcome.without)
    twice = sum(len(sides) > 1 for sides in outcome.without.values())
    told = []
    if half:
        told.append(f"{_has(half)} a partner in their other role")
    if twice:
        told.append(f"{_has(twice)} none in either of two roles{', and two lines there' if left_out else ''}")
    if told:
        yield f"Of the {len(outcome.without):,}, {joined(told)}."


def _has(count: int) -> str:
    return f"{count:,} {'has' if count == 1 else 'have'}"


def _common_reasons(outcome: Outcome) -> Iterator[str]:
    reasons = Counter(short_reason(outcome, one) for one in outcome.solution.left_out)
    told = "; ".join(f"{reason} ({count:,})" for reason, count in reasons.most_common(_MOST_REASONS))
    yield f"{'The reason' if len(reasons) == 1 else 'The most common reasons'}, counted once for each role: {told}."
