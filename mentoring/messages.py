"""What the program says, and to whom: notices wait in the outbox, contents are what a notice shows at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mentoring.checkins import CheckIn
from mentoring.cycles import LeftOut, Unserved
from mentoring.pairings import Pair
from mentoring.people import Role

LEADS_CHANNEL = "leads"


class Kind(StrEnum):
    """Every kind of message that the program sends on its own."""

    WELCOME = "welcome"
    SUMMARY = "summary"
    CARD = "card"
    INTRO_TIME = "intro_time"
    INTRO = "intro"
    NO_PARTNER = "no_partner"
    CHECKIN = "checkin"
    REASK = "reask"
    HELP = "help"
    SILENCE = "silence"
    PAIR_CLOSED = "pair_closed"
    THANKS = "thanks"
    UNCONFIRMED = "unconfirmed"
    CHANNEL_TROUBLE = "channel_trouble"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to say: its kind, the id of what it is about, and where it goes.

    `recipient` is `leads` (the leads' channel), `person:<Slack user id>` or `pair:<pair id>` (the pair's group DM).
    """

    kind: Kind
    subject: str
    recipient: str

    @property
    def key(self) -> str:
        """The same thing is never said twice to the same place: unique within a program."""
        return f"{self.kind}/{self.subject}/{self.recipient}"


def to_person(kind: Kind, subject: object, person_id: str) -> Notice:
    """A direct message."""
    return Notice(kind, str(subject), f"person:{person_id}")


def to_pair(kind: Kind, pair_id: int) -> Notice:
    """A message about a pair in its own group DM."""
    return Notice(kind, str(pair_id), f"pair:{pair_id}")


def to_leads(kind: Kind, subject: object) -> Notice:
    """A message in the leads' channel."""
    return Notice(kind, str(subject), LEADS_CHANNEL)


@dataclass(frozen=True, slots=True)
class Welcome:
    """To a new member: they are in, and what happens next."""

    program: str
    role: Role
    has_level: bool
    next_intro: datetime
    time_zone: str
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """To the leads' channel: what one run of the matching proposes, and how the decisions stand."""

    program: str
    cycle_id: int
    cycle_number: int
    intro_at: datetime
    introduced: bool
    asked_by: str | None
    proposed: int
    approved: int
    declined: int
    withdrawn: int
    left_out: tuple[LeftOut, ...]
    held: tuple[str, ...]
    cards_posted: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One person on a pair's card."""

    person_id: str
    level: str
    department: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class PairCard:
    """To the leads' channel: one proposed pair and, once decided, who decided what and when.

    `warnings` are sentences about what the leads should look at before they decide.
    """

    pair: Pair
    mentor: Side
    mentee: Side
    intro_at: datetime
    introduced: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntroTime:
    """To the leads' channel at intro time: what happens now and what still waits for them."""

    program: str
    cycle_number: int
    introduced: int
    waiting: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class SharedHours:
    """When both work, in one person's own time zone; times are minutes from that person's midnight."""

    person_id: str
    time_zone: str
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Intro:
    """To a pair's group DM: why these two, what to do first, and how to begin talking."""

    program: str
    pair: Pair
    starters: tuple[str, ...]
    hours: tuple[SharedHours, ...]
    checkin: str


@dataclass(frozen=True, slots=True)
class NoPartner:
    """To somebody who has no partner in this cycle: why, on each side they signed up for, and whom they can ask."""

    program: str
    cycle_number: int
    next_intro: datetime
    has_level: bool
    sides: tuple[Unserved, ...] = ()
    leads: tuple[str, ...] = ()
    both_roles: bool = False


@dataclass(frozen=True, slots=True)
class CheckInPrompt:
    """To one person of a pair: the weekly question, asked again, or answered.

    `opener` is a line that helps to begin, given after two "Not yet" in a row. `over` is true when the pair has ended.
    """

    checkin: CheckIn
    partner_id: str
    again: bool
    opener: str | None
    over: bool


@dataclass(frozen=True, slots=True)
class HelpAlert:
    """To each lead, privately: somebody asked for help."""

    program: str
    person_id: str
    partner_id: str
    pair_id: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class SilencePause:
    """To somebody who did not answer for three weeks: a pause, with a way back."""

    program: str
    back: bool


@dataclass(frozen=True, slots=True)
class PairClosed:
    """To the partner of somebody who left, in neutral words."""

    program: str
    partner_id: str


@dataclass(frozen=True, slots=True)
class Thanks:
    """To a pair's group DM when its cycle has ended."""

    program: str
    pair: Pair
    cycle_number: int
    next_intro: datetime


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """To each lead: Slack never said whether a message arrived; they can look and decide.

    `people` are whom it was for. A message to the leads' channel has `channel`, and `people` are whom it is about.
    `settled` is what became of it: None while nobody has looked, else `sent again` or `it arrived`.
    """

    row_id: str
    what: str
    people: tuple[str, ...]
    settled: str | None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """To each lead: the bot cannot post in the leads' channel."""

    program: str
    channel: str


Content = (
    Welcome
    | Summary
    | PairCard
    | IntroTime
    | Intro
    | NoPartner
    | CheckInPrompt
    | HelpAlert
    | SilencePause
    | PairClosed
    | Thanks
    | Unconfirmed
    | ChannelTrouble
)


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to `/reverse-mentor status`: where one person stands."""

    program: str
    standing: str
    role: Role
    paused_until: date | None
    shares: tuple[str, ...]
    wants: tuple[str, ...]
    has_level: bool
    partners: tuple[tuple[str, str], ...]
    next_intro: datetime
