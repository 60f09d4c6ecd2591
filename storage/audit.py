"""Who did what: every action of a lead or an admin, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage import tables as t
from storage.database import Tx

SCHEDULE = "schedule"
"""The actor of whatever the calendar did by itself."""

COMMAND_LINE = "command line"
"""The actor of whatever whoever runs the bot did with a command."""


ERASED = "erased"
"""What stands in the place of somebody who had their data erased."""

Values = Mapping[str, Any]

_NOTE = insert(t.audit)


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: by whom, about what, and what was so before it and after it, where it changed something."""

    id: int
    program_id: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: Values
    after: Values
    details: Values


def note(
    tx: Tx,
    program_id: int,
    at: datetime,
    actor: str,
    action: str,
    subject: object,
    before: Values | None = None,
    after: Values | None = None,
    **details: Any,
) -> None:
    """Add an entry; all values in it are plain, and may be seen by a lead.

    The database itself refuses to change or delete it: see `erasing`.
    """
    values = {"program_id": program_id, "at": at, "actor": actor, "action": action, "subject": str(subject)}
    changed = {"before": before or None, "after": after or None}
    tx.execute(_NOTE, values | changed | {"details": details})


@contextmanager
def erasing(tx: Tx) -> Iterator[None]:
    """Within this, entries can be changed: the one way, for somebody's right to be erased.

    The mark that the triggers look for is taken away in the same transaction, so that no other one ever has it.
    """
    tx.execute(insert(t.erasures).values(id=1))
    yield
    tx.execute(delete(t.erasures))


def erase(tx: Tx, program_id: int, person_id: str) -> int:
    """Put `ERASED` in the place of a person in every entry; gives how many had them."""
    found = [one for one in all_entries(tx, program_id) if _names(one, person_id)]
    with erasing(tx):
        for one in found:
            changes = {
                "actor": _without(one.actor, person_id),
                "subject": _without(one.subject, person_id),
                "before": _without(one.before, person_id) or None,
                "after": _without(one.after, person_id) or None,
                "details": _without(one.details, person_id),
            }
            tx.execute(update(t.audit).where(t.audit.c.id == one.id).values(changes))
    return len(found)


def _names(entry: Entry, person_id: str) -> bool:
    told = (entry.actor, entry.subject, entry.before, entry.after, entry.details)
    return any(_without(one, person_id) != one for one in told)


def _without(value: Any, person_id: str) -> Any:
    """The same value with `ERASED` wherever it has this id, alone or as one of several words."""
    if isinstance(value, str):
        return " ".join(ERASED if word == person_id else word for word in value.split(" "))
    if isinstance(value, Mapping):
        return {_without(key, person_id): _without(one, person_id) for key, one in value.items()}
    return [_without(one, person_id) for one in value] if isinstance(value, list) else value


def all_entries(
    tx: Tx, program_id: int, since: datetime | None = None, before: datetime | None = None
) -> Iterator[Entry]:
    """Every entry of a program in a span of time, oldest first."""
    row = t.audit.c
    query = select(t.audit).where(row.program_id == program_id).order_by(row.id)
    query = query if since is None else query.where(row.at >= since)
    query = query if before is None else query.where(row.at < before)
    for found in tx.execute(query):
        yield Entry(
            found.id,
            found.program_id,
            found.at,
            found.actor,
            found.action,
            found.subject,
            found.before or {},
            found.after or {},
            found.details,
        )


def last(tx: Tx, program_id: int, subject: object, actions: Collection[str]) -> tuple[str, str] | None:
    """(who, what): the last of these actions about a subject; None where there was none."""
    row = t.audit.c
    query = select(row.actor, row.action).where(
        row.program_id == program_id, row.subject == str(subject), row.action.in_(list(actions))
    )
    found = tx.execute(query.order_by(row.id.desc()).limit(1)).one_or_none()
    return (found.actor, found.action) if found else None


def entries(tx: Tx, program_id: int) -> list[tuple[datetime, str, str, str]]:
    """(when, who, what, about what), oldest first."""
    query = select(t.audit).where(t.audit.c.program_id == program_id).order_by(t.audit.c.id)
    return [(row.at, row.actor, row.action, row.subject) for row in tx.execute(query)]


def actor_of_run(tx: Tx, program_id: int, cycle_id: int, run: int) -> str | None:
    """Who asked for a cycle's n-th matching (counted from 1), or None when it was the calendar."""
    row = t.audit.c
    query = select(row.actor).where(
        row.program_id == program_id, row.action == "match", row.subject == str(cycle_id)
    )
    actors = list(tx.execute(query.order_by(row.id)).scalars())
    return actors[run - 1] if 0 < run <= len(actors) and actors[run - 1] != SCHEDULE else None


def latest(tx: Tx) -> datetime | None:
    """When the last thing on record was done, or None when nothing is."""
    return tx.execute(select(t.audit.c.at).order_by(t.audit.c.id.desc()).limit(1)).scalar_one_or_none()
