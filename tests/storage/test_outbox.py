"""The outbox: said once, leased to one, never lost, never behind the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from mentoring.messages import Kind, to_person
from storage import figures
from storage.database import Database, Tx
from storage.outbox import facts, letters, outbox
from storage.outbox.letters import Letter
from storage.states import RowState
from tests.storage.rows import NOW, a_leased_letter, a_letter, a_program, again

MINUTE = timedelta(minutes=1)
SOON, LATER = NOW + MINUTE, NOW + 10 * MINUTE
KOLKATA = timezone(timedelta(hours=5, minutes=30))


def sent(tx: Tx, letter: Letter, ts: str = "1.1") -> Letter:
    assert outbox.shown(tx, letter, "D1", ts, SOON, "digest")
    facts.remember(tx, letter.id, {facts.pair(int(letter.notice.subject)), "shown/everywhere"})
    return again(tx, letter)


def test_the_same_thing_is_said_once(database: Database) -> None:
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        notice = to_person(Kind.CHECKIN, 7, "U1")
        assert outbox.put(tx, program.id, notice, NOW)
        assert not outbox.put(tx, program.id, notice, SOON)
        assert outbox.put(tx, other.id, notice, NOW)
        assert outbox.put(tx, program.id, to_person(Kind.REASK, 7, "U1"), NOW)
        assert outbox.put(tx, program.id, to_person(Kind.CHECKIN, 7, "U2"), NOW)
        first, second = letters.about(tx, program.id, Kind.CHECKIN, 7)
        assert (first.notice, first.state, first.wanted, first.posted) == (notice, RowState.READY, 1, False)
        assert first.token != second.token


def test_several_things_are_said_once_each_and_in_order(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        notices = [to_person(Kind.NO_PARTNER, 1, f"U{number}") for number in range(4)]
        outbox.put(tx, program.id, notices[2], NOW)
        outbox.put_all(tx, program.id, notices, NOW)
        outbox.put_all(tx, program.id, [], NOW)
        queued = [letter.notice for letter in letters.due(tx, NOW, 9)]
        assert queued == [notices[2], notices[0], notices[1], notices[3]]


def test_all_messages_that_show_a_fact_are_made_anew(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        letters = [sent(tx, a_leased_letter(tx, program, subject)) for subject in range(5)]
        facts.changed(tx, facts.pair(0), facts.pair(1), facts.pair(3))
        assert [again(tx, letter).wanted for letter in letters] == [2, 2, 1, 2, 1]
        facts.changed(tx, "shown/everywhere")
        assert [again(tx, letter).wanted for letter in letters] == [3, 3, 2, 3, 2]
        facts.changed(tx)
        assert [again(tx, letter).wanted for letter in letters] == [3, 3, 2, 3, 2]


def test_what_is_due_comes_in_the_order_of_its_queue(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        one, two, three = (a_letter(tx, program, subject) for subject in (1, 2, 3))
        outbox.postpone(tx, one, LATER)
        assert letters.due(tx, NOW, 9) == [two, three]
        assert letters.due(tx, NOW, 1) == [two]
        assert [letter.id for letter in letters.due(tx, LATER, 9)] == [one.id, two.id, three.id]
        assert letters.next_due_at(tx) == NOW
        assert again(tx, one).attempts == 1


def test_nothing_is_due_when_nothing_waits(database: Database) -> None:
    with database.write() as tx:
        assert letters.next_due_at(tx) is None
        sent(tx, a_leased_letter(tx, a_program(tx)))
        assert letters.next_due_at(tx) is None
        assert letters.due(tx, LATER, 9) == []


def test_a_lease_goes_to_one(database: Database) -> None:
    with database.write() as tx:
        letter = a_letter(tx, a_program(tx))
        leased = outbox.lease(tx, letter, "worker", NOW, LATER)
        assert leased is not None
        assert (leased.state, leased.fence, leased.attempts) == (RowState.SENDING, 1, 1)
        assert leased.first_attempt_at == NOW
        assert outbox.lease(tx, letter, "another", NOW, LATER) is None
        assert letters.due(tx, LATER, 9) == []


def test_the_first_attempt_is_remembered(database: Database) -> None:
    with database.write() as tx:
        letter = a_leased_letter(tx, a_program(tx))
        outbox.put_back(tx, letter, SOON, "ratelimited", counts=False)
        waiting = again(tx, letter)
        assert (waiting.state, waiting.not_before, waiting.trouble) == (RowState.READY, SOON, "ratelimited")
        assert waiting.attempts == 0
        leased = outbox.lease(tx, waiting, "worker", SOON, LATER)
        assert leased is not None
        assert (leased.first_attempt_at, leased.fence) == (NOW, 2)
        outbox.put_back(tx, leased, LATER, "internal_error")
        assert again(tx, letter).attempts == 1


def test_a_delivery_is_recorded_with_its_place(database: Database) -> None:
    with database.write() as tx:
        letter = sent(tx, a_leased_letter(tx, a_program(tx)))
        assert (letter.state, letter.shown, letter.attempts) == (RowState.SENT, 1, 0)
        assert (letter.channel, letter.ts, letter.sent_at) == ("D1", "1.1", SOON)
        assert letters.at(tx, "D1", "1.1") == letter
        assert letters.at(tx, "D1", "1.2") is None
        assert letters.tally(tx) == {RowState.SENT: 1}


CLOSERS: dict[str, Callable[[Tx, Letter], bool]] = {
    "shown": lambda tx, letter: outbox.shown(tx, letter, "D1", "9.9", LATER, ""),
    "put_back": lambda tx, letter: outbox.put_back(tx, letter, LATER, "late"),
    "doubt": lambda tx, letter: outbox.doubt(tx, letter, LATER, "late"),
    "close": lambda tx, letter: outbox.close(tx, letter, RowState.FAILED, "late"),
    "postpone": lambda tx, letter: outbox.postpone(tx, letter, LATER),
}


@pytest.mark.parametrize("close", CLOSERS)
def test_a_worker_who_lost_the_lease_changes_nothing(database: Database, close: str) -> None:
    with database.write() as tx:
        stale = a_leased_letter(tx, a_program(tx))
        assert outbox.recover(tx, LATER, MINUTE) == 1
        taken = outbox.lease(tx, again(tx, stale), "another", LATER, LATER + MINUTE)
        assert taken is not None
        assert not CLOSERS[close](tx, stale)
        assert again(tx, stale) == taken


def test_a_doubtful_row_waits_to_be_looked_up(database: Database) -> None:
    with database.write() as tx:
        letter = a_leased_letter(tx, a_program(tx))
        assert outbox.doubt(tx, letter, LATER, "timeout")
        unsure = again(tx, letter)
        assert (unsure.state, unsure.trouble) == (RowState.UNSURE, "timeout")
        assert letters.due(tx, SOON, 9) == []
        assert letters.due(tx, LATER, 9) == [unsure]


def test_a_change_of_what_is_on_screen_makes_work(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        letter = sent(tx, a_leased_letter(tx, program, 7))
        facts.changed(tx, facts.pair(7))
        (waiting,) = letters.due(tx, SOON, 9)
        assert (waiting.id, waiting.state, waiting.wanted, waiting.posted) == (
            letter.id,
            RowState.READY,
            2,
            True,
        )


def test_after_an_update_a_message_may_rest(database: Database) -> None:
    with database.write() as tx:
        letter = a_leased_letter(tx, a_program(tx), 7)
        assert outbox.shown(tx, letter, "D1", "1.1", SOON, "digest", rests=MINUTE)
        facts.remember(tx, letter.id, {facts.pair(7)})
        facts.changed(tx, facts.pair(7))
        assert letters.due(tx, SOON, 9) == []
        assert [one.id for one in letters.due(tx, SOON + MINUTE, 9)] == [letter.id]


def test_what_shows_the_same_after_a_change_needs_no_call(database: Database) -> None:
    with database.write() as tx:
        letter = sent(tx, a_leased_letter(tx, a_program(tx), 7))
        facts.changed(tx, facts.pair(7))
        (waiting,) = letters.due(tx, SOON, 9)
        facts.changed(tx, facts.pair(7))
        assert not outbox.unchanged(tx, waiting), "something was changed once more"
        assert outbox.unchanged(tx, again(tx, letter))
        settled = again(tx, letter)
        assert (settled.state, settled.shown, settled.digest) == (RowState.SENT, 3, "digest")


@pytest.mark.parametrize("posted", [False, True])
def test_what_an_update_leaves_on_screen_is_unknown_until_it_is_done(
    database: Database, posted: bool
) -> None:
    with database.write() as tx:
        letter = a_letter(tx, a_program(tx), 7)
        if posted:
            leased = outbox.lease(tx, letter, "worker", SOON, LATER, "first")
            assert leased
            letter = sent(tx, leased)
            facts.changed(tx, facts.pair(7))
            letter = again(tx, letter)
        assert outbox.lease(tx, letter, "worker", SOON, LATER, "second")
        assert again(tx, letter).digest == ("" if posted else "second")


def test_what_is_not_on_screen_is_not_touched_by_a_change(database: Database) -> None:
    """It will be made from the present state when it goes out."""
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        letters = [a_letter(tx, program, 8), a_letter(tx, other, 7), a_leased_letter(tx, program, 9)]
        for letter in letters:
            facts.remember(tx, letter.id, {facts.pair(7)})
        before = [again(tx, letter) for letter in letters]
        facts.changed(tx, facts.pair(7))
        assert [again(tx, letter) for letter in letters] == before


@pytest.mark.parametrize("state", [RowState.MOOT, RowState.FAILED, RowState.UNKNOWN])
def test_what_has_ended_is_not_made_anew(database: Database, state: RowState) -> None:
    with database.write() as tx:
        letter = sent(tx, a_leased_letter(tx, a_program(tx), 7))
        outbox.close(tx, letter, state, "over")
        ended = again(tx, letter)
        facts.changed(tx, facts.pair(7))
        assert again(tx, letter) == ended


def test_a_change_during_an_update_is_not_lost(database: Database) -> None:
    with database.write() as tx:
        letter = sent(tx, a_leased_letter(tx, a_program(tx), 7))
        facts.changed(tx, facts.pair(7))
        leased = outbox.lease(tx, again(tx, letter), "worker", SOON, LATER)
        assert leased is not None
        facts.changed(tx, facts.pair(7))
        shown = sent(tx, leased)
        assert (shown.state, shown.wanted, shown.shown) == (RowState.READY, 3, 2)


def test_a_first_post_that_is_behind_is_made_anew(database: Database) -> None:
    with database.write() as tx:
        letter = sent(tx, a_leased_letter(tx, a_program(tx), 7))
        outbox.look_again(tx, letter)
        behind = again(tx, letter)
        assert (behind.state, behind.wanted, behind.shown) == (RowState.READY, 2, 1)


def test_recovery_takes_over_expired_leases_only(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        expired = a_leased_letter(tx, program, 1)
        held = a_letter(tx, program, 2)
        assert outbox.lease(tx, held, "worker", SOON, LATER + MINUTE)
        assert outbox.recover(tx, LATER, MINUTE) == 1
        taken = again(tx, expired)
        assert (taken.state, taken.not_before) == (RowState.UNSURE, LATER + MINUTE)
        assert again(tx, held).state is RowState.SENDING


def test_those_who_are_gone_are_taken_over_from_at_once(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        a_leased_letter(tx, program, 1)
        own = a_letter(tx, program, 2)
        outbox.lease(tx, own, "another bot", NOW, LATER)
        assert sorted(outbox.senders(tx)) == ["another bot", "worker"]
        assert outbox.recover(tx, NOW, MINUTE, ["worker"]) == 1
        assert letters.tally(tx) == {RowState.UNSURE: 1, RowState.SENDING: 1}


def test_an_update_that_was_cut_off_is_simply_made_again(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        letter = sent(tx, a_leased_letter(tx, program, 7))
        facts.changed(tx, facts.pair(7))
        assert outbox.lease(tx, again(tx, letter), "worker", SOON, SOON)
        assert outbox.recover(tx, LATER, MINUTE) == 1
        taken = again(tx, letter)
        assert (taken.state, taken.not_before) == (RowState.READY, LATER)


def unknown(tx: Tx) -> Letter:
    letter = a_leased_letter(tx, a_program(tx), 7)
    assert outbox.close(tx, letter, RowState.UNKNOWN, "nobody knows")
    return again(tx, letter)


def test_a_lead_has_it_sent_again(database: Database) -> None:
    with database.write() as tx:
        letter = unknown(tx)
        assert outbox.reopen(tx, letter, LATER)
        assert not outbox.reopen(tx, letter, LATER)
        assert not outbox.settle_unknown(tx, letter, LATER)
        (ready,) = letters.due(tx, LATER, 9)
        assert (ready.first_attempt_at, ready.attempts, ready.trouble) == (None, 0, "sent again")
        assert ready.token != letter.token
        assert ready.name == letter.name, "a press of a button of either copy tells whose it is"


def test_a_lead_saw_that_it_arrived(database: Database) -> None:
    with database.write() as tx:
        letter = unknown(tx)
        assert outbox.settle_unknown(tx, letter, LATER)
        assert not outbox.reopen(tx, letter, LATER)
        settled = again(tx, letter)
        assert (settled.state, settled.sent_at, settled.posted) == (RowState.SENT, LATER, False)


def test_what_arrived_at_an_unknown_place_is_never_sent_once_more(database: Database) -> None:
    with database.write() as tx:
        letter = unknown(tx)
        outbox.settle_unknown(tx, letter, LATER)
        facts.remember(tx, letter.id, {facts.pair(7)})
        facts.changed(tx, facts.pair(7))
        assert letters.due(tx, LATER + MINUTE, 9) == []


def test_a_clock_in_another_zone_tells_the_same_time(database: Database) -> None:
    now = NOW.astimezone(KOLKATA)
    with database.write() as tx:
        program = a_program(tx)
        one = a_letter(tx, program, 1)
        leased = outbox.lease(tx, one, "worker", now, now + MINUTE)
        assert leased is not None
        assert leased.first_attempt_at == NOW
        assert outbox.shown(tx, leased, "D1", "1.1", now, "", MINUTE)
        assert replace(again(tx, one)).not_before == SOON
        assert again(tx, one).sent_at == NOW
        two = a_leased_letter(tx, program, 2)
        assert outbox.recover(tx, LATER.astimezone(KOLKATA), MINUTE) == 1
        assert again(tx, two).not_before == LATER + MINUTE


def test_a_reask_counts_once_it_was_sent(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        outbox.put(tx, program.id, to_person(Kind.REASK, 1, "U1"), NOW)
        assert figures.reasks(tx, program.id) == 0
        (letter,) = letters.due(tx, NOW, 9)
        leased = outbox.lease(tx, letter, "worker", NOW, SOON)
        assert leased is not None
        sent(tx, leased)
        assert figures.reasks(tx, program.id) == 1
