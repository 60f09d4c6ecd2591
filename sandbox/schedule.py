"""Scheduled messages: kept until business time reaches them."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.errors import SlackError
from sandbox.messages import Content, add_post
from sandbox.workspace import Post, Workspace

MAX_AHEAD_SECONDS = 120 * 24 * 3600
WINDOW_SECONDS = 300
WINDOW_LIMIT = 30
"""At most 120 days ahead, 30 messages per channel in five minutes (docs.slack.dev, chat.scheduleMessage)."""


@dataclass(slots=True)
class Scheduled:
    """A message that waits for ``post_at`` (Unix seconds)."""

    id: str
    channel: str
    post_at: int
    created: int
    content: Content
    thread_ts: str | None


class Schedule:
    """The messages that wait."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self.waiting: dict[str, Scheduled] = {}

    def add(self, channel: str, post_at: int, content: Content, thread_ts: str | None) -> Scheduled:
        """Put a message on the list, or raise the error Slack answers for its time."""
        now = self._ws.clock.epoch()
        if post_at <= now:
            raise SlackError("time_in_past")
        if post_at > now + MAX_AHEAD_SECONDS:
            raise SlackError("time_too_far")
        near = [
            s
            for s in self.waiting.values()
            if s.channel == channel and abs(s.post_at - post_at) < WINDOW_SECONDS
        ]
        if len(near) >= WINDOW_LIMIT:
            raise SlackError("restricted_too_many")
        item = Scheduled(self._ws.ids.next("Q"), channel, post_at, now, content, thread_ts)
        self.waiting[item.id] = item
        return item

    def post_due(self) -> None:
        """Post what is due; a message scheduled with metadata is dropped, as Slack's reference warns."""
        now = self._ws.clock.epoch()
        for item in [s for s in self.waiting.values() if s.post_at <= now]:
            del self.waiting[item.id]
            conversation = self._ws.conversations.get(item.channel)
            if conversation is None or conversation.archived or item.content.metadata is not None:
                continue
            content = item.content
            post = Post(
                self._ws.clock.mint_ts(),
                conversation.id,
                self._ws.bot,
                content.text,
                content.blocks,
                by_app=True,
            )
            post.thread_ts = item.thread_ts
            add_post(self._ws, conversation, post)
