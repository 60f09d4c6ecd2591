"""Tracebacks without what exceptions say of themselves, where that may hold what people wrote."""

from __future__ import annotations

import traceback
from typing import Final

_TELLS_OF_CODE: Final = (AttributeError, ImportError, NameError, OSError, TypeError)
"""What these say is about the program and its machine."""

_TELLS_OF_TABLES: Final = frozenset({"InternalError", "OperationalError", "ProgrammingError"})
"""Of a database's errors these are about tables and connections; others repeat values."""

_CAUSE: Final = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT: Final = "\nDuring handling of the above exception, another exception occurred:\n\n"


def without_words(error: BaseException | None) -> str:
    """The traceback of an exception and of those that led to it, with the kind of each and only harmless words."""
    return _chain(error, set()).rstrip("\n") if error is not None else ""


def _chain(error: BaseException, seen: set[int]) -> str:
    seen.add(id(error))
    before = ""
    if error.__cause__ is not None and id(error.__cause__) not in seen:
        before = _chain(error.__cause__, seen) + _CAUSE
    elif (
        error.__context__ is not None and not error.__suppress_context__ and id(error.__context__) not in seen
    ):
        before = _chain(error.__context__, seen) + _CONTEXT
    lines = "".join(traceback.format_tb(error.__traceback__))
    head = "Traceback (most recent call last):\n" if lines else ""
    return f"{before}{head}{lines}{_name(error)}{_words(error)}\n"


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _words(error: BaseException) -> str:
    if isinstance(error, _TELLS_OF_CODE):
        return f": {error}"
    told = getattr(error, "orig", None)
    if told is not None and type(error).__name__ in _TELLS_OF_TABLES:
        return f": {str(told).splitlines()[0]}" if str(told) else ""
    return ""
