"""What systemd hears, on a real socket: that the bot has started, lives and stops."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.monitoring.systemd import Watchdog, notify
from tests.patience import PATIENCE


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket on which systemd listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(PATIENCE)
        yield listener


def test_it_hears_of_start_life_and_end(ear: socket.socket) -> None:
    environ = {"NOTIFY_SOCKET": ear.getsockname(), "WATCHDOG_USEC": "20000", "WATCHDOG_PID": str(os.getpid())}
    watchdog = Watchdog(lambda: True, environ)
    watchdog.start()
    assert [ear.recv(64) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
    watchdog.stop()
    heard = [ear.recv(64)]
    while heard[-1] == b"WATCHDOG=1":
        heard.append(ear.recv(64))
    assert heard[-1] == b"STOPPING=1"


def test_a_bot_that_does_not_live_says_nothing(ear: socket.socket) -> None:
    asked: list[bool] = []

    def dead() -> bool:
        asked.append(True)
        return False

    watchdog = Watchdog(dead, {"NOTIFY_SOCKET": ear.getsockname(), "WATCHDOG_USEC": "20000"})
    watchdog.start()
    assert ear.recv(64) == b"READY=1"
    watchdog.stop()
    assert asked
    assert ear.recv(64) == b"STOPPING=1"


def test_the_watchdog_of_another_process_is_none_of_ours(ear: socket.socket) -> None:
    environ = {"NOTIFY_SOCKET": ear.getsockname(), "WATCHDOG_USEC": "20000", "WATCHDOG_PID": "1"}
    watchdog = Watchdog(lambda: True, environ)
    watchdog.start()
    watchdog.stop()
    assert [ear.recv(64) for _ in range(2)] == [b"READY=1", b"STOPPING=1"]


def test_abstract_sockets() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        name = f"reverse-mentor-test-{os.getpid()}"
        listener.bind("\0" + name)
        listener.settimeout(PATIENCE)
        assert notify("READY=1", {"NOTIFY_SOCKET": "@" + name})
        assert listener.recv(64) == b"READY=1"


@pytest.mark.parametrize("address", ["", "nonsense", "/nowhere/at/all"])
def test_without_systemd_nothing_happens(address: str) -> None:
    assert not notify("READY=1", {"NOTIFY_SOCKET": address})
