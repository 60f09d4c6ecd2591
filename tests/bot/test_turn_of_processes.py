"""Three processes on one database: when the one that delivers is killed, another goes on, and nothing comes twice."""

from __future__ import annotations

from collections.abc import Container
from uuid import uuid4

import pytest
from sqlalchemy import select

from program import queue
from storage import tables as t
from tests.patience import soon
from tests.postgres import PostgresServer
from tests.soak.workload import Workload, workload

POST = "chat.postMessage"
COUPLES = 40


def who_delivers(work: Workload) -> int:
    """The id of the process whose turn it is; 0 for nobody."""
    with work.database.read() as tx:
        owner = tx.execute(select(t.turns.c.owner).where(t.turns.c.name == queue.DELIVERY)).scalar()
    return int(str(owner).split(".")[1]) if owner else 0


def one_that_delivers(work: Workload, among: Container[int]) -> int:
    """Wait until it is the turn of one of these; its id."""
    seen = 0

    def comes() -> bool:
        nonlocal seen
        seen = who_delivers(work)
        return seen in among

    soon(comes)
    return seen


# The nursery leaves its pipes to the processes it bears, and the garbage collector closes them.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
def test_the_one_that_delivers_is_killed_and_another_goes_on(postgres: PostgresServer) -> None:
    url = postgres.create_database(f"three_{uuid4().hex}")
    with workload(1, url=url, rates="real", speed=5.0) as work, work.nursery() as nursery:
        work.sets_up()
        work.enroll(COUPLES)
        lives = {life.pid: life for life in (nursery.bears(), nursery.bears(), nursery.bears())}
        soon(lambda: len(work.slack.calls.to(POST)) >= COUPLES)
        lives.pop(one_that_delivers(work, lives)).is_killed()
        one_that_delivers(work, lives)
        assert work.waits_until_quiet()
        assert work.slack.duplicates() == []
        welcomes = [sum("You are in" in one for one in person.messages()) for person in work.people]
        assert welcomes == [1] * 2 * COUPLES
        for life in lives.values():
            life.is_stopped()
