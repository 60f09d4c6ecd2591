"""Reactions: emoji on messages, by people and by the app."""

from __future__ import annotations

from sandbox import events
from sandbox.errors import SlackError
from sandbox.workspace import Conversation, Post, Workspace


def add(ws: Workspace, conversation: Conversation, post: Post, user_id: str, name: str) -> None:
    """Put an emoji on a message and send ``reaction_added``; a second time is ``already_reacted``."""
    users = post.reactions.setdefault(name, [])
    if user_id in users:
        raise SlackError("already_reacted")
    users.append(user_id)
    events.reaction(ws, "added", conversation, post, user_id, name)
    ws.touch()


def remove(ws: Workspace, conversation: Conversation, post: Post, user_id: str, name: str) -> None:
    """Take one's emoji off a message and send ``reaction_removed``; without one it is ``no_reaction``."""
    users = post.reactions.get(name, [])
    if user_id not in users:
        raise SlackError("no_reaction")
    users.remove(user_id)
    if not users:
        del post.reactions[name]
    events.reaction(ws, "removed", conversation, post, user_id, name)
    ws.touch()
