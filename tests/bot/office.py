"""A small post office: a courier that is told when to work, on the sandbox, with a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from bot import manifest
from bot.delivery import Courier
from bot.directory import SlackDirectory
from mentoring.messages import Kind
from mentoring.pairings import Pair
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft
from program import approvals, cycles, introductions, outgoing, profiles, programs
from program.context import Context
from program.outgoing import RowState
from sandbox import AppConfig, Call, Message, Person, Sandbox
from storage import letters, pairs
from storage.database import Database
from storage.letters import Letter
from tests.slack_client import web_client

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


class Office:
    """A program of two leads, whose messages wait until the courier `works`."""

    def __init__(self, slack: Sandbox, database: Database) -> None:
        self.slack, self.time, self.database = slack, START, database
        self.ctx = Context(self.database, lambda: self.time)
        self.client = web_client(slack)
        self.directory = SlackDirectory(self.client, self.ctx, slack.team_id, self._monotonic)
        self.courier = self.hires()
        self.lead = slack.add_person("Lea Lead", admin=True)
        self.other_lead = slack.add_person("Lou Lead")
        self.channel = slack.add_channel(
            "mentoring-leads", members=[self.lead, self.other_lead], private=True, bot=True
        )

    def hires(self, client: WebClient | None = None) -> Courier:
        """Another courier, as after a restart."""
        return Courier(
            self.ctx, client or self.client, self._monotonic, self.directory.look_at, idle_seconds=0.01
        )

    def _monotonic(self) -> float:
        return (self.time - START).total_seconds()

    def now(self) -> datetime:
        return self.time

    # What is done

    def sets_up(self, **changes: Any) -> None:
        given = {
            "leads": [self.lead.id, self.other_lead.id],
            "leads_channel": self.channel.id,
            "first_start": START.date().isoformat(),
            **changes,
        }
        lead = self.directory.person(self.lead.id)
        programs.set_up(self.ctx, self.slack.team_id, lead, ProgramDraft(**given))

    def joins(
        self, name: str, level: int, shares: tuple[str, ...] = (), wants: tuple[str, ...] = ()
    ) -> Person:
        person = self.slack.add_person(name)
        role = "share" if shares else "learn"
        draft = ProfileDraft(role=role, level=level, shares=shares, wants=wants, languages=("English",))
        profiles.save(self.ctx, self.slack.team_id, self.directory.person(person.id), draft)
        return person

    def couple(self, topic: str = "Podcasting") -> tuple[Person, Person]:
        return self.joins(f"Mia {topic}", 2, shares=(topic,)), self.joins(f"Max {topic}", 6, wants=(topic,))

    def matches(self) -> None:
        cycles.match_now(self.ctx, self.slack.team_id, self.lead.id)

    def approves(self, *numbers: int) -> None:
        for number in numbers:
            approvals.approve(self.ctx, self.slack.team_id, self.lead.id, number)

    def introduces(self) -> None:
        introductions.introduce_now(self.ctx, self.slack.team_id, self.lead.id)

    def works(self) -> None:
        """Let the courier do what is due at this moment."""
        while self.courier.run_once():
            pass

    def passes(self, **span: float) -> None:
        """Let time pass, and the courier look once at its end."""
        self.time += timedelta(**span)
        self.works()

    def waits(self, seconds: int, step: int = 1) -> None:
        """Let time pass, and the courier look each second, as it does, or in longer steps."""
        for _ in range(0, seconds, step):
            self.passes(seconds=step)

    # What is seen

    def calls(self, method: str = "chat.postMessage") -> list[Call]:
        return self.slack.calls.to(method)

    def rows(self, kind: Kind) -> list[Letter]:
        with self.database.read() as tx:
            return [
                row
                for number in range(1, 200)
                if (row := letters.get(tx, number)) and row.notice.kind is kind
            ]

    def states(self, kind: Kind) -> list[RowState]:
        return [row.state for row in self.rows(kind)]

    def pair(self, number: int = 1) -> Pair:
        with self.database.read() as tx:
            return pairs.of_id(tx, number)

    def asked_about(self, lead: Person) -> list[Message]:
        """The questions about messages of unknown fate that a lead got."""
        return [one for one in lead.messages() if "Slack did not say whether this message arrived" in one]

    def welcomes(self, person: Person) -> list[Message]:
        return [one for one in person.messages() if "You are in *Reverse mentoring*" in one]

    def cards(self) -> list[Message]:
        return [one for one in self.lead.messages(self.channel) if "Mentor (teaches)" in one]

    def introductions(self, person: Person) -> list[Message]:
        return [one for dm in person.group_dms() for one in dm.messages if "What each of you brings" in one]


@contextmanager
def open_office(database: Database) -> Iterator[Office]:
    """An office in a workspace of its own, with that empty database; at the end nothing may have been said twice."""
    moment: list[Callable[[], datetime]] = [lambda: START]
    config = AppConfig.from_manifest(dict(manifest.load()))
    with Sandbox(config, now=lambda: moment[0](), rate_clock="off") as slack:
        office = Office(slack, database)
        moment[0] = office.now
        yield office
        assert slack.duplicates() == []


def undelivered(office: Office) -> int:
    """How many messages are not where they should be yet."""
    return outgoing.waiting(office.ctx)
