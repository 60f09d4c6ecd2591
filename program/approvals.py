"""The leads' decisions on proposed pairs: checked at the click, made once, and told to whoever was second."""

from __future__ import annotations

from mentoring.cycles import CycleState
from mentoring.errors import AlreadyDecided, NoSuchPair, PairBroken
from mentoring.messages import PairCard
from mentoring.pairings import Pair, PairState
from mentoring.people import one_line
from mentoring.programs import Program
from program import access, introductions, matching
from program.context import Context
from program.forms import Pending, ReviewPage
from program.look import Look
from program.members import withdraw
from program.screens import card_of
from storage import audit, cycles, members, pairs
from storage.database import Tx

PAGE = 10
MAX_REASON = 500


def approve(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> Pair:
    """Approve a proposed pair; after intro time it is introduced at once.

    Raises `NotAllowed`, `NoSuchPair`, `AlreadyDecided`, or `PairBroken` when a hard rule has come to forbid it.
    """
    with ctx.database.write() as tx:
        program, pair = _proposed(tx, workspace, lead_id, pair_id)
        cycle = cycles.get(tx, pair.cycle_id)
        broken = matching.what_breaks(tx, program, cycle, pair)
        if broken:
            withdraw(tx, pair, broken)
        else:
            pair = _decide(ctx, tx, program, pair, lead_id, PairState.APPROVED, "")
            if cycle.state is CycleState.RUNNING or cycle.times.intro_at <= ctx.now():
                introductions.introduce(ctx, tx, program, cycle, pair, asked=True)
                pair = pairs.of_id(tx, pair.id)
    ctx.wake()
    if broken:
        raise PairBroken(pair.id, broken)
    return pair


def decline(ctx: Context, workspace: str, lead_id: str, pair_id: int, reason: str = "") -> Pair:
    """Decline a proposed pair; the reason is for the leads. Raises like `approve`."""
    with ctx.database.write() as tx:
        program, pair = _proposed(tx, workspace, lead_id, pair_id)
        pair = _decide(ctx, tx, program, pair, lead_id, PairState.DECLINED, one_line(reason)[:MAX_REASON])
    ctx.wake()
    return pair


def card(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> PairCard:
    """A pair that can still be decided on, for a lead who is about to. Raises like `approve`."""
    with ctx.database.read() as tx:
        program, pair = _proposed(tx, workspace, lead_id, pair_id)
        return card_of(Look(tx, program), pair)


def pending(ctx: Context, workspace: str, lead_id: str) -> Pending:
    """Everything that waits for the leads: pairs of any open cycle, and people without one. Raises `NotAllowed`."""
    with ctx.database.read() as tx:
        program = access.led_program(tx, workspace, lead_id)
        held = [cycle for cycle in cycles.of_program(tx, program.id) if cycle.state is not CycleState.CLOSED]
        waiting = [pair for cycle in held for pair in pairs.of_cycle(tx, cycle.id, PairState.PROPOSED)]
        return Pending(
            cards=tuple(card_of(Look(tx, program), pair) for pair in waiting[:PAGE]),
            others=tuple(pair.id for pair in waiting[PAGE:]),
            left_out=held[-1].left_out if held else (),
            held=tuple(members.held(tx, program.id)),
        )


def review(ctx: Context, workspace: str, lead_id: str, page: int = 0) -> ReviewPage:
    """One page of the newest cycle's pairs, those that wait for a decision first. Raises `NotAllowed`."""
    with ctx.database.read() as tx:
        program = access.led_program(tx, workspace, lead_id)
        held = [cycle for cycle in cycles.of_program(tx, program.id) if cycle.runs]
        if not held:
            return ReviewPage(0, 0, (), 0, 1)
        cycle = held[-1]
        pages = max(1, -(-sum(pairs.counts(tx, cycle.id).values()) // PAGE))
        page = min(max(page, 0), pages - 1)
        shown = pairs.page_of_cycle(tx, cycle.id, page * PAGE, PAGE)
        cards = tuple(card_of(Look(tx, program), pair) for pair in shown)
    return ReviewPage(cycle.id, cycle.number, cards, page, pages)


def _proposed(tx: Tx, workspace: str, lead_id: str, pair_id: int) -> tuple[Program, Pair]:
    program = access.led_program(tx, workspace, lead_id)
    pair = pairs.get(tx, program.id, pair_id)
    if pair is None:
        raise NoSuchPair
    if pair.state is not PairState.PROPOSED:
        raise AlreadyDecided(pair)
    return program, pair


def _decide(
    ctx: Context, tx: Tx, program: Program, pair: Pair, lead_id: str, to: PairState, note: str
) -> Pair:
    """Make the decision if nobody was faster; raises `AlreadyDecided` with what they decided."""
    decided = {"decided_by": lead_id, "decided_at": ctx.now(), "note": note}
    if not pairs.move(tx, pair, to, **decided):
        raise AlreadyDecided(pairs.of_id(tx, pair.id))
    audit.note(tx, program.id, ctx.now(), lead_id, to, pair.id)
    return pairs.of_id(tx, pair.id)
