"""Rows to begin with, each with sensible values wherever a test does not care."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.cadence import Weekly
from mentoring.checkins import CheckIn, CheckInState
from mentoring.cycles import Cycle, cycle_times
from mentoring.messages import Kind, to_person
from mentoring.pairings import Pair, PairState, ProposedPair
from mentoring.people import Member, Person, Profile, Role, Standing
from mentoring.programs import Calendar, CheckedProgram, Program, RuleSettings
from storage import checkins, cycles, members, pairs, people, programs
from storage.database import Tx
from storage.outbox import letters, outbox
from storage.outbox.letters import Letter

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORKSPACE = "T1"
CALENDAR = Calendar(
    time_zone="Europe/Lisbon",
    cycle_weeks=4,
    first_start=date(2026, 3, 9),
    intro=Weekly(1, 600),
    checkin=Weekly(3, 600),
)
SETTINGS = CheckedProgram(
    name="Upside Down",
    leads=("ULEAD", "UOTHER"),
    leads_channel="CLEADS",
    calendar=CALENDAR,
    rules=RuleSettings(max_gap=4, repeat_cycles=2),
)

_INTRODUCED = (PairState.APPROVED, PairState.INTRODUCED)
_WAYS = {
    PairState.PROPOSED: (),
    PairState.APPROVED: (PairState.APPROVED,),
    PairState.DECLINED: (PairState.DECLINED,),
    PairState.WITHDRAWN: (PairState.WITHDRAWN,),
    PairState.INTRODUCED: _INTRODUCED,
    PairState.ENDED: (*_INTRODUCED, PairState.ENDED),
    PairState.FINISHED: (*_INTRODUCED, PairState.FINISHED),
}
"""From the proposal to each state of a pair."""


def a_program(tx: Tx, workspace: str = WORKSPACE) -> Program:
    program = programs.create(tx, workspace, SETTINGS)
    assert program is not None
    return program


def a_member(tx: Tx, program: Program, person_id: str, **profile: Any) -> Member:
    person = Person(person_id, f"Name of {person_id}", time_zone="Europe/Lisbon")
    people.save(tx, program.workspace, person, NOW)
    answers = Profile(role=Role.BOTH, shares=("AI tools",), wants=("SQL",), level=2)
    member = Member(program.id, person, replace(answers, **profile), Standing.ACTIVE, NOW, NOW)
    members.save(tx, program.workspace, member)
    return member


def a_cycle(tx: Tx, program: Program, number: int = 1) -> Cycle:
    return cycles.open_once(tx, program.id, cycle_times(program.calendar, number))


def a_pair(tx: Tx, cycle: Cycle, mentor: str, mentee: str, state: PairState = PairState.PROPOSED) -> Pair:
    proposed = ProposedPair(mentor, mentee, 10, ("AI tools matches.",), ("AI tools",))
    (number,) = pairs.propose(tx, cycle.program_id, cycle.id, [proposed])
    pair = pairs.of_id(tx, number)
    return led_to(tx, pair, state)


def led_to(tx: Tx, pair: Pair, state: PairState, **changes: Any) -> Pair:
    """The pair, moved on its shortest way into a state."""
    for step in _WAYS[state]:
        assert pairs.move(tx, pairs.of_id(tx, pair.id), step, **changes)
    return pairs.of_id(tx, pair.id)


def a_checkin(
    tx: Tx, pair: Pair, person_id: str, week: str = "2026-W11", state: CheckInState = CheckInState.ASKED
) -> CheckIn:
    checkins.open_once(tx, pair.id, person_id, week, state)
    found = checkins.of_week(tx, pair.id, person_id, week)
    assert found is not None
    return found


def a_letter(tx: Tx, program: Program, subject: object = 1, person_id: str = "U1") -> Letter:
    notice = to_person(Kind.CHECKIN, subject, person_id)
    assert outbox.put(tx, program.id, notice, NOW)
    return letters.about(tx, program.id, Kind.CHECKIN, subject)[-1]


def a_leased_letter(tx: Tx, program: Program, subject: object = 1, person_id: str = "U1") -> Letter:
    letter = a_letter(tx, program, subject, person_id)
    leased = outbox.lease(tx, letter, "worker", NOW, NOW + timedelta(minutes=1))
    assert leased is not None
    return leased


def again(tx: Tx, letter: Letter) -> Letter:
    """The letter as it stands now."""
    found = letters.get(tx, letter.id)
    assert found is not None
    return found
