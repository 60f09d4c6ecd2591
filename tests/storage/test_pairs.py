"""Cycles, pairs and check-ins, as they come back and as they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import CycleState, LeftOut, cycle_times
from mentoring.matching import Reason
from mentoring.messages import Kind, to_leads
from mentoring.pairings import PairState, ProposedPair
from storage import audit, checkins, cycles, figures, left_out, members, pairs, sides, upcoming
from storage.database import Database
from storage.outbox import outbox
from tests.storage.rows import (
    CALENDAR,
    NOW,
    SETTINGS,
    a_checkin,
    a_cycle,
    a_leased_letter,
    a_member,
    a_pair,
    a_program,
)

LATER = NOW + timedelta(hours=1)


def test_a_cycle_is_planned_once(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        cycle = a_cycle(tx, program)
        moved = replace(cycle.times, intro_at=LATER)
        assert cycles.open_once(tx, program.id, moved) == cycle
        assert cycles.get(tx, cycle.id) == cycles.numbered(tx, program.id, 1) == cycle
        assert cycles.numbered(tx, program.id, 2) is None
        assert (cycle.times, cycle.state, cycle.runs) == (cycle_times(CALENDAR, 1), CycleState.PLANNED, 0)


def test_cycles_come_in_order(database: Database) -> None:
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        third, first, second = (a_cycle(tx, program, number) for number in (3, 1, 2))
        elsewhere = a_cycle(tx, other, 2)
        cycles.move(tx, first, CycleState.CLOSED)
        closed = replace(first, state=CycleState.CLOSED)
        assert cycles.of_program(tx, program.id) == [closed, second, third]
        assert cycles.in_state(tx, CycleState.PLANNED) == [second, elsewhere, third]
        assert cycles.in_state(tx, CycleState.CLOSED, CycleState.RUNNING) == [closed]


def test_a_run_is_recorded_once(database: Database) -> None:
    one = LeftOut("U1", "mentee", "Nobody is free.", "More mentors would help.")
    with database.write() as tx:
        seen = a_cycle(tx, a_program(tx))
        assert cycles.matched(tx, seen, CycleState.PROPOSED, LATER, [one])
        assert not cycles.matched(tx, seen, CycleState.PROPOSED, LATER, ())
        now = replace(seen, state=CycleState.PROPOSED, runs=1, matched_at=LATER)
        assert (cycles.get(tx, seen.id), left_out.of_cycle(tx, seen.id)) == (now, [one])
        assert not cycles.matched(tx, replace(now, state=CycleState.RUNNING), CycleState.RUNNING, LATER, ())
        # The state is the same after a second run; only their number tells that another one came first.
        assert cycles.matched(tx, now, CycleState.PROPOSED, LATER, ())
        assert not cycles.matched(tx, now, CycleState.PROPOSED, LATER, [one])
        assert (cycles.get(tx, seen.id), left_out.of_cycle(tx, seen.id)) == (replace(now, runs=2), [])


def test_a_cycle_moves_only_from_what_was_seen(database: Database) -> None:
    with database.write() as tx:
        seen = a_cycle(tx, a_program(tx))
        assert cycles.move(tx, seen, CycleState.PROPOSED)
        assert not cycles.move(tx, seen, CycleState.CLOSED)
        assert cycles.get(tx, seen.id).state is CycleState.PROPOSED


def test_a_running_cycle_keeps_its_start(database: Database) -> None:
    slower = replace(CALENDAR, cycle_weeks=8, intro=replace(CALENDAR.intro, weekday=4))
    with database.write() as tx:
        program = a_program(tx)
        planned, running = a_cycle(tx, program, 1), a_cycle(tx, program, 2)
        cycles.move(tx, running, CycleState.PROPOSED)
        cycles.move(tx, cycles.get(tx, running.id), CycleState.RUNNING)
        running = cycles.get(tx, running.id)
        for cycle in (planned, running):
            cycles.reschedule(tx, cycle, cycle_times(slower, cycle.number))
        assert cycles.get(tx, planned.id).times == cycle_times(slower, 1)
        kept = replace(running.times, ends_at=cycle_times(slower, 2).ends_at)
        assert cycles.get(tx, running.id).times == kept


def test_only_a_run_that_is_to_come_is_postponed(database: Database) -> None:
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        cycles.postpone(tx, cycle, LATER)
        assert cycles.get(tx, cycle.id).times.proposal_at == LATER
        cycles.matched(tx, cycle, CycleState.PROPOSED, NOW, ())
        cycles.postpone(tx, cycle, NOW)
        assert cycles.get(tx, cycle.id).times.proposal_at == LATER


def test_pairs_get_numbers_in_order(database: Database) -> None:
    one = ProposedPair("U1", "U2", 70, ("Because.",), ("SQL", "AI tools"))
    two = ProposedPair("U3", "U4", 50, (), ())
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        numbers = pairs.propose(tx, cycle.program_id, cycle.id, [one, two])
        first, second = (pairs.of_id(tx, number) for number in numbers)
        assert numbers == sorted(numbers)
        assert (first.people, first.score, first.reasons, first.topics) == (("U1", "U2"), 70, *astuple(one))
        assert (second.people, second.state) == (("U3", "U4"), PairState.PROPOSED)
        assert pairs.propose(tx, cycle.program_id, cycle.id, []) == []
        assert pairs.get(tx, cycle.program_id, first.id) == first
        assert pairs.get(tx, cycle.program_id + 1, first.id) is None


def astuple(proposed: ProposedPair) -> tuple[tuple[Reason | str, ...], tuple[str, ...]]:
    return proposed.reasons, proposed.topics


def test_the_same_two_are_one_pair_in_a_cycle(database: Database) -> None:
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        a_pair(tx, cycle, "U1", "U2")
        with pytest.raises(IntegrityError), tx.begin_nested():
            a_pair(tx, cycle, "U1", "U2")
        with pytest.raises(IntegrityError), tx.begin_nested():
            a_pair(tx, cycle, "U3", "U3")


def test_a_pair_that_was_withdrawn_is_proposed_again_under_its_number(database: Database) -> None:
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        before = a_pair(tx, cycle, "U1", "U2", PairState.APPROVED)
        assert pairs.move(tx, before, PairState.WITHDRAWN, note="Paused.", decided_by="ULEAD", decided_at=NOW)
        again = ProposedPair("U1", "U2", 70, ("Because.",), ("SQL",))
        new = ProposedPair("U3", "U4", 50, (), ())
        numbers = pairs.propose(tx, cycle.program_id, cycle.id, [again, new])
        found = pairs.of_id(tx, before.id)
        assert numbers[0] == before.id != numbers[1]
        assert (found.state, found.score, found.reasons, found.topics) == (
            PairState.PROPOSED,
            70,
            *astuple(again),
        )
        assert (found.note, found.decided_by, found.decided_at) == ("", None, None)


def test_pairs_are_found_by_cycle_person_and_state(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        old, new = a_cycle(tx, program, 1), a_cycle(tx, program, 2)
        met = a_pair(tx, old, "U1", "U2", PairState.FINISHED)
        live = a_pair(tx, new, "U3", "U1", PairState.INTRODUCED)
        open_ = a_pair(tx, new, "U2", "U4")
        assert pairs.of_cycle(tx, new.id) == [live, open_]
        assert pairs.of_cycle(tx, new.id, PairState.PROPOSED, PairState.DECLINED) == [open_]
        assert pairs.of_person(tx, program.id, "U1", *PairState) == [met, live]
        assert pairs.of_person(tx, program.id, "U1", PairState.INTRODUCED) == [live]
        assert pairs.of_person(tx, program.id + 1, "U1", *PairState) == []
        assert pairs.in_state(tx, program.id, PairState.PROPOSED) == [open_]
        assert pairs.counts(tx, new.id) == {PairState.INTRODUCED: 1, PairState.PROPOSED: 1}
        assert sorted(pairs.met_before(tx, program.id)) == [("U1", "U2", 1), ("U3", "U1", 2)]
        of_both = pairs.numbered_of(tx, program.id, ["U2", "U3"])
        assert of_both == [(met, 1), (live, 2), (open_, 2)]


def test_pairs_without_a_card_are_noticed(database: Database) -> None:
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        one, two = (a_pair(tx, cycle, "U1", mentee) for mentee in ("U2", "U3"))
        outbox.put(tx, cycle.program_id, to_leads(Kind.CARD, one.id), NOW)
        assert pairs.wait_without_card(tx, cycle.id)
        pairs.move(tx, two, PairState.DECLINED)
        assert not pairs.wait_without_card(tx, cycle.id)


def test_a_pair_moves_only_from_what_was_seen(database: Database) -> None:
    with database.write() as tx:
        seen = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2")
        decided = {"decided_by": "ULEAD", "decided_at": LATER, "note": "fine"}
        assert pairs.move(tx, seen, PairState.APPROVED, **decided)
        assert not pairs.move(tx, seen, PairState.DECLINED, decided_by="UOTHER")
        now = replace(seen, state=PairState.APPROVED, decided_by="ULEAD", decided_at=LATER, note="fine")
        assert pairs.of_id(tx, seen.id) == now


def test_an_introduction_is_delivered_once(database: Database) -> None:
    with database.write() as tx:
        pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2", PairState.INTRODUCED)
        assert pairs.was_introduced(tx, pair.id, NOW, "G1")
        assert not pairs.was_introduced(tx, pair.id, LATER, "G2")
        assert pairs.of_id(tx, pair.id) == replace(pair, introduced_at=NOW, channel="G1")


def test_checkins_fall_due_for_each_side(database: Database) -> None:
    with database.write() as tx:
        pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2", PairState.INTRODUCED)
        sides.plan_checkin(tx, pair.id, "U1", LATER)
        sides.plan_checkin(tx, pair.id, "U2", NOW)
        assert sides.checkins_due(tx, NOW, 9) == [(pair.id, "U2", NOW)]
        assert sides.checkins_due(tx, LATER, 9) == [(pair.id, "U2", NOW), (pair.id, "U1", LATER)]
        assert sides.checkins_due(tx, LATER, 1) == [(pair.id, "U2", NOW)]
        sides.plan_checkin(tx, pair.id, "U2", None)
        assert sides.checkins_due(tx, LATER, 9) == [(pair.id, "U1", LATER)]


def test_a_checkin_is_advanced_only_from_where_it_was_due(database: Database) -> None:
    with database.write() as tx:
        pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2", PairState.INTRODUCED)
        sides.plan_checkin(tx, pair.id, "U1", NOW)
        assert sides.advance_checkin(tx, pair.id, "U1", NOW, LATER)
        assert not sides.advance_checkin(tx, pair.id, "U1", NOW, LATER + timedelta(days=7))
        assert sides.checkins_due(tx, LATER, 9) == [(pair.id, "U1", LATER)]


def test_a_week_has_one_checkin_for_each_side(database: Database) -> None:
    with database.write() as tx:
        pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2", PairState.INTRODUCED)
        assert checkins.open_once(tx, pair.id, "U1", "2026-W11", CheckInState.ASKED)
        assert not checkins.open_once(tx, pair.id, "U1", "2026-W11", CheckInState.SKIPPED)
        assert checkins.open_once(tx, pair.id, "U2", "2026-W11", CheckInState.ASKED)
        earlier = a_checkin(tx, pair, "U1", "2026-W10")
        found = checkins.of_week(tx, pair.id, "U1", "2026-W11")
        assert found is not None
        assert found.state is CheckInState.ASKED
        assert checkins.get(tx, found.id) == found
        assert checkins.get(tx, 99) is None
        assert checkins.of_week(tx, pair.id, "U1", "2026-W12") is None
        assert checkins.of_side(tx, pair.id, "U1") == [earlier, found]


def test_a_persons_checkins_come_newest_first(database: Database) -> None:
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        one = a_pair(tx, a_cycle(tx, program), "U1", "U2")
        two = a_pair(tx, a_cycle(tx, program), "U3", "U1")
        elsewhere = a_pair(tx, a_cycle(tx, other), "U1", "U2")
        given = [(one, "2026-W53"), (two, "2027-W01"), (two, "2026-W09"), (elsewhere, "2026-W10")]
        last_of_year, new_year, spring, _ = (a_checkin(tx, pair, "U1", week) for pair, week in given)
        assert checkins.of_person(tx, program.id, "U1") == [new_year, last_of_year, spring]
        assert checkins.of_person(tx, program.id, "U1", limit=1) == [new_year]


def test_a_question_is_delivered_once(database: Database) -> None:
    with database.write() as tx:
        checkin = a_checkin(tx, a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2"), "U1")
        assert checkins.was_asked(tx, checkin.id, NOW, LATER)
        assert not checkins.was_asked(tx, checkin.id, LATER, LATER)
        asked = replace(checkin, asked_at=NOW, reask_at=LATER)
        assert checkins.get(tx, checkin.id) == asked
        assert checkins.reasks_due(tx, NOW, 9) == []
        assert checkins.reasks_due(tx, LATER, 9) == [asked]
        checkins.move(tx, asked, CheckInState.REASKED)
        assert checkins.reasks_due(tx, LATER, 9) == []


def test_an_answer_goes_to_the_state_that_was_seen(database: Database) -> None:
    with database.write() as tx:
        seen = a_checkin(tx, a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2"), "U1")
        assert checkins.answer(tx, seen, Answer.NOT_YET, LATER)
        assert not checkins.answer(tx, seen, Answer.MET, LATER)
        assert not checkins.move(tx, seen, CheckInState.SILENT)
        answered = replace(seen, state=CheckInState.ANSWERED, answer=Answer.NOT_YET, answered_at=LATER)
        assert checkins.get(tx, seen.id) == answered
        assert checkins.answer(tx, answered, Answer.MET, LATER)


@pytest.mark.parametrize(("before", "silent"), [("2026-W12", [1, 2]), (None, [1, 2, 3])])
def test_open_questions_fall_silent(database: Database, before: str | None, silent: list[int]) -> None:
    states = [CheckInState.ANSWERED, CheckInState.ASKED, CheckInState.REASKED, CheckInState.ASKED]
    with database.write() as tx:
        pair = a_pair(tx, a_cycle(tx, a_program(tx)), "U1", "U2")
        for week, state in enumerate(states, 9):
            a_checkin(tx, pair, "U1", f"2026-W{week:02d}", state)
        other = a_checkin(tx, pair, "U2", "2026-W09")
        checkins.fall_silent(tx, pair.id, "U1", before_week=before)
        found = checkins.of_side(tx, pair.id, "U1")
        assert [at for at, one in enumerate(found) if one.state is CheckInState.SILENT] == silent
        assert checkins.get(tx, other.id) == other


def test_the_next_moment_of_each_kind(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        assert upcoming.moments(tx, NOW) == []
        cycle = a_cycle(tx, program)
        times = cycle.times
        assert sorted(upcoming.moments(tx, NOW)) == [times.proposal_at, times.intro_at, times.ends_at]
        assert upcoming.moments(tx, times.intro_at) == [times.ends_at]
        pair = a_pair(tx, cycle, "U1", "U2")
        sides.plan_checkin(tx, pair.id, "U1", LATER)
        checkins.was_asked(tx, a_checkin(tx, pair, "U1").id, NOW, LATER + timedelta(minutes=1))
        outbox.put_back(tx, a_leased_letter(tx, program), LATER + timedelta(minutes=2), "")
        near = [LATER, LATER + timedelta(minutes=1), LATER + timedelta(minutes=2)]
        assert sorted(upcoming.moments(tx, times.intro_at))[:3] == near
        cycles.move(tx, cycle, CycleState.CLOSED)
        assert sorted(upcoming.moments(tx, NOW)) == near


def test_figures_count_over_a_whole_life(database: Database) -> None:
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        for person in ("U1", "U2"):
            a_member(tx, program, person)
        gone = members.get(tx, program.id, "U2")
        assert gone is not None
        assert members.count(tx, program.id) == 2
        cycle = a_cycle(tx, program)
        pair = a_pair(tx, cycle, "U1", "U2", PairState.INTRODUCED)
        a_pair(tx, cycle, "U2", "U1", PairState.DECLINED)
        a_pair(tx, a_cycle(tx, other), "U1", "U2")
        audit.note(tx, program.id, NOW, "ULEAD", "approved", pair.id)
        audit.note(tx, program.id, NOW, "ULEAD", "declined", 2)
        asked, early = a_checkin(tx, pair, "U1"), a_checkin(tx, pair, "U2")
        checkins.was_asked(tx, asked.id, NOW, LATER)
        current = checkins.get(tx, asked.id)
        assert current is not None
        for one in (current, early):
            checkins.answer(tx, one, Answer.MET, NOW)
        assert figures.ever_enrolled(tx, program.id) == 2
        assert figures.pairs_by_state(tx, program.id) == {PairState.INTRODUCED: 1, PairState.DECLINED: 1}
        assert figures.approvals(tx, program.id) == 1
        assert figures.checkins(tx, program.id) == (1, 1)
        assert figures.reasks(tx, program.id) == 0
        assert SETTINGS.rules == program.rules
