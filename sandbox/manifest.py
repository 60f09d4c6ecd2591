"""App configuration: what Slack learns about an app from its manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.settings import Json

_LEVELS: Mapping[str, frozenset[str]] = {
    "": frozenset(
        "_metadata display_information features oauth_config settings app_directory functions workflows "
        "datastores outgoing_domains types external_auth_providers mcp_servers".split()
    ),
    "display_information": frozenset("name description background_color long_description".split()),
    "features": frozenset(
        "app_home bot_user slash_commands shortcuts unfurl_domains assistant_view agent_view "
        "workflow_steps functions rich_previews search".split()
    ),
    "features.app_home": frozenset(
        "home_tab_enabled messages_tab_enabled messages_tab_read_only_enabled".split()
    ),
    "features.bot_user": frozenset({"display_name", "always_online"}),
    "settings": frozenset(
        "event_subscriptions interactivity socket_mode_enabled org_deploy_enabled token_rotation_enabled "
        "is_hosted allowed_ip_address_ranges incoming_webhooks siws_links hermes_app_type "
        "function_runtime is_mcp_enabled".split()
    ),
    "settings.interactivity": frozenset({"is_enabled", "request_url", "message_menu_options_url"}),
    "settings.event_subscriptions": frozenset(
        {"request_url", "bot_events", "user_events", "metadata_subscriptions"}
    ),
}
"""Keys Slack's manifest schema allows (slackapi/manifest-schema, manifest.schema.2.0.0.json)."""

_COMMAND_KEYS = frozenset({"command", "description", "url", "usage_hint", "should_escape"})
_COMMAND = re.compile(r"/\S{1,31}")


class ManifestError(ValueError):
    """The manifest breaks Slack's schema; the message lists every problem."""


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """One registered command; ``should_escape`` turns typed names into ``<@U…|name>``."""

    command: str
    description: str
    url: str = ""
    should_escape: bool = False
    usage_hint: str = ""


@dataclass(frozen=True, slots=True)
class AppConfig:
    """An app as Slack sees it: name, commands, scopes, event subscriptions, tabs and request URLs."""

    name: str
    bot_name: str
    commands: tuple[SlashCommand, ...]
    scopes: tuple[str, ...]
    events: frozenset[str]
    socket_mode: bool
    interactivity: bool
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""

    @classmethod
    def from_manifest(cls, source: Mapping[str, Any] | Path | str) -> AppConfig:
        """Read a manifest given as a mapping or as the path of a JSON or YAML file.

        Raises ManifestError with all problems at once.
        """
        manifest = _load(source)
        problems = list(_problems(manifest))
        if problems:
            raise ManifestError("; ".join(problems))
        return _build(cls, manifest)

    def command(self, name: str) -> SlashCommand | None:
        """Return the registered command of that name, if any."""
        return next((c for c in self.commands if c.command == name), None)


def _load(source: Mapping[str, Any] | Path | str) -> Json:
    if isinstance(source, Mapping):
        return dict(source)
    loaded = yaml.safe_load(Path(source).read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ManifestError("the manifest must be a mapping")
    return loaded


def _build(cls: type[AppConfig], manifest: Json) -> AppConfig:
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    home = features.get("app_home", {})
    subscriptions = settings.get("event_subscriptions", {})
    interactivity = settings.get("interactivity", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    name = manifest["display_information"]["name"]
    return cls(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        commands=tuple(_command(c) for c in features.get("slash_commands", ())),
        scopes=tuple(scopes.get("bot", ())),
        events=frozenset(subscriptions.get("bot_events", ())),
        socket_mode=bool(settings.get("socket_mode_enabled", False)),
        interactivity=bool(interactivity.get("is_enabled", False)),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        events_url=subscriptions.get("request_url", ""),
        interactivity_url=interactivity.get("request_url", ""),
        options_url=interactivity.get("message_menu_options_url", ""),
    )


def _command(raw: Mapping[str, Any]) -> SlashCommand:
    return SlashCommand(
        raw["command"],
        raw["description"],
        raw.get("url", ""),
        bool(raw.get("should_escape", False)),
        str(raw.get("usage_hint", "")),
    )


def _problems(manifest: Json) -> Iterable[str]:
    levels = {path: _at(manifest, path) for path in _LEVELS}
    shapeless = [path for path, level in levels.items() if not isinstance(level, Mapping)]
    if shapeless:
        return [f"{path} must be a mapping" for path in shapeless]
    return [
        *_unknown_keys(levels),
        *_name_problems(levels["display_information"]),
        *_command_problems(levels["features"].get("slash_commands", [])),
        *_list_problems(manifest),
    ]


def _unknown_keys(levels: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    for path, level in levels.items():
        prefix = f"{path}." if path else ""
        yield from (f"unknown key {prefix}{key}" for key in sorted(level.keys() - _LEVELS[path]))


def _name_problems(display: Mapping[str, Any]) -> Iterable[str]:
    name = display.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= 35:
        yield "display_information.name must have 1 to 35 characters"


def _at(manifest: Json, path: str) -> Any:
    level: Any = manifest
    for key in filter(None, path.split(".")):
        level = level.get(key, {}) if isinstance(level, Mapping) else {}
    return level


def _command_problems(commands: Any) -> Iterable[str]:
    if len(commands) > 50:
        yield "features.slash_commands may hold at most 50 commands"
    for index, command in enumerate(commands):
        where = f"features.slash_commands[{index}]"
        yield from (f"unknown key {where}.{key}" for key in command.keys() - _COMMAND_KEYS)
        if not _COMMAND.fullmatch(str(command.get("command", ""))):
            yield f"{where}.command must start with / and have 2 to 32 characters"
        if not 1 <= len(str(command.get("description", ""))) <= 2000:
            yield f"{where}.description must have 1 to 2000 characters"


def _list_problems(manifest: Json) -> Iterable[str]:
    events = _at(manifest, "settings.event_subscriptions").get("bot_events", [])
    if len(events) > 100 or len(set(events)) != len(events):
        yield "settings.event_subscriptions.bot_events must be unique, at most 100"
    scopes = _at(manifest, "oauth_config").get("scopes", {})
    if len(scopes.get("bot", [])) > 255:
        yield "oauth_config.scopes.bot may hold at most 255 scopes"
    alone = [one for one in scopes.get("bot_optional", []) if one not in scopes.get("bot", [])]
    yield from (f"oauth_config.scopes.bot must list the optional {one} too" for one in alone)
    interactivity = _at(manifest, "settings.interactivity")
    if interactivity and "is_enabled" not in interactivity:
        yield "settings.interactivity.is_enabled is required"
