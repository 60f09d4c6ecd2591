"""From e-mail addresses to Slack ids, where the operator allowed the bot to look at addresses. None is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from slack_sdk import WebClient

from bot.slack import errors as slack_errors
from bot.slack import granted
from bot.slack.answers import name, next_cursor, part, parts
from bot.slack.errors import FailureKind

SCOPE: Final = "users:read.email"
"""The optional scope; Slack leaves addresses out without it."""

FEW: Final = 100
"""So many are asked for one by one (users.lookupByEmail, tier 3, 50 a minute); for more, everybody is read."""

PAGE: Final = 1000
"""The most people that Slack puts on a page of users.list."""

TRIES: Final = 5
"""A call that Slack puts off is made so often."""

_LONGEST: Final = 120.0
"""Seconds that are waited for Slack at most before a call is made again."""

_Found = TypeVar("_Found")


class CannotLookUp(Exception):
    """Addresses cannot be looked up; the message is a plain sentence."""


class Addresses:
    """Looks up who has an address in Slack."""

    def __init__(self, client: WebClient, sleep: Callable[[float], None] = time.sleep) -> None:
        """Ask with this client, and wait by `sleep` (in seconds) when Slack asks to."""
        self._client = client
        self._sleep = sleep

    def find(self, addresses: Sequence[str]) -> Mapping[str, str]:
        """The Slack ids by address in lower case, of those who have an account. Raises `CannotLookUp`."""
        if not self._allowed():
            raise CannotLookUp(
                f"{len(addresses):,} people in the file have an e-mail address and no Slack id, and this bot may not "
                "look addresses up. Put their Slack ids into a column slack_id, or give the app the optional scope "
                f"{SCOPE} and install it again. docs/people-from-hr.md says how."
            )
        wanted = {address.casefold() for address in addresses}
        if len(wanted) <= FEW:
            return {address: found for address in sorted(wanted) if (found := self._one(address))}
        return {address: found for address, found in self._everybody() if address in wanted}

    def _allowed(self) -> bool:
        """Whether the token has the scope; where Slack does not say so, it is tried."""
        scopes = granted.told(self._call(self._client.auth_test).headers)
        return scopes is None or SCOPE in scopes

    def _one(self, address: str) -> str:
        try:
            return self._call(
                lambda: name(part(self._client.users_lookupByEmail(email=address), "user"), "id")
            )
        except _Nobody:
            return ""

    def _everybody(self) -> Iterator[tuple[str, str]]:
        """Everybody's address and id, page by page."""
        cursor, more = "", True
        while more:
            found, cursor = self._call(partial(self._page, cursor))
            yield from found
            more = bool(cursor)

    def _page(self, cursor: str) -> tuple[list[tuple[str, str]], str]:
        answer = self._client.users_list(limit=PAGE, cursor=cursor or None)
        there = [one for one in parts(answer, "members") if not one.get("deleted")]
        listed = [(address.casefold(), name(one, "id")) for one in there if (address := _address(one))]
        return listed, next_cursor(answer, cursor)

    def _call(self, call: Callable[[], _Found]) -> _Found:
        """What a call gives, made again when Slack puts it off. Raises `CannotLookUp`, or `_Nobody`."""
        for left in reversed(range(TRIES)):
            try:
                return call()
            except slack_errors.CALL_FAILED as problem:
                failure = slack_errors.classify(problem)
            if failure.error == "users_not_found":
                raise _Nobody
            if failure.kind is not FailureKind.RATE_LIMITED or not left:
                raise CannotLookUp(f"Slack did not look addresses up ({failure.error}). {failure.advice}")
            self._sleep(min(failure.retry_after or 1.0, _LONGEST))
        raise AssertionError("the last try returns or raises")


class _Nobody(Exception):
    """Nobody has that address."""


def _address(member: Mapping[str, Any]) -> str:
    profile = member.get("profile")
    found = profile.get("email") if isinstance(profile, Mapping) else None
    return found if isinstance(found, str) else ""
