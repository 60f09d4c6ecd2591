"""Messages: what Slack accepts as content, how it stores it, and how it shows it again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox import events
from sandbox.block_kit import check_message
from sandbox.blocks import completed
from sandbox.errors import SlackError
from sandbox.places import place
from sandbox.settings import Json
from sandbox.workspace import Conversation, Post, Workspace

POST_LIMIT = 40_000
"""Longer text is cut on posting (Slack changelog 2018-04, truncating really long messages)."""
UPDATE_LIMIT = 4_000
"""chat.update refuses longer text with ``msg_too_long`` (docs.slack.dev, chat.update)."""
MARKDOWN_LIMIT = 12_000
"""Limit of ``markdown_text`` and of all markdown blocks of one message (docs.slack.dev, markdown block)."""
METADATA_LIMIT = 16_000
"""Bytes of metadata; Slack documents the error ``metadata_too_large`` and a 16 KB size."""
MAX_ATTACHMENTS = 100


@dataclass(slots=True)
class Content:
    """Checked content of a message."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    has_blocks: bool = False
    has_text: bool = False
    has_attachments: bool = False


def content_of(args: Json) -> Content:
    """Check the content arguments of a chat.* call and return them, or raise Slack's error."""
    text = args.get("text")
    if args.get("markdown_text") is not None:
        return _markdown(args)
    content = Content(
        text=str(text or ""),
        blocks=checked_blocks(args.get("blocks")),
        attachments=_listed(args.get("attachments"), "invalid_attachments"),
        metadata=_metadata(args.get("metadata")),
        has_blocks=args.get("blocks") is not None,
        has_text=text is not None,
        has_attachments=args.get("attachments") is not None,
    )
    if len(content.attachments) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    if not (content.text.strip() or content.blocks or content.attachments):
        raise SlackError("no_text")
    return content


def _markdown(args: Json) -> Content:
    if args.get("text") or args.get("blocks"):
        raise SlackError("markdown_text_conflict")
    text = str(args["markdown_text"])
    if len(text) > MARKDOWN_LIMIT:
        raise SlackError("msg_too_long")
    blocks = checked_blocks([{"type": "markdown", "text": text}])
    return Content(text, blocks, metadata=_metadata(args.get("metadata")), has_blocks=True, has_text=True)


def checked_blocks(raw: Any) -> list[Json]:
    """Return blocks as Slack stores them; raise ``invalid_blocks`` with the reasons Slack gives."""
    blocks = _listed(raw, "invalid_blocks_format")
    if not blocks:
        return []
    if _markdown_length(blocks) > MARKDOWN_LIMIT:
        raise SlackError("msg_blocks_too_long")
    reasons = check_message(blocks)
    if reasons:
        raise SlackError("invalid_blocks", errors=_stripped(reasons), response_metadata={"messages": reasons})
    return completed(blocks)


def _markdown_length(blocks: list[Any]) -> int:
    """Return the characters of all markdown blocks (``msg_blocks_too_long`` as seen in bolt-js#2509)."""
    markdown = [b for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
    return sum(len(str(b.get("text", ""))) for b in markdown)


def _stripped(reasons: list[str]) -> list[str]:
    return [r.removeprefix("[ERROR] ") for r in reasons]


def _listed(raw: Any, error: str) -> list[Json]:
    if raw is None or raw == "":
        return []
    value = _decoded(raw, error)
    if not isinstance(value, list):
        raise SlackError(error)
    return value


def _decoded(raw: Any, error: str) -> Any:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except json.JSONDecodeError:
        raise SlackError(error) from None


def _metadata(raw: Any) -> Json | None:
    if raw is None or raw == "":
        return None
    value = _decoded(raw, "invalid_metadata_format")
    if not isinstance(value, dict) or not isinstance(value.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(value).encode()) > METADATA_LIMIT:
        raise SlackError("metadata_too_large")
    return {"event_type": value["event_type"], "event_payload": value["event_payload"]}


def add_post(ws: Workspace, conversation: Conversation, post: Post) -> Post:
    """Put a message into a conversation, tell the timeline and send the message event."""
    conversation.posts[post.ts] = post
    conversation.is_open = True
    _tell(ws, conversation, post, "posted")
    events.message(ws, conversation, post, post_json(ws, post))
    ws.touch()
    return post


def add_ephemeral(ws: Workspace, conversation: Conversation, post: Post) -> Post:
    """Show a message to one person only; it is in no history and vanishes with their session."""
    conversation.ephemerals[post.ts] = post
    _tell(ws, conversation, post, f"told only {ws.users[str(post.audience)].real_name}")
    ws.touch()
    return post


def change_post(ws: Workspace, conversation: Conversation, post: Post, content: Content) -> Post:
    """Replace a message's content.

    Blocks and attachments not given are kept, an empty list removes them (docs.slack.dev, chat.update).
    """
    before = post_json(ws, post)
    if content.has_text or content.has_blocks:
        post.text = content.text
    if content.has_blocks:
        post.blocks = content.blocks
    if content.has_attachments:
        post.attachments = content.attachments
    if content.metadata is not None:
        post.metadata = content.metadata
    post.edited = ws.clock.mint_ts()
    _tell(ws, conversation, post, "changed a message")
    events.message_changed(ws, conversation, post, before, post_json(ws, post))
    ws.touch()
    return post


def remove_post(ws: Workspace, conversation: Conversation, post: Post) -> None:
    """Delete a message, ephemeral or not."""
    conversation.posts.pop(post.ts, None)
    conversation.ephemerals.pop(post.ts, None)
    _tell(ws, conversation, post, "deleted a message")
    events.message_changed(ws, conversation, post, post_json(ws, post), None)
    ws.touch()


def _tell(ws: Workspace, conversation: Conversation, post: Post, what: str) -> None:
    ws.record.happened(ws.users[post.user].real_name, what, place(ws, conversation), post.text)


def post_json(ws: Workspace, post: Post, *, metadata: bool = False) -> Json:
    """Return a message as Slack shows it; metadata only on request (docs.slack.dev, message metadata)."""
    found: Json = {"type": "message", "user": post.user, "text": post.text, "ts": post.ts, "team": ws.team_id}
    if post.by_app:
        found |= {"bot_id": ws.app.bot_id, "app_id": ws.app.app_id, "bot_profile": bot_profile(ws)}
    if post.thread_ts:
        found |= _thread_fields(ws, post)
    if metadata and post.metadata is not None:
        found["metadata"] = post.metadata
    return found | {key: value for key, value in _optional_fields(post).items() if value}


def _optional_fields(post: Post) -> Json:
    reactions = [{"name": n, "users": list(u), "count": len(u)} for n, u in post.reactions.items()]
    return {
        "subtype": post.subtype,
        "blocks": post.blocks,
        "attachments": post.attachments,
        "edited": {"user": post.user, "ts": post.edited} if post.edited else None,
        "reactions": reactions,
        "files": [{"id": f} for f in post.files],
    }


def _thread_fields(ws: Workspace, post: Post) -> Json:
    if post.thread_ts != post.ts:
        return {"thread_ts": post.thread_ts, "parent_user_id": _parent_user(ws, post)}
    replies = ws.conversations[post.channel].replies(post.ts)
    users = list(dict.fromkeys(r.user for r in replies))
    return {
        "thread_ts": post.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts if replies else None,
    }


def _parent_user(ws: Workspace, post: Post) -> str | None:
    parent = ws.conversations[post.channel].posts.get(str(post.thread_ts))
    return parent.user if parent else None


def bot_profile(ws: Workspace) -> Json:
    """Return the ``bot_profile`` of messages the app posts."""
    return {
        "id": ws.app.bot_id,
        "app_id": ws.app.app_id,
        "name": ws.app.config.bot_name,
        "deleted": not ws.app.installed,
        "team_id": ws.team_id,
        "icons": {},
        "updated": 0,
    }
