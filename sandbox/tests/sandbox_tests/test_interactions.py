"""Interactions as payloads: every element's state, what Slack checks itself, what answers may say.

Sources: docs.slack.dev/reference/interaction-payloads, /reference/views/view-state-values,
/reference/block-kit/block-elements, /surfaces/modals.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import NoSuchOption, Person, PersonError, Sandbox
from sandbox.interactions import TROUBLE
from sandbox_tests.kit import (
    Json,
    acknowledge,
    action_of,
    bolt,
    button,
    config,
    field_block,
    keeping,
    meanwhile,
    modal,
    option,
    plain,
    raw_socket,
    received,
    section,
    web_client,
)

TEXT = {"type": "plain_text_input"}
RED, BLUE, GREEN = option("Red"), option("Blue"), option("Green")
GROUPS = [{"label": plain("Warm"), "options": [RED]}, {"label": plain("Cold"), "options": [BLUE, GREEN]}]
STORED_RED = {"text": {"type": "plain_text", "text": "Red", "emoji": True}, "value": "red"}
STORED_BLUE = {"text": {"type": "plain_text", "text": "Blue", "emoji": True}, "value": "blue"}


def show(slack: Sandbox, person: Person, *blocks: Json, **more: Any) -> None:
    """Open a modal for a person."""
    trigger = slack.backend.triggers.mint(person.id)
    web_client(slack).views_open(trigger_id=trigger, view=modal(*blocks, **more))


def value_of(slack: Sandbox, person: Person, block: str = "b") -> Json:
    """Return the state of the field in that block."""
    view = slack.backend.views.top(person.id)
    assert view is not None
    return view.values[(block, "it")]


_ELEMENTS: list[tuple[Json, Any, Json, Json]] = [
    (TEXT, "words", {"value": "words"}, {"value": None}),
    ({"type": "number_input", "is_decimal_allowed": False}, 3, {"value": "3"}, {"value": None}),
    ({"type": "email_text_input"}, "a@b.co", {"value": "a@b.co"}, {"value": None}),
    ({"type": "url_text_input"}, "https://a.b", {"value": "https://a.b"}, {"value": None}),
    (
        {"type": "static_select", "options": [RED, BLUE]},
        "Red",
        {"selected_option": STORED_RED},
        {"selected_option": None},
    ),
    (
        {"type": "static_select", "option_groups": GROUPS},
        "blue",
        {"selected_option": STORED_BLUE},
        {"selected_option": None},
    ),
    (
        {"type": "multi_static_select", "option_groups": GROUPS},
        ["Blue", "Red"],
        {"selected_options": [STORED_BLUE, STORED_RED]},
        {"selected_options": []},
    ),
    (
        {"type": "radio_buttons", "options": [RED, BLUE]},
        "Blue",
        {"selected_option": STORED_BLUE},
        {"selected_option": None},
    ),
    (
        {"type": "checkboxes", "options": [RED, BLUE]},
        ["Red"],
        {"selected_options": [STORED_RED]},
        {"selected_options": []},
    ),
    ({"type": "datepicker"}, date(2026, 3, 2), {"selected_date": "2026-03-02"}, {"selected_date": None}),
    ({"type": "timepicker"}, clock_time(9, 5), {"selected_time": "09:05"}, {"selected_time": None}),
    (
        {"type": "datetimepicker"},
        datetime(2026, 3, 2, tzinfo=UTC),
        {"selected_date_time": 1772409600},
        {"selected_date_time": None},
    ),
]


@pytest.mark.parametrize(
    ("element", "given", "filled", "empty"), _ELEMENTS, ids=[str(e[0]["type"]) for e in _ELEMENTS]
)
def test_state_values(
    slack: Sandbox, ana: Person, element: Json, given: Any, filled: Json, empty: Json
) -> None:
    show(slack, ana, field_block("Field", "b", element))
    assert value_of(slack, ana) == {"type": element["type"], **empty}
    ana.fills("Field", given)
    assert value_of(slack, ana) == {"type": element["type"], **filled}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("users_select", "selected_user"),
        ("multi_users_select", "selected_users"),
        ("conversations_select", "selected_conversation"),
        ("multi_conversations_select", "selected_conversations"),
        ("channels_select", "selected_channel"),
        ("multi_channels_select", "selected_channels"),
    ],
)
def test_people_and_places(slack: Sandbox, ana: Person, ben: Person, kind: str, key: str) -> None:
    room = slack.add_channel("room", [ana])
    show(slack, ana, field_block("Field", "b", {"type": kind}))
    chosen, name = (ben, "Ben Example") if "users" in kind else (room, "#room")
    many = kind.startswith("multi_")
    for given in (chosen, name):
        ana.fills("Field", [given] if many else given)
        assert value_of(slack, ana)[key] == ([chosen.id] if many else chosen.id)
    with pytest.raises(NoSuchOption):
        ana.fills("Field", ["nobody"] if many else "nobody")


def test_rich_text_input(slack: Sandbox, ana: Person) -> None:
    show(slack, ana, field_block("Field", "b", {"type": "rich_text_input"}))
    ana.fills("Field", "words")
    value = value_of(slack, ana)["rich_text_value"]
    assert value["elements"][0]["elements"] == [{"type": "text", "text": "words"}]


def test_initial_values_are_there_from_the_start(slack: Sandbox, ana: Person) -> None:
    element = {"type": "multi_static_select", "options": [RED, BLUE], "initial_options": [BLUE]}
    show(
        slack,
        ana,
        field_block("Field", "b", element),
        field_block("Name", "n", {**TEXT, "initial_value": "A"}),
    )
    assert value_of(slack, ana)["selected_options"] == [STORED_BLUE]
    assert value_of(slack, ana, "n")["value"] == "A"
    ana.fills("Name", None)
    assert value_of(slack, ana, "n")["value"] is None


def test_choices_that_are_not_on_offer(slack: Sandbox, ana: Person) -> None:
    element = {"type": "multi_static_select", "options": [RED, BLUE, GREEN], "max_selected_items": 2}
    show(slack, ana, field_block("Field", "b", element))
    with pytest.raises(NoSuchOption, match="Red"):
        ana.fills("Field", ["Pink"])
    with pytest.raises(PersonError, match="2 choices"):
        ana.fills("Field", ["Red", "Blue", "Green"])


_CHECKED: list[tuple[Json, Any, str | None]] = [
    (TEXT, None, "Please complete this required field."),
    ({**TEXT, "min_length": 3}, "ab", "Please enter at least 3 characters."),
    ({**TEXT, "max_length": 3}, "abcd", "Please enter at most 3 characters."),
    (TEXT, "x" * 3001, "Please enter at most 3000 characters."),
    ({"type": "number_input", "is_decimal_allowed": False}, "many", "Please enter a number."),
    ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
    ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "at least 2"),
    ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.5", "at most 2"),
    ({"type": "email_text_input"}, "nonsense", "Please enter a valid email address."),
    ({"type": "url_text_input"}, "nonsense", "Please enter a valid URL."),
    ({"type": "checkboxes", "options": [RED]}, [], "Please complete this required field."),
]


@pytest.mark.parametrize(("element", "given", "sentence"), _CHECKED)
def test_slack_checks_fields_before_the_app_hears_of_them(
    slack: Sandbox, ana: Person, element: Json, given: Any, sentence: str
) -> None:
    """Nothing is sent: with no socket open a sent submission would fail differently."""
    show(slack, ana, field_block("Field", "b", element))
    ana.fills("Field", given)
    outcome = ana.submits()
    assert (outcome.closed, outcome.error) == (False, None)
    assert sentence in outcome.errors["Field"]
    assert ana.modal is not None
    assert ana.modal.errors == outcome.errors


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


def test_block_action_payload_of_a_message(slack: Sandbox, client: WebClient, ana: Person) -> None:
    menu = {
        "type": "static_select",
        "action_id": "menu",
        "placeholder": plain("Color"),
        "options": [RED, BLUE],
    }
    blocks = [
        button("Go", value="7"),
        {"type": "section", "block_id": "s", "text": plain("Pick"), "accessory": menu},
    ]
    ts = client.chat_postMessage(channel=ana.id, text="x", blocks=blocks)["ts"]
    with raw_socket(slack) as socket:
        received(socket)
        choosing = meanwhile(lambda: ana.selects("Color", "Red"))
        envelope = received(socket)
        assert envelope["accepts_response_payload"] is False
        payload = envelope["payload"]
        assert payload["actions"][0]["selected_option"] == STORED_RED
        acknowledge(socket, envelope)
        assert choosing.result().ok
        clicking = meanwhile(lambda: ana.clicks("Go"))
        envelope = received(socket)
        acknowledge(socket, envelope)
        assert clicking.result().ok
    payload = envelope["payload"]
    (action,) = payload["actions"]
    assert {k: action[k] for k in ("type", "action_id", "block_id", "value")} == {
        "type": "button",
        "action_id": "go",
        "block_id": "b_go",
        "value": "7",
    }
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": ana.dm.id,
        "is_ephemeral": False,
    }
    assert payload["channel"] == {"id": ana.dm.id, "name": "directmessage"}
    assert payload["message"]["ts"] == ts
    assert payload["state"]["values"]["s"]["menu"]["selected_option"] == STORED_RED
    assert payload["response_url"].startswith("http://127.0.0.1:")
    assert payload["trigger_id"]


def test_ephemeral_actions_carry_no_message(slack: Sandbox, client: WebClient, ana: Person) -> None:
    """docs.slack.dev: ephemeral messages are not stored, so the payload has only the container."""
    room = slack.add_channel("room", [ana], bot=True)
    client.chat_postEphemeral(channel=room.id, user=ana.id, text="x", blocks=[button("Go")])
    with raw_socket(slack) as socket:
        received(socket)
        clicking = meanwhile(lambda: ana.clicks("Go"))
        envelope = received(socket)
        acknowledge(socket, envelope)
        assert clicking.result().ok
    payload = envelope["payload"]
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


def test_actions_in_a_view_carry_the_view_and_its_state(slack: Sandbox, ana: Person) -> None:
    with raw_socket(slack) as socket:
        received(socket)
        show(slack, ana, field_block("Name", "n", TEXT), button("More"))
        ana.fills("Name", "half")
        clicking = meanwhile(lambda: ana.clicks("More"))
        envelope = received(socket)
        acknowledge(socket, envelope)
        assert clicking.result().ok
    payload = envelope["payload"]
    assert payload["container"]["type"] == "view"
    assert payload["view"]["state"]["values"]["n"]["it"]["value"] == "half"
    assert "response_url" not in payload


def test_dispatch_action_tells_the_app_while_filling_in(slack: Sandbox, ana: Person) -> None:
    with bolt(slack) as app:
        heard: list[Any] = []
        app.action("it")(keeping(heard, lambda body: action_of(body)["selected_option"]["value"]))
        element = {"type": "static_select", "options": [RED, BLUE]}
        show(
            slack,
            ana,
            field_block("Loud", "b", element, dispatch_action=True),
            field_block("Mute", "c", element),
        )
        ana.fills("Mute", "Red")
        ana.fills("Loud", "Blue")
    assert heard == ["blue"]


def test_overflow_menu(slack: Sandbox, client: WebClient, ana: Person) -> None:
    with bolt(slack) as app:
        heard: list[str] = []
        app.action("more")(keeping(heard, lambda body: action_of(body)["selected_option"]["value"]))
        menu = {"type": "overflow", "action_id": "more", "options": [RED, BLUE]}
        block = {"type": "section", "text": plain("Pick"), "accessory": menu}
        client.chat_postMessage(channel=ana.id, text="x", blocks=[block])
        assert ana.selects("Pick", "Blue").ok
    assert heard == ["blue"]


def test_confirmation_dialogs(slack: Sandbox, client: WebClient, ana: Person) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}
    client.chat_postMessage(channel=ana.id, text="x", blocks=[button("Go", confirm=confirm)])
    with bolt(slack) as app:
        heard: list[str] = []
        app.action("go")(keeping(heard, lambda body: action_of(body)["action_id"]))
        assert ana.clicks("Go", confirm=False).ok
        assert heard == []
        ana.clicks("Go")
    assert heard == ["go"]


def test_interactivity_must_be_on() -> None:
    with Sandbox(config(interactivity=False)) as slack:
        ana = slack.add_person("Ana Example")
        web_client(slack).chat_postMessage(channel=ana.id, text="x", blocks=[button("Go")])
        assert "not configured" in str(ana.clicks("Go").error)


def test_type_ahead(slack: Sandbox, ana: Person) -> None:
    """block_suggestion from min_query_length on, options or option_groups back (external select docs)."""
    many = {"type": "multi_external_select", "min_query_length": 2}
    with bolt(slack) as app:
        asked: list[str] = []

        @app.options("it")
        def options(ack: Any, payload: Json) -> None:
            asked.append(payload["value"])
            found = [option(f"{payload['value']} {n}") for n in ("one", "two")]
            if payload["value"] == "grouped":
                ack(option_groups=[{"label": plain("G"), "options": found}])
            elif payload["value"] == "broken":
                ack(options=[{"text": plain("x" * 76), "value": "v"}])
            else:
                ack(options=found[:1] if payload["value"] == "sole" else found)

        show(slack, ana, field_block("Field", "b", many))
        assert ana.searches("Field", "a") == []
        assert asked == []
        assert ana.searches("Field", "ab") == ["ab one", "ab two"]
        assert ana.searches("Field", "grouped") == ["grouped one", "grouped two"]
        assert ana.searches("Field", "broken") == []
        assert "76 characters" in slack.refusals[-1]
        ana.fills("Field", ["sole", "ab"], pick=lambda texts: texts[-1])
        texts = [o["text"]["text"] for o in value_of(slack, ana)["selected_options"]]
        assert texts == ["sole one", "ab two"]
        with pytest.raises(NoSuchOption):
            ana.fills("Field", "ab")


def test_type_ahead_starts_at_three_characters_by_default(slack: Sandbox, ana: Person) -> None:
    show(slack, ana, field_block("Field", "b", {"type": "external_select"}))
    with raw_socket(slack) as socket:
        received(socket)
        assert ana.searches("Field", "ab") == []
        asking = meanwhile(lambda: ana.searches("Field", "abc"))
        envelope = received(socket)
        assert (envelope["payload"]["type"], envelope["payload"]["value"]) == ("block_suggestion", "abc")
        acknowledge(socket, envelope, {"options": [option("abcd")]})
        assert asking.result() == ["abcd"]


def test_buttons_on_cards_act_as_part_of_their_card(slack: Sandbox, ana: Person) -> None:
    """A card is a block of its own, in a carousel as well (docs.slack.dev, card and carousel blocks)."""
    order = {"type": "button", "action_id": "order", "text": plain("Order")}
    soup = {"type": "card", "block_id": "soup", "title": plain("Soup"), "actions": [order]}
    salad = {"type": "card", "title": plain("Salad")}
    heard: list[Json] = []
    with bolt(slack) as app:
        app.action("order")(keeping(heard, action_of))
        menu = [{"type": "carousel", "elements": [soup, salad]}]
        web_client(slack).chat_postMessage(channel=ana.dm.id, text="Menu", blocks=menu)
        assert ana.clicks("Order").ok
    assert [each["block_id"] for each in heard] == ["soup"]
    (carousel,) = ana.messages()[0].blocks
    assert all(each["block_id"] for each in carousel["elements"])
