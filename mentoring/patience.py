"""Which messages wait until their readers are at work: what the bot begins, and no answer to what somebody did."""

from __future__ import annotations

from mentoring.messages import Kind

AT_ONCE = frozenset({Kind.WELCOME, Kind.HELP, Kind.LEADS_WELCOME, Kind.SETUP_TROUBLE})
"""Never held: the reader of a welcome has just joined, behind a call for help somebody waits, and so does whoever has
just set up a program."""

AT_ONCE_WHEN_ASKED = frozenset(
    {Kind.SUMMARY, Kind.CARD, Kind.INTRO, Kind.UNCONFIRMED, Kind.CHANNEL_TROUBLE, Kind.HELP_WAITS}
)
"""Held when the calendar brings them, and not when a lead asks for them: `match`, `introduce`, a late approval.

Trouble with such a message is told at once as well: whoever asked is still waiting for it.
"""


def waits(kind: Kind, asked: bool = False) -> bool:
    """Whether a new message waits for working time; `asked` tells that somebody's act just now calls for it.

    Every other kind, and every kind to come, is begun by the bot and waits.
    """
    return not (kind in AT_ONCE or (asked and kind in AT_ONCE_WHEN_ASKED))
