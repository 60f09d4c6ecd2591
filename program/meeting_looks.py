"""What a look sees of a pair's meetings and of what it signed, and the times at which all of it work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentoring.first_times import first_times
from mentoring.pacts import Pact
from mentoring.pairings import Pair
from mentoring.people import Member
from mentoring.progress import Progress, progress
from mentoring.working_time import WorkingTime
from program.groups import people_of
from program.look import Look
from storage import asks, meetings, pacts
from storage.outbox import facts


def progress_of(look: Look, pair: Pair, until: str = "") -> Progress:
    """How many meetings a pair had, up to and with that ISO week where one is given."""
    everybody = [(one.id, who) for one in look.group(pair) for who in one.people]
    sides = [facts.side_until(*side, until) if until else facts.side(*side) for side in everybody]
    met = look.at(lambda tx: meetings.weeks(tx, pair.id), *sides)
    plan = look.cycle(pair.cycle_id).times.plan
    return progress((week for week in met if not until or week <= until), plan.meetings if plan else None)


def pact_of(look: Look, pair: Pair) -> Pact | None:
    """What a pair was asked to sign; None for one that was not."""
    return look.at(lambda tx: pacts.get(tx, pair.id), facts.pact(pair.id))


def signed(look: Look, those: Sequence[Pair]) -> tuple[str, ...]:
    """Who signed for each of their pairs among these, the first one first."""
    numbers = [pair.id for pair in those]
    found = look.at(lambda tx: pacts.signed(tx, numbers), *map(facts.pact, numbers))
    return done(those, found)


def done(those: Sequence[Pair], found: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """Whoever signed for all of their own pairs among these, by (pair, person) of each signature."""
    everybody = dict.fromkeys(who for _, who in found)
    own = {who: {pair.id for pair in those if who in pair.people} for who in everybody}
    return tuple(who for who in everybody if all((number, who) in found for number in own[who]))


def times(look: Look, those: Sequence[Pair], since: datetime) -> tuple[datetime, ...]:
    """Up to three times from then on at which everybody in these pairs of one mentee is at work.

    Those that the mentee offered when asked about a pair come first; others are shown them only as times for all.
    """
    everybody = [member for member in look.members(*people_of(those)) if member]
    working = [_working_time(look, member) for member in everybody]
    offered = [slot for pair in those for slot in _offered(look, pair)]
    return first_times(working, since, offered, look.rules.holidays) if len(working) > 1 else ()


def _offered(look: Look, pair: Pair) -> tuple[datetime, ...]:
    return look.at(lambda tx: asks.slots_of(tx, pair.id), facts.ask(pair.id))


def _working_time(look: Look, member: Member) -> WorkingTime:
    days = member.profile.working_days or look.calendar.working_days
    return WorkingTime(look.zone_of(member), member.profile.hours, days)
