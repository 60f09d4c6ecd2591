"""What becomes of a message that Slack did not take: one table over the failures, the steps and the places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from bot.slack_errors import Failure, Kind
from mentoring.people import Person
from mentoring.refusals import NOT_INVITED


class Step(Enum):
    """The call that failed on the way of a message; the value is its method."""

    OPEN = "conversations.open"
    LOOK = "conversations.history"
    POST = "chat.postMessage"
    UPDATE = "chat.update"


class Place(Enum):
    """Where the message goes."""

    PERSON = "the direct message with a member or a lead"
    PAIR = "the group conversation of a pair"
    CHANNEL = "the leads' channel"


class Then(Enum):
    """What is done about it."""

    AGAIN = "It passes by itself: try again, later each time."
    SLOWER = "Wait as long as Slack asked for; it was no attempt."
    LOOK = "It may have arrived: look for it, or ask a lead to."
    TOKEN = "Nothing can be said until the operator sets a new token: one message tries, the others wait."  # noqa: S105 - no token
    WAIT = "A setting stands in the way: tell the leads why, and try a few times a day."
    GONE = "The person is not there any more: the program carries on without them."
    END = "Slack refuses it for good: end it, and tell the leads why."
    VANISHED = "What was on screen is gone, and its contents with it."


_Row = Mapping[Step, Then]


def _row(opening: Then, look: Then, post: Then, update: Then) -> _Row:
    return {Step.OPEN: opening, Step.LOOK: look, Step.POST: post, Step.UPDATE: update}


_AGAIN, _LOOK, _WAIT, _END, _GONE, _VANISHED = (
    *(Then.AGAIN, Then.LOOK, Then.WAIT),
    *(Then.END, Then.GONE, Then.VANISHED),
)

TABLE: Final[Mapping[Kind, _Row]] = {
    #                          the call: open       look       post       update
    Kind.RATE_LIMITED: _row(Then.SLOWER, Then.SLOWER, Then.SLOWER, Then.SLOWER),
    Kind.NO_EFFECT: _row(_AGAIN, _AGAIN, _AGAIN, _AGAIN),
    Kind.REFUSED_RETRY: _row(_AGAIN, _AGAIN, _AGAIN, _AGAIN),
    # Opening, looking and updating can be repeated; only a post might be said twice.
    Kind.AMBIGUOUS: _row(_AGAIN, _AGAIN, _LOOK, _AGAIN),
    Kind.UNKNOWN: _row(_WAIT, _END, _LOOK, _WAIT),
    Kind.DEAD_TOKEN: _row(Then.TOKEN, Then.TOKEN, Then.TOKEN, Then.TOKEN),
    Kind.CONFIG: _row(_WAIT, _END, _WAIT, _WAIT),
    Kind.GONE_PERSON: _row(_GONE, _GONE, _GONE, _GONE),
    Kind.REFUSED_PERSON: _row(_END, _END, _END, _END),
    Kind.GONE_CONVERSATION: _row(_END, _END, _END, _VANISHED),
    Kind.GONE_MESSAGE: _row(_END, _END, _END, _VANISHED),
    Kind.GONE_VIEW: _row(_END, _END, _END, _END),
    Kind.DONE_ALREADY: _row(_END, _END, _END, _END),
    Kind.OUR_BUG: _row(_END, _END, _END, _END),
}
"""By the kind of failure and the call, wherever the message goes; `decide` has what a place changes."""


def decide(failure: Failure, step: Step, place: Place) -> Then:
    """What becomes of a message for that place when that call failed so. Never raises."""
    then = TABLE[failure.kind][step]
    if place is Place.CHANNEL:
        # A channel is chosen by leads, who can open it again or choose another; nobody's account stands for it.
        mends = failure.kind in (Kind.GONE_CONVERSATION, Kind.GONE_PERSON)
        return Then.WAIT if mends and step in (Step.POST, Step.UPDATE) else then
    if failure.error in NOT_INVITED:
        return Then.VANISHED if step is Step.UPDATE else Then.END
    return then


ROLES: Final = ("the mentor", "the mentee")
"""The people of a pair, in the order in which a conversation is opened with them."""


def who(error: str, seen: Sequence[object]) -> str:
    """Which of a pair Slack means with its refusal, as far as what is seen of them tells."""
    those = [
        role for role, one in zip(ROLES, seen, strict=False) if isinstance(one, Person) and _fits(error, one)
    ]
    return those[0] if len(those) == 1 else "one of the two"


def _fits(error: str, person: Person) -> bool:
    if error == "cannot_dm_bot":
        return person.bot
    return person.guest and error in ("user_is_restricted", "ura_max_channels")
