"""An organization (Enterprise Grid) and people of other companies.

Sources: docs.slack.dev/reference/objects/user-object (enterprise_user, is_stranger),
/reference/interaction-payloads/block_actions-payload (enterprise, user.team_id), /apis/slack-connect.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox_tests.kit import bolt, button, config, eventually, section, web_client


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(config(events=["app_home_opened"])) as started:
        yield started


def told(client: WebClient, person: Person) -> dict[str, Any]:
    user: dict[str, Any] = client.users_info(user=person.id)["user"]
    return user


def test_without_an_organization_nothing_speaks_of_one(slack: Sandbox) -> None:
    client, ana = web_client(slack), slack.add_person("Ana")
    assert told(client, ana)["team_id"] == slack.team_id
    assert not {"enterprise_user", "is_stranger"} & told(client, ana).keys()
    assert "enterprise_id" not in client.auth_test().data


def test_people_at_home_in_another_workspace_of_the_organization(slack: Sandbox) -> None:
    client, ben = web_client(slack), slack.add_person("Ben")
    slack.join_enterprise("Example Group")
    sister = slack.other_workspace()
    ana = slack.add_person("Ana", home=sister, org_admin=True)
    found = told(client, ana)
    assert found["team_id"] == sister
    assert found["enterprise_user"] == {
        "id": ana.id,
        "enterprise_id": client.auth_test()["enterprise_id"],
        "enterprise_name": "Example Group",
        "is_admin": True,
        "is_owner": False,
        "is_primary_owner": False,
        "teams": [slack.team_id, sister],
    }
    assert found["is_admin"] is False
    assert told(client, ben)["enterprise_user"]["teams"] == [slack.team_id]
    listed = {user["id"]: user for user in client.users_list()["members"]}
    assert listed[ana.id]["enterprise_user"] == found["enterprise_user"]
    slack.update_person(ana, teams=(sister,))
    assert told(client, ana)["enterprise_user"]["teams"] == [sister]


def test_people_of_another_company(slack: Sandbox) -> None:
    client = web_client(slack)
    slack.join_enterprise()
    sid, sue = slack.add_stranger("Sid"), slack.add_stranger("Sue", shares_channel=False)
    assert (told(client, sid)["is_stranger"], told(client, sue)["is_stranger"]) == (False, True)
    assert slack.team_id not in (told(client, sid)["team_id"], told(client, sue)["team_id"])
    assert "enterprise_user" not in told(client, sid)


def test_what_an_app_receives(slack: Sandbox) -> None:
    slack.join_enterprise("Example Group")
    got: dict[str, dict[str, Any]] = {}
    with bolt(slack) as app:
        receive(app, got)
        sister = slack.other_workspace()
        ana = slack.add_person("Ana", home=sister)
        ana.types("/tiny")
        ana.clicks("Go")
        ana.opens_messages()
        slack.settle()
        assert eventually(lambda: len(got) == 3)
    enterprise = web_client(slack).auth_test()["enterprise_id"]
    command, click, event = got["command"], got["click"], got["event"]
    assert (command["team_id"], command["enterprise_id"]) == (slack.team_id, enterprise)
    assert command["is_enterprise_install"] == "false"
    assert click["enterprise"] == {"id": enterprise, "name": "Example Group"}
    assert click["user"]["team_id"] == sister
    assert (click["team"]["id"], click["team"]["enterprise_id"]) == (slack.team_id, enterprise)
    assert click["is_enterprise_install"] is False
    assert event["authorizations"][0]["enterprise_id"] == event["enterprise_id"] == enterprise


def receive(app: App, got: dict[str, dict[str, Any]]) -> None:
    """Keep what comes."""

    @app.command("/tiny")
    def command(ack: Ack, body: dict[str, Any]) -> None:
        got["command"] = body
        ack(blocks=[section("Press"), button("Go", "go")])

    @app.action("go")
    def click(ack: Ack, body: dict[str, Any]) -> None:
        got["click"] = body
        ack()

    @app.event("app_home_opened")
    def opened(body: dict[str, Any]) -> None:
        got["event"] = body
