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


TOKENS = {"SLACK_BOT_TOKEN": "-".join(("xoxb", "canary")), "SLACK_APP_TOKEN": "-".join(("xapp", "canary"))}


def test_as_it_stands_it_is_known_for_an_example() -> None:
    with pytest.raises(SettingsError) as told:
        load({}, EXAMPLE)
    assert [one.split(". ")[0] for one in told.value.problems] == [
        "SLACK_BOT_TOKEN holds a placeholder",
        "SLACK_APP_TOKEN holds a placeholder",
    ]


def test_with_tokens_it_loads() -> None:
    assert load(TOKENS, EXAMPLE).mode == "socket"


def test_its_comments_show_the_defaults() -> None:
    shown = {name: value for name, value in lines() if value}
    assert load({**shown, **TOKENS}, None) == load(TOKENS, None)


def test_without_its_tokens_the_bot_would_not_start() -> None:
    with pytest.raises(SettingsError):
        load({name: value for name, value in lines() if name not in SECRETS}, None)
