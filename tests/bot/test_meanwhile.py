"""What is begun while the bot is still being loaded: a line that lets acts wait for it, and a look through the file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.errors import SlackApiError

from bot import meanwhile
from bot.meanwhile import AppToCome, Meanwhile
from bot.settings import Settings
from sandbox import Sandbox
from storage.opening import damage, files
from storage.opening.single import SingleBot
from tests.bot.ear import Ear, workspace
from tests.patience import PATIENCE, soon


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with workspace() as started:
        yield started


@pytest.fixture
def settings(slack: Sandbox, sqlite_copy: Path) -> Settings:
    """With a database that nothing else in this process has open, as at a start: see `storage.opening.single`."""
    return Settings(
        slack.bot_token, slack.app_token, api_url=slack.api_url, database_url=f"sqlite:///{sqlite_copy}"
    )


def app(slack: Sandbox) -> App:
    return Ear(slack).app


@contextmanager
def opened(slack: Sandbox, settings: Settings) -> Iterator[Meanwhile]:
    """With a line that is open."""
    with Meanwhile(settings) as begun:
        slack.wait_for_connection()
        yield begun


@pytest.fixture
def arrived(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once an act has reached the place of the app."""
    there = threading.Event()
    dispatch = AppToCome.dispatch

    def told(self: AppToCome, req: BoltRequest) -> BoltResponse:
        there.set()
        return dispatch(self, req)

    monkeypatch.setattr(AppToCome, "dispatch", told)
    return there


def test_an_act_waits_for_the_app(slack: Sandbox, settings: Settings, arrived: threading.Event) -> None:
    person = slack.add_person("Ana Example", announce=False)
    with ThreadPoolExecutor() as pool:
        with opened(slack, settings) as begun:
            reply = pool.submit(person.types, "/tiny hello")
            soon(arrived.is_set)
            assert not reply.done()
            line = begun.line(app(slack))
        assert line is not None
        assert reply.result().text == "5 characters"
        assert line.is_connected  # whoever took it over has it for good
        line.close()


def test_where_the_app_never_comes_nobody_is_kept_waiting(arrived: threading.Event) -> None:
    to_come = AppToCome()
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(to_come.dispatch, BoltRequest(body={}, mode="socket_mode"))
        soon(arrived.is_set)
        to_come.never_comes()
        assert answer.result(PATIENCE).status != 200


def test_what_waits_in_vain_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanwhile, "WAITS_FOR_THE_APP", 0.001)
    assert AppToCome().dispatch(BoltRequest(body={}, mode="socket_mode")).status != 200


def test_a_line_that_nobody_takes_over_is_closed(slack: Sandbox, settings: Settings) -> None:
    with opened(slack, settings):
        pass
    soon(lambda: not slack.connections)


def test_what_keeps_the_line_shut_is_told_to_who_takes_it(slack: Sandbox, settings: Settings) -> None:
    slack.faults.error("apps.connections.open", "invalid_auth")
    with Meanwhile(settings) as begun, pytest.raises(SlackApiError):
        begun.line(app(slack))


@pytest.mark.parametrize("other", ["new", "elsewhere", "of a server", "of a URI", "over HTTP"])
def test_there_is_a_line_only_where_a_start_is_as_usual(
    slack: Sandbox, settings: Settings, tmp_path: Path, other: str
) -> None:
    url = settings.database_url
    settings = {
        "new": replace(settings, database_url=f"sqlite:///{tmp_path / 'new.db'}"),
        "elsewhere": replace(settings, database_url=f"sqlite:///{tmp_path / 'no' / 'folder.db'}"),
        "of a server": replace(settings, database_url="postgresql+psycopg://bot@db/mentoring"),
        "of a URI": replace(settings, database_url=f"{url}?timeout=3"),
        "over HTTP": replace(settings, app_token=None),
    }[other]
    with Meanwhile(settings) as begun:
        assert begun.line(app(slack)) is None
    assert not slack.connections
    assert not list(tmp_path.glob("*.lock"))


def test_acts_go_to_the_bot_that_is_at_work(slack: Sandbox, settings: Settings, sqlite_copy: Path) -> None:
    at_work = SingleBot(sqlite_copy)
    at_work.works()
    with Meanwhile(settings) as begun:
        assert begun.line(app(slack)) is None
    at_work.release()


def test_the_lock_is_given_back(slack: Sandbox, settings: Settings, sqlite_copy: Path) -> None:
    with opened(slack, settings):
        assert files.plainly_named(settings.database_url) == sqlite_copy
        assert sqlite_copy.with_name(f"{sqlite_copy.name}.lock").exists()
    assert not sqlite_copy.with_name(f"{sqlite_copy.name}.lock").exists()


def test_a_sound_file_need_not_be_looked_through_again(slack: Sandbox, settings: Settings) -> None:
    with Meanwhile(settings) as begun:
        assert begun.is_sound()


def test_a_damaged_file_is_looked_through_again(
    settings: Settings, sqlite_copy: Path, tmp_path: Path
) -> None:
    """And then the start says what is wrong with it."""
    damaged = tmp_path / "damaged.db"
    with closing(files.opened(sqlite_copy)) as whole, closing(sqlite3.connect(damaged)) as copy:
        whole.backup(copy)
    with damaged.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xff" * 4096)
    with Meanwhile(replace(settings, database_url=f"sqlite:///{damaged}")) as begun:
        assert not begun.is_sound()


def test_what_cannot_be_looked_through_is_looked_at_again(
    slack: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_given: object) -> str:
        raise OSError

    monkeypatch.setattr(damage, "look", breaks)
    with Meanwhile(settings) as begun:
        assert not begun.is_sound()


NOT_YET = {"alembic", "apscheduler", "handlers", "mentoring.matching", "prometheus_client", "sqlalchemy"}
"""What is loaded while the line is being opened."""


def test_a_line_is_opened_before_the_rest_is_loaded() -> None:
    script = "import sys\nfrom bot import __main__, command_line, settings, meanwhile\nprint(*sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) & NOT_YET == set()
