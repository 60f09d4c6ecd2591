"""Slack has its answer in time: with a locked database, a slow Slack, and a leap of the clock that Bolt counts by."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from slack_bolt import Ack

import bot.transport.watch
from bot import manifest
from bot.settings import Settings
from bot.slack.look_ups import InFlight
from bot.transport.watch import RealTime
from bot.wiring import Bot
from handlers.in_time import Answer
from handlers.payloads import Act, Kind
from sandbox import AppConfig, Person, Sandbox
from tests import any_day
from tests.patience import PATIENCE

SOON = 0.2


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time run out at once, since what comes after that is tried here."""
    monkeypatch.setattr(bot.transport.watch, "ANSWER_WITHIN", SOON)
    monkeypatch.setattr(bot.transport.watch, "LOOK_UP_WITHIN", SOON / 2)


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


@pytest.fixture
def member(slack: Sandbox, tmp_path: Path) -> Iterator[Person]:
    """An admin who leads a program, with the bot at work on a file."""
    settings = Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        api_url=slack.api_url,
        database_url=f"sqlite:///{tmp_path / 'bot.db'}",
    )
    running = Bot(settings)
    running.start()
    slack.wait_for_connection()
    ada = slack.add_person("Ada", admin=True)
    channel = slack.add_channel("leads", members=[ada], private=True, bot=True)
    ada.types("/reverse-mentor setup")
    ada.fills("Leads", [ada])
    ada.fills("Leads' channel", channel)
    ada.fills("First start", any_day.today())
    ada.submits()
    ada.closes_modal()
    yield ada
    running.stop()


@contextmanager
def locked(tmp_path: Path) -> Iterator[None]:
    """Somebody else writes to the file."""
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def answer(late: list[object]) -> tuple[Answer, Ack]:
    ack = Ack()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    return Answer(ack, Act(Kind.COMMAND, "U1"), lambda: 0.0, late.append, lambda: "It takes a moment."), ack


def test_whoever_is_first_answers_and_the_rest_follows(short: None) -> None:
    late: list[object] = []
    slow, ack = answer(late)
    told = threading.Event()
    RealTime().over(slow, lambda _: told.set())
    assert told.wait(PATIENCE)
    slow(text="Done.")
    assert ack.response is not None
    assert ack.response.body == "It takes a moment."
    assert late == [{"text": "Done."}]
    assert slow.ran_out


def test_an_answer_in_time_is_the_only_one() -> None:
    late: list[object] = []
    quick, ack = answer(late)
    quick(text="Done.")
    assert not quick.run_out()
    quick.arrived()
    assert ack.response is not None
    assert ack.response.body == '{"text": "Done."}'
    assert late == []


def test_a_look_up_that_nobody_waits_for_any_more_goes_on() -> None:
    asked, may_end, ended = InFlight(), threading.Event(), threading.Event()

    def look() -> str:
        may_end.wait()
        ended.set()
        return "known"

    assert asked.wait("U1", look, 0.01, "late") == "late"
    assert asked.wait("U1", lambda: "not asked twice", 0.01, "late") == "late"
    may_end.set()
    assert ended.wait(PATIENCE)


def test_with_a_locked_database_everybody_reads_that_it_takes_a_moment(
    member: Person, tmp_path: Path, short: None
) -> None:
    with locked(tmp_path):
        assert "This takes a moment" in member.types("/reverse-mentor introduce").text
    assert member.waits_to_see("No approved pair is waiting").ephemeral
