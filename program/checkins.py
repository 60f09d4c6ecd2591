"""The weekly check-in: asked at each person's own hour, asked again once, answered, or met with silence.

1. The first one is planned when the introduction stands (`plan_first`), and anew when hours or the calendar change
   (`replan`).
2. A tick finds the sides whose hour has come and plans each one's next week (`prompt_due`).
3. Last week's question, if it is open, falls silent. After too much silence the person is paused instead of asked
   (`_ask`).
4. A question is opened, once for each pair, person and week, and a message asks it; if it comes too late to be worth
   having, it is skipped.
5. Where the pair has said when they meet, the question comes on the working day after that moment, and none before it
   (`program.planning`).
6. Whoever has not answered is asked once more, or counted as silent (`reask_due`). Once its week is over, a question
   without an answer is closed (`fold_due`).
7. The last answer counts (`answer`). A call for help reaches those who can help, and so do three "Not yet" in a row.
"""

from __future__ import annotations

from datetime import datetime

from mentoring.cadence import Occurrence, local_date, week_of
from mentoring.checkins import (
    ANSWERABLE,
    FIRST_AFTER,
    OPEN,
    REASK_UNTIL,
    Answer,
    CheckIn,
    CheckInState,
    is_silent,
)
from mentoring.errors import AnsweredTwice, NoCheckIn, PairIsOver
from mentoring.messages import CheckInPrompt, Kind, of_week, to_person
from mentoring.pairings import Pair, PairState
from mentoring.people import Member
from mentoring.planned import Planned
from mentoring.programs import Program
from program import access, asking, calls, care, groups, planning, quiet, recipients, seeing
from program.act import Act
from program.context import Context
from program.look import Look
from program.members import FIRST_TO_SEE_A_DAY, rest
from program.notices import met_subject
from program.prompts import prompt_of
from program.subjects import OfCheckIn, OfPair
from storage import checkins, members, pairs, programs, sides
from storage.database import Tx

BATCH = 500
ATTEMPTS = 5


def prompt_due(ctx: Context) -> int:
    """Ask everybody whose check-in time has come, at most one question each; gives how many were due."""
    with ctx.read() as act:
        # Who is paused for silence goes before their partner, who then is not asked about somebody who takes a break.
        due = sides.checkins_due(act.tx, act.now, BATCH)
    for pair_id, person_id, due_at in due:
        with ctx.act(about=OfPair(pair_id)) as act:
            _prompt(act, pairs.of_id(act.tx, pair_id), person_id, due_at)
    return len(due)


def reask_due(ctx: Context) -> int:
    """Ask once more whoever has not answered for two days; gives how many were due."""
    with ctx.read() as act:
        due = checkins.reasks_due(act.tx, act.now, BATCH)
    for checkin in due:
        with ctx.act(about=OfCheckIn(checkin.id)) as act:
            _reask(act, checkin)
    return len(due)


def fold_due(ctx: Context) -> int:
    """Close the questions whose week is over without an answer; gives how many there were."""
    with ctx.read() as act:
        # Where the day begins first, the week may be over already.
        newest = week_of(local_date(act.now, FIRST_TO_SEE_A_DAY))
        found = checkins.left_open(act.tx, newest, act.now - REASK_UNTIL, BATCH)
        over = [one for program_id, one in found if _is_over(act, program_id, one)]
    for checkin in over:
        with ctx.act(about=OfCheckIn(checkin.id)) as act:
            now = checkins.get(act.tx, checkin.id)
            if now is not None and now.state in OPEN:
                checkins.move(act.tx, now, CheckInState.SILENT)
    return len(over)


def _is_over(act: Act, program_id: int, checkin: CheckIn) -> bool:
    program = programs.get(act.tx, program_id)
    member = members.get(act.tx, program_id, checkin.person_id)
    return member is None or asking.week_is_over(program, member, checkin, act.now)


def answer(ctx: Context, workspace: str, person_id: str, checkin_id: int, given: Answer) -> CheckIn:
    """Keep a person's answer; the last one counts, and a call for help reaches whoever can help. Raises `NoCheckIn`."""
    with ctx.act(workspace, person_id, OfCheckIn(checkin_id)) as act:
        checkin = _kept(act, checkin_id, given)
        if given is Answer.HELP:
            recipients.address(act, Kind.HELP, checkin.id)
        calls.follow(act, checkin)
        seeing.follow(act, checkin)
        if given is Answer.NOT_YET:
            care.tell_stuck(act, checkin)
    return checkin


def open_now(ctx: Context, workspace: str, person_id: str) -> list[CheckInPrompt]:
    """This week's check-in of each of a person's pairs, begun early where it has not come yet. Raises `NoCheckIn`."""
    with ctx.act(workspace, person_id) as act:
        member = access.member(act)
        current = pairs.of_person(act.tx, act.program.id, person_id, PairState.INTRODUCED)
        if not current:
            raise NoCheckIn
        look = Look(act.tx, act.program, act.admins)
        week = asking.this_week(act.program, member, act.now)
        asked = (_asked_for_all(act.tx, pair, person_id, week) for pair in current)
        about = {pair.id: pair for pair in asked if pair}
        return [prompt_of(look, pair, _this_week(act, pair, member)) for pair in about.values()]


def replan(act: Act, person_id: str | None = None) -> None:
    """Plan the next check-ins anew, for one person or for all, after a time zone or the calendar has changed."""
    tx, program = act.tx, act.program
    if person_id is None:
        live = pairs.in_state(tx, program.id, PairState.INTRODUCED)
    else:
        live = pairs.of_person(tx, program.id, person_id, PairState.INTRODUCED)
    for pair in live:
        if pair.introduced_at is not None:
            for someone in pair.people if person_id is None else (person_id,):
                _plan(tx, program, pair, someone, pair.introduced_at, act.now)


def plan_first(tx: Tx, program: Program, pair: Pair, introduced_at: datetime) -> None:
    """Plan the first check-in of both, once their introduction stands in their group DM."""
    for person_id in pair.people:
        _plan(tx, program, pair, person_id, introduced_at, introduced_at)


def _plan(
    tx: Tx, program: Program, pair: Pair, person_id: str, introduced_at: datetime, now: datetime
) -> None:
    """Plan the latest check-in again, in case its week was not asked yet, or the first one ever.

    Where a meeting is planned, the next question comes after it.
    """
    member = members.get(tx, program.id, person_id)
    if member is None:
        return
    plan = planning.pending(tx, program, pair, member, now)
    first = asking.following(program, member, introduced_at + FIRST_AFTER).at
    latest = asking.latest(program, member, now).at
    after = asking.after_meeting(program, member, plan.at) if plan else max(first, latest)
    sides.plan_checkin(tx, pair.id, person_id, after)


def _prompt(act: Act, pair: Pair, person_id: str, due_at: datetime) -> None:
    tx, program = act.tx, act.program
    member = members.get(tx, program.id, person_id)
    if member is None or pair.state is not PairState.INTRODUCED:
        sides.plan_checkin(tx, pair.id, person_id, None)
        return
    plan = planning.pending(tx, program, pair, member, act.now)
    asks = member.takes_part and pair.rests_until is None and not quiet.is_away(act, member)
    if plan is not None and asking.after_meeting(program, member, plan.at) <= act.now:
        after = asking.weekly_after(program, member, max(act.now, due_at), act.now)
        if sides.advance_checkin(tx, pair.id, person_id, due_at, after) and asks:
            _ask_after(act, pair, member, plan)
        return
    # The next instant follows from this one, so that nothing drifts; a silence of weeks leaves only the latest.
    upcoming = planning.next_question(tx, program, pair, member, max(act.now, due_at))
    mine = sides.advance_checkin(tx, pair.id, person_id, due_at, upcoming)
    week = asking.latest(program, member, act.now)
    if mine and asks and plan is None and quiet.is_due(act, member, week.week):
        _ask(act, pair, member, week)


def _ask_after(act: Act, pair: Pair, member: Member, plan: Planned) -> None:
    """Ask somebody whether a meeting was held, in the place of the week's usual question."""
    tx, person_id = act.tx, member.person.id
    week = asking.week_at(act.program, member, act.now)
    checkins.fall_silent(tx, pair.id, person_id, before_week=week)
    if not groups.can_meet(tx, pair, person_id) or _asks_elsewhere(tx, pair, person_id, week):
        return
    checkin = planning.opened_after(act, pair, member, plan)
    if checkin is not None:
        act.say(to_person(Kind.MET_YET, met_subject(checkin.id, plan.id), person_id))


def _asks_elsewhere(tx: Tx, pair: Pair, person_id: str, week: str) -> bool:
    """Whether the week's question about this pair is put about another one, which is for all in its conversation."""
    asked = _asked_for_all(tx, pair, person_id, week)
    return asked is not None and asked.id != pair.id


def _asked_for_all(tx: Tx, pair: Pair, person_id: str, week: str) -> Pair | None:
    """The pair about which somebody was asked in a week for all in its conversation, or would be."""
    if person_id != pair.mentee_id or pair.intro_of is None:
        return pair
    asked = (one for one in groups.of_pair(tx, pair) if checkins.of_week(tx, one.id, person_id, week))
    return next(asked, None) or groups.voice(tx, pair, person_id)


def _ask(act: Act, pair: Pair, member: Member, week: Occurrence) -> None:
    tx, person_id = act.tx, member.person.id
    for one in groups.of_pair(tx, pair) if person_id == pair.mentee_id else [pair]:
        checkins.fall_silent(tx, one.id, person_id, before_week=week.week)
    if is_silent(_heard_since(tx, member, before_week=week.week)):
        rest(act, member, silent=True)
        act.say(to_person(Kind.SILENCE, of_week(week.week, person_id), person_id))
        return
    if not groups.can_meet(tx, pair, person_id) or _asks_elsewhere(tx, pair, person_id, week.week):
        return
    late = asking.is_too_late(act.program, member, week, act.now)
    state = CheckInState.SKIPPED if late else CheckInState.ASKED
    checkins.open_once(tx, pair.id, person_id, week.week, state)
    checkin = _of_week(tx, pair, person_id, week.week)
    # Somebody who opened this week's questions early and did not answer is asked like everybody else.
    if checkin.state is CheckInState.ASKED and not late:
        act.say(to_person(Kind.CHECKIN, of_week(week.week, person_id), person_id))


def _of_week(tx: Tx, pair: Pair, person_id: str, week: str) -> CheckIn:
    checkin = checkins.of_week(tx, pair.id, person_id, week)
    assert checkin is not None, "it was stored a line ago, if not before"
    return checkin


def _heard_since(tx: Tx, member: Member, before_week: str) -> list[CheckIn]:
    """The member's check-ins of past weeks that reached them since they joined or came back from a pause."""
    history = checkins.of_person(tx, member.program_id, member.person.id)
    reached = [one for one in history if one.asked_at is not None and one.asked_at >= member.active_since]
    return [one for one in reached if one.week < before_week]


def _reask(act: Act, checkin: CheckIn) -> None:
    tx, pair = act.tx, pairs.of_id(act.tx, checkin.pair_id)
    member = members.get(tx, pair.program_id, checkin.person_id)
    resting = not groups.can_meet(tx, pair, checkin.person_id)
    goes_on = member is not None and member.takes_part and not resting
    if member is not None and goes_on and planning.pending(tx, act.program, pair, member, act.now):
        checkins.no_reask(tx, checkin)  # they are asked after the meeting
        return
    planned_at = checkin.reask_at or act.now
    if member is None or not goes_on or not asking.may_ask_again(act.program, member, planned_at, act.now):
        checkins.move(tx, checkin, CheckInState.SILENT)
    elif checkins.move(tx, checkin, CheckInState.REASKED):
        person_id = checkin.person_id
        act.say(to_person(Kind.REASK, of_week(checkin.week, person_id), person_id))


def _kept(act: Act, checkin_id: int, given: Answer) -> CheckIn:
    """The check-in with its new answer."""
    tx, program = act.tx, act.program
    for _ in range(ATTEMPTS):
        checkin = checkins.get(tx, checkin_id)
        pair = pairs.get(tx, program.id, checkin.pair_id) if checkin else None
        if checkin is None or pair is None or checkin.person_id != act.by:
            raise NoCheckIn
        if not groups.asked_about(tx, pair, act.by) or checkin.state not in ANSWERABLE:
            raise PairIsOver
        if checkins.answer(tx, checkin, given, act.now):
            return _of_week(tx, pair, act.by, checkin.week)
    raise AnsweredTwice


def _this_week(act: Act, pair: Pair, member: Member) -> CheckIn:
    tx, week = act.tx, asking.this_week(act.program, member, act.now)
    checkins.open_once(tx, pair.id, member.person.id, week, CheckInState.ASKED)
    checkin = _of_week(tx, pair, member.person.id, week)
    if checkin.state is CheckInState.SKIPPED:
        checkins.move(tx, checkin, CheckInState.ASKED)
    return _of_week(tx, pair, member.person.id, week)
