"""chat.*: posting, changing and deleting messages."""

from __future__ import annotations

from sandbox.conversations import named, open_with, visible
from sandbox.errors import SlackError
from sandbox.messages import (
    POST_LIMIT,
    UPDATE_LIMIT,
    Content,
    add_ephemeral,
    add_post,
    change_post,
    content_of,
    post_json,
    remove_post,
)
from sandbox.settings import Json
from sandbox.web_api.request import Handler, Request, page
from sandbox.workspace import Conversation, Post, Workspace


def post_message(request: Request) -> Json:
    """Post to a channel, a DM or a person; text is cut at 40,000 characters."""
    conversation = _target(request)
    content = content_of(request.args)
    _may_post(request.ws, conversation)
    thread = _thread(request, conversation)
    request.backend.limits.count_post(conversation.id)
    post = _new_post(request.ws, conversation, content, thread)
    post.broadcast = request.flag("reply_broadcast")
    add_post(request.ws, conversation, post)
    body = post_json(request.ws, post, metadata=True)
    return {"channel": conversation.id, "ts": post.ts, "message": body, **_warnings(content)}


def _warnings(content: Content) -> Json:
    if content.text or not content.has_blocks:
        return {}
    return {
        "warning": "missing_text_in_message",
        "response_metadata": {"warnings": ["missing_text_in_message"]},
    }


def _new_post(ws: Workspace, conversation: Conversation, content: Content, thread: str | None) -> Post:
    return Post(
        ts=ws.clock.mint_ts(),
        channel=conversation.id,
        user=ws.bot,
        text=content.text[:POST_LIMIT],
        blocks=content.blocks,
        by_app=True,
        metadata=content.metadata,
        thread_ts=thread,
        attachments=content.attachments,
    )


def _target(request: Request) -> Conversation:
    ref = request.text("channel")
    if ref in request.ws.users:
        return _direct(request.ws, ref)
    channel = named(request.ws, ref) if ref and ref not in request.ws.conversations else None
    return visible(request.ws, channel.id if channel else ref)


def _direct(ws: Workspace, user_id: str) -> Conversation:
    """Post to a member id: the DM opens itself, also to a deactivated member (python-slack-sdk#1156)."""
    if ws.users[user_id].deleted:
        return ws.dm(user_id)
    return open_with(ws, [user_id])[0]


def _may_post(ws: Workspace, conversation: Conversation) -> None:
    if conversation.kind == "im" and not ws.app.config.messages_tab:
        raise SlackError("messages_tab_disabled")
    if conversation.archived:
        raise SlackError("is_archived")
    outside = ws.bot not in conversation.members
    if outside and not (conversation.kind == "public" and "chat:write.public" in ws.app.scopes):
        raise SlackError("not_in_channel")


def _thread(request: Request, conversation: Conversation) -> str | None:
    ts = request.text("thread_ts")
    if not ts:
        return None
    parent = conversation.posts.get(ts)
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    root = parent.thread_ts or parent.ts
    conversation.posts[root].thread_ts = root
    return root


def update(request: Request) -> Json:
    """Change a message of the app itself."""
    conversation = request.conversation()
    post = conversation.posts.get(request.text("ts"))
    if post is None:
        raise SlackError("message_not_found")
    if not post.by_app:
        raise SlackError("cant_update_message")
    if conversation.archived:
        raise SlackError("is_inactive")
    content = content_of(request.args)
    if len(content.text) > UPDATE_LIMIT:
        raise SlackError("msg_too_long")
    change_post(request.ws, conversation, post, content)
    body = post_json(request.ws, post, metadata=True)
    return {"channel": conversation.id, "ts": post.ts, "text": post.text, "message": body}


def delete(request: Request) -> Json:
    """Delete a message of the app itself."""
    conversation = request.conversation()
    post = conversation.posts.get(request.text("ts"))
    if post is None:
        raise SlackError("message_not_found")
    if not post.by_app:
        raise SlackError("cant_delete_message")
    remove_post(request.ws, conversation, post)
    return {"channel": conversation.id, "ts": post.ts}


def post_ephemeral(request: Request) -> Json:
    """Show a message to one member of a conversation the bot is in."""
    ws, conversation = request.ws, request.conversation()
    content = content_of(request.args)
    if len(content.text) > POST_LIMIT:
        raise SlackError("msg_too_long")
    _may_post(ws, conversation)
    user_id = request.text("user")
    if user_id not in conversation.members:
        raise SlackError("user_not_in_channel")
    post = _new_post(ws, conversation, content, _thread(request, conversation))
    post.audience = user_id
    add_ephemeral(ws, conversation, post)
    return {"message_ts": post.ts}


def schedule_message(request: Request) -> Json:
    """Post later, at most 120 days ahead."""
    conversation = _target(request)
    post_at = request.number("post_at", "invalid_time")
    if post_at is None:
        raise SlackError("invalid_time")
    content = content_of(request.args)
    if len(content.text) > POST_LIMIT:
        raise SlackError("msg_too_long")
    _may_post(request.ws, conversation)
    thread = _thread(request, conversation)
    item = request.backend.schedule.add(conversation.id, post_at, content, thread)
    return {
        "channel": conversation.id,
        "scheduled_message_id": item.id,
        "post_at": post_at,
        "message": {"text": content.text, "user": request.ws.bot, "type": "delayed_message"},
    }


def delete_scheduled(request: Request) -> Json:
    """Take a message off the schedule."""
    conversation = request.conversation()
    waiting = request.backend.schedule.waiting
    item = waiting.get(request.text("scheduled_message_id"))
    if item is None or item.channel != conversation.id:
        raise SlackError("invalid_scheduled_message_id")
    del waiting[item.id]
    return {}


def list_scheduled(request: Request) -> Json:
    """List the schedule, soonest first."""
    channel = request.text("channel")
    if channel and channel not in request.ws.conversations:
        raise SlackError("invalid_channel")
    waiting = request.backend.schedule.waiting.values()
    items = sorted((s for s in waiting if not channel or s.channel == channel), key=lambda s: s.post_at)
    found, metadata = page(request, items, 100, 1000)
    listed = [
        {
            "id": s.id,
            "channel_id": s.channel,
            "post_at": s.post_at,
            "date_created": s.created,
            "text": s.content.text,
        }
        for s in found
    ]
    return {"scheduled_messages": listed, "response_metadata": metadata}


def permalink(request: Request) -> Json:
    """Return the address of a message in the Slack client."""
    conversation, ts = request.conversation(), request.text("message_ts")
    if ts not in conversation.posts:
        raise SlackError("message_not_found")
    address = f"https://{request.ws.domain}.slack.com/archives/{conversation.id}/p{ts.replace('.', '')}"
    return {"channel": conversation.id, "permalink": address}


METHODS: dict[str, Handler] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.scheduleMessage": schedule_message,
    "chat.deleteScheduledMessage": delete_scheduled,
    "chat.scheduledMessages.list": list_scheduled,
    "chat.getPermalink": permalink,
}
