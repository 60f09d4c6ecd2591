"""The objective as a flow: which arcs there are, and what a unit of flow on each is worth tier by tier.

Loads numpy: import it late.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.candidates import Board, Candidates, Table
from mentoring.matching.flow import Network, Tier
from mentoring.matching.model import PairIds
from mentoring.matching.score import BEST


@dataclass(frozen=True, slots=True)
class Model:
    """A network with its arcs in five runs: mentors' first and further partners, pairs, mentees' alike."""

    network: Network
    tiers: tuple[Tier, ...]
    pairs: slice


def build(board: Board, candidates: Candidates) -> Model:
    """Return the flow problem whose best flow is the best set among the candidates."""
    mentors, mentees = len(board.mentors.people), len(board.mentees.people)
    mentor_nodes, mentee_nodes = 1 + np.arange(mentors), 1 + mentors + np.arange(mentees)
    firsts, furthers = _rooms(board.mentors, candidates.mentor)
    mentee_firsts, mentee_furthers = _rooms(board.mentees, candidates.mentee)
    hub_to, hub_from = np.zeros(2 * mentors, np.int64), np.zeros(2 * mentees, np.int64)
    network = Network(
        nodes=1 + mentors + mentees,
        tail=np.concatenate([hub_to, mentor_nodes[candidates.mentor], mentee_nodes, mentee_nodes]),
        head=np.concatenate([mentor_nodes, mentor_nodes, mentee_nodes[candidates.mentee], hub_from]),
        room=np.concatenate(
            [firsts, furthers, np.ones(len(candidates.score), np.int64), mentee_firsts, mentee_furthers]
        ),
    )
    pairs = slice(2 * mentors, 2 * mentors + len(candidates.score))
    most_pairs = min(int(np.sum(firsts + furthers)), int(np.sum(mentee_firsts + mentee_furthers)))
    return Model(network, _tiers(board, candidates, network, pairs, most_pairs), pairs)


def chosen_pairs(board: Board, candidates: Candidates, units: Ints) -> frozenset[PairIds]:
    """Return the ids of the candidates that carry flow."""
    rows = zip(candidates.mentor[units > 0], candidates.mentee[units > 0], strict=True)
    return frozenset(
        (board.mentors.people[mentor].id, board.mentees.people[mentee].id) for mentor, mentee in rows
    )


def _rooms(table: Table, rows: Ints) -> tuple[Ints, Ints]:
    """Return the room for each person's first partner (none for those who have one) and for further ones."""
    room = np.minimum(table.room, np.bincount(rows, minlength=len(table.people)))
    first = np.where(table.served, 0, np.minimum(room, 1))
    return first, room - first


def _tiers(
    board: Board, candidates: Candidates, network: Network, pairs: slice, most_pairs: int
) -> tuple[Tier, ...]:
    served, waiting, each, score, kept = np.zeros((5, len(network.tail)), np.int64)
    for first, table in ((0, board.mentors), (pairs.stop, board.mentees)):
        people = slice(first, first + len(table.people))
        served[people] = 1
        waiting[people] = table.waiting
    each[pairs] = 1
    score[pairs] = candidates.score
    kept[pairs] = _seen(board, candidates)
    return (
        Tier(served, int(np.sum(served * network.room))),
        Tier(waiting, int(np.sum(waiting * network.room))),
        Tier(each, most_pairs),
        Tier(score, most_pairs * BEST),
        Tier(kept, min(most_pairs, int(kept.sum()))),
    )


def _seen(board: Board, candidates: Candidates) -> Bools:
    """Return which candidates the leads have seen before."""
    rows = [_rows(board, pair) for pair in board.context.problem.keep]
    size = len(board.mentees.people)
    codes = [mentor * size + mentee for mentor, mentee in filter(None, rows)]
    return np.isin(candidates.mentor * size + candidates.mentee, codes)


def _rows(board: Board, pair: PairIds) -> tuple[int, int] | None:
    mentor, mentee = board.mentors.row.get(pair[0]), board.mentees.row.get(pair[1])
    return None if mentor is None or mentee is None else (mentor, mentee)
