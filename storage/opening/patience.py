"""PostgreSQL that has stopped answering: no wait for it is without an end.

A server limits its own statements, unless it is frozen itself, or everything on the way to it is silent. Then only the
client can give up.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from psycopg import Connection, OperationalError

_Given = TypeVar("_Given")
_NOTHING_CAME = 0
"""What a wait of psycopg's is told each time nothing has come."""

_LOOKS_EVERY = 0.1
"""Seconds from one such word to the next."""


def connection(seconds: float) -> type[Connection[Any]]:
    """A kind of connection that gives up, and closes itself, when nothing comes for so many seconds."""

    class Patient(Connection[Any]):
        def wait(self, gen: Generator[Any, Any, _Given], *_how: Any, **_named: Any) -> _Given:
            try:
                return super().wait(_limited(gen, int(seconds / _LOOKS_EVERY)), _LOOKS_EVERY)
            except NoAnswer:
                # Whatever it waited for may still come, as an answer to another question.
                self.pgconn.finish()
                raise

    return Patient


class NoAnswer(OperationalError):
    """The server did not answer."""

    def __init__(self) -> None:
        super().__init__("no answer in time")


def _limited(waiting: Generator[Any, Any, _Given], looks: int) -> Generator[Any, Any, _Given]:
    """The same wait; raises `NoAnswer` after so many looks in a row at which nothing had come."""
    silent = 0
    try:
        wanted = next(waiting)
        while True:
            came = yield wanted
            silent = silent + 1 if came == _NOTHING_CAME else 0
            if silent > looks:
                raise NoAnswer
            wanted = waiting.send(came)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # a generator's result is untyped in its end
