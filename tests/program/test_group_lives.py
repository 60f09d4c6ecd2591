"""Random lives of a program in which seniors want several mentors together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from mentoring.messages import Kind
from mentoring.pairings import PairState
from program import approvals
from storage.database import Database
from tests.effort import lives
from tests.program import promises
from tests.program.office import LEAD
from tests.program.test_lives import PEOPLE, TOPICS, ZONES, Lives, persons, watched

__all__ = ["watched"]

together = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["share", "learn", "both"]),
        "shares": st.just(TOPICS),
        "wants": st.just(TOPICS),
        "level": st.sampled_from([1, 2, 3, 6, 8]),
        "mentee_capacity": st.sampled_from(["1", "2", "2 together", "3 together", "3 together"]),
    }
)


class GroupLives(Lives):
    """Five who teach, two who learn from several at once."""

    @initialize()
    def begins(self) -> None:
        self.office.sets_up()
        for person, level in zip(PEOPLE, (1, 2, 3, 2, 1, 7, 8), strict=True):
            learns = level > 6
            role, room = ("learn", "3 together") if learns else ("share", "1")
            self.office.joins(
                person, role=role, level=level, shares=TOPICS, wants=TOPICS, mentee_capacity=room
            )
        self.is_matched(LEAD)

    @rule(person=persons, profile=together, zone=st.sampled_from(ZONES))
    def joins(self, person: str, profile: dict[str, Any], zone: str | None) -> None:
        super().joins(person, profile, zone)

    @rule(number=st.integers(0, 5))
    def is_approved_late(self, number: int) -> None:
        """One more of those that wait, whenever that is."""
        waiting = self.waiting_pairs()
        if waiting:
            self.tries(approvals.approve, self.office.program.leads[0], waiting[number % len(waiting)])

    @invariant()
    def groups_hold_together(self) -> None:
        if self.office.is_set_up:
            promises.groups_hold_together(self.office)
            several = [one.intro_of for one in self.office.pairs if one.state is PairState.INTRODUCED]
            self.seen["in a group"] += any(number and several.count(number) > 1 for number in several)


@pytest.mark.slow
@pytest.mark.hypothesis
def test_random_lives_of_groups(watched: Database) -> None:
    GroupLives.database = watched
    GroupLives.seen.clear()
    run_state_machine_as_test(GroupLives, settings=lives(4, steps=30))
    assert {"in a group", Kind.INTRO, "screens"} <= set(GroupLives.seen)
