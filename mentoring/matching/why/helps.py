"""What would help somebody without a partner: the one sentence that asks for some acts."""

from __future__ import annotations

from collections.abc import Sequence

from mentoring.matching.model import Rule, Rules, Side
from mentoring.matching.solution import Act, Help
from mentoring.matching.words import duration, number, plural, quoted

_FOR_OTHERS_TOO = (Act.MORE_ROOM, Act.LESS_OVERLAP, Act.SMALLER_GAP, Act.LARGER_GAP, Act.SAME_DEPARTMENT)
"""What may serve somebody else first."""

OTHER: dict[Side, Side] = {"mentee": "mentor", "mentor": "mentee"}
_FITS = {
    Rule.HOURS: "with working hours like theirs",
    Rule.LANGUAGE: "with a common language",
    Rule.DEPARTMENT: "in another department",
    Rule.CHAIN: "outside their reporting line",
}


def sentence(helps: Sequence[Help], side: Side, rules: Rules, discreet: bool) -> str:
    """Return what helps somebody on this side, as a sentence for whoever plans or leads the program.

    The words of a `discreet` problem do not tell anybody's hours.
    """
    first = helps[0]
    if first.act in _FIRST_STEPS:
        return _first_step(first, side, rules)
    if len(helps) > 1:
        told = "; ".join([_listed(one, side, rules, discreet) for one in helps])
        return f"One of these would help: {told}."
    words = _phrase(first, side, rules, discreet)
    return f"{words[0].upper()}{words[1:]} would help{_others(first, side)}."


def _listed(one: Help, side: Side, rules: Rules, discreet: bool) -> str:
    """Return an act as one of several."""
    words = _phrase(one, side, rules, discreet).rstrip(",")
    if one.act in _FOR_OTHERS_TOO:
        return f"perhaps {words}"
    if one.waiting == 1:
        return words
    if one.amount < one.waiting:
        return f"{words}, for {_one_of(one, side)}"
    return f"{words}, as {number(one.waiting)} people wait for the same"


def _others(one: Help, side: Side) -> str:
    """Return who else waits for the same, as the end of a sentence."""
    if one.waiting == 1:
        return ""
    if one.amount < one.waiting:
        return f" {_one_of(one, side)}"
    return f": {number(one.waiting)} people wait for the same"


def _one_of(one: Help, side: Side) -> str:
    return f"one of {number(one.waiting)} people who wait for a {OTHER[side]}"


def _phrase(one: Help, side: Side, rules: Rules, discreet: bool) -> str:
    """Return an act as the beginning of a sentence, without its capital letter."""
    match one.act:
        case Act.NEW_PARTNER:
            return _new_partner(one, side)
        case Act.NAME_SKILL:
            verb = "sharing" if side == "mentor" else "wanting to learn"
            return f"{verb} {quoted(one.skill)}"
        case Act.WIDEN_HOURS:
            return "wider working hours" if discreet else _wider(one)
        case Act.MORE_ROOM:
            return f"one of the {OTHER[side]}s who would fit taking another {side}"
        case Act.LESS_OVERLAP if discreet:
            return "a rule that asks for less shared working time"
        case Act.LESS_OVERLAP:
            least = duration(rules.min_overlap_minutes)
            return f"a rule that asks for {duration(one.amount)} of shared working time instead of {least}"
        case Act.SMALLER_GAP | Act.LARGER_GAP:
            return f"a rule that allows partners {plural(one.amount, 'level')} apart"
        case _:
            return "a rule that allows partners in the same department"


def _new_partner(one: Help, side: Side) -> str:
    alone, many = one.amount == 1, "" if one.amount == 1 else "s"
    verb = "can teach" if side == "mentee" else "wants to learn" if alone else "want to learn"
    conditions = [_FITS[rule] for rule in one.fits if rule in _FITS]
    if one.gap is not None:
        conditions.insert(0, _distance(*one.gap, side))
    fitting = "".join(f", {condition}" for condition in conditions) + ("," if conditions else "")
    return f"{number(one.amount)} more {OTHER[side]}{many} who {verb} {quoted(one.skill)}{fitting}"


def _distance(least: int, most: int | None, side: Side) -> str:
    where = "below them" if side == "mentee" else "above them"
    if most is None:
        return f"at least {plural(least, 'level')} {where}"
    span = plural(least, "level") if most == least else f"{number(least)} to {plural(most, 'level')}"
    return f"{span} {where}"


def _wider(one: Help) -> str:
    end = "start" if one.before else "end"
    return f"working hours that are {duration(one.amount)} longer at the {end} of their day"


def _first_step(one: Help, side: Side, rules: Rules) -> str:
    match one.act:
        case Act.NOTHING | Act.TAKE_ROLE:
            return _off_the_ladder(one, side)
        case Act.SET_SKILL:
            return f"They have to name a skill to {'share' if side == 'mentor' else 'learn'} first."
        case Act.LONGER_DAY:
            least = duration(rules.min_overlap_minutes)
            return f"Their working day has to be as long as the shared time that the rules ask for, {least}."
        case _:
            return _FIRST_STEPS[one.act]


def _off_the_ladder(one: Help, side: Side) -> str:
    where = "below" if side == "mentee" else "above"
    nobody = f"No level is far enough {where} theirs"
    if one.skill:
        verb = "sharing" if side == "mentee" else "learning"
        return f"{nobody}; {verb} {quoted(one.skill)} as a {OTHER[side]} would help."
    already = ", as they do already" if one.amount else ""
    return f"{nobody}, so they can take part only as a {OTHER[side]}{already}."


_FIRST_STEPS = {
    Act.SET_LEVEL: "Their level has to be set first.",
    Act.ALLOW_GUESTS: "The program has to be opened to guests first.",
    Act.SET_SKILL: "",
    Act.SET_TIME_ZONE: "Their time zone has to be set first.",
    Act.LONGER_DAY: "",
    Act.SET_LANGUAGE: "They have to name a language first.",
    Act.SET_DEPARTMENT: "Their department has to be set first: the rules ask for partners in another one.",
    Act.NOTHING: "",
    Act.TAKE_ROLE: "",
}
"""Sentences of acts that are told alone; the empty ones depend on more than the act."""
