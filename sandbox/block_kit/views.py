"""Views: modals and the Home tab around their blocks.

Limits: https://docs.slack.dev/reference/views/modal-views and .../home-tab-views, the types of
slackapi/node-slack-sdk (packages/types/src/views.ts), and views.open for the size of a whole view.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sandbox.block_kit.blocks import block_on
from sandbox.block_kit.engine import AnyOf, Flag, ListOf, Problem, Rule, String, Tagged, typed
from sandbox.block_kit.relations import check_blocks, check_response_url, check_submit
from sandbox.block_kit.surfaces import Surface
from sandbox.block_kit.text import plain_text

MAX_VIEW_BYTES = 250_000
"""Size of a view above which the methods answer `view_too_large` (the reference says 250 kB)."""

_COMMON: dict[str, Rule] = {
    "private_metadata": String(min=0, max=3000),
    "callback_id": String(min=0, max=255),
    "external_id": String(min=0, max=255),
}


def _blocks(surface: Surface) -> Rule:
    return ListOf(block_on(surface), max=100)


_MODAL = typed(
    {"title": plain_text(24), "blocks": _blocks(Surface.MODAL)},
    {
        "submit": AnyOf(plain_text(24)),
        "close": AnyOf(plain_text(24)),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
        **_COMMON,
    },
)

_HOME = typed({"blocks": _blocks(Surface.HOME)}, _COMMON)

VIEW: Rule = AnyOf(Tagged({"modal": _MODAL, "home": _HOME}))
"""The shape of any view; what holds between its blocks is in `relations`."""


def view_problems(view: object, at: str) -> Iterator[Problem]:
    """Yield the problems of a view at JSON pointer `at`: of its shape or, when that is fine, inside it."""
    shape = list(VIEW.check(view, at))
    yield from shape
    if shape or not isinstance(view, dict):
        return
    is_modal = view["type"] == "modal"
    if is_modal:
        yield from check_submit(view, at)
    yield from check_blocks(view["blocks"], f"{at}/blocks")
    yield from check_response_url(view["blocks"], f"{at}/blocks", in_modal=is_modal)


def view_bytes(view: object) -> int:
    """Return the size in bytes of a view as compact UTF-8 JSON, to hold against `MAX_VIEW_BYTES`."""
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))
