"""Weeks: pairs in twenty time zones live for years, and each person is asked once in each of their local weeks."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from sqlalchemy import text

import storage.database
from mentoring.cadence import Weekly, occurrence, week_of
from mentoring.checkins import FIRST_AFTER
from program import checkins
from storage.database import Database
from storage.keeping import schema
from tests.harness import Clock
from tests.program.office import Office
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.workload import ANY_DAY

ZONES = (
    "UTC", "Europe/Lisbon", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles",
    "America/St_Johns", "America/Sao_Paulo", "America/Nuuk", "Australia/Lord_Howe", "Australia/Adelaide",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Africa/Cairo", "Africa/Casablanca", "Asia/Gaza",
    "Asia/Kolkata", "Asia/Tehran", "Antarctica/Troll",
)  # fmt: skip
"""Those that move their clocks by an hour, by half of one or by two, at midnight, for Ramadan, or not at all."""

DAYS = (0, 2, 3, 6)
TIMES = ("00:00", "02:30", "10:00", "17:00", "23:45")
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
STEP = timedelta(hours=2)
SLEEPS = 0.02
"""So often the bot sleeps instead, for up to three days."""

DOWN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Found:
    """What one program's years came to."""

    weeks: int = 0
    missed: int = 0
    doubled: int = 0
    early: int = 0
    skipped: int = 0


def years(plan: Plan) -> Measured:
    """Programs of every weekday and hour, each with people in every zone, live for so many years without a stop."""
    combined = list(product(DAYS[: plan["days"]], TIMES[: plan["hours"]]))
    work = [
        (ZONES[: plan["zones"]], day, at, plan["years"], seed)
        for (day, at), seed in zip(combined, plan.seeds(len(combined)), strict=True)
    ]
    total = Found()
    with ProcessPoolExecutor(plan.jobs) as pool:
        for number, found in enumerate(pool.map(_lived, work), 1):
            total = Found(*(mine + new for mine, new in zip(astuple(total), astuple(found), strict=True)))
            plan.tell(f"program {number} of {len(work)}: {total}")
    return Measured(
        f"{plan['zones']} zones, {plan['days']} weekdays, {plan['hours']} hours, {plan['years']} years:"
        f" {total.weeks:,} weeks of somebody",
        f"{total.missed} missed, {total.doubled} asked twice, {total.early} asked early;"
        f" {total.skipped} skipped as too late after a sleep",
        flaws_of(
            (not total.missed, f"{total.missed} weeks were missed"),
            (not total.doubled, f"{total.doubled} weeks were asked twice"),
            (not total.early, f"{total.early} questions came early"),
        ),
    )


Given = tuple[tuple[str, ...], int, str, int, int]


def _lived(given: Given) -> Found:
    """One program, with a pair in each zone, for so many years."""
    zones, day, at, length, seed = given
    storage.database.PRAGMAS = tuple(
        one.replace("synchronous=FULL", "synchronous=OFF") for one in storage.database.PRAGMAS
    )
    with tempfile.TemporaryDirectory(prefix="soak-weeks-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'years.db'}")
        schema.upgrade(database)
        try:
            return _years(Office(database, clock=Clock(START)), zones, day, at, length, random.Random(seed))
        finally:
            database.close()


def _years(office: Office, zones: Sequence[str], day: int, at: str, length: int, rng: random.Random) -> Found:
    office.sets_up(
        first_start=(START.date() + WEEK).isoformat(),
        checkin_weekday=day,
        checkin_time=at,
        working_days=ANY_DAY,
    )
    zone_of: dict[str, str] = {}
    for number, zone in enumerate(zones):
        for person in office.couple(number, zone=zone, starts="00:00", ends="23:59", working_days=ANY_DAY):
            zone_of[person] = zone
    office.matches()
    office.approves(*(pair.id for pair in office.pairs))
    office.introduces()
    office.delivers()
    # One cycle for all the years, so that the weeks are those of the same people.
    with office.ctx.database.write() as tx:
        tx.execute(text("UPDATE cycles SET ends_at = '2099-01-01 00:00:00.000000', state = 'running'"))
    begun = office.clock()
    ends = begun + timedelta(days=365.25 * length)
    while office.clock() < ends:
        office.clock.time += STEP if rng.random() > SLEEPS else rng.uniform(0.1, 1) * DOWN
        checkins.prompt_due(office.ctx)
        _answers(office)
    hours, minutes = map(int, at.split(":"))
    weekly = Weekly(day, hours * 60 + minutes)
    return _counted(office, zone_of, weekly, begun + FIRST_AFTER + WEEK, ends - WEEK)


def _answers(office: Office) -> None:
    """Everybody answers what they were asked, so that nobody is paused for silence."""
    with office.ctx.database.write() as tx:
        tx.execute(
            text("UPDATE checkins SET asked_at = :now WHERE asked_at IS NULL"), {"now": _stored(office)}
        )
        tx.execute(
            text(
                "UPDATE checkins SET state = 'answered', answer = 'met', answered_at = asked_at WHERE state = 'asked'"
            )
        )


def _stored(office: Office) -> str:
    """The moment as SQLite keeps it."""
    return f"{office.clock():%Y-%m-%d %H:%M:%S.%f}"


def _counted(
    office: Office, zone_of: dict[str, str], weekly: Weekly, since: datetime, until: datetime
) -> Found:
    """Compare what was asked with what a calendar says of each person's zone, week by week."""
    with office.ctx.database.read() as tx:
        rows = tx.execute(text("SELECT person_id, week, state, asked_at FROM checkins")).all()
    asked: dict[tuple[str, str], list[datetime]] = {}
    for row in rows:
        moment = datetime.fromisoformat(row.asked_at) if row.asked_at else since
        asked.setdefault((row.person_id, row.week), []).append(moment.replace(tzinfo=UTC))
    weeks = missed = doubled = early = 0
    for person, zone in zone_of.items():
        day = since.date()
        while day < until.date():
            planned = occurrence(weekly, day, zone)
            if since < planned.at < until:
                found = asked.get((person, week_of(day)), [])
                weeks += 1
                missed += not found
                doubled += len(found) > 1
                early += any(moment < planned.at for moment in found)
            day += WEEK
    return Found(weeks, missed, doubled, early, sum(row.state == "skipped" for row in rows))
