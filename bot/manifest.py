"""The app's manifest as data: what it asks of Slack, for `doctor` and for the tests that keep it true."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

PATH: Final = Path(__file__).resolve().parent.parent / "manifest.yml"
"""Beside the packages, in a checkout as well as in the wheel."""


@cache
def load() -> Mapping[str, Any]:
    """The manifest, as Slack's manifest schema describes it. Do not change what it returns."""
    data: Mapping[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
    return data


def required_scopes() -> frozenset[str]:
    """The scopes the bot token must have."""
    return frozenset(load()["oauth_config"]["scopes"]["bot"]) - optional_scopes()


def optional_scopes() -> frozenset[str]:
    """The scopes that whoever installs the app may leave out; Slack wants them among the others too."""
    return frozenset(load()["oauth_config"]["scopes"]["bot_optional"])


def subscribed_events() -> frozenset[str]:
    """The events Slack sends; each needs a listener, or Slack counts its delivery as failed."""
    return frozenset(load()["settings"]["event_subscriptions"]["bot_events"])


def commands() -> frozenset[str]:
    """The slash commands Slack offers people."""
    return frozenset(command["command"] for command in load()["features"]["slash_commands"])
