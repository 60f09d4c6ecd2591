"""Results as rows for spreadsheets and as data for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from mentoring.matching import MatchedPair, Solution, WhyNot
from mentoring.spreadsheets.formulas import neutral

PAIRS = ("mentor_id", "mentee_id", "score", "why")
LEFT_OUT = ("id", "side", "reason", "help")
CANDIDATES = ("mentor_id", "mentee_id", "score")

_Row = Sequence[str | int]


def write_table(file: TextIO, header: Sequence[str], rows: Iterable[_Row]) -> int:
    """Write a table as RFC 4180 says, safe to open in a spreadsheet program; return how many rows it has."""
    writer, count = csv.writer(file), 0
    writer.writerow(header)
    for row in rows:
        writer.writerow([neutral(value) if isinstance(value, str) else value for value in row])
        count += 1
    return count


def pair_rows(solution: Solution) -> Iterator[_Row]:
    """Yield the pairs, as in `PAIRS`."""
    return ((pair.mentor_id, pair.mentee_id, pair.score, _why(pair)) for pair in solution.pairs)


def left_out_rows(solution: Solution) -> Iterator[_Row]:
    """Yield the people left out, as in `LEFT_OUT`."""
    return ((one.id, one.side, one.reason, one.help) for one in solution.left_out)


def as_data(solution: Solution, names: Mapping[str, str], answers: Iterable[WhyNot]) -> dict[str, Any]:
    """Return the whole result in the shape that the guide describes, ready for JSON."""
    return {
        "pairs": [
            {
                **asdict(pair),
                "mentor_name": names[pair.mentor_id],
                "mentee_name": names[pair.mentee_id],
                "why": _why(pair),
            }
            for pair in solution.pairs
        ],
        "left_out": [
            {**asdict(one), "rule": one.rule.value, "name": names[one.id]} for one in solution.left_out
        ],
        "skills": [asdict(skill) for skill in solution.supply],
        "proof": asdict(solution.proof),
        "why_not": [_answer(answer) for answer in answers],
    }


def _answer(answer: WhyNot) -> dict[str, Any]:
    """Return why two people are not a pair: the rules against it, or by how much less there would be of what."""
    return {
        "mentor_id": answer.mentor_id,
        "mentee_id": answer.mentee_id,
        "words": answer.words,
        "broken": [{"rule": broken.rule.value, "words": broken.words} for broken in answer.broken],
        "served": answer.served,
        "waiting": answer.waiting,
        "pairs": answer.pairs,
        "score": answer.score,
    }


def _why(pair: MatchedPair) -> str:
    return "; ".join(part.words for part in pair.parts)
