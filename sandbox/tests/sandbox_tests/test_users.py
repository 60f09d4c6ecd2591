"""users.*, team.info, bots.info, auth.test.

Sources: docs.slack.dev/reference/methods/users.* and /reference/objects/user-object.
"""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox.web_api import users as served
from sandbox_tests.kit import config, error_of, web_client


def test_user_object(slack: Sandbox, client: WebClient, ana: Person) -> None:
    user = client.users_info(user=ana.id)["user"]
    assert (user["real_name"], user["tz"], user["deleted"]) == ("Ana Example", "Europe/Lisbon", False)
    assert user["tz_offset"] in (0, 3600)
    assert user["profile"]["email"] == "ana@example.org"
    assert user["profile"]["title"] == "Engineer"
    assert "locale" not in user
    assert client.users_info(user=ana.id, include_locale=True)["user"]["locale"] == "en-US"
    slack.revoke_scopes("users:read.email")
    assert "email" not in client.users_info(user=ana.id)["user"]["profile"]


def test_roles_and_guests(slack: Sandbox, client: WebClient) -> None:
    admin = slack.add_person("Ada Example", admin=True)
    owner = slack.add_person("Oli Example", owner=True)
    guest = slack.add_person("Gil Example", guest=True)
    roles = ("is_admin", "is_owner", "is_restricted")

    def of(person: Person) -> list[bool]:
        user: dict[str, Any] = client.users_info(user=person.id)["user"]
        return [user[r] for r in roles]

    assert [of(admin), of(owner), of(guest)] == [
        [True, False, False],
        [True, True, False],
        [False, False, True],
    ]


def test_deactivated_people_stay_in_the_list_without_details(
    slack: Sandbox, client: WebClient, ana: Person
) -> None:
    slack.deactivate(ana)
    user = client.users_info(user=ana.id)["user"]
    assert user["deleted"] is True
    assert "tz" not in user
    assert ana.id in [u["id"] for u in client.users_list()["members"]]
    room = slack.add_channel("room", [ana], bot=True)
    assert ana.id not in client.conversations_members(channel=room.id)["members"]
    assert error_of(client.users_lookupByEmail, email="ana@example.org") == "users_not_found"


def test_unknown_people(client: WebClient) -> None:
    assert error_of(client.users_info, user="U404") == "user_not_found"
    assert error_of(client.users_profile_get, user="U404") == "user_not_found"
    assert error_of(client.users_lookupByEmail, email="nobody@example.org") == "users_not_found"


def test_lookup_by_email_ignores_case(client: WebClient, ana: Person) -> None:
    assert client.users_lookupByEmail(email="ANA@example.org")["user"]["id"] == ana.id


def test_profile_fields(slack: Sandbox, client: WebClient) -> None:
    fields = {"X1": {"value": "L5", "alt": ""}}
    person = slack.add_person("Field Example", fields=fields)
    assert client.users_profile_get(user=person.id)["profile"]["fields"] == fields
    assert "fields" not in client.users_info(user=person.id)["user"]["profile"]


def test_fields_of_profiles(slack: Sandbox, client: WebClient) -> None:
    """Shape and ``visibility`` from docs.slack.dev/reference/methods/team.profile.get."""
    level = slack.add_profile_field("Level")
    boss = slack.add_profile_field("Manager", "user")
    floor = slack.add_profile_field("Floor", "options_list", options=["1", "2"], hidden=True)

    def listed(**how: str) -> list[tuple[str, str, str]]:
        fields = client.team_profile_get(**how)["profile"]["fields"]
        return [(one["id"], one["label"], one["type"]) for one in fields]

    seen = [(level, "Level", "text"), (boss, "Manager", "user")]
    assert listed(visibility="visible") == seen
    assert listed(visibility="hidden") == [(floor, "Floor", "options_list")]
    assert listed() == listed(visibility="all") == [*seen, (floor, "Floor", "options_list")]
    person = slack.add_person("Field Example", fields={level: {"value": "L5", "alt": ""}})
    labelled = client.users_profile_get(user=person.id, include_labels=True)["profile"]["fields"]
    assert labelled == {level: {"value": "L5", "alt": "", "label": "Level"}}


def test_large_teams_must_page(monkeypatch: pytest.MonkeyPatch, slack: Sandbox, client: WebClient) -> None:
    """users.list answers ``limit_required`` on large teams (docs.slack.dev; the size is not published)."""
    monkeypatch.setattr(served, "LARGE_TEAM", 3)
    slack.add_person("One Example")
    assert error_of(client.users_list) == "limit_required"
    assert len(client.users_list(limit=2)["members"]) == 2


def test_who_am_i(slack: Sandbox, client: WebClient) -> None:
    me = client.auth_test()
    assert (me["user_id"], me["team_id"]) == (slack.bot_user_id, slack.team_id)
    bot = client.bots_info(bot=me["bot_id"])["bot"]
    assert (bot["user_id"], bot["app_id"]) == (slack.bot_user_id, slack.app_id)
    assert error_of(client.bots_info, bot="B404") == "bot_not_found"
    assert client.team_info()["team"]["id"] == slack.team_id
    assert error_of(client.team_info, team="T404") == "team_not_found"


def test_equal_names_get_different_handles(slack: Sandbox, client: WebClient) -> None:
    twins = [slack.add_person("Ana Example") for _ in range(2)]
    assert [client.users_info(user=t.id)["user"]["name"] for t in twins] == ["ana.example", "ana.example2"]


def test_socket_mode_must_be_on_for_connections() -> None:
    with Sandbox(config(url="http://127.0.0.1:9/slack")) as slack:
        call = web_client(slack).apps_connections_open
        assert error_of(call, app_token=slack.app_token) == "forbidden_team"
