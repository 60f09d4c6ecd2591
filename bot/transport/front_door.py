"""Whom the HTTP mode lets in: requests signed by Slack, fresh, seen once, and of the shape Slack sends.

Bolt reads a body before it checks the signature, lets one request pass again and again for minutes, and takes
a form for a button click as soon as the word "payload" stands anywhere in it, even in a slash command's text.
So nothing reaches Bolt but what passed here, in this order: signature over the raw bytes, parsing, shape.

Sources: https://docs.slack.dev/authentication/verifying-requests-from-slack (signature, five minutes),
https://docs.slack.dev/interactivity (payloads) and https://docs.slack.dev/apis/events-api (events).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

CLOCK_TOLERANCE: Final = 300.0
"""Seconds a request's timestamp may lie away from now, as Slack recommends."""

REPLAY_MEMORY: Final = 600.0
"""Seconds an admitted request is remembered: as long as its timestamp can be valid, early and late."""

CLAIM_WITHIN: Final = 0.3
"""Seconds; a database that is locked for longer must not keep somebody's act from its answer."""

DEEPEST: Final = 32
"""Levels of lists and objects in a payload; Slack's own stay below 20."""

_MOST_FIELDS: Final = 100
_CLAIMS: Final = 4


class RefusedError(Exception):
    """The request is not let in; `status` is the HTTP answer, the message is for the log."""

    def __init__(self, status: HTTPStatus, reason: str, other_secret: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.other_secret = other_secret
        """Whether it was signed, and not with the secret that is set here."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request of Slack's: its body as Bolt wants it, and the signature it is remembered by."""

    body: dict[str, Any]
    signature: bytes
    fresh: bool = False
    """Whether it was signed after this door was opened, so that no earlier process can have let it in."""


class Seen(Protocol):
    """What remembers requests beyond this process."""

    def claim(self, signature: bytes) -> bool:
        """Keep the signature of a request as let in; False when it was kept before."""

    def release(self, signature: bytes) -> None:
        """Forget a request that came to nothing."""


class FrontDoor:
    """Checks requests and remembers those already let in. Safe to use from several threads.

    `now` is the wall clock in seconds since the epoch, `monotonic` a clock for the memory. `seen` remembers what
    other processes let in, and this one before it was started; without it each process knows its own requests only.
    """

    def __init__(
        self,
        signing_secret: str,
        *,
        now: Callable[[], float],
        monotonic: Callable[[], float],
        seen: Seen | None = None,
    ) -> None:
        self._seen = seen
        self._secret = signing_secret.encode()
        self._now = now
        self._monotonic = monotonic
        self._opened = now()
        self._claims = ThreadPoolExecutor(_CLAIMS, thread_name_prefix="claim")
        self._lock = threading.Lock()
        self._forget_at: OrderedDict[bytes, float] = OrderedDict()

    def admit(self, raw: bytes, *, content_type: str, timestamp: str, signature: str) -> Admitted:
        """The parsed request. RefusedError: 401 if Slack did not sign it just now, 400 for its shape."""
        digest = self._verify(raw, timestamp, signature)
        body = _parse(raw, content_type.partition(";")[0].strip().lower())
        if not _has_slack_shape(body):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "not a request as Slack sends it")
        return Admitted(body, digest, int(timestamp) > self._opened)

    def claim(self, admitted: Admitted) -> bool:
        """Remember the request as taken; False when it was taken before, here or by another process.

        A fresh one is let in as well when the database does not take it in time; it is kept when the database can.
        """
        if not self._first_here(admitted):
            return False
        if self._seen is None:
            return True
        try:
            if not admitted.fresh:
                return self._seen.claim(admitted.signature)
            return self._claims.submit(self._seen.claim, admitted.signature).result(CLAIM_WITHIN)
        except TimeoutError:
            return True
        except Exception:
            self._forget(admitted)
            raise

    def release(self, admitted: Admitted) -> None:
        """Forget a request that came to nothing: Slack may send it again, even within the same second."""
        if self._seen is not None:
            self._seen.release(admitted.signature)
        self._forget(admitted)

    def _first_here(self, admitted: Admitted) -> bool:
        """A first look that costs nothing."""
        with self._lock:
            now = self._monotonic()
            while self._forget_at and next(iter(self._forget_at.values())) <= now:
                self._forget_at.popitem(last=False)
            if admitted.signature in self._forget_at:
                return False
            self._forget_at[admitted.signature] = now + REPLAY_MEMORY
            return True

    def _forget(self, admitted: Admitted) -> None:
        with self._lock:
            self._forget_at.pop(admitted.signature, None)

    def _verify(self, raw: bytes, timestamp: str, signature: str) -> bytes:
        """The signature computed from the raw bytes, once it is sure that the given one equals it."""
        if not re.fullmatch(r"[0-9]{1,12}", timestamp):
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "no usable timestamp")
        if abs(self._now() - int(timestamp)) > CLOCK_TOLERANCE:
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "the timestamp is more than five minutes off")
        digest = hmac.new(self._secret, b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256)
        if not hmac.compare_digest(b"v0=" + digest.hexdigest().encode(), signature.encode()):
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "the signature does not match", bool(signature))
        return digest.digest()


def _parse(raw: bytes, content_type: str) -> dict[str, Any]:
    """The body of an event (JSON), an interaction (JSON in the form field `payload`) or a command (form)."""
    try:
        if content_type == "application/json":
            return _json_object(raw.decode())
        if content_type != "application/x-www-form-urlencoded":
            raise RefusedError(HTTPStatus.BAD_REQUEST, "neither JSON nor a form")
        form = dict(
            parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
        )
        return _json_object(form["payload"]) if "payload" in form else dict[str, Any](form)
    except (ValueError, RecursionError) as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "cannot be parsed") from error


def _json_object(text: str) -> dict[str, Any]:
    """A JSON object no deeper than `DEEPEST`, of values that UTF-8 can carry; else ValueError."""
    value = json.loads(text, parse_constant=_no_constant)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        for leaf in level:
            if isinstance(leaf, str):
                leaf.encode()  # a lone surrogate raises a ValueError here instead of later in the database
        level = [child for node in level for child in _children(node)]
        if not level:
            return value
    raise ValueError("too deep")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _children(node: object) -> list[Any]:
    if isinstance(node, dict):
        return [*node.keys(), *node.values()]
    return node if isinstance(node, list) else []


# A shape is a type, a dict of shapes (keys that must be there), a list of one shape (one item or more), an
# empty list (itself), or a tuple of shapes (any of them).
_Shape = Any
_TEXT: Final[_Shape] = (str, type(None))
_DICT: Final[_Shape] = (dict, type(None))
_DICTS: Final[_Shape] = ([dict], [], type(None))
_WITH_ID: Final[_Shape] = {"id": str}
_ID_OR_MORE: Final[_Shape] = (_WITH_ID, str, type(None))
_VIEW: Final[_Shape] = {"user": _WITH_ID, "view": {"type": str, "callback_id": str, "state": _DICT}}

_COMMAND: Final[_Shape] = {"command": str, "user_id": str}

_NEEDED: Final[Mapping[str, _Shape]] = {
    "url_verification": {"challenge": str},
    "event_callback": {"event": {"type": str}},
    "app_rate_limited": {},
    "block_actions": {"user": _WITH_ID, "actions": [{"action_id": str}]},
    "block_suggestion": {"user": _WITH_ID, "action_id": str, "value": str},
    "view_submission": _VIEW,
    "view_closed": _VIEW,
    "shortcut": {"user": _WITH_ID, "callback_id": str},
    "message_action": {"user": _WITH_ID, "callback_id": str},
}
"""What each type of payload must hold; of older types (attachments, dialogs) this app uses none."""

_IF_THERE: Final[Mapping[str, _Shape]] = {
    **dict.fromkeys(("team", "user", "channel", "enterprise"), _ID_OR_MORE),
    **dict.fromkeys(("view", "message", "container"), _DICT),
    "event": dict,
    **dict.fromkeys(("authorizations", "response_urls"), _DICTS),
    **dict.fromkeys(("team_id", "enterprise_id", "user_id", "channel_id", "action_id", "block_id"), _TEXT),
    **dict.fromkeys(("callback_id", "event_id", "trigger_id", "thread_ts", "response_url"), _TEXT),
    **dict.fromkeys(("type", "subtype", "command", "text", "value", "tab"), _TEXT),
}
"""What Bolt and the listeners read from a payload and from the event in it, whatever its type."""


def _has_slack_shape(body: dict[str, Any]) -> bool:
    """Whether everything the bot will read from the body is there and of the right type."""
    event = body.get("event")
    places = [body, event] if isinstance(event, dict) else [body]
    return _has_what_it_needs(body) and all(_fits_if_there(place) for place in places)


def _has_what_it_needs(body: dict[str, Any]) -> bool:
    if "type" not in body:  # a slash command, or Slack's look at our certificate
        return body.get("ssl_check") == "1" or _fits(body, _COMMAND)
    kind = body["type"]
    return isinstance(kind, str) and kind in _NEEDED and _fits(body, _NEEDED[kind])


def _fits_if_there(value: dict[str, Any]) -> bool:
    return all(_fits(value[key], shape) for key, shape in _IF_THERE.items() if key in value)


def _fits(value: object, shape: _Shape) -> bool:
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(_fits(value.get(key), part) for key, part in shape.items())
    if isinstance(shape, list):
        return (
            isinstance(value, list)
            and bool(value) == bool(shape)
            and all(_fits(item, shape[0]) for item in value)
        )
    if isinstance(shape, tuple):
        return any(_fits(value, part) for part in shape)
    return isinstance(value, shape)
