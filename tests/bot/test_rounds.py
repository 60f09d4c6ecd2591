"""What goes first, with thousands of messages waiting: what somebody waits for, and nothing is rendered in vain."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event, insert

from bot.delivery import rounds
from mentoring.messages import Kind, Notice, Welcome, to_leads, to_pair, to_person
from mentoring.people import Role
from program import arrivals, outgoing, queue, screens
from program.outgoing import Letter, Mail
from storage import tables as t
from storage.outbox import outbox
from tests.bot.post_office import PostOffice

CROWD = 3000
SAID = Welcome("Reverse mentoring", Role.SHARE, True, None, "UTC", ())

BACKLOGS: dict[str, tuple[Callable[[int], Notice], ...]] = {
    "introductions": (lambda number: to_pair(Kind.INTRO, number),),
    "check-ins": (lambda number: to_person(Kind.CHECKIN, number, f"UMASS{number}"),),
    "cards": (lambda number: to_leads(Kind.CARD, number),),
    "questions to one lead": (lambda number: to_person(Kind.UNCONFIRMED, number, "ULEAD"),),
    "mail to one person": (lambda number: to_person(Kind.NUDGE, number, "UONE"),),
}
BACKLOGS["all of these"] = tuple(one for (one,) in BACKLOGS.values())


class Desk:
    """A courier on an office's outbox whose messages all say the same, and a Slack that notes what was said where."""

    def __init__(self, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office = office
        self.prepared = 0
        self.said: list[tuple[float, str]] = []
        self.numbers = count()
        monkeypatch.setattr(outgoing, "prepare", self.prepare)
        monkeypatch.setattr(arrivals, "follows", lambda *_: None)
        monkeypatch.setattr(screens, "shown", lambda *_: screens.Shown(SAID, frozenset()))
        monkeypatch.setattr("bot.slack.post.open_conversation", lambda _, people: "-".join(people))
        monkeypatch.setattr("bot.slack.post.post", self.post)
        monkeypatch.setattr("bot.slack.post.update", lambda *_: None)
        monkeypatch.setattr(office.courier._channels, "known", lambda _: None)

    def prepare(self, ctx: object, letter: Letter) -> Mail:
        self.prepared += 1
        reader = letter.notice.reader
        if letter.notice.recipient == "leads":
            return Mail(letter, self.office.workspace, SAID, "CLEADS", ())
        people = (reader,) if reader else (letter.notice.recipient, "UOTHER")
        return Mail(letter, self.office.workspace, SAID, letter.channel, people)

    def post(self, client: object, channel: str, rendered: object, token: str) -> tuple[str, str]:
        self.said.append((self.office._monotonic(), channel))
        return channel, f"{len(self.said)}.1"

    def waits(self, many: int, *kinds: Callable[[int], Notice]) -> None:
        """Let so many messages wait, of these kinds in turn."""
        notices = [kinds[number % len(kinds)](next(self.numbers)) for number in range(many)]
        rows = [outbox._row(1, one, self.office.clock.time, False) for one in notices]
        with self.office.database.write() as tx:
            tx.execute(insert(t.outbox), rows)

    def says(self, kind: Kind, person_id: str) -> None:
        with self.office.database.write() as tx:
            outbox.put(tx, 1, to_person(kind, next(self.numbers), person_id), self.office.clock.time)

    def lives_for(self, seconds: float, step: float = 0.25) -> None:
        for _ in range(round(seconds / step)):
            self.office.clock.passes(seconds=step)
            self.office.delivers()

    def soon_said_to(self, *people: str) -> float:
        """Seconds until all of them read something that was not there before."""
        asked_at, before = self.office._monotonic(), len(self.said)
        while not {*people} <= {place for _, place in self.said[before:]}:
            assert self.office._monotonic() - asked_at < 60
            self.lives_for(0.25)
        return self.office._monotonic() - asked_at


@pytest.fixture
def desk(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(office, monkeypatch)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("backlog", BACKLOGS)
def test_behind_thousands_of_messages_a_welcome_and_a_call_for_help_go_at_once(
    desk: Desk, backlog: str
) -> None:
    desk.office.delivers()
    desk.waits(CROWD, *BACKLOGS[backlog])
    desk.lives_for(20, step=0.5)
    for number in range(3):
        desk.says(Kind.WELCOME, f"UNEW{number}")
        desk.says(Kind.HELP, f"UHEARS{number}")
        assert desk.soon_said_to(f"UHEARS{number}", f"UNEW{number}") <= 3


@pytest.mark.parametrize("backlog", BACKLOGS)
def test_a_round_in_which_nothing_may_go_costs_the_same_however_many_wait(
    desk: Desk, backlog: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    event.listen(desk.office.database._reader, "before_cursor_execute", lambda *about: asked.append(about))
    read: list[object] = []

    def heads(*about: Any) -> Any:
        found = queue.heads(*about)
        read.extend(found)
        return found

    monkeypatch.setattr(rounds, "queue", SimpleNamespace(**vars(queue) | {"heads": heads}))
    costs: list[int] = []
    for many in (400, CROWD):
        desk.waits(many, *BACKLOGS[backlog])
        desk.office.delivers()
        asked.clear()
        read.clear()
        desk.prepared = 0
        assert desk.office.courier.run_once() == 0
        assert desk.office.courier._lanes.ready_in() > 0
        costs.append(len(asked))
        assert read == [], "nothing is read that may not go"
        assert desk.prepared == 0, "nor rendered"
    assert costs[0] == costs[1] <= 8


def test_messages_of_one_conversation_keep_their_order_unless_many_are_before_a_call_for_help(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[Kind] = []
    told = desk.prepare

    def noted(ctx: object, letter: Letter) -> Mail:
        order.append(letter.notice.kind)
        return told(ctx, letter)

    monkeypatch.setattr(outgoing, "prepare", noted)
    for kind in (Kind.NUDGE, Kind.CHECKIN, Kind.HELP):
        desk.says(kind, "ULEAD")
    desk.lives_for(3)
    assert order == [Kind.NUDGE, Kind.CHECKIN, Kind.HELP]
    order.clear()
    for kind in (*[Kind.NUDGE] * 5, Kind.HELP):
        desk.says(kind, "ULEAD")
    desk.lives_for(8)
    assert order[0] is Kind.HELP


def test_mail_is_sent_however_many_answers_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in ("ready_in", "take"):
        monkeypatch.setattr(desk.office.courier._pacing, ask, lambda *_: 0.0)
    desk.waits(99, lambda number: to_person(Kind.NUDGE, number, f"UMASS{number}"))
    desk.waits(99, lambda number: to_person(Kind.WELCOME, number, f"UNEW{number}"))
    desk.office.delivers()
    places = [place for _, place in desk.said[:90]]
    assert places[0].startswith("UNEW")
    assert sum(place.startswith("UMASS") for place in places) == pytest.approx(10, abs=1)


def test_calls_for_help_go_before_all_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in ("ready_in", "take"):
        monkeypatch.setattr(desk.office.courier._pacing, ask, lambda *_: 0.0)
    desk.waits(20, lambda number: to_person(Kind.WELCOME, number, f"UNEW{number}"))
    desk.waits(20, lambda number: to_person(Kind.HELP, number, f"UHEARS{number}"))
    desk.office.delivers()
    assert {place[:5] for _, place in desk.said[:20]} == {"UHEAR"}


def test_what_another_process_queues_is_seen_within_a_round(desk: Desk) -> None:
    """It wakes nobody here; the rounds look again by themselves."""
    desk.waits(400, lambda number: to_person(Kind.NUDGE, number, f"UMASS{number}"))
    took = desk.post

    def slow(client: object, channel: str, rendered: object, token: str) -> tuple[str, str]:
        desk.office.clock.passes(seconds=2)
        if len(desk.said) == 3:
            desk.says(Kind.HELP, "UHEARS")
        return took(client, channel, rendered, token)

    desk.office.courier._wake.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.slack.post.post", slow)
        desk.office.courier.run_once()
    assert desk.said[4][1] == "UHEARS", "the very next call, though each one takes two seconds"
