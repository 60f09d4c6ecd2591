"""The audit log: added to, never changed, except for somebody's right to be erased."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from storage import audit
from storage.database import Database, Tx
from tests.storage.rows import NOW, a_program


def _an_entry(tx: Tx) -> int:
    program = a_program(tx)
    before, after = {"level": "Senior"}, {"level": "VP", "by": ["UANA"]}
    audit.note(tx, program.id, NOW, "ULEAD", "count hr", "UANA", before, after)
    return program.id


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET actor = 'UOTHER'", "DELETE FROM audit", "DELETE FROM audit WHERE action = 'count hr'"],
)
def test_the_database_itself_refuses_to_change_an_entry(database: Database, statement: str) -> None:
    with database.write() as tx:
        program_id = _an_entry(tx)
    with pytest.raises(DatabaseError, match="can be added to, and not changed"), database.write() as tx:
        tx.execute(text(statement))
    with database.read() as tx:
        (entry,) = audit.all_entries(tx, program_id)
    assert (entry.actor, entry.before) == ("ULEAD", {"level": "Senior"})


def test_it_cannot_be_emptied_at_once_either(postgresql: Database) -> None:
    with postgresql.write() as tx:
        _an_entry(tx)
    with pytest.raises(DatabaseError, match="can be added to, and not changed"), postgresql.write() as tx:
        tx.execute(text("TRUNCATE audit"))


def test_a_program_is_not_deleted_with_its_log(database: Database) -> None:
    with database.write() as tx:
        _an_entry(tx)
    with pytest.raises(DatabaseError, match="can be added to, and not changed"), database.write() as tx:
        tx.execute(text("DELETE FROM programs"))


def test_somebody_is_erased_from_it_and_it_is_closed_again(database: Database) -> None:
    with database.write() as tx:
        program_id = _an_entry(tx)
        assert audit.erase(tx, program_id, "UANA") == 1
    with database.read() as tx:
        (entry,) = audit.all_entries(tx, program_id)
    assert (entry.actor, entry.subject) == ("ULEAD", audit.ERASED)
    assert entry.after == {"level": "VP", "by": [audit.ERASED]}
    with pytest.raises(DatabaseError, match="can be added to, and not changed"), database.write() as tx:
        tx.execute(text("DELETE FROM audit"))


def test_nobody_else_can_use_the_door_while_it_is_open(database: Database, neighbor: Database) -> None:
    with database.write() as tx:
        _an_entry(tx)
    with database.write() as tx, audit.erasing(tx), neighbor.read() as other:
        assert other.execute(text("SELECT count(*) FROM erasures")).scalar_one() == 0
