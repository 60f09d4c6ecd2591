"""Before a cycle is matched: who is not ready, one reminder for them, and who is in.

1. Some days before, everybody is asked whether they are in for it, once (`ask_due`). No answer is a yes.
2. Whoever skips is not matched in that cycle, and is back in the next one by itself (`answer`).
3. A lead looks at who is not ready (`look`) and has them reminded; nobody is reminded twice in a cycle (`remind`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mentoring.cycles import Cycle, CycleState, cycle_times, due_number
from mentoring.errors import CycleBegun
from mentoring.messages import Kind, Notice, to_person
from mentoring.pairings import PENDING, PairState
from mentoring.people import Member
from mentoring.programs import Calendar, Program
from mentoring.readiness import NAMED, BeforeTheRun, GetReady, NextCycle, NotReady, balance, lacks
from mentoring.skills import one_spelling
from program import access, before_matching, coming, rechecks
from program.act import Act
from program.context import Context
from program.look import Look
from program.subjects import OfProgram
from storage import cycles, pairs, readiness
from storage import members as stored
from storage.database import Tx
from storage.outbox import letters

ASKED_BEFORE = timedelta(days=4)
"""So long before its pairs are proposed, people are asked about a cycle: two working days at least to answer."""

SETTLED_IN = timedelta(days=7)
"""Whoever joined or came back so lately has just said that they are in."""

JUST_BEGUN = timedelta(days=4)
"""Whoever was introduced so lately has other things to think of than the next pair."""

A_MOMENT = timedelta(minutes=1)


def asks_at(calendar: Calendar, number: int) -> datetime:
    """When everybody is asked about the cycle with that number."""
    return cycle_times(calendar, number).proposal_at - ASKED_BEFORE


def ask_due(ctx: Context) -> int:
    """Ask about each cycle that comes near whether people are in; gives how many cycles that were."""
    with ctx.read() as act:
        due = [
            (program.id, number)
            for program in act.every_program()
            if asks_at(program.calendar, number := due_number(program.calendar, act.now) + 1) <= act.now
            and number > readiness.asked_for(act.tx, program.id)
        ]
    return sum(_ask(ctx, program_id, number) for program_id, number in due)


def _ask(ctx: Context, program_id: int, number: int) -> bool:
    with ctx.act(about=OfProgram(program_id)) as act:
        if not readiness.begin_asking(act.tx, program_id, number):
            return False
        everybody = stored.of_program(act.tx, program_id).values()
        busy = _just_introduced(act)
        act.say_all(
            to_person(Kind.NEXT_CYCLE, number, member.person.id)
            for member in everybody
            if _is_to_be_asked(member, number, act.now) and member.person.id not in busy
        )
    return True


def _is_to_be_asked(member: Member, number: int, now: datetime) -> bool:
    return member.takes_part and member.said_of_cycle != number and member.active_since <= now - SETTLED_IN


def _just_introduced(act: Act) -> set[str]:
    """Whose pair has hardly begun."""
    return {
        person_id
        for cycle in cycles.in_state(act.tx, CycleState.PROPOSED, CycleState.RUNNING)
        if cycle.program_id == act.program.id
        for pair in pairs.of_cycle(act.tx, cycle.id, PairState.INTRODUCED)
        if pair.introduced_at is None or pair.introduced_at > act.now - JUST_BEGUN
        for person_id in pair.people
    }


def answer(ctx: Context, workspace: str, person_id: str, is_in: bool, number: int = 0) -> NextCycle:
    """Keep whether somebody is in for a cycle, the next one if none is named; a pair that waits may have to go.

    Raises `NoProgram`, `NotEnrolled`, or `CycleBegun` when it is too late.
    """
    with ctx.act(workspace, person_id) as act:
        member = access.member(act)
        cycle = coming.cycle_of(act, person_id)
        if number and number != cycle.number:
            raise CycleBegun
        readiness.say(act.tx, member, cycle.number, is_in)
        if not is_in and pairs.of_person(act.tx, act.program.id, person_id, *PENDING):
            rechecks.of_person(act.tx, act.program, person_id)
        return NextCycle(
            act.program.name, cycle.number, cycle.times.intro_at, is_in, member.takes_part, over=False
        )


def look(ctx: Context, workspace: str, lead_id: str) -> BeforeTheRun:
    """Who is not ready for the cycle to come, and what is offered and wanted; raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return _look(act, access.lead(act))


def remind(ctx: Context, workspace: str, lead_id: str) -> BeforeTheRun:
    """Remind everybody who lacks something and was not reminded in this cycle; then the same look.

    Raises `NotAllowed` or `NoProgram`.
    """
    with ctx.act(workspace, lead_id) as act:
        program = access.lead(act)
        cycle = coming.cycle(act)
        number, todo = cycle.number, _to_remind(act, program, cycle)
        act.say_all(to_person(Kind.GET_READY, number, person_id) for person_id in todo)
        if todo:
            act.note("remind", number, after={"reminded": len(todo)})
        return _look(act, program)


def _taking_part(tx: Tx, program: Program) -> list[Member]:
    return [one for one in stored.of_program(tx, program.id).values() if one.takes_part]


def _to_remind(act: Act, program: Program, cycle: Cycle) -> list[str]:
    done = _reminded(act, program, cycle.number) | coming.begun(act, cycle)
    unprepared = before_matching.unprepared(act.tx, program)
    return [
        member.person.id
        for member in _taking_part(act.tx, program)
        if not member.skips(cycle.number)
        and lacks(member, len(program.ladder), member.person.id not in unprepared)
        and member.person.id not in done
    ]


def _reminded(act: Act, program: Program, number: int) -> set[str]:
    return {one.notice.reader for one in letters.about(act.tx, program.id, Kind.GET_READY, number)}


def _look(act: Act, program: Program) -> BeforeTheRun:
    cycle = coming.cycle(act)
    everybody = _taking_part(act.tx, program)
    within = [member for member in everybody if not member.skips(cycle.number)]
    begun = coming.begun(act, cycle)
    waiting = [member for member in within if member.person.id not in begun]
    unprepared = before_matching.unprepared(act.tx, program)
    lacking = {
        member.person.id: lacks(member, len(program.ladder), member.person.id not in unprepared)
        for member in waiting
    }
    named = [
        NotReady(person_id, told)
        for person_id, found in lacking.items()
        if (told := tuple(lack for lack in found if lack in NAMED))
    ]
    able = [member for member in within if member.profile.level is not None]
    spelling = one_spelling(
        skill for member in able for skill in (*member.profile.shares, *member.profile.wants)
    )
    reminded = _reminded(act, program, cycle.number)
    return BeforeTheRun(
        program=program.name,
        cycle_number=cycle.number,
        proposal_at=cycle.times.proposal_at,
        proposed=cycle.runs > 0,
        members=len(everybody),
        skipping=len(everybody) - len(within),
        not_ready=tuple(named),
        without_line=sum(
            len(found) > len([one for one in found if one in NAMED]) for found in lacking.values()
        ),
        to_remind=sum(bool(found) and person_id not in reminded for person_id, found in lacking.items()),
        reminded=len(reminded),
        supply=balance(able, dict(spelling)),
    )


def next_cycle(look: Look, notice: Notice) -> NextCycle | None:
    """What the question about a cycle shows now."""
    member, number = look.member(notice.reader), int(notice.subject)
    if member is None:
        return None
    times = cycle_times(look.calendar, number)
    over = look.next_intro(times.intro_at - A_MOMENT, number - 1) is None
    said = member.said_in if member.said_of_cycle == number else None
    return NextCycle(look.name, number, times.intro_at, said, member.takes_part, over)


def get_ready(look: Look, notice: Notice) -> GetReady | None:
    """What the reminder to get ready shows now."""
    member, number = look.member(notice.reader), int(notice.subject)
    if member is None:
        return None
    times = cycle_times(look.calendar, number)
    return GetReady(
        look.name,
        lacks(member, look.levels, look.is_ready(member)),
        look.fit_leads(without=(notice.reader,)),
        look.next_intro(times.intro_at - A_MOMENT, number - 1),
    )


def is_still_asked(tx: Tx, program: Program, notice: Notice, now: datetime) -> bool:
    """Whether somebody has not said yet whether they are in, and the pairs are not proposed."""
    member, number = stored.get(tx, program.id, notice.reader), int(notice.subject)
    waits = member is not None and member.takes_part and member.said_of_cycle != number
    return waits and now < cycle_times(program.calendar, number).proposal_at


def is_still_lacking(tx: Tx, program: Program, notice: Notice, now: datetime) -> bool:
    """Whether somebody still lacks something, and the pairs are not introduced."""
    member, number = stored.get(tx, program.id, notice.reader), int(notice.subject)
    if member is None or not member.takes_part or member.skips(number):
        return False
    prepared = member.person.id not in before_matching.unprepared(tx, program)
    return (
        bool(lacks(member, len(program.ladder), prepared))
        and now < cycle_times(program.calendar, number).intro_at
    )
