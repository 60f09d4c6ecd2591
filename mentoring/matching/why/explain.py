"""Why somebody has no partner and what would help, and how offers and wishes balance.

Nothing here tells a private "rather not" list from a pair that met before or that leads ruled out. In a discreet
problem nothing tells either from a reporting line, or from partners who are all taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from itertools import chain

from mentoring.matching.model import PairIds, Participant, Rule, Side
from mentoring.matching.pairs.board import Board
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.rules import DISCREET
from mentoring.matching.solution import LeftOut, SkillBalance
from mentoring.matching.why.advice import Advice, Stopped
from mentoring.matching.why.reach import Reach

_STEPS = {
    Rule.LEVEL: "at the right distance in level",
    Rule.HOURS: "with enough working hours in common",
    Rule.LANGUAGE: "with a common language",
    Rule.DEPARTMENT: "known to be in another department",
    Rule.CHAIN: "outside the reporting line",
    Rule.APART: "besides earlier partners and people to avoid",
    Rule.FULL: "with room for another partner",
}
_NOT_FREE = "none free for a new pairing"
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
    """Yield whoever has no partner on this side; first the reasons of all, because help depends on who else waits."""
    reach = Reach(board, side)
    told = [_stopped(board, person, side, reach) for person in _waiting(board.context, side, partners)]
    advice = Advice(board, side, reach, [stopped for stopped, _ in told], chosen)
    for stopped, reason in told:
        helps, words = advice.of(stopped)
        yield LeftOut(stopped.person.id, side, reason, words, stopped.rule, helps)


def _waiting(context: Context, side: Side, partners: Set[str]) -> Iterable[Participant]:
    """Return who signed up for this side, is available, and could have a partner, but has none."""
    served = partners | context.standing(side).keys()
    for person in context.people.values():
        role = person.mentor if side == "mentor" else person.mentee
        if role and person.id not in served and person.available and person.capacity(side):
            yield person


def _stopped(board: Board, person: Participant, side: Side, reach: Reach) -> tuple[Stopped, str]:
    """Return what stopped the person, and the reason in words."""
    context = board.context
    if person.guest and not context.rules.guests_allowed:
        return Stopped(person, None, Rule.GUEST, open=False), "This program is not open to guests"
    if person.level is None:
        return Stopped(person, None, Rule.LEVEL, open=False), "The level is not known"
    row = board.sides(side)[0].row[person.id]
    if not (person.shares if side == "mentor" else person.wants):
        return Stopped(person, row, Rule.SKILL, open=False), "No skill is named yet"
    counts = reach.counts(row)
    if context.problem.discreet:
        counts = _as_one(counts)
    rule = next((rule for rule, count in counts if not count), Rule.FULL)
    # Whoever is left out has nobody after the last step of a discreet problem, whatever the reason.
    is_open = bool(counts[-2 if context.problem.discreet else -1][1])
    return Stopped(person, row, rule, is_open), _reason(side, counts, context.problem.discreet, context)


def _as_one(counts: _Counts) -> _Counts:
    """Return the counts with one last step for all that is told as one; nobody who is left out has anybody after it."""
    told = [(rule, count) for rule, count in counts if rule not in _TOLD_AS_ONE]
    return [*told, (Rule.APART, 0)]


def _reason(side: Side, counts: _Counts, discreet: bool, context: Context) -> str:
    """Return the chain of counts, like "37 mentors offer a wanted skill → 2 with a common language → …"."""
    left = counts[0][1]
    words = [f"{_count(left) or 'No'} {_first_step(side, left, context)}"]
    for rule, count in counts[1:]:
        if count < left:
            words.append(
                _NOT_FREE if discreet and rule is Rule.APART else f"{_count(count) or 'none'} {_STEPS[rule]}"
            )
        left = count
    return " → ".join([*words, _taken(left)] if left else words)


def _first_step(side: Side, count: int, context: Context) -> str:
    related = " or a related one" if context.rules.related_skills else ""
    if side == "mentee":
        return (
            f"mentors offer a wanted skill{related}"
            if count > 1
            else f"mentor offers a wanted skill{related}"
        )
    return (
        f"mentees want a skill they share{related}"
        if count > 1
        else f"mentee wants a skill they share{related}"
    )


def _count(people: int) -> str:
    """Return how many there are in figures, and nothing if there are none."""
    return f"{people:,}" if people else ""


def _taken(count: int) -> str:
    """Return the end of the chain; in an optimal result, all who could be partners have no room left."""
    if count == 1:
        return "that one has another partner"
    return f"{'both' if count == 2 else 'all'} have other partners"
