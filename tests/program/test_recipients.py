"""Who hears something privately, and what the person who asks for help reads about it before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.views import render
from mentoring.checkins import Answer
from mentoring.errors import AdminsOnly, Invalid, NotAllowed, ProgramError
from mentoring.for_leads import HelpAlert
from mentoring.messages import CheckInPrompt, CheckInQuestions, Kind, NoPartner, Welcome
from mentoring.people import Person
from mentoring.troubles import NoLead
from program import access, approvals, checkins, matters, outgoing, people, programs, recipients
from program.context import Context
from program.outgoing import RowState
from storage.database import Database
from tests.program.office import ADMIN, CHECKIN, INTRO, LEAD, OTHER_LEAD, WEEK, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"
OPERATOR = "UOPERATOR"


def seen(office: Office, person_id: str, **facts: Any) -> None:
    """The directory says that about somebody, who need not be a member."""
    person = people.known(office.ctx, office.workspace, person_id) or Person(
        person_id, f"Name of {person_id}"
    )
    people.record(office.ctx, office.workspace, [replace(person, **facts)])


def led_by(office: Office, *leads: str) -> None:
    """These lead, whatever is known about them: they were chosen when they were fit."""
    office.sets_up(leads=leads)


def asks_for_help(office: Office) -> None:
    (question,) = office.checkins(MENTEE)
    checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.HELP)


def hears(office: Office, kind: Kind = Kind.HELP) -> list[str]:
    return sorted(one.recipient.removeprefix("person:") for one in office.kinds(kind))


def prompt(office: Office) -> CheckInPrompt:
    """The question as the mentee sees it now."""
    (shown,) = checkins.open_now(office.ctx, office.workspace, MENTEE)
    return shown


@dataclass(frozen=True, slots=True)
class Case:
    """Who leads, what the directory says, whom the operator named; and who hears of the mentee's call for help."""

    leads: tuple[str, ...]
    facts: dict[str, dict[str, bool]]
    operator: bool
    hear: tuple[str, ...]
    are_leads: bool = True


GONE, APP, GUEST = {"deactivated": True}, {"bot": True}, {"guest": True}
NO_ADMIN = {"UADMIN": {"admin": False}}
CASES = {
    "two leads": Case((LEAD, OTHER_LEAD), {}, True, (LEAD, OTHER_LEAD)),
    "the partner leads too": Case((LEAD, MENTOR), {}, True, (LEAD,)),
    "the person leads too": Case((MENTEE, LEAD), {}, True, (LEAD,)),
    "both lead with another": Case((MENTEE, MENTOR, LEAD), {}, True, (LEAD,)),
    "only the partner leads": Case((MENTOR,), {}, False, ("UADMIN",), False),
    "only the person leads": Case((MENTEE,), {}, False, ("UADMIN",), False),
    "only the two lead": Case((MENTOR, MENTEE), {}, True, ("UADMIN", OPERATOR), False),
    "the only lead is gone": Case((LEAD,), {LEAD: GONE}, False, ("UADMIN",), False),
    "one of two is gone": Case((LEAD, OTHER_LEAD), {LEAD: GONE}, True, (OTHER_LEAD,)),
    "the only lead is an app": Case((LEAD,), {LEAD: APP}, False, ("UADMIN",), False),
    "the only lead is a guest now": Case((LEAD,), {LEAD: GUEST}, False, ("UADMIN",), False),
    "the other lead is gone": Case((MENTOR, LEAD), {LEAD: GONE}, False, ("UADMIN",), False),
    "an admin is the partner": Case(
        (LEAD,), {LEAD: GONE, MENTOR: {"admin": True}}, False, ("UADMIN",), False
    ),
    "an admin is gone": Case(
        (LEAD,), {LEAD: GONE, "UADMIN": GONE, "UBOSS": {"admin": True}}, False, ("UBOSS",), False
    ),
    "no admin is known": Case((LEAD,), {LEAD: GONE, **NO_ADMIN}, True, (OPERATOR,), False),
    "the operator is gone": Case((LEAD,), {LEAD: GONE, OPERATOR: GONE}, True, ("UADMIN",), False),
    "nobody": Case((LEAD,), {LEAD: GONE, **NO_ADMIN}, False, (), False),
}


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", CASES)
def test_exactly_these_hear_and_the_words_say_so(sqlite: Database, name: str) -> None:
    case = CASES[name]
    office = Office(sqlite)
    office.ctx = replace(office.ctx, admins=frozenset({OPERATOR} if case.operator else ()))
    office.introduced()
    led_by(office, *case.leads)
    for person_id, facts in case.facts.items():
        seen(office, person_id, **facts)
    office.at(CHECKIN)

    before = render(CheckInQuestions((prompt(office),), again=False)).text
    asks_for_help(office)
    office.tick()
    office.delivers()
    after = render(CheckInQuestions((prompt(office),), again=False)).text

    assert hears(office) == sorted(case.hear)
    alerts = [one.content for one in office.kinds(Kind.HELP)]
    for alert in alerts:
        assert isinstance(alert, HelpAlert)
        assert set(alert.told) == set(case.hear)
        assert alert.in_place_of_leads is not case.are_leads
    names = {f"<@{person}>" for person in case.hear}
    for text in (before, after):
        named = {f"<@{person}>" for person in (LEAD, OTHER_LEAD, MENTEE, "UADMIN", "UBOSS", OPERATOR)}
        assert {one for one in named if one in text} == names
    assert f"<@{MENTOR}> does not." in before or not case.hear
    assert f"<@{MENTOR}> was not told." in after
    assert ("whom I could tell" in before) is ("whom I could tell" in after) is (not case.hear)
    assert ("program's leads" in before) is (bool(case.hear) and not case.are_leads)


def test_the_thanks_go_on_naming_who_was_told_when_others_would_be(office: Office) -> None:
    office.introduced()
    led_by(office, LEAD)
    office.at(CHECKIN)
    asks_for_help(office)
    office.delivers()
    led_by(office, OTHER_LEAD)
    office.delivers()
    text = render(CheckInQuestions((prompt(office),), again=False)).text
    assert f"<@{LEAD}> now knows." in text
    assert OTHER_LEAD not in text


def test_nobody_hears_until_somebody_can(office: Office) -> None:
    """A call that reached nobody reaches the next lead, or the next admin, as soon as there is one."""
    office.ctx = replace(office.ctx, admins=frozenset())
    office.introduced()
    led_by(office, LEAD)
    for person_id in (LEAD, "UADMIN"):
        seen(office, person_id, deactivated=True)
    office.at(CHECKIN)
    asks_for_help(office)
    office.passes(hours=1)
    assert hears(office) == []
    seen(office, LEAD, deactivated=False)
    office.passes(minutes=1)
    assert hears(office) == [LEAD]
    assert f"<@{LEAD}> now knows." in render(CheckInQuestions((prompt(office),), again=False)).text
    office.passes(hours=1)
    assert hears(office) == [LEAD]


@pytest.mark.parametrize("goes", ["is deactivated", "is taken off", "turns guest", "is unknown to Slack"])
def test_what_was_for_a_lead_who_goes_is_said_to_somebody_else(office: Office, goes: str) -> None:
    office.introduced()
    led_by(office, LEAD)
    office.at(CHECKIN)
    asks_for_help(office)
    if goes == "is deactivated":
        seen(office, LEAD, deactivated=True)
    elif goes == "is taken off":
        led_by(office, OTHER_LEAD)
    elif goes == "turns guest":
        seen(office, LEAD, guest=True)
    else:
        letter = next(one for one in outgoing.due(office.ctx) if one.notice.kind is Kind.HELP)
        leased = outgoing.lease(office.ctx, letter, "courier")
        assert leased is not None
        people.gone(office.ctx, office.workspace, LEAD)
        outgoing.fail(office.ctx, leased, "user_not_found")
    office.delivers()
    assert hears(office) == ([OTHER_LEAD] if goes == "is taken off" else ["UADMIN", OPERATOR])
    assert f"<@{LEAD}>" not in render(CheckInQuestions((prompt(office),), again=False)).text


def test_a_lead_whom_slack_does_not_let_write_to_is_passed_over(office: Office) -> None:
    office.introduced()
    led_by(office, LEAD)
    office.at(CHECKIN)
    asks_for_help(office)
    for letter in outgoing.due(office.ctx):
        if letter.notice.kind is Kind.HELP:
            leased = outgoing.lease(office.ctx, letter, "courier")
            assert leased is not None
            outgoing.fail(office.ctx, leased, "cannot_dm_bot")
    office.delivers()
    assert hears(office) == ["UADMIN", OPERATOR]


def test_a_question_follows_the_whole_list_of_admins(office: Office) -> None:
    office.introduced()
    led_by(office, LEAD)
    office.at(CHECKIN)
    seen(office, LEAD, deactivated=True)
    office.delivers()
    people.only_admins(office.ctx, office.workspace, {"UADMIN"})
    assert outgoing.due(office.ctx) == []
    people.only_admins(office.ctx, office.workspace, {"UANOTHER"})
    assert {letter.notice.kind for letter in outgoing.due(office.ctx)} == {Kind.CHECKIN}
    assert prompt(office).heard.people == (OPERATOR,)


def test_a_lead_who_is_back_in_time_hears_after_all(office: Office) -> None:
    """What was let go because its reader was gone is not lost when they come back and nobody else was told."""
    office.ctx = replace(office.ctx, admins=frozenset())
    office.introduced()
    led_by(office, LEAD)
    seen(office, "UADMIN", admin=False)
    office.at(CHECKIN)
    asks_for_help(office)
    seen(office, LEAD, deactivated=True)
    office.delivers()
    assert hears(office) == []
    seen(office, LEAD, deactivated=False)
    office.passes(minutes=1)
    assert hears(office) == [LEAD]


# --- doubts about a private message, and trouble with the channel


def lost_call(office: Office) -> int:
    """A call for help of which nobody knows whether it arrived; gives its number."""
    asks_for_help(office)
    letter = next(one for one in outgoing.due(office.ctx) if one.notice.kind is Kind.HELP)
    leased = outgoing.lease(office.ctx, letter, "courier")
    assert leased is not None
    outgoing.give_up(office.ctx, leased, "timeout")
    office.delivers()
    return letter.id


@pytest.mark.parametrize(
    ("leads", "asked"),
    [((LEAD, MENTOR), [LEAD]), ((MENTOR,), ["UADMIN", OPERATOR]), ((LEAD, OTHER_LEAD), [LEAD, OTHER_LEAD])],
)
def test_a_doubt_about_a_private_message_stays_away_from_the_pair(
    office: Office, leads: Sequence[str], asked: list[str]
) -> None:
    office.introduced()
    led_by(office, *leads)
    office.at(CHECKIN)
    number = lost_call(office)
    assert hears(office, Kind.UNCONFIRMED) == asked
    for person in {MENTOR, MENTEE, "USTRANGER"}:
        with pytest.raises(ProgramError):
            outgoing.settle(office.ctx, office.workspace, person, number, arrived=True)
    outgoing.settle(office.ctx, office.workspace, asked[0], number, arrived=True)


def test_only_admins_who_were_asked_settle(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    number = lost_call(office)
    with pytest.raises(NotAllowed):
        outgoing.settle(office.ctx, office.workspace, "UADMIN", number, arrived=True)


@pytest.mark.parametrize("kind", [Kind.CHECKIN, Kind.INTRO, Kind.PAIR_CLOSED, Kind.CARD, Kind.THANKS])
def test_no_doubt_about_a_pair_goes_to_one_of_the_two(office: Office, kind: Kind) -> None:
    office.introduced()
    led_by(office, MENTOR, LEAD)
    office.at(CHECKIN)
    if kind is Kind.PAIR_CLOSED:
        seen(office, MENTEE, deactivated=True)
    if kind is Kind.THANKS:
        office.at(office.times(2).intro_at)
    office.delivers()
    letter = next(one for one in office.every_letter() if one.notice.kind is kind)
    with office.ctx.database.read() as tx:
        about = recipients._concerned(tx, office.in_tx(tx), letter.notice)
    assert about == {MENTOR, MENTEE}


def test_trouble_with_the_channel_is_told_to_admins_where_nobody_leads(office: Office) -> None:
    office.sets_up(leads=(LEAD,))
    seen(office, LEAD, deactivated=True)
    outgoing.cannot_reach_leads(office.ctx, office.workspace, "CLEADS")
    office.delivers()
    assert hears(office, Kind.CHANNEL_TROUBLE) == ["UADMIN", OPERATOR]


# --- choosing leads


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"bot": True}, "Robin is an app"),
        ({"deactivated": True}, "Robin has no active account here"),
        ({"guest": True}, "Robin is a guest"),
    ],
)
def test_who_cannot_lead_is_refused_by_name(office: Office, facts: dict[str, bool], words: str) -> None:
    office.sets_up()
    robin = Person("UROBIN", "Robin", **facts)  # type: ignore[arg-type]  # the facts are those of a person
    draft = replace(programs.setup_form(office.ctx, office.workspace, ADMIN).draft, leads=(LEAD, robin.id))
    with pytest.raises(Invalid) as told:
        programs.set_up(office.ctx, office.workspace, ADMIN, draft, [robin])
    assert list(told.value.fields) == ["leads"]
    assert words in told.value.fields["leads"]
    assert "UROBIN" not in told.value.fields["leads"]
    assert office.program.leads == (LEAD, OTHER_LEAD)


def test_a_guest_leads_where_guests_may_take_part(office: Office) -> None:
    robin = Person("UROBIN", "Robin", guest=True)
    office.sets_up()
    draft = replace(programs.setup_form(office.ctx, office.workspace, ADMIN).draft, leads=(robin.id,))
    allowed = replace(draft, guests_allowed=True)
    assert programs.set_up(office.ctx, office.workspace, ADMIN, allowed, [robin]).leads == (robin.id,)
    with pytest.raises(Invalid, match="Robin is a guest"):
        programs.set_up(office.ctx, office.workspace, ADMIN, draft)


def test_chosen_leads_are_kept_among_the_people(office: Office) -> None:
    robin = Person("UROBIN", "Robin")
    office.sets_up()
    draft = replace(programs.setup_form(office.ctx, office.workspace, ADMIN).draft, leads=(robin.id,))
    programs.set_up(office.ctx, office.workspace, ADMIN, draft, [robin])
    assert people.known(office.ctx, office.workspace, robin.id) == robin


def test_a_lead_who_cannot_lead_for_a_while_leads_again_afterwards(office: Office) -> None:
    pair = office.proposed()
    seen(office, LEAD, deactivated=True)
    with pytest.raises(NotAllowed):
        approvals.approve(office.ctx, office.workspace, LEAD, pair.id)
    form = programs.setup_form(office.ctx, office.workspace, ADMIN)
    assert form.draft.leads == (OTHER_LEAD,)
    programs.set_up(office.ctx, office.workspace, ADMIN, replace(form.draft, name="Renamed"))
    seen(office, LEAD, deactivated=False)
    assert programs.setup_form(office.ctx, office.workspace, ADMIN).draft.leads == (OTHER_LEAD, LEAD)
    assert approvals.approve(office.ctx, office.workspace, LEAD, pair.id).decided_by == LEAD


@pytest.mark.parametrize("fact", ["deactivated", "guest", "bot"])
def test_a_lead_who_cannot_lead_does_not_set_up_either(office: Office, fact: str) -> None:
    program = office.sets_up()
    person, facts = Person(LEAD, "Lea"), dict[str, Any]({fact: True})
    assert access.may_set_up(program, person, frozenset())
    assert not access.may_set_up(program, replace(person, **facts), frozenset())


def test_a_welcome_names_those_who_can_help_and_not_its_reader(office: Office) -> None:
    office.sets_up(leads=(LEAD, "U1", OTHER_LEAD))
    seen(office, OTHER_LEAD, deactivated=True)
    office.joins("U1")
    office.joins("U2")
    office.delivers()
    named = [one.content.leads for one in office.said if isinstance(one.content, Welcome)]
    assert named == [(LEAD,), (LEAD, "U1")]


# --- a program without a lead


def alone(office: Office) -> None:
    """A program whose only lead is gone."""
    office.sets_up(leads=(LEAD,))
    seen(office, LEAD, deactivated=True)


def test_admins_hear_once_a_week_that_nobody_leads(office: Office) -> None:
    alone(office)
    for _ in range(8 * 6):
        office.passes(hours=3)
    assert hears(office, Kind.NO_LEAD) == ["UADMIN", OPERATOR]
    for _ in range(8 * 2):
        office.passes(hours=3)
    assert hears(office, Kind.NO_LEAD) == ["UADMIN", "UADMIN", OPERATOR, OPERATOR]
    office.said.clear()
    seen(office, LEAD, deactivated=False)
    office.lives_until(office.clock() + 3 * WEEK)
    assert office.kinds(Kind.NO_LEAD) == []
    told = [one.content for one in office.said if one.kind is Kind.NO_LEAD]
    assert told == [NoLead("Upside Down", (LEAD,))] * 4


def test_with_a_new_lead_the_admins_read_so(office: Office) -> None:
    alone(office)
    office.passes(hours=1)
    office.sets_up(leads=(OTHER_LEAD,))
    shown = [one for one in office.delivers() if one.kind is Kind.NO_LEAD]
    assert [(one.is_new, one.content) for one in shown] == [(False, NoLead("Upside Down", (OTHER_LEAD,)))] * 2


def test_an_admin_reads_who_hears_calls_for_help_while_nobody_leads(office: Office) -> None:
    """They read who hears, and that nobody hears of their own pair: not even an admin who is one of the two."""
    office.introduced()
    seen(office, MENTOR, admin=True)
    led_by(office, LEAD)
    seen(office, LEAD, deactivated=True)
    office.passes(hours=1)
    (told,) = (one for one in office.kinds(Kind.NO_LEAD) if one.recipient == f"person:{MENTOR}")
    assert told.content == NoLead("Upside Down", (), ("UADMIN", MENTOR, OPERATOR))
    text = render(told.content).text
    assert f"<@UADMIN>, <@{MENTOR}> and <@{OPERATOR}> hear calls for help, but nobody hears one" in text
    seen(office, "UADMIN", deactivated=True)
    office.delivers()
    assert f" <@{MENTOR}> and <@{OPERATOR}> hear calls for help" in render(office.said[-1].content).text
    office.at(CHECKIN)
    assert prompt(office).heard.people == (OPERATOR,)


def test_whom_people_are_sent_to_can_help(office: Office) -> None:
    """A refusal, a saved word and a note about no partner name no lead who is gone."""
    office.sets_up()
    office.joins("UGUEST")
    office.joins("UALONE")
    seen(office, LEAD, deactivated=True)
    seen(office, "UGUEST", guest=True)
    office.at(INTRO)
    with pytest.raises(NotAllowed) as refused:
        approvals.approve(office.ctx, office.workspace, "UALONE", 1)
    with pytest.raises(AdminsOnly) as shut_out:
        programs.setup_form(office.ctx, office.workspace, Person("UALONE", "Al"))
    (note,) = office.heard("UGUEST", Kind.NO_PARTNER)
    assert isinstance(note.content, NoPartner)
    assert refused.value.leads == shut_out.value.leads == note.content.leads == (OTHER_LEAD,)
    seen(office, LEAD, deactivated=False)
    office.delivers()
    row = next(one for one in office.letters(Kind.NO_PARTNER, 1) if "UGUEST" in one.notice.recipient)
    shown = office.on_screen[row.id]
    assert isinstance(shown, NoPartner)
    assert shown.leads == (LEAD, OTHER_LEAD)


def test_an_admin_who_goes_too_is_not_the_only_one_who_knew(office: Office) -> None:
    office.ctx = replace(office.ctx, admins=frozenset())
    alone(office)
    office.passes(hours=1)
    seen(office, "UADMIN", deactivated=True)
    seen(office, "UBOSS", admin=True)
    office.passes(hours=1)
    assert hears(office, Kind.NO_LEAD) == ["UADMIN", "UBOSS"]


def test_without_leads_and_admins_nothing_is_tried_in_vain(office: Office) -> None:
    office.ctx = replace(office.ctx, admins=frozenset())
    alone(office)
    seen(office, "UADMIN", admin=False)
    office.passes(hours=1)
    assert (matters.look_after(office.ctx), office.every_letter()) == (0, [])


def test_the_admins_of_a_workspace_stay_in_it(office: Office, sqlite: Database) -> None:
    other = Office(sqlite, "T2")
    other.ctx = Context(sqlite, other.clock)
    other.sets_up(Person("UOTHERADMIN", "Otis", admin=True), leads=(LEAD,))
    seen(other, LEAD, deactivated=True)
    office.sets_up()
    other.passes(hours=1)
    office.delivers()
    assert hears(other, Kind.NO_LEAD) + hears(office, Kind.NO_LEAD) == ["UOTHERADMIN"]


def test_a_doubt_that_reached_nobody_is_kept_for_somebody(office: Office) -> None:
    office.ctx = replace(office.ctx, admins=frozenset())
    office.introduced()
    led_by(office, MENTOR)
    office.at(CHECKIN)
    seen(office, "UADMIN", admin=False)
    letter = next(one for one in office.every_letter() if one.notice.kind is Kind.CHECKIN)
    with office.ctx.database.write() as tx:
        tx.exec_driver_sql(f"UPDATE outbox SET state = '{RowState.UNKNOWN}' WHERE id = {letter.id}")  # noqa: S608 - our own row
    office.passes(hours=1)
    assert hears(office, Kind.UNCONFIRMED) == []
    office.sets_up(leads=(MENTOR, LEAD))
    office.passes(hours=1)
    assert hears(office, Kind.UNCONFIRMED) == [LEAD]
    assert office.clock() < CHECKIN + timedelta(days=1)
