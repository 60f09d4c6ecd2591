"""Introducing approved pairs: at the cycle's intro time, at once when that has passed, or when a lead says so.

1. A tick finds the cycles whose intro time has come (`start_due`), or a lead does not wait for it (`introduce_now`).
2. The approved pairs are taken some at a time, in a transaction each (`_introduce_some`).
3. The hard rules are checked once more: who breaks one is withdrawn, and the introduction of all others is queued
   (`introduce`).
4. After the last of them the cycle runs, which the leads are told, and whoever has no pair (`_run`).
5. When an introduction stands in the pair's group DM, the first check-ins are planned (`delivered`). If Slack refuses
   it for good, the pair is withdrawn (`refused`).
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from mentoring.ask_errors import OnlyAsked
from mentoring.cycles import Cycle, CycleState
from mentoring.errors import NothingToIntroduce
from mentoring.messages import Kind, to_leads, to_person
from mentoring.pacts import REMIND_AFTER
from mentoring.pairings import STANDING, Because, Pair, PairState
from mentoring.programs import Program
from program import access, before_intro, checkins, experiences, groups, matching, reporting, returning
from program.act import Act
from program.context import AT_ONCE, Context
from program.members import withdraw
from program.subjects import OfCycle
from storage import asks, cycles, members, pacts, pairs
from storage.database import Tx


def start_due(ctx: Context) -> int:
    """Introduce the approved pairs of every cycle whose intro time has come; gives how many cycles began."""
    with ctx.read() as act:
        due = [cycle for cycle in cycles.in_state(act.tx, CycleState.PROPOSED) if _is_due(act, cycle)]
    return sum(_start(ctx, cycle) for cycle in due)


def introduce_now(ctx: Context, workspace: str, lead_id: str) -> int:
    """Introduce the approved pairs without waiting for intro time; gives their number.

    Raises `NotAllowed`, `NoProgram`, `NothingToIntroduce`, or `OnlyAsked` where all wait for an answer.
    """
    introduced, more = 0, True
    while more:
        with ctx.act(workspace, lead_id) as act:
            program = access.lead(act)
            done, more = _introduce_some(act, asked=True)
            act.note("introduce", program.id, after={"introduced": done})
        introduced += done
    if not introduced:
        raise OnlyAsked if unanswered(ctx, workspace, lead_id) else NothingToIntroduce
    return introduced


def unanswered(ctx: Context, workspace: str, lead_id: str) -> int:
    """How many approved pairs wait for their mentee's answer. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        held = cycles.of_program(act.tx, access.lead(act).id)
        return sum(
            asks.waiting_in(act.tx, cycle.id) for cycle in held if cycle.state is not CycleState.CLOSED
        )


def introduce(act: Act, cycle: Cycle, pair: Pair, asked: bool = False) -> bool:
    """Introduce one approved pair, or take it back if a hard rule has come to forbid it; tells whether it goes out.

    One whose mentee has to be asked first, or has not answered, waits.

    What a lead `asked` for goes out at once, other introductions when both are at work.
    """
    broken = matching.what_breaks(act.tx, act.program, cycle, pair)
    if broken:
        withdraw(act.tx, pair, broken)
        return False
    if before_intro.waits(act, cycle, pair):
        return False
    if not pairs.move(act.tx, pair, PairState.INTRODUCED):
        return False
    if pair.introduced_at is None:
        pacts.ask(act.tx, pair.id, act.now)
        groups.introduce(act, pairs.of_id(act.tx, pair.id), asked)
        experiences.use(act, pairs.of_id(act.tx, pair.id))
    else:
        # They were cut off after their introduction, which stands in their conversation.
        returning.begin_again(act, pair)
        for person_id in pair.people:
            returning.tell(act, pair, person_id)
    return True


def delivered(tx: Tx, program: Program, pair: Pair, at: datetime, channel: str) -> None:
    """The introduction stands in the pair's group DM: from now on the weekly check-ins count."""
    if pairs.was_introduced(tx, pair.id, at, channel):
        checkins.plan_first(tx, program, pair, at)
        pacts.wait(tx, pair.id, at + REMIND_AFTER)


def refused(act: Act, pair: Pair, why: Because) -> None:
    """Slack does not take the introduction: the pair is withdrawn, and both are free. They never heard of it."""
    if pair.introduced_at is not None or not withdraw(act.tx, pair, why):
        return
    groups.drop_out(act, pair)
    # Before intro time, whoever has no partner by then is told so by then.
    if cycles.get(act.tx, pair.cycle_id).state is CycleState.RUNNING:
        for person_id in pair.people:
            if not pairs.of_person(act.tx, pair.program_id, person_id, *STANDING):
                act.say(to_person(Kind.NO_PARTNER, pair.cycle_id, person_id))


def _is_due(act: Act, cycle: Cycle) -> bool:
    return cycle.state is CycleState.PROPOSED and cycle.times.intro_at <= act.now


def _start(ctx: Context, cycle: Cycle) -> bool:
    """Introduce a cycle's pairs, and then let it run; False if that is not to be done any more."""
    more = True
    while more:
        with ctx.act(about=OfCycle(cycle.id)) as act:
            now = cycles.get(act.tx, cycle.id)
            if not _is_due(act, now):
                return False
            _, more = _introduce_some(act, now)
            if not more:
                _run(act, now)
    return True


def _introduce_some(act: Act, cycle: Cycle | None = None, asked: bool = False) -> tuple[int, bool]:
    """Introduce the first approved pairs, of one cycle or of all; gives how many it did, and whether more may wait."""
    approved = _approved(act.tx, act.program, cycle)
    introduced = sum(introduce(act, *one, asked=asked) for one in _with_mates(act.tx, approved))
    return introduced, len(approved) == AT_ONCE


def _with_mates(tx: Tx, approved: list[tuple[Cycle, Pair]]) -> list[tuple[Cycle, Pair]]:
    """The same, and whoever is introduced with one of them: who is left for later opens a new conversation."""
    found = {pair.id: (cycle, pair) for cycle, pair in approved}
    for cycle, pair in approved:
        found |= {one.id: (cycle, one) for one in groups.beside(tx, pair, PairState.APPROVED)}
    return list(found.values())


def _approved(tx: Tx, program: Program, cycle: Cycle | None = None) -> list[tuple[Cycle, Pair]]:
    """The first approved pairs of a cycle, or of all that are not over."""
    held = [cycle] if cycle else cycles.in_state(tx, CycleState.PROPOSED, CycleState.RUNNING)
    found = (
        (one, pair)
        for one in held
        if one.program_id == program.id
        for pair in asks.ready(tx, one.id, AT_ONCE)
    )
    return list(islice(found, AT_ONCE))


def _run(act: Act, cycle: Cycle) -> None:
    """Let a cycle run whose approved pairs are introduced; tell the leads, and everybody who has no pair."""
    cycles.move(act.tx, cycle, CycleState.RUNNING)
    reporting.freeze(act, cycle)
    if members.count(act.tx, act.program.id):
        act.say(to_leads(Kind.INTRO_TIME, cycle.id))
        _tell_unpaired(act, cycle)


def _tell_unpaired(act: Act, cycle: Cycle) -> None:
    """Tell everybody who takes part and has no pair in this cycle, not even one that still waits for a lead."""
    paired = {person for pair in pairs.of_cycle(act.tx, cycle.id, *STANDING) for person in pair.people}
    everybody = members.of_program(act.tx, act.program.id).items()
    wanting = [one for one, member in everybody if member.takes_part and not member.skips(cycle.number)]
    alone = [person_id for person_id in wanting if person_id not in paired]
    act.say_all(to_person(Kind.NO_PARTNER, cycle.id, person_id) for person_id in alone)
