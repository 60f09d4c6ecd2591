"""What a clock that was ahead left behind: nothing waits longer than anything ever does."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from program.wrong_clocks import LONGEST_HOLD, LONGEST_WAIT
from storage import ahead, people
from storage import tables as t
from storage.ahead import LAST_ATTEMPT, Limits
from storage.database import Database, Tx
from storage.outbox import letters, outbox
from storage.outbox.letters import Letter
from storage.states import RowState
from tests.storage.rows import NOW, WORKSPACE, a_letter, a_member, a_program, again

FAR = NOW + timedelta(days=100)
LEASE, MINUTE = timedelta(seconds=60), timedelta(minutes=1)
LIMITS = Limits(NOW, NOW + timedelta(minutes=5), LONGEST_WAIT, LONGEST_HOLD, LEASE)


def is_due(tx: Tx, letter: Letter) -> bool:
    return letter.id in [one.id for one in letters.due(tx, NOW, 9)]


def leased_in_the_future(tx: Tx) -> Letter:
    leased = outbox.lease(tx, a_letter(tx, a_program(tx)), "courier", FAR, FAR + LEASE)
    assert leased is not None
    return leased


def test_what_waits_as_long_as_things_do_is_left_alone(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        a_member(tx, program, "U1")
        tried, held, leased = (a_letter(tx, program, number) for number in (1, 2, 3))
        assert outbox.postpone(tx, tried, NOW + timedelta(days=1))
        assert outbox.hold(tx, held, NOW + timedelta(days=7))
        assert outbox.lease(tx, leased, "courier", NOW, NOW + LEASE)
        before = [again(tx, one) for one in (tried, held, leased)]
        assert not ahead.is_anything(tx, LIMITS)
        assert ahead.bring_near(tx, LIMITS) == 0
        assert [again(tx, one) for one in (tried, held, leased)] == before


def test_a_retry_that_was_put_off_too_far_is_due(database: Database) -> None:
    with database.write() as tx:
        letter = leased_in_the_future(tx)
        assert outbox.put_back(tx, letter, FAR + MINUTE, "timeout")
        assert ahead.is_anything(tx, LIMITS)
        assert ahead.bring_near(tx, LIMITS) == 1
        assert is_due(tx, letter)
        assert again(tx, letter).first_attempt_at == NOW - LAST_ATTEMPT
        assert not ahead.is_anything(tx, LIMITS)


def test_what_was_held_too_far_is_looked_at_again(database: Database) -> None:
    with database.write() as tx:
        letter = a_letter(tx, a_program(tx))
        assert outbox.hold(tx, letter, FAR)
        assert ahead.bring_near(tx, LIMITS) == 1
        assert is_due(tx, letter)
        assert again(tx, letter).held_until is None


def test_a_lease_that_ends_too_late_ends_soon(database: Database) -> None:
    with database.write() as tx:
        letter = leased_in_the_future(tx)
        assert outbox.recover(tx, NOW + MINUTE * 2, MINUTE) == 0
        assert ahead.bring_near(tx, LIMITS) == 1
        assert outbox.recover(tx, NOW + MINUTE * 2, MINUTE) == 1
        assert again(tx, letter).state is RowState.UNSURE


def test_whoever_was_seen_in_the_future_is_looked_at_again(database: Database) -> None:
    with database.write() as tx:
        a_member(tx, a_program(tx), "U1")
        tx.execute(update(t.people).values(seen_at=FAR))
        assert (WORKSPACE, "U1") not in people.stale(tx, NOW, 9)
        assert ahead.bring_near(tx, LIMITS) == 1
        assert (WORKSPACE, "U1") in people.stale(tx, NOW, 9)
