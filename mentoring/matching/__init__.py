"""Matching: people, history and rules in; the best set of pairs, its reasons and its proof out.

Imports nothing else of this project. Start with `Problem` and `solve`.
"""

from mentoring.matching.model import (
    BEST,
    MatchingError,
    MatchingFault,
    PairIds,
    Participant,
    PastPair,
    Problem,
    Rule,
    Rules,
    Side,
    Weights,
)
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.listing import legal_pairs
from mentoring.matching.pairs.rules import broken_rules, department_key, discreet, off_the_ladder
from mentoring.matching.pairs.score import score_parts
from mentoring.matching.pairs.teaching import NOTHING_RELATED, Related, offers
from mentoring.matching.reasons import (
    Act,
    Broken,
    Case,
    Departments,
    Help,
    Helps,
    LevelsApart,
    Reason,
    SharedTime,
    Stop,
    Taught,
    Teaches,
    Waited,
    Wish,
)
from mentoring.matching.solution import (
    LeftOut,
    MatchedPair,
    Part,
    Proof,
    RefusedPair,
    SkillBalance,
    Solution,
    Tally,
    Trail,
)
from mentoring.matching.solve import solve
from mentoring.matching.swaps import Swap, Swaps, swaps
from mentoring.matching.watch import Step, Watch
from mentoring.matching.why_not import WhyNot, why_not

__all__ = [
    "BEST",
    "NOTHING_RELATED",
    "Act",
    "Broken",
    "Case",
    "Context",
    "Departments",
    "Help",
    "Helps",
    "LeftOut",
    "LevelsApart",
    "MatchedPair",
    "MatchingError",
    "MatchingFault",
    "PairIds",
    "Part",
    "Participant",
    "PastPair",
    "Problem",
    "Proof",
    "Reason",
    "RefusedPair",
    "Related",
    "Rule",
    "Rules",
    "SharedTime",
    "Side",
    "SkillBalance",
    "Solution",
    "Step",
    "Stop",
    "Swap",
    "Swaps",
    "Tally",
    "Taught",
    "Teaches",
    "Trail",
    "Waited",
    "Watch",
    "Weights",
    "WhyNot",
    "Wish",
    "broken_rules",
    "department_key",
    "discreet",
    "legal_pairs",
    "off_the_ladder",
    "offers",
    "score_parts",
    "solve",
    "swaps",
    "why_not",
]
