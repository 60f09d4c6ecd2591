"""The start: with each mode, each database and each right, the bot runs, or it says why and nothing of it is left."""

from __future__ import annotations

import logging
import socket
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from uuid import uuid4

import pytest

from bot import manifest
from bot.delivery.courier import Courier
from bot.settings import Settings
from bot.starting import CannotStart
from bot.wiring import Bot
from sandbox import AppConfig, Sandbox
from storage.database import Database
from tests.bot.broken_databases import PASSWORD, POSTGRESQL, SQLITE, Broken, opened
from tests.patience import PATIENCE
from tests.postgres import PostgresServer

Mode = Literal["socket", "http"]
MODES: tuple[Mode, ...] = ("socket", "http")


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
    assert isinstance(number, int)
    return number


def settings(slack: Sandbox, mode: Mode, url: str, port: int) -> Settings:
    return Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token if mode == "socket" else None,
        signing_secret=slack.signing_secret,
        api_url=slack.api_url,
        database_url=url,
        http_port=port,
    )


def answers(port: int) -> bool:
    """Whether somebody listens for Slack's requests."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE):
            return True
    except URLError:
        return False


def refusal(slack: Sandbox, told: Settings) -> str:
    """Why the bot does not start; nobody listens then, and nothing keeps the process from ending."""
    before = {one for one in threading.enumerate() if not one.daemon}
    why = _why(told)
    assert {one for one in threading.enumerate() if not one.daemon} <= before
    assert not answers(told.http_port)
    assert slack.wait_for(lambda: not slack.connections, PATIENCE) is not None
    for secret in (PASSWORD, slack.bot_token, slack.app_token):
        assert secret not in why
    return why


def _why(told: Settings) -> str:
    try:
        bot = Bot(told)
        bot.start()
    except CannotStart as problem:
        return str(problem)
    bot.stop()
    return pytest.fail("it runs")


@pytest.mark.sampled(16)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", [*SQLITE, *POSTGRESQL], ids=str)
def test_a_database_that_cannot_be_used(
    slack: Sandbox, port: int, mode: Mode, kind: Broken, migrated_file: Path, request: pytest.FixtureRequest
) -> None:
    with opened(kind, migrated_file, request) as (url, words, advice):
        told = refusal(slack, settings(slack, mode, url, port))
    (line,) = told.splitlines()
    assert words in line
    assert advice in line


@pytest.mark.sampled(3)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["new file", "file", "new PostgreSQL", "PostgreSQL"])
def test_a_database_that_can(
    slack: Sandbox,
    port: int,
    mode: Mode,
    kind: str,
    sqlite_copy: Path,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if kind == "file":
        url, where = f"sqlite:///{sqlite_copy}", f"database {sqlite_copy}."
    elif kind == "new file":
        new = sqlite_copy.with_name("new.db")
        url, where = f"sqlite:///{new}", f"database {new} (new and empty)."
    elif kind == "PostgreSQL":
        migrated = request.getfixturevalue("postgresql")
        assert isinstance(migrated, Database)
        url, where = migrated.url.render_as_string(hide_password=False), " on PostgreSQL at "
    else:
        server = request.getfixturevalue("postgres")
        assert isinstance(server, PostgresServer)
        url, where = server.create_database(f"new_{uuid4().hex}"), " on PostgreSQL at "
    with caplog.at_level(logging.INFO, "bot"):
        bot = Bot(settings(slack, mode, url, port))
        bot.start()
    try:
        assert answers(port) == (mode == "http")
        if mode == "socket":
            slack.wait_for_connection(PATIENCE)
    finally:
        bot.stop()
    last = [one.message for one in caplog.records if "is running" in one.message][-1]
    assert where in last
    assert f"({slack.team_id})" in last
    assert last.endswith("Next, a workspace admin types /reverse-mentor setup in Slack.")
    assert (f"port {port}, at /slack/events" in last) == (mode == "http")
    assert not answers(port)


@pytest.mark.parametrize("mode", MODES)
def test_slack_and_the_database_are_both_looked_at(
    slack: Sandbox, port: int, mode: Mode, tmp_path: Path
) -> None:
    told = settings(slack, mode, f"sqlite:///{tmp_path / 'gone' / 'mentor.db'}", port)
    lines = refusal(slack, replace(told, bot_token="xoxb-somebody-elses")).splitlines()
    assert lines[0].split(" (")[0] == "Slack did not accept the bot"
    assert lines[1].startswith(f"There is no folder {tmp_path / 'gone'} for the database mentor.db.")
    assert len(lines) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_slack_that_is_in_trouble_is_told_once(slack: Sandbox, port: int, tmp_path: Path) -> None:
    told = settings(slack, "socket", f"sqlite:///{tmp_path / 'mentor.db'}", port)
    for method in ("auth.test", "apps.connections.open"):
        slack.faults.http_error(method, status=503)
    try:
        (line,) = refusal(slack, told).splitlines()
    finally:
        slack.faults.clear()
    assert "is in trouble (http_503)" in line


def test_a_port_of_no_address(slack: Sandbox, port: int, tmp_path: Path) -> None:
    told = settings(slack, "http", f"sqlite:///{tmp_path / 'mentor.db'}", port)
    (line,) = refusal(slack, replace(told, http_host="no-such-host.invalid")).splitlines()
    assert line.startswith(f"Cannot listen on no-such-host.invalid, port {port} (there is no such address).")


def test_all_three_are_wrong(slack: Sandbox, port: int, tmp_path: Path) -> None:
    told = settings(slack, "socket", f"sqlite:///{tmp_path / 'gone' / 'mentor.db'}", port)
    lines = refusal(slack, replace(told, bot_token="xoxb-canary", app_token="xapp-canary")).splitlines()
    assert ["SLACK_BOT_TOKEN" in lines[0], "no folder" in lines[1], "SLACK_APP_TOKEN" in lines[2]] == [
        True
    ] * 3
    assert "SLACK_BOT_TOKEN" not in lines[2]


@pytest.mark.parametrize("mode", MODES)
def test_what_fails_after_listening_undoes_it(
    slack: Sandbox, port: int, mode: Mode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_courier: Courier) -> None:
        assert answers(port) == (mode == "http")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Courier, "start", fails)
    told = settings(slack, mode, f"sqlite:///{tmp_path / 'mentor.db'}", port)
    assert "No space left on device" in refusal(slack, told)
    assert not list(tmp_path.glob("*.lock"))


@pytest.mark.parametrize("which", ["same", "named"])
def test_the_workspace_that_the_operator_names(
    slack: Sandbox, port: int, migrated_file: Path, request: pytest.FixtureRequest, which: str
) -> None:
    """A database that holds the program of another workspace serves this one too when that is meant."""
    (kind,) = (one for one in SQLITE if one.name == "another workspace")
    with opened(kind, migrated_file, request) as (url, _, _):
        told = replace(settings(slack, "socket", url, port), workspace=slack.team_id)
        if which == "named":
            assert "Correct one of them" in refusal(slack, replace(told, workspace="T0SOMEWHERE"))
        else:
            bot = Bot(told)
            bot.start()
            bot.stop()
