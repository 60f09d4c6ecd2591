"""The workload: a program whose welcomes, cards, introductions, check-ins and their updates flow."""

from __future__ import annotations

import random
import re
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot import manifest
from mentoring import people
from mentoring.checkins import Answer
from mentoring.errors import ProgramError
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft
from program import approvals, checkins, cycles, introductions, profiles, programs, upcoming
from program.context import Context
from sandbox import AppConfig, Message, Person, PersonError, RateClock, Sandbox
from sandbox import Settings as SandboxSettings
from storage.database import Database
from storage.keeping import schema
from tests.patience import PATIENCE
from tests.soak import history
from tests.soak.bots import Life, Nursery
from tests.soak.clock import SharedClock
from tests.soak.history import Act, History
from tests.soak.nemesis import Nemesis

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
SPEED = 10.0
"""So many seconds pass in each real one: a lease of a minute is six seconds, which a busy machine does not reach."""

ANY_DAY = (0, 1, 2, 3, 4, 5, 6)

_ONE_UPGRADE = threading.Lock()
"""Alembic keeps its context in a module, so that one thread at a time may use it."""


class Workload:
    """A workspace, its program, and the hands of its people; the bot lives in processes of its own."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        url: str = "",
        share: float = 0.0,
        speed: float = SPEED,
        rates: RateClock = "off",
        start: datetime = MONDAY,
        ack_seconds: float = 3.0,
    ) -> None:
        self.seed, self.folder = seed, folder
        self.rng = random.Random(seed)
        self.clock_file = folder / "clock"
        self.clock = SharedClock.wound(self.clock_file, start, speed)
        settings = SandboxSettings(rate_clock=rates, time_scale=1 / speed, ack_seconds=ack_seconds)
        self.slack = Sandbox(
            AppConfig.from_manifest(dict(manifest.load())), now=self.clock.right, settings=settings
        )
        self.nemesis = Nemesis(self.slack, seed, share)
        self.url = url or f"sqlite:///{folder / 'soak.db'}"
        self.database = Database(self.url)
        with _ONE_UPGRADE:
            schema.upgrade(self.database)
        self.ctx = Context(self.database, self.clock.now)
        self.lead = self.slack.add_person("Lea Lead", admin=True, tz="UTC")
        self.leads_channel = self.slack.add_channel("leads", members=[self.lead], private=True, bot=True)
        self.people: list[Person] = []
        self.acts: list[Act] = []
        self._heard: list[tuple[str, Callable[[], bool]]] = []
        self.tokens: set[str] = set()
        self.sent_again: set[int] = set()

    def nursery(self, real: bool = False, **changes: str) -> Nursery:
        """Where the bot's lives come from, with `real` as `python -m bot run` by the machine's clock."""
        return Nursery(self.slack, self.folder, None if real else self.clock_file, self.url, **changes)

    # What is asked for while the bot is down, or by another process

    def sets_up(self) -> None:
        """Set up a program whose dates are all far away, in which every day is a working day."""
        draft = ProgramDraft(
            leads=(self.lead.id,),
            leads_channel=self.leads_channel.id,
            first_start=(self.clock().date() + timedelta(weeks=3)).isoformat(),
            working_days=ANY_DAY,
        )
        programs.set_up(self.ctx, self.slack.team_id, replace(self._known(self.lead), admin=True), draft)

    def enroll(self, couples: int, trios: int = 0) -> None:
        """Let people join, two by two, who fit each other and nobody else; in so many trios, two teach one together."""
        for number in range(couples + trios):
            topic = (f"Topic number {len(self.people)}",)
            trio = number >= couples
            self._joins(f"Max {number}", 6, wants=topic, mentee_capacity="2 together" if trio else 1)
            for name in ("Mia", "Moe") if trio else ("Mia",):
                self._joins(f"{name} {number}", 2, shares=topic)

    def _joins(self, name: str, level: int, **answers: Any) -> None:
        person = self.slack.add_person(name, tz="UTC", announce=False)
        draft = ProfileDraft(
            role="share" if "shares" in answers else "learn", level=level, languages=("English",),
            starts="00:00", ends="23:59", working_days=ANY_DAY, **answers,
        )  # fmt: skip
        profiles.save(self.ctx, self.slack.team_id, self._known(person), draft)
        self.people.append(person)

    def _known(self, person: Person) -> people.Person:
        return people.Person(person.id, person.user.handle, person.user.tz, stranger=False)

    @property
    def _as_lead(self) -> tuple[Context, str, str]:
        return self.ctx, self.slack.team_id, self.lead.id

    def behind(self, life: Life, act: Callable[[], object]) -> None:
        """Do something while a process is suspended, so that one at a time writes to an SQLite file."""
        life.is_suspended()
        while not self._is_free():
            life.goes_on()
            time.sleep(0.01)
            life.is_suspended()
        act()
        life.goes_on()

    def _is_free(self) -> bool:
        """Whether nobody was suspended in the middle of a transaction."""
        with closing(sqlite3.connect(self.folder / "soak.db", timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            connection.execute("ROLLBACK")
            return True

    def match(self) -> None:
        """A lead asks for pairs."""
        cycles.match_now(*self._as_lead)

    def approve(self, share: float = 1.0) -> None:
        """A lead approves pairs that wait."""
        for number in self._ids("SELECT id FROM pairs WHERE state = 'proposed' ORDER BY id"):
            if self.rng.random() < share:
                with suppress(ProgramError):
                    approvals.approve(*self._as_lead, number)

    def introduce(self) -> None:
        """A lead has the approved pairs introduced."""
        with suppress(ProgramError):
            introductions.introduce_now(*self._as_lead)

    def answer(self, share: float = 1.0) -> None:
        """People answer the check-ins they were asked."""
        query = "SELECT id FROM checkins WHERE state = 'asked' ORDER BY id"
        for number in self._ids(query):
            if self.rng.random() < share:
                with self.database.read() as tx:
                    who = tx.execute(
                        text("SELECT person_id FROM checkins WHERE id = :id"), {"id": number}
                    ).scalar_one()
                given = self.rng.choice((Answer.MET, Answer.PLANNED, Answer.NOT_YET))
                with suppress(ProgramError):
                    checkins.answer(self.ctx, self.slack.team_id, who, number, given)

    def _ids(self, query: str) -> list[int]:
        with self.database.read() as tx:
            return list(tx.execute(text(query)).scalars())

    def leaps_to_check_ins(self) -> None:
        """Let time pass until the next check-ins are due."""
        with self.database.read() as tx:
            found = tx.execute(text("SELECT min(next_checkin_at) FROM partners")).scalar_one()
        if found is not None:
            moment = datetime.fromisoformat(found) if isinstance(found, str) else found
            self.clock.leaps_to(moment.replace(tzinfo=moment.tzinfo or UTC) + timedelta(seconds=1))

    def settles(self) -> int:
        """A lead looks at what is of unknown fate, and says what is so; gives how many there were."""
        there = {one.token for one in history.effects(self.slack)}
        unknown = [one for one in history.intents(self.database) if one.state == "unknown"]
        for one in unknown:
            self.tokens.add(one.token)
            word = "it-arrived" if one.token in there else "send-again"
            self.sent_again.add(one.id)
            with suppress(PersonError, TimeoutError):
                self.lead.types(f"/reverse-mentor {word} {one.id}")
        return len(unknown)

    # What people do on their screens, while the bot may die

    def clicks(self, share: float) -> None:
        """Leads approve cards and members answer check-ins by a click; what Slack says was heard must show later."""
        for person, message in self._buttons():
            if self.rng.random() < share:
                button = "Approve" if "Approve" in message.buttons else "We met"
                shown = _decided(person, message) if button == "Approve" else _changed(person, message)
                with suppress(PersonError, TimeoutError):
                    if person.clicks(button, message, wait=0).ok:
                        self._heard.append((f"{person.name} clicked {button}", shown))

    def _buttons(self) -> Iterator[tuple[Person, Message]]:
        for card in self.lead.messages(self.leads_channel):
            if "Approve" in card.buttons:
                yield self.lead, card
        for person in self.people:
            for message in person.messages():
                if "We met" in message.buttons:
                    yield person, message

    def looks(self) -> None:
        """See whether what people did since the last look shows, before something else changes it."""
        self.acts += [Act(what, shows()) for what, shows in self._heard]
        self._heard.clear()

    # What came of it

    def waits_until_quiet(self, patience: float = PATIENCE) -> bool:
        """Wait until every message is where it should be; tells whether that came true."""
        ends = time.monotonic() + patience
        while history.open_rows(self.database):
            if time.monotonic() > ends:
                return False
            time.sleep(0.02)
        return True

    def history(self) -> History:
        """Everything that happened."""
        return History(
            self.seed,
            history.intents(self.database),
            history.effects(self.slack),
            history.attempts(self.slack),
            self.acts,
            history.pairs(self.database),
            frozenset((self.lead.id,)),
            self.leads_channel.id,
            frozenset(self.tokens),
            frozenset(self.sent_again),
        )

    def next_event(self) -> datetime | None:
        """When a tick has something to do next."""
        return upcoming.next_at(self.ctx)


def _decided(person: Person, cards: Message) -> Callable[[], bool]:
    """Whether the pair that was the first to wait there is decided in some message: a press may have hit a copy."""
    waited = _WAITS.search(cards.full_text)
    assert waited is not None, "where Approve stands, a pair waits"
    return lambda: any(f"Pair {waited[1]}:" in one.full_text for one in person.messages(cards.channel))


def _changed(person: Person, before: Message) -> Callable[[], bool]:
    """Whether the message that was pressed is another now, or gone: a copy that nobody recorded is taken away."""

    def look() -> bool:
        there = {one.ts: one for one in person.messages(before.channel)}
        return before.ts not in there or there[before.ts].full_text != before.full_text

    return look


_WAITS = re.compile(r"Pair (\d+)\. ")
"""Stands in the card of a pair that waits; once it is decided, its card begins with `Pair 12:`."""


@contextmanager
def workload(seed: int, **how: object) -> Iterator[Workload]:
    """A workload in an empty folder, with its sandbox started; the bot is not."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="reverse-mentor-soak-"))
        found = Workload(Path(folder), seed, **how)  # type: ignore[arg-type]  # handed on as they came
        stack.callback(found.database.close)
        stack.enter_context(found.slack)
        yield found
