"""Forms that are submitted or closed: the payload, what an app may answer, and what the person then sees.

Sources: docs.slack.dev/reference/interaction-payloads, /surfaces/modals.
"""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox.interactions import TROUBLE
from sandbox_tests.kit import (
    Json,
    acknowledge,
    bolt,
    field_block,
    meanwhile,
    modal,
    plain,
    raw_socket,
    received,
    section,
)
from sandbox_tests.modals import TEXT, show, value_of


def test_an_optional_field_may_stay_empty(slack: Sandbox, ana: Person) -> None:
    with bolt(slack) as app:
        app.view("f")(lambda ack: ack())
        show(slack, ana, field_block("Field", "b", TEXT, optional=True), callback_id="f")
        assert ana.submits().closed


def test_submission_payload(slack: Sandbox, ana: Person) -> None:
    with raw_socket(slack) as socket:
        received(socket)
        show(slack, ana, field_block("Field", "b", TEXT), callback_id="f", private_metadata="m")
        ana.fills("Field", "words")
        submitting = meanwhile(ana.submits)
        envelope = received(socket)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", True)
        payload = envelope["payload"]
        assert payload["type"] == "view_submission"
        assert payload["user"] == {
            "id": ana.id,
            "username": "ana.example",
            "name": "ana.example",
            "team_id": slack.team_id,
        }
        assert payload["response_urls"] == []
        view = payload["view"]
        assert view["state"] == {"values": {"b": {"it": {"type": "plain_text_input", "value": "words"}}}}
        assert (view["callback_id"], view["private_metadata"]) == ("f", "m")
        assert {"hash", "root_view_id", "previous_view_id", "app_id", "bot_id", "team_id"} <= set(view)
        acknowledge(socket, envelope)
        assert submitting.result().closed


def test_response_url_of_a_conversations_select(slack: Sandbox, ana: Person) -> None:
    """response_url_enabled gives response_urls in the submission (block element docs)."""
    room = slack.add_channel("room", [ana], bot=True)
    element = {"type": "conversations_select", "response_url_enabled": True}
    with bolt(slack) as app:

        @app.view("f")
        def submitted(ack: Any, respond: Any) -> None:
            ack()
            respond("posted", response_type="in_channel")

        show(slack, ana, field_block("Where", "b", element), callback_id="f")
        ana.fills("Where", room)
        assert ana.submits().closed
        assert ana.waits_to_see("posted").channel == room.id


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "bad"}}, "no input"),
        ({"response_action": "errors", "errors": {"s": "bad"}}, "no input"),
        ({"response_action": "errors", "errors": {}}, "must map"),
        ({"response_action": "dance"}, "unknown response_action"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
        ({"response_action": "push", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
    ],
)
def test_nonsense_answers_are_refused(slack: Sandbox, ana: Person, answer: Json, why: str) -> None:
    """Slack shows a connection problem and keeps the modal (docs.slack.dev/surfaces/modals)."""
    with raw_socket(slack) as socket:
        received(socket)
        info = {"type": "section", "block_id": "s", "text": plain("info")}
        show(slack, ana, info, field_block("Field", "b", TEXT, optional=True), callback_id="f")
        submitting = meanwhile(ana.submits)
        acknowledge(socket, received(socket), answer)
        outcome = submitting.result()
    assert (outcome.closed, outcome.error) == (False, TROUBLE)
    assert ana.modal is not None
    assert why in slack.refusals[-1]


def test_field_errors_stay_beside_their_fields(slack: Sandbox, ana: Person) -> None:
    with bolt(slack) as app:
        app.view("f")(lambda ack: ack(response_action="errors", errors={"b": "Not that."}))
        show(slack, ana, field_block("Field", "b", TEXT), callback_id="f")
        ana.fills("Field", "words")
        outcome = ana.submits()
        assert outcome.errors == {"Field": "Not that."}
        assert value_of(slack, ana)["value"] == "words", "nothing typed is lost"


def test_update_push_and_clear(slack: Sandbox, ana: Person) -> None:
    with bolt(slack) as app:
        app.view("f")(lambda ack: ack(response_action="push", view=modal(section("two"), callback_id="g")))
        app.view("g")(
            lambda ack: ack(response_action="update", view=modal(section("three"), callback_id="h"))
        )
        app.view("h")(lambda ack: ack(response_action="clear"))
        show(slack, ana, section("one"), callback_id="f")
        assert [view.text for view in (ana.submits().view, ana.submits().view) if view] == ["two", "three"]
        assert ana.submits().closed
        assert ana.modal is None


def test_closing_a_pushed_view_shows_the_one_below(slack: Sandbox, client: WebClient, ana: Person) -> None:
    with bolt(slack) as app:
        closed: list[tuple[str, bool]] = []

        @app.view_closed("f")
        @app.view_closed("g")
        def gone(ack: Any, body: Json) -> None:
            ack()
            closed.append((body["view"]["callback_id"], body["is_cleared"]))

        def stack() -> None:
            show(slack, ana, section("one"), callback_id="f", notify_on_close=True)
            body = modal(section("two"), callback_id="g", notify_on_close=True)
            client.views_push(trigger_id=slack.backend.triggers.mint(ana.id), view=body)

        stack()
        below = ana.goes_back()
        assert below is not None
        assert below.text == "one"
        assert closed == [("g", False)]
        stack()
        ana.closes_modal()
        assert sorted(closed[1:]) == [("f", True), ("g", True)]
        assert ana.modal is None
        show(slack, ana, section("silent"))
        ana.closes_modal()
        assert len(closed) == 3, "apps hear of it only with notify_on_close"


def test_no_answer_keeps_the_modal(ana: Person, slack: Sandbox) -> None:
    show(slack, ana, section("x"))
    outcome = ana.submits()
    assert (outcome.closed, outcome.error) == (False, TROUBLE)
