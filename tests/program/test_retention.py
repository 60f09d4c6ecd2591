"""After the operator's time, weekly questions leave the record, and everything that people see reads the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, insert, select

from mentoring.at_risk import Reason
from mentoring.digest import Figure
from mentoring.messages import Kind, of_week
from mentoring.people import Person
from program import home, reporting, reports, retention, seeing
from storage import cycles, figures
from storage import tables as t
from storage.database import Database
from storage.keeping import retention as stored
from tests.program import year
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


def everything_counted(office: Office) -> dict[str, object]:
    """Every figure that anybody can read about the program, and every page of a lead's."""
    ctx, workspace, program = office.ctx, office.workspace, office.program
    lead = program.leads[0]
    with office.ctx.database.read() as tx:
        numbers = [one.number for one in cycles.of_program(tx, program.id)]
        people = list(tx.execute(select(t.members.c.person_id)).scalars())
        counted = [
            look(tx, program.id)
            for look in (figures.ever_enrolled, figures.pairs_by_state, figures.approvals, figures.checkins)
        ]
        asked_again = figures.reasks(tx, program.id)
    return {
        "figures": (counted, asked_again, reports.figures_of(ctx, workspace)),
        "reports": [reporting.of_program(ctx, program, number) for number in numbers],
        "digest": seeing.standing(ctx, workspace, lead),
        "pages": [seeing.page(ctx, workspace, lead, one) for one in (*Figure, *Reason)],
        "homes": [home.home(ctx, workspace, Person(one, one)) for one in people],
    }


@pytest.mark.slow
def test_after_years_every_figure_is_what_it_was(database: Database) -> None:
    """Whatever happened: cycles, answers and reports are made at random, and messages of each kind are old."""
    office = Office(database)
    year.lives(office, Random(11), cycles=2)
    with database.write() as tx:
        tx.execute(
            insert(t.outbox),
            [a_message(office.program.id, kind, number) for kind in Kind for number in (1, 2)],
        )
    before = everything_counted(office)
    kinds = of_each_kind(database)
    gone = retention.let_go(replace(office.ctx, keeps=timedelta(days=90)))
    assert gone >= 2 * len(stored.OF_A_WEEK)
    assert everything_counted(office) == before
    left = of_each_kind(database)
    assert {kind for kind in kinds if left.get(kind, 0) < kinds[kind]} == set(stored.OF_A_WEEK)


def of_each_kind(database: Database) -> dict[str, int]:
    with database.read() as tx:
        query = select(t.outbox.c.kind, func.count()).group_by(t.outbox.c.kind)
        return {Kind(kind): number for kind, number in tx.execute(query)}


def a_message(program_id: int, kind: Kind, number: int) -> dict[str, object]:
    """One of years ago that is on screen as it should be."""
    at = datetime(2020, 1, number, tzinfo=UTC)
    return {
        "token": f"{kind}{number}".rjust(32, "0")[-32:],
        "program_id": program_id,
        "key": f"{kind}/{number}",
        "kind": kind.value,
        "subject": f"2020-W0{number}",
        "recipient": "leads",
        "state": "sent",
        "patient": False,
        "trouble": "",
        "digest": "",
        **dict.fromkeys(("not_before", "created_at", "sent_at"), at),
        **dict.fromkeys(("attempts", "fence", "wanted", "shown"), 1),
        "channel": "C1",
        "ts": f"{number}.{kind}",
    }
