"""Whether a database is out of reach, busy or full, which passes, or was asked something that it cannot do."""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, TimeoutError

from storage.opening.causes import Strayed

_SQLITE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    }
)

_POSTGRESQL: Final = ("08", "53", "57", "55P03", "25006", "0A000")
"""How the codes begin: connections, room, operators, locks and standbys, in that order.

The list is in https://www.postgresql.org/docs/current/errcodes-appendix.html.
"""


def is_outage(error: BaseException) -> bool:
    """Whether the same may well work later, with nothing changed in what was asked."""
    if isinstance(error, TimeoutError | Strayed):
        return True  # no turn and no connection came, or nothing may be kept
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _SQLITE
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or not state or str(state).startswith(_POSTGRESQL)
