"""Reads: how far each person has read each conversation, so that the page can mark what is new."""

from __future__ import annotations

from sandbox.workspace import Conversation, Post, Workspace

_Moment = tuple[int, int]
_NEVER: _Moment = (0, 0)


def moment(ts: str) -> _Moment:
    """Return a message timestamp as numbers that can be compared."""
    seconds, micros = ts.split(".")
    return int(seconds), int(micros)


class Reads:
    """Reading positions; what was there before the page was first opened counts as read.

    Call it with the workspace's lock held.
    """

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._since: _Moment | None = None
        self._read: dict[tuple[str, str], _Moment] = {}

    def begin(self) -> None:
        """Count from now on; later calls change nothing."""
        if self._since is None:
            self._since = moment(self._ws.clock.mint_ts())

    def mark(self, user: str, conversation: Conversation) -> None:
        """Let that person have read everything there."""
        self._read[(user, conversation.id)] = max(
            (moment(p.ts) for p in _newest(conversation)), default=_NEVER
        )

    def unread(self, user: str, conversation: Conversation) -> list[Post]:
        """Return what others wrote since that person looked, newest first."""
        since = max(self._read.get((user, conversation.id), _NEVER), self._since or _NEVER)
        found = []
        for post in reversed(conversation.posts.values()):
            if moment(post.ts) <= since:
                break
            if post.user != user and post.subtype is None:
                found.append(post)
        own = (p for p in conversation.ephemerals.values() if p.audience == user and moment(p.ts) > since)
        return [*found, *own]

    def counts(self, user: str, conversation: Conversation) -> tuple[int, int]:
        """Return how many messages are new, and how many of them speak to that person in particular."""
        posts = self.unread(user, conversation)
        if conversation.kind in ("im", "mpim"):
            return len(posts), len(posts)
        personal = [p for p in posts if f"<@{user}>" in p.text or p.audience == user]
        return len(posts), len(personal)


def _newest(conversation: Conversation) -> list[Post]:
    newest = next(reversed(conversation.posts.values()), None)
    return [*([newest] if newest else []), *conversation.ephemerals.values()]
