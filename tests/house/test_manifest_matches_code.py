"""The manifest asks for what the code registers and calls, and for nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bot import manifest
from handlers import ids
from tests.bot.test_manifest import OPTIONAL_CALLS, SCOPES_OF_CALLS, SCOPES_OF_EVENTS
from tests.house.sources import modules

FAMILIES = ("apps", "auth", "chat", "conversations", "files", "reactions", "team", "users", "views")


def _calls() -> Iterator[ast.Call]:
    """Every call in the code that talks to Slack."""
    for path in modules("bot", "handlers"):
        yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def _slack_methods() -> set[str]:
    """The Web API methods that the code names: the SDK writes `chat.postMessage` as `chat_postMessage`."""
    names = {call.func.attr for call in _calls() if isinstance(call.func, ast.Attribute)}
    methods = {
        name.replace("_", ".", 1).replace("_", ".") for name in names if name.split("_")[0] in FAMILIES
    }
    return {method for method in methods if "." in method}


def _registered(kind: str) -> set[str]:
    """What the listeners register with `app.<kind>("name")`."""
    return {
        call.args[0].value
        for call in _calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == kind
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_the_scopes_are_those_of_the_calls_in_the_code() -> None:
    methods = _slack_methods() - OPTIONAL_CALLS.keys()
    assert {"chat.postMessage", "conversations.open", "users.info", "views.open"} <= methods
    used = [SCOPES_OF_CALLS[method] for method in methods]
    events = [SCOPES_OF_EVENTS[event] for event in manifest.subscribed_events()]
    assert manifest.required_scopes() == {"commands"}.union(*used, *events)


def test_the_events_are_those_that_have_a_listener() -> None:
    # Slack names the subscription by the kind of conversation, and the event itself `message`.
    subscribed = {event.partition(".")[0] for event in manifest.subscribed_events()}
    assert _registered("event") == subscribed
    assert {event for event in manifest.subscribed_events() if "." in event} == {"message.im"}


def test_the_command_is_the_one_the_code_answers() -> None:
    assert manifest.commands() == {ids.COMMAND}
