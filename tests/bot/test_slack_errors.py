"""Slack's errors: every documented string has a class, and every failure on the wire gets the right one."""

from __future__ import annotations

import json
import logging
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackObjectFormationError, SlackRequestError
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.web import SlackResponse

from bot.slack import errors as slack_errors
from bot.slack.errors import KIND_OF_CALL, KIND_OF_ERROR, MAY_HAVE_HAPPENED, Failure, FailureKind, classify
from tests.bot.raw_server import (
    Behavior,
    answers,
    resets_after_reading,
    resets_before_reading,
    says_nothing,
    serving,
    talks_first,
)
from tests.patience import PATIENCE

FACTS = json.loads((Path(__file__).parent / "data" / "slack_methods.json").read_text())
DOCUMENTED = sorted({error for method in FACTS["methods"].values() for error in method["errors"]})


def call(base_url: str, **options: Any) -> Exception:
    """What a real client raises when it posts a message there."""
    client = WebClient(
        token="t",
        base_url=base_url,
        retry_handlers=[],
        timeout=options.pop("timeout", int(PATIENCE)),
        **options,
    )
    with pytest.raises(Exception) as caught:  # noqa: PT011 - which exception it is, is Slack's SDK's affair
        client.chat_postMessage(channel="C1", text="hello")
    assert isinstance(caught.value, Exception)
    return caught.value


def failure(behave: Behavior, **options: Any) -> Failure:
    with serving(behave) as base_url:
        return classify(call(base_url, **options))


def answer(status: str = "200 OK", *headers: str, **body: object) -> Failure:
    return failure(answers(status, json.dumps(body).encode(), *headers))


# The table


@pytest.mark.parametrize("error", DOCUMENTED)
def test_every_documented_error_has_a_deliberate_class(error: str) -> None:
    assert error in KIND_OF_ERROR


def test_no_error_stands_in_two_classes() -> None:
    listed = [error for errors in slack_errors._ERRORS.values() for error in errors.split()]
    assert len(listed) == len(set(listed))
    assert len(listed) == len(KIND_OF_ERROR)


def test_exceptions_of_the_table_are_documented_for_their_method() -> None:
    assert all(error in FACTS["methods"][method]["errors"] for method, error in KIND_OF_CALL)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("rate_limited", FailureKind.RATE_LIMITED),
        ("hash_conflict", FailureKind.NO_EFFECT),
        ("internal_error", FailureKind.REFUSED_RETRY),
        ("fatal_error", FailureKind.REFUSED_RETRY),
        ("service_unavailable", FailureKind.REFUSED_RETRY),
        ("request_timeout", FailureKind.REFUSED_RETRY),
        ("duplicate_message_not_found", FailureKind.AMBIGUOUS),
        ("user_disabled", FailureKind.GONE_PERSON),
        ("cannot_dm_bot", FailureKind.REFUSED_PERSON),
        ("user_is_restricted", FailureKind.REFUSED_PERSON),
        ("channel_not_found", FailureKind.GONE_CONVERSATION),
        ("is_archived", FailureKind.GONE_CONVERSATION),
        ("edit_window_closed", FailureKind.GONE_MESSAGE),
        ("message_not_found", FailureKind.GONE_MESSAGE),
        ("expired_trigger_id", FailureKind.GONE_VIEW),
        ("not_in_channel", FailureKind.CONFIG),
        ("missing_scope", FailureKind.CONFIG),
        ("messages_tab_disabled", FailureKind.CONFIG),
        ("user_not_in_channel", FailureKind.CONFIG),
        ("token_revoked", FailureKind.DEAD_TOKEN),
        ("account_inactive", FailureKind.DEAD_TOKEN),
        ("invalid_blocks", FailureKind.OUR_BUG),
        ("view_too_large", FailureKind.OUR_BUG),
        ("already_reacted", FailureKind.DONE_ALREADY),
        ("restricted_action_of_next_year", FailureKind.CONFIG),
        ("invalid_blocks_of_next_year", FailureKind.OUR_BUG),
    ],
)
def test_what_errors_mean(error: str, kind: FailureKind) -> None:
    assert answer(ok=False, error=error).kind is kind


def test_deleting_what_is_gone_is_done() -> None:
    with serving(answers("200 OK", b'{"ok":false,"error":"message_not_found"}')) as base_url:
        client = WebClient(token="t", base_url=base_url, retry_handlers=[])
        with pytest.raises(SlackApiError) as caught:
            client.chat_delete(channel="C1", ts="1.0")
    assert classify(caught.value).kind is FailureKind.DONE_ALREADY
    assert classify(caught.value.response).kind is FailureKind.DONE_ALREADY


def test_each_kind_has_its_own_sentence_for_the_operator() -> None:
    sentences = [kind.value for kind in FailureKind]
    assert len(set(sentences)) == len(FailureKind)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert Failure(FailureKind.CONFIG, "x").advice == FailureKind.CONFIG.value


def test_what_may_have_happened() -> None:
    assert {kind for kind in FailureKind if Failure(kind, "x").may_have_happened} == MAY_HAVE_HAPPENED
    assert {FailureKind.REFUSED_RETRY, FailureKind.AMBIGUOUS, FailureKind.UNKNOWN} == MAY_HAVE_HAPPENED


def test_the_detail_is_what_slack_explains_and_not_what_was_sent() -> None:
    missing = answer(
        ok=False, error="missing_scope", needed="im:history", provided="chat:write", text="canary"
    )
    assert missing.detail == "needed: im:history; provided: chat:write"
    blocks = answer(
        ok=False, error="invalid_blocks", response_metadata={"messages": ["[ERROR] no", 5, "[ERROR] empty"]}
    )
    assert blocks.detail == "[ERROR] no; [ERROR] empty"
    assert (
        len(answer(ok=False, error="invalid_blocks", response_metadata={"messages": ["no " * 999]}).detail)
        == 300
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "[ERROR] must be less than 76 characters [json-pointer:/options/0/text/text]",
            "[ERROR] must be less than 76 characters [json-pointer:/options/0/text/text]",
        ),
        (
            "[ERROR] unsupported type: Podcasting with Mia [json-pointer:/blocks/2/podcasting]",
            "[ERROR] unsupported type: … with … [json-pointer:/blocks/2/…]",
        ),
        ("[ERROR] invalid value `Mia Novak said no` in `text`", "[ERROR] invalid value … no` in …"),
        ("Mia\nNovak <U0123> podcasting@example.org 0151234567", "…"),
    ],
)
def test_the_detail_repeats_nothing_of_the_message(said: str, kept: str) -> None:
    told = answer(ok=False, error="invalid_blocks", response_metadata={"messages": [said]})
    assert told.detail == kept


def test_what_is_no_list_of_scopes_is_no_detail() -> None:
    assert answer(ok=False, error="missing_scope", needed="Mia said: no", provided=["x"]).detail == ""


# Rate limits


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (["Retry-After: 7"], 7.0),
        (["retry-after: 0"], 0.0),
        ([], 30.0),
        (["Retry-After: soon"], 30.0),
        (["Retry-After: Wed, 21 Oct 2026 07:28:00 GMT"], 30.0),
        (["Retry-After: -3"], 30.0),
        (["Retry-After: nan"], 30.0),
        (["Retry-After: 1e999"], 30.0),
        (["Retry-After: 999999999"], 86400.0),
    ],
)
@pytest.mark.parametrize("body", [b'{"ok":false,"error":"ratelimited"}', b"<html>slow down</html>", b""])
def test_429_waits_as_long_as_slack_says(headers: list[str], seconds: float, body: bytes) -> None:
    told = failure(answers("429 Too Many Requests", body, *headers))
    assert (told.kind, told.retry_after, told.may_have_happened) == (FailureKind.RATE_LIMITED, seconds, False)


def test_rate_limits_in_the_body() -> None:
    assert answer("200 OK", "Retry-After: 4", ok=False, error="ratelimited").retry_after == 4.0
    assert answer(ok=False, error="message_limit_exceeded").retry_after == 3600.0
    assert answer(ok=False, error="team_added_to_org").retry_after == 3600.0
    assert answer(ok=False, error="not_in_channel").retry_after is None


# Answers that are none


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Unavailable", "504 Timeout"])
@pytest.mark.parametrize(
    "body", [b"<html>oops</html>", b"", b'{"ok":false,"error":"error_of_next_year"}', b"{}"]
)
def test_5xx_may_have_happened(status: str, body: bytes) -> None:
    told = failure(answers(status, body))
    assert told.kind is FailureKind.REFUSED_RETRY
    assert told.may_have_happened


def test_a_known_error_counts_even_with_a_5xx() -> None:
    assert answer("500 Oops", ok=False, error="invalid_auth").kind is FailureKind.DEAD_TOKEN


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "407 Proxy Authentication Required"])
def test_a_page_in_the_way_points_to_the_address_and_the_proxy(status: str) -> None:
    told = failure(answers(status, b"<html>no</html>"))
    assert (told.kind, told.error) == (FailureKind.CONFIG, f"http_{status[:3]}")
    assert "SLACK_API_URL" in told.detail


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>ok</html>",
        b'{"ok":tru',
        b"null",
        b"{}",
        b'{"ok":false}',
        b'{"ok":false,"error":null}',
        b'{"ok":false,"error":5}',
        b'{"ok":false,"error":["x"]}',
        b'{"ok":false,"error":{"x":1}}',
        b'{"ok":false,"error":""}',
        b'{"ok":false,"error":"not an error name, but prose"}',
        b"\xff\xfe\xfd",
    ],
)
def test_answers_that_cannot_be_read_may_have_happened(body: bytes) -> None:
    told = failure(answers("200 OK", body))
    assert (told.kind, told.error) == (FailureKind.AMBIGUOUS, "broken_answer")


@pytest.mark.parametrize("body", [b"[1]", b'"text"', b"5", b"true"])
def test_answers_of_another_type_may_have_happened(body: bytes) -> None:
    assert failure(answers("200 OK", body)).may_have_happened


def test_http_408_may_have_happened() -> None:
    assert failure(answers("408 Request Timeout", b"")).kind is FailureKind.AMBIGUOUS


def test_an_answer_cut_short() -> None:
    told = failure(answers("200 OK", b'{"ok":true', length=500))
    assert (told.kind, told.error) == (FailureKind.AMBIGUOUS, "broken_answer")


# Connections that break


@pytest.mark.parametrize("behave", [resets_before_reading, resets_after_reading])
def test_a_reset_once_connected_may_have_happened(behave: Behavior) -> None:
    told = failure(behave)
    assert (told.kind, told.error) == (FailureKind.AMBIGUOUS, "connection_reset")


def test_no_answer_in_time_may_have_happened() -> None:
    told = failure(says_nothing, timeout=1)
    assert (told.kind, told.error) == (FailureKind.AMBIGUOUS, "timeout")


def test_a_closed_port_did_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    told = classify(call(f"http://127.0.0.1:{port}/api/"))
    assert (told.kind, told.error, told.may_have_happened) == (
        FailureKind.NO_EFFECT,
        "connection_refused",
        False,
    )


def test_a_name_nobody_has_did_nothing() -> None:
    """RFC 2606 keeps .invalid free for this."""
    told = classify(call("http://slack.invalid/api/"))
    assert (told.kind, told.error) == (FailureKind.NO_EFFECT, "name_not_resolved")


def test_a_server_without_tls_did_nothing() -> None:
    with serving(talks_first) as base_url:
        told = classify(call(base_url.replace("http:", "https:")))
    assert (told.kind, told.error) == (FailureKind.NO_EFFECT, "tls_failure")


def test_a_tls_greeting_without_an_answer_did_nothing() -> None:
    """The same TimeoutError as for a slow answer, but from before the request."""
    with serving(says_nothing) as base_url:
        told = classify(call(base_url.replace("http:", "https:"), timeout=1))
    assert (told.kind, told.error) == (FailureKind.NO_EFFECT, "timeout")


@pytest.fixture
def full_listener() -> Iterator[int]:
    """A port whose queue of connections is full, so that further ones wait until they give up (Linux)."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
        yield port
        for client in waiting:
            client.close()


def test_a_connection_that_never_opens_did_nothing(full_listener: int) -> None:
    told = classify(call(f"http://127.0.0.1:{full_listener}/api/", timeout=1))
    assert (told.kind, told.error) == (FailureKind.NO_EFFECT, "timeout")


def test_a_proxy_that_refuses_did_nothing() -> None:
    with serving(answers("403 Forbidden", b"")) as proxy:
        told = classify(call("https://slack.invalid/api/", proxy=proxy))
    assert told.kind is FailureKind.NO_EFFECT


def test_exceptions_without_a_history() -> None:
    assert classify(ssl.SSLCertVerificationError("bad certificate")).kind is FailureKind.NO_EFFECT
    assert classify(ssl.SSLError("broken")).kind is FailureKind.AMBIGUOUS
    assert classify(ConnectionAbortedError()).kind is FailureKind.AMBIGUOUS


def test_what_the_sdk_itself_refuses_is_our_bug() -> None:
    with pytest.raises(SlackObjectFormationError) as caught:
        SectionBlock(text="x" * 3001).to_dict()
    assert classify(caught.value) == Failure(FailureKind.OUR_BUG, "SlackObjectFormationError")
    assert classify(SlackRequestError("no such thing")).kind is FailureKind.OUR_BUG


# What nobody knows


def test_an_unknown_error_may_have_happened_and_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "bot.slack.errors"):
        first, second = (
            answer(ok=False, error="error_of_next_year"),
            answer(ok=False, error="error_of_next_year"),
        )
    assert first == second == Failure(FailureKind.UNKNOWN, "error_of_next_year")
    assert first.may_have_happened
    assert [record.getMessage() for record in caplog.records] == [
        "Slack answered with an error this version does not know: error_of_next_year"
    ]


def test_an_exception_nobody_expected() -> None:
    assert classify(RuntimeError("canary")) == Failure(FailureKind.UNKNOWN, "RuntimeError")


@pytest.mark.parametrize("data", [None, b"bytes", {}, {"ok": False, "error": "x" * 5000}])
def test_answers_made_by_hand(data: Any) -> None:
    made = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=200
    )
    assert classify(made).kind is FailureKind.AMBIGUOUS
