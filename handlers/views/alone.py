"""What somebody without a partner reads: why, as far as it is theirs to know, and what would help."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.ids import Word
from handlers.views.members import NO_LEVEL, gone, prepare_part, profile_button
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, rendered, say
from handlers.views.text import date_token, escape, mentions, typed
from mentoring.cycles import Unserved, Why
from mentoring.messages import NoPartner

_Told = tuple[str, str]
"""Why, and what helps."""

_MORE_TO_LEARN = "more skills in your profile that you would like to learn."
_MORE_TO_SHARE = "more skills in your profile that you can share."
_WAITED = "Whoever has waited goes first."
_MEANWHILE = (
    "Should somebody who fits come while half of the cycle is left, I suggest the two of you to the leads."
)

_TO_LEARN: Mapping[Why, _Told] = {
    Why.NO_SKILL: (
        "Your profile does not name a skill to learn yet.",
        "one skill that you would like to learn is enough to start.",
    ),
    Why.SKILL: ("Nobody here offers what you want to learn yet.", _MORE_TO_LEARN),
    Why.LEVEL: (
        "Nobody who offers what you want to learn is at a level that fits yours: mentors are earlier in their career.",
        _MORE_TO_LEARN,
    ),
    Why.LADDER: (
        "Mentors are earlier in their career than the people they teach, and no level is far enough below yours.",
        "sharing a skill as a mentor. You can choose that in your profile.",
    ),
    Why.HOURS: (
        "You share too little working time with those who could teach you.",
        "wider working hours in your profile, or more skills that you would like to learn.",
    ),
    Why.LANGUAGE: (
        "Those who could teach you do not speak a language that you named.",
        "another language in your profile, or more skills that you would like to learn.",
    ),
    Why.DEPARTMENT: (
        "This program pairs people from different departments, and nobody in another one could teach you this time.",
        _MORE_TO_LEARN,
    ),
}
_TO_SHARE: Mapping[Why, _Told] = {
    Why.NO_SKILL: (
        "Your profile does not name a skill to share yet.",
        "one skill that you can share is enough to start.",
    ),
    Why.SKILL: ("Nobody here wants to learn what you share yet.", _MORE_TO_SHARE),
    Why.LEVEL: (
        "Nobody who wants to learn what you share is at a level that fits yours: mentees are further up.",
        _MORE_TO_SHARE,
    ),
    Why.LADDER: (
        "Mentees are further up than the people who teach them, and no level is far enough above yours.",
        "learning a skill as a mentee. You can choose that in your profile.",
    ),
    Why.HOURS: (
        "You share too little working time with those whom you could teach.",
        "wider working hours in your profile, or more skills that you can share.",
    ),
    Why.LANGUAGE: (
        "Those whom you could teach do not speak a language that you named.",
        "another language in your profile, or more skills that you can share.",
    ),
    Why.DEPARTMENT: (
        "This program pairs people from different departments, and you could teach nobody in another one this time.",
        _MORE_TO_SHARE,
    ),
}
_ON_ANY_SIDE: Mapping[Why, _Told] = {
    Why.UNSAID: ("", ""),
    Why.LATE: ("You joined after the pairs of this cycle were chosen.", ""),
    Why.NO_LEVEL: ("", NO_LEVEL),
    Why.UNPREPARED: (
        "Nobody is paired in this program before they have prepared.",
        "the five short cards on my Home tab.",
    ),
    Why.NO_DEPARTMENT: (
        "This program pairs people from different departments, and your profile has no department yet.",
        "adding your department to your profile.",
    ),
    # The same when all partners are taken and when something private stands between two people.
    Why.NOBODY_FREE: ("Nobody who would fit is free for a new pairing with you this time.", ""),
}
_SIDES = {"mentee": ("To learn", _TO_LEARN), "mentor": ("To share", _TO_SHARE)}


def no_partner(content: NoPartner) -> Rendered:
    """Kindly: no partner this time, why, what would help, and when the next chance is; or what became of it."""
    if content.since == "left":
        return gone(content.program)
    if content.since == "met":
        return rendered(say(f"We found a partner for you in cycle {content.cycle_number} after all."))
    sides = content.sides or (Unserved("", Why.UNSAID if content.has_level else Why.NO_LEVEL),)
    closed = any(one.why is Why.GUEST for one in sides)
    return rendered(
        say(
            f"We did not find a partner for you in cycle {content.cycle_number} of "
            f"*{escape(content.program, PROGRAM_MAX)}*. That says nothing about you."
        ),
        _guest(content.leads) if closed else _why(content, sides),
        None if closed else _next_chance(content),
        None if closed else _way(sides),
    )


def _way(sides: tuple[Unserved, ...]) -> Part:
    """Where somebody can do something about it."""
    return prepare_part() if any(one.why is Why.UNPREPARED for one in sides) else profile_button()


def _next_chance(content: NoPartner) -> Part | None:
    """When it is, until that has passed."""
    if content.since == "paused":
        return say(
            f"You are taking a break, so nobody is looked for now. {typed(Word.RESUME)} brings you back."
        )
    if content.next_intro is None:
        return say(f"{typed(Word.STATUS)} shows where you stand, and when the next introductions are.")
    return say(_WAITED, f"The next introductions are on {date_token(content.next_intro)}.", _MEANWHILE)


def _guest(leads: tuple[str, ...]) -> Part:
    ask = f"Only its leads can change that. Your way is to ask {mentions(leads)}." if leads else ""
    return say("You are here as a guest, and this program is not open to guests.", ask)


def _why(content: NoPartner, sides: tuple[Unserved, ...]) -> Part | None:
    lines = [_line(content, one, titled=len(sides) > 1) for one in sides]
    told = "\n".join(filter(None, lines))
    return say(told) if told else None


def _line(content: NoPartner, one: Unserved, titled: bool) -> str:
    title, special = _SIDES.get(one.side, ("", {}))
    why, helps = special.get(one.why) or _ON_ANY_SIDE.get(one.why, ("", ""))
    if one.why is Why.LADDER and content.both_roles and one.side in _OTHER:
        helps = f"the other side, for which you have signed up: {_OTHER[one.side]}."
    parts = (f"*{title}:*" if titled and why else "", why, f"*What helps:* {helps}" if helps else "")
    return " ".join(filter(None, parts))


_OTHER = {"mentee": "sharing what you know, as a mentor", "mentor": "learning, as a mentee"}
