"""The HTTP mode over real HTTP with a real Bolt app: only what Slack signed, once, and in Slack's shapes."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from bot.transport.front_door import REPLAY_MEMORY
from bot.transport.http import LARGEST_BODY, LARGEST_HEADERS, HttpServer, serve
from tests.effort import examples
from tests.patience import PATIENCE, soon

SECRET = "signing-secret-of-the-tests"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
PATH = "/slack/events"


@dataclass
class Clock:
    """Both clocks of the server, moved by hand."""

    seconds: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Listening:
    """A served Bolt app, and what its listeners got."""

    server: HttpServer
    clock: Clock
    got: list[tuple[str, Any]] = field(default_factory=list)

    def send(
        self, body: bytes, headers: dict[str, str], method: str = "POST", path: str = PATH
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection(*self.server.address, timeout=PATIENCE)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answer = response.status, response.read().decode()
        connection.close()
        return answer

    def headers(self, body: bytes, content_type: str, at: float | None = None) -> dict[str, str]:
        timestamp = str(int(self.clock.seconds if at is None else at))
        digest = hmac.new(SECRET.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={digest}",
        }

    def signed(self, body: bytes, content_type: str = FORM, **more: str) -> tuple[int, str]:
        return self.send(body, {**self.headers(body, content_type), **more})

    def command(self, text: str) -> tuple[int, str]:
        return self.signed(urlencode({**COMMAND, "text": text}).encode())

    def interaction(self, payload: object) -> tuple[int, str]:
        return self.signed(urlencode({"payload": json.dumps(payload)}).encode())

    def event(self, body: object) -> tuple[int, str]:
        return self.signed(json.dumps(body).encode(), JSON)


COMMAND = {"command": "/rm", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2.a"}
CLICK = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "actions": [{"action_id": "go"}],
}
VIEW = {"type": "modal", "callback_id": "form", "id": "V1", "state": {"values": {}}}
SUBMISSION = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": VIEW}
SEARCH = {
    "type": "block_suggestion",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "action_id": "find",
    "value": "py",
}
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "app_home_opened", "user": "U1", "tab": "home"},
}


def bolt_app(got: list[tuple[str, Any]]) -> App:
    def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="t", bot_id="B1", bot_user_id="U0")

    app = App(authorize=authorize, signing_secret="another one, never asked", process_before_response=True)

    @app.command("/rm")
    def command(ack: Ack, body: dict[str, Any]) -> None:
        text = body.get("text", "")
        got.append(("command", text))
        if text == "break":
            raise RuntimeError("a listener that fails")
        ack(f"you said {text}")

    @app.action("go")
    def click(ack: Ack, body: dict[str, Any]) -> None:
        got.append(("click", body["actions"][0]["action_id"]))
        ack()

    @app.view("form")
    def submit(ack: Ack, body: dict[str, Any]) -> None:
        got.append(("view", body["view"]["id"]))
        ack(response_action="errors", errors={"b": "too long"})

    @app.options("find")
    def search(ack: Ack, body: dict[str, Any]) -> None:
        got.append(("search", body["value"]))
        ack(options=[])

    @app.event("app_home_opened")
    def opened(body: dict[str, Any], request: Any) -> None:
        got.append(("event", request.headers.get("x-slack-retry-num")))

    return app


@pytest.fixture(scope="module")
def shared() -> Iterator[Listening]:
    got: list[tuple[str, Any]] = []
    clock = Clock()
    with serve(
        bolt_app(got), host="127.0.0.1", port=0, signing_secret=SECRET, now=clock, monotonic=clock
    ) as server:
        yield Listening(server, clock, got)


@pytest.fixture
def slack(shared: Listening) -> Listening:
    """A second in which nothing was sent yet, so that equal requests have new signatures."""
    shared.clock.seconds += 2 * REPLAY_MEMORY
    shared.got.clear()
    return shared


# What gets in


def test_a_command_gets_its_answer(slack: Listening) -> None:
    assert slack.command("help") == (200, "you said help")


@pytest.mark.parametrize(
    "text",
    [
        "payload",
        "join payload engineering",
        "payload={}",
        "&payload=%7B%7D",
        "",
        "{",
        "ñ 日本 🙂",
        "a=b&c",
        "x" * 40_000,
    ],
)
def test_any_text_of_a_command_arrives(slack: Listening, text: str) -> None:
    """Bolt on its own answers 404 wherever "payload" stands in the text."""
    assert slack.command(text)[0] == 200
    assert slack.got == [("command", text)]


def test_interactions_and_events_arrive(slack: Listening) -> None:
    assert slack.interaction(CLICK) == (200, "")
    status, answer = slack.interaction(SUBMISSION)
    assert (status, json.loads(answer)) == (200, {"response_action": "errors", "errors": {"b": "too long"}})
    assert slack.interaction(SEARCH) == (200, '{"options": []}')
    assert slack.event(EVENT)[0] == 200
    assert slack.got == [("click", "go"), ("view", "V1"), ("search", "py"), ("event", None)]


def test_slacks_retry_headers_arrive_and_bolts_own_do_not(slack: Listening) -> None:
    body = json.dumps(EVENT).encode()
    status, _ = slack.signed(body, JSON, **{"X-Slack-Retry-Num": "2", "X-Slack-Bolt-Lazy-Only": "1"})
    assert status == 200
    assert slack.got == [("event", ["2"])]


def test_url_verification(slack: Listening) -> None:
    status, answer = slack.event({"type": "url_verification", "challenge": "abc", "token": "t"})
    assert (status, json.loads(answer)) == (200, {"challenge": "abc"})


def test_slacks_look_at_the_certificate(slack: Listening) -> None:
    assert slack.signed(b"ssl_check=1&token=t") == (200, "")


def test_a_sign_of_life(slack: Listening) -> None:
    assert slack.send(b"", {}, "GET", "/healthz") == (200, "ok")
    assert slack.send(b"", {}, "HEAD", "/healthz") == (200, "")


def test_other_addresses_are_not_there(slack: Listening) -> None:
    assert slack.send(b"", {}, "GET", PATH)[0] == 404
    assert slack.send(b"x", {}, "POST", "/healthz")[0] == 404
    assert slack.send(b"", {}, "GET", "/")[0] == 404


def test_what_bolt_has_no_listener_for_is_404(slack: Listening) -> None:
    assert slack.interaction({**CLICK, "actions": [{"action_id": "unknown"}]})[0] == 404


def test_a_chunked_body_is_read_too(slack: Listening) -> None:
    body = urlencode({**COMMAND, "text": "chunked"}).encode()
    connection = http.client.HTTPConnection(*slack.server.address, timeout=PATIENCE)
    connection.request(
        "POST", PATH, iter([body[:9], body[9:]]), slack.headers(body, FORM), encode_chunked=True
    )
    assert connection.getresponse().status == 200
    connection.close()
    assert slack.got == [("command", "chunked")]


# What does not: signatures


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": None},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "ü"},
        {"X-Slack-Request-Timestamp": None},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "²"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "nan"},
    ],
)
def test_requests_slack_did_not_sign_are_401(slack: Listening, change: dict[str, str | None]) -> None:
    body = urlencode({**COMMAND, "text": "x"}).encode()
    headers = {**slack.headers(body, FORM), **change}
    sent = {name: value.encode().decode("latin-1") for name, value in headers.items() if value is not None}
    assert slack.send(body, sent)[0] == 401
    assert slack.got == []


@pytest.mark.parametrize("content_type", [FORM, JSON, "", "text/plain"])
@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xff", b"payload=", b"[" * 100_000, b"ssl_check=1"])
def test_unsigned_garbage_is_401_and_never_parsed(slack: Listening, body: bytes, content_type: str) -> None:
    assert slack.send(body, {"Content-Type": content_type})[0] == 401


def test_one_changed_byte_is_401(slack: Listening) -> None:
    body = urlencode({**COMMAND, "text": "x"}).encode()
    assert slack.send(body + b" ", slack.headers(body, FORM))[0] == 401


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-299, 200), (299, 200), (301, 401)])
def test_timestamps_may_be_five_minutes_off(slack: Listening, seconds: int, status: int) -> None:
    body = urlencode({**COMMAND, "text": "x"}).encode()
    assert slack.send(body, slack.headers(body, FORM, at=slack.clock.seconds + seconds))[0] == status


# What does not: the second time


def test_the_same_request_has_one_effect(slack: Listening) -> None:
    body = urlencode({**COMMAND, "text": "once"}).encode()
    headers = slack.headers(body, FORM, at=slack.clock.seconds + 299)
    assert slack.send(body, headers) == (200, "you said once")
    for _ in range(3):
        slack.clock.seconds += 199
        assert slack.send(body, headers) == (200, "")
    slack.clock.seconds += 3
    assert slack.send(body, headers)[0] == 401
    assert slack.got == [("command", "once")]


def test_the_same_request_from_many_sides_at_once_has_one_effect(slack: Listening) -> None:
    body = urlencode({**COMMAND, "text": "together"}).encode()
    headers = slack.headers(body, FORM)
    barrier = threading.Barrier(8)

    def send() -> None:
        barrier.wait()
        slack.send(body, headers)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slack.got == [("command", "together")]


def test_a_request_that_failed_may_come_again(slack: Listening, caplog: pytest.LogCaptureFixture) -> None:
    """Slack's first retry comes at once: the same second, so the same signature."""
    with caplog.at_level(logging.CRITICAL):
        assert [slack.command("break")[0] for _ in range(2)] == [500, 500]
    assert slack.got == [("command", "break")] * 2


# What does not: sizes and shapes


def test_a_body_of_the_largest_size_is_read(slack: Listening) -> None:
    start = urlencode({**COMMAND, "text": ""}).encode()
    body = start + b"x" * (LARGEST_BODY - len(start))
    assert slack.signed(body)[0] == 200


def test_a_larger_one_is_413_before_it_is_read(slack: Listening) -> None:
    with socket.create_connection(slack.server.address, timeout=PATIENCE) as connection:
        connection.sendall(
            f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST_BODY + 1}\r\n\r\n".encode()
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_larger_one_without_a_length_is_413(slack: Listening) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(slack.server.address, timeout=PATIENCE) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        connection.sendall(chunk * 17)
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("length", ["-5", "x", "1, 2"])
def test_a_length_that_is_none_is_400(slack: Listening, length: str) -> None:
    with socket.create_connection(slack.server.address, timeout=PATIENCE) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def nested(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"", JSON),
        (b"\xff\xfe", JSON),
        (b"text=%ff&command=/rm&user_id=U1", FORM),
        (b"&".join(b"a%d=1" % number for number in range(200)), FORM),
        (b"text=no+command", FORM),
        (b"payload=", FORM),
        (b"payload={", FORM),
        (b"payload=[]", FORM),
        (b"payload=null", FORM),
        (b"payload=%22text%22", FORM),
        (b"[" * 500_000, JSON),
        (b"{" * 500_000, JSON),
        (nested(40).encode(), JSON),
        (json.dumps({**EVENT, "deep": json.loads(nested(32))}).encode(), JSON),
        (json.dumps({**EVENT, "x": float("nan")}).encode(), JSON),
        (b'{"type":"event_callback","event":{"type":"x","n":' + b"9" * 5000 + b"}}", JSON),
        (json.dumps({**EVENT, "x": "\ud800"}).encode(), JSON),
        (json.dumps({**EVENT, "\udfff": 1}).encode(), JSON),
        (json.dumps(EVENT).encode(), "text/plain"),
        (json.dumps(EVENT).encode(), "multipart/form-data; boundary=x"),
        (json.dumps(EVENT).encode(), FORM),
    ],
)
def test_bodies_slack_never_sends_are_400(slack: Listening, body: bytes, content_type: str) -> None:
    assert slack.signed(body, content_type)[0] == 400
    assert slack.got == []


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": None},
        {"type": 5},
        {"type": ["block_actions"]},
        {"type": "of_next_year"},
        {"type": "url_verification", "challenge": {}},
        {**EVENT, "event": None},
        {**EVENT, "event": "app_home_opened"},
        {**EVENT, "event": {}},
        {**EVENT, "event": {"type": 5}},
        {**EVENT, "event": {"type": "app_home_opened", "user": 5}},
        {**EVENT, "event": {"type": "app_home_opened", "channel": 5}},
        {**EVENT, "event": {"type": "app_home_opened", "item": {"channel": 5}}},
        {**EVENT, "team_id": 5},
        {**EVENT, "authorizations": 5},
        {**EVENT, "authorizations": [5]},
        {**CLICK, "actions": []},
        {**CLICK, "actions": {}},
        {**CLICK, "actions": [None]},
        {**CLICK, "actions": [{"action_id": 5}]},
        {**CLICK, "user": None},
        {**CLICK, "user": {"id": None}},
        {**CLICK, "team": 5},
        {**CLICK, "channel": []},
        {**CLICK, "response_urls": [5]},
        {**CLICK, "trigger_id": {}},
        {**SUBMISSION, "view": None},
        {**SUBMISSION, "view": {"type": "modal"}},
        {**SUBMISSION, "view": {"callback_id": "form"}},
        {**SUBMISSION, "view": {**VIEW, "state": []}},
        {**SEARCH, "value": None},
        {**SEARCH, "action_id": 5},
    ],
)
def test_payloads_of_the_wrong_shape_are_400(slack: Listening, payload: dict[str, Any]) -> None:
    assert slack.interaction(payload)[0] == 400
    assert slack.got == []


@pytest.mark.parametrize(
    "payload", [{**CLICK, "team": None}, {**EVENT, "authorizations": []}, {**EVENT, "enterprise": None}]
)
def test_what_slack_leaves_open_passes(slack: Listening, payload: dict[str, Any]) -> None:
    assert slack.interaction(payload)[0] == 200


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    """type event user team team_id channel view actions state action_id callback_id user_id authorizations
    item message enterprise response_urls command assistant_thread function_data is_enterprise_install
    bot_id""".split()
)


@given(
    st.sampled_from([CLICK, SUBMISSION, SEARCH, EVENT, COMMAND]),
    st.lists(st.tuples(st.booleans(), KEYS, ANYTHING), min_size=1, max_size=3),
)
@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
def test_no_signed_shape_breaks_the_bot(
    slack: Listening, base: dict[str, Any], changes: list[tuple[bool, str, Any]]
) -> None:
    payload = json.loads(json.dumps(base))
    for inside, key, value in changes:
        inner = next(
            (payload[name] for name in ("event", "view") if isinstance(payload.get(name), dict)), payload
        )
        (inner if inside else payload)[key] = value
    slack.clock.seconds += 1
    assert slack.interaction(payload)[0] in {200, 400, 404}


@given(st.binary(max_size=300), st.sampled_from([FORM, JSON, "x"]))
@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
def test_no_signed_bytes_break_the_bot(slack: Listening, body: bytes, content_type: str) -> None:
    slack.clock.seconds += 1
    assert slack.signed(body, content_type)[0] in {200, 400}


# Starting and stopping


def test_nothing_secret_is_logged_about_refused_requests(
    slack: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        slack.send(b"text=canary", {"X-Slack-Signature": "canary", "X-Slack-Request-Timestamp": "1"})
    assert "refused with 401" in caplog.text
    assert "canary" not in caplog.text


def test_a_wrong_signing_secret_is_a_warning_once_a_minute_until_a_request_fits(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    body = urlencode({**COMMAND, "text": "x"}).encode()
    with serve(
        bolt_app([]), host="127.0.0.1", port=0, signing_secret="another", now=lambda: clock.seconds
    ) as server:
        slack = Listening(server, clock)
        assert [slack.signed(body)[0], slack.signed(body)[0]] == [401, 401]
    ours = [one for one in caplog.records if one.name.startswith("bot.")]
    (warned,) = [one for one in ours if one.levelno == logging.WARNING]
    assert "fits SLACK_SIGNING_SECRET" in warned.getMessage()


def test_a_port_in_use_is_an_error(slack: Listening) -> None:
    with pytest.raises(OSError, match="in use"):
        serve(bolt_app([]), host="127.0.0.1", port=slack.server.address[1], signing_secret=SECRET)


def test_stopping_lets_a_request_finish_and_frees_the_port() -> None:
    got: list[tuple[str, Any]] = []
    app = bolt_app(got)
    entered = threading.Event()

    @app.command("/slow")
    def slow(ack: Ack) -> None:
        entered.set()
        time.sleep(0.5)
        ack("done")

    clock = Clock(time.time())
    server = serve(app, host="127.0.0.1", port=0, signing_secret=SECRET)
    slack = Listening(server, clock, got)
    answers: list[tuple[int, str]] = []
    body = urlencode({**COMMAND, "command": "/slow"}).encode()
    client = threading.Thread(target=lambda: answers.append(slack.signed(body)))
    client.start()
    assert entered.wait(PATIENCE)
    server.stop()
    client.join()
    assert answers == [(200, "done")]
    with pytest.raises(ConnectionError):
        slack.command("after")
    with serve(app, host="127.0.0.1", port=server.address[1], signing_secret=SECRET) as again:
        assert again.address == server.address


def test_ipv6() -> None:
    try:
        server = serve(bolt_app([]), host="::1", port=0, signing_secret=SECRET)
    except OSError:
        # Then it must be the machine that has no IPv6.
        with pytest.raises(OSError, match="Errno"):
            socket.create_server(("::1", 0), family=socket.AF_INET6)
        return
    with server:
        assert Listening(server, Clock()).send(b"", {}, "GET", "/healthz") == (200, "ok")


def test_headers_that_are_too_large_are_431_before_they_are_kept(slack: Listening) -> None:
    with socket.create_connection(slack.server.address, timeout=PATIENCE) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n".encode())
        connection.sendall(b"X-Much: " + b"y" * LARGEST_HEADERS)
        assert connection.recv(100).startswith((b"HTTP/1.0 431 ", b"HTTP/1.1 431 "))


@pytest.mark.parametrize("how", [f"Content-Length: {LARGEST_BODY}", "Transfer-Encoding: chunked"])
def test_a_large_body_of_nobody_knows_whom_waits_outside_the_memory(slack: Listening, how: str) -> None:
    with socket.create_connection(slack.server.address, timeout=PATIENCE) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{how}\r\n\r\n".encode())
        if "chunked" in how:
            connection.sendall(b"80000\r\n")
        connection.sendall(b"x" * 500_000)
        open_now = slack.server._server.active_channels
        assert isinstance(open_now, dict)
        soon(lambda: any(map(_is_in_a_file, list(open_now.values()))))


def _is_in_a_file(channel: Any) -> bool:
    body = channel.request.body_rcv if channel.request is not None else None
    return body is not None and bool(body.getbuf().overflowed)
