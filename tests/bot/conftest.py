"""What the tests of the process may use."""

from __future__ import annotations

import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.keeping import schema
from tests.bot.post_office import PostOffice, open_post_office
from tests.postgres import PostgresNotFoundError, start_postgres


@pytest.fixture
def office(sqlite: Database) -> Iterator[PostOffice]:
    """A program that has been set up, with nothing to deliver yet."""
    with open_post_office(sqlite) as opened:
        opened.sets_up()
        yield opened


@pytest.fixture
def database_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the commands of this process look for a program; nothing is there yet."""
    path = tmp_path / "mentor.db"
    for name, value in {
        "DATABASE_URL": f"sqlite:///{path}",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
    }.items():
        monkeypatch.setenv(name, value)
    return path


@pytest.fixture(scope="session")
def standby_url() -> Iterator[str]:
    """Give the address of a database with all tables, on a server that takes itself for a standby."""
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-standby-") as folder:
        try:
            server = start_postgres(Path(folder))
        except PostgresNotFoundError as absent:
            pytest.skip(str(absent))
        try:
            url = server.create_database("followed")
            database = Database(url)
            schema.upgrade(database)
            database.close()
            server.stop()
            (Path(folder) / "data" / "standby.signal").touch(mode=0o644)
            server.start()
            yield url
        finally:
            server.stop()


@pytest.fixture(autouse=True)
def logging_put_back() -> Iterator[None]:
    """Leave the process's logging as it was: a command sends it to where its test reads it, which is closed then."""
    root = logging.getLogger()
    loggers = [root, logging.getLogger("slack_bolt"), logging.getLogger("slack_sdk")]
    hooks, handlers, levels = (
        (sys.excepthook, threading.excepthook),
        root.handlers[:],
        [x.level for x in loggers],
    )
    yield
    logging.captureWarnings(False)
    sys.excepthook, threading.excepthook = hooks
    root.handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
