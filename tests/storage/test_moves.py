"""What the tables of moves do not hold is refused where states are stored, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from mentoring.checkins import CHECKIN_MOVES, Answer, CheckInState
from mentoring.cycles import CYCLE_MOVES, CycleState
from mentoring.moves import IllegalMove
from mentoring.pairings import PAIR_MOVES, PairState
from storage import checkins, cycles, pairs
from storage import tables as t
from storage.database import Database, Tx
from tests.storage.rows import NOW, a_checkin, a_cycle, a_member, a_pair, a_program

Move = Callable[[Tx, Any, Any], bool]
KINDS: list[tuple[Any, Any, Any, Move, Callable[[Tx, int], Any]]] = [
    (t.pairs, PairState, PAIR_MOVES, pairs.move, pairs.of_id),
    (t.cycles, CycleState, CYCLE_MOVES, cycles.move, cycles.get),
    (t.checkins, CheckInState, CHECKIN_MOVES, checkins.move, checkins.get),
]


def every_move() -> Iterator[Any]:
    for table, states, moves, move, get in KINDS:
        for before, after in product(states, states):
            yield pytest.param(table, moves, move, get, before, after, id=f"{table.name}-{before}-{after}")


@pytest.mark.parametrize(("table", "moves", "move", "get", "before", "after"), list(every_move()))
def test_a_move_is_carried_out_if_the_table_holds_it(
    sqlite: Database,
    table: Any,
    moves: Any,
    move: Move,
    get: Callable[[Tx, int], Any],
    before: Any,
    after: Any,
) -> None:
    with sqlite.write() as tx:
        number = in_state(tx, table, before)
        if after in moves[before]:
            assert move(tx, get(tx, number), after)
        else:
            with pytest.raises(IllegalMove, match=f"{before} cannot become {after}"):
                move(tx, get(tx, number), after)
        assert get(tx, number).state is (after if after in moves[before] else before)


def in_state(tx: Tx, table: Any, state: Any) -> int:
    """The number of a pair, a cycle or a check-in that is in that state, however it came there."""
    program = a_program(tx)
    for person in ("U1", "U2"):
        a_member(tx, program, person)
    cycle = a_cycle(tx, program)
    pair = a_pair(tx, cycle, "U1", "U2")
    number = {"pairs": pair.id, "cycles": cycle.id, "checkins": a_checkin(tx, pair, "U1").id}[table.name]
    tx.execute(table.update().where(table.c.id == number).values(state=state.value))
    return number


def test_a_run_of_the_matching_is_a_move_too(sqlite: Database) -> None:
    with sqlite.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        with pytest.raises(IllegalMove):
            cycles.matched(tx, cycle, CycleState.RUNNING, NOW, ())
        assert cycles.get(tx, cycle.id) == cycle


def test_a_skipped_week_is_not_answered(sqlite: Database) -> None:
    with sqlite.write() as tx:
        program = a_program(tx)
        for person in ("U1", "U2"):
            a_member(tx, program, person)
        pair = a_pair(tx, a_cycle(tx, program), "U1", "U2")
        skipped = a_checkin(tx, pair, "U1", state=CheckInState.SKIPPED)
        with pytest.raises(IllegalMove):
            checkins.answer(tx, skipped, Answer.MET, NOW)
        assert checkins.get(tx, skipped.id) == replace(skipped, answer=None)
