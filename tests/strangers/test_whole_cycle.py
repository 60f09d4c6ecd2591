"""From zero to an answered check-in, in a real process, on a stand-in that knows nothing of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import any_day
from tests.patience import PATIENCE
from tests.strangers.bare_slack import BareSlack

ROOT = Path(__file__).parents[2]
PEOPLE: dict[str, dict[str, Any]] = {
    "UADA": {"id": "UADA", "name": "ada", "is_admin": True},
    "UMAY": {"id": "UMAY", "name": "may"},
    "UKAY": {"id": "UKAY", "name": "kay", "tz": "Nowhere/Odd"},
}


@pytest.fixture
def slack() -> Iterator[BareSlack]:
    with BareSlack(PEOPLE) as running:
        yield running


@pytest.fixture
def bot(slack: BareSlack, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": "any-text-will-do",
        "SLACK_APP_TOKEN": "this-too",
        "SLACK_API_URL": slack.api_url,
    }
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=environment)
    yield process
    process.terminate()
    assert process.wait(PATIENCE) == 0


@pytest.mark.usefixtures("bot")
def test_a_whole_cycle_by_commands_buttons_and_forms(slack: BareSlack) -> None:
    slack.types("UADA", "setup")
    start = any_day.today()
    saved = slack.submits(
        "UADA",
        slack.views[-1],
        {
            "leads_channel": {"type": "conversations_select", "selected_conversation": "C1"},
            "first_start": {"type": "datepicker", "selected_date": start.isoformat()},
            "working_days": {
                "type": "checkboxes",
                "selected_options": [{"value": str(day)} for day in any_day.EVERY_DAY],
            },
            "intro_weekday": _chosen(str(start.weekday())),
            "intro_time": {"type": "timepicker", "selected_time": "00:00"},
        },
    )
    assert saved.get("response_action") != "errors", saved
    _joins(slack, "UMAY", "share", "shares", level="2")
    _joins(slack, "UKAY", "learn", "wants", level="6")

    slack.types("UADA", "match")
    slack.clicks("UADA", slack.waits_for('"approve"', "C1"), "approve")
    slack.waits_for("Why you two")
    slack.waits_for("Approved by <@UADA>", "C1")

    told = slack.types("UMAY", "checkin met")
    assert "We met" in told["text"]
    slack.writes("UMAY", "Status.")
    slack.waits_for("You take part.", "DMAY")
    slack.writes("UKAY", "I need help")
    slack.clicks("UKAY", slack.waits_for("I have not passed this message on", "DKAY"), "checkin_help")
    slack.waits_for("asked for help", "DADA")
    assert "`/reverse-mentor help` shows what you can type" in slack.types("UMAY", "sing")["text"]


def _joins(slack: BareSlack, person: str, role: str, field: str, level: str) -> None:
    slack.types(person, "")
    view = slack.views[-1]
    options = slack.searches(person, view, field, "AI tools")
    filled = {
        "role": _chosen(role),
        "level": _chosen(level),
        field: {"type": "multi_external_select", "selected_options": options[:1]},
    }
    answer = slack.submits(person, view, filled)
    assert answer.get("response_action") != "errors", answer
    slack.waits_for("What happens next", person.replace("U", "D", 1))


def _chosen(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}
