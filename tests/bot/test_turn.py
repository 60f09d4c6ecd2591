"""Of several processes on one database, one delivers; another takes over when it is stopped, or has died."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from bot.delivery.courier import Courier
from bot.delivery.turn import SURE_FOR, Alone, Turn
from program import queue
from program.context import Context
from storage.database import Database
from tests import patience
from tests.bot.post_office import MONDAY, PostOffice, open_post_office
from tests.harness import Clock
from tests.slack_client import web_client


class Process:
    """As much of a process as waits for its turn."""

    def __init__(self, database: Database, name: str) -> None:
        self.now = 0.0
        self.begun = 0
        self.turn = Turn(Context(database, Clock(MONDAY)), name, lambda: self.now, self.begins)

    def begins(self) -> None:
        self.begun += 1

    def has_it(self) -> bool:
        self.turn.renew()
        return self.turn.is_ours


def test_one_process_has_the_turn_until_it_stops(postgresql: Database) -> None:
    one, two = Process(postgresql, "one"), Process(postgresql, "two")
    one.turn.start()
    patience.soon(lambda: one.turn.is_ours)
    assert [one.has_it(), two.has_it(), one.has_it()] == [True, False, True]
    one.turn.stop()
    assert not one.turn.is_ours
    assert two.has_it()
    assert (one.begun, two.begun) == (1, 1)


def test_whoever_cannot_renew_it_stops_before_another_begins(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = Process(postgresql, "one"), Process(postgresql, "two")
    assert one.has_it()
    one.now += SURE_FOR
    assert not one.turn.is_ours
    assert not two.has_it(), "it is kept free a little longer"
    monkeypatch.setattr(queue, "TURN", timedelta(microseconds=1))
    assert one.has_it()
    assert two.has_it(), "the first one has died"
    assert one.begun == 2


def test_what_was_sent_in_the_last_minute_counts_after_a_start(office: PostOffice) -> None:
    for topic in ("Podcasting", "Short video"):
        office.couple(topic)
    office.delivers()
    office.passes(seconds=40)
    office.matches()
    office.delivers()
    office.approves(1, 2)
    office.introduces()
    office.lives_for(seconds=10)
    sent = queue.lately(office.ctx)
    assert sum(one.opened for one in sent) == len(office.calls("conversations.open")) == 2
    assert sum(one.posted for one in sent) == len(office.calls())
    new = office.hires()
    new._begins()
    assert new._pacing._windows["chat.postMessage"].made(office._monotonic()) == len(office.calls())
    office.passes(seconds=60)
    assert queue.lately(office.ctx) == []


@pytest.mark.slow
def test_another_process_takes_over_from_one_that_stops(postgresql: Database) -> None:
    with open_post_office(postgresql) as office:
        office.sets_up()
        clients = [web_client(office.slack), web_client(office.slack)]
        couriers = [
            Courier(office.ctx, one, time.monotonic, office.directory.look_at, alone=False, idle_seconds=0.05)
            for one in clients
        ]
        couriers[0].start()
        patience.soon(lambda: couriers[0]._turn.is_ours)
        couriers[1].start()
        office.joins("Ana", 2, shares=("Podcasting",))
        patience.soon(lambda: not office.undelivered())
        assert [one._turn.is_ours for one in couriers] == [True, False]
        couriers[0].stop()
        office.joins("Ben", 2, shares=("Podcasting",))
        patience.soon(lambda: not office.undelivered())
        assert [one._turn.is_ours for one in couriers] == [False, True]
        couriers[1].stop()


def test_a_process_alone_needs_no_turn() -> None:
    begun: list[bool] = []
    alone = Alone(lambda: begun.append(True))
    alone.start()
    assert alone.is_ours
    alone.stop()
    assert begun == [True]
