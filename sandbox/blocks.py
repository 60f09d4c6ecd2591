"""Blocks: walking through them, and the small completions Slack makes when it stores them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox import ids
from sandbox.settings import Json

_STATELESS = frozenset({"button", "overflow", "image", "workflow_button", "feedback_buttons", "icon_button"})


@dataclass(frozen=True, slots=True)
class Spot:
    """An interactive element together with the block that holds it."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """The block's id."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """The element's action id."""
        return str(self.element["action_id"])

    @property
    def is_input(self) -> bool:
        """Whether the element belongs to an input block."""
        return bool(self.block["type"] == "input")

    @property
    def keeps_state(self) -> bool:
        """Whether the element appears in ``state.values`` (buttons and overflow menus do not)."""
        return self.element["type"] not in _STATELESS

    @property
    def key(self) -> tuple[str, str]:
        """Where the element's value lives in ``state.values``."""
        return self.block_id, self.action_id


def completed(blocks: Iterable[Json]) -> list[Json]:
    """Return a copy as Slack stores it: ids where none were given, ``emoji`` and ``verbatim`` spelled out."""
    found = [_with_text_defaults(copy.deepcopy(b)) for b in blocks]
    for block in _with_cards(found):
        block.setdefault("block_id", ids.short_id())
        for element in _elements(block):
            if "type" in element and element["type"] not in ("image", "mrkdwn", "plain_text"):
                element.setdefault("action_id", ids.short_id())
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
    return found


def _with_text_defaults(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_text_defaults(v) for v in value]
    if not isinstance(value, dict):
        return value
    done = {k: _with_text_defaults(v) for k, v in value.items()}
    if done.get("type") == "plain_text":
        done.setdefault("emoji", True)
    elif done.get("type") == "mrkdwn":
        done.setdefault("verbatim", False)
    return done


def _with_cards(blocks: Iterable[Json]) -> Iterator[Json]:
    """Yield every block, and after a carousel its cards: they are blocks with ids and buttons of their own."""
    for block in blocks:
        yield block
        if block["type"] == "carousel":
            yield from block["elements"]


def _elements(block: Json) -> Iterator[Json]:
    if block["type"] in ("actions", "context_actions"):
        yield from block.get("elements", ())
    elif block["type"] == "card":
        yield from block.get("actions", ())
    elif block["type"] == "section" and "accessory" in block:
        yield block["accessory"]
    elif block["type"] == "input":
        yield block["element"]


def spots(blocks: Iterable[Json]) -> Iterator[Spot]:
    """Yield every interactive element in reading order."""
    for block in _with_cards(blocks):
        for element in _elements(block):
            if "action_id" in element:
                yield Spot(block, element)


def options_of(element: Json) -> list[Json]:
    """Return the options of a menu, those inside groups included."""
    grouped = [o for g in element.get("option_groups") or () for o in g["options"]]
    return [*(element.get("options") or ()), *grouped]
