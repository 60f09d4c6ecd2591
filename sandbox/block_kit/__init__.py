"""What Slack accepts as Block Kit: checks on plain JSON values that answer with Slack's own error lines.

Nothing here knows an app or a workspace. The rules, their sources and the wordings are in docs/block-kit.md.
"""

from __future__ import annotations

from sandbox.block_kit.blocks import block_on
from sandbox.block_kit.composition import OPTION_GROUP, SELECT_OPTION
from sandbox.block_kit.engine import ListOf, Object, Rule, Tagged, exactly_one
from sandbox.block_kit.relations import check_blocks, check_response_url
from sandbox.block_kit.rich_text import RICH_TEXT_BLOCK
from sandbox.block_kit.surfaces import Surface
from sandbox.block_kit.views import MAX_VIEW_BYTES, view_bytes, view_problems

__all__ = [
    "MAX_VIEW_BYTES",
    "check_message",
    "check_options_answer",
    "check_rich_text",
    "check_view",
    "view_bytes",
]

_MESSAGE_BLOCKS: Rule = ListOf(block_on(Surface.MESSAGE), min=0, max=50)
_OPTIONS_ANSWER: Rule = Object(
    {},
    {"options": ListOf(SELECT_OPTION, min=0, max=100), "option_groups": ListOf(OPTION_GROUP, min=0, max=100)},
    (exactly_one("options", "option_groups"),),
)


def check_message(blocks: object) -> list[str]:
    """Return Slack's complaints about the `blocks` of a message, `[]` when it would take them.

    An empty array is fine: it takes the blocks off a message in chat.update. Pointers start at `/blocks`.
    """
    problems = list(_MESSAGE_BLOCKS.check(blocks, "/blocks"))
    if not problems and isinstance(blocks, list):
        problems = [
            *check_blocks(blocks, "/blocks"),
            *check_response_url(blocks, "/blocks", in_modal=False),
        ]
    return [str(problem) for problem in problems]


def check_rich_text(block: object) -> list[str]:
    """Return the complaints about a rich_text block by itself, as a rich text input holds one."""
    return [str(problem) for problem in Tagged({"rich_text": RICH_TEXT_BLOCK}).check(block, "/value")]


def check_view(view: object) -> list[str]:
    """Return Slack's complaints about a modal or Home view, `[]` when it would take it.

    Pointers start at `/view`. The size of the whole view is a method's own error: see `view_bytes`.
    """
    return [str(problem) for problem in view_problems(view, "/view")]


def check_options_answer(payload: object) -> list[str]:
    """Return what is wrong with an app's answer to a `block_suggestion`, `[]` when Slack would show it.

    Pointers start at the answer itself (`/options/0/text`). No options at all is a fine answer.
    """
    return [str(problem) for problem in _OPTIONS_ANSWER.check(payload, "")]
