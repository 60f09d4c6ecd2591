"""What somebody has in front of them becomes the program's subjects, the nearest first."""

from __future__ import annotations

from typing import Any

import pytest

from handlers import in_front, payloads
from program.subjects import InChannel, OfPair, OnCard, Subject

CLICK = {
    "type": "block_actions",
    "user": {"id": "U1"},
    "channel": {"id": "C1"},
    "message": {"ts": "1.200000"},
}
SEEN: dict[str, tuple[dict[str, Any], tuple[Subject, ...]]] = {
    "a card in a channel": (
        CLICK | {"container": {"message_ts": "1.200000", "channel_id": "C1"}},
        (OnCard("C1", "1.200000"), InChannel("C1")),
    ),
    "a message of the bot's own": (CLICK | {"channel": {"id": "D1"}}, (OnCard("D1", "1.200000"),)),
    "an answer that nobody else sees": (
        CLICK | {"container": {"message_ts": "1.200000", "is_ephemeral": True}},
        (InChannel("C1"),),
    ),
    "a typed command": (
        {"command": "/reverse-mentor", "user_id": "U1", "channel_id": "G1", "text": "status"},
        (InChannel("G1"),),
    ),
    "a decline form": (
        {
            "type": "view_submission",
            "user": {"id": "U1"},
            "view": {"id": "V1", "type": "modal", "callback_id": "decline", "private_metadata": "12 page 3"},
        },
        (OfPair(12),),
    ),
    "the Home tab": ({"type": "block_actions", "view": {"id": "V1", "type": "home"}}, ()),
}


@pytest.mark.parametrize("what", SEEN)
def test_it_is_what_the_program_can_be_told_by(what: str) -> None:
    body, subjects = SEEN[what]
    assert in_front.subjects(payloads.act(body)) == subjects
