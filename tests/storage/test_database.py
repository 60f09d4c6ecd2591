"""Connections and units of work."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Text, insert, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError, TimeoutError

from mentoring.people import Person
from storage import people, programs
from storage import tables as t
from storage.database import Database, RowsLost, Tx, sqlite_warning
from storage.keeping import schema
from storage.upsert import upsert
from tests.patience import PATIENCE
from tests.storage.rows import NOW, SETTINGS, WORKSPACE, a_program
from tests.storage.together import together


def pragma(tx: Tx, name: str) -> object:
    return tx.execute(text(f"PRAGMA {name}")).scalar_one()


@pytest.mark.usefixtures("safe")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 2_500),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ],
)
def test_sqlite_is_set_up_to_lose_nothing(sqlite_copy: Path, name: str, value: object) -> None:
    database = Database(f"sqlite:///{sqlite_copy}")
    with database.write() as tx:
        assert pragma(tx, name) == value
    with database.read() as tx:
        assert pragma(tx, name) == value
    database.close()


def test_only_readers_of_sqlite_are_query_only(sqlite: Database) -> None:
    with sqlite.write() as tx, sqlite.read() as reader:
        assert (pragma(tx, "query_only"), pragma(reader, "query_only")) == (0, 1)


def test_a_reader_cannot_write(database: Database) -> None:
    with (
        pytest.raises(StatementError, match=r"readonly|read-only"),
        database.read() as tx,
    ):
        tx.execute(insert(t.leads).values(program_id=1, person_id="U1", place=0))


def test_what_is_raised_undoes_everything(database: Database) -> None:
    def fail_halfway() -> None:
        with database.write() as tx:
            a_program(tx)
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="lights"):
        fail_halfway()
    with database.read() as tx:
        assert tx.execute(select(t.programs)).all() == []


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    with database.write() as tx:
        a_program(tx)
    with database.read() as reader:
        before = reader.execute(select(t.programs.c.name)).scalar_one()
        with database.write() as tx:
            tx.execute(update(t.programs).values(name="Renamed"))
        assert reader.execute(select(t.programs.c.name)).scalar_one() == before
    with database.read() as reader:
        assert reader.execute(select(t.programs.c.name)).scalar_one() == "Renamed"


def test_a_reader_does_not_see_what_is_not_committed(database: Database) -> None:
    with database.write() as tx:
        a_program(tx)
        with database.read() as reader:
            assert reader.execute(select(t.programs)).all() == []


def test_no_update_is_lost_between_two_bots(database: Database, neighbor: Database) -> None:
    with database.write() as tx:
        a_program(tx)

    def count_up(number: int) -> None:
        for _ in range(20):
            with (database, neighbor)[number % 2].write() as tx:
                weeks = tx.execute(select(t.programs.c.cycle_weeks)).scalar_one()
                tx.execute(update(t.programs).values(cycle_weeks=weeks + 1))

    assert together(4, count_up) == [None] * 4
    with database.read() as tx:
        counted = tx.execute(select(t.programs.c.cycle_weeks)).scalar_one()
    assert counted == SETTINGS.calendar.cycle_weeks + 80


def test_who_writes_again_and_again_lets_others_in_between(database: Database) -> None:
    ready, go, written = threading.Event(), threading.Event(), threading.Event()

    def write_twice() -> None:
        with database.write():
            ready.set()  # and connected, which takes a while and is no waiting for a turn
        go.wait(PATIENCE)
        with database.write():
            written.set()

    other = threading.Thread(target=write_twice)
    other.start()
    assert ready.wait(PATIENCE)
    turns = 0
    while not written.is_set() and turns < 1_000:
        with database.write():
            go.set()
            time.sleep(0.01)
        turns += 1
    other.join(PATIENCE)
    assert turns < 100, "it takes two; a busy machine may wake the other one late"


def test_waiting_for_a_turn_to_write_comes_to_an_end(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.LONGEST_WAIT", 0.05)
    with sqlite.write(), pytest.raises(TimeoutError, match="No turn to write"), sqlite.write():
        pass
    with sqlite.write() as tx:
        assert tx.execute(text("SELECT 1")).scalar_one() == 1


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        tx.execute(insert(t.leads).values(program_id=7, person_id="U1", place=0))


def test_states_stay_inside_their_lists(database: Database) -> None:
    with database.write() as tx:
        a_program(tx)
    broken = {"program_id": 1, "number": 1, "start_on": NOW.date(), "runs": 0}
    times = dict.fromkeys(("proposal_at", "intro_at", "ends_at"), NOW)
    with pytest.raises(IntegrityError), database.write() as tx:
        tx.execute(insert(t.cycles).values(**broken, **times, state="lost"))


def test_deleting_a_program_deletes_what_belongs_to_it(database: Database) -> None:
    with database.write() as tx:
        a_program(tx)
        tx.execute(t.programs.delete())
        assert tx.execute(select(t.leads)).all() == []


def test_a_table_that_is_rebuilt_takes_nothing_with_it(sqlite: Database) -> None:
    with sqlite.write() as tx:
        a_program(tx)
    with (
        sqlite.rebuild() as tx,
        Operations.context(MigrationContext.configure(tx)) as op,
        op.batch_alter_table("programs", recreate="always") as batch,
    ):
        batch.alter_column("name", existing_type=Text())
    with sqlite.read() as tx:
        assert len(tx.execute(select(t.leads)).all()) == 2
    with pytest.raises(RowsLost), sqlite.rebuild() as tx:
        tx.execute(t.programs.delete())
    with sqlite.write() as tx:
        assert len(tx.execute(select(t.programs.c.id)).all()) == 1
        assert pragma(tx, "foreign_keys") == 1


def test_instants_come_back_in_utc_from_wherever_they_were_given(database: Database) -> None:
    somewhere = datetime(2026, 3, 2, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with database.write() as tx:
        people.save(tx, WORKSPACE, Person("U1", "Ada"), somewhere)
        seen_at = tx.execute(select(t.people.c.seen_at)).scalar_one()
    assert seen_at == somewhere
    assert seen_at.tzinfo is UTC


def test_a_naive_datetime_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive datetime"), database.write() as tx:
        people.save(tx, WORKSPACE, Person("U1", "Ada"), NOW.replace(tzinfo=None))


def test_an_upsert_changes_one_row_and_leaves_the_others(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for place, person in enumerate(("U1", "U2", "U1")):
            upsert(
                tx,
                t.leads,
                ("program_id", "person_id"),
                {"program_id": program.id, "person_id": person, "place": 10 + place},
            )
        rows = {row.person_id: row.place for row in tx.execute(select(t.leads))}
    assert rows == {"ULEAD": 0, "UOTHER": 1, "U1": 12, "U2": 11}


def test_a_sound_database_is_sound(database: Database) -> None:
    assert database.check() == ""


def test_damage_is_found(sqlite_copy: Path) -> None:
    database = Database(f"sqlite:///{sqlite_copy}")
    with database.write() as tx:
        for number in range(50):
            a_program(tx, f"T{number}")
    database.close()
    with sqlite3.connect(sqlite_copy) as raw:
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'uq_leads' OR name = 'sqlite_autoindex_leads_1'"
        ).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    content = bytearray(sqlite_copy.read_bytes())
    middle = page * size - 40
    content[middle : middle + 20] = bytes(20)
    sqlite_copy.write_bytes(content)
    assert database.check() != ""
    database.close()


@pytest.mark.parametrize(
    ("version", "warned"), [((3, 51, 2), True), ((3, 51, 3), False), ((3, 52, 0), False)]
)
def test_an_sqlite_that_can_damage_files_is_named(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], warned: bool
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
    assert bool(sqlite_warning()) == warned
    assert not warned or "SQLite 3.51.2" in sqlite_warning()


def test_an_admin_who_comes_second_is_told(database: Database) -> None:
    with database.write() as tx:
        first = a_program(tx)
        assert programs.create(tx, WORKSPACE, replace(SETTINGS, name="Another")) is None
        assert programs.every(tx) == [first]


def test_nobody_else_can_read_what_people_answered(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    schema.upgrade(database)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    database.close()
    assert modes.keys() == {"new.db", "new.db-wal", "new.db-shm"}
    assert set(modes.values()) == {0o600}


def test_a_look_at_a_large_file_has_an_end(sqlite_copy: Path) -> None:
    with closing(sqlite3.connect(sqlite_copy)) as raw:
        raw.execute("CREATE TABLE large (x)")
        raw.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
            "INSERT INTO large SELECT nullif(i, 100000) FROM n"
        )
        # The last row of all breaks a rule that the table did not have when it came.
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE large (x NOT NULL)' WHERE name = 'large'")
        raw.commit()
    with closing(Database(f"sqlite:///{sqlite_copy}")) as database:
        assert database.check(lambda: True) == ""
        assert database.check() == "NULL value in large.x"


def test_damage_that_turns_up_later_is_named_in_the_log_once(
    sqlite_copy: Path, caplog: pytest.LogCaptureFixture
) -> None:
    contents = bytearray(sqlite_copy.read_bytes())
    for page in range(4, len(contents) // 4096):
        contents[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    sqlite_copy.write_bytes(contents)
    with closing(Database(f"sqlite:///{sqlite_copy}")) as database:
        database.name_damage()
        for _ in range(3):
            with pytest.raises(DatabaseError), database.read() as tx:
                tx.execute(text("SELECT count(*) FROM outbox, pairs, checkins, audit")).scalar_one()
    (record,) = caplog.records
    assert record.message.startswith(f"The database {sqlite_copy} is damaged (")
    assert "put your latest backup in the place of" in record.message
