"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import manifest
from bot.__main__ import main
from sandbox import AppConfig, Sandbox
from tests.bot.process import BotProcess, environment, run


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


def said(ended: subprocess.CompletedProcess[str]) -> str:
    return ended.stdout + ended.stderr


def test_all_mistakes_in_the_settings_are_told_at_once(slack: Sandbox, tmp_path: Path) -> None:
    secret = slack.bot_token
    environ = environment(
        slack,
        SLACK_APP_TOKEN=secret,
        SLACK_BOT_TOKEN=slack.app_token,
        DATABASE_URL="mysql://bot:hunter2@db/mentoring",
        LOG_LEVEL=secret,
        REVERSE_MENTOR_TICK_SECONDS="never",
        REVERSE_MENTOR_ADMINS="ada@example.com",
    )
    ended = run(tmp_path, "run", environ)
    assert ended.returncode == 2
    lines = ended.stderr.splitlines()
    assert lines[0] == "The settings cannot be used:"
    for name in (
        "SLACK_BOT_TOKEN holds an app-level token",
        "SLACK_APP_TOKEN holds a bot token",
        "DATABASE_URL",
        "LOG_LEVEL",
        "REVERSE_MENTOR_TICK_SECONDS",
        "REVERSE_MENTOR_ADMINS",
    ):
        assert sum(line.startswith(f"- {name}") for line in lines) == 1, name
    for value in (secret, slack.app_token, "hunter2"):
        assert value not in said(ended)
    assert list(tmp_path.iterdir()) == []


def test_without_settings_it_says_what_is_needed(tmp_path: Path) -> None:
    ended = run(tmp_path, "doctor", {"PATH": "", "PYTHONPATH": str(Path(__file__).parents[2])})
    assert ended.returncode == 2
    assert "- SLACK_BOT_TOKEN is not set." in ended.stderr
    assert "- SLACK_APP_TOKEN is not set." in ended.stderr


@pytest.mark.slow
def test_what_cannot_start_ends_with_a_sentence(slack: Sandbox, tmp_path: Path) -> None:
    ended = run(tmp_path, "run", environment(slack, SLACK_APP_TOKEN="xapp-somebody-elses"))
    assert ended.returncode == 1
    assert "Check SLACK_APP_TOKEN" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "xapp-somebody-elses" not in said(ended)


def test_an_unknown_command(slack: Sandbox, tmp_path: Path) -> None:
    ended = run(tmp_path, "dance", environment(slack))
    assert ended.returncode == 2
    assert "invalid choice: 'dance'" in ended.stderr


COMMANDS = {
    "run": "told to stop",
    "doctor": "still need",
    "health": "HEALTH_PORT",
    "restored": "backup",
    "rehearse": "--silent",
    "report": "--cycle",
    "match": "--why-not",
    "people": "export",
    "audit": "export",
    "backup": "pg_dump",
    "restore": "is kept beside it",
    "check": "Nothing is changed",
    "move": "Each row is compared",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert COMMANDS[command] in capsys.readouterr().out


def test_the_help_lists_every_command_and_the_documents_name_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^    (\w+)  ", capsys.readouterr().out, re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)
    root = Path(__file__).parents[2]
    told = "".join(
        path.read_text() for path in (root / "README.md", root / "Makefile", *(root / "docs").glob("*.md"))
    )
    assert [one for one in listed if f"-m bot {one}" not in told] == []


def test_the_doctor_is_content(slack: Sandbox, tmp_path: Path) -> None:
    ended = run(tmp_path, "doctor", environment(slack))
    assert ended.returncode == 0, said(ended)
    assert ended.stdout.rstrip().endswith("Everything is fine.")
    for value in (slack.bot_token, slack.app_token):
        assert value not in said(ended)


@pytest.mark.slow
def test_the_doctor_finds_something(slack: Sandbox, tmp_path: Path) -> None:
    slack.revoke_scopes("im:history")
    ended = run(tmp_path, "doctor", environment(slack, SLACK_APP_TOKEN="xapp-somebody-elses"))
    assert ended.returncode == 1
    assert "FIX  The token lacks these scopes: im:history." in ended.stdout
    assert "FIX  The app-level token does not work: invalid_auth." in ended.stdout
    assert ended.stdout.rstrip().endswith("To fix: 2. Then run the doctor again.")
    assert "xapp-somebody-elses" not in said(ended)


def test_it_runs_until_it_is_told_to_stop_and_its_log_holds_no_token(slack: Sandbox, tmp_path: Path) -> None:
    process = BotProcess(slack, tmp_path, LOG_LEVEL="DEBUG", LOG_FORMAT="json")
    process.starts()
    assert process.is_stopped() == 0
    assert slack.bot_token not in process.log
    assert slack.app_token not in process.log
    assert '"message": "Reverse Mentor has stopped"' in process.log
