"""Where a program stands for one of its members, as their Home shows it."""

from __future__ import annotations

from mentoring.checkins import Answer, CheckIn
from mentoring.own_place import MyPair, OwnPlace
from mentoring.pairings import Pair, PairState
from mentoring.people import Member
from program import coming, groups, preparation
from program.act import Act
from storage import checkins, cycles, experiences, pairs


def of(act: Act, member: Member) -> OwnPlace:
    """Their pairs that go on, the next cycle, and what they prepared and opened."""
    program, person_id = act.program, member.person.id
    current = pairs.of_person(act.tx, program.id, person_id, PairState.INTRODUCED)
    number = coming.cycle_of(act, person_id).number
    said = experiences.cycles_of(act.tx, program.id, person_id)
    return OwnPlace(
        pairs=tuple(_pair(act, pair, person_id) for pair in current if pair.introduced_at),
        cycle_number=number,
        is_in=member.said_in if member.said_of_cycle == number else None,
        prepared=preparation.is_done(act, member),
        must_prepare=program.rules.preparation_required,
        said={cycle: (*one.opens, *one.asks) for cycle, one in said.items()},
    )


def _pair(act: Act, pair: Pair, person_id: str) -> MyPair:
    last = _last(checkins.of_side(act.tx, pair.id, person_id))
    everybody = groups.people_of(groups.going_on(act.tx, pair))
    return MyPair(
        partner_id=pair.partner_of(person_id),
        teaches=person_id == pair.mentor_id,
        topics=pair.topics,
        progress=_progress(act, pair),
        last=last.answer if last else None,
        last_at=last.answered_at if last else None,
        rests_until=pair.rests_until,
        ends_at=cycles.get(act.tx, pair.cycle_id).times.ends_at,
        mates=tuple(one for one in everybody if one not in pair.people),
    )


def _last(mine: list[CheckIn]) -> CheckIn | None:
    """The newest of somebody's check-ins that they answered; who called for help reads that elsewhere."""
    answered = [one for one in mine if one.answer and one.answered_at]
    return max(answered, key=lambda one: one.week, default=None)


def _progress(act: Act, pair: Pair) -> str:
    """The meetings that one of the two told of, one a week."""
    sides = (checkins.of_side(act.tx, pair.id, one) for one in pair.people)
    weeks = {one.week for side in sides for one in side if one.answer is Answer.MET}
    return f"{len(weeks)} meeting" if len(weeks) == 1 else f"{len(weeks)} meetings"
