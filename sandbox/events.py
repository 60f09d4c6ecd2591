"""Events: what Slack tells an app on its own, if the app subscribed and holds the scope."""

from __future__ import annotations

from sandbox.settings import Json
from sandbox.users import user_json
from sandbox.workspace import Conversation, Kind, Post, User, Workspace

READ_SCOPE: dict[Kind, str] = {
    "public": "channels:read",
    "private": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
HISTORY_SCOPE: dict[Kind, str] = {
    "public": "channels:history",
    "private": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
_SUBSCRIPTION: dict[Kind, str] = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_CHANNEL_TYPE: dict[Kind, str] = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
_LETTER: dict[Kind, str] = {"public": "C", "private": "G", "im": "D", "mpim": "G"}


def emit(ws: Workspace, event: Json, scope: str | None, subscription: str | None = None) -> None:
    """Send an event to the app unless it is not subscribed or lacks ``scope`` (None: no scope needed)."""
    app = ws.app
    if (subscription or event["type"]) not in app.config.events:
        return
    if scope is not None and scope not in app.scopes:
        return
    if app.installed or event["type"] in ("app_uninstalled", "tokens_revoked"):
        ws.send_event(envelope(ws, event))


def envelope(ws: Workspace, event: Json) -> Json:
    """Wrap an event the way the Events API does (docs.slack.dev/apis/events-api)."""
    enterprise_id = ws.enterprise.id if ws.enterprise else None
    return {
        "token": ws.app.verification_token,
        "team_id": ws.team_id,
        **({"enterprise_id": enterprise_id} if enterprise_id else {}),
        "context_team_id": ws.team_id,
        "context_enterprise_id": enterprise_id,
        "api_app_id": ws.app.app_id,
        "event": {"event_ts": ws.clock.mint_ts(), **event},
        "type": "event_callback",
        "event_id": ws.ids.next("Ev"),
        "event_time": ws.clock.epoch(),
        "authorizations": [
            {
                "enterprise_id": enterprise_id,
                "team_id": ws.team_id,
                "user_id": ws.bot,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": ws.ids.next("4-"),
    }


def member_joined(ws: Workspace, conversation: Conversation, user_id: str, inviter: str | None) -> None:
    """``member_joined_channel``, sent for conversations the bot is in (slack-api-ref, events)."""
    _membership(ws, "member_joined_channel", conversation, user_id, {"inviter": inviter} if inviter else {})


def member_left(ws: Workspace, conversation: Conversation, user_id: str) -> None:
    """``member_left_channel``; the bot also hears of its own removal."""
    _membership(ws, "member_left_channel", conversation, user_id, {})


def _membership(ws: Workspace, kind: str, conversation: Conversation, user_id: str, more: Json) -> None:
    if conversation.kind == "im" or not (ws.bot in conversation.members or user_id == ws.bot):
        return
    event = {
        "type": kind,
        "user": user_id,
        "channel": conversation.id,
        "channel_type": _LETTER[conversation.kind],
        "team": ws.team_id,
        **more,
    }
    emit(ws, event, READ_SCOPE[conversation.kind])


def channel_event(ws: Workspace, verb: str, conversation: Conversation, actor: str) -> None:
    """``channel_archive`` and its kin; private channels send ``group_*`` and need ``groups:read``."""
    if conversation.kind == "private" and ws.bot not in conversation.members:
        return
    prefix = "group" if conversation.kind == "private" else "channel"
    channel: str | Json = conversation.id
    if verb == "rename":
        channel = {"id": conversation.id, "name": conversation.name, "created": conversation.created}
    event: Json = {"type": f"{prefix}_{verb}", "channel": channel}
    if verb in ("archive", "unarchive"):
        event["user"] = actor
    emit(ws, event, READ_SCOPE[conversation.kind])


def channel_sharing(ws: Workspace, conversation: Conversation, kind: str, about: Json) -> None:
    """``channel_shared`` and ``channel_unshared``, by these names for private channels too (scope by their kind)."""
    if conversation.kind == "private" and ws.bot not in conversation.members:
        return
    emit(ws, {"type": kind, "channel": conversation.id, **about}, READ_SCOPE[conversation.kind])


def user_change(ws: Workspace, user: User) -> None:
    """``user_change``: sent when a profile, role or activation changes (scope users:read)."""
    event = {"type": "user_change", "user": user_json(ws, user), "cache_ts": ws.clock.epoch()}
    emit(ws, event, "users:read")


def team_join(ws: Workspace, user: User) -> None:
    """``team_join``: a new member (scope users:read)."""
    emit(ws, {"type": "team_join", "user": user_json(ws, user)}, "users:read")


def home_opened(ws: Workspace, user_id: str, tab: str, view: Json | None) -> None:
    """``app_home_opened`` for the home or messages tab; carries the view once one was published."""
    event: Json = {
        "type": "app_home_opened",
        "user": user_id,
        "channel": ws.dm(user_id).id,
        "tab": tab,
    }
    if view is not None:
        event["view"] = view
    emit(ws, event, None)


def message(ws: Workspace, conversation: Conversation, post: Post, body: Json) -> None:
    """``message.im`` and its kin, for conversations the bot is in; needs that kind's history scope."""
    if ws.bot not in conversation.members or post.audience is not None:
        return
    event = {**body, "channel": conversation.id, "channel_type": _CHANNEL_TYPE[conversation.kind]}
    emit(ws, event, HISTORY_SCOPE[conversation.kind], _SUBSCRIPTION[conversation.kind])
    written = not post.by_app and body.get("subtype") is None
    if written and f"<@{ws.bot}>" in post.text and conversation.kind != "im":
        emit(ws, {**event, "type": "app_mention"}, "app_mentions:read")


def message_changed(
    ws: Workspace, conversation: Conversation, post: Post, before: Json, after: Json | None
) -> None:
    """``message_changed`` and, without ``after``, ``message_deleted``: hidden messages about another one.

    docs.slack.dev/reference/events/message (subtypes).
    """
    ts = ws.clock.mint_ts()
    about: Json = {"message": after} if after else {"deleted_ts": post.ts}
    subtype = "message_changed" if after else "message_deleted"
    body = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "ts": ts,
        "previous_message": before,
        **about,
    }
    message(ws, conversation, post, body)


def reaction(
    ws: Workspace, verb: str, conversation: Conversation, post: Post, user_id: str, name: str
) -> None:
    """``reaction_added`` and ``reaction_removed``, for conversations the bot is in (scope reactions:read)."""
    if ws.bot not in conversation.members:
        return
    event = {
        "type": f"reaction_{verb}",
        "user": user_id,
        "reaction": name,
        "item": {"type": "message", "channel": conversation.id, "ts": post.ts},
        "item_user": post.user,
    }
    emit(ws, event, "reactions:read")


def uninstalled(ws: Workspace) -> None:
    """``app_uninstalled`` and ``tokens_revoked``, in the order Slack usually sends them."""
    emit(ws, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [ws.bot]}}, None)
    emit(ws, {"type": "app_uninstalled"}, None)
