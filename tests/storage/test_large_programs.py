"""What screens and hard rules ask of a large program, and that the answers cost the same as in a small one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import event

from mentoring.cycles import Cycle
from mentoring.messages import Kind, to_leads, to_person
from mentoring.pairings import STANDING, PairState, ProposedPair
from mentoring.people import Standing
from storage import members, pairs, people
from storage.database import Database, Tx
from storage.outbox import facts, letters, outbox
from tests.storage.rows import NOW, WORKSPACE, a_cycle, a_leased_letter, a_member, a_pair, a_program

STEP = 10


def steps(tx: Tx, work: Callable[[], object]) -> int:
    """How many instructions SQLite's virtual machine executes for some work, rounded to tens."""
    connection, done = tx.connection.driver_connection, count()
    assert connection is not None
    connection.set_progress_handler(lambda: next(done) * 0, STEP)
    work()
    connection.set_progress_handler(None, 0)
    return next(done) * STEP


def statements(tx: Tx, work: Callable[[], object]) -> int:
    """How many statements some work sends to the database; one that is sent for many rows is one."""
    sent: list[object] = []
    event.listen(tx, "before_cursor_execute", lambda *about: sent.append(about))
    work()
    return len(sent)


def crowd(tx: Tx, cycle: Cycle, numbers: range) -> None:
    """Pairs of people who have nothing to do with the test, all introduced."""
    for number in numbers:
        a_pair(tx, cycle, f"M{number}", f"L{number}", PairState.INTRODUCED)


def test_proposing_many_pairs_takes_a_few_statements(database: Database) -> None:
    proposed = [ProposedPair(f"M{number}", f"L{number}", 1, (), ()) for number in range(300)]
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        assert statements(tx, lambda: pairs.propose(tx, cycle.program_id, cycle.id, proposed)) == 4


def test_queueing_many_messages_takes_a_few_statements(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        notices = [to_person(Kind.NO_PARTNER, 1, f"U{number}") for number in range(300)]
        assert statements(tx, lambda: outbox.put_all(tx, program.id, notices, NOW)) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "question",
    [
        lambda tx, program: pairs.of_person(tx, program, "UANA", *STANDING),
        lambda tx, program: pairs.of_person(tx, program, "UANA", PairState.INTRODUCED),
        lambda tx, program: pairs.numbered_of(tx, program, ["UANA", "UBEN"]),
    ],
    ids=["of_person", "of_person_in_one_state", "numbered_of"],
)
def test_a_persons_pairs_are_found_without_looking_at_everybodys(
    sqlite: Database, question: Callable[[Tx, int], object]
) -> None:
    with sqlite.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        a_pair(tx, cycle, "UANA", "UBEN", PairState.INTRODUCED)
        crowd(tx, cycle, range(10))
        before = steps(tx, lambda: question(tx, cycle.program_id))
        crowd(tx, cycle, range(10, 500))
        assert 0 < steps(tx, lambda: question(tx, cycle.program_id)) <= before + 5 * STEP


def test_messages_are_marked_without_looking_at_all_that_were_ever_sent(sqlite: Database) -> None:
    def sent(numbers: range) -> None:
        for number in numbers:
            letter = a_leased_letter(tx, program, number)
            outbox.shown(tx, letter, "D1", f"{number}.1", NOW, "")
            facts.remember(tx, letter.id, [facts.pair(number)])

    with sqlite.write() as tx:
        program = a_program(tx)
        sent(range(10))
        before = steps(tx, lambda: facts.changed(tx, facts.pair(1)))
        sent(range(10, 300))
        assert 0 < steps(tx, lambda: facts.changed(tx, facts.pair(2))) <= before + 5 * STEP
        assert len(letters.due(tx, NOW, 10)) == 2


def test_the_pairs_of_a_person_on_either_side(database: Database) -> None:
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        cycle = a_cycle(tx, program)
        teaches = a_pair(tx, cycle, "UANA", "UBEN")
        learns = a_pair(tx, cycle, "UCAI", "UANA", PairState.APPROVED)
        a_pair(tx, cycle, "UCAI", "UBEN")
        a_pair(tx, cycle, "UANA", "UCAI", PairState.DECLINED)
        a_pair(tx, a_cycle(tx, other), "UANA", "UBEN")
        assert pairs.of_person(tx, program.id, "UANA", *STANDING) == [teaches, learns]
        assert pairs.of_person(tx, program.id, "UANA", PairState.APPROVED) == [learns]


def test_whether_a_pair_waits_without_a_card(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        cycle = a_cycle(tx, program)
        assert not pairs.wait_without_card(tx, cycle.id)
        pair = a_pair(tx, cycle, "U1", "U2")
        outbox.put(tx, program.id, to_leads(Kind.SUMMARY, pair.id), NOW)
        assert pairs.wait_without_card(tx, cycle.id)
        outbox.put(tx, program.id, to_leads(Kind.CARD, pair.id), NOW)
        assert not pairs.wait_without_card(tx, cycle.id)
        later = a_pair(tx, cycle, "U3", "U4")
        assert pairs.wait_without_card(tx, cycle.id)
        pairs.move(tx, later, PairState.DECLINED)
        assert not pairs.wait_without_card(tx, cycle.id)


def test_who_is_held_takes_part_and_has_no_level(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        a_member(tx, program, "ULEVEL")
        for person_id in ("UHELD2", "UHELD1"):
            a_member(tx, program, person_id, level=None)
        members.move(tx, a_member(tx, program, "UPAUSED", level=None), Standing.PAUSED)
        gone = a_member(tx, program, "UGONE", level=None)
        people.save(tx, WORKSPACE, replace(gone.person, deactivated=True), NOW)
        a_member(tx, a_program(tx, "T2"), "UELSEWHERE", level=None)
        assert members.held(tx, program.id) == ["UHELD1", "UHELD2"]
