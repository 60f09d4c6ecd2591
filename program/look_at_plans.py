"""The part of a look that sees what pairs planned, and how their meetings were."""

from __future__ import annotations

from datetime import datetime

from mentoring.checkins import FIRST_NUDGE, CheckIn
from mentoring.planned import AskedAfter, Planned
from mentoring.reflections import Reflection
from storage import first_contact, planned
from storage.database import Tx
from storage.outbox import facts


class LooksAtPlans:
    """What `program.look.Look` reads about plans and meetings."""

    _tx: Tx
    facts: set[str]
    _asked_after: dict[int, AskedAfter | None]

    def plan(self, pair_id: int) -> Planned | None:
        """When a pair last said that they meet."""
        self.facts.add(facts.planned(pair_id))
        return planned.latest(self._tx, pair_id)

    def asked_after(self, checkin: CheckIn) -> AskedAfter | None:
        """After which planned meeting a check-in asks."""
        self._see_checkin(checkin)
        if checkin.id not in self._asked_after:
            self._asked_after[checkin.id] = planned.asked_after(self._tx, checkin.id)
        return self._asked_after[checkin.id]

    def last_asked_after(self, checkin: CheckIn) -> int:
        """The number of the plan after which somebody was asked last in or before their latest check-in; 0 for none."""
        self._see_checkin(checkin)
        found = planned.last_asked_after(self._tx, checkin.pair_id, checkin.person_id)
        return found[0] if found else 0

    def looked_at_first(self, pair_id: int) -> datetime | None:
        """When somebody first looked whether a pair has met."""
        self.facts.add(facts.pair(pair_id))
        return first_contact.looked_at(self._tx, pair_id).get(FIRST_NUDGE)

    def reflection(self, checkin: CheckIn) -> Reflection | None:
        """How somebody says that a meeting was."""
        self._see_checkin(checkin)
        found = planned.reflected(self._tx, checkin.id)
        return found.choice if found else None

    def _see_checkin(self, checkin: CheckIn) -> None:
        self.facts.add(facts.side_until(checkin.pair_id, checkin.person_id, checkin.week))
