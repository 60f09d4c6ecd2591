"""Who is whose manager, and who would rather not: nothing that leads read, and nothing a partner reads, tells it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from handlers.views import render, replies
from handlers.views.review import review_modal
from mentoring.cycles import CycleState, cycle_times
from mentoring.errors import PairBroken
from mentoring.messages import Kind
from mentoring.pairings import PairState, ProposedPair
from mentoring.programs import Program
from program import approvals, rechecks
from program.forms import NOTHING_AT_ONCE, Sieve, SortedBy
from program.lines import UNKNOWN_LINE
from storage import cycles as stored_cycles
from storage import pairs as stored_pairs
from storage.database import Database, Tx
from tests.effort import seeds
from tests.fixtures.databases import empty
from tests.program.office import INTRO, LEAD, PROPOSAL, Office
from tests.storage.rows import led_to

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
STRANGERS = "USTRANGER1", "USTRANGER2"
PRIVATE_WORDS = ("in the other's reporting line", "outside the reporting line", "should not be paired")

Cause = Callable[[Office, str, str], object]

CAUSES: dict[str, Cause] = {
    "met before": lambda office, mentor, mentee: met(office, mentor, mentee),
    "the mentor's manager": lambda office, mentor, mentee: office.edit(mentor, manager_id=mentee),
    "the mentee's manager": lambda office, mentor, mentee: office.edit(mentee, manager_id=mentor),
    "the mentor would rather not": lambda office, mentor, mentee: office.edit(mentor, avoid=(mentee,)),
    "the mentee would rather not": lambda office, mentor, mentee: office.edit(mentee, avoid=(mentor,)),
}


def met(office: Office, mentor: str, mentee: str) -> None:
    """Two people were a pair long ago; in worlds where those in question were not, two strangers were."""

    def change(tx: Tx, program: Program) -> None:
        old = stored_cycles.open_once(tx, program.id, cycle_times(program.calendar, 0))
        stored_cycles.move(tx, old, CycleState.CLOSED)
        (number,) = stored_pairs.propose(tx, program.id, old.id, [ProposedPair(mentor, mentee, 1, (), ())])
        led_to(tx, stored_pairs.of_id(tx, number), PairState.FINISHED, decided_by=LEAD)

    office.behind_the_scenes(change)


def world(database: Database, people: Callable[[Office], object]) -> Office:
    office = Office(empty(database))
    office.sets_up()
    for stranger in STRANGERS:
        office.joins(stranger, languages=("Suomi",))
    people(office)
    return office


def befalls(office: Office, cause: str, mentor: str, mentee: str) -> None:
    if cause != "met before":
        met(office, *STRANGERS)
    CAUSES[cause](office, mentor, mentee)


def read(office: Office) -> list[str]:
    """Everything that anybody was sent, and all that leads can ask for."""
    ctx, workspace = office.ctx, office.workspace
    waiting = approvals.pending(ctx, workspace, LEAD)
    # In an order, and without the button, that the warnings about other pairs make no difference to.
    page = approvals.review(ctx, workspace, LEAD, sieve=Sieve(by=SortedBy.FIT))
    page = replace(page, all_at_once=NOTHING_AT_ONCE)
    return [
        *sorted(
            f"{said.kind} {said.recipient} {said.is_new} {render(said.content).text}" for said in office.said
        ),
        replies.pending(waiting.cards, waiting.left_out, waiting.held, waiting.others).text,
        str(review_modal(page)),
    ]


def assert_tells_nothing(texts: list[str]) -> None:
    assert not [(words, text) for words in PRIVATE_WORDS for text in texts if words in text]


def refused_at_the_approval(database: Database, cause: str) -> list[str]:
    office = world(database, Office.couple)
    office.at(PROPOSAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rechecks, "of_person", lambda *_: None)  # nobody has looked at the pair again yet
        befalls(office, cause, MENTOR, MENTEE)
    with pytest.raises(PairBroken) as refused:
        approvals.approve(office.ctx, office.workspace, LEAD, office.pairs[0].id)
    office.delivers()
    office.at(INTRO)
    return [refused.value.sentence, *read(office)]


def withdrawn_at_the_introduction(database: Database, cause: str) -> list[str]:
    office = world(database, Office.couple)
    office.at(PROPOSAL)
    office.approves(office.pairs[0].id)
    office.delivers()
    befalls(office, cause, MENTOR, MENTEE)
    office.at(INTRO)
    office.passes(minutes=1)
    return read(office)


def never_proposed(database: Database, cause: str) -> list[str]:
    office = world(database, Office.couple)
    befalls(office, cause, MENTOR, MENTEE)
    office.at(PROPOSAL)
    office.at(INTRO)
    assert [one.recipient for one in office.kinds(Kind.NO_PARTNER)].count(f"person:{MENTOR}") == 1
    return read(office)


@pytest.mark.slow
@pytest.mark.parametrize("story", [refused_at_the_approval, withdrawn_at_the_introduction, never_proposed])
def test_every_cause_reads_like_having_met_before(
    sqlite: Database, story: Callable[[Database, str], list[str]]
) -> None:
    ordinary = story(sqlite, "met before")
    assert any("free for a new pairing" in text for text in ordinary)
    assert_tells_nothing(ordinary)
    for cause in CAUSES:
        assert story(sqlite, cause) == ordinary, cause


def a_company(seed: int) -> Callable[[Office], None]:
    """Eight people whose skills and levels differ, so that some have partners and some have none."""
    draw = random.Random(seed)
    topics = ("Chess", "Origami", "Beekeeping")

    def hired(office: Office) -> None:
        for number in range(8):
            answers: dict[str, Any] = {
                "role": draw.choice(("share", "learn", "both")),
                "level": draw.randint(1, 8),
                "shares": tuple(draw.sample(topics, 2)),
                "wants": tuple(draw.sample(topics, 2)),
            }
            office.joins(f"UPERSON{number}", **answers)

    return hired


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(2, 6))
def test_in_random_companies_the_answers_of_a_pair_read_like_having_met(sqlite: Database, seed: int) -> None:
    """The best pair of a company is ruled out, by one answer or the other, or because they have met."""
    trial = world(sqlite, a_company(seed))
    trial.at(PROPOSAL)
    couple = trial.pairs[0].people
    told = {cause: lived(sqlite, seed, cause, couple) for cause in CAUSES}
    outcomes = {cause: pairs for cause, (pairs, _) in told.items()}
    alike = [cause for cause in CAUSES if outcomes[cause] == outcomes["met before"]]
    assert len(alike) >= 3, "a list rules out this pair alone, and so does having met"
    for cause, (_, texts) in told.items():
        assert_tells_nothing(texts)
        if cause in alike:
            assert unwarned(texts) == unwarned(told["met before"][1]), cause


def unwarned(texts: list[str]) -> list[str]:
    """The same without the warning about other pairs, which goes where a line is known; it names nobody."""
    lines = (
        f"*Please look at this first*\n• {UNKNOWN_LINE}\n",
        f"\nPlease look at this first: {UNKNOWN_LINE}",
        f"*Please look at this first:* {UNKNOWN_LINE}\n",
    )
    for words in (*lines, lines[1].replace("\n", "\\n")):
        texts = [text.replace(words, "") for text in texts]
    assert not [text for text in texts if UNKNOWN_LINE in text]
    return texts


def lived(
    database: Database, seed: int, cause: str, couple: tuple[str, str]
) -> tuple[list[tuple[str, str]], list[str]]:
    office = world(database, a_company(seed))
    befalls(office, cause, *couple)
    office.at(PROPOSAL)
    office.at(INTRO)
    now = office.cycles[-1].id
    return [pair.people for pair in office.pairs if pair.cycle_id == now], read(office)
