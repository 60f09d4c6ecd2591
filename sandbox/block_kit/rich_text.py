"""Rich text: the block's four kinds of sub-element and the inline pieces they are made of.

Kinds and keys: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and the types of
slackapi/node-slack-sdk. The sub-elements may be empty (python-slack-sdk#1576); the block may not.
"""

from __future__ import annotations

from sandbox.block_kit.engine import Choice, Flag, Integer, ListOf, Object, Rule, String, Tagged, typed

_MARKS: dict[str, Rule] = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), Flag())
_MENTION_MARKS: dict[str, Rule] = dict.fromkeys(("highlight", "client_highlight", "unlink"), Flag())
_STYLE = Object({}, _MARKS)
_MENTION_STYLE = Object({}, _MARKS | _MENTION_MARKS)


def _inline(style: Rule = _STYLE, required: dict[str, Rule] | None = None, **optional: Rule) -> Object:
    return typed(required, {**optional, "style": style})


_TEXT = _inline(required={"text": String()})
_LINK = _inline(required={"url": String()}, text=String(min=0), unsafe=Flag())

_INLINE = Tagged(
    {
        "text": _TEXT,
        "link": _LINK,
        "user": _inline(_MENTION_STYLE, {"user_id": String()}),
        "usergroup": _inline(_MENTION_STYLE, {"usergroup_id": String()}),
        "channel": _inline(_MENTION_STYLE, {"channel_id": String()}),
        "team": _inline(required={"team_id": String()}),
        "emoji": _inline(required={"name": String()}, unicode=String(), skin_tone=Integer(min=1)),
        "date": _inline(
            required={"timestamp": Integer(min=0), "format": String()},
            url=String(),
            fallback=String(),
        ),
        "broadcast": _inline(required={"range": Choice(("here", "channel", "everyone"))}),
        "color": _inline(required={"value": String()}),
    }
)

_BORDER = Integer(min=0, max=1)
_SECTION = typed({"elements": ListOf(_INLINE, min=0)})

_SUB_ELEMENTS = Tagged(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": typed(
            {
                "style": Choice(("bullet", "ordered")),
                "elements": ListOf(Tagged({"rich_text_section": _SECTION}), min=0),
            },
            {"indent": Integer(min=0, max=8), "offset": Integer(min=0), "border": _BORDER},
        ),
        "rich_text_preformatted": typed(
            {"elements": ListOf(Tagged({"text": _TEXT, "link": _LINK}), min=0)},
            {"border": _BORDER},
        ),
        "rich_text_quote": typed({"elements": ListOf(_INLINE, min=0)}, {"border": _BORDER}),
    }
)

RICH_TEXT_BLOCK = typed({"elements": ListOf(_SUB_ELEMENTS)}, {"block_id": String(max=255)})
"""A whole rich_text block, also used as a table cell and as the initial value of a rich text input."""
