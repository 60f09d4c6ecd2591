"""A town that lives through a program: who lives where, and what everybody does, each in their own way.

It also lives with the bot of an earlier time: what that could not do, nobody does (`python -m tests.year`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from mentoring.checkins import Answer
from mentoring.errors import ProgramError
from mentoring.pairings import Pair, PairState
from mentoring.people import Standing
from program import checkins, members, outgoing
from program.outgoing import Letter
from storage import checkins as stored
from storage import members as stored_members
from storage.database import Database
from tests.program.office import MONDAY, WEEK, Office

ZONES = (
    *("Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham"),
    *("Africa/Cairo", "Asia/Gaza", "Africa/Casablanca", "Antarctica/Troll", "Pacific/Apia"),
    *("America/Sao_Paulo", "America/St_Johns", "Asia/Kathmandu", "Asia/Tokyo", "Europe/Berlin"),
    *("America/Los_Angeles", "Asia/Tehran", "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu"),
)
DAY = timedelta(days=1)
BREAK = timedelta(days=11)

BUSY = 7
"""Every so many couples a mentor has three mentees, and so three pairs that are asked about and reminded."""


def if_there(name: str) -> Any:
    """A module of the bot; None where the bot at hand is older than it."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None


agreements, ask_first, planning, quiet = (
    if_there(f"program.{name}") for name in ("agreements", "ask_first", "planning", "quiet")
)


class QuickOffice(Office):
    """An office that looks at new messages alone: what changes on a screen is nobody's message."""

    def _deliver(self, letter: Letter) -> bool:
        if not letter.posted:
            return super()._deliver(letter)
        outgoing.unchanged(self.ctx, letter)
        return True


@dataclass
class Town:
    """People who live through a program, where they are, and when their breaks or a pair's plans keep it quiet.

    One of `plans_each` answers plans a meeting, a multiple of five.
    """

    office: Office
    plans_each: int = 20
    places: dict[str, str] = field(default_factory=dict)
    breaks: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    plans: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    paired: dict[int, Pair] = field(default_factory=dict)
    begun: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, database: Database, couples: int, zones: int, plans_each: int = 20) -> Town:
        """So many couples over these zones, whose mentees are asked first; some mentors have three mentees."""
        office = QuickOffice(database)
        office.sets_up(cycle_weeks=52)
        office.rules(min_overlap=0, **({"ask_first": True} if ask_first else {}))
        town = cls(office, plans_each)
        for number in range(couples):
            zone = ZONES[number % zones]
            busy = number % BUSY == 0
            office.couple(number, zone=zone, **({"mentor_capacity": 3} if busy else {}))
            more = [f"UMENTEE{number}{letter}" for letter in "AB"] if busy else []
            for one in more:
                topic = (f"Topic number {number}",)
                office.joins(one, zone, role="learn", level=5, shares=(), wants=topic)
            town.places |= dict.fromkeys([f"UMENTOR{number}", f"UMENTEE{number}", *more], zone)
        return town

    def lives(self, until: datetime) -> Iterator[datetime]:
        """Everybody answers, signs, plans and takes breaks in their own way, by their number; gives each evening."""
        office = self.office
        while office.clock() < until:
            office.lives_until(office.clock() + DAY)
            self.meets_others()
            self.takes_breaks()
            for person, checkin_id in _open(office):
                self.answers(person, checkin_id)
            yield office.clock()

    def meets_others(self) -> None:
        """Leads approve, mentees say yes, at once or when they are reminded, and all but some sign."""
        office = self.office
        for pair in office.pairs:
            if pair.id not in self.paired and pair.state is PairState.PROPOSED:
                office.approves(pair.id)
                self.paired[pair.id] = pair
            elif ask_first and pair.state is PairState.APPROVED:
                if office.clock() > MONDAY + (5 + pair.id % 3) * DAY:
                    _whatever(ask_first.yes, office, pair.mentee_id, pair.id)
            elif pair.introduced_at and pair.id not in self.begun:
                self.begun[pair.id] = pair.introduced_at
                for person in pair.people:
                    if agreements and _number(person) % 2:
                        _whatever(agreements.sign, office, person, pair.id)

    def takes_breaks(self) -> None:
        """Twice in four months somebody pauses or is away, mentors and mentees in weeks of their own.

        Whoever rests by silence comes back at once.
        """
        office, now = self.office, self.office.clock()
        if not self.begun:
            return
        with office.ctx.database.read() as tx:
            everybody = stored_members.of_program(tx, office.in_tx(tx).id, self.places)
        for person, member in everybody.items():
            turn = ((now - MONDAY).days + _turn(person)) % 112
            until = (now + BREAK - DAY).date()
            if member.standing is Standing.PAUSED and not self._on_a_break(person, now):
                self.breaks[person].append((now - WEEK, now))
                members.resume(office.ctx, office.workspace, person)
            elif member.standing is Standing.ACTIVE and (turn == 50 or (quiet and turn == 100)):
                self.breaks[person].append((now, now + BREAK))
                take = members.pause if turn == 50 else quiet.go_away
                take(office.ctx, office.workspace, person, until)

    def _on_a_break(self, person: str, now: datetime) -> bool:
        return any(starts <= now <= ends + DAY for starts, ends in self.breaks[person])

    def answers(self, person: str, checkin_id: int) -> None:
        """Four in five answer; some plan, and say when where the bot asks for it."""
        office = self.office
        way = (_number(person) + checkin_id) % self.plans_each
        if way == 1 and planning:
            number = next(one.pair_id for one in office.checkins(person) if one.id == checkin_id)
            at = office.clock() + timedelta(days=9, hours=5)
            if _whatever(planning.plan, office, person, number, at):
                self.plans[number].append((office.clock(), at + 9 * DAY))
        elif way % 5:
            given = (
                Answer.PLANNED
                if way == 1
                else (Answer.MET, Answer.MET, Answer.NOT_YET, Answer.MET)[way % 5 - 1]
            )
            _whatever(checkins.answer, office, person, checkin_id, given)

    def is_quiet(self, pair: Pair, begins: datetime) -> bool:
        """Whether in a week, or just before it, one of the two was on a break or a meeting was planned."""
        ends = begins + WEEK
        known = [*self.plans[pair.id], *(one for who in pair.people for one in self.breaks[who])]
        return any(start < ends and end > begins - DAY for start, end in known)

    def monday(self, person: str, year: int, week: int) -> datetime:
        """When an ISO week begins at somebody's place."""
        return datetime.fromisocalendar(year, week, 1).replace(tzinfo=ZoneInfo(self.places[person]))


def _turn(person: str) -> int:
    """Where somebody is in their sixteen weeks; a mentee is half of them ahead."""
    return 3 * _number(person) + (0 if person.startswith("UMENTOR") else 56)


def _number(person: str) -> int:
    return int("".join(filter(str.isdigit, person)))


def _whatever(act: Any, office: Office, person: str, *what: Any) -> bool:
    """Do something as far as it can be done by now; tells whether it could."""
    try:
        act(office.ctx, office.workspace, person, *what)
    except ProgramError:
        return False
    return True


def _open(office: Office) -> Iterator[tuple[str, int]]:
    with office.ctx.database.read() as tx:
        asked = [one for one in stored.open_of(tx, office.in_tx(tx).id) if one.asked_at]
    yield from ((one.person_id, one.id) for one in asked)
