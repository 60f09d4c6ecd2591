"""`.env.example` shows every setting there is, and no secret."""

from __future__ import annotations

import re

import pytest

from bot.settings import NAMES, SECRETS, SettingsError, load
from tests.house.sources import ROOT

EXAMPLE = ROOT / ".env.example"
LINE = re.compile(r"#?(?P<name>[A-Z][A-Z_]+)=(?P<value>.*)")


def lines() -> list[tuple[str, str]]:
    matches = map(LINE.fullmatch, EXAMPLE.read_text().splitlines())
    return [(match["name"], match["value"]) for match in matches if match]


def test_it_names_every_setting_once() -> None:
    assert sorted(name for name, _ in lines()) == sorted(NAMES)


def test_its_secrets_are_plainly_placeholders() -> None:
    assert [name for name, value in lines() if name in SECRETS and re.search(r"\d", value)] == []


def test_it_loads_as_it_stands() -> None:
    settings = load({}, EXAMPLE)
    assert settings.mode == "socket"


def test_its_comments_show_the_defaults() -> None:
    shown = {name: value for name, value in lines() if value}
    tokens = {name: value for name, value in shown.items() if name.endswith("_TOKEN")}
    assert load(shown, None) == load(tokens, None)


def test_without_its_tokens_the_bot_would_not_start() -> None:
    with pytest.raises(SettingsError):
        load({name: value for name, value in lines() if name not in SECRETS}, None)
