"""Ways out of a pair for those who are in it: ending it, and what they choose once they are left alone.

1. Either of the two ends it, whenever they like (`part`). The other reads what everybody reads whose pair is closed,
   and never who or why.
2. Whoever ended it may say why (`explain`). Leads who are not in the pair read that only while its author lets them.
3. Whoever is left alone, by whatever cause, waits, has somebody new looked for, or rests until the next cycle
   (`choose`); `program.stranded` asks. The last choice counts.
"""

from __future__ import annotations

from mentoring.cycles import CycleState
from mentoring.errors import NoChoiceLeft, PairNotYours
from mentoring.messages import Kind, Notice
from mentoring.pairings import Because, Cause, Pair, PairState
from mentoring.partings import Alone, Choice, LeftAlone, PartedWhy, Parting, Stands
from mentoring.people import Member, one_line
from program import access, late_pairs, rechecks, recipients, stranded
from program.act import Act
from program.context import Context
from program.forms import MAX_REASON, MyPair, MyPairs
from program.look import Look
from program.members import stop_checkins, tell_everybody
from program.subjects import OfPair
from storage import cycles, pairs, partings, readiness


def mine(ctx: Context, workspace: str, person_id: str) -> MyPairs:
    """The pairs that somebody is in, and those in which they are left alone. Raises `NotEnrolled`."""
    with ctx.read(workspace, person_id) as act:
        access.member(act)
        look = Look(act.tx, act.program, act.admins)
        asked = partings.all_alone(act.tx, act.program.id, person_id)
        found = [alone(look, pair, person_id) for one in asked if (pair := look.pair(one.pair_id))]
        return MyPairs(
            tuple(
                MyPair(pair.id, pair.partner_of(person_id), _name(look, pair, person_id))
                for pair in _running(act)
            ),
            tuple(one for one in found if one and one.is_open),
        )


def _running(act: Act) -> list[Pair]:
    found = pairs.of_person(act.tx, act.program.id, act.by, PairState.INTRODUCED)
    return [pair for pair in found if pair.introduced_at is not None]


def _name(look: Look, pair: Pair, person_id: str) -> str:
    other = look.member(pair.partner_of(person_id))
    return other.person.name if other else ""


def part(ctx: Context, workspace: str, person_id: str, pair_id: int) -> Alone:
    """End one of somebody's own pairs; gives what they can choose now.

    Raises `NotEnrolled`, `PairNotYours`, or `NoChoiceLeft` for one that is over.
    """
    with ctx.act(workspace, person_id, OfPair(pair_id)) as act:
        access.member(act)
        pair = _own(act, pair_id)
        if pair.state is not PairState.INTRODUCED or pair.introduced_at is None or not _end(act, pair):
            raise NoChoiceLeft
        return _now(act, pair)


def explain(
    ctx: Context, workspace: str, person_id: str, pair_id: int, reason: str, leads_may_read: bool
) -> Parting:
    """Keep why somebody ended their pair, and whether leads may read it; the last words count.

    Raises `NotEnrolled`, or `PairNotYours` for whoever did not end it.
    """
    with ctx.act(workspace, person_id, OfPair(pair_id)) as act:
        access.member(act)
        said = _said(act, pair_id)
        words = one_line(reason)[:MAX_REASON]
        kept = Parting(pair_id, person_id, said.at, words, leads_may_read and bool(words))
        partings.part(act.tx, kept)
        if kept.leads_may_read:
            recipients.address(act, Kind.PARTED_WHY, pair_id)
        return kept


def said(ctx: Context, workspace: str, person_id: str, pair_id: int) -> Parting:
    """What somebody said on ending a pair. Raises like `explain`."""
    with ctx.read(workspace, person_id, OfPair(pair_id)) as act:
        access.member(act)
        return _said(act, pair_id)


def _said(act: Act, pair_id: int) -> Parting:
    found = partings.parting(act.tx, pair_id)
    if found is None or found.person_id != act.by or pairs.get(act.tx, act.program.id, pair_id) is None:
        raise PairNotYours
    return found


def _own(act: Act, pair_id: int) -> Pair:
    pair = pairs.get(act.tx, act.program.id, pair_id)
    if pair is None or act.by not in pair.people:
        raise PairNotYours
    return pair


def _end(act: Act, pair: Pair) -> bool:
    """End a pair on the wish of whoever acts; tells whether it was still possible."""
    # A lead who is one of the two would read on the card who wished so, since it was not they.
    why = Because(Cause.PARTED) if set(pair.people).isdisjoint(act.program.leads) else None
    if not pairs.move(act.tx, pair, PairState.ENDED, note="", why=why, rests_until=None):
        return False
    partings.part(act.tx, Parting(pair.id, act.by, act.now))
    stop_checkins(act.tx, pair)
    tell_everybody(act, pair, but=act.by)
    stranded.is_closed(act, pair, act.by)
    return True


def choose(ctx: Context, workspace: str, person_id: str, pair_id: int, choice: Choice) -> Alone:
    """Do what somebody chose who is left alone in a pair; gives how it stands then.

    Raises `NotEnrolled`, `PairNotYours`, or `NoChoiceLeft`.
    """
    with ctx.act(workspace, person_id, OfPair(pair_id)) as act:
        member, pair = access.member(act), _own(act, pair_id)
        asked = partings.alone(act.tx, pair_id, person_id)
        stands = alone(Look(act.tx, act.program, act.admins), pair, person_id)
        if asked is None or stands is None or not stands.is_open:
            raise NoChoiceLeft
        if stands.stands is Stands.AWAY:
            _while_away(act, pair, asked, choice)
        _in_this_cycle(act, member, pair, choice)
        partings.choose(act.tx, asked, choice, act.now)
        return _now(act, pair)


def _while_away(act: Act, pair: Pair, asked: LeftAlone, choice: Choice) -> None:
    """What a choice means for a pair that goes on, with somebody who takes a break."""
    day = stranded.rest_day(act, cycles.get(act.tx, pair.cycle_id))
    match choice:
        case Choice.NEW:
            _end(act, pair)
        case Choice.REST if pair.rests_until is None:
            pairs.rest(act.tx, pair, day)
        case Choice.WAIT if asked.choice is Choice.REST and pair.rests_until == day:
            pairs.rest(act.tx, pair, None)


def _in_this_cycle(act: Act, member: Member, pair: Pair, choice: Choice) -> None:
    """Look for somebody new in this cycle, or for nobody until the next one."""
    number = cycles.get(act.tx, pair.cycle_id).number
    if choice is Choice.REST and (member.said_of_cycle or 0) <= number:
        readiness.say(act.tx, member, number, is_in=False)
        rechecks.of_person(act.tx, act.program, act.by)
    elif member.skips(number):
        readiness.say(act.tx, member, number, is_in=True)
    if choice is Choice.NEW:
        late_pairs.look_for(act, act.by)


def _now(act: Act, pair: Pair) -> Alone:
    look = Look(act.tx, act.program, act.admins)
    found = alone(look, pairs.of_id(act.tx, pair.id), act.by)
    assert found is not None, "they were asked a line ago, if not before"
    return found


def alone(look: Look, pair: Pair, person_id: str) -> Alone | None:
    """How a pair stands for somebody who is left alone in it; None for whoever is not."""
    asked = look.left_alone(pair.id, person_id)
    if asked is None:
        return None
    parting = look.parting(pair.id)
    return Alone(
        pair_id=pair.id,
        partner_id=pair.partner_of(person_id),
        stands=_stands(look, pair, asked),
        choice=asked.choice,
        in_time=asked.chosen_at is None or late_pairs.is_worth_it(look.cycle(pair.cycle_id), asked.chosen_at),
        mine=parting is not None and parting.person_id == person_id,
        partner_name=_name(look, pair, person_id),
    )


def _stands(look: Look, pair: Pair, asked: LeftAlone) -> Stands:
    me, other = look.members(asked.person_id, pair.partner_of(asked.person_id))
    if pair.state is PairState.FINISHED or look.cycle(pair.cycle_id).state is CycleState.CLOSED:
        return Stands.OVER
    if pair.state is not PairState.INTRODUCED and _has_found(look, pair, asked):
        return Stands.FOUND
    if me is None or not me.takes_part:
        return Stands.BREAK
    if pair.state is not PairState.INTRODUCED:
        return Stands.CLOSED
    return Stands.BACK if other is not None and other.takes_part else Stands.AWAY


def _has_found(look: Look, pair: Pair, asked: LeftAlone) -> bool:
    """Whether somebody whose pair is over was introduced to another one since."""
    theirs = look.pairs_of(asked.person_id, PairState.INTRODUCED)
    same = [one for one in theirs if one.cycle_id == pair.cycle_id and one.introduced_at]
    return any(one.introduced_at and one.introduced_at >= asked.asked_at for one in same)


def why(look: Look, notice: Notice) -> PartedWhy | None:
    """Why one of the two ended a pair, for a lead, while its author lets leads read it."""
    pair, found = look.pair(int(notice.subject)), look.parting(int(notice.subject))
    if pair is None:
        return None
    readers = look.would_hear(notice.kind, notice.subject).people
    allowed = found is not None and found.leads_may_read and notice.reader in readers
    return PartedWhy(look.name, pair.id, *pair.people, found.reason if found and allowed else None)
