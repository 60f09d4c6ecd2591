"""The port for monitors: what it says of a bot that is well, and of each part that is not."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot import manifest
from bot.commands import ask_health
from bot.monitoring.health_port import HealthApp, HealthServer
from bot.monitoring.metrics import FOUND, PREFIX, Metrics
from bot.monitoring.vital_signs import SILENT, Beat, Kept, VitalSigns
from bot.settings import Settings
from bot.starting import CannotStart
from bot.wiring import Bot
from handlers.acts import DONE, TROUBLES
from sandbox import AppConfig, Sandbox
from storage.states import RowState
from tests.patience import PATIENCE, soon

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as started:
        yield started


@pytest.fixture(scope="module")
def bot(slack: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot that runs, with a port for monitors."""
    running = Bot(settings(slack, tmp_path_factory.mktemp("health")))
    running.start()
    slack.wait_for_connection()
    yield running
    running.stop()


def settings(slack: Sandbox, folder: Path) -> Settings:
    return Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        api_url=slack.api_url,
        database_url=f"sqlite:///{folder / 'bot.db'}",
        health_port=0,
    )


def get(address: tuple[str, int] | None, path: str) -> tuple[int, str]:
    assert address is not None, "there is a port"
    try:
        with urllib.request.urlopen(f"http://{address[0]}:{address[1]}{path}", timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def down(bot: Bot) -> dict[str, Any]:
    status, body = get(bot.watching.address, "/readyz")
    found: dict[str, Any] = json.loads(body)["down"]
    assert (status, json.loads(body)["status"]) == ((503, "down") if found else (200, "ok"))
    return found


def names(text: str) -> set[str]:
    """Every name that Prometheus can ask for."""
    return {one.name for family in text_string_to_metric_families(text) for one in family.samples} | {
        f"{family.name}{end}"
        for family in text_string_to_metric_families(text)
        for end in {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(
            family.type, ("",)
        )
    }


def test_a_bot_that_is_well(bot: Bot) -> None:
    soon(lambda: not down(bot))
    assert get(bot.watching.address, "/healthz")[0] == 200
    assert get(bot.watching.address, "/elsewhere")[0] == 404
    assert bot.watching.address is not None
    assert bot.watching.address[0] == "127.0.0.1"


def test_its_figures(bot: Bot) -> None:
    status, text = get(bot.watching.address, "/metrics")
    assert status == 200
    found = {one.name: one for family in text_string_to_metric_families(text) for one in family.samples}
    assert {f"{PREFIX}_{name}" for name in FOUND} <= set(found)
    assert found[f"{PREFIX}_database_bytes"].value > 4096
    soon(lambda: f"{PREFIX}_tick_seconds_count 0.0" not in get(bot.watching.address, "/metrics")[1])


def test_a_part_of_a_tick_that_fails_is_counted(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tick goes on with the others, so nothing else than this figure tells a monitor."""

    def breaks(_ctx: object) -> int:
        raise RuntimeError("the power went")

    monkeypatch.setattr("scheduler.jobs.JOBS", (breaks,))
    bot.tick()
    text = get(bot.watching.address, "/metrics")[1]
    found = {one.name: one for family in text_string_to_metric_families(text) for one in family.samples}
    assert found[f"{PREFIX}_tick_failures_total"].value >= 1


def test_acts_are_counted(bot: Bot, slack: Sandbox) -> None:
    slack.add_person("Ana").types("/reverse-mentor help")
    line = f'{PREFIX}_act_seconds_count{{kind="command",outcome='
    soon(lambda: line in get(bot.watching.address, "/metrics")[1])


def test_files_for_monitors_ask_for_what_there_is(bot: Bot) -> None:
    there = names(get(bot.watching.address, "/metrics")[1])
    dashboard = json.loads((ROOT / "deploy/grafana/reverse-mentor.json").read_text())
    rules = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    for expression in asked:
        wanted = set(re.findall(rf"{PREFIX}_\w+", expression))
        assert wanted, expression
        assert wanted <= there, expression


def test_files_for_monitors_ask_for_values_that_there_are() -> None:
    """An alert on a value that nothing has would never be raised."""
    values = {"outcome": {DONE, *TROUBLES}, "state": {one.value for one in RowState}}
    dashboard = (ROOT / "deploy/grafana/reverse-mentor.json").read_text().replace('\\"', '"')
    rules = (ROOT / "deploy/prometheus/alerts.yml").read_text()
    asked = re.findall(r'[{,](\w+)=~?"([^"]+)"', rules + dashboard)
    assert asked
    for label, wanted in asked:
        assert set(wanted.split("|")) <= values[label], (label, wanted)


def test_every_alert_is_in_the_book() -> None:
    rules = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())
    book = (ROOT / "docs/operating.md").read_text()
    assert [
        one["alert"] for group in rules["groups"] for one in group["rules"] if one["alert"] not in book
    ] == []


def test_parts_that_are_down_are_named(slack: Sandbox, tmp_path: Path) -> None:
    bot = Bot(settings(slack, tmp_path))
    bot.start()
    try:
        soon(lambda: not down(bot))
        assert bot._socket is not None
        bot._socket.close()
        assert set(down(bot)) == {"line"}
        with closing(sqlite3.connect(tmp_path / "bot.db")) as other:
            other.execute("ALTER TABLE turns RENAME TO gone")
        assert set(down(bot)) == {"line", "database"}
        assert get(bot.watching.address, "/metrics")[0] == 200, "the figures that are left"
        assert get(bot.watching.address, "/healthz")[0] == 200, "a restart would mend nothing"
    finally:
        bot.stop()


def test_a_token_that_slack_refuses(slack: Sandbox, tmp_path: Path) -> None:
    bot = Bot(settings(slack, tmp_path))
    slack.faults.error("auth.test", "token_revoked")
    try:
        bot.start()
        soon(lambda: set(down(bot)) == {"token"})
        assert down(bot)["token"] == "Slack refuses it (token_revoked)"
    finally:
        slack.faults.clear()
        bot.stop()


def test_a_port_in_use_is_told(slack: Sandbox, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        bot = Bot(replace(settings(slack, tmp_path), health_port=port))
        with pytest.raises(CannotStart, match=f"Cannot listen on 127.0.0.1, port {port}.*HEALTH_PORT"):
            bot.start()


# Signs of life


def test_a_part_that_hangs_is_down_and_asked_once() -> None:
    let_go, asked = Event(), []

    def hangs() -> str:
        asked.append(1)
        let_go.wait(PATIENCE)
        return ""

    signs = VitalSigns({}, {"stuck": hangs, "well": str}, answer_within=0.05)
    assert signs.down() == {"stuck": SILENT}
    assert signs.down() == {"stuck": SILENT}
    assert len(asked) == 1
    let_go.set()
    soon(lambda: not signs.down())
    signs.stop()


def test_a_part_that_breaks_is_down() -> None:
    signs = VitalSigns({}, {"odd": lambda: str(1 // 0)})
    assert signs.down() == {"odd": "ZeroDivisionError"}
    signs.stop()


def test_a_clock_that_stands_still_is_death() -> None:
    signs = VitalSigns({"ticks": Beat("the clock", lambda: -1e9, 60)}, {"well": str})
    assert "the clock has not moved for" in signs.dead()["ticks"]
    with_port = HealthServer(HealthApp(signs, Metrics()), "127.0.0.1", 0)
    try:
        assert get(with_port.address, "/healthz")[0] == 503
    finally:
        with_port.stop()
        signs.stop()


def test_what_costs_a_call_is_asked_now_and_then() -> None:
    time, asked = [0.0], []

    def look() -> str:
        asked.append(1)
        return "down"

    kept = Kept(look, 30, lambda: time[0])
    assert [kept(), kept()] == ["down", "down"]
    assert len(asked) == 1
    time[0] = 31
    kept()
    assert len(asked) == 2


# The command


def test_the_command_says_it_in_a_sentence(bot: Bot, capsys: pytest.CaptureFixture[str]) -> None:
    assert bot.watching.address is not None
    here = replace(bot.settings, health_host="", health_port=bot.watching.address[1])
    soon(lambda: not down(bot))
    assert ask_health.report(here, live=False) == 0
    assert capsys.readouterr().out == "The bot is well.\n"
    assert ask_health.report(here, live=True) == 0


def test_the_command_where_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    some = Settings(bot_token="x", health_port=port)
    assert ask_health.answer(some, live=False) == (False, f"No bot answers on 127.0.0.1, port {port}.")
    assert ask_health.answer(replace(some, health_port=None), live=False)[1].startswith(
        "HEALTH_PORT is not set"
    )


@pytest.mark.parametrize("body", [b"", b"[]", b'{"down": 3}', b"<html>", b'"x"'])
def test_the_command_knows_its_own_bot(body: bytes) -> None:
    assert "is not this bot" in ask_health._read(200, body)[1]


def test_the_command_names_what_is_down() -> None:
    told = ask_health._read(503, b'{"status": "down", "down": {"token": "Slack refuses it (x)"}}')
    assert told == (False, "The bot is not well. token: Slack refuses it (x).")
