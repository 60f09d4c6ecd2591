"""What happens when the workspace's directory says something new about a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mentoring.pairings import Because, Cause
from mentoring.people import Person
from program import checkins, rechecks, returning
from program.act import Act
from program.context import AT_ONCE, Context
from program.members import cut_off
from storage import members, people, programs

LOOK_AGAIN = timedelta(hours=1)
"""People who take part are looked up again after this time, because events about them can be lost."""


def known(ctx: Context, workspace: str, person_id: str) -> Person | None:
    """The person as last seen, or None."""
    with ctx.read(workspace) as act:
        return people.get(act.tx, workspace, person_id)


def known_since(ctx: Context, workspace: str, person_id: str, since: datetime) -> Person | None:
    """The person, if the directory said so at that moment or later."""
    with ctx.read(workspace) as act:
        return people.seen_since(act.tx, workspace, person_id, since)


def to_look_up(ctx: Context, limit: int) -> list[tuple[str, str]]:
    """Up to `limit` (workspace, person id) whose directory entry should be read again, longest unseen first."""
    with ctx.read() as act:
        return people.stale(act.tx, act.now - LOOK_AGAIN, limit)


def record(ctx: Context, workspace: str, seen: Sequence[Person]) -> None:
    """Keep what the directory says now, and act on it, a few people at a time.

    Whoever is gone is out until they are back, whoever is back is asked, whoever moved is asked at new hours.
    """
    for start in range(0, len(seen), AT_ONCE):
        with ctx.act(workspace) as act:
            for person in seen[start : start + AT_ONCE]:
                _record(act, person)


def heard(ctx: Context, workspace: str, person: Person) -> None:
    """Keep what an event says about somebody on record; one that comes late undoes nothing newer."""
    with ctx.act(workspace) as act:
        before = people.get(act.tx, workspace, person.id)
        if before is not None and not _is_late(person, before, act.now):
            _record(act, person)


def _is_late(person: Person, before: Person, now: datetime) -> bool:
    """Whether something newer is known; a state of the day after tomorrow is no measure of that."""
    ahead = before.updated is not None and before.updated > (now + A_DAY).timestamp()
    return person.is_older_than(before) and not ahead


A_DAY = timedelta(days=1)


def found_admins(ctx: Context, workspace: str, admins: Sequence[Person]) -> None:
    """Keep these admins. What the list leaves out about somebody known stays as it was."""
    record(ctx, workspace, admins)


def only_admins(ctx: Context, workspace: str, admins: Collection[str], since: datetime | None = None) -> None:
    """Take the mark of an admin from everybody else, as a list says that was begun then, or is of now."""
    with ctx.act(workspace) as act:
        people.only_admins(act.tx, workspace, admins, since)


def gone(ctx: Context, workspace: str, person_id: str) -> None:
    """The workspace does not know this person any more."""
    person = known(ctx, workspace, person_id) or Person(person_id, name=person_id)
    with ctx.act(workspace) as act:
        now = act.now.timestamp()
        # Whatever was said of them before is older than that.
        updated, reported = person.updated or int(now), int(now * 1_000_000)
        _record(act, replace(person, deactivated=True, updated=updated, reported=reported))


def _just_seen(act: Act, person_id: str) -> bool:
    """Whether the directory said anything within the hour: what it says for longer than that is so."""
    return people.seen_since(act.tx, act.workspace, person_id, act.now - LOOK_AGAIN) is not None


def _record(act: Act, person: Person) -> None:
    tx, workspace = act.tx, act.workspace
    before = people.get(tx, workspace, person.id)
    person = person.completed_by(before)
    if before and _is_late(person, before, act.now) and _just_seen(act, person.id):
        return  # An answer that was on its way while something newer was heard.
    people.replace(tx, workspace, before, person, act.now)
    if before is None:
        return
    for program in programs.of_person(tx, workspace, person.id):
        inside = act.within(program)
        member = members.get(tx, program.id, person.id)
        if person.gone and member is not None:
            cut_off(inside, member, Because(Cause.GONE))
            continue
        if person.time_zone != before.time_zone:
            checkins.replan(inside, person.id)
        if person != before:
            rechecks.of_person(tx, program, person.id)
    if not person.gone:
        returning.ask(act, person.id)
