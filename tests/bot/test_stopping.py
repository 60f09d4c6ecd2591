"""The bot as a process: it stops at any moment, and comes back from silence and from sleep."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from bot import manifest
from sandbox import AppConfig, Sandbox
from tests.bot.process import BotProcess
from tests.patience import PATIENCE, soon

LONG = 10 * PATIENCE
"""Seconds; whoever waits for what hangs so long is found out."""


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


def opened(slack: Sandbox) -> int:
    """How often the bot asked for an address."""
    return slack.calls.counts().get("apps.connections.open", 0)


def waits_for_auth(slack: Sandbox, bot: BotProcess) -> None:
    slack.faults.slow("auth.test", delay=LONG)
    bot.begins()
    soon(lambda: not slack.faults.standing())


def waits_for_an_address(slack: Sandbox, bot: BotProcess) -> None:
    slack.faults.slow("apps.connections.open", delay=LONG)
    bot.begins()
    soon(lambda: not slack.faults.standing())


def is_told_to_wait(slack: Sandbox, bot: BotProcess) -> None:
    slack.faults.ratelimit("apps.connections.open", retry_after=60)
    bot.begins()
    soon(lambda: opened(slack) == 1)


def has_just_connected(_slack: Sandbox, bot: BotProcess) -> None:
    bot.starts()


def has_lost_its_socket(slack: Sandbox, bot: BotProcess) -> None:
    bot.starts()
    slack.faults.cut_sockets()


def waits_for_another_address(slack: Sandbox, bot: BotProcess) -> None:
    bot.starts()
    slack.faults.slow("apps.connections.open", delay=LONG)
    slack.faults.cut_sockets()
    soon(lambda: not slack.faults.standing())


def is_in_an_outage(slack: Sandbox, bot: BotProcess) -> None:
    bot.starts()
    slack.faults.http_error("apps.connections.open", status=503, seconds=LONG)
    slack.faults.cut_sockets()
    soon(lambda: opened(slack) > 2)


def is_asked_to_refresh(slack: Sandbox, bot: BotProcess) -> None:
    bot.starts()
    slack.faults.disconnect("refresh_requested")


def is_deaf_without_knowing(slack: Sandbox, bot: BotProcess) -> None:
    bot.starts()
    slack.faults.break_sockets("deaf")


def gives_up_a_deaf_socket(slack: Sandbox, bot: BotProcess) -> None:
    bot.starts()
    slack.faults.break_sockets("half_frame")
    soon(lambda: "is lost" in bot.log)


MOMENTS = [
    waits_for_an_address,
    *(
        pytest.param(moment, marks=pytest.mark.slow)
        for moment in (
            waits_for_auth,
            is_told_to_wait,
            has_just_connected,
            has_lost_its_socket,
            waits_for_another_address,
            is_in_an_outage,
            is_asked_to_refresh,
            is_deaf_without_knowing,
            gives_up_a_deaf_socket,
        )
    ),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_stops_at_any_moment(
    slack: Sandbox, tmp_path: Path, moment: Callable[[Sandbox, BotProcess], None]
) -> None:
    bot = BotProcess(slack, tmp_path)
    moment(slack, bot)
    assert bot.is_stopped() == 0
    assert bot.log.count("Reverse Mentor has stopped") == 1
    assert "Traceback" not in bot.log
    assert not list(tmp_path.glob("*-wal")), "the database was closed"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads processor times from /proc")
@pytest.mark.parametrize("how", ["deaf", "half_frame", "eof", "reset"])
def test_a_broken_socket_is_replaced_at_no_cost(
    slack: Sandbox, tmp_path: Path, how: Literal["reset", "eof", "deaf", "half_frame"]
) -> None:
    bot = BotProcess(slack, tmp_path)
    bot.starts()
    soon(lambda: "is running" in bot.log)
    slack.faults.break_sockets(how)
    used = bot.processor_seconds()
    slack.wait_for_connection(PATIENCE)
    assert bot.processor_seconds() - used < 1, "Slack's library needs seconds for it"
    soon(lambda: len(_said_of_the_connection(bot)) >= 2)
    assert bot.is_stopped() == 0
    assert len(_said_of_the_connection(bot)) == 2


def _said_of_the_connection(bot: BotProcess) -> list[str]:
    return [line for line in bot.log.splitlines() if "connection to Slack" in line]


@pytest.mark.slow
def test_after_a_sleep_it_connects_again(slack: Sandbox, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path)
    bot.starts()
    soon(lambda: "is running" in bot.log)
    slack.faults.break_sockets("deaf")
    bot.is_suspended(20)  # longer than it waits for an answer to a ping
    slack.wait_for_connection(PATIENCE)
    assert bot.is_stopped() == 0
