"""Whatever is said to leads one by one, and however its reader stops being right: what is open goes on to others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.views import render
from mentoring.checkins import Answer
from mentoring.messages import Kind
from program import checkins, outgoing, people
from tests.program.office import CHECKIN, LEAD, OTHER_LEAD, WEEK, Office
from tests.program.test_recipients import OPERATOR, asks_for_help, seen

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"


def help_(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    asks_for_help(office)


def stuck(office: Office) -> None:
    office.introduced()
    for week in range(3):
        office.lives_until(CHECKIN + week * WEEK)
        question = office.checkins(MENTEE)[-1]
        checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.NOT_YET)


def unknown_intro(office: Office) -> None:
    office.approved()
    office.clock.time = office.times().intro_at
    office.tick()
    (letter,) = (one for one in outgoing.due(office.ctx) if one.notice.kind is Kind.INTRO)
    leased = outgoing.lease(office.ctx, letter, "courier")
    assert leased is not None
    outgoing.give_up(office.ctx, leased, "timeout")


def case(office: Office) -> None:
    unknown_intro(office)
    office.passes(minutes=1)
    office.passes(days=1)


OPEN: dict[Kind, Callable[[Office], None]] = {
    Kind.HELP: help_,
    Kind.STUCK: stuck,
    Kind.UNCONFIRMED: unknown_intro,
    Kind.INTRO_CASE: case,
}


def deactivated(office: Office) -> None:
    seen(office, LEAD, deactivated=True)


def app(office: Office) -> None:
    seen(office, LEAD, bot=True)


def guest(office: Office) -> None:
    seen(office, LEAD, guest=True)


def taken_off(office: Office) -> None:
    office.sets_up(leads=(OTHER_LEAD,))


def only_the_pair_leads(office: Office) -> None:
    office.sets_up(leads=(MENTOR, MENTEE))


WAYS: dict[Callable[[Office], None], list[str]] = {
    deactivated: ["UADMIN", OPERATOR],
    app: ["UADMIN", OPERATOR],
    guest: ["UADMIN", OPERATOR],
    taken_off: [OTHER_LEAD],
    only_the_pair_leads: ["UADMIN", OPERATOR],
}


def readers(office: Office, kind: Kind) -> list[str]:
    return [one.recipient.removeprefix("person:") for one in office.kinds(kind)]


CASES = [
    pytest.param(
        kind,
        way,
        arrived,
        id=f"{kind}-{way.__name__}-{'read' if arrived else 'on its way'}",
        # In a usual run each way for what was read and for what was not; the others among the slow proofs.
        marks=[pytest.mark.slow] if (number + place + arrived) % len(OPEN) else [],
    )
    for number, kind in enumerate(OPEN)
    for place, way in enumerate(WAYS)
    for arrived in (True, False)
]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("kind", "way", "arrived"), CASES)
def test_what_is_open_goes_on_once_and_never_to_whom_it_is_about(
    office: Office, kind: Kind, way: Callable[[Office], None], arrived: bool
) -> None:
    office.sets_up(leads=(LEAD,))
    OPEN[kind](office)
    if arrived:
        office.delivers()
        office.passes(minutes=1)
        assert set(readers(office, kind)) == {LEAD}
    before = readers(office, kind)
    way(office)
    for _ in range(3):
        office.passes(minutes=1)
    new = readers(office, kind)[len(before) :]
    assert sorted(new) == WAYS[way]
    if arrived:
        theirs = [one for one in office.said if one.kind is kind and one.recipient == f"person:{LEAD}"]
        last = render(theirs[-1].content)
        assert "nothing to do for you" in last.text
        assert "actions" not in {block["type"] for block in last.blocks}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("kind", OPEN)
def test_from_admins_it_goes_to_the_next_lead(office: Office, kind: Kind) -> None:
    office.sets_up(leads=(LEAD,))
    OPEN[kind](office)
    seen(office, LEAD, deactivated=True)
    office.passes(minutes=1)
    assert {"UADMIN", OPERATOR} <= set(readers(office, kind))
    office.sets_up(leads=(OTHER_LEAD,))
    office.passes(minutes=1)
    office.passes(minutes=1)
    assert readers(office, kind).count(OTHER_LEAD) == 1


@pytest.mark.parametrize("kind", [Kind.HELP, Kind.STUCK])
def test_what_somebody_heard_who_still_can_stays_with_them(office: Office, kind: Kind) -> None:
    """Whoever asked reads who knows: another lead is not told only because there is one."""
    office.sets_up(leads=(LEAD,))
    OPEN[kind](office)
    office.delivers()
    office.sets_up(leads=(LEAD, OTHER_LEAD))
    office.passes(minutes=1)
    assert set(readers(office, kind)) == {LEAD}


def test_a_call_that_was_answered_since_goes_nowhere(office: Office) -> None:
    office.sets_up(leads=(LEAD,))
    help_(office)
    office.delivers()
    office.at(CHECKIN + WEEK)
    question = office.checkins(MENTEE)[-1]
    checkins.answer(office.ctx, office.workspace, MENTEE, question.id, Answer.MET)
    taken_off(office)
    office.passes(minutes=1)
    assert set(readers(office, Kind.HELP)) == {LEAD}


def test_what_slack_refuses_to_bring_goes_on(office: Office) -> None:
    office.sets_up(leads=(LEAD,))
    help_(office)
    (letter,) = (one for one in outgoing.due(office.ctx) if one.notice.kind is Kind.HELP)
    leased = outgoing.lease(office.ctx, letter, "courier")
    assert leased is not None
    outgoing.refuse(office.ctx, leased, "restricted_action")
    office.delivers()
    assert sorted(readers(office, Kind.HELP)) == ["UADMIN", OPERATOR]


def test_what_slack_refused_is_told_to_the_next_lead_if_nobody_was(office: Office) -> None:
    office.ctx = office.ctx.__class__(office.ctx.database, office.clock)
    office.sets_up(leads=(LEAD,))
    office.joins("UANA")
    seen(office, "UADMIN", admin=False)
    (letter,) = (one for one in outgoing.due(office.ctx) if one.notice.kind is Kind.WELCOME)
    leased = outgoing.lease(office.ctx, letter, "courier")
    assert leased is not None
    outgoing.refuse(office.ctx, leased, "restricted_action")
    people.gone(office.ctx, office.workspace, LEAD)
    office.passes(minutes=1)
    assert readers(office, Kind.DELIVERY_TROUBLE) == []
    seen(office, LEAD, deactivated=False)
    office.passes(minutes=1)
    assert readers(office, Kind.DELIVERY_TROUBLE) == [LEAD]
