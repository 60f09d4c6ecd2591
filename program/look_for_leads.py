"""The part of a look that sees what only leads are told of: digests, reports, calls, cases, invitations."""

from __future__ import annotations

from mentoring.cadence import local_date
from mentoring.cycles import Cycle, StillAlone
from mentoring.digest import Digest
from mentoring.invitations import Invitation
from mentoring.messages import Kind
from mentoring.outcomes.published import Report
from mentoring.programs import Program
from program.notices import of_welcome
from storage import calls, cases, digests, invitations, left_out, reports
from storage.calls import Call
from storage.cases import Case
from storage.database import Tx
from storage.outbox import facts, letters


class LooksForLeads:
    """What `program.look.Look` reads for leads."""

    _tx: Tx
    _program: Program

    facts: set[str]

    def case(self, pair_id: int) -> Case | None:
        """The case that a pair's introduction of unknown fate is."""
        self.facts.add(facts.intro_case(pair_id))
        return cases.get(self._tx, pair_id)

    def report(self, cycle_id: int) -> Report | None:
        """What was published about a cycle that is over, which never changes."""
        return reports.get(self._tx, cycle_id)

    def still_left_out(self, cycle: Cycle) -> StillAlone:
        """Whom a cycle's matching left out and who have had no partner on that side since."""
        self.facts.add(facts.pairs_of_cycle(cycle.id))
        return left_out.still(self._tx, cycle.id)

    def call(self, checkin_id: int) -> Call | None:
        """Who looks after a call for help, and whether that is done."""
        self.facts.add(facts.call(checkin_id))
        return calls.get(self._tx, checkin_id)

    def is_welcomed(self, channel: str) -> bool:
        """Whether a welcome stands in that channel."""
        said = letters.of_kind(self._tx, self._program.id, Kind.LEADS_WELCOME)
        self.facts.update(facts.letter(one.id) for one in said)
        return any(one.posted and of_welcome(one.notice.subject).channel == channel for one in said)

    def invitation(self, invitation_id: int) -> Invitation | None:
        """An invitation; what it says never changes, and how many came by it is on no message."""
        return invitations.get(self._tx, self._program.id, invitation_id)

    def digest(self, week: str) -> Digest | None:
        """What is told of a week, which stays as it was; None where there was nothing to tell."""
        found = digests.get(self._tx, self._program.id, week)
        if found is None:
            return None
        at, figures, phase = found
        self.facts.update(facts.settings(self._program.id, part) for part in ("name", "calendar"))
        return Digest(self._program.name, local_date(at, self._program.calendar.time_zone), figures, phase)
