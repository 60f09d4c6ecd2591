"""Facts that messages on screen show: whoever changes one marks those messages to be made anew.

A fact is a name like `pair/12`. The writers of this package call `changed`, and `program.look` notes what a message was
made from, so that no use case has to know on which screens its change can be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, bindparam, case, delete, func, select, union, update
from sqlalchemy.sql.dml import ReturningUpdate

from mentoring.checkins import CheckInState
from mentoring.urgency import FEW, Lane
from storage import acting
from storage import tables as t
from storage.database import Tx
from storage.outbox import queued
from storage.states import RowState
from storage.upsert import insert_new

ON_THEIR_WAY = (RowState.READY, RowState.SENDING, RowState.UNSURE, RowState.SENT)
"""Messages in these states can still come to show something else."""

_LAST_WEEK = "9999-W53"
_CHECKIN = t.checkins.c
_ASKED_BEFORE = (
    select(func.max(_CHECKIN.week))
    .where(_CHECKIN.pair_id == bindparam("pair"), _CHECKIN.person_id == bindparam("person"))
    .where(_CHECKIN.week < bindparam("the_week"), _CHECKIN.state != CheckInState.SKIPPED)
    .scalar_subquery()
)
_SINCE = bindparam("side", type_=String) + func.coalesce(_ASKED_BEFORE, bindparam("the_week"))
_IS_ONE = t.shows.c.fact.in_(bindparam("facts", expanding=True))
_SHOWING = select(t.shows.c.row_id).where(_IS_ONE)
_SHOWING_SINCE = union(
    _SHOWING, select(t.shows.c.row_id).where(t.shows.c.fact.between(_SINCE, bindparam("last")))
)
_KNOWN = select(t.shows.c.fact).where(t.shows.c.row_id == bindparam("row"))
_FORGET = delete(t.shows).where(
    t.shows.c.row_id == bindparam("row"), t.shows.c.fact.in_(bindparam("facts", expanding=True))
)
_WAS_SENT = t.outbox.c.state == RowState.SENT
_OVER = [state for state in RowState if state not in ON_THEIR_WAY]
# Built once, because nearly every change asks for it. It names the states that a message is not in: for those that it
# is in, SQLite would take the index of states, and look at every message that was ever sent.
_ANEW = (
    update(t.outbox)
    .where(t.outbox.c.ts.is_not(None), t.outbox.c.state.not_in(_OVER))
    .values(
        wanted=t.outbox.c.wanted + 1,
        state=case((_WAS_SENT, RowState.READY.value), else_=t.outbox.c.state),
        attempts=case((_WAS_SENT, 0), else_=t.outbox.c.attempts),
        lane=bindparam("the_lane"),
        act=bindparam("the_act"),
    )
    .returning(t.outbox.c.id, t.outbox.c.channel, t.outbox.c.ts)
)
_DRAW_ANEW, _DRAW_SINCE = (_ANEW.where(t.outbox.c.id.in_(rows)) for rows in (_SHOWING, _SHOWING_SINCE))
_EN_MASSE = (
    update(t.outbox)
    .where(t.outbox.c.id.in_(bindparam("rows", expanding=True)))
    .values(lane=Lane.REDRAWN.value)
)


def settings(program_id: int, part: str) -> str:
    """One part of a program's settings: `name`, `leads`, `leads_channel`, `calendar`, `rules`, `ladder` and others."""
    return f"program/{program_id}/{part}"


def clocks(program_id: int) -> str:
    """How the clocks of its people stand to each other."""
    return f"clocks/{program_id}"


def person(person_id: str) -> str:
    """What the directory says about somebody."""
    return f"person/{person_id}"


def member(program_id: int, person_id: str) -> str:
    """Somebody's standing and profile."""
    return f"member/{program_id}/{person_id}"


def experiences(program_id: int, person_id: str) -> str:
    """What somebody opens and asks for."""
    return f"experiences/{program_id}/{person_id}"


def held(program_id: int) -> str:
    """Who takes part and has no level yet."""
    return f"held/{program_id}"


def cycle(cycle_id: int) -> str:
    """A cycle's state, times, runs, and who was left out."""
    return f"cycle/{cycle_id}"


def introductions(program_id: int) -> str:
    """Up to which cycle a program's introductions have been made."""
    return f"introductions/{program_id}"


def pair(pair_id: int) -> str:
    """A pair's state and what was decided about it."""
    return f"pair/{pair_id}"


def parting(pair_id: int) -> str:
    """Who of a pair is left alone and what they chose, and who ended it."""
    return f"parting/{pair_id}"


def pact(pair_id: int) -> str:
    """What a pair was asked to sign, and who did."""
    return f"pact/{pair_id}"


def guides(program_id: int) -> str:
    """The words that leads gave to guides."""
    return f"guides/{program_id}"


def pairs_of_cycle(cycle_id: int) -> str:
    """How many of a cycle's pairs are in each state."""
    return f"pairs/{cycle_id}"


def pairs_of_person(program_id: int, person_id: str) -> str:
    """The states of somebody's pairs."""
    return f"partners/{program_id}/{person_id}"


def side(pair_id: int, person_id: str) -> str:
    """The check-ins of one person about one pair."""
    return f"side/{pair_id}/{person_id}"


def side_until(pair_id: int, person_id: str, iso_week: str) -> str:
    """The same up to and with that week, and whether there is a later one."""
    return f"side/{pair_id}/{person_id}/{iso_week}"


def planned(pair_id: int) -> str:
    """When a pair said that they meet."""
    return f"planned/{pair_id}"


def week(person_id: str, iso_week: str) -> str:
    """What somebody is asked in a week."""
    return f"week/{iso_week}/{person_id}"


def silent(program_id: int) -> str:
    """Who is paused for being silent."""
    return f"silent/{program_id}"


def letter(row_id: int) -> str:
    """What became of a message."""
    return f"letter/{row_id}"


def intro_case(pair_id: int) -> str:
    """Who looks after a pair's introduction of unknown fate, and whether the two were asked."""
    return f"case/{pair_id}"


def ask(pair_id: int) -> str:
    """What a mentee was asked before their pair is introduced, and what they said."""
    return f"ask/{pair_id}"


def call(checkin_id: int) -> str:
    """Who looks after a call for help, and whether that is done."""
    return f"call/{checkin_id}"


def admins(workspace: str) -> str:
    """Who administers a workspace."""
    return f"admins/{workspace}"


def said(program_id: int, kind: str, subject: object) -> str:
    """To whom something was said."""
    return f"said/{program_id}/{kind}/{subject}"[:64]


def refused(program_id: int, error: str) -> str:
    """Which messages Slack refused for that reason."""
    return f"refused/{program_id}/{error}"[:64]


def changed(tx: Tx, *facts: str) -> None:
    """Ask every message that shows one of these facts to show the present state, wherever it stands.

    A message that arrived at a place nobody knows stays as it is: it cannot be updated. What changes in few places in
    one transaction goes before what changes in many.
    """
    _draw(tx, _DRAW_ANEW, {"facts": facts})


def side_changed(tx: Tx, pair_id: int, person_id: str, week: str) -> None:
    """The check-in of a side in that ISO week has changed: so have later ones, and the one before may have passed.

    What was asked before that is as it was: by the end of its cycle, a pair has a hundred messages on screen.
    """
    first, last = (side_until(pair_id, person_id, one) for one in ("", _LAST_WEEK))
    named = {"pair": pair_id, "person": person_id, "the_week": week, "side": first, "last": last}
    _draw(tx, _DRAW_SINCE, {"facts": [side(pair_id, person_id)], **named})


def _draw(tx: Tx, statement: ReturningUpdate[Any], named: dict[str, object]) -> None:
    before = queued.drawn(tx)
    lane = Lane.CHANGES if len(before) <= FEW else Lane.REDRAWN
    values = {**named, "the_lane": lane.value, "the_act": acting.current() or None}
    rows = {row.id: (row.channel, row.ts) for row in tx.execute(statement, values)}
    if rows and len(drawn := queued.draw(tx, rows)) > FEW and lane is Lane.CHANGES:
        tx.execute(_EN_MASSE, {"rows": sorted(drawn)})


def known(tx: Tx, row_id: int) -> frozenset[str]:
    """What a message was made from, as far as it was noted."""
    return frozenset(tx.execute(_KNOWN, {"row": row_id}).scalars())


def remember(tx: Tx, row_id: int, facts: Iterable[str]) -> None:
    """Note what a message was made from, beside what was noted before."""
    if rows := [{"row_id": row_id, "fact": fact} for fact in sorted(facts)]:
        insert_new(tx, t.shows, rows)


def forget(tx: Tx, row_id: int, facts: Iterable[str]) -> None:
    """A message that was made anew shows these no more."""
    if gone := sorted(facts):
        tx.execute(_FORGET, {"row": row_id, "facts": gone})
