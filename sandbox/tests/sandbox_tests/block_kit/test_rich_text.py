"""Rich text: its tree of sub-elements and inline pieces."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.block_kit import check_rich_text
from sandbox_tests.block_kit.build import Json, inline_text, judge, judge_input, rich, rich_section

INLINE: dict[str, Json] = {
    "text": inline_text(
        style={"bold": True, "italic": True, "strike": True, "code": True, "underline": True}
    ),
    "link": {
        "type": "link",
        "url": "https://example.com",
        "text": "",
        "unsafe": False,
        "style": {"bold": True},
    },
    "user": {"type": "user", "user_id": "U1", "style": {"highlight": True}},
    "usergroup": {"type": "usergroup", "usergroup_id": "S1"},
    "channel": {"type": "channel", "channel_id": "C1", "style": {"unlink": True}},
    "team": {"type": "team", "team_id": "T1"},
    "emoji": {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 2},
    "date": {"type": "date", "timestamp": 1720710212, "format": "{date_num}", "fallback": "July 2024"},
    "broadcast": {"type": "broadcast", "range": "here"},
    "color": {"type": "color", "value": "#F405B3"},
}

REQUIRED = {
    "text": "text",
    "link": "url",
    "user": "user_id",
    "usergroup": "usergroup_id",
    "channel": "channel_id",
    "team": "team_id",
    "emoji": "name",
    "date": "timestamp",
    "broadcast": "range",
    "color": "value",
}


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_a_full_tree_is_taken(surface: str) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""
    tree = rich(
        rich_section(*INLINE.values()),
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "border": 0,
            "elements": [rich_section()],
        },
        {"type": "rich_text_preformatted", "elements": [inline_text(), INLINE["link"]], "border": 1},
        {"type": "rich_text_quote", "elements": list(INLINE.values())},
    )
    assert judge(tree, surface) == []


@pytest.mark.parametrize("kind", INLINE)
def test_inline_pieces_need_their_key_and_no_other(kind: str) -> None:
    piece = INLINE[kind]
    bare = {key: value for key, value in piece.items() if key != REQUIRED[kind]}
    assert any("missing required field" in line for line in judge(rich(rich_section(bare))))
    assert any("invalid additional property" in line for line in judge(rich(rich_section(piece | {"x": 1}))))


@pytest.mark.parametrize("kind", ["rich_text_section", "rich_text_preformatted", "rich_text_quote"])
def test_sub_elements_may_be_empty(kind: str) -> None:
    """python-slack-sdk#1576: these four are the exception to "no empty arrays"."""
    assert judge(rich({"type": kind, "elements": []})) == []
    assert judge(rich({"type": "rich_text_list", "style": "bullet", "elements": []})) == []


@pytest.mark.parametrize(
    "wrong",
    [
        inline_text(),
        rich_section(rich_section()),
        rich_section({"type": "mrkdwn", "text": "x"}),
        rich_section(inline_text(style={"big": True})),
        rich_section(inline_text(style={"bold": "yes"})),
        rich_section(inline_text(style={"highlight": True})),
        rich_section({"type": "broadcast", "range": "all"}),
        rich_section(INLINE["link"] | {"unsafe": "no"}),
        rich_section(INLINE["date"] | {"timestamp": "1720710212"}),
        {"type": "rich_text_list", "elements": []},
        {"type": "rich_text_list", "style": "dashes", "elements": []},
        {"type": "rich_text_list", "style": "bullet", "elements": [inline_text()]},
        {"type": "rich_text_preformatted", "elements": [INLINE["user"]]},
        {"type": "rich_text_section"},
        {"type": "rich_text_table", "elements": []},
    ],
)
def test_malformed_trees_are_refused(wrong: Any) -> None:
    """NT RichTextBlock and its elements."""
    assert judge(rich(wrong))


def test_a_rich_text_input_starts_with_a_rich_text_block() -> None:
    """NT RichTextInput."""
    element = {"type": "rich_text_input"}
    assert judge_input(element | {"initial_value": rich(rich_section(inline_text()))}) == []
    assert judge_input(element | {"initial_value": "Text"})
    assert judge_input(element | {"initial_value": rich_section(inline_text())})


def test_table_cells() -> None:
    """NT TableBlock; a null column setting skips a column."""

    def judge_table(*cells: Any, **more: Any) -> list[str]:
        return judge({"type": "table", "rows": [list(cells)], **more})

    raw = {"type": "raw_text", "text": "Cell"}
    number = {"type": "raw_number", "value": 2.5, "text": "2.5"}
    column = {"align": "right", "is_wrapped": True}
    assert judge_table(raw, number, rich(rich_section(inline_text())), column_settings=[None, column]) == []
    assert judge_table(raw | {"text": ""})
    assert judge_table(number | {"value": "2.5"})
    assert judge_table({"type": "plain_text", "text": "Cell"})
    assert judge_table(raw, column_settings=[{"align": "middle"}])


def test_what_a_rich_text_input_holds() -> None:
    assert check_rich_text(rich(rich_section(inline_text("Soup")))) == []
    assert check_rich_text(rich(rich_section(inline_text("")))) != []
    assert check_rich_text({"type": "section"}) == [
        "[ERROR] unsupported type: section [json-pointer:/value/type]"
    ]
