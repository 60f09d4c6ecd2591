"""Nobody but the mentee can tell what the mentee answered: not the mentor, also as a lead, and not the leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers.views import render, replies
from handlers.views.home import home_view
from handlers.views.review import review_modal
from mentoring.ask_first import AfterNo, AsksWait
from mentoring.messages import Kind
from mentoring.pairings import PairState
from mentoring.people import Person
from mentoring.programs import Program
from program import approvals, ask_first, home, rehearsal, why_not
from program.forms import Sieve, SortedBy
from scheduler import jobs
from storage import audit, cycles
from storage.database import Database, Tx
from tests.fixtures.databases import empty
from tests.program.office import INTRO, LEAD, MINUTE, PROPOSAL, WEEK, Office, Said

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
World = Callable[[Office], object]


def says(office: Office, answer: Callable[..., Any], *what: object) -> Any:
    return answer(office.ctx, office.workspace, MENTEE, *what)


def asked(database: Database, mentor_leads: bool = False) -> Office:
    """A pair whose mentee has the question; the mentor may lead the program."""
    office = Office(empty(database))
    office.sets_up()
    office.rules(ask_first=True)
    office.couple()
    office.couple(2)
    if mentor_leads:
        office.sets_up(leads=(LEAD, MENTOR))
    office.at(PROPOSAL)
    office.approves(1, 2)
    office.passes(minutes=1)
    return office


def read_by_all_but_the_mentee(office: Office) -> list[str]:
    """Every message to anybody else, and what leads can ask for."""
    ctx, workspace = office.ctx, office.workspace
    messages = [
        f"{said.kind} {said.recipient} {said.is_new} {render(said.content).text}"
        for said in office.said
        if said.recipient != f"person:{MENTEE}"
    ]
    screens = [
        render(content).text for _, content in sorted(office.on_screen.items()) if not mentees(content)
    ]
    page = approvals.review(ctx, workspace, LEAD, sieve=Sieve(by=SortedBy.FIT))
    waiting = approvals.pending(ctx, workspace, LEAD)
    return [
        *sorted(messages),
        *screens,
        str(review_modal(page)),
        replies.pending(waiting.cards, waiting.left_out, waiting.held, waiting.others).text,
        *homes(office),
        str(why_not.between(ctx, workspace, LEAD, MENTOR, MENTEE)),
    ]


def mentees(content: object) -> bool:
    return type(content).__name__ == "AskedFirst"


def homes(office: Office) -> list[str]:
    people = [Person(LEAD, LEAD), office.member(MENTOR).person]
    return [str(home_view(home.home(office.ctx, office.workspace, one))) for one in people]


def is_said_no(office: Office) -> None:
    says(office, ask_first.no, 1)


def takes_the_no_back(office: Office) -> None:
    is_said_no(office)
    settles(office)
    says(office, ask_first.take_back, 1)


def takes_somebody_off_the_private_list(office: Office) -> None:
    is_on_the_private_list(office)
    settles(office)
    office.edit(MENTEE, avoid=())


def settles(office: Office) -> None:
    """The rest is matched around what was said, and everybody who hears of it has heard."""
    office.behind_the_scenes(is_matched_around)
    office.passes(minutes=1)
    assert office.pair(1).state is PairState.WITHDRAWN


def is_on_the_private_list(office: Office) -> None:
    office.edit(MENTEE, avoid=(MENTOR,))


def has_another_line(office: Office) -> None:
    office.edit(MENTOR, manager_id=MENTEE)


def is_matched_around(tx: Tx, program: Program) -> None:
    """What a lead's decision on any other pair brings about as well."""
    (cycle,) = cycles.of_program(tx, program.id)
    cycles.to_resolve(tx, cycle.id, "", PROPOSAL)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("other", [is_on_the_private_list, has_another_line])
@pytest.mark.parametrize("mentor_leads", [False, True])
def test_a_no_reads_like_everything_that_is_private(
    sqlite: Database, other: World, mentor_leads: bool
) -> None:
    told = []
    for happens in (is_said_no, other):
        office = asked(sqlite, mentor_leads)
        happens(office)
        settles(office)
        office.lives_until(INTRO + timedelta(hours=1))
        told.append(read_by_all_but_the_mentee(office))
    no, private = told
    assert [line for line in no if line not in private] == []
    assert [line for line in private if line not in no] == []
    assert any("They are not free for a new pairing with each other." in line for line in no)


@pytest.mark.parametrize("mentor_leads", [False, True])
def test_a_no_that_is_taken_back_reads_like_a_private_answer_that_is(
    sqlite: Database, mentor_leads: bool
) -> None:
    told = []
    for happens in (takes_the_no_back, takes_somebody_off_the_private_list):
        office = asked(sqlite, mentor_leads)
        happens(office)
        office.behind_the_scenes(is_matched_around)
        office.passes(minutes=1)
        assert office.pair(1).state is PairState.PROPOSED
        office.lives_until(INTRO - MINUTE)
        told.append(read_by_all_but_the_mentee(office))
    assert told[0] == told[1]


def test_the_audit_log_does_not_name_who_answered(sqlite: Database) -> None:
    office = Office(empty(sqlite))
    office.sets_up()
    office.rules(ask_first=True)
    office.joins("UOTHER1", role="share", level=2, shares=("Topic number 1",), wants=())
    office.couple()
    office.at(PROPOSAL)
    office.approves(1)
    office.passes(minutes=1)
    for use_case, what in ((ask_first.yes, ()), (ask_first.no, ()), (ask_first.wants, (AfterNo.AGAIN,))):
        says(office, use_case, 1, *what)
    office.passes(minutes=2)
    with office.ctx.database.read() as tx:
        noted = audit.entries(tx, office.program.id)
    assert [actor for _, actor, action, _ in noted if action == "match around"] == [audit.SCHEDULE]
    assert [one.mentee_id for one in office.pairs if one.state is PairState.PROPOSED] == [MENTEE]
    assert not [one for one in noted if MENTEE in one[1:]]


def test_a_mentor_reads_the_same_whatever_is_answered(sqlite: Database) -> None:
    """Until intro time, whether there is a question, a yes, a no, or nothing at all."""
    told = []
    answers: tuple[World, ...] = (
        lambda _: None,
        lambda office: says(office, ask_first.yes, 1),
        is_said_no,
    )
    for answer in answers:
        office = asked(sqlite)
        answer(office)
        office.lives_until(INTRO - MINUTE)
        told.append([render(said.content).text for said in office.heard(MENTOR)] + homes(office)[1:])
    assert told[0] == told[1] == told[2]


def test_a_lead_who_is_the_mentor_hears_nothing_of_the_question(sqlite: Database) -> None:
    office = asked(sqlite, mentor_leads=True)
    office.lives_until(INTRO + MINUTE)
    (to_lead,) = office.heard(LEAD, Kind.ASKS_WAIT)
    (to_mentor,) = office.heard(MENTOR, Kind.ASKS_WAIT)
    assert {one.pair.id for one in rows(to_lead.content)} == {1, 2}
    assert {one.pair.id for one in rows(to_mentor.content)} == {2}, "not the pair they are in"
    assert MENTEE not in render(to_mentor.content).text


def rows(content: object) -> Any:
    assert isinstance(content, AsksWait)
    return content.pairs


def test_where_the_only_lead_is_in_the_pair_an_admin_hears(sqlite: Database) -> None:
    office = asked(sqlite)
    office.sets_up(leads=(MENTOR,))
    office.lives_until(INTRO + MINUTE)
    assert [one.recipient for one in office.kinds(Kind.ASKS_WAIT)] != []
    for said in office.kinds(Kind.ASKS_WAIT):
        told = {one.pair.id for one in rows(said.content)}
        assert told == ({2} if said.recipient == f"person:{MENTOR}" else {1, 2})


def test_others_read_times_with_the_introduction_and_only_those_at_which_they_work(sqlite: Database) -> None:
    office = asked(sqlite)
    office.edit(MENTOR, starts="12:00", ends="18:00")
    says(office, ask_first.yes, 1)
    own, shared = INTRO + timedelta(days=2), INTRO + timedelta(days=2, hours=4)
    says(office, ask_first.offer, 1, {"first": own, "second": shared})
    office.lives_until(INTRO - MINUTE)
    assert not tells(office, own)
    assert not tells(office, shared)
    office.lives_until(INTRO + WEEK)
    assert not tells(office, own)
    told = {said.kind for said in office.said if names(render(said.content).text, shared) and not mine(said)}
    assert told == {Kind.INTRO}


def mine(said: Said) -> bool:
    """Whether only the mentee read something."""
    return said.recipient == f"person:{MENTEE}"


def tells(office: Office, slot: datetime) -> list[str]:
    """What others read that names a time."""
    return [line for line in read_by_all_but_the_mentee(office) if names(line, slot)]


def names(line: str, slot: datetime) -> bool:
    return str(int(slot.timestamp())) in line


@pytest.mark.slow
def test_a_rehearsal_has_the_question_and_the_reminder(sqlite: Database) -> None:
    office = Office(empty(sqlite))
    office.sets_up()
    office.rules(ask_first=True)
    office.couple()
    seen = {
        answered: [
            one.kind
            for one in rehearsal.run_ahead(office.ctx, jobs.tick, office.program, 6, answered).messages
        ]
        for answered in (True, False)
    }
    assert Kind.ASK in seen[True]
    assert Kind.INTRO in seen[True]
    assert Kind.ASKS_WAIT not in seen[True]
    assert {Kind.ASK_AGAIN, Kind.ASKS_WAIT} <= {*seen[False]}
