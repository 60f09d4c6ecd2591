"""views.*: triggers, the stack, hashes, Home tabs.

Sources: docs.slack.dev/surfaces/modals, /reference/methods/views.* with error tables from
slack-ruby/slack-api-ref; wording of invalid_arguments from the issues named with the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox, Settings
from sandbox_tests.kit import (
    Json,
    config,
    error_of,
    eventually,
    field_block,
    form,
    modal,
    plain,
    refused,
    section,
    web_client,
)

TEXT = {"type": "plain_text_input"}


@pytest.fixture
def quick() -> Iterator[Sandbox]:
    """A workspace whose triggers live a fifth of a second."""
    with Sandbox(config(), settings=Settings(rate_clock="off", trigger_seconds=0.2)) as slack:
        yield slack


def trigger(slack: Sandbox, person: Person) -> str:
    """Return a fresh trigger, as a click would make it."""
    return slack.backend.triggers.mint(person.id)


def test_a_trigger_opens_one_modal(slack: Sandbox, client: WebClient, ana: Person) -> None:
    fresh = trigger(slack, ana)
    view = client.views_open(trigger_id=fresh, view=modal(section("hello")))["view"]
    assert ana.modal is not None
    assert (ana.modal.title, ana.modal.text) == ("Form", "hello")
    assert view["root_view_id"] == view["id"]
    assert view["state"] == {"values": {}}
    assert view["blocks"][0]["block_id"]
    assert error_of(client.views_open, trigger_id=fresh, view=modal(section("x"))) == "exchanged_trigger_id"


def test_trigger_refusals(quick: Sandbox) -> None:
    """Three seconds (here 0.2), one use, no inventions (bolt-python docs, opening modals)."""
    client, ana = web_client(quick), quick.add_person("Ana Example")
    stale, body = trigger(quick, ana), modal(section("x"))
    assert eventually(lambda: _expired(client, stale))
    assert error_of(client.views_open, trigger_id="1.2.abc", view=body) == "invalid_trigger_id"
    answer = refused(client.api_call, api_method="views.open", json={"view": body})
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: trigger_id"]


def _expired(client: WebClient, trigger_id: str) -> bool:
    """Push with a trigger: ``not_found`` while it lives (no modal is open), expired afterwards."""
    return (
        error_of(client.views_push, trigger_id=trigger_id, view=modal(section("x"))) == "expired_trigger_id"
    )


def test_a_refused_view_does_not_use_up_the_trigger(slack: Sandbox, client: WebClient, ana: Person) -> None:
    fresh = trigger(slack, ana)
    assert error_of(client.views_open, trigger_id=fresh, view=modal()) == "invalid_arguments"
    assert client.views_open(trigger_id=fresh, view=modal(section("x")))["ok"]


_BAD: list[tuple[Json, str]] = [
    (
        {**modal(field_block("Name", "n", TEXT)), "submit": None},
        "[ERROR] must define `submit` to use `input` block",  # node-slack-sdk#875
    ),
    (
        {**modal(section("x")), "submit_disabled": True},
        "[ERROR] invalid additional property: submit_disabled [json-pointer:/view]",  # slackblocks#36
    ),
    (
        modal(*[section("x")] * 101),
        "[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]",  # grafana oncall#210
    ),
]


@pytest.mark.parametrize(("view", "message"), _BAD)
def test_refused_views_say_why(
    slack: Sandbox, client: WebClient, ana: Person, view: Json, message: str
) -> None:
    body = {k: v for k, v in view.items() if v is not None}
    answer = refused(client.views_open, trigger_id=trigger(slack, ana), view=body)
    assert answer["error"] == "invalid_arguments"
    assert any(m.startswith(message) for m in answer["response_metadata"]["messages"]), answer


def test_view_too_large(slack: Sandbox, client: WebClient, ana: Person) -> None:
    """250 kB for the whole view (views.open, error table)."""
    big = modal(*[section("x" * 2900) for _ in range(90)])
    assert error_of(client.views_open, trigger_id=trigger(slack, ana), view=big) == "view_too_large"


def test_wrong_kind_of_view(slack: Sandbox, client: WebClient, ana: Person) -> None:
    home = {"type": "home", "blocks": [section("x")]}
    assert error_of(client.views_open, trigger_id=trigger(slack, ana), view=home) == "invalid_arguments"
    assert error_of(client.views_publish, user_id=ana.id, view=modal(section("x"))) == "invalid_arguments"
    assert form(slack, "views.publish", user_id=ana.id, view="{").body["error"] == "invalid_arguments"


def test_three_views_fit_on_the_stack(slack: Sandbox, client: WebClient, ana: Person) -> None:
    """One opened and two pushed; then push_limit_reached (docs.slack.dev/surfaces/modals)."""
    assert (
        error_of(client.views_push, trigger_id=trigger(slack, ana), view=modal(section("0"))) == "not_found"
    )
    first = client.views_open(trigger_id=trigger(slack, ana), view=modal(section("1")))["view"]
    second = client.views_push(trigger_id=trigger(slack, ana), view=modal(section("2")))["view"]
    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    client.views_push(trigger_id=trigger(slack, ana), view=modal(section("3")))
    call = client.views_push
    assert error_of(call, trigger_id=trigger(slack, ana), view=modal(section("4"))) == "push_limit_reached"
    assert ana.modal is not None
    assert ana.modal.text == "3"


def test_update_and_hash(slack: Sandbox, client: WebClient, ana: Person) -> None:
    view = client.views_open(trigger_id=trigger(slack, ana), view=modal(section("1")))["view"]
    newer = client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("2")))["view"]
    assert newer["hash"] != view["hash"]
    update: Any = client.views_update
    assert (
        error_of(update, view_id=view["id"], hash=view["hash"], view=modal(section("3"))) == "hash_conflict"
    )
    ana.closes_modal()
    assert error_of(update, view_id=view["id"], view=modal(section("3"))) == "not_found"
    assert form(slack, "views.update", view="{}").body["error"] == "invalid_arguments"


def test_update_keeps_what_was_typed(slack: Sandbox, client: WebClient, ana: Person) -> None:
    """Input stays when block_id and action_id stay (docs.slack.dev/surfaces/modals, updating views)."""
    fields = [field_block("One", "one", TEXT), field_block("Two", "two", TEXT)]
    view = client.views_open(trigger_id=trigger(slack, ana), view=modal(*fields))["view"]
    ana.fills("One", "first")
    ana.fills("Two", "second")
    changed = modal(field_block("Uno", "one", TEXT), field_block("Two", "other", TEXT))
    values = client.views_update(view_id=view["id"], view=changed)["view"]["state"]["values"]
    assert values["one"]["it"]["value"] == "first"
    assert values["other"]["it"]["value"] is None


def test_external_ids_are_unique(slack: Sandbox, client: WebClient, ana: Person, ben: Person) -> None:
    """duplicate_external_id (views.open, views.update); a closed view frees its id."""
    body = modal(section("x"), external_id="mine")
    client.views_open(trigger_id=trigger(slack, ana), view=body)
    assert error_of(client.views_open, trigger_id=trigger(slack, ben), view=body) == "duplicate_external_id"
    assert client.views_update(external_id="mine", view=body)["ok"]
    ana.closes_modal()
    assert client.views_open(trigger_id=trigger(slack, ben), view=body)["ok"]


def test_publish(slack: Sandbox, client: WebClient, ana: Person) -> None:
    home = {"type": "home", "blocks": [section("one")]}
    first = client.views_publish(user_id=ana.id, view=home)["view"]
    second = client.views_publish(user_id=ana.id, view=home, hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    call: Any = client.views_publish
    assert error_of(call, user_id=ana.id, view=home, hash=first["hash"]) == "hash_conflict"
    assert error_of(call, user_id="U404", view=home) == "user_not_found"
    with_submit = {**home, "submit": plain("Send")}
    assert error_of(call, user_id=ana.id, view=with_submit) == "invalid_arguments"


def test_home_tab_must_be_on() -> None:
    """``not_enabled`` (views.publish, error table)."""
    with Sandbox(config(home={"home_tab_enabled": False})) as slack:
        ana, home = slack.add_person("Ana Example"), {"type": "home", "blocks": [section("x")]}
        assert error_of(web_client(slack).views_publish, user_id=ana.id, view=home) == "not_enabled"
