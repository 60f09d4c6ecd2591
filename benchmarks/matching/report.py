"""The matching's part of docs/benchmarks.md: tables, the plot, and what they were measured on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby

from benchmarks import markdown
from benchmarks.machine import computer
from benchmarks.markdown import Marks
from benchmarks.matching import plot
from benchmarks.matching.again import Again
from benchmarks.matching.command import Whole
from benchmarks.matching.ours import Run
from benchmarks.matching.peers import LIMIT, METHODS, OURS, REQUIREMENTS, Peer
from benchmarks.matching.plot import Series
from mentoring.matching import Step

MARKS = Marks(
    "<!-- matching: written by `python -m benchmarks.matching --write` -->", "<!-- end of matching -->"
)
LIBRARIES = ("numpy", "pylmcf")
STEPS = {
    Step.PREPARE: "prepare",
    Step.LIST: "candidates",
    Step.CHOOSE: "solve",
    Step.PROVE: "certificate",
    Step.EXPLAIN: "explain",
}
_CAPTION = (
    "Reverse Mentor is the loose variant below. "
    "For the others, the list of legal pairs was ready when the clock began."
)
_STEPS = (
    "**Seconds of each step**, of processor time like all seconds here. "
    "REF is a plain pass over all pairs of a mentee and a mentor in the same process."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that was measured: runs by variant, whole commands, the peers, and the solving again."""

    runs: Mapping[str, Sequence[Run]]
    commands: Sequence[Whole]
    peers: Sequence[Peer]
    again: Sequence[Again]


def section(found: Measured, picture: str) -> str:
    """The text between the marks; `picture` is where the plot is, seen from the document."""
    parts = [
        _measured_on(),
        _picture(found, picture),
        _CAPTION,
        _STEPS,
        seconds(found.runs),
        "**Peak memory of the process in each step, in MB.**",
        memory(found.runs),
    ]
    if found.commands:
        parts += [
            "**The whole command**, from a file of people to two files of results.",
            commands(found.commands),
        ]
    if found.peers:
        parts += ["**Others, on the same people.**", peers(found.peers)]
    if found.again:
        parts += [_first(found.again[0]), again(found.again)]
    return "\n\n".join(parts)


def machine() -> dict[str, str]:
    """What the numbers were measured on, and with."""
    return {**computer(), **{name: version(name) for name in LIBRARIES}}


def seconds(runs: Mapping[str, Sequence[Run]]) -> str:
    """A table of the seconds each step took."""
    heads = ["people", "variant", *STEPS.values(), "total s", "÷ REF", "rounds", "served", "proven"]
    rows = [
        [
            f"{run.people:,}",
            variant,
            *(_seconds(run.seconds[step]) for step in STEPS),
            _seconds(run.total),
            f"{run.ratio:,.0f}",
            f"{run.rounds}",
            f"{run.served:,}",
            _yes(run.optimal),
        ]
        for variant, run in _by_size(runs)
    ]
    return markdown.table([heads, *rows], left=2)


def memory(runs: Mapping[str, Sequence[Run]]) -> str:
    """A table of the peak memory in each step, and of the highest."""
    heads = ["people", "variant", *STEPS.values(), "highest"]
    rows = [
        [
            f"{run.people:,}",
            variant,
            *(f"{run.peaks[step]:,.0f}" for step in STEPS),
            f"{run.peak:,.0f}",
        ]
        for variant, run in _by_size(runs)
    ]
    return markdown.table([heads, *rows], left=2)


def commands(found: Iterable[Whole]) -> str:
    """A table of whole commands."""
    heads = ["people", "variant", "s", "÷ REF"]
    rows = [
        [
            f"{one.people:,}",
            one.variant,
            _seconds(one.seconds),
            f"{one.seconds / one.reference:,.0f}",
        ]
        for one in found
    ]
    return markdown.table([heads, *rows], left=2)


def peers(found: Iterable[Peer]) -> str:
    """A table of what others make of the same people."""
    heads = ["people", "method", "s", "list, s", "MB", "pairs", "served", "score", "rules broken"]
    rows = []
    for people, group in groupby(found, key=lambda peer: peer.people):
        tried = {peer.method: peer for peer in group}
        rows += [
            [f"{people:,}", method, *_judgment(tried.get(method))] for method in (OURS, *METHODS.values())
        ]
    return markdown.table([heads, *rows], left=2)


def again(found: Iterable[Again]) -> str:
    """A table of solving again."""
    heads = ["declined", "s", "÷ REF", "÷ first", "other pairs changed", "at most", "aim", "proven"]
    rows = [
        [
            f"{one.declined}",
            _seconds(one.seconds),
            f"{one.seconds / one.reference:,.0f}",
            f"{one.seconds / one.first:.2f}",
            f"{one.changed}",
            f"{one.most}",
            f"{one.aim}",
            _yes(one.optimal),
        ]
        for one in found
    ]
    return markdown.table([heads, *rows])


def series(found: Measured) -> list[Series]:
    """The lines of the plot: ours at every size, and each of the others as far as it came."""
    ours = [(run.people, run.total) for run in found.runs.get("loose", ())]
    others = [
        Series(name, [(peer.people, peer.seconds) for peer in found.peers if peer.method == name])
        for name in METHODS.values()
    ]
    return [one for one in (Series(OURS, ours), *others) if one.points]


def _measured_on() -> str:
    facts = "; ".join(f"{name} {value}" for name, value in machine().items())
    return f"Measured on: {facts}. The others: {'; '.join(REQUIREMENTS).replace('==', ' ')}."


def _first(one: Again) -> str:
    return (
        f"**Solving again** among {one.people:,} people, after leads declined some pairs of a first solution "
        f"that took {_seconds(one.first)} s."
    )


def _picture(found: Measured, picture: str) -> str:
    return f"![{plot.in_words(series(found))}]({picture})"


def _judgment(peer: Peer | None) -> list[str]:
    if peer is None:
        return [f"over {LIMIT:.0f}", *["–"] * 6]
    return [
        _seconds(peer.seconds),
        "–" if peer.listing is None else _seconds(peer.listing),
        f"{peer.peak:,.0f}",
        f"{peer.pairs:,}",
        f"{peer.served:,}",
        f"{peer.share:.3f}",
        f"{peer.broken:,}",
    ]


def _by_size(runs: Mapping[str, Sequence[Run]]) -> list[tuple[str, Run]]:
    listed = [(variant, run) for variant, some in runs.items() for run in some]
    return sorted(listed, key=lambda one: one[1].people)


def _seconds(value: float) -> str:
    if value < 0.001:
        return "< 0.001"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
