"""A server of PostgreSQL is stopped under a running bot: a few lines of the log tell of it, and all works again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import manifest
from sandbox import AppConfig, Sandbox
from tests.bot.process import BotProcess
from tests.patience import soon
from tests.postgres import PostgresServer, start_postgres

SHORTENED = """
import sys
from bot.monitoring import outage_lines
outage_lines.EVERY, outage_lines.QUIET = 2.0, 0.5
from bot.__main__ import main
sys.exit(main())
"""
"""A bot whose minutes are shorter."""

DOWN, STILL, BACK = (
    "The database does not answer (",
    "The database has not answered for ",
    "is back again, after",
)


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of one's own, which nobody else waits for."""
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-outage-") as folder:
        started = start_postgres(Path(folder))
        yield started
        started.stop()


@pytest.mark.slow
def test_an_outage_is_told_in_a_few_lines(slack: Sandbox, tmp_path: Path, server: PostgresServer) -> None:
    bot = BotProcess(
        slack,
        tmp_path,
        DATABASE_URL=server.create_database("mentoring"),
        REVERSE_MENTOR_TICK_SECONDS="0.1",
    )
    bot.begins("-c", SHORTENED)
    soon(lambda: "is running" in bot.log)
    before = len(bot.log.splitlines())
    ada = slack.add_person("Ada", admin=True)
    server.stop()
    soon(lambda: DOWN in bot.log)
    assert "my database does not answer right now" in ada.types("/reverse-mentor status").text
    soon(lambda: STILL in bot.log)
    server.start()
    soon(lambda: BACK in bot.log)
    assert "no mentoring program here yet" in soon(lambda: ada.types("/reverse-mentor").full_text)
    told = bot.log.splitlines()[before:]
    (first, *_), back = [line for line in told if DOWN in line], [line for line in told if BACK in line]
    assert told.index(first) < told.index(back[0])
    assert len([line for line in told if DOWN in line]) == len(back)
    # Ten ticks a second, the delivery and a person have met it meanwhile.
    assert len([line for line in told if " WARNING " in line or " ERROR " in line]) < 12
    assert "Traceback" not in bot.log
    assert bot.is_stopped() == 0
