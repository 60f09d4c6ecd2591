"""What leads see: how the program stands, the pairs that may need somebody, and a digest of it each week.

1. Each answer to a check-in is summed up for its pair, without who gave it (`follow`).
2. Home and `digest` show the figures at the moment (`standing`), and each has a list behind it (`page`).
3. Once a week the leads' channel reads them, as they were that morning (`due`).

Whoever is in a pair, or in one conversation with it, is not shown what comes from its answers: they would learn what
their partner said. In the channel that holds for every lead's pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.at_risk import PairFacts, Reason, reasons, tidings
from mentoring.cadence import local_date
from mentoring.checkins import CheckIn
from mentoring.cycles import Cycle, CycleState
from mentoring.digest import Digest, Figure, Figures, phase, this_week
from mentoring.messages import Kind, Notice, to_leads
from mentoring.pairings import Pair, PairState
from mentoring.programs import Program
from mentoring.progress import Progress
from program import access, calls, groups
from program.act import Act
from program.context import Context
from program.look import Look
from program.subjects import OfProgram
from storage import digests, meetings, members, pairs, planned, seeing
from storage import tidings as stored
from storage.database import Tx
from storage.seeing import PairRow

A_PAGE = 8
"""Entries on a page: they fit into one message, for those who read the text alone."""


@dataclass(frozen=True, slots=True)
class SeenPair:
    """A pair in a list: on which day it was introduced and until when it rests, the reasons by which it is looked at.

    It is `over` once it has ended. `progress` is None for a pair that is not introduced, and for one of the reader's.
    """

    pair_id: int
    mentor_id: str
    mentee_id: str
    introduced_on: date | None
    rests_until: date | None
    reasons: tuple[Reason, ...] = ()
    over: bool = False
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """Somebody who takes a break, and with whom they are in a pair."""

    person_id: str
    until: date | None
    silent: bool
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page, counted from 0, of what stands behind a figure or a reason; `apart` pairs are left out."""

    program: str
    what: Figure | Reason
    pairs: tuple[SeenPair, ...]
    people: tuple[SeenPerson, ...]
    total: int
    page: int
    pages: int
    apart: int = 0


def follow(act: Act, checkin: CheckIn) -> None:
    """Keep up with what somebody answered: sum up anew what was said about every pair in that conversation."""
    follow_pair(act, pairs.of_id(act.tx, checkin.pair_id))


def follow_pair(act: Act, pair: Pair) -> None:
    """The same where a pair said something else, like when it meets."""
    for one in groups.of_pair(act.tx, pair):
        stored.keep(act.tx, one.id, tidings(groups.answers(act.tx, one), planned.of_pair(act.tx, one.id)))


def standing(ctx: Context, workspace: str, lead_id: str) -> Digest:
    """How the program stands now, for a lead. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        access.lead(act)
        return stand(act)


def stand(act: Act) -> Digest:
    """The same for whoever acts, who leads the program."""
    told = len(calls.open_calls(act))
    plan, cycles = act.program.calendar, seeing.outlines(act.tx, act.program.id)
    figures = _figures(act, cycles, (act.by,), told)
    today = local_date(act.now, plan.time_zone)
    return Digest(act.program.name, today, figures, phase(plan, cycles, act.now))


def page(ctx: Context, workspace: str, lead_id: str, what: Figure | Reason, number: int = 0) -> SeenPage:
    """One page, counted from 0, of what stands behind a figure or a reason. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
        talks = seeing.talks_of(act.tx, program.id, (lead_id,))
        total = _total(act, what, talks)
        pages = max(1, -(-total // A_PAGE))
        number = min(max(number, 0), pages - 1)
        found, people = _listed(act, what, talks, number * A_PAGE)
        left_out = seeing.apart(act.tx, program.id, talks) if _from_answers(what) else 0
        return SeenPage(program.name, what, found, people, total, number, pages, left_out)


def due(ctx: Context) -> int:
    """Tell each program's leads once a week how it stands, if a pair goes on; gives how many are told."""
    with ctx.read() as act:
        found = [(program.id, week) for program in act.every_program() if (week := _week(act, program))]
    return sum(_tell(ctx, program_id, week) for program_id, week in found)


def shown(look: Look, notice: Notice) -> Digest | None:
    """What a week's digest says, which stays as it was."""
    return look.digest(notice.subject)


def is_of_this_week(_tx: Tx, program: Program, notice: Notice, now: datetime) -> bool:
    """Whether a digest that nobody has seen yet is that of the week; an older one makes way for it."""
    return notice.subject == this_week(program.calendar, now).week


def _week(act: Act, program: Program) -> str | None:
    """The week whose digest is due, if it is."""
    occurrence = this_week(program.calendar, act.now)
    if occurrence.at > act.now or digests.is_begun(act.tx, program.id, occurrence.week):
        return None
    return occurrence.week


def _tell(ctx: Context, program_id: int, week: str) -> bool:
    with ctx.act(about=OfProgram(program_id)) as act:
        tx, program = act.tx, act.program
        if not digests.begin(tx, program_id, week, act.now):
            return False
        cycles = seeing.outlines(tx, program_id)
        figures = _figures(act, cycles, program.leads, _calls_of_others(act))
        if not figures.running:
            return False
        digests.keep(tx, program_id, week, figures, phase(program.calendar, cycles, act.now))
        act.say(to_leads(Kind.DIGEST, week))
    return True


def _calls_of_others(act: Act) -> int:
    """How many calls for help wait that every lead may hear of: one in a lead's own pair is not counted for all."""
    return sum(about.isdisjoint(act.program.leads) for about in calls.about_open(act))


def _figures(act: Act, cycles: Sequence[Cycle], readers: Collection[str], told: int) -> Figures:
    tx, program_id = act.tx, act.program.id
    talks = seeing.talks_of(tx, program_id, readers)
    own = seeing.apart(tx, program_id, talks)
    tally = seeing.tally(tx, program_id, act.now, talks)
    at_risk, by_reason = seeing.risks(tx, program_id, act.now, talks)
    nobody = len(seeing.both_away(tx, program_id, talks))
    by_reason[Reason.BOTH_AWAY] = nobody
    matched = [one for one in cycles if one.runs]
    counts = pairs.counts(tx, matched[-1].id) if matched else {}
    newest = [one for one in matched if one.state in _OPEN]
    paused, in_pairs = seeing.paused(tx, program_id)
    return Figures(
        members=members.count(tx, program_id),
        cycle=matched[-1].number if matched else 0,
        running=tally.running + own,
        arriving=seeing.arriving(tx, program_id),
        apart=own,
        met=tally.met,
        planned=tally.planned,
        paused=paused,
        paused_in_pairs=in_pairs,
        help=told,
        alone=seeing.alone(tx, program_id, newest[-1].id) if newest else 0,
        ended=seeing.ended(tx, _open(cycles)),
        waiting=counts.get(PairState.PROPOSED, 0),
        approved=counts.get(PairState.APPROVED, 0),
        held=seeing.without_level(tx, program_id),
        at_risk=at_risk + nobody,
        risks={reason: by_reason[reason] for reason in Reason if by_reason[reason]},
    )


_OPEN = (CycleState.PROPOSED, CycleState.RUNNING)


def _open(cycles: Sequence[Cycle]) -> list[int]:
    return [one.id for one in cycles if one.state in _OPEN]


def _at_risk(act: Act, talks: Sequence[int]) -> list[tuple[PairFacts, tuple[Reason, ...]]]:
    """The pairs that are looked at, each with its reasons."""
    found = seeing.in_question(act.tx, act.program.id, act.now, talks)
    found += seeing.both_away(act.tx, act.program.id, talks)
    found.sort(key=lambda facts: facts.pair_id)
    return [(facts, why) for facts in found if (why := reasons(facts, act.now))]


def _from_answers(what: Figure | Reason) -> bool:
    return what not in (Figure.RUNNING, Figure.PAUSED, Figure.ENDED)


def _reason(what: Figure | Reason) -> Reason | None:
    if what is Figure.SILENT:
        return Reason.NOBODY_ANSWERS
    return what if isinstance(what, Reason) else None


def _total(act: Act, what: Figure | Reason, talks: Sequence[int]) -> int:
    tx, program_id = act.tx, act.program.id
    if (reason := _reason(what)) is not None:
        return sum(reason in why for _, why in _at_risk(act, talks))
    match what:
        case Figure.RUNNING:
            return seeing.tally(tx, program_id, act.now, ()).running
        case Figure.MET:
            return seeing.tally(tx, program_id, act.now, talks).met
        case Figure.PLANNED:
            return seeing.tally(tx, program_id, act.now, talks).planned
        case Figure.PAUSED:
            return seeing.paused(tx, program_id)[0]
        case Figure.ENDED:
            return seeing.ended(tx, _open(seeing.outlines(tx, program_id)))
        case _:
            return 0


def _listed(
    act: Act, what: Figure | Reason, talks: Sequence[int], begin: int
) -> tuple[tuple[SeenPair, ...], tuple[SeenPerson, ...]]:
    tx, program_id = act.tx, act.program.id
    if (reason := _reason(what)) is not None:
        there = [(facts.pair_id, why) for facts, why in _at_risk(act, talks) if reason in why]
        why = dict(there[begin : begin + A_PAGE])
        rows = seeing.some(tx, why)
        return _seen(act, [rows[number] for number in why], why), ()
    if what is Figure.PAUSED:
        return (), _paused(act, begin)
    if what is Figure.ENDED:
        ended = seeing.ended_ones(tx, _open(seeing.outlines(tx, program_id)), begin, A_PAGE)
        return _seen(act, ended, over=True), ()
    return _seen(act, _going_on(act, what, talks, begin)), ()


def _going_on(act: Act, what: Figure | Reason, talks: Sequence[int], begin: int) -> list[PairRow]:
    tx, program_id = act.tx, act.program.id
    match what:
        case Figure.MET:
            return seeing.met(tx, program_id, talks, begin, A_PAGE)
        case Figure.PLANNED:
            return seeing.planned(tx, program_id, act.now, talks, begin, A_PAGE)
        case _:
            return seeing.running(tx, program_id, (), begin, A_PAGE)


NO_REASONS: Mapping[int, tuple[Reason, ...]] = {}


def _seen(
    act: Act, rows: Sequence[PairRow], why: Mapping[int, tuple[Reason, ...]] = NO_REASONS, over: bool = False
) -> tuple[SeenPair, ...]:
    there = act.program.calendar.time_zone
    own = seeing.talks_of(act.tx, act.program.id, (act.by,), over)
    told = [row.pair_id for row in rows if row.introduced_at and row.talk not in own]
    so_far = meetings.progress(act.tx, told)
    return tuple(
        SeenPair(
            *(row.pair_id, row.mentor_id, row.mentee_id),
            local_date(row.introduced_at, there) if row.introduced_at else None,
            row.rests_until,
            why.get(row.pair_id, ()),
            over,
            so_far.get(row.pair_id),
        )
        for row in rows
    )


def _paused(act: Act, begin: int) -> tuple[SeenPerson, ...]:
    tx, program_id = act.tx, act.program.id
    return tuple(
        SeenPerson(one.person_id, one.until, one.silent, _partners(act, one.person_id))
        for one in seeing.paused_ones(tx, program_id, begin, A_PAGE)
    )


def _partners(act: Act, person_id: str) -> tuple[str, ...]:
    current = pairs.of_person(act.tx, act.program.id, person_id, PairState.INTRODUCED)
    return tuple(pair.partner_of(person_id) for pair in current)
