"""The handbook for operators: each command in it is run, and what cannot be run here says what it needs."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest
import yaml

from bot import __main__, command_line, settings
from bot.ending import ENDS_WITHIN
from storage.database import STATEMENT_SECONDS
from tests.bot.test_keep import TOKENS
from tests.house.sources import ROOT
from tests.storage.killed import filled, names

HANDBOOK = (ROOT / "docs" / "operating.md").read_text()
BLOCK = re.compile(r"^```sh(?: needs=(\w+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
NEEDS = {
    "tokens": "a workspace of one's own",
    "root": "an account that may change the system",
    "containers": "a container engine",
    "upgrade": "a file that only an upgrade makes",
    "postgresql": "a server of one's own",
}
COMPOSE = ["compose.yaml", "deploy/compose.postgres.yaml", "deploy/compose.litestream.yaml"]


def blocks() -> list[tuple[str, list[str]]]:
    return [(need, text.splitlines()) for need, text in BLOCK.findall(HANDBOOK)]


def ours(line: str) -> list[str] | None:
    """What follows the name of the bot's command in a line; None for another's."""
    before, found, after = line.partition("reverse-mentor ")
    return shlex.split(after) if found and re.fullmatch(r"(\S*/bin/)?|docker .* bot ", before) else None


def test_every_block_can_be_run_or_says_what_it_needs() -> None:
    assert {need for need, _ in blocks()} - {""} == NEEDS.keys()


@pytest.mark.parametrize("line", [line for _, lines in blocks() for line in lines if ours(line)])
def test_the_bot_knows_every_command(line: str) -> None:
    given = ours(line)
    assert given
    parser = command_line._parser()
    if given == ["--version"]:
        return
    assert isinstance(parser.parse_args(given), argparse.Namespace)


def test_the_commands_on_a_database_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    filled(tmp_path / "reverse-mentor.db", "Una")
    lines = [line for need, lines in blocks() if not need for line in lines]
    ran = [given for line in lines if line.startswith("reverse-mentor ") and (given := ours(line))]
    assert len(ran) == 3
    assert [__main__.main(given) for given in ran] == [0, 0, 0]
    assert names(tmp_path / "reverse-mentor.db") == {"Una"}


@pytest.mark.parametrize("name", re.findall(r"(?<![\w/])(?:deploy/[\w.-]+|compose\.yaml)", HANDBOOK))
def test_the_files_that_it_names_are_there(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", COMPOSE)
def test_what_compose_files_say_can_be_so(name: str) -> None:
    found = yaml.safe_load((ROOT / name).read_text())
    services, base = found["services"], yaml.safe_load((ROOT / COMPOSE[0]).read_text())
    assert set(services.get("bot", {}).get("environment", {})) <= set(settings.NAMES)
    volumes = {**base["volumes"], **found.get("volumes", {})}
    for service in services.values():
        assert {one.partition(":")[0] for one in service.get("volumes", [])} <= volumes.keys()
    assert base["services"]["bot"]["read_only"] is True


def test_the_image_is_made_by_the_script_that_a_test_runs() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    build = [line for line in lines[: lines.index("FROM python:3.13-slim")] if line.startswith("RUN")]
    assert build == ["RUN sh /src/deploy/install.sh /src /opt/reverse-mentor"]
    assert "USER 10001" in lines
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {one for one in kept if not (ROOT / one).exists()} == set()


def test_containers_ask_the_bot_how_it_is() -> None:
    """The image whether it lives, compose whether all of it works, both on a port that is set there."""
    image = (ROOT / "Dockerfile").read_text()
    (asked,) = re.findall(r"^HEALTHCHECK .* CMD (\[.*\])$", image, re.MULTILINE)
    bot = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["bot"]
    of_image, of_compose = yaml.safe_load(asked), bot["healthcheck"]["test"][1:]
    parsed = [command_line._parser().parse_args(given[1:]) for given in (of_image, of_compose)]
    assert [(one.command, one.live) for one in parsed] == [("health", True), ("health", False)]
    assert of_image[0] == of_compose[0] == "reverse-mentor"
    assert "HEALTH_PORT=" in image
    assert bot["environment"]["HEALTH_PORT"].isdigit()


def test_the_unit_is_told_what_the_bot_says() -> None:
    """It waits for the start as long as a migration may take, and for the sign of life longer than a tick may."""
    unit = dict(
        line.split("=", 1)
        for line in (ROOT / "deploy" / "reverse-mentor.service").read_text().splitlines()
        if re.match("[A-Z]", line)
    )
    assert unit["Type"] == "notify"
    assert int(unit["WatchdogSec"]) >= 60
    assert int(unit["TimeoutStartSec"]) > 2 * STATEMENT_SECONDS
    assert int(unit["TimeoutStopSec"]) > ENDS_WITHIN
    assert unit["ExecStart"] == "/opt/reverse-mentor/bin/reverse-mentor run"


def test_the_unit_is_hardened() -> None:
    unit = (ROOT / "deploy" / "reverse-mentor.service").read_text()
    asked = {
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "DynamicUser=yes",
        "StateDirectory=reverse-mentor",
    }
    assert asked <= set(unit.splitlines())
