"""All for somebody's next meeting, on demand: times with calendar entries, a guide, how to begin, what is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.calendar_links import Appointment, CalendarFile, calendar_file
from mentoring.first_times import MEETING
from mentoring.guides import Guide, Part, guide, topic_of
from mentoring.guides import topic as topic_for
from mentoring.pacts import NoMeeting
from mentoring.pairings import Pair, PairState
from mentoring.planned import Planned, PlanShown
from mentoring.plans import Plan
from mentoring.progress import Progress
from mentoring.starters import starters
from program import access, groups, meeting_looks
from program.act import Act
from program.context import Context
from program.look import Look
from program.subjects import OfPair
from storage import guides, pairs
from storage.outbox import facts

TITLE = "{names}: meeting {number}"
UID = "pair-{pair}-meeting-{number}@reverse-mentor"


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """What somebody reads before their next meeting; `pairs` are all who meet in one conversation.

    `zone` is the reader's own. `signs` tells whether what they agree on was to be signed, `signed` who did. Where the
    meeting is `planned`, the only appointment is that one; else there are several to choose from, and none while it
    `rests` because the partner takes a break.
    """

    program: str
    pairs: tuple[Pair, ...]
    reader: str
    progress: Progress
    plan: Plan | None
    zone: str
    appointments: tuple[Appointment, ...]
    guides: tuple[Guide, ...]
    starters: tuple[str, ...]
    signs: bool
    signed: tuple[str, ...]
    planned: PlanShown | None = None
    rests: bool = False

    @property
    def mine(self) -> tuple[Pair, ...]:
        """The pairs of the reader: what is told of the others is for those two."""
        return tuple(pair for pair in self.pairs if self.reader in pair.people)

    @property
    def waits(self) -> bool:
        """Whether the reader has to sign yet."""
        return self.signs and self.reader not in self.signed

    @property
    def number(self) -> int:
        """Which meeting it is, from 1."""
        return self.progress.next_number


def next_meetings(ctx: Context, workspace: str, person_id: str, pair_id: int = 0) -> tuple[NextMeeting, ...]:
    """The next meeting in a pair's conversation, or in each that somebody is in. Raises `NoMeeting`."""
    with ctx.read(workspace, person_id, *_about(pair_id)) as act:
        return _found(act, person_id, pair_id)


def calendar_files(
    ctx: Context, workspace: str, person_id: str, pair_id: int = 0
) -> tuple[CalendarFile, ...]:
    """A file for each time of these meetings: the planned one, or those to choose from. Raises `NoMeeting`."""
    with ctx.read(workspace, person_id, *_about(pair_id)) as act:
        found = _found(act, person_id, pair_id)
        return tuple(calendar_file(time, one.zone, act.now) for one in found for time in one.appointments)


def _about(pair_id: int) -> tuple[OfPair, ...]:
    return (OfPair(pair_id),) if pair_id else ()


def _found(act: Act, person_id: str, pair_id: int) -> tuple[NextMeeting, ...]:
    access.member(act)
    look = Look(act.tx, act.program, act.admins)
    mine = pairs.of_person(act.tx, act.program.id, person_id, PairState.INTRODUCED)
    asked = pairs.get(act.tx, act.program.id, pair_id) if pair_id else None
    meant = [one for one in mine if _is_meant(one, asked) or (not pair_id and one.introduced_at)]
    conversations = dict.fromkeys(tuple(groups.going_on(act.tx, pair)) for pair in meant)
    found = tuple(_of(act, look, here, person_id) for here in conversations)
    if not found:
        raise NoMeeting
    return found


def _is_meant(pair: Pair, asked: Pair | None) -> bool:
    """Whether a pair is in the conversation of the one that was asked about."""
    return asked is not None and pair.intro == asked.intro


def _of(act: Act, look: Look, here: Sequence[Pair], person_id: str) -> NextMeeting:
    progress = meeting_looks.progress_of(look, here[0])
    reader = look.member(person_id)
    topics = tuple(dict.fromkeys(topic for pair in here for topic in pair.topics))
    zone = look.zone_of(reader) if reader else look.calendar.time_zone
    mine = [pair for pair in here if person_id in pair.people]
    rests = not any(groups.can_meet(act.tx, pair, person_id) for pair in mine)
    plan = None if rests else _planned(act, look, mine)
    return NextMeeting(
        program=look.name,
        pairs=tuple(here),
        reader=person_id,
        progress=progress,
        plan=look.cycle(here[0].cycle_id).times.plan,
        zone=zone,
        appointments=() if rests else _appointments(act, look, here, progress, plan),
        guides=_guides(look, here, person_id, progress),
        starters=starters(topics) if progress.held == 0 else (),
        signs=any(meeting_looks.pact_of(look, pair) for pair in here),
        signed=meeting_looks.signed(look, here),
        planned=PlanShown(plan.at, plan.said_by, zone) if plan else None,
        rests=rests,
    )


def _planned(act: Act, look: Look, mine: Sequence[Pair]) -> Planned | None:
    """What somebody's pairs in a conversation said last about when they meet, until that meeting is over."""
    said = [look.plan(pair.id) for pair in mine]
    ahead = [plan for plan in said if plan is not None and plan.at + MEETING > act.now]
    return max(ahead, key=lambda plan: plan.id, default=None)


def _appointments(
    act: Act, look: Look, here: Sequence[Pair], progress: Progress, plan: Planned | None
) -> tuple[Appointment, ...]:
    """The meeting that is planned, or times to choose from; in a calendar, a later one takes the place of a former."""
    names = [member.person.name for member in look.members(*groups.people_of(here)) if member]
    number = progress.next_number
    title = TITLE.format(names=", ".join(names), number=number)
    uid = UID.format(pair=here[0].id, number=number)
    begins = (plan.at,) if plan else _to_choose_from(act, look, here, progress)
    return tuple(Appointment(uid, title, look.name, one, version=plan.id if plan else 0) for one in begins)


def _to_choose_from(act: Act, look: Look, here: Sequence[Pair], progress: Progress) -> tuple[datetime, ...]:
    """The times of the introduction while they are to come, else others from now on."""
    pact = meeting_looks.pact_of(look, here[0])
    first = meeting_looks.times(look, here, pact.asked_at) if pact and not progress.held else ()
    return first if first and first[0] > act.now else meeting_looks.times(look, here, act.now)


def _guides(look: Look, here: Sequence[Pair], person_id: str, progress: Progress) -> tuple[Guide, ...]:
    """A guide for each topic that somebody meets about, on their side."""
    program_id = here[0].program_id
    edited = look.at(lambda tx: guides.words(tx, program_id), facts.guides(program_id))
    mine = [pair for pair in here if person_id in pair.people]
    part = Part.MENTEE if person_id == here[0].mentee_id else Part.MENTOR
    abouts = dict.fromkeys(topic_of(pair.topics).key for pair in mine)
    return tuple(
        guide(progress.next_number, progress.planned, topic_for(key), part, edited.get((key, part.value), ""))
        for key in abouts
    )
