"""The log of the whole process at its most talkative, and what its libraries would have put into it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from bot.monitoring import logs

SANDBOX_SIDE = ("websockets", "sandbox")
"""The sandbox's end of the line, which no process of the bot has."""


class Log:
    """What the process writes, with every logger open."""

    def __init__(self, handler: logging.StreamHandler[io.StringIO]) -> None:
        self._stream = io.StringIO()
        handler.setStream(self._stream)
        handler.addFilter(lambda record: not record.name.startswith(SANDBOX_SIDE))
        self.raw = Raw()

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def acts(self, name: str) -> list[dict[str, Any]]:
        return [one for one in self.lines if one.get("event") == "act" and one["name"] == name]

    def messages(self, act: str) -> list[dict[str, Any]]:
        return [one for one in self.lines if one.get("event") == "message" and one.get("act") == act]

    def troubles(self) -> list[dict[str, Any]]:
        return [one for one in self.lines if one["level"] in ("WARNING", "ERROR", "CRITICAL")]


class Raw(logging.Handler):
    """Everything that any logger is told, before anything is masked."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self._said.append((record.name.partition(".")[0], record.getMessage()))

    def who_says(self, words: Collection[str]) -> set[str]:
        """The loggers, by the first part of their names, that were told one of these words."""
        return {name for name, text in self._said if any(one in text for one in words)}

    @property
    def names(self) -> set[str]:
        """Every logger that was told anything."""
        return {name for name, _ in self._said}


@contextmanager
def everything() -> Iterator[Log]:
    """The log at DEBUG, as JSON, with every logger open whatever level the process gave it."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure("DEBUG", "json")
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    log = Log(handler)
    root.handlers.insert(0, log.raw)
    closed = {name: one.level for name, one in _named() if one.level > logging.DEBUG}
    for name in closed:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        for name, its_level in closed.items():
            logging.getLogger(name).setLevel(its_level)
        logging.captureWarnings(False)


def _named() -> Iterator[tuple[str, logging.Logger]]:
    for name, one in list(logging.root.manager.loggerDict.items()):
        if isinstance(one, logging.Logger):
            yield name, one
