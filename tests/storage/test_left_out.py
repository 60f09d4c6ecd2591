"""Whom a matching left out: a row each, kept for the last run, read by few, and as it was after a move of versions."""

from __future__ import annotations

from random import Random

import pytest
from alembic import command
from sqlalchemy import JSON, column, select, table, update

from mentoring.cycles import FIRST_ALONE, LeftOut, StillAlone, Why
from mentoring.matching import Rule, Stop
from mentoring.matching.reasons import Act, Help, Helps
from mentoring.pairings import PairState
from storage import cycles, left_out, pairs
from storage import tables as t
from storage.database import Database, Tx
from storage.keeping import schema
from tests.storage.rows import a_cycle, a_pair, a_program
from tests.storage.test_large_programs import STEP, steps

STOP = Stop("mentee", Rule.LANGUAGE, ((Rule.SKILL, 3), (Rule.LANGUAGE, 0)))
HELPS = Helps("mentee", (Help(Act.NEW_PARTNER, "SQL", 2),))
PEOPLE = [f"U{number:02}" for number in range(40)]


def alone(person_id: str, side: str = "mentee", why: Why = Why.LANGUAGE) -> LeftOut:
    return LeftOut(person_id, side, STOP, HELPS, why)


def test_a_run_takes_the_place_of_the_one_before_in_its_cycle_alone(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        cycle, other = a_cycle(tx, program), a_cycle(tx, program, 2)
        left_out.keep(tx, other.id, [alone("U1")])
        left_out.keep(tx, cycle.id, [alone("U1"), alone("U2"), alone("U2", "mentor", Why.NOBODY_FREE)])
        left_out.keep(tx, cycle.id, [alone("U2", "mentor", Why.NOBODY_FREE), alone("U2"), alone("U3")])
        sides = [alone("U2"), alone("U2", "mentor", Why.NOBODY_FREE)]
        assert left_out.of_person(tx, cycle.id, "U2") == sides
        assert left_out.of_person(tx, cycle.id, "U1") == []
        assert left_out.of_cycle(tx, cycle.id) == [sides[0], alone("U3"), sides[1]]
        left_out.keep(tx, cycle.id, [])
        assert left_out.of_cycle(tx, cycle.id) == []
        assert left_out.of_cycle(tx, other.id) == [alone("U1")]


@pytest.mark.parametrize("seed", range(3))
def test_who_is_still_alone_is_counted_as_they_are(database: Database, seed: int) -> None:
    draw = Random(seed)
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        found = [alone(one, side) for one in PEOPLE for side in ("mentee", "mentor") if draw.random() < 0.7]
        left_out.keep(tx, cycle.id, found)
        couples = draw.sample([(one, other) for one in PEOPLE for other in PEOPLE if one != other], 15)
        for mentor, mentee in couples:
            a_pair(tx, cycle, mentor, mentee, draw.choice(list(PairState)))
        served = pairs.served(tx, cycle.id)
        those = [one for one in left_out.of_cycle(tx, cycle.id) if (one.person_id, one.side) not in served]
        assert left_out.still(tx, cycle.id) == StillAlone.of(those)
    assert FIRST_ALONE < len(those) < len(found)


def test_whoever_looks_at_a_cycle_or_one_person_does_not_look_at_all(sqlite: Database) -> None:
    with sqlite.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        left_out.keep(tx, cycle.id, [alone(f"U{number}") for number in range(20)])
        before = _asked(tx, cycle.id)
        left_out.keep(tx, cycle.id, [alone(f"U{number}") for number in range(2_000)])
        # A look among more rows is a step or two deeper.
        assert all(now <= then + 2 * STEP for now, then in zip(_asked(tx, cycle.id), before, strict=True))


def _asked(tx: Tx, cycle_id: int) -> list[int]:
    looks = (lambda: cycles.get(tx, cycle_id), lambda: left_out.of_person(tx, cycle_id, "U1"))
    return [steps(tx, look) for look in looks]


OLD_CYCLES = table("cycles", column("id"), column("left_out", JSON))
OLD = {"person_id": "U9", "side": "mentor", "reason": "No mentee", "help": "One more."}


def test_they_go_to_an_older_version_and_come_back(database: Database) -> None:
    told = [alone("U1"), alone("U2"), alone("U1", "mentor", Why.NOBODY_FREE)]
    with database.write() as tx:
        program = a_program(tx)
        cycle, other = a_cycle(tx, program), a_cycle(tx, program, 2)
        left_out.keep(tx, cycle.id, told)
        as_stored = [dict(row) for row in tx.execute(select(t.left_out)).mappings()]
    with database.write() as tx:
        command.downgrade(schema.config(tx), "0037")
        assert _in_the_column(tx, other.id) == []
        found = _in_the_column(tx, cycle.id)
        assert [{"cycle_id": cycle.id, **one} for one in found] == sorted(as_stored, key=_order)
        # The first versions had no classes, and one may have written somebody twice.
        tx.execute(update(OLD_CYCLES).where(OLD_CYCLES.c.id == other.id).values(left_out=[OLD, OLD]))
    assert schema.upgrade(database) is True
    with database.read() as tx:
        assert left_out.of_cycle(tx, cycle.id) == told
        assert left_out.of_cycle(tx, other.id) == [
            LeftOut("U9", "mentor", "No mentee", "One more.", Why.UNSAID)
        ]


def _in_the_column(tx: Tx, cycle_id: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tx.execute(
        select(OLD_CYCLES.c.left_out).where(OLD_CYCLES.c.id == cycle_id)
    ).scalar_one()
    return found


def _order(one: dict[str, object]) -> tuple[object, object]:
    return one["side"], one["person_id"]
