"""A program's life in fast time: nobody is forgotten, asked twice, written to at night, or written to too often."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mentoring.budget import A_WEEK, ALWAYS
from mentoring.checkins import Answer
from mentoring.errors import ProgramError
from mentoring.messages import CheckInQuestions, Kind
from mentoring.pairings import Pair, PairState
from mentoring.patience import AT_ONCE
from mentoring.people import Standing
from program import agreements, ask_first, checkins, members, planning, quiet, weekly_budget
from program.asking import monday
from storage import checkins as stored
from storage.database import Database
from tests.effort import at_length
from tests.fixtures.databases import empty
from tests.program.office import MONDAY, WEEK, Office, Said

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

PeopleAndWeek = tuple[str, tuple[int, int]]


@dataclass
class Town:
    """People who live through a program, where they are, and when they, or a meeting they plan, keep it quiet."""

    office: Office
    places: dict[str, str] = field(default_factory=dict)
    breaks: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    paired: dict[int, Pair] = field(default_factory=dict)
    begun: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, database: Database, couples: int, zones: int) -> Town:
        """So many couples over these zones, whose mentees are asked first; some mentors have three mentees."""
        office = Office(database)
        office.sets_up(cycle_weeks=52)
        office.rules(min_overlap=0, ask_first=True)
        town = cls(office)
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

    def lives(self, until: datetime) -> None:
        """Everybody answers, signs, plans and takes breaks in their own way, by their number."""
        office = self.office
        while office.clock() < until:
            office.lives_until(office.clock() + DAY)
            self.meets_others()
            self.takes_breaks()
            for person, checkin_id in _open(office):
                self.answers(person, checkin_id)

    def meets_others(self) -> None:
        """Leads approve, mentees say yes, at once or when they are reminded, and all but some sign."""
        office = self.office
        for pair in office.pairs:
            if pair.id not in self.paired and pair.state is PairState.PROPOSED:
                office.approves(pair.id)
                self.paired[pair.id] = pair
            elif pair.state is PairState.APPROVED and office.clock() > MONDAY + (5 + pair.id % 3) * DAY:
                _whatever(ask_first.yes, office, pair.mentee_id, pair.id)
            elif pair.introduced_at and pair.id not in self.begun:
                self.begun[pair.id] = pair.introduced_at
                for person in pair.people:
                    if _number(person) % 2:
                        _whatever(agreements.sign, office, person, pair.id)

    def takes_breaks(self) -> None:
        """Twice in four months somebody pauses or is away; whoever rests by silence comes back at once."""
        office, now = self.office, self.office.clock()
        for person in self.places:
            turn = ((now - MONDAY).days + 3 * _number(person)) % 112
            until = (now + BREAK - DAY).date()
            standing = office.member(person).standing if self.begun else Standing.ACTIVE
            if standing is Standing.PAUSED and not self._on_a_break(person, now):
                self.breaks.append((person, now - WEEK, now))
                members.resume(office.ctx, office.workspace, person)
            elif self.begun and turn in (50, 100) and standing is Standing.ACTIVE:
                self.breaks.append((person, now, now + BREAK))
                take = members.pause if turn == 50 else quiet.go_away
                take(office.ctx, office.workspace, person, until)

    def _on_a_break(self, person: str, now: datetime) -> bool:
        return any(who == person and starts <= now <= ends + DAY for who, starts, ends in self.breaks)

    def answers(self, person: str, checkin_id: int) -> None:
        office = self.office
        way = (_number(person) + checkin_id) % 5
        if way == 1:
            number = next(one.pair_id for one in office.checkins(person) if one.id == checkin_id)
            at = office.clock() + timedelta(days=9, hours=5)
            if _whatever(planning.plan, office, person, number, at):
                self.breaks += [(one, office.clock(), at + 9 * DAY) for one in self.paired[number].people]
        elif way:
            given = (Answer.MET, Answer.NOT_YET, Answer.MET)[way - 2]
            _whatever(checkins.answer, office, person, checkin_id, given)

    def is_quiet(self, pair: Pair, week: str) -> bool:
        """Whether in a week, or just before it, one of the two was on a break or a meeting was planned."""
        zone = ZoneInfo(self.places[pair.mentee_id])
        begins = datetime.combine(monday(week), datetime.min.time(), zone)
        return any(
            who in pair.people and starts < begins + WEEK and ends > begins - DAY
            for who, starts, ends in self.breaks
        )


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


def week_of(moment: datetime, zone: str) -> tuple[int, int]:
    year, week, _ = moment.astimezone(ZoneInfo(zone)).isocalendar()
    return year, week


def begun_by_the_bot(town: Town) -> Iterator[tuple[str, Said]]:
    """What each person got, alone or as one of a pair, that the bot began."""
    for one in town.office.said:
        place, _, name = one.recipient.partition(":")
        readers = town.paired[int(name)].people if place == "pair" else (name,)
        if one.is_new and one.kind not in AT_ONCE:
            yield from ((who, one) for who in readers if who in town.places)


def weeks_of_people(town: Town) -> dict[PeopleAndWeek, list[Said]]:
    """All that the bot began, by person and week at their place, in order."""
    weeks: dict[PeopleAndWeek, list[Said]] = defaultdict(list)
    for person, one in begun_by_the_bot(town):
        weeks[person, week_of(one.at, town.places[person])].append(one)
    return weeks


def too_many(town: Town) -> list[tuple[PeopleAndWeek, Kind]]:
    """What came though five had come in that week already, and could have waited."""
    return [
        (who, one.kind)
        for who, those in weeks_of_people(town).items()
        for one in those[A_WEEK:]
        if one.kind not in ALWAYS
    ]


def out_of_hours(town: Town) -> list[tuple[str, Kind, datetime]]:
    local = [
        (who, one.kind, one.at.astimezone(ZoneInfo(town.places[who]))) for who, one in begun_by_the_bot(town)
    ]
    return [one for one in local if one[2].weekday() > 4 or not 9 <= one[2].hour < 17]


def questions(town: Town) -> dict[tuple[int, str], Counter[str]]:
    """How often each side of a pair was asked its usual question, by week."""
    asked: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for one in town.office.kinds(Kind.CHECKIN):
        assert isinstance(one.content, CheckInQuestions)
        for prompt in one.content.prompts:
            asked[prompt.checkin.pair_id, prompt.checkin.person_id][prompt.checkin.week] += 1
    return asked


def forgotten(town: Town, until: datetime) -> tuple[int, list[tuple[int, str, str]]]:
    """How many weeks were due, and those of them in which a side of a pair was not asked its question once."""
    asked, missing, due = questions(town), [], 0
    for number, since in town.begun.items():
        pair = town.paired[number]
        for person in pair.people:
            begins = since + WEEK
            while begins < until - 2 * WEEK:
                year, week, _ = begins.isocalendar()
                name = f"{year}-W{week:02}"
                if not town.is_quiet(pair, name):
                    due += 1
                    missing += [(number, person, name)] if asked[number, person][name] != 1 else []
                begins += WEEK
    return due, missing


def check(town: Town, until: datetime, budget: bool = True) -> Counter[int]:
    """Hold what was promised; gives in how many weeks of people how many messages came."""
    assert out_of_hours(town) == []
    again = [(side, week) for side, weeks in questions(town).items() for week, n in weeks.items() if n > 1]
    assert again == [], "one usual question in a week"
    due, missing = forgotten(town, until)
    assert due > 0
    assert missing == [], f"nobody is forgotten, in {due} due weeks"
    assert len({one for pair in town.begun for one in town.paired[pair].people}) == len(town.places)
    if budget:
        assert too_many(town) == []
    return Counter(len(those) for those in weeks_of_people(town).values())


def printed(town: Town, told: Counter[int], lifted: Counter[int], over: int) -> str:
    """The distribution, beside the one of the same life without a budget."""
    head = ["", "Messages of one person in a week, and in how many weeks: with the budget, and without it"]
    rows = [f"{number:>4}: {told[number]:>6} {lifted[number]:>6}" for number in sorted({*told, *lifted})]
    kinds = Counter(one.kind for _, one in begun_by_the_bot(town))
    by_kind = ", ".join(f"{kind} {times}" for kind, times in kinds.most_common())
    return "\n".join([*head, *rows, f"Over the budget without it: {over}. By kind: {by_kind}", ""])


def without_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    def now(*_: object) -> None:
        """Nothing waits for another week."""

    monkeypatch.setattr(weekly_budget, "waits_until", now)


@pytest.mark.slow
def test_four_weeks_of_a_few_people_in_two_zones(sqlite: Database) -> None:
    town, until = Town.of(sqlite, couples=2, zones=2), MONDAY + 5 * WEEK
    town.lives(until)
    told = check(town, until)
    assert sum(told.values()) >= len(town.places) * 3


def whole_life(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, couples: int, zones: int, weeks: int
) -> str:
    """The same life twice, with the budget and without it; gives what is printed of them."""
    until = MONDAY + (weeks + 1) * WEEK
    town = Town.of(empty(sqlite), couples, zones)
    town.lives(until)
    told = check(town, until)
    without_budget(monkeypatch)
    before = Town.of(empty(sqlite), couples, zones)
    before.lives(until)
    return printed(town, told, check(before, until, budget=False), len(too_many(before)))


@at_length
@pytest.mark.slow
@pytest.mark.parametrize(
    ("couples", "zones", "weeks"),
    [pytest.param(10, 10, 12, id="quarter"), pytest.param(87, 20, 52, id="year")],
)
def test_a_year_of_two_hundred_people_in_twenty_zones(
    sqlite: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    couples: int,
    zones: int,
    weeks: int,
) -> None:
    """Through all clock changes of a year; 87 couples, and two mentees more for every seventh of them."""
    told = whole_life(sqlite, monkeypatch, couples, zones, weeks)
    with capsys.disabled():
        sys.stdout.write(told)
