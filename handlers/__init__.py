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
    hearing,
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
)
"""What people do, in commands, buttons, forms and searches."""

_EVENTS = (direct, home, events)
"""What Slack reports."""


def register(app: App, services: Services) -> None:
    """Let the app listen to everything that the program has an answer to."""
    errors.register(app, services)
    strangers.register(app, services)
    on = hearing.Hearing(app, services)
    for feature in _FEATURES:
        feature.register(on)
    for reports in _EVENTS:
        reports.register(app, services)
