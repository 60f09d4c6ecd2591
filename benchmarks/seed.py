"""A seeded database: a program in the middle of its first cycle, with as many people enrolled as wanted."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from sqlalchemy import Table

from mentoring.cycles import Cycle, CycleState, cycle_times
from mentoring.messages import Kind, Notice, to_person
from mentoring.own_words import Verdict
from mentoring.pairings import PairState, ProposedPair
from mentoring.people import MAX_CAPACITY, Person, Profile, Role, Standing
from mentoring.programs import Program, ProgramDraft
from mentoring.skills import skill_key
from program import programs, screens
from program.context import Context
from storage import cycles, people
from storage import tables as t
from storage.database import Database, Tx
from storage.keeping import schema
from storage.outbox import facts, letters
from storage.states import RowState

SKILL = "Video editing"
CAPACITY = MAX_CAPACITY
BATCH = 10_000

_MENTOR = Profile(Role.SHARE, shares=(SKILL,), level=2, department="Design", mentor_capacity=CAPACITY)
_MENTEE = Profile(Role.LEARN, wants=(SKILL,), level=6, department="Finance", mentee_capacity=CAPACITY)
"""Any mentor fits any mentee under all hard rules."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the workspace who act: they are enrolled, and the leads decide on pairs of the others."""

    workspace: str
    leads: tuple[Person, ...]
    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]

    def pairs(self, wanted: int) -> list[tuple[Person, Person]]:
        """So many different pairs of the cast, each person in at most five (the product's highest capacity)."""
        size = min(len(self.mentors), len(self.mentees))
        if wanted > size * CAPACITY:
            raise ValueError(f"{size} mentors and mentees make at most {size * CAPACITY} pairs, not {wanted}")
        return [(self.mentors[n % size], self.mentees[(n + n // size) % size]) for n in range(wanted)]


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands in Slack."""

    notice: Notice
    channel: str
    ts: str


def fill(
    database: Database, now: datetime, cast: Cast, leads_channel: str, enrolled: int, waiting: int
) -> Program:
    """Set up the program, enroll so many people, the cast among them, and propose pairs.

    Pairs 1 to `waiting` are the cast's. All other people are in one more proposed pair each. Everybody has had
    a welcome message, and every hundred people have brought one word of their own, which a lead took in.
    """
    schema.upgrade(database)
    program = _program(database, now, cast, leads_channel)
    others = [
        Person(f"U9{n:08}", f"Person {n}", "UTC")
        for n in range(enrolled - len(cast.mentors) - len(cast.mentees))
    ]
    mentors, mentees = [*cast.mentors, *others[0::2]], [*cast.mentees, *others[1::2]]
    apart = zip(others[0::2], others[1::2], strict=False)
    with database.write() as tx:
        for lead in cast.leads:
            people.save(tx, program.workspace, lead, now)
        _enroll(tx, program, now, mentors, _MENTOR)
        _enroll(tx, program, now, mentees, _MENTEE)
        words = [f"Own word number {number}" for number in range(enrolled // 100)]
        _insert(tx, t.words, (_taken_in(program, word) for word in words))
        cycle = cycles.open_once(tx, program.id, cycle_times(program.calendar, 1))
        cycles.matched(tx, cycle, CycleState.PROPOSED, now, [])
        _insert(tx, t.pairs, (_pair(cycle, *both) for both in chain(cast.pairs(waiting), apart)))
    return program


def show(database: Database, program: Program, now: datetime, posted: Iterable[Posted]) -> None:
    """Record messages that stand in Slack already, as if the bot had sent them."""
    with database.write() as tx:
        for one in posted:
            _insert(tx, t.outbox, [_sent(program, now, one.notice, one.channel, one.ts)])
            card = letters.at(tx, one.channel, one.ts)
            assert card is not None, "it was stored a line ago"
            facts.remember(tx, card.id, screens.shown(tx, program, one.notice).facts)


def _program(database: Database, now: datetime, cast: Cast, leads_channel: str) -> Program:
    """A program whose introductions are more than a week away, so that nothing falls due during a run."""
    draft = ProgramDraft(
        leads=[lead.id for lead in cast.leads],
        leads_channel=leads_channel,
        first_start=(now.date() + timedelta(days=10)).isoformat(),
    )
    admin = replace(cast.leads[0], admin=True)
    return programs.set_up(Context(database, lambda: now), cast.workspace, admin, draft)


def _enroll(tx: Tx, program: Program, now: datetime, enrolled: Sequence[Person], profile: Profile) -> None:
    place = {"workspace": program.workspace, "seen_at": now}
    answers = _answers(profile) | {
        "program_id": program.id,
        "workspace": program.workspace,
        "standing": Standing.ACTIVE.value,
        "joined_at": now,
        "active_since": now,
    }
    _insert(tx, t.people, (asdict(person) | place for person in enrolled))
    _insert(tx, t.members, (answers | {"person_id": person.id} for person in enrolled))
    # They stand in no conversation of this Slack, so nothing that they show is noted: they cannot be updated.
    welcomes = (to_person(Kind.WELCOME, 1, person.id) for person in enrolled)
    _insert(tx, t.outbox, (_sent(program, now, one, "D0", "1.000001") for one in welcomes))


def _answers(profile: Profile) -> dict[str, Any]:
    """The columns of `members` that hold a profile."""
    answers = asdict(profile)
    answers["starts"], answers["ends"] = answers.pop("hours")
    return answers


def _taken_in(program: Program, word: str) -> dict[str, Any]:
    """A word that everybody is offered, and that costs every keystroke and every save something."""
    return {
        "program_id": program.id,
        "key": skill_key(word),
        "label": word,
        "users": 1,
        "verdict": Verdict.IN.value,
    }


def _pair(cycle: Cycle, mentor: Person, mentee: Person) -> dict[str, Any]:
    proposed = ProposedPair(
        mentor.id, mentee.id, 700, (f"{SKILL}: one of you knows it, the other wants to.",), (SKILL,)
    )
    return asdict(proposed) | {
        "program_id": cycle.program_id,
        "cycle_id": cycle.id,
        "state": PairState.PROPOSED.value,
        "note": "",
    }


def _sent(program: Program, now: datetime, notice: Notice, channel: str, ts: str) -> dict[str, Any]:
    return {
        "token": uuid.uuid4().hex,
        "program_id": program.id,
        "key": notice.key,
        "kind": notice.kind.value,
        "subject": notice.subject,
        "recipient": notice.recipient,
        "state": RowState.SENT.value,
        "not_before": now,
        "patient": False,
        "created_at": now,
        "first_attempt_at": now,
        "sent_at": now,
        "attempts": 0,
        "fence": 1,
        "wanted": 1,
        "shown": 1,
        "digest": "",
        "channel": channel,
        "ts": ts,
        "trouble": "",
    }


def _insert(tx: Tx, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows in large batches; no rows are no work."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        tx.execute(table.insert(), batch)
