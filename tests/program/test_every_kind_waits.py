"""Every kind of message waits for its readers' working time, in every zone, on every day, through clock changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

import pytest

from mentoring.messages import Kind, Notice, to_pair, to_person
from mentoring.patience import AT_ONCE, waits
from program import outgoing
from program.subjects import OfProgram
from storage.outbox import outbox
from storage.outbox.letters import Letter
from tests.program.office import LEAD, Office
from tests.program.test_working_hours import ZONES, is_work

MENTEE = "UMENTEE1"
BEGUN = [kind for kind in Kind if kind not in AT_ONCE]
CHANGES = ("2026-03-07", "2026-03-28", "2026-04-03", "2026-09-26", "2026-10-24", "2026-10-31")
"""A day before clocks change in America, Europe, Australia (back and forward), Europe and America."""

DAYS = sorted(
    {
        datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=step)
        for day in CHANGES
        for step in range(7)
    }
)
HOURS = (timedelta(hours=1, minutes=30), timedelta(hours=9, minutes=59), timedelta(hours=20, minutes=1))


def queued(office: Office, notice: Notice) -> Letter:
    with office.ctx.act(about=OfProgram(office.program.id)) as act:
        outbox.put(act.tx, act.program.id, notice, act.now)
    (letter,) = office.letters(notice.kind, notice.subject)
    return letter


def opens(office: Office, letter: Letter) -> datetime:
    """When a message may come, as seen now."""
    with office.ctx.read(about=OfProgram(letter.program_id)) as act:
        return outgoing._opens_at(act, letter) or act.now


def works(zone: str, moment: datetime) -> bool:
    return is_work(moment, zone, (540, 1020), (0, 1, 2, 3, 4))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("to_both", [False, True])
def test_nothing_that_the_bot_begins_comes_outside_its_readers_working_time(
    office: Office, to_both: bool
) -> None:
    """In each zone, on each of these days, in turn one kind after the other: each is tried in each zone."""
    office.sets_up()
    pair = office.introduced_in_place()
    letter = queued(office, to_pair(Kind.UNSIGNED, pair.id) if to_both else to_person(Kind.NUDGE, 7, MENTEE))
    waited: Counter[Kind] = Counter()
    for zone in ZONES:
        for person in pair.people:
            office.directory_says(person, time_zone=zone)
        for day, hour, kind in zip(DAYS, cycle(HOURS), cycle(BEGUN), strict=False):
            office.clock.time = now = day + hour
            opened = opens(office, replace(letter, notice=replace(letter.notice, kind=kind)))
            assert works(zone, opened), (kind, now, opened.astimezone(ZoneInfo(zone)))
            assert (opened == now) == works(zone, now)
            assert opened - now < timedelta(days=3)
            waited[kind] += opened > now
    assert {kind for kind in BEGUN if waited[kind]} == set(BEGUN)


def test_only_what_answers_somebody_comes_at_once(office: Office) -> None:
    """A kind that is to come waits too: only those that are named do not."""
    office.sets_up()
    office.clock.time = datetime(2026, 3, 7, 23, 0, tzinfo=UTC)
    for kind in Kind:
        opened = opens(office, queued(office, to_person(kind, 7, LEAD)))
        assert waits(kind) == (kind not in AT_ONCE)
        assert opened == (office.clock() if kind in AT_ONCE else datetime(2026, 3, 9, 9, 0, tzinfo=UTC)), kind
