"""Fields of Slack's profiles, where the app was given the optional scope: which there are, and what they say."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Final

from slack_sdk import WebClient

from bot.slack import errors as slack_errors
from bot.slack.answers import anything, parts
from bot.slack.errors import Failure, FailureKind
from bot.slack.granted import Granted
from bot.slack.waits import Pause
from mentoring.hr import HrRecord, SlackField, said_in_slack
from program import slack_profiles
from program.context import Context

_log = logging.getLogger(__name__)

SCOPE: Final = "users.profile:read"
"""The optional scope, for team.profile.get (tier 3, 50 a minute) and users.profile.get (tier 4, 100 a minute)."""

ANEW: Final = 3600.0
"""Seconds after which it is asked again which fields there are."""

TRY_AGAIN: Final = 300.0
"""Seconds after which a failed call is made again, where Slack names no time."""

PER_MINUTE: Final = 80
"""Profiles in a minute; Slack allows about 100 calls of users.profile.get."""

NOBODY_IS_DUE: Final = 60.0
"""Seconds until it is looked again whether somebody is due."""

MOST: Final = 200
"""So many fields are looked at; Slack lets a workspace have 50."""

_TEXTS: Final = frozenset(("text", "long_text", "options_list", "link", "tags"))
_PEOPLE: Final = "user"


class SlackFields:
    """Reads fields of profiles for one workspace; nothing is called while the scope is missing."""

    def __init__(self, client: WebClient, ctx: Context, workspace: str, granted: Granted) -> None:
        """Begin with the first `look`."""
        self._client, self._ctx, self._workspace, self._granted = client, ctx, workspace, granted
        self._fields: tuple[SlackField, ...] = ()
        self._known = self._rest = Pause.of(ctx.now(), 0)

    def allowed(self) -> bool:
        """Whether the scope is there."""
        return self._granted.has(SCOPE)

    def offered(self) -> tuple[SlackField, ...] | None:
        """The fields that can be chosen, as Slack named them within the hour; None where it does not say so."""
        now = self._ctx.now()
        if not self.allowed() or self._known.goes_on(now):
            return self._fields if self.allowed() else None
        try:
            self._fields = tuple(self._named())
        except slack_errors.CALL_FAILED as problem:
            _complain(slack_errors.classify(problem))
            return None
        self._known = Pause.of(now, ANEW)
        return self._fields

    def look(self) -> int:
        """Read the next few profiles, if any are due; gives how many. Never raises."""
        if not self.allowed() or self._rest.goes_on(self._ctx.now()):
            return 0
        try:
            read = self._read()
        except slack_errors.CALL_FAILED as problem:
            failure = slack_errors.classify(problem)
            self._rest_for(TRY_AGAIN if failure.retry_after is None else failure.retry_after)
            _complain(failure)
            return 0
        self._rest_for(60.0 * read / PER_MINUTE if read else NOBODY_IS_DUE)
        return read

    def _named(self) -> Iterator[SlackField]:
        answer = self._client.team_profile_get(visibility="visible")
        for one in parts(anything(answer, "profile"), "fields")[:MOST]:
            number, label, kind = (one.get(key) for key in ("id", "label", "type"))
            if not (
                isinstance(number, str) and 0 < len(number) <= 64 and isinstance(label, str) and label.strip()
            ):
                continue
            if kind in _TEXTS or kind == _PEOPLE:
                yield SlackField(number, " ".join(label.split()), people=kind == _PEOPLE)

    def _read(self) -> int:
        due = slack_profiles.due(self._ctx, self._workspace)
        read: list[HrRecord] = []
        try:
            read.extend(self._said(due))
        finally:
            # What was read before a call failed is kept, and is not asked for again.
            if read:
                slack_profiles.keep(self._ctx, self._workspace, read)
        return len(read)

    def _said(self, due: slack_profiles.Due) -> Iterator[HrRecord]:
        for person_id in due.people:
            yield said_in_slack(person_id, due.fields, self._values(person_id))

    def _values(self, person_id: str) -> Mapping[str, str]:
        """What somebody's fields say, by their ids; nothing about somebody whom Slack does not know."""
        try:
            answer = self._client.users_profile_get(user=person_id)
        except slack_errors.CALL_FAILED as problem:
            if slack_errors.classify(problem).kind is not FailureKind.GONE_PERSON:
                raise
            return {}
        found = anything(answer, "profile").get("fields")
        return dict(_texts(found)) if isinstance(found, Mapping) else {}

    def _rest_for(self, seconds: float) -> None:
        self._rest = Pause.of(self._ctx.now(), seconds)


def _complain(failure: Failure) -> None:
    if failure.kind is not FailureKind.RATE_LIMITED:
        _log.warning("profile fields could not be read: %s. %s", failure.error, failure.advice)


def _texts(fields: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """Each field that says something; Slack gives an object with a `value` for it."""
    for number, field in fields.items():
        value = field.get("value") if isinstance(field, Mapping) else None
        if isinstance(number, str) and isinstance(value, str):
            yield number, value
