"""What a failed call to Slack means: one table from Slack's error strings to what the bot does about them.

The strings and their meanings are Slack's (https://docs.slack.dev/reference/methods, one list a method).
Slack has no idempotency key for messages, so what matters most is whether a failed call may have taken
effect: `Failure.may_have_happened`. Where that is in doubt, it is true.
"""

from __future__ import annotations

import http.client
import logging
import math
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final, TypeGuard
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.slack import words as slack_words

_log = logging.getLogger(__name__)

CALL_FAILED: Final = (
    SlackClientError,
    OSError,
    http.client.HTTPException,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""Everything a call to Slack can raise: the SDK's errors, the connection's, and those of an answer of odd shape."""

DEFAULT_RETRY_AFTER: Final = 30.0
"""Seconds to wait after a rate limit without a readable Retry-After, as slack_sdk's Socket Mode does."""

LONGEST_RETRY_AFTER: Final = 24 * 3600.0
"""Seconds; a longer Retry-After is taken for a mistake, and the bot asks again after a day."""

_HOUR: Final = 3600.0
_TEXT_LIMIT: Final = 300
_SCOPES: Final = re.compile(r"[a-z._]+(?::[a-z._]+)*(?:,[a-z._]+(?::[a-z._]+)*)*")


class NoObject(SlackClientError):
    """Slack, or what stands in the way, answered with JSON that is no object."""


class FailureKind(Enum):
    """The classes of failure; the value is what the operator is told."""

    RATE_LIMITED = "Slack asked the bot to slow down. It waits as long as Slack said and goes on by itself."
    NO_EFFECT = "The call did not reach Slack or did nothing there. The bot tries again by itself."
    REFUSED_RETRY = "Slack had a problem of its own. The bot checks what was done and tries again by itself."
    AMBIGUOUS = (
        "The connection broke before Slack's answer came. The bot checks whether the call took effect."
    )
    UNKNOWN = (
        "Slack answered something this version does not know. The bot checks whether the call took effect."
    )
    DONE_ALREADY = "What the bot asked for was done already. Nothing to do."
    GONE_PERSON = "Slack does not let the bot reach this person. The program treats them as having left."
    REFUSED_PERSON = (
        "Slack does not let the bot write to this person, or bring these people together. The leads are told."
    )
    GONE_CONVERSATION = (
        "The conversation is archived or gone, or the bot is no longer in it. Name or open another."
    )
    GONE_MESSAGE = (
        "The message can no longer be changed. The bot posts a new one where that still makes sense."
    )
    GONE_VIEW = "The screen was closed or came too late. The person has to open it once more."
    CONFIG = "A setting or permission in Slack stands in the way. Change it there; the bot then goes on."
    DEAD_TOKEN = "Slack no longer accepts the bot's token. Install the app again, set the new one."  # noqa: S105 - no token
    OUR_BUG = "The bot sent something Slack does not accept. Please report it with the error and its detail."


MAY_HAVE_HAPPENED: Final = frozenset({FailureKind.REFUSED_RETRY, FailureKind.AMBIGUOUS, FailureKind.UNKNOWN})
"""The kinds after which nobody knows whether the call took effect: look before calling again."""

PASSING: Final = MAY_HAVE_HAPPENED | {FailureKind.RATE_LIMITED, FailureKind.NO_EFFECT}
"""The kinds after which the same call may well succeed later, with nothing changed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call: what kind, Slack's error (or ours, as `timeout`), and what else Slack said.

    `retry_after` is in seconds and set where Slack, or the nature of the error, says when to try again.
    """

    kind: FailureKind
    error: str
    retry_after: float | None = None
    detail: str = ""

    @property
    def advice(self) -> str:
        """The sentence for the operator."""
        return self.kind.value

    @property
    def may_have_happened(self) -> bool:
        """Whether the call may have taken effect in spite of the failure."""
        return self.kind in MAY_HAVE_HAPPENED


_ERRORS: Final[Mapping[FailureKind, str]] = {
    FailureKind.RATE_LIMITED: "rate_limited ratelimited message_limit_exceeded",
    # Slack refused while something was moving; hash_conflict is cured by rendering again from state.
    FailureKind.NO_EFFECT: "external_channel_migrating hash_conflict org_login_required team_added_to_org",
    # Slack's lists say of the first two: some aspect of the operation may have succeeded.
    FailureKind.REFUSED_RETRY: "fatal_error internal_error request_timeout service_unavailable update_failed",
    FailureKind.AMBIGUOUS: "duplicate_channel_not_found duplicate_message_not_found",
    FailureKind.DONE_ALREADY: "already_in_channel already_reacted no_reaction",
    FailureKind.GONE_PERSON: "user_disabled user_not_found users_not_found",
    # About accounts that are there: asking again tomorrow brings the same answer.
    FailureKind.REFUSED_PERSON: """
        cannot_dm_bot invalid_user_combination not_enough_users org_user_not_in_team too_many_users
        ura_max_channels user_is_restricted user_not_visible""",
    FailureKind.GONE_CONVERSATION: "channel_not_found is_archived is_inactive",
    FailureKind.GONE_MESSAGE: """
        block_mismatch cannot_reply_to_message cant_delete_message cant_update_message edit_window_closed
        message_not_found thread_locked thread_not_found""",
    FailureKind.GONE_VIEW: "exchanged_trigger_id expired_trigger_id invalid_trigger_id not_found",
    FailureKind.CONFIG: """
        access_denied accesslimited app_access_restricted channel_is_limited_access ekm_access_denied
        enterprise_is_restricted forbidden_team insecure_request messages_tab_disabled missing_scope
        no_permission not_allowed_token_type not_enabled not_in_channel
        posting_to_channel_denied
        restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
        restricted_action_thread_locked restricted_action_thread_only_channel slack_connect_blocked_file_type
        slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
        slack_connect_lists_sharing_blocked team_access_not_granted team_access_revoked team_not_found
        two_factor_setup_required user_not_in_channel""",
    FailureKind.DEAD_TOKEN: "account_inactive invalid_auth not_authed token_expired token_revoked",
    FailureKind.OUR_BUG: """
        as_user_not_supported attachment_payload_limit_exceeded blocked_file_type cant_broadcast_message
        deprecated_endpoint draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
        duplicate_external_id file_deleted file_is_deleted file_not_found file_share_limit_reached
        invalid_arg_name invalid_arguments invalid_array_arg invalid_attachments invalid_blocks
        invalid_blocks_format invalid_charset invalid_cursor invalid_form_data invalid_metadata_filter_keys
        invalid_metadata_format invalid_metadata_schema invalid_post_type invalid_ts_latest invalid_ts_oldest
        limit_required markdown_text_conflict max_file_sharing_exceeded metadata_must_be_sent_from_app
        metadata_too_large method_deprecated method_not_supported_for_channel_type missing_args
        missing_argument missing_file_data missing_post_type missing_profile_id msg_blocks_too_long
        msg_too_long no_dual_broadcast_content_update no_text not_implemented
        push_limit_reached send_on_behalf_not_allowed streaming_state_conflict too_many_attachments
        too_many_contact_cards unable_to_share_files unknown_method users_list_not_supplied
        view_too_large""",
}

KIND_OF_ERROR: Final[Mapping[str, FailureKind]] = {
    error: kind for kind, errors in _ERRORS.items() for error in errors.split()
}
"""What each of Slack's error strings means, whatever the method; `KIND_OF_CALL` has the exceptions."""

KIND_OF_CALL: Final[Mapping[tuple[str, str], FailureKind]] = {
    # Deleting what is not there is done.
    ("chat.delete", "message_not_found"): FailureKind.DONE_ALREADY,
}

_WAITS: Final[Mapping[str, float]] = {
    # A free workspace's message limit, and a workspace on the move, take hours.
    "message_limit_exceeded": _HOUR,
    "external_channel_migrating": _HOUR,
    "org_login_required": _HOUR,
    "team_added_to_org": _HOUR,
}
"""Seconds after which asking again makes sense, for errors that carry no Retry-After."""


def classify(problem: Exception | SlackResponse) -> Failure:
    """Say what a failed call means: `problem` is what slack_sdk's WebClient raised, or an answer not ok.

    Never raises: whatever cannot be understood counts as a call that may have taken effect.
    """
    if isinstance(problem, SlackApiError):
        return _of_answer(problem.response)
    if isinstance(problem, SlackResponse):
        return _of_answer(problem)
    if isinstance(problem, NoObject):
        return Failure(FailureKind.AMBIGUOUS, "broken_answer")
    if isinstance(problem, SlackClientError):
        # The SDK refused to build the request; its other errors are those of the connection.
        return Failure(FailureKind.OUR_BUG, type(problem).__name__)
    return _of_exception(problem)


def _of_answer(response: Any) -> Failure:
    """Classify what Slack answered; it can be of any shape, or no answer of Slack's at all but a proxy's."""
    status = getattr(response, "status_code", None)
    data = response if isinstance(response, dict) else getattr(response, "data", None)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Failure(FailureKind.RATE_LIMITED, "ratelimited", _retry_after(response), "HTTP 429")
    if not isinstance(data, dict) or not _is_error_name(error := data.get("error")):
        return _of_status(status)
    kind = KIND_OF_CALL.get((_method(response), error)) or KIND_OF_ERROR.get(error)
    if kind is None:
        kind = _unlisted(error, status)
    wait = _retry_after(response) if kind is FailureKind.RATE_LIMITED else None
    return Failure(kind, error, _WAITS.get(error, wait), _detail(data))


def _is_error_name(error: object) -> TypeGuard[str]:
    """Slack's errors are words joined by underscores; slack_sdk puts prose there for what is no JSON."""
    return isinstance(error, str) and re.fullmatch(r"[A-Za-z0-9_]{1,100}", error) is not None


def _unlisted(error: str, status: int | None) -> FailureKind:
    """The kind of an error string that is in no table: by its family, by the HTTP status, else unknown."""
    if error.startswith("restricted_action"):
        return FailureKind.CONFIG
    if error.startswith("invalid_blocks"):
        return FailureKind.OUR_BUG
    if isinstance(status, int) and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FailureKind.REFUSED_RETRY
    _log_unknown(error)
    return FailureKind.UNKNOWN


@lru_cache(maxsize=1024)
def _log_unknown(error: str) -> None:
    """Say once per process and string that Slack has a new error."""
    _log.warning("Slack answered with an error this version does not know: %s", error)


def _of_status(status: int | None) -> Failure:
    """Classify an answer without a readable error, by its HTTP status alone."""
    error = f"http_{status}"
    if status is None or status < HTTPStatus.BAD_REQUEST:
        return Failure(FailureKind.AMBIGUOUS, "broken_answer", detail="The answer was not what Slack sends.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Failure(FailureKind.REFUSED_RETRY, error)
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return Failure(FailureKind.AMBIGUOUS, error)
    return Failure(
        FailureKind.CONFIG,
        error,
        detail="Not an answer of Slack's. Check SLACK_API_URL and any proxy on the way.",
    )


def _of_exception(error: Exception) -> Failure:
    """Classify a call that got no answer, or none that could be read to its end."""
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, BaseException) else error
    name = _name(cause)
    if _failed_to_connect(cause):
        return Failure(FailureKind.NO_EFFECT, name)
    if isinstance(cause, _BROKEN):
        return Failure(FailureKind.AMBIGUOUS, name)
    _log_unknown(name)
    return Failure(FailureKind.UNKNOWN, name)


def _failed_to_connect(error: BaseException) -> bool:
    """Whether the call failed before its first byte was sent, so that Slack cannot have acted on it.

    `http.client` connects (address look-up, TCP, proxy, TLS) inside `connect()` and writes the request after
    it returned, so a failure that passed through that function is one of the connection. A type alone does
    not tell: a TimeoutError or an SSLError comes from before the request as well as from after it.
    """
    if isinstance(error, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return True
    traceback = error.__traceback__
    while traceback:
        code = traceback.tb_frame.f_code
        if code.co_name == "connect" and code.co_filename == http.client.__file__:
            return True
        traceback = traceback.tb_next
    return False


def _name(error: BaseException) -> str:
    """A stable, short name of a failure below HTTP."""
    names: dict[type[BaseException], str] = {
        TimeoutError: "timeout",
        ConnectionRefusedError: "connection_refused",
        socket.gaierror: "name_not_resolved",
        ssl.SSLError: "tls_failure",
        ConnectionError: "connection_reset",
        http.client.HTTPException: "broken_answer",
        **dict.fromkeys(_ODD_SHAPE, "broken_answer"),
    }
    return next((name for known, name in names.items() if isinstance(error, known)), type(error).__name__)


_ODD_SHAPE: Final = (ValueError, LookupError, TypeError, AttributeError)
_BROKEN: Final = (OSError, http.client.HTTPException, *_ODD_SHAPE)
"""What is raised where an answer did not come to its end, or is not of the shape that the method promises."""


def _method(response: Any) -> str:
    """The Web API method of an answer, from its address; "" when there is none."""
    return str(getattr(response, "api_url", "")).partition("?")[0].rpartition("/")[2]


def _retry_after(response: Any) -> float:
    """Seconds to wait, from the Retry-After header (whole seconds in Slack's answers)."""
    headers = getattr(response, "headers", None) or {}
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        return DEFAULT_RETRY_AFTER
    if not math.isfinite(seconds) or seconds < 0:
        return DEFAULT_RETRY_AFTER
    return min(seconds, LONGEST_RETRY_AFTER)


def _detail(data: Mapping[str, Any]) -> str:
    """What else Slack said: the scope it missed, or what is wrong with the blocks, and nothing that it repeats."""
    scopes = {name: str(data.get(name) or "") for name in ("needed", "provided")}
    parts = [f"{name}: {value}" for name, value in scopes.items() if _SCOPES.fullmatch(value)]
    metadata = data.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    if isinstance(messages, list):
        parts += [slack_words.known(message) for message in messages if isinstance(message, str)]
    return "; ".join(parts)[:_TEXT_LIMIT]
