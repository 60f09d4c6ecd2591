"""While the database is down, the log says so: one line at first, one a minute, and one when it is back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Final

EVERY: Final = 60.0
"""Seconds between two lines of an outage."""

QUIET: Final = 5.0
"""So many seconds nothing may have failed before an outage is over: not every change that works touches a full disk."""

_log = logging.getLogger("bot.database")


class OutageFilter(logging.Filter):
    """Turns what everybody says about the same outage into one line a minute. Safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._since: float | None = None
        self._told_at = self._seen_at = 0.0
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write the record; one that tells of an outage is written anew, or left out."""
        if record.levelno < logging.WARNING or not _tells_of_outage(record):
            return True
        with self._lock:
            now, since = self._clock(), self._since
            self._seen_at = now
            if since is not None and now - self._told_at < EVERY:
                self._left_out += 1
                return False
            self._since = now if since is None else since
            self._told_at = now
            self._rewrite(record, now - self._since, first=since is None)
        return True

    def _rewrite(self, record: logging.LogRecord, seconds: float, first: bool) -> None:
        error = record.exc_info[1] if record.exc_info else None
        kind = _kind(error)
        record.name, record.levelname, record.levelno = _log.name, "ERROR", logging.ERROR
        if first:
            record.msg = (
                "The database does not answer (%s). Nothing can be saved; the bot tries again by itself"
            )
            record.args = (kind,)
        else:
            record.msg = (
                "The database has not answered for %.0f seconds (%s); %d lines about it were left out"
            )
            record.args = (seconds, kind, self._left_out)
        record.exc_info = record.exc_text = None
        self._left_out = 0

    def over(self) -> None:
        """Something was saved: an outage, if there was one, is over, unless something failed a moment ago."""
        with self._lock:
            now = self._clock()
            if self._since is None or now - self._seen_at < QUIET:
                return
            seconds, self._since = now - self._since, None
        _log.warning("The database is back again, after %.0f seconds", seconds)


def _kind(error: BaseException | None) -> str:
    """A name, or the whole cause where there is one that an operator has to know."""
    if error is None:
        return "no answer in time"
    cause = getattr(error, "cause", None)
    return str(cause) if cause is not None else type(error).__name__


def _tells_of_outage(record: logging.LogRecord) -> bool:
    if "outage" in record.__dict__:
        return True
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return False
    # Only here, because it loads the database's library, which not every command needs.
    from program import outages

    return outages.is_outage(error)


OUTAGE: Final = OutageFilter()
"""That of this process, which has one log."""
