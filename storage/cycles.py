"""Cycles, as values; every change of state names the state it expects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, exists, select, update

from mentoring.cycles import CYCLE_MOVES, Cycle, CycleState, CycleTimes, LeftOut
from mentoring.moves import check_move
from mentoring.plans import plan_of
from storage import left_out
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.upsert import insert_once

_TO_COME = (CycleState.PLANNED, CycleState.PROPOSED)
"""In these states a cycle's introductions have not been made."""

_NOT_TO_RESOLVE = {"resolve_by": None, "resolve_at": None}
_NOT_ASKED = {"match_asked_by": None, "match_asked_at": None}

_ONE = select(t.cycles).where(t.cycles.c.id == bindparam("id"))
_OF_PROGRAM = t.cycles.c.program_id == bindparam("program")
_NUMBERED = select(t.cycles).where(_OF_PROGRAM, t.cycles.c.number == bindparam("the_number"))
_INTRODUCED = select(
    exists().where(
        _OF_PROGRAM,
        t.cycles.c.intro_at > bindparam("the_moment"),
        t.cycles.c.state.not_in([state.value for state in _TO_COME]),
    )
)
_IN_STATES = (
    select(t.cycles)
    .where(t.cycles.c.state.in_(bindparam("states", expanding=True)))
    .order_by(t.cycles.c.intro_at, t.cycles.c.id)
)


def open_once(tx: Tx, program_id: int, times: CycleTimes) -> Cycle:
    """Plan a cycle unless it is planned already; gives the one that is."""
    planned = {"state": CycleState.PLANNED.value, "runs": 0}
    insert_once(tx, t.cycles, {"program_id": program_id, **_dates(times), **planned})
    cycle = numbered(tx, program_id, times.number)
    assert cycle is not None, "it was stored a line ago, if not before"
    return cycle


def numbered(tx: Tx, program_id: int, number: int) -> Cycle | None:
    """A program's cycle with that number, or None."""
    row = tx.execute(_NUMBERED, {"program": program_id, "the_number": number}).one_or_none()
    return cycle_of(row) if row else None


def get(tx: Tx, cycle_id: int) -> Cycle:
    """The cycle with that id."""
    return cycle_of(tx.execute(_ONE, {"id": cycle_id}).one())


def of_program(tx: Tx, program_id: int) -> list[Cycle]:
    """All cycles of a program, oldest first."""
    query = select(t.cycles).where(t.cycles.c.program_id == program_id).order_by(t.cycles.c.number)
    return [cycle_of(row) for row in tx.execute(query)]


def in_state(tx: Tx, *states: CycleState) -> list[Cycle]:
    """Every program's cycles in one of these states, oldest first."""
    return [cycle_of(row) for row in tx.execute(_IN_STATES, {"states": states})]


def introduced_since(tx: Tx, program_id: int, moment: datetime) -> bool:
    """Whether introductions that were planned for later than that moment have been made, or let go, by now."""
    return bool(tx.execute(_INTRODUCED, {"program": program_id, "the_moment": moment}).scalar_one())


def ask_to_match(tx: Tx, cycle: Cycle, person_id: str, now: datetime) -> None:
    """Keep that somebody asked for pairs, until a run of the matching is recorded."""
    asked = {"match_asked_by": person_id, "match_asked_at": now}
    tx.execute(update(t.cycles).where(t.cycles.c.id == cycle.id).values(asked))  # no message shows it


def to_resolve(tx: Tx, cycle_id: int, person_id: str, now: datetime) -> None:
    """Keep that the rest is to be matched around what somebody decided, until a run of the matching is recorded."""
    decided = {"resolve_by": person_id, "resolve_at": now}
    tx.execute(update(t.cycles).where(t.cycles.c.id == cycle_id).values(decided))  # no message shows it


def resolves_since(tx: Tx, cycle_id: int) -> datetime | None:
    """Since when the rest is to be matched around what somebody decided; None where nothing is to be done."""
    since: datetime | None = tx.execute(
        select(t.cycles.c.resolve_at).where(t.cycles.c.id == cycle_id)
    ).scalar_one()
    return since


def resolved(tx: Tx, cycle: Cycle, since: datetime, found: Sequence[LeftOut]) -> bool:
    """Record that the rest is matched around what was decided up to that moment, and who has no partner by that.

    Tells whether that is so: somebody may have decided something later, or the cycle be in another state.
    """
    changed = update(t.cycles).where(
        t.cycles.c.id == cycle.id, t.cycles.c.state == cycle.state, t.cycles.c.resolve_at == since
    )
    facts.changed(tx, facts.cycle(cycle.id))
    return _kept(tx, changed.values(_NOT_TO_RESOLVE), cycle, found)


def not_to_resolve(tx: Tx, cycle: Cycle) -> None:
    """Let go of it, because nothing is to be proposed in that cycle."""
    tx.execute(
        update(t.cycles).where(t.cycles.c.id == cycle.id).values(_NOT_TO_RESOLVE)
    )  # no message shows it


def waiting_to_resolve(tx: Tx, before: datetime) -> list[tuple[Cycle, str]]:
    """The cycles in which something was decided before that moment and not matched around yet, with who decided."""
    c = t.cycles.c
    query = select(t.cycles).where(c.resolve_at < before).order_by(c.id)
    return [(cycle_of(row), row.resolve_by) for row in tx.execute(query)]


def to_be_resolved(tx: Tx) -> list[datetime]:
    """Since when the rest of each cycle is to be matched around what somebody decided, where it is."""
    decided_at = t.cycles.c.resolve_at
    return list(tx.execute(select(decided_at).where(decided_at.is_not(None))).scalars())


def forget_to_match(tx: Tx, cycle: Cycle) -> None:
    """Let go what somebody asked for, because it cannot be done."""
    tx.execute(update(t.cycles).where(t.cycles.c.id == cycle.id).values(_NOT_ASKED))  # no message shows it


def asked_to_match(tx: Tx, before: datetime) -> list[tuple[Cycle, str]]:
    """The cycles for which pairs were asked for before that moment and not found yet, with who asked."""
    c = t.cycles.c
    query = select(t.cycles).where(c.match_asked_at < before).order_by(c.id)
    return [(cycle_of(row), row.match_asked_by) for row in tx.execute(query)]


def matched(
    tx: Tx, cycle: Cycle, to: CycleState, now: datetime, found: Sequence[LeftOut], news: bool = True
) -> bool:
    """Record a run of the matching, unless another run or a change of state came first.

    One without news is not counted as one more. Raises `IllegalMove`, except where the cycle stays in its state.
    """
    if to is not cycle.state:
        check_move(CYCLE_MOVES, cycle.state, to)
    changed = (
        update(t.cycles)
        .where(t.cycles.c.id == cycle.id, t.cycles.c.runs == cycle.runs, t.cycles.c.state == cycle.state)
        .values(runs=cycle.runs + news, state=to.value, matched_at=now, **_NOT_ASKED)
    )
    facts.changed(tx, facts.cycle(cycle.id))
    return _kept(tx, changed, cycle, found)


def _kept(tx: Tx, changed: Update, cycle: Cycle, found: Sequence[LeftOut]) -> bool:
    """Record a run if the cycle is as it was seen, with whom it left out; tells whether it is."""
    if tx.execute(changed).rowcount != 1:
        return False
    left_out.keep(tx, cycle.id, found)
    return True


def move(tx: Tx, cycle: Cycle, to: CycleState) -> bool:
    """Change the cycle's state if it is still what it was; tells whether it did. Raises `IllegalMove`."""
    check_move(CYCLE_MOVES, cycle.state, to)
    changed = update(t.cycles).where(t.cycles.c.id == cycle.id, t.cycles.c.state == cycle.state)
    facts.changed(tx, facts.cycle(cycle.id))
    if cycle.state in _TO_COME and to not in _TO_COME:
        facts.changed(tx, facts.introductions(cycle.program_id))
    return tx.execute(changed.values(state=to.value)).rowcount == 1


def reschedule(tx: Tx, cycle: Cycle, times: CycleTimes) -> None:
    """Give a cycle that is not over the times of a changed calendar."""
    values = _dates(times)
    if cycle.state is CycleState.RUNNING:
        values = {"ends_at": times.ends_at}
    tx.execute(
        update(t.cycles).where(t.cycles.c.id == cycle.id, t.cycles.c.state == cycle.state).values(values)
    )
    facts.changed(tx, facts.cycle(cycle.id))


def postpone(tx: Tx, cycle: Cycle, proposal_at: datetime) -> None:
    """Hold the planned run of the matching later, if it has not been held yet."""
    waiting = (t.cycles.c.id == cycle.id, t.cycles.c.runs == cycle.runs)
    tx.execute(update(t.cycles).where(*waiting).values(proposal_at=proposal_at))  # no message shows it


def cycle_of(row: Any) -> Cycle:
    """What stands in a row that carries the columns of its table."""
    return Cycle(
        id=row.id,
        program_id=row.program_id,
        times=CycleTimes(
            row.number,
            row.start_on,
            row.proposal_at,
            row.intro_at,
            row.ends_at,
            plan_of(row.meetings, row.rhythm),
        ),
        state=CycleState(row.state),
        runs=row.runs,
        matched_at=row.matched_at,
    )


def _dates(times: CycleTimes) -> dict[str, Any]:
    plan = times.plan
    return {
        "number": times.number,
        "start_on": times.start_on,
        "proposal_at": times.proposal_at,
        "intro_at": times.intro_at,
        "ends_at": times.ends_at,
        "meetings": plan.meetings if plan else None,
        "rhythm": plan.rhythm.value if plan else None,
    }
