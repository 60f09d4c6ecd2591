"""Every message of the coming weeks before it is sent: the program runs ahead on a copy, by a clock of its own.

Nothing is foretold by other rules than those by which messages are sent, so what is rehearsed is what comes, as long as
people do what is assumed of them: leads approve every proposed pair when they get it, and everybody answers what they
are asked at once, with a yes, and signs what their pair agrees on; or nobody does either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mentoring.cadence import local_date
from mentoring.checkins import Answer
from mentoring.errors import ProgramError, TooManyToRehearse
from mentoring.pairings import PairState
from mentoring.people import Member
from mentoring.programs import Program
from mentoring.rehearsing import Coming, Rehearsal, warnings
from mentoring.urgency import Lane
from program import (
    access,
    agreements,
    approvals,
    ask_first,
    at_work,
    checkins,
    outgoing,
    planning,
    queue,
    recipients,
    upcoming,
)
from program.act import Act
from program.context import Context
from program.outgoing import Mail
from program.subjects import OfProgram
from storage import asks as stored_asks
from storage import checkins as stored_checkins
from storage import members, pacts, pairs, sides
from storage.keeping.copying import copied, without_private

STEP = timedelta(hours=6)
"""The longest time that is passed over at once, because not everything that a tick does announces itself."""

MINUTE = timedelta(minutes=1)
_AT_ONCE = 200
_MOST_DUE = 10_000
_OWNER = "rehearsal"


@dataclass(slots=True)
class _Clock:
    """A clock that somebody moves."""

    time: datetime

    def __call__(self) -> datetime:
        return self.time


Tick = Callable[[Context], int]
"""Does everything that is due."""


FEW_ENOUGH = 300
"""So many people who take part can be rehearsed while a lead waits; more take minutes."""


def require_small(ctx: Context, workspace: str, lead_id: str) -> None:
    """Raise `TooManyToRehearse` where somebody would wait too long; also `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        taking_part = members.count(act.tx, access.lead(act).id)
    if taking_part > FEW_ENOUGH:
        raise TooManyToRehearse(taking_part)


def program_of(ctx: Context, workspace: str, lead_id: str) -> Program:
    """The program that somebody leads. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return access.lead(act)


def run_ahead(
    ctx: Context,
    tick: Tick,
    program: Program,
    weeks: int,
    answered: bool = True,
    for_leads: bool = False,
) -> Rehearsal:
    """What a program would send in so many weeks from now, if `tick` did what is due; changes nothing.

    What is `for_leads` follows from nothing that people told the bot alone, because with few people its days and
    numbers would tell it; nor is what goes to leads one by one in it, which not each of them may hear of. Takes seconds
    where many people take part.
    """
    with ctx.read(about=OfProgram(program.id)) as act:
        now = act.now
    until = now + timedelta(weeks=weeks)
    with copied(ctx.database) as database:
        clock = _Clock(now)
        ahead = _Ahead(Context(database, clock, ctx.admins), clock, tick, program, answered)
        if for_leads:
            _without_private(ahead.ctx, program)
        ahead.lives(until)
    said = tuple(one for one in ahead.said if not (for_leads and one.kind in recipients.PRIVATE))
    holidays = map(date.fromisoformat, program.rules.holidays)
    return Rehearsal(until, said, answered, warnings(said, holidays))


def _without_private(ctx: Context, program: Program) -> None:
    """Let a copy go on as if nobody were away, wanted fewer questions, had working days of their own, or called."""
    with ctx.act(about=OfProgram(program.id)) as act:
        without_private(act.tx, program.id, program.workspace)
        everybody = members.of_program(act.tx, program.id)
        checkins.replan(act)
        _skip_due(act, everybody)


def _skip_due(act: Act, everybody: Mapping[str, Member]) -> None:
    """Whoever was not asked this week yet, where others were, has days of their own, and is asked in the next."""
    running = {pair.id: pair for pair in pairs.in_state(act.tx, act.program.id, PairState.INTRODUCED)}
    for pair_id, person_id, _ in sides.checkins_due(act.tx, act.now, _MOST_DUE):
        if pair_id in running and person_id in everybody:
            then = planning.next_question(
                act.tx, act.program, running[pair_id], everybody[person_id], act.now
            )
            sides.plan_checkin(act.tx, pair_id, person_id, then)


class _Ahead:
    """A program that runs ahead of the real one."""

    def __init__(self, ctx: Context, clock: _Clock, tick: Tick, program: Program, answered: bool) -> None:
        self.ctx, self.clock = ctx, clock
        self.tick, self.program, self.answered = tick, program, answered
        self.said: list[Coming] = []
        self._posts = 0

    def lives(self, until: datetime) -> None:
        """Let time pass, with a tick and a delivery whenever something is due."""
        self._happens()
        while (then := self._next()) < until:
            self.clock.time = then
            self._happens()
        self.clock.time = until
        self._happens()

    def _next(self) -> datetime:
        now = self.clock.time
        due = upcoming.next_at(self.ctx)
        return min(max(due or now + STEP, now + MINUTE), now + STEP)

    def _happens(self) -> None:
        self.tick(self.ctx)
        self._deliver()
        if self._people_act():
            self.tick(self.ctx)
            self._deliver()

    def _deliver(self) -> None:
        lanes = tuple(Lane)
        while found := queue.heads(self.ctx, lanes, True, (), _AT_ONCE):
            if not sum(self._send(letter) for _, letter in found):
                return

    def _send(self, letter: outgoing.Letter) -> bool:
        mail = outgoing.prepare(self.ctx, letter)
        if mail is None:
            return True
        leased = outgoing.lease(self.ctx, letter, _OWNER)
        if leased is None:
            return False
        if not letter.posted:
            self._note(mail)
        self._posts += 1
        channel = letter.channel or mail.channel or f"D{'-'.join(mail.people)}"
        outgoing.delivered(self.ctx, replace(mail, letter=leased), channel[:32], f"{self._posts}.0")
        return True

    def _note(self, mail: Mail) -> None:
        now, notice = self.clock.time, mail.letter.notice
        with self.ctx.read(about=OfProgram(self.program.id)) as act:
            readers = at_work.readers(act.tx, act.program, notice)
        days = [local_date(now, time.zone) for _, time in readers]
        off = not any(day.weekday() in time.days for day, (_, time) in zip(days, readers, strict=True))
        people = tuple(person for person, _ in readers if person)
        self.said.append(Coming(now, days[0], notice.kind, people, "" if people else mail.place, off))

    def _people_act(self) -> int:
        """Leads approve what waits for them, and people answer what they are asked; gives how much there was."""
        with self.ctx.read(about=OfProgram(self.program.id)) as act:
            leads = recipients.leads(act.tx, act.program)
            waiting = pairs.in_state(act.tx, self.program.id, PairState.PROPOSED) if leads else []
            asked = stored_checkins.open_of(act.tx, self.program.id) if self.answered else []
            before = stored_asks.open_of(act.tx, self.program.id) if self.answered else []
            mentees = {one.pair_id: pairs.of_id(act.tx, one.pair_id).mentee_id for one in before}
            unsigned = pacts.to_sign(act.tx, self.program.id) if self.answered else []
        approved = sum(self._does(approvals.approve, leads[0], pair.id) for pair in waiting)
        met = sum(self._does(checkins.answer, one.person_id, one.id, Answer.MET) for one in asked)
        agreed = sum(self._does(ask_first.yes, mentee, number) for number, mentee in mentees.items())
        signed = sum(self._does(agreements.sign, person_id, pair_id) for pair_id, person_id in unsigned)
        return approved + met + agreed + signed

    def _does(self, act: Callable[..., object], person_id: str, *what: object) -> bool:
        """Somebody does something, unless the program does not let them."""
        try:
            act(self.ctx, self.program.workspace, person_id, *what)
        except ProgramError:
            return False
        return True
