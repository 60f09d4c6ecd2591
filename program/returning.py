"""Coming back after the directory alone took somebody out: asked once, answered with one tap, and then as it was."""

from __future__ import annotations

from dataclasses import dataclass

from mentoring.cadence import local_date
from mentoring.cycles import CycleState
from mentoring.errors import TakesPartAlready
from mentoring.messages import Kind, to_person
from mentoring.pairings import Pair, PairState
from mentoring.people import Member, Standing
from program import access, calendar, checkins, groups, late_pairs, matching, stranded
from program import members as use_cases
from program.act import Act
from program.context import Context
from program.notices import absence, pair_of, since
from storage import cycles, members, pairs, programs
from storage.outbox import letters
from storage.states import RowState


@dataclass(frozen=True, slots=True)
class Returned:
    """How somebody stands who came back, and with whom they are in a pair that goes on."""

    standing: Standing
    partners: tuple[str, ...] = ()


def ask(act: Act, person_id: str) -> None:
    """Ask somebody who is back whether they take part again: once in an absence, however often it is interrupted."""
    for member in members.away(act.tx, act.workspace, person_id):
        program = programs.get(act.tx, member.program_id)
        act.within(program).say_again(to_person(Kind.BACK, absence(member), person_id))


def is_away(ctx: Context, workspace: str, person_id: str) -> bool:
    """Whether this person is out only because the directory said that they are gone."""
    with ctx.read(workspace, person_id) as act:
        return act.found is not None and _away(act) is not None


def resume(ctx: Context, workspace: str, person_id: str) -> Returned:
    """Bring back whoever was away, as they were, or whoever is paused. Raises `NotEnrolled`."""
    with ctx.act(workspace, person_id) as act:
        member = _away(act)
        if member is not None:
            partners = take_back(act, member)
            return Returned(access.member(act).standing, partners)
    standing = use_cases.resume(ctx, workspace, person_id).standing
    with ctx.read(workspace, person_id) as act:
        return Returned(standing, _meets(act, person_id))


def _meets(act: Act, person_id: str) -> tuple[str, ...]:
    """With whom somebody is in a pair that was introduced, where the other takes part as well."""
    current = pairs.of_person(act.tx, act.program.id, person_id, PairState.INTRODUCED)
    others = [pair.partner_of(person_id) for pair in current if pair.introduced_at]
    found = members.of_program(act.tx, act.program.id, others)
    return tuple(one for one in others if one in found and found[one].takes_part)


def decline(ctx: Context, workspace: str, person_id: str) -> None:
    """Leave somebody out who was away. Raises `NotEnrolled`, or says that they take part already."""
    with ctx.act(workspace, person_id) as act:
        member = _away(act)
        if member is None:
            access.member(act)
            raise TakesPartAlready
        members.stay_out(act.tx, member)


def take_back(act: Act, member: Member) -> tuple[str, ...]:
    """Let somebody stand as before their absence; gives those with whom a pair goes on."""
    members.take_back(act.tx, member, _as_before(act, member), act.now)
    person_id = member.person.id
    late_pairs.look_for(act, person_id)
    ended = pairs.of_person(act.tx, act.program.id, person_id, PairState.ENDED)
    return tuple(
        pair.partner_of(person_id) for pair in ended if pair.cut_off and _goes_on(act, pair, person_id)
    )


def _as_before(act: Act, member: Member) -> Standing:
    """How they stand again: paused only if they were, and if that pause has not ended in the meantime."""
    over = member.paused_until and member.paused_until <= local_date(
        act.now, calendar.zone_of(member.person, act.program)
    )
    return Standing.PAUSED if member.away_from is Standing.PAUSED and not over else Standing.ACTIVE


def _goes_on(act: Act, pair: Pair, back: str) -> bool:
    """Let a pair that was cut off go on, if its cycle still runs and nothing forbids it; tells whether it does."""
    cycle = cycles.get(act.tx, pair.cycle_id)
    if cycle.state is not CycleState.RUNNING and cycle.state is not CycleState.PROPOSED:
        return False
    if stranded.wants_another(act, pair, back):
        return False
    # Whoever never got their introduction is not introduced while they are paused.
    if matching.what_breaks(act.tx, act.program, cycle, pair, goes_on=pair.introduced_at is not None):
        return False
    if not pairs.move(act.tx, pair, PairState.INTRODUCED, note="", why=None, cut_off=None):
        return False
    begin_again(act, pair)
    stranded.goes_on_again(act, pair)
    tell(act, pair, pair.partner_of(back))
    if back == pair.mentor_id and pair.introduced_at is not None:
        for mentor_id in groups.mates(act.tx, pair):
            tell(act, pair, mentor_id)
    return True


def begin_again(act: Act, pair: Pair) -> None:
    """Ask both of a pair again from now on; what was not answered before counts against nobody."""
    both = members.of_program(act.tx, act.program.id, pair.people)
    for member in both.values():
        members.count_anew(act.tx, member, act.now)
        checkins.replan(act, member.person.id)
    if pair.introduced_at is None:
        groups.introduce(act, pairs.of_id(act.tx, pair.id))


def tell(act: Act, pair: Pair, partner: str) -> None:
    """Tell somebody that their pair goes on, unless word that it was closed has not reached them yet."""
    closed = [
        letter
        for letter in letters.of_kind(act.tx, pair.program_id, Kind.PAIR_CLOSED, to=partner)
        if pair_of(letter.notice.subject) == pair.id
    ]
    if not any(letter.state is RowState.READY and not letter.fence for letter in closed):
        act.say(to_person(Kind.PAIR_GOES_ON, since(pair.id, act.now), partner))


def _away(act: Act) -> Member | None:
    member = members.get(act.tx, act.program.id, act.by)
    return member if member is not None and member.away_since is not None else None
