"""The workspace in which the listeners are tried."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from sandbox import Sandbox
from storage.database import Database
from tests.handlers.world import MONDAY, World, app_config
from tests.harness import Clock


@pytest.fixture(scope="session")
def closing() -> Iterator[Executor]:
    """Closes sockets behind the tests' backs: Slack's client takes a second for it."""
    with ThreadPoolExecutor(4, thread_name_prefix="closing") as executor:
        yield executor


@pytest.fixture
def world(sqlite: Database, closing: Executor) -> Iterator[World]:
    """A workspace with the app installed and connected, and nothing set up."""
    clock = Clock(MONDAY)
    with Sandbox(app_config(), now=clock, rate_clock="off") as slack:
        built = World(slack, sqlite, clock)
        built.opens()
        yield built
    built.rests()
    closing.submit(built.closes)


@pytest.fixture
def led(world: World) -> World:
    """The workspace with a program of two leads."""
    world.sets_up()
    return world
