"""``python -m sandbox serve``: a real process, a real app, and mistakes in the workspace file."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from slack_sdk import WebClient

import sandbox
from sandbox.__main__ import main
from sandbox.serve import WorkspaceError, load
from sandbox_tests.kit import Json, manifest
from sandbox_tests.patience import PATIENCE

ROOT = Path(sandbox.__file__).parents[1]


def workspace(**changes: object) -> Json:
    """Return a workspace file's content."""
    return {
        "app": manifest(),
        "people": [
            {"name": "Ana Example", "tz": "Europe/Lisbon", "admin": True, "email": "ana@example.org"},
            {"name": "Ben Example"},
        ],
        "channels": [{"name": "leads", "private": True, "members": ["Ana Example"], "bot": True}],
        "settings": {"rate_clock": "off", "redelivery_seconds": [0, 1]},
        **changes,
    }


def written(folder: Path, content: object) -> Path:
    """Write the file; JSON is YAML."""
    path = folder / "workspace.yaml"
    path.write_text(json.dumps(content))
    return path


def test_serving_until_sigterm(tmp_path: Path) -> None:
    tokens = {"bot": "xoxb-sandbox-test", "app": "xapp-sandbox-test", "signing_secret": "0" * 32}
    path = written(tmp_path, workspace(tokens=tokens))
    command = [sys.executable, "-m", "sandbox", "serve", "--config", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(6)]
        env = dict(line.split("=", 1) for line in lines[:4])
        assert lines[4] == "Serving until SIGTERM."
        words, page = lines[5].rsplit(" ", 1)
        assert words == "For a browser on this machine:"
        assert httpx.get(page, trust_env=False).status_code == 200
        assert (env["SLACK_BOT_TOKEN"], env["SLACK_APP_TOKEN"]) == (tokens["bot"], tokens["app"])
        client = WebClient(token=env["SLACK_BOT_TOKEN"], base_url=env["SLACK_API_URL"], retry_handlers=[])
        ana = client.users_lookupByEmail(email="ana@example.org")["user"]
        assert ana["is_admin"] is True
        (leads,) = client.conversations_list(types="private_channel")["channels"]
        client.chat_postMessage(channel=leads["id"], text="hello")
        assert "Tiny posted in #leads: hello" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.communicate()


def test_a_manifest_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "app.json").write_text(json.dumps(manifest()))
    sandbox = load(written(tmp_path, workspace(app="app.json")))
    assert [p.name for p in sandbox.people()] == ["Ana Example", "Ben Example"]
    assert sandbox.backend.ws.settings.redelivery_seconds == (0, 1)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ([], "must be a mapping with the key `app`"),
        (workspace(colour="red"), "the file: unknown key 'colour'"),
        (workspace(tokens={"user": "x"}), "tokens: unknown key 'user'"),
        (workspace(settings={"speed": 1}), "settings: unknown key 'speed'"),
        (workspace(people=[{"tz": "UTC"}]), "person 1 needs a name"),
        (workspace(people=[{"name": "A", "age": 3}], channels=[]), "person 1: unknown key 'age'"),
        (workspace(channels=[{"name": "x", "members": ["Zoe"]}]), "channel x: nobody is called 'Zoe'"),
    ],
)
def test_mistakes_in_the_file(tmp_path: Path, content: object, problem: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        load(written(tmp_path, content))
    assert problem in str(error.value)


def test_mistakes_end_with_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--config", str(tmp_path / "absent.yaml")]) == 2
    assert "absent.yaml" in capsys.readouterr().err
    assert main(["serve", "--config", str(written(tmp_path, workspace(app={})))]) == 2
    assert "display_information.name" in capsys.readouterr().err
