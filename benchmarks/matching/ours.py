"""One matching of ours, measured in a process of its own, so that its libraries and its memory are its own too.

    python -m benchmarks.matching.ours problem.pickle

prints JSON: the run, and the pairs chosen as [mentor id, mentee id].
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.figures import middle_run
from benchmarks.matching.plain_pass import reference
from benchmarks.matching.stopwatch import Stopwatch
from benchmarks.process import ROOT
from mentoring.matching import PairIds, Problem, solve


@dataclass(frozen=True, slots=True)
class Run:
    """A matching: seconds and peak memory in MB by step, the seconds of a plain pass (REF), and what was reached.

    The first step includes loading the libraries, and memory is that of the whole process.
    """

    people: int
    seconds: dict[str, float]
    peaks: dict[str, float]
    reference: float
    rounds: int
    optimal: bool
    served: int
    pairs: int
    score: int

    @property
    def total(self) -> float:
        """Seconds of all steps together."""
        return sum(self.seconds.values())

    @property
    def peak(self) -> float:
        """The largest peak of all steps, in MB."""
        return max(self.peaks.values())

    @property
    def ratio(self) -> float:
        """How many plain passes it took as long as."""
        return self.total / self.reference


def measured(problem: Problem) -> tuple[Run, list[PairIds]]:
    """Solve a problem in new processes, three if it is short; return the run of median length, and its pairs."""
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-matching-") as folder:
        file = Path(folder) / "problem.pickle"
        file.write_bytes(pickle.dumps(problem))
        return middle_run(lambda: _in_a_new_process(file), lambda answer: answer[0].total)


def measure(problem: Problem) -> tuple[Run, list[PairIds]]:
    """Solve a problem in this process, and measure it."""
    watch = Stopwatch()
    solution = solve(problem, watch=watch)
    watch.stop()
    proof = solution.proof
    run = Run(
        people=len(problem.people),
        seconds={step.value: seconds for step, seconds in watch.seconds.items()},
        peaks={step.value: peak for step, peak in watch.peaks.items()},
        reference=reference(problem),
        rounds=proof.rounds,
        optimal=proof.optimal,
        served=proof.served,
        pairs=proof.pairs,
        score=proof.score,
    )
    return run, [(pair.mentor_id, pair.mentee_id) for pair in solution.pairs]


def _in_a_new_process(file: Path) -> tuple[Run, list[PairIds]]:
    command = [sys.executable, "-m", "benchmarks.matching.ours", str(file)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    run, pairs = json.loads(done.stdout)
    return Run(**run), [(mentor, mentee) for mentor, mentee in pairs]


def main(arguments: Sequence[str]) -> None:
    """Measure the problem in the file named, and print the run and its pairs."""
    problem = pickle.loads(Path(arguments[0]).read_bytes())  # noqa: S301 - `measured` wrote the file a moment ago
    run, pairs = measure(problem)
    print(json.dumps([asdict(run), pairs]))


if __name__ == "__main__":
    main(sys.argv[1:])
