"""What is known about the reporting line between two people, and the warning where it is not known to its end."""

from __future__ import annotations

from mentoring.pairings import Pair, PairState
from mentoring.people import Member, Standing
from program.chain import LONGEST_CHAIN
from program.look import Look

UNKNOWN_LINE = (
    "I cannot be sure of every manager between these two. "
    "Please check that they are not in one reporting line."
)
"""The same whether no manager was named, or one who is not in the program, or the other of the two: that is private."""


def warnings(look: Look, pair: Pair) -> tuple[str, ...]:
    """What leads should look at before they decide on this pair; nothing once it is decided."""
    return unsure(look, pair) if pair.state is PairState.PROPOSED else ()


def unsure(look: Look, pair: Pair) -> tuple[str, ...]:
    """The same of a pair in any state."""
    both = [member for member in look.members(*pair.people) if member]
    if len(both) < 2:
        return ()
    lower, upper = sorted(both, key=_rank)
    return () if _is_known(look, lower, upper) else (UNKNOWN_LINE,)


def _rank(member: Member) -> int:
    return member.profile.level or 0


def _hr_knows(look: Look, person_id: str) -> bool:
    """Whether HR's file has everybody above somebody, up to who has nobody above; then the rule has seen them all."""
    seen: set[str] = set()
    here: str | None = person_id
    while here is not None and here not in seen and len(seen) <= LONGEST_CHAIN:
        seen.add(here)
        record = look.hr_record(here)
        if record is None:
            return False
        here = record.manager_id
    return here is None


def _is_known(look: Look, lower: Member, upper: Member) -> bool:
    """Whether the line above the lower of two people is known up to somebody else at or above the other's level.

    The other can only be in it further up if levels and lines contradict each other.
    """
    if _hr_knows(look, lower.person.id):
        return True
    seen = {lower.person.id, upper.person.id}
    above, level = lower.profile.manager_id, upper.profile.level
    while above and above not in seen and len(seen) <= LONGEST_CHAIN:
        manager = look.member(above)
        if manager is None or manager.standing is Standing.LEFT or manager.person.deactivated:
            return False
        if level is not None and (manager.profile.level or 0) >= level:
            return True
        seen.add(above)
        above = manager.profile.manager_id
    return False
