"""A courier that was suspended wakes up with a success in its hand: in the end one copy stands, and its row knows it.

A table over when it was suspended, what it was sending where, and what others did with that message meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from handlers.marks import token_in
from mentoring.errors import ProgramError
from mentoring.messages import Kind
from mentoring.people import draft_of
from program import members, outgoing, profiles
from program.outgoing import LEASE, RowState
from sandbox import Message, Person
from storage import members as stored
from storage.outbox.letters import Letter
from tests.bot.post_office import PostOffice

POST, UPDATE = "chat.postMessage", "chat.update"
LONGER = LEASE + timedelta(seconds=10)

Meanwhile = Callable[[PostOffice, Kind], None]


class Suspended(WebClient):
    """A client whose process is stopped for a while: just before a call, or before its answer is read."""

    def __init__(self, office: PostOffice, point: str, meanwhile: Callable[[], None]) -> None:
        there = office.client
        super().__init__(there.token, base_url=there.base_url, retry_handlers=[], ssl=there.ssl)
        self._point, self._meanwhile = point, meanwhile

    def api_call(self, api_method: str, **given: Any) -> Any:
        stopped = api_method in (POST, UPDATE) and self._point
        if stopped == "before the call":
            self._stops()
        answer = super().api_call(api_method, **given)
        if stopped == "before the record":
            self._stops()
        return answer

    def _stops(self) -> None:
        """Once: the others live on."""
        self._point = ""
        self._meanwhile()


class Blind(WebClient):
    """A client to which Slack shows an empty history, because that lags behind."""

    def __init__(self, office: PostOffice) -> None:
        there = office.client
        super().__init__(there.token, base_url=there.base_url, retry_handlers=[], ssl=there.ssl)

    def conversations_history(self, **_: Any) -> Any:
        return {"messages": []}


# What is sent


def a_welcome(office: PostOffice) -> Kind:
    office.joins("Ana", 2, shares=("Podcasting",))
    return Kind.WELCOME


def a_card(office: PostOffice) -> Kind:
    office.couple()
    office.delivers()
    office.matches()
    deliver_all_but(office, Kind.CARD)
    return Kind.CARD


def an_introduction(office: PostOffice) -> Kind:
    office.couple()
    office.matches()
    office.delivers()
    office.approves(1)
    office.passes(seconds=10)
    office.introduces()
    deliver_all_but(office, Kind.INTRO)
    return Kind.INTRO


SENT = {"direct message": a_welcome, "leads' channel": a_card, "group": an_introduction}


def deliver_all_but(office: PostOffice, kind: Kind) -> None:
    """Everything else is on the screens, so that nothing but this is on its way."""
    for letter in outgoing.due(office.ctx):
        if letter.notice.kind is not kind:
            office.courier._step(letter)


# What others do meanwhile


def nothing(office: PostOffice, kind: Kind) -> None:
    pass


def looked(office: PostOffice, kind: Kind) -> None:
    """Another courier takes over, and looks where it may."""
    works(office)


def looked_in_vain(office: PostOffice, kind: Kind) -> None:
    """The same while the history lags behind, so that it sends it again."""
    works(office, Blind(office))


def sent_again(office: PostOffice, kind: Kind) -> None:
    works(office, Blind(office))
    settles(office, kind, arrived=False)
    works(office, Blind(office))


def reopened(office: PostOffice, kind: Kind) -> None:
    works(office, Blind(office))
    settles(office, kind, arrived=False)


def said_to_have_arrived(office: PostOffice, kind: Kind) -> None:
    works(office, Blind(office))
    settles(office, kind, arrived=True)


def moot(office: PostOffice, kind: Kind) -> None:
    """Its reader leaves, or one of its pair does, before anybody takes over."""
    for member in people(office):
        with suppress(ProgramError):
            members.leave(office.ctx, office.workspace, member.id)
    works(office)


MEANWHILE: dict[str, Meanwhile] = {
    "nothing": nothing,
    "looked": looked,
    "looked in vain": looked_in_vain,
    "sent again": sent_again,
    "reopened": reopened,
    "said to have arrived": said_to_have_arrived,
    "moot": moot,
}


def works(office: PostOffice, client: WebClient | None = None) -> None:
    """Another courier has time to take over, to look once the history has settled, and to do what follows."""
    other = office.hires(client)
    outgoing.recover(office.ctx)
    for _ in range(3):
        while other.run_once():
            pass
        office.clock.passes(seconds=11)


def settles(office: PostOffice, kind: Kind, arrived: bool) -> None:
    with suppress(ProgramError):  # in a direct message nobody has to be asked
        outgoing.settle(*office.as_lead(), row(office, kind).id, arrived)


def people(office: PostOffice) -> list[Person]:
    return [one for one in office.slack.people() if one.name not in ("Lea Lead", "Lou Lead")]


# What must hold in the end


def row(office: PostOffice, kind: Kind) -> Letter:
    (found,) = office.letters(kind)
    return found


def on_screens(office: PostOffice, kind: Kind) -> list[Message]:
    """Every copy of that message, wherever it stands."""
    name = row(office, kind).name
    channels = [office.leads_channel, *(one.dm for one in office.slack.people())]
    channels += [dm for one in office.slack.people() for dm in one.group_dms()]
    everything = {
        (one.channel, one.ts): one for channel in channels for one in office.slack.messages(channel)
    }
    return [one for one in everything.values() if token_in(one.metadata).startswith(name)]


def one_copy_stands(office: PostOffice, kind: Kind) -> None:
    """One copy, at the place on record, up to date; or none where there was nothing left to say."""
    standing, known = on_screens(office, kind), row(office, kind)
    if known.posted:
        assert [(one.channel, one.ts) for one in standing] == [(known.channel, known.ts)]
        assert known.state is RowState.SENT
        assert known.shown == known.wanted
    else:
        assert known.state is RowState.MOOT
        assert standing == []
    open_questions = [one for one in office.asked_about(office.lead) if one.buttons]
    assert open_questions == [], "what became known is asked of nobody"


POINTS = ["before the call", "before the record"]
CASES = [
    pytest.param(
        what,
        point,
        meanwhile,
        # In a usual run each of the two points for half of it; the others among the slow proofs.
        marks=[pytest.mark.slow] if (kind + late + place) % 2 else [],
    )
    for kind, what in enumerate(SENT)
    for late, point in enumerate(POINTS)
    for place, meanwhile in enumerate(MEANWHILE)
]


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("what", "point", "meanwhile"), CASES)
def test_a_success_that_comes_late_is_kept_or_its_copy_taken_away(
    office: PostOffice, what: str, point: str, meanwhile: str
) -> None:
    kind = SENT[what](office)

    def stopped() -> None:
        office.clock.time += LONGER
        MEANWHILE[meanwhile](office, kind)

    office.courier = office.hires(Suspended(office, point, stopped))
    office.courier._step(row(office, kind))
    office.courier = office.hires()
    office.lives_for(seconds=90, step=10)
    one_copy_stands(office, kind)
    if kind is Kind.INTRO and row(office, kind).posted:
        assert office.pair().introduced_at is not None
        assert office.pair().channel == row(office, kind).channel


@pytest.mark.sampled(4)
@pytest.mark.parametrize("newer", [False, True])
@pytest.mark.parametrize("point", ["before the call", "before the record"])
@pytest.mark.parametrize("what", SENT)
def test_an_older_version_that_is_shown_late_is_followed_by_the_newest(
    office: PostOffice, what: str, point: str, newer: bool
) -> None:
    kind = SENT[what](office)
    office.delivers()
    changes(office, "Before")

    def stopped() -> None:
        office.clock.time += LONGER
        if newer:
            changes(office, "Newest")
            works(office)
        else:
            changes(office, "Newest")

    letter = row(office, kind)
    assert letter.state is RowState.READY
    office.courier = office.hires(Suspended(office, point, stopped))
    office.courier._step(letter)
    office.courier = office.hires()
    office.lives_for(seconds=90, step=10)
    one_copy_stands(office, kind)
    assert "Newest" in on_screens(office, kind)[0]


def changes(office: PostOffice, name: str) -> None:
    """What every message here shows is another: the program's name, and departments on cards."""
    office.sets_up(name=name)
    with office.database.read() as tx:
        everybody = stored.of_program(tx, 1).values()
    for member in everybody:
        draft = replace(draft_of(member.profile), department=name)
        profiles.save(office.ctx, office.workspace, member.person, draft)
