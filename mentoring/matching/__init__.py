"""Matching: people, history and rules in; the best set of pairs, its reasons and its proof out.

Imports nothing else of this project. Start with `Problem` and `solve`.
"""

from mentoring.matching.context import Context
from mentoring.matching.helps import Act, Help
from mentoring.matching.listing import legal_pairs
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
    Tally,
    Trail,
    Weights,
)
from mentoring.matching.rules import broken_rules, department_key, off_the_ladder
from mentoring.matching.score import BEST, score_parts
from mentoring.matching.solve import solve
from mentoring.matching.teaching import NOTHING_RELATED, Related, offers
from mentoring.matching.watch import Step, Watch
from mentoring.matching.why_not import WhyNot, why_not

__all__ = [
    "BEST",
    "NOTHING_RELATED",
    "Act",
    "Broken",
    "Context",
    "Help",
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
    "Related",
    "Rule",
    "Rules",
    "Side",
    "SkillBalance",
    "Solution",
    "Step",
    "Tally",
    "Trail",
    "Watch",
    "Weights",
    "WhyNot",
    "broken_rules",
    "department_key",
    "legal_pairs",
    "off_the_ladder",
    "offers",
    "score_parts",
    "solve",
    "why_not",
]
