"""Finding out who the workspace's admins are, page by page, so that there is always somebody to turn to."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Final

from slack_sdk import WebClient

from bot.slack import errors as slack_errors
from bot.slack.answers import next_cursor, parts
from bot.slack.errors import Failure, FailureKind
from bot.slack.waits import Pause
from handlers import entries
from mentoring.people import Person
from program import people
from program.context import Context

_log = logging.getLogger(__name__)

PAGE: Final = 200
"""People on a page, as many as Slack recommends; with one page a tick, users.list (20 a minute, tier 2) has room."""

SWEEP_AGAIN: Final = 24 * 3600.0
"""Seconds after which it begins anew, once everybody was read."""

TRY_AGAIN: Final = 300.0
"""Seconds after which a failed page is asked for again, where Slack names no time."""


class AdminSweep:
    """Reads everybody in the workspace once a day, and keeps those who are its admins."""

    def __init__(self, client: WebClient, ctx: Context, workspace: str) -> None:
        """Begin with the first `look`."""
        self._client, self._ctx, self._workspace = client, ctx, workspace
        self._complained = False
        self.begin()

    def begin(self) -> None:
        """Let the next look be the first of a new sweep."""
        self._cursor = ""
        self._found: set[str] = set()
        self._began = self._ctx.now()
        self._pause = Pause.of(self._ctx.now(), 0)

    def look(self) -> None:
        """Read the next page, if it is time to. A failure is logged, and no more."""
        if self._pause.goes_on(self._ctx.now()):
            return
        if not self._cursor:
            self._began = self._ctx.now()
        try:
            answer = self._client.users_list(limit=PAGE, cursor=self._cursor or None)
            listed = list(_people(parts(answer, "members"), self._workspace))
            cursor = next_cursor(answer, self._cursor)
        except slack_errors.CALL_FAILED as problem:
            self._put_off(slack_errors.classify(problem))
            return
        self._keep(listed)
        self._cursor = cursor
        if not cursor:
            self._finish()

    def _keep(self, listed: list[Person]) -> None:
        admins = [one for one in listed if one.admin and not (one.gone or one.guest or one.bot)]
        self._found |= {person.id for person in admins}
        people.found_admins(self._ctx, self._workspace, admins)

    def _finish(self) -> None:
        """Everybody was read, so whoever was not found is no admin. A list without any admin is not whole."""
        if self._found:
            people.only_admins(self._ctx, self._workspace, self._found, self._began)
        self.begin()
        self._pause = Pause.of(self._ctx.now(), SWEEP_AGAIN)

    def _put_off(self, failure: Failure) -> None:
        """Go on later where the trouble passes; else tomorrow, from the beginning."""
        if failure.error == "invalid_cursor" and self._cursor:
            self.begin()
            return
        if failure.kind in slack_errors.PASSING - {FailureKind.UNKNOWN}:
            wait = TRY_AGAIN if failure.retry_after is None else failure.retry_after
            self._pause = Pause.of(self._ctx.now(), wait)
            return
        self.begin()
        self._pause = Pause.of(self._ctx.now(), SWEEP_AGAIN)
        if not self._complained:
            _log.warning("users.list did not answer: %s. %s", failure.error, failure.advice)
            self._complained = True


def _people(members: list[Mapping[str, Any]], workspace: str) -> Iterator[Person]:
    """Everybody on a page that can be read."""
    for member in members:
        person = entries.person(member, workspace)
        if person is not None:
            yield person
