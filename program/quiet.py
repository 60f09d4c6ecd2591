"""When somebody is not asked: in the weeks between, if they want fewer questions, and on days when they are away."""

from __future__ import annotations

from datetime import date, timedelta

from mentoring.away import Away
from mentoring.cadence import comes_in, local_date
from mentoring.days import full_day
from mentoring.errors import Invalid
from mentoring.people import Member
from program import access, asking
from program.act import Act
from program.at_work import of_member
from program.context import Context
from storage import fewer

EVERY = (1, 2, 4)
"""So many weeks may lie between two questions."""

LONGEST = timedelta(days=92)
"""Whoever is away for longer pauses, so that their partner knows."""


def ask_every(ctx: Context, workspace: str, person_id: str, weeks: int) -> None:
    """Ask somebody only every so many weeks, from this one on. Raises `NotEnrolled`."""
    with ctx.act(workspace, person_id) as act:
        member = access.member(act)
        today = local_date(act.now, of_member(member, act.program).zone)
        fewer.ask_every(act.tx, workspace, person_id, weeks, today - timedelta(days=today.weekday()))


def go_away(ctx: Context, workspace: str, person_id: str, last: date, first: date | None = None) -> Away:
    """Leave somebody alone until that day has passed, from today on or from a later day.

    Raises `NotEnrolled`, or `Invalid` for days that have passed or are too many.
    """
    with ctx.act(workspace, person_id) as act:
        member = access.member(act)
        today = local_date(act.now, of_member(member, act.program).zone)
        days = _checked(max(first or today, today), last, today)
        fewer.come_back(act.tx, workspace, person_id)
        fewer.go_away(act.tx, workspace, person_id, days)
        return days


def wishes(ctx: Context, workspace: str, person_id: str) -> tuple[int, Away | None]:
    """Every how many weeks somebody is asked, and the days to come on which they are away. Raises `NotEnrolled`."""
    with ctx.read(workspace, person_id) as act:
        return wishes_of(act, access.member(act))


def wishes_of(act: Act, member: Member) -> tuple[int, Away | None]:
    """The same of a member."""
    workspace, person_id = act.program.workspace, member.person.id
    today = local_date(act.now, of_member(member, act.program).zone)
    wish = fewer.weeks_of(act.tx, workspace, person_id)
    days = [one for one in fewer.away(act.tx, workspace, person_id) if one.last >= today]
    return wish[0] if wish else 1, days[0] if days else None


def wants(ctx: Context, workspace: str, person_id: str, weeks: int, away_until: date | None) -> None:
    """Keep both in one: how often, and until when somebody is away, if they are. Raises like `go_away`."""
    before, away = wishes(ctx, workspace, person_id)
    if away_until is not None and (away is None or away.last != away_until):
        go_away(ctx, workspace, person_id, away_until)
    elif away_until is None and away is not None:
        come_back(ctx, workspace, person_id)
    if weeks != before:
        ask_every(ctx, workspace, person_id, weeks)


def _checked(first: date, last: date, today: date) -> Away:
    if last < today:
        raise Invalid({"until": f"{full_day(last)} has passed. Choose a day that is still to come."})
    if last < first:
        raise Invalid({"until": f"{full_day(last)} is before {full_day(first)}. Choose a later day."})
    if last > today + LONGEST:
        raise Invalid(
            {"until": f"{full_day(last)} is more than three months away. Choose an earlier day, or pause."}
        )
    return Away(first, last)


def come_back(ctx: Context, workspace: str, person_id: str) -> bool:
    """Forget the days on which somebody is away; tells whether there were any. Raises `NotEnrolled`."""
    with ctx.act(workspace, person_id) as act:
        access.member(act)
        return fewer.come_back(act.tx, workspace, person_id)


def is_away(act: Act, member: Member) -> bool:
    """Whether somebody said that they are away today, to the bot or by their status in Slack."""
    if member.person.is_away(act.now):
        return True
    today = local_date(act.now, of_member(member, act.program).zone)
    days = fewer.away(act.tx, act.program.workspace, member.person.id)
    return any(one.covers(today) for one in days)


def is_due(act: Act, member: Member, week: str) -> bool:
    """Whether somebody is asked in that week: in every one, unless they want fewer questions."""
    wish = fewer.weeks_of(act.tx, act.program.workspace, member.person.id)
    if wish is None:
        return True
    weeks, since = wish
    return comes_in(asking.monday(week), weeks, since)
