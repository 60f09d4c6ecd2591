"""The words that everybody is offered, kept between keystrokes until they change."""

from __future__ import annotations

from dataclasses import dataclass

from mentoring.skills import Vocabulary, starter
from storage import skills
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Offered:
    """What everybody in a program is offered, and the version that it had when it was read."""

    version: int
    words: Vocabulary


class Vocabularies:
    """The last vocabulary of each program."""

    def __init__(self) -> None:
        self._last: dict[int, Offered] = {}

    def of(self, tx: Tx, program_id: int) -> Offered:
        """The program's vocabulary, read again only when it is another one.

        The transaction must be one that only reads: what another has not committed yet may never be.
        """
        version = skills.version(tx, program_id)
        known = self._last.get(program_id)
        if known is None or known.version != version:
            known = self._last[program_id] = Offered(version, _read(tx, program_id))
        return known


def _read(tx: Tx, program_id: int) -> Vocabulary:
    own = [word.label for word in skills.offered(tx, program_id)]
    return Vocabulary([*starter().labels, *own], apart=skills.apart(tx, program_id))
