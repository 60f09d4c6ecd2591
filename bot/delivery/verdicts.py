"""What becomes of a message that Slack did not take: one table over the failures, the steps and the places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from bot.slack.errors import Failure, FailureKind
from bot.slack.waits import backoff, rarely
from mentoring.matching import Side
from mentoring.people import Person
from mentoring.refusals import NOT_INVITED
from program.outgoing import SETTLE, Letter, RowState

FEWEST_ATTEMPTS: Final = 6
"""A bot that was down for a day has not tried for a day."""

DAILY_LIMIT: Final = timedelta(hours=24)
"""A message that Slack has kept failing for so long is given up, and the leads are asked to look."""

PARK_TOKEN: Final = 300.0
"""Seconds until a message is tried again whose bot token Slack refuses; a new token needs a restart anyway."""


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
    SEND = "It cannot be looked for, and Slack said no to the attempt before: send it."
    GIVE_UP = "Nobody can tell whether it arrived: a lead is asked to look."


_Row = Mapping[Step, Then]


def _row(opening: Then, look: Then, post: Then, update: Then) -> _Row:
    return {Step.OPEN: opening, Step.LOOK: look, Step.POST: post, Step.UPDATE: update}


_AGAIN, _LOOK, _WAIT, _END, _GONE, _VANISHED = (
    *(Then.AGAIN, Then.LOOK, Then.WAIT),
    *(Then.END, Then.GONE, Then.VANISHED),
)

TABLE: Final[Mapping[FailureKind, _Row]] = {
    #                          the call: open       look       post       update
    FailureKind.RATE_LIMITED: _row(Then.SLOWER, Then.SLOWER, Then.SLOWER, Then.SLOWER),
    FailureKind.NO_EFFECT: _row(_AGAIN, _AGAIN, _AGAIN, _AGAIN),
    FailureKind.REFUSED_RETRY: _row(_AGAIN, _AGAIN, _AGAIN, _AGAIN),
    # Opening, looking and updating can be repeated; only a post might be said twice.
    FailureKind.AMBIGUOUS: _row(_AGAIN, _AGAIN, _LOOK, _AGAIN),
    FailureKind.UNKNOWN: _row(_WAIT, _END, _LOOK, _WAIT),
    FailureKind.DEAD_TOKEN: _row(Then.TOKEN, Then.TOKEN, Then.TOKEN, Then.TOKEN),
    FailureKind.CONFIG: _row(_WAIT, _END, _WAIT, _WAIT),
    FailureKind.GONE_PERSON: _row(_GONE, _GONE, _GONE, _GONE),
    FailureKind.REFUSED_PERSON: _row(_END, _END, _END, _END),
    FailureKind.GONE_CONVERSATION: _row(_END, _END, _END, _VANISHED),
    FailureKind.GONE_MESSAGE: _row(_END, _END, _END, _VANISHED),
    FailureKind.GONE_VIEW: _row(_END, _END, _END, _END),
    FailureKind.DONE_ALREADY: _row(_END, _END, _END, _END),
    FailureKind.OUR_BUG: _row(_END, _END, _END, _END),
}
"""By the kind of failure and the call; `rule` has what a place changes, and `decide` what time does."""


def rule(failure: Failure, step: Step, place: Place) -> Then:
    """What follows such a failure of that call on the way to that place, however often it was tried."""
    then = TABLE[failure.kind][step]
    if place is Place.CHANNEL:
        # A channel is chosen by leads, who can open it again or choose another; nobody's account stands for it.
        mends = failure.kind in (FailureKind.GONE_CONVERSATION, FailureKind.GONE_PERSON)
        return Then.WAIT if mends and step in (Step.POST, Step.UPDATE) else then
    if failure.error in NOT_INVITED:
        return Then.VANISHED if step is Step.UPDATE else Then.END
    return then


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message: what is done, in how many seconds it is tried again, and what rests until then.

    `rests` are calls that nobody makes in the meantime: `everywhere`, or in that conversation alone.
    """

    then: Then
    seconds: float = 0
    rests: tuple[Step, ...] = ()
    everywhere: bool = True


def decide(failure: Failure, letter: Letter, step: Step, place: Place, now: datetime) -> Verdict:
    """What becomes of a message for that place when that call failed so. Never raises."""
    then = _in_time(rule(failure, step, place), failure, letter, step, now)
    if then is Then.GONE and place is not Place.PERSON:
        then = Then.END
    return Verdict(
        then,
        _seconds(then, failure, letter, step, place),
        _RESTS.get((then, step), ()),
        # Slack limits posting by conversation, and every other method by workspace.
        everywhere=then is not Then.SLOWER or step is not Step.POST,
    )


_RESTS: Final[Mapping[tuple[Then, Step], tuple[Step, ...]]] = {
    (Then.SLOWER, Step.OPEN): (Step.OPEN,),
    # A look opens the conversation first; either call may have been the one.
    (Then.SLOWER, Step.LOOK): (Step.OPEN, Step.LOOK),
    (Then.SLOWER, Step.POST): (Step.POST,),
    (Then.SLOWER, Step.UPDATE): (Step.UPDATE,),
    (Then.TOKEN, Step.POST): (Step.POST,),
    (Then.TOKEN, Step.UPDATE): (Step.UPDATE,),
}
"""Which calls rest after a failure of a call."""


def _in_time(then: Then, failure: Failure, letter: Letter, step: Step, now: datetime) -> Then:
    """What follows, once it is considered for how long a message has been on its way."""
    if step is Step.LOOK:
        if then is Then.END:
            return Then.GIVE_UP if letter.state is RowState.UNSURE else Then.SEND
        return then
    new = failure.kind is FailureKind.UNKNOWN
    if then is Then.WAIT and new and letter.attempts > 1 and now - letter.could_go_at > DAILY_LIMIT:
        return Then.END
    if (
        failure.kind is FailureKind.REFUSED_RETRY
        and step is not Step.OPEN
        and _is_overdue(letter, FEWEST_ATTEMPTS, now)
    ):
        return Then.GIVE_UP
    # What is new to this version may be a refusal, and is not tried all day.
    if then is Then.LOOK and new and _is_overdue(letter, 1, now):
        return Then.GIVE_UP
    return then


def _is_overdue(letter: Letter, fewest: int, now: datetime) -> bool:
    """An update may be repeated for as long as it takes; only a post is given up, and not after a mere pause."""
    first = letter.first_attempt_at
    tried = not letter.posted and letter.attempts >= fewest
    return tried and first is not None and now - first > DAILY_LIMIT


def _seconds(then: Then, failure: Failure, letter: Letter, step: Step, place: Place) -> float:
    """Seconds until the next attempt: what Slack asked for, or what fits the failure."""
    if then is Then.WAIT:
        # Opening comes before the lease, which counts the other attempts.
        return rarely(letter.attempts + (step is Step.OPEN))
    if then is Then.LOOK:
        if failure.kind is not FailureKind.UNKNOWN:
            return backoff(letter.attempts)
        return rarely(letter.attempts) if letter.attempts > 1 else 0
    if failure.retry_after is not None:
        return failure.retry_after
    if then is Then.TOKEN:
        return PARK_TOKEN
    seconds = backoff(letter.attempts)
    if failure.kind is FailureKind.REFUSED_RETRY and step is Step.POST and place is Place.PERSON:
        # Before the next attempt comes a look, and that needs a history that has settled.
        return max(seconds, SETTLE.total_seconds())
    return seconds


ROLES: Final[tuple[Side, Side]] = ("mentor", "mentee")
"""The people of a pair, in the order in which a conversation is opened with them."""


def who(error: str, seen: Sequence[object]) -> Side | None:
    """Which of a pair Slack means with its refusal, as far as what is seen of them tells."""
    those = [
        role for role, one in zip(ROLES, seen, strict=False) if isinstance(one, Person) and _fits(error, one)
    ]
    return those[0] if len(those) == 1 else None


def culprits(error: str, seen: Sequence[object]) -> tuple[str, ...]:
    """The people whom Slack means with its refusal of a conversation, as far as what is seen of them tells."""
    return tuple(one.id for one in seen if isinstance(one, Person) and _fits(error, one))


def _fits(error: str, person: Person) -> bool:
    if error == "cannot_dm_bot":
        return person.bot
    return person.guest and error in ("user_is_restricted", "ura_max_channels")
