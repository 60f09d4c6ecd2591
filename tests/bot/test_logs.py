"""Logs: at every level, in both formats and in every traceback, nothing secret is left."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import textwrap
import threading
import warnings
from pathlib import Path

import pytest

from bot.monitoring.logs import MASK, Redactor, configure

ROOT = Path(__file__).parents[2]
TOKEN = "-".join(("xoxb", "1234", "CaNaRy"))
SECRETS = ("canary-signing-secret", "canary pass/word")


# What is masked


@pytest.mark.parametrize(
    "text",
    [
        f"token {TOKEN}.",
        "-".join(("xoxe.xoxp", "1", "canary")),
        "-".join(("xapp", "1", "A1", "2", "canary")),
        "-".join(("xoxr", "canary_more")),
        "Authorization: Bearer canary",
        "authorization: bearer canary/=+",
        "wss://wss.example/link/?ticket=canary-1&app_id=A1",
        "{'token': 'canary', 'team_id': 'T1'}",
        '{"token": "canary"}',
        "https://hooks.slack.com/commands/T1/2/canary",
        "postgresql+psycopg://user:canary@db/x",
        "postgres://:canary@db/x",
        "postgres://user:canary:with@signs/and@db/x",
        "write to canary.ana+x@mail.example.com now",
        "<mailto:canary@example.org|canary@example.org>",
        "canary@büro.example",
        f"secret={SECRETS[0]}&x",
        f"secret={SECRETS[1]}&x",
        "password=canary%20pass%2Fword",
        "password=canary+pass%2Fword",
    ],
)
def test_secrets_are_masked_in_every_form(text: str) -> None:
    masked = Redactor(SECRETS)(text)
    assert MASK in masked
    assert "canary" not in masked.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Approved by U012AB3CD in C0AAA at 12:30",
        "GET http://127.0.0.1:3000/healthz 200",
        "Delivered 3 of 5 messages (ratio 0.6) @here is not an address",
        "bot/settings.py:12: mentor -> mentee",
        "sqlite:///reverse-mentor.db",
    ],
)
def test_ordinary_lines_stay_as_they_are(text: str) -> None:
    assert Redactor(["abc"])(text) == text


def test_a_secret_that_begins_with_another_is_masked_whole() -> None:
    assert Redactor(["abcd", "abcd-efgh"])("abcd-efgh") == MASK


def test_a_secret_with_a_quote_is_masked_in_json_and_repr() -> None:
    secret = 'quo"te\\canary'
    redact = Redactor([secret])
    assert "canary" not in redact(json.dumps({"x": secret}))
    assert "canary" not in redact(repr([secret]))


@pytest.mark.parametrize("part", ["a", "a.", "x@", "://a:", "bearer ", "'token': '", "xoxb-"])
def test_masking_is_fast_on_long_hostile_text(part: str) -> None:
    """A pattern that goes back over what it has read would not come to the end of it within a test's time."""
    text = part * (1_000_000 // len(part))
    assert Redactor(SECRETS)(text)


# Where it is masked


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_messages_arguments_and_tracebacks_are_masked(capsys: pytest.CaptureFixture[str], fmt: str) -> None:
    configure("DEBUG", fmt, SECRETS)
    log = logging.getLogger("handlers.profile")
    try:
        raise ValueError(f"broken {TOKEN}") from RuntimeError(f"with {SECRETS[0]}")
    except ValueError:
        log.exception("failed for %s", "canary@example.com", stack_info=True)
    log.debug("by name %(who)s", {"who": TOKEN})
    told = capsys.readouterr().err
    assert "canary" not in told.lower()
    assert "ValueError" in told
    assert "RuntimeError" in told
    assert "Traceback (most recent call last)" in told
    assert "Stack (most recent call last)" in told


def test_json_lines_are_one_object_each(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "json")
    log = logging.getLogger("bot.delivery.courier")
    log.info("two\nlines and %s", "\u2028 \x1b[31m")
    try:
        raise KeyError("x")
    except KeyError:
        log.exception("failed")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert {**first, "time": ""} == {
        "time": "",
        "level": "INFO",
        "logger": "bot.delivery.courier",
        "message": "two\nlines and \u2028 \x1b[31m",
    }
    assert first["time"].endswith("+00:00")
    assert second["exception"].startswith("Traceback")


def test_what_people_type_cannot_pass_for_a_line_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "text")
    logging.getLogger("bot").info("skill: %s", "x\n2026-01-01T00:00:00.000Z INFO    bot: forged\r\x1b[2J")
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("INFO    bot: skill: x")
    assert second == "    2026-01-01T00:00:00.000Z INFO    bot: forged\ufffd\ufffd[2J"


def test_a_wrong_log_call_does_not_print_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "text")
    logging.getLogger("bot").info("only %s", "one", TOKEN)
    told = capsys.readouterr().err
    assert "canary" not in told.lower()
    assert "only %s (the values do not fit this message)" in told


def test_levels_hold(capsys: pytest.CaptureFixture[str]) -> None:
    configure("WARNING", "text")
    logging.getLogger("bot").info("quiet")
    logging.getLogger("slack_sdk.web").info("quiet")
    logging.getLogger("slack_bolt.App").warning("loud")
    assert [line.rpartition(" ")[2] for line in capsys.readouterr().err.splitlines()] == ["loud"]


def test_warnings_and_uncaught_errors_take_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "text", SECRETS)

    def fail() -> None:
        raise RuntimeError(TOKEN)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"old {SECRETS[0]}", stacklevel=1)
    told = capsys.readouterr().err
    assert "A thread stopped on an error." in told
    assert "The bot stopped on an error." in told
    assert "py.warnings" in told
    assert "canary" not in told.lower()


SLACK_AT_DEBUG = """
    import logging
    from slack_bolt import App, BoltRequest
    from slack_sdk import WebClient
    from bot.monitoring.logs import configure
    from tests.bot.raw_server import answers, serving

    TOKEN = "-".join(("xoxb", "canary"))
    body = b'{"ok":true,"user_id":"U1","bot_id":"B1","team":"canary answer","email":"canary@example.com"}'
    configure("DEBUG", %r, ["canary-signing"])
    with serving(answers("200 OK", body)) as base_url:
        client = WebClient(token=TOKEN, base_url=base_url, retry_handlers=[])
        app = App(client=client, signing_secret="canary-signing", raise_error_for_unhandled_request=True)

        @app.command("/x")
        def x(ack, logger):
            logger.info("a line of our own")
            ack("canary reply")

        client.chat_postMessage(channel="C1", text="canary message")
        command = {"command": "/x", "text": "canary text", "team_id": "T1", "token": "canary"}
        assert app.dispatch(BoltRequest(body=command, mode="socket_mode")).status == 200
        app.dispatch(BoltRequest(body={**command, "command": "/unknown"}, mode="socket_mode"))
    with serving(answers("500 Oops", b"<p>canary@example.com</p>")) as base_url:
        WebClient(token=TOKEN, base_url=base_url, retry_handlers=[]).auth_test()
"""


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_slacks_libraries_at_debug_leak_nothing(fmt: str) -> None:
    """A process of its own: the level, the hooks and Bolt's loggers are those of a real start."""
    script = textwrap.dedent(SLACK_AT_DEBUG) % fmt
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1, "the last call fails, and is not caught"
    assert "SlackApiError" in run.stderr
    assert "a line of our own" in run.stderr
    assert "canary" not in (run.stderr + run.stdout).lower()
