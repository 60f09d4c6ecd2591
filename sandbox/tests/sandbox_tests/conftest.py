"""Fixtures: a running sandbox with the Tiny app, and a client for it; and how thorough the random tests are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox_tests.kit import ALL_EVENTS, config, web_client
from sandbox_tests.patience import EFFORT, examples

settings.register_profile(
    "sandbox",
    # The same examples each time in a usual run, new ones where there is time to look at what they find.
    derandomize=EFFORT == 1,
    max_examples=examples(50),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("sandbox")


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace with every scope granted and rate limits off; nobody is connected."""
    with Sandbox(config(events=ALL_EVENTS), rate_clock="off", time_scale=0.001) as running:
        yield running


@pytest.fixture
def client(slack: Sandbox) -> WebClient:
    """A client with the bot token."""
    return web_client(slack)


@pytest.fixture
def ana(slack: Sandbox) -> Person:
    """Somebody; the app was not told of her arrival."""
    return slack.add_person(
        "Ana Example", tz="Europe/Lisbon", email="ana@example.org", title="Engineer", announce=False
    )


@pytest.fixture
def ben(slack: Sandbox) -> Person:
    """Somebody else."""
    return slack.add_person("Ben Example", tz="America/New_York", announce=False)
