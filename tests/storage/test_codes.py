"""What is told of pairs is stored as codes: each comes back as it was, and what older versions wrote stays readable."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, column, insert, table, text

from mentoring import sentences
from mentoring.matching import (
    Act,
    Broken,
    Case,
    Departments,
    Help,
    Helps,
    LevelsApart,
    Reason,
    Rule,
    SharedTime,
    Stop,
    Taught,
    Teaches,
    Waited,
    Wish,
)
from mentoring.pairings import Because, Cause, PairState
from storage import codes, left_out, pairs, tables
from storage.database import Database, Tx
from storage.keeping import schema
from tests.postgres import PostgresServer

STEP = importlib.import_module("storage.migrations.versions.0009_codes")
WHEN = datetime(2026, 3, 2, tzinfo=UTC)

_LABELS = st.text("aé “”(),.", min_size=1, max_size=12) | st.sampled_from(
    ["SQL", "AI (first choice) tools", "R” (second choice) and “Go", "and 3 more", "the basics of “C”"]
)
_RANKS = st.integers(1, 14)
_TAUGHT = st.builds(
    Taught,
    _LABELS,
    st.lists(st.builds(Wish, _LABELS, _RANKS), min_size=1, max_size=3).map(tuple),
    st.booleans(),
)
_TEACHES = st.builds(Teaches, st.lists(_TAUGHT, min_size=1, max_size=3).map(tuple), st.integers(0, 30))
REASONS: st.SearchStrategy[Reason] = st.one_of(
    _TEACHES,
    st.builds(LevelsApart, st.integers(1, 1_200)),
    st.builds(SharedTime, st.integers(0, 1440)),
    st.builds(Departments, st.booleans()),
)
_RULES = st.sampled_from(Rule)
_COUNTS = st.lists(st.tuples(_RULES, st.integers(0, 10**5)), max_size=5).map(tuple)
_SIDES = st.sampled_from(("mentor", "mentee"))
STOPS = st.builds(Stop, _SIDES, _RULES, _COUNTS, st.booleans(), st.booleans())
_GAPS = st.none() | st.tuples(st.integers(1, 9), st.none() | st.integers(1, 9))
_HELP = st.builds(
    Help,
    st.sampled_from(Act),
    _LABELS,
    fits=st.lists(_RULES, max_size=3).map(tuple),
    gap=_GAPS,
    now=st.integers(0),
)
HELPS = st.builds(Helps, _SIDES, st.lists(_HELP, max_size=3).map(tuple), st.booleans())
_BROKEN = st.builds(Broken, _RULES, st.sampled_from(Case), st.integers(0), st.integers(0))
BECAUSE = st.builds(
    Because, st.sampled_from(Cause), st.lists(_BROKEN, max_size=3).map(tuple), _LABELS, st.none() | _SIDES
)


def through(stored: Any) -> Any:
    """The same as a database gives it back."""
    return json.loads(json.dumps(stored))


@given(REASONS | st.builds(Waited, st.integers(0), st.integers(0)) | _LABELS)
def test_a_reason_comes_back(one: Reason | str) -> None:
    assert codes.reason_of(through(codes.reason(one))) == one


@given(STOPS | _LABELS, HELPS | _LABELS, st.none() | BECAUSE)
def test_what_stopped_somebody_and_what_helps_comes_back(
    stop: Stop | str, helps: Helps | str, because: Because | None
) -> None:
    assert codes.stop_of(through(codes.stop(stop))) == stop
    assert codes.helps_of(through(codes.helps(helps))) == helps
    assert codes.because_of(through(codes.because(because))) == because


def test_what_is_stored_are_codes() -> None:
    taught = Taught("SQL", (Wish("SQL", 1), Wish("Data", 3)), basics=True)
    wishes = [{"skill": "SQL", "rank": 1}, {"skill": "Data", "rank": 3}]
    assert through(codes.reason(Teaches((taught,), 2))) == {
        "code": "teaches",
        "skills": [{"skill": "SQL", "wishes": wishes, "basics": True}],
        "more": 2,
    }
    away = Because(Cause.BREAKS_RULES, (Broken(Rule.AWAY, Case.MENTOR),))
    assert through(codes.because(away)) == {
        "code": "breaks_rules",
        "broken": [{"rule": "away", "case": "mentor", "have": 0, "asked": 0}],
    }
    assert codes.because(Because(Cause.PAUSED)) == {"code": "paused"}


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the version before, with a program and a cycle."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        database = Database(server.create_database(f"old_{tmp_path.name}"))
    with database.write() as tx:
        command.upgrade(schema.config(tx), "0008")
        program = {"id": 1, "workspace": "T1", "name": "R", "leads_channel": "C1", "time_zone": "UTC"}
        weekly = {"intro_weekday": 1, "intro_minutes": 0, "checkin_weekday": 1, "checkin_minutes": 0}
        rest = {"cycle_weeks": 4, "first_start": date(2026, 3, 2), "first_number": 1, "proposal_days": 3}
        days = {"working_days": [0, 1, 2, 3, 4], "rules": {}, "ladder": []}
        tx.execute(insert(tables.programs).values(program | weekly | rest | days))
        times = {"start_on": date(2026, 3, 2)} | dict.fromkeys(("proposal_at", "intro_at", "ends_at"), WHEN)
        state = {"state": "proposed", "runs": 1, "left_out": LEFT_OUT}
        tx.execute(insert(OLD_CYCLES).values({"id": 1, "program_id": 1, "number": 1} | times | state))
    yield database
    database.close()


OLD_CYCLES = table(
    "cycles",
    *(column(one.name, one.type) for one in tables.cycles.c),
    column("left_out", JSON),
)
"""What a cycle was before those whom it left out had rows of their own."""

LEFT_OUT = [{"person_id": "U9", "side": "mentee", "reason": "No mentor", "help": "One more.", "why": "skill"}]
OLD_REASONS = [
    "Teaches the basics of “SQL” (first choice, and related to “Data”, third choice), “R” (choice 11) and 2 more",
    "Three levels apart",
    "2 hours 15 minutes of shared working time a day",
    "Different departments",
    "Teaches everything.",
]


def stored(tx: Tx, number: int, note: str, state: str, reasons: list[str] | None = None) -> None:
    """A pair as the version before stored it."""
    row = {"id": number, "program_id": 1, "cycle_id": 1, "mentor_id": f"U{number}", "mentee_id": "U0"}
    told = {"note": note, "reasons": reasons or [], "topics": []}
    # The statement names only columns that the version before had.
    tx.execute(insert(tables.pairs).values(row | told | {"state": state, "score": 70}))


def test_old_sentences_become_codes_where_they_say_exactly_that(old: Database) -> None:
    with old.write() as tx:
        stored(tx, 1, "One of the two has paused.", "withdrawn", OLD_REASONS)
        stored(tx, 2, "The cycle ended first.", "declined")
        stored(tx, 3, "They have no language in common.", "withdrawn")
    schema.upgrade(old)
    with old.read() as tx:
        first, second, third = (pairs.of_id(tx, number) for number in (1, 2, 3))
        (left,) = left_out.of_cycle(tx, 1)
    assert first.reasons == (
        Teaches(
            (
                Taught("SQL", (Wish("SQL", 1), Wish("Data", 3)), basics=True),
                Taught("R", (Wish("R", 11),)),
            ),
            2,
        ),
        LevelsApart(3),
        SharedTime(135),
        Departments(same=False),
        "Teaches everything.",
    )
    assert [sentences.reason(one) for one in first.reasons] == OLD_REASONS
    assert (first.state, first.note, first.why) == (PairState.WITHDRAWN, "", Because(Cause.PAUSED))
    assert (second.note, second.why) == ("The cycle ended first.", None), "a lead wrote this one"
    assert (third.note, third.why) == ("They have no language in common.", None)
    assert (left.reason, left.help) == ("No mentor", "One more.")


def test_the_step_back_leaves_sentences(old: Database) -> None:
    with old.write() as tx:
        stored(tx, 1, "One of the two has paused.", "withdrawn", OLD_REASONS)
        stored(tx, 2, "Too far apart", "declined")
    schema.upgrade(old)
    with old.write() as tx:
        told = {
            "reason": codes.stop(Stop("mentee", Rule.LEVEL)),
            "help": codes.helps(Helps("mentee", (LEVEL,))),
        }
        tx.execute(tables.left_out.update().values(told))
        command.downgrade(schema.config(tx), "0008")
    with old.read() as tx:
        rows = tx.execute(text("SELECT reasons, note FROM pairs ORDER BY id")).all()
        (left,) = tx.execute(text("SELECT left_out FROM cycles")).scalars()
    assert [(_json(reasons), note) for reasons, note in rows] == [
        (OLD_REASONS, "One of the two has paused."),
        ([], "Too far apart"),
    ]
    changed = {"reason": "The level is not known", "help": "Their level has to be set first."}
    assert _json(left) == [LEFT_OUT[0] | changed]


LEVEL = Help(Act.SET_LEVEL)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


@given(REASONS)
def test_every_reason_of_older_versions_is_still_read_alike(one: Reason) -> None:
    """Whatever a skill is called: the words are those that were stored."""
    told = sentences.reason(one)
    assert sentences.reason(codes.reason_of(STEP._reason(told))) == told


@given(st.sampled_from(["SQL", "AI tools", "AI (first choice) tools", "Go"]), _RANKS, st.booleans())
def test_ordinary_reasons_are_codes_again(skill: str, rank: int, basics: bool) -> None:
    one = Teaches(
        (Taught(skill, (Wish(skill, rank), Wish("Data", rank)), basics), Taught("R", (Wish("R", 2),)))
    )
    assert codes.reason_of(STEP._reason(sentences.reason(one))) == one
