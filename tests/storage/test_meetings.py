"""The meetings of many pairs in one question, also where several talk in one conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import event

from mentoring.checkins import Answer
from mentoring.cycles import CycleState, cycle_times
from mentoring.pairings import Pair, PairState
from mentoring.plans import Plan, Rhythm
from mentoring.progress import Progress
from storage import checkins, cycles, groups, meetings, pairs
from storage.database import Database, Tx
from storage.groups import Seat
from tests.storage.rows import CALENDAR, NOW, a_checkin, a_cycle, a_pair, a_program

SIX = replace(CALENDAR, plan=Plan(6, Rhythm.EVERY_TWO_WEEKS), cycle_weeks=12)


def says(tx: Tx, pair: Pair, person_id: str, week: str, given: Answer = Answer.MET, day: int = 1) -> None:
    assert checkins.answer(tx, a_checkin(tx, pair, person_id, week), given, NOW + timedelta(days=day))


def test_a_week_in_which_either_said_that_they_met_is_a_meeting(database: Database) -> None:
    with database.write() as tx:
        cycle = a_cycle(tx, replace(a_program(tx), calendar=SIX))
        ours, other, silent = (a_pair(tx, cycle, f"UA{n}", f"UB{n}") for n in range(3))
        says(tx, ours, "UA0", "2026-W11")
        says(tx, ours, "UB0", "2026-W11")
        says(tx, ours, "UB0", "2026-W12")
        says(tx, ours, "UA0", "2026-W12", Answer.PLANNED)
        says(tx, ours, "UA0", "2026-W13", Answer.NOT_YET)
        says(tx, other, "UB1", "2026-W11", Answer.HELP)
        assert meetings.progress(tx, [ours.id, other.id, silent.id, 999]) == {
            ours.id: Progress(2, 6),
            other.id: Progress(0, 6),
            silent.id: Progress(0, 6),
        }
        assert meetings.of_pair(tx, ours.id).words == "2 of 6"


def test_a_cycle_in_weeks_has_no_number_to_reach(database: Database) -> None:
    with database.write() as tx:
        pair = a_pair(tx, a_cycle(tx, a_program(tx)), "UA", "UB")
        says(tx, pair, "UA", "2026-W11")
        assert meetings.of_pair(tx, pair.id) == Progress(1, None)


def test_those_in_one_conversation_meet_together_from_when_they_are_in_it(database: Database) -> None:
    with database.write() as tx:
        cycle = a_cycle(tx, replace(a_program(tx), calendar=SIX))
        first, second = (
            a_pair(tx, cycle, mentor, "USENIOR", PairState.INTRODUCED) for mentor in ("UA", "UB")
        )
        pairs.was_introduced(tx, first.id, NOW, "G1")
        says(tx, first, "USENIOR", "2026-W11")
        groups.bring(tx, second, [Seat(first, True), Seat(second, False)])
        pairs.was_introduced(tx, second.id, NOW + timedelta(days=3), "G2")
        says(tx, pairs.of_id(tx, first.id), "USENIOR", "2026-W12", day=5)
        says(tx, second, "UB", "2026-W13", day=6)
        found = meetings.progress(tx, [first.id, second.id])
        assert (found[first.id].held, found[second.id].held) == (3, 2)
        groups.leave(tx, second)
        assert meetings.of_pair(tx, second.id).held == 1


def test_hundreds_of_pairs_take_a_few_statements(database: Database) -> None:
    with database.write() as tx:
        cycle = a_cycle(tx, a_program(tx))
        many = [a_pair(tx, cycle, "UA", f"UB{n}").id for n in range(30)]
        seen: list[str] = []
        event.listen(tx, "before_cursor_execute", lambda *said: seen.append(said[2]))
        assert len(meetings.progress(tx, [*many, *range(10_000, 10_900)])) == 30
        assert len(seen) == 4


def test_a_cycle_that_runs_keeps_the_plan_it_began_with(database: Database) -> None:
    with database.write() as tx:
        program = replace(a_program(tx), calendar=SIX)
        running, coming = a_cycle(tx, program, 1), a_cycle(tx, program, 2)
        for state in (CycleState.PROPOSED, CycleState.RUNNING):
            cycles.move(tx, cycles.get(tx, running.id), state)
        monthly = replace(SIX, plan=Plan(4, Rhythm.MONTHLY))
        for one in (running, coming):
            cycles.reschedule(tx, cycles.get(tx, one.id), cycle_times(monthly, one.number))
        assert cycles.get(tx, running.id).times.plan == SIX.plan
        assert cycles.get(tx, coming.id).times.plan == monthly.plan
