"""A small post office: a courier that is told when to work, on the sandbox, with a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient

from bot import manifest
from bot.delivery.courier import Courier
from bot.slack.directory import SlackDirectory
from mentoring.messages import Kind
from mentoring.pairings import Pair
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft
from program import outgoing, profiles, programs
from program.context import Context
from program.outgoing import RowState
from sandbox import AppConfig, Message, Person, Sandbox
from storage import pairs
from storage.database import Database
from storage.outbox.letters import Letter
from tests.harness import Clock, Leading, OnSlack, every_letter
from tests.slack_client import web_client

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


class PostOffice(OnSlack, Leading):
    """A program of two leads, whose messages wait until it `delivers`."""

    def __init__(self, slack: Sandbox, database: Database, clock: Clock) -> None:
        self.slack, self.database, self.clock = slack, database, clock
        self.ctx = Context(database, clock, wake=lambda: self.courier.wake())
        self.client = web_client(slack)
        self.directory = SlackDirectory(self.client, self.ctx, slack.team_id, self._monotonic)
        self.courier = self.hires()
        self.lead = slack.add_person("Lea Lead", admin=True)
        self.other_lead = slack.add_person("Lou Lead")
        self.leads_channel = slack.add_channel(
            "mentoring-leads", members=[self.lead, self.other_lead], private=True, bot=True
        )

    def hires(self, client: WebClient | None = None) -> Courier:
        """Another courier, as after a restart."""
        return Courier(
            self.ctx, client or self.client, self._monotonic, self.directory.look_at, idle_seconds=0.01
        )

    def _monotonic(self) -> float:
        return (self.clock() - MONDAY).total_seconds()

    # What is done

    def sets_up(self, **changes: Any) -> None:
        given = {
            "leads": [self.lead.id, self.other_lead.id],
            "leads_channel": self.leads_channel.id,
            "first_start": MONDAY.date().isoformat(),
            **changes,
        }
        lead = self.directory.person(self.lead.id)
        programs.set_up(self.ctx, self.workspace, lead, ProgramDraft(**given))

    def joins(
        self, name: str, level: int, shares: tuple[str, ...] = (), wants: tuple[str, ...] = (), **answers: Any
    ) -> Person:
        person = self.slack.add_person(name)
        role = "share" if shares else "learn"
        given: dict[str, Any] = {
            "role": role,
            "level": level,
            "shares": shares,
            "wants": wants,
            "languages": ("English",),
        }
        draft = ProfileDraft(**given | answers)
        profiles.save(self.ctx, self.workspace, self.directory.person(person.id), draft)
        return person

    def couple(self, topic: str = "Podcasting") -> tuple[Person, Person]:
        return self.joins(f"Mia {topic}", 2, shares=(topic,)), self.joins(f"Max {topic}", 6, wants=(topic,))

    def as_lead(self) -> tuple[Context, str, str]:
        return self.ctx, self.workspace, self.lead.id

    def delivers(self) -> None:
        """Let the courier do what is due at this moment."""
        while self.courier.run_once():
            pass

    def passes(self, **span: float) -> None:
        """Let time pass, and the courier look once at its end."""
        self.clock.passes(**span)
        self.delivers()

    def lives_for(self, seconds: int, step: int = 1) -> None:
        """Let time pass, and the courier look each second, as it does, or in longer steps."""
        for _ in range(0, seconds, step):
            self.passes(seconds=step)

    # What is seen

    def letters(self, kind: Kind) -> list[Letter]:
        return [one for one in every_letter(self.database) if one.notice.kind is kind]

    def states(self, kind: Kind) -> list[RowState]:
        return [row.state for row in self.letters(kind)]

    def undelivered(self) -> int:
        """How many messages are not where they should be yet."""
        return outgoing.waiting(self.ctx)

    def pair(self, number: int = 1) -> Pair:
        with self.database.read() as tx:
            return pairs.of_id(tx, number)

    def asked_about(self, lead: Person) -> list[Message]:
        """The questions about messages of unknown fate that a lead got."""
        words = ("Slack did not say whether this message arrived", "I can't say whether")
        return [one for one in lead.messages() if any(some in one for some in words)]


@contextmanager
def open_post_office(database: Database, scopes: Sequence[str] = ()) -> Iterator[PostOffice]:
    """A post office in an empty workspace and that empty database; at the end nothing may have been said twice.

    The app has these scopes beside those of the manifest.
    """
    clock = Clock(MONDAY)
    config = AppConfig.from_manifest(dict(manifest.load()))
    config = replace(config, scopes=(*config.scopes, *scopes))
    with Sandbox(config, now=clock, rate_clock="off") as slack:
        office = PostOffice(slack, database, clock)
        yield office
        assert slack.duplicates() == []
