"""The part of a look that sees who is left alone, who ended a pair, and what a pair that goes on breaks by now."""

from __future__ import annotations

from mentoring.matching import Broken
from mentoring.pairings import Pair
from mentoring.partings import LeftAlone, Parting
from mentoring.programs import Program
from program import fits
from storage import partings
from storage.database import Tx
from storage.outbox import facts


class LooksAtWaysOut:
    """What `program.look.Look` reads about ways out of a pair."""

    _tx: Tx
    _program: Program
    facts: set[str]

    def left_alone(self, pair_id: int, person_id: str) -> LeftAlone | None:
        """What somebody was asked about a pair in which they are left alone, and what they chose."""
        self.facts.add(facts.parting(pair_id))
        return partings.alone(self._tx, pair_id, person_id)

    def parting(self, pair_id: int) -> Parting | None:
        """Who of the two ended a pair, and what they said of it."""
        self.facts.add(facts.parting(pair_id))
        return partings.parting(self._tx, pair_id)

    def misfits(self, pair: Pair) -> tuple[Broken, ...]:
        """The hard rules that a pair which goes on does not fit any more, as leads may read them."""
        settings = (facts.settings(self._program.id, part) for part in ("rules", "ladder", "calendar"))
        people = (facts.member(self._program.id, person_id) for person_id in pair.people)
        self.facts.update((*settings, *people, *map(facts.person, pair.people)))
        return fits.broken(self._tx, self._program, pair)
