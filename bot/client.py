"""The client for every call to Slack: it never retries, and opens addresses with what was made once for all calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cache
from ssl import SSLContext, create_default_context
from urllib.request import HTTPSHandler, OpenerDirector, build_opener, install_opener

from slack_sdk import WebClient

from bot.settings import Settings
from bot.true_time import ListeningClient

TIMEOUT_SECONDS = 10
"""So long Slack may take to answer a call."""

START_SECONDS = 4
"""So long it may take while nothing is under way yet: whoever starts the bot reads within ten what keeps it."""


def _nobody_listens(_headers: Mapping[str, str]) -> None:
    """Stand in where nobody wants to know what Slack says beside its answers."""


def slack_client(
    settings: Settings,
    heard: Callable[[Mapping[str, str]], None] = _nobody_listens,
    logger: logging.Logger | None = None,
    timeout: int = TIMEOUT_SECONDS,
) -> WebClient:
    """The client for every call to Slack, with `heard` for the headers of its answers.

    It never retries: the SDK would send a lost message a second time.
    """
    client = ListeningClient(
        heard,
        token=settings.bot_token,
        base_url=settings.api_url,
        timeout=timeout,
        retry_handlers=[],
        ssl=certificates(),
        logger=logger,
    )
    if not client.proxy:
        # With certificates of its own, each call makes all that can open an address anew; this is made once.
        install_opener(_opener())
        client.ssl = None
    return client


@cache
def _opener() -> OpenerDirector:
    return build_opener(HTTPSHandler(context=certificates()))


@cache
def certificates() -> SSLContext:
    """The certificates this machine trusts, read once; without them, Python 3.11 reads them anew for each call."""
    return create_default_context()
