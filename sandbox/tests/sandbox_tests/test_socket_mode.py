"""Socket Mode on the wire: hello, envelopes, acknowledgements, refreshes.

Sources: docs.slack.dev/apis/events-api/using-socket-mode; message shapes from the fixtures of
python-slack-sdk and node-slack-sdk; limits from node-slack-sdk#1654, redelivery from bolt-js#2487.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from sandbox import Person, Sandbox, Settings
from sandbox_tests.kit import (
    ALL_EVENTS,
    acknowledge,
    config,
    eventually,
    meanwhile,
    raw_socket,
    received,
    web_client,
)
from sandbox_tests.patience import PATIENCE

AN_HOUR = 3600.0
A_MOMENT = 0.05


@pytest.fixture
def impatient() -> Iterator[Sandbox]:
    """A workspace that waits 0.15 s for acknowledgements and redelivers after 0, 0.06 and 0.3 s."""
    settings = Settings(rate_clock="off", ack_seconds=0.15, time_scale=0.001, ping_seconds=0.1)
    with Sandbox(config(events=ALL_EVENTS), settings=settings) as slack:
        yield slack


def test_hello(slack: Sandbox) -> None:
    with raw_socket(slack) as socket:
        hello = received(socket)
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"] == {"app_id": slack.app_id}
    assert set(hello["debug_info"]) == {"host", "build_number", "approximate_connection_time"}


def test_a_ticket_opens_one_connection(slack: Sandbox) -> None:
    url = web_client(slack).apps_connections_open(app_token=slack.app_token)["url"]
    assert f"app_id={slack.app_id}" in url
    with connect(url, close_timeout=0.2):
        with pytest.raises(InvalidStatus):
            connect(url)
        with pytest.raises(InvalidStatus):
            connect(url.replace("ticket=", "ticket=x"))


def test_slash_command_envelope(slack: Sandbox, ana: Person) -> None:
    """Keys from docs.slack.dev/interactivity/implementing-slash-commands and SDK request.py."""
    with raw_socket(slack) as socket:
        received(socket)
        typing = meanwhile(lambda: ana.types("/tiny  two words "))
        envelope = received(socket)
        assert set(envelope) == {"envelope_id", "payload", "type", "accepts_response_payload"}
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert {
            k: envelope["payload"][k] for k in ("command", "text", "user_id", "user_name", "channel_name")
        } == {
            "command": "/tiny",
            "text": "two words",
            "user_id": ana.id,
            "user_name": "ana.example",
            "channel_name": "directmessage",
        }
        assert envelope["payload"]["is_enterprise_install"] == "false"
        acknowledge(socket, envelope, {"text": "done"})
        reply = typing.result()
    assert (reply.ok, reply.text, reply.ephemeral) == (True, "done", True)


def test_event_envelope(slack: Sandbox) -> None:
    """events_api adds retry_attempt and retry_reason (python-slack-events-api#93)."""
    with raw_socket(slack) as socket:
        received(socket)
        person = slack.add_person("Ana Example")
        envelope = received(socket)
        acknowledge(socket, envelope)
    assert set(envelope) == {
        "envelope_id",
        "payload",
        "type",
        "accepts_response_payload",
        "retry_attempt",
        "retry_reason",
    }
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    assert envelope["accepts_response_payload"] is False
    payload = envelope["payload"]
    assert (payload["type"], payload["api_app_id"], payload["team_id"]) == (
        "event_callback",
        slack.app_id,
        slack.team_id,
    )
    assert payload["event"]["type"] == "team_join"
    assert payload["event"]["user"]["id"] == person.id
    assert payload["authorizations"][0]["user_id"] == slack.bot_user_id


def test_no_acknowledgement_means_a_timeout_for_the_person(impatient: Sandbox) -> None:
    ana = impatient.add_person("Ana Example", announce=False)
    with raw_socket(impatient) as socket:
        received(socket)
        typing = meanwhile(lambda: ana.types("/tiny"))
        envelope = received(socket)
        reply = typing.result()
        acknowledge(socket, envelope, {"text": "late"})
    assert (reply.ok, reply.error) == (False, '/tiny failed with the error "operation_timeout"')
    assert ana.sees("late") is None, "a late acknowledgement is dropped"


def test_without_a_socket_commands_fail_at_once() -> None:
    with Sandbox(config(), settings=Settings(ack_seconds=AN_HOUR)) as slack:
        ana = slack.add_person("Ana Example", announce=False)
        assert ana.types("/tiny").error == '/tiny failed with the error "dispatch_failed"'


def test_events_are_sent_three_more_times_with_the_same_ids(impatient: Sandbox) -> None:
    """At once, after 1 minute, after 5 minutes (vercel/chat#666); same envelope_id (#667)."""
    with raw_socket(impatient) as socket:
        received(socket)
        impatient.add_person("Ana Example")
        envelopes = [received(socket) for _ in range(4)]
        assert impatient.settle()
        with pytest.raises(TimeoutError):
            received(socket, 0.3)
    assert [e["retry_attempt"] for e in envelopes] == [0, 1, 2, 3]
    assert [e["retry_reason"] for e in envelopes] == ["", "timeout", "timeout", "timeout"]
    assert len({e["envelope_id"] for e in envelopes}) == 1
    assert len({e["payload"]["event_id"] for e in envelopes}) == 1


def test_an_event_without_a_socket_comes_with_a_retry() -> None:
    """Events that arrive while no socket is open are retried (python-slack-sdk#1280)."""
    again_and_again = Settings(redelivery_seconds=(0.02,) * int(PATIENCE / 0.02))
    with Sandbox(config(events=ALL_EVENTS), settings=again_and_again) as slack:
        slack.add_person("Ana Example")
        with raw_socket(slack) as socket:
            received(socket)
            envelope = received(socket)
            acknowledge(socket, envelope)
            assert slack.settle()
    assert envelope["retry_attempt"] >= 1


def test_each_envelope_goes_to_one_connection(slack: Sandbox) -> None:
    with raw_socket(slack) as one, raw_socket(slack) as two:
        received(one), received(two)
        for number in range(4):
            slack.add_person(f"Person {number} Example")
        found = []
        for socket in (one, two, one, two):
            envelope = received(socket)
            acknowledge(socket, envelope)
            found.append(envelope["payload"]["event_id"])
    assert len(set(found)) == 4


def test_an_acknowledgement_may_come_over_another_connection(slack: Sandbox, ana: Person) -> None:
    """slack_sdk answers over its newest session while it replaces the old one (builtin/client.py)."""
    with raw_socket(slack) as one, raw_socket(slack) as two:
        received(one), received(two)
        typing = meanwhile(lambda: ana.types("/tiny"))
        assert eventually(lambda: _crossed(one, two) or _crossed(two, one))
        assert typing.result().ok


def _crossed(socket: ClientConnection, other: ClientConnection) -> bool:
    """Acknowledge what has come over one connection over the other one."""
    try:
        acknowledge(other, received(socket, 0.02))
    except TimeoutError:
        return False
    return True


def test_the_eleventh_connection_is_one_too_many() -> None:
    with Sandbox(config(), settings=Settings(max_sockets=2)) as slack, raw_socket(slack) as one:
        received(one)
        with raw_socket(slack) as two, raw_socket(slack) as three:
            assert received(two)["num_connections"] == 2
            assert received(three)["reason"] == "too_many_websockets"
            with pytest.raises(ConnectionClosed):
                received(three)
    assert Settings().max_sockets == 10


def test_disconnect_warning_and_refresh(slack: Sandbox) -> None:
    """``warning`` announces, ``refresh_requested`` ends the connection shortly after (node-slack-sdk#2254)."""
    with raw_socket(slack) as socket:
        received(socket)
        slack.faults.disconnect("warning")
        assert received(socket)["reason"] == "warning"
        slack.faults.disconnect("refresh_requested")
        message = received(socket)
        assert message == {
            "type": "disconnect",
            "reason": "refresh_requested",
            "debug_info": {"host": "applink-2"},
        }
        with pytest.raises(ConnectionClosed):
            received(socket)


def test_a_draining_connection_gets_nothing_new(slack: Sandbox) -> None:
    with raw_socket(slack) as old:
        received(old)
        slack.faults.disconnect("refresh_requested")
        received(old)
        with raw_socket(slack) as new:
            received(new)
            for number in range(3):
                slack.add_person(f"Person {number} Example")
                acknowledge(new, received(new))


def test_cut_sockets(slack: Sandbox) -> None:
    with raw_socket(slack) as socket:
        received(socket)
        slack.faults.cut_sockets()
        with pytest.raises(ConnectionClosed):
            received(socket)
        assert eventually(lambda: slack.connections == 0)


def test_pings_come_with_slacks_text(impatient: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """``Ping from applink-2`` (node-slack-sdk#2254)."""
    with raw_socket(impatient) as socket:
        seen: list[bytes] = []
        handle = socket.protocol.recv_frame

        def watched(frame: Any) -> None:
            seen.append(bytes(frame.data))
            handle(frame)

        monkeypatch.setattr(socket.protocol, "recv_frame", watched)
        assert eventually(lambda: b"Ping from applink-2" in seen)


def test_dropped_events_never_come(slack: Sandbox) -> None:
    with raw_socket(slack) as socket:
        received(socket)
        slack.faults.drop_events("team_join", times=1)
        slack.add_person("Lost Example")
        kept = slack.add_person("Kept Example")
        envelope = received(socket)
        acknowledge(socket, envelope)
    assert envelope["payload"]["event"]["user"]["id"] == kept.id


def test_waiting_for_a_connection(slack: Sandbox) -> None:
    with pytest.raises(TimeoutError, match="0 sockets are open"):
        slack.wait_for_connection(0.05)
    with raw_socket(slack):
        slack.wait_for_connection()


def test_a_socket_can_end_by_a_reset_and_without_a_close_frame(slack: Sandbox) -> None:
    with raw_socket(slack) as socket:
        received(socket)
        slack.faults.break_sockets("reset")
        with pytest.raises(ConnectionClosed) as ended:
            received(socket)
        assert isinstance(ended.value.__cause__, ConnectionResetError)
    with raw_socket(slack) as socket:
        received(socket)
        slack.faults.break_sockets("eof")
        with pytest.raises(ConnectionClosed) as ended:
            received(socket)
        assert ended.value.rcvd is None, "no close frame"
        assert not isinstance(ended.value.__cause__, ConnectionResetError)


@pytest.mark.parametrize("how", ["deaf", "half_frame"])
def test_a_deaf_socket_stays_open_and_answers_nothing(
    impatient: Sandbox, how: Literal["deaf", "half_frame"]
) -> None:
    ana = impatient.add_person("Ana Example", announce=False)
    with raw_socket(impatient) as socket:
        received(socket)
        assert socket.ping().wait(PATIENCE)
        impatient.faults.break_sockets(how)
        assert impatient.connections == 0
        assert ana.types("/tiny").error == '/tiny failed with the error "operation_timeout"'
        assert not socket.ping().wait(A_MOMENT)
        with pytest.raises(TimeoutError):
            received(socket, A_MOMENT)
        with raw_socket(impatient) as other:
            assert received(other)["type"] == "hello"
            impatient.wait_for_connection()
            socket.close_timeout = 0


def test_envelopes_in_fragments_with_pings_between(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox(config(), settings=Settings(fragment_characters=50)) as slack, raw_socket(slack) as socket:
        received(socket)
        kinds: list[str] = []
        handle = socket.protocol.recv_frame

        def watched(frame: Any) -> None:
            kinds.append(frame.opcode.name)
            handle(frame)

        monkeypatch.setattr(socket.protocol, "recv_frame", watched)
        ana = slack.add_person("Ana Example", announce=False)
        typing = meanwhile(lambda: ana.types("/tiny in pieces"))
        envelope = received(socket)
        acknowledge(socket, envelope)
        assert typing.result().ok
    assert envelope["payload"]["text"] == "in pieces"
    assert kinds[:3] == ["TEXT", "PING", "CONT"]
