"""Results as rows for spreadsheets and as data for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from mentoring.matching import MatchedPair, WhyNot, legal_pairs, said
from mentoring.spreadsheets.aside import State
from mentoring.spreadsheets.formulas import neutral
from mentoring.spreadsheets.outcome import Outcome

PAIRS = ("mentor_id", "mentor", "mentee_id", "mentee", "score", "why")
LEFT_OUT = ("id", "name", "side", "reason", "help")
CANDIDATES = ("mentor_id", "mentor", "mentee_id", "mentee", "score")

Row = Sequence[str | int]


def write_table(file: TextIO, header: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a table as RFC 4180 says, safe to open in a spreadsheet program; return how many rows it has."""
    writer, count = csv.writer(file), 0
    writer.writerow(header)
    for row in rows:
        writer.writerow([neutral(value) if isinstance(value, str) else value for value in row])
        count += 1
    return count


def pair_rows(outcome: Outcome) -> Iterator[Row]:
    """Yield the pairs, as in `PAIRS`."""
    names = outcome.names
    for pair in outcome.solution.pairs:
        mentor_id, mentee_id = pair.mentor_id, pair.mentee_id
        yield mentor_id, names[mentor_id], mentee_id, names[mentee_id], pair.score, why(pair)


def left_out_rows(outcome: Outcome) -> Iterator[Row]:
    """Yield who has no partner, as in `LEFT_OUT`: people left out, rows held back, and who has room for nobody."""
    for one in outcome.solution.left_out:
        yield one.id, outcome.names[one.id], one.side, one.reason, one.help
    for other in outcome.aside:
        if other.state in (State.HELD, State.NO_ROOM):
            yield other.id, other.name, other.side, other.reason, other.help


def candidate_rows(outcome: Outcome) -> Iterator[Row]:
    """Yield every legal pair, as in `CANDIDATES`."""
    names = outcome.names
    for mentor_id, mentee_id, score in legal_pairs(outcome.problem):
        yield mentor_id, names[mentor_id], mentee_id, names[mentee_id], score


def as_data(outcome: Outcome) -> dict[str, Any]:
    """Return the whole result in the shape that the guide describes, ready for JSON."""
    solution, names = outcome.solution, outcome.names
    return {
        "on": outcome.problem.on.isoformat(),
        "pairs": [
            {
                "mentor_id": pair.mentor_id,
                "mentee_id": pair.mentee_id,
                "score": pair.score,
                "parts": [
                    {"name": part.name, "points": part.points, "words": part.words} for part in pair.parts
                ],
                "mentor_name": names[pair.mentor_id],
                "mentee_name": names[pair.mentee_id],
                "why": why(pair),
            }
            for pair in solution.pairs
        ],
        "left_out": [
            {
                "id": one.id,
                "side": one.side,
                "reason": one.reason,
                "help": one.help,
                "rule": one.rule.value,
                "acts": [asdict(act) for act in one.acts],
                "name": names[one.id],
            }
            for one in solution.left_out
        ],
        "set_aside": [{**asdict(one), "state": one.state.value} for one in outcome.aside],
        "skills": [asdict(skill) for skill in solution.supply],
        "proof": asdict(solution.proof),
        "why_not": [_answer(answer) for answer in outcome.answers],
        "warnings": list(outcome.warnings),
    }


def _answer(answer: WhyNot) -> dict[str, Any]:
    """Return why two people are not a pair: the rules against it, or by how much less there would be of what."""
    return {
        "mentor_id": answer.mentor_id,
        "mentee_id": answer.mentee_id,
        "words": answer.words,
        "broken": [{"rule": broken.rule.value, "words": said.broken(broken)} for broken in answer.broken],
        "served": answer.served,
        "waiting": answer.waiting,
        "pairs": answer.pairs,
        "score": answer.score,
    }


def why(pair: MatchedPair) -> str:
    """Return the reasons for a pair, the most telling first."""
    return "; ".join(part.words for part in pair.parts)
