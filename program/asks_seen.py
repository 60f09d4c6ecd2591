"""What a look sees of the questions before an introduction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mentoring.ask_first import Ask
from mentoring.pairings import Pair
from mentoring.programs import Program
from program import recipients
from storage import asks
from storage.database import Tx
from storage.outbox import facts


@dataclass(frozen=True, slots=True)
class AsksSeen:
    """Reads for a `Look`, which notes with `see` what was seen."""

    tx: Tx
    program: Program
    see: Callable[..., None]

    def about(self, pair_id: int) -> list[Ask]:
        """Everything that is asked together with the question about that pair; nothing where nobody was asked."""
        self.see(facts.ask(pair_id))
        found = asks.get(self.tx, pair_id)
        every = asks.of_question(self.tx, found.question) if found else []
        self.see(*(facts.ask(one.pair_id) for one in every))
        return every

    def waits(self, pair: Pair) -> bool:
        """Whether a pair is approved and waits for its mentee's answer."""
        self.see(facts.pair(pair.id), facts.ask(pair.id))
        return asks.waits(self.tx, pair.id)

    def waiting_in(self, cycle_id: int) -> int:
        """How many approved pairs of a cycle wait for an answer."""
        self.see(facts.pairs_of_cycle(cycle_id))
        return asks.waiting_in(self.tx, cycle_id)

    def told_of(self, cycle_id: int, at: datetime) -> list[int]:
        """The numbers of the pairs of which leads heard then that nobody has answered."""
        return asks.told_of(self.tx, cycle_id, at)

    def is_in(self, pair: Pair, person_id: str) -> bool:
        """Whether somebody is in a pair, or in one that is asked about together with it."""
        self.see(*(facts.pair(one.pair_id) for one in self.about(pair.id)))
        return person_id in recipients.of_question(self.tx, self.program, pair.id)
