"""So many messages in a week and no more: what is worth most comes first, and the rest waits for the next week."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.budget import A_WEEK, ALWAYS, Worth, is_over, worth
from mentoring.messages import Kind, to_pair, to_person
from program import outgoing
from program.subjects import OfProgram
from storage.database import Database
from storage.outbox import outbox
from tests.effort import examples
from tests.fixtures.databases import empty
from tests.program.office import CHECKIN, MONDAY, WEEK, Office

WHO = "UMENTOR1"


@pytest.fixture
def quiet(office: Office) -> Office:
    """A program with a pair, and nothing to send; it is Monday morning."""
    office.sets_up()
    office.couple()
    office.delivers()
    office.said.clear()
    return office


def queues(office: Office, kind: Kind, subject: int, who: str = WHO) -> None:
    """A message that the bot begins; its contents do not matter here."""
    with office.ctx.database.write() as tx:
        outbox.put(tx, office.in_tx(tx).id, to_person(kind, subject, who), office.clock())


def queues_for_the_pair(office: Office, kind: Kind, pair_id: int) -> None:
    with office.ctx.database.write() as tx:
        outbox.put(tx, office.in_tx(tx).id, to_pair(kind, pair_id), office.clock())


def goes(office: Office) -> list[Kind]:
    """Send what may go now, as if each had something to say; gives the kinds in the order in which they went."""
    sent: list[Kind] = []
    while True:
        may_go = [one for one in outgoing.due(office.ctx) if _may_go(office, one)]
        if not may_go:
            return sent
        letter = may_go[0]
        leased = outgoing.lease(office.ctx, letter, "courier")
        assert leased is not None
        with office.ctx.database.write() as tx:
            outbox.shown(tx, leased, "D1", f"{letter.id}.0", office.clock(), "")
        sent.append(letter.notice.kind)


def _may_go(office: Office, letter: outgoing.Letter) -> bool:
    with office.ctx.act(about=OfProgram(letter.program_id)) as act:
        until = outgoing._opens_at(act, letter)
        if until is not None:
            outbox.hold(act.tx, letter, until)
    return until is None


def test_one_more_than_the_budget_waits_for_next_week(quiet: Office) -> None:
    for number in range(A_WEEK + 2):
        queues(quiet, Kind.NO_PARTNER, number)
    assert len(goes(quiet)) == A_WEEK
    quiet.clock.time = MONDAY + timedelta(days=4)
    assert goes(quiet) == []
    quiet.clock.time = MONDAY + WEEK
    assert len(goes(quiet)) == 2


def test_what_is_worth_more_goes_first_whenever_it_was_queued(quiet: Office) -> None:
    for number in range(4):
        queues(quiet, Kind.NUDGE, number)
    for number in range(3):
        queues(quiet, Kind.NEXT_CYCLE, number)
    queues(quiet, Kind.MET_YET, 1)
    assert Counter(goes(quiet)) == {Kind.MET_YET: 1, Kind.NEXT_CYCLE: 3, Kind.NUDGE: 1}


@pytest.mark.parametrize("kind", [Kind.PAIR_CLOSED, Kind.HELP, Kind.WELCOME, Kind.UNCONFIRMED, Kind.SILENCE])
def test_the_end_of_a_pair_and_what_others_wait_for_are_never_kept_back(quiet: Office, kind: Kind) -> None:
    for number in range(A_WEEK):
        queues(quiet, Kind.NO_PARTNER, number)
    queues(quiet, kind, 99)
    assert kind in goes(quiet)


def test_what_somebody_asked_for_neither_counts_nor_waits(quiet: Office) -> None:
    for number in range(A_WEEK):
        queues(quiet, Kind.NO_PARTNER, number)
    goes(quiet)
    with quiet.ctx.database.write() as tx:
        notice = to_person(Kind.CHANNEL_TROUBLE, "C1.2026-03-02", WHO)
        outbox.put(tx, quiet.in_tx(tx).id, notice, quiet.clock(), asked=True)
    assert goes(quiet) == [Kind.CHANNEL_TROUBLE]


def test_a_question_that_waits_too_long_is_dropped_as_out_of_date(office: Office) -> None:
    office.introduced()
    office.clock.time = CHECKIN - timedelta(minutes=1)
    for number in range(A_WEEK):
        queues(office, Kind.RESTING, number)
    goes(office)
    office.at(CHECKIN)
    office.lives_until(CHECKIN + WEEK - timedelta(hours=1))
    assert office.heard(WHO, Kind.CHECKIN) == []
    office.lives_until(CHECKIN + WEEK)
    assert len(office.heard(WHO, Kind.CHECKIN)) == 1


def test_a_program_in_another_workspace_has_a_budget_of_its_own(office: Office, sqlite: Database) -> None:
    office.sets_up()
    office.couple()
    other = Office(sqlite, "T2", office.clock)
    other.sets_up()
    other.couple()
    for number in range(A_WEEK):
        queues(office, Kind.NO_PARTNER, number)
        queues(other, Kind.NO_PARTNER, number)
    office.clock.time = MONDAY
    with office.ctx.database.read() as tx:
        programs = {office.in_tx(tx).id, other.in_tx(tx).id}
    sent = Counter(one.program_id for one in outgoing.due(office.ctx) if one.notice.kind is Kind.NO_PARTNER)
    assert sent == dict.fromkeys(programs, A_WEEK)
    assert len([one for one in goes(office) if one is Kind.NO_PARTNER]) == A_WEEK * 2


@pytest.mark.parametrize("who", ["UMENTOR1", "UMENTEE1"])
def test_a_pairs_reminder_waits_where_it_would_be_too_many_for_one_of_them(office: Office, who: str) -> None:
    pair = office.introduced()
    office.clock.time = CHECKIN + timedelta(days=5)
    for number in range(A_WEEK):
        queues(office, Kind.NO_PARTNER, number, who)
    goes(office)
    queues_for_the_pair(office, Kind.UNSIGNED, pair.id)
    assert Kind.UNSIGNED not in goes(office)
    (waits,) = office.letters(Kind.UNSIGNED, pair.id)
    assert waits.not_before == datetime(2026, 3, 23, 9, 0, tzinfo=UTC)


# --- whatever is queued


def test_every_kind_has_its_worth_and_the_beginning_and_end_of_a_pair_always_come() -> None:
    assert {worth(kind) for kind in Kind} == set(Worth)
    assert {Kind.INTRO, Kind.THANKS, Kind.PAIR_CLOSED, *ALWAYS} == set(ALWAYS)
    for kind in ALWAYS:
        assert not is_over(kind, 99, [Kind.CHECKIN] * 99)


@pytest.mark.slow
@settings(max_examples=examples(6), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 13), st.sampled_from([kind for kind in Kind if worth(kind) is not Worth.ALWAYS])
        ),
        max_size=30,
    ),
    st.sampled_from(
        ["Europe/Lisbon", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Cairo"]
    ),
    st.sampled_from([MONDAY, MONDAY + timedelta(days=24), MONDAY + timedelta(days=234)]),
)
def test_no_week_has_more_than_the_budget(
    sqlite: Database, life: list[tuple[int, Kind]], zone: str, begins: datetime
) -> None:
    """Through the clock changes of spring and fall, in zones on both sides of the date line."""
    office = Office(empty(sqlite))
    office.sets_up()
    office.couple()
    office.directory_says(WHO, time_zone=zone)
    office.delivers()
    weeks: Counter[tuple[int, int]] = Counter()
    for day in range(35):
        office.clock.time = begins + timedelta(days=day)
        for number, (when, kind) in enumerate(life):
            if when == day:
                queues(office, kind, number)
        for hour in range(0, 24, 4):
            office.clock.time = begins + timedelta(days=day, hours=hour)
            week = office.clock().astimezone(ZoneInfo(zone)).isocalendar()[:2]
            weeks[week] += sum(worth(one) is not Worth.ALWAYS for one in goes(office))
    assert max(weeks.values(), default=0) <= A_WEEK
