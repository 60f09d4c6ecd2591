"""The manifest: Slack accepts it, and it asks for what the bot's calls and events need and no more."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot import manifest
from bot.delivery.pacing import METHODS

FACTS = json.loads((Path(__file__).parent / "data" / "slack_methods.json").read_text())


def text(least: int, most: int, pattern: str = "") -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": pattern}


def closed(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """An object without further keys, as everywhere in Slack's schema."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def names(most: int) -> dict[str, Any]:
    return {"type": "array", "items": text(1, 50), "maxItems": most, "uniqueItems": True}


FLAG = {"type": "boolean"}
NUMBER = {"type": "integer"}

SCHEMA = closed(
    ("display_information",),
    _metadata=closed(major_version=NUMBER, minor_version=NUMBER),
    display_information=closed(
        ("name",),
        name=text(1, 35),
        description=text(1, 140),
        long_description=text(175, 4000),
        background_color=text(4, 7, "^#[0-9a-fA-F]{3,6}$"),
    ),
    features=closed(
        app_home=closed(
            home_tab_enabled=FLAG, messages_tab_enabled=FLAG, messages_tab_read_only_enabled=FLAG
        ),
        bot_user=closed(("display_name",), display_name=text(1, 80), always_online=FLAG),
        slash_commands={
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "items": closed(
                ("command", "description"),
                command=text(2, 32, "^/"),
                description=text(1, 2000),
                usage_hint=text(1, 1000),
                should_escape=FLAG,
            ),
        },
    ),
    oauth_config=closed(scopes=closed(bot=names(255), bot_optional=names(255))),
    settings=closed(
        event_subscriptions=closed(bot_events=names(100)),
        interactivity=closed(("is_enabled",), is_enabled=FLAG),
        socket_mode_enabled=FLAG,
        org_deploy_enabled=FLAG,
        token_rotation_enabled=FLAG,
    ),
)
"""The fields this manifest uses, with the limits of Slack's schema (github.com/slackapi/manifest-schema,
schemas/manifest.schema.2.0.0.json)."""

SCOPES_OF_CALLS = {
    "auth.test": set(),
    "apps.connections.open": set(),
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "conversations.open": {"im:write", "mpim:write"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.history": {"im:history"},
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "views.open": set(),
    "views.update": set(),
    "views.push": set(),
    "views.publish": set(),
}
"""The calls the bot makes, and which of the scopes that Slack names for them it uses: history only of its own
direct messages, conversations only of the kinds it posts in."""

OPTIONAL_CALLS = {
    "users.lookupByEmail": {"users:read.email"},
    "files.upload.v2": {"files:write"},
    "team.profile.get": {"users.profile:read"},
    "users.profile.get": {"users.profile:read"},
}
"""Calls that are only made where the app was given a scope that the bot can do without. `files.upload.v2` is the SDK's
name for files.getUploadURLExternal, the upload, and files.completeUploadExternal."""

NOT_ASKED_FOR = {"users:read.email"}
"""An operator who wants it adds it to the manifest."""

SCOPES_OF_EVENTS = {
    "app_home_opened": set(),
    "message.im": {"im:history"},
    "user_change": {"users:read"},
    "channel_archive": {"channels:read"},
    "group_archive": {"groups:read"},
    "channel_shared": {"channels:read", "groups:read"},
    "channel_unshared": {"channels:read", "groups:read"},
    "app_uninstalled": set(),
    "tokens_revoked": set(),
}
"""The events the bot listens to, with the scope on each one's page (https://docs.slack.dev/reference/events)."""


def test_slack_accepts_it() -> None:
    jsonschema.validate(manifest.load(), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"display_information": {"name": "x" * 36}},
        {"display_information": {"name": "x", "long_description": "too short"}},
        {"display_information": {"name": "x", "background_color": "blue"}},
        {"features": {"slash_commands": [{"command": "no-slash", "description": "x"}]}},
        {"settings": {"interactivity": {}}},
        {"settings": {"socket_mode": True}},
    ],
)
def test_the_check_above_can_fail(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**manifest.load(), **change}, SCHEMA)


def test_the_calls_are_those_the_facts_are_about() -> None:
    assert SCOPES_OF_CALLS.keys() == FACTS["methods"].keys()
    assert METHODS.keys() <= SCOPES_OF_CALLS.keys()


@pytest.mark.parametrize(("method", "used"), SCOPES_OF_CALLS.items())
def test_each_scope_is_one_slack_names_for_the_call(method: str, used: set[str]) -> None:
    named = set(FACTS["methods"][method]["bot_scopes"])
    assert used <= named
    assert bool(used) == bool(named)


def test_the_scopes_are_what_calls_and_events_need_and_no_more() -> None:
    needed = set().union(*SCOPES_OF_CALLS.values(), *SCOPES_OF_EVENTS.values())
    assert manifest.required_scopes() == needed | {"commands"}


def test_what_is_optional_is_marked_so_and_stands_among_the_others_too() -> None:
    assert manifest.optional_scopes() == set().union(*OPTIONAL_CALLS.values()) - NOT_ASKED_FOR
    assert manifest.optional_scopes() <= set(manifest.load()["oauth_config"]["scopes"]["bot"])


def test_no_scope_reads_what_people_write_to_each_other() -> None:
    scopes = manifest.required_scopes() | manifest.optional_scopes()
    assert {scope for scope in scopes if scope.endswith(":history")} == {"im:history"}
    assert not scopes & {
        "users:read.email",
        "files:read",
        "channels:join",
        "chat:write.public",
        "search:read",
    }


def test_the_events_are_those_the_bot_listens_to() -> None:
    assert manifest.subscribed_events() == SCOPES_OF_EVENTS.keys()


def test_people_can_reach_the_bot() -> None:
    data = manifest.load()
    assert manifest.commands() == {"/reverse-mentor"}
    assert data["features"]["slash_commands"][0]["should_escape"] is True
    assert data["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert data["settings"]["interactivity"]["is_enabled"] is True
    assert data["settings"]["socket_mode_enabled"] is True


def test_each_scope_and_event_has_its_reason_above_it() -> None:
    lines = manifest.PATH.read_text().splitlines()
    uncommented = [
        line.strip()
        for above, line in itertools.pairwise(lines)
        if re.fullmatch(r"\s+- [a-z_:.]+", line) and not above.lstrip().startswith("#")
    ]
    # Scopes that are optional stand under their reasons further up; two events share the reason of the one above them.
    assert uncommented == ["- users.profile:read", "- group_archive", "- tokens_revoked"]
