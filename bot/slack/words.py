"""What Slack says about a message that it does not take, without what it repeats of the message."""

from __future__ import annotations

import re
from typing import Final

_LEFT_OUT: Final = "\N{HORIZONTAL ELLIPSIS}"

_WORDS: Final = frozenset(
    """
    a additional all allowed already an and any array as at be blocks boolean cannot character characters contain
    defined define duplicate element elements empty error exists failed fewer field fields for format from has have in
    input integer invalid is it item items length less list long longer match matches may missing modal more must no
    not null number object of one only option options or property provide required schemas set short should string than
    the there to too type unique unknown unsupported url use valid value warn with
    """.split()
)
"""The words in which Slack tells what is wrong with a layout; no name and no skill is among them."""

_PARTS: Final = frozenset(
    """
    accessory action_id alt_text blocks block_id close confirm description element elements fields focus_on_load hint
    image_url initial_date initial_option initial_options initial_time initial_value initial_conversation label metadata
    option_groups options placeholder private_metadata style submit text title type url value view
    """.split()
)
"""Names of the parts of a layout, in Block Kit's own spelling (https://docs.slack.dev/reference/block-kit)."""

_PIECE: Final = re.compile(r"\[json-pointer:([^\]\s]*)\]|\S+")
_NUMBER: Final = re.compile(r"[0-9]{1,5}")


def known(message: str) -> str:
    """The message with everything left out that is neither a word of Slack's own, a number nor a place in a layout."""
    told: list[str] = []
    for found in _PIECE.finditer(message):
        piece = _place(found[1]) if found[1] is not None else _word(found[0])
        if piece != _LEFT_OUT or told[-1:] != [_LEFT_OUT]:
            told.append(piece)
    return " ".join(told)


def _word(piece: str) -> str:
    bare = piece.strip("[]`.,:;").lower()
    return piece if bare in _WORDS or _NUMBER.fullmatch(bare) else _LEFT_OUT


def _place(pointer: str) -> str:
    parts = [one if one in _PARTS or _NUMBER.fullmatch(one) else _LEFT_OUT for one in pointer.split("/")[1:]]
    return f"[json-pointer:/{'/'.join(parts)}]"
