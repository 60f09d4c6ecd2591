"""The objective's tiers as one integer: what each counts so that a later one never outweighs an earlier one.

Loads numpy: import it late.

In the literature: lexicographic (preemptive) optimization by weights, big-M.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Ints
from mentoring.matching.candidates import Roster
from mentoring.matching.model import BEST

_LIMIT = 1 << 62


@dataclass(frozen=True, slots=True)
class Scale:
    """What a person served, a waiting cycle, a pair and a point of score count; a kept pair counts 1.

    Any better result differs from a worse one by circles of changes, in which each person occurs once. Such a
    circle changes at most two people's being served, by as many waiting cycles as two people have, one pair,
    and the score of as many pairs as there are people on the smaller side. If each number here outweighs all
    later ones within these bounds, the scale is `exact`: the best sum is the best in the order of the tiers.
    """

    served: int
    waiting: int
    pair: int
    score: int
    exact: bool

    def converted(self, prices: Ints, other: Scale) -> Ints:
        """Return prices of another scale in this one, if each tier is less than half of one of the tier before.

        Waiting cycles are whole numbers of pairs.
        """
        converted, rest = np.zeros_like(prices), prices
        for one, another in ((self.served, other.served), (self.pair, other.pair), (self.score, other.score)):
            count = (rest + another // 2) // another
            converted, rest = converted + count * one, rest - count * another
        return converted + rest


def exact_scale(sides: Sequence[Roster], keeps: int) -> Scale:
    """Return the scale that certificates use; prices in it fit 63 bits. The leads have seen so many pairs: `keeps`."""
    longest = min(map(len, sides))
    kept = min(keeps, longest) + 1
    scale = _scale(sides, kept, longest * BEST + 1)
    while 3 * scale.served >= _LIMIT:
        kept //= 2
        scale = _scale(sides, kept, longest * BEST + 1, exact=False)
    return scale


def _scale(sides: Sequence[Roster], kept: int, reach: int, *, exact: bool = True) -> Scale:
    pair = kept * reach
    waiting = 2 * pair
    longest = max(int(side.waiting.max(initial=0)) for side in sides)
    return Scale(waiting * (2 * longest + 1), waiting, pair, kept, exact)
