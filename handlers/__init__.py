"""Slack to the program: listeners that parse, call one use case and answer, and the views they show."""

from __future__ import annotations

from slack_bolt import App

from handlers import (
    approvals,
    approving,
    ask_first,
    calls,
    checkins,
    command,
    delivery_answers,
    digest,
    direct,
    errors,
    events,
    guides,
    home,
    hr,
    inviting,
    matching,
    meeting,
    members,
    pairing,
    parting,
    planning,
    preparation,
    profile,
    quiet,
    readiness,
    rehearsing,
    review,
    rules,
    setup,
    standing,
    strangers,
    unmatched,
    vocabulary,
)
from handlers.services import Directory, Services

__all__ = ["Directory", "Services", "register"]

_FEATURES = (
    errors,
    strangers,
    command,
    profile,
    preparation,
    setup,
    rules,
    readiness,
    approvals,
    approving,
    standing,
    review,
    matching,
    ask_first,
    inviting,
    rehearsing,
    pairing,
    parting,
    vocabulary,
    hr,
    checkins,
    meeting,
    guides,
    planning,
    quiet,
    members,
    delivery_answers,
    calls,
    digest,
    unmatched,
    direct,
    home,
    events,
)


def register(app: App, services: Services) -> None:
    """Let the app listen to everything that the program has an answer to."""
    for feature in _FEATURES:
        feature.register(app, services)
