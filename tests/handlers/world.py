"""A workspace of people, a real Bolt app on a real socket, and a database, for tests of the listeners."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import handlers
from bot.delivery import copies
from bot.slack.channels import Channels
from bot.slack.granted import FILES
from bot.transport.socket_mode import SocketMode
from handlers import entries
from handlers.in_time import NobodyCounts, Watch
from handlers.services import Services, SlackDoesNotSay
from handlers.views import render
from mentoring.channels import Trouble
from mentoring.hr import SlackField
from mentoring.people import Person as Known
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft
from program import outgoing, people, profiles, programs
from program.context import Context
from sandbox import AppConfig, Message, Person, Sandbox
from scheduler.rehearsal import rehearse
from storage.database import Database
from tests.harness import Clock, Leading, OnSlack
from tests.slack_client import web_client

ROOT = Path(__file__).parents[2]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
HELD_BACK = 3
"""Seconds after which a listener is taken for one that the test holds back."""

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class TestDirectory:
    """People and channels, asked of Slack each time; `offline` stands for a Slack that does not answer."""

    __test__ = False

    def __init__(self, client: WebClient, ctx: Context, workspace: str) -> None:
        self._client, self._ctx, self._workspace = client, ctx, workspace
        self._channels = Channels(client, ctx)
        self.offline = False

    def within(self, _left: Callable[[], float]) -> TestDirectory:
        return self

    def person(self, user_id: str, *, anew: bool = False) -> Known:
        found = None if self.offline else self._look_up(user_id)
        if found is None:
            return self._as_last_seen(user_id)
        if found.stranger and self.known(user_id) is None:
            return found
        people.record(self._ctx, self._workspace, [found])
        return found

    def channel(self, channel_id: str) -> Trouble | None:
        return self._channels.look(channel_id)

    def channel_lately(self, channel_id: str) -> Trouble | None:
        return self._channels.known(channel_id)

    def posting(self, channel_id: str) -> Trouble | None:
        return self._channels.look_posting(channel_id)

    def lately(self, user_id: str) -> Known:
        return self.known(user_id) or self.person(user_id)

    def known(self, user_id: str) -> Known | None:
        return people.known(self._ctx, self._workspace, user_id)

    def heard(self, person: Known) -> None:
        people.heard(self._ctx, self._workspace, person)

    def _as_last_seen(self, user_id: str) -> Known:
        known = self.known(user_id)
        if known is None:
            raise SlackDoesNotSay
        return known

    def _look_up(self, user_id: str) -> Known | None:
        try:
            return entries.person(self._client.users_info(user=user_id)["user"], self._workspace)
        except SlackApiError as refusal:
            gone = refusal.response.get("error") == "user_not_found"
            return Known(user_id, name=user_id, stranger=True) if gone else None


class Listeners(ThreadPoolExecutor):
    """Where Bolt runs its listeners; knows whether any is still at work, after what it stored can be seen already."""

    def __init__(self, threads: int) -> None:
        super().__init__(threads, thread_name_prefix="listener")
        self._given: list[Future[Any]] = []

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        work = super().submit(*args, **kwargs)
        self._given.append(work)
        return work

    def come_to_rest(self, timeout: float | None = HELD_BACK) -> None:
        """Wait until they are done; one that a test holds back is waited for in vain, and not for long."""
        wait(list(self._given), timeout=timeout)


class ReadFields:
    """The fields of Slack's profiles that a test offers; none until it does."""

    def __init__(self) -> None:
        self.there: tuple[SlackField, ...] | None = None

    def allowed(self) -> bool:
        return self.there is not None

    def offered(self) -> tuple[SlackField, ...] | None:
        return self.there


class World(OnSlack, Leading):
    """Everything a test needs; `delivers` does what the delivery does in the running bot."""

    def __init__(
        self,
        slack: Sandbox,
        database: Database,
        clock: Clock,
        watch: Watch | None = None,
        threads: int = 8,
    ) -> None:
        """Nobody counts how long Slack waits, but for a `watch`; so many acts are handled at once."""
        self.slack, self.clock = slack, clock
        self.ctx = Context(database, clock)
        self.client = web_client(slack)
        self.directory = TestDirectory(self.client, self.ctx, slack.team_id)
        self.fields = ReadFields()
        self.services = Services(
            *(self.ctx, slack.team_id, self.directory, rehearse, watch or NobodyCounts()),
            may_send_files=lambda: FILES in slack.backend.ws.app.scopes,
            fields=self.fields,
        )
        self._listeners = Listeners(threads)
        self.app = App(
            name="World",
            client=self.client,
            raise_error_for_unhandled_request=True,
            listener_executor=self._listeners,
        )
        handlers.register(self.app, self.services)
        self.admin = slack.add_person("Ada Admin", admin=True)
        self.lead = slack.add_person("Lea Lead")
        self.other_lead = slack.add_person("Lou Lead")
        self.outsider = slack.add_person("Otto Outsider")
        self.leads_channel = slack.add_channel(
            "mentoring-leads",
            members=[self.admin, self.lead, self.other_lead, self.outsider],
            private=True,
            bot=True,
        )
        self._socket = SocketMode(self.app, self.client, slack.app_token, workers=threads)

    def opens(self) -> None:
        self._socket.connect()
        self.slack.wait_for_connection()

    def rests(self) -> None:
        """Nothing is at work any more: the next world has the same database."""
        self._listeners.shutdown()

    def closes(self) -> None:
        self._socket.close()

    def known(self, person: Person) -> Known:
        return self.directory.person(person.id)

    def sets_up(self, leads: Iterable[Person] | None = None) -> None:
        """A program that is led by the two leads, or by these."""
        led_by = [self.lead, self.other_lead] if leads is None else leads
        draft = ProgramDraft(
            name="Upside Down",
            leads=[lead.id for lead in led_by],
            leads_channel=self.leads_channel.id,
            first_start=self.clock().date().isoformat(),
        )
        programs.set_up(self.ctx, self.workspace, self.known(self.admin), draft)

    def joins(self, name: str, role: str = "both", level: int | None = 2, **answers: Any) -> Person:
        """A new person who is enrolled, by default with one skill to share and one to learn."""
        person = self.slack.add_person(name)
        given = {"shares": ["Video editing"], "wants": ["Negotiation"], "languages": ["English"], **answers}
        draft = ProfileDraft(role=role, level=level, **given)
        profiles.save(self.ctx, self.workspace, self.known(person), draft)
        return person

    def couple(self, number: int = 1) -> tuple[Person, Person]:
        """A mentor and a mentee who fit each other alone."""
        topic = f"Topic number {number}"
        mentor = self.joins(f"Mia Mentor{number}", "share", 2, shares=[topic], wants=[])
        mentee = self.joins(f"Max Mentee{number}", "learn", 6, shares=[], wants=[topic])
        return mentor, mentee

    def as_lead(self) -> tuple[Context, str, str]:
        return self.ctx, self.workspace, self.lead.id

    def delivers(self) -> None:
        """Send and update everything that is due, once nobody is at work who shows it already."""
        self._listeners.come_to_rest()
        for _ in range(20):
            letters = outgoing.due(self.ctx)
            for letter in letters:
                self._send(letter)
            if not letters:
                return
        raise AssertionError("the outbox does not become empty")

    def _send(self, letter: outgoing.Letter) -> None:
        mail = outgoing.prepare(self.ctx, letter)
        leased = outgoing.lease(self.ctx, letter, "test") if mail else None
        if mail is None or leased is None:
            return
        mail = replace(mail, letter=leased)
        shown = render(mail.content)
        if letter.posted:
            self.client.chat_update(
                channel=letter.channel or "", ts=letter.ts or "", text=shown.text, blocks=shown.blocks
            )
            outgoing.delivered(self.ctx, mail, letter.channel or "", letter.ts or "")
            return
        channel = mail.channel or self.client.conversations_open(users=list(mail.people))["channel"]["id"]
        posted = self.client.chat_postMessage(channel=channel, text=shown.text, blocks=shown.blocks)
        outgoing.delivered(self.ctx, mail, str(channel), str(posted["ts"]))

    def takes_copies_away(self) -> list[str]:
        """Take away the copies that are one too many; gives when every message was posted that was taken away."""
        copies.take_away(self.ctx, self.client)
        return [str(call.args["ts"]) for call in self.calls("chat.delete")]

    def card(self, number: int, person: Person | None = None) -> Message:
        """The message with the card of a pair in the leads' channel, as somebody sees it."""
        seen = (person or self.lead).messages(self.leads_channel)
        named = re.compile(rf"Pair {number}\b")
        return next(one for one in seen if named.search(one.full_text) and not one.ephemeral)

    def complaints(self) -> list[str]:
        """What Slack refused of what the app said; a good test ends with none."""
        return [*self.slack.refusals] + [
            f"{call.method}: {call.error}" for call in self.slack.calls if call.error
        ]


def app_config() -> AppConfig:
    """The app as its manifest describes it."""
    return AppConfig.from_manifest(MANIFEST)
