"""A look at what is stored, for one message: it remembers what it saw, which is what the message is made from.

What stands on a screen has to change whenever something it was made from does. So whatever builds contents reads
through a look, which has no clock: contents can depend on nothing but stored facts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import TypeVar

from mentoring.checkins import CheckIn, CheckInState
from mentoring.cycles import Cycle
from mentoring.hr import HrRecord
from mentoring.messages import Heard, Kind, Notice
from mentoring.pairings import Pair, PairState
from mentoring.people import Member
from mentoring.planned import AskedAfter
from mentoring.programs import Calendar, Program, RuleSettings
from program import asking, groups, recipients
from program.asks_seen import AsksSeen
from program.calendar import next_intro, zone_of
from program.look_at_joining import LooksAtJoining
from program.look_at_plans import LooksAtPlans
from program.look_at_ways_out import LooksAtWaysOut
from program.look_for_leads import LooksForLeads
from storage import audit, checkins, cycles, hr, members, pairs, programs, standing_pairs, whole
from storage.database import Tx
from storage.groups import Seat
from storage.outbox import doubts, facts, letters
from storage.outbox.letters import Letter
from storage.whole import WholePair

_Answer = TypeVar("_Answer")


class Look(LooksAtJoining, LooksAtPlans, LooksAtWaysOut, LooksForLeads):
    """Reads for one message of one program; `facts` names everything that was seen."""

    def __init__(self, tx: Tx, program: Program, admins: Collection[str] = ()) -> None:
        """Begin with nothing seen; `admins` are those whom the operator named, who stay the same while the bot runs."""
        self._tx = tx
        self._program = program
        self._admins = admins
        self._members: dict[str, Member | None] = {}
        self._cycles: dict[int, Cycle] = {}
        self._sides: dict[tuple[int, str], Sequence[CheckIn]] = {}
        self._asked_after: dict[int, AskedAfter | None] = {}
        self._pairs: dict[int, WholePair] = {}
        self._hr: dict[str, HrRecord | None] = {}
        self.facts: set[str] = set()

    def _see(self, *seen: str) -> None:
        self.facts.update(seen)

    def at(self, question: Callable[[Tx], _Answer], *seen: str) -> _Answer:
        """The answer to a question that belongs to one subject alone, which is made from these facts."""
        self._see(*seen)
        return question(self._tx)

    def _setting(self, part: str) -> Program:
        self._see(facts.settings(self._program.id, part))
        return self._program

    @property
    def name(self) -> str:
        """The program's name."""
        return self._setting("name").name

    @property
    def leads(self) -> tuple[str, ...]:
        """The ids of the program's leads."""
        return self._setting("leads").leads

    @property
    def leads_channel(self) -> str:
        """The id of the leads' channel."""
        return self._setting("leads_channel").leads_channel

    @property
    def calendar(self) -> Calendar:
        """When the program does things."""
        return self._setting("calendar").calendar

    @property
    def rules(self) -> RuleSettings:
        """The hard rules that leads set."""
        return self._setting("rules").rules

    def hr_record(self, person_id: str) -> HrRecord | None:
        """What HR's last file says about somebody, if it has them; who is looked at beside them is read along."""
        self._see(facts.person(person_id))
        if person_id not in self._hr:
            new = {person_id, *self._members} - self._hr.keys()
            found = hr.in_files(self._tx, self._program.workspace, new)
            self._hr |= {one: found.get(one) for one in new}
        known = self._hr[person_id]
        return known if known and not known.ended else None

    @property
    def levels(self) -> int:
        """How many levels the ladder has."""
        return len(self._setting("ladder").ladder)

    @property
    def sponsor(self) -> str | None:
        """The id of the program's sponsor."""
        return self._setting("sponsor").sponsor

    @property
    def junior_champion(self) -> str | None:
        """The id of its junior champion."""
        return self._setting("junior_champion").junior_champion

    def fit_leads(self, without: Collection[str] = ()) -> tuple[str, ...]:
        """The leads who are there and can hear something, without these people."""
        self._see_leads()
        return recipients.leads(self._tx, self._program, without)

    def instead_of_leads(self) -> tuple[str, ...]:
        """Who hears what is for the leads one by one while there is none; nobody while there is one."""
        self._see_leads()
        self._see(facts.admins(self._program.workspace))
        heard = recipients.for_leads(self._tx, self._admins, self._program)
        return () if heard.are_leads else heard.people

    def would_hear(self, kind: Kind, subject: object) -> Heard:
        """Who would hear something private that has not been said."""
        self._see_leads()
        self._see_said(kind, subject)
        self._see(facts.admins(self._program.workspace))
        return recipients.of(self._tx, self._admins, self._program, kind, subject)

    def told(self, kind: Kind, subject: object) -> tuple[str, ...]:
        """To whom something private was said, or is on its way."""
        self._see_said(kind, subject)
        return recipients.told(self._tx, self._program, kind, subject)

    def _see_leads(self) -> None:
        self._see(*map(facts.person, (*self.leads, *self._admins)))
        self._setting("rules")

    def _see_said(self, kind: Kind, subject: object) -> None:
        said = letters.about(self._tx, self._program.id, kind, subject)
        self._see(facts.said(self._program.id, kind, subject), *(facts.letter(one.id) for one in said))

    def level_name(self, level: int | None) -> str:
        """The ladder's word for a level."""
        return self._setting("ladder").level_name(level)

    def member(self, person_id: str) -> Member | None:
        """Somebody's membership, whether they left or not."""
        return self.members(person_id)[0]

    def members(self, *ids: str) -> tuple[Member | None, ...]:
        """The memberships of several people; each is read once for a message."""
        for person_id in ids:
            self._see(facts.member(self._program.id, person_id), facts.person(person_id))
        new = [person_id for person_id in ids if person_id not in self._members]
        if new:
            found = members.of_program(self._tx, self._program.id, new)
            self._members |= {person_id: found.get(person_id) for person_id in new}
        return tuple(self._members[person_id] for person_id in ids)

    def held(self) -> tuple[str, ...]:
        """The ids of the people who take part and have no level yet."""
        self._see(facts.held(self._program.id))
        return tuple(members.held(self._tx, self._program.id))

    def cycle(self, cycle_id: int) -> Cycle:
        """A cycle."""
        self._see(facts.cycle(cycle_id))
        if cycle_id not in self._cycles:
            self._cycles[cycle_id] = cycles.get(self._tx, cycle_id)
        return self._cycles[cycle_id]

    def next_intro(self, after: datetime, beyond: int = 0) -> datetime | None:
        """When the first introductions after that moment and cycle are planned; None once they have been made."""
        self._see(facts.introductions(self._program.id))
        made = cycles.introduced_since(self._tx, self._program.id, after)
        return None if made else next_intro(self.calendar, after, beyond)

    def asked_by(self, cycle_id: int, run: int) -> str | None:
        """Who asked for a cycle's n-th matching, which never changes; None when it was the calendar."""
        return audit.actor_of_run(self._tx, self._program.id, cycle_id, run)

    def pair(self, pair_id: int) -> Pair | None:
        """The pair with that number, if it is one of this program."""
        return next(iter(self.pairs(pair_id)), None)

    def pairs(self, *ids: int) -> list[Pair]:
        """Those of the pairs with these numbers that are of this program, in this order."""
        self._see(*map(facts.pair, ids))
        for found in whole.some(self._tx, self._program.id, ids):
            # Nearly every message about a pair goes on to ask for these, which are noted as seen only then.
            self._pairs[found.pair.id] = found
            self._cycles[found.cycle.id] = found.cycle
            self._members |= {person_id: found.members.get(person_id) for person_id in found.pair.people}
        return [self._pairs[number].pair for number in ids if number in self._pairs]

    def was_asked_about(self, pair: Pair) -> bool:
        """Whether somebody was asked about a pair that was looked at before its introduction."""
        self._see(facts.ask(pair.id))
        return self._whole(pair).asked

    def _whole(self, pair: Pair) -> WholePair:
        if pair.id not in self._pairs:
            self.pairs(pair.id)
        return self._pairs[pair.id]

    def group(self, pair: Pair) -> list[Pair]:
        """The pairs in one conversation with this one now, itself among them."""
        return self._seen(groups.of_pair(self._tx, pair))

    def asked_about(self, pair: Pair, person_id: str) -> list[Pair]:
        """The pairs that go on and that a question to somebody about this one is about."""
        self.group(pair)
        return groups.asked_about(self._tx, pair, person_id)

    def brought(self, intro_of: int) -> list[Seat]:
        """The pairs that the introduction of that one brings together."""
        seats = groups.brought(self._tx, intro_of)
        self._seen([seat.pair for seat in seats])
        return seats

    def awaits_intro(self, pair: Pair) -> bool:
        """Whether the introduction of that pair is still to come for somebody."""
        self.brought(pair.id)
        return groups.awaits_intro(self._tx, pair.id)

    def beside(self, pair: Pair) -> list[Pair]:
        """The other pairs of a mentee who wants several mentors together, as long as they stand."""
        mentee = self.member(pair.mentee_id)
        if mentee is None or not mentee.profile.together:
            return []
        self._see(facts.pairs_of_person(pair.program_id, pair.mentee_id))
        return groups.beside(self._tx, pair)

    def _seen(self, found: list[Pair]) -> list[Pair]:
        self._see(*(facts.pair(one.id) for one in found))
        return found

    def counts(self, cycle_id: int) -> dict[PairState, int]:
        """How many of a cycle's pairs are in each state."""
        self._see(facts.pairs_of_cycle(cycle_id))
        return pairs.counts(self._tx, cycle_id)

    def on_their_way(self, cycle_id: int) -> int:
        """How many of a cycle's introductions are not delivered yet."""
        self._see(facts.pairs_of_cycle(cycle_id))
        return pairs.on_their_way(self._tx, cycle_id)

    def taken_back(self, cycle_id: int) -> int:
        """How many of a cycle's pairs were taken back after a lead had approved them."""
        self._see(facts.pairs_of_cycle(cycle_id))
        return standing_pairs.taken_back(self._tx, cycle_id)

    def approved_by_rule(self, cycle_id: int) -> int:
        """How many of a cycle's pairs wait for their introduction because a rule approved them."""
        self._see(facts.pairs_of_cycle(cycle_id))
        return standing_pairs.approved_by_rule(self._tx, cycle_id)

    def every_card_posted(self, cycle_id: int) -> bool:
        """Whether each of a cycle's pairs that wait for a decision has a card of its own."""
        self._see(facts.pairs_of_cycle(cycle_id))
        return not pairs.wait_without_card(self._tx, cycle_id)

    def pairs_of(self, person_id: str, *states: PairState) -> list[Pair]:
        """Somebody's pairs in the given states."""
        self._see(facts.pairs_of_person(self._program.id, person_id))
        return pairs.of_person(self._tx, self._program.id, person_id, *states)

    def checkin(self, checkin_id: int) -> CheckIn | None:
        """The check-in with that id."""
        found = checkins.get(self._tx, checkin_id)
        if found is not None:
            self._see(facts.side_until(found.pair_id, found.person_id, found.week))
        return found

    def questions(self, person_id: str, week: str) -> Sequence[CheckIn]:
        """What somebody is asked about each of their pairs in a week."""
        self._see(facts.week(person_id, week))
        asked = checkins.of_person_in_week(self._tx, self._program.id, person_id, week)
        self._see(*(facts.side_until(one.pair_id, one.person_id, week) for one in asked))
        return asked

    def silent(self) -> list[str]:
        """The ids of everybody who is paused for being silent, the latest first."""
        self._see(facts.silent(self._program.id))
        return members.silent(self._tx, self._program.id)

    def history(self, pair_id: int, person_id: str, until: str = "") -> Sequence[CheckIn]:
        """One person's check-ins about one pair, oldest first; up to and with that ISO week where one is given."""
        self._see(facts.side_until(pair_id, person_id, until) if until else facts.side(pair_id, person_id))
        return [one for one in self._side(pair_id, person_id) if not until or one.week <= until]

    def has_later(self, checkin: CheckIn) -> bool:
        """Whether the same person was asked about the same pair since."""
        self._see(facts.side_until(checkin.pair_id, checkin.person_id, checkin.week))
        later = (one for one in self._side(checkin.pair_id, checkin.person_id) if one.week > checkin.week)
        return any(one.state is not CheckInState.SKIPPED for one in later)

    def _side(self, pair_id: int, person_id: str) -> Sequence[CheckIn]:
        if (pair_id, person_id) not in self._sides:
            self._sides[pair_id, person_id] = checkins.of_side(self._tx, pair_id, person_id)
        return self._sides[pair_id, person_id]

    def letter(self, row_id: int) -> Letter | None:
        """What became of another message."""
        self._see(facts.letter(row_id))
        return letters.get(self._tx, row_id)

    def in_question(self, notice: Notice) -> list[tuple[int, Letter]]:
        """The messages that a question is about, each with its place in it."""
        said = letters.about(self._tx, self._program.id, notice.kind, notice.subject)
        self._see(facts.said(self._program.id, notice.kind, notice.subject))
        asked = next((one for one in said if one.notice == notice), None)
        places = doubts.members(self._tx, asked) if asked else [(0, int(notice.subject))]
        found = letters.some(self._tx, (row_id for _, row_id in places))
        self._see(*(facts.letter(row_id) for _, row_id in places))
        return [(place, found[row_id]) for place, row_id in places if row_id in found]

    def hears_of(self, letter: Letter, person_id: str) -> Heard | None:
        """Who is asked about a message of unknown fate now; None where that person is one of those in it."""
        about = recipients.about(self._tx, self._program, Kind.UNCONFIRMED, str(letter.id))
        self._see(*(facts.pairs_of_person(self._program.id, one) for one in about))
        return None if person_id in about else self.would_hear(Kind.UNCONFIRMED, letter.id)

    def said_of(self, letter: Letter) -> tuple[str, str]:
        """Who said last what became of a message of unknown fate, and what they said; empty where nobody did."""
        self._see(facts.letter(letter.id))
        told = audit.last(self._tx, self._program.id, letter.id, ("it arrived", "send again"))
        return told or ("", "")

    def introduction(self, pair_id: int) -> Letter | None:
        """The message that introduces a pair."""
        found = letters.about(self._tx, self._program.id, Kind.INTRO, pair_id)
        self._see(*(facts.letter(one.id) for one in found))
        return found[0] if found else None

    @property
    def asks(self) -> AsksSeen:
        """What mentees are asked before an introduction."""
        return AsksSeen(self._tx, self._program, self._see)

    def is_late(self, pair: Pair) -> bool:
        """Whether a pair was found in the middle of its cycle, so that leads alone decide on it."""
        self._see(facts.pair(pair.id))
        return self._whole(pair).late

    def may_look_after(self, person_id: str | None, pair: Pair) -> bool:
        """Whether this person can hear what is for the leads one by one about that pair."""
        self._see_leads()
        self._see(facts.admins(self._program.workspace))
        heard = recipients.for_leads(self._tx, self._admins, self._program, groups.about(self._tx, pair))
        return person_id in heard.people

    def refused(self, error: str, since: datetime, until: datetime) -> list[Letter]:
        """The messages that Slack refused for that reason in that time."""
        self._see(facts.refused(self._program.id, error))
        return letters.refused(self._tx, self._program.id, error, since, until)

    def clocks_on(self, otherwise: date) -> date:
        """The day whose clocks shared hours follow now."""
        self._see(facts.clocks(self._program.id))
        return programs.hours_on(self._tx, self._program.id) or otherwise

    def week_asked_about(self, checkin: CheckIn, again: bool) -> date | None:
        """The Monday of a question's week where it is asked in a later one, else None."""
        member = self.member(checkin.person_id)
        program = self._setting("calendar")
        return asking.week_asked_about(program, member, checkin, again) if member else None

    def zone_of(self, member: Member) -> str:
        """The time zone in which somebody lives, the program's where theirs is not known."""
        return zone_of(member.person, self._setting("calendar"))
