"""A cycle's life: planned, proposed to the leads, introduced, closed."""

from __future__ import annotations

from mentoring.cycles import Cycle, CycleState, cycle_times, due_number
from mentoring.errors import MatchingBusy, NothingToMatch
from mentoring.messages import LEADS_CHANNEL, Kind, to_leads, to_pair
from mentoring.pairings import PENDING, STANDING, Pair, PairState
from mentoring.programs import Program
from program import access, matching
from program.context import AT_ONCE, Context
from program.forms import Matched
from program.matching import Proposal
from program.members import stop_checkins, withdraw
from program.notices import summary_subject
from storage import audit, cycles, members, outbox, pairs, programs
from storage.database import Tx

ATTEMPTS = 3
"""The calendar moves a cycle at most twice while a lead asks for pairs: it proposes and it introduces."""

MADE_WAY = "A later matching found a better set of pairs without it."
"""Why a proposal is withdrawn on which nobody had decided."""

MOST_CARDS = 20
"""Above so many pairs the leads' channel gets a button to a review page instead of cards; the product's rule."""


def propose_due(ctx: Context) -> int:
    """Hold the matching of every cycle whose proposal time has come; gives how many were held."""
    held = 0
    for program in _all_programs(ctx):
        number = due_number(program.calendar, ctx.now())
        if number:
            cycle = _planned(ctx, program, number)
            held += _is_due(ctx, cycle) and _hold(ctx, program, cycle)
    return held


def match_now(ctx: Context, workspace: str, lead_id: str) -> Matched:
    """Find the best pairs around those that are approved, because a lead asked.

    Proposals that nobody decided on stay, except where others are better for the whole; declined ones do not return.

    Raises `NotAllowed`, `NothingToMatch` or `MatchingBusy`.
    """
    with ctx.database.read() as tx:
        program = access.led_program(tx, workspace, lead_id)
        if not members.count(tx, program.id):
            raise NothingToMatch
    for _ in range(ATTEMPTS):
        cycle = _now_matched(ctx, program)
        matched = _run(ctx, program, cycle, asked_by=lead_id)
        if matched is not None:
            return matched
        if _a_lead_was_faster(ctx, program, cycle):
            break
    raise MatchingBusy


def close_due(ctx: Context) -> int:
    """Close every cycle whose end has come; gives their number."""
    with ctx.database.read() as tx:
        open_cycles = cycles.in_state(tx, CycleState.PLANNED, CycleState.PROPOSED, CycleState.RUNNING)
    return sum(_close(ctx, cycle) for cycle in open_cycles if _is_over(ctx, cycle))


def _all_programs(ctx: Context) -> list[Program]:
    with ctx.database.read() as tx:
        return programs.every(tx)


def _now_matched(ctx: Context, program: Program) -> Cycle:
    """The cycle for which a lead who asks now gets pairs: the one that is due, or the next when that is over."""
    cycle = _planned(ctx, program, max(1, due_number(program.calendar, ctx.now())))
    return cycle if cycle.state is not CycleState.CLOSED else _planned(ctx, program, cycle.number + 1)


def _a_lead_was_faster(ctx: Context, program: Program, seen: Cycle) -> bool:
    """Whether a lead ran the matching since the cycle was seen; the calendar, which also moves it, asks nobody."""
    with ctx.database.read() as tx:
        runs = range(seen.runs + 1, cycles.get(tx, seen.id).runs + 1)
        return any(audit.actor_of_run(tx, program.id, seen.id, run) is not None for run in runs)


def _planned(ctx: Context, program: Program, number: int) -> Cycle:
    """The cycle with that number, planned on the spot when it is new."""
    with ctx.database.read() as tx:
        known = cycles.numbered(tx, program.id, number)
    if known is not None:
        return known
    with ctx.database.write() as tx:
        return cycles.open_once(tx, program.id, cycle_times(program.calendar, number))


def _is_due(ctx: Context, cycle: Cycle) -> bool:
    """Whether the planned run is still to come; a run that a lead asked for earlier does not replace it."""
    over = cycle.state is CycleState.CLOSED or ctx.now() < cycle.times.proposal_at
    return not over and (cycle.matched_at is None or cycle.matched_at < cycle.times.proposal_at)


def _hold(ctx: Context, program: Program, cycle: Cycle) -> bool:
    """Run the planned matching, or wait for people: a program that just began has nobody to pair yet."""
    if not _waits_for_people(ctx, program, cycle):
        return _run(ctx, program, cycle, asked_by=None) is not None
    halfway = ctx.now() + (cycle.times.intro_at - ctx.now()) / 2
    with ctx.database.write() as tx:
        cycles.postpone(tx, cycle, halfway)
    return False


def _waits_for_people(ctx: Context, program: Program, cycle: Cycle) -> bool:
    """Whether fewer than two people take part and there is time for more to join before the introductions."""
    with ctx.database.read() as tx:
        return members.count(tx, program.id) < 2 and cycle.times.intro_at - ctx.now() > matching.LATEST_WAIT


def _run(ctx: Context, program: Program, cycle: Cycle, asked_by: str | None) -> Matched | None:
    """Compute pairs outside a transaction and store them in one; None when a run or a decision came first."""
    with ctx.database.read() as tx:
        problem = matching.problem_of(tx, program, cycle)
    held = sum(person.available and person.level is None for person in problem.people)
    proposal = matching.propose(problem, ctx.trails.of(cycle))
    ctx.trails.keep(cycle, proposal.trail)
    try:
        with ctx.database.write() as tx:
            numbers = _store(ctx, tx, cycle, proposal)
            if problem.people:
                _tell_leads(ctx, tx, cycles.get(tx, cycle.id), numbers, asked=asked_by is not None)
            told = {"proposed": len(proposal.new), "replaced": len(proposal.replaced)}
            audit.note(tx, program.id, ctx.now(), asked_by or audit.SCHEDULE, "match", cycle.id, **told)
    except _Overtaken:
        return None
    ctx.wake()
    left_out = len({one.person_id for one in proposal.left_out})
    return Matched(
        cycle.number, len(proposal.new), len(proposal.replaced), left_out, held, program.leads_channel
    )


class _Overtaken(Exception):
    """Something was decided while the pairs were computed, and they do not fit it."""


def _store(ctx: Context, tx: Tx, cycle: Cycle, proposal: Proposal) -> list[int]:
    """Record the run and its pairs; gives their numbers. Raises `_Overtaken`."""
    state = CycleState.PROPOSED if cycle.state is CycleState.PLANNED else cycle.state
    if not cycles.matched(tx, cycle, state, ctx.now(), proposal.left_out):
        raise _Overtaken
    for pair in pairs.of_cycle(tx, cycle.id, *STANDING):
        if pair.people in proposal.replaced and not _makes_way(tx, pair):
            raise _Overtaken
    return pairs.propose(tx, cycle.program_id, cycle.id, proposal.new)


def _makes_way(tx: Tx, pair: Pair) -> bool:
    return pair.state is PairState.PROPOSED and withdraw(tx, pair, MADE_WAY)


def _tell_leads(ctx: Context, tx: Tx, cycle: Cycle, numbers: list[int], asked: bool) -> None:
    if asked:
        # The lead who asks also wants to see the cards of the proposals that stay.
        outbox.release(tx, cycle.program_id, LEADS_CHANNEL, ctx.now())
    outbox.put(tx, cycle.program_id, to_leads(Kind.SUMMARY, summary_subject(cycle)), ctx.now(), asked)
    if len(numbers) <= MOST_CARDS:
        cards = [to_leads(Kind.CARD, number) for number in numbers]
        outbox.put_all(tx, cycle.program_id, cards, ctx.now(), asked)


def _close(ctx: Context, cycle: Cycle) -> bool:
    """End a cycle's pairs, and then the cycle; False if that is not to be done any more."""
    more = True
    while more:
        with ctx.database.write() as tx:
            now = cycles.get(tx, cycle.id)
            if not _is_over(ctx, now):
                return False
            more = _end_some(ctx, tx, now)
            if not more:
                cycles.move(tx, now, CycleState.CLOSED)
        ctx.wake()
    return True


def _is_over(ctx: Context, cycle: Cycle) -> bool:
    return cycle.state is not CycleState.CLOSED and cycle.times.ends_at <= ctx.now()


def _end_some(ctx: Context, tx: Tx, cycle: Cycle) -> bool:
    """Finish and thank the first pairs, take back those nobody decided on; tells whether there may be more."""
    introduced = pairs.of_cycle(tx, cycle.id, PairState.INTRODUCED, limit=AT_ONCE)
    pending = pairs.of_cycle(tx, cycle.id, *PENDING, limit=AT_ONCE - len(introduced))
    for pair in introduced:
        pairs.move(tx, pair, PairState.FINISHED)
        stop_checkins(tx, pair)
        if pair.introduced_at is not None:
            outbox.put(tx, cycle.program_id, to_pair(Kind.THANKS, pair.id), ctx.now())
    for pair in pending:
        withdraw(tx, pair, "The cycle ended first.")
    return len(introduced) + len(pending) == AT_ONCE
