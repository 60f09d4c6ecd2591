"""What the messages of a question before an introduction show: to the mentee, and to leads where nobody answers."""

from __future__ import annotations

from datetime import datetime

from mentoring.ask_first import Ask, AskedFirst, AsksWait, Said, Stand, WaitingPair
from mentoring.cycles import CycleState
from mentoring.messages import Kind, Notice
from mentoring.pairings import MET, Pair, PairState
from mentoring.programs import Program
from program.look import Look
from program.notices import moment_of, pair_of
from storage.database import Tx


def question(look: Look, notice: Notice) -> AskedFirst | None:
    """What the question to a mentee shows now, or its reminder."""
    asked = look.asks.about(pair_of(notice.subject))
    found = [(one, pair) for one in asked if (pair := look.pair(one.pair_id))]
    if not found:
        return None
    standing = [pair for _, pair in found if _stands(pair)]
    ask, first = found[0]
    cycle = look.cycle(first.cycle_id)
    about = standing or [pair for _, pair in found]
    return AskedFirst(
        program=look.name,
        pairs=tuple(about),
        stand=_stand(ask, about[0], look),
        intro_at=cycle.times.intro_at,
        begun=cycle.state is not CycleState.PROPOSED,
        over=cycle.state is CycleState.CLOSED,
        met=_met_another(look, first),
        again=notice.kind is Kind.ASK_AGAIN,
        anew=int(ask.asked_at.timestamp()) != int(moment_of(notice.subject).timestamp()),
        after=ask.after,
        slots=ask.slots,
        together=_together(look, about),
    )


def _stands(pair: Pair) -> bool:
    return pair.state in (PairState.APPROVED, PairState.INTRODUCED)


def _met_another(look: Look, pair: Pair) -> bool:
    """Whether the mentee was introduced to somebody else in that cycle."""
    met = look.pairs_of(pair.mentee_id, *MET)
    return any(one.cycle_id == pair.cycle_id and one.mentee_id == pair.mentee_id for one in met)


def _together(look: Look, about: list[Pair]) -> tuple[str, ...]:
    """Mentors whom the mentee has in one conversation with these already."""
    asked = {pair.id for pair in about}
    beside = look.beside(about[0])
    return tuple(one.mentor_id for one in beside if one.state is PairState.INTRODUCED and one.id not in asked)


def _stand(ask: Ask, pair: Pair, look: Look) -> Stand:
    if ask.said is Said.NO:
        return Stand.NO
    if pair.state is PairState.INTRODUCED:
        return Stand.INTRODUCED if ask.said is Said.YES else Stand.AHEAD
    if pair.state is PairState.APPROVED and ask.said is Said.YES:
        return Stand.YES
    if pair.state is PairState.APPROVED and look.asks.waits(pair):
        return Stand.OPEN
    if pair.introduced_at is not None:
        return Stand.INTRODUCED if ask.said is Said.YES else Stand.AHEAD
    return Stand.YES_OVER if ask.said is Said.YES else Stand.OVER


def waiting(look: Look, notice: Notice) -> AsksWait | None:
    """What a lead reads of the pairs whose mentees had not answered at that moment, without those they are in."""
    cycle = look.cycle(pair_of(notice.subject))
    found = [
        pair
        for number in look.asks.told_of(cycle.id, moment_of(notice.subject))
        if (pair := look.pair(number)) and not look.asks.is_in(pair, notice.reader)
    ]
    if not found:
        return None
    told = tuple(WaitingPair(pair, _waits(look, pair)) for pair in found)
    return AsksWait(look.name, cycle.number, told, cycle.state is CycleState.CLOSED)


def _waits(look: Look, pair: Pair) -> bool:
    look.asks.about(pair.id)
    return pair.state is PairState.APPROVED and look.asks.waits(pair)


def is_still_asked(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    """Whether the question that nobody has seen yet, or its reminder, still waits for an answer."""
    found = question(Look(tx, program), notice)
    return found is not None and found.stand is Stand.OPEN and not found.anew


def is_still_waiting(tx: Tx, program: Program, notice: Notice) -> bool:
    """Whether one of the pairs still waits for an answer."""
    found = waiting(Look(tx, program), notice)
    return found is not None and any(one.waits for one in found.pairs)
