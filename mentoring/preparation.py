"""The preparation: five short cards for each role, which say what to expect and what this is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mentoring.people import Role


class Deck(StrEnum):
    """The side for which somebody prepares."""

    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its title, and what it says."""

    title: str
    text: str


_NOT_THIS: Final = Card(
    "What this is not",
    "Nobody is judged here, on either side. What happens between the two of you is no part of anybody's appraisal, pay "
    "or promotion. The program's leads see whether the two of you have met, and nothing of what was said. What you "
    "hear stays between you, unless somebody could come to harm: then say that you cannot keep it, and look for help "
    "together.",
)

_MENTOR: Final = (
    Card(
        "You bring something",
        "You are the one who teaches, whatever the org chart says. Your partner asked for what you know. You need not "
        "be an expert: show how you do it, and say so where you do not know.",
    ),
    Card(
        "You set the agenda",
        "Before each meeting, choose one small thing to show or to try out together. Half of the time should be your "
        "partner's hands and questions. If something would make you uneasy, leave it out: you owe no reason.",
    ),
    Card(
        "The first time you meet",
        "Begin with the two of you, not with the topic: how a usual day looks, and what each of you hopes for. Then "
        "agree how often you meet, and what stays between you. Three quarters of an hour is plenty.",
    ),
    Card(
        "When it gets stuck",
        "Senior people cancel; it is seldom about you. Your partner does the chasing, and I remind them. If you feel "
        "talked down to, or it does not help, you can ask for help or stop: both take one tap.",
    ),
    _NOT_THIS,
)

_MENTEE: Final = (
    Card(
        "You are here to learn",
        "Your partner is earlier in their career and ahead of you in this. Come with what you do not know. Questions "
        "do more here than advice does; keep the advice until you are asked for it.",
    ),
    Card(
        "You see to it that you meet",
        "Your partner sets the agenda, and you keep the time free. Propose the first two times yourself, and move a "
        "meeting rather than cancel it: your partner would have to guess what it means.",
    ),
    Card(
        "Make it easy to be frank",
        "Your level comes into the room with you. Answer the first questions before you ask them, thank your partner "
        "for what is hard to hear, and try out what you learned before the next time.",
    ),
    Card(
        "Their story is theirs",
        "Your partner speaks for themselves and for no group. Ask about work and skills; of who they are, hear what "
        "they offer, and do not ask for more. Never repeat it with a name.",
    ),
    _NOT_THIS,
)

_BOTH: Final = (
    Card(
        "You take both parts",
        "With one partner you teach, with another you learn; the two have nothing to do with each other. Where you "
        "teach, your partner asked for what you know. Where you learn, come with what you do not know.",
    ),
    Card(
        "Who does what",
        "Whoever teaches sets the agenda: one small thing for each meeting. Whoever learns keeps the time free, "
        "proposes the first two times, and moves a meeting rather than cancel it.",
    ),
    Card(
        "The first time you meet",
        "Begin with the two of you, not with the topic. Whoever is further up answers the first questions before "
        "asking them. Then agree how often you meet, and what stays between you.",
    ),
    Card(
        "When it gets stuck",
        "People cancel; it is seldom about you. Your partner's story is theirs: hear what they offer, do not ask for "
        "more, and never repeat it with a name. If it does not help, ask for help or stop: both take one tap.",
    ),
    _NOT_THIS,
)

CARDS: Final[Mapping[Role, tuple[Card, ...]]] = {
    Role.SHARE: _MENTOR,
    Role.LEARN: _MENTEE,
    Role.BOTH: _BOTH,
}
"""Five for each role; the last says what this is not."""


def decks_of(role: Role) -> tuple[Deck, ...]:
    """The sides for which a role prepares."""
    return (*([Deck.MENTOR] if role.mentors else []), *([Deck.MENTEE] if role.learns else []))


def is_prepared(role: Role, done: Collection[Deck]) -> bool:
    """Whether somebody in this role has read all that is theirs."""
    return {*decks_of(role)} <= {*done}
