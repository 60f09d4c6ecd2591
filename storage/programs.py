"""Programs and their leads, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Row,
    Select,
    String,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from mentoring.cadence import Weekly
from mentoring.people import Standing
from mentoring.plans import plan_of
from mentoring.programs import DEFAULT_LADDER, Calendar, CheckedProgram, Program, RuleSettings
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts

# Built once, because nearly every transaction asks for its program. A program comes with its leads in one row: each
# with their place, in an order that no database promises.
_LEADS = select(
    func.aggregate_strings(cast(t.leads.c.place, String) + literal_column("':'") + t.leads.c.person_id, ",")
).where(t.leads.c.program_id == t.programs.c.id)
_ALL = select(t.programs, _LEADS.scalar_subquery().label("led_by"))
_EVERY = _ALL.order_by(t.programs.c.id)
_IN_WORKSPACE = _ALL.where(t.programs.c.workspace == bindparam("workspace"))
_ONE = _ALL.where(t.programs.c.id == bindparam("id"))
_WITH_PERSON = _IN_WORKSPACE.add_columns(
    exists()
    .where(
        t.members.c.program_id == t.programs.c.id,
        t.members.c.person_id == bindparam("person"),
        t.members.c.standing != Standing.LEFT,
    )
    .label("belongs")
)
_OF_PERSON = _ALL.join(t.members, t.members.c.program_id == t.programs.c.id).where(
    t.members.c.workspace == bindparam("workspace"),
    t.members.c.person_id == bindparam("person"),
    t.members.c.standing != Standing.LEFT,
)


def find(tx: Tx, workspace: str) -> Program | None:
    """The workspace's program, or None."""
    row = tx.execute(_IN_WORKSPACE, {"workspace": workspace}).one_or_none()
    return _program(row) if row else None


def acting_in(tx: Tx, workspace: str, person_id: str) -> Program | None:
    """The only program that the person belongs to, else the workspace's, or None."""
    rows = tx.execute(_WITH_PERSON, {"workspace": workspace, "person": person_id}).all()
    theirs = [row for row in rows if row.belongs]
    found = theirs if len(theirs) == 1 else rows
    assert len(found) < 2, "a workspace has one program"
    return _program(found[0]) if found else None


def of_person(tx: Tx, workspace: str, person_id: str) -> list[Program]:
    """The programs that the person belongs to and has not left."""
    rows = tx.execute(_OF_PERSON, {"workspace": workspace, "person": person_id}).all()
    return [_program(row) for row in rows]


def get(tx: Tx, program_id: int) -> Program:
    """The program with that id."""
    return _program(tx.execute(_ONE, {"id": program_id}).one())


def found_by(number: Select[int] | CompoundSelect[int]) -> Select[Any]:
    """The question for the program with the number that another question gives."""
    return _ALL.where(t.programs.c.id.in_(number))


def first(tx: Tx, question: Select[Any], named: Mapping[str, object]) -> Program | None:
    """The program that such a question finds, or None."""
    row = tx.execute(question, named).first()
    return _program(row) if row else None


def every(tx: Tx) -> list[Program]:
    """All programs."""
    return [_program(row) for row in tx.execute(_EVERY)]


def workspaces(tx: Tx) -> list[str]:
    """The workspaces that have a program; tables of every version so far can tell."""
    return list(tx.execute(select(t.programs.c.workspace).order_by(t.programs.c.id)).scalars())


def create(tx: Tx, workspace: str, settings: CheckedProgram) -> Program | None:
    """Store a new program, or give None when another admin was faster."""
    values = _values(settings) | {"workspace": workspace, "ladder": list(DEFAULT_LADDER)}
    try:
        with tx.begin_nested():
            key = tx.execute(insert(t.programs).values(values)).inserted_primary_key
    except IntegrityError:
        return None
    assert key is not None, "an INSERT of one row gives its key"
    _set_leads(tx, key[0], settings.leads)
    return get(tx, key[0])


def save(tx: Tx, program_id: int, settings: CheckedProgram) -> Program:
    """Store new settings of a program."""
    before = get(tx, program_id)
    tx.execute(update(t.programs).where(t.programs.c.id == program_id).values(_values(settings)))
    _set_leads(tx, program_id, settings.leads)
    facts.changed(tx, *_news(before, settings))
    return get(tx, program_id)


def _news(before: Program, settings: CheckedProgram) -> list[str]:
    """The facts in which new settings differ from those before."""
    parts = ("name", "leads", "leads_channel", "calendar", "rules")
    return [
        facts.settings(before.id, part) for part in parts if getattr(before, part) != getattr(settings, part)
    ]


def set_rules(tx: Tx, program_id: int, rules: RuleSettings) -> None:
    """Have other rules from now on, and the rest as it is."""
    tx.execute(update(t.programs).where(t.programs.c.id == program_id).values(rules=asdict(rules)))
    facts.changed(tx, facts.settings(program_id, "rules"))


def recheck_from(tx: Tx, program_id: int, pair_id: int | None) -> None:
    """Have the pairs that wait looked at again, from this number on; None when all have been."""
    tx.execute(update(t.programs).where(t.programs.c.id == program_id).values(recheck_from=pair_id))


def to_recheck(tx: Tx) -> list[int]:
    """The ids of the programs whose waiting pairs are to be looked at again."""
    return list(tx.execute(select(t.programs.c.id).where(t.programs.c.recheck_from.is_not(None))).scalars())


def worked_out(tx: Tx) -> list[tuple[int, str, date | None]]:
    """Each program's id, its time zone, and the day for which its shared hours were last worked out, or None."""
    row = t.programs.c
    found = tx.execute(select(row.id, row.time_zone, row.hours_on).order_by(row.id))
    return [(one.id, one.time_zone, one.hours_on) for one in found]


def time_zones(tx: Tx) -> list[str]:
    """Every time zone of a program or a person on record, in order."""
    row = t.people.c.time_zone
    of_people = tx.execute(select(row).where(row.is_not(None)).distinct()).scalars()
    return sorted({*of_people, *tx.execute(select(t.programs.c.time_zone).distinct()).scalars()})


def hours_on(tx: Tx, program_id: int) -> date | None:
    """The day for which shared hours were last worked out, or None."""
    found: date | None = tx.execute(
        select(t.programs.c.hours_on).where(t.programs.c.id == program_id)
    ).scalar_one()
    return found


def set_hours_on(tx: Tx, program_id: int, day: date, clocks_moved: bool) -> None:
    """Work out shared hours for this day from now on; `clocks_moved` tells whether any may differ."""
    tx.execute(update(t.programs).where(t.programs.c.id == program_id).values(hours_on=day))
    if clocks_moved:
        facts.changed(tx, facts.clocks(program_id))


def _values(settings: CheckedProgram) -> dict[str, Any]:
    calendar = settings.calendar
    return {
        "name": settings.name,
        "leads_channel": settings.leads_channel,
        "time_zone": calendar.time_zone,
        "cycle_weeks": calendar.cycle_weeks,
        "first_start": calendar.first_start,
        "intro_weekday": calendar.intro.weekday,
        "intro_minutes": calendar.intro.minutes,
        "checkin_weekday": calendar.checkin.weekday,
        "checkin_minutes": calendar.checkin.minutes,
        "proposal_days": calendar.proposal_days,
        "first_number": calendar.first_number,
        "working_days": list(calendar.working_days),
        "meetings": calendar.plan.meetings if calendar.plan else None,
        "rhythm": calendar.plan.rhythm.value if calendar.plan else None,
        "rules": asdict(settings.rules),
    }


def _set_leads(tx: Tx, program_id: int, leads: tuple[str, ...]) -> None:
    tx.execute(delete(t.leads).where(t.leads.c.program_id == program_id))
    rows = [{"program_id": program_id, "person_id": lead, "place": place} for place, lead in enumerate(leads)]
    if rows:
        tx.execute(insert(t.leads), rows)


def _leads(led_by: str | None) -> tuple[str, ...]:
    placed = (one.split(":", 1) for one in led_by.split(",")) if led_by else ()
    return tuple(person_id for _, person_id in sorted(placed, key=lambda one: int(one[0])))


def _rule(value: Any) -> Any:
    """A rule's value as it was before it was JSON."""
    return tuple(value) if isinstance(value, list) else value


def _program(row: Row[Any]) -> Program:
    return Program(
        id=row.id,
        workspace=row.workspace,
        name=row.name,
        leads=_leads(row.led_by),
        leads_channel=row.leads_channel,
        calendar=Calendar(
            time_zone=row.time_zone,
            cycle_weeks=row.cycle_weeks,
            first_start=row.first_start,
            intro=Weekly(row.intro_weekday, row.intro_minutes),
            checkin=Weekly(row.checkin_weekday, row.checkin_minutes),
            proposal_days=row.proposal_days,
            first_number=row.first_number,
            working_days=tuple(row.working_days),
            plan=plan_of(row.meetings, row.rhythm),
        ),
        rules=RuleSettings(**{name: _rule(value) for name, value in row.rules.items()}),
        ladder=tuple(row.ladder),
        sponsor=row.sponsor,
        junior_champion=row.junior_champion,
    )
