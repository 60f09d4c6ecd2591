"""Slow, many and odd connections to the HTTP mode, and requests that come again to other processes."""

from __future__ import annotations

import hashlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import Ack, App

from bot.transport import connections
from bot.transport.front_door import REPLAY_MEMORY
from bot.transport.http import serve
from bot.transport.seen import KEPT, SeenRequests
from storage.database import Database
from storage.keeping import schema
from tests.bot.test_http import COMMAND, FORM, PATH, SECRET, Clock, Listening, bolt_app
from tests.patience import PATIENCE

DEADLINE = 0.8
BODY = urlencode({**COMMAND, "text": "hello"}).encode()
THREADS = 10


@dataclass
class Served(Listening):
    """A server with its app, to which a test may add listeners."""

    app: App = field(default_factory=lambda: bolt_app([]))

    def command_of(self, name: str, listener: Callable[[], None]) -> None:
        """Let the app hear one more command."""

        def hear(ack: Ack) -> None:
            listener()
            ack("done")

        self.app.command(name)(hear)


@contextmanager
def listening(seen: SeenRequests | None = None, clock: Clock | None = None) -> Iterator[Served]:
    """A server of its own, with listeners that note what they get."""
    got: list[tuple[str, Any]] = []
    clock, app = clock or Clock(), bolt_app(got)
    with serve(
        app,
        host="127.0.0.1",
        port=0,
        signing_secret=SECRET,
        now=clock,
        monotonic=clock,
        seen=seen,
    ) as server:
        yield Served(server, clock, got, app)


@pytest.fixture(scope="module")
def shared() -> Iterator[Served]:
    with listening() as served:
        yield served


@pytest.fixture
def slack(shared: Served) -> Served:
    """A moment in which nothing was sent yet."""
    shared.clock.seconds += 2 * REPLAY_MEMORY
    shared.got.clear()
    return shared


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch, slack: Served) -> Served:
    """A server that waits less than a second for a request."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", DEADLINE)
    return slack


# Slow ones


def silent(_connection: socket.socket) -> None:
    """Connect, and no more."""


def trickling_headers(connection: socket.socket) -> None:
    connection.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")
    trickle(connection, b"X-Padding: y\r\n")


def trickling_body(connection: socket.socket) -> None:
    connection.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
    trickle(connection, b"a")


def trickling_chunks(connection: socket.socket) -> None:
    connection.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    trickle(connection, b"1\r\na\r\n")


def waiting_to_continue(connection: socket.socket) -> None:
    head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"
    connection.sendall(head)


def idle_after_an_answer(connection: socket.socket) -> None:
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")


def trickle(connection: socket.socket, piece: bytes) -> None:
    """Send small pieces for as long as they are taken."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            connection.sendall(piece)
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize(
    "slow",
    [
        silent,
        trickling_headers,
        trickling_body,
        trickling_chunks,
        waiting_to_continue,
        idle_after_an_answer,
    ],
    ids=lambda slow: str(slow.__name__),
)
def test_every_request_has_a_deadline(hurried: Served, slow: Callable[[socket.socket], None]) -> None:
    began = time.monotonic()
    with socket.create_connection(hurried.server.address, timeout=20) as connection:
        sending = threading.Thread(target=slow, args=(connection,))
        sending.start()
        received = b""
        try:
            while data := connection.recv(1000):
                received += data
        except ConnectionError:
            pass  # closed while something was still on its way
        lasted = time.monotonic() - began
        sending.join()
    assert lasted >= DEADLINE
    assert b"200 OK" not in received or slow is idle_after_an_answer


@pytest.mark.slow
def test_a_slow_answer_is_no_slow_request(hurried: Served) -> None:
    hurried.command_of("/slow", lambda: time.sleep(DEADLINE * 2.5))
    assert hurried.signed(urlencode({**COMMAND, "command": "/slow"}).encode()) == (200, "done")


@contextmanager
def crowd(slack: Served, many: int) -> Iterator[None]:
    """So many connections, each with the beginning of a request."""
    with ExitStack() as stack:
        for _ in range(many):
            one = stack.enter_context(socket.create_connection(slack.server.address, timeout=10))
            one.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")
        yield


def test_slow_connections_do_not_keep_slack_out(slack: Served) -> None:
    with crowd(slack, 300):
        assert slack.command("hello") == (200, "you said hello")
        assert slack.send(b"", {}, "GET", "/healthz") == (200, "ok")


def test_when_all_places_are_taken_whoever_waited_longest_makes_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 50)
    with listening() as slack, crowd(slack, 400):
        for number in range(5):
            assert slack.command(f"hello {number}") == (200, f"you said hello {number}")
        open_now = slack.server._server.active_channels
        assert isinstance(open_now, dict)
        assert len(open_now) <= 51


def test_a_sign_of_life_while_every_thread_is_busy(slack: Served) -> None:
    go, busy = threading.Event(), threading.Semaphore(0)

    def wait() -> None:
        busy.release()
        go.wait(PATIENCE)

    slack.command_of("/busy", wait)
    bodies = [urlencode({**COMMAND, "command": "/busy", "text": str(n)}).encode() for n in range(THREADS + 5)]
    senders = [threading.Thread(target=slack.signed, args=(body,)) for body in bodies]
    for sender in senders:
        sender.start()
    for _ in range(THREADS):
        assert busy.acquire(timeout=10)
    assert slack.send(b"", {}, "GET", "/healthz") == (200, "ok")
    go.set()
    for sender in senders:
        sender.join()


# Odd ones

LENGTHS = [f"Content-Length: {len(BODY)}", f"content-length:{len(BODY)}", f"CONTENT-LENGTH:\t{len(BODY)}"]
CODINGS = [
    "Transfer-Encoding: chunked",
    "transfer-encoding:chunked",
    "TRANSFER-ENCODING: Chunked",
    "Transfer-Encoding:\tchunked",
    "Transfer-Encoding : chunked",
    " Transfer-Encoding: chunked",
    "Transfer_Encoding: chunked",
    "Transfer-Encoding: identity",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: \x0bchunked",
    "Transfer-Encoding\x00: chunked",
    "Transfer-Encoding:",
]


def framed(slack: Served, *lines: str, version: str = "1.1", body: bytes = BODY) -> int:
    """The status of the answer to a signed request with these lines among its headers."""
    headers = [f"{name}: {value}" for name, value in slack.headers(BODY, FORM).items()]
    start = [f"POST {PATH} HTTP/{version}", "Host: x", *headers, *lines]
    with socket.create_connection(slack.server.address, timeout=10) as connection:
        connection.sendall("\r\n".join(start).encode() + b"\r\n\r\n" + body)
        return int(connection.recv(100).split()[1])


@pytest.mark.parametrize("order", [1, -1], ids=["length first", "coding first"])
@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_length_beside_a_transfer_encoding_is_400(
    slack: Served, length: str, coding: str, order: int
) -> None:
    both = [length, coding][::order]
    for version in ("1.1", "1.0"):
        assert framed(slack, *both, version=version) == 400
    assert slack.got == []


@pytest.mark.parametrize(
    "lines",
    [
        (LENGTHS[0], LENGTHS[0]),
        (LENGTHS[0], "Content-Length: 5"),
        (CODINGS[0], CODINGS[0]),
        (CODINGS[0], "Transfer-Encoding: identity"),
    ],
)
def test_two_lengths_or_two_transfer_encodings_are_400(slack: Served, lines: tuple[str, ...]) -> None:
    assert framed(slack, *lines) == 400
    assert slack.got == []


def test_one_of_them_is_enough(slack: Served) -> None:
    assert framed(slack, LENGTHS[0]) == 200
    slack.clock.seconds += 1
    chunked = f"{len(BODY):x}\r\n".encode() + BODY + b"\r\n0\r\n\r\n"
    assert framed(slack, CODINGS[0], body=chunked) == 200
    slack.clock.seconds += 1
    assert framed(slack, CODINGS[0], body=chunked, version="1.0") == 400


def test_what_follows_a_refused_request_on_its_connection_is_not_read(slack: Served) -> None:
    headers = "".join(f"{name}: {value}\r\n" for name, value in slack.headers(BODY, FORM).items())
    hidden = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{headers}{LENGTHS[0]}\r\n\r\n".encode() + BODY
    framed(slack, LENGTHS[0], CODINGS[0], body=b"0\r\n\r\n" + hidden)
    time.sleep(0.2)
    assert slack.got == []


# Those that come again


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    schema.upgrade(opened)
    yield opened
    opened.close()


def test_a_request_runs_once_over_a_restart_and_on_all_replicas(database: Database) -> None:
    clock = Clock()
    with listening(SeenRequests(database, clock), clock) as first:
        headers = first.headers(BODY, FORM)
        assert first.send(BODY, headers) == (200, "you said hello")
        with listening(SeenRequests(database, clock), clock) as replica:
            assert replica.send(BODY, headers) == (200, "")
            assert replica.got == []
    clock.seconds += 200
    with listening(SeenRequests(database, clock), clock) as restarted:
        assert restarted.send(BODY, headers) == (200, "")
        assert restarted.got == []
        assert restarted.command("hello") == (200, "you said hello"), "the same words of another moment"


def test_the_same_request_to_many_replicas_at_once_runs_once(database: Database) -> None:
    clock = Clock()
    with ExitStack() as stack:
        replicas = [stack.enter_context(listening(SeenRequests(database, clock), clock)) for _ in range(4)]
        headers, barrier = replicas[0].headers(BODY, FORM), threading.Barrier(4)

        def send(replica: Served) -> None:
            barrier.wait()
            replica.send(BODY, headers)

        senders = [threading.Thread(target=send, args=(replica,)) for replica in replicas]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert [got for replica in replicas for got in replica.got] == [("command", "hello")]


def test_a_request_that_failed_may_come_again_to_another_replica(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    body = urlencode({**COMMAND, "text": "break"}).encode()
    for _ in range(2):
        with listening(SeenRequests(database, clock), clock) as slack, caplog.at_level(logging.CRITICAL):
            assert slack.signed(body)[0] == 500
            assert slack.got == [("command", "break")]


def test_without_the_database_nothing_runs_and_slack_is_asked_to_come_again(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    with listening(SeenRequests(database, clock), clock) as slack:
        with database.write() as tx:
            tx.exec_driver_sql("ALTER TABLE admitted RENAME TO gone_from_here")
        assert slack.command("hello")[0] == 503
        assert slack.got == []
        with database.write() as tx:
            tx.exec_driver_sql("ALTER TABLE gone_from_here RENAME TO admitted")
        assert slack.command("hello") == (200, "you said hello")
    assert "it has to come again" in caplog.text


def test_signatures_are_forgotten_when_nobody_would_let_them_in(database: Database) -> None:
    clock = Clock()
    seen = SeenRequests(database, clock)

    def kept() -> int:
        with database.read() as tx:
            return len(tx.exec_driver_sql("SELECT signature FROM admitted").all())

    digests = [hashlib.sha256(str(number).encode()).digest() for number in range(50)]
    assert all(seen.claim(digest) for digest in digests)
    assert not any(seen.claim(digest) for digest in digests)
    clock.seconds += KEPT.total_seconds() - 1
    assert seen.claim(b"1")
    assert kept() == 51
    clock.seconds += 61
    assert seen.claim(b"2")
    assert kept() == 2
    seen.release(b"2")
    assert seen.claim(b"2")
