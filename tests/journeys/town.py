"""A town: a Slack workspace, its people, and the real bot among them, on a clock that is moved by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot import manifest
from bot.settings import Settings
from bot.wiring import Bot, Clocks
from program import outgoing, upcoming
from sandbox import AppConfig, Channel, Message, Person, Sandbox
from storage.outbox import letters
from storage.outbox.letters import Letter
from tests.harness import Clock
from tests.journeys.village import Village

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
"""In winter, when nobody's clocks change for a while."""

PROPOSAL = datetime(2027, 1, 7, 10, 0, tzinfo=UTC)
"""When the leads get the pairs of a program set up on that Monday: three working days ahead."""

INTRO = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)
"""When these pairs are introduced."""

RUSH = 1000.0
"""So many seconds pass on the pacing clock in each real one, so that pauses between messages cost nothing."""

LONG_WAIT = 5.0
"""Seconds; shorter pauses between messages are waited for."""

NO_TICKS = 3600.0
FULL_STEP = timedelta(seconds=30)


class TownClock(Clock):
    """Business time stands still until it is moved; the pacing clock runs along with it, and a little faster."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._start, self._began = start, time.monotonic()
        self.rush = RUSH

    def monotonic(self) -> float:
        return (self.time - self._start).total_seconds() + (time.monotonic() - self._began) * self.rush


class Town(Village):
    """What happens in it reads like a story: `sets_up`, `joins`, `lives_until`."""

    zone = "Europe/Lisbon"

    def __init__(self, folder: Path, start: datetime = MONDAY) -> None:
        self.clock = TownClock(start)
        self.expects_trouble = False
        self.slack = Sandbox(AppConfig.from_manifest(dict(manifest.load())), now=self.clock, rate_clock="off")
        self._folder = folder
        self._bot: Bot | None = None

    # The bot

    @property
    def bot(self) -> Bot:
        assert self._bot is not None, "the bot is running"
        return self._bot

    def opens(self) -> None:
        self.slack.start()
        self.admin = self.slack.add_person("Ada Admin", tz="Europe/Lisbon", admin=True)
        self.lead = self.slack.add_person("Lea Lead", tz="Europe/Lisbon")
        self.other_lead = self.slack.add_person("Lou Lead", tz="Europe/Berlin")
        self.leads_channel = self.opens_channel("mentoring-leads")
        self.bot_starts()

    def closes(self) -> None:
        self.bot_stops()
        self.slack.stop()

    def bot_starts(self) -> None:
        settings = Settings(
            bot_token=self.slack.bot_token,
            app_token=self.slack.app_token,
            api_url=self.slack.api_url,
            database_url=f"sqlite:///{self._folder / 'town.db'}",
            tick_seconds=NO_TICKS,
        )
        self._bot = Bot(settings, Clocks(self.clock, self.clock.monotonic, idle_seconds=0.01))
        self._bot.start()
        self.slack.wait_for_connection()

    def bot_stops(self) -> None:
        if self._bot is not None:
            # An event that is cut off on its way comes again a minute later, and everybody would wait for it.
            self.slack.settle()
            self._bot.stop()
            self._bot = None

    # The program

    def opens_channel(self, name: str, bot: bool = True) -> Channel:
        leads = [self.admin, self.lead, self.other_lead]
        return self.slack.add_channel(name, members=leads, private=True, bot=bot)

    def sets_up(self, **answers: object) -> None:
        """The admin fills in the settings form; by default two leads and a first cycle that starts in a week.

        A length in weeks is told as so many meetings, one in each of them.
        """
        if weeks := answers.pop("Weeks_in_a_cycle", None):
            answers |= {"Meetings_of_a_pair": weeks, "How_often": "Every week"}
        given: dict[str, object] = {
            "Leads": [self.lead, self.other_lead],
            "Leads' channel": self.leads_channel,
            "First_start": self.clock().date() + timedelta(weeks=1),
        }
        super().sets_up(**given | answers)

    def open_cards(self) -> list[Message]:
        return [card for card in self.cards() if "Approve" in card.buttons]

    def approves_all(self) -> None:
        """A lead approves every pair that has a card."""
        while cards := self.open_cards():
            self.lead.clicks("Approve", cards[0])
            self.soon(partial(self._is_newer, cards[0]))
        self.quiet()

    def _is_newer(self, card: Message) -> bool:
        return card.blocks not in [one.blocks for one in self.open_cards()]

    def questions(self, person: Person) -> list[Message]:
        """The check-ins, those that are answered or over included, that stand in a person's direct message."""
        asked = {call.answer.get("ts") for call in self.calls() if "ave you and" in call.args["text"]}
        return [one for one in person.messages() if one.ts in asked]

    def reminders(self, person: Person) -> list[Message]:
        """Those of them that asked again, whatever became of them."""
        again = {
            call.answer.get("ts") for call in self.calls() if "In case you missed it" in call.args["text"]
        }
        return [one for one in person.messages() if one.ts in again]

    # Time

    def lives_until(self, moment: datetime) -> None:
        """Let time pass, from one event to the next, with the bot at work."""
        while self.clock() < moment:
            event = upcoming.next_at(self.bot.ctx) or moment
            self.clock.time = min(moment, max(event, self.clock() + FULL_STEP))
            self.bot.tick()
            self.quiet()

    def lives_for(self, **span: float) -> None:
        self.lives_until(self.clock() + timedelta(**span))

    def sleeps_until(self, moment: datetime) -> None:
        """Let time pass without the bot."""
        assert self._bot is None, "the bot sleeps too"
        self.clock.time = max(self.clock(), moment)

    def quiet(self) -> None:
        """Wait until the bot has nothing to deliver at this moment, and Slack nothing to report."""
        assert self.slack.settle(), "an event was not taken"
        self.soon(lambda: not self.undelivered())

    def undelivered(self) -> int:
        """How many messages are on the wire, or due and not held back for a while in their conversation."""
        with (
            self.bot.ctx.database.read() as tx
        ):  # one look: between two, a message may go from one to the other
            on_the_wire = letters.tally(tx).get(outgoing.RowState.SENDING, 0)
            due = letters.due(tx, self.clock(), 200)
        return on_the_wire + sum(not self._is_held(letter) for letter in due)

    def _is_held(self, letter: Letter) -> bool:
        mail = outgoing.prepare(self.bot.ctx, letter)
        method = "chat.update" if letter.posted else "chat.postMessage"
        return mail is not None and self.bot.courier._pacing.ready_in(method, mail.place) > LONG_WAIT


def at_once(*acts: Callable[[], object]) -> None:
    """Do several things at the same moment, each in a thread of its own."""
    start = threading.Barrier(len(acts))

    def act(what: Callable[[], object]) -> None:
        start.wait()
        what()

    threads = [threading.Thread(target=act, args=(what,)) for what in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
