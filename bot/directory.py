"""People and channels as Slack knows them."""

from __future__ import annotations

import logging
from datetime import timedelta

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot import slack_errors
from bot.channels import Channels
from bot.slack_errors import Failure, Kind
from handlers import payloads
from mentoring.channels import Trouble
from mentoring.people import Person
from program import people
from program.context import Context

_log = logging.getLogger(__name__)

SLICE = 20
"""People looked up again at one tick; users.info allows about 100 calls a minute (Slack's tier 4)."""


class SlackDirectory:
    """Reads people and channels from Slack, and lets the program know what changed."""

    def __init__(self, client: WebClient, ctx: Context, workspace: str) -> None:
        """Serve one workspace with one client."""
        self._client = client
        self._ctx = ctx
        self._workspace = workspace
        self.channels = Channels(client, ctx)
        self._not_before = ctx.now()

    def person(self, user_id: str) -> Person:
        """The person as Slack knows them now, or as last seen when Slack does not answer."""
        known = people.known(self._ctx, self._workspace, user_id)
        person = self._ask(user_id)
        if isinstance(person, Failure):
            # Whoever acts in Slack is there, whatever Slack says about them.
            return known or Person(user_id, name=user_id)
        # About somebody new there is nothing to act on; they are kept once they join.
        if known is not None and known != person:
            people.record(self._ctx, self._workspace, [person])
        return person

    def channel(self, channel_id: str) -> Trouble | None:
        """What keeps the channel from being the leads', looked at now; None when it is fine."""
        return self.channels.look(channel_id)

    def look_again(self) -> int:
        """Read the next slice of people who take part again, because events can be lost; gives their number."""
        due = people.to_look_up(self._ctx, SLICE)
        for workspace, user_id in due:
            if not self._look_at(workspace, user_id):
                break
        return len(due)

    def _look_at(self, workspace: str, user_id: str) -> bool:
        """Record one person; tells whether to go on. Whoever could not be looked up is due again at the next tick."""
        person = self._ask(user_id)
        if not isinstance(person, Failure):
            people.record(self._ctx, workspace, [person])
        elif person.kind is Kind.GONE_PERSON:
            people.gone(self._ctx, workspace, user_id)
        else:
            return False
        return True

    def _ask(self, user_id: str) -> Person | Failure:
        """The person as Slack says, or why it does not; after a rate limit, nobody is asked for until it is over."""
        if self._ctx.now() < self._not_before:
            return Failure(Kind.RATE_LIMITED, "ratelimited")
        try:
            return _person(self._client.users_info(user=user_id), user_id)
        except slack_errors.CALL_FAILED as problem:
            failure = slack_errors.classify(problem)
        if failure.retry_after is not None:
            self._not_before = self._ctx.now() + timedelta(seconds=failure.retry_after)
        _log.warning("users.info did not answer: %s. %s", failure.error, failure.advice)
        return failure


def _person(answer: SlackResponse, user_id: str) -> Person:
    """The person in an answer of users.info."""
    return payloads.person(answer["user"]) or Person(user_id, name=user_id)
