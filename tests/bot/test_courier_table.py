"""The whole table of what the courier does with a failure: kinds of failures, the calls on a message's way, its age.

`data/what_follows.csv` holds what is right. A change of behavior shows as a change of its lines:
`python -m tests.bot.test_courier_table` writes them anew.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import update

from bot.slack.errors import KIND_OF_ERROR
from bot.slack.errors import FailureKind as Failing
from mentoring.messages import Kind
from program import outgoing
from program.outgoing import RowState
from storage import tables as t
from storage.database import Database
from storage.keeping import schema
from storage.outbox.letters import Letter
from tests.bot.post_office import PostOffice, open_post_office
from tests.effort import at_length

TABLE = Path(__file__).parent / "data" / "what_follows.csv"
POST, UPDATE, OPEN, LOOK = "chat.postMessage", "chat.update", "conversations.open", "conversations.history"
METHODS = (OPEN, LOOK, POST, UPDATE)
ERRORS = {
    Failing.RATE_LIMITED: "ratelimited",
    Failing.NO_EFFECT: "hash_conflict",
    Failing.REFUSED_RETRY: "internal_error",
    Failing.AMBIGUOUS: "connection_reset",
    Failing.UNKNOWN: "a_new_error_of_2031",
    Failing.DONE_ALREADY: "already_reacted",
    Failing.GONE_PERSON: "user_disabled",
    Failing.REFUSED_PERSON: "user_is_restricted",
    Failing.GONE_CONVERSATION: "is_archived",
    Failing.GONE_MESSAGE: "message_not_found",
    Failing.GONE_VIEW: "not_found",
    Failing.CONFIG: "missing_scope",
    Failing.DEAD_TOKEN: "token_revoked",
    Failing.OUR_BUG: "too_many_attachments",
}
"""One error of each kind."""

AGES = ("first", "late")
"""At the first attempt, or after more than a day and eight attempts."""


class Line(NamedTuple):
    """What became of a message: its row, the seconds until it is due, the methods that rest, and who was told."""

    kind: str
    phase: str
    age: str
    state: str
    attempts: str
    due_in: str
    trouble: str
    resting: str
    told: str


def introduced(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.delivers()
    office.approves(1)
    office.delivers()
    office.introduces()


def opening(office: PostOffice) -> tuple[Kind, str]:
    introduced(office)
    return Kind.INTRO, OPEN


def post_to_pair(office: PostOffice) -> tuple[Kind, str]:
    introduced(office)
    return Kind.INTRO, POST


def post_to_person(office: PostOffice) -> tuple[Kind, str]:
    office.couple()
    return Kind.WELCOME, POST


def post_to_leads(office: PostOffice) -> tuple[Kind, str]:
    office.couple()
    office.delivers()
    office.matches()
    return Kind.SUMMARY, POST


def look_after_a_refusal(office: PostOffice) -> tuple[Kind, str]:
    office.couple()
    office.slack.faults.error(POST, "internal_error", times=1)
    office.delivers()
    office.clock.passes(seconds=10)
    return Kind.WELCOME, LOOK


def look_after_silence(office: PostOffice) -> tuple[Kind, str]:
    office.couple()
    office.slack.faults.reset(POST, times=1)
    office.delivers()
    office.clock.passes(seconds=10)
    return Kind.WELCOME, LOOK


def update_of_pair(office: PostOffice) -> tuple[Kind, str]:
    introduced(office)
    office.delivers()
    return Kind.INTRO, UPDATE


def update_of_person(office: PostOffice) -> tuple[Kind, str]:
    office.couple()
    office.delivers()
    return Kind.WELCOME, UPDATE


def update_of_leads(office: PostOffice) -> tuple[Kind, str]:
    office.couple()
    office.matches()
    office.delivers()
    return Kind.SUMMARY, UPDATE


PHASES: dict[str, Callable[[PostOffice], tuple[Kind, str]]] = {
    "open": opening,
    "post to a pair": post_to_pair,
    "post to a person": post_to_person,
    "post to the leads": post_to_leads,
    "look after a refusal": look_after_a_refusal,
    "look after silence": look_after_silence,
    "update of a pair": update_of_pair,
    "update of a person": update_of_person,
    "update of the leads": update_of_leads,
}


def fails(office: PostOffice, method: str, kind: Failing) -> None:
    """Let this call fail so from now on."""
    faults = office.slack.faults
    if kind is Failing.RATE_LIMITED:
        faults.ratelimit(method, retry_after=30, times=1000)
    elif kind is Failing.AMBIGUOUS:
        faults.reset(method, times=1000)
    else:
        faults.error(method, ERRORS[kind], times=1000)


def ages(office: PostOffice, letter: Letter) -> None:
    """Let a message be one that was tried for more than a day."""
    long_ago = office.clock.time - timedelta(hours=25)
    values = {"attempts": 8, "first_attempt_at": long_ago, "created_at": long_ago}
    with office.database.write() as tx:
        tx.execute(update(t.outbox).where(t.outbox.c.id == letter.id).values(values))


def follow(office: PostOffice, kind: Failing, phase: str, age: str) -> Line:
    """Bring a message to that call, let the call fail so, and see what became of the message."""
    about, method = PHASES[phase](office)
    if method == UPDATE:
        with office.database.write() as tx:
            waits = {"wanted": t.outbox.c.wanted + 1, "state": RowState.READY.value, "digest": ""}
            tx.execute(update(t.outbox).where(t.outbox.c.kind == about).values(waits))
    if age == "late":
        ages(office, office.letters(about)[0])
    before = told(office)
    fails(office, method, kind)
    letter = office.letters(about)[0]
    mail = outgoing.prepare(office.ctx, letter)
    assert mail is not None, "nothing has made it moot"
    office.courier._step(letter)
    after = office.letters(about)[0]
    pacing = office.courier._pacing
    resting = [one for one in METHODS if pacing.ready_in(one, mail.place) > LONG_PAUSE]
    return Line(
        kind.name,
        phase,
        age,
        after.state.value,
        str(after.attempts),
        f"{max(0.0, (after.not_before - office.clock.time).total_seconds()):.0f}",
        after.trouble,
        " ".join(resting),
        " ".join(sorted(told(office) - before)),
    )


LONG_PAUSE = 5.0
"""Seconds; shorter pauses between two messages are no answer to a failure."""


def told(office: PostOffice) -> set[str]:
    """The kinds of messages that stand in the outbox because something failed."""
    kinds = (Kind.UNCONFIRMED, Kind.CHANNEL_TROUBLE, Kind.DELIVERY_TROUBLE)
    return {kind.value for kind in kinds if office.letters(kind)}


def test_the_table_is_whole() -> None:
    assert set(ERRORS) == set(Failing)
    assert all(KIND_OF_ERROR.get(error, kind) is kind for kind, error in ERRORS.items())
    assert set(table()) == {(kind.name, phase, age) for kind in ERRORS for phase in PHASES for age in AGES}


LINES = [
    pytest.param(
        kind,
        phase,
        age,
        id=f"{kind.name}-{phase}-{age}",
        # Each error in each phase, at one of the two ages; the other one with more effort.
        marks=[pytest.mark.slow, *([at_length] if (number + place + late) % len(AGES) else [])],
    )
    for number, kind in enumerate(ERRORS)
    for place, phase in enumerate(PHASES)
    for late, age in enumerate(AGES)
]


@pytest.mark.parametrize(("kind", "phase", "age"), LINES)
def test_what_follows_is_what_the_table_says(office: PostOffice, kind: Failing, phase: str, age: str) -> None:
    assert follow(office, kind, phase, age) == table()[kind.name, phase, age]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.name)
def test_what_follows_a_first_post_to_a_person(office: PostOffice, kind: Failing) -> None:
    assert (
        follow(office, kind, "post to a person", "first") == table()[kind.name, "post to a person", "first"]
    )


def lines() -> Iterator[Line]:
    """The whole table, from offices of their own."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (kind, phase, age) in enumerate((k, p, a) for p in PHASES for k in ERRORS for a in AGES):
            database = Database(f"sqlite:///{folder}/{number}.db")
            schema.upgrade(database)
            with open_post_office(database) as office:
                office.sets_up()
                yield follow(office, kind, phase, age)
            database.close()


@cache
def table() -> dict[tuple[str, str, str], Line]:
    with TABLE.open(newline="") as file:
        found = [Line(*row) for row in csv.reader(file)][1:]
    return {(one.kind, one.phase, one.age): one for one in found}


if __name__ == "__main__":
    with TABLE.open("w", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows([Line._fields, *lines()])
    sys.exit(0)
