"""Why somebody has no partner and what would help, and how offers and wishes balance.

Nothing here tells a private "rather not" list from a pair that met before or that leads ruled out. In a discreet
problem nothing tells either from a reporting line, or from partners who are all taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from itertools import chain, pairwise

from mentoring.matching.model import PairIds, Participant, Rule, Side
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.rules import DISCREET
from mentoring.matching.reasons import Stop
from mentoring.matching.solution import LeftOut, SkillBalance
from mentoring.matching.why.advice import Advice, Stopped
from mentoring.matching.why.reach import Reach

_TOLD_AS_ONE = (*DISCREET, Rule.FULL)
"""What a discreet problem counts in one step. That all are taken is among them, because it happens in every program,
also before anybody has met."""
_SIDES: tuple[Side, ...] = ("mentee", "mentor")
_Counts = list[tuple[Rule, int]]


def left_out(board: Board, chosen: frozenset[PairIds]) -> tuple[LeftOut, ...]:
    """Return everybody who takes part, has room and no partner, mentees first, in the order of their ids."""
    partners: dict[Side, set[str]] = {
        "mentor": {mentor_id for mentor_id, _ in chosen},
        "mentee": {mentee_id for _, mentee_id in chosen},
    }
    return tuple(chain.from_iterable(_of_side(board, side, partners[side], chosen) for side in _SIDES))


def supply(board: Board) -> tuple[SkillBalance, ...]:
    """Return offers and wishes per skill, counted in people, the scarcest skill first."""
    offered = Counter(chain.from_iterable([set(person.shares) for person in board.mentors.people]))
    wanted = Counter(chain.from_iterable([set(person.wants) for person in board.mentees.people]))
    balance = [SkillBalance(skill, offered[skill], wanted[skill]) for skill in offered.keys() | wanted.keys()]
    return tuple(sorted(balance, key=lambda skill: (skill.offered - skill.wanted, skill.skill)))


def _of_side(board: Board, side: Side, partners: Set[str], chosen: frozenset[PairIds]) -> Iterator[LeftOut]:
    """Yield whoever has no partner on this side; first what stopped them all: help depends on who else waits."""
    reach = Reach(board, side)
    told = [_stopped(board, person, side, reach) for person in _waiting(board.context, side, partners)]
    advice = Advice(board, side, reach, [stopped for stopped, _ in told], chosen)
    for stopped, why in told:
        yield LeftOut(stopped.person.id, why, advice.of(stopped))


def _waiting(context: Context, side: Side, partners: Set[str]) -> Iterable[Participant]:
    """Return who signed up for this side, is available, and could have a partner, but has none."""
    served = partners | context.standing(side).keys()
    for person in context.people.values():
        role = person.mentor if side == "mentor" else person.mentee
        if role and person.id not in served and person.available and person.capacity(side):
            yield person


def _stopped(board: Board, person: Participant, side: Side, reach: Reach) -> tuple[Stopped, Stop]:
    """Return what stopped the person: for looking for help, and for whoever reads it."""
    context = board.context
    if person.guest and not context.rules.guests_allowed:
        return Stopped(person, None, Rule.GUEST, open=False), Stop(side, Rule.GUEST)
    if person.level is None:
        return Stopped(person, None, Rule.LEVEL, open=False), Stop(side, Rule.LEVEL)
    row = board.sides(side)[0].row[person.id]
    if not (person.shares if side == "mentor" else person.wants):
        return Stopped(person, row, Rule.SKILL, open=False), Stop(side, Rule.SKILL)
    discreet = context.problem.discreet
    counts = _as_one(reach.counts(row)) if discreet else reach.counts(row)
    rule = next((rule for rule, count in counts if not count), Rule.FULL)
    # Whoever is left out has nobody after the last step of a discreet problem, whatever the reason.
    is_open = bool(counts[-2 if discreet else -1][1])
    stop = Stop(side, rule, _telling(counts), context.rules.related_skills, discreet)
    return Stopped(person, row, rule, is_open), stop


def _as_one(counts: _Counts) -> _Counts:
    """Return the counts with one last step for all that is told as one; nobody who is left out has anybody after it."""
    told = [(rule, count) for rule, count in counts if rule not in _TOLD_AS_ONE]
    return [*told, (Rule.APART, 0)]


def _telling(counts: _Counts) -> tuple[tuple[Rule, int], ...]:
    """Return the first count, and of the others those that are less than the one before."""
    pairs = pairwise(counts)
    return (counts[0], *[after for before, after in pairs if after[1] < before[1]])
