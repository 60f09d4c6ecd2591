"""What has to hold for everything that is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from handlers.views import Rendered
from sandbox.block_kit import check_message, check_view, view_bytes

_OURS = re.compile(
    r"<@[UW][A-Z0-9]+>|<#C[A-Z0-9]+>|<!date\^\d+\^\{date_short\} at \{time\}\|[^<>|]+>"
    r"|<https://(?:calendar\.google|outlook\.office)\.com/[^<>| ]+\|(?:Google|Outlook)>"
)
_ENTITY = re.compile(r"&(?!(amp|lt|gt);)")


def texts(value: Any) -> Iterator[dict[str, Any]]:
    """Every text object anywhere in blocks or a view."""
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield value
        for one in value.values():
            yield from texts(one)


def buttons(value: Any) -> dict[str, dict[str, Any]]:
    """Every button anywhere in blocks or a view, by the words on it (the last of several)."""
    if isinstance(value, list):
        return {name: one for part in value for name, one in buttons(part).items()}
    if not isinstance(value, dict):
        return {}
    if value.get("type") == "button":
        return {value["text"]["text"]: value}
    return buttons(list(value.values()))


def assert_harmless(mrkdwn: str) -> None:
    """Nothing in angle brackets but our own mentions and dates, no broken entity, no hidden character."""
    rest = _OURS.sub("", mrkdwn)
    assert "<" not in rest, mrkdwn
    assert ">" not in rest, mrkdwn
    assert not _ENTITY.search(rest), mrkdwn
    assert_visible(mrkdwn.replace("\n", ""))


def assert_visible(text: str) -> None:
    """No control, bidirectional or half character; the two joiners are letters' and emoji's own."""
    hidden = [char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}]
    assert set(hidden) <= {"\u200c", "\u200d"}, text


def assert_texts_are_harmless(value: Any) -> None:
    """Each text object, by its own kind's rules."""
    for one in texts(value):
        if one["type"] == "mrkdwn":
            assert one["verbatim"] is True
            assert_harmless(one["text"])
        else:
            assert_visible(one["text"])


def assert_complete(message: Rendered) -> None:
    """All that the blocks say stands in the text alternative too, every button's words included."""
    for block in message.blocks:
        for one in texts(block):
            words = one["text"] if one["type"] == "mrkdwn" else _as_mrkdwn(one["text"])
            assert words in message.text, words


def _as_mrkdwn(plain: str) -> str:
    cut = plain.removesuffix("…")
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def assert_good_message(message: Rendered) -> None:
    """Slack takes it, its text alternative is complete and short enough, and user text does nothing."""
    assert check_message(message.blocks) == []
    assert 1 <= len(message.blocks) <= 50
    assert 1 <= len(message.text) <= 3500
    assert_complete(message)
    assert_harmless(message.text)
    assert_texts_are_harmless(message.blocks)


def assert_good_view(view: dict[str, Any]) -> None:
    """Slack takes it, and user text does nothing."""
    assert check_view(view) == []
    assert view_bytes(view) < 250_000
    assert_texts_are_harmless(view)
