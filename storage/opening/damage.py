"""Damaged SQLite files: noticed before the bot begins, and named where they turn up while it runs."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import URL, ExceptionContext

# SQLAlchemy is imported where an engine is at hand: a file can be looked at before it is loaded.

_log = logging.getLogger(__name__)

_PACE: Final = 100_000
"""Instructions of SQLite's from one question whether that is enough to the next."""


def sentence(url: URL, found: str) -> str:
    """What the operator reads: which file it is, and the first thing that is wrong with it."""
    return f"The database {_path(url)} is damaged ({found})."


def advice(url: URL) -> str:
    """What to do about it."""
    path = _path(url)
    return (
        f"Stop the bot, delete {path}-wal and {path}-shm if they are there, put your latest backup in the place of "
        f"{path}, and start again. Without a backup, `sqlite3 {path} .recover` prints what can still be read."
    )


def is_damage(problem: BaseException | None) -> bool:
    """Whether SQLite says so: SQLITE_CORRUPT and its kinds (https://sqlite.org/rescode.html#corrupt)."""
    code = getattr(problem, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_CORRUPT


def look(driver: sqlite3.Connection, is_enough: Callable[[], bool]) -> str:
    """Look at every page, until that is enough; empty, or the first thing that is wrong."""
    driver.set_progress_handler(is_enough, _PACE)
    try:
        (found,) = driver.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        found = "ok"
    finally:
        driver.set_progress_handler(None, _PACE)
    return "" if found == "ok" else " ".join(str(found).split())


def name_it(engine: Engine) -> None:
    """Let whatever meets damage through this engine say so in the log, besides failing."""
    from sqlalchemy import event

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        if is_damage(context.original_exception):
            _tell(engine.url, str(context.original_exception))


@lru_cache(maxsize=64)
def _tell(url: URL, found: str) -> None:
    """Say it once per process and finding."""
    _log.error("%s %s", sentence(url, found), advice(url))


def _path(url: URL) -> Path:
    return Path(url.database or "").absolute()
