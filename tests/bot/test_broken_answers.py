"""Answers that say "ok" and lack what the method promises: each is a broken answer, and nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.delivery.courier import Courier
from bot.settings import Settings
from bot.slack import errors as slack_errors
from bot.slack import post as slack_post
from bot.slack.admins import AdminSweep
from bot.slack.answers import name
from bot.slack.channels import Channels
from bot.slack.directory import SlackDirectory
from bot.slack.errors import Failure, FailureKind
from bot.starting import CannotStart, the_workspace
from handlers.marks import EVENT_TYPE
from handlers.services import SlackDoesNotSay
from handlers.views import Rendered
from mentoring.channels import Trouble
from mentoring.messages import Kind
from program.outgoing import RowState
from tests.bot.post_office import MONDAY, PostOffice
from tests.bot.raw_server import answers, serving

NOTHING: list[Any] = [None, "", " ", 0, 17, 1.5, True, [], {}, ["C1"], "x" * 33]
"""What may stand in the place of an id or a ts, and is none."""

BROKEN = Failure(FailureKind.AMBIGUOUS, "broken_answer")
SAID = Rendered("Hello", [])
OK: dict[str, Any] = {"ok": True}


def lacks(key: str, *values: Any, **others: Any) -> list[dict[str, Any]]:
    """Answers without that key, and with each of these values, or none of Slack's, under it."""
    return [OK | others, *(OK | others | {key: value} for value in values or NOTHING)]


class Answering(WebClient):
    """A client to whom each method answers what the test says, or what Slack says where it does not."""

    def __init__(self, slack: WebClient | None = None) -> None:
        super().__init__(
            token=slack.token if slack else "xoxb-1",
            base_url=slack.base_url if slack else "http://127.0.0.1:1/api/",
            retry_handlers=[],
        )
        self.answers: dict[str, Any] = {}
        self.calls: list[str] = []

    def api_call(self, api_method: str, **options: Any) -> Any:
        self.calls.append(api_method)
        if api_method not in self.answers:
            return super().api_call(api_method, **options)
        answer = self.answers[api_method]
        return answer(options) if callable(answer) else answer


def post_to(channel: str) -> Callable[[WebClient], object]:
    return lambda client: slack_post.post(client, channel, SAID, "token")


def look(client: WebClient) -> object:
    return slack_post.find(client, "D1", "token", MONDAY)


OURS = {"metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": "token"}}}
CASES: list[tuple[str, Callable[[WebClient], object], list[dict[str, Any]]]] = [
    ("chat.postMessage", post_to("C1"), lacks("ts", channel="C1")),
    ("chat.postMessage", post_to("C1"), lacks("channel", 17, True, ["C1"], "x" * 33, ts="1.1")[1:]),
    ("chat.postMessage", post_to("U1"), lacks("channel", ts="1.1")),
    ("conversations.open", lambda client: slack_post.open_conversation(client, ("U1",)), lacks("channel")),
    (
        "conversations.open",
        lambda client: slack_post.open_conversation(client, ("U1",)),
        [OK | {"channel": channel} for channel in lacks("id")],
    ),
    ("conversations.history", look, lacks("messages", None, "", 17, {})),
    ("conversations.history", look, [OK | {"messages": [OURS | stamp]} for stamp in lacks("ts")]),
    ("auth.test", lambda client: name(client.auth_test(), "team_id"), lacks("team_id", team="Ours")),
]


@pytest.mark.parametrize(("method", "call", "broken"), CASES)
def test_it_is_a_broken_answer(
    method: str, call: Callable[[WebClient], object], broken: list[dict[str, Any]]
) -> None:
    client = Answering()
    for answer in broken:
        client.answers[method] = answer
        with pytest.raises(slack_errors.CALL_FAILED) as raised:
            call(client)
        assert slack_errors.classify(raised.value) == BROKEN, answer


@pytest.mark.parametrize("body", [b"[]", b'["ok"]', b'"ok"', b"17", b"null", b"true", b"", b"ok"])
def test_what_is_no_object_is_a_broken_answer_too(body: bytes) -> None:
    with serving(answers("200 OK", body)) as base_url, pytest.raises(slack_errors.CALL_FAILED) as broken:
        post_to("C1")(WebClient(token="xoxb-1", base_url=base_url, retry_handlers=[]))
    assert slack_errors.classify(broken.value).kind is FailureKind.AMBIGUOUS


def test_a_post_without_a_channel_stands_where_it_was_sent() -> None:
    client = Answering()
    for channel in ({}, {"channel": None}, {"channel": ""}):
        client.answers["chat.postMessage"] = OK | {"ts": "1.1"} | channel
        assert slack_post.post(client, "C1", SAID, "token") == ("C1", "1.100000")


def test_a_history_of_odd_messages_is_read_to_its_end() -> None:
    client = Answering()
    odd: list[Any] = [
        None,
        17,
        "x",
        [],
        {},
        {"metadata": 1},
        {"metadata": {"event_type": EVENT_TYPE}},
    ]
    client.answers["conversations.history"] = OK | {"messages": [*odd, OURS | {"ts": "1.1"}]}
    assert look(client) == ["1.100000"]
    ends: list[Any] = [None, 1, [], {}, {"next_cursor": 17}]
    for metadata in ends:
        client.answers["conversations.history"] = OK | {"messages": odd, "response_metadata": metadata}
        assert look(client) == []


def test_pages_that_lead_back_to_themselves_have_an_end() -> None:
    client = Answering()
    client.answers["conversations.history"] = OK | {
        "messages": [],
        "response_metadata": {"next_cursor": "more"},
    }
    with pytest.raises(ValueError, match="next_cursor"):
        look(client)
    assert len(client.calls) == 2


@pytest.mark.parametrize("answer", [*lacks("user", None, "", 17, [])])
def test_a_person_of_whom_nothing_is_said(office: PostOffice, answer: dict[str, Any]) -> None:
    client = Answering(office.client)
    client.answers["users.info"] = answer
    directory = SlackDirectory(client, office.ctx, office.workspace)
    with pytest.raises(SlackDoesNotSay):
        directory.person("UNOBODY")
    before = directory.known(office.lead.id)
    directory.look_at(office.lead.id)
    assert directory.known(office.lead.id) == before


@pytest.mark.parametrize("answer", [*lacks("channel", None, "", 17, [], {})])
def test_a_channel_of_which_nothing_is_said_is_not_taken_for_fine(
    office: PostOffice, answer: dict[str, Any]
) -> None:
    client = Answering(office.client)
    client.answers["conversations.info"] = answer
    assert Channels(client, office.ctx).look(office.leads_channel.id) is Trouble.UNKNOWN


@pytest.mark.parametrize("answer", [*lacks("members", None, "", 17, {})])
def test_a_page_without_people_takes_no_admin_away(office: PostOffice, answer: dict[str, Any]) -> None:
    other = office.slack.add_person("Ann Admin", admin=True)
    client = Answering(office.client)
    AdminSweep(client, office.ctx, office.workspace).look()
    client.answers["users.list"] = lambda options: (
        answer
        if options["params"].get("cursor")
        else OK
        | {
            "members": [{"id": office.lead.id, "name": "lea", "is_admin": True}],
            "response_metadata": {"next_cursor": "more"},
        }
    )
    sweep = AdminSweep(client, office.ctx, office.workspace)
    sweep.look()
    sweep.look()
    known = office.directory.known(other.id)
    assert known is not None
    assert known.admin


@pytest.mark.parametrize("answer", lacks("team_id"))
def test_without_a_workspace_it_does_not_start(answer: dict[str, Any]) -> None:
    client = Answering()
    client.answers["auth.test"] = answer
    with pytest.raises(CannotStart, match="not one of Slack's \\(broken_answer\\)"):
        the_workspace(Settings(bot_token="xoxb-canary"), client)


@pytest.fixture
def odd(office: PostOffice) -> tuple[PostOffice, Answering, Courier]:
    """A post office whose courier hears from Slack what the test says."""
    client = Answering(office.client)
    return office, client, office.hires(client)


@pytest.mark.parametrize("answer", lacks("ts", channel="D1"))
def test_no_place_is_stored_that_is_none(
    odd: tuple[PostOffice, Answering, Courier], answer: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    office, client, courier = odd
    office.joins("Ana", 2, shares=("Podcasting",))
    client.answers["chat.postMessage"] = answer
    courier.run_once()
    (letter,) = office.letters(Kind.WELCOME)
    assert (letter.state, letter.ts, letter.channel) == (RowState.UNSURE, None, None)
    assert "Traceback" not in caplog.text
    del client.answers["chat.postMessage"]
    office.clock.passes(seconds=30)
    courier.run_once()
    (letter,) = office.letters(Kind.WELCOME)
    assert letter.state is RowState.SENT
