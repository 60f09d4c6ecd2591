"""conversations.* and users.conversations: finding, opening, reading and managing conversations."""

from __future__ import annotations

import math
import re

from sandbox import conversations as ops
from sandbox.errors import SlackError
from sandbox.events import READ_SCOPE
from sandbox.messages import post_json
from sandbox.settings import Json
from sandbox.web_api.request import INVITE_SCOPES, WRITE_SCOPES, Handler, Request, page
from sandbox.workspace import Conversation, Kind, Post

_TYPES: dict[str, Kind] = {
    "public_channel": "public",
    "private_channel": "private",
    "mpim": "mpim",
    "im": "im",
}
_TS = re.compile(r"\d+(\.\d+)?")
HISTORY_DEFAULT, HISTORY_MOST = 100, 999
LIST_DEFAULT, LIST_MOST = 100, 1000
"""Page sizes from docs.slack.dev, conversations.history and conversations.list."""


def open_conversation(request: Request) -> Json:
    """Open a DM or group DM by ``users``, or resume one by ``channel``."""
    ws, users = request.ws, request.ids("users")
    if request.text("channel"):
        conversation, existed = request.conversation(), True
        request.require_scope(WRITE_SCOPES[conversation.kind])
    elif not users:
        raise SlackError("users_list_not_supplied")
    else:
        request.require_scope(WRITE_SCOPES["im" if len(users) == 1 else "mpim"])
        create = not request.flag("prevent_creation")
        conversation, existed = ops.open_with(ws, users, create=create)
    already = {"no_op": True, "already_open": True} if existed and conversation.is_open else {}
    conversation.is_open = True
    full = request.flag("return_im") or conversation.kind == "mpim"
    shown = ops.conversation_json(ws, conversation) if full else {"id": conversation.id}
    return {**already, "channel": shown}


def close(request: Request) -> Json:
    """Close a DM or group DM on the caller's side."""
    conversation = request.conversation()
    if conversation.kind not in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    request.require_scope(WRITE_SCOPES[conversation.kind])
    if not conversation.is_open:
        return {"no_op": True, "already_closed": True}
    conversation.is_open = False
    return {}


def info(request: Request) -> Json:
    """Describe one conversation."""
    conversation = request.conversation()
    request.require_read(conversation)
    count = request.flag("include_num_members")
    return {"channel": ops.conversation_json(request.ws, conversation, count=count)}


def list_all(request: Request) -> Json:
    """List the conversations the bot may see."""
    ws, kinds = request.ws, _kinds(request)
    seen = [
        c
        for c in ws.conversations.values()
        if c.kind in kinds and (c.kind == "public" or ws.bot in c.members) and _wanted(request, c)
    ]
    return _listed(request, seen)


def of_user(request: Request) -> Json:
    """List a member's conversations; another member's private ones only where the bot is in too."""
    ws, kinds = request.ws, _kinds(request)
    user = ws.user(request.text("user") or ws.bot)
    seen = [
        c
        for c in ws.conversations_of(user.id)
        if c.kind in kinds and (c.kind == "public" or ws.bot in c.members) and _wanted(request, c)
    ]
    return _listed(request, seen)


def _wanted(request: Request, conversation: Conversation) -> bool:
    return not (request.flag("exclude_archived") and conversation.archived)


def _kinds(request: Request) -> set[Kind]:
    names = (request.text("types") or "public_channel").split(",")
    if any(n.strip() not in _TYPES for n in names):
        raise SlackError("invalid_types")
    kinds = {_TYPES[n.strip()] for n in names}
    for kind in sorted(kinds):
        request.require_scope([READ_SCOPE[kind]])
    return kinds


def _listed(request: Request, seen: list[Conversation]) -> Json:
    found, metadata = page(request, seen, LIST_DEFAULT, LIST_MOST)
    channels = [
        ops.conversation_json(request.ws, c, count=request.method == "conversations.list") for c in found
    ]
    return {"channels": channels, "response_metadata": metadata}


def members(request: Request) -> Json:
    """List member ids; deactivated people are not members any more."""
    conversation = request.conversation()
    request.require_read(conversation)
    active = [m for m in conversation.members if not request.ws.users[m].deleted]
    found, metadata = page(request, active, LIST_DEFAULT, LIST_MOST)
    return {"members": found, "response_metadata": metadata}


def history(request: Request) -> Json:
    """Return messages, newest first, without thread replies."""
    conversation = _readable(request)
    posts = [p for p in conversation.posts.values() if p.thread_ts in (None, p.ts) or p.broadcast]
    lag = request.backend.faults.history_lag()
    seen = request.ws.clock.now().timestamp() - lag if lag else math.inf
    posts = [p for p in reversed(posts) if _in_window(request, p) and float(p.ts) <= seen]
    return _messages(request, posts)


def replies(request: Request) -> Json:
    """Return a thread: its parent, then the replies, oldest first."""
    conversation = _readable(request)
    parent = conversation.posts.get(request.text("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    thread = [p for p in conversation.replies(parent.thread_ts or parent.ts) if _in_window(request, p)]
    return _messages(request, [parent, *(p for p in thread if p.ts != parent.ts)])


def _readable(request: Request) -> Conversation:
    conversation = request.conversation()
    request.require_history(conversation)
    if request.ws.bot not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def _in_window(request: Request, post: Post) -> bool:
    inclusive = request.flag("inclusive")
    for bound, sign in (("oldest", 1), ("latest", -1)):
        given = request.text(bound)
        if not given or given == "now":
            continue
        if not _TS.fullmatch(given):
            raise SlackError(f"invalid_ts_{bound}")
        distance = sign * (_micros(post.ts) - _micros(given))
        if distance < 0 or (distance == 0 and not inclusive):
            return False
    return True


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(f"{fraction:0<6}"[:6])


def _messages(request: Request, posts: list[Post]) -> Json:
    found, metadata = page(request, posts, HISTORY_DEFAULT, HISTORY_MOST)
    wanted = request.flag("include_all_metadata")
    answer: Json = {
        "messages": [post_json(request.ws, p, metadata=wanted) for p in found],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
    }
    if metadata["next_cursor"]:
        answer["response_metadata"] = metadata
    return answer


def create(request: Request) -> Json:
    """Create a channel with the bot as its first member."""
    ws, kind = request.ws, _TYPES["private_channel" if request.flag("is_private") else "public_channel"]
    request.require_scope(WRITE_SCOPES[kind])
    name = ops.checked_name(ws, request.text("name"))
    conversation = ws.add_conversation(kind, name, ws.bot, [ws.bot])
    ws.record.happened(ws.users[ws.bot].real_name, "created a channel", "#" + name)
    ws.touch()
    return {"channel": ops.conversation_json(ws, conversation)}


def join(request: Request) -> Json:
    """Join a public channel."""
    ws, conversation = request.ws, request.channel_only()
    if conversation.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.archived:
        raise SlackError("is_archived")
    already = ws.bot in conversation.members
    ops.join(ws, conversation, ws.bot)
    warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": ops.conversation_json(ws, conversation), **(warning if already else {})}


def invite(request: Request) -> Json:
    """Invite people into a channel the bot is in."""
    ws, conversation = request.ws, request.channel_only()
    request.require_scope(INVITE_SCOPES[conversation.kind])
    users = request.ids("users")
    if not users:
        raise SlackError("no_user")
    if conversation.archived:
        raise SlackError("is_archived")
    if ws.bot not in conversation.members:
        raise SlackError("not_in_channel")
    for user_id in users:
        _may_be_invited(request, conversation, user_id)
    for user_id in users:
        ops.join(ws, conversation, user_id, inviter=ws.bot)
    return {"channel": ops.conversation_json(ws, conversation)}


def _may_be_invited(request: Request, conversation: Conversation, user_id: str) -> None:
    ws = request.ws
    if user_id == ws.bot:
        raise SlackError("cant_invite_self")
    user = ws.user(user_id)
    if user.deleted:
        raise SlackError("cant_invite")
    if user_id in conversation.members:
        raise SlackError("already_in_channel")


def kick(request: Request) -> Json:
    """Remove somebody from a channel."""
    ws, conversation = request.ws, request.channel_only()
    request.require_scope(WRITE_SCOPES[conversation.kind])
    user_id = request.text("user")
    if not user_id:
        raise SlackError("no_user")
    if user_id == ws.bot:
        raise SlackError("cant_kick_self")
    ws.user(user_id)
    if conversation.name == "general":
        raise SlackError("cant_kick_from_general")
    if user_id not in conversation.members or ws.bot not in conversation.members:
        raise SlackError("not_in_channel")
    ops.leave(ws, conversation, user_id)
    return {"errors": {}}


def leave(request: Request) -> Json:
    """Leave a channel."""
    ws, conversation = request.ws, request.channel_only()
    request.require_scope(WRITE_SCOPES[conversation.kind])
    if conversation.archived:
        raise SlackError("is_archived")
    if ws.bot not in conversation.members:
        return {"not_in_channel": True}
    if conversation.name == "general":
        raise SlackError("cant_leave_general")
    if len(conversation.members) == 1:
        raise SlackError("last_member")
    ops.leave(ws, conversation, ws.bot)
    return {}


def archive(request: Request) -> Json:
    """Archive a channel."""
    ws, conversation = request.ws, request.channel_only()
    request.require_scope(WRITE_SCOPES[conversation.kind])
    if conversation.name == "general":
        raise SlackError("cant_archive_general")
    if conversation.archived:
        raise SlackError("already_archived")
    if ws.bot not in conversation.members:
        raise SlackError("not_in_channel")
    ops.set_archived(ws, conversation, True, ws.bot)
    return {}


def unarchive(request: Request) -> Json:
    """Bring an archived channel back."""
    ws, conversation = request.ws, request.channel_only()
    request.require_scope(WRITE_SCOPES[conversation.kind])
    if not conversation.archived:
        raise SlackError("not_archived")
    ops.set_archived(ws, conversation, False, ws.bot)
    return {}


def rename(request: Request) -> Json:
    """Rename a channel; only its creator or an admin may."""
    ws, conversation = request.ws, request.channel_only()
    request.require_scope(WRITE_SCOPES[conversation.kind])
    if ws.bot not in conversation.members:
        raise SlackError("not_in_channel")
    if conversation.creator != ws.bot:
        raise SlackError("not_authorized")
    ops.rename(ws, conversation, request.text("name"), ws.bot)
    return {"channel": ops.conversation_json(ws, conversation)}


METHODS: dict[str, Handler] = {
    "conversations.open": open_conversation,
    "conversations.close": close,
    "conversations.info": info,
    "conversations.list": list_all,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.create": create,
    "conversations.join": join,
    "conversations.invite": invite,
    "conversations.kick": kick,
    "conversations.leave": leave,
    "conversations.archive": archive,
    "conversations.unarchive": unarchive,
    "conversations.rename": rename,
    "users.conversations": of_user,
}
