"""A flow of least cost, tier by tier, and what its prices prove for each tier. Loads numpy: import it late.

In the literature: lexicographic optimization, optimal face, complementary slackness, weak duality.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mentoring.matching.arrays import Ints
from mentoring.matching.flow.network import Flow, Network, Stage, Tier, reduced_cost
from mentoring.matching.flow.prices import prices_back
from mentoring.matching.flow.solver import least_cost
from mentoring.matching.model import MatchingFault

_ROOM_FOR_SCALING = 1 << 60
"""The solver keeps what a path costs in 63 bits, and takes 2**62 for more than any path: a factor 4 is spare."""


def solve_tiers(network: Network, tiers: Sequence[Tier]) -> Flow:
    """Return the flow that is best by the first tier, among those by the second, and so on, exactly.

    After each stage only its optimal flows remain: by complementary slackness, arcs whose reduced cost is not
    zero keep their flow, and the others stay free for the next stage.
    """
    units = np.zeros(len(network.tail), np.int64)
    free = network.room > 0
    stages = []
    for cost, packed in _packed(tiers, network.nodes):
        units = least_cost(network, cost, np.where(free, 0, units), free)
        price = prices_back(network, cost, units, free)
        if price is None:
            raise MatchingFault("The flow found is not the best one.")
        stages.append(Stage(cost, price, packed))
        free &= reduced_cost(network, stages[-1]) == 0
    return Flow(units, tuple(stages))


def dual_values(network: Network, stages: Sequence[Stage]) -> list[int]:
    """Return the most that each tier can be worth in a flow, those before it being at their most: from prices alone.

    A flow costs what its units cost on each arc by the reduced costs, so at least what it costs to fill all arcs
    where that is negative and no others (weak duality). Arcs that one stage settles stay so in the next.
    """
    free, filled = np.ones(len(network.tail), np.bool_), np.zeros(len(network.tail), np.int64)
    values: list[int] = []
    for stage in stages:
        reduced = reduced_cost(network, stage)
        filled = np.where(free, np.where(reduced < 0, network.room, 0), filled)
        values += _unpacked(-int(np.sum(reduced * filled)), stage.tiers)
        free &= reduced == 0
    return values


def _unpacked(value: int, tiers: Sequence[Tier]) -> list[int]:
    """Return what each tier of one integer is."""
    values = []
    for tier in reversed(tiers[1:]):
        value, last = divmod(value, tier.most + 1)
        values.append(last)
    return [value, *reversed(values)]


def _packed(tiers: Sequence[Tier], nodes: int) -> list[tuple[Ints, tuple[Tier, ...]]]:
    """Turn worths into costs, as many tiers to an integer as fit; an earlier one outweighs the later."""
    limit = _ROOM_FOR_SCALING // (nodes + 3)
    packed: list[tuple[Ints, tuple[Tier, ...]]] = []
    for tier in tiers:
        cost, earlier = packed[-1] if packed else (tier.worth, ())
        largest = int(np.abs(cost).max(initial=0)) if packed else limit
        if largest * (tier.most + 1) + tier.most < limit:
            packed[-1] = cost * (tier.most + 1) - tier.worth, (*earlier, tier)
        else:
            packed.append((-tier.worth, (tier,)))
    return packed
