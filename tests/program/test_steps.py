"""Many pairs are introduced and ended a few at a time, so that others can save something in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest

from mentoring.cycles import CycleState
from mentoring.for_leads import IntroTime
from mentoring.messages import Kind
from mentoring.pairings import PairState
from program import cycles, introductions
from storage import cycles as stored_cycles
from tests.program.office import INTRO, LEAD, PROPOSAL, WEEK, Office

COUPLES = 5


@pytest.fixture(autouse=True)
def two_at_once() -> Iterator[None]:
    with patch.object(introductions, "AT_ONCE", 2), patch.object(cycles, "AT_ONCE", 2):
        yield


class PowerCutError(Exception):
    """What stops a bot in the middle of its work."""


def all_approved(office: Office) -> None:
    office.sets_up()
    for number in range(COUPLES):
        office.couple(number)
    office.joins("UALONE")
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.delivers()


def cut() -> None:
    """Wake nobody: the power goes right after a commit."""
    raise PowerCutError


def stage(office: Office) -> CycleState:
    return office.cycles[0].state


def without_partner(office: Office) -> list[str]:
    return [one.recipient for one in office.kinds(Kind.NO_PARTNER)]


def states(office: Office) -> Counter[PairState]:
    return Counter(pair.state for pair in office.pairs)


def test_the_calendar_introduces_all_and_tells_leads_once(office: Office) -> None:
    all_approved(office)
    office.at(INTRO)
    assert states(office) == {PairState.INTRODUCED: COUPLES}
    assert len(office.kinds(Kind.INTRO)) == COUPLES
    (told,) = office.kinds(Kind.INTRO_TIME)
    assert told.content == IntroTime(
        "Upside Down", 1, introduced=COUPLES, on_their_way=0, waiting=0, withdrawn=0
    )
    assert without_partner(office) == ["person:UALONE"]


def test_a_lead_introduces_all(office: Office) -> None:
    all_approved(office)
    assert introductions.introduce_now(office.ctx, office.workspace, LEAD) == COUPLES
    assert states(office) == {PairState.INTRODUCED: COUPLES}


def test_what_a_crash_left_is_introduced_later_and_nobody_is_told_twice(office: Office) -> None:
    all_approved(office)
    office.clock.time = INTRO
    with pytest.raises(PowerCutError):
        introductions.start_due(replace(office.ctx, wake=cut))
    assert states(office) == {PairState.INTRODUCED: 2, PairState.APPROVED: 3}
    assert stage(office) is CycleState.PROPOSED
    office.at(INTRO)
    assert states(office) == {PairState.INTRODUCED: COUPLES}
    assert stage(office) is CycleState.RUNNING
    assert len(office.kinds(Kind.INTRO)) == COUPLES
    assert without_partner(office) == ["person:UALONE"]


def test_introductions_that_are_put_off_in_the_middle_wait(office: Office) -> None:
    all_approved(office)
    office.clock.time = INTRO

    def put_off() -> None:
        (cycle,) = office.cycles
        with office.ctx.database.write() as tx:
            stored_cycles.reschedule(tx, cycle, replace(cycle.times, intro_at=INTRO + WEEK))

    in_between = replace(office.ctx, wake=put_off)
    assert introductions.start_due(in_between) == 0
    assert states(office) == {PairState.INTRODUCED: 2, PairState.APPROVED: 3}
    assert stage(office) is CycleState.PROPOSED


def test_what_a_crash_left_is_ended_later_and_nobody_is_thanked_twice(office: Office) -> None:
    all_approved(office)
    office.at(INTRO)
    office.clock.time = office.times().ends_at
    with pytest.raises(PowerCutError):
        cycles.close_due(replace(office.ctx, wake=cut))
    assert states(office) == {PairState.FINISHED: 2, PairState.INTRODUCED: 3}
    assert stage(office) is CycleState.RUNNING
    office.at(office.times().ends_at)
    assert states(office) == {PairState.FINISHED: COUPLES}
    assert stage(office) is CycleState.CLOSED
    assert len(office.kinds(Kind.THANKS)) == COUPLES
