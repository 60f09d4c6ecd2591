"""What the test harnesses share: their verbs, a clock that is moved by hand, and what people see in Slack.

Each harness is as much of the bot as its tests need, and speaks the same language:

| harness | what it is |
| --- | --- |
| `program.office.Office` | the use cases, and a Slack that always answers |
| `bot.post_office.PostOffice` | the courier and the directory, on the sandbox; nothing typed or clicked |
| `handlers.world.World` | the listeners, on the sandbox, with a simple delivery |
| `journeys.village.Village` | forms that people fill in, wherever the bot runs: also as a process, in real time |
| `journeys.town.Town` | a village with the whole bot in it, on a clock that is moved by hand |
| `demo.stage.Stage` | the demo's own; it speaks the language, and takes nothing from here |

Acts are verbs in the third person, as the sandbox's people act: a lead `clicks`, an office `sets_up`. What is seen and
what is stored are nouns. Where a harness has no verb, its tests call the use case, which is what they are about.

| what happens | verb |
| --- | --- |
| what a harness runs on is started, and stopped | `opens()`, `closes()` |
| a program is set up, or its settings change | `sets_up(**answers)` |
| somebody joins | `joins(who, …, shares=, wants=)` |
| two people join who fit each other and nobody else | `couple(…)` |
| everybody is matched | `matches()` |
| everybody is matched, and the leads have the cards | `proposes()` |
| a lead approves pairs by their numbers; every open card | `approves(*numbers)`; `approves_all()` |
| what is approved is introduced | `introduces()` |
| messages that are due come onto the screens | `delivers()` |
| the bot is left to itself until nothing is due | `quiet()` |
| what a click set going is waited for | `soon(look)` |
| the clock alone moves | `clock.passes(**span)` |
| time leaps, and then what is due happens | `passes(**span)`; `at(moment)` |
| time goes by, and all happens when it is due | `lives_for(**span)`; `lives_until(moment)` |
| time goes by without the bot | `sleeps_until(moment)` |

| what is there | noun |
| --- | --- |
| the workspace, its leads, their channel | `workspace`, `lead`, `other_lead`, `leads_channel` |
| the time | `clock()` |
| what somebody sees | `cards()`, `welcomes(who)`, `introductions(who)`, `questions(who)` |
| what the bot asked of Slack | `calls(method)` |
| what was wrong with what the bot said | `complaints()` |
| what is stored | `pair(number)`, `letters(…)`, `undelivered()` |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from program import approvals, cycles, introductions
from program.context import Context
from sandbox import Call, Channel, Message, Person, Sandbox
from storage.database import Database
from storage.outbox import letters
from storage.outbox.letters import Letter
from tests import patience

_CARD = re.compile(r"\*(?:Approval needed|Pair [0-9]+):\*")
"""Begins a message with cards: the first of them waits, or is decided."""


@dataclass
class Clock:
    """Business time, which stands still until it is moved."""

    time: datetime

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **span: float) -> None:
        self.time += timedelta(**span)


class Leading:
    """A harness in which a lead acts through the use cases."""

    def as_lead(self) -> tuple[Context, str, str]:
        """Through what, in which workspace and as whom a lead acts."""
        raise NotImplementedError

    def delivers(self) -> object:
        raise NotImplementedError

    def matches(self) -> None:
        cycles.match_now(*self.as_lead())

    def proposes(self) -> None:
        self.matches()
        self.delivers()

    def approves(self, *numbers: int) -> None:
        for number in numbers:
            approvals.approve(*self.as_lead(), number)

    def introduces(self) -> None:
        introductions.introduce_now(*self.as_lead())


class OnSlack:
    """A harness on the sandbox, with somebody who leads the program from a channel."""

    slack: Sandbox
    lead: Person
    leads_channel: Channel
    soon = staticmethod(patience.soon)

    @property
    def workspace(self) -> str:
        return self.slack.team_id

    def calls(self, method: str = "chat.postMessage") -> list[Call]:
        return self.slack.calls.to(method)

    def cards(self) -> list[Message]:
        """The messages with cards of pairs in the leads' channel, oldest first."""
        seen = self.lead.messages(self.leads_channel)
        return [one for one in seen if not one.ephemeral and _CARD.match(one.text)]

    def welcomes(self, person: Person) -> list[Message]:
        return [one for one in person.messages() if "You are in *Reverse mentoring*" in one]

    def introductions(self, person: Person) -> list[Message]:
        """The introductions that stand in a person's group DMs."""
        return [one for dm in person.group_dms() for one in dm.messages if "brings you together" in one]


def every_letter(database: Database) -> list[Letter]:
    """All that was ever to be said, oldest first."""
    with database.read() as tx:
        numbers = range(1, 1 + sum(letters.tally(tx).values()))
        return [one for number in numbers if (one := letters.get(tx, number))]
