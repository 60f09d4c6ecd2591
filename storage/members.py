"""Members and their profiles."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, Update, bindparam, exists, func, select, update

from mentoring.people import Member, Profile, Role, Standing
from storage import partings, skills
from storage import tables as t
from storage.among import among
from storage.database import Tx
from storage.outbox import facts
from storage.people import person_of
from storage.upsert import upsert


def get(tx: Tx, program_id: int, person_id: str) -> Member | None:
    """The person's membership in a program, or None."""
    row = tx.execute(_ONE, {"program": program_id, "person": person_id}).one_or_none()
    return member_of(row) if row else None


def of_program(tx: Tx, program_id: int, ids: Iterable[str] | None = None) -> dict[str, Member]:
    """Everybody who has not left the program, or just those asked for (left or not), by person id."""
    if ids is None:
        rows = tx.execute(_STAYING, {"program": program_id})
    else:
        rows = tx.execute(_SOME[tx.dialect.name], {"program": program_id, "ids": list(ids)})
    # A row of SQLAlchemy looks up each name that it is asked for, which took longer than reading it.
    return {row.person_id: member_of(row) for row in map(_Row._make, rows)}


def count(tx: Tx, program_id: int) -> int:
    """How many members take part now."""
    query = select(func.count()).select_from(t.members)
    active = query.where(t.members.c.program_id == program_id, t.members.c.standing == Standing.ACTIVE)
    return int(tx.execute(active).scalar_one())


def save(tx: Tx, workspace: str, member: Member, before: Member | None = None) -> None:
    """Store a member and profile; the person is stored already. `before` is the member so far, if there is one."""
    profile = member.profile
    values = {
        "program_id": member.program_id,
        "person_id": member.person.id,
        "workspace": workspace,
        "standing": member.standing.value,
        "paused_until": member.paused_until,
        "joined_at": member.joined_at,
        "active_since": member.active_since,
        **({} if member.silent else {"silent_since": None}),
        "away_since": member.away_since,
        "away_from": member.away_from,
        "role": profile.role.value,
        "shares": list(profile.shares),
        "wants": list(profile.wants),
        "level": profile.level,
        "department": profile.department,
        "languages": list(profile.languages),
        "starts": profile.hours[0],
        "ends": profile.hours[1],
        "manager_id": profile.manager_id,
        "avoid": list(profile.avoid),
        "mentor_capacity": profile.mentor_capacity,
        "mentee_capacity": profile.mentee_capacity,
        "together": profile.together,
        "working_days": None if profile.working_days is None else list(profile.working_days),
        "from_hr": list(member.from_hr) or None,
    }
    upsert(tx, t.members, ("program_id", "person_id"), values)
    skills.use(tx, member.program_id, member.person.id, [*profile.shares, *profile.wants])
    _show(tx, before or member, member)


def correct(tx: Tx, changes: Sequence[tuple[Member, Member]]) -> None:
    """Store other levels and departments, as (before, after); the rest of a profile stays as it is."""
    if not changes:
        return
    tx.execute(_CORRECT, [_corrected(after) for _, after in changes])
    shown = {facts.member(after.program_id, after.person.id) for _, after in changes}
    no_level = {facts.held(one.program_id) for both in changes for one in both if one.profile.level is None}
    facts.changed(tx, *sorted(shown | no_level))
    for program_id in {after.program_id for _, after in changes}:
        corrected = [after.person.id for _, after in changes if after.program_id == program_id]
        partings.look_again(tx, program_id, corrected)


def _corrected(member: Member) -> dict[str, Any]:
    profile = member.profile
    return {
        "the_program": member.program_id,
        "the_person": member.person.id,
        "the_level": profile.level,
        "the_department": profile.department,
        "hr_has": list(member.from_hr) or None,
    }


def move(
    tx: Tx,
    member: Member,
    to: Standing,
    until: date | None = None,
    active_since: datetime | None = None,
    silent_since: datetime | None = None,
) -> bool:
    """Change the member's standing if it is still what it was; tells whether it did.

    `silent_since` is given when they are paused because they did not answer.
    """
    changed = (
        update(t.members)
        .where(t.members.c.program_id == member.program_id, t.members.c.person_id == member.person.id)
        .where(t.members.c.standing == member.standing)
        .values(
            standing=to.value,
            paused_until=until,
            active_since=active_since or member.active_since,
            silent_since=silent_since,
        )
    )
    moved = tx.execute(changed).rowcount == 1
    if moved and Standing.LEFT in (member.standing, to):
        skills.user_moved(tx, member.program_id, member.person.id)
    _show(tx, member, falls_silent=silent_since is not None)
    return moved


def _show(tx: Tx, *stands: Member, falls_silent: bool = False) -> None:
    """Let every message that shows something of a member, before and after a change, show it as it is now.

    Only who can be in the lists of many people touches them: the more people there are, the more it costs to show them.
    """
    member = stands[0]
    changed = [facts.member(member.program_id, member.person.id)]
    if any(one.profile.level is None for one in stands):
        changed.append(facts.held(member.program_id))
    if falls_silent or any(one.silent for one in stands):
        changed.append(facts.silent(member.program_id))
    facts.changed(tx, *changed)


def silent(
    tx: Tx, program_id: int, since: datetime | None = None, until: datetime | None = None
) -> list[str]:
    """The ids of everybody who is paused for being silent, the latest first; or those paused in a time."""
    row = t.members.c
    query = select(row.person_id).where(row.program_id == program_id, row.standing == Standing.PAUSED)
    query = query.where(row.silent_since.is_not(None) if since is None else row.silent_since > since)
    if until is not None:
        query = query.where(row.silent_since <= until)
    return list(tx.execute(query.order_by(row.silent_since.desc(), row.person_id)).scalars())


def go_away(tx: Tx, member: Member, at: datetime) -> bool:
    """Let somebody be out until the directory knows them again, with a mark of how they stood; tells whether it did."""
    changes = {"standing": Standing.LEFT.value, "away_since": at, "away_from": member.standing.value}
    return _change(tx, member, changes)


def take_back(tx: Tx, member: Member, to: Standing, at: datetime) -> bool:
    """Let somebody who was away be in again, and count their silence from now; tells whether it did."""
    until = member.paused_until if to is Standing.PAUSED else None
    back = {"standing": to.value, "paused_until": until, "active_since": at}
    back |= {"away_since": None, "away_from": None}
    return _change(tx, member, back if to is Standing.PAUSED else back | {"silent_since": None})


def stay_out(tx: Tx, member: Member) -> bool:
    """Let somebody who was away be somebody who left; tells whether it did."""
    out = {"paused_until": None, "away_since": None, "away_from": None, "silent_since": None}
    return _change(tx, member, out)


def count_anew(tx: Tx, member: Member, at: datetime) -> None:
    """Count the weeks without an answer from now."""
    _change(tx, member, {"active_since": at})


def _change(tx: Tx, member: Member, changes: dict[str, Any]) -> bool:
    done = tx.execute(_as_it_was(member).values(changes)).rowcount == 1
    skills.user_moved(tx, member.program_id, member.person.id)
    _show(tx, member)
    return done


def _as_it_was(member: Member) -> Update:
    """An update of the member that does nothing if they stand differently by now."""
    row = t.members.c
    return update(t.members).where(
        row.program_id == member.program_id,
        row.person_id == member.person.id,
        row.standing == member.standing,
        row.away_since.is_(None) if member.away_since is None else row.away_since == member.away_since,
    )


def away(tx: Tx, workspace: str, person_id: str) -> list[Member]:
    """The person's memberships that only the directory ended."""
    row = t.members.c
    query = _all().where(row.workspace == workspace, row.person_id == person_id)
    gone = query.where(row.standing == Standing.LEFT, row.away_since.is_not(None))
    return [member_of(found) for found in tx.execute(gone)]


def is_anybody_back(tx: Tx, day: date) -> bool:
    """Whether somebody's pause, in any program, ends on or before that day."""
    row = t.members.c
    # The program is named for the index of standings, without which everybody would be looked at.
    anywhere = row.program_id.in_(select(t.programs.c.id))
    ends = (anywhere, row.standing == Standing.PAUSED, row.paused_until <= day)
    return bool(tx.execute(select(exists().where(*ends))).scalar_one())


def back_by(tx: Tx, program_id: int, day: date) -> list[Member]:
    """The members whose pause ends on or before that day."""
    query = _all().where(
        t.members.c.program_id == program_id,
        t.members.c.standing == Standing.PAUSED,
        t.members.c.paused_until <= day,
    )
    return [member_of(row) for row in tx.execute(query)]


def time_zones(tx: Tx, program_id: int) -> list[str | None]:
    """Each time zone that the directory gives for somebody who has not left the program, once."""
    row = t.members.c
    query = select(t.people.c.time_zone).select_from(t.members.join(t.people)).distinct()
    staying = query.where(row.program_id == program_id, row.standing != Standing.LEFT)
    return list(tx.execute(staying).scalars())


def held(tx: Tx, program_id: int) -> list[str]:
    """The ids of the people who take part and cannot be paired yet, because they gave no level."""
    query = (
        select(t.members.c.person_id)
        .select_from(t.members.join(t.people))
        .where(t.members.c.program_id == program_id, t.members.c.standing == Standing.ACTIVE)
        .where(t.members.c.level.is_(None), t.people.c.deactivated.is_(False))
        .order_by(t.members.c.person_id)
    )
    return list(tx.execute(query).scalars())


_COLUMNS = (*t.members.c, *(column for column in t.people.c if column.name != "workspace"))
_named: Any = namedtuple  # its fields are those of the tables, which no type checker can know
_Row = _named("_Row", [column.name for column in _COLUMNS])


def _all() -> Select[Any]:
    return select(*_COLUMNS).select_from(t.members.join(t.people))


_ROLES, _STANDINGS = {role.value: role for role in Role}, {one.value: one for one in Standing}

_CORRECT = (
    update(t.members)
    .where(
        t.members.c.program_id == bindparam("the_program"),
        t.members.c.person_id == bindparam("the_person"),
    )
    .values(level=bindparam("the_level"), department=bindparam("the_department"), from_hr=bindparam("hr_has"))
)
# Built once, because every screen asks for its people.
_OF_PROGRAM = _all().where(t.members.c.program_id == bindparam("program"))
_ONE = _OF_PROGRAM.where(t.members.c.person_id == bindparam("person"))
_STAYING = _OF_PROGRAM.where(t.members.c.standing != Standing.LEFT)
_SOME = among(_OF_PROGRAM, t.members.c.person_id)


def member_of(row: Any) -> Member:
    """What stands in a row that carries the columns of its tables."""
    return Member(
        program_id=row.program_id,
        person=person_of(row),
        profile=Profile(
            role=_ROLES[row.role],
            shares=row.shares,
            wants=row.wants,
            level=row.level,
            department=row.department,
            languages=row.languages,
            hours=(row.starts, row.ends),
            manager_id=row.manager_id,
            avoid=row.avoid,
            mentor_capacity=row.mentor_capacity,
            mentee_capacity=row.mentee_capacity,
            working_days=row.working_days,
            together=row.together,
        ),
        standing=_STANDINGS[row.standing],
        joined_at=row.joined_at,
        active_since=row.active_since,
        paused_until=row.paused_until,
        silent=row.silent_since is not None,
        away_since=row.away_since,
        away_from=Standing(row.away_from) if row.away_from else None,
        from_hr=row.from_hr or (),
        said_of_cycle=row.said_of_cycle,
        said_in=row.said_in,
    )
