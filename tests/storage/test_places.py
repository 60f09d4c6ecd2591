"""Where messages stand: recorded once, whatever their row is about to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentoring.messages import Kind
from storage.database import Database, Tx
from storage.outbox import facts, letters, outbox, places
from storage.outbox.letters import Letter
from storage.states import RowState, Settled
from tests.storage.rows import NOW, a_leased_letter, a_letter, a_program, again

MINUTE = timedelta(minutes=1)
SOON, LATER = NOW + MINUTE, NOW + 10 * MINUTE


def sent(tx: Tx) -> Letter:
    letter = a_leased_letter(tx, a_program(tx), 7)
    assert outbox.shown(tx, letter, "D1", "1.1", SOON, "digest")
    facts.remember(tx, letter.id, {facts.pair(7)})
    return again(tx, letter)


def unknown(tx: Tx) -> Letter:
    letter = a_leased_letter(tx, a_program(tx), 7)
    assert outbox.close(tx, letter, RowState.UNKNOWN, "nobody knows")
    return again(tx, letter)


def test_a_place_is_recorded_once(database: Database) -> None:
    with database.write() as tx:
        letter = unknown(tx)
        assert places.stands(tx, letter, "C1", "1.1", SOON)
        assert not places.stands(tx, letter, "C1", "2.2", SOON)
        known = again(tx, letter)
        assert (known.state, known.channel, known.ts, known.sent_at) == (RowState.READY, "C1", "1.1", SOON)
        assert known.settled is Settled.ARRIVED
        assert known.wanted == letter.wanted + 1
        assert known.digest == ""


@pytest.mark.parametrize("state", [RowState.READY, RowState.SENDING])
def test_whoever_was_about_to_post_it_or_let_it_go_finds_another_row(
    database: Database, state: RowState
) -> None:
    with database.write() as tx:
        letter = a_leased_letter(tx, a_program(tx), 7)
        if state is RowState.READY:
            outbox.put_back(tx, letter, NOW, "again")
        seen = again(tx, letter)
        assert places.stands(tx, seen, "C1", "1.1", SOON)
        assert outbox.lease(tx, seen, "another", SOON, LATER) is None
        assert not outbox.close(tx, seen, RowState.MOOT, "nothing left to say")
        assert not outbox.shown(tx, letter, "C1", "2.2", SOON, "")
        assert again(tx, letter).settled is None, "nobody was asked about it"


@pytest.mark.parametrize("other_at_work", [False, True])
def test_what_was_updated_late_is_updated_again(database: Database, other_at_work: bool) -> None:
    with database.write() as tx:
        letter = sent(tx)
        facts.changed(tx, facts.pair(7))
        seen = again(tx, letter)
        other = outbox.lease(tx, seen, "another", SOON, LATER) if other_at_work else None
        places.shows_something_older(tx, seen)
        assert other is None or not outbox.shown(tx, other, "C1", "1.1", SOON, "what the other shows")
        now = again(tx, letter)
        assert (now.state, now.digest) == (RowState.READY, "")
        assert now.wanted > now.shown


def test_what_was_let_go_is_not_taken_up_by_a_late_update(database: Database) -> None:
    with database.write() as tx:
        letter = sent(tx)
        outbox.close(tx, letter, RowState.MOOT, "message_not_found")
        places.shows_something_older(tx, letter)
        assert again(tx, letter).state is RowState.MOOT


@pytest.mark.parametrize("asked", [False, True])
def test_what_has_nothing_left_to_say_ends(database: Database, asked: bool) -> None:
    with database.write() as tx:
        letter = unknown(tx) if asked else a_leased_letter(tx, a_program(tx), 7)
        places.away(tx, letter)
        gone = again(tx, letter)
        assert (gone.state, gone.ts) == (RowState.MOOT, None)
        assert gone.settled is (Settled.TAKEN_AWAY if asked else None)


def test_a_copy_is_taken_away_when_its_time_has_come(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for _ in range(2):
            places.take_away(tx, program.id, "C1", "1.1", NOW)
        (copy,) = places.to_take_away(tx, NOW, 9)
        places.try_again(tx, copy, LATER)
        assert places.to_take_away(tx, NOW, 9) == []
        (later,) = places.to_take_away(tx, LATER, 9)
        assert later.attempts == 1
        places.taken_away(tx, later)
        assert places.to_take_away(tx, LATER + MINUTE, 9) == []


def test_a_letter_is_known_by_its_name_however_often_it_is_sent(database: Database) -> None:
    with database.write() as tx:
        letter = unknown(tx)
        other = a_letter(tx, a_program(tx, "T2"), 8)
        outbox.reopen(tx, letter, LATER)
        found = letters.named(tx, letter.name)
        assert found is not None
        assert found.id == letter.id
        assert letters.named(tx, other.name) == again(tx, other)
        for name in ("", "0", letter.name[:-1], letter.token, "g" * letters.NAME):
            assert letters.named(tx, name) is None


def test_the_letters_of_some_kinds_to_somebody(database: Database) -> None:
    with database.write() as tx:
        letter = unknown(tx)
        found = letters.of_kinds(tx, letter.program_id, [letter.notice.kind], letter.notice.to)
        assert found == [again(tx, letter)]
        assert letters.of_kinds(tx, letter.program_id, [Kind.THANKS], letter.notice.to) == []
        assert letters.of_kinds(tx, 987, [letter.notice.kind], letter.notice.to) == []
