"""Rules between the blocks of one message or view: unique ids, one focus, a submit button for inputs.

They run on blocks that are fine one by one, so they may rely on every key and type. Sources: `block_id`,
`action_id` and `focus_on_load` in the types of slackapi/node-slack-sdk (blocks.ts, extensions.ts); the texts
are Slack's where docs/block-kit.md says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sandbox.block_kit.blocks import MARKDOWN_MAX
from sandbox.block_kit.data_blocks import CHARTS_MAX
from sandbox.block_kit.engine import Json, Problem

Placed = tuple[str, Json]
"""A JSON pointer and the object that stands there."""


def check_blocks(blocks: list[Json], at: str) -> Iterator[Problem]:
    """Yield what is wrong between `blocks`, the array at JSON pointer `at`, on any surface."""
    placed = list(_placed(blocks, at))
    yield from _unique("block_id", placed)
    for block in placed:
        yield from _unique("action_id", _elements(block))
    yield from _one_focus(placed)
    yield from _markdown_total(placed)
    yield from _few_charts(placed)


def check_submit(view: Json, at: str) -> Iterator[Problem]:
    """Yield a problem for the first `input` block of a modal that has no `submit`."""
    if "submit" in view:
        return
    for index, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            yield Problem("must define `submit` to use `input` block", f"{at}/blocks/{index}/input")
            return


def check_response_url(blocks: list[Json], at: str, *, in_modal: bool) -> Iterator[Problem]:
    """Yield a problem for each `response_url_enabled` outside an `input` block of a modal (own wording)."""
    for placed in _placed(blocks, at):
        if in_modal and placed[1]["type"] == "input":
            continue
        for pointer, element in _elements(placed):
            if element.get("response_url_enabled"):
                yield Problem(
                    "`response_url_enabled` is only available in `input` blocks of modals",
                    f"{pointer}/response_url_enabled",
                )


def _placed(blocks: list[Json], at: str) -> Iterator[Placed]:
    """Yield each block with its pointer, and after a carousel its cards, which are blocks themselves."""
    for index, block in enumerate(blocks):
        pointer = f"{at}/{index}"
        yield pointer, block
        if block["type"] == "carousel":
            yield from _items(pointer, "elements", block)


def _elements(placed: Placed) -> Iterator[Placed]:
    """Yield the interactive elements of one block with their pointers."""
    pointer, block = placed
    for key in ("accessory", "element"):
        if key in block:
            yield f"{pointer}/{key}", block[key]
    if block["type"] in ("actions", "context_actions"):
        yield from _items(pointer, "elements", block)
    elif block["type"] == "card":
        yield from _items(pointer, "actions", block)


def _items(pointer: str, key: str, block: Json) -> Iterator[Placed]:
    for index, item in enumerate(block.get(key, [])):
        yield f"{pointer}/{key}/{index}", item


def _unique(key: str, objects: Iterable[Placed]) -> Iterator[Problem]:
    seen: set[str] = set()
    for pointer, value in objects:
        if key not in value:
            continue
        name = value[key]
        if name in seen:
            yield Problem(f'`{key}` "{name}" already exists', f"{pointer}/{key}")
        seen.add(name)


def _one_focus(placed: list[Placed]) -> Iterator[Problem]:
    focused = [
        pointer for block in placed for pointer, element in _elements(block) if element.get("focus_on_load")
    ]
    for pointer in focused[1:]:
        yield Problem("only one element may set `focus_on_load`", f"{pointer}/focus_on_load")


def _markdown_total(placed: list[Placed]) -> Iterator[Problem]:
    total = 0
    for pointer, block in placed:
        if block["type"] != "markdown":
            continue
        total += len(block["text"])
        if total > MARKDOWN_MAX:
            yield Problem(
                f"all markdown blocks together must be less than {MARKDOWN_MAX + 1} characters",
                f"{pointer}/text",
            )
            return


def _few_charts(placed: list[Placed]) -> Iterator[Problem]:
    charts = [pointer for pointer, block in placed if block["type"] == "data_visualization"]
    for pointer in charts[CHARTS_MAX:]:
        yield Problem(f"no more than {CHARTS_MAX} data_visualization blocks allowed", pointer)
