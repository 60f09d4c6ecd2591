"""People and channels as Slack knows them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from slack_sdk import WebClient

from bot.slack import errors as slack_errors
from bot.slack.admins import AdminSweep
from bot.slack.answers import BrokenAnswer, anything
from bot.slack.channels import Channels
from bot.slack.errors import Failure, FailureKind
from bot.slack.look_ups import Budget, Habits, InFlight, Remembered
from bot.slack.waits import Pause
from handlers import entries
from handlers.services import SlackDoesNotSay
from mentoring.channels import Trouble
from mentoring.people import Person
from program import people
from program.context import Context
from program.people import LOOK_AGAIN

_log = logging.getLogger(__name__)

SLICE = 20
"""People looked up again at one tick."""

FRESH: Final = timedelta(minutes=1)
"""So long an answer of Slack's counts as what Slack says now."""

SLOW: Final = 1.0
"""Seconds; when a look-up failed after more than this, nobody is asked for during `PATIENCE`."""

PATIENCE: Final = 5.0
"""Seconds; somebody waits for the answer to their act, so one act must not wait for two slow look-ups."""


_SLOW: Final = Failure(FailureKind.NO_EFFECT, "slow")


@dataclass(slots=True)
class _Rests:
    """Until when nobody is asked for: after a rate limit, and (by `time.monotonic`) while Slack is slow."""

    pause: Pause
    slow_until: float


class SlackDirectory:
    """Reads people and channels from Slack, and lets the program know what changed."""

    def __init__(
        self,
        client: WebClient,
        ctx: Context,
        workspace: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Serve one workspace with one client; look-ups are counted by `monotonic`, a clock in seconds."""
        self._client = client
        self._ctx = ctx
        self._workspace = workspace
        self.channels = Channels(client, ctx)
        self._budget = Budget(monotonic)
        self._said = Remembered()
        self._habits = Habits()
        self._in_flight = InFlight()
        self._rests = _Rests(Pause.of(ctx.now(), 0), time.monotonic())
        self.left: Callable[[], float] | None = None
        """How many seconds an act still has to wait for Slack; None where nobody counts."""
        self._admins = AdminSweep(client, ctx, workspace)

    def within(self, left: Callable[[], float]) -> SlackDirectory:
        """The same for one act, which waits for Slack as long as `left` says; an answer that comes later is kept."""
        hasty = copy(self)
        hasty.left = left
        return hasty

    def person(self, user_id: str, *, anew: bool = False) -> Person:
        """The person as Slack knows them now, or as seen within the last hour; raises `SlackDoesNotSay`."""
        said = None if anew else self._said.since(user_id, self._ctx.now(), FRESH)
        # Where something else was recorded since, Slack is asked which of the two is so.
        return said if said and said == self.known(user_id) else self._asked(user_id)

    def lately(self, user_id: str) -> Person:
        """The person as seen within the last hour, or as Slack knows them now; raises `SlackDoesNotSay`."""
        return self._seen(user_id) or self._asked(user_id)

    def known(self, user_id: str) -> Person | None:
        """The person as last seen, or None; asks nobody."""
        # What Slack said of somebody on record is on record, and what others recorded since is newer.
        on_record = people.known(self._ctx, self._workspace, user_id)
        return on_record or self._said.since(user_id, self._ctx.now(), LOOK_AGAIN)

    def heard(self, person: Person) -> None:
        """Slack reported by itself how somebody is now; what it says about somebody the program knows is recorded."""
        self._said.forget(person.id)
        people.heard(self._ctx, self._workspace, person)

    def channel(self, channel_id: str) -> Trouble | None:
        """What keeps the channel from being the leads', looked at now; None when it is fine."""
        return self._looked(channel_id, self.channels.look)

    def channel_lately(self, channel_id: str) -> Trouble | None:
        """What keeps the channel from being the leads', as seen in the last few minutes; None when it is fine."""
        return self._looked(channel_id, self.channels.known)

    def posting(self, channel_id: str) -> Trouble | None:
        """What keeps the bot from posting in the channel, looked at now; None when it can."""
        return self._looked(channel_id, self.channels.look_posting)

    def _looked(self, channel_id: str, look: Callable[[str], Trouble | None]) -> Trouble | None:
        if self.left is None:
            return look(channel_id)
        key = f"{look.__name__} {channel_id}"
        return self._in_flight.wait(key, partial(look, channel_id), self.left(), Trouble.UNKNOWN)

    def look_again(self) -> int:
        """Read the next slice of people who take part or lead again, because events can be lost; gives their number."""
        due = people.to_look_up(self._ctx, SLICE)
        for workspace, user_id in due:
            if not self._look_at(workspace, user_id):
                break
        return len(due)

    def look_for_admins(self) -> None:
        """Read the next page of everybody, if it is time to find out who the admins are. Never raises."""
        self._admins.look()

    def look_at(self, user_id: str) -> Person:
        """Look somebody up again because a call said that they may be gone; gives them as they are known then."""
        self._look_at(self._workspace, user_id)
        return self.known(user_id) or Person(user_id, name=user_id)

    def _look_at(self, workspace: str, user_id: str) -> bool:
        """Record one person; tells whether to go on. Whoever could not be looked up is due again at the next tick."""
        person = self._ask(user_id, somebody_waits=False)
        if not isinstance(person, Failure):
            people.record(self._ctx, workspace, [person])
        elif person.kind is FailureKind.GONE_PERSON:
            people.gone(self._ctx, workspace, user_id)
        else:
            return False
        return True

    def _seen(self, user_id: str) -> Person | None:
        """The person, if Slack said anything about them within the last hour."""
        now = self._ctx.now()
        if self._said.since(user_id, now, LOOK_AGAIN):
            return self.known(user_id)
        return people.known_since(self._ctx, self._workspace, user_id, now - LOOK_AGAIN)

    def _asked(self, user_id: str) -> Person:
        """What Slack says now; failing that, what it said within the hour."""
        person = self._ask(user_id)
        known = people.known(self._ctx, self._workspace, user_id)
        if isinstance(person, Failure):
            return self._instead(user_id, person, known)
        # About somebody new there is nothing to act on; they are kept once they join.
        if known is not None and known != person:
            people.record(self._ctx, self._workspace, [person])
            # While the answer was on its way, something newer may have been heard.
            return people.known(self._ctx, self._workspace, user_id) or person
        return person

    def _instead(self, user_id: str, failure: Failure, known: Person | None) -> Person:
        """Whom to take for somebody about whom Slack gave no answer; raises `SlackDoesNotSay`."""
        if failure.kind is FailureKind.GONE_PERSON:
            self._said.forget(user_id)
            # Whoever was here and acts is here, whatever Slack says about them; nobody else is.
            return known or Person(user_id, name=user_id, stranger=True)
        seen = self._seen(user_id)
        if seen is None:
            raise SlackDoesNotSay
        return seen

    def _ask(self, user_id: str, somebody_waits: bool = True) -> Person | Failure:
        """The person as Slack says, or why it does not; after a rate limit, nobody is asked for until it is over."""
        if self._rests.pause.goes_on(self._ctx.now()):
            return Failure(FailureKind.RATE_LIMITED, "ratelimited")
        if time.monotonic() < self._rests.slow_until:
            return _SLOW
        look = partial(self._look_up, user_id, somebody_waits)
        if self.left is None or not somebody_waits:
            return look()
        left = self.left()
        found = self._in_flight.wait(user_id, look, left, _SLOW)
        if found is _SLOW and left > 0:
            self._rests.slow_until = time.monotonic() + PATIENCE
        return found

    def _look_up(self, user_id: str, somebody_waits: bool) -> Person | Failure:
        """Ask Slack, and remember what it says."""
        if not self._budget.take(somebody_waits):
            return Failure(FailureKind.RATE_LIMITED, "budget_spent")
        began, forgotten = time.monotonic(), self._said.forgotten
        try:
            user = anything(self._client.users_info(user=user_id), "user")
            # In an organization Slack may answer with another of somebody's ids.
            person = self._read({**user, "id": user_id}, user_id)
        except slack_errors.CALL_FAILED as problem:
            failure = slack_errors.classify(problem)
        else:
            self._said.keep(person, self._ctx.now(), forgotten)
            return person
        if failure.retry_after is not None:
            self._rests.pause = Pause.of(self._ctx.now(), failure.retry_after)
        if time.monotonic() - began > SLOW:
            self._rests.slow_until = time.monotonic() + PATIENCE
        _log.warning("users.info did not answer: %s. %s", failure.error, failure.advice)
        return failure

    def _read(self, user: Mapping[str, Any], user_id: str) -> Person:
        """Who that is; nobody turns into no guest, or no admin, because an answer leaves it out.

        Raises `BrokenAnswer` where somebody new would.
        """
        known = self.known(user_id)
        person = entries.person(user, self._workspace) or Person(user_id, name=user_id)
        if not self._habits.is_whole(person) and known is None:
            raise BrokenAnswer("who somebody is was left out")
        return person.completed_by(known)
