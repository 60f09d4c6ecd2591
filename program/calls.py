"""Calls for help as small cases: somebody who was told takes one, is done with it, or hands it back.

1. An answer begins a case, lets it rest when it is another one by then, or begins it again (`follow`).
2. Whoever was told, and can hear of it now, may take it (`take`), be done with it (`done`) or give it back to the
   others (`hand_back`). Every message about it shows that.
3. A tick gives it back when its owner cannot hear of it any more, and says once more that it waits if nobody has taken
   it after two working days (`due`).

To everybody else, the two of the pair among them, there is no such call.
"""

from __future__ import annotations

from datetime import datetime

from mentoring.checkins import Answer, CheckIn
from mentoring.errors import CallIsOver, CallTaken, NoSuchCall
from mentoring.messages import Kind, to_person
from mentoring.pairings import Pair
from mentoring.working_time import after_working_days
from program import access, groups, recipients
from program.act import Act
from program.context import Context
from program.forms import OpenCall
from program.notices import since
from program.subjects import OfCheckIn, OfProgram
from storage import calls, checkins, pairs, programs
from storage.calls import Call
from storage.outbox import facts

REMIND_AFTER = 2
"""So many working days of the program nobody has to have taken a call before that is said again; the product's rule."""


def follow(act: Act, checkin: CheckIn) -> None:
    """Keep up with what somebody answers: a call begins, rests, or begins again."""
    call = calls.get(act.tx, checkin.id)
    if checkin.answer is Answer.HELP:
        if call is None:
            calls.begin(act.tx, checkin.id, act.program.id, act.now)
        elif not call.is_open and calls.open_again(act.tx, call, act.now):
            _say_that_it_waits(act, checkin.id, asked=True)
    elif call is not None and call.is_open:
        calls.calm(act.tx, call, act.now)


def take(ctx: Context, workspace: str, person_id: str, number: int) -> None:
    """Look after a call from now on; the first one does.

    Raises `NotAllowed`, `NoSuchCall`, `CallTaken` or `CallIsOver`.
    """
    with ctx.act(workspace, person_id, OfCheckIn(number)) as act:
        call = _theirs(act, number)
        owner = owner_of(act, call)
        if owner == person_id:
            return
        if owner or not calls.take(act.tx, call, person_id, act.now):
            raise CallTaken(owner)
        act.note("take call", number, before={"owner": call.owner_id or ""}, after={"owner": person_id})


def done(ctx: Context, workspace: str, person_id: str, number: int) -> None:
    """Say that there is nothing left to do about a call. Raises `NotAllowed`, `NoSuchCall` or `CallIsOver`."""
    with ctx.act(workspace, person_id, OfCheckIn(number)) as act:
        call = _theirs(act, number)
        if not calls.end(act.tx, call, person_id, act.now):
            raise CallIsOver
        act.note("call done", number, before={"open": True}, after={"open": False})


def hand_back(ctx: Context, workspace: str, person_id: str, number: int) -> None:
    """Give a call back to everybody who was told of it, who read so. Raises like `done`."""
    with ctx.act(workspace, person_id, OfCheckIn(number)) as act:
        call = _theirs(act, number)
        if call.owner_id is not None and calls.give_back(act.tx, call, act.now):
            _say_that_it_waits(act, number, without=person_id, asked=True)
            act.note("hand back call", number, before={"owner": call.owner_id}, after={"owner": ""})


def open_calls(act: Act) -> tuple[OpenCall, ...]:
    """The calls about which something has still to be done, of which whoever acts was told."""
    found = []
    for call in calls.every_open(act.tx, act.program.id):
        checkin, pair = _about(act, call)
        if act.by in _can_help(act, pair, call.checkin_id):
            owner = owner_of(act, call)
            found.append(
                OpenCall(
                    number=call.checkin_id,
                    pair_id=pair.id,
                    person_id=checkin.person_id,
                    partner_id=pair.partner_of(checkin.person_id),
                    asked_at=call.opened_at,
                    owner=owner,
                    mine=owner == act.by,
                )
            )
    return tuple(found)


def about_open(act: Act) -> list[frozenset[str]]:
    """Whom each call is about, of which something has still to be done."""
    return [groups.about(act.tx, _about(act, call)[1]) for call in calls.every_open(act.tx, act.program.id)]


def listed(ctx: Context, workspace: str, person_id: str) -> tuple[OpenCall, ...]:
    """The same for a lead, or for somebody who stands in for the leads. Raises `NotAllowed`."""
    with ctx.read(workspace, person_id) as act:
        found = open_calls(act)
        if not found and not recipients.stands_in(act):
            access.lead(act)
        return found


def due(ctx: Context) -> int:
    """Keep calls of older versions, give back what its owner cannot look after, and remind; gives how many it were."""
    with ctx.read() as act:
        missing = calls.missing(act.tx)
        waiting = [one for one in calls.every_open(act.tx) if _has_news(_within(act, one), one)]
    for number, program_id, at in missing:
        with ctx.act(about=OfProgram(program_id)) as act:
            # Nobody is reminded of what was asked before there were reminders.
            calls.begin(act.tx, number, program_id, at, reminded_at=act.now)
    for call in waiting:
        with ctx.act(about=OfProgram(call.program_id)) as act:
            _follow_up(act, call)
    return len(missing) + len(waiting)


def reminders(act: Act) -> list[datetime]:
    """When each call that nobody looks after is said again."""
    return [
        _remind_at(_within(act, one), one)
        for one in calls.every_open(act.tx)
        if not one.owner_id and not one.reminded_at
    ]


def owner_of(act: Act, call: Call) -> str:
    """Who looks after a call, as long as they can hear of it; empty where nobody does."""
    able = _able(act, _about(act, call)[1])
    return call.owner_id if call.owner_id in able else ""


def _theirs(act: Act, number: int) -> Call:
    """The call, for somebody who was told of it and about which there is something left to do."""
    call = calls.get(act.tx, number)
    if (
        call is None
        or call.program_id != act.program.id
        or act.by not in _can_help(act, *_pair_of(act, call))
    ):
        if not recipients.stands_in(act):
            access.lead(act)
        raise NoSuchCall
    if call.done_at is not None:
        raise CallIsOver(call.done_by or "")
    return call


def _pair_of(act: Act, call: Call) -> tuple[Pair, int]:
    return _about(act, call)[1], call.checkin_id


def _about(act: Act, call: Call) -> tuple[CheckIn, Pair]:
    checkin = checkins.get(act.tx, call.checkin_id)
    assert checkin is not None, "calls go with their check-ins"
    return checkin, pairs.of_id(act.tx, checkin.pair_id)


def _can_help(act: Act, pair: Pair, number: int) -> tuple[str, ...]:
    """Who was told of a call and can hear of it now: nobody else knows that there is one."""
    told = recipients.told(act.tx, act.program, Kind.HELP, number)
    return tuple(one for one in _able(act, pair) if one in told)


def _able(act: Act, pair: Pair) -> tuple[str, ...]:
    """Who may hear of a call: nobody in a conversation with the pair."""
    return recipients.for_leads(act.tx, act.admins, act.program, groups.about(act.tx, pair)).people


def _within(act: Act, call: Call) -> Act:
    program = programs.get(act.tx, call.program_id)
    return act if act.found == program else act.within(program)


def _has_news(act: Act, call: Call) -> bool:
    if call.owner_id:
        return not owner_of(act, call)
    return _is_to_be_said_again(act, call)


def _is_to_be_said_again(act: Act, call: Call) -> bool:
    if call.reminded_at is not None or act.now < _remind_at(act, call):
        return False
    return bool(_can_help(act, *_pair_of(act, call)))


def _remind_at(act: Act, call: Call) -> datetime:
    calendar = act.program.calendar
    return after_working_days(call.waits_since, REMIND_AFTER, calendar.working_days, calendar.time_zone)


def _follow_up(act: Act, call: Call) -> None:
    if call.owner_id:
        if calls.give_back(act.tx, call, act.now):
            _say_that_it_waits(act, call.checkin_id)
    elif calls.remind(act.tx, call, act.now):
        _say_that_it_waits(act, call.checkin_id)


def _say_that_it_waits(act: Act, number: int, without: str = "", asked: bool = False) -> None:
    """Say to everybody who was told of a call that nobody looks after it."""
    call = calls.get(act.tx, number)
    assert call is not None, "it was there a line ago"
    subject = since(number, act.now)
    for person_id in _can_help(act, *_pair_of(act, call)):
        if person_id != without:
            act.say_again(to_person(Kind.HELP_WAITS, subject, person_id), asked)
    facts.changed(act.tx, facts.said(act.program.id, Kind.HELP_WAITS, subject))
