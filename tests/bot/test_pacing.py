"""Pacing: no window of time holds more calls than its limit, nearly all that is allowed is used, and 429s teach."""

from __future__ import annotations

import json
import threading
from collections import deque
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import BURST, INTERVAL, METHODS, POSTING, Earlier, Pacing
from bot.delivery.windows import PATIENCE, PER_MINUTE, Claim

FACTS = json.loads((Path(__file__).parent / "data" / "slack_methods.json").read_text())
POST, UPDATE, OPEN = "chat.postMessage", "chat.update", "conversations.open"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def taken(
    pacing: Pacing,
    clock: Clock,
    method: str,
    conversation: str | None,
    seconds: float,
    claim: Claim = Claim.WHOLE,
) -> list[float]:
    """When calls get through if one always waits as long as it is told."""
    moments = []
    until = clock.now + seconds
    while clock.now < until:
        wait = pacing.take(method, conversation, claim)
        if wait == 0:
            moments.append(clock.now)
        clock.now += wait
    return moments


def busiest(moments: list[float], seconds: float = 60) -> int:
    """The most calls that any window of that length holds."""
    window: deque[float] = deque()
    most = 0
    for moment in moments:
        window.append(moment)
        while window[0] <= moment - seconds:
            window.popleft()
        most = max(most, len(window))
    return most


def test_a_conversation_gets_three_messages_at_once_and_then_one_a_second() -> None:
    clock = Clock()
    moments = taken(Pacing(clock), clock, POST, "C1", seconds=5.5)
    assert [moment - 1000 for moment in moments] == [0, 0, 0, 1, 2, 3, 4, 5]


def test_conversations_do_not_wait_for_each_other() -> None:
    pacing = Pacing(Clock())
    assert [pacing.take(POST, "C1") for _ in range(4)] == [0, 0, 0, 1]
    assert pacing.take(POST, "C2") == 0


@pytest.mark.parametrize(
    ("method", "claim"),
    [(method, Claim.WHOLE) for method in METHODS]
    + [(method, Claim.STEADY) for method in (POST, UPDATE, OPEN)],
)
def test_every_method_uses_what_its_tier_allows_and_no_more(method: str, claim: Claim) -> None:
    """Slack's tiers are calls a minute: https://docs.slack.dev/apis/web-api/rate-limits."""
    a_minute = {"t2": 20, "t3": 50, "t4": 100, "t5": 300}[FACTS["methods"][method]["tier"]]
    clock = Clock()
    moments = taken(Pacing(clock), clock, method, None, seconds=300, claim=claim)
    assert busiest(moments) <= a_minute
    assert len(moments) >= 5 * 0.97 * a_minute


@pytest.mark.parametrize("method", [POST, UPDATE, OPEN])
def test_behind_steady_mail_an_answer_never_waits_for_long(method: str) -> None:
    clock = Clock()
    pacing = Pacing(clock)
    worst = 0.0
    for step in range(3000):
        clock.now += 0.1
        while pacing.take(method, None, Claim.STEADY) == 0:
            pass
        if step % 50 == 49:
            worst = max(worst, pacing.ready_in(method, None, Claim.MOST))
            clock.now += pacing.ready_in(method, None, Claim.MOST)
            assert pacing.take(method, None, Claim.MOST) == 0
    assert worst < 2.5


def test_a_burst_of_answers_leaves_something_for_a_call_for_help() -> None:
    pacing = Pacing(Clock())
    answers = sum(pacing.take(POST, f"D{number}", Claim.MOST) == 0 for number in range(400))
    assert answers == 295
    assert [pacing.ready_in(POST, "D", claim) > 0 for claim in Claim] == [False, True, True]


def test_after_a_burst_of_answers_mail_leaves_slots_for_more_of_them() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(200):
        assert pacing.take(POST, f"D{number}", Claim.MOST) == 0
    for _ in range(120):
        clock.now += 0.5
        while pacing.take(POST, None, Claim.STEADY) == 0:
            pass
        assert pacing.ready_in(POST, None, Claim.MOST) <= 0.6


def test_mail_gets_its_part_however_much_is_answered() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    answers = mail = 0
    for step in range(3000):
        clock.now += 0.1
        if step % 9:
            answers += pacing.take(POST, None, Claim.MOST) == 0
        else:
            mail += pacing.take(POST, None, Claim.STEADY) == 0
    assert mail >= 0.04 * (answers + mail)
    assert answers + mail >= 5 * 0.97 * POSTING.calls


def test_methods_slack_does_not_limit_are_free() -> None:
    pacing = Pacing(Clock())
    assert all(pacing.take("auth.test") == 0 for _ in range(1000))


def test_looking_takes_nothing() -> None:
    pacing = Pacing(Clock())
    assert [pacing.ready_in(POST, "C1") for _ in range(9)] == [0] * 9
    for _ in range(3):
        pacing.take(POST, "C1")
    assert pacing.ready_in(POST, "C1") == 1


def test_a_refused_call_counts_nothing() -> None:
    """The workspace's limit refuses; the conversation's must not be charged for it."""
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(POSTING.calls):
        assert pacing.take(POST, f"C{number}") == 0
    for _ in range(10):
        assert pacing.take(POST, "new") > 0
    clock.now += PER_MINUTE
    assert [pacing.take(POST, "new") for _ in range(3)] == [0, 0, 0]


def test_a_call_counts_from_its_answer() -> None:
    """Slack counts it somewhere between; a minute after the answer it certainly counts no more."""
    clock = Clock()
    pacing = Pacing(clock)
    for _ in range(50):
        assert pacing.take(OPEN) == 0
    clock.now += 5
    pacing.answered(OPEN)
    assert pacing.ready_in(OPEN) == pytest.approx(PER_MINUTE - 5)
    clock.now += pacing.ready_in(OPEN)
    assert sum(pacing.take(OPEN) == 0 for _ in range(60)) == 49
    assert pacing.ready_in(OPEN) == pytest.approx(5)


def test_a_slow_message_delays_the_next_of_its_conversation() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for _ in range(BURST):
        pacing.take(POST, "C1")
    clock.now += 0.5
    pacing.answered(POST, "C1")
    assert pacing.ready_in(POST, "C1") == pytest.approx(INTERVAL)


def test_parking_holds_one_conversation_or_all() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.park(POST, "C1", 30)
    assert pacing.ready_in(POST, "C1") == 30
    assert pacing.ready_in(POST, "C2") == 0
    assert pacing.ready_in(UPDATE, "C1") == 0
    pacing.park(POST, None, 10)
    assert pacing.ready_in(POST, "C2") == 10
    clock.now += 10
    assert pacing.take(POST, "C2") == 0
    assert pacing.take(POST, "C1") == 20


def test_a_shorter_pause_does_not_cut_a_longer_one() -> None:
    pacing = Pacing(Clock())
    pacing.park("users.list", None, 60)
    pacing.park("users.list", None, 5)
    assert pacing.ready_in("users.list") == 60


def test_what_was_called_before_a_start_counts() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.recall(Earlier(POST, f"C{number}", 20) for number in range(300))
    pacing.recall([Earlier(OPEN, None, 70)])
    assert pacing.ready_in(POST, "C1") == pytest.approx(PER_MINUTE - 20)
    assert sum(pacing.take(OPEN) == 0 for _ in range(60)) == 50


class Slack:
    """A stand-in that counts its minutes in one of several ways, and says when to come back in whole seconds."""

    def __init__(self, clock: Clock, calls: int, how: str, started: float) -> None:
        self.clock, self.calls, self.how, self.started = clock, calls, how, started
        self.log: list[float] = []
        self.tokens, self.since = float(calls), clock.now
        self.refusals = 0

    def retry_after(self) -> float:
        """Take a call, and give 0; or refuse it, and give the seconds."""
        now, wait = self.clock.now, 0.0
        if self.how == "sliding":
            recent = [at for at in self.log if at > now - 60]
            wait = recent[0] + 60 - now if len(recent) >= self.calls else 0.0
        elif self.how == "fixed":
            begun = now - (now - self.started) % 60
            wait = begun + 60 - now if sum(at >= begun for at in self.log) >= self.calls else 0.0
        else:
            self.tokens = min(self.calls, self.tokens + (now - self.since) * self.calls / 60)
            self.since = now
            wait = (1 - self.tokens) * 60 / self.calls if self.tokens < 1 else 0.0
        if wait > 0:
            self.refusals += 1
            return float(int(wait) + 1)
        self.log.append(now)
        self.tokens -= 1
        return 0.0


def sends(pacing: Pacing, slack: Slack, method: str, minutes: int) -> None:
    """Send steady mail to many conversations, each call taking a hundredth of a second."""
    until, number = slack.clock.now + 60 * minutes, 0
    while slack.clock.now < until:
        number += 1
        place = f"C{number}" if method == POST else None
        if wait := pacing.take(method, place, Claim.STEADY):
            slack.clock.now += wait
            continue
        slack.clock.now += 0.005
        refused = slack.retry_after()
        slack.clock.now += 0.005
        pacing.answered(method, place)
        if refused:
            pacing.refused(method, place, refused)


@pytest.mark.parametrize("started", [977.0, 990.5, 1000.0])
@pytest.mark.parametrize("how", ["sliding", "fixed", "bucket"])
@pytest.mark.parametrize("method", [POST, OPEN])
def test_slack_never_says_429_however_it_counts(how: str, method: str, started: float) -> None:
    clock = Clock()
    slack = Slack(clock, METHODS[method].calls, how, started)
    sends(Pacing(clock), slack, method, minutes=5)
    assert slack.refusals == 0
    assert len(slack.log) >= 5 * 0.97 * slack.calls


@pytest.mark.parametrize("how", ["sliding", "fixed", "bucket"])
@pytest.mark.parametrize(("method", "calls"), [(POST, 200), (POST, 120), (OPEN, 30)])
def test_a_stricter_slack_is_learned_from_a_few_429s(how: str, method: str, calls: int) -> None:
    clock = Clock()
    pacing, slack = Pacing(clock), Slack(clock, calls, how, clock.now)
    sends(pacing, slack, method, minutes=4)
    assert 0 < slack.refusals <= 6
    learned, before = slack.refusals, len(slack.log)
    sends(pacing, slack, method, minutes=4)
    assert slack.refusals == learned
    assert len(slack.log) - before >= 4 * 0.8 * calls


def test_a_lowered_limit_is_raised_again() -> None:
    clock = Clock()
    pacing, slack = Pacing(clock), Slack(clock, 200, "sliding", clock.now)
    sends(pacing, slack, POST, minutes=3)
    clock.now += 20 * PATIENCE
    for _ in range(40):
        clock.now += 2 * PATIENCE
        pacing.ready_in(POST)
    assert sum(pacing.take(POST, f"C{number}") == 0 for number in range(400)) == POSTING.calls


def test_a_429_in_a_busy_conversation_holds_it_alone_and_shortens_bursts() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for _ in range(3):
        assert pacing.take(POST, "C1") == 0
    pacing.refused(POST, "C1", 1)
    assert pacing.ready_in(POST, "C2") == 0
    assert pacing.ready_in(POST, "C1") > 1
    assert [pacing.take(POST, "C2") for _ in range(3)] == [0, 0, 1]


def test_a_429_in_a_quiet_conversation_of_a_busy_minute_holds_all() -> None:
    pacing = Pacing(Clock())
    for number in range(100):
        assert pacing.take(POST, f"C{number}") == 0
    pacing.refused(POST, "C99", 30)
    assert pacing.ready_in(POST, "C1000") > 30


def test_a_429_in_a_quiet_minute_holds_its_conversation_and_a_second_one_all() -> None:
    pacing = Pacing(Clock())
    pacing.take(POST, "C1")
    pacing.refused(POST, "C1", 30)
    assert pacing.take(POST, "C2") == 0
    pacing.refused(POST, "C2", 30)
    assert pacing.ready_in(POST, "C3") > 30


def test_memory_does_not_grow_with_the_conversations_ever_seen() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(20_000):
        clock.now += 5
        pacing.take(POST, f"D{number}")
        pacing.park(POST, f"D{number}", 1)
    assert len(pacing._full_at) + len(pacing._parked_until) < 4096


def test_threads_cannot_take_more_than_there_is() -> None:
    pacing = Pacing(Clock())
    barrier = threading.Barrier(8)
    waits: list[float] = []

    def work() -> None:
        barrier.wait()
        waits.extend(pacing.take(POST, "C1") for _ in range(50))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wait == 0 for wait in waits) == BURST


CALLS = st.tuples(
    st.floats(min_value=0, max_value=3),
    st.sampled_from([POST, UPDATE, "chat.postEphemeral", "auth.test"]),
    st.sampled_from(["C1", "C2", None]),
    st.sampled_from(Claim),
)


@given(st.lists(CALLS, max_size=120), st.floats(min_value=0, max_value=1e7))
def test_no_window_ever_holds_more_than_its_limit(
    calls: list[tuple[float, str, str | None, Claim]], start: float
) -> None:
    clock = Clock(start)
    pacing = Pacing(clock)
    through: dict[tuple[str, str | None], list[float]] = {}
    for pause, method, conversation, claim in calls:
        clock.now += pause
        told = pacing.ready_in(method, conversation, claim)
        assert pacing.take(method, conversation, claim) == told
        if told == 0:
            through.setdefault((method, None), []).append(clock.now)
            if conversation:
                through.setdefault((method, conversation), []).append(clock.now)
    for (method, conversation), moments in through.items():
        if method in METHODS:
            assert busiest(moments) <= METHODS[method].calls
        if conversation and method in {POST, "chat.postEphemeral"}:
            assert busiest(moments, 10) <= BURST + 10


@given(st.lists(CALLS, max_size=60), st.floats(min_value=0, max_value=1e7))
def test_the_wait_one_is_told_is_long_enough(
    calls: list[tuple[float, str, str | None, Claim]], start: float
) -> None:
    clock = Clock(start)
    pacing = Pacing(clock)
    for pause, method, conversation, claim in calls:
        clock.now += pause
        clock.now += pacing.ready_in(method, conversation, claim)
        assert pacing.take(method, conversation, claim) == 0


def test_an_hour_of_refusals_does_not_slow_the_bot_down_for_days() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    window = pacing._windows["conversations.open"]
    lowest = window.calls
    for second in range(6 * 3600):
        clock.now += 1.0
        if pacing.take("conversations.open") == 0 and second % 3 == 0:
            pacing.refused("conversations.open", None, 1.0)
        lowest = min(lowest, window.calls)
    assert lowest == 5, "a tenth of what Slack documents is let through whatever it answers"
    clock.now += 24 * 3600.0
    assert pacing.ready_in("conversations.open") == 0.0
    assert window.calls == 50, "a day later it is all of it again, however rarely anybody asked"
