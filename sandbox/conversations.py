"""Conversations: joining, leaving, archiving, and what a bot may see of them."""

from __future__ import annotations

import re

from sandbox import events
from sandbox.errors import SlackError
from sandbox.messages import add_post
from sandbox.places import place
from sandbox.settings import Json
from sandbox.workspace import Conversation, Post, Sharing, Workspace

MAX_OPEN_USERS = 8
"""conversations.open takes one to eight people besides the caller (docs.slack.dev)."""
OTHER_COMPANY = "T0OTHERCO"
"""The workspace of the company with which channels are shared; its people are not here."""
_FORBIDDEN_IN_NAME = re.compile(r"[A-Z\s.!@#$%^&*()+=,;:'\"?/\\|<>{}\[\]`~]")


def visible(ws: Workspace, ref: str) -> Conversation:
    """Return a conversation the bot may know of, else ``channel_not_found``.

    Private channels and group DMs the bot is not in look as if they did not exist.
    """
    found = ws.conversations.get(ref)
    if found is None or (found.kind != "public" and ws.bot not in found.members):
        raise SlackError("channel_not_found")
    return found


def named(ws: Workspace, ref: str) -> Conversation | None:
    """Return the channel of that name (with or without #), as chat.postMessage accepts it."""
    name = ref.removeprefix("#")
    matches = (c for c in ws.conversations.values() if c.kind in ("public", "private") and c.name == name)
    return next(matches, None)


def checked_name(ws: Workspace, name: str) -> str:
    """Return a channel name Slack would accept, else the error conversations.create answers."""
    if not name.strip():
        raise SlackError("invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if not any(c.isalnum() for c in name):
        raise SlackError("invalid_name_punctuation")
    if _FORBIDDEN_IN_NAME.search(name):
        raise SlackError("invalid_name_specials")
    if named(ws, name):
        raise SlackError("name_taken")
    return name


def open_with(ws: Workspace, users: list[str], *, create: bool = True) -> tuple[Conversation, bool]:
    """Return the DM or group DM with these people and whether it existed; the same set, the same one."""
    members = [ws.bot, *dict.fromkeys(u for u in users if u != ws.bot)]
    if len(members) == 1:
        raise SlackError("not_enough_users")
    if len(members) > MAX_OPEN_USERS + 1:
        raise SlackError("too_many_users")
    for user_id in members[1:]:
        _may_be_messaged(ws, user_id)
    existing = ws.group_of(members)
    if existing is not None:
        return existing, True
    if not create:
        raise SlackError("channel_not_found")
    if len(members) == 2:
        return ws.dm(members[1]), False
    handles = "--".join(ws.users[m].handle for m in members)
    return ws.add_conversation("mpim", f"mpdm-{handles}-1", ws.bot, members), False


def among(ws: Workspace, users: list[str]) -> Conversation:
    """Return the DM or group DM of these people and nobody else, opened if needed; no app can see it.

    The first is who opens it; alone, people write notes to themselves. SlackError as in ``open_with``.
    """
    members = list(dict.fromkeys(users))
    if len(members) > MAX_OPEN_USERS + 1:
        raise SlackError("too_many_users")
    for user_id in members[1:]:
        _may_be_messaged(ws, user_id)
    existing = ws.group_of(members)
    if existing is not None:
        return existing
    if len(members) <= 2:
        return ws.add_conversation("im", "directmessage", members[0], members)
    handles = "--".join(ws.users[m].handle for m in members)
    return ws.add_conversation("mpim", f"mpdm-{handles}-1", members[0], members)


def _may_be_messaged(ws: Workspace, user_id: str) -> None:
    user = ws.user(user_id)
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("user_disabled")


def join(ws: Workspace, conversation: Conversation, user_id: str, inviter: str | None = None) -> None:
    """Add a member: a note in the channel and ``member_joined_channel``."""
    if user_id in conversation.members:
        return
    ws.join(conversation, user_id)
    _note(ws, conversation, user_id, "channel_join", f"<@{user_id}> has joined the channel")
    events.member_joined(ws, conversation, user_id, inviter)
    ws.touch()


def leave(ws: Workspace, conversation: Conversation, user_id: str) -> None:
    """Remove a member: a note in the channel and ``member_left_channel``."""
    ws.part(conversation, user_id)
    _note(ws, conversation, user_id, "channel_leave", f"<@{user_id}> has left the channel")
    events.member_left(ws, conversation, user_id)
    ws.touch()


def _note(ws: Workspace, conversation: Conversation, user_id: str, subtype: str, text: str) -> None:
    post = Post(ws.clock.mint_ts(), conversation.id, user_id, text, subtype=subtype)
    add_post(ws, conversation, post)


def set_archived(ws: Workspace, conversation: Conversation, archived: bool, actor: str) -> None:
    """Archive or unarchive a channel and send the event."""
    conversation.archived = archived
    verb = "archive" if archived else "unarchive"
    ws.record.happened(ws.users[actor].real_name, f"{verb}d a channel", place(ws, conversation))
    events.channel_event(ws, verb, conversation, actor)
    ws.touch()


def convert(ws: Workspace, conversation: Conversation, private: bool) -> None:
    """Make a channel private or public. No event tells an app of it (slack-api-ref, events)."""
    conversation.kind = "private" if private else "public"
    verb = "made a channel private" if private else "made a channel public"
    ws.record.happened("an admin", verb, place(ws, conversation))
    ws.touch()


def share(ws: Workspace, conversation: Conversation, sharing: Sharing) -> None:
    """Share a channel, or end that; ``channel_shared`` comes once another company is in, ``channel_unshared`` after."""
    before, conversation.sharing = conversation.sharing, sharing
    ws.record.happened("an admin", f"shared a channel ({sharing or 'no more'})", place(ws, conversation))
    if sharing == "ext":
        events.channel_sharing(ws, conversation, "channel_shared", {"connected_team_id": OTHER_COMPANY})
    elif before == "ext":
        left = {"previously_connected_team_id": OTHER_COMPANY, "is_ext_shared": False}
        events.channel_sharing(ws, conversation, "channel_unshared", left)
    ws.touch()


def rename(ws: Workspace, conversation: Conversation, name: str, actor: str) -> None:
    """Rename a channel and send the event."""
    checked_name(ws, name)
    conversation.previous_names.insert(0, conversation.name)
    conversation.name = name
    ws.record.happened(ws.users[actor].real_name, "renamed a channel", place(ws, conversation))
    events.channel_event(ws, "rename", conversation, actor)
    ws.touch()


def delete(ws: Workspace, conversation: Conversation, actor: str) -> None:
    """Delete a channel and send the event; afterwards it is ``channel_not_found``."""
    events.channel_event(ws, "deleted", conversation, actor)
    ws.record.happened(ws.users[actor].real_name, "deleted a channel", place(ws, conversation))
    for member in list(conversation.members):
        ws.part(conversation, member)
    del ws.conversations[conversation.id]
    ws.touch()


def conversation_json(ws: Workspace, conversation: Conversation, *, count: bool = False) -> Json:
    """Return a conversation object (docs.slack.dev/reference/objects/conversation-object)."""
    kind = conversation.kind
    found: Json = {
        "id": conversation.id,
        "created": conversation.created,
        "is_archived": conversation.archived,
        "is_im": kind == "im",
        "is_org_shared": conversation.sharing == "org",
        "context_team_id": ws.team_id,
        "updated": conversation.created * 1000,
    }
    if kind == "im":
        other = next((m for m in conversation.members if m != ws.bot), ws.bot)
        return found | {"user": other, "is_user_deleted": ws.users[other].deleted, "priority": 0}
    found |= _channel_fields(ws, conversation)
    if count:
        found["num_members"] = len(conversation.members)
    return found


def _channel_fields(ws: Workspace, conversation: Conversation) -> Json:
    kind = conversation.kind
    empty = {"value": "", "creator": "", "last_set": 0}
    return {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": kind == "public",
        "is_group": kind == "private",
        "is_mpim": kind == "mpim",
        "is_private": kind != "public",
        "is_member": ws.bot in conversation.members,
        "is_general": conversation.name == "general",
        "is_shared": conversation.sharing in ("ext", "org"),
        "is_ext_shared": conversation.sharing == "ext",
        "pending_shared": [OTHER_COMPANY] if conversation.sharing == "pending" else [],
        "is_pending_ext_shared": conversation.sharing == "pending",
        "creator": conversation.creator,
        "unlinked": 0,
        "shared_team_ids": [ws.team_id] + ([OTHER_COMPANY] if conversation.sharing == "ext" else []),
        "topic": empty,
        "purpose": empty,
        "previous_names": list(conversation.previous_names),
    }
