"""The part of a look that sees who has prepared or found no partner, and what pairs read of people's experiences."""

from __future__ import annotations

from abc import ABC, abstractmethod

from mentoring.cycles import Cycle, LeftOut
from mentoring.pairings import Pair
from mentoring.people import Member
from mentoring.preparation import is_prepared
from mentoring.programs import RuleSettings
from storage import experiences, left_out, preparations
from storage.database import Tx
from storage.outbox import facts


class LooksAtJoining(ABC):
    """What `program.look.Look` reads about what people did when they joined."""

    _tx: Tx
    facts: set[str]

    @property
    @abstractmethod
    def rules(self) -> RuleSettings:
        """The rules that leads set."""

    def prepared(self, member: Member) -> bool:
        """Whether somebody has prepared for their role."""
        self.facts.add(facts.member(member.program_id, member.person.id))
        done = preparations.of_person(self._tx, member.program_id, member.person.id)
        return is_prepared(member.profile.role, done)

    def is_ready(self, member: Member) -> bool:
        """Whether somebody has prepared, or does not have to."""
        return not self.rules.preparation_required or self.prepared(member)

    def left_out(self, cycle: Cycle, person_id: str) -> list[LeftOut]:
        """On which sides a cycle's matching left somebody without a partner, and why."""
        self.facts.add(facts.cycle(cycle.id))
        return left_out.of_person(self._tx, cycle.id, person_id)

    def experiences_of(self, pair: Pair) -> tuple[str, ...]:
        """What this pair reads of what one opened and the other asked for."""
        self.facts.add(facts.pair(pair.id))
        return experiences.used_by(self._tx, pair.id)
