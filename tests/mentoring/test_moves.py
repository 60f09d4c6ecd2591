"""The tables of moves: complete, reachable from the start, and with an end."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from mentoring.checkins import ANSWERABLE, CHECKIN_MOVES, OPEN, CheckInState
from mentoring.cycles import CYCLE_MOVES, CycleState
from mentoring.messages import LEADS_CHANNEL, Kind, to_leads, to_pair, to_person
from mentoring.pairings import MET, PAIR_MOVES, PENDING, STANDING, Pair, PairState

TABLES: list[tuple[Mapping[Any, frozenset[Any]], type[StrEnum], StrEnum, set[StrEnum]]] = [
    (
        PAIR_MOVES,
        PairState,
        PairState.PROPOSED,
        {PairState.FINISHED},
    ),
    (CYCLE_MOVES, CycleState, CycleState.PLANNED, {CycleState.CLOSED}),
    # After a planned meeting, the question of an answered week may be asked anew.
    (CHECKIN_MOVES, CheckInState, CheckInState.SKIPPED, set()),
]


@pytest.mark.parametrize(("table", "states", "start", "ends"), TABLES)
def test_a_table_leads_from_the_start_to_every_state(
    table: Mapping[Any, frozenset[Any]], states: type[StrEnum], start: StrEnum, ends: set[StrEnum]
) -> None:
    assert set(table) == set(states)
    reached: set[Any] = {start}
    while grown := {to for state in reached for to in table[state]} - reached:
        reached |= grown
    assert reached == set(states)
    assert {state for state in states if table[state] <= {state}} == ends


def test_a_pair_is_introduced_only_after_a_lead_approved_it() -> None:
    def before(to: PairState) -> list[PairState]:
        return [state for state in PairState if to in PAIR_MOVES[state]]

    assert before(PairState.APPROVED) == [PairState.PROPOSED]
    # A pair that was cut off goes on with the approval that it had.
    assert before(PairState.INTRODUCED) == [PairState.APPROVED, PairState.ENDED]
    assert before(PairState.ENDED) == [PairState.INTRODUCED]


def test_the_groups_of_states_follow_from_the_moves() -> None:
    # A pair whose introduction Slack refuses is withdrawn as well, though it waits for nothing.
    withdrawn_from = {state for state in PairState if PairState.WITHDRAWN in PAIR_MOVES[state]}
    assert set(PENDING) == withdrawn_from - {PairState.INTRODUCED}
    # From every other state a pair only comes back, if it goes anywhere.
    back = {PairState.PROPOSED, PairState.INTRODUCED}
    assert set(STANDING) == {state for state in PairState if PAIR_MOVES[state] - back}
    assert set(MET) == {PairState.INTRODUCED} | PAIR_MOVES[PairState.INTRODUCED] - {PairState.WITHDRAWN}
    assert set(OPEN) == {state for state in CheckInState if CheckInState.SILENT in CHECKIN_MOVES[state]}
    answerable = {state for state in CheckInState if CheckInState.ANSWERED in CHECKIN_MOVES[state]}
    assert set(ANSWERABLE) == answerable


def test_a_pair_knows_its_two_people() -> None:
    pair = Pair(1, 1, 1, "U1", "U2", PairState.PROPOSED, 10)
    assert (pair.people, pair.partner_of("U1"), pair.partner_of("U2")) == (("U1", "U2"), "U2", "U1")


def test_a_notice_has_one_key_for_each_subject_and_place() -> None:
    notices = [
        to_person(Kind.CHECKIN, 1, "U1"),
        to_person(Kind.CHECKIN, 1, "U2"),
        to_person(Kind.CHECKIN, 2, "U1"),
        to_person(Kind.REASK, 1, "U1"),
        to_pair(Kind.INTRO, 1),
        to_leads(Kind.CARD, 1),
    ]
    assert len({notice.key for notice in notices}) == len(notices)
    assert [notice.recipient for notice in notices[-3:]] == ["person:U1", "pair:1", LEADS_CHANNEL]
