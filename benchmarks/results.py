"""Results: everything that was measured, summed up line by line."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.contender import BARE, Contender, Start
from benchmarks.figures import Spread, p95, times
from benchmarks.load import Loaded, Turn


@dataclass(frozen=True, slots=True)
class Line:
    """One quantity: what was measured of each contender, turn by turn, under the headline `of`."""

    of: str
    name: str
    unit: str
    samples: Mapping[Contender, Sequence[float]]
    more_is_better: bool = False

    def value(self, contender: Contender) -> float:
        """The median over all turns."""
        return statistics.median(self.samples[contender])

    def beside(self, one: Contender, other: Contender) -> Spread:
        """How many times as much the one takes as the other: above 1 is worse, also where more is better."""
        if self.more_is_better:
            one, other = other, one
        return times(self.samples[one], self.samples[other])


def lines(started: Mapping[Contender, Sequence[Start]], loaded: Loaded) -> list[Line]:
    """The lines of the table, in the order in which they are shown."""
    return [*_load_lines(loaded), *_start_lines(started), *_memory_lines(started, loaded)]


_COMMAND = "`/reverse-mentor` opens the profile form"
_SUBMISSION = "Somebody new saves the form, and is welcomed in a direct message"
_APPROVAL = "A lead approves a pair, and its card says so"
_ANSWER = "Slack has its answer"


def _load_lines(loaded: Loaded) -> list[Line]:
    found: list[Line] = []
    for act, title, on_screen in (
        ("command", _COMMAND, "the form is on the screen"),
        ("submission", _SUBMISSION, "the message is on the screen"),
        ("approval", _APPROVAL, "the card is changed on the screen"),
    ):
        turns = [turn for turn in loaded.turns if turn.act == act]
        found += [
            _line(
                turns, title, f"{_ANSWER}, median", "ms", lambda turn: statistics.median(turn.answered) * 1e3
            ),
            _line(turns, title, f"{_ANSWER}, p95", "ms", lambda turn: p95(turn.answered) * 1e3),
            _line(
                turns, title, f"{on_screen}, median", "ms", lambda turn: statistics.median(turn.shown) * 1e3
            ),
            _line(turns, title, f"{on_screen}, p95", "ms", lambda turn: p95(turn.shown) * 1e3),
            _rate(turns, title, "a crowd, until Slack has its answers", lambda turn: turn.answered_rate),
            _rate(turns, title, "a crowd, until all is on the screen", lambda turn: turn.shown_rate),
            _line(turns, title, "processor time of the app", "ms", lambda turn: turn.cpu_seconds * 1e3),
        ]
    return found


def _line(turns: Sequence[Turn], of: str, name: str, unit: str, value: Callable[[Turn], float]) -> Line:
    return Line(of, name, unit, _by_contender(turns, value))


def _rate(turns: Sequence[Turn], of: str, name: str, value: Callable[[Turn], float]) -> Line:
    return Line(of, name, "a second", _by_contender(turns, value), more_is_better=True)


def _by_contender(turns: Sequence[Turn], value: Callable[[Turn], float]) -> dict[Contender, list[float]]:
    samples: dict[Contender, list[float]] = {}
    for turn in turns:
        samples.setdefault(turn.contender, []).append(value(turn))
    return samples


def _start_lines(started: Mapping[Contender, Sequence[Start]]) -> list[Line]:
    connected = {who: [start.connected for start in starts] for who, starts in started.items()}
    answered = {who: [start.answered for start in starts] for who, starts in started.items()}
    return [
        Line("Start", "from the process to the open socket", "s", connected),
        Line("Start", "until who types the command just then has an answer", "s", answered),
    ]


def _memory_lines(started: Mapping[Contender, Sequence[Start]], loaded: Loaded) -> list[Line]:
    after_start = {who: [start.used.peak_mb for start in starts] for who, starts in started.items()}
    return [
        Line("Memory", "at its peak, after the first answer", "MB", after_start),
        Line("Memory", "at its peak, after the load above", "MB", loaded.peaks),
    ]


def contenders(enrolled: Sequence[int]) -> tuple[Contender, ...]:
    """The bare app, and the bot with each of these numbers of people."""
    return (BARE, *(Contender(number) for number in enrolled))
