"""Who else could be in the place of one of a pair, and what each costs the whole: the truth, from one look.

The best set of pairs is found first, from the last time's trail if there is one. Then a tree of detours gives for
every other partner what the best whole with that pair is worse (`search.detours`): the same as solving once more
with the pair fixed and the old one forbidden, for all of them at once.

In the literature: sensitivity analysis, re-optimization with one variable fixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentoring.matching.model import MatchingFault, PairIds, Problem, Side
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.score import score_parts
from mentoring.matching.reasons import Reason
from mentoring.matching.solution import Trail
from mentoring.matching.solve import fix
from mentoring.matching.watch import unwatched

if TYPE_CHECKING:
    from mentoring.matching.arrays import Ints
    from mentoring.matching.pairs.board import Board
    from mentoring.matching.search.detours import Step
    from mentoring.matching.search.pruned import Search

FEW = 5
"""So many for either side are enough to choose from."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One other pair that could stand in the place of a proposed one, and what the best whole with it is.

    `side` is the one on which somebody else comes in. By how much `served`, `waiting`, `pairs` and `score` would be
    lower than in the present best set; a later one may be higher when an earlier one is lower. `gone` are the pairs
    that would go beside the old one, `new` those that would come beside this one. `alone` lose their only partner on
    a side, `found` get their first.
    """

    pair: PairIds
    side: Side
    own_score: int
    reasons: tuple[Reason, ...]
    served: int
    waiting: int
    pairs: int
    score: int
    gone: tuple[PairIds, ...]
    new: tuple[PairIds, ...]
    alone: tuple[tuple[str, Side], ...]
    found: tuple[tuple[str, Side], ...]


@dataclass(frozen=True, slots=True)
class Swaps:
    """The next best legal partners for either person of a pair, those first that cost the whole least.

    `trail` is where a next look can start from.
    """

    mentors: tuple[Swap, ...]
    mentees: tuple[Swap, ...]
    trail: Trail

    @property
    def every(self) -> tuple[Swap, ...]:
        """All of them, other mentors first."""
        return self.mentors + self.mentees


def swaps(problem: Problem, pair: PairIds, since: Trail | None = None, few: int = FEW) -> Swaps:
    """Return what could stand in the place of a pair that does not stand yet, up to so many for either side.

    The pair itself may break a rule by now; then nobody loses by it. One that was to be fixed is not, because it is to
    make way: what another costs is counted from the best set without that wish. Raises `MatchingError` for people whom
    the problem does not know.
    """
    # numpy and the flow solver take a while to load, which nobody who only checks a rule should wait for.
    from mentoring.matching.pairs.board import Board
    from mentoring.matching.pairs.grid import Grid
    from mentoring.matching.search.pruned import Search

    context = Context(replace(problem, fixed=problem.fixed - {pair}))
    for person_id in pair:
        context.person(person_id)
    board = Board(context.around(fix(context)[0]))
    search = Search(Grid(board), since, unwatched)
    trail = search.run().trail
    look = _Look(board, search, pair)
    return Swaps(look.best("mentor", few), look.best("mentee", few), trail)


class _Look:
    """One look at what could stand in the place of a pair."""

    def __init__(self, board: Board, search: Search, pair: PairIds) -> None:
        from mentoring.matching.search.detours import Detours

        self._board, self._grid, self._pair = board, search.grid, pair
        mentor = int(self._grid.mentors.places(pair[:1])[0])
        mentee = int(self._grid.mentees.places(pair[1:])[0])
        self._places: dict[Side, int] = {"mentor": mentor, "mentee": mentee}
        self._detours = Detours(search, (mentor, mentee))
        self._stands = (mentor, mentee) in self._detours.used
        self._had = [Counter(step[at] for step in self._detours.used) for at in (0, 1)]

    def best(self, side: Side, few: int) -> tuple[Swap, ...]:
        """Return the swaps that cost the whole least with somebody else on this side.

        Where the old pair stands in the best set, it leaves one of the two free, and a way leads from there to
        whoever comes in; else it leads from the one who stays, who has one partner more.
        """
        if min(self._places.values()) < 0:
            return ()  # one of the two has no room any more
        other: Side = "mentee" if side == "mentor" else "mentor"
        places, last = self._others(side, other)
        if not len(places):
            return ()
        start = self._detours.node(
            *((side, self._places[side]) if self._stands else (other, self._places[other]))
        )
        nodes = self._detours.node(side, 0) + places
        ways = self._detours.ways(side, start, nodes, last, few)
        total = ways.away[nodes] + last
        nearest = total.argsort(kind="stable")[:few]
        paths = ways.to([int(node) for node in nodes[nearest]])
        return tuple(
            self._swap(side, int(place), path) for place, path in zip(places[nearest], paths, strict=True)
        )

    def _others(self, side: Side, other: Side) -> tuple[Ints, Ints]:
        """Return who could come in on this side, and what the pair with them costs at the prices."""
        import numpy as np

        stays = self._places[other]
        places, worse = self._detours.worse(other, stays)
        at, beside = (0, 1) if side == "mentor" else (1, 0)
        taken = [step[at] for step in self._detours.used if step[beside] == stays]
        out = np.isin(places, [*taken, self._places[side]])
        return places[~out], worse[~out]

    def _swap(self, side: Side, place: int, path: Sequence[tuple[int, int]]) -> Swap:
        mentor, mentee = self._places["mentor"], self._places["mentee"]
        chosen = (place, mentee) if side == "mentor" else (mentor, place)
        come, go = [chosen], [(mentor, mentee)] if self._stands else []
        for tail, head in path if side == "mentee" else [(head, tail) for tail, head in path]:
            first = 1 + len(self._grid.mentees)
            if 0 < tail < first <= head:
                come.append((head - first, tail - 1))
            elif 0 < head < first <= tail:
                go.append((tail - first, head - 1))
        if len({*come, *go}) < len(come) + len(go) or not set(go) <= self._detours.used:
            raise MatchingFault("A swap changes a pair twice.")
        return self._told(side, chosen, come, go)

    def _told(self, side: Side, chosen: Step, come: list[Step], go: list[Step]) -> Swap:
        alone, found = self._who_changes(come, go)
        ids, own = self._ids, self._score(chosen)
        return Swap(
            pair=ids(chosen),
            side=side,
            own_score=own,
            reasons=self._reasons(ids(chosen)),
            served=len(alone) - len(found),
            waiting=sum(map(self._waited, alone)) - sum(map(self._waited, found)),
            pairs=len(go) - len(come),
            score=sum(map(self._score, go)) - sum(map(self._score, come)),
            gone=tuple(sorted(ids(step) for step in go if ids(step) != self._pair)),
            new=tuple(sorted(ids(step) for step in come if step != chosen)),
            alone=tuple(sorted((self._id(at, who), at) for who, at in alone)),
            found=tuple(sorted((self._id(at, who), at) for who, at in found)),
        )

    def _who_changes(
        self, come: list[Step], go: list[Step]
    ) -> tuple[list[tuple[int, Side]], list[tuple[int, Side]]]:
        """Return who has no partner any more on a side, and who has a first one."""
        alone: list[tuple[int, Side]] = []
        found: list[tuple[int, Side]] = []
        sides: list[Side] = ["mentor", "mentee"]
        for at, side in enumerate(sides):
            served = self._grid.rosters[at].served
            had = self._had[at]
            change = Counter(step[at] for step in come)
            change.subtract(step[at] for step in go)
            for who, by in change.items():
                if not served[who] and had[who] and had[who] + by == 0:
                    alone.append((who, side))
                elif not served[who] and not had[who] and by > 0:
                    found.append((who, side))
        return alone, found

    def _waited(self, one: tuple[int, Side]) -> int:
        place, side = one
        return int(self._grid.rosters[side == "mentee"].waiting[place])

    def _score(self, step: Step) -> int:
        import numpy as np

        return int(self._grid.layout.scores(np.array([step[0]]), np.array([step[1]]))[0])

    def _reasons(self, pair: PairIds) -> tuple[Reason, ...]:
        context = self._board.context
        problem = context.problem
        parts = score_parts(
            context.person(pair[0]), context.person(pair[1]), problem.weights, problem.on, problem.related
        )
        return tuple(part.reason for part in parts)

    def _ids(self, step: Step) -> PairIds:
        return self._id("mentor", step[0]), self._id("mentee", step[1])

    def _id(self, side: Side, place: int) -> str:
        lineup = self._grid.mentors if side == "mentor" else self._grid.mentees
        return lineup.table.people[int(lineup.rows[place])].id
