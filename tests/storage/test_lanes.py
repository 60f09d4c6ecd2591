"""Lanes: the first rows of each, in order, found without reading what waits behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event, insert, text, update

from mentoring.messages import Kind, Notice, to_leads, to_pair, to_person
from mentoring.urgency import FEW, Lane
from storage import tables as t
from storage.database import Database, Tx
from storage.outbox import facts, lanes, letters, outbox, places, queued, turns
from storage.outbox.letters import Letter
from storage.states import RowState
from tests.storage.rows import NOW, a_leased_letter, a_program, again

MINUTE = timedelta(minutes=1)
STEP = 10


def lane(tx: Tx, letter: Letter) -> int:
    return int(tx.execute(t.outbox.select().where(t.outbox.c.id == letter.id)).one().lane)


def first(tx: Tx, of: Lane, **resting: str) -> list[str]:
    rests = [(1, recipient) for recipient in resting.values()]
    return [one.notice.subject for _, one in lanes.heads(tx, [of], NOW, rests, 3)]


@pytest.mark.parametrize(
    ("notice", "asked", "expected"),
    [
        (to_person(Kind.HELP, 1, "U1"), False, Lane.HELP),
        (to_person(Kind.UNCONFIRMED, 1, "U1"), False, Lane.QUESTIONS),
        (to_person(Kind.WELCOME, 1, "U1"), False, Lane.ANSWERS),
        (to_person(Kind.NUDGE, 1, "U1"), True, Lane.ANSWERS),
        (to_person(Kind.CHECKIN, 1, "U1"), False, Lane.MAIL),
        (to_pair(Kind.INTRO, 1), True, Lane.INTRODUCTIONS),
        (to_pair(Kind.THANKS, 1), False, Lane.MAIL),
        (to_leads(Kind.CARD, 1), True, Lane.LEADS),
        (to_leads(Kind.SUMMARY, 1), False, Lane.LEADS),
    ],
)
def test_new_messages_wait_in_the_lane_of_whoever_waits_for_them(
    sqlite: Database, notice: Notice, asked: bool, expected: Lane
) -> None:
    with sqlite.write() as tx:
        program = a_program(tx)
        outbox.put(tx, program.id, notice, NOW, asked)
        ((found, letter),) = lanes.heads(tx, [*Lane], NOW, [], 3)
        assert (found, letter.notice) == (expected, notice)


def test_each_lane_gives_its_first_rows_in_the_order_in_which_they_were_due(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for number, due in enumerate([0, -2, 1, -1, 0]):
            outbox.put(tx, program.id, to_person(Kind.NUDGE, number, f"U{number}"), NOW + due * MINUTE)
            outbox.put(tx, program.id, to_leads(Kind.CARD, number), NOW + due * MINUTE)
        assert first(tx, Lane.MAIL) == ["1", "3", "0"]
        assert first(tx, Lane.MAIL, one="person:U3", other="person:U1") == ["0", "4"]
        assert first(tx, Lane.LEADS) == ["0", "1", "3"], "one channel, whose order stays"
        assert first(tx, Lane.LEADS, one="leads") == []
        assert lanes.heads(tx, [], NOW, [], 3) == []
        assert lanes.next_after(tx, NOW) == NOW + MINUTE
        assert lanes.waiting(tx) == 10


def test_a_look_asks_with_queries_that_were_built_before(sqlite: Database) -> None:
    """The courier looks after each message, and building them takes longer than asking."""
    asked: list[Any] = []

    def looks(minutes: int, *resting: str) -> list[Any]:
        asked.clear()
        now = NOW + minutes * MINUTE
        with sqlite.read() as tx:
            event.listen(tx, "before_execute", lambda _tx, query, *_: asked.append(query))
            lanes.heads(tx, [*Lane], now, [(1, one) for one in resting], 3)
            lanes.doubtful(tx, now, [(1, one) for one in resting], 3)
            lanes.next_after(tx, now)
            places.to_take_away(tx, now, 3)
        return list(asked)

    assert looks(0) == looks(1) != looks(1, "leads") == looks(2, "person:U1", "person:U2")
    assert len(asked) == 4


def test_what_may_have_arrived_is_found_in_any_lane(database: Database) -> None:
    with database.write() as tx:
        letter = a_leased_letter(tx, a_program(tx), 7)
        assert outbox.doubt(tx, letter, NOW, "timeout")
        assert [one.id for one in lanes.doubtful(tx, NOW, [], 3)] == [letter.id]
        assert lanes.doubtful(tx, NOW, [letter.conversation], 3) == []
        assert lanes.heads(tx, [*Lane], NOW, [], 3) == []


def test_what_was_queued_before_in_the_same_conversation(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for number, person in enumerate(("U1", "U2", "U1", "U1")):
            outbox.put(tx, program.id, to_person(Kind.NUDGE, number, person), NOW)
        outbox.put(tx, program.id, to_person(Kind.HELP, 9, "U1"), NOW)
        (help_,) = letters.about(tx, program.id, Kind.HELP, 9)
        assert [one.notice.subject for one in lanes.ahead(tx, help_, NOW, 9)] == ["0", "2", "3"]
        assert lanes.ahead(tx, help_, NOW - MINUTE, 9) == []


@pytest.mark.parametrize(("many", "expected"), [(FEW, Lane.CHANGES), (FEW + 1, Lane.REDRAWN)])
def test_what_an_act_changes_in_a_few_places_goes_before_what_changes_in_many(
    database: Database, many: int, expected: Lane
) -> None:
    with database.write() as tx:
        queued.forget(tx)
        program, sent = a_program(tx), []
        for number in range(many):
            letter = a_leased_letter(tx, program, number)
            assert outbox.shown(tx, letter, "D1", f"{number}.1", NOW, "digest")
            facts.remember(tx, letter.id, {facts.pair(number)})
            sent.append(again(tx, letter))
        for number in range(many):
            facts.changed(tx, facts.pair(number))
        assert {lane(tx, letter) for letter in sent} == {expected}
        assert {again(tx, letter).state for letter in sent} == {RowState.READY}


def crowd(tx: Tx, program_id: int, numbers: range, **values: object) -> None:
    """Many rows at once, as a large program queues them."""
    rows = [
        outbox._row(program_id, to_person(Kind.NUDGE, number, "U1"), NOW, False) | values
        for number in numbers
    ]
    tx.execute(insert(t.outbox), rows)


def steps(tx: Tx, work: Callable[[], object]) -> int:
    """How many instructions SQLite's virtual machine executes for some work, rounded to tens."""
    connection, done = tx.connection.driver_connection, count()
    assert connection is not None
    connection.set_progress_handler(lambda: next(done) * 0, STEP)
    work()
    connection.set_progress_handler(None, 0)
    return next(done) * STEP


@pytest.mark.parametrize("values", [{}, {"not_before": NOW + MINUTE}, {"lane": Lane.REDRAWN.value}])
def test_the_heads_of_lanes_cost_the_same_however_many_rows_wait(
    sqlite: Database, values: dict[str, object]
) -> None:
    with sqlite.write() as tx:
        program = a_program(tx)
        crowd(tx, program.id, range(20), **values)

        def look() -> None:
            lanes.heads(tx, [*Lane], NOW, [(1, "person:U2")], 8)
            lanes.doubtful(tx, NOW, [], 8)
            lanes.next_after(tx, NOW)

        few = steps(tx, look)
        crowd(tx, program.id, range(20, 3000), **values)
        assert steps(tx, look) <= few + 3 * STEP


@pytest.mark.parametrize(
    ("work", "index"),
    [
        (lambda tx: lanes.heads(tx, [Lane.MAIL], NOW, [], 8), "ix_outbox_lane_not_before_id"),
        (lambda tx: lanes.doubtful(tx, NOW, [], 8), "ix_outbox_state_not_before"),
        (lambda tx: lanes.next_after(tx, NOW), "ix_outbox_state_not_before"),
        (lambda tx: lanes.leases(tx, NOW), "ix_outbox_lease_until"),
    ],
)
def test_the_database_takes_the_index(database: Database, work: Callable[[Tx], object], index: str) -> None:
    asked: list[tuple[str, Any]] = []
    with database.write() as tx:
        program = a_program(tx)
        crowd(tx, program.id, range(500), state=RowState.SENT.value)
        if not database.is_sqlite:
            # What other tests left in its statistics must not decide: whether the index can serve is asked.
            for way in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
                tx.execute(text(f"SET LOCAL enable_{way} = off"))
        event.listen(tx, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
        work(tx)
        explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        statement, values = asked[-1]
        plan = str(tx.exec_driver_sql(explain + statement, values).all())
    assert index in plan


def test_the_last_leases_are_known_with_their_ends(database: Database) -> None:
    with database.write() as tx:
        letter = a_leased_letter(tx, a_program(tx), 7)
        end = NOW + 3 * MINUTE
        tx.execute(update(t.outbox).values(lease_until=end))
        assert [(until, one.id) for until, one in lanes.leases(tx, NOW)] == [(end, letter.id)]
        assert lanes.leases(tx, end) == []


def test_one_owner_at_a_time_has_the_turn(postgresql: Database) -> None:
    def take(owner: str, **lasts: float) -> bool:
        with postgresql.write() as tx:
            return turns.take(tx, "delivery", owner, timedelta(**lasts))

    assert take("one", seconds=60)
    assert not take("two", seconds=60)
    assert take("one", seconds=-1), "whoever has it may keep it, or let it end"
    assert take("two", seconds=60), "the first one has died"
    with postgresql.write() as tx:
        turns.end(tx, "delivery", "one")
    assert not take("one", seconds=60), "only its owner ends it"
    with postgresql.write() as tx:
        turns.end(tx, "delivery", "two")
    assert take("one", seconds=60)
