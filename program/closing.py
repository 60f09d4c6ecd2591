"""After an introduction, leads end a pair or let it rest until a day; both people read it in neutral words."""

from __future__ import annotations

from datetime import date

from mentoring.cadence import local_date
from mentoring.days import full_day
from mentoring.errors import Invalid, NoSuchPair, NotRunning
from mentoring.for_leads import PairCard
from mentoring.messages import Kind, to_person
from mentoring.pairings import Pair, PairState
from mentoring.people import one_line
from program import access
from program.act import Act
from program.context import Context
from program.forms import MAX_REASON
from program.look import Look
from program.members import FIRST_TO_SEE_A_DAY, stop_checkins, tell_everybody
from program.notices import since
from program.screens import card_of
from program.subjects import OfPair, OfProgram
from storage import cycles, pairs


def running_card(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> tuple[PairCard, date]:
    """The card of a pair that can be ended or rest, and today at the program's place. Raises like `end`."""
    with ctx.read(workspace, lead_id, OfPair(pair_id)) as act:
        pair = _running(act, pair_id)
        return card_of(Look(act.tx, act.program), pair), _today(act)


def end(ctx: Context, workspace: str, lead_id: str, pair_id: int, reason: str = "") -> Pair:
    """End a pair that was introduced; the reason is for the leads. Raises `NotAllowed`, `NoSuchPair`, `NotRunning`."""
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        pair = _running(act, pair_id)
        note = one_line(reason)[:MAX_REASON]
        ended = pairs.moved(
            act.tx, pair, PairState.ENDED, note=note, why=None, ended_by=act.by, rests_until=None
        )
        if ended is None:
            raise NotRunning(pairs.of_id(act.tx, pair_id))
        stop_checkins(act.tx, pair)
        tell_everybody(act, pair)
        act.note(
            PairState.ENDED, pair_id, before={"state": pair.state.value}, after={"state": ended.state.value}
        )
        return ended


def rest(ctx: Context, workspace: str, lead_id: str, pair_id: int, until: date) -> Pair:
    """Let an introduced pair rest: nobody is asked about it until that day, and then both read that it goes on.

    Raises like `end`, or `Invalid` for a day that is not after today, or not before the end of the cycle.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        pair = _running(act, pair_id)
        if pair.introduced_at is None:
            raise NotRunning(pair)
        _check_day(act, pair, until)
        if not pairs.rest(act.tx, pair, until):
            raise NotRunning(pairs.of_id(act.tx, pair_id))
        for person_id in pair.people:
            act.say(to_person(Kind.PAIR_RESTS, since(pair.id, act.now), person_id))
        act.note("rest", pair_id, before=_rest(pair.rests_until), after=_rest(until))
        return pairs.of_id(act.tx, pair_id)


def go_on_due(ctx: Context) -> int:
    """Let the pairs go on whose rest is over, by the date at the program's place; gives their number."""
    with ctx.read() as act:
        some = pairs.is_any_rested(act.tx, local_date(act.now, FIRST_TO_SEE_A_DAY))
        over = [
            pair
            for program in (act.every_program() if some else [])
            for pair in pairs.resting(act.tx, program.id, _today(act.within(program)))
        ]
    for pair in over:
        with ctx.act(about=OfProgram(pair.program_id)) as act:
            go_on(act, pair)
    return len(over)


def go_on(act: Act, pair: Pair) -> bool:
    """Let a pair go on that rests as long as was seen, and tell both; tells whether it does."""
    if not pairs.rest(act.tx, pair, None):
        return False
    act.note("go on", pair.id, before=_rest(pair.rests_until), after=_rest(None))
    for person_id in pair.people:
        act.say(to_person(Kind.PAIR_GOES_ON, since(pair.id, act.now), person_id))
    return True


def _rest(until: date | None) -> dict[str, str]:
    """Until when a pair rests, as it stands in the audit log."""
    return {"rests_until": until.isoformat() if until else ""}


def _running(act: Act, pair_id: int) -> Pair:
    pair = pairs.get(act.tx, access.lead(act).id, pair_id)
    if pair is None:
        raise NoSuchPair
    if pair.state is not PairState.INTRODUCED:
        raise NotRunning(pair)
    return pair


def _check_day(act: Act, pair: Pair, until: date) -> None:
    ends = local_date(cycles.get(act.tx, pair.cycle_id).times.ends_at, act.program.calendar.time_zone)
    if until <= _today(act):
        raise Invalid({"until": f"{full_day(until)} is not after today. Choose a later date."})
    if until >= ends:
        raise Invalid(
            {"until": f"This pair's cycle ends on {full_day(ends)}. Choose an earlier date, or end the pair."}
        )


def _today(act: Act) -> date:
    return local_date(act.now, act.program.calendar.time_zone)
