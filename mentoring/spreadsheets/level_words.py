"""The words that a file has for levels: those that are on no ladder are told once, with a ladder to paste."""

from __future__ import annotations

from collections.abc import Sequence

from mentoring.spreadsheets.cells import is_number
from mentoring.spreadsheets.ladders import ladder_line
from mentoring.spreadsheets.remarks import Remarks, cell, echo
from mentoring.spreadsheets.rules_file import MOST_RUNGS, can_be_rung

_SHOWN = MOST_RUNGS
_PASTE = (
    "Or put the line below into a file such as rules.toml, check its order, the lowest level first, and give that "
    "file with --rules. Names of one level can share a place, like “Lead/Manager”."
)
_TOO_MANY = f"Or give a ladder of your own with --rules: it has at most {MOST_RUNGS} short names."


class LevelWords:
    """Every level of a file that is a word, with how many people have it and the first line of it."""

    def __init__(self, ladder: Sequence[str]) -> None:
        self._ladder = ladder
        self._known: dict[str, str] = {}
        self._unknown: dict[str, list[str]] = {}
        self._first = 0

    def know(self, word: str) -> None:
        """Keep a level that is on the ladder."""
        if not is_number(word):
            self._known.setdefault(word.casefold(), word)

    def miss(self, line: int, word: str) -> None:
        """Keep a level that is not."""
        self._first = self._first or line
        self._unknown.setdefault(word.casefold(), []).append(word)

    def tell(self, remarks: Remarks) -> None:
        """Add, in one remark before all others, all levels that are on no ladder."""
        if not self._unknown:
            return
        found = sorted(self._unknown.values(), key=len, reverse=True)
        shown = ", ".join(f"{echo(words[0])} ({_people(len(words))})" for words in found[:_SHOWN])
        more = f", and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        names = [*self._known.values(), *(words[0] for words in self._unknown.values())]
        fits = len(names) <= MOST_RUNGS and all(map(can_be_rung, names))
        words = (
            f"These are not levels: {shown}{more}. Give a number from 1, or one of: {', '.join(self._ladder)}. "
            f"{_PASTE if fits else _TOO_MANY}"
        )
        remarks.add_first(cell(self._first, "level"), words, ladder_line(names) if fits else "")


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
