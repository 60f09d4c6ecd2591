"""Blocks: the keys and sizes of each, with the elements its surface lets it hold.

Limits: https://docs.slack.dev/reference/block-kit/blocks and the types of slackapi/node-slack-sdk
(packages/types/src/block-kit/blocks.ts); the actions block's 1 to 25 elements and the refusal of unknown keys
come from a 2023 copy of Slack's own JSON schema (gist bmorton/735dc80697359afd4a0c7d52b901844e).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sandbox.block_kit.composition import ALT_TEXT, IMAGE_FIELDS, IMAGE_SOURCE, URL
from sandbox.block_kit.data_blocks import DATA_TABLE, DATA_VISUALIZATION, TABLE
from sandbox.block_kit.elements import BUTTON, ELEMENTS, ID, IMAGE_ELEMENT
from sandbox.block_kit.engine import (
    Choice,
    Flag,
    Json,
    ListOf,
    Object,
    Problem,
    Relation,
    Rule,
    String,
    Tagged,
    at_least_one,
    typed,
)
from sandbox.block_kit.rich_text import RICH_TEXT_BLOCK
from sandbox.block_kit.surfaces import BLOCK_SURFACES, Surface, elements_for
from sandbox.block_kit.text import any_text, plain_text, text_kinds

MARKDOWN_MAX = 12_000
"""Characters of all markdown blocks in one message together."""


def _block(
    required: dict[str, Rule] | None = None,
    optional: dict[str, Rule] | None = None,
    *relations: Relation,
) -> Object:
    return typed(required, {"block_id": ID, **(optional or {})}, relations)


def _elements(block: str, surface: Surface) -> dict[str, Rule]:
    return {kind: ELEMENTS[kind] for kind in elements_for(block, surface)}


def _section(surface: Surface) -> Rule:
    return _block(
        {},
        {
            "text": any_text(3000),
            "fields": ListOf(any_text(2000), max=10),
            "accessory": Tagged(_elements("section", surface)),
            "expand": Flag(),
        },
        at_least_one("text", "fields"),
    )


def _actions(surface: Surface) -> Rule:
    return _block({"elements": ListOf(Tagged(_elements("actions", surface)), max=25)})


def _context(surface: Surface) -> Rule:
    return _block({"elements": ListOf(Tagged(text_kinds() | _elements("context", surface)), max=10)})


def _context_actions(surface: Surface) -> Rule:
    return _block({"elements": ListOf(Tagged(_elements("context_actions", surface)), max=5)})


def _no_file_dispatch(value: Json, at: str) -> Iterator[Problem]:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        yield Problem("unsupported type: file_input", f"{at}/element/type")


def _input(surface: Surface) -> Rule:
    return _block(
        {"label": plain_text(2000), "element": Tagged(_elements("input", surface))},
        {"hint": plain_text(2000), "optional": Flag(), "dispatch_action": Flag()},
        _no_file_dispatch,
    )


_VIDEO = _block(
    {
        "alt_text": String(),
        "video_url": URL,
        "thumbnail_url": URL,
        "title": plain_text(199),
    },
    {
        "title_url": URL,
        "description": plain_text(),
        "provider_icon_url": URL,
        "provider_name": String(),
        "author_name": String(max=49),
    },
)

_CARD = _block(
    {},
    {
        "hero_image": Tagged({"image": IMAGE_ELEMENT}),
        "icon": Tagged({"image": IMAGE_ELEMENT}),
        "title": any_text(150),
        "subtitle": any_text(150),
        "body": any_text(200),
        "actions": ListOf(Tagged({"button": BUTTON}), max=3),
    },
    at_least_one("hero_image", "title", "actions", "body"),
)

_FIXED: dict[str, Rule] = {
    "divider": _block(),
    "header": _block({"text": plain_text(150)}),
    "image": _block({"alt_text": ALT_TEXT}, {**IMAGE_FIELDS, "title": plain_text(2000)}, IMAGE_SOURCE),
    "rich_text": RICH_TEXT_BLOCK,
    "video": _VIDEO,
    "markdown": _block({"text": String(max=MARKDOWN_MAX)}),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "card": _CARD,
    "carousel": _block({"elements": ListOf(Tagged({"card": _CARD}), max=10)}),
    "alert": _block(
        {"text": any_text(200)},
        {"level": Choice(("default", "info", "warning", "error", "success"))},
    ),
}

_HOLDERS = {
    "section": _section,
    "actions": _actions,
    "context": _context,
    "context_actions": _context_actions,
    "input": _input,
}


@cache
def block_on(surface: Surface) -> Rule:
    """Return the rule of one block on `surface`."""
    rules = _FIXED | {kind: rule_on(surface) for kind, rule_on in _HOLDERS.items()}
    return Tagged({kind: rules[kind] for kind, surfaces in BLOCK_SURFACES.items() if surface in surfaces})
