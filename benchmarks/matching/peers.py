"""What others make of the same people: time, memory, people served, share of the score, hard rules broken.

The people are in their second cycle, so last cycle's pairs may not repeat. Nobody has waited, because the others
know nothing of that. Whoever can take it is given the list of legal pairs with our scores, ready made: what it
took to make is told apart.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import middle_run
from benchmarks.matching import ours
from benchmarks.matching.organization import organization
from benchmarks.process import ROOT
from mentoring.matching import (
    Context,
    PairIds,
    PastPair,
    Problem,
    Rule,
    broken_rules,
    legal_pairs,
    score_parts,
    solve,
)
from mentoring.matching.pairs.board import Board

SIZES = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
"""Beyond these, the list of all legal pairs alone would take gigabytes."""

LIMIT = 60
"""Seconds of processor time that a method may take, with the loading of its libraries."""

OURS = "Reverse Mentor"
METHODS = {
    "mentor-match": "mentor-match",
    "assignment": "scipy, dense assignment",
    "greedy": "greedy, best score first",
    "random": "random, with history",
}
LISTED = ("mentor-match", "assignment", "greedy")
"""The methods that use the list of legal pairs."""

REQUIREMENTS = ("mentor-match==7.0.1", "munkres==3.0.0", "numpy==2.4.6", "scipy==1.17.1")

_HOME = ROOT / "build" / "bench-peers"


class PeerFailed(Exception):
    """A peer could not be installed, or did not answer as it should have."""


class OutOfTime(Exception):
    """A peer was ended, because it had used all the processor time there was for it."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What a method made of so many people.

    Seconds, peak memory of its process in MB, pairs chosen, people served (per role, by pairs that break no rule),
    the score of these pairs as a share of the optimum's, and how many hard rules all its pairs break. `listing` is
    how many seconds more the list of legal pairs took, if the method was given one.
    """

    people: int
    method: str
    seconds: float
    peak: float
    pairs: int
    served: int
    share: float
    broken: int
    listing: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer's process printed, the pairs by the ids of their people."""

    pairs: list[PairIds]
    seconds: float
    peak: float


def compare(sizes: Sequence[int], tell: Callable[[str], None]) -> list[Peer]:
    """Run ours and every method at each size that it can be expected to finish within the limit."""
    python = environment(_HOME)
    last: dict[str, tuple[int, float]] = {}
    found = []
    for size in sizes:
        trial = Trial(second_cycle(size))
        found.append(trial.ours())
        tell(f"{size:,} people: {OURS}, {found[-1].seconds:.2f} s")
        for method in METHODS:
            if not worth_a_try(size, *last.get(method, (size, 0.0))):
                continue
            answer = trial.ask(python, method)
            last[method] = size, answer.seconds if answer else np.inf
            tell(
                f"{size:,} people: {METHODS[method]}, {f'{answer.seconds:.2f} s' if answer else 'out of time'}"
            )
            if answer:
                judged = trial.judged(METHODS[method], answer)
                found.append(replace(judged, listing=trial.listing) if method in LISTED else judged)
    return found


def worth_a_try(size: int, before: int, seconds: float) -> bool:
    """Return whether a method that took so long for fewer people can make it, if time grows as pairs do or faster."""
    return seconds * (size / before) ** 2 <= LIMIT


def second_cycle(size: int) -> Problem:
    """Return an organization of which nobody waited, with the best pairs of a first cycle behind it."""
    first = organization(size)
    first = replace(first, people=[replace(person, waiting_cycles=0) for person in first.people])
    return replace(first, history=[PastPair(pair.mentor_id, pair.mentee_id) for pair in solve(first).pairs])


class Trial:
    """One problem that everybody gets."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.context = Context(problem)
        self.mentors = [person.id for person in problem.people if person.mentor]
        self.mentees = [person.id for person in problem.people if person.mentee]
        began = time.process_time()
        Board(self.context).candidates()
        self.listing = time.process_time() - began
        self.given = _given(self, legal_pairs(problem))
        self.best = 0

    def ours(self) -> Peer:
        """Measure ours; this has to come before others are judged."""
        run, pairs = ours.measured(self.problem)
        self.best = run.score
        return self.judged(OURS, Answer(pairs, run.total, run.peak))

    def ask(self, python: Path, method: str) -> Answer | None:
        """Let a method choose in its own environment, three times if it is short; None if it takes too long."""
        with tempfile.TemporaryDirectory(prefix="reverse-mentor-peers-") as folder:
            file = Path(folder) / "given.npz"
            np.savez(file, allow_pickle=False, **self.given)
            command = [str(python), "-m", "benchmarks.matching.peer", method, str(file)]
            try:
                return middle_run(lambda: self._answer(command), lambda answer: answer.seconds)
            except OutOfTime:
                return None

    def _answer(self, command: Sequence[str]) -> Answer:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, preexec_fn=_limited, check=False
        )
        if done.returncode == -signal.SIGXCPU:
            raise OutOfTime
        if done.returncode:
            raise PeerFailed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2_000:]}")
        return parsed(done.stdout, self.mentors, self.mentees)

    def judged(self, name: str, answer: Answer) -> Peer:
        """Return what an answer is worth."""
        legal = [pair for pair in answer.pairs if not broken(self.context, [pair])]
        return Peer(
            people=len(self.problem.people),
            method=name,
            seconds=answer.seconds,
            peak=answer.peak,
            pairs=len(answer.pairs),
            served=len({mentor for mentor, _ in legal}) + len({mentee for _, mentee in legal}),
            share=sum(score(self.context, pair) for pair in legal) / max(1, self.best),
            broken=sum(broken(self.context, answer.pairs).values()),
        )


def broken(context: Context, pairs: Sequence[PairIds]) -> Counter[Rule]:
    """Count the hard rules that pairs break: each by itself, and those that give somebody more partners than room."""
    found = Counter(
        fault.rule
        for mentor, mentee in pairs
        for fault in broken_rules(context.person(mentor), context.person(mentee), context)
    )
    found[Rule.STANDING] += len(pairs) - len(set(pairs))
    for person_id, count in Counter(mentor for mentor, _ in pairs).items():
        found[Rule.FULL] += max(0, count - context.room(context.person(person_id), "mentor"))
    for person_id, count in Counter(mentee for _, mentee in pairs).items():
        found[Rule.FULL] += max(0, count - context.room(context.person(person_id), "mentee"))
    return +found


def score(context: Context, pair: PairIds) -> int:
    """Return what a legal pair scores."""
    mentor, mentee = map(context.person, pair)
    parts = score_parts(mentor, mentee, context.problem.weights, context.problem.on, context.problem.related)
    return sum(part.points for part in parts)


def parsed(text: str, mentors: Sequence[str], mentees: Sequence[str]) -> Answer:
    """Read what a peer's process printed; raises `PeerFailed` for anything but pairs of people there are."""
    try:
        answer: dict[str, Any] = json.loads(text)
        places = [(int(mentor), int(mentee)) for mentor, mentee in answer["pairs"]]
        if any(mentor < 0 or mentee < 0 for mentor, mentee in places):
            raise IndexError("places count from 0")
        pairs = [(mentors[mentor], mentees[mentee]) for mentor, mentee in places]
        return Answer(pairs, float(answer["seconds"]), float(answer["peak"]))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise PeerFailed(f"This is no answer ({error}): {text[:200]!r}") from error


def environment(home: Path) -> Path:
    """Make an environment for the others, unless it is there already, and return its interpreter.

    One of them is imported as `matching`, and none is needed by the bot.
    """
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    installed = home / "installed.txt"
    wanted = "\n".join(REQUIREMENTS)
    if not installed.exists() or installed.read_text() != wanted:
        venv.create(home, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--only-binary", ":all:", *REQUIREMENTS]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PeerFailed(f"The others could not be installed:\n{done.stderr[-2_000:]}")
        installed.write_text(wanted)
    return python


def _limited() -> None:
    """In a peer's process: have the system end it when its processor time is over, and leave no dump."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT + 1))


def _given(trial: Trial, legal: Iterable[tuple[str, str, int]]) -> dict[str, NDArray[np.int32]]:
    """Return a problem as the methods read it; see `benchmarks.matching.peer.Given`."""
    numbers = {person.id: number for number, person in enumerate(trial.problem.people)}
    rows = {mentor: row for row, mentor in enumerate(trial.mentors)}
    columns = {mentee: column for column, mentee in enumerate(trial.mentees)}
    pairs = ((rows[mentor], columns[mentee], points) for mentor, mentee, points in legal)
    history = ((numbers[past.mentor_id], numbers[past.mentee_id]) for past in trial.problem.history)
    return {
        "mentors": np.array([numbers[mentor] for mentor in trial.mentors], np.int32),
        "mentees": np.array([numbers[mentee] for mentee in trial.mentees], np.int32),
        "pairs": np.fromiter(pairs, np.dtype((np.int32, 3))),
        "history": np.fromiter(history, np.dtype((np.int32, 2))),
    }
