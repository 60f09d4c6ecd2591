"""All programs, read once for a whole tick, and again after each change that the tick makes."""

from __future__ import annotations

from mentoring.programs import Program
from storage import programs
from storage.database import Tx


class EveryProgram:
    """What the jobs of one tick share. What others change meanwhile, a job sees in the transaction in which it acts."""

    def __init__(self) -> None:
        self._read: list[Program] | None = None

    def read(self, tx: Tx) -> list[Program]:
        """All programs, by number."""
        if self._read is None:
            self._read = programs.every(tx)
        return self._read

    def forget(self) -> None:
        """Something was changed."""
        self._read = None
