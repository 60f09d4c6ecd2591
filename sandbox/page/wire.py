"""Wire: what the app and the sandbox said to each other, in order, for the inspector."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from sandbox.record import Call, Delivery, Record
from sandbox.settings import Json

KEPT = 3000
"""So many of the newest entries can be looked at."""
_ABOUT = ("channel", "user_id", "user", "view_id", "users")


class Wire:
    """A merged log of calls, answers through ``response_url``, deliveries and refusals; numbered from 1."""

    def __init__(self, record: Record, changed: Callable[[], None]) -> None:
        self._lock = threading.Lock()
        self._entries: deque[Json] = deque(maxlen=KEPT)
        self._changed = changed
        self._last = self._errors = 0
        record.calls.subscribe(lambda call: self._add(_call(call)))
        record.responses.subscribe(lambda call: self._add(_call(call)))
        record.deliveries.subscribe(lambda delivery: self._add(_delivery(delivery)))
        record.refusals.subscribe(lambda reason: self._add(_refusal(reason)))

    def _add(self, entry: Json) -> None:
        with self._lock:
            self._last += 1
            self._errors += entry["error"] is not None
            self._entries.append({"number": self._last, **entry})
        self._changed()

    def counts(self) -> Json:
        """How many entries there were, and how many of them tell of an error."""
        with self._lock:
            return {"last": self._last, "errors": self._errors}

    def after(self, number: int) -> list[Json]:
        """The entries with a greater number, oldest first."""
        with self._lock:
            return [e for e in self._entries if e["number"] > number]


def _call(call: Call) -> Json:
    return {
        "way": "in",
        "name": call.method,
        "about": _about(call.args),
        "at": call.at.isoformat(),
        "status": call.status,
        "milliseconds": round(call.seconds * 1000),
        "error": call.error,
        "reasons": (call.answer.get("response_metadata") or {}).get("messages", []),
        "effect": call.effect,
        "sent": call.args,
        "answer": call.answer,
    }


def _delivery(delivery: Delivery) -> Json:
    return {
        "way": "out",
        "name": _kind(delivery),
        "about": f"attempt {delivery.attempt + 1}" if delivery.attempt else "",
        "at": delivery.at.isoformat(),
        "status": None,
        "milliseconds": None,
        "error": None if delivery.acked else delivery.problem or "not acknowledged",
        "reasons": [],
        "effect": delivery.acked,
        "sent": delivery.payload,
        "answer": delivery.answer,
    }


def _kind(delivery: Delivery) -> str:
    payload = delivery.payload
    if delivery.kind == "events_api":
        return f"event {payload['event']['type']}"
    return str(payload.get("command") or payload.get("type") or delivery.kind)


def _about(args: Json) -> str:
    return next((str(args[key]) for key in _ABOUT if args.get(key)), "")


def _refusal(reason: str) -> Json:
    return {
        "way": "out",
        "name": "refused",
        "about": "",
        "at": None,
        "status": None,
        "milliseconds": None,
        "error": reason,
        "reasons": [],
        "effect": False,
        "sent": None,
        "answer": None,
    }
