"""Words for skills that people brought themselves: when others are offered one, and what leads ruled about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SEVERAL = 3
"""So many people must use a word before everybody is offered it: a word that one or two use can point to them."""

MAX_OFFERED = 5_000
"""The most own words of a program that are offered: a type-ahead and a save compare what is typed with all of them.

Those that leads took in come first, then those that most people use.
"""


class Verdict(StrEnum):
    """What leads ruled about a word; it stands until they rule otherwise, also when nobody uses the word."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word that members use, or that leads ruled about; `key` is its `skill_key`.

    `users` counts the members who have it in their profile, up to a limit; whoever left the program or was
    deactivated does not count.
    """

    key: str
    label: str
    users: int = 0
    verdict: Verdict | None = None

    @property
    def offered(self) -> bool:
        """Whether everybody is offered the word while typing."""
        return self.verdict is Verdict.IN or (self.verdict is None and self.users >= SEVERAL)
