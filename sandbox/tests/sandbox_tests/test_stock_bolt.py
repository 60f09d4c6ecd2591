"""The Bolt app of the README runs on the sandbox as it is printed there, and without its one line it does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from slack_bolt import App

from sandbox import Sandbox
from sandbox_tests.kit import config
from sandbox_tests.patience import PATIENCE

README = (Path(__file__).parents[2] / "README.md").read_text()


def printed() -> str:
    """The app as the README prints it."""
    found = re.search(r"^## A Bolt app\n.*?^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_the_printed_app_answers(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(printed())
    with Sandbox(config()) as slack:
        ana = slack.add_person("Ana Example")
        environment = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        process = subprocess.Popen([sys.executable, "app.py"], cwd=tmp_path, env=environment)
        try:
            slack.wait_for_connection(PATIENCE)
            assert ana.types("/tiny").text == f"Hello, <@{ana.id}>"
        finally:
            process.kill()
            process.wait()


def test_a_stock_app_goes_past_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """If Slack's library comes to read the address by itself, the README can be shorter."""
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    stock = App(token="xoxb-any", token_verification_enabled=False)
    assert stock.client.base_url == "https://slack.com/api/"
