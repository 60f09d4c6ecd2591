"""The error lines that users of the real API have reported, word for word and pointer for pointer."""

from __future__ import annotations

import pytest

from sandbox.block_kit import check_message, check_view
from sandbox_tests.block_kit.build import (
    Json,
    actions,
    button,
    home,
    image,
    input_block,
    judge,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    select,
)

NO_SCHEMA = "failed to match all allowed schemas"


def line(text: str, pointer: str) -> str:
    return f"[ERROR] {text} [json-pointer:{pointer}]"


SEEN_IN_MESSAGES: dict[str, tuple[Json, list[str]]] = {
    "node-slack-sdk WebClient.test.ts": (
        {"type": "sections", "text": plain()},
        [line("unsupported type: sections", "/blocks/0/type")],
    ),
    "yonicd/slackreprex#3": (
        section(text=mrkdwn("x" * 3001)),
        [
            line(NO_SCHEMA, "/blocks/0/text"),
            line("must be less than 3001 characters", "/blocks/0/text/text"),
        ],
    ),
    "mozilla-iam/sso-dashboard-configuration#718": (
        section(fields=[mrkdwn(), mrkdwn("")]),
        [
            line(NO_SCHEMA, "/blocks/0/fields/1"),
            line("must be more than 0 characters", "/blocks/0/fields/1/text"),
        ],
    ),
    "java-slack-sdk#853": (
        {"type": "section", "text": mrkdwn(), "block_id": None, "accessory": None, "fields": None},
        [
            line("must provide an array", "/blocks/0/fields"),
            line("must provide an object", "/blocks/0/accessory"),
            line("must provide a string", "/blocks/0/block_id"),
        ],
    ),
    "bolt-js#1891": (
        actions(button(disabled=True)),
        [line("invalid additional property: disabled", "/blocks/0/elements/0")],
    ),
    "a public bug report of 2026 about repeated ids": (
        actions(button(action_id="choose"), button(action_id="choose")),
        [line('`action_id` "choose" already exists', "/blocks/0/elements/1/action_id")],
    ),
    "the blocks.validate reference": (
        section(text={"type": "invalid", "text": "Hello"}),
        [line(NO_SCHEMA, "/blocks/0/text"), line("unsupported type: invalid", "/blocks/0/text/type")],
    ),
}

SEEN_IN_VIEWS: dict[str, tuple[Json, list[str]]] = {
    "node-slack-sdk#875": (
        {"type": "modal", "title": plain(), "blocks": [input_block()]},
        [line("must define `submit` to use `input` block", "/view/blocks/0/input")],
    ),
    "rtCamp/frappe-slack-connector#54": (
        modal(section(), section(), input_block(select(options=[option(text=plain("x" * 76))]))),
        [
            line(NO_SCHEMA, "/view"),
            line(NO_SCHEMA, "/view/blocks/2/element/options/0/text"),
            line("must be less than 76 characters", "/view/blocks/2/element/options/0/text/text"),
        ],
    ),
    "grafana-cold-storage/oncall#210": (
        modal(*[section()] * 101),
        [line(NO_SCHEMA, "/view"), line("no more than 100 items allowed", "/view/blocks")],
    ),
    "nicklambourne/slackblocks#36": (
        modal(section(), submit_disabled=True),
        [line(NO_SCHEMA, "/view"), line("invalid additional property: submit_disabled", "/view")],
    ),
    "crownheightsaid/mutual-aid-app#53": (
        modal(input_block({"type": "checkboxes", "options": options(11)})),
        [line(NO_SCHEMA, "/view"), line("no more than 10 items allowed", "/view/blocks/0/element/options")],
    ),
    "java-slack-sdk#302": (
        {"type": "modal"},
        [
            line(NO_SCHEMA, "/view"),
            line("missing required field: title", "/view"),
            line("missing required field: blocks", "/view"),
        ],
    ),
    "java-slack-sdk#684": (
        plain(),
        [line(NO_SCHEMA, "/view"), line("unsupported type: plain_text", "/view/type")],
    ),
    "a public bug report about a null submit": (
        modal(section(), submit=None),
        [
            line(NO_SCHEMA, "/view"),
            line(NO_SCHEMA, "/view/submit"),
            line("must provide an object", "/view/submit"),
        ],
    ),
    "a public bug report about a null initial_option": (
        home(section(accessory=select(initial_option=None))),
        [line(NO_SCHEMA, "/view"), line("must provide an object", "/view/blocks/0/accessory/initial_option")],
    ),
    "a public bug report about an image without its parts": (
        home(section(accessory={"type": "image", "image_url": "https://example.com/a.png"})),
        [line(NO_SCHEMA, "/view"), line("missing required field: alt_text", "/view/blocks/0/accessory")],
    ),
}


@pytest.mark.parametrize("source", SEEN_IN_MESSAGES)
def test_messages_are_refused_in_the_words_of_slack(source: str) -> None:
    block, expected = SEEN_IN_MESSAGES[source]
    assert sorted(judge(block)) == sorted(expected)


@pytest.mark.parametrize("source", SEEN_IN_VIEWS)
def test_views_are_refused_in_the_words_of_slack(source: str) -> None:
    view, expected = SEEN_IN_VIEWS[source]
    assert check_view(view) == expected


def test_the_line_about_schemas_comes_before_what_it_announces() -> None:
    assert check_message([section(text=mrkdwn(""))]) == [
        line(NO_SCHEMA, "/blocks/0/text"),
        line("must be more than 0 characters", "/blocks/0/text/text"),
    ]


def test_every_problem_is_reported_at_once() -> None:
    complaints = check_message(
        [{"type": "header", "text": plain("")}, image(alt_text=""), {"type": "nothing"}]
    )
    assert complaints == [
        line("must be more than 0 characters", "/blocks/0/text/text"),
        line("must be more than 0 characters", "/blocks/1/alt_text"),
        line("unsupported type: nothing", "/blocks/2/type"),
    ]
