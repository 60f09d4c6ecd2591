"""Dispatch: one Web API call from bytes to Slack's answer, in the order in which Slack checks things."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files as package_files
from typing import Any
from urllib.parse import parse_qsl

from sandbox.backend import Backend
from sandbox.errors import SlackError
from sandbox.rate_limits import RateLimited
from sandbox.settings import Json
from sandbox.web_api import chat, conversations, files, users, views
from sandbox.web_api.request import Handler, Request


@dataclass(frozen=True, slots=True)
class Facts:
    """What Slack's reference says of a method; ``caller`` is whose token: ``bot``, ``app`` or ``none``."""

    tier: str
    scopes: tuple[str, ...]
    required: tuple[str, ...]
    takes_json: bool
    caller: str


def _load() -> dict[str, Facts]:
    raw = json.loads(package_files(__package__).joinpath("methods.json").read_text(encoding="utf-8"))
    return {
        name: Facts(
            m["tier"], tuple(m["scopes"]), tuple(m["required"]), bool(m["json"]), str(m.get("caller", "bot"))
        )
        for name, m in raw["methods"].items()
    }


FACTS = _load()
HANDLERS: dict[str, Handler] = {
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **views.METHODS,
    **files.METHODS,
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """An HTTP request to ``/api/METHOD`` as it came."""

    method: str
    content_type: str
    authorization: str
    body: bytes
    query: str


@dataclass(slots=True)
class Answer:
    """Status, JSON body and extra headers of the answer, and the arguments that led to it."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    args: Json = field(default_factory=dict)


@dataclass(slots=True)
class _Parsed:
    args: Json
    token: str
    warnings: list[str]


def perform(backend: Backend, incoming: Incoming) -> Answer:
    """Execute one call under the workspace's lock."""
    parsed = _Parsed({}, "", [])
    with backend.ws.lock:
        try:
            parsed = _parse(incoming)
            answer = Answer({"ok": True, **_checked(backend, incoming.method, parsed)})
        except RateLimited as limited:
            headers = {"Retry-After": str(limited.retry_after)}
            answer = Answer(limited.answer(), 429, headers)
        except SlackError as error:
            answer = Answer(error.answer())
        _add_warnings(answer.body, parsed.warnings)
        answer.headers.update(_scope_headers(backend, incoming.method))
    answer.args = parsed.args
    return answer


def arguments(incoming: Incoming) -> Json:
    """Return the arguments of a call that is not executed, as far as they can be read."""
    try:
        return _parse(incoming).args
    except SlackError:
        return {}


def _checked(backend: Backend, method: str, parsed: _Parsed) -> Json:
    facts = FACTS.get(method)
    if facts is None:
        raise SlackError("unknown_method", req_method=method)
    if facts.caller != "none":
        _authenticate(backend, facts, parsed.token)
    backend.limits.count(method, facts.tier)
    request = Request(backend, method, parsed.args)
    if facts.caller == "bot":
        request.require_scope(facts.scopes)
    request.need(*facts.required)
    return HANDLERS[method](request)


def _authenticate(backend: Backend, facts: Facts, token: str) -> None:
    """Check the token: none, dead, unknown, then of the wrong type (docs.slack.dev, Web API errors)."""
    app = backend.ws.app
    if not token:
        raise SlackError("not_authed")
    if token in app.dead_tokens:
        raise SlackError(app.dead_tokens[token])
    if token not in (app.bot_token, app.app_token):
        raise SlackError("invalid_auth")
    if (token == app.app_token) != (facts.caller == "app"):
        raise SlackError("not_allowed_token_type")


def _parse(incoming: Incoming) -> _Parsed:
    query = dict(parse_qsl(incoming.query, keep_blank_values=True))
    query.pop("token", None)
    bearer = incoming.authorization.partition(" ")[2].strip()
    if not incoming.body:
        return _Parsed(query, bearer, [])
    kind, _, options = incoming.content_type.partition(";")
    if kind == "application/json":
        args = _json_args(incoming)
        warnings = [] if "charset" in options else ["missing_charset"]
        args.pop("token", None)
        return _Parsed({**query, **args}, bearer, warnings)
    if kind == "application/x-www-form-urlencoded":
        form = dict(parse_qsl(incoming.body.decode(), keep_blank_values=True))
        token = form.pop("token", "")
        return _Parsed({**query, **form}, bearer or token, [])
    raise SlackError("invalid_post_type" if kind else "missing_post_type")


def _json_args(incoming: Incoming) -> Json:
    try:
        args: Any = json.loads(incoming.body)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise SlackError("invalid_json") from None
    if not isinstance(args, dict):
        raise SlackError("json_not_object")
    facts = FACTS.get(incoming.method)
    readable = facts is None or facts.takes_json
    return {k: v for k, v in args.items() if v is not None} if readable else {}


def _add_warnings(body: Json, warnings: list[str]) -> None:
    if warnings:
        body["warning"] = ",".join(warnings)
        body.setdefault("response_metadata", {})["warnings"] = list(warnings)


def _scope_headers(backend: Backend, method: str) -> Mapping[str, str]:
    facts = FACTS.get(method)
    if facts is None or facts.caller != "bot":
        return {}
    found = {"x-oauth-scopes": ",".join(sorted(backend.ws.app.scopes))}
    if facts.scopes:
        found["x-accepted-oauth-scopes"] = ",".join(facts.scopes)
    return found
