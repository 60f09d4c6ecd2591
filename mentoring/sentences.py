"""What leads and pairs are told of a pair and of people without one: sentences, made of codes when they are read.

A text among codes stands as it was written: by a lead, or by a version of the bot that stored sentences.
"""

from __future__ import annotations

from collections.abc import Mapping

from mentoring.matching import Helps, Reason, Stop, said
from mentoring.pairings import Because, Cause
from mentoring.refusals import no_introduction, not_yet

_CAUSES: Mapping[Cause, str] = {
    Cause.PAUSED: "One of the two has paused.",
    Cause.LEFT: "One of the two has left the program.",
    Cause.GONE: "One of the two is not in the workspace any more.",
    Cause.NO_MEMBER: "One of the two is not in the program any more.",
    Cause.CYCLE_ENDED: "The cycle ended first.",
    Cause.MADE_WAY: "A later matching found a better set of pairs without it.",
    Cause.SWAPPED: "A lead chose another pair in its place.",
    Cause.TAKEN_BACK: "A lead had made it by hand, and that was undone.",
    Cause.PARTED: "One of the two wished so.",
}


def reason(one: Reason | str) -> str:
    """Why two people are a pair, for leads."""
    return one if isinstance(one, str) else said.reason(one)


def stop(one: Stop | str) -> str:
    """Why somebody has no partner, for leads."""
    return one if isinstance(one, str) else said.stop(one)


def helps(one: Helps | str) -> str:
    """What would help somebody without a partner, for leads."""
    return one if isinstance(one, str) else said.helps(one)


def because(one: Because) -> str:
    """Why a pair was withdrawn or has ended, or why its introduction waits, for leads."""
    match one.cause:
        case Cause.BREAKS_RULES:
            return " ".join(map(said.broken, one.broken))
        case Cause.REFUSED:
            return no_introduction(one.error, one.who)
        case Cause.WAITS:
            return not_yet(one.error)
        case _:
            return _CAUSES[one.cause]
