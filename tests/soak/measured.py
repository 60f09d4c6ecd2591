"""What a bar asks and what was measured, as values."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Plan:
    """How much a run does: the counts of each bar by name, and the seed that everything is drawn from."""

    counts: dict[str, int]
    seed: int
    jobs: int = 1
    tell: Callable[[str], None] = print

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def seeds(self, rounds: int) -> list[int]:
        """A seed for each round."""
        rng = random.Random(self.seed)
        return [rng.randrange(1 << 32) for _ in range(rounds)]


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out: `number` says of how many, `figures` what was found, and `flaws` what is not as it was asked."""

    number: str
    figures: str
    flaws: tuple[str, ...] = ()
    left_out: str = ""
    """Why nothing was run."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the table: what is asked, how it is measured, and how much of it in the short and the long form."""

    id: str
    asks: str
    run: Callable[[Plan], Measured]
    short: dict[str, int] = field(default_factory=dict)
    long: dict[str, int] = field(default_factory=dict)
    in_short: bool = False


def not_run(why: str) -> Callable[[Plan], Measured]:
    """A bar that is not measured here, and the reason."""
    return lambda _plan: Measured("", "", left_out=why)


def flaws_of(*checks: tuple[bool, str]) -> tuple[str, ...]:
    """The sentences of what is not so."""
    return tuple(words for holds, words in checks if not holds)


def spread(values: Sequence[float], unit: str) -> str:
    """The middle, the 99th percentile and the most of some values."""
    if not values:
        return f"no {unit}"
    ordered = sorted(values)
    middle, high = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"median {middle:.3g} {unit}, p99 {high:.3g} {unit}, most {ordered[-1]:.3g} {unit}"
