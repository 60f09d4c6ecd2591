"""How the Web API reads a request and refuses it before any method runs.

Sources: docs.slack.dev/apis/web-api (request bodies, authentication, errors) and the error tables that all
methods share (slack-ruby/slack-api-ref).
"""

from __future__ import annotations

import json

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox.web_api import FACTS
from sandbox_tests.kit import config, error_of, form, http, refused, web_client


def test_form_json_and_query_arguments_are_read(slack: Sandbox) -> None:
    bearer = {"Authorization": f"Bearer {slack.bot_token}"}
    assert form(slack, "api.test", foo="bar").body == {"ok": True, "args": {"foo": "bar"}}
    as_json = http(
        slack.api_url + "api.test",
        b'{"foo": 1}',
        {**bearer, "Content-Type": "application/json; charset=utf-8"},
    )
    assert as_json.body == {"ok": True, "args": {"foo": 1}}
    assert http(slack.api_url + "api.test?foo=bar", None, bearer).body["args"] == {"foo": "bar"}


def test_api_test_answers_the_error_it_is_given(client: WebClient) -> None:
    assert error_of(client.api_test, error="my_error") == "my_error"


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        (b"{not json", "application/json", "invalid_json"),
        (b"[1]", "application/json", "json_not_object"),
        (b"x=1", "image/png", "invalid_post_type"),
    ],
)
def test_unreadable_bodies(slack: Sandbox, body: bytes, content_type: str, error: str) -> None:
    answer = http(slack.api_url + "auth.test", body, {"Content-Type": content_type})
    assert answer.body["error"] == error


def test_json_without_charset_works_with_a_warning(slack: Sandbox) -> None:
    """Slack warns of ``missing_charset`` (seen in awesome-mcp-servers#943, documented under Web API)."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {slack.bot_token}"}
    answer = http(slack.api_url + "auth.test", b"{}", headers).body
    assert answer["ok"]
    assert answer["warning"] == "missing_charset"
    assert answer["response_metadata"]["warnings"] == ["missing_charset"]


def test_read_methods_do_not_read_json(slack: Sandbox, ana: Person) -> None:
    """Only methods that write take JSON (docs.slack.dev/apis/web-api: "POST bodies")."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {slack.bot_token}"}
    answer = http(slack.api_url + "users.info", json.dumps({"user": ana.id}).encode(), headers).body
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


def test_an_absent_argument_is_invalid_and_an_empty_one_is_not_found(client: WebClient) -> None:
    """Measured on slack.com in brekkylab/backlot#84."""
    assert error_of(client.api_call, api_method="conversations.info") == "invalid_arguments"
    answer = refused(client.api_call, api_method="conversations.info", params={"channel": ""})
    assert answer["error"] == "channel_not_found"


def test_unknown_method(client: WebClient) -> None:
    assert error_of(client.api_call, api_method="nonsense.method") == "unknown_method"


def test_tokens(slack: Sandbox) -> None:
    """not_authed, invalid_auth and not_allowed_token_type as in every method's error table."""
    assert form(slack, "auth.test", token="").body["error"] == "not_authed"
    assert form(slack, "auth.test", token="xoxb-unknown").body["error"] == "invalid_auth"
    assert form(slack, "auth.test", token=slack.app_token).body["error"] == "not_allowed_token_type"
    assert form(slack, "apps.connections.open").body["error"] == "not_allowed_token_type"


def test_a_token_in_the_form_body_works_but_not_in_json_or_the_query(slack: Sandbox) -> None:
    """Tokens in query strings ended with apps created after 2021-02-24 (docs.slack.dev changelog)."""
    kind = "application/x-www-form-urlencoded"
    body = f"token={slack.bot_token}".encode()
    assert http(slack.api_url + "auth.test", body, {"Content-Type": kind}).body["ok"]
    as_json = json.dumps({"token": slack.bot_token}).encode()
    answer = http(slack.api_url + "auth.test", as_json, {"Content-Type": "application/json"})
    assert answer.body["error"] == "not_authed"
    assert http(f"{slack.api_url}auth.test?token={slack.bot_token}").body["error"] == "not_authed"


def test_dead_tokens(slack: Sandbox, client: WebClient) -> None:
    """``account_inactive`` after removal of the app, ``token_revoked`` after auth.revoke (error tables)."""
    slack.uninstall_app()
    assert error_of(client.auth_test) == "account_inactive"
    slack.reinstall_app()
    assert error_of(client.auth_test) == "account_inactive"
    renewed = web_client(slack)
    assert renewed.auth_test()["user_id"] == slack.bot_user_id
    slack.revoke_token()
    assert error_of(renewed.auth_test) == "token_revoked"


_NEEDS = [
    ("chat.postMessage", {"channel": "C1", "text": "x"}, "chat:write"),
    ("users.info", {"user": "U1"}, "users:read"),
    ("users.lookupByEmail", {"email": "a@b.c"}, "users:read.email"),
    ("users.profile.get", {}, "users.profile:read"),
    ("files.info", {"file": "F1"}, "files:read"),
    ("files.getUploadURLExternal", {"filename": "a", "length": "1"}, "files:write"),
    ("reactions.add", {"channel": "C1", "name": "eyes", "timestamp": "1.0"}, "reactions:write"),
    ("team.info", {}, "team:read"),
    ("conversations.join", {"channel": "C1"}, "channels:join"),
]


@pytest.mark.parametrize(("method", "args", "scope"), _NEEDS)
def test_missing_scope_names_what_is_needed_and_provided(
    method: str, args: dict[str, str], scope: str
) -> None:
    """Scopes per method from slack-ruby/slack-api-ref; answer keys as Slack sends them."""
    with Sandbox(config(scopes=["commands", "im:read"])) as slack:
        answer = form(slack, method, **args)
        assert answer.body["error"] == "missing_scope"
        assert answer.body["needed"] == scope
        assert answer.body["provided"] == "commands,im:read"
        assert answer.headers["x-oauth-scopes"] == "commands,im:read"
        assert answer.headers["x-accepted-oauth-scopes"] == scope


@pytest.mark.parametrize(
    "method",
    ["conversations.info", "conversations.members", "conversations.history", "conversations.replies"],
)
def test_the_scope_must_fit_the_kind_of_conversation(slack: Sandbox, client: WebClient, method: str) -> None:
    """channels:… reads public channels only, groups:… private ones (docs.slack.dev, conversations.info)."""
    reads = "history" if method in ("conversations.history", "conversations.replies") else "read"
    slack.revoke_scopes(f"groups:{reads}")
    secret = slack.add_channel("secret", private=True, bot=True)
    answer = refused(client.api_call, api_method=method, params={"channel": secret.id, "ts": "1.0"})
    assert (answer["error"], answer["needed"]) == ("missing_scope", f"groups:{reads}")


def test_scopes_can_be_granted_later(slack: Sandbox, client: WebClient, ana: Person) -> None:
    slack.revoke_scopes("users:read")
    assert error_of(client.users_info, user=ana.id) == "missing_scope"
    slack.grant("users:read")
    assert client.users_info(user=ana.id)["user"]["id"] == ana.id


def test_every_served_method_has_its_facts_and_a_handler(slack: Sandbox) -> None:
    for method in FACTS:
        answer = form(slack, method)
        assert answer.body.get("error") != "unknown_method", method


def test_the_record_masks_tokens(slack: Sandbox) -> None:
    kind = "application/x-www-form-urlencoded"
    body = f"token={slack.bot_token}&text={slack.bot_token}".encode()
    http(slack.api_url + "api.test", body, {"Content-Type": kind})
    (call,) = slack.calls.to("api.test")
    assert slack.bot_token not in repr(call)
    assert call.effect
    assert call.error is None


def test_calls_are_counted(slack: Sandbox, client: WebClient) -> None:
    for _ in range(50):
        client.auth_test()
    assert slack.calls.counts() == {"auth.test": 50}
