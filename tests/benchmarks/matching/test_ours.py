"""Measuring our own matching: the stopwatch, the plain pass, a run, and solving again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.figures import middle_run
from benchmarks.matching import again, command, ours
from benchmarks.matching.organization import VARIANTS, organization
from benchmarks.matching.plain_pass import reference
from benchmarks.matching.stopwatch import Stopwatch
from benchmarks.memory import forget_peak, peak_mb
from mentoring.matching import Step, legal_pairs, solve
from tests.effort import usually

MB = 1 << 20


def test_the_stopwatch_adds_up_turns_and_keeps_the_largest_peak() -> None:
    peaks = iter((30.0, 90.0, 50.0))
    times = iter((0.0, 1.0, 1.0, 3.0, 3.0, 7.0))
    forgotten: list[bool] = []
    watch = Stopwatch(lambda: next(times), lambda: next(peaks), lambda: forgotten.append(True))
    for step in (Step.CHOOSE, Step.PROVE, Step.CHOOSE):
        watch(step)
    watch.stop()
    watch.stop()
    assert watch.seconds == {**dict.fromkeys(Step, 0.0), Step.CHOOSE: 5.0, Step.PROVE: 2.0}
    assert watch.peaks == {**dict.fromkeys(Step, 0.0), Step.CHOOSE: 50.0, Step.PROVE: 90.0}
    assert len(forgotten) == 3


def test_a_peak_can_be_forgotten() -> None:
    held = bytearray(b"x") * (100 * MB)
    high = peak_mb()
    del held
    assert peak_mb() >= high - 1
    forget_peak()
    assert peak_mb() < high - 90


def test_a_run_in_a_process_of_its_own_measures_every_step() -> None:
    problem = organization(60)
    run, pairs = ours.measured(problem)
    solution = solve(problem)
    assert pairs == [(pair.mentor_id, pair.mentee_id) for pair in solution.pairs]
    assert (run.people, run.served, run.score) == (60, solution.proof.served, solution.proof.score)
    assert run.optimal
    assert run.seconds.keys() == run.peaks.keys() == {step.value for step in Step}
    assert all(seconds > 0 for seconds in run.seconds.values())
    assert run.total == sum(run.seconds.values())
    assert all(10 < peak < 400 for peak in run.peaks.values())
    assert run.peak == max(run.peaks.values())
    assert run.ratio == run.total / run.reference


def test_a_plain_pass_grows_with_the_pairs() -> None:
    few, many = organization(400), organization(4_000)
    assert reference(many) > 3 * min(reference(few) for _ in range(9))


@pytest.mark.parametrize(
    ("lengths", "middle"), [((0.5, 2.7, 0.1), 0.5), ((4.0, 3.0, 9.0), 3.0), ((5.0, 9.0, 9.0), 5.0)]
)
def test_what_takes_long_is_not_run_again(lengths: tuple[float, ...], middle: float) -> None:
    assert middle_run(iter(lengths).__next__, float) == middle


def test_mentors_are_scarce_and_skills_are_few_where_they_should_be() -> None:
    loose, tight, few = (organization(1_000, **VARIANTS[name]) for name in ("loose", "tight", "few skills"))
    mentors = [sum(person.mentor for person in problem.people) for problem in (loose, tight)]
    assert 0.28 < mentors[1] / mentors[0] < 0.42
    assert len({skill for person in few.people for skill in person.shares + person.wants}) == 40


def test_some_have_room_for_several_partners_where_they_should() -> None:
    loose, room = (organization(200, **VARIANTS[name]) for name in ("loose", "room"))
    rooms = (
        {person.mentor_capacity for person in room.people},
        {person.mentee_capacity for person in room.people},
    )
    assert rooms == ({1, 2, 3}, {1, 2, 3})
    one_each = [replace(person, mentor_capacity=1, mentee_capacity=1) for person in room.people]
    assert one_each == loose.people


def test_solving_again_counts_the_pairs_that_changed() -> None:
    (one,) = again.measure(organization(300), [2])
    assert one.optimal
    assert one.aim == 11
    assert 0 <= one.changed <= one.most < 200
    assert one.seconds > 0
    assert one.first > 0


def test_without_a_choice_nothing_else_changes() -> None:
    problem = organization(100)
    chosen = {(pair.mentor_id, pair.mentee_id) for pair in solve(problem).pairs}
    others = {(mentor, mentee) for mentor, mentee, _ in legal_pairs(problem)} - chosen
    only = replace(problem, forbidden=frozenset(others))
    (one,) = again.measure(only, [3])
    assert (one.changed, one.most) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("variant", usually(list(VARIANTS)[:1], VARIANTS))
def test_the_whole_command_comes_to_the_same_number_of_pairs(variant: str) -> None:
    problem = organization(300, **VARIANTS[variant])
    run, _ = ours.measure(problem)
    whole = command.measure(problem, variant, run)
    assert (whole.people, whole.variant, whole.reference) == (300, variant, run.reference)
    assert whole.seconds > 0
    with pytest.raises(command.Different, match="instead of"):
        command.measure(problem, variant, replace(run, pairs=run.pairs + 1))
