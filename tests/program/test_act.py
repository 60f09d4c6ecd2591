"""A unit of work: one moment, who acts, which program it is about, and whoever delivers is woken once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from mentoring.errors import NoProgram, NothingToMatch
from mentoring.messages import Kind, to_leads, to_person
from program import approvals, checkins, members
from program.act import Act
from program.context import Context
from program.subjects import InChannel, OfCheckIn, OfCycle, OfMessage, OfPair, OfProgram, OnCard, Subject
from storage import audit
from storage.database import Database
from storage.outbox import facts, letters
from tests.program.office import CHECKIN, INTRO, LEAD, PROPOSAL, Office

MINUTE = timedelta(minutes=1)
NEWS = to_leads(Kind.PAUSES, "2026-W11")

# --- whoever delivers


class Listener:
    """Notes, each time it is woken, how many messages anybody can see in the database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.saw: list[int] = []

    def __call__(self) -> None:
        with self.database.read() as tx:
            self.saw.append(sum(letters.tally(tx).values()))


@pytest.fixture
def listener(office: Office) -> Listener:
    office.sets_up()
    return Listener(office.ctx.database)


@pytest.fixture
def ctx(office: Office, listener: Listener) -> Context:
    return Context(office.ctx.database, office.clock, wake=listener)


def test_an_act_that_queues_wakes_once_after_its_commit(ctx: Context, listener: Listener) -> None:
    with ctx.act("T1", LEAD) as act:
        assert act.say(NEWS)
        act.say_again(to_person(Kind.HELP, 1, LEAD))
        act.say_all([to_leads(Kind.CARD, 7)])
        assert listener.saw == []
    assert listener.saw == [3]


def refuse(_: bool) -> None:
    raise NothingToMatch


def test_nobody_is_woken_for_what_was_rolled_back(ctx: Context, listener: Listener) -> None:
    with pytest.raises(NothingToMatch), ctx.act("T1", LEAD) as act:
        refuse(act.say(NEWS))
    with ctx.act("T1", LEAD) as act:
        assert act.program.name == "Upside Down"
    assert listener.saw == []


def test_what_was_said_before_wakes_nobody(ctx: Context, listener: Listener) -> None:
    for _ in range(2):
        with ctx.act("T1", LEAD) as act:
            act.say(NEWS)
    assert listener.saw == [1]


def test_a_screen_that_is_to_look_different_wakes_too(office: Office) -> None:
    office.proposed()
    card = next(letter for letter in office.every_letter() if letter.notice.kind is Kind.CARD)
    woken = office.woken
    with office.ctx.act("T1") as act:
        facts.changed(act.tx, facts.pair(card.id + 1000))
    assert office.woken == woken
    with office.ctx.act("T1") as act:
        facts.changed(act.tx, facts.pair(office.pair().id))
    assert office.woken == woken + 1


def test_nobody_is_woken_for_a_message_that_is_answered_where_it_stands(office: Office) -> None:
    """But for another message, and afterwards, unless the answer shows what it says now."""
    office.proposed()
    card = next(letter for letter in office.every_letter() if letter.notice.kind is Kind.CARD)
    woken = office.woken

    def changes() -> None:
        with office.ctx.act("T1") as act:
            facts.changed(act.tx, facts.pair(office.pair().id))

    with office.ctx.answering((card.channel or "", card.ts or "")) as held:
        changes()
        assert office.woken == woken
        held.shown = True
    assert office.woken == woken
    with office.ctx.answering((card.channel or "", card.ts or "")):
        changes()
    assert office.woken == woken + 1
    with office.ctx.answering((card.channel or "", card.ts or "")) as held:
        with office.ctx.act("T1", LEAD) as act:
            act.say(NEWS)
        held.shown = True
    assert office.woken == woken + 2


# --- one moment


def running(office: Office) -> Context:
    """The office's surroundings, with a clock that moves on each time somebody looks at it."""

    def look() -> datetime:
        office.clock.time += MINUTE
        return office.clock.time

    return replace(office.ctx, now=look)


def test_all_of_an_act_happens_at_one_moment(office: Office) -> None:
    pair = office.proposed()
    office.clock.time = INTRO
    decided = approvals.approve(running(office), office.workspace, LEAD, pair.id)
    (intro,) = office.letters(Kind.INTRO, pair.id)
    with office.ctx.read(office.workspace) as act:
        noted = [when for when, _, what, _ in audit.entries(act.tx, act.program.id) if what == "approved"]
    assert [decided.decided_at, intro.created_at, *noted] == [INTRO + MINUTE] * 3


def test_what_somebody_reads_is_queued_at_the_same_moment(office: Office) -> None:
    office.introduced()
    before = office.clock.time
    members.leave(running(office), office.workspace, "UMENTOR1")
    told = [one for one in office.every_letter() if one.notice.kind is Kind.PAIR_CLOSED]
    assert [(one.created_at, one.not_before) for one in told] == [(before + MINUTE, before + MINUTE)]


def test_a_look_changes_nothing(office: Office) -> None:
    office.sets_up()
    with office.ctx.read("T1", LEAD) as act, pytest.raises(OperationalError):
        act.say(NEWS)
    assert office.every_letter() == []


# --- which program


def loosened(migrated: Path, path: Path) -> Database:
    """A database in which a workspace may have several programs, as none has yet."""
    made = "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
    with sqlite3.connect(migrated) as old, sqlite3.connect(path) as new:
        for (sql,) in old.execute(f"{made} ORDER BY type = 'trigger', type DESC"):
            new.execute(re.sub(r",\s*CONSTRAINT \w+ UNIQUE \(workspace\)", "", sql))
    return Database(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def both(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Office]:
    """Two programs, each with a pair that was asked how it goes, which have come into one workspace."""
    database = loosened(migrated_file, tmp_path_factory.mktemp("both") / "program.db")
    found = [Office(database, f"T{number}") for number in (1, 2)]
    for number, office in enumerate(found, 1):
        office.sets_up(leads_channel=f"CLEADS{number}")
        office.couple(number)
        office.at(PROPOSAL)
        approvals.approve(office.ctx, office.workspace, LEAD, office.pair().id)
        office.at(INTRO)
        office.at(CHECKIN)
    with database.write() as tx:
        tx.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in ("programs", "members", "people"):
            tx.exec_driver_sql(f"UPDATE OR IGNORE {table} SET workspace = 'T1'")  # noqa: S608 - three names of ours
    return found


def newest(act: Act, kind: Kind) -> letters.Letter:
    return letters.of_kind(act.tx, act.program.id, kind)[-1]


def _card(act: Act) -> Subject:
    card = newest(act, Kind.CARD)
    return OnCard(card.channel or "", card.ts or "")


SUBJECTS: dict[str, Callable[[Act, int], Subject]] = {
    "a pair": lambda _, number: OfPair(number),
    "a check-in": lambda _, number: OfCheckIn(2 * number),
    "a cycle": lambda _, number: OfCycle(number),
    "a message": lambda act, _: OfMessage(newest(act, Kind.INTRO).id),
    "a card": lambda act, _: _card(act),
    "the leads' channel": lambda _, number: InChannel(f"CLEADS{number}"),
    "a pair's conversation": lambda act, _: InChannel(newest(act, Kind.INTRO).channel or ""),
    "a form": lambda _, number: OfProgram(number),
}


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("kind", SUBJECTS)
def test_the_subject_tells_the_program(both: list[Office], kind: str, number: int) -> None:
    ctx = both[0].ctx
    with ctx.read(about=OfProgram(number)) as act:
        subject = SUBJECTS[kind](act, number)
    acts = [ctx.read("T1", "USOMEBODY", subject), ctx.seeing(subject).read("T1"), ctx.read(about=subject)]
    for unit in acts:
        with unit as act:
            assert act.program.id == number


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("about", [None, OfPair(404), InChannel("CRANDOM")])
def test_without_a_subject_it_is_the_program_that_somebody_is_in(
    both: list[Office], about: Subject | None, number: int
) -> None:
    with both[0].ctx.read("T1", f"UMENTEE{number}", about) as act:
        assert act.program.id == number


def test_what_is_acted_on_counts_before_what_is_in_front_of_somebody(both: list[Office]) -> None:
    here = both[0].ctx.seeing(OfPair(404), InChannel("CLEADS1"))
    with here.read("T1", "UMENTEE2", OfPair(2)) as act:
        assert act.program.id == 2
    with here.read("T1", "UMENTEE2") as act:
        assert act.program.id == 1


def test_use_cases_follow_the_subject(both: list[Office]) -> None:
    """Nobody told them that there is a second program."""
    with both[0].ctx.read(about=OfProgram(2)) as act:
        (question,) = act.tx.exec_driver_sql("SELECT id FROM checkins WHERE person_id = 'UMENTEE2'").scalars()
    here = both[0].ctx.seeing(InChannel("CLEADS2"))
    assert approvals.review(here, "T1", LEAD).cards[0].pair.id == 2
    assert checkins.open_now(both[0].ctx, "T1", "UMENTEE2")[0].checkin.id == question


def test_a_subject_of_another_workspace_is_none(office: Office) -> None:
    office.introduced()
    other = Office(office.ctx.database, "T2", office.clock)
    with other.ctx.read("T2", LEAD, OfPair(office.pair().id)) as act, pytest.raises(NoProgram):
        _ = act.program
    elsewhere = other.sets_up(leads_channel="CELSEWHERE", first_start="2026-04-06")
    with other.ctx.read("T2", LEAD, OfPair(office.pair().id)) as act:
        assert act.program == elsewhere


def test_a_unit_of_work_can_be_about_another_program_too(both: list[Office]) -> None:
    with both[0].ctx.act("T1", LEAD, OfProgram(1)) as act, both[0].ctx.read(about=OfProgram(2)) as other:
        inside = act.within(other.program)
        assert (inside.tx, inside.now, inside.by) == (act.tx, act.now, act.by)
        assert (inside.program.id, act.program.id) == (2, 1)
