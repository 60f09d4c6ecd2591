"""A form once more as somebody filled it in, where its own answer to Slack is spent: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.metadata import written
from handlers.payloads import ShownView

_INITIAL = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
"""How a form says what is filled in, by how Slack reports it (docs.slack.dev/reference/block-kit/block-elements)."""

_KEPT = ("type", "callback_id", "title", "submit", "close", "clear_on_close", "notify_on_close")
_SENTENCE = "why-not-"
"""Begins the block ids of the sentences that are put into a form; a form that comes back has its own taken out."""


def refilled(view: ShownView, errors: Mapping[str, str], above: str) -> dict[str, Any]:
    """A submitted form with what was filled in, under a sentence, and each error below its field."""
    form = view.whole
    values = (form.get("state") or {}).get("values") or {}
    blocks = [{"type": "section", "block_id": f"{_SENTENCE}0", "text": _plain(above)}]
    for block in form.get("blocks") or ():
        name = block.get("block_id", "")
        if not name.startswith(_SENTENCE):
            blocks.append(_filled(block, values.get(name) or {}))
        if name in errors:
            blocks.append(
                {"type": "section", "block_id": f"{_SENTENCE}{name}", "text": _plain(f"⚠ {errors[name]}")}
            )
    carried = {"private_metadata": written(view.carried)} if view.carried else {}
    return {key: form[key] for key in _KEPT if form.get(key)} | carried | {"blocks": blocks}


def _filled(block: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    element = block.get("element")
    if block.get("type") != "input" or not isinstance(element, Mapping):
        return {**block}
    typed = state.get(element.get("action_id", "")) or {}
    empty = {key: value for key, value in element.items() if key not in _INITIAL.values()}
    return {**block, "element": empty | dict(_initial(typed))}


def _initial(typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for reported, initial in _INITIAL.items():
        if typed.get(reported):
            yield initial, typed[reported]


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}
