"""Several at once: of all that try, exactly one has an effect, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import CycleState
from mentoring.messages import Kind, to_person
from mentoring.pairings import PairState
from mentoring.people import Standing
from storage import checkins, cycles, members, pairs, programs, sides
from storage.database import Database, Tx
from storage.outbox import outbox
from tests.storage.rows import NOW, SETTINGS, a_checkin, a_cycle, a_letter, a_member, a_pair, a_program
from tests.storage.together import together

THREADS = 6
LATER = NOW + timedelta(hours=1)
Attempt = Callable[[Tx, int], object]


def decide(tx: Tx) -> Attempt:
    pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2")
    states = (PairState.APPROVED, PairState.DECLINED)
    return lambda tx, number: pairs.move(tx, pair, states[number % 2], decided_by=f"ULEAD{number}")


def introduce(tx: Tx) -> Attempt:
    pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2", PairState.INTRODUCED)
    return lambda tx, number: pairs.was_introduced(tx, pair.id, NOW, f"G{number}")


def advance(tx: Tx) -> Attempt:
    pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2", PairState.INTRODUCED)
    sides.plan_checkin(tx, pair.id, "U1", NOW)
    return lambda tx, _: sides.advance_checkin(tx, pair.id, "U1", NOW, LATER)


def open_checkin(tx: Tx) -> Attempt:
    pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2")
    return lambda tx, _: checkins.open_once(tx, pair.id, "U1", "2026-W11", CheckInState.ASKED)


def answer(tx: Tx) -> Attempt:
    seen = a_checkin(tx, a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2"), "U1")
    return lambda tx, number: checkins.answer(tx, seen, tuple(Answer)[number % 4], NOW)


def ask_again(tx: Tx) -> Attempt:
    seen = a_checkin(tx, a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2"), "U1")
    return lambda tx, _: checkins.move(tx, seen, CheckInState.REASKED)


def match(tx: Tx) -> Attempt:
    cycle = a_cycle(tx, a_program(tx))
    return lambda tx, _: cycles.matched(tx, cycle, CycleState.PROPOSED, NOW, ())


def start(tx: Tx) -> Attempt:
    planned = a_cycle(tx, a_program(tx))
    cycles.move(tx, planned, CycleState.PROPOSED)
    cycle = cycles.get(tx, planned.id)
    return lambda tx, _: cycles.move(tx, cycle, CycleState.RUNNING)


def pause(tx: Tx) -> Attempt:
    member = a_member(tx, a_program(tx), "U1")
    return lambda tx, _: members.move(tx, member, Standing.PAUSED)


def queue(tx: Tx) -> Attempt:
    program = a_program(tx)
    return lambda tx, _: outbox.put(tx, program.id, to_person(Kind.CHECKIN, 1, "U1"), NOW)


def lease(tx: Tx) -> Attempt:
    letter = a_letter(tx, a_program(tx))
    return lambda tx, number: outbox.lease(tx, letter, f"worker {number}", NOW, LATER)


def set_up(tx: Tx) -> Attempt:
    return lambda tx, _: programs.create(tx, "T1", SETTINGS)


CASES = [
    decide,
    introduce,
    advance,
    open_checkin,
    answer,
    ask_again,
    match,
    start,
    pause,
    queue,
    lease,
    set_up,
]


@pytest.mark.parametrize("prepare", CASES)
def test_one_of_all_wins(database: Database, neighbor: Database, prepare: Callable[[Tx], Attempt]) -> None:
    with database.write() as tx:
        attempt = prepare(tx)

    def try_it(number: int) -> bool:
        with (database, neighbor)[number % 2].write() as tx:
            return bool(attempt(tx, number))

    assert sorted(map(str, together(THREADS, try_it))) == ["False"] * (THREADS - 1) + ["True"]
