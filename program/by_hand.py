"""Pairs that leads make themselves: any two by hand, or another pair in the place of a proposed one.

Making such a pair is the lead's decision on it, so it stands as approved by them. What is only a preference of the
program may be bent, with a reason on record, and stays bent for that pair. Who is above whom, who is in whose line,
who is away and what somebody would rather not can never be bent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mentoring.cycles import Cycle, CycleState
from mentoring.errors import AlreadyDecided, CannotPair, NeedsReason, NoSuchPair, NoSuchSwap, NotMembers
from mentoring.for_leads import PairCard
from mentoring.matching import Broken, Case, Rule, Swap, discreet, swaps
from mentoring.messages import Kind, to_leads
from mentoring.pairings import LIVE, Because, Cause, Pair, PairState
from mentoring.people import Member, one_line
from mentoring.programs import Program
from mentoring.wishes import Wanted
from program import access, cycles, introductions, lines, matching, resolving
from program.act import Act
from program.context import Context
from program.forms import MAX_REASON
from program.look import Look
from program.members import withdraw
from program.screens import card_of
from program.subjects import OfPair, OfProgram
from storage import cycles as stored_cycles
from storage import members, pairs, wishes
from storage.database import Tx

BENDABLE = frozenset({Rule.SKILL, Rule.HOURS, Rule.LANGUAGE, Rule.DEPARTMENT, Rule.REPEAT, Rule.FULL})
"""Preferences of the program; so is how far apart two levels are, as long as the mentor's is the lower one."""

_DRAFT = Pair(0, 0, 0, "", "", PairState.PROPOSED, 0)


@dataclass(frozen=True, slots=True)
class Considered:
    """Two people whom a lead may pair: the rules that have to be bent for it, and what else to look at first.

    `declined_by` is who declined the two in this cycle.
    """

    mentor_id: str
    mentee_id: str
    bent: tuple[Broken, ...] = ()
    warnings: tuple[str, ...] = ()
    declined_by: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.bent or self.warnings or self.declined_by)


@dataclass(frozen=True, slots=True)
class Offered:
    """What could stand in the place of a proposed pair, in the order of its numbers from 1."""

    card: PairCard
    swaps: tuple[Swap, ...]
    levels: dict[str, str]


def offered(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> Offered:
    """What could stand in the place of a pair that waits for a decision.

    Raises `NotAllowed`, `NoSuchPair` or `AlreadyDecided`.
    """
    with ctx.read(workspace, lead_id, OfPair(pair_id)) as act:
        pair = _waiting(act, pair_id)
        cycle = stored_cycles.get(act.tx, pair.cycle_id)
        problem = matching.problem_of(act.tx, act.program, cycle)
        card = card_of(Look(act.tx, act.program), pair)
        level = act.program.level_name
    found = swaps(problem, pair.people, ctx.trails.of(cycle))
    ctx.trails.keep(cycle, found.trail)
    ctx.trails.listed[lead_id] = (pair_id, tuple(one.pair for one in found.every))
    named = {person_id for one in found.every for person_id in one.pair}
    levels = {one.id: level(one.level) for one in problem.people if one.id in named}
    return Offered(card, found.every, levels)


def numbered(ctx: Context, lead_id: str, pair_id: int, number: int) -> tuple[str, str] | None:
    """The pair with that number in the list that this lead saw last, if it was about that pair."""
    about, listed = ctx.trails.listed.get(lead_id, (0, ()))
    return listed[number - 1] if about == pair_id and 0 < number <= len(listed) else None


def swap(ctx: Context, workspace: str, lead_id: str, pair_id: int, chosen: tuple[str, str]) -> Pair:
    """Put another pair in the place of a proposed one, approved by this lead; `resolving.after` does the rest.

    Raises like `offered`, and `NoSuchSwap` or `CannotPair` where those two cannot be.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        old = _waiting(act, pair_id)
        if sum(one == other for one, other in zip(old.people, chosen, strict=True)) != 1:
            raise NoSuchSwap
        cycle = stored_cycles.get(act.tx, old.cycle_id)
        both = members.of_program(act.tx, act.program.id, chosen)
        broken = matching.what_breaks(act.tx, act.program, cycle, _draft(cycle, chosen), both=both)
        if broken or _ruled_out(act, cycle, chosen) or len(both) < 2:
            raise CannotPair(broken.broken if broken else (Broken(Rule.APART, Case.NOT_FREE),))
        if not withdraw(act.tx, old, Because(Cause.SWAPPED)):
            raise AlreadyDecided(pairs.of_id(act.tx, old.id))
        made = _stands(act, cycle, chosen, both, instead_of=old.id)
        act.note(
            "swap",
            made.id,
            before={"pair": list(old.people)},
            after={"pair": list(made.people)},
            instead_of=old.id,
        )
        return made


def consider(ctx: Context, workspace: str, lead_id: str, one: str, other: str) -> Considered:
    """What stands between two people whom a lead would pair, whoever was named first: the lower level teaches.

    Raises `NotAllowed`, `NotMembers`, or `CannotPair` for what cannot be bent.
    """
    program, cycle = _now(ctx, workspace, lead_id)
    with ctx.read(workspace, lead_id, OfProgram(program.id)) as act:
        return _considered(act, cycle, one, other)[0]


def pair(ctx: Context, workspace: str, lead_id: str, one: str, other: str, reason: str = "") -> Pair:
    """Pair two people by hand, approved by this lead; `resolving.after` does the rest.

    Raises like `consider`, and `NeedsReason` where rules have to be bent and no reason is given.
    """
    program, cycle = _now(ctx, workspace, lead_id)
    with ctx.act(workspace, lead_id, OfProgram(program.id)) as act:
        looked, both = _considered(act, cycle, one, other)
        reason = one_line(reason)[:MAX_REASON]
        if looked.bent and not reason:
            raise NeedsReason(looked.bent)
        people = looked.mentor_id, looked.mentee_id
        made = _stands(act, cycle, people, both, tuple(one.rule for one in looked.bent))
        bent = [one.rule.value for one in looked.bent]
        act.note("pair by hand", made.id, after={"pair": list(people), "bent": bent}, reason=reason)
        return made


def _now(ctx: Context, workspace: str, lead_id: str) -> tuple[Program, Cycle]:
    """The program and the cycle that a lead works on: the one that is due, or the next when that is over."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
    return program, cycles.at_hand(ctx, program)


def _waiting(act: Act, pair_id: int) -> Pair:
    found = pairs.get(act.tx, access.lead(act).id, pair_id)
    if found is None:
        raise NoSuchPair
    if found.state is not PairState.PROPOSED:
        raise AlreadyDecided(found)
    return found


def _draft(cycle: Cycle, people: tuple[str, str]) -> Pair:
    return replace(
        _DRAFT, program_id=cycle.program_id, cycle_id=cycle.id, mentor_id=people[0], mentee_id=people[1]
    )


def _considered(act: Act, cycle: Cycle, one: str, other: str) -> tuple[Considered, dict[str, Member]]:
    program = access.lead(act)
    both = members.of_program(act.tx, program.id, (one, other))
    missing = [
        person_id for person_id in (one, other) if person_id not in both or not both[person_id].takes_part
    ]
    if missing:
        raise NotMembers(missing)
    if one == other:
        raise CannotPair((Broken(Rule.SELF),))
    people = _lower_first(both, one, other)
    draft = _draft(cycle, people)
    broken = matching.broken_by(act.tx, program, cycle, draft, both)
    before = next((pair for pair in pairs.of_cycle(act.tx, cycle.id) if {*pair.people} == {*people}), None)
    never = [fault for fault in broken if not _may_bend(fault, both, people)]
    if never or (before and _is_settled(before)):
        raise CannotPair(discreet(never) or (Broken(Rule.STANDING),))
    if _is_forbidden(act.tx, cycle, people):
        raise CannotPair((), forbidden=True)
    warnings = lines.warnings(Look(act.tx, program), draft)
    declined = before.decided_by if before and before.state is PairState.DECLINED else ""
    return Considered(*people, broken, warnings, declined or ""), both


def _lower_first(both: dict[str, Member], one: str, other: str) -> tuple[str, str]:
    levels = [both[person_id].profile.level or 0 for person_id in (one, other)]
    return (one, other) if levels[0] <= levels[1] else (other, one)


def _may_bend(fault: Broken, both: dict[str, Member], people: Sequence[str]) -> bool:
    if fault.rule is Rule.LEVEL:
        low, high = (both[person_id].profile.level for person_id in people)
        return low is not None and high is not None and low < high
    return fault.rule in BENDABLE


def _is_settled(pair: Pair) -> bool:
    """Whether the two are a pair in this cycle already, or were introduced in it."""
    return pair.state in LIVE or (pair.state in (PairState.ENDED, PairState.FINISHED) and not pair.cut_off)


def _ruled_out(act: Act, cycle: Cycle, people: tuple[str, str]) -> bool:
    """Whether the two were declined in this cycle, or a lead asked never to pair them."""
    declined = pairs.of_cycle(act.tx, cycle.id, PairState.DECLINED)
    return _is_forbidden(act.tx, cycle, people) or any({*pair.people} == {*people} for pair in declined)


def _is_forbidden(tx: Tx, cycle: Cycle, people: tuple[str, str]) -> bool:
    asked = wishes.standing(tx, cycle.program_id, cycle.id)
    return any(one.kind is Wanted.FORBID and {*one.people} == {*people} for one in asked)


def _stands(
    act: Act,
    cycle: Cycle,
    people: tuple[str, str],
    both: dict[str, Member],
    bent: Sequence[Rule] = (),
    instead_of: int | None = None,
) -> Pair:
    """Store two people as a pair that this lead approved; after intro time it is introduced at once."""
    problem = matching.problem_of_two(act.tx, act.program, cycle, _draft(cycle, people), both)
    proposed = people in {one.people for one in pairs.of_cycle(act.tx, cycle.id, PairState.PROPOSED)}
    number = pairs.propose_by_hand(act.tx, cycle, matching.proposed(problem, *people))
    decided = {"decided_by": act.by, "decided_at": act.now, "note": ""}
    # One that was proposed anyway, and that no rule forbids, is an approved proposal like any other.
    by_hand = None if proposed and not bent else [rule.value for rule in bent]
    made = {"bent": by_hand, "instead_of": instead_of}
    waiting = pairs.of_id(act.tx, number)
    if not pairs.move(act.tx, waiting, PairState.APPROVED, **decided, **made):
        raise AlreadyDecided(pairs.of_id(act.tx, number))
    act.say(to_leads(Kind.CARD, number), asked=True)
    act.note(
        PairState.APPROVED,
        number,
        before={"state": waiting.state.value},
        after={"state": PairState.APPROVED.value},
    )
    resolving.wish(act, cycle.id)
    if cycle.state is CycleState.RUNNING or (
        cycle.state is CycleState.PROPOSED and cycle.times.intro_at <= act.now
    ):
        introductions.introduce(act, cycle, pairs.of_id(act.tx, number), asked=True)
    return pairs.of_id(act.tx, number)
