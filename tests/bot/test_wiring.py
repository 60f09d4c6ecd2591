"""Putting the bot together, and what it says when that is not possible."""

from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import manifest
from bot.client import TIMEOUT_SECONDS, slack_client
from bot.settings import Settings
from bot.starting import CannotStart
from bot.wiring import Bot
from sandbox import AppConfig, Sandbox
from tests.patience import PATIENCE

PASSWORD = "hunter2-in-the-address"


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


@pytest.fixture
def settings(slack: Sandbox, tmp_path: Path) -> Settings:
    """Settings with which the bot can start."""
    return Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        api_url=slack.api_url,
        database_url=f"sqlite:///{tmp_path / 'bot.db'}",
    )


def refusal(settings: Settings) -> str:
    """Why the bot cannot start; nothing of it may go on running then."""
    threads = set(threading.enumerate())
    with pytest.raises(CannotStart) as stopped:
        Bot(settings).start()
    assert {one for one in threading.enumerate() if one not in threads and not one.daemon} == set()
    return str(stopped.value)


def test_no_call_to_slack_is_repeated_by_the_sdk(settings: Settings) -> None:
    client = slack_client(settings)
    assert client.retry_handlers == []
    assert client.timeout == TIMEOUT_SECONDS
    assert client.base_url == settings.api_url


def test_it_starts_listens_and_stops(slack: Sandbox, settings: Settings) -> None:
    bot = Bot(settings)
    bot.start()
    slack.wait_for_connection()
    ana = slack.add_person("Ana")
    assert "There is no mentoring program here yet" in ana.types("/reverse-mentor").full_text
    bot.stop()
    assert {"courier", "tick-watchdog"} & {thread.name for thread in threading.enumerate()} == set()
    assert bot.app.client.retry_handlers == []


def test_it_serves_slack_over_http_where_there_is_no_app_token(settings: Settings) -> None:
    bot = Bot(replace(settings, app_token=None, signing_secret="a-secret", http_port=0))
    bot.start()
    assert bot._server is not None
    host, port = bot._server.address
    with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=PATIENCE) as answer:
        assert answer.status == 200
    bot.stop()


def test_a_wrong_bot_token(settings: Settings) -> None:
    told = refusal(replace(settings, bot_token="xoxb-somebody-elses"))
    assert told.startswith("Slack did not accept the bot (invalid_auth). Check SLACK_BOT_TOKEN.")


def test_a_wrong_app_token(settings: Settings) -> None:
    told = refusal(replace(settings, app_token="xapp-somebody-elses"))
    assert told.startswith("Slack did not open a connection (invalid_auth). Check SLACK_APP_TOKEN")


def test_slack_out_of_reach(settings: Settings) -> None:
    told = refusal(replace(settings, api_url="http://127.0.0.1:1/api/"))
    assert "connection_refused" in told
    assert "Check that this machine reaches Slack" in told


def test_slack_in_trouble(slack: Sandbox, settings: Settings) -> None:
    slack.faults.http_error("auth.test", status=503)
    assert "http_503" in refusal(settings)
    slack.faults.http_error("apps.connections.open", status=503)
    assert "http_503" in refusal(settings)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://bot:{PASSWORD}@127.0.0.1:1/mentoring?connect_timeout=2",
        "sqlite:////proc/no/such/place.db",
    ],
)
def test_a_database_that_cannot_be_used(settings: Settings, url: str) -> None:
    told = refusal(replace(settings, database_url=url))
    assert "DATABASE_URL" in told
    assert PASSWORD not in told


def test_a_damaged_database(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"This is a shopping list, not a database." * 100)
    assert refusal(settings).startswith(f"{tmp_path / 'bot.db'} is no SQLite database.")


@pytest.mark.parametrize("how", ["late pages", "cut off", "schema"])
def test_a_file_that_is_damaged_further_on(
    slack: Sandbox, settings: Settings, sqlite_copy: Path, how: str
) -> None:
    contents = bytearray(sqlite_copy.read_bytes())
    if how == "cut off":
        contents = contents[: len(contents) // 2]
    else:
        first = 4096 * 20 if how == "late pages" else 100
        contents[first : first + 4096] = b"\xff" * 4096
    sqlite_copy.write_bytes(contents)
    told = refusal(replace(settings, database_url=f"sqlite:///{sqlite_copy}"))
    assert told.startswith(f"The database {sqlite_copy} is damaged (")
    assert "put your latest backup in the place of" in told
    assert "\n" not in told
    assert not slack.connections


def test_a_port_that_is_taken(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = refusal(replace(settings, app_token=None, signing_secret="a-secret", http_port=port))
    assert (
        told == f"Cannot listen on 127.0.0.1, port {port} (Address already in use). "
        "Choose another with HTTP_HOST and HTTP_PORT."
    )
