"""The meetings that pairs had, and the plan that each was begun with, for many pairs in one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import JSON, bindparam, cast, null, select, union_all

from mentoring.checkins import Answer
from mentoring.progress import Progress, progress_of
from storage import tables as t
from storage.database import Tx

AT_ONCE = 500
"""So many pairs are asked about in one statement; databases allow a few thousand names in one."""

_ASKED = t.pairs.c.id.in_(bindparam("pairs", expanding=True))
_NOTHING = cast(null(), JSON)
_MET = (
    select(t.pairs.c.id, t.checkins.c.week, _NOTHING)
    .join(t.checkins, t.checkins.c.pair_id == t.pairs.c.id)
    .where(t.checkins.c.answer == Answer.MET.value, _ASKED)
)
# Those in one conversation meet together: what is said about one of them since a pair is in it, is about it as well.
_MATE = t.pairs.alias("mate")
_MET_TOGETHER = (
    select(t.pairs.c.id, t.checkins.c.week, _NOTHING)
    .join(t.groups, t.groups.c.intro_of == t.pairs.c.intro_of)
    .join(_MATE, (_MATE.c.id == t.groups.c.pair_id) & (_MATE.c.intro_of == t.pairs.c.intro_of))
    .join(t.checkins, t.checkins.c.pair_id == _MATE.c.id)
    .where(t.checkins.c.answer == Answer.MET.value, _ASKED)
    .where(t.checkins.c.answered_at >= t.pairs.c.introduced_at)
)
# Of check-ins that have gone, the weeks stay in a list: one statement brings both, and a week may come twice.
_LONG_AGO = (
    select(t.past_checkins.c.pair_id, null(), t.past_checkins.c.met)
    .join(t.pairs, t.pairs.c.id == t.past_checkins.c.pair_id)
    .where(_ASKED)
)
_WEEKS = union_all(_MET, _MET_TOGETHER, _LONG_AGO)
_PLANNED = (
    select(t.pairs.c.id, t.cycles.c.meetings)
    .join(t.cycles, t.cycles.c.id == t.pairs.c.cycle_id)
    .where(_ASKED)
)


def progress(tx: Tx, pair_ids: Iterable[int]) -> dict[int, Progress]:
    """How far each of these pairs is, by its number; those that there are not are left out."""
    wanted = sorted(set(pair_ids))
    found: dict[int, Progress] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= _some(tx, wanted[start : start + AT_ONCE])
    return found


def weeks(tx: Tx, pair_id: int) -> list[str]:
    """The ISO weeks in which somebody said that a pair met, in order."""
    return sorted(_met(tx, [pair_id])[pair_id])


def of_pair(tx: Tx, pair_id: int) -> Progress:
    """How far one pair is."""
    return progress(tx, [pair_id]).get(pair_id, Progress())


def _met(tx: Tx, pair_ids: Sequence[int]) -> dict[int, set[str]]:
    met: dict[int, set[str]] = defaultdict(set)
    for number, week, long_ago in tx.execute(_WEEKS, {"pairs": pair_ids}):
        met[number].update(long_ago if week is None else (week,))
    return met


def _some(tx: Tx, pair_ids: Sequence[int]) -> dict[int, Progress]:
    met = _met(tx, pair_ids)
    planned = {row.id: row.meetings for row in tx.execute(_PLANNED, {"pairs": pair_ids})}
    return progress_of(met, planned)
