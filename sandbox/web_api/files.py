"""files.* and reactions.add: uploads in two steps, and emoji on messages."""

from __future__ import annotations

import json
import re

from sandbox import reactions
from sandbox.conversations import visible
from sandbox.errors import SlackError, invalid_arguments
from sandbox.files import File, file_json
from sandbox.messages import add_post, checked_blocks
from sandbox.settings import Json
from sandbox.web_api.request import Handler, Request
from sandbox.workspace import Conversation, Post

_EMOJI = re.compile(r"[a-z0-9_'+\-]+(::skin-tone-[2-6])?")
MAX_CHANNELS = 100
CONVERSATIONS = ("C", "G", "D", "Z")
"""How the ids begin with which files can be shared; that of a person is refused (bolt-js#2115, node-slack-sdk#1653)."""


def upload_url(request: Request) -> Json:
    """Announce an upload; a length of 0 counts as missing."""
    length = request.number("length", "invalid_arguments")
    if not length or not request.text("filename"):
        raise SlackError("missing_argument")
    base = request.backend.base_url
    file = request.backend.files.reserve(request.text("filename"), length, request.ws.bot, base)
    address = f"{base}/upload/v1/{file.id}/{file.key}"
    return {"upload_url": address, "file_id": file.id}


def complete_upload(request: Request) -> Json:
    """Finish uploads and share them where asked."""
    files = [_uploaded(request, item) for item in _file_items(request)]
    targets = [c for c in (request.text("channel_id"), *request.ids("channels")) if c]
    if len(targets) > MAX_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    places = [_shareable(request, t) for t in targets]
    for file in files:
        file.complete = True
        file.channels = [p.id for p in places]
    for conversation in places:
        _share(request, conversation, files)
    return {"files": [{**file_json(f), "title": f.title} for f in files]}


def _file_items(request: Request) -> list[Json]:
    raw = request.args.get("files")
    items = json.loads(raw) if isinstance(raw, str) and raw else raw
    if not isinstance(items, list) or not all(isinstance(i, dict) and "id" in i for i in items):
        raise SlackError("invalid_arguments")
    return items


def _uploaded(request: Request, item: Json) -> File:
    file = request.backend.files.get(str(item["id"]))
    if file.content is None:
        raise SlackError("file_not_found")
    file.title = str(item.get("title") or file.name)
    return file


def _shareable(request: Request, channel: str) -> Conversation:
    if not channel.startswith(CONVERSATIONS):
        raise invalid_arguments(
            "[ERROR] input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"
        )
    conversation = visible(request.ws, channel)
    if request.ws.bot not in conversation.members:
        raise SlackError("not_in_channel")
    if conversation.archived:
        raise SlackError("posting_to_channel_denied")
    return conversation


def _share(request: Request, conversation: Conversation, files: list[File]) -> None:
    ws, text = request.ws, request.text("initial_comment")
    post = Post(ws.clock.mint_ts(), conversation.id, ws.bot, text, by_app=True)
    post.blocks = checked_blocks(request.args.get("blocks"))
    post.thread_ts = request.text("thread_ts") or None
    post.files = [f.id for f in files]
    add_post(ws, conversation, post)


def info(request: Request) -> Json:
    """Describe a file."""
    file = request.backend.files.get(request.text("file"))
    if not file.complete:
        raise SlackError("file_not_found")
    return {"file": file_json(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(request: Request) -> Json:
    """Delete a file of the app itself."""
    file = request.backend.files.get(request.text("file"))
    if file.user != request.ws.bot:
        raise SlackError("cant_delete_file")
    file.deleted = True
    request.ws.touch()
    return {}


def add_reaction(request: Request) -> Json:
    """Put an emoji on a message, once."""
    conversation = request.conversation()
    name = request.text("name").strip(":")
    if not _EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    if conversation.archived:
        raise SlackError("is_archived")
    post = conversation.posts.get(request.text("timestamp"))
    if post is None:
        raise SlackError("message_not_found")
    reactions.add(request.ws, conversation, post, request.ws.bot, name)
    return {}


METHODS: dict[str, Handler] = {
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": delete,
    "reactions.add": add_reaction,
}
