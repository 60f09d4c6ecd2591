"""Composition objects: options and their groups, confirmation dialogs, filters, image sources, workflows.

Limits: https://docs.slack.dev/reference/block-kit/composition-objects and the types of
slackapi/node-slack-sdk (packages/types/src/block-kit/composition-objects.ts).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    at_least_one,
    exactly_one,
)
from sandbox.block_kit.text import any_text, option_text, plain_text

URL = String(max=3000)
STYLE = Choice(("primary", "danger"))


def _option(text: Rule, **more: Rule) -> Object:
    return Object({"text": text, "value": String(max=150)}, {"description": plain_text(75), **more})


SELECT_OPTION = _option(option_text(75))
"""An option of a select: plain text; the value may have 150 characters (75 in the older node types)."""

CHECK_OPTION = _option(any_text(75))
"""An option of checkboxes and radio buttons, whose text (not description) may be `mrkdwn`."""

OVERFLOW_OPTION = _option(option_text(75), url=URL)
"""Only overflow menus take a link per option."""

OPTION_GROUP = Object({"label": plain_text(75), "options": ListOf(SELECT_OPTION, max=100)})

CONFIRM = Object(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": STYLE},
)

DISPATCH_ACTION_CONFIG = Object(
    {"trigger_actions_on": ListOf(Choice(("on_enter_pressed", "on_character_entered")))},
)

CONVERSATION_FILTER = Object(
    {},
    {
        "include": ListOf(Choice(("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    (at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

SLACK_FILE = Object({}, {"id": String(), "url": URL}, (exactly_one("id", "url"),))

IMAGE_FIELDS: dict[str, Rule] = {"image_url": URL, "slack_file": SLACK_FILE}
IMAGE_SOURCE = exactly_one("image_url", "slack_file")
ALT_TEXT = String(max=2000)

WORKFLOW = Object(
    {
        "trigger": Object(
            {"url": URL},
            {"customizable_input_parameters": ListOf(Object({"name": String(), "value": String(min=0)}))},
        ),
    },
)


def offered_options(value: Json) -> list[Any]:
    """Return every option a select, checkbox or radio element offers, grouped or not."""
    groups = value.get("option_groups", [])
    return [*value.get("options", []), *(option for group in groups for option in group["options"])]


def initial_is_offered(key: str) -> Relation:
    """Return the relation "what is chosen at first equals one of the offered options, in every field"."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        if key not in value:
            return
        offered = offered_options(value)
        chosen = value[key] if isinstance(value[key], list) else [value[key]]
        if any(option not in offered for option in chosen):
            yield Problem(f"`{key}` must match one of the options", f"{at}/{key}")

    return check
