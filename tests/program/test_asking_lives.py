"""Random lives of a program that asks mentees first, and in which people open and ask for experiences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from handlers.views import render
from mentoring.ask_first import AfterNo
from mentoring.messages import Kind
from program import ask_first, experiences
from program.outgoing import RowState
from storage.database import Database
from tests.effort import lives
from tests.program import promises
from tests.program.office import LEAD, OTHER_LEAD
from tests.program.test_lives import Undoing, persons, watched

__all__ = ["watched"]

EXPERIENCES = ("Zqamber road", "Zqbirch road", "Zqcedar road")
ANSWERS: dict[str, tuple[Callable[..., object], tuple[object, ...]]] = {
    "yes": (ask_first.yes, ()),
    "no": (ask_first.no, ()),
    "not no": (ask_first.take_back, ()),
    "somebody else": (ask_first.wants, (AfterNo.AGAIN,)),
    "nobody": (ask_first.wants, (AfterNo.SKIP,)),
}
some = st.sets(st.sampled_from(EXPERIENCES), max_size=2).map(sorted).map(tuple)


class AskingLives(Undoing):
    """The same people; mentees answer, change their mind or stay silent, and leads go ahead or do not."""

    @initialize()
    def begins(self) -> None:
        super().begins()
        self.office.rules(ask_first=True, experiences=EXPERIENCES)
        self.is_approved_as_a_whole()
        self.time_passes(0)

    @rule(is_on=st.sampled_from([True, True, True, False]))
    def asks_first_or_no_more(self, is_on: bool) -> None:
        self.office.rules(ask_first=is_on)

    @rule(person=persons, answer=st.sampled_from([*ANSWERS, "yes", "yes"]), number=st.integers(0, 5))
    def answers_before(self, person: str, answer: str, number: int) -> None:
        """About a pair of their own as a mentee, or sometimes about another one."""
        own = [pair.id for pair in self.office.pairs if pair.mentee_id == person]
        give, more = ANSWERS[answer]
        self.tries(give, person, own[-1 - number % len(own)] if own else number, *more)

    @rule()
    def is_answered_by_all(self) -> None:
        for pair in self.office.pairs:
            self.tries(ask_first.yes, pair.mentee_id, pair.id)

    @rule(lead=st.sampled_from([LEAD, OTHER_LEAD, "U1"]), number=st.integers(0, 5))
    def is_introduced_anyway(self, lead: str, number: int) -> None:
        every = [pair.id for pair in self.office.pairs]
        self.tries(ask_first.introduce, lead, every[number % len(every)] if every else number)

    @rule(person=persons, opens=some, asks=some)
    def names_experiences(self, person: str, opens: tuple[str, ...], asks: tuple[str, ...]) -> None:
        known = self.office.find(person)
        if known is not None and not known.person.deactivated:
            chosen: dict[str, Any] = {"opens": opens, "asks": asks}
            self.tries(lambda *_: self.office.edit(person, **chosen))

    @rule(person=persons)
    def takes_experiences_back(self, person: str) -> None:
        self.tries(experiences.take_back, person)

    @invariant()
    def one_partner_reads_what_both_named(self) -> None:
        query = text(
            "SELECT DISTINCT cycle_id, mentor_id, pair_id FROM experience_uses"
            " JOIN pairs ON pairs.id = experience_uses.pair_id"
        )
        with self.database.read() as tx:
            uses = [(row.cycle_id, row.mentor_id) for row in tx.execute(query)]
        assert set(Counter(uses).values()) <= {1}

    @invariant()
    def only_introductions_tell_an_experience(self) -> None:
        for letter in self.office.every_letter() if self.office.is_set_up else ():
            shown = self.office.on_screen.get(letter.id)
            if letter.state is RowState.SENT and shown is not None and letter.notice.kind is not Kind.INTRO:
                assert "Zq" not in str(render(shown)), letter.notice

    @invariant()
    def nobody_is_introduced_against_a_no(self) -> None:
        with self.database.read() as tx:
            said = {row.pair_id: row.said for row in tx.execute(text("SELECT pair_id, said FROM asks"))}
        self.seen.update(answer or "asked" for answer in said.values())
        for number in [number for number, answer in said.items() if answer == "no"]:
            assert self.office.pair(number).state not in promises.LIVE


@pytest.mark.slow
@pytest.mark.hypothesis
def test_random_lives_in_which_mentees_are_asked_first(watched: Database) -> None:
    AskingLives.database = watched
    AskingLives.seen.clear()
    run_state_machine_as_test(AskingLives, settings=lives(2, steps=25))
    assert {"asked", "screens"} <= set(AskingLives.seen)
