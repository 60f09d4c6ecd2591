"""Sweeps come to the same with a helper as without one, whatever becomes of the helper."""

from __future__ import annotations

import io
import os
import pickle
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from mentoring.matching import Problem, Solution, solve, sweep
from mentoring.matching import sweeps as sweeps_module
from mentoring.matching.arrays import Ints
from mentoring.matching.candidates import Board
from mentoring.matching.context import Context
from mentoring.matching.grid import Grid
from mentoring.matching.sweeps import Sweeps, help_out, sweeps
from tests.matching.builders import MONDAY, organization

SEEDS = range(3)
FEW, FEWER = 5, 3


@pytest.fixture(autouse=True)
def _short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deal mentees out in runs so short that everybody gets some of everything."""
    monkeypatch.setattr(sweeps_module, "_RUN", 8)


def crowd(seed: int, size: int = 700) -> Grid:
    return Grid(Board(Context(Problem(organization(size, seed, (4, 12, 40)[seed % 3]), on=MONDAY))))


def prices(grid: Grid, seed: int) -> tuple[Ints, Ints]:
    """Return prices in points that some pairs beat, and many do not."""
    draw = np.random.default_rng(seed)
    return draw.integers(0, 4_000, len(grid.mentors)), draw.integers(1_000, 5_000, len(grid.mentees))


def best(grid: Grid, shared: Sweeps) -> list[int]:
    return sorted(grid.codes(*shared.best(FEW, FEWER)).tolist())


def beating(
    grid: Grid, shared: Sweeps, most: int = 10_000, places: Ints | None = None
) -> tuple[list[int], list[int]]:
    mentor, mentee, cut = shared.beating(*prices(grid, 1), most, places)
    return sorted(grid.codes(mentor, mentee).tolist()), cut.tolist()


def process_of(shared: Sweeps) -> subprocess.Popen[bytes]:
    """Return the process of the only helper."""
    (helper,) = shared._helpers
    assert helper._process is not None
    return helper._process


def alive(shared: Sweeps) -> bool:
    return process_of(shared).poll() is None


def program(folder: Path, script: str) -> str:
    """Return the path of a program that stands in for the interpreter of a helper."""
    path = folder / "helper"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def without_helpers(grid: Grid) -> tuple[list[int], tuple[list[int], list[int]]]:
    with sweeps(grid.layout, helpers=0) as alone:
        return best(grid, alone), beating(grid, alone)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_helper_finds_the_same_best(seed: int) -> None:
    grid = crowd(seed)
    with sweeps(grid.layout, helpers=0) as alone, sweeps(grid.layout, helpers=1) as shared:
        expected = best(grid, alone)
        assert best(grid, shared) == expected
        assert alive(shared)
    assert len(expected) > FEW * len(grid.mentees) // 2


@pytest.mark.parametrize("most", [2, 10_000])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_helper_finds_the_same_beating_pairs(seed: int, most: int) -> None:
    grid = crowd(seed)
    with sweeps(grid.layout, helpers=0) as alone, sweeps(grid.layout, helpers=1) as shared:
        expected = beating(grid, alone, most)
        assert beating(grid, shared, most) == expected
        assert alive(shared)
    assert expected[0]
    assert bool(expected[1]) == (most == 2)


def test_some_mentees_are_shared_as_all_are() -> None:
    grid = crowd(1)
    places = np.arange(0, len(grid.mentees), 3)
    with sweeps(grid.layout, helpers=0) as alone, sweeps(grid.layout, helpers=2) as shared:
        expected = beating(grid, alone, places=places)
        assert beating(grid, shared, places=places) == expected
    mentees = {code // len(grid.mentors) for code in expected[0]}
    assert mentees
    assert mentees <= set(places.tolist())


def test_nobody_is_shared_as_well() -> None:
    grid = crowd(1, 60)
    with sweeps(grid.layout, helpers=1) as shared:
        assert beating(grid, shared, places=np.zeros(0, np.int64)) == ([], [])
        assert alive(shared)


def test_pairs_beating_their_prices_are_those_that_score_more() -> None:
    grid = crowd(1, 200)
    mentor, mentee = (
        np.tile(np.arange(len(grid.mentors)), len(grid.mentees)),
        np.repeat(np.arange(len(grid.mentees)), len(grid.mentors)),
    )
    own, other = prices(grid, 1)
    score = grid.scores(mentor, mentee)
    better = (score >= 0) & (score > own[mentor] + other[mentee])
    with sweeps(grid.layout, helpers=0) as alone:
        found, _ = beating(grid, alone)
    assert set(grid.codes(mentor, mentee)[better].tolist()) <= set(found)
    assert better.any()


def test_a_helper_that_ends_between_two_sweeps_changes_nothing() -> None:
    grid = crowd(1, 300)
    with sweeps(grid.layout, helpers=1) as shared:
        first = best(grid, shared)
        process_of(shared).kill()
        process_of(shared).wait()
        second = beating(grid, shared)
        assert not shared._helpers
        assert beating(grid, shared) == second
    assert (first, second) == without_helpers(grid)


def test_the_other_helpers_go_on_when_one_ends() -> None:
    grid = crowd(1, 300)
    with sweeps(grid.layout, helpers=2) as shared:
        lost, left = shared._helpers
        assert lost._process is not None
        lost._process.kill()
        lost._process.wait()
        found = best(grid, shared), beating(grid, shared)
        assert shared._helpers == [left]
        assert alive(shared)
    assert found == without_helpers(grid)


FAILING = {
    "it ends at once": "exit 0",
    "it ends with an error": "exit 3",
    "it ends while it is told something": "head -c 10 > /dev/null",
    "it ends after it was told everything": "exec sleep 0.2",
    "it says something else": "echo hello; exec cat > /dev/null",
    "it says something else that begins like an answer": r"printf '\200\005\225'; exec cat > /dev/null",
    "it greets first": "echo Importing site; exec cat > /dev/null",
    "it names what nobody has": r"printf 'cnowhere\nNothing\n.'; exec cat > /dev/null",
    "it names what is not there": r"printf 'cos\nNothing\n.'; exec cat > /dev/null",
    "it says what cannot be put together": r"printf '(R.'; exec cat > /dev/null",
}


@pytest.mark.parametrize("script", FAILING.values(), ids=FAILING)
def test_a_helper_that_fails_changes_nothing(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = crowd(1, 300)
    monkeypatch.setattr(sys, "executable", program(tmp_path, script))
    with sweeps(grid.layout, helpers=1) as shared:
        found = best(grid, shared), beating(grid, shared)
        assert not shared._helpers
    assert found == without_helpers(grid)


def test_a_helper_that_cannot_be_started_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = crowd(1, 300)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with sweeps(grid.layout, helpers=2) as shared:
        assert not shared._helpers
        assert (best(grid, shared), beating(grid, shared)) == without_helpers(grid)


def test_a_helper_is_gone_afterwards() -> None:
    grid = crowd(1, 60)
    with sweeps(grid.layout, helpers=1) as shared:
        process = process_of(shared)
        assert process.poll() is None
    assert process.poll() is not None
    assert process.stdin is not None
    assert process.stdin.closed
    assert process.stdout is not None
    assert process.stdout.closed


def test_a_helper_that_does_not_end_by_itself_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", program(tmp_path, "exec sleep 30"))
    with sweeps(crowd(1, 60).layout, helpers=1) as shared:
        process = process_of(shared)
    assert process.poll() == -signal.SIGKILL


def test_it_is_gone_too_when_the_sweep_fails() -> None:
    grid = crowd(1, 60)
    processes: list[subprocess.Popen[bytes]] = []

    def sweep_and_fail() -> None:
        with sweeps(grid.layout, helpers=1) as shared:
            processes.append(process_of(shared))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep_and_fail()
    assert processes[0].poll() is not None


def test_a_helper_ends_with_its_input() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", sweeps_module.__name__], input=b"", capture_output=True, timeout=60, check=True
    )
    assert (ended.stdout, ended.stderr) == (b"", b"")


def test_a_helper_answers_each_request_and_ends() -> None:
    grid = crowd(1, 200)
    every = np.arange(len(grid.mentees))
    requests, answers = io.BytesIO(), io.BytesIO()
    for what in (grid.layout, ("beating", (*prices(grid, 1), 100, every)), ("best", (FEW, 6, every))):
        pickle.dump(what, requests)
    requests.seek(0)
    help_out(requests, answers)
    answers.seek(0)
    expected = (
        sweep.beating(grid.layout, *prices(grid, 1), 100, every),
        sweep.best(grid.layout, FEW, 6, every),
    )
    assert answers.read() == b"".join(pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for part in expected)


def test_a_helper_ends_when_nobody_reads_its_answers() -> None:
    grid = crowd(1, 60)
    requests = io.BytesIO(pickle.dumps(grid.layout) + pickle.dumps(("best", (FEW, 6, np.arange(3)))))
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as answers:
        help_out(requests, answers)
    assert not requests.read()


@pytest.mark.parametrize(("processors", "helpers"), [(1, 0), (2, 1), (3, 2), (64, 3)])
def test_there_is_a_helper_for_each_other_processor_and_at_most_three(
    processors: int, helpers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = crowd(1, 60)
    monkeypatch.setattr(sweeps_module, "_WORTH_IT", 0)
    monkeypatch.setattr(sweeps_module, "_processors", lambda: processors)
    with sweeps(grid.layout) as shared:
        assert len(shared._helpers) == helpers


def test_there_is_none_where_that_is_not_worth_it_or_not_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = crowd(1, 60)
    monkeypatch.setattr(sweeps_module, "_processors", lambda: 8)
    with sweeps(grid.layout) as shared:
        assert not shared._helpers
    monkeypatch.setattr(sweeps_module, "_WORTH_IT", 0)
    monkeypatch.setattr(sys, "executable", "")
    with sweeps(grid.layout) as shared:
        assert not shared._helpers


def test_processors_are_those_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sweeps_module._processors() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert sweeps_module._processors() == 5
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert sweeps_module._processors() == 1


def solved(problem: Problem, processors: int) -> Solution:
    """Solve as if the problem were large, with a helper for every processor but one."""
    with (
        patch("mentoring.matching.solve.LARGE", -1),
        patch.object(sweeps_module, "_WORTH_IT", 0),
        patch.object(sweeps_module, "_processors", lambda: processors),
    ):
        return solve(problem)


@pytest.mark.parametrize("room", [1, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_problem_is_solved_the_same_with_helpers(seed: int, room: int) -> None:
    people = [
        replace(p, mentor_capacity=min(p.mentor_capacity, room), mentee_capacity=min(p.mentee_capacity, room))
        for p in organization(500, seed, (4, 12, 40)[seed % 3])
    ]
    problem = Problem(people, on=MONDAY)
    alone = solved(problem, 1)
    assert alone.proof.optimal
    assert solved(problem, 3) == alone
