"""The health of a running bot: what is wrong with its parts, and the figures that are read when a monitor asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from slack_sdk import WebClient

from bot.monitoring.vital_signs import VitalSigns
from bot.slack import errors as slack_errors
from bot.slack.errors import FailureKind
from program import vitals
from program.context import Context

TICK_WITHIN: Final = 15 * 60.0
"""Seconds that the longest tick takes, a matching of thousands of people included, and far more."""

COURIER_WITHIN: Final = 120.0
"""Seconds that the longest message takes: a few calls to Slack that all run into their time limit."""

ASK_SLACK_EVERY: Final = 30.0
"""Seconds between two questions to Slack whether it accepts the token."""


def token(client: WebClient) -> str:
    """What is wrong with the bot token, or with the way to Slack."""
    try:
        client.auth_test()
    except slack_errors.CALL_FAILED as problem:
        failure = slack_errors.classify(problem)
        if failure.kind is FailureKind.RATE_LIMITED:
            return ""
        refused = failure.kind in (FailureKind.DEAD_TOKEN, FailureKind.CONFIG)
        return f"Slack {'refuses it' if refused else 'does not answer'} ({failure.error})"
    return ""


def database(ctx: Context) -> str:
    """What keeps the database from being written to."""
    try:
        vitals.write(ctx)
    except Exception as problem:  # noqa: BLE001 - whatever the driver raises, it is what is asked for
        cause = getattr(problem, "cause", None)
        return f"it cannot be written to ({cause.seen if cause is not None else type(problem).__name__})"
    return ""


def figures(ctx: Context, signs: VitalSigns) -> Iterable[tuple[str, dict[str, str], float]]:
    """What `bot.monitoring.metrics` reads when somebody asks; without the database, what is known without it."""
    down = signs.down()
    for name in signs.names:
        yield "up", {"part": name}, float(name not in down)
    if "database" in down:
        return
    found = vitals.look(ctx)
    for state, number in found.messages.items():
        yield "outbox_messages", {"state": state}, number
    for state, seconds in found.oldest.items():
        yield "outbox_oldest_seconds", {"state": state}, seconds
    yield "database_bytes", {}, found.database_bytes
