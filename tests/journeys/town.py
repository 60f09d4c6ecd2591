"""A town: a Slack workspace, its people, and the real bot among them, on a clock that is moved by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot import manifest
from bot.settings import Settings
from bot.wiring import Bot, Clocks
from program import outgoing, upcoming
from sandbox import AppConfig, Call, Channel, Message, Outcome, Person, Sandbox
from storage import letters
from storage.letters import Letter
from tests.patience import PATIENCE, soon

T = TypeVar("T")
MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
"""In winter, when nobody's clocks change for a while."""

PROPOSAL_TIME = datetime(2027, 1, 7, 10, 0, tzinfo=UTC)
"""When the leads get the pairs of a program set up on that Monday: three working days ahead."""

INTRO_TIME = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)
"""When these pairs are introduced."""

RUSH = 1000.0
"""So many seconds pass on the pacing clock in each real one, so that pauses between messages cost nothing."""

LONG_WAIT = 5.0
"""Seconds; shorter pauses between messages are waited for."""

NO_TICKS = 3600.0
FULL_STEP = timedelta(seconds=30)


class TownClock:
    """Business time stands still until it is moved; the pacing clock runs along with it, and a little faster."""

    def __init__(self, start: datetime) -> None:
        self._start = self._now = start
        self._began = time.monotonic()
        self.rush = RUSH

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return (self._now - self._start).total_seconds() + (time.monotonic() - self._began) * self.rush

    def leap_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


class Town:
    """What happens in it reads like a story: `sets_up`, `joins`, `lives_until`."""

    def __init__(self, folder: Path, start: datetime = MONDAY) -> None:
        self.clock = TownClock(start)
        self.expects_trouble = False
        self.slack = Sandbox(
            AppConfig.from_manifest(dict(manifest.load())), now=self.clock.now, rate_clock="off"
        )
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
        self.channel = self.opens_channel("mentoring-leads")
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
        self._bot = Bot(settings, Clocks(self.clock.now, self.clock.monotonic, idle_seconds=0.01))
        self._bot.start()
        self.slack.wait_for_connection()

    def bot_stops(self) -> None:
        if self._bot is not None:
            assert self._bot._socket is not None, "it is connected"
            # An event that is cut off on its way comes again a minute later, and everybody would wait for it.
            self.slack.settle()
            # The SDK's threads look up only when their next word comes, up to four seconds later.
            client = self._bot._socket.client
            client.auto_reconnect_enabled, client.closed = False, True
            client.message_queue.put(None)
            self.slack.faults.cut_sockets()
            self._bot.stop()
            self._bot = None

    # The program

    def opens_channel(self, name: str, bot: bool = True) -> Channel:
        leads = [self.admin, self.lead, self.other_lead]
        return self.slack.add_channel(name, members=leads, private=True, bot=bot)

    def sets_up(self, **answers: object) -> None:
        """The admin fills in the settings form; by default two leads and a first cycle that starts in a week."""
        self.admin.types("/reverse-mentor setup")
        given = {
            "Leads": [self.lead, self.other_lead],
            "Leads' channel": self.channel,
            "First start": self.clock.now().date() + timedelta(weeks=1),
            **{label.replace("_", " "): answer for label, answer in answers.items()},
        }
        for label, answer in given.items():
            self.admin.fills(label, answer)
        outcome = self.admin.submits()
        assert not outcome.errors, outcome.errors
        self.admin.closes_modal()

    def joins(
        self,
        name: str,
        level: str,
        shares: Sequence[str] = (),
        learns: Sequence[str] = (),
        tz: str = "Europe/Lisbon",
        **answers: object,
    ) -> Person:
        """Somebody fills in the profile form: who shares is a mentor, who learns a mentee."""
        person = self.slack.add_person(name, tz=tz)
        person.types("/reverse-mentor")
        person.fills("What would you like to do?", _role(shares, learns))
        person.fills("My level", level)
        if shares:
            person.fills("Skills I can share", list(shares))
        if learns:
            person.fills("Skills I want to learn", list(learns))
        for label, answer in answers.items():
            person.fills(label.replace("_", " "), answer)
        outcome = self._submitted(person)
        assert not outcome.errors, outcome.errors
        if person.modal:  # it tells that the program knows a skill by another word
            person.closes_modal()
        return person

    def _submitted(self, person: Person) -> Outcome:
        """Send a form; whom Slack did not tell of in time, as on a busy machine, tries again."""
        ends = time.monotonic() + PATIENCE
        while True:
            outcome = person.submits()
            busy = any("Slack does not tell me" in words for words in outcome.errors.values())
            if not busy or time.monotonic() > ends:
                return outcome
            time.sleep(1)

    def a_couple_joins(self, topic: str = "Podcasting", **where: str) -> tuple[Person, Person]:
        """Two people who fit each other, and nobody else."""
        mentor = self.joins(f"Mia who shares {topic}", "Associate", shares=[topic], **where)
        mentee = self.joins(f"Max who learns {topic}", "Director", learns=[topic], **where)
        return mentor, mentee

    def cards(self) -> list[Message]:
        """The cards of pairs in the leads' channel, oldest first."""
        return [one for one in self.lead.messages(self.channel) if "Mentor (teaches)" in one]

    def open_cards(self) -> list[Message]:
        return [card for card in self.cards() if "Approve" in card.buttons]

    def approves_all(self) -> None:
        """A lead approves every card."""
        for card in self.open_cards():
            self.lead.clicks("Approve", card)
            self.soon(partial(self._is_decided, card))
        self.quiet()

    def _is_decided(self, card: Message) -> bool:
        return card.ts not in {one.ts for one in self.open_cards()}

    def introduced(self, person: Person) -> list[Message]:
        """The introductions that stand in a person's group DMs."""
        return [one for dm in person.group_dms() for one in dm.messages if "What each of you brings" in one]

    def questions(self, person: Person) -> list[Message]:
        """The check-ins, those that are answered or over included, that stand in a person's direct message."""
        asked = {call.answer.get("ts") for call in self._posts() if "ave you and" in call.args["text"]}
        return [one for one in person.messages() if one.ts in asked]

    def reminders(self, person: Person) -> list[Message]:
        """Those of them that asked again, whatever became of them."""
        again = {
            call.answer.get("ts") for call in self._posts() if "In case you missed it" in call.args["text"]
        }
        return [one for one in person.messages() if one.ts in again]

    def _posts(self) -> list[Call]:
        return self.slack.calls.to("chat.postMessage")

    # Time

    def lives_until(self, moment: datetime) -> None:
        """Let time pass, from one event to the next, with the bot at work."""
        while self.clock.now() < moment:
            event = upcoming.next_at(self.bot.ctx) or moment
            self.clock.leap_to(min(moment, max(event, self.clock.now() + FULL_STEP)))
            self.bot.tick()
            self.quiet()

    def lives_for(self, **span: float) -> None:
        self.lives_until(self.clock.now() + timedelta(**span))

    def sleeps_until(self, moment: datetime) -> None:
        """Let time pass without the bot."""
        assert self._bot is None, "the bot sleeps too"
        self.clock.leap_to(moment)

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
            due = letters.due(tx, self.clock.now(), 200)
        return on_the_wire + sum(not self._is_held(letter) for letter in due)

    def _is_held(self, letter: Letter) -> bool:
        mail = outgoing.prepare(self.bot.ctx, letter)
        method = "chat.update" if letter.posted else "chat.postMessage"
        return mail is not None and self.bot.courier._pacing.ready_in(method, mail.place) > LONG_WAIT

    def soon(self, look: Callable[[], T]) -> T:
        """What `look` finds, as soon as it finds something; acts are acknowledged before their work is done."""
        return soon(look)


def _role(shares: Sequence[str], learns: Sequence[str]) -> str:
    if shares and learns:
        return "Both"
    return "Share what I know, as a mentor" if shares else "Learn from others, as a mentee"


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
