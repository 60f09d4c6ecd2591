"""A second look at a result, from the people alone: no arrays, no flow, nothing that the search computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mentoring.matching.context import Context
from mentoring.matching.model import MatchedPair, MatchingFault, PairIds, Tally
from mentoring.matching.rules import broken_rules


def verify(context: Context, pairs: Sequence[MatchedPair]) -> Tally:
    """Return what the pairs reach, or raise `MatchingFault` if one is illegal or somebody has too many."""
    _check_pairs(context, pairs)
    _check_room(context, [(pair.mentor_id, pair.mentee_id) for pair in pairs])
    return tally(context, pairs)


def tally(context: Context, pairs: Sequence[MatchedPair]) -> Tally:
    """Count what the pairs reach."""
    ids = {(pair.mentor_id, pair.mentee_id) for pair in pairs}
    mentors, mentees = _sides(ids | context.problem.taken)
    served = [context.people[person_id] for person_id in (*mentors, *mentees) if person_id in context.people]
    return Tally(
        served=len(served),
        waiting=sum(person.waiting_cycles for person in served),
        pairs=len(pairs),
        score=sum(pair.score for pair in pairs),
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
    mentors, mentees = _sides(pairs)
    full = [
        person_id
        for person_id, count in mentors.items()
        if count > context.room(context.person(person_id), "mentor")
    ]
    full += [
        person_id
        for person_id, count in mentees.items()
        if count > context.room(context.person(person_id), "mentee")
    ]
    if full:
        raise MatchingFault(f"{full[0]} has more partners than room.")


def _sides(pairs: Iterable[PairIds]) -> tuple[Counter[str], Counter[str]]:
    """Count the pairs of each mentor and of each mentee."""
    listed = list(pairs)
    return Counter(mentor_id for mentor_id, _ in listed), Counter(mentee_id for _, mentee_id in listed)
