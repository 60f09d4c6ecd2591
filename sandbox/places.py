"""Places: how a conversation is called on screen and in payloads."""

from __future__ import annotations

from sandbox.workspace import Conversation, Workspace


def place(ws: Workspace, conversation: Conversation) -> str:
    """Return the name a person would use: ``#leads``, ``DM with Ana Example`` …"""
    if conversation.kind in ("public", "private"):
        return "#" + conversation.name
    names = ", ".join(ws.users[m].real_name for m in conversation.members if m != ws.bot)
    if conversation.kind == "mpim":
        return f"group DM {names}"
    return f"DM with {names}" if ws.bot in conversation.members else f"DM of {names}"


def payload_name(conversation: Conversation) -> str:
    """Return the ``channel_name`` of command and action payloads.

    Slack says ``directmessage`` for DMs and ``privategroup`` for private channels (slash command docs).
    """
    return {"im": "directmessage", "private": "privategroup"}.get(conversation.kind, conversation.name)
