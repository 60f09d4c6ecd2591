"""Three processes on one database keep Slack's limits together; when the one that delivers dies, another goes on."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from program import queue
from storage import tables as t
from tests.patience import soon
from tests.postgres import PostgresServer
from tests.soak.workload import Workload, workload

POST = "chat.postMessage"
COUPLES = 170
"""They are welcomed with more posts than Slack takes in a minute (300), of which each process alone could make all."""


def who_delivers(work: Workload) -> int:
    """The id of the process whose turn it is; 0 for nobody."""
    with work.database.read() as tx:
        owner = tx.execute(select(t.turns.c.owner).where(t.turns.c.name == queue.DELIVERY)).scalar()
    return int(str(owner).split(".")[1]) if owner else 0


@pytest.mark.slow
def test_the_one_that_delivers_is_killed_and_another_goes_on(postgres: PostgresServer) -> None:
    url = postgres.create_database(f"three_{uuid4().hex}")
    with workload(1, url=url, rates="real", speed=5.0) as work, work.nursery() as nursery:
        work.sets_up()
        work.enroll(COUPLES)
        lives = {life.pid: life for life in (nursery.bears(), nursery.bears(), nursery.bears())}
        soon(lambda: len(work.slack.calls.to(POST)) >= COUPLES)
        first = who_delivers(work)
        lives.pop(first).is_killed()
        soon(lambda: who_delivers(work) in lives)
        assert work.waits_until_quiet()
        assert who_delivers(work) in lives
        assert work.slack.duplicates() == []
        welcomes = [sum("You are in" in one for one in person.messages()) for person in work.people]
        assert welcomes == [1] * 2 * COUPLES
        assert "ratelimited" not in {call.error for call in work.slack.calls}
        for life in lives.values():
            life.is_stopped()
