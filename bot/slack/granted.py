"""Which scopes the bot's token has, as Slack says with each of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FILES: Final = "files:write"
"""The optional scope for calendar files; without it, links serve."""

_HEADER: Final = "x-oauth-scopes"
_OF_APPS: Final = "connections:write"
"""The scope of app-level tokens, which no bot token has: what Slack says of the one is not about the other."""


def told(headers: Mapping[str, str]) -> frozenset[str] | None:
    """The scopes of the token that an answer's headers name; None where they name none."""
    named = next((value for name, value in headers.items() if name.lower() == _HEADER), None)
    return None if named is None else frozenset(scope.strip() for scope in named.split(","))


class Granted:
    """The scopes of the bot's token, as the last answer named them; none before the first one that does."""

    def __init__(self) -> None:
        self._scopes: frozenset[str] = frozenset()

    def heard(self, headers: Mapping[str, str]) -> None:
        """Keep what an answer of Slack's says."""
        scopes = told(headers)
        if scopes is not None and _OF_APPS not in scopes:
            self._scopes = scopes

    def has(self, scope: str) -> bool:
        """Whether the token has this scope."""
        return scope in self._scopes

    def may_send_files(self) -> bool:
        """Whether the bot may put a file into a conversation."""
        return self.has(FILES)
