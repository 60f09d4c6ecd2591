"""Why Slack does not let the bot in, and why it cannot be reached: a sentence for each cause, and what to do."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.slack import errors as slack_errors
from bot.slack.errors import Failure, FailureKind
from bot.transport.socket_line import CannotOpen

Token = Literal["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]

WHERE: Final[dict[Token, str]] = {
    "SLACK_BOT_TOKEN": "In your Slack app, open OAuth & Permissions and copy the Bot User OAuth Token once more.",
    "SLACK_APP_TOKEN": (
        "In your Slack app, open Basic Information and copy the app-level token with the scope connections:write once "
        "more, and see that Socket Mode is on."
    ),
}
"""Where a token comes from."""

_OTHER: Final[dict[Token, str]] = {
    "SLACK_BOT_TOKEN": "It has to be the bot token of this app, which starts xoxb-.",
    "SLACK_APP_TOKEN": "It has to be an app-level token of the same app, which starts xapp-.",
}

_UNREACHED: Final = {
    "name_not_resolved": "no address was found for its name",
    "connection_refused": "the connection was refused",
    "connection_reset": "the connection broke off",
    "tls_failure": "the encrypted connection failed",
    "timeout": "no answer came in time",
    "broken_answer": "the answer was not one of Slack's",
    "handshake_refused": "the socket was refused",
    "connection_closed": "the socket was closed at once",
}

_NETWORK: Final = "Check that this machine reaches Slack (SLACK_API_URL, proxy, network, DNS), and try again."
_CERTIFICATES: Final = (
    "Check this machine's certificates and its clock, and any proxy that opens connections, and try again."
)
_GONE: Final = frozenset({"account_inactive", "token_revoked", "token_expired", "app_uninstalled"})

_ADMINS: Final = (
    "The tokens may be right: an admin of the workspace, or of its organization, has to let the app in. Ask one, with "
    "that word of Slack's."
)
_UNKNOWN: Final = (
    "That may be none of the tokens' fault. Try again; if Slack says the same, look it up in "
    "https://docs.slack.dev/reference/methods/{method}, and report it."
)
_METHODS: Final[dict[Token, str]] = {
    "SLACK_BOT_TOKEN": "auth.test",
    "SLACK_APP_TOKEN": "apps.connections.open",
}
_NEEDS_SCOPES: Final[dict[Token, str]] = {
    "SLACK_BOT_TOKEN": (
        "Check SLACK_BOT_TOKEN. It lacks a scope: add those of manifest.yml under OAuth & Permissions, and install the "
        "app again."
    ),
    "SLACK_APP_TOKEN": (
        "Check SLACK_APP_TOKEN. It lacks the scope connections:write: make another app-level token with it, under "
        "Basic Information."
    ),
}


def failure_of(problem: Exception) -> Failure:
    """What kind of failure it is, for a call or for the line of Socket Mode."""
    failure = slack_errors.classify(problem)
    return Failure(failure.kind, str(problem)) if isinstance(problem, CannotOpen) else failure


def is_unreached(failure: Failure) -> bool:
    """Whether Slack itself said nothing: then no token is to blame."""
    passing = failure.kind in slack_errors.PASSING and failure.kind is not FailureKind.UNKNOWN
    return failure.error in _UNREACHED or failure.error.startswith("http_") or passing


def unreached(settings: Settings, failure: Failure) -> tuple[str, str]:
    """What was seen, and what to do, when Slack said nothing or is in trouble."""
    host = urlsplit(settings.api_url).netloc
    if failure.error.startswith("http_4"):
        return (
            f"What answers at {host} is not Slack ({failure.error}).",
            "Check SLACK_API_URL, and any proxy on the way.",
        )
    if failure.error.startswith("http_"):
        return f"Slack at {host} is in trouble ({failure.error}).", f"Try again in a minute. {_NETWORK}"
    why = _UNREACHED.get(failure.error)
    if why is None:
        return f"Slack at {host} cannot help now ({failure.error}).", "Try again in a minute."
    advice = _CERTIFICATES if failure.error == "tls_failure" else _NETWORK
    return f"Slack at {host} cannot be reached: {why} ({failure.error}).", advice


def what_to_check(failure: Failure, token: Token) -> str:
    """What the operator can do about a call that Slack refused; only what can be its fault is said of the token."""
    if failure.error in _GONE:
        return f"Check {token}. Slack has ended this token: install the app again, and set the new one. {WHERE[token]}"
    if failure.error == "missing_scope":
        return _NEEDS_SCOPES[token]
    if failure.error == "not_allowed_token_type":
        return f"Check {token}. {_OTHER[token]} {WHERE[token]}"
    if failure.kind is FailureKind.DEAD_TOKEN:
        return f"Check {token}. {WHERE[token]}"
    if failure.kind is FailureKind.CONFIG:
        return _ADMINS
    mode = " Look whether Socket Mode is on in your Slack app." if token == "SLACK_APP_TOKEN" else ""  # noqa: S105 - the name of a setting
    return f"{_UNKNOWN.format(method=_METHODS[token])}{mode}"
