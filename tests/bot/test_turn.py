"""Of several processes on one database, one delivers; another takes over when it is stopped, or has died."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.turn import SURE_FOR, Alone, Turn
from program import queue
from program.context import Context
from storage.database import Database
from tests import patience
from tests.bot.post_office import MONDAY
from tests.harness import Clock


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


def test_a_process_alone_needs_no_turn() -> None:
    begun: list[bool] = []
    alone = Alone(lambda: begun.append(True))
    alone.start()
    assert alone.is_ours
    alone.stop()
    assert begun == [True]
