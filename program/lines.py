"""What is known about the reporting line between two people, and the warning where it is not known to its end."""

from __future__ import annotations

from collections.abc import Mapping

from mentoring.pairings import Pair, PairState
from mentoring.people import Member, Standing
from mentoring.programs import Program
from program.matching import LONGEST_CHAIN
from storage import members
from storage.database import Tx

UNKNOWN_LINE = (
    "I cannot be sure of every manager between these two. "
    "Please check that they are not in one reporting line."
)
"""The same whether no manager was named, or one who is not in the program, or the other of the two: that is private."""


def warnings(tx: Tx, program: Program, pair: Pair, both: Mapping[str, Member]) -> tuple[str, ...]:
    """What leads should look at before they decide on this pair; nothing once it is decided."""
    if pair.state is not PairState.PROPOSED or len(both) < 2:
        return ()
    lower, upper = sorted((both[person] for person in pair.people), key=_rank)
    return () if _is_known(tx, program, lower, upper) else (UNKNOWN_LINE,)


def _rank(member: Member) -> int:
    return member.profile.level or 0


def _is_known(tx: Tx, program: Program, lower: Member, upper: Member) -> bool:
    """Whether the line above the lower of two people is known up to somebody else at or above the other's level.

    The other can only be in it further up if levels and lines contradict each other.
    """
    seen = {lower.person.id, upper.person.id}
    above, level = lower.profile.manager_id, upper.profile.level
    while above and above not in seen and len(seen) <= LONGEST_CHAIN:
        manager = members.get(tx, program.id, above)
        if manager is None or manager.standing is Standing.LEFT or manager.person.deactivated:
            return False
        if level is not None and (manager.profile.level or 0) >= level:
            return True
        seen.add(above)
        above = manager.profile.manager_id
    return False
