"""Whether an approved pair waits for its mentee's answer, and asking them, in programs that ask first.

1. A pair is approved, by a lead or by a rule, and waits. A tick asks its mentee (`ask_due`), or whatever would
   introduce the pair does (`waits`).
2. The question comes in the mentee's working hours. Several mentors for one conversation are one question.
3. Until there is an answer nothing introduces the pair; `ask_first` has the answers, the one reminder, and what leads
   are told when nobody answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentoring.ask_first import due_at, remind_at
from mentoring.cycles import Cycle
from mentoring.messages import Kind, Notice, to_person
from mentoring.pairings import Pair, PairState
from mentoring.people import Member
from program import at_work, groups
from program.act import Act
from program.context import Context
from program.notices import since
from program.subjects import OfProgram
from storage import asks, cycles, members, pairs


def ask_due(ctx: Context) -> int:
    """Ask the mentees of the pairs that were approved; gives how many questions that was."""
    with ctx.read() as act:
        due = [
            (program.id, [pair.id for pair in some])
            for program in act.every_program()
            if (some := _due(act.within(program)))
        ]
    return sum(_ask_some(ctx, program_id, numbers) for program_id, numbers in due)


def next_at(act: Act) -> datetime | None:
    """When the next mentee of a program is asked, which may have passed; None where nobody is to be."""
    moments = [_asked_from(act, pair) for pair in _to_ask(act)]
    return min(moments, default=None)


def waits(act: Act, cycle: Cycle, pair: Pair) -> bool:
    """Whether a pair that could be introduced now has to wait for an answer; its mentee is asked, if nobody has."""
    if act.program.rules.ask_first and asks.to_ask(act.tx, act.program.id, pair.id):
        _ask(act, cycle, pair)
    return asks.waits(act.tx, pair.id)


def notice(pair_id: int, asked_at: datetime, mentee_id: str, again: bool = False) -> Notice:
    """The question about a pair, or its one reminder."""
    return to_person(Kind.ASK_AGAIN if again else Kind.ASK, since(pair_id, asked_at), mentee_id)


def _to_ask(act: Act) -> list[Pair]:
    return asks.to_ask(act.tx, act.program.id) if act.program.rules.ask_first else []


def _due(act: Act) -> list[Pair]:
    return [pair for pair in _to_ask(act) if _asked_from(act, pair) <= act.now]


def _asked_from(act: Act, pair: Pair) -> datetime:
    """From when on the mentee of an approved pair is asked: at once, unless more mentors are to be decided on."""
    undecided = groups.beside(act.tx, pair, PairState.PROPOSED)
    assert pair.decided_at is not None, "it is approved"
    if not undecided:
        return pair.decided_at
    return max(pair.decided_at, _halfway(cycles.get(act.tx, pair.cycle_id)))


def _halfway(cycle: Cycle) -> datetime:
    """Late enough to ask about several at once, and early enough for an answer before the introductions."""
    times = cycle.times
    return times.proposal_at + (times.intro_at - times.proposal_at) / 2


def _ask_some(ctx: Context, program_id: int, numbers: Sequence[int]) -> int:
    asked = 0
    for number in numbers:
        with ctx.act(about=OfProgram(program_id)) as act:
            pair = pairs.of_id(act.tx, number)
            if pair.state is PairState.APPROVED:
                asked += _ask(act, cycles.get(act.tx, pair.cycle_id), pair)
    return asked


def _ask(act: Act, cycle: Cycle, pair: Pair) -> bool:
    """Ask about a pair, and with it about all others that are for one conversation; False if that was done before."""
    mentee = members.get(act.tx, act.program.id, pair.mentee_id)
    if mentee is None:
        return False
    together = [pair, *groups.beside(act.tx, pair, PairState.APPROVED)]
    unasked = [one for one in together if asks.to_ask(act.tx, act.program.id, one.id)]
    about = sorted(unasked, key=lambda one: one.id)
    if not about:
        return False
    due, remind = _times(act, cycle, mentee)
    begun = [one for one in about if asks.begin(act.tx, one, about[0].id, act.now, due, remind)]
    return bool(begun) and act.say(notice(about[0].id, act.now, pair.mentee_id))


def _times(act: Act, cycle: Cycle, mentee: Member) -> tuple[datetime, datetime | None]:
    """When leads hear that there is no answer, and when the mentee is asked once more."""
    work = at_work.of_member(mentee, act.program)
    arrives = work.opens_at(act.now)
    due = due_at(arrives, cycle.times.intro_at, work.days, work.zone)
    return due, remind_at(arrives, due, work.days, work.zone)
