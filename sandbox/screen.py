"""Screen: turning Block Kit into what a person can read and press."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.blocks import Spot, options_of, spots
from sandbox.settings import Json
from sandbox.workspace import Workspace

_USER = re.compile(r"<@(\w+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#(\w+)(?:\|[^>]*)?>")
_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_NAMED_LINK = re.compile(r"<(?:https?:|mailto:)[^|>]*\|([^>]*)>")
_LINK = re.compile(r"<((?:https?:|mailto:)[^|>]*)>")


def readable(ws: Workspace, text: str) -> str:
    """Return mrkdwn as it reads: mentions by name, links by label, escapes undone."""
    text = _USER.sub(lambda m: "@" + (ws.users[m[1]].real_name if m[1] in ws.users else m[1]), text)
    text = _CHANNEL.sub(lambda m: "#" + (c.name if (c := ws.conversations.get(m[1])) else m[1]), text)
    text = _LINK.sub(r"\1", _NAMED_LINK.sub(r"\1", _DATE.sub(r"\1", text)))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def text_of(ws: Workspace, blocks: Iterable[Json]) -> str:
    """Return everything readable in blocks, one line per piece, in reading order."""
    return "\n".join(readable(ws, piece) for block in blocks for piece in _pieces(block) if piece)


_UNREAD = frozenset({"confirm", "initial_option", "initial_options", "option_groups", "options"})
_TEXTS = frozenset({"plain_text", "mrkdwn", "markdown", "text"})


def _pieces(value: Any) -> Iterator[str]:
    """Yield every text: text objects, rich text, markdown, alt texts, labels, button and option texts."""
    if isinstance(value, list):
        for item in value:
            yield from _pieces(item)
    elif isinstance(value, dict) and value.get("type") in _TEXTS and isinstance(value.get("text"), str):
        yield value["text"]
    elif isinstance(value, dict):
        yield from _object_pieces(value)


def _object_pieces(value: Json) -> Iterator[str]:
    if value.get("type") == "user":
        yield f"<@{value.get('user_id')}>"
    if "alt_text" in value:
        yield str(value["alt_text"])
    for key, part in value.items():
        if key not in _UNREAD:
            yield from _pieces(part)
    if value.get("type") in ("radio_buttons", "checkboxes"):
        yield from _pieces(value.get("options"))


def buttons(blocks: Iterable[Json]) -> list[Spot]:
    """Return every button, in reading order."""
    return [s for s in spots(blocks) if s.element["type"] == "button"]


def button_text(spot: Spot) -> str:
    """Return what the button says."""
    return str(spot.element["text"]["text"])


def find_button(found: Iterable[Spot], wanted: str) -> Spot | None:
    """Return the button with that text, else the one with that action id or value."""
    everything = [s for s in found if s.element["type"] == "button"]
    for spot in everything:
        if button_text(spot) == wanted:
            return spot
    return next((s for s in everything if wanted in (s.action_id, s.element.get("value"))), None)


def label_of(spot: Spot) -> str:
    """Return how a person would call a field or menu: its label, else placeholder or section text."""
    block = spot.block
    if spot.is_input:
        return str(block["label"]["text"])
    if "placeholder" in spot.element:
        return str(spot.element["placeholder"]["text"])
    if block["type"] == "section" and "text" in block:
        return str(block["text"]["text"])
    return spot.action_id


def names_of(spot: Spot) -> list[str]:
    """Return every name by which a field or menu can be found."""
    section = spot.block.get("text", {}).get("text") if spot.block["type"] == "section" else None
    placeholder = spot.element.get("placeholder", {}).get("text")
    label = spot.block.get("label", {}).get("text")
    return [n for n in (label, placeholder, section, spot.action_id, spot.block_id) if n]


def find_field(found: Iterable[Spot], wanted: str) -> Spot | None:
    """Return the field or menu of that name; a label in part will do when it fits only one."""
    fields = [s for s in found if s.element["type"] != "button"]
    exact = next((s for s in fields if wanted in names_of(s)), None)
    partly = [s for s in fields if any(wanted.casefold() in n.casefold() for n in names_of(s))]
    return exact or (partly[0] if len(partly) == 1 else None)


def option_texts(element: Json) -> list[str]:
    """Return the texts of a menu's options."""
    return [str(o["text"]["text"]) for o in options_of(element)]
