"""The line to Slack: what breaks it, how soon that is noticed, and that nothing is lost or done twice meanwhile."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Literal

import pytest
from slack_bolt import BoltRequest, BoltResponse

from bot.slack.errors import Failure, FailureKind
from bot.transport import socket_mode
from bot.transport.socket_line import Line, Pulse
from bot.transport.socket_mode import Timing, pause
from sandbox import Sandbox
from tests.bot.ear import QUICK, Ear, Treat, as_it_is, listening, relayed, workspace
from tests.patience import PATIENCE, soon

BURST = 200
CLOSE_FRAME = b"\x88\x82"
"""How a goodbye begins that an app sends: its kind, and that it is masked and holds two bytes."""


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace in which the app is installed."""
    with workspace() as started:
        yield started


def opened(slack: Sandbox) -> int:
    """How often the app asked for an address."""
    return slack.calls.counts()["apps.connections.open"]


def hears(slack: Sandbox, ear: Ear, text: str = "is anybody there") -> None:
    """A command reaches the app once, and its answer reaches the person."""
    reply = slack.add_person("Ana Example", announce=False).types(f"/tiny {text}")
    assert (reply.ok, reply.text) == (True, f"{len(text)} characters")
    assert ear.heard[text[:40]] == 1


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says from warnings on."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("how", ["reset", "eof", "deaf", "half_frame"])
def test_a_socket_that_breaks_is_replaced_and_the_log_says_so(
    slack: Sandbox, how: Literal["reset", "eof", "deaf", "half_frame"], caplog: pytest.LogCaptureFixture
) -> None:
    with listening(slack) as ear:
        slack.faults.break_sockets(how)
        # Until the client says so, Slack may still count the broken line as one.
        soon(lambda: len(told(caplog)) == 2)
        slack.wait_for_connection()
        hears(slack, ear)
    lost, back = told(caplog)
    assert re.fullmatch(r"The connection to Slack is lost \(\w+\); the bot connects again", lost)
    assert re.fullmatch(r"The connection to Slack is back after \d+ seconds", back)
    assert opened(slack) == 2
    assert "ticket" not in caplog.text


def test_a_stream_of_pings_is_no_sign_of_being_heard(slack: Sandbox) -> None:
    """Slack's end may go on sending pings while nothing it is sent arrives there."""

    def pings_forever(data: bytes) -> list[tuple[float, bytes]]:
        return (
            [(0.0, data)] + [(0.02, b"\x89\x00")] * int(PATIENCE / 0.02) if data[0] == 0x8A else [(0.0, data)]
        )

    with relayed(slack, pings_forever) as client, listening(slack, client=client):
        soon(lambda: opened(slack) >= 2)


def test_nothing_is_lost_when_slack_asks_for_a_new_connection(
    slack: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack uses the old connection until it ends it, and the new one from its hello on."""
    ana = slack.add_person("Ana Example", announce=False)
    with listening(slack, Timing(settled=0.0)) as ear, ThreadPoolExecutor(4) as people:
        replies = []
        for number in range(12):
            if number % 4 == 2:
                slack.faults.disconnect("warning" if number == 2 else "refresh_requested")
            replies += [people.submit(ana.types, f"/tiny {number} {part}") for part in range(5)]
            time.sleep(0.02)
        assert all(one.result().ok for one in replies)
        assert set(ear.heard.values()) == {1}
    assert told(caplog) == []


def test_a_burst_is_answered_over_the_sockets_it_came_from(slack: Sandbox) -> None:
    people = [slack.add_person(f"Person {number} Example", announce=False) for number in range(20)]
    with listening(slack) as ear, ThreadPoolExecutor(20) as at_once:
        replies = list(at_once.map(lambda n: people[n % 20].types(f"/tiny {n}"), range(BURST)))
    assert [one.ok for one in replies] == [True] * BURST
    assert len(ear.heard) == BURST
    assert set(ear.heard.values()) == {1}


@pytest.mark.parametrize("fragments", [0, 5_000])
def test_a_megabyte_arrives_whole(fragments: int) -> None:
    with workspace(fragment_characters=fragments) as slack, listening(slack, Timing()) as ear:
        hears(slack, ear, "ä🙂" * 50_000 + "x" * 100_000)
        assert opened(slack) == 1


def one_by_one(data: bytes) -> list[tuple[float, bytes]]:
    return [(0.0, data[at : at + 1]) for at in range(len(data))]


def slowly(data: bytes) -> list[tuple[float, bytes]]:
    """Each frame takes longer than an answer to a ping may; between two bytes is less than that."""
    return [(0.02, data[at : at + 20]) for at in range(0, len(data), 20)]


@pytest.mark.parametrize("treat", [one_by_one, slowly])
def test_bytes_may_come_slowly_and_one_by_one(slack: Sandbox, treat: Treat) -> None:
    with relayed(slack, treat) as client, listening(slack, client=client) as ear:
        hears(slack, ear, "slow " * 30 + "end")
        assert opened(slack) == 1, "it is the first connection still"


def test_several_frames_in_one_packet() -> None:
    gathered: list[bytes] = []

    def gather(data: bytes) -> list[tuple[float, bytes]]:
        gathered.append(data)
        if b"last" not in data:
            return []
        packet = b"".join(gathered)
        gathered.clear()
        return [(0.0, packet)]

    # The pulse is slow, so that what is held back is not missed.
    with workspace() as slack, relayed(slack, gather) as client, listening(slack, Timing(), client) as ear:
        people = [slack.add_person(f"Person {n} Example", announce=False) for n in range(5)]
        with ThreadPoolExecutor(5) as at_once:
            first = [at_once.submit(one.types, f"/tiny {n}") for n, one in enumerate(people[:4])]
            soon(lambda: len(gathered) >= 5)
            assert at_once.submit(people[4].types, "/tiny last").result().ok
            assert all(one.result().ok for one in first)
        assert sum(ear.heard.values()) == 5


def test_an_event_whose_acknowledgement_was_lost_is_not_acted_on_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with workspace(ack_seconds=0.3) as slack, listening(slack) as ear:
        dispatch = ear.app.dispatch

        def breaks_first(request: BoltRequest) -> BoltResponse:
            if opened(slack) == 1:
                slack.faults.break_sockets("deaf")
            return dispatch(request)

        monkeypatch.setattr(ear.app, "dispatch", breaks_first)
        person = slack.add_person("Ana Example")
        assert slack.settle(), "the event was acknowledged in the end"
        deliveries = slack.backend.ws.record.deliveries
        assert [one.acked for one in deliveries][-1:] == [True]
        assert len(deliveries) >= 2
        assert ear.heard[person.id] == 1


def test_an_answer_whose_socket_has_gone_takes_the_next_one(slack: Sandbox) -> None:
    with listening(slack) as ear:
        ear.before_ack = lambda: slack.faults.cut_sockets() if opened(slack) == 1 else None
        ana = slack.add_person("Ana Example", announce=False)
        ana.types("/tiny are you there")
        assert ear.heard["are you there"] == 1
        soon(lambda: opened(slack) == 2)
        ear.before_ack = lambda: None
        hears(slack, ear)


@pytest.mark.parametrize("step", [-3600.0, 86_400.0])
def test_a_step_of_the_wall_clock_changes_nothing(
    slack: Sandbox, step: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No machine is so busy that an answer to a ping takes half an hour, and each step is longer.
    with listening(slack, Timing(Pulse(0.02, 1800.0))) as ear:
        hears(slack, ear, "before")
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + step)
        hears(slack, ear, "at once")
        turns = pulses(monkeypatch)
        soon(lambda: len(turns) > 10)
        hears(slack, ear, "later")
        assert opened(slack) == 1


def pulses(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """What was there each time that a line looked whether the other end lives, from now on."""
    turns: list[int | None] = []
    feel = Line._feel_pulse

    def counted(line: Line, kind: int | None) -> str | None:
        turns.append(kind)
        return feel(line, kind)

    monkeypatch.setattr(Line, "_feel_pulse", counted)
    return turns


@pytest.mark.parametrize(
    "kind",
    ["http", pytest.param("reset", marks=pytest.mark.slow), pytest.param("error", marks=pytest.mark.slow)],
)
def test_an_outage_is_asked_about_with_growing_pauses_and_ends_at_once(
    slack: Sandbox, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    with listening(slack) as ear:
        if kind == "http":
            slack.faults.http_error("apps.connections.open", status=503, times=4)
        elif kind == "reset":
            slack.faults.reset("apps.connections.open", times=4)
        else:
            slack.faults.error("apps.connections.open", "internal_error", times=4)
        slack.faults.cut_sockets()
        soon(lambda: slack.connections == 0)
        slack.wait_for_connection()
        hears(slack, ear)
        soon(lambda: len(told(caplog)) == 2)
    assert opened(slack) == 1 + 4 + 1
    assert "Traceback" not in caplog.text


def test_three_minutes_of_outage_are_some_dozens_of_calls() -> None:
    timing, tries, waited = Timing(), 0, 0.0
    while waited < 180:
        waited += pause(tries, timing)
        tries += 1
    assert 35 <= tries <= 90
    assert max(pause(n, timing) for n in range(1, 2_000)) <= timing.longest_pause, "soon there again"
    assert pause(0, timing) == 0.0
    assert len({pause(5, timing) for _ in range(20)}) > 10, "not all bots at once"


def test_pauses_follow_what_slack_says() -> None:
    timing = Timing()
    limited = Failure(FailureKind.RATE_LIMITED, "ratelimited", 42.0)
    assert pause(1, timing, limited) == 42.0
    forever = Failure(FailureKind.RATE_LIMITED, "ratelimited", 86_400.0)
    assert pause(1, timing, forever) == socket_mode.LONGEST_PAUSE
    dead = Failure(FailureKind.DEAD_TOKEN, "invalid_auth")
    assert pause(9, timing, dead) == socket_mode.REFUSED_PAUSE


@pytest.mark.parametrize(
    "reason",
    [
        "link_disabled",
        pytest.param("too_many_websockets", marks=pytest.mark.slow),
        pytest.param("refresh_requested", marks=pytest.mark.slow),
    ],
)
def test_who_is_sent_away_again_and_again_does_not_run_in_circles(slack: Sandbox, reason: str) -> None:
    timing = Timing(first_pause=0.1, longest_pause=0.2)
    with listening(slack, timing):
        began = time.monotonic()
        while opened(slack) < 6:
            slack.faults.disconnect(reason)
            time.sleep(0.005)
        # Five pauses, each with half of it left to chance.
        assert time.monotonic() - began >= 0.1 / 2 + 4 * 0.2 / 2


def test_what_only_the_operator_can_change_is_told_once(
    slack: Sandbox, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "REFUSED_PAUSE", 0.05)
    with listening(slack) as ear:
        slack.faults.error("apps.connections.open", "invalid_auth", times=5)
        slack.faults.cut_sockets()
        soon(lambda: opened(slack) == 7)
        slack.wait_for_connection()
        hears(slack, ear)
        soon(lambda: len(told(caplog)) == 3)
    assert told(caplog)[1].startswith("Slack does not let the bot connect (invalid_auth). ")


def test_the_first_connection_waits_as_long_as_slack_says(slack: Sandbox) -> None:
    slack.faults.ratelimit("apps.connections.open", times=1, retry_after=0)
    with listening(slack) as ear:
        hears(slack, ear)
    assert opened(slack) == 2


@pytest.mark.parametrize("moment", ["connected", "hanging call", "deaf", "outage", "at work"])
def test_closing_ends_every_thread_at_any_moment(slack: Sandbox, moment: str) -> None:
    threads = set(threading.enumerate())
    with listening(slack) as ear:
        match moment:
            case "hanging call":
                slack.faults.slow("apps.connections.open", delay=0.8)
                slack.faults.cut_sockets()
                soon(lambda: ear.mode._line is not None and not ear.mode.is_connected)
            case "deaf":
                slack.faults.break_sockets("deaf")
            case "outage":
                slack.faults.http_error("apps.connections.open", status=503, seconds=PATIENCE)
                slack.faults.cut_sockets()
                soon(lambda: opened(slack) > 2)
            case "at work":
                begun = threading.Event()

                def dawdle() -> None:
                    begun.set()
                    time.sleep(0.2)

                ear.before_ack = dawdle
                ana = slack.add_person("Ana Example", announce=False)
                typing = ThreadPoolExecutor(1).submit(ana.types, "/tiny goodbye")
                assert begun.wait(PATIENCE)
            case _:
                assert moment == "connected"
        ear.mode.close()
        if moment == "at work":
            assert typing.result().ok, "what is being handled is answered first"
    mine = [t for t in threading.enumerate() if t not in threads and t.name.startswith("socket-")]
    soon(lambda: not any(t.is_alive() for t in mine))
    # A moment later Slack has noticed too.
    soon(lambda: slack.connections == 0)


@pytest.mark.parametrize("moment", ["connected", "opening", "replaced"])
def test_slack_is_taken_leave_of_at_any_moment(slack: Sandbox, moment: str) -> None:
    goodbyes: list[bytes] = []

    def note(data: bytes) -> list[tuple[float, bytes]]:
        goodbyes.extend([data] if CLOSE_FRAME in data else [])
        return as_it_is(data)

    with relayed(slack, back=note) as client, listening(slack, replace(QUICK, overlap=0.0), client) as ear:
        match moment:
            case "opening":
                # What is open when the bot has stopped in between was never in use.
                ear.mode._stopping.set()
                ear.mode._adopt(ear.mode._open())
            case "replaced":
                slack.faults.disconnect("warning")
                soon(lambda: opened(slack) == 2)
            case _:
                ear.mode.close()
        soon(lambda: goodbyes)


def test_waiting_is_not_looking_again_and_again(slack: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """An end that has closed its half made the SDK's client spin."""
    with listening(slack) as ear:
        turns = pulses(monkeypatch)
        slack.faults.break_sockets("deaf")
        slack.wait_for_connection()
        assert 1 <= len(turns) <= 15
        hears(slack, ear)
