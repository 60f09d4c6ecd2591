"""Matching: people, history and rules in; the best set of pairs, its reasons and its proof out.

Imports nothing else of this project. Start with `Problem` and `solve`.
"""

from mentoring.matching.context import Context
from mentoring.matching.model import (
    Broken,
    LeftOut,
    MatchedPair,
    MatchingError,
    MatchingFault,
    PairIds,
    Part,
    Participant,
    PastPair,
    Problem,
    Proof,
    RefusedPair,
    Rule,
    Rules,
    Side,
    SkillBalance,
    Solution,
    Weights,
)
from mentoring.matching.rules import broken_rules
from mentoring.matching.score import BEST, score_parts
from mentoring.matching.solve import solve

__all__ = [
    "BEST",
    "Broken",
    "Context",
    "LeftOut",
    "MatchedPair",
    "MatchingError",
    "MatchingFault",
    "PairIds",
    "Part",
    "Participant",
    "PastPair",
    "Problem",
    "Proof",
    "RefusedPair",
    "Rule",
    "Rules",
    "Side",
    "SkillBalance",
    "Solution",
    "Weights",
    "broken_rules",
    "score_parts",
    "solve",
]
