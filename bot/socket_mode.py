"""Closing the WebSocket to Slack in the middle of whatever is on its way."""

from __future__ import annotations

import logging
from pathlib import Path

import slack_sdk.socket_mode
from slack_bolt.adapter.socket_mode import SocketModeHandler

_SDK = str(Path(slack_sdk.socket_mode.__file__).parent)


def close(handler: SocketModeHandler) -> None:
    """Close the connection, without the SDK's tracebacks about requests that this breaks off.

    Slack sends these again. Every message that the bot posts comes back as an event, so at a stop there is often one on
    its way.
    """
    logger = handler.client.logger
    logger.addFilter(_is_news)
    try:
        handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    finally:
        logger.removeFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return record.levelno < logging.WARNING or not record.pathname.startswith(_SDK)
