"""How often each act of people asks the database: a number for each, the same for ten people and for two thousand.

These numbers may go down. What raises one should be worth it to whoever waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import pytest
from sqlalchemy import Engine, event, insert

from mentoring.checkins import Answer
from mentoring.messages import Kind
from mentoring.pairings import PairState
from mentoring.people import Person, ProfileDraft
from program import approvals, checkins, profiles
from storage import cycles, members
from storage import tables as t
from tests.program.office import CHECKIN, HOME, PROPOSAL, Office

Acts = dict[str, tuple[Callable[[Office], object], int]]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent to any database meanwhile, without those that begin a transaction."""
    sent: list[str] = []

    def note(*about: object) -> None:
        if not str(about[2]).startswith("BEGIN"):
            sent.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def crowd(office: Office, size: int, *, paired: bool) -> None:
    """So many more people, perhaps in pairs that wait for a decision; stored at once, because joining takes a while."""
    program, now = office.program, office.clock()
    everybody = [asdict(Person(f"UCROWD{number}", f"Crowd {number}", HOME)) for number in range(size)]
    answers = asdict(office.member("UMENTOR1").profile)
    answers["starts"], answers["ends"] = answers.pop("hours")
    answers |= {"program_id": program.id, "standing": "active", "joined_at": now, "active_since": now}
    here = {"workspace": office.workspace}
    with office.ctx.database.write() as tx:
        before = members.count(tx, program.id)
        tx.execute(insert(t.people), [one | here | {"seen_at": now} for one in everybody])
        tx.execute(insert(t.members), [answers | here | {"person_id": one["id"]} for one in everybody])
        assert members.count(tx, program.id) == before + size
        if paired:
            (cycle, *_) = cycles.of_program(tx, program.id)
            pair = {"program_id": program.id, "cycle_id": cycle.id, "state": PairState.PROPOSED.value}
            pair |= {"score": 1, "reasons": [], "topics": [], "note": ""}
            both = zip(everybody[::2], everybody[1::2], strict=True)
            tx.execute(
                insert(t.pairs), [pair | {"mentor_id": a["id"], "mentee_id": b["id"]} for a, b in both]
            )


def opens_the_form(office: Office) -> None:
    profiles.form(office.ctx, office.workspace, Person("UMENTOR1", "Name of UMENTOR1", HOME))


def joins(office: Office) -> None:
    draft = ProfileDraft(role="share", level=2, shares=("Video editing",), languages=("English",))
    profiles.save(office.ctx, office.workspace, Person("UNEW", "Nora New", HOME), draft)


def approves(office: Office) -> None:
    assert approvals.about_to_approve(*office.as_lead(), 1)
    approvals.approve(*office.as_lead(), 1)


def declines(office: Office) -> None:
    approvals.decline(*office.as_lead(), 2, "Not this time")


def answers(office: Office) -> None:
    checkins.answer(office.ctx, office.workspace, "UMENTOR1", 1, Answer.MET)


def delivers(office: Office) -> None:
    assert len(office.delivers()) == 1


def delivers_both(office: Office) -> None:
    assert {said.kind for said in office.delivers()} == {Kind.CHECKIN, Kind.INTRO}


def has_nothing_to_deliver(office: Office) -> None:
    assert not office.delivers()


def has_nothing_to_do(office: Office) -> None:
    assert office.tick() == 0


WHILE_PAIRS_WAIT: Acts = {
    "somebody opens the form": (opens_the_form, 6),
    "somebody joins": (joins, 26),
    "their welcome is delivered": (delivers, 16),
    "a lead approves": (approves, 12),
    "their card is updated": (delivers, 8),
    "a lead declines": (declines, 7),
    "the other card is updated": (delivers, 7),
    "a partner is looked for": (has_nothing_to_do, 53),
    "nothing is due": (has_nothing_to_do, 34),
    "nothing is to be delivered": (has_nothing_to_deliver, 1),
}
SHOWS_CARDS = 8
WHILE_PAIRS_MEET: Acts = {
    "somebody answers": (answers, 12),
    "the answer is shown, in the introduction too": (delivers_both, 46),
}


@pytest.mark.parametrize("size", [10, 2_000])
def test_while_pairs_wait(office: Office, size: int) -> None:
    office.sets_up()
    office.couple(1)
    office.couple(2)
    office.at(PROPOSAL)
    crowd(office, size, paired=True)
    holds(office, WHILE_PAIRS_WAIT)


@pytest.mark.parametrize("cards", [1, 5, approvals.PAGE])
def test_cards_are_shown_by_as_few_statements_as_one(office: Office, cards: int) -> None:
    office.sets_up()
    for place in range(cards):
        office.couple(place)
    office.at(PROPOSAL)
    with counted() as sent:
        assert len(approvals.pending(*office.as_lead()).cards) == cards
    assert len(sent) == SHOWS_CARDS


@pytest.mark.parametrize("size", [10, 2_000])
def test_while_pairs_meet(office: Office, size: int) -> None:
    office.introduced()
    office.at(CHECKIN)
    crowd(office, size, paired=False)
    holds(office, WHILE_PAIRS_MEET)


def holds(office: Office, acts: Acts) -> None:
    """What each act takes is what its table says."""
    found = {}
    for name, (act, _) in acts.items():
        with counted() as sent:
            act(office)
        found[name] = len(sent)
    assert found == {name: number for name, (_, number) in acts.items()}
