"""Migrations: they make exactly the tables that the code knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, insert, inspect, select, text

from mentoring.checkins import Answer
from mentoring.messages import Kind
from mentoring.people import Person
from program import checkins
from storage import audit, people, programs, tables
from storage.database import Database, Tx
from storage.keeping import schema
from storage.tables import metadata
from tests.postgres import PostgresServer
from tests.program.office import CHECKIN, Office
from tests.storage.together import together


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        (folder := tmp_path / "a folder").mkdir()
        database = Database(f"sqlite:///{folder / '100%.db'}")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        database = Database(server.create_database(f"bare_{tmp_path.name}"))
    yield database
    database.close()


def checks(tx: Tx) -> set[tuple[str, str | None, str]]:
    """Every CHECK constraint: Alembic does not compare them."""
    look = inspect(tx)
    return {
        (table, check["name"], check["sqltext"])
        for table in look.get_table_names()
        for check in look.get_check_constraints(table)
    }


def test_an_upgrade_is_done_once(bare: Database) -> None:
    assert schema.upgrade(bare) is True
    assert schema.upgrade(bare) is False
    with bare.read() as tx:
        assert schema.revision(tx) == schema.NEWEST


def test_what_is_up_to_date_is_not_looked_through(bare: Database) -> None:
    schema.upgrade(bare)
    sent: list[str] = []

    def note(*about: object) -> None:
        sent.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        schema.upgrade(bare)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert "SELECT version_num FROM alembic_version" in sent
    assert "PRAGMA foreign_key_check" not in sent


def test_the_newest_revision_is_the_last_migration() -> None:
    assert ScriptDirectory.from_config(schema.config()).get_current_head() == schema.NEWEST


def test_the_migrated_tables_are_those_of_the_code(bare: Database) -> None:
    schema.upgrade(bare)
    with bare.read() as tx:
        found = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(found, metadata) == []


def test_the_migrated_checks_are_those_of_the_code(bare: Database) -> None:
    with bare.write() as tx:
        metadata.create_all(tx)
        wanted = checks(tx)
        metadata.drop_all(tx)
    schema.upgrade(bare)
    with bare.read() as tx:
        assert checks(tx) == wanted
    assert len(wanted) >= 8


def test_a_step_can_be_taken_back(bare: Database) -> None:
    schema.upgrade(bare)
    with bare.write() as tx:
        command.downgrade(schema.config(tx), "base")
        assert inspect(tx).get_table_names() == ["alembic_version"]
    assert schema.upgrade(bare) is True


def test_a_program_of_an_older_version_goes_on_as_it_was(bare: Database) -> None:
    """With rows in every table that the steps since then touch."""
    schema.upgrade(bare)
    office = Office(bare)
    pair = office.introduced()
    everybody = [office.member(person) for person in pair.people]
    with bare.write() as tx:
        command.downgrade(schema.config(tx), "0013")
    assert schema.upgrade(bare) is True
    assert (office.pair().people, office.pair().state) == (pair.people, pair.state)
    assert [office.member(person) for person in pair.people] == everybody
    with bare.read() as tx:
        kept = [one.action for one in audit.all_entries(tx, office.program.id)]
    assert kept[0] == "set up"
    assert "approved" in kept
    office.at(CHECKIN)
    assert len(office.kinds(Kind.CHECKIN)) == 2


def test_what_pairs_have_said_is_summed_up_for_a_program_of_an_older_version(bare: Database) -> None:
    schema.upgrade(bare)
    office = Office(bare)
    pair = office.introduced()
    office.at(CHECKIN)
    for person, given in zip(pair.people, (Answer.PLANNED, Answer.MET), strict=True):
        office.passes(hours=1)
        checkins.answer(office.ctx, office.workspace, person, office.checkins(person)[-1].id, given)
    told = in_short(bare)
    assert told
    with bare.write() as tx:
        command.downgrade(schema.config(tx), "0021")
    assert schema.upgrade(bare) is True
    assert in_short(bare) == told


def in_short(database: Database) -> list[tuple[object, ...]]:
    with database.read() as tx:
        return [tuple(row) for row in tx.execute(select(tables.tidings))]


def test_a_newer_database_is_left_alone(bare: Database) -> None:
    schema.upgrade(bare)
    with bare.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.NewerDatabase, match="newer version of the bot"):
        schema.upgrade(bare)


def test_two_bots_that_start_together_upgrade_once(bare: Database) -> None:
    assert sorted(map(str, together(2, lambda _: schema.upgrade(bare)))) == ["False", "True"]


def test_programs_from_before_working_days_keep_the_days_on_which_they_do_something(bare: Database) -> None:
    columns = "workspace, name, leads_channel, time_zone, cycle_weeks, first_start, first_number, "
    columns += "intro_weekday, intro_minutes, checkin_weekday, checkin_minutes, proposal_days, rules, ladder"
    with bare.write() as tx:
        command.upgrade(schema.config(tx), "0003")
        for place, intro, checkin in (("T1", 1, 3), ("T2", 6, 3)):
            values = f"'{place}', 'P', 'C', 'UTC', 4, '2026-03-09', 1, {intro}, 600, {checkin}, 600, 5, '{{}}', '[]'"
            tx.execute(text(f"INSERT INTO programs ({columns}) VALUES ({values})"))  # noqa: S608 - our own words
    schema.upgrade(bare)
    with bare.read() as tx:
        days = [program.calendar.working_days for program in programs.every(tx)]
    assert days == [(0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 6)]


def test_leads_of_older_versions_become_people_who_are_due_to_be_looked_up(bare: Database) -> None:
    with bare.write() as tx:
        command.upgrade(schema.config(tx), "0003")
        program = {"id": 1, "workspace": "T1", "name": "R", "leads_channel": "C1", "time_zone": "UTC"}
        weekly = {"intro_weekday": 1, "intro_minutes": 0, "checkin_weekday": 1, "checkin_minutes": 0}
        rest = {"cycle_weeks": 4, "first_start": date(2026, 3, 2), "first_number": 1, "proposal_days": 3}
        tx.execute(insert(tables.programs).values(program | weekly | rest | {"rules": {}, "ladder": []}))
        leads = [{"program_id": 1, "person_id": one, "place": 0} for one in ("U1", "U2")]
        tx.execute(insert(tables.leads), leads)
        una = {
            "workspace": "T1",
            "id": "U1",
            "name": "Una",
            "admin": True,
            "seen_at": datetime(2026, 3, 2, tzinfo=UTC),
        }
        tx.execute(insert(tables.people).values(una | dict.fromkeys(("deactivated", "guest", "bot"), False)))
    schema.upgrade(bare)
    with bare.read() as tx:
        assert people.some(tx, "T1", ["U1", "U2"]) == {
            "U1": Person("U1", "Una", admin=True),
            "U2": Person("U2", "U2"),
        }
