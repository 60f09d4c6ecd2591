"""A cycle's life: planned, proposed to the leads, introduced, closed.

1. A tick finds the cycle whose proposal time has come and plans it, once (`propose_due`). Of several that were missed,
   it is the latest. A lead may ask earlier, or again (`match_now`).
2. With fewer than two people, the proposal waits for more, as long as there is time (`_hold`).
3. The pairs are computed outside a transaction (`_run`).
4. They are stored in one, unless something was decided meanwhile (`_store`): then a lead's matching is done again, and
   the calendar's at the next tick if it is still due.
5. The leads get the summary, and cards if these are few (`_tell_leads`). `approvals` has what they decide. A run that
   changed no pair has no summary of its own: the one that is there shows how things stand (`_is_news`).
6. `introductions` introduces the approved pairs, and lets the cycle run.
7. At its end, its pairs are finished, some in each transaction; then it is counted, closed, and reported on
   (`close_due`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from mentoring.cards import CARDS_A_MESSAGE, of_pairs, pairs_in
from mentoring.cycles import Cycle, CycleState, cycle_times, due_number
from mentoring.errors import MatchingBusy, NothingToMatch, ProgramError
from mentoring.matching import PairIds
from mentoring.messages import Kind, to_leads, to_pair
from mentoring.pairings import PENDING, STANDING, Because, Cause, Pair, PairState
from mentoring.programs import Program
from mentoring.readers import LeadsChannel
from program import access, before_matching, matching, reporting
from program.act import Act
from program.context import AT_ONCE, Context
from program.forms import Matched
from program.matching import Proposal
from program.members import stop_checkins, withdraw
from program.notices import summary_subject
from program.subjects import OfCycle, OfProgram
from storage import audit, cycles, members, pairs
from storage.database import Tx
from storage.outbox import letters, outbox
from storage.outbox.facts import ON_THEIR_WAY
from storage.states import RowState

ABANDONED = timedelta(minutes=2)
"""After so long a matching that a lead asked for is not at work any more: the largest takes seconds."""

ATTEMPTS = 3
"""The calendar moves a cycle at most twice while a lead asks for pairs: it proposes and it introduces."""

MOST_CARDS = 20
"""Above so many pairs the leads' channel gets a button to a review page instead of cards; the product's rule.

Up to five cards are one message.
"""


def propose_due(ctx: Context) -> int:
    """Hold the matching of every cycle whose proposal time has come; gives how many were held."""
    with ctx.read() as act:
        due = [(program, due_number(program.calendar, act.now)) for program in act.every_program()]
    return sum(_hold(ctx, program, _planned(ctx, program, number)) for program, number in due if number)


def ask_to_match(ctx: Context, workspace: str, lead_id: str) -> None:
    """Keep that a lead asks for pairs, before they hear that it arrived: if the bot stops, it is done later.

    Raises `NotAllowed` or `NothingToMatch`.
    """
    program = _may_match(ctx, workspace, lead_id)
    cycle = at_hand(ctx, program)
    with ctx.act(workspace, lead_id, OfCycle(cycle.id)) as act:
        cycles.ask_to_match(act.tx, cycle, lead_id, act.now)


def match_asked(ctx: Context) -> int:
    """Do the matchings that leads asked for and that a stop of the bot cut short; gives their number."""
    with ctx.read() as act:
        asked = cycles.asked_to_match(act.tx, act.now - ABANDONED)
    return sum(_do_asked(ctx, cycle, lead_id) for cycle, lead_id in asked)


def _do_asked(ctx: Context, cycle: Cycle, lead_id: str) -> bool:
    """Match now what a lead asked for, unless it makes no sense any more; either way it is not asked for after that."""
    with ctx.act(about=OfCycle(cycle.id)) as act:
        workspace = act.program.workspace
        cycles.ask_to_match(act.tx, cycle, lead_id, act.now)  # nobody else takes it up meanwhile
    done = False
    with suppress(ProgramError):
        match_now(ctx, workspace, lead_id)
        done = True
    with ctx.act(about=OfCycle(cycle.id)) as act:
        cycles.forget_to_match(act.tx, cycle)
    return done


def match_now(ctx: Context, workspace: str, lead_id: str) -> Matched:
    """Find the best pairs around those that are approved, because a lead asked.

    Proposals that nobody decided on stay, except where others are better for the whole; declined ones do not return.

    Raises `NotAllowed`, `NothingToMatch` or `MatchingBusy`.
    """
    program = _may_match(ctx, workspace, lead_id)
    for _ in range(ATTEMPTS):
        cycle = at_hand(ctx, program)
        matched = _run(ctx, program, cycle, asked_by=lead_id)
        if matched is not None:
            return matched
        if _a_lead_was_faster(ctx, program, cycle):
            break
    raise MatchingBusy


def _may_match(ctx: Context, workspace: str, lead_id: str) -> Program:
    """The program in which this lead may ask for pairs; raises `NotAllowed` or `NothingToMatch`."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
        if not members.count(act.tx, program.id):
            raise NothingToMatch
        return program


def close_due(ctx: Context) -> int:
    """Close every cycle whose end has come; gives their number."""
    with ctx.read() as act:
        open_cycles = cycles.in_state(act.tx, CycleState.PLANNED, CycleState.PROPOSED, CycleState.RUNNING)
        over = [cycle for cycle in open_cycles if _is_over(act, cycle)]
    return sum(_close(ctx, cycle) for cycle in over)


def at_hand(ctx: Context, program: Program) -> Cycle:
    """The cycle for which a lead who asks now gets pairs: the one that is due, or the next when that is over."""
    with ctx.read(about=OfProgram(program.id)) as act:
        number = max(1, due_number(program.calendar, act.now))
    cycle = _planned(ctx, program, number)
    return cycle if cycle.state is not CycleState.CLOSED else _planned(ctx, program, cycle.number + 1)


def _a_lead_was_faster(ctx: Context, program: Program, seen: Cycle) -> bool:
    """Whether a lead ran the matching since the cycle was seen; the calendar, which also moves it, asks nobody."""
    with ctx.read(about=OfCycle(seen.id)) as act:
        runs = range(seen.runs + 1, cycles.get(act.tx, seen.id).runs + 1)
        return any(audit.actor_of_run(act.tx, program.id, seen.id, run) is not None for run in runs)


def _planned(ctx: Context, program: Program, number: int) -> Cycle:
    """The cycle with that number, planned on the spot when it is new."""
    with ctx.read(about=OfProgram(program.id)) as act:
        known = cycles.numbered(act.tx, program.id, number)
    if known is not None:
        return known
    with ctx.act(about=OfProgram(program.id)) as act:
        return cycles.open_once(act.tx, program.id, cycle_times(program.calendar, number))


def _is_due(act: Act, cycle: Cycle) -> bool:
    """Whether the planned run is still to come; a run that a lead asked for earlier does not replace it."""
    over = cycle.state is CycleState.CLOSED or act.now < cycle.times.proposal_at
    return not over and (cycle.matched_at is None or cycle.matched_at < cycle.times.proposal_at)


def _hold(ctx: Context, program: Program, cycle: Cycle) -> bool:
    """Run the planned matching if it is due, or wait for people: a program that just began has nobody to pair yet."""
    with ctx.read(about=OfCycle(cycle.id)) as act:
        due = _is_due(act, cycle)
        waits = due and _waits_for_people(act, cycle)
    if not due:
        return False
    if not waits:
        return _run(ctx, program, cycle) is not None
    with ctx.act(about=OfCycle(cycle.id)) as act:
        cycles.postpone(act.tx, cycle, act.now + (cycle.times.intro_at - act.now) / 2)
    return False


def _waits_for_people(act: Act, cycle: Cycle) -> bool:
    """Whether fewer than two people take part and there is time for more to join before the introductions."""
    few = members.count(act.tx, cycle.program_id) < 2
    return few and cycle.times.intro_at - act.now > matching.LATEST_WAIT


def _run(ctx: Context, program: Program, cycle: Cycle, asked_by: str = "") -> Matched | None:
    """Compute pairs outside a transaction and store them in one; None when a run or a decision came first."""
    with ctx.read(about=OfCycle(cycle.id)) as act:
        problem = before_matching.problem_of(act.tx, act.program, cycle)
    held = sum(person.available and person.level is None for person in problem.people)
    with ctx.timed("matching"):
        proposal = matching.propose(problem, ctx.trails.of(cycle))
    ctx.trails.keep(cycle, proposal.trail)
    try:
        with ctx.act(program.workspace, asked_by, OfCycle(cycle.id)) as act:
            news = _is_news(act, cycle, proposal)
            numbers = _store(act, cycle, proposal, news, seen=problem.taken | problem.keep)
            if problem.people:
                _tell_leads(act, cycles.get(act.tx, cycle.id), numbers)
            done = "match" if news else "match, no news"
            brought = {"proposed": len(proposal.new), "replaced": len(proposal.replaced)}
            act.note(done, cycle.id, {"runs": cycle.runs}, {"runs": cycle.runs + news}, **brought)
    except Overtaken:
        return None
    left_out = len({one.person_id for one in proposal.left_out})
    return Matched(
        cycle.number, len(proposal.new), len(proposal.replaced), left_out, held, program.leads_channel
    )


class Overtaken(Exception):
    """Something was decided while the pairs were computed, and they do not fit it."""


def _is_news(act: Act, cycle: Cycle, proposal: Proposal) -> bool:
    """Whether the leads have a reason to look: other pairs than before, or no summary of this cycle at all.

    Who has no partner may have changed all the same; the summary that is there shows it.
    """
    said = letters.about(act.tx, cycle.program_id, Kind.SUMMARY, summary_subject(cycle))
    there = any(letter.state in (*ON_THEIR_WAY, RowState.UNKNOWN) for letter in said)
    return bool(proposal.new or proposal.replaced) or not there


def _store(act: Act, cycle: Cycle, proposal: Proposal, news: bool, seen: frozenset[PairIds]) -> list[int]:
    """Record the run and its pairs; gives their numbers. Raises `Overtaken`."""
    state = CycleState.PROPOSED if cycle.state is CycleState.PLANNED else cycle.state
    if not cycles.matched(act.tx, cycle, state, act.now, proposal.left_out, news):
        raise Overtaken
    make_way(act.tx, cycle, proposal, seen)
    return pairs.propose(act.tx, cycle.program_id, cycle.id, proposal.new, act.now)


def make_way(tx: Tx, cycle: Cycle, proposal: Proposal, seen: frozenset[PairIds]) -> list[Pair]:
    """Take back the pairs that make way for better ones, and give them.

    Raises `Overtaken` if other pairs stand than were `seen` when these were computed.
    """
    standing = pairs.of_cycle(tx, cycle.id, *STANDING)
    gone = [pair for pair in standing if pair.people in proposal.replaced]
    if {pair.people for pair in standing} != seen or not all(_makes_way(tx, pair) for pair in gone):
        raise Overtaken
    return gone


def _makes_way(tx: Tx, pair: Pair) -> bool:
    return pair.state is PairState.PROPOSED and withdraw(tx, pair, Because(Cause.MADE_WAY))


def _tell_leads(act: Act, cycle: Cycle, numbers: list[int]) -> None:
    asked = bool(act.by)
    if asked:
        # The lead who asks also wants to see the cards of the proposals that stay.
        outbox.release(act.tx, cycle.program_id, LeadsChannel(), act.now)
    act.say(to_leads(Kind.SUMMARY, summary_subject(cycle)), asked)
    post_cards(act, numbers, asked)


def post_cards(act: Act, numbers: Sequence[int], asked: bool) -> None:
    """Post the cards of newly proposed pairs, unless these are so many that they are reviewed page by page."""
    if len(numbers) <= MOST_CARDS:
        # A pair that was withdrawn and is proposed again has its card, which shows that.
        shown = {
            number
            for letter in letters.of_kind(act.tx, act.program.id, Kind.CARD)
            for number in pairs_in(letter.notice.subject)
        }
        new = [number for number in numbers if number not in shown]
        some = (new[at : at + CARDS_A_MESSAGE] for at in range(0, len(new), CARDS_A_MESSAGE))
        act.say_all((to_leads(Kind.CARD, of_pairs(each)) for each in some), asked)


def _close(ctx: Context, cycle: Cycle) -> bool:
    """End a cycle's pairs, count what they came to, and then end the cycle; False if that is not to be done any more.

    A pair that begins while they are counted is ended, and they are counted once more.
    """
    while _end_all(ctx, cycle):
        report = reporting.made(ctx, cycle)
        with ctx.act(about=OfCycle(cycle.id)) as act:
            now = cycles.get(act.tx, cycle.id)
            if not _is_over(act, now):
                return False
            if not pairs.of_cycle(act.tx, cycle.id, *PENDING, PairState.INTRODUCED, limit=1):
                cycles.move(act.tx, now, CycleState.CLOSED)
                reporting.publish(act, now, report)
                return True
    return False


def _end_all(ctx: Context, cycle: Cycle) -> bool:
    """End the pairs of a cycle; False if that is not to be done any more."""
    more = True
    while more:
        with ctx.act(about=OfCycle(cycle.id)) as act:
            now = cycles.get(act.tx, cycle.id)
            if not _is_over(act, now):
                return False
            more = _end_some(act, now)
    return True


def _is_over(act: Act, cycle: Cycle) -> bool:
    return cycle.state is not CycleState.CLOSED and cycle.times.ends_at <= act.now


def _end_some(act: Act, cycle: Cycle) -> bool:
    """Finish and thank the first pairs, take back those nobody decided on; tells whether there may be more."""
    tx = act.tx
    introduced = pairs.of_cycle(tx, cycle.id, PairState.INTRODUCED, limit=AT_ONCE)
    pending = pairs.of_cycle(tx, cycle.id, *PENDING, limit=AT_ONCE - len(introduced))
    for pair in introduced:
        pairs.move(tx, pair, PairState.FINISHED)
        stop_checkins(tx, pair)
        if pair.introduced_at is not None:
            act.say(to_pair(Kind.THANKS, pair.intro))
    for pair in pending:
        withdraw(tx, pair, Because(Cause.CYCLE_ENDED))
    return len(introduced) + len(pending) == AT_ONCE
