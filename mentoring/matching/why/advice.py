"""Which acts would help somebody without a partner, each checked by what it does to the best result.

In a best result nobody without a partner can have one unless somebody with a partner makes way. So a new partner who
fits the person serves one person more: this one, or somebody else who waits and can be reached from the newcomer. Those
are the people who fit the newcomer too and, if anybody with a partner does, whoever could take that partner's place.
They are counted, never too few of them: as many newcomers as there are of these serve all of them, and one newcomer
serves one of them. For the same reason an act that makes somebody fit a person with room to spare serves whoever acts,
as long as it changes one side only. Loads numpy: import it late.

In the literature: alternating paths, sensitivity analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.hours import shared_minutes, utc_window, widened
from mentoring.matching.model import PairIds, Participant, Rule, Side
from mentoring.matching.pairs.board import Board, Table
from mentoring.matching.pairs.rules import DISCREET, broken_rules, off_the_ladder
from mentoring.matching.pairs.traits import share_hours, share_language
from mentoring.matching.reasons import OTHER, Act, Help, Helps
from mentoring.matching.why.reach import Bits, Reach

_TRIED = 40
"""How many possible partners are looked at for somebody who could change sides."""
EXACT = 2_000_000
"""With more pairs of a mentor and a mentee than this, those who wait are counted by skill alone."""
_LONGEST = 240
"""Nobody is asked to make their working day longer by more minutes."""
_STEP = 15


class Stopped(NamedTuple):
    """Somebody without a partner: the place in the table of their side, if they are in it, and what stopped them.

    `open` says whether there are partners whom they could have, all taken.
    """

    person: Participant
    row: int | None
    rule: Rule
    open: bool


class Advice:
    """What would help the people without a partner on one side."""

    def __init__(
        self, board: Board, side: Side, reach: Reach, stopped: Sequence[Stopped], chosen: frozenset[PairIds]
    ) -> None:
        self._board, self._side, self._reach, self._chosen = board, side, reach, chosen
        self._context, self._rules = board.context, board.context.rules
        self._own, self._others = board.sides(side)
        self._discreet = board.context.problem.discreet
        self._exact = board.size() <= EXACT
        self._can = self._fit_for_somebody()
        waiting = [
            (one.row, one.open) for one in stopped if one.row is not None and _skills(one.person, side)
        ]
        self._waiting = self._marked([row for row, _ in waiting]) & self._can
        self._open = self._marked([row for row, is_open in waiting if is_open])
        self._can_be = self._can.tolist()
        self._gaps: dict[int, tuple[int, int | None]] = {}
        self._passed_over = DISCREET if self._discreet else ()
        self._fitting: dict[object, Bools] = {}
        self._competing: dict[object, tuple[int, bool]] = {}
        self._advised: dict[object, Helps] = {}

    def of(self, stopped: Stopped) -> Helps:
        """Return the acts that would help somebody."""
        if stopped.row is None:
            return self._helps(Help(Act.SET_LEVEL if stopped.rule is Rule.LEVEL else Act.ALLOW_GUESTS))
        first = self._first_step(stopped.person, stopped.row)
        return self._helps(first) if first else self._more(stopped, stopped.row)

    def _helps(self, *acts: Help) -> Helps:
        return Helps(self._side, acts, self._discreet)

    def _first_step(self, person: Participant, row: int) -> Help | None:
        """Return what is wanting before anybody can be looked for."""
        if not _skills(person, self._side):
            named = [] if self._discreet or not self._can_be[row] else self._name_skill(row)
            return named[0] if named else Help(Act.SET_SKILL)
        if off_the_ladder(self._context.problem, person, self._side):
            return self._other_side(person)
        return None if self._can_be[row] else self._wanting(row)

    def _wanting(self, row: int) -> Help:
        person = self._own.people[row]
        if not self._own.languages[row].any():
            return Help(Act.SET_LANGUAGE)
        if self._own.length[row] < self._rules.min_overlap_minutes:
            known = utc_window(person.time_zone, person.hours, self._context.problem.on)
            least = self._rules.min_overlap_minutes
            return Help(Act.LONGER_DAY, now=least) if known else Help(Act.SET_TIME_ZONE)
        return Help(Act.SET_DEPARTMENT)

    def _other_side(self, person: Participant) -> Help:
        """Return which skill would find a partner on the other side for somebody at an end of the ladder."""
        other = OTHER[self._side]
        if person.mentor and person.mentee:
            return Help(Act.NOTHING, amount=1)
        around = self._context.around(self._chosen)
        for one in self._alone() if self._exact and not self._discreet else ():
            skill = _skills(one, self._side)[0]
            if not broken_rules(*_on_the_other_side(person, one, skill, other), around):
                return Help(Act.TAKE_ROLE, skill)
        return Help(Act.NOTHING)

    def _alone(self) -> list[Participant]:
        """Return a few people on this side who wait for a partner."""
        return [self._own.people[row] for row in np.flatnonzero(self._waiting)[:_TRIED].tolist()]

    def _more(self, stopped: Stopped, row: int) -> Helps:
        """Return the advice for somebody whom a new partner would suit."""
        rule = stopped.rule
        skill = _skills(stopped.person, self._side)[0]
        fits = self._reach.biting(row)
        if rule is Rule.CHAIN and not self._discreet:
            fits = (*fits, rule)
        gap = self._gap_for(stopped.person.level or 1) if Rule.LEVEL in fits else None
        waiting, all_served = self._compete(skill, row, fits)
        full = rule is Rule.FULL and not self._discreet
        key = (skill, fits, gap, waiting, all_served, full)
        beside = self._beside(stopped, row)
        if key in self._advised and not beside:
            return self._advised[key]
        amount = waiting if all_served else 1
        new = Help(Act.NEW_PARTNER, skill, amount, fits=fits, gap=gap, waiting=waiting)
        room = [Help(Act.MORE_ROOM)] if full else []
        advised = self._helps(new, *room, *beside)
        if not beside:
            self._advised[key] = advised
        return advised

    def _gap_for(self, level: int) -> tuple[int, int | None]:
        if level not in self._gaps:
            self._gaps[level] = self._gap(level)
        return self._gaps[level]

    def _gap(self, level: int) -> tuple[int, int | None]:
        """Return how many levels apart a new partner may be, as far as there are levels."""
        least, most = self._rules.min_gap, self._rules.max_gap
        levels = self._context.problem.levels
        room = level - 1 if self._side == "mentee" else None if levels is None else levels - level
        if room is None or (most is not None and most <= room):
            return least, most
        # Without a limit, "at least" says it, unless there is only one such level.
        return (least, None) if most is None and room > least else (least, room)

    def _compete(self, skill: str, row: int, fits: tuple[Rule, ...]) -> tuple[int, bool]:
        """Return how many people wait for the same new partner, and whether so many new ones serve them all."""
        kind = (skill, *self._reach.kind(row)) if self._exact else skill
        if kind not in self._competing:
            asking = self._asking(skill)
            if self._exact:
                asking &= self._like(row, fits)
            direct = self._waiting & asking
            moved = not self._exact or bool(np.any(self._moving & asking))
            rivals = direct | (self._waiting & self._open) if moved else direct
            count = int(np.count_nonzero(rivals))
            alike = self._exact and count == int(np.count_nonzero(direct))
            self._competing[kind] = count, alike or count == 1
        return self._competing[kind]

    def _asking(self, skill: str) -> Bools:
        """Return who on this side could be a pair with a new partner by this skill."""
        skills = {skill}
        if self._side == "mentee" and self._rules.related_skills:
            skills |= self._context.problem.related.get(skill, frozenset())
        found = np.zeros(len(self._own.people), np.bool_)
        for one in skills:
            found[self._own.having(one)] = True
        return found

    def _like(self, row: int, fits: tuple[Rule, ...]) -> Bools:
        """Return who here could fit a new partner with this person's hours and languages, as far as these matter."""
        kind = self._reach.kind(row)
        if kind not in self._fitting:
            everybody = np.arange(len(self._own.people))
            found = np.ones(len(everybody), np.bool_)
            if self._rules.max_gap is not None:
                apart = np.abs(self._own.level - self._own.level[row])
                found &= apart <= self._rules.max_gap - self._rules.min_gap
            if Rule.HOURS in fits:
                found &= share_hours(self._rules, self._own, row, self._own, everybody)
            if Rule.LANGUAGE in fits:
                found &= share_language(self._own, row, self._own, everybody)
            self._fitting[kind] = found
        return self._fitting[kind]

    def _beside(self, stopped: Stopped, row: int) -> list[Help]:
        """Return what else might help, because of people with room who would fit but for the rule."""
        rule = stopped.rule
        if rule is Rule.SKILL:
            return self._name_skill(row)
        if rule not in (Rule.LEVEL, Rule.HOURS, Rule.DEPARTMENT):
            return []
        rows = self._reach.but_for(rule, row, self._spare, self._passed_over)
        near = [self._others.people[other] for other in rows]
        if not near:
            return []
        if rule is Rule.HOURS:
            return [*self._widen(stopped.person, near), *self._less_overlap(stopped.person, near)]
        if rule is Rule.LEVEL:
            return self._other_gap(stopped.person, near)
        known = any(self._others.department[other] >= 0 for other in rows)
        return [Help(Act.SAME_DEPARTMENT)] if known else []

    def _name_skill(self, row: int) -> list[Help]:
        rows = self._reach.but_for(Rule.SKILL, row, self._spare, self._passed_over)
        skills = [_skills(self._others.people[other], OTHER[self._side]) for other in rows]
        return next(([Help(Act.NAME_SKILL, named[0])] for named in skills if named), [])

    def _widen(self, person: Participant, near: Sequence[Participant]) -> list[Help]:
        on = self._context.problem.on
        own = utc_window(person.time_zone, person.hours, on)
        days = [utc_window(one.time_zone, one.hours, on) for one in near]
        least = self._rules.min_overlap_minutes
        ways = [widened(own, day, least, _LONGEST, _STEP) for day in days if own and day]
        found = [way for way in ways if way is not None]
        if not found:
            return []
        before, after = min(found, key=lambda way: (sum(way), way))
        return [Help(Act.WIDEN_HOURS, amount=before + after, before=before)]

    def _less_overlap(self, person: Participant, near: Sequence[Participant]) -> list[Help]:
        most = max(shared_minutes(person, one, self._context.problem.on) for one in near)
        now = self._rules.min_overlap_minutes
        return [Help(Act.LESS_OVERLAP, amount=most - most % _STEP, now=now)] if most >= _STEP else []

    def _other_gap(self, person: Participant, near: Sequence[Participant]) -> list[Help]:
        sign = 1 if self._side == "mentee" else -1
        gaps = {sign * ((person.level or 0) - (one.level or 0)) for one in near}
        smaller = [gap for gap in gaps if 0 < gap < self._rules.min_gap]
        larger = [gap for gap in gaps if gap > self._rules.min_gap]
        if smaller:
            return [Help(Act.SMALLER_GAP, amount=max(smaller))]
        return [Help(Act.LARGER_GAP, amount=min(larger))] if larger else []

    def _fit_for_somebody(self) -> Bools:
        """Return for whom there could be a partner at all, as far as they alone are concerned."""
        own, rules = self._own, self._rules
        known: Bools = (own.length >= rules.min_overlap_minutes) & own.languages.any(axis=1)
        if rules.other_department_only:
            known &= own.department >= 0
        levels = self._context.problem.levels
        if self._side == "mentee":
            known &= own.lowest > rules.min_gap
        elif levels is not None:
            known &= own.highest + rules.min_gap <= levels
        return known

    @cached_property
    def _moving(self) -> Bools:
        """Who on this side has a partner who was chosen."""
        return _partners(self._own, self._chosen) > 0

    @cached_property
    def _spare(self) -> Bits:
        """Who on the other side could take more partners beside those chosen."""
        return self._reach.bits(self._others.room > _partners(self._others, self._chosen))

    def _marked(self, rows: list[int]) -> Bools:
        found = np.zeros(len(self._own.people), np.bool_)
        found[rows] = True
        return found


def _partners(table: Table, chosen: frozenset[PairIds]) -> Ints:
    """Return how many of the pairs chosen each person in a table is in."""
    ids = map(itemgetter(0 if table.side == "mentor" else 1), chosen)
    rows = np.fromiter(map(table.row.__getitem__, ids), np.int64, len(chosen))
    return np.bincount(rows, minlength=len(table.people))


def _skills(person: Participant, side: Side) -> tuple[str, ...]:
    return person.shares if side == "mentor" else person.wants


def _on_the_other_side(
    person: Participant, one: Participant, skill: str, other: Side
) -> tuple[Participant, Participant]:
    """Return mentor and mentee if the person takes the other side, with the skill, and gets this partner."""
    if other == "mentor":
        room = max(1, person.mentor_capacity)
        return replace(person, mentor=True, mentor_capacity=room, shares=(skill,), share_levels=()), one
    return one, replace(person, mentee=True, mentee_capacity=max(1, person.mentee_capacity), wants=(skill,))
