"""What mentees are asked before their pair is introduced, as values, and the pairs that wait for an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    update,
)

from mentoring.ask_first import AfterNo, Ask, Said
from mentoring.cycles import CycleState
from mentoring.pairings import Pair, PairState
from storage import pairs
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import insert_once

_ROW, _PAIR = t.asks.c, t.pairs.c
_WAITS = and_(_ROW.said.is_(None), _ROW.asked_at >= _PAIR.decided_at)
"""Asked about the present approval of the pair, without an answer so far."""

_ASKED = t.asks.join(t.pairs, _PAIR.id == _ROW.pair_id)


def _in_cycle(cycle_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Questions about pairs of a cycle, found by what was said: few are, and most pairs are asked about by nobody."""
    whose = select(t.cycles.c.program_id).where(t.cycles.c.id == cycle_id).scalar_subquery()
    # Compared as a number that no index knows: by the index of cycles, SQLite would look through all of their pairs.
    return and_(_ROW.program_id == whose, (_PAIR.cycle_id + 0) == cycle_id)


_SKIPPING = (
    select(_PAIR.mentee_id)
    .select_from(_ASKED)
    .where(_in_cycle(bindparam("cycle", type_=Integer)), _ROW.said == Said.NO, _ROW.after == AfterNo.SKIP)
)
_REFUSED = (
    select(_PAIR.mentor_id, _PAIR.mentee_id)
    .select_from(_ASKED.join(t.cycles, t.cycles.c.id == _PAIR.cycle_id))
    .where(_ROW.program_id == bindparam("program"), _ROW.said == Said.NO)
    .where(t.cycles.c.number.in_(bindparam("numbers", expanding=True)))
)

_AGREED = _ROW.said.in_((Said.YES, Said.AHEAD))


def get(tx: Tx, pair_id: int) -> Ask | None:
    """What the mentee of that pair was asked, if they were."""
    row = tx.execute(select(t.asks).where(_ROW.pair_id == pair_id)).one_or_none()
    return _ask(row) if row else None


def of_question(tx: Tx, question: int) -> list[Ask]:
    """All that is asked under that number, by the numbers of the pairs."""
    query = select(t.asks).where(_ROW.question == question).order_by(_ROW.pair_id)
    return [_ask(row) for row in tx.execute(query)]


def slots_of(tx: Tx, pair_id: int) -> tuple[datetime, ...]:
    """The times at which the mentee of that pair said they can meet, the earliest first.

    They are the mentee's own: others are shown only those at which they work too (`mentoring.ask_first.shared`).
    """
    found = get(tx, pair_id)
    return tuple(sorted(found.slots)) if found and found.said in (Said.YES, Said.AHEAD) else ()


def begin(tx: Tx, pair: Pair, question: int, now: datetime, due: datetime, remind: datetime | None) -> bool:
    """Keep that somebody is asked about a pair, or is asked anew about a later approval of it; tells whether it is so.

    Whoever agreed to that pair before is not asked again.
    """
    asked = {"question": question, "asked_at": now, "remind_at": remind, "due_at": due, "told_at": None}
    whose = {"pair_id": pair.id, "program_id": pair.program_id}
    new = insert_once(tx, t.asks, {**whose, **asked, "slots": []}) or _anew(tx, pair, asked)
    facts.changed(tx, facts.ask(pair.id))
    return new


def _anew(tx: Tx, pair: Pair, asked: dict[str, Any]) -> bool:
    earlier = (_ROW.pair_id == pair.id, _ROW.said.is_(None), _ROW.asked_at < pair.decided_at)
    return tx.execute(update(t.asks).where(*earlier).values(asked)).rowcount == 1


def say(tx: Tx, ask: Ask, said: Said, now: datetime) -> bool:
    """Keep an answer in the place of what was seen; False when something else was said meanwhile."""
    before = _ROW.said.is_(None) if ask.said is None else _ROW.said == ask.said
    changed = update(t.asks).where(_ROW.pair_id == ask.pair_id, before, _ROW.asked_at == ask.asked_at)
    # What was wanted after an earlier no is gone with it.
    done = tx.execute(changed.values(said=said, said_at=now, remind_at=None, after=None)).rowcount == 1
    facts.changed(tx, facts.ask(ask.pair_id))
    return done


def wants(tx: Tx, ask: Ask, after: AfterNo) -> None:
    """Keep what somebody wants who said no."""
    said_no = (_ROW.pair_id == ask.pair_id, _ROW.said == Said.NO)
    tx.execute(update(t.asks).where(*said_no).values(after=after))
    facts.changed(tx, facts.ask(ask.pair_id))


def offer(tx: Tx, ask: Ask, slots: Sequence[datetime]) -> None:
    """Keep the times at which somebody can meet, in the place of those before."""
    stored = [int(slot.timestamp()) for slot in sorted(slots)]
    tx.execute(update(t.asks).where(_ROW.pair_id == ask.pair_id).values(slots=stored))
    facts.changed(tx, facts.ask(ask.pair_id))


def waits(tx: Tx, pair_id: int) -> bool:
    """Whether an approved pair waits for its mentee's answer."""
    query = _with_pairs(select(func.count())).where(_ROW.pair_id == pair_id, _WAITS)
    return bool(tx.execute(query.where(_PAIR.state == PairState.APPROVED)).scalar_one())


def waiting_in(tx: Tx, cycle_id: int) -> int:
    """How many approved pairs of a cycle wait for an answer."""
    query = _with_pairs(select(func.count())).where(_in_cycle(cycle_id), _WAITS)
    return int(tx.execute(query.where(_PAIR.state == PairState.APPROVED)).scalar_one())


def ready(tx: Tx, cycle_id: int, limit: int) -> list[Pair]:
    """The first approved pairs of a cycle that wait for no answer."""
    waiting = select(_ROW.pair_id).where(_ROW.pair_id == _PAIR.id, _WAITS)
    query = select(t.pairs).where(
        _PAIR.cycle_id == cycle_id, _PAIR.state == PairState.APPROVED, ~waiting.exists()
    )
    return [pairs.pair_of(row) for row in tx.execute(query.order_by(_PAIR.id).limit(limit))]


def to_ask(tx: Tx, program_id: int, pair_id: int = 0) -> list[Pair]:
    """The approved pairs of a program, or that one, in cycles that are not over, about which nobody was asked.

    A pair that was introduced before, and was cut off, goes on without a question.
    """
    known = select(_ROW.pair_id).where(_ROW.pair_id == _PAIR.id, or_(_WAITS, _AGREED, _ROW.said == Said.NO))
    query = (
        select(t.pairs)
        .join(t.cycles, t.cycles.c.id == _PAIR.cycle_id)
        .where(_PAIR.program_id == program_id, _PAIR.state == PairState.APPROVED)
        .where(_PAIR.introduced_at.is_(None), t.cycles.c.state != CycleState.CLOSED, ~known.exists())
    )
    only = query.where(_PAIR.id == pair_id) if pair_id else query
    return [pairs.pair_of(row) for row in tx.execute(only.order_by(_PAIR.id))]


def skipping(tx: Tx, cycle_id: int) -> frozenset[str]:
    """Who said no in a cycle and wants no other partner in it."""
    return frozenset(tx.execute(_SKIPPING, {"cycle": cycle_id}).scalars())


def to_remind(tx: Tx, by: datetime) -> list[Ask]:
    """The questions that are to be asked once more by that moment."""
    return _of_waiting(tx, _ROW.remind_at <= by)


def reminded(tx: Tx, ask: Ask) -> bool:
    """Record that a question is asked once more; False when it was before."""
    as_seen = (_ROW.pair_id == ask.pair_id, _ROW.remind_at == ask.remind_at, _ROW.said.is_(None))
    return tx.execute(update(t.asks).where(*as_seen).values(remind_at=None)).rowcount == 1


def to_tell(tx: Tx, by: datetime) -> list[Ask]:
    """The questions without an answer of which leads are to hear by that moment."""
    return _of_waiting(tx, and_(_ROW.due_at <= by, _ROW.told_at.is_(None)))


def told(tx: Tx, ask: Ask, now: datetime) -> bool:
    """Record that leads hear of it; False when they did before."""
    as_seen = (_ROW.pair_id == ask.pair_id, _ROW.told_at.is_(None), _ROW.said.is_(None))
    return tx.execute(update(t.asks).where(*as_seen).values(told_at=now)).rowcount == 1


def told_of(tx: Tx, cycle_id: int, at: datetime) -> list[int]:
    """The numbers of the pairs of a cycle of which leads heard at that second."""
    query = _with_pairs(select(_ROW.pair_id, _ROW.told_at)).where(_PAIR.cycle_id == cycle_id)
    rows = tx.execute(query.where(_ROW.told_at.is_not(None)).order_by(_ROW.pair_id))
    return [row.pair_id for row in rows if int(row.told_at.timestamp()) == int(at.timestamp())]


def moments(tx: Tx) -> list[datetime]:
    """When a question is next to be asked once more, and when leads are next to hear of one."""
    waiting = _with_pairs(
        select(func.min(_ROW.remind_at), func.min(_ROW.due_at).filter(_ROW.told_at.is_(None)))
    )
    row = tx.execute(waiting.where(_WAITS, _PAIR.state == PairState.APPROVED)).one()
    return [moment for moment in row if moment is not None]


def refused(tx: Tx, program_id: int, cycles: Collection[int]) -> frozenset[tuple[str, str]]:
    """(mentor, mentee) of every pair in the cycles with these numbers to which its mentee said no."""
    found = tx.execute(_REFUSED, {"program": program_id, "numbers": list(cycles)})
    return frozenset((row.mentor_id, row.mentee_id) for row in found)


def open_of(tx: Tx, program_id: int, mentee: str = "") -> list[Ask]:
    """The questions of a program, or of one mentee in it, that wait for an answer, one for each number."""
    query = _with_pairs(select(t.asks)).where(_ROW.program_id == program_id, _WAITS)
    theirs = _PAIR.mentee_id == mentee if mentee else ~false()
    rows = tx.execute(query.where(_PAIR.state == PairState.APPROVED, theirs).order_by(_ROW.pair_id))
    found: dict[int, Ask] = {}
    for row in rows:
        found.setdefault(row.question, _ask(row))
    return list(found.values())


def _of_waiting(tx: Tx, when: Any) -> list[Ask]:
    query = _with_pairs(select(t.asks)).where(when, _WAITS, _PAIR.state == PairState.APPROVED)
    return [_ask(row) for row in tx.execute(query.order_by(_ROW.pair_id))]


def _with_pairs(query: Select[Any]) -> Select[Any]:
    return query.select_from(t.asks).join(t.pairs, _PAIR.id == _ROW.pair_id)


def _ask(row: Row[Any]) -> Ask:
    return Ask(
        pair_id=row.pair_id,
        question=row.question,
        asked_at=row.asked_at,
        due_at=row.due_at,
        remind_at=row.remind_at,
        told_at=row.told_at,
        said=Said(row.said) if row.said else None,
        after=AfterNo(row.after) if row.after else None,
        slots=tuple(datetime.fromtimestamp(slot, UTC) for slot in row.slots),
    )
