"""Which act of somebody's is being done: its id stands in every line of the log about it, and with its messages."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_DIGITS: Final = 8

_ACT: ContextVar[str] = ContextVar("act", default="")


def new() -> str:
    """An id for an act: random, so that it tells nothing."""
    return secrets.token_hex(_DIGITS // 2)


def current() -> str:
    """The id of the act that this thread works for; empty where nobody's act is being done."""
    return _ACT.get()


@contextmanager
def following(act: str) -> Iterator[None]:
    """Work for that act; for none where its id is empty."""
    before = _ACT.set(act)
    try:
        yield
    finally:
        _ACT.reset(before)
