"""Slack's own client, for what tests do with the bot's token beside the bot."""

from __future__ import annotations

from functools import cache
from ssl import SSLContext, create_default_context

from slack_sdk import WebClient

from sandbox import Sandbox
from tests.patience import PATIENCE


def web_client(slack: Sandbox) -> WebClient:
    """A client that never tries again on its own."""
    return WebClient(
        token=slack.bot_token,
        base_url=slack.api_url,
        retry_handlers=[],
        timeout=int(PATIENCE),
        ssl=_certificates(),
    )


@cache
def _certificates() -> SSLContext:
    """Nothing here is encrypted, but without them the SDK reads this machine's again for every socket."""
    return create_default_context()
