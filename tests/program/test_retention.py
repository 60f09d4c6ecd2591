"""After the operator's time, weekly questions leave the record, and everything that people see reads the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import bindparam, case, func, insert, select, update

from mentoring.at_risk import Reason
from mentoring.checkins import Answer
from mentoring.digest import Figure
from mentoring.errors import NoCheckIn
from mentoring.messages import Kind, of_week
from mentoring.pairings import Pair
from mentoring.people import Person
from mentoring.reflections import Reflection
from program import checkins, home, reflecting, reporting, reports, retention, seeing, wrong_clocks
from program.context import Context
from storage import audit, cycles, figures, meetings, went
from storage import tables as t
from storage.database import Database
from storage.keeping import retention as stored
from storage.keeping import schema
from storage.went import Gone
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
        people = list(tx.execute(select(t.members.c.person_id)).scalars())[::5]
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


MESSAGES_THAT_GO = {*stored.OF_A_WEEK, Kind.MET_YET}
A_QUARTER = timedelta(days=90)


def asks_again_and_decides(office: Office, random: Random) -> None:
    """What the year of `tests.program.year` leaves out: when questions came, second ones, and a lead's approvals."""
    now = office.clock()
    with office.ctx.database.write() as tx:
        row = t.checkins.c
        fresh = select(row.id, row.pair_id, row.person_id, row.week).where(
            row.asked_at.is_(None), row.answered_at.is_(None)
        )
        for number, *whose in tx.execute(fresh).all():
            one = update(t.checkins).where(row.id == number)
            # By whose it is, and not by chance anew: one that never came has gone in one of the two programs.
            came = {"asked_at": now if Random(repr(whose)).random() < 0.8 else None}
            answered = case(
                (t.checkins.c.answer.is_not(None), bindparam("told", now, t.checkins.c.asked_at.type))
            )
            tx.execute(one.values(came | {"answered_at": answered}))
        for sent_at in (now, None, now)[: random.choice((1, 3))]:
            token = f"{random.getrandbits(64):x}"
            of_old = a_message(office.program.id, Kind.REASK, 1) | {"token": token, "key": token}
            tx.execute(insert(t.outbox).values(of_old | {"sent_at": sent_at}))
        for pair_id in tx.execute(select(t.pairs.c.id)).scalars().all()[-3:]:
            audit.note(tx, office.program.id, now, "U0LEAD", "approved", pair_id)


@pytest.mark.parametrize(
    "seed", [3, pytest.param(4, marks=pytest.mark.slow), pytest.param(5, marks=pytest.mark.slow)]
)
def test_a_program_that_lets_go_reads_like_one_that_does_not(
    sqlite: Database, tmp_path: Path, seed: int
) -> None:
    """Two programs live the same random years, and one of them lets go of everything it may after each cycle."""
    twin = Database(f"sqlite:///{tmp_path / 'twin.db'}")
    schema.upgrade(twin)
    kept, forgot = Office(twin), Office(sqlite)
    for office, keeps in ((kept, None), (forgot, timedelta(days=10))):
        random, ctx = Random(seed), replace(office.ctx, keeps=keeps, keeps_audit=keeps)

        def after_each(office: Office = office, random: Random = random, ctx: Context = ctx) -> None:
            asks_again_and_decides(office, random)
            while retention.let_go(ctx):
                pass

        year.lives(office, random, cycles=4, after_each=after_each)
    assert everything_counted(forgot) == everything_counted(kept)
    assert count(sqlite, "checkins") < 0.75 * count(twin, "checkins")
    assert count(sqlite, "audit") < count(twin, "audit")
    with sqlite.read() as tx:
        every = tx.execute(select(t.pairs.c.id)).scalars().all()
        weeks = {number: meetings.weeks(tx, number) for number in every}
        assert went.number(tx, forgot.program.id, Gone.REASKS)
        assert went.number(tx, forgot.program.id, Gone.APPROVALS)
    with twin.read() as tx:
        assert weeks == {number: meetings.weeks(tx, number) for number in every}
    twin.close()


def test_messages_of_other_kinds_stay(database: Database) -> None:
    office = Office(database)
    office.sets_up()
    with database.write() as tx:
        rows = [a_message(office.program.id, kind, number) for kind in Kind for number in (1, 2)]
        tx.execute(insert(t.outbox), rows)
    before = of_each_kind(database)
    ctx = replace(office.ctx, keeps=A_QUARTER)
    while retention.let_go(ctx):
        pass
    left = of_each_kind(database)
    assert {kind for kind in before if left.get(kind, 0) < before[kind]} == MESSAGES_THAT_GO


def over_for_years(office: Office, office_pair: Pair) -> Context:
    """The surroundings long after the cycle of a pair, which has its report."""
    with office.ctx.database.write() as tx:
        tx.execute(update(t.cycles).values(state="closed"))
        tx.execute(update(t.pairs).values(state="finished"))
    reporting.make_missing(office.ctx)
    office.clock.time += timedelta(days=1000)
    assert office_pair.cycle_id
    return replace(office.ctx, keeps=A_QUARTER)


def test_check_ins_of_a_pair_that_goes_on_stay_and_so_do_calls_for_help(database: Database) -> None:
    office = Office(database)
    pair = office.introduced()
    office.at(CHECKIN)
    (mine,), (theirs,) = (office.checkins(one) for one in pair.people)
    checkins.answer(office.ctx, office.workspace, pair.mentor_id, mine.id, Answer.HELP)
    checkins.answer(office.ctx, office.workspace, pair.mentee_id, theirs.id, Answer.MET)
    later = replace(office.ctx, keeps=A_QUARTER, now=lambda: office.clock() + timedelta(days=1000))
    with database.write() as tx:
        stored.fold(tx, office.program.id, later.now())
    assert count(database, "checkins") == 2
    ctx = over_for_years(office, pair)
    while retention.let_go(ctx):
        pass
    with database.read() as tx:
        assert list(tx.execute(select(t.checkins.c.id)).scalars()) == [mine.id]
        assert figures.checkins(tx, office.program.id) == (2, 2)
        assert len(meetings.weeks(tx, pair.id)) == 1


def test_a_button_of_a_question_that_has_gone_is_refused_in_words(database: Database) -> None:
    office = Office(database)
    pair = office.introduced()
    office.at(CHECKIN)
    (mine,) = office.checkins(pair.mentor_id)
    ctx = over_for_years(office, pair)
    while retention.let_go(ctx):
        pass
    assert not count(database, "checkins")
    with pytest.raises(NoCheckIn):
        checkins.answer(ctx, office.workspace, pair.mentor_id, mine.id, Answer.MET)
    with pytest.raises(NoCheckIn):
        reflecting.reflect(ctx, office.workspace, pair.mentor_id, mine.id, Reflection.LEARNED)


def test_the_audit_log_stays_unless_its_own_time_is_set(database: Database) -> None:
    office = Office(database)
    office.introduced()
    office.clock.time += timedelta(days=1000)
    entries = count(database, "audit")
    assert entries > 1
    while retention.let_go(replace(office.ctx, keeps=A_QUARTER)):
        pass
    assert count(database, "audit") == entries
    while retention.let_go(replace(office.ctx, keeps_audit=A_QUARTER)):
        pass
    assert count(database, "audit") == 1, "the newest stays"
    assert wrong_clocks.latest(office.ctx) is not None
    with database.read() as tx:
        assert went.number(tx, office.program.id, Gone.ENTRIES) == entries - 1


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
