"""The bot as a process that cannot start, may not start, or is told to stop while something hangs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import manifest
from sandbox import AppConfig, Sandbox
from tests.bot.process import ROOT, BotProcess, environment, run
from tests.patience import PATIENCE, soon
from tests.postgres import PostgresServer, start_postgres

LIBRARIES = ("Traceback", "sqlalchemy", "sqlalche.me", "psycopg", "alembic", "make: ***", "Error 1")


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


def test_make_adds_nothing_to_what_the_bot_says(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make is not None
    target = [
        make,
        "--file",
        str(ROOT / "Makefile"),
        "run",
        "INSTALLED=",
        f"BIN={Path(sys.executable).parent}",
    ]
    ended = subprocess.run(
        target,
        cwd=tmp_path,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode != 0
    assert ended.stdout == ""
    lines = ended.stderr.splitlines()
    assert lines[0] == "The settings cannot be used:"
    assert lines[1] == (
        f"- There is no .env in {tmp_path}. Start the bot in the folder that has it, or make one: "
        f"cp {ROOT / '.env.example'} .env"
    )
    assert all(line.startswith("- ") for line in lines[1:])
    assert not [word for word in LIBRARIES if word in ended.stderr]


@pytest.mark.parametrize("what", ["settings", "start"])
def test_failures_are_json_where_the_log_is(slack: Sandbox, tmp_path: Path, what: str) -> None:
    wrong = {"HTTP_PORT": "never"} if what == "settings" else {"DATABASE_URL": "sqlite:///gone/mentor.db"}
    ended = run(tmp_path, "run", environment(slack, LOG_FORMAT="json", **wrong))
    assert ended.returncode == (2 if what == "settings" else 1)
    told = [json.loads(line) for line in ended.stderr.splitlines()]
    assert all(line["level"] == "CRITICAL" for line in told)
    assert any(
        ("HTTP_PORT" if what == "settings" else "There is no folder") in line["message"] for line in told
    )
    assert not [word for word in LIBRARIES if word in ended.stderr]


@pytest.mark.slow
def test_a_second_bot_on_one_file_and_one_after_a_kill(slack: Sandbox, tmp_path: Path) -> None:
    first = BotProcess(slack, tmp_path)
    first.starts()
    soon(lambda: "is running" in first.log)
    refused = run(tmp_path, "run", environment(slack))
    assert refused.returncode == 1
    found = re.search(
        r"Another bot is running on the database (\S+): process (\d+) on (\S+)\.", refused.stderr
    )
    assert found is not None
    assert found[1] == str(tmp_path / "reverse-mentor.db")
    assert Path(f"/proc/{found[2]}").exists() or sys.platform != "linux"
    assert found[3] == socket.gethostname()
    first.is_killed()
    last = BotProcess(slack, tmp_path)
    last.starts()
    soon(lambda: last.log.count("is running") == 2)
    assert f"(process {found[2]} on {found[3]}) was ended by force; this one takes over" in last.log
    assert last.is_stopped() == 0
    assert not list(tmp_path.glob("*.lock"))


def test_it_can_be_stopped_while_it_waits_for_a_database(slack: Sandbox, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"postgresql://bot@127.0.0.1:{deaf.getsockname()[1]}/mentoring?connect_timeout=600"
        bot = BotProcess(slack, tmp_path, DATABASE_URL=address)
        bot.begins()
        deaf.settimeout(PATIENCE)
        with deaf.accept()[0]:
            assert bot.is_stopped() == 0
    assert "Reverse Mentor has stopped" in bot.log
    assert "Traceback" not in bot.log


@contextmanager
def frozen(server: PostgresServer) -> Iterator[None]:
    """Let no process of the server do anything, and wake them at the end."""
    main = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    everybody = [main, *map(int, children)]
    for process in everybody:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in everybody:
            os.kill(process, signal.SIGCONT)


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of one's own, which nobody else waits for."""
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-frozen-") as folder:
        started = start_postgres(Path(folder))
        yield started
        started.stop()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds the server's processes in /proc")
def test_a_frozen_postgresql_keeps_nobody(slack: Sandbox, tmp_path: Path, server: PostgresServer) -> None:
    """Neither those who write to the bot, nor its end, nor the doctor, nor another start."""
    url = server.create_database("mentoring")
    bot = BotProcess(slack, tmp_path, DATABASE_URL=url)
    bot.starts()
    soon(lambda: "is running" in bot.log)
    ada = slack.add_person("Ada", admin=True)
    assert "no mentoring program here yet" in ada.types("/reverse-mentor").full_text
    with frozen(server):
        assert "my database does not answer right now" in ada.types("/reverse-mentor status").text
        for command in ("doctor", "run"):
            ended = run(tmp_path, command, environment(slack, DATABASE_URL=url))
            assert ended.returncode == 1
            assert "does not answer" in ended.stdout + ended.stderr
            assert not [word for word in LIBRARIES if word in ended.stdout + ended.stderr]
        assert bot.is_stopped() in (0, 1)
    assert "no listener" not in bot.log
