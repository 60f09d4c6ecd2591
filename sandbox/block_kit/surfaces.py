"""Where Slack takes what: blocks by surface, and elements by surface and by the block that holds them.

Elements: the table of surfaces and blocks in https://docs.slack.dev/reference/block-kit/block-elements.
Blocks: https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/blocks.json. Where that table
and reports of what Slack really takes differ, a block stands only where both agree (docs/block-kit.md says which).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Surface(StrEnum):
    """A place that shows blocks."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Place:
    """The surfaces an element may appear on and the blocks that may hold it there."""

    surfaces: frozenset[Surface]
    blocks: frozenset[str]


EVERYWHERE = frozenset(Surface)
_MODAL = frozenset({Surface.MODAL})
_MESSAGE = frozenset({Surface.MESSAGE})
_NO_MODAL = frozenset({Surface.MESSAGE, Surface.HOME})


def _place(surfaces: frozenset[Surface], *blocks: str) -> Place:
    return Place(surfaces, frozenset(blocks))


_SELECT = _place(EVERYWHERE, "section", "actions", "input")
_MODAL_INPUT = _place(_MODAL, "input")

ELEMENT_PLACES: dict[str, Place] = {
    "button": _place(EVERYWHERE, "section", "actions"),
    "checkboxes": _SELECT,
    "datepicker": _SELECT,
    "datetimepicker": _place(frozenset({Surface.MODAL, Surface.MESSAGE}), "actions", "input"),
    "email_text_input": _MODAL_INPUT,
    "file_input": _MODAL_INPUT,
    "image": _place(EVERYWHERE, "section", "context"),
    "number_input": _MODAL_INPUT,
    "overflow": _place(EVERYWHERE, "section", "actions"),
    "plain_text_input": _place(EVERYWHERE, "input"),
    "radio_buttons": _SELECT,
    "rich_text_input": _place(frozenset({Surface.MODAL, Surface.HOME}), "input", "actions"),
    "timepicker": _SELECT,
    "url_text_input": _MODAL_INPUT,
    "workflow_button": _place(_MESSAGE, "section", "actions"),
    "feedback_buttons": _place(_MESSAGE, "context_actions"),
    "icon_button": _place(_MESSAGE, "context_actions"),
} | {
    f"{prefix}{source}_select": _SELECT
    for prefix in ("", "multi_")
    for source in ("static", "external", "users", "conversations", "channels")
}

BLOCK_SURFACES: dict[str, frozenset[Surface]] = {
    "actions": EVERYWHERE,
    "context": EVERYWHERE,
    "divider": EVERYWHERE,
    "header": EVERYWHERE,
    "image": EVERYWHERE,
    "input": EVERYWHERE,
    "rich_text": EVERYWHERE,
    "section": EVERYWHERE,
    "video": EVERYWHERE,
    "markdown": _MESSAGE,
    "table": _MESSAGE,
    "context_actions": _MESSAGE,
    "card": _NO_MODAL,
    "carousel": _NO_MODAL,
    "data_table": _MESSAGE,
    "data_visualization": _NO_MODAL,
    "alert": _MODAL,
}


def elements_for(block: str, surface: Surface) -> list[str]:
    """Return the types of element that `block` may hold on `surface`."""
    return [
        kind for kind, place in ELEMENT_PLACES.items() if block in place.blocks and surface in place.surfaces
    ]
