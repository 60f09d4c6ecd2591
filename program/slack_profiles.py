"""Fields of Slack's profiles as a source beside HR's file: leads choose what they mean, and they are read each night.

1. A lead chooses which field is somebody's level, department or manager (`choose`).
2. Everybody who takes part, and the managers above them, are read a few at a time (`due`, `keep`), anew each night.
3. What a profile says counts like HR's word where HR's file says nothing (`mentoring.hr.together`): neither overwrites
   what people say themselves, and where the two differ a lead decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.cadence import instant, local_date
from mentoring.hr import Chosen, HrRecord
from program import access, hr_facts
from program.act import Act
from program.context import Context
from storage import hr, programs
from storage import slack_profiles as stored
from storage.outbox import facts

NIGHT = 2
"""The hour at the program's place from which profiles are read anew."""

SOME = 20
"""As many people are read at one tick."""


@dataclass(frozen=True, slots=True)
class Due:
    """Whose profiles are to be read now, and which of their fields."""

    people: Sequence[str]
    fields: Chosen


def chosen(ctx: Context, workspace: str, lead_id: str) -> Chosen:
    """Which fields mean what. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        access.lead(act)
        return stored.chosen(act.tx, workspace)


def choose(ctx: Context, workspace: str, lead_id: str, those: Chosen) -> None:
    """Have these fields mean that, and everybody read anew. Raises `NotAllowed` or `NoProgram`."""
    with ctx.act(workspace, lead_id) as act:
        program = access.lead(act)
        before = stored.chosen(act.tx, workspace)
        if before == those:
            return
        stored.choose(act.tx, workspace, those)
        act.note("choose profile fields", program.id, before=_ids(before), after=_ids(those))


def _ids(those: Chosen) -> dict[str, str]:
    return {meaning.value: field.id for meaning, field in those.items()}


def due(ctx: Context, workspace: str, limit: int = SOME) -> Due:
    """Whose profiles are to be read: nobody's where no field is chosen, and then what was read is forgotten."""
    with ctx.read(workspace) as act:
        fields = stored.chosen(act.tx, workspace)
        first = next((one for one in programs.every(act.tx) if one.workspace == workspace), None)
        if fields and first:
            since = _last_night(act.now, first.calendar.time_zone)
            return Due(stored.to_read(act.tx, workspace, since, limit), fields)
    _forget(ctx, workspace, limit)
    return Due((), fields)


def _last_night(now: datetime, zone: str) -> datetime:
    today = local_date(now, zone)
    tonight = instant(today, NIGHT * 60, zone)
    return tonight if tonight <= now else instant(today - timedelta(days=1), NIGHT * 60, zone)


def _forget(ctx: Context, workspace: str, limit: int) -> None:
    with ctx.read(workspace) as act:
        if not stored.is_anything(act.tx, workspace):
            return
    with ctx.act(workspace) as act:
        _follow(act, stored.forget(act.tx, workspace, limit))


def keep(ctx: Context, workspace: str, said: Sequence[HrRecord]) -> int:
    """Keep what these profiles say, and let members follow; gives how many members changed."""
    with ctx.act(workspace) as act:
        return _follow(act, stored.put(act.tx, workspace, said, act.now))


def _follow(act: Act, ids: Iterable[str]) -> int:
    """Let what is said about these people now count; the profile screens of those who are members follow."""
    changed = list(ids)
    if not changed:
        return 0
    facts.changed(act.tx, *map(facts.person, changed))
    known = hr.records(act.tx, act.workspace, changed)
    return hr_facts.follow_all(act, {one: known.get(one, HrRecord(one)) for one in changed})
