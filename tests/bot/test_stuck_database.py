"""A database that somebody holds locked: whoever acts meanwhile reads a sentence in time, and the log says why."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal
from uuid import uuid4

import psycopg
import pytest

from bot.settings import Settings
from bot.true_time import LEAP
from bot.wiring import Bot, Clocks
from sandbox import Person, Sandbox
from tests import any_day
from tests.bot.test_answered_in_time import CONFIG, delivers_to
from tests.patience import PATIENCE, soon
from tests.postgres import PORT, PostgresServer

WORDS = "I could not do that, because my database does not answer right now."


@dataclass
class Place:
    """A workspace with the bot in it, on PostgreSQL."""

    server: PostgresServer
    database: str
    ada: Person

    @contextmanager
    def locked(self, statement: str) -> Iterator[None]:
        with psycopg.connect(
            host=str(self.server.folder), port=PORT, user="postgres", dbname=self.database
        ) as other:
            other.execute(statement)
            yield
            other.rollback()


@pytest.fixture(params=["socket", "http"])
def place(request: pytest.FixtureRequest, postgres: PostgresServer) -> Iterator[Place]:
    mode: Literal["socket", "http"] = request.param
    name = f"stuck_{uuid4().hex}"
    with Sandbox(replace(CONFIG, socket_mode=mode == "socket"), rate_clock="off") as slack:
        # It has been up for a while, so that HTTP mode need not look up what it let in; and no clock leaps.
        behind = [LEAP / 2, timedelta()]
        bot = Bot(
            Settings(
                bot_token=slack.bot_token,
                app_token=slack.app_token if mode == "socket" else None,
                signing_secret=None if mode == "socket" else slack.signing_secret,
                api_url=slack.api_url,
                database_url=postgres.create_database(name),
                http_port=0,
            ),
            Clocks(lambda: any_day.now() - behind[0]),
        )
        bot.start()
        del behind[0]
        try:
            if bot._server is None:
                slack.wait_for_connection(PATIENCE)
            else:
                delivers_to(slack, bot._server.address)
            yield Place(postgres, name, slack.add_person("Ada", admin=True))
        finally:
            bot.stop()


@pytest.mark.slow
def test_a_table_that_is_locked(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), place.locked("LOCK TABLE people, programs IN ACCESS EXCLUSIVE MODE"):
        answer = place.ada.types("/reverse-mentor status").text
    assert answer.startswith(WORDS)
    assert "/reverse-mentor status" in answer
    assert "no listener" not in caplog.text
    assert "came to nothing: the database did not answer in time" in caplog.text
    assert "no mentoring program here yet" in soon(lambda: place.ada.types("/reverse-mentor").full_text)
