"""Everybody without a partner in a cycle as it is now: who still has none, why, and what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mentoring.cycles import Cycle, CycleState, LeftOut
from mentoring.pairings import Pair, PairState
from mentoring.people import Member
from program import access, before_matching
from program.act import Act
from program.context import Context
from program.forms import Unmatched, UnmatchedPage
from storage import cycles, left_out, members, pairs

A_PAGE = 8
"""People on a page: their reasons fit into one message, for those who read the text alone."""

_ENDED = (PairState.DECLINED, PairState.WITHDRAWN, PairState.ENDED)


def page(ctx: Context, workspace: str, lead_id: str, number: int = 0) -> UnmatchedPage:
    """One page, counted from 0, of everybody without a partner in the newest cycle. Raises `NotAllowed`."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
        cycle = newest(act)
        everybody = _everybody(act, cycle) if cycle else []
    pages = max(1, -(-len(everybody) // A_PAGE))
    number = min(max(number, 0), pages - 1)
    shown = everybody[number * A_PAGE : (number + 1) * A_PAGE]
    return UnmatchedPage(
        program.name,
        cycle.number if cycle else 0,
        cycle.matched_at if cycle else None,
        tuple(shown),
        len(everybody),
        number,
        pages,
    )


def newest(act: Act) -> Cycle | None:
    """The program's newest cycle whose pairs were chosen and that is not over."""
    held = cycles.in_state(act.tx, CycleState.PROPOSED, CycleState.RUNNING)
    mine = [one for one in held if one.program_id == act.program.id and one.runs]
    return mine[-1] if mine else None


def _everybody(act: Act, cycle: Cycle) -> list[Unmatched]:
    """Those without any partner first, each in the order of their ids."""
    tx = act.tx
    served = pairs.served(tx, cycle.id)
    paired = {person_id for person_id, _ in served}
    why: dict[str, list[LeftOut]] = {}
    for one in left_out.of_cycle(tx, cycle.id):
        if (one.person_id, one.side) not in served:
            why.setdefault(one.person_id, []).append(one)
    over = _last_of_each(pairs.of_cycle(tx, cycle.id, *_ENDED))
    active = {
        person_id: member
        for person_id, member in members.of_program(tx, act.program.id).items()
        if member.takes_part
    }
    alone = [person_id for person_id in sorted(active) if person_id not in paired]
    partly = [person_id for person_id in sorted(why) if person_id in paired and person_id in active]
    held_back = before_matching.unprepared(tx, act.program)
    found = [
        _one(active[person_id], cycle, why.get(person_id, []), over, person_id in paired)
        for person_id in (*alone, *partly)
    ]
    return [replace(one, unprepared=one.person_id in held_back) for one in found]


def _last_of_each(over: Sequence[Pair]) -> dict[str, Pair]:
    return {person_id: pair for pair in over for person_id in pair.people}


def _one(
    member: Member, cycle: Cycle, why: Sequence[LeftOut], over: Mapping[str, Pair], has_partner: bool
) -> Unmatched:
    person_id, pair = member.person.id, over.get(member.person.id)
    joined_late = cycle.matched_at is not None and member.joined_at > cycle.matched_at
    return Unmatched(
        person_id,
        sides=tuple(one for one in why if _signed_up(member, one.side)),
        without_level=member.profile.level is None,
        late=joined_late,
        pair_id=pair.id if pair else 0,
        pair_state=pair.state if pair else None,
        has_partner=has_partner,
    )


def _signed_up(member: Member, side: str) -> bool:
    return member.profile.role.mentors if side == "mentor" else member.profile.role.learns
