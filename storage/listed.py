"""The column type of a short list of texts or numbers, such as somebody's skills."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Dialect, TypeDecorator

_REMEMBERED = 20_000
"""Lists that are kept as they were decoded: people's languages, and much of their skills, are those of others too."""


class Listed(TypeDecorator[Any]):
    """A list, kept as JSON, that comes back as a tuple; nothing stays nothing."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - named by SQLAlchemy
        """Give back a tuple, which several rows may share."""
        return None if value is None else tuple(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """The same from the text itself where the driver gives text, each text decoded once.

        Reading ten thousand members decodes forty thousand lists, which takes longer than all else about them.
        """
        # SQLAlchemy would decode before it asks `process_result_value`, so the text is only to be had here.
        return _decoded if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _decoded(text: str | None) -> tuple[Any, ...] | None:
    return None if text is None else _tuple(text)


@lru_cache(_REMEMBERED)
def _tuple(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))
