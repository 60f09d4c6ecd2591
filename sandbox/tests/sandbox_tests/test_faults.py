"""Faults on demand: what the app sees, and what took effect all the same."""

from __future__ import annotations

import time
from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Person, Sandbox
from sandbox_tests.kit import error_of, form
from sandbox_tests.patience import PATIENCE

POST = "chat.postMessage"


def test_rate_limit_on_demand(slack: Sandbox, ana: Person) -> None:
    slack.faults.ratelimit(POST, times=2, retry_after=7)
    answers = [form(slack, POST, channel=ana.id, text=str(n)) for n in range(3)]
    assert [a.status for a in answers] == [429, 429, 200]
    assert answers[0].headers["retry-after"] == "7"
    assert answers[0].body == {"ok": False, "error": "ratelimited"}
    assert [m.text for m in ana.messages()] == ["2"]


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize("status", [500, 503])
def test_http_errors_before_and_after_effect(
    slack: Sandbox, client: WebClient, ana: Person, status: int, after_effect: bool
) -> None:
    slack.faults.http_error(POST, status=status, after_effect=after_effect)
    with pytest.raises(SlackApiError) as failure:
        client.chat_postMessage(channel=ana.id, text="x")
    assert failure.value.response.status_code == status
    assert len(ana.messages()) == after_effect
    (call,) = slack.calls.to(POST)
    assert (call.status, call.error, call.effect) == (status, f"http_{status}", after_effect)
    assert client.chat_postMessage(channel=ana.id, text="y")["ok"], "once means once"


@pytest.mark.parametrize("after_effect", [False, True])
def test_errors_with_any_string(slack: Sandbox, client: WebClient, ana: Person, after_effect: bool) -> None:
    """fatal_error and internal_error: "some aspect of the operation succeeded" (error tables)."""
    slack.faults.error(POST, "fatal_error", after_effect=after_effect)
    assert error_of(client.chat_postMessage, channel=ana.id, text="x") == "fatal_error"
    assert len(ana.messages()) == after_effect
    assert slack.calls.errors() == {POST: {"fatal_error": 1}}


@pytest.mark.parametrize("after_effect", [False, True])
def test_connection_reset(slack: Sandbox, client: WebClient, ana: Person, after_effect: bool) -> None:
    slack.faults.reset(POST, after_effect=after_effect)
    with pytest.raises((ConnectionResetError, RemoteDisconnected, URLError)):
        client.chat_postMessage(channel=ana.id, text="x")
    assert len(ana.messages()) == after_effect
    assert slack.calls[-1].error == "connection_reset"


def test_slow_answers_take_effect_at_once(slack: Sandbox, client: WebClient, ana: Person) -> None:
    slack.faults.slow("auth.test", delay=0.3)
    started = time.monotonic()
    client.auth_test()
    assert time.monotonic() - started >= 0.3
    assert slack.faults.standing() == [], "it is used up"
    slack.faults.slow(POST, delay=PATIENCE)
    impatient = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel=ana.id, text="x")
    ana.waits_to_see("x")
    assert len(ana.messages()) == 1


def test_for_a_while_for_any_method_and_clear(slack: Sandbox, client: WebClient) -> None:
    slack.faults.error("*", "service_unavailable", seconds=60)
    assert error_of(client.auth_test) == "service_unavailable"
    assert error_of(client.users_list) == "service_unavailable"
    slack.faults.clear()
    assert client.auth_test()["ok"]
    slack.faults.error("auth.test", "internal_error", seconds=0.05)
    time.sleep(0.06)
    assert client.auth_test()["ok"]


def test_each_call_can_have_a_fault_of_its_own(slack: Sandbox, client: WebClient) -> None:
    seen: list[str] = []

    def look(method: str) -> None:
        seen.append(method)
        if len(seen) == 2:
            slack.faults.error(method, "internal_error", times=1)

    slack.faults.before_each(look)
    assert client.auth_test()["ok"]
    assert error_of(client.users_list) == "internal_error"
    assert client.auth_test()["ok"]
    slack.faults.before_each(None)
    assert client.auth_test()["ok"]
    assert seen == ["auth.test", "users.list", "auth.test"]


def test_a_history_that_lags(slack: Sandbox, client: WebClient, ana: Person) -> None:
    ts = client.chat_postMessage(channel=ana.id, text="x")["ts"]
    slack.faults.lag_history(lambda: 60.0)
    assert client.conversations_history(channel=ana.dm.id)["messages"] == []
    slack.faults.clear()
    assert [one["ts"] for one in client.conversations_history(channel=ana.dm.id)["messages"]] == [ts]
