"""Slash commands and response_url.

Sources: docs.slack.dev/interactivity/implementing-slash-commands, /interactivity/handling-user-interaction.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient

from sandbox import Channel, Person, PersonError, Sandbox
from sandbox_tests.kit import Json, bolt, button, config, http, keeping, section, web_client


def test_only_registered_commands(slack: Sandbox, ana: Person) -> None:
    reply = ana.types("/other")
    assert (reply.ok, reply.error) == (False, "/other is not a valid command.")


def test_answers_are_ephemeral_unless_in_channel(slack: Sandbox, ana: Person, ben: Person) -> None:
    room = slack.add_channel("room", [ana, ben])
    with bolt(slack) as app:
        app.command("/tiny")(lambda ack, body: ack(text=body["text"], response_type=body["text"]))
        quiet = ana.types("/tiny ephemeral", channel=room)
        loud = ana.types("/tiny in_channel", channel=room)
    assert (quiet.ephemeral, loud.ephemeral) == (True, False)
    assert [m.text for m in ana.messages(room)] == ["ephemeral", "in_channel"]
    assert [m.text for m in ben.messages(room)] == ["in_channel"]


def test_an_answer_with_bad_blocks_is_refused(slack: Sandbox, ana: Person) -> None:
    with bolt(slack) as app:
        app.command("/tiny")(lambda ack: ack(text="x", blocks=[{"type": "nonsense"}]))
        reply = ana.types("/tiny")
    assert reply.error == '/tiny failed with the error "invalid_blocks"'
    assert "unsupported type" in slack.refusals[-1]


@pytest.mark.parametrize(
    ("escape", "expected"),
    [(True, "<@{id}|ben.example> in <#{room}|room>"), (False, "@ben.example in #room")],
)
def test_should_escape(escape: bool, expected: str) -> None:
    """``should_escape: true`` turns typed names into ids (manifest reference)."""
    with Sandbox(config(command={"should_escape": escape})) as slack:
        ana, ben = slack.add_person("Ana Example"), slack.add_person("Ben Example")
        room = slack.add_channel("room", [ana])
        with bolt(slack) as app:
            app.command("/tiny")(lambda ack, body: ack(body["text"]))
            reply = ana.types("/tiny @ben.example in #room")
        assert reply.text == expected.format(id=ben.id, room=room.id)


def test_where_a_command_may_be_typed(slack: Sandbox, ana: Person) -> None:
    foreign = slack.add_channel("foreign")
    with pytest.raises(PersonError, match="not in #foreign"):
        ana.types("/tiny", channel=foreign)
    slack.deactivate(ana)
    with pytest.raises(PersonError, match="deactivated"):
        ana.types("/tiny")


def test_channel_names_in_payloads(slack: Sandbox, ana: Person) -> None:
    secret, room = slack.add_channel("secret", [ana], private=True), slack.add_channel("room", [ana])
    with bolt(slack) as app:
        app.command("/tiny")(lambda ack, body: ack(body["channel_name"]))
        places: list[Channel | None] = [None, secret, room]
        names = [ana.types("/tiny", channel=place).text for place in places]
    assert names == ["directmessage", "privategroup", "room"]


def test_the_app_can_open_a_modal_from_a_command(slack: Sandbox, ana: Person) -> None:
    with bolt(slack) as app:

        @app.command("/tiny")
        def command(ack: Any, body: Json, client: Any) -> None:
            ack()
            view = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": [section("x")]}
            client.views_open(trigger_id=body["trigger_id"], view=view)

        assert ana.types("/tiny").ok
        assert ana.waits_for_modal(title="Hi").text == "x"


def response_url(slack: Sandbox, person: Person, ephemeral: bool = False) -> str:
    """Post a message with a button, click it and return the response URL."""
    room = slack.add_channel(f"room{len(slack.calls)}", [person], bot=True)
    client, found = web_client(slack), list[str]()
    call: Any = client.chat_postEphemeral if ephemeral else client.chat_postMessage
    extra = {"user": person.id} if ephemeral else {}
    call(channel=room.id, text="original", blocks=[button("Go")], **extra)
    with bolt(slack) as app:
        app.action("go")(keeping(found, lambda body: body["response_url"]))
        person.clicks("Go")
    return str(found[0])


def test_five_uses(slack: Sandbox, ana: Person) -> None:
    """Five times within 30 minutes."""
    hook = WebhookClient(response_url(slack, ana))
    answers = [hook.send(text=f"answer {n}") for n in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [404]
    assert answers[0].body == "ok"
    assert json.loads(answers[5].body)["error"] == "used_url"
    assert ana.sees("answer 4") is not None
    assert ana.sees("answer 5") is None


def test_thirty_minutes(slack: Sandbox, ana: Person) -> None:
    url = response_url(slack, ana)
    slack.backend.urls.expire(url.removeprefix(slack.backend.base_url + "/"))
    assert json.loads(WebhookClient(url).send(text="late").body)["error"] == "expired_url"


def test_ephemeral_by_default_and_in_channel(slack: Sandbox, ana: Person, ben: Person) -> None:
    url = response_url(slack, ana)
    room = next(m.channel for m in [ana.sees("original")] if m)
    slack.join(slack.channel(room), ben)
    hook = WebhookClient(url)
    hook.send(text="for you")
    hook.send(text="for all", response_type="in_channel")
    assert [bool(ben.sees(t)) for t in ("for you", "for all")] == [False, True]


@pytest.mark.parametrize("ephemeral", [False, True])
def test_replace_and_delete_original(slack: Sandbox, ana: Person, ephemeral: bool) -> None:
    """Both work on ephemeral messages as well; a replacement replaces text and blocks."""
    hook = WebhookClient(response_url(slack, ana, ephemeral))
    hook.send(text="replaced", replace_original=True)
    message = ana.sees("replaced")
    assert message is not None
    assert (message.buttons, message.ephemeral) == ((), ephemeral)
    assert ana.sees("original") is None
    hook.send(delete_original=True)
    assert ana.sees("replaced") is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"{", "invalid_payload"),
        (b"{}", "no_text"),
        (b'{"text":"x","blocks":[{"type":"no"}]}', "invalid_blocks"),
    ],
)
def test_bad_payloads(slack: Sandbox, ana: Person, body: bytes, text: str) -> None:
    answer = http(response_url(slack, ana), body, {"Content-Type": "application/json"})
    assert (answer.status, answer.text) == (400, text)
