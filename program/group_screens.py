"""What a pair reads in its own conversation, also where several mentors of one mentee are in it together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mentoring.messages import Content, Intro, Notice, SharedHours, Thanks
from mentoring.pairings import MET, Pair, PairState
from mentoring.planned import PlanShown
from mentoring.starters import starters
from program import hours, meeting_looks
from program.groups import people_of
from program.look import Look
from storage.groups import Seat


def intro(look: Look, notice: Notice) -> Content | None:
    """The introduction of a pair, or of all who are brought together with it."""
    pair = look.pair(int(notice.subject))
    if pair is None:
        return None
    seats = look.brought(pair.id)
    shown = [seat for seat in seats if _was_here(seat, alone=len(seats) == 1)]
    if not shown:
        return None
    everybody = [seat.pair for seat in shown]
    going_on = [one for one in everybody if one.state is PairState.INTRODUCED]
    first, *others = everybody
    pact = meeting_looks.pact_of(look, first)
    progress = meeting_looks.progress_of(look, first)
    return Intro(
        program=look.name,
        pair=first,
        starters=starters(tuple(dict.fromkeys(topic for one in everybody for topic in one.topics))),
        hours=_shared_hours(look, going_on),
        checkin=look.calendar.checkin.words,
        over=not going_on,
        others=tuple(others),
        talked=tuple(seat.pair.mentor_id for seat in shown if seat.talked),
        left=tuple(one.mentor_id for one in everybody if going_on and one not in going_on),
        moved=_moved(look, everybody),
        times=meeting_looks.times(look, going_on, pact.asked_at)
        if pact and going_on and not progress.held
        else (),
        time_zone=look.calendar.time_zone,
        signs=pact is not None,
        signed=meeting_looks.signed(look, going_on),
        progress=progress,
        plan=look.cycle(first.cycle_id).times.plan,
        experiences=() if others else look.experiences_of(first),
        planned=None if progress.held else _planned(look, going_on),
    )


def _planned(look: Look, going_on: Sequence[Pair]) -> PlanShown | None:
    """What those who still meet said last about when they do."""
    said = [plan for one in going_on if (plan := look.plan(one.id)) is not None]
    last = max(said, key=lambda plan: plan.id, default=None)
    return PlanShown(last.at, last.said_by, look.calendar.time_zone) if last else None


def _was_here(seat: Seat, alone: bool) -> bool:
    """Whether a pair was introduced by this, or is about to be; one that ended before that is not named to others."""
    state, arrived = seat.pair.state, seat.pair.introduced_at is not None
    return state in MET and (alone or arrived or state is PairState.INTRODUCED)


def _moved(look: Look, here: Sequence[Pair]) -> tuple[str, ...]:
    """Whoever joined since in a newer conversation, if those who are here talk there by now."""
    here_ids = {pair.id for pair in here}
    elsewhere = [one for pair in here for one in look.group(pair) if one.id not in here_ids]
    joined = (one.mentor_id for one in elsewhere if one.introduced_at is not None)
    return tuple(dict.fromkeys(joined))


def _shared_hours(look: Look, those: Sequence[Pair]) -> tuple[SharedHours, ...]:
    if not those:
        return ()
    cycle = look.cycle(those[0].cycle_id)
    all_of_them = [member for member in look.members(*people_of(those)) if member]
    windows = [(member.person.id, look.zone_of(member), member.profile.hours) for member in all_of_them]
    return hours.shared(windows, look.clocks_on(cycle.times.start_on))


def thanks(look: Look, notice: Notice) -> Content | None:
    """Thanks at the end of the cycle, to everybody in the conversation."""
    pair = look.pair(int(notice.subject))
    if pair is None:
        return None
    cycle = look.cycle(pair.cycle_id)
    # A cycle ends when the next one's introductions begin, and these are the ones to look forward to.
    upcoming = look.next_intro(cycle.times.ends_at - timedelta(minutes=1), cycle.number)
    states = (PairState.INTRODUCED, PairState.FINISHED)
    here = [one for one in look.group(pair) if one.introduced_at and one.state in states] or [pair]
    return Thanks(look.name, here[0], cycle.number, upcoming, tuple(here[1:]))


def on_card(look: Look, pair: Pair) -> tuple[Pair, ...]:
    """The pairs that are in one conversation with this one, or will be once they are introduced."""
    if pair.state in MET:
        return tuple(one for one in look.group(pair) if one.id != pair.id and one.state in MET)
    return tuple(look.beside(pair)) if pair.state in (PairState.PROPOSED, PairState.APPROVED) else ()


def goes_on_with(look: Look, pair: Pair, reader: str) -> tuple[str, ...]:
    """With whom somebody in a conversation goes on when this pair has ended; nobody where they do not."""
    left = [one for one in look.group(pair) if one.id != pair.id and one.state is PairState.INTRODUCED]
    people = people_of(left)
    return tuple(one for one in people if one != reader) if reader in people else ()


def meets(look: Look, pair: Pair, person_id: str) -> tuple[str, ...]:
    """Everybody whom somebody meets with, in a pair or in the group that it is part of."""
    going_on = [one for one in look.group(pair) if one.state is PairState.INTRODUCED and one.introduced_at]
    people = people_of(going_on)
    return tuple(one for one in people if one != person_id) if person_id in people else ()
