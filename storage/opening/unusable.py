"""That a database cannot be used as it is: what is wrong with it, and what the operator can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """What is wrong with a database, and what the operator can do."""

    seen: str
    advice: str

    def __str__(self) -> str:
        return f"{self.seen} {self.advice}"


class Unusable(Exception):
    """A database cannot be used as it is; `cause` says why."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(str(cause))
        self.cause = cause
