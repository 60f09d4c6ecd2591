"""Slack answers no call: whatever people do is acknowledged in time, and as much is kept as when Slack is quick."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

import bot.transport.watch
from bot.transport.watch import RealTime
from handlers.ids import Action
from tests.handlers import raw
from tests.handlers.test_matrix import (
    CHANGES,
    Prepared,
    hears,
    prepared,  # noqa: F401 - pytest finds the fixture by its name here
    submissions,
    surface,
    words_that_change,
)
from tests.patience import PATIENCE


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Slack answers no call until this is set, and time runs out at once; a running bot knows who it is."""
    may_answer, call = threading.Event(), WebClient.api_call

    def waits(client: WebClient, method: str, **how: Any) -> Any:
        if method != "auth.test":
            may_answer.wait(PATIENCE)
        return call(client, method, **how)

    monkeypatch.setattr(WebClient, "api_call", waits)
    monkeypatch.setattr(bot.transport.watch, "ANSWER_WITHIN", 0.02)
    yield may_answer
    may_answer.set()


def acts(given: Prepared) -> dict[str, dict[str, Any]]:
    """Every kind of act. Whoever is unknown is looked up before anything else, for which there is a limit of its own:
    a member sends the profile.
    """
    found = {str(callback): body for callback, body in submissions(given, "member").items()}
    for word, (who, text) in words_that_change(given).items():
        found[f"typed {word}"] = raw.command(given.world, given.people[who], text)
    for action in Action:
        who = next((who for who, what in CHANGES[action] if what == "own"), "lead")
        value = given.value(action, "own")
        found[f"pressed {action}"] = raw.click(
            given.world, given.person(action, who), action, value, **surface(action)
        )
    return found


@pytest.mark.slow
def test_slack_has_its_answer_while_it_answers_nothing(
    prepared: Prepared,  # noqa: F811 - the fixture
    silence: threading.Event,
    subtests: pytest.Subtests,
) -> None:
    for name, body in acts(prepared).items():
        with subtests.test(act=name):
            silence.set()
            assert hears(prepared, body) == 200
            kept = grown(prepared)
            silence.clear()
            assert hears(prepared, body, RealTime(), silence.set) == 200
            assert grown(prepared) == kept


def grown(given: Prepared) -> dict[str, tuple[int, bool]]:
    """How many rows each table has got by the last act, and whether anything in it is new."""
    return {
        table: (len(rows) - len(given.before[table]), rows != given.before[table])
        for table, rows in given.after.items()
    }
