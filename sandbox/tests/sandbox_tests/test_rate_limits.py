"""Rate limits: tiers per method, one message per second and channel.

Source: docs.slack.dev/apis/web-api/rate-limits.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import Sandbox
from sandbox.rate_limits import PER_MINUTE
from sandbox.web_api import FACTS
from sandbox_tests.kit import Raw, Ticking, config, form


@pytest.fixture
def now() -> Ticking:
    """A clock that stands still."""
    return Ticking()


@pytest.fixture
def limited(now: Ticking) -> Iterator[Sandbox]:
    """A workspace whose limits run on business time."""
    with Sandbox(config(), now=now, rate_clock="business") as slack:
        yield slack


def burst(slack: Sandbox, method: str, times: int, **args: str) -> list[Raw]:
    """Call a method many times."""
    return [form(slack, method, **args) for _ in range(times)]


@pytest.mark.parametrize(
    ("method", "per_minute"),
    [("users.list", 20), ("conversations.open", 50), ("users.info", 100), ("views.publish", 100)],
)
def test_tiers(limited: Sandbox, now: Ticking, method: str, per_minute: int) -> None:
    assert PER_MINUTE[FACTS[method].tier] == per_minute
    answers = burst(limited, method, per_minute + 1)
    assert {a.status for a in answers[:-1]} == {200}
    last = answers[-1]
    assert (last.status, last.body) == (429, {"ok": False, "error": "ratelimited"})
    assert last.headers["retry-after"] == "60"
    assert form(limited, "auth.test").status == 200, "other methods have their own window"
    now.forward(60)
    assert form(limited, method).status == 200


def test_one_message_a_second_and_channel_with_a_short_burst(limited: Sandbox, now: Ticking) -> None:
    ana, ben = limited.add_person("Ana Example"), limited.add_person("Ben Example")
    post = {"text": "x", "channel": ana.dm.id}
    statuses = [a.status for a in burst(limited, "chat.postMessage", 5, **post)]
    assert statuses == [200, 200, 200, 200, 429]
    assert form(limited, "chat.postMessage", **post).headers["retry-after"] == "1"
    assert form(limited, "chat.postMessage", text="x", channel=ben.dm.id).status == 200
    now.forward(1)
    assert [a.status for a in burst(limited, "chat.postMessage", 2, **post)] == [200, 429]
    assert len(ana.messages()) == 5, "a limited call has no effect"


def test_a_refused_message_does_not_count(limited: Sandbox) -> None:
    ana = limited.add_person("Ana Example")
    burst(limited, "chat.postMessage", 10, channel=ana.dm.id)
    assert form(limited, "chat.postMessage", channel=ana.dm.id, text="x").status == 200


def test_the_workspace_has_a_cap(limited: Sandbox, now: Ticking) -> None:
    """Slack says several hundred messages per minute; here 300, then the rest of the minute to wait."""
    people = [limited.add_person(f"Person {n}") for n in range(76)]
    statuses = [
        a.status for p in people for a in burst(limited, "chat.postMessage", 4, text="x", channel=p.dm.id)
    ]
    assert statuses == [200] * 300 + [429] * 4


def test_real_time_and_no_limits() -> None:
    now = Ticking()
    with Sandbox(config(), now=now) as slack:
        burst(slack, "users.list", 20)
        now.forward(3600)
        assert form(slack, "users.list").status == 429, "business time does not move real windows"
    with Sandbox(config(), now=now, rate_clock="off") as slack:
        assert {a.status for a in burst(slack, "users.list", 40)} == {200}
