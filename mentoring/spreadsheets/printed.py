"""The pairs as a table for a terminal, or for a file of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentoring.matching import BEST
from mentoring.spreadsheets.outcome import Outcome
from mentoring.spreadsheets.results import why
from mentoring.spreadsheets.widths import padded, shortened, width

_GAP = "  "
_HEADINGS = ("Mentor", "Mentee", "Score", "Why")
_NAME_SHARE = 4
"""A name may take a fourth of the terminal's width; whatever is longer is cut."""

_LEAST_NAME = 10
_LEAST_WHY = 24
"""With fewer places than these left beside the names, the reasons stand below them."""


def pairs_table(outcome: Outcome, places: int | None = None, most: int | None = None) -> Iterator[str]:
    """Yield the lines of a table of the pairs, or none if there is no pair.

    On a terminal, `places` is its width, and after the first `most` pairs only their number is given. Without
    these, everything is there.
    """
    pairs = outcome.solution.pairs
    shown = pairs[:most]
    rows = [
        (outcome.called(pair.mentor_id), outcome.called(pair.mentee_id), f"{pair.score:,}", why(pair))
        for pair in shown
    ]
    if rows:
        yield from _Layout(rows, places).lines(rows)
        if len(pairs) > len(shown):
            yield f"and {len(pairs) - len(shown):,} more; --out pairs.csv writes all"
        yield ""
        yield f"A score is out of {BEST:,}, the best pair that could be thought of."


class _Layout:
    """How wide the columns are, and whether the reasons stand beside or below."""

    def __init__(self, rows: Sequence[Sequence[str]], places: int | None) -> None:
        self._places = places
        most = None if places is None else max(_LEAST_NAME, places // _NAME_SHARE)
        self._widths = [
            min(max(map(width, column)), most) if most and place < 2 else max(map(width, column))
            for place, column in enumerate(zip(*rows, _HEADINGS, strict=True))
        ]
        beside = sum(self._widths[:3]) + 3 * len(_GAP)
        self._below = places is not None and places - beside < _LEAST_WHY
        indent = len(_GAP) if self._below else beside
        self._why = None if places is None else max(1, places - indent)

    def lines(self, rows: Sequence[Sequence[str]]) -> Iterator[str]:
        for row in (_HEADINGS, *rows):
            yield from self._line(*row)

    def _line(self, mentor: str, mentee: str, score: str, reasons: str) -> Iterator[str]:
        names = [
            padded(shortened(name, places), places)
            for name, places in zip((mentor, mentee), self._widths, strict=False)
        ]
        start = _GAP.join([*names, score.rjust(self._widths[2])])
        reasons = reasons if self._why is None else shortened(reasons, self._why)
        if self._below:
            yield from (start, f"{_GAP}{reasons}")
        else:
            yield f"{start}{_GAP}{reasons}"
