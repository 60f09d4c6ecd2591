"""Answers through ``response_url``: the app's second chance to speak after an interaction.

Rules from docs.slack.dev/interactivity/handling-user-interaction: ephemeral unless ``response_type`` says
``in_channel``; ``replace_original`` and ``delete_original`` act on the message that was used. The status
codes of refusals are not documented; 404 and 400 are what clients have reported.
"""

from __future__ import annotations

from dataclasses import replace

from sandbox.backend import Backend
from sandbox.errors import SlackError
from sandbox.messages import (
    POST_LIMIT,
    Content,
    add_ephemeral,
    add_post,
    change_post,
    content_of,
    remove_post,
)
from sandbox.settings import Json
from sandbox.triggers import ResponseUrl
from sandbox.workspace import Conversation, Post, Workspace


def respond(backend: Backend, path: str, payload: object) -> tuple[int, str | Json]:
    """Carry out one use of a response URL; return the HTTP status and body."""
    try:
        url = backend.urls.use(path)
    except SlackError as error:
        return 404, error.answer()
    if not isinstance(payload, dict):
        return 400, "invalid_payload"
    try:
        _carry_out(backend.ws, url, payload)
    except SlackError as error:
        return (404, error.answer()) if error.error == "channel_not_found" else (400, error.error)
    return 200, "ok"


def _carry_out(ws: Workspace, url: ResponseUrl, payload: Json) -> None:
    conversation = ws.conversations.get(url.channel)
    if conversation is None:
        raise SlackError("channel_not_found")
    original = _original(conversation, url.ts)
    if payload.get("delete_original"):
        if original is not None:
            remove_post(ws, conversation, original)
        return
    content = content_of(payload)
    if payload.get("replace_original") and original is not None:
        change_post(ws, conversation, original, _whole(content))
        return
    show_answer(ws, conversation, url.user, payload, content)


def _whole(content: Content) -> Content:
    """A replacement leaves nothing of the original, unlike chat.update."""
    return replace(content, has_text=True, has_blocks=True, has_attachments=True)


def _original(conversation: Conversation, ts: str | None) -> Post | None:
    return (conversation.posts.get(ts) or conversation.ephemerals.get(ts)) if ts else None


def show_answer(
    ws: Workspace, conversation: Conversation, user_id: str, payload: Json, content: Content
) -> Post:
    """Show an answer to everybody (``in_channel``) or to the person who asked."""
    post = Post(
        ts=ws.clock.mint_ts(),
        channel=conversation.id,
        user=ws.bot,
        text=content.text[:POST_LIMIT],
        blocks=content.blocks,
        by_app=True,
        thread_ts=payload.get("thread_ts"),
        attachments=content.attachments,
        metadata=content.metadata,
    )
    if payload.get("response_type") == "in_channel":
        return add_post(ws, conversation, post)
    post.audience = user_id
    return add_ephemeral(ws, conversation, post)
