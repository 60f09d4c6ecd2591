"""After the operator's time, weekly questions leave the record, and everything that people see reads the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, insert, select

from mentoring.messages import Kind, of_week
from mentoring.people import Person
from program import home, retention
from storage import figures
from storage import tables as t
from storage.database import Database
from tests.program.office import CHECKIN, Office


def a_year_of_questions(database: Database, program_id: int, person_id: str) -> None:
    """As many rows as the weeks of a year leave, each on screen as wanted."""
    with database.write() as tx:
        one = tx.execute(select(t.outbox).where(t.outbox.c.kind == Kind.CHECKIN.value)).mappings().first()
        assert one is not None
        for week in range(1, 53):
            subject = of_week(f"2025-W{week:02}", person_id)
            new = {"token": f"{week:032}", "key": f"checkin/{subject}", "subject": subject, "state": "sent"}
            values = {name: value for name, value in one.items() if name != "id"} | new
            row = tx.execute(insert(t.outbox).values(values).returning(t.outbox.c.id)).scalar_one()
            tx.execute(insert(t.shows).values(row_id=row, fact="person/U1"))
        assert program_id == one["program_id"]


def count(database: Database, name: str) -> int:
    with database.read() as tx:
        return int(tx.execute(select(func.count()).select_from(t.metadata.tables[name])).scalar_one())


def test_a_year_of_questions_goes_and_all_reads_the_same(database: Database) -> None:
    office = Office(database)
    pair = office.introduced()
    office.at(CHECKIN)
    before = {name: count(database, name) for name in t.metadata.tables}
    a_year_of_questions(database, office.program.id, pair.mentor_id)
    seen = [home.home(office.ctx, office.program.workspace, Person(one, one)) for one in pair.people]
    with database.read() as tx:
        counted = figures.checkins(tx, office.program.id), figures.reasks(tx, office.program.id)
    ctx = replace(office.ctx, keeps=timedelta(days=90))
    assert retention.let_go(office.ctx) == 0
    assert count(database, "outbox") == before["outbox"] + 52
    gone = retention.let_go(ctx)
    assert gone >= 40
    assert retention.let_go(ctx) == 0
    assert count(database, "outbox") == before["outbox"] + 52 - gone
    assert count(database, "checkins") == before["checkins"]
    assert count(database, "audit") == before["audit"]
    assert [home.home(office.ctx, office.program.workspace, Person(one, one)) for one in pair.people] == seen
    with database.read() as tx:
        assert (figures.checkins(tx, office.program.id), figures.reasks(tx, office.program.id)) == counted
