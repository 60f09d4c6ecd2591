"""Whether a pair that goes on still fits the hard rules, as far as leads may read of it."""

from __future__ import annotations

from mentoring.matching import Broken, Rule
from mentoring.pairings import Pair
from mentoring.programs import Program
from program import matching
from storage import cycles, members
from storage.database import Tx

ASKED_ABOUT = (Rule.GUEST, Rule.LEVEL, Rule.HOURS, Rule.LANGUAGE, Rule.DEPARTMENT)
"""The rules of which leads hear when a pair that goes on breaks them: none that rests on a private answer, none about
room for partners or earlier pairs, and none about skills, which two people have agreed on by then."""


def broken(tx: Tx, program: Program, pair: Pair) -> tuple[Broken, ...]:
    """The rules of that kind that a pair breaks by now, without those that leads set aside for it."""
    both = members.of_program(tx, program.id, pair.people)
    if len(both) < 2:
        return ()
    found = matching.broken_by(tx, program, cycles.get(tx, pair.cycle_id), pair, both, goes_on=True)
    return tuple(one for one in found if one.rule in ASKED_ABOUT and one.rule not in pair.bent)
