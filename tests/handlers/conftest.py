"""The workspace in which the listeners are tried."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from sandbox import Sandbox
from storage.database import Database
from tests.handlers.world import Clock, World, app_config


@pytest.fixture(scope="session")
def closing() -> Iterator[Executor]:
    """Closes sockets behind the tests' backs: Slack's client takes a second for it."""
    with ThreadPoolExecutor(4, thread_name_prefix="closing") as executor:
        yield executor


@pytest.fixture
def world(sqlite: Database, closing: Executor) -> Iterator[World]:
    """A workspace with the app installed and connected, and nothing set up."""
    clock = Clock()
    with Sandbox(app_config(), now=clock, rate_clock="off") as slack:
        built = World(slack, sqlite, clock)
        built.start()
        yield built
    built.rests()
    closing.submit(built.stop)


@pytest.fixture
def led(world: World) -> World:
    """The workspace with a program of two leads."""
    world.set_up()
    return world
