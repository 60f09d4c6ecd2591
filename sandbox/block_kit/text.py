"""Text objects: `plain_text` with its emoji switch and `mrkdwn` with its verbatim switch.

Limits: https://docs.slack.dev/reference/block-kit/composition-objects/text-object (1 to 3000 characters,
counted here as code points; each place that holds a text object may be tighter).
"""

from __future__ import annotations

from sandbox.block_kit.engine import AnyOf, Flag, Object, Rule, String, Tagged, typed

TEXT_OBJECT_MAX = 3000


def _plain(limit: int) -> Object:
    return typed({"text": String(max=limit)}, {"emoji": Flag()})


def _mrkdwn(limit: int) -> Object:
    return typed({"text": String(max=limit)}, {"verbatim": Flag()})


def plain_text(limit: int = TEXT_OBJECT_MAX) -> Rule:
    """Return the rule of a place that takes `plain_text` alone, of 1 to `limit` characters."""
    return Tagged({"plain_text": _plain(limit)})


def text_kinds(limit: int = TEXT_OBJECT_MAX) -> dict[str, Rule]:
    """Return both kinds of text object by type, for places that hold other things besides."""
    return {"plain_text": _plain(limit), "mrkdwn": _mrkdwn(limit)}


def any_text(limit: int = TEXT_OBJECT_MAX) -> Rule:
    """Return the rule of a place that takes `plain_text` or `mrkdwn`, of 1 to `limit` characters."""
    return AnyOf(Tagged(text_kinds(limit)))


def option_text(limit: int) -> Rule:
    """Return the rule of an option's `plain_text`, which Slack reports as a failed choice of schemas.

    Seen in rtCamp/frappe-slack-connector#54 for a select, though selects take no `mrkdwn`.
    """
    return AnyOf(plain_text(limit))
