"""A program's life in fast time: nobody is forgotten, asked twice, written to at night, or written to too often."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentoring.budget import A_WEEK, ALWAYS
from mentoring.checkins import Answer
from mentoring.errors import ProgramError
from mentoring.messages import Kind
from mentoring.pairings import PairState
from mentoring.patience import AT_ONCE
from program import checkins, planning
from storage import checkins as stored
from storage.database import Database
from tests.program.office import MONDAY, WEEK, Office, Said

ZONES = (
    *("Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham"),
    *("Africa/Cairo", "Asia/Gaza", "Africa/Casablanca", "Antarctica/Troll", "Pacific/Apia"),
    *("America/Sao_Paulo", "America/St_Johns", "Asia/Kathmandu", "Asia/Tokyo", "Europe/Berlin"),
    *("America/Los_Angeles", "Asia/Tehran", "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu"),
)
STEP = timedelta(hours=12)


def town(database: Database, couples: int, zones: int) -> tuple[Office, dict[str, str]]:
    """So many pairs over these zones, whose leads approve all; gives where everybody is."""
    office = Office(database)
    office.sets_up(cycle_weeks=52)
    office.rules(min_overlap=0)
    places: dict[str, str] = {}
    for number in range(couples):
        zone = ZONES[number % zones]
        places |= dict.fromkeys(office.couple(number, zone=zone), zone)
    return office, places


def lives(office: Office, until: datetime) -> None:
    """Everybody answers in their own way, by their number: some never, some plan, some meet."""
    while office.clock() < until:
        office.lives_until(office.clock() + STEP)
        for pair in office.pairs:
            if pair.state is PairState.PROPOSED:
                office.approves(pair.id)
        for person, checkin_id in _open(office):
            _answers(office, person, checkin_id)


def _open(office: Office) -> Iterator[tuple[str, int]]:
    with office.ctx.database.read() as tx:
        asked = [one for one in stored.open_of(tx, office.in_tx(tx).id) if one.asked_at]
    yield from ((one.person_id, one.id) for one in asked)


def _answers(office: Office, person: str, checkin_id: int) -> None:
    way = (int("".join(filter(str.isdigit, person))) + checkin_id) % 5
    if way == 0:
        return
    try:
        if way == 1:
            number = next(one.id for one in office.pairs if person in one.people)
            planning.plan(
                office.ctx, office.workspace, person, number, office.clock() + timedelta(days=9, hours=5)
            )
        else:
            given = (Answer.MET, Answer.NOT_YET, Answer.MET)[way - 2]
            checkins.answer(office.ctx, office.workspace, person, checkin_id, given)
    except ProgramError:
        return


def week_of(moment: datetime, zone: str) -> tuple[int, int]:
    year, week, _ = moment.astimezone(ZoneInfo(zone)).isocalendar()
    return year, week


def direct(office: Office, places: dict[str, str]) -> Iterator[tuple[str, Said]]:
    """What people got one by one that the bot began."""
    for one in office.said:
        person = one.recipient.removeprefix("person:")
        if one.is_new and person in places and one.kind not in AT_ONCE:
            yield person, one


def check(office: Office, places: dict[str, str]) -> Counter[int]:
    """Hold what was promised; gives in how many weeks of people how many messages came."""
    weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
    asked: dict[str, list[datetime]] = defaultdict(list)
    questions: Counter[tuple[str, tuple[int, int], Kind]] = Counter()
    for person, one in direct(office, places):
        local = one.at.astimezone(ZoneInfo(places[person]))
        assert local.weekday() < 5, (person, one.kind, local)
        assert 9 <= local.hour < 17, (person, one.kind, local)
        week = week_of(one.at, places[person])
        weeks[person, week] += one.kind not in ALWAYS
        if one.kind in (Kind.CHECKIN, Kind.MET_YET):
            asked[person].append(one.at)
            questions[person, week, one.kind] += 1
    assert max(weeks.values()) <= A_WEEK
    assert set(questions.values()) == {1}, "one question of a kind in a week"
    assert set(asked) == set(places), "nobody is forgotten"
    return Counter(weeks.values())


def test_six_weeks_of_ten_people_in_three_zones(sqlite: Database) -> None:
    office, places = town(sqlite, couples=5, zones=3)
    lives(office, MONDAY + 7 * WEEK)
    told = check(office, places)
    assert sum(told.values()) >= 10 * 4


@pytest.mark.slow
def test_a_year_of_two_hundred_people_in_twenty_zones(
    sqlite: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    office, places = town(sqlite, couples=100, zones=20)
    lives(office, MONDAY + 53 * WEEK)
    told = check(office, places)
    rows = [f"{number:>4}: {times}" for number, times in sorted(told.items())]
    with capsys.disabled():
        sys.stdout.write(
            "\n".join(["", "messages of one person in a week, and in how many weeks:", *rows, ""])
        )
