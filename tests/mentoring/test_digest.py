"""Where a program is in its cycles, and when its digest is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from mentoring.cadence import Weekly
from mentoring.cycles import Cycle, CycleState, cycle_times
from mentoring.digest import Figure, Figures, Phase, next_after, phase, this_week
from mentoring.programs import Calendar

PLAN = Calendar("Europe/Lisbon", 4, date(2026, 3, 9), Weekly(1, 600), Weekly(3, 600), proposal_days=4)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST = (date(2026, 3, 6), date(2026, 3, 10))
SECOND = (date(2026, 4, 3), date(2026, 4, 7))


def cycle(number: int, state: CycleState) -> Cycle:
    return Cycle(number, 1, cycle_times(PLAN, number), state)


def test_before_the_first_cycle_both_dates_are_told() -> None:
    assert phase(PLAN, [], NOW) == Phase(0, None, 1, False, *FIRST)
    assert phase(PLAN, [cycle(1, CycleState.PLANNED)], NOW) == Phase(0, None, 1, False, *FIRST)


def test_proposed_pairs_wait_for_their_day() -> None:
    assert phase(PLAN, [cycle(1, CycleState.PROPOSED)], NOW) == Phase(0, None, 1, True, *FIRST)


def test_while_one_runs_the_next_is_told_as_well() -> None:
    running, ends_on = cycle(1, CycleState.RUNNING), SECOND[1]
    later = datetime(2026, 3, 20, tzinfo=UTC)
    assert phase(PLAN, [running], later) == Phase(1, ends_on, 2, False, *SECOND)
    both = [running, cycle(2, CycleState.PROPOSED)]
    assert phase(PLAN, both, later) == Phase(1, ends_on, 2, True, *SECOND)


def test_after_a_cycle_the_next_one_is_told_and_not_that_again() -> None:
    after = phase(PLAN, [cycle(1, CycleState.CLOSED)], datetime(2026, 3, 20, tzinfo=UTC))
    assert after == Phase(0, None, 2, False, *SECOND)


def test_a_digest_is_told_on_the_morning_of_the_first_working_day() -> None:
    assert this_week(PLAN, NOW).at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert this_week(PLAN, NOW).week == "2026-W10"
    late = replace(PLAN, working_days=(2, 3, 4))
    assert this_week(late, NOW).at == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert next_after(PLAN, NOW) == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def test_every_figure_has_its_number() -> None:
    assert {figure: Figures().of(figure) for figure in Figure} == dict.fromkeys(Figure, 0)
