"""What would help somebody without a partner, in words: the one sentence that asks for some acts."""

from __future__ import annotations

from collections.abc import Mapping

from mentoring.matching.model import Rule, Side
from mentoring.matching.reasons import OTHER, Act, Help, Helps
from mentoring.matching.words import duration, number, plural, quoted

_FOR_OTHERS_TOO = (Act.MORE_ROOM, Act.LESS_OVERLAP, Act.SMALLER_GAP, Act.LARGER_GAP, Act.SAME_DEPARTMENT)
"""What may serve somebody else first."""

_ONE_OF_THESE = "One of these would help: {acts}."
_FOR_ONE = ("{act} would help.", "{act}")
_FOR_ONE_OF = (
    "{act} would help one of {waiting} people who wait for a {partner}.",
    "{act}, for one of {waiting} people who wait for a {partner}",
)
_FOR_ALL = (
    "{act} would help: {waiting} people wait for the same.",
    "{act}, as {waiting} people wait for the same",
)
"""Whom an act serves: as a sentence alone, and as one of several acts."""
_PERHAPS = "perhaps {act}"

_NEW_PARTNERS: Mapping[Side, tuple[str, str]] = {
    "mentee": (
        "{number} more mentor who can teach {skill}{fitting}",
        "{number} more mentors who can teach {skill}{fitting}",
    ),
    "mentor": (
        "{number} more mentee who wants to learn {skill}{fitting}",
        "{number} more mentees who want to learn {skill}{fitting}",
    ),
}
"""One new partner, and several, by the side of whoever waits for them."""
_FITS = {
    Rule.HOURS: "with working hours like theirs",
    Rule.LANGUAGE: "with a common language",
    Rule.DEPARTMENT: "in another department",
    Rule.CHAIN: "outside their reporting line",
}
_APART: Mapping[Side, tuple[str, str, str]] = {
    "mentee": ("at least {least} below them", "{least} below them", "{from_} to {most} below them"),
    "mentor": ("at least {least} above them", "{least} above them", "{from_} to {most} above them"),
}
"""How far from the person a new partner is: so far or farther, just so far, or within a span."""
_NAME_SKILL: Mapping[Side, str] = {"mentor": "sharing {skill}", "mentee": "wanting to learn {skill}"}
_WIDER = "working hours that are {time} longer at the {end} of their day"
_MORE_ROOM: Mapping[Side, str] = {
    "mentee": "one of the mentors who would fit taking another mentee",
    "mentor": "one of the mentees who would fit taking another mentor",
}
_ANOTHER_GAP = "a rule that allows partners {levels} apart"
_LESS_OVERLAP = "a rule that asks for {time} of shared working time instead of {now}"
_SAME_DEPARTMENT = "a rule that allows partners in the same department"
_DISCREET: Mapping[Act, str] = {
    Act.WIDEN_HOURS: "wider working hours",
    Act.LESS_OVERLAP: "a rule that asks for less shared working time",
}
"""What tells nobody's hours."""

_FIRST_STEPS: Mapping[tuple[Act, Side | None], str] = {
    (Act.SET_LEVEL, None): "Their level has to be set first.",
    (Act.ALLOW_GUESTS, None): "The program has to be opened to guests first.",
    (Act.SET_SKILL, "mentee"): "They have to name a skill to learn first.",
    (Act.SET_SKILL, "mentor"): "They have to name a skill to share first.",
    (Act.SET_TIME_ZONE, None): "Their time zone has to be set first.",
    (Act.LONGER_DAY, None): (
        "Their working day has to be as long as the shared time that the rules ask for, {now}."
    ),
    (Act.SET_LANGUAGE, None): "They have to name a language first.",
    (Act.SET_DEPARTMENT, None): (
        "Their department has to be set first: the rules ask for partners in another one."
    ),
    (Act.TAKE_ROLE, "mentee"): (
        "No level is far enough below theirs; sharing {skill} as a mentor would help."
    ),
    (Act.TAKE_ROLE, "mentor"): (
        "No level is far enough above theirs; learning {skill} as a mentee would help."
    ),
    (Act.NOTHING, "mentee"): "No level is far enough below theirs, so they can take part only as a mentor.",
    (Act.NOTHING, "mentor"): "No level is far enough above theirs, so they can take part only as a mentee.",
}
"""What is wanting before anybody can be looked for; told alone, for one side or for both."""
_ALREADY: Mapping[Side, str] = {
    "mentee": "No level is far enough below theirs, so they can take part only as a mentor, as they do already.",
    "mentor": "No level is far enough above theirs, so they can take part only as a mentee, as they do already.",
}


def helps(given: Helps) -> str:
    """Return what helps somebody, as a sentence for whoever plans or leads the program."""
    first, *others = given.acts
    if wanting := _first_step(first, given.side):
        return wanting
    if others:
        return _ONE_OF_THESE.format(acts="; ".join([_listed(one, given) for one in given.acts]))
    sentence, _ = _frame(first)
    words = _act(first, given)
    return _framed(sentence, f"{words[0].upper()}{words[1:]}", first, given.side)


def _listed(one: Help, given: Helps) -> str:
    """Return an act as one of several."""
    _, listed = _frame(one)
    words = _act(one, given).rstrip(",")
    return _framed(_PERHAPS if one.act in _FOR_OTHERS_TOO else listed, words, one, given.side)


def _frame(one: Help) -> tuple[str, str]:
    if one.waiting == 1:
        return _FOR_ONE
    return _FOR_ONE_OF if one.amount < one.waiting else _FOR_ALL


def _framed(frame: str, act: str, one: Help, side: Side) -> str:
    return frame.format(act=act, waiting=number(one.waiting), partner=OTHER[side])


def _act(one: Help, given: Helps) -> str:
    """Return an act as the beginning of a sentence, without its capital letter."""
    if given.discreet and one.act in _DISCREET:
        return _DISCREET[one.act]
    match one.act:
        case Act.NEW_PARTNER:
            return _new_partner(one, given.side)
        case Act.NAME_SKILL:
            return _NAME_SKILL[given.side].format(skill=quoted(one.skill))
        case Act.WIDEN_HOURS:
            return _WIDER.format(time=duration(one.amount), end="start" if one.before else "end")
        case Act.MORE_ROOM:
            return _MORE_ROOM[given.side]
        case Act.LESS_OVERLAP:
            return _LESS_OVERLAP.format(time=duration(one.amount), now=duration(one.now))
        case Act.SMALLER_GAP | Act.LARGER_GAP:
            return _ANOTHER_GAP.format(levels=plural(one.amount, "level"))
        case _:
            return _SAME_DEPARTMENT


def _new_partner(one: Help, side: Side) -> str:
    conditions = [_FITS[rule] for rule in one.fits if rule in _FITS]
    if one.gap is not None:
        conditions.insert(0, _distance(*one.gap, side))
    fitting = "".join(f", {condition}" for condition in conditions) + ("," if conditions else "")
    alone, several = _NEW_PARTNERS[side]
    words = alone if one.amount == 1 else several
    return words.format(number=number(one.amount), skill=quoted(one.skill), fitting=fitting)


def _distance(least: int, most: int | None, side: Side) -> str:
    at_least, just, span = _APART[side]
    words = at_least if most is None else just if most == least else span
    return words.format(least=plural(least, "level"), from_=number(least), most=plural(most or 0, "level"))


def _first_step(one: Help, side: Side) -> str:
    """Return what is wanting first, or nothing where that is not what the act is about."""
    if one.act is Act.NOTHING and one.amount:
        return _ALREADY[side]
    words = _FIRST_STEPS.get((one.act, side)) or _FIRST_STEPS.get((one.act, None), "")
    return words.format(skill=quoted(one.skill), now=duration(one.now))
