"""Answers of Slack, of what stands in the way, and of other stand-ins: what each means for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.client import slack_client
from bot.settings import Settings
from bot.slack.errors import CALL_FAILED, FailureKind, classify
from handlers import trouble
from handlers.payloads import Act, Kind
from handlers.replying import privately, replaced, update_modal
from handlers.views import Rendered
from tests.bot.raw_server import Behavior, answers, resets_after_reading, serving

SAID = Rendered("Hello", [])

ADDRESSES: list[tuple[Behavior, bool | None]] = [
    (answers("200 OK", b"ok"), True),
    (answers("200 OK", b"ok\n"), True),
    (answers("200 OK", b""), True),
    (answers("200 OK", b'{"ok":true}'), True),
    (answers("200 OK", b'{ "ok" : true }'), True),
    (answers("200 OK", b'{"ok": false, "error": "used_url"}'), False),
    (answers("200 OK", b'{"ok":false,"error":"expired_url"}'), False),
    (answers("404 Not Found", b"no_service"), False),
    (answers("404 Not Found", b'{"ok":false,"error":"used_url"}'), False),
    (answers("410 Gone", b""), False),
    (answers("429 Too Many Requests", b"", "Retry-After: 1"), False),
    (answers("200 OK", b"<html>Please sign in</html>"), None),
    (answers("200 OK", b'["ok"]'), None),
    (answers("200 OK", b"\xff\xfe"), None),
    (answers("502 Bad Gateway", b"<html></html>"), None),
    (answers("503 Service Unavailable", b"ok"), None),
    (answers("200 OK", b"ok", length=20), None),
    (resets_after_reading, None),
]
"""What the address that came with a press answers, and whether the message stands there."""


@pytest.mark.parametrize(("answer", "stands"), ADDRESSES)
def test_whether_a_message_was_replaced(answer: Behavior, stands: bool | None) -> None:
    with serving(answer) as url:
        assert replaced(WebClient(), url, SAID) is stands


@pytest.mark.parametrize(("answer", "stands"), ADDRESSES)
def test_an_answer_that_was_not_taken_goes_another_way(
    answer: Behavior, stands: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    other: list[str] = []
    client = WebClient()
    monkeypatch.setattr(client, "chat_postEphemeral", lambda **said: other.append(said["text"]))
    with serving(answer) as url:
        privately(client, Act(Kind.COMMAND, person_id="U1", channel="C1", response_url=url), SAID)
    assert other == ([] if stands else ["Hello"])


REFUSED_THERE = [
    *("channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"),
    *("restricted_action", "restricted_action_read_only_channel", "method_not_supported_for_channel_type"),
]
NOT_REPEATED = [
    "internal_error",
    "fatal_error",
    "ratelimited",
    "invalid_auth",
    "invalid_blocks",
    "an_error_of_next_year",
]


@pytest.mark.parametrize("url", [b"expired_url", b"used_url", b"ratelimited", b"no_service"])
@pytest.mark.parametrize(
    ("error", "arrives"), [*((one, True) for one in REFUSED_THERE), *((one, False) for one in NOT_REPEATED)]
)
def test_what_cannot_be_answered_where_it_was_asked_is_answered_in_the_direct_message(
    url: bytes, error: str, arrives: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    direct: list[str] = []
    client = WebClient()

    def refuses(**_said: object) -> None:
        raise SlackApiError("no", {"ok": False, "error": error})  # type: ignore[no-untyped-call]  # the SDK has no types there

    monkeypatch.setattr(client, "chat_postEphemeral", refuses)
    monkeypatch.setattr(client, "chat_postMessage", lambda **said: direct.append(said["channel"]))
    with serving(answers("404 Not Found", url)) as address:
        privately(client, Act(Kind.COMMAND, person_id="U1", channel="C1", response_url=address), SAID)
    assert direct == (["U1"] if arrives else [])


BODIES = [
    b"[]",
    b'["ok"]',
    b'"ok"',
    b"17",
    b"null",
    b"true",
    b"",
    b"ok",
    b"{}",
    b"<html></html>",
    b"\xff\xfe",
]
PASSING: list[tuple[str, bytes, FailureKind]] = [
    *(("200 OK", body, FailureKind.AMBIGUOUS) for body in BODIES),
    *(
        ("502 Bad Gateway", body, FailureKind.REFUSED_RETRY)
        for body in (b"", b"<html></html>", b'{"ok":true}')
    ),
    *(("429 Too Many Requests", body, FailureKind.RATE_LIMITED) for body in (b"", b"slow", b"[]", b"{}")),
]
"""Answers to a call that hold no word of Slack's; for each it is tried again, or looked what it did."""

CALLS: list[Callable[[WebClient], object]] = [
    lambda client: client.chat_postMessage(channel="C1", text="Hello"),
    lambda client: client.chat_update(channel="C1", ts="1.1", text="Hello"),
    lambda client: client.conversations_open(users=["U1"]),
    lambda client: client.users_info(user="U1"),
    lambda client: client.views_open(trigger_id="1", view={"type": "modal"}),
    lambda client: client.views_publish(user_id="U1", view={"type": "home"}),
]


@pytest.mark.parametrize(("status", "body", "kind"), PASSING)
def test_what_cannot_be_read_is_slacks_and_passes(status: str, body: bytes, kind: FailureKind) -> None:
    with serving(answers(status, body)) as url:
        client = slack_client(Settings(bot_token="xoxb-1", api_url=url))
        for call in CALLS:
            with pytest.raises(CALL_FAILED) as raised:
                call(client)
            assert isinstance(raised.value, Exception)
            assert classify(raised.value).kind is kind
            assert trouble.is_slacks(raised.value), "nobody reads that it went wrong on the bot's side"
            assert trouble.passing(raised.value) is not None
        update_modal(client, "V1", {"type": "modal"})
