"""Leads who look after a message of unknown fate read whose it was, whatever its kind, and nothing that is private."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.views import render
from mentoring.checkins import Answer
from mentoring.messages import Kind
from mentoring.troubles import Unconfirmed
from program import checkins, members, outgoing
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, PROPOSAL, Office

MENTOR, MENTEE = "UMENTOR1", "UMENTEE1"


def joined(office: Office) -> None:
    office.sets_up()
    office.couple()


def proposed(office: Office) -> None:
    joined(office)
    office.delivers()
    office.clock.time = PROPOSAL
    office.tick()


def nobody(office: Office) -> None:
    office.sets_up()
    office.joins(MENTEE)
    office.at(PROPOSAL)
    office.clock.time = INTRO
    office.tick()


def asked(office: Office) -> None:
    office.introduced()
    office.clock.time = CHECKIN
    office.tick()


def left(office: Office) -> None:
    office.introduced()
    members.leave(office.ctx, office.workspace, MENTOR)


def helped(office: Office) -> None:
    office.introduced()
    office.at(CHECKIN)
    checkin = office.checkins(MENTEE)[-1]
    checkins.answer(office.ctx, office.workspace, MENTEE, checkin.id, Answer.HELP)


def closed(office: Office) -> None:
    office.introduced()
    office.clock.time = office.times().ends_at
    office.tick()


CASES: dict[Kind, tuple[Callable[[Office], None], tuple[str, ...], str]] = {
    Kind.WELCOME: (joined, (MENTOR,), ""),
    Kind.SUMMARY: (proposed, (), "CLEADS"),
    Kind.CARD: (proposed, (MENTOR, MENTEE), "CLEADS"),
    Kind.INTRO_TIME: (nobody, (), "CLEADS"),
    Kind.NO_PARTNER: (nobody, (MENTEE,), ""),
    Kind.CHECKIN: (asked, (MENTEE,), ""),
    Kind.PAIR_CLOSED: (left, (MENTEE,), ""),
    Kind.HELP: (helped, (LEAD,), ""),
    Kind.THANKS: (closed, (MENTOR, MENTEE), ""),
}


def doubted(office: Office, kind: Kind) -> dict[str, Unconfirmed]:
    """The first message of a kind is lost; what each lead reads of it."""
    letter = next(
        one
        for one in outgoing.due(office.ctx)
        if one.notice.kind is kind and _is_one_of(one.notice.recipient, kind)
    )
    leased = outgoing.lease(office.ctx, letter, "courier")
    assert leased is not None
    outgoing.give_up(office.ctx, leased, "timeout")
    office.delivers(lambda one: one.notice.kind is Kind.UNCONFIRMED)
    return {
        said.recipient.removeprefix("person:"): said.content
        for said in office.kinds(Kind.UNCONFIRMED)
        if isinstance(said.content, Unconfirmed)
    }


def _is_one_of(recipient: str, kind: Kind) -> bool:
    """Of two people who get the same kind, the one whom the table names."""
    _, people, channel = CASES[kind]
    return bool(channel) or not recipient.startswith("person:") or recipient.removeprefix("person:") in people


@pytest.mark.parametrize(("kind", "case"), CASES.items())
def test_each_kind_names_whom_it_was_for_or_the_channel(
    office: Office, kind: Kind, case: tuple[Callable[[Office], None], tuple[str, ...], str]
) -> None:
    happens, people, channel = case
    happens(office)
    told = doubted(office, kind)
    assert set(told) == {LEAD, OTHER_LEAD}
    other = told[OTHER_LEAD]
    assert (other.people, other.channel) == (people, channel)
    text = render(other).text
    assert ("Please look in <#CLEADS>" if channel else f"Please ask <@{people[0]}>") in text
    assert "help" not in text, "who asks for help is for those whom the call is for"


def test_a_lead_is_not_sent_to_ask_themselves(office: Office) -> None:
    helped(office)
    text = render(doubted(office, Kind.HELP)[LEAD]).text
    assert "a private note to you. Please look here, in your messages from me, before" in text
    assert f"<@{LEAD}>" not in text
