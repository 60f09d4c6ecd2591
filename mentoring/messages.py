"""What the program says, and to whom: notices wait in the outbox, contents are what a notice shows at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mentoring.ask_first import AskedFirst, AsksWait
from mentoring.care import IntroCase, IntroQuestion, Nudge, PairRests, PartnersRest, Pauses, Stuck
from mentoring.checkins import CheckIn
from mentoring.cycles import Unserved
from mentoring.digest import Digest
from mentoring.for_leads import HelpAlert, IntroTime, Misfit, PairCard, PairCards, Summary
from mentoring.greeting import LeadsWelcome, SetUpTrouble
from mentoring.invitations import Invite
from mentoring.outcomes.published import CycleReport
from mentoring.pacts import Unsigned
from mentoring.pairings import Pair
from mentoring.partings import Alone, PartedWhy, PauseOver
from mentoring.people import Role, Standing
from mentoring.planned import PlanShown
from mentoring.plans import Plan
from mentoring.progress import NO_MEETING, Progress
from mentoring.readers import BothOfPair, Conversation, LeadsChannel, OnePerson, Recipient, read, written
from mentoring.readiness import GetReady, NextCycle
from mentoring.reflections import Reflection
from mentoring.troubles import ChannelTrouble, DeliveryTrouble, ManyUnconfirmed, NoLead, Unconfirmed

LEADS_CHANNEL = written(LeadsChannel())
"""The stored recipient of what goes to the leads' channel."""


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
    HELP_WAITS = "help_waits"
    SILENCE = "silence"
    PAIR_CLOSED = "pair_closed"
    THANKS = "thanks"
    UNCONFIRMED = "unconfirmed"
    CHANNEL_TROUBLE = "channel_trouble"
    DELIVERY_TROUBLE = "delivery_trouble"
    NO_LEAD = "no_lead"
    STUCK = "stuck"
    RESTING = "resting"
    NUDGE = "nudge"
    PAUSES = "pauses"
    BACK = "back"
    PAIR_GOES_ON = "pair_goes_on"
    PAIR_RESTS = "pair_rests"
    INTRO_CASE = "intro_case"
    INTRO_QUESTION = "intro_question"
    LEADS_WELCOME = "leads_welcome"
    SETUP_TROUBLE = "setup_trouble"
    INVITATION = "invitation"
    INVITED_AGAIN = "invited_again"
    GET_READY = "get_ready"
    NEXT_CYCLE = "next_cycle"
    ASK = "ask"
    ASK_AGAIN = "ask_again"
    ASKS_WAIT = "asks_wait"
    UNSIGNED = "unsigned"
    MET_YET = "met_yet"
    DIGEST = "digest"
    REPORT = "report"
    PAUSE_OVER = "pause_over"
    PARTED_WHY = "parted_why"
    MISFIT = "misfit"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to say: its kind, the id of what it is about, and where it goes, as `mentoring.readers` writes it."""

    kind: Kind
    subject: str
    recipient: str

    @property
    def key(self) -> str:
        """The same thing is never said twice to the same place: unique within a program."""
        return f"{self.kind}/{self.subject}/{self.recipient}"

    @property
    def to(self) -> Recipient:
        """Where it goes."""
        return read(self.recipient)

    @property
    def reader(self) -> str:
        """The person whom a direct message is for; empty for what several read."""
        return self.to.person_id if isinstance(self.to, OnePerson) else ""


def to_person(kind: Kind, subject: object, person_id: str) -> Notice:
    """A direct message."""
    return Notice(kind, str(subject), written(OnePerson(person_id)))


def to_pair(kind: Kind, pair_id: int) -> Notice:
    """A message about a pair in its own group DM."""
    return Notice(kind, str(pair_id), written(BothOfPair(pair_id)))


def of_week(week: str, person_id: str) -> str:
    """The subject of what somebody is asked in a week."""
    return f"{week}.{person_id}"


def person_and_week(subject: str) -> tuple[str, str]:
    """The person's id and the week in such a subject."""
    week, _, person_id = subject.partition(".")
    return person_id, week


def to_leads(kind: Kind, subject: object) -> Notice:
    """A message in the leads' channel."""
    return Notice(kind, str(subject), LEADS_CHANNEL)


def to_channel(kind: Kind, subject: object, channel: str) -> Notice:
    """A message to everybody in a channel that somebody chose."""
    return Notice(kind, str(subject), written(Conversation(channel)))


@dataclass(frozen=True, slots=True)
class Heard:
    """Who hears something privately: leads, or admins in their place; nobody where there are none."""

    people: tuple[str, ...] = ()
    are_leads: bool = True


@dataclass(frozen=True, slots=True)
class Welcome:
    """To a new member: they are in, and what happens next, until it has happened; `left` once they have left."""

    program: str
    role: Role
    has_level: bool
    next_intro: datetime | None
    time_zone: str
    leads: tuple[str, ...]
    left: bool = False
    sponsor: str | None = None
    junior_champion: str | None = None
    prepared: bool = True


@dataclass(frozen=True, slots=True)
class SharedHours:
    """When both work, in one person's own time zone; times are minutes from that person's midnight."""

    person_id: str
    time_zone: str
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Intro:
    """To a pair's group DM: why these two, what to do first, and how to begin talking; `over` once the pair is.

    `others` are the further pairs of the same mentee who are brought together by it, and `talked` those mentors who
    had a conversation with the mentee before this one. `left` are mentors whose pair has ended while others go on.
    `moved` are mentors for whom all talk in a newer conversation by now.

    `times` are when they can meet first, told in `time_zone` where Slack does not do it by itself. `signs` tells
    whether they are asked to sign what they agree on, `signed` who did. `progress` is how far they are, by the `plan`.
    `experiences` are those that the mentor opened and the mentee asked for. `planned` is when they said that they meet.
    """

    program: str
    pair: Pair
    starters: tuple[str, ...]
    hours: tuple[SharedHours, ...]
    checkin: str
    over: bool = False
    others: tuple[Pair, ...] = ()
    talked: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    times: tuple[datetime, ...] = ()
    time_zone: str = "UTC"
    signs: bool = False
    signed: tuple[str, ...] = ()
    progress: Progress = NO_MEETING
    plan: Plan | None = None
    experiences: tuple[str, ...] = ()
    planned: PlanShown | None = None

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All of them."""
        return (self.pair, *self.others)


@dataclass(frozen=True, slots=True)
class NoPartner:
    """To somebody who had no partner when this cycle began: why, on each side they signed up for, and whom to ask.

    `since` is `met` when they got one later, `left` when they left, and `paused` while they take a break.
    `next_intro` is None once it has been.
    """

    program: str
    cycle_number: int
    next_intro: datetime | None
    has_level: bool
    sides: tuple[Unserved, ...] = ()
    leads: tuple[str, ...] = ()
    both_roles: bool = False
    since: str = ""


@dataclass(frozen=True, slots=True)
class CheckInPrompt:
    """To one person of a pair: the weekly question, asked again, or answered.

    `opener` is a line that helps to begin, given after two "Not yet" in a row. `over` is true when the pair has ended,
    `passed` when the question's week is past or another question about the pair has come since. `resting` are those of
    the two who take a break. `stuck` is who hears, or was told, of a third "Not yet" in a row, where this is one.
    `week_of` is the Monday of the week that it asks about, where it is asked in a later one. `heard` is who hears of a
    call for help: until there is one, who would; then, who was told. `together` are those who meet with the two in one
    conversation. `plan` is when the two said that they meet, while that is to be asked about, and `after` whether this
    question comes after it. `reflection` is how the person says that it was. `progress` is how far the pair was by
    that week, after an answer. `times` are when all of them work, offered with the opener, told in `zone` where Slack
    does not do it by itself.
    """

    checkin: CheckIn
    partner_id: str
    again: bool
    opener: str | None
    over: bool
    week_of: date | None = None
    heard: Heard = Heard()
    stuck: Heard | None = None
    passed: bool = False
    resting: tuple[str, ...] = ()
    partner_name: str = ""
    together: tuple[str, ...] = ()
    progress: Progress | None = None
    plan: PlanShown | None = None
    after: bool = False
    reflection: Reflection | None = None
    times: tuple[datetime, ...] = ()
    zone: str = "UTC"

    @property
    def partners(self) -> tuple[str, ...]:
        """Everybody whom they meet."""
        return (self.partner_id, *self.together)


@dataclass(frozen=True, slots=True)
class CheckInQuestions:
    """To one person: the week's question about each of their pairs, asked together."""

    prompts: tuple[CheckInPrompt, ...]
    again: bool


@dataclass(frozen=True, slots=True)
class SilencePause:
    """To somebody who did not answer for three weeks: a pause, with a way back, and what became of it.

    `silent` tells whether they are still paused for that reason. `partners` are those of their pairs, which stay.
    """

    program: str
    standing: Standing
    silent: bool
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairClosed:
    """To the partner of somebody who left, in neutral words; `goes_on` when the pair does, after all.

    In a group, `together` are those with whom the reader goes on in one conversation, and a `mate` is another mentor of
    the same mentee, who hears it too. `alone` is what the reader may choose now, and what they chose.
    """

    program: str
    partner_id: str
    goes_on: bool = False
    together: tuple[str, ...] = ()
    mate: bool = False
    alone: Alone | None = None


@dataclass(frozen=True, slots=True)
class PairGoesOn:
    """To somebody whose pair had been closed, in neutral words: it goes on; `over` when it has ended since.

    A `mate` is another mentor of the same mentee, in one conversation with them.
    """

    program: str
    partner_id: str
    over: bool
    mate: bool = False


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
class Thanks:
    """To a pair's group DM when its cycle has ended; `next_intro` is None once it has been.

    `others` are the further pairs in the same conversation.
    """

    program: str
    pair: Pair
    cycle_number: int
    next_intro: datetime | None
    others: tuple[Pair, ...] = ()


Content = (
    Welcome
    | Summary
    | PairCard
    | PairCards
    | IntroTime
    | Intro
    | NoPartner
    | CheckInQuestions
    | HelpAlert
    | SilencePause
    | PairClosed
    | Thanks
    | Unconfirmed
    | ChannelTrouble
    | DeliveryTrouble
    | NoLead
    | Stuck
    | PartnersRest
    | Nudge
    | Pauses
    | Back
    | PairGoesOn
    | PairRests
    | ManyUnconfirmed
    | IntroCase
    | IntroQuestion
    | LeadsWelcome
    | SetUpTrouble
    | Invite
    | GetReady
    | NextCycle
    | AskedFirst
    | AsksWait
    | Unsigned
    | Digest
    | CycleReport
    | PauseOver
    | PartedWhy
    | Misfit
)
