"""Pacing: no window of time holds more calls than its limit, and no call waits longer than it must."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import METHODS, PER_CONVERSATION, POSTING, TIER_2, TIER_3, TIER_4, Limit, Pacing

FACTS = json.loads((Path(__file__).parent / "data" / "slack_methods.json").read_text())


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def taken(pacing: Pacing, clock: Clock, method: str, conversation: str | None, seconds: float) -> list[float]:
    """When calls get through if one always waits as long as it is told."""
    moments = []
    until = clock.now + seconds
    while clock.now < until:
        wait = pacing.take(method, conversation)
        if wait == 0:
            moments.append(clock.now)
        clock.now += wait
    return moments


def assert_within(moments: list[float], limit: Limit) -> None:
    """No window, open at any call and closed at any later one, holds more than the limit allows."""
    for first, start in enumerate(moments):
        for count, end in enumerate(moments[first:], start=1):
            assert count <= limit.burst + (end - start) / limit.interval + 1e-3


def test_a_conversation_gets_three_messages_at_once_and_then_one_a_second() -> None:
    clock = Clock()
    moments = taken(Pacing(clock), clock, "chat.postMessage", "C1", seconds=5.5)
    assert [moment - 1000 for moment in moments] == [0, 0, 0, 1, 2, 3, 4, 5]


def test_conversations_do_not_wait_for_each_other() -> None:
    pacing = Pacing(Clock())
    assert [pacing.take("chat.postMessage", "C1") for _ in range(4)] == [0, 0, 0, 1]
    assert pacing.take("chat.postMessage", "C2") == 0


def test_a_workspace_has_a_limit_over_all_conversations() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    moments = []
    for number in range(600):
        while wait := pacing.take("chat.postMessage", f"C{number}"):
            clock.now += wait
        moments.append(clock.now)
    assert_within(moments, POSTING)
    in_the_first_minute = sum(moment < 1060 for moment in moments)
    assert 230 < in_the_first_minute <= 240


@pytest.mark.parametrize(("method", "limit"), METHODS.items())
def test_every_method_stays_below_its_tier(method: str, limit: Limit) -> None:
    """Slack's tiers are calls a minute: https://docs.slack.dev/apis/web-api/rate-limits."""
    a_minute = {"t2": 20, "t3": 50, "t4": 100, "t5": 240}[FACTS["methods"][method]["tier"]]
    clock = Clock()
    moments = taken(Pacing(clock), clock, method, None, seconds=180)
    busiest = max(sum(start <= moment < start + 60 for moment in moments) for start in moments)
    assert a_minute - 2 < busiest <= a_minute
    assert_within(moments, limit)


def test_tiers_are_named_for_their_calls_a_minute() -> None:
    assert [round(60 / limit.interval) + limit.burst for limit in (TIER_2, TIER_3, TIER_4)] == [20, 50, 100]


def test_methods_slack_does_not_limit_are_free() -> None:
    pacing = Pacing(Clock())
    assert all(pacing.take("auth.test") == 0 for _ in range(1000))


def test_looking_takes_nothing() -> None:
    pacing = Pacing(Clock())
    assert [pacing.ready_in("chat.postMessage", "C1") for _ in range(9)] == [0] * 9
    for _ in range(3):
        pacing.take("chat.postMessage", "C1")
    assert pacing.ready_in("chat.postMessage", "C1") == 1


def test_a_refused_call_counts_nothing() -> None:
    """The workspace's limit refuses; the conversation's must not be charged for it."""
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(POSTING.burst):
        assert pacing.take("chat.postMessage", f"C{number}") == 0
    for _ in range(10):
        assert pacing.take("chat.postMessage", "new") > 0
    clock.now += 60
    assert [pacing.take("chat.postMessage", "new") for _ in range(3)] == [0, 0, 0]


def test_parking_holds_one_conversation_or_all() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.park("chat.postMessage", "C1", 30)
    assert pacing.ready_in("chat.postMessage", "C1") == 30
    assert pacing.ready_in("chat.postMessage", "C2") == 0
    assert pacing.ready_in("chat.update", "C1") == 0
    pacing.park("chat.postMessage", None, 10)
    assert pacing.ready_in("chat.postMessage", "C2") == 10
    clock.now += 10
    assert pacing.take("chat.postMessage", "C2") == 0
    assert pacing.take("chat.postMessage", "C1") == 20


def test_a_shorter_pause_does_not_cut_a_longer_one() -> None:
    pacing = Pacing(Clock())
    pacing.park("users.list", None, 60)
    pacing.park("users.list", None, 5)
    assert pacing.ready_in("users.list") == 60


def test_memory_does_not_grow_with_the_conversations_ever_seen() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(20_000):
        clock.now += 5
        pacing.take("chat.postMessage", f"D{number}")
        pacing.park("chat.postMessage", f"D{number}", 1)
    assert len(pacing._full_at) + len(pacing._parked_until) < 4096


def test_threads_cannot_take_more_than_there_is() -> None:
    pacing = Pacing(Clock())
    barrier = threading.Barrier(8)
    waits: list[float] = []

    def work() -> None:
        barrier.wait()
        waits.extend(pacing.take("chat.postMessage", "C1") for _ in range(50))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wait == 0 for wait in waits) == PER_CONVERSATION.burst


CALLS = st.tuples(
    st.floats(min_value=0, max_value=3),
    st.sampled_from(["chat.postMessage", "chat.update", "chat.postEphemeral", "auth.test"]),
    st.sampled_from(["C1", "C2", None]),
)


@given(st.lists(CALLS, max_size=120), st.floats(min_value=0, max_value=1e7))
def test_no_window_ever_holds_more_than_its_limit(
    calls: list[tuple[float, str, str | None]], start: float
) -> None:
    clock = Clock(start)
    pacing = Pacing(clock)
    through: dict[tuple[str, str | None], list[float]] = {}
    for pause, method, conversation in calls:
        clock.now += pause
        told = pacing.ready_in(method, conversation)
        assert pacing.take(method, conversation) == told
        if told == 0:
            through.setdefault((method, None), []).append(clock.now)
            if conversation:
                through.setdefault((method, conversation), []).append(clock.now)
    for (method, conversation), moments in through.items():
        if method in METHODS:
            assert_within(moments, METHODS[method])
        if conversation and method in {"chat.postMessage", "chat.postEphemeral"}:
            assert_within(moments, PER_CONVERSATION)


@given(st.lists(CALLS, max_size=60), st.floats(min_value=0, max_value=1e7))
def test_the_wait_one_is_told_is_long_enough(
    calls: list[tuple[float, str, str | None]], start: float
) -> None:
    clock = Clock(start)
    pacing = Pacing(clock)
    for pause, method, conversation in calls:
        clock.now += pause
        clock.now += pacing.ready_in(method, conversation)
        assert pacing.take(method, conversation) == 0
