"""Why somebody has no partner and what would help, and how offers and wishes balance.

Nothing here tells a private "rather not" list from a pair that met before or that leads ruled out. In a discreet
problem nothing tells either from a reporting line, or from partners who are all taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from itertools import chain, pairwise
from typing import NamedTuple

from mentoring.matching.candidates import Board
from mentoring.matching.context import Context
from mentoring.matching.model import LeftOut, PairIds, Participant, Rule, Side, SkillBalance
from mentoring.matching.reach import Reach
from mentoring.matching.rules import DISCREET, off_the_ladder
from mentoring.matching.words import number, plural, quoted

_STEPS = {
    Rule.LEVEL: "at the right distance in level",
    Rule.HOURS: "with enough working hours in common",
    Rule.LANGUAGE: "with a common language",
    Rule.DEPARTMENT: "in another department",
    Rule.CHAIN: "outside the reporting line",
    Rule.APART: "free for a new pairing",
    Rule.FULL: "with room for another partner",
}
_CONDITIONS = {
    Rule.LANGUAGE: " and shares a language with them",
    Rule.DEPARTMENT: " and works in another department",
    Rule.CHAIN: " and is outside their reporting line",
}
_TOO_LOW = "No level is far enough below theirs; sharing a skill as a mentor would suit them better."
_TOO_HIGH = "No level is far enough above theirs; learning a skill as a mentee would suit them better."
_TOLD_AS_ONE = (*DISCREET, Rule.FULL)
"""What a discreet problem counts in one step. That all are taken is among them, because it happens in every program,
also before anybody has met."""
_SIDES: tuple[Side, ...] = ("mentee", "mentor")
_LOOKED_FOR: dict[Side, str] = {"mentee": "mentor", "mentor": "mentee"}
_FIRST_STEP: dict[Side, tuple[str, str]] = {
    "mentee": ("mentor offers a wanted skill", "mentors offer a wanted skill"),
    "mentor": ("mentee wants a skill offered here", "mentees want a skill offered here"),
}


def left_out(board: Board, chosen: frozenset[PairIds]) -> tuple[LeftOut, ...]:
    """Return everybody who takes part, has room and no partner, mentees first, in the order of their ids."""
    partners: dict[Side, set[str]] = {
        "mentor": {mentor_id for mentor_id, _ in chosen},
        "mentee": {mentee_id for _, mentee_id in chosen},
    }
    told: list[_Stopped] = []
    for side in _SIDES:
        reach = Reach(board, side)
        waiting = _waiting(board.context, side, partners[side])
        told += [_left_out(board, person, side, reach) for person in waiting]
    alike = Counter(one.help for one in told if isinstance(one.help, _Need))
    words = {need: need.words(count) for need, count in alike.items()}
    return tuple([one.worded(words) for one in told])


def supply(board: Board) -> tuple[SkillBalance, ...]:
    """Return offers and wishes per skill, counted in people, the scarcest skill first."""
    offered = Counter(chain.from_iterable([set(person.shares) for person in board.mentors.people]))
    wanted = Counter(chain.from_iterable([set(person.wants) for person in board.mentees.people]))
    balance = [SkillBalance(skill, offered[skill], wanted[skill]) for skill in offered.keys() | wanted.keys()]
    return tuple(sorted(balance, key=lambda skill: (skill.offered - skill.wanted, skill.skill)))


def _waiting(context: Context, side: Side, partners: Set[str]) -> Iterable[Participant]:
    """Return who signed up for this side, is available, and could have a partner, but has none."""
    served = partners | context.standing(side).keys()
    for person in context.people.values():
        role = person.mentor if side == "mentor" else person.mentee
        if role and person.id not in served and person.available and person.capacity(side):
            yield person


def _left_out(board: Board, person: Participant, side: Side, reach: Reach) -> _Stopped:
    """Return what stopped the person."""
    held = _held(board.context, person, side)
    if held:
        return held
    table = board.mentors if side == "mentor" else board.mentees
    counts = reach.counts(table.row[person.id])
    if board.context.problem.discreet:
        counts = _as_one(counts)
    stopped = next((rule for rule, count in counts if not count), Rule.FULL)
    if off_the_ladder(board.context.problem, person, side):
        help_ = _TOO_LOW if side == "mentee" else _TOO_HIGH
        return _Stopped(person.id, side, _reason(side, counts), help_, stopped)
    need = _need(board.context, person, side, counts, stopped)
    return _Stopped(person.id, side, _reason(side, counts), need, stopped)


def _as_one(counts: list[tuple[Rule, int]]) -> list[tuple[Rule, int]]:
    """Return the counts with one last step for all that is told as one; nobody who is left out has anybody after it."""
    told = [(rule, count) for rule, count in counts if rule not in _TOLD_AS_ONE]
    return [*told, (Rule.APART, 0)]


def _held(context: Context, person: Participant, side: Side) -> _Stopped | None:
    """Return why the person alone cannot be paired, whoever else is there."""
    if person.guest and not context.rules.guests_allowed:
        help_ = "The leads can open the program to guests."
        return _Stopped(person.id, side, "This program is not open to guests", help_, Rule.GUEST)
    if person.level is None:
        return _Stopped(person.id, side, "The level is not known", "A lead can set the level.", Rule.LEVEL)
    if not _skills(person, side):
        help_ = f"One skill to {'share' if side == 'mentor' else 'learn'} is enough to start."
        return _Stopped(person.id, side, "No skill is named yet", help_, Rule.SKILL)
    return None


def _skills(person: Participant, side: Side) -> tuple[str, ...]:
    return person.shares if side == "mentor" else person.wants


def _reason(side: Side, counts: list[tuple[Rule, int]]) -> str:
    """Return the chain of counts, like "37 mentors offer a wanted skill → 2 with a common language → …"."""
    left = counts[0][1]
    one, many = _FIRST_STEP[side]
    words = [f"{_count(left) or 'No'} {many if left > 1 else one}"]
    for rule, count in counts[1:]:
        if count < left:
            words.append(f"{_count(count) or 'none'} {_STEPS[rule]}")
        left = count
    return " → ".join([*words, _taken(left)] if left else words)


def _count(people: int) -> str:
    """Return how many there are in figures, and nothing if there are none."""
    return f"{people:,}" if people else ""


def _taken(count: int) -> str:
    """Return the end of the chain; in an optimal result, all who could be partners have no room left."""
    if count == 1:
        return "that one has another partner"
    return f"{'both' if count == 2 else 'all'} have other partners"


class _Need(NamedTuple):
    """Whom it would take: people on the other side for a skill, under a condition; `own` if it is one's own."""

    side: Side
    stopped: Rule
    skill: str
    condition: str
    own: str

    def words(self, count: int) -> str:
        """Return the sentence for as many people as have this need."""
        one, many = count == 1, "" if count == 1 else "s"
        verb = "can teach" if self.side == "mentee" else "wants to learn" if one else "want to learn"
        others = {
            Rule.SKILL: f", or another skill to {'learn' if self.side == 'mentee' else 'share'},",
            Rule.FULL: f", or {'one' if one else 'some'} with room for another partner,",
        }.get(self.stopped, "")
        who = f"{number(count).capitalize()} more {_LOOKED_FOR[self.side]}{many} who {verb} {quoted(self.skill)}"
        alike = "" if one else f": {number(count)} people are left out in the same way"
        return f"{who}{self.condition}{others} would help{alike}."


class _Stopped(NamedTuple):
    """A `LeftOut` whose help may still be a need, to be worded once it is known how many have the same."""

    id: str
    side: Side
    reason: str
    help: str | _Need
    rule: Rule

    def worded(self, words: Mapping[_Need, str]) -> LeftOut:
        """Return the result, with the sentences for needs given."""
        help_ = words[self.help] if isinstance(self.help, _Need) else self.help
        return LeftOut(self.id, self.side, self.reason, help_, self.rule)


def _need(
    context: Context, person: Participant, side: Side, counts: list[tuple[Rule, int]], stopped: Rule
) -> _Need:
    condition = _CONDITIONS.get(stopped, "")
    taken = stopped is Rule.FULL or (context.problem.discreet and stopped is Rule.APART)
    if stopped is Rule.LEVEL:
        condition = f", {_distance(context, side)},"
    elif stopped is Rule.HOURS or (taken and _cut(counts, Rule.HOURS)):
        condition = f" in {_region(person.time_zone)}"
    shared = taken or stopped in (Rule.SKILL, Rule.HOURS)
    return _Need(side, stopped, _skills(person, side)[0], condition, "" if shared else person.id)


def _cut(counts: list[tuple[Rule, int]], rule: Rule) -> bool:
    """Return whether a rule removed anybody."""
    return any(here is rule and count < before for (_, before), (here, count) in pairwise(counts))


def _distance(context: Context, side: Side) -> str:
    least, most = context.rules.min_gap, context.rules.max_gap
    where = "below them" if side == "mentee" else "above them"
    if most is None:
        return f"at least {plural(least, 'level')} {where}"
    span = plural(least, "level") if most == least else f"{number(least)} to {plural(most, 'level')}"
    return f"{span} {where}"


def _region(time_zone: str) -> str:
    """Return the part of the world that an IANA time zone is named after."""
    region, slash, _ = time_zone.partition("/")
    return f"{region} time zones" if slash and region != "Etc" else "a time zone close to theirs"
