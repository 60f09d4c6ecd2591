"""Nothing is said twice: who in the code may make which of the calls that have an effect each time they are made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from tests.house.sources import PRODUCT, modules, shown

ALLOWED = {
    ("bot/true_time.py", "api_call"): "every call passes through here, once",
    ("bot/slack/post.py", "chat_postMessage"): "the courier's, which looks before it posts again",
    (
        "handlers/direct.py",
        "chat_postMessage",
    ): "the answer to what somebody just wrote; a lost one is logged",
    (
        "handlers/replying.py",
        "chat_postEphemeral",
    ): "the answer to somebody who just clicked; a lost one is logged",
    (
        "handlers/replying.py",
        "chat_postMessage",
    ): "the same in the direct message, after a refusal with which nothing was shown",
    ("handlers/replying.py", "views_open"): "a trigger opens one view, once",
    ("handlers/meeting.py", "files_upload_v2"): "once for each press, and never again by itself",
    ("handlers/replying.py", "views_push"): "a trigger opens one view, once",
}
"""Where a call that must not be repeated stands, and why it is not."""

IDEMPOTENT = {
    "api_test",
    "apps_connections_open",
    "auth_test",
    "chat_delete",
    "chat_update",
    "conversations_history",
    "conversations_info",
    "conversations_open",
    "team_profile_get",
    "users_info",
    "users_list",
    "users_lookupByEmail",
    "users_profile_get",
    "views_publish",
    "views_update",
}
"""Reading, and calls that come to the same when they are made twice."""

METHODS = {name for name in dir(WebClient) if "_" in name and not name.startswith("_")} - IDEMPOTENT
CLIENTS = {"WebClient", "ListeningClient", "WebhookClient"}


def called(path: Path) -> Iterator[tuple[str, ast.Call | None]]:
    """The names that a module calls or hands on, like `client.chat_postMessage`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node
        elif isinstance(node, ast.Attribute):
            yield node.attr, None


@pytest.mark.slow
def test_only_these_places_make_calls_that_must_not_be_repeated() -> None:
    places = {
        (shown(path), name) for path in modules(*PRODUCT) for name, _ in called(path) if name in METHODS
    }
    assert places == ALLOWED.keys()


def test_every_client_is_told_not_to_repeat_calls() -> None:
    """The SDK's default handler sends a request again when the connection breaks, whatever it does."""
    clients = [
        (shown(path), node)
        for path in modules(*PRODUCT)
        for name, node in called(path)
        if name in CLIENTS and node is not None
    ]
    assert len(clients) >= 2
    for path, node in clients:
        given = [ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg == "retry_handlers"]
        assert given == ["[]"], f"{path}:{node.lineno}"


def test_nobody_speaks_through_bolts_shortcuts() -> None:
    """Bolt hands `say` and `respond` to listeners that ask for them; both post without a record."""
    asking = [
        f"{shown(path)}: {function.name}"
        for path in modules("handlers", "bot")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        and {one.arg for one in function.args.args} & {"say", "respond", "complete", "fail"}
    ]
    assert asking == []
