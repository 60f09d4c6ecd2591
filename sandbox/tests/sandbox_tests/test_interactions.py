"""Presses and choices as payloads: in messages, in modals, and on cards.

Sources: docs.slack.dev/reference/interaction-payloads, /reference/block-kit/block-elements.
"""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from sandbox import Person, Sandbox
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
    plain,
    pressed,
    raw_socket,
    web_client,
)
from sandbox_tests.modals import BLUE, RED, STORED_RED, TEXT, show


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
        choosing = meanwhile(lambda: ana.selects("Color", "Red"))
        envelope = pressed(socket)
        assert envelope["accepts_response_payload"] is False
        payload = envelope["payload"]
        assert payload["actions"][0]["selected_option"] == STORED_RED
        acknowledge(socket, envelope)
        assert choosing.result().ok
        clicking = meanwhile(lambda: ana.clicks("Go"))
        envelope = pressed(socket)
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
        clicking = meanwhile(lambda: ana.clicks("Go"))
        envelope = pressed(socket)
        acknowledge(socket, envelope)
        assert clicking.result().ok
    payload = envelope["payload"]
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


def test_actions_in_a_view_carry_the_view_and_its_state(slack: Sandbox, ana: Person) -> None:
    with raw_socket(slack) as socket:
        show(slack, ana, field_block("Name", "n", TEXT), button("More"))
        ana.fills("Name", "half")
        clicking = meanwhile(lambda: ana.clicks("More"))
        envelope = pressed(socket)
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
