"""What people got in a town's life, counted: by person and week, outside of working hours, and for each due week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from mentoring.messages import CheckInQuestions, Kind
from mentoring.patience import AT_ONCE
from tests.program.office import WEEK, Said
from tests.year.town import Town, if_there

PeopleAndWeek = tuple[str, tuple[int, int]]
SATURDAY = 5
A_WEEK = 5
"""The budget of a person, spelled out for the bot of a time that had none."""

ALWAYS: frozenset[Kind] = getattr(if_there("mentoring.budget"), "ALWAYS", frozenset())


@dataclass(frozen=True)
class Counted:
    """A town's life up to a moment, whatever has happened there since."""

    town: Town
    until: datetime

    @cached_property
    def got(self) -> list[tuple[str, Said]]:
        """What each person got, alone or as one of a pair, that the bot began."""
        return [*self._begun_by_the_bot()]

    def _begun_by_the_bot(self) -> Iterator[tuple[str, Said]]:
        for one in self.town.office.said:
            if one.at > self.until:
                return
            place, _, name = one.recipient.partition(":")
            readers = self.town.paired[int(name)].people if place == "pair" else (name,)
            if one.is_new and one.kind not in AT_ONCE:
                yield from ((who, one) for who in readers if who in self.town.places)

    @cached_property
    def weeks(self) -> dict[PeopleAndWeek, list[Said]]:
        """All of it by person and week at their place, in order, with the weeks in which nothing came."""
        first = min(self.town.begun.values())
        found: dict[PeopleAndWeek, list[Said]] = defaultdict(list)
        for person in self.town.places:
            moment = first
            while moment < self.until:
                found[person, self._week(person, moment)] = []
                moment += WEEK
        for person, one in self.got:
            found[person, self._week(person, one.at)].append(one)
        return found

    def _week(self, person: str, moment: datetime) -> tuple[int, int]:
        year, week, _ = self._local(person, moment).isocalendar()
        return year, week

    def _local(self, person: str, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.town.places[person]))

    @property
    def messages(self) -> Counter[int]:
        """How many weeks of people had so many messages."""
        return Counter(len(those) for those in self.weeks.values())

    @property
    def too_many(self) -> list[tuple[PeopleAndWeek, Kind]]:
        """What came though five had come in that week already, and could have waited."""
        return [
            (who, one.kind)
            for who, those in self.weeks.items()
            for one in those[A_WEEK:]
            if one.kind not in ALWAYS
        ]

    @property
    def kinds(self) -> Counter[Kind]:
        """How many messages there were of each kind, to all."""
        return Counter(one.kind for _, one in self.got)

    @property
    def out_of_hours(self) -> list[tuple[str, Kind, datetime]]:
        """What came outside of nine to five, Monday to Friday, at the reader's place."""
        local = [(who, one.kind, self._local(who, one.at)) for who, one in self.got]
        return [one for one in local if one[2].weekday() >= SATURDAY or not 9 <= one[2].hour < 17]

    @cached_property
    def asked(self) -> dict[tuple[int, str], Counter[str]]:
        """How often each side of a pair was asked its usual question, by week."""
        asked: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        for one in self.town.office.kinds(Kind.CHECKIN):
            assert isinstance(one.content, CheckInQuestions)
            for prompt in one.content.prompts:
                asked[prompt.checkin.pair_id, prompt.checkin.person_id][prompt.checkin.week] += 1
        return asked

    @property
    def twice(self) -> list[tuple[tuple[int, str], str]]:
        """Where a usual question came more than once in a week, whether it was due or not."""
        return [(side, week) for side, weeks in self.asked.items() for week, n in weeks.items() if n > 1]

    @cached_property
    def due(self) -> dict[tuple[int, str, str], int]:
        """How many questions came in each week that was due: no break of the two in it, and no meeting planned."""
        found = {}
        for number, since in self.town.begun.items():
            pair = self.town.paired[number]
            for person in pair.people:
                begins = since + WEEK
                while begins < self.until - 2 * WEEK:
                    year, week, _ = begins.isocalendar()
                    name = f"{year}-W{week:02}"
                    if not self.town.is_quiet(pair, self.town.monday(person, year, week)):
                        found[number, person, name] = self.asked[number, person][name]
                    begins += WEEK
        return found

    @property
    def forgotten(self) -> list[tuple[int, str, str]]:
        """The weeks that were due in which a side was not asked."""
        return [one for one, times in self.due.items() if not times]

    @property
    def never_paired(self) -> set[str]:
        """Who was never introduced to anybody."""
        return {*self.town.places} - {
            who for pair in self.town.begun for who in self.town.paired[pair].people
        }
