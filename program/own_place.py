"""Where a program stands for one of its members, as their Home shows it."""

from __future__ import annotations

from mentoring.checkins import CheckIn
from mentoring.own_place import MyPair, OwnPlace
from mentoring.pairings import Pair, PairState
from mentoring.people import Member
from program import coming, groups, preparation, quiet
from program.act import Act
from storage import checkins, cycles, experiences, meetings, pairs, planned


def of(act: Act, member: Member) -> OwnPlace:
    """Their pairs that go on, the next cycle, what they prepared and opened, and how often they are asked."""
    program, person_id = act.program, member.person.id
    current = pairs.of_person(act.tx, program.id, person_id, PairState.INTRODUCED)
    number = coming.cycle_of(act, person_id).number
    said = experiences.cycles_of(act.tx, program.id, person_id)
    weeks, away = quiet.wishes_of(act, member)
    return OwnPlace(
        pairs=tuple(_pair(act, pair, person_id) for pair in current if pair.introduced_at),
        cycle_number=number,
        is_in=member.said_in if member.said_of_cycle == number else None,
        prepared=preparation.is_done(act, member),
        must_prepare=program.rules.preparation_required,
        said={cycle: (*one.opens, *one.asks) for cycle, one in said.items()},
        weeks=weeks,
        away=away,
    )


def _pair(act: Act, pair: Pair, person_id: str) -> MyPair:
    last = _last(checkins.of_side(act.tx, pair.id, person_id))
    everybody = groups.people_of(groups.going_on(act.tx, pair))
    plan = planned.latest(act.tx, pair.id)
    return MyPair(
        pair_id=pair.id,
        partner_id=pair.partner_of(person_id),
        teaches=person_id == pair.mentor_id,
        topics=pair.topics,
        progress=meetings.of_pair(act.tx, pair.id),
        next_at=plan.at if plan and plan.at > act.now else None,
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
