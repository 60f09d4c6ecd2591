"""What a message and its buttons carry, so that it is known again: in a conversation, and by a press."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from program.adopting import NAME

EVENT_TYPE = "reverse_mentor_message"
"""The type of the metadata that every message carries; its payload is a random id and nothing else."""

_MARK = "row-{name}-{version}-{place}"
_MARKED = re.compile(rf"row-([0-9a-f]{{{NAME}}})-")


def marked(blocks: Sequence[dict[str, Any]], token: str, version: int = 1) -> list[dict[str, Any]]:
    """The blocks of a message with that token, with its name in those that hold buttons.

    A block id of an updated message is to be a new one, so the version is in it
    (https://docs.slack.dev/reference/block-kit/blocks/actions-block).
    """
    return [
        {**block, "block_id": _MARK.format(name=token[:NAME], version=version, place=place)}
        if has_buttons(block)
        else block
        for place, block in enumerate(blocks)
    ]


def has_buttons(block: Mapping[str, Any]) -> bool:
    """Whether a press can come from this block: it is a row of buttons, or has one beside its text."""
    return block["type"] == "actions" or "accessory" in block


def carrying(token: str) -> dict[str, Any]:
    """The metadata of a message with that token (https://docs.slack.dev/messaging/message-metadata)."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": token}}


def token_in(metadata: object) -> str:
    """The token that a message's metadata carries; empty for whatever is not ours."""
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT_TYPE:
        return ""
    payload = metadata.get("event_payload")
    token = payload.get("id") if isinstance(payload, Mapping) else None
    return token if isinstance(token, str) else ""


def name_in(block_id: str, metadata: object) -> str:
    """The name of the message that a button is in, by its block or what the message carries; empty without one."""
    found = _MARKED.match(block_id)
    return found[1] if found else token_in(metadata)[:NAME]
