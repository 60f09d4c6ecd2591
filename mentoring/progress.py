"""How far a pair is: the meetings that the two had, of those that are planned, like "3 of 6"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_OF, _ONE, _SEVERAL = "{held} of {planned}", "{held} meeting", "{held} meetings"


@dataclass(frozen=True, slots=True)
class Progress:
    """The meetings that a pair had, and how many are planned; None where its cycle was planned in weeks."""

    held: int = 0
    planned: int | None = None

    @property
    def words(self) -> str:
        """Like `3 of 6`; `7 meetings` where more were had than planned, or none are."""
        if self.planned is not None and self.held <= self.planned:
            return _OF.format(held=self.held, planned=self.planned)
        return (_ONE if self.held == 1 else _SEVERAL).format(held=self.held)

    @property
    def next_number(self) -> int:
        """Which meeting comes next; 1 for the first."""
        return self.held + 1


NO_MEETING = Progress()


def progress(weeks: Iterable[str], planned: int | None) -> Progress:
    """The progress of a pair about which somebody said "We met" in these ISO weeks: one meeting counts once a week."""
    return Progress(len(set(weeks)), planned)


def progress_of(met: Mapping[int, Iterable[str]], planned: Mapping[int, int | None]) -> dict[int, Progress]:
    """The progress of each pair, by its number: `met` has the weeks of those that met, `planned` every pair."""
    return {number: progress(met.get(number, ()), meetings) for number, meetings in planned.items()}
