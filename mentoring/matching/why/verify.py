"""A second look at a result, from the people alone: no arrays, no flow, nothing that the search computed.

In the literature: certifying algorithm, independent checker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mentoring.matching.model import MatchingFault, PairIds, Side
from mentoring.matching.pairs.context import Context
from mentoring.matching.pairs.rules import broken_rules
from mentoring.matching.solution import MatchedPair, Tally


def verify(context: Context, pairs: Sequence[MatchedPair]) -> Tally:
    """Return what the pairs reach, or raise `MatchingFault` if one is illegal or somebody has too many."""
    _check_pairs(context, pairs)
    _check_room(context, [(pair.mentor_id, pair.mentee_id) for pair in pairs])
    return tally(context, pairs)


def tally(context: Context, pairs: Sequence[MatchedPair]) -> Tally:
    """Count what the pairs reach."""
    ids = {(pair.mentor_id, pair.mentee_id) for pair in pairs}
    mentors, mentees = map(set, _sides(ids | context.problem.taken))
    known = context.people.get
    served = [person for person_id in (*mentors, *mentees) if (person := known(person_id))]
    return Tally(
        served=len(served),
        waiting=sum([person.waiting_cycles for person in served]),
        pairs=len(pairs),
        score=sum([pair.score for pair in pairs]),
        kept=len(ids & context.problem.keep),
    )


def _check_pairs(context: Context, pairs: Sequence[MatchedPair]) -> None:
    seen = set(context.problem.taken)
    for pair in pairs:
        ids = pair.mentor_id, pair.mentee_id
        broken = broken_rules(context.person(ids[0]), context.person(ids[1]), context, capacity=False)
        if broken or ids in seen:
            raise MatchingFault(
                f"The pair of {ids[0]} and {ids[1]} must not be: {broken or 'it is there already'}."
            )
        if pair.score != sum([part.points for part in pair.parts]):
            raise MatchingFault(f"The score of {ids[0]} and {ids[1]} is not the sum of its parts.")
        seen.add(ids)


def _check_room(context: Context, pairs: Iterable[PairIds]) -> None:
    mentors, mentees = map(Counter, _sides(pairs))
    _check_side(context, "mentor", mentors)
    _check_side(context, "mentee", mentees)


def _check_side(context: Context, side: Side, partners: Counter[str]) -> None:
    for person_id, count in partners.items():
        if count > context.room(context.person(person_id), side):
            raise MatchingFault(f"{person_id} has more partners than room.")


def _sides(pairs: Iterable[PairIds]) -> tuple[list[str], list[str]]:
    """List the mentors of all pairs, and their mentees."""
    listed = list(pairs)
    return [mentor_id for mentor_id, _ in listed], [mentee_id for _, mentee_id in listed]
