"""What goes first: the lanes in which messages wait, by who waits for them and by what sending them takes."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from mentoring.messages import Kind, Notice
from mentoring.readers import LeadsChannel


class Lane(IntEnum):
    """Where a message waits; the numbers are stored.

    What is new: a call for help; a question or a trouble for leads; an answer to what somebody just did; what goes to
    the leads' channel, where one message a second is all that Slack allows; other mail; and introductions, for which a
    conversation has to be opened. What stands and changes: after what somebody just did, and in many places at once.
    """

    HELP = 0
    QUESTIONS = 1
    ANSWERS = 2
    LEADS = 3
    MAIL = 4
    INTRODUCTIONS = 5
    CHANGES = 6
    REDRAWN = 7


QUESTIONS: Final = frozenset(
    {
        *(Kind.UNCONFIRMED, Kind.INTRO_CASE, Kind.STUCK, Kind.ASKS_WAIT),
        *(Kind.CHANNEL_TROUBLE, Kind.DELIVERY_TROUBLE, Kind.NO_LEAD),
    }
)
"""The kinds behind which something stands still until a lead has done something."""

FEW: Final = 10
"""What one act changes in so many places at most, somebody who acted waits for; what changes in more can take its
time."""


def lane_of(notice: Notice, asked: bool = False) -> Lane:
    """Where a new message waits; `asked` tells that somebody's act just now calls for it."""
    kind = notice.kind
    if kind in (Kind.HELP, Kind.HELP_WAITS):
        return Lane.HELP
    if isinstance(notice.to, LeadsChannel):
        return Lane.LEADS
    if kind is Kind.INTRO:
        # Also one that a lead asked for: there may be thousands of them.
        return Lane.INTRODUCTIONS
    if kind in QUESTIONS:
        return Lane.QUESTIONS
    return Lane.ANSWERS if asked or kind is Kind.WELCOME else Lane.MAIL
