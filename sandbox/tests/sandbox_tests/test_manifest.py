"""Manifests: what Slack's schema demands (slackapi/manifest-schema, manifest.schema.2.0.0.json)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sandbox import AppConfig, ManifestError
from sandbox_tests.kit import Json, manifest


def test_everything_is_read() -> None:
    app = AppConfig.from_manifest(manifest(events=["team_join"], scopes=["commands"]))
    assert (app.name, app.bot_name, app.scopes) == ("Tiny", "Tiny", ("commands",))
    assert (app.events, app.socket_mode, app.interactivity) == (frozenset({"team_join"}), True, True)
    assert (app.home_tab, app.messages_tab, app.messages_read_only) == (True, True, False)
    command = app.command("/tiny")
    assert command is not None
    assert not command.should_escape
    assert app.command("/other") is None


@pytest.mark.parametrize("suffix", ["json", "yml"])
def test_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"manifest.{suffix}"
    path.write_text(json.dumps(manifest()))
    assert AppConfig.from_manifest(path).name == "Tiny"
    assert AppConfig.from_manifest(str(path)).name == "Tiny"


def changed(path: str, value: object) -> Json:
    """Return the manifest with one value replaced."""
    found = manifest()
    *parents, last = path.split(".")
    level = found
    for key in parents:
        level = level[key]
    level[last] = value
    return found


_COMMAND = {"command": "/x", "description": "d"}
_BAD: list[tuple[str, object, str]] = [
    ("extra", 1, "unknown key extra"),
    ("features.extra", 1, "unknown key features.extra"),
    ("settings.interactivity.extra", 1, "unknown key settings.interactivity.extra"),
    ("settings.interactivity", {"request_url": "x"}, "is_enabled is required"),
    ("features", [], "features must be a mapping"),
    (
        "oauth_config.scopes",
        {"bot": ["commands"], "bot_optional": ["files:write"]},
        "optional files:write too",
    ),
    ("display_information.name", "", "1 to 35 characters"),
    ("display_information.name", "x" * 36, "1 to 35 characters"),
    ("features.slash_commands", [{**_COMMAND, "command": "x"}], "must start with /"),
    ("features.slash_commands", [{**_COMMAND, "command": "/" + "x" * 32}], "2 to 32 characters"),
    ("features.slash_commands", [{**_COMMAND, "description": ""}], "1 to 2000 characters"),
    (
        "features.slash_commands",
        [{**_COMMAND, "color": "red"}],
        "unknown key features.slash_commands[0].color",
    ),
    ("features.slash_commands", [_COMMAND] * 51, "at most 50"),
    ("settings.event_subscriptions.bot_events", ["a", "a"], "must be unique"),
    ("settings.event_subscriptions.bot_events", [str(n) for n in range(101)], "at most 100"),
    ("oauth_config.scopes.bot", [str(n) for n in range(256)], "at most 255"),
]


@pytest.mark.parametrize(("path", "value", "problem"), _BAD)
def test_problems_are_named(path: str, value: object, problem: str) -> None:
    with pytest.raises(ManifestError) as error:
        AppConfig.from_manifest(changed(path, value))
    assert problem in str(error.value)


def test_all_problems_at_once(tmp_path: Path) -> None:
    bad = changed("extra", 1)
    bad["display_information"]["name"] = ""
    with pytest.raises(ManifestError, match=r"unknown key extra; .*35 characters"):
        AppConfig.from_manifest(bad)
    path = tmp_path / "list.yml"
    path.write_text("- a")
    with pytest.raises(ManifestError, match="must be a mapping"):
        AppConfig.from_manifest(path)
