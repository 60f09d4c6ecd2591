"""Plans: how much is measured."""

from __future__ import annotations

from dataclasses import dataclass

WARM_UP = 10
"""How often each act is played at the beginning of a pass before anything is measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure.

    A pass starts every app afresh and plays `rounds` rounds. In each round every app plays each act `singles` times,
    one after the other (latency), and then `crowd` times from `threads` threads at once (throughput). Each app is
    started `starts` times to see how long that takes. `enrolled` are the numbers of people to compare, smallest first.
    """

    enrolled: tuple[int, ...] = (100, 100_000)
    passes: int = 2
    rounds: int = 4
    singles: int = 20
    crowd: int = 40
    threads: int = 8
    starts: int = 7

    @property
    def acts(self) -> int:
        """How often each act is played in a pass: so many pairs wait for a decision, and so many people join."""
        return WARM_UP + self.rounds * (self.singles + self.crowd)


FULL = Plan()
QUICK = Plan(passes=1, rounds=3, singles=15, crowd=30, starts=3)
