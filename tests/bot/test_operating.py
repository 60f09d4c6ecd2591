"""The handbook for operators: each command in it is run, and what cannot be run here says what it needs."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import alembic.command
import pytest
import yaml

from bot import __main__, command_line, settings
from bot.ending import ENDS_WITHIN
from storage.database import STATEMENT_SECONDS, Database
from storage.keeping import schema
from tests.bot.test_keep import TOKENS
from tests.house.sources import ROOT
from tests.postgres import PostgresServer
from tests.storage.killed import filled, names

HANDBOOK = (ROOT / "docs" / "operating.md").read_text()
BLOCK = re.compile(r"^```sh(?: needs=(\w+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
HANDBOOK_BEGINS = "install"
COMPOSE = ["compose.yaml", "deploy/compose.postgres.yaml", "deploy/compose.litestream.yaml"]


def blocks() -> list[tuple[str, list[str]]]:
    return [(need, text.splitlines()) for need, text in BLOCK.findall(HANDBOOK)]


def ours(line: str) -> list[str] | None:
    """What follows the name of the bot's command in a line; None for another's."""
    before, found, after = line.partition("reverse-mentor ")
    return shlex.split(after) if found and re.fullmatch(r"(\S*/bin/)?|docker .* bot ", before) else None


def is_install(lines: list[str]) -> bool:
    """Whether it is the block with which the handbook begins."""
    return lines[0].startswith("sh deploy/install.sh . bot-home")


@pytest.mark.parametrize("line", [line for _, lines in blocks() for line in lines if ours(line)])
def test_the_bot_knows_every_command(line: str) -> None:
    given = ours(line)
    assert given
    parser = command_line._parser()
    if given == ["--version"]:
        return
    assert isinstance(parser.parse_args(given), argparse.Namespace)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the bot is started, with a database in it."""
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    filled(tmp_path / "reverse-mentor.db", "Una")
    return tmp_path


def _an_upgrade(home: Path, _request: pytest.FixtureRequest) -> dict[str, str]:
    """A database that was brought up to date from the revision in the handbook, which leaves a copy."""
    with closing(Database(f"sqlite:///{home / 'reverse-mentor.db'}")) as database:
        with database.rebuild() as tx:
            alembic.command.downgrade(schema.config(tx), "0027")
        schema.upgrade(database)
    return {}


def _a_server(_home: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """An empty PostgreSQL, in the place of the one that the handbook names."""
    server = request.getfixturevalue("postgres")
    assert isinstance(server, PostgresServer)
    return {"postgresql://mentor@localhost/mentor": server.create_database(f"handbook_{uuid4().hex}")}


PREPARED: dict[str, Callable[[Path, pytest.FixtureRequest], dict[str, str]]] = {
    "": lambda _home, _request: {},
    "upgrade": _an_upgrade,
    "postgresql": _a_server,
}
"""For the blocks that are run here: what they need is made, and what stands in the place of words of theirs."""

RUN_ELSEWHERE = {HANDBOOK_BEGINS: "tests.house.installs", "tokens": "tests.house.installs"}
"""Blocks that are run where the bot is installed."""

ONLY_READ = {"root": "changes the system", "containers": "needs a container engine"}
"""Of these only our own commands and the files they name are looked at; tests.house.installs takes the same steps
without the system and without an engine."""


def test_each_block_is_run_somewhere_or_named_here() -> None:
    known = {*PREPARED, *RUN_ELSEWHERE, *ONLY_READ}
    assert {need if need or not is_install(lines) else HANDBOOK_BEGINS for need, lines in blocks()} == known


@pytest.mark.parametrize(
    ("need", "lines"), [one for one in blocks() if one[0] in PREPARED and not is_install(one[1])]
)
def test_the_commands_on_a_database_do_what_they_say(
    need: str, lines: list[str], home: Path, request: pytest.FixtureRequest
) -> None:
    put = PREPARED[need](home, request)
    __main__.main(["backup", "backup.db"])  # a block may begin with one that an earlier block has made
    for line in lines:
        given = ours(line)
        assert given is not None, f"only commands of the bot are run here: {line}"
        assert __main__.main([put.get(one, one) for one in given]) == 0
    assert names(home / "reverse-mentor.db") == {"Una"}


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
