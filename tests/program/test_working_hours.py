"""Whatever the bot begins arrives while its readers are at work; whatever answers somebody arrives at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.checkins import Answer, CheckInState
from mentoring.messages import LEADS_CHANNEL, CheckInQuestions, Kind, of_week
from mentoring.pairings import PairState
from mentoring.people import Person, Standing
from program import checkins, members, outgoing, people, upcoming
from program.context import Context
from program.outgoing import Letter, Mail
from storage.database import Database
from tests.effort import examples
from tests.fixtures.databases import empty
from tests.program.office import (
    CHECKIN,
    HOME,
    INTRO,
    LEAD,
    PROPOSAL,
    REASK,
    WEEK,
    Office,
    prompt,
)

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
ZONES = (
    HOME,
    "Europe/Berlin",
    "Europe/Helsinki",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)
ANSWERS_SOMEBODY = (Kind.WELCOME, Kind.HELP)


def at(text: str) -> datetime:
    """That moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def arrivals(office: Office, kind: Kind) -> set[datetime]:
    return {one.at for one in office.kinds(kind)}


# --- what waits


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hours", "zone", "arrives"),
    [
        ({}, HOME, "2026-03-11T09:00"),
        ({"starts": "13:00", "ends": "21:00"}, HOME, "2026-03-11T13:00"),
        ({"working_days": (3, 4)}, HOME, "2026-03-12T09:00"),
        ({}, "America/New_York", "2026-03-11T13:00"),
    ],
)
def test_after_a_downtime_an_introduction_waits_for_both(
    office: Office, hours: dict[str, object], zone: str, arrives: str
) -> None:
    office.approved()
    office.edit(MENTEE, **hours)
    office.directory_says(MENTEE, time_zone=zone)
    office.at(at("2026-03-11T00:25"))
    assert office.kinds(Kind.INTRO, Kind.INTRO_TIME) == []
    assert office.pair().state is PairState.INTRODUCED
    office.lives_until(at("2026-03-13T12:00"))
    (intro,) = office.kinds(Kind.INTRO)
    assert intro.at - at(arrives) < timedelta(minutes=1)
    assert office.pair().introduced_at == intro.at
    assert min(arrivals(office, Kind.INTRO_TIME)) - at("2026-03-11T09:00") < timedelta(minutes=1)


def test_two_who_share_no_hour_meet_in_the_mentees_time(office: Office) -> None:
    office.sets_up()
    office.rules(min_overlap=0)
    office.couple()
    office.edit(MENTOR, working_days=(0, 1))
    office.edit(MENTEE, working_days=(3, 4))
    office.at(PROPOSAL)
    office.approves(office.pair().id)
    office.at(INTRO)
    office.lives_until(CHECKIN)
    (intro,) = office.kinds(Kind.INTRO)
    assert intro.at - at("2026-03-12T09:00") < timedelta(minutes=1)


def test_a_reminder_does_not_come_on_a_saturday(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.lives_until(CHECKIN + WEEK - timedelta(hours=1))
    (again,) = office.heard(MENTEE, Kind.REASK)
    assert again.at - REASK < timedelta(minutes=1)
    assert prompt(again).week_of == at("2026-03-09T00:00").date(), "on Monday it is about last week"


def test_who_works_on_saturdays_is_reminded_on_one(office: Office) -> None:
    office.introduced()
    office.edit(MENTEE, working_days=(3, 4, 5))
    office.lives_until(CHECKIN + WEEK - timedelta(hours=1))
    (again,) = office.heard(MENTEE, Kind.REASK)
    assert again.at - CHECKIN - timedelta(days=2) < timedelta(minutes=2)
    assert prompt(again).week_of is None


@pytest.mark.slow
def test_a_question_on_a_day_off_comes_on_the_next_working_day_and_once(office: Office) -> None:
    """Thursday's question reaches somebody who works from Monday to Wednesday on Monday."""
    office.introduced()
    office.edit(MENTEE, working_days=(0, 1, 2))
    office.lives_until(CHECKIN + timedelta(days=3))
    assert office.heard(MENTEE, Kind.CHECKIN) == []
    office.lives_until(CHECKIN + timedelta(days=5))
    (asked,) = office.heard(MENTEE, Kind.CHECKIN)
    assert asked.at - at("2026-03-16T09:00") < timedelta(minutes=1)
    assert (prompt(asked).checkin.week, prompt(asked).week_of) == ("2026-W11", at("2026-03-09T00:00").date())
    (opened,) = checkins.open_now(office.ctx, office.workspace, MENTEE)
    assert opened.checkin.id == prompt(asked).checkin.id, (
        "who opens the questions sees the one that was asked"
    )
    office.lives_until(CHECKIN + 3 * WEEK)
    weeks = [one.week for one in office.checkins(MENTEE)]
    assert weeks == ["2026-W11", "2026-W12", "2026-W13"][: len(weeks)]


def test_who_works_on_one_day_is_not_reminded_an_hour_before_the_next_question(office: Office) -> None:
    office.introduced()
    office.edit(MENTEE, working_days=(3,))
    office.lives_until(CHECKIN + WEEK + timedelta(hours=1))
    assert len(office.heard(MENTEE, Kind.CHECKIN)) == 2
    assert office.heard(MENTEE, Kind.REASK) == []


def test_a_question_that_would_come_too_late_is_skipped_with_a_record(office: Office) -> None:
    """Back on Friday evening: the next working moment is Monday, and the question was Thursday's."""
    office.introduced()
    office.at(CHECKIN + timedelta(days=1, hours=9))
    assert office.checkins(MENTEE)[0].state is CheckInState.SKIPPED
    office.lives_until(CHECKIN + timedelta(days=5))
    assert office.kinds(Kind.CHECKIN) == []


def test_other_messages_of_a_conversation_do_not_wait_with_one_that_does(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.at(at("2026-03-14T23:00"))
    members.leave(office.ctx, office.workspace, MENTOR)
    assert office.delivers(lambda one: one.notice.kind is Kind.PAIR_CLOSED) == []
    updates = office.delivers()
    assert [one.is_new for one in updates] == [False] * len(updates)
    assert updates, "what is on screen is kept up to date at any hour"
    waiting = [one for one in office.every_letter() if one.notice.kind is Kind.PAIR_CLOSED]
    assert [(one.attempts, one.not_before) for one in waiting] == [(0, at("2026-03-16T09:00"))]
    office.passes(minutes=1)
    assert upcoming.next_at(office.ctx) == at("2026-03-16T09:00")
    assert outgoing.waiting(office.ctx) == 0
    office.at(at("2026-03-16T09:00"))
    assert len(office.heard(MENTEE, Kind.PAIR_CLOSED)) == 1


def test_waiting_for_working_time_is_not_trouble(office: Office) -> None:
    """What Slack refuses is given up after a day, counted from when the message could first go."""
    office.introduced()
    office.at(at("2026-03-13T18:00"))
    members.leave(office.ctx, office.workspace, MENTOR)
    office.delivers()
    (held,) = [one for one in office.every_letter() if one.notice.kind is Kind.PAIR_CLOSED]
    assert held.could_go_at == at("2026-03-16T09:00")


@pytest.mark.parametrize(
    ("zone", "arrives"), [(None, "2026-03-16T09:00"), ("Asia/Tokyo", "2026-03-16T00:00")]
)
def test_leads_who_are_no_members_work_usual_hours_where_they_are(
    office: Office, zone: str | None, arrives: str
) -> None:
    office.introduced()
    people.record(office.ctx, office.workspace, [Person(LEAD, "Lea", zone)])
    office.clock.time = at("2026-03-14T12:00")
    outgoing.cannot_reach_leads(office.ctx, office.workspace, "CLEADS")
    assert office.delivers(lambda one: one.notice.kind is Kind.CHANNEL_TROUBLE) == []
    held = [one for one in office.every_letter() if one.notice.recipient == f"person:{LEAD}"]
    assert [one.not_before for one in held] == [at(arrives)]


# --- what does not wait


def test_a_welcome_comes_at_once(office: Office) -> None:
    office.sets_up()
    office.clock.time = at("2026-03-07T23:00")
    office.joins("UNIGHT")
    office.delivers()
    assert len(office.heard("UNIGHT", Kind.WELCOME)) == 1


def test_a_call_for_help_comes_at_once(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    office.clock.time = at("2026-03-14T23:00")
    checkins.answer(office.ctx, office.workspace, MENTEE, office.checkins(MENTEE)[0].id, Answer.HELP)
    office.delivers()
    assert len(office.kinds(Kind.HELP)) == 2


def test_what_leads_ask_for_comes_at_once(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.couple(2)
    office.clock.time = at("2026-03-07T23:00")
    office.matches()
    office.delivers()
    assert len(office.kinds(Kind.SUMMARY, Kind.CARD)) == 2
    office.approves(1)
    office.introduces()
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == 1
    office.at(INTRO)
    office.clock.time = INTRO + timedelta(hours=13)
    office.approves(2)
    office.delivers()
    assert len(office.kinds(Kind.INTRO)) == 2


def test_a_lead_who_asks_at_night_sees_the_cards_that_waited(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.at(PROPOSAL + timedelta(hours=10))
    assert office.kinds(Kind.SUMMARY, Kind.CARD) == []
    office.matches()
    office.delivers()
    assert len(office.kinds(Kind.CARD)) == 1


def test_a_message_that_a_lead_has_sent_again_goes_at_once(office: Office) -> None:
    office.introduced()
    office.clock.time = CHECKIN
    office.tick()
    (letter,) = office.letters(Kind.CHECKIN, of_week(office.checkins(MENTEE)[0].week, MENTEE))
    leased = outgoing.lease(office.ctx, letter, "courier")
    assert leased is not None
    outgoing.give_up(office.ctx, leased, "no_answer")
    office.clock.time = CHECKIN + timedelta(hours=10)
    outgoing.settle(office.ctx, office.workspace, LEAD, letter.id, arrived=False)
    office.delivers()
    assert len(office.heard(MENTEE, Kind.CHECKIN)) == 1


# --- whatever happens


@dataclass(frozen=True)
class Someone:
    """When one person works."""

    zone: str | None
    hours: tuple[int, int]
    days: tuple[int, ...] | None


Week = tuple[str, tuple[int, int], tuple[int, ...]]

days = st.sets(st.integers(0, 6), min_size=1).map(lambda some: tuple(sorted(some)))
people_at_work = st.builds(
    Someone,
    st.sampled_from([*ZONES, None]),
    st.sampled_from(
        [(540, 1020), (540, 1020), (300, 720), (840, 1350), (600, 660), (1320, 1800), (1080, 1560)]
    ),
    st.none() | days,
)
stretches = st.tuples(
    st.sampled_from(["up", "up", "down"]), st.integers(1, 9 * 24), st.sampled_from([None, *range(4)])
)


class Watched(Office):
    """An office that notes which new messages came while a reader was not at work."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.out_of_hours: list[str] = []
        self.seen: Counter[Kind] = Counter()

    def shows(self, mail: Mail, leased: Letter) -> bool:
        notice = leased.notice
        if not leased.posted and notice.kind not in ANSWERS_SOMEBODY:
            self.seen[notice.kind] += 1
            if not self._is_read_at_work(notice.recipient):
                self.out_of_hours.append(f"{notice.key} at {self.clock():%a %d %H:%M}")
        return super().shows(mail, leased)

    def _is_read_at_work(self, recipient: str) -> bool:
        calendar, (place, _, name) = self.program.calendar, recipient.partition(":")
        if recipient == LEADS_CHANNEL:
            ends = max(1020, calendar.intro.minutes + 60)
            hours = (min(540, calendar.intro.minutes), ends)
            return is_work(self.clock(), calendar.time_zone, hours, calendar.working_days)
        if place == "person":
            return is_work(self.clock(), *self._week_of(name))
        mentor, mentee = (self._week_of(person) for person in self.pair(int(name)).people)
        both = is_work(self.clock(), *mentor) and is_work(self.clock(), *mentee)
        return both or (is_work(self.clock(), *mentee) and self._never_both(mentor, mentee))

    def _never_both(self, one: Week, other: Week) -> bool:
        """Two people do not work at the same time in the coming week, looked at every ten minutes."""
        moments = (self.clock() + timedelta(minutes=minutes) for minutes in range(0, 7 * 24 * 60, 10))
        return not any(is_work(moment, *one) and is_work(moment, *other) for moment in moments)

    def _week_of(self, person_id: str) -> Week:
        """Where, between which minutes and on which days somebody works."""
        calendar, member = self.program.calendar, self.find(person_id)
        if member is None:
            return calendar.time_zone, (540, 1020), calendar.working_days
        own = member.profile
        zone = member.person.time_zone or calendar.time_zone
        return zone, own.hours, own.working_days or calendar.working_days


def is_work(moment: datetime, zone: str, hours: tuple[int, int], on: tuple[int, ...]) -> bool:
    """What the clock and the calendar on the wall say, of the shift that began today or the day before."""
    clock = moment.astimezone(ZoneInfo(zone))
    minutes, today = clock.hour * 60 + clock.minute, clock.weekday()
    began_today = today in on and hours[0] <= minutes < hours[1]
    return began_today or ((today - 1) % 7 in on and hours[0] <= minutes + 24 * 60 < hours[1])


def clock_words(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def lives(office: Watched, cast: list[Someone], life: list[tuple[str, int, int | None]]) -> None:
    """Two pairs live through stretches in which the bot is up or down; between them somebody may do something."""
    office.rules(min_overlap=0)
    everybody = [person for number in (1, 2) for person in office.couple(number)]
    for person, someone in zip(everybody, cast, strict=True):
        works_like(office, person, someone)
    office.delivers()
    for state, hours, who in life:
        until = office.clock() + timedelta(hours=hours, minutes=25)
        if state == "up":
            office.lives_until(until)
        else:
            office.at(until)
        before_intro = [pair for pair in office.pairs if pair.state is PairState.PROPOSED]
        for pair in before_intro:
            if any(
                one.id == pair.cycle_id and one.times.intro_at > office.clock() and one.state == "proposed"
                for one in office.cycles
            ):
                office.approves(pair.id)
        if who is not None:
            does_something(office, everybody[who], cast[-1 - who])


def does_something(office: Watched, person: str, someone: Someone) -> None:
    """Somebody answers, comes back, or starts to work at other times."""
    member = office.member(person)
    if member.standing is Standing.PAUSED:
        members.resume(office.ctx, office.workspace, person)
    own = office.checkins(person)
    if own and own[-1].state is CheckInState.ASKED and office.clock().hour % 2:
        checkins.answer(office.ctx, office.workspace, person, own[-1].id, Answer.MET)
    elif office.clock().hour % 3 == 0:
        works_like(office, person, someone)


def works_like(office: Watched, person: str, someone: Someone) -> None:
    starts, ends = map(clock_words, someone.hours)
    working_days = someone.days or office.program.calendar.working_days
    office.edit(person, starts=starts, ends=ends, working_days=working_days)
    office.directory_says(person, time_zone=someone.zone)


@pytest.mark.slow
@settings(max_examples=examples(4), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    program=st.tuples(days, st.integers(0, 6), st.integers(0, 6), st.integers(1, 7), st.sampled_from(ZONES)),
    clocks=st.tuples(
        st.sampled_from(["10:00", "06:30", "19:45"]), st.sampled_from(["10:00", "08:15", "22:10"])
    ),
    cast=st.lists(people_at_work, min_size=4, max_size=4),
    life=st.lists(stretches, min_size=6, max_size=14),
)
def test_whatever_the_bot_begins_arrives_in_working_time(
    sqlite: Database,
    program: tuple[tuple[int, ...], int, int, int, str],
    clocks: tuple[str, str],
    cast: list[Someone],
    life: list[tuple[str, int, int | None]],
) -> None:
    on, intro, checkin, proposal_days, zone = program
    office = Watched(empty(sqlite))
    office.sets_up(
        working_days=tuple({*on, intro, checkin}),
        intro_weekday=intro,
        checkin_weekday=checkin,
        proposal_days=proposal_days,
        time_zone=zone,
        intro_time=clocks[0],
        checkin_time=clocks[1],
    )
    lives(office, cast, life)
    assert office.out_of_hours == []
    questions_are_asked_once(office)


def questions_are_asked_once(office: Watched) -> None:
    asked = [one.content for one in office.kinds(Kind.CHECKIN) if isinstance(one.content, CheckInQuestions)]
    checkins = [one.checkin for content in asked for one in content.prompts]
    times = Counter((one.pair_id, one.person_id, one.week) for one in checkins)
    assert set(times.values()) <= {1}


LONG_LIFE: list[tuple[str, int, int | None]] = [
    ("up", 100, None),
    ("down", 100, None),
    ("up", 24 * 9, None),
] * 3
USUAL = [Someone(zone, (540, 1020), None) for zone in (HOME, "America/New_York", "Asia/Kolkata", None)]


@pytest.mark.slow
def test_such_a_life_shows_what_came_out_of_hours(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the guard the same look finds messages at night, so it is no look that always finds nothing."""
    careful, careless = Watched(empty(sqlite)), None
    careful.sets_up()
    lives(careful, USUAL, LONG_LIFE)
    assert careful.out_of_hours == []
    assert {Kind.SUMMARY, Kind.CARD, Kind.INTRO, Kind.CHECKIN, Kind.REASK, Kind.THANKS} <= set(careful.seen)

    def now(_ctx: Context, *_: object) -> None:
        """Nothing waits."""

    monkeypatch.setattr(outgoing, "_opens_at", now)
    careless = Watched(empty(sqlite))
    careless.sets_up()
    lives(careless, USUAL, LONG_LIFE)
    assert careless.out_of_hours
