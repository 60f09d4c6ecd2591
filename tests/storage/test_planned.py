"""What pairs planned, how meetings were, and who is asked less, as they come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from mentoring.away import Away
from mentoring.pairings import PairState
from mentoring.planned import Planned
from mentoring.reflections import Reflected, Reflection
from storage import fewer, planned
from storage.database import Database, Tx
from tests.storage.rows import NOW, WORKSPACE, a_checkin, a_cycle, a_member, a_pair, a_program

FRIDAY = NOW + timedelta(days=4)
LATER = NOW + timedelta(hours=1)


def pairs(tx: Tx) -> tuple[int, int, int]:
    program = a_program(tx)
    for person in ("U1", "U2", "U3", "U4"):
        a_member(tx, program, person)
    cycle = a_cycle(tx, program)
    return (cycle.id, a_pair(tx, cycle, "U1", "U2").id, a_pair(tx, cycle, "U3", "U4").id)


def test_the_last_that_was_said_counts_and_the_rest_is_history(database: Database) -> None:
    with database.write() as tx:
        _, pair, other = pairs(tx)
        assert planned.latest(tx, pair) is None
        planned.say(tx, pair, FRIDAY, "U1", NOW)
        planned.say(tx, pair, FRIDAY - timedelta(days=1), "U2", LATER)
        planned.say(tx, other, FRIDAY, "U3", NOW)
        history = [(one.at, one.said_by, one.said_at) for one in planned.of_pair(tx, pair)]
        assert history == [(FRIDAY, "U1", NOW), (FRIDAY - timedelta(days=1), "U2", LATER)]
        assert planned.latest(tx, pair) == planned.of_pair(tx, pair)[-1]
        assert isinstance(planned.latest(tx, pair), Planned)


def test_a_reflection_is_what_was_tapped_last(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        cycle = a_cycle(tx, program)
        pair = a_pair(tx, cycle, "U1", "U2", PairState.INTRODUCED)
        checkin = a_checkin(tx, pair, "U1")
        a_checkin(tx, pair, "U2")
        assert planned.reflected(tx, checkin.id) is None
        planned.reflect(tx, checkin, Reflection.SLOW, NOW)
        planned.reflect(tx, checkin, Reflection.LEARNED, LATER)
        assert planned.reflected(tx, checkin.id) == Reflected(checkin.id, Reflection.LEARNED, LATER)


def test_people_are_asked_every_week_unless_they_said_otherwise(database: Database) -> None:
    monday = date(2026, 3, 2)
    with database.write() as tx:
        assert fewer.weeks_of(tx, WORKSPACE, "U1") is None
        fewer.ask_every(tx, WORKSPACE, "U1", 2, monday)
        fewer.ask_every(tx, WORKSPACE, "U1", 4, monday)
        fewer.ask_every(tx, "T2", "U1", 2, monday)
        assert fewer.weeks_of(tx, WORKSPACE, "U1") == (4, monday)
        fewer.ask_every(tx, WORKSPACE, "U1", 1, monday)
        assert fewer.weeks_of(tx, WORKSPACE, "U1") is None
        assert fewer.weeks_of(tx, "T2", "U1") == (2, monday)


def test_days_away_are_kept_until_somebody_is_back(database: Database) -> None:
    later = Away(date(2026, 4, 6), date(2026, 4, 10))
    sooner = Away(date(2026, 3, 9), date(2026, 3, 13))
    with database.write() as tx:
        fewer.go_away(tx, WORKSPACE, "U1", later)
        fewer.go_away(tx, WORKSPACE, "U1", sooner)
        fewer.go_away(tx, WORKSPACE, "U2", sooner)
        assert fewer.away(tx, WORKSPACE, "U1") == [sooner, later]
        assert (fewer.come_back(tx, WORKSPACE, "U1"), fewer.come_back(tx, WORKSPACE, "U1")) == (True, False)
        assert fewer.away(tx, WORKSPACE, "U1") == []
        assert fewer.away(tx, WORKSPACE, "U2") == [sooner]


def test_days_away_do_not_end_before_they_begin(database: Database) -> None:
    backwards = Away(date(2026, 3, 13), date(2026, 3, 9))
    with pytest.raises(IntegrityError), database.write() as tx:
        fewer.go_away(tx, WORKSPACE, "U1", backwards)
