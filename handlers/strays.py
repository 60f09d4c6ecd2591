"""Copies of our messages that no record knows: Slack posted them, but its answer was lost. A click removes them."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from handlers.payloads import Act
from handlers.replying import SLACK_TROUBLE, Asked, trouble_words
from mentoring.messages import Kind
from program import outgoing

log = logging.getLogger(__name__)


def remove(asked: Asked, *kinds: Kind, about: object = None) -> None:
    """Delete the message whose button was pressed if it is a copy.

    Its value is the id of what the message is about; `about` is what else the message may be about.
    Only what a button did tells that its value was ours, so this comes after the act, and not after a refusal.
    """
    if asked.act.in_message and _is_stray(asked, kinds, (asked.act.row_id, about)):
        asked.takes_longer()
        _delete(asked.client, asked.act)


def _is_stray(asked: Asked, kinds: tuple[Kind, ...], about: tuple[object, ...]) -> bool:
    where = asked.act.channel, asked.act.message_ts
    return outgoing.strays(*asked.by, where, kinds, *about)


def _delete(client: WebClient, act: Act) -> None:
    try:
        client.chat_delete(channel=act.channel, ts=act.message_ts)
    except SLACK_TROUBLE as trouble:
        log.warning("a stray copy stays: %s", trouble_words(trouble))
