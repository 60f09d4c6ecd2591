"""Approving by rule: what a program's rules approve by themselves, and how a lead holds one pair back from that.

A rule approves only what waits for a decision, has no hard rule against it, and is held by no lead. What it approved
can be undone like a lead's approval, and is then held by whoever undid it.
"""

from __future__ import annotations

from datetime import datetime

from mentoring.cycles import Cycle, CycleState
from mentoring.errors import AlreadyDecided, NoSuchPair
from mentoring.pairings import Pair, PairState
from mentoring.policy import ByItself, approves, kept
from mentoring.programs import Program
from program import access, introductions, lines, matching
from program.act import Act
from program.context import AT_ONCE, Context
from program.look import Look
from program.members import withdraw
from program.subjects import OfCycle, OfPair
from storage import cycles, pairs
from storage.database import Tx

_OPEN = (CycleState.PROPOSED, CycleState.RUNNING)


def by_itself(look: Look, cycle: Cycle, pair: Pair, warned: bool) -> ByItself | None:
    """Which rule approves a pair that waits, and when, if no lead decides; None where leads have to."""
    policy, plan = look.rules.policy, look.calendar
    since = pair.proposed_at or cycle.matched_at
    waits = pair.state is PairState.PROPOSED and pair.held_by is None and cycle.state in _OPEN
    if not policy or not waits or since is None or look.is_late(pair):
        # A pair that was found in the middle of its cycle is introduced as soon as it is approved, so a lead does that.
        return None
    return approves(
        policy, pair.score, warned, since, cycle.times.intro_at, plan.working_days, plan.time_zone
    )


def hold(ctx: Context, workspace: str, lead_id: str, pair_id: int, on: bool = True) -> Pair:
    """Keep the rules from approving a pair that waits, or let them again.

    Raises `NotAllowed`, `NoSuchPair` or `AlreadyDecided`.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        pair = pairs.get(act.tx, access.lead(act).id, pair_id)
        if pair is None:
            raise NoSuchPair
        held = act.by if on else None
        if not pairs.hold(act.tx, pair, held):
            raise AlreadyDecided(pairs.of_id(act.tx, pair_id))
        act.note("hold" if on else "let the rules", pair_id, before=_held(pair.held_by), after=_held(held))
        return pairs.of_id(act.tx, pair_id)


def _held(by: str | None) -> dict[str, str]:
    """Who holds a pair back from the rules, as it stands in the audit log."""
    return {"held_by": by or ""}


def approve_due(ctx: Context) -> int:
    """Approve what the rules approve by now; gives how many pairs that was."""
    with ctx.read() as act:
        due = [
            (cycle, numbers)
            for program in act.every_program()
            for cycle in _open_cycles(act.tx, program)
            if (numbers := _due(act.tx, program, cycle, act.now))
        ]
    return sum(
        _approve(ctx, cycle, numbers[at : at + AT_ONCE])
        for cycle, numbers in due
        for at in range(0, len(numbers), AT_ONCE)
    )


def next_at(tx: Tx, program: Program) -> datetime | None:
    """When a rule approves the next pair of a program, which may have passed."""
    moments = [rule.at for cycle in _open_cycles(tx, program) for _, rule in _rules_of(tx, program, cycle)]
    return min(moments, default=None)


def _open_cycles(tx: Tx, program: Program) -> list[Cycle]:
    """The cycles in which a rule may approve something; none where leads decide by hand."""
    if not program.rules.policy:
        return []
    return [cycle for cycle in cycles.of_program(tx, program.id) if cycle.state in _OPEN]


def _due(tx: Tx, program: Program, cycle: Cycle, now: datetime) -> list[int]:
    return [pair.id for pair, rule in _rules_of(tx, program, cycle) if rule.at <= now]


def _rules_of(tx: Tx, program: Program, cycle: Cycle) -> list[tuple[Pair, ByItself]]:
    """A cycle's pairs that a rule approves some day, each with that rule."""
    look, waiting = Look(tx, program), pairs.of_cycle(tx, cycle.id, PairState.PROPOSED)
    look.pairs(*(pair.id for pair in waiting))  # with all that the rules ask for: at once, not one by one
    found = ((pair, by_itself(look, cycle, pair, bool(lines.warnings(look, pair)))) for pair in waiting)
    return [(pair, rule) for pair, rule in found if rule]


def _approve(ctx: Context, cycle: Cycle, numbers: list[int]) -> int:
    """Approve these pairs where a rule still does; leads may have been faster."""
    with ctx.act(about=OfCycle(cycle.id)) as act:
        return sum(_approve_one(act, cycles.get(act.tx, cycle.id), number) for number in numbers)


def _approve_one(act: Act, cycle: Cycle, number: int) -> bool:
    pair, look = pairs.of_id(act.tx, number), Look(act.tx, act.program)
    rule = by_itself(look, cycle, pair, bool(lines.warnings(look, pair)))
    if rule is None or rule.at > act.now:
        return False
    broken = matching.what_breaks(act.tx, act.program, cycle, pair)
    if broken:
        withdraw(act.tx, pair, broken)
        return False
    changes = {"decided_by": None, "decided_at": act.now, "note": "", "by_rule": kept(rule)}
    approved = pairs.moved(act.tx, pair, PairState.APPROVED, **changes)
    if approved is None:
        return False
    was, now = {"state": pair.state.value}, {"state": approved.state.value}
    act.note(PairState.APPROVED, number, before=was, after=now, rule=kept(rule))
    if cycle.state is CycleState.RUNNING or cycle.times.intro_at <= act.now:
        introductions.introduce(act, cycle, approved)
    return True
