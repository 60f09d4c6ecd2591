"""What the program says, and to whom: notices wait in the outbox, contents are what a notice shows at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mentoring.checkins import CheckIn
from mentoring.cycles import LeftOut
from mentoring.pairings import Pair
from mentoring.people import Role, Standing

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
    NO_LEAD = "no_lead"
    BACK = "back"
    PAIR_GOES_ON = "pair_goes_on"


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
class Heard:
    """Who hears something privately: leads, or admins in their place; nobody where there are none."""

    people: tuple[str, ...] = ()
    are_leads: bool = True


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
    """To the leads' channel: one proposed pair and, once decided, who decided what and when."""

    pair: Pair
    mentor: Side
    mentee: Side
    intro_at: datetime
    introduced: bool


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
    """To somebody who has no partner in this cycle."""

    program: str
    cycle_number: int
    next_intro: datetime
    has_level: bool


@dataclass(frozen=True, slots=True)
class CheckInPrompt:
    """To one person of a pair: the weekly question, asked again, or answered.

    `opener` is a line that helps to begin, given after two "Not yet" in a row. `over` is true when the pair has ended.
    `heard` is who hears of a call for help: until there is one, who would; then, who was told.
    """

    checkin: CheckIn
    partner_id: str
    again: bool
    opener: str | None
    over: bool
    heard: Heard = Heard()


@dataclass(frozen=True, slots=True)
class HelpAlert:
    """To each of those who hear it, privately: somebody asked for help.

    `told` is everybody who was told. `in_place_of_leads` says that the reader is an admin.
    """

    program: str
    person_id: str
    partner_id: str
    pair_id: int
    asked_at: datetime
    told: tuple[str, ...] = ()
    in_place_of_leads: bool = False


@dataclass(frozen=True, slots=True)
class SilencePause:
    """To somebody who did not answer for three weeks: a pause, with a way back."""

    program: str
    back: bool


@dataclass(frozen=True, slots=True)
class PairClosed:
    """To the partner of somebody who left, in neutral words; `goes_on` when the pair does, after all."""

    program: str
    partner_id: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class PairGoesOn:
    """To somebody whose pair had been closed, in neutral words: it goes on; `over` when it has ended since."""

    program: str
    partner_id: str
    over: bool


@dataclass(frozen=True, slots=True)
class Back:
    """To somebody whom the directory took out and knows again: whether they take part as before.

    `standing` is how they would, or do, stand, and None when they stay out. `partners` are those they are in a pair
    with now.
    """

    program: str
    asks: bool
    standing: Standing | None
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoLead:
    """To each admin: nobody leads the program; `leads` are those who do, once there are any."""

    program: str
    leads: tuple[str, ...]


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

    `settled` is what became of it: None while nobody has looked, else `sent again` or `it arrived`.
    """

    row_id: str
    what: str
    people: tuple[str, ...]
    settled: str | None


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
    | NoLead
    | Back
    | PairGoesOn
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
