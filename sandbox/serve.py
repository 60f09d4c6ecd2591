"""Serve: a workspace described in a YAML file, for any Slack app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from sandbox.ids import Tokens
from sandbox.manifest import AppConfig
from sandbox.people import Person
from sandbox.sandbox import Sandbox
from sandbox.settings import Json, Settings

_KEYS = frozenset({"app", "tokens", "people", "channels", "settings"})
_PERSON_KEYS = frozenset({"name", "tz", "admin", "owner", "guest", "email", "title", "fields"})
_CHANNEL_KEYS = frozenset({"name", "members", "private", "bot"})
_TOKEN_KEYS = frozenset({"bot", "app", "signing_secret"})
_SETTING_KEYS = frozenset(f.name for f in fields(Settings))


class WorkspaceError(ValueError):
    """The workspace file has mistakes; the message lists all of them, one per line."""


def load(path: Path) -> Sandbox:
    """Return the sandbox a YAML file describes, people and channels included, not started yet.

    Raises WorkspaceError for mistakes in the file and OSError when it cannot be read.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    mistakes = _mistakes(raw)
    if mistakes:
        raise WorkspaceError("\n".join(mistakes))
    settings = Settings(**{k: _frozen(v) for k, v in (raw.get("settings") or {}).items()})
    sandbox = Sandbox(_app(raw["app"], path), settings=settings, tokens=Tokens(**(raw.get("tokens") or {})))
    _populate(sandbox, raw)
    return sandbox


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _app(raw: Mapping[str, Any] | str, path: Path) -> AppConfig:
    """Read the app's manifest: inline, or a path relative to the workspace file."""
    return AppConfig.from_manifest(path.parent / raw if isinstance(raw, str) else raw)


def _populate(sandbox: Sandbox, raw: Json) -> None:
    people: dict[str, Person] = {}
    for person in raw.get("people") or ():
        people[person["name"]] = sandbox.add_person(**person)
    for channel in raw.get("channels") or ():
        members = [people[name] for name in channel.get("members", ())]
        private, bot = bool(channel.get("private", False)), bool(channel.get("bot", False))
        sandbox.add_channel(channel["name"], members, private=private, bot=bot)


def _mistakes(raw: Any) -> list[str]:
    if not isinstance(raw, dict) or "app" not in raw:
        return ["the file must be a mapping with the key `app` (a manifest, or the path of one)"]
    people, channels = raw.get("people") or [], raw.get("channels") or []
    names = {p.get("name") for p in people if isinstance(p, dict)}
    found = [
        *_strangers("the file", raw, _KEYS),
        *_strangers("tokens", raw.get("tokens") or {}, _TOKEN_KEYS),
        *_strangers("settings", raw.get("settings") or {}, _SETTING_KEYS),
    ]
    for kind, items, allowed in (("person", people, _PERSON_KEYS), ("channel", channels, _CHANNEL_KEYS)):
        for number, item in enumerate(items, 1):
            found += _item_mistakes(f"{kind} {number}", item, allowed)
    for channel in channels:
        unknown = [m for m in channel.get("members", ()) if m not in names]
        found += [f"channel {channel.get('name')}: nobody is called {m!r}" for m in unknown]
    return found


def _item_mistakes(where: str, item: Any, allowed: frozenset[str]) -> list[str]:
    if not isinstance(item, dict) or not item.get("name"):
        return [f"{where} needs a name"]
    return _strangers(where, item, allowed)


def _strangers(where: str, given: Mapping[str, Any], allowed: frozenset[str]) -> list[str]:
    return [f"{where}: unknown key {key!r}" for key in given if key not in allowed]
