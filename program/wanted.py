"""What leads ask of the matching before it runs: these two are to be a pair, or never."""

from __future__ import annotations

from dataclasses import dataclass

from mentoring.errors import NotMembers
from mentoring.matching import Broken, discreet
from mentoring.pairings import Because, Pair, PairState
from mentoring.wishes import Wanted, Wish
from program import access, cycles, matching, resolving
from program.act import Act
from program.context import Context
from program.subjects import OfProgram
from storage import cycles as stored_cycles
from storage import members, wishes


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for two people; `against` are the rules by which those fixed cannot be a pair now."""

    wish: Wish
    against: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is asked for in the cycle at hand."""

    cycle_id: int
    cycle_number: int
    asked: tuple[Asked, ...]


def ask(
    ctx: Context, workspace: str, lead_id: str, kind: Wanted, one: str, other: str, this_cycle: bool = False
) -> Standing:
    """Fix two people for the cycle at hand, or forbid them: for that cycle, or until it is taken back.

    Whoever has the lower level teaches. `resolving.after` brings it about where pairs are proposed already.
    Raises `NotAllowed` or `NotMembers`.
    """
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
    cycle = cycles.at_hand(ctx, program)
    with ctx.act(workspace, lead_id, OfProgram(program.id)) as act:
        program = access.lead(act)
        both = members.of_program(act.tx, program.id, (one, other))
        missing = [person_id for person_id in (one, other) if person_id not in both]
        if missing or one == other:
            raise NotMembers(missing or [one])
        low, high = sorted((one, other), key=lambda who: both[who].profile.level or 0)
        until = cycle.id if kind is Wanted.FIX or this_cycle else None
        before = _wished(act, (low, high))
        wishes.put(act.tx, program.id, until, (low, high), kind, act.by, act.now)
        act.note(kind.value, f"{low} {high}", before=before, after=_wished(act, (low, high)), cycle=until)
        resolving.wish(act, cycle.id)
        return _standing(act, cycle.id)


def take_back(ctx: Context, workspace: str, lead_id: str, one: str, other: str) -> tuple[bool, Standing]:
    """Ask nothing any more for two people; tells whether anything was asked. Raises `NotAllowed`."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
    cycle = cycles.at_hand(ctx, program)
    with ctx.act(workspace, lead_id, OfProgram(program.id)) as act:
        program = access.lead(act)
        before = _wished(act, (one, other))
        done = wishes.remove(act.tx, program.id, (one, other))
        if done:
            act.note("take back", f"{one} {other}", before=before, after=_wished(act, (one, other)))
            resolving.wish(act, cycle.id)
        return done, _standing(act, cycle.id)


def standing(ctx: Context, workspace: str, lead_id: str) -> Standing:
    """All that is asked for in the cycle at hand. Raises `NotAllowed`."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
    cycle = cycles.at_hand(ctx, program)
    with ctx.read(workspace, lead_id, OfProgram(program.id)) as act:
        access.lead(act)
        return _standing(act, cycle.id)


def _wished(act: Act, people: tuple[str, str]) -> dict[str, str]:
    """What is asked for two people, as it stands in the audit log."""
    found = wishes.of_two(act.tx, act.program.id, people)
    return {"asked": found.kind.value if found else ""}


def _standing(act: Act, cycle_id: int) -> Standing:
    cycle = stored_cycles.get(act.tx, cycle_id)
    asked = wishes.standing(act.tx, act.program.id, cycle_id)
    return Standing(cycle_id, cycle.number, tuple(Asked(one, _against(act, cycle_id, one)) for one in asked))


def _against(act: Act, cycle_id: int, wish: Wish) -> tuple[Broken, ...]:
    if wish.kind is not Wanted.FIX:
        return ()
    cycle = stored_cycles.get(act.tx, cycle_id)
    draft = Pair(0, cycle.program_id, cycle_id, *wish.people, PairState.PROPOSED, 0)
    found: Because | None = matching.what_breaks(act.tx, act.program, cycle, draft)
    return discreet(found.broken) if found else ()
