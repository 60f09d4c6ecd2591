"""Setting up the program and changing its settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from mentoring.cadence import local_date
from mentoring.cycles import CycleState, cycle_times, follow_length
from mentoring.errors import Invalid
from mentoring.greeting import Dates
from mentoring.people import Person
from mentoring.plans import AS_IT_IS, DEFAULT_MEETINGS, DEFAULT_RHYTHM
from mentoring.programs import (
    ASKED,
    DEFAULT_LADDER,
    CheckedProgram,
    Program,
    ProgramDraft,
    check_program,
    draft_of,
)
from mentoring.working_time import MONDAY_TO_FRIDAY
from program import access, checkins, greeting, recipients
from program.act import Act
from program.context import Context
from program.forms import SetupForm
from storage import cycles, people, programs
from storage.database import Tx


def find(ctx: Context, workspace: str, person_id: str = "") -> Program | None:
    """The program that this is about, or somebody is in, or else the workspace's; None where there is none."""
    with ctx.read(workspace, person_id) as act:
        return act.found


def setup_form(ctx: Context, workspace: str, person: Person, channel: str | None = None) -> SetupForm:
    """The settings form for somebody who may use it; `channel` is proposed for the leads. Raises `AdminsOnly`."""
    with ctx.read(workspace, person.id) as act:
        access.require_set_up(act, person)
        if (program := act.found) is not None:
            # Leads who cannot lead now are not offered, and keep their place for when they are back.
            shown = replace(draft_of(program), leads=recipients.leads(act.tx, program))
            return SetupForm(
                shown, exists=True, running=_is_running(act.tx, program), levels=len(program.ladder)
            )
    zone = person.time_zone or "UTC"
    today = local_date(act.now, zone)
    draft = ProgramDraft(
        leads=(person.id,),
        leads_channel=channel or "",
        time_zone=zone,
        first_start=today.isoformat(),
        working_days=MONDAY_TO_FRIDAY,
        meetings=DEFAULT_MEETINGS,
        rhythm=DEFAULT_RHYTHM.value,
    )
    return SetupForm(draft, exists=False, running=False)


def leads_now(ctx: Context, workspace: str, person_id: str = "") -> tuple[str, ...]:
    """Who leads that program and can; nobody where there is none."""
    with ctx.read(workspace, person_id) as act:
        return recipients.leads(act.tx, act.found) if act.found else ()


def set_up(
    ctx: Context,
    workspace: str,
    person: Person,
    draft: ProgramDraft,
    looked_up: Iterable[Person] = (),
    greets: bool = False,
) -> Program:
    """Create the workspace's program or change it; `looked_up` is what the directory says about chosen leads.

    With `greets`, the leads' channel is welcomed where that has not been done.

    Raises `AdminsOnly`, or `Invalid` with a sentence per field.
    """
    with ctx.act(workspace, person.id) as act:
        tx, before = act.tx, act.found
        access.require_set_up(act, person)
        for seen in looked_up:
            people.save(tx, workspace, seen, act.now)
        if person.admin:  # who else may set up needs nothing but an id, and may never have been looked up
            people.save(tx, workspace, person, act.now)
        program = _saved(act, before, draft)
        after = act.within(program)
        if before and before.calendar != program.calendar:
            _follow_calendar(after)
        if before and before.rules != program.rules:
            programs.recheck_from(tx, program.id, 0)
        old, new = _changes(before, program)
        after.note("set up", program.id, before=old, after=new)
        if greets:
            greeting.greet(after, before)
    return program


def _saved(act: Act, before: Program | None, draft: ProgramDraft) -> Program:
    """The program with what the form says, as it is stored now."""
    running = before is not None and _is_running(act.tx, before)
    settings = _led(act.tx, act.workspace, before, _checked(act, draft, running))
    if before:
        return programs.save(act.tx, before.id, _kept(act.tx, before, settings, running))
    if (program := programs.create(act.tx, act.workspace, settings)) is None:
        raise Invalid(
            {"name": "Another admin set up the program at the same moment. Close this and look again."}
        )
    return program


def dates_to_come(ctx: Context, workspace: str, person_id: str) -> Dates | None:
    """The dates of the program's cycle to come, for whoever has just saved them."""
    with ctx.read(workspace, person_id) as act:
        return greeting.dates_now(act)


def _changes(before: Program | None, after: Program) -> tuple[dict[str, Any], dict[str, Any]]:
    """The settings that are other ones now: as they were, and as they are."""
    now = _plain(after)
    then = _plain(before) if before else {}
    changed = [name for name in now if then.get(name) != now[name]]
    return {name: then[name] for name in changed if name in then}, {name: now[name] for name in changed}


def _plain(program: Program) -> dict[str, Any]:
    """A program's settings as values that JSON has; each rule by itself."""
    settings = asdict(draft_of(program)) | asdict(program.rules)
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in settings.items()
        if value is None or isinstance(value, bool | int | float | str | tuple)
    }


def _checked(act: Act, draft: ProgramDraft, running: bool) -> CheckedProgram:
    before = act.found
    zone = before.calendar.time_zone if before else draft.time_zone
    unchanged = before is not None and draft.first_start == before.calendar.first_start.isoformat()
    ladder = before.ladder if before else DEFAULT_LADDER
    if before and draft.working_days is None:
        draft = replace(draft, working_days=before.calendar.working_days)
    if before and draft.rhythm == AS_IT_IS:
        draft = replace(draft, cycle_weeks=before.calendar.cycle_weeks)
    try:
        today = local_date(act.now, zone)
    except (KeyError, ValueError, OSError):
        today = act.now.date()  # the zone is wrong, and the check below says so
    settings = check_program(draft, today, len(ladder), running=running or unchanged)
    if before and running and settings.calendar.first_start != before.calendar.first_start:
        start = before.calendar.first_start.isoformat()
        raise Invalid(
            {"first_start": f"A cycle has been proposed already, so the first start stays {start}."}
        )
    return settings


def _led(tx: Tx, workspace: str, before: Program | None, settings: CheckedProgram) -> CheckedProgram:
    """The settings, if every chosen lead can lead; those who cannot for a while, and were not offered, stay beside."""
    known = people.some(tx, workspace, (*settings.leads, *(before.leads if before else ())))
    chosen = (known[lead] for lead in settings.leads if lead in known)
    reasons = [reason for one in chosen if (reason := recipients.why_not(one, settings.rules.guests_allowed))]
    if reasons:
        raise Invalid({"leads": " ".join(reasons)})
    if before is None:
        return settings
    hidden = [lead for lead in before.leads if not recipients.is_fit(before, known.get(lead))]
    return replace(settings, leads=tuple(dict.fromkeys([*settings.leads, *hidden])))


def _kept(tx: Tx, before: Program, settings: CheckedProgram, running: bool) -> CheckedProgram:
    """The new settings, with what the form does not ask for as it was."""
    asked = {name: getattr(settings.rules, name) for name in ("min_gap", *ASKED)}
    rules = replace(before.rules, **asked)
    if rules.max_gap is not None and rules.min_gap > rules.max_gap:
        raise Invalid(
            {"min_gap": f"Give at most {rules.max_gap}, which is the largest gap in the rules and weights."}
        )
    old = before.calendar
    calendar = replace(settings.calendar, first_number=old.first_number)
    if calendar.plan is None and calendar.cycle_weeks == old.cycle_weeks:
        calendar = replace(calendar, plan=old.plan)
    if running and calendar.cycle_weeks != old.cycle_weeks:
        calendar = follow_length(old, calendar, _first_to_come(tx, before))
    return replace(settings, calendar=calendar, rules=rules)


def _first_to_come(tx: Tx, program: Program) -> int:
    """The number of the first cycle that has not been introduced, whether it is stored already or not."""
    known = cycles.of_program(tx, program.id)
    waiting = [cycle.number for cycle in known if cycle.state in (CycleState.PLANNED, CycleState.PROPOSED)]
    return min(waiting, default=known[-1].number + 1)


def _is_running(tx: Tx, program: Program) -> bool:
    return any(cycle.runs for cycle in cycles.of_program(tx, program.id))


def _follow_calendar(act: Act) -> None:
    """Cycles that are not over, and check-ins that are planned, move to the new times."""
    for cycle in cycles.of_program(act.tx, act.program.id):
        if cycle.state is not CycleState.CLOSED:
            cycles.reschedule(act.tx, cycle, cycle_times(act.program.calendar, cycle.number))
    checkins.replan(act)
