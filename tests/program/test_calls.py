"""Calls for help as cases: taken, done, handed back, given back, said once more, and nobody's business but theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands import who_hears
from handlers.views import render
from mentoring.checkins import Answer
from mentoring.errors import CallIsOver, CallTaken, NoSuchCall, NotAllowed
from mentoring.for_leads import HelpAlert
from mentoring.messages import Kind
from mentoring.people import Person
from program import calls, checkins, home, people
from program.context import Context
from program.forms import OpenCall
from tests.program.office import ADMIN, CHECKIN, LEAD, OTHER_LEAD, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
TWO_WORKING_DAYS = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
"""After a Thursday at ten these are Friday and Monday."""


def gives(office: Office, answer: Answer, week: int = 0, person: str = MENTEE) -> int:
    """Somebody answers the question of that week; gives its number."""
    question = office.checkins(person)[week]
    checkins.answer(office.ctx, office.workspace, person, question.id, answer)
    office.delivers()
    return question.id


def called(office: Office) -> int:
    """A mentee has asked for help on a Thursday morning; gives the call's number."""
    office.introduced()
    office.at(CHECKIN)
    return gives(office, Answer.HELP)


def does(office: Office, what: Callable[[Context, str, str, int], None], person: str, number: int) -> None:
    what(office.ctx, office.workspace, person, number)
    office.delivers()


def reads(office: Office, person: str, kind: Kind = Kind.HELP) -> str:
    """What the last message of that kind to somebody says now."""
    said = [one for one in office.said if (one.kind, one.recipient) == (kind, f"person:{person}")]
    assert isinstance(said[-1].content, HelpAlert)
    return render(said[-1].content).text


def on_home(office: Office, person: str) -> tuple[OpenCall, ...]:
    return home.home(office.ctx, office.workspace, Person(person, person)).calls


def test_everybody_who_was_told_reads_who_takes_it_and_who_is_done(office: Office) -> None:
    number = called(office)
    assert f"`/reverse-mentor take-call {number}`" in reads(office, OTHER_LEAD)
    assert [(one.number, one.owner) for one in on_home(office, LEAD)] == [(number, "")]
    does(office, calls.take, LEAD, number)
    assert "*Taken by <@ULEAD>* on" in reads(office, OTHER_LEAD)
    assert "take-call" not in reads(office, OTHER_LEAD)
    assert f"hand-back {number}" in reads(office, OTHER_LEAD), "if that lead is away"
    assert f"`/reverse-mentor call-done {number}`" in reads(office, LEAD)
    assert [one.mine for one in on_home(office, LEAD)] == [True]
    with pytest.raises(CallTaken) as taken:
        calls.take(office.ctx, office.workspace, OTHER_LEAD, number)
    assert taken.value.owner == LEAD
    calls.take(office.ctx, office.workspace, LEAD, number)
    does(office, calls.done, LEAD, number)
    assert "*Done by <@ULEAD>* on" in reads(office, OTHER_LEAD)
    assert on_home(office, LEAD) == on_home(office, OTHER_LEAD) == ()
    with pytest.raises(CallIsOver) as over:
        calls.take(office.ctx, office.workspace, OTHER_LEAD, number)
    assert over.value.done_by == LEAD
    office.passes(days=14)
    assert office.kinds(Kind.HELP_WAITS) == []


def test_it_is_handed_back_to_the_others(office: Office) -> None:
    number = called(office)
    does(office, calls.take, LEAD, number)
    does(office, calls.hand_back, LEAD, number)
    assert [one.recipient for one in office.kinds(Kind.HELP_WAITS)] == [f"person:{OTHER_LEAD}"]
    assert "Nobody has taken this call for help yet." in reads(office, OTHER_LEAD, Kind.HELP_WAITS)
    assert "Taken by" not in reads(office, LEAD)
    does(office, calls.take, OTHER_LEAD, number)
    assert "Nobody has taken" not in reads(office, OTHER_LEAD, Kind.HELP_WAITS)
    assert "*Taken by <@UOTHER>*" in reads(office, LEAD)


def test_a_call_that_nobody_takes_is_said_once_more_after_two_working_days(office: Office) -> None:
    called(office)
    office.lives_until(TWO_WORKING_DAYS - timedelta(minutes=1))
    assert office.kinds(Kind.HELP_WAITS) == []
    office.lives_until(TWO_WORKING_DAYS)
    assert {one.recipient for one in office.kinds(Kind.HELP_WAITS)} == {
        f"person:{LEAD}",
        f"person:{OTHER_LEAD}",
    }
    office.lives_until(TWO_WORKING_DAYS + timedelta(days=20))
    assert len(office.kinds(Kind.HELP_WAITS)) == 2


def test_whoever_takes_it_and_leads_no_more_gives_it_back(office: Office) -> None:
    number = called(office)
    does(office, calls.take, LEAD, number)
    office.sets_up(leads=(OTHER_LEAD,))
    office.passes(minutes=1)
    assert "Taken by" not in reads(office, OTHER_LEAD)
    assert [one.recipient for one in office.kinds(Kind.HELP_WAITS)] == [f"person:{OTHER_LEAD}"]
    assert "has gone on to <@UOTHER>" in reads(office, LEAD)
    assert [one.owner for one in on_home(office, OTHER_LEAD)] == [""]
    with pytest.raises(NotAllowed):
        calls.done(office.ctx, office.workspace, LEAD, number)
    does(office, calls.take, OTHER_LEAD, number)
    assert "*Taken by <@UOTHER>*" in reads(office, OTHER_LEAD)


def test_what_the_person_answers_later_stands_on_it(office: Office) -> None:
    number = called(office)
    does(office, calls.take, LEAD, number)
    office.at(CHECKIN + WEEK)
    gives(office, Answer.MET, week=1)
    assert "They answered again since then, on" in reads(office, LEAD)
    assert "“We met”" in reads(office, OTHER_LEAD)
    assert on_home(office, LEAD)[0].mine, "it is for whoever took it to say that it is done"


def test_a_mind_that_is_changed_rests_the_call_and_a_second_one_is_said(office: Office) -> None:
    number = called(office)
    gives(office, Answer.PLANNED)
    assert "“Planned”" in reads(office, LEAD)
    assert on_home(office, LEAD) == ()
    office.at(TWO_WORKING_DAYS + timedelta(hours=1))
    assert office.kinds(Kind.HELP_WAITS) == [], "nobody is reminded of what is over"
    assert gives(office, Answer.HELP) == number
    assert len(office.heard(LEAD, Kind.HELP)) == 1
    assert len(office.heard(LEAD, Kind.HELP_WAITS)) == 1
    assert "Planned" not in reads(office, LEAD)
    assert [one.number for one in on_home(office, LEAD)] == [number]
    gives(office, Answer.HELP)
    assert len(office.heard(LEAD, Kind.HELP_WAITS)) == 1, "the same answer is no news"


@pytest.mark.parametrize("person", [MENTOR, MENTEE])
def test_a_lead_of_the_pair_reads_nothing_anywhere(office: Office, person: str) -> None:
    office.sets_up(leads=(LEAD, person))
    office.introduced_in_place()
    office.at(CHECKIN)
    number = gives(office, Answer.HELP)
    assert {one.recipient for one in office.kinds(Kind.HELP)} == {f"person:{LEAD}"}
    assert on_home(office, person) == ()
    assert calls.listed(office.ctx, office.workspace, person) == ()
    for what in (calls.take, calls.done, calls.hand_back):
        with pytest.raises(NoSuchCall) as there:
            what(office.ctx, office.workspace, person, number)
        with pytest.raises(NoSuchCall) as nowhere:
            what(office.ctx, office.workspace, person, 999)
        assert there.value.sentence == nowhere.value.sentence
    office.lives_until(TWO_WORKING_DAYS)
    assert {one.recipient for one in office.kinds(Kind.HELP_WAITS)} == {f"person:{LEAD}"}


@pytest.mark.parametrize("person", [MENTOR, MENTEE, "USTRANGER"])
def test_nobody_else_has_anything_to_do_with_it(office: Office, person: str) -> None:
    number = called(office)
    for what in (calls.take, calls.done, calls.hand_back):
        with pytest.raises(NotAllowed):
            what(office.ctx, office.workspace, person, number)
    with pytest.raises(NotAllowed):
        calls.listed(office.ctx, office.workspace, person)


def test_a_lead_who_came_later_is_not_told_of_a_call_that_others_have(office: Office) -> None:
    number = called(office)
    office.sets_up(leads=(LEAD, OTHER_LEAD, "UNEW"))
    office.lives_until(TWO_WORKING_DAYS)
    assert office.heard("UNEW") == []
    assert on_home(office, "UNEW") == ()
    with pytest.raises(NoSuchCall):
        calls.take(office.ctx, office.workspace, "UNEW", number)


def test_admins_take_it_where_nobody_leads(office: Office) -> None:
    office.introduced()
    people.record(office.ctx, office.workspace, [ADMIN])
    for lead in (LEAD, OTHER_LEAD):
        people.record(office.ctx, office.workspace, [Person(lead, lead, deactivated=True)])
    office.at(CHECKIN)
    number = gives(office, Answer.HELP)
    assert "person:UADMIN" in {one.recipient for one in office.kinds(Kind.HELP)}
    does(office, calls.take, ADMIN.id, number)
    assert "*Taken by <@UADMIN>*" in reads(office, ADMIN.id)
    assert [one.mine for one in calls.listed(office.ctx, office.workspace, ADMIN.id)] == [True]


def test_a_call_of_an_older_version_becomes_a_case_without_a_reminder(office: Office) -> None:
    number = called(office)
    office.behind_the_scenes(lambda tx, _: tx.exec_driver_sql("DELETE FROM calls"))
    office.lives_until(TWO_WORKING_DAYS + timedelta(days=1))
    assert [one.number for one in on_home(office, LEAD)] == [number]
    assert office.kinds(Kind.HELP_WAITS) == []
    does(office, calls.take, LEAD, number)
    assert "*Taken by <@ULEAD>*" in reads(office, OTHER_LEAD)


def test_the_doctor_says_where_nobody_can_hear(office: Office) -> None:
    office.introduced()
    office.sets_up(leads=(MENTOR,))
    office.at(CHECKIN)
    gives(office, Answer.HELP)
    people.record(office.ctx, office.workspace, [replace(ADMIN, deactivated=True)])
    with office.ctx.read() as act:
        alone = who_hears.look(act.tx, frozenset(), office.in_tx(act.tx))
        helped = who_hears.look(act.tx, frozenset({"UOPERATOR"}), office.in_tx(act.tx))
    assert (
        alone.calls_wait == "1 call for help waits in “Upside Down”, and there is nobody whom I could tell."
    )
    assert helped.unheard == 0
