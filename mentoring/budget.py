"""How many messages somebody gets in a week from what the bot begins by itself, and what comes first."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from mentoring.messages import Kind
from mentoring.patience import AT_ONCE

A_WEEK = 5
"""Messages in a week to one person, over all programs: one for each working day. The product's rule."""


class Worth(IntEnum):
    """What goes first where not everything can go: the lowest number."""

    ALWAYS = 0
    QUESTIONS = 1
    MAIL = 2
    REMINDERS = 3


ALWAYS = frozenset(
    {
        *AT_ONCE,
        *(Kind.INTRO, Kind.THANKS, Kind.PAIR_CLOSED, Kind.PAIR_GOES_ON, Kind.PAIR_RESTS, Kind.BACK),
        *(Kind.PARTED_WHY, Kind.RESTING, Kind.PAUSE_OVER, Kind.ASK, Kind.ASKS_WAIT, Kind.MISFIT),
        *(Kind.SILENCE, Kind.UNCONFIRMED, Kind.CHANNEL_TROUBLE, Kind.DELIVERY_TROUBLE, Kind.NO_LEAD),
        *(Kind.INTRO_CASE, Kind.INTRO_QUESTION, Kind.HELP_WAITS),
    }
)
"""What is never kept back: the beginning and the end of a pair, and what somebody else waits for."""

_WORTH = {
    **dict.fromkeys((Kind.CHECKIN, Kind.MET_YET), Worth.QUESTIONS),
    **dict.fromkeys((Kind.REASK, Kind.NUDGE, Kind.GET_READY, Kind.ASK_AGAIN, Kind.UNSIGNED), Worth.REMINDERS),
}


def worth(kind: Kind) -> Worth:
    """What a kind of message is worth; one that is to come is mail."""
    return Worth.ALWAYS if kind in ALWAYS else _WORTH.get(kind, Worth.MAIL)


def is_over(kind: Kind, sent: int, waiting: Iterable[Kind]) -> bool:
    """Whether one more message of that kind is too many in a week.

    `sent` have come in it already, and those that are `waiting` beside it go first where they are worth more.
    """
    mine = worth(kind)
    before = sum(worth(one) < mine for one in waiting)
    return mine is not Worth.ALWAYS and sent + before >= A_WEEK
