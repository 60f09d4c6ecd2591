"""What is counted for leads is what a look at each pair and person finds, in random programs and on both databases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, update

from mentoring.at_risk import PairFacts, Reason, Tidings, reasons
from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import Cycle
from mentoring.pairings import STANDING, PairState
from mentoring.people import Standing
from storage import seeing
from storage import tables as t
from storage.database import Database, Tx
from tests.storage.rows import NOW, a_cycle, a_member, a_program

DAY = timedelta(days=1)
SEEDS = range(4)
PEOPLE, PAIRS = 24, 100


@dataclass
class World:
    """What was stored: who stands how, and every pair with all that is known of it."""

    standing: dict[str, Standing]
    until: dict[str, date | None]
    pairs: list[dict[str, Any]] = field(default_factory=list)
    weeks: dict[int, list[tuple[str, CheckInState, datetime]]] = field(default_factory=dict)
    told: dict[int, Tidings] = field(default_factory=dict)
    asked: dict[int, datetime] = field(default_factory=dict)
    signed: dict[int, list[str]] = field(default_factory=dict)


def ago(draw: Random, most: int) -> datetime:
    """A moment of the last days; often one of those at which something begins to count."""
    return (
        NOW - draw.choice((draw.randint(0, most), 7, 14)) * DAY - draw.choice((0, 1)) * timedelta(seconds=1)
    )


def stored(tx: Tx, draw: Random, cycle: Cycle, program: Any) -> World:
    who = [f"U{number:02}" for number in range(PEOPLE)]
    world = World(
        {one: draw.choice((*(Standing.ACTIVE,) * 8, *(Standing.PAUSED,) * 2, Standing.LEFT)) for one in who},
        {one: draw.choice((None, NOW.date())) for one in who},
    )
    for one in who:
        a_member(tx, program, one)
        standing = {"standing": world.standing[one].value, "paused_until": world.until[one]}
        tx.execute(update(t.members).where(t.members.c.person_id == one).values(standing))
    staying = [one for one in who if world.standing[one] is not Standing.LEFT]
    couples = draw.sample([(one, other) for one in staying for other in staying if one != other], PAIRS)
    for number, both in enumerate(couples, 1):
        _pair(tx, draw, world, cycle, number, both)
    return world


def _pair(tx: Tx, draw: Random, world: World, cycle: Cycle, number: int, both: tuple[str, str]) -> None:
    state = draw.choice((*(PairState.INTRODUCED,) * 4, *PairState))
    introduced = draw.choice((None, ago(draw, 40), ago(draw, 40))) if state is PairState.INTRODUCED else None
    row = {
        "id": number,
        "program_id": cycle.program_id,
        "cycle_id": cycle.id,
        "mentor_id": both[0],
        "mentee_id": both[1],
        "state": state.value,
        "introduced_at": introduced,
        "rests_until": draw.choice((*(None,) * 7, NOW.date())),
    }
    world.pairs.append(row)
    tx.execute(insert(t.pairs).values(row | {"score": 1, "reasons": [], "topics": [], "note": ""}))
    _told(tx, draw, world, number)
    _asked(tx, draw, world, number, both)
    _signed(tx, draw, world, number, both)


def _told(tx: Tx, draw: Random, world: World, number: int) -> None:
    if draw.random() < 0.7:
        moments = [draw.choice((None, ago(draw, 40))) for _ in range(4)]
        met_at, heard_at, not_held_by, planned_at = moments
        told = Tidings(met_at, heard_at, draw.choice((None, *Answer)), not_held_by, planned_at)
        world.told[number] = told
        values = {
            "met_at": met_at,
            "heard_at": heard_at,
            "not_held_by": not_held_by,
            "planned_at": planned_at,
        }
        answer = told.answer.value if told.answer else None
        tx.execute(insert(t.tidings).values(values | {"pair_id": number, "answer": answer}))


def _asked(tx: Tx, draw: Random, world: World, number: int, both: tuple[str, str]) -> None:
    world.weeks[number] = [
        (
            f"2026-W{week:02}",
            draw.choice((CheckInState.SILENT, CheckInState.SILENT, CheckInState.ANSWERED)),
            ago(draw, 12),
        )
        for week in range(draw.randint(0, 5))
    ]
    for week, state_, asked_at in world.weeks[number]:
        for person in both[: draw.randint(1, 2)]:
            said = {"pair_id": number, "person_id": person, "week": week, "asked_at": asked_at}
            tx.execute(insert(t.checkins).values(said | {"state": state_.value}))


def _signed(tx: Tx, draw: Random, world: World, number: int, both: tuple[str, str]) -> None:
    if draw.random() < 0.6:
        world.asked[number] = ago(draw, 30)
        tx.execute(insert(t.pacts).values(pair_id=number, asked_at=world.asked[number]))
        world.signed[number] = list(both[: draw.randint(0, 2)])
        for person in world.signed[number]:
            tx.execute(insert(t.agreements).values(pair_id=number, person_id=person, signed_at=NOW))


def found(world: World, row: dict[str, Any]) -> tuple[Reason, ...]:
    """By which reasons a pair is looked at, by the rules alone."""
    number, both = row["id"], (row["mentor_id"], row["mentee_id"])
    if row["introduced_at"] is None:
        return ()
    away = [one for one in both if world.standing[one] is Standing.PAUSED]
    resting = row["rests_until"] is not None
    told = world.told.get(number, Tidings())
    since = told.heard_at or row["introduced_at"]
    silent = {week for week, state, at in world.weeks[number] if state is CheckInState.SILENT and at > since}
    facts = PairFacts(
        number,
        *both,
        row["introduced_at"],
        told,
        len(silent) if since <= NOW - seeing.QUIET_FOR else 0,
        waits=resting or bool(away),
        both_away=not resting and len(away) == 2 and not any(world.until[one] for one in away),
        unsigned_since=world.asked.get(number) if len(world.signed.get(number, [])) < 2 else None,
    )
    return reasons(facts, NOW)


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_are_counted_by_reason_as_the_rules_find_them(database: Database, seed: int) -> None:
    draw = Random(seed)
    with database.write() as tx:
        program = a_program(tx)
        world = stored(tx, draw, a_cycle(tx, program), program)
        without = draw.sample(range(1, PAIRS + 1), draw.choice((0, 3)))
        each = {row["id"]: found(world, row) for row in world.pairs if row["id"] not in without}
        count = Counter(reason for why in each.values() for reason in why)
        there = {number for number, why in each.items() if why and why != (Reason.BOTH_AWAY,)}
        listed = seeing.in_question(tx, program.id, NOW, without)
        assert {one.pair_id for one in listed} == there
        assert {one.pair_id: reasons(one, NOW) for one in listed} == {one: each[one] for one in there}
        total, by_reason = seeing.risks(tx, program.id, NOW, without)
        assert total == len(there)
        assert by_reason == {reason: count[reason] for reason in by_reason}
        assert len(seeing.both_away(tx, program.id, without)) == count[Reason.BOTH_AWAY]
    assert len(count) >= 4, "hardly any reason was tried"


@pytest.mark.parametrize("seed", SEEDS)
def test_people_without_a_partner_are_counted_as_they_are(database: Database, seed: int) -> None:
    draw = Random(seed)
    with database.write() as tx:
        program = a_program(tx)
        cycle, other = a_cycle(tx, program), a_cycle(tx, program, 2)
        elsewhere = a_program(tx, "T2")
        a_member(tx, elsewhere, "U00")
        world = stored(tx, draw, draw.choice((cycle, other)), program)
        held = {cycle.id, other.id}
        for number in held:
            paired = {
                person
                for row in world.pairs
                if row["cycle_id"] == number and row["state"] in STANDING
                for person in (row["mentor_id"], row["mentee_id"])
            }
            alone = [one for one, at in world.standing.items() if at is Standing.ACTIVE and one not in paired]
            assert seeing.alone(tx, program.id, number) == len(alone)
