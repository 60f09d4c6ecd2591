"""The subjects of messages that are more than one id: each is written as text, and read again, here and nowhere else.

The text is stored, so it stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from mentoring.cycles import Cycle
from mentoring.people import Member


def summary_subject(cycle: Cycle) -> str:
    """The id of a cycle's newest summary: each run of the matching posts its own."""
    return f"{cycle.id}.{cycle.runs}"


def cycle_and_run(subject: str) -> tuple[int, int]:
    """The cycle of a summary, and which of its runs that was."""
    cycle_id, _, run = subject.partition(".")
    return int(cycle_id), int(run)


def absence(member: Member) -> str:
    """The subject of what is asked once after an absence: the person and when it began."""
    began = int(member.away_since.timestamp()) if member.away_since else 0
    return f"{member.person.id}.{began}"


NEVER_MET = "day14"
"""In the place of the week: a pair has not met by the day on which the leads hear of that."""


def stuck_subject(pair_id: int, week: str) -> str:
    """A pair that did not meet up to that week."""
    return f"{pair_id}.{week}"


def met_subject(checkin_id: int, planned_id: int) -> str:
    """A check-in that asks after a meeting that was planned, and which one that was."""
    return f"{checkin_id}.{planned_id}"


def of_met(subject: str) -> tuple[int, int]:
    """The check-in and the plan in such a subject."""
    checkin_id, _, planned_id = subject.partition(".")
    return int(checkin_id), int(planned_id)


def since(pair_id: int, moment: datetime) -> str:
    """A pair, at a moment: what is said of it may be said again later."""
    return f"{pair_id}.{int(moment.timestamp())}"


def moment_of(subject: str) -> datetime:
    """The moment in such a subject, to the second."""
    return datetime.fromtimestamp(int(subject.split(".")[1]), UTC)


def break_subject(day: date, moment: datetime | None = None) -> str:
    """What somebody is told of breaks on a day, and again at a moment of it if they have read that already."""
    return day.isoformat() + (f".{int(moment.timestamp())}" if moment else "")


def misfit_subject(pair_id: int, rules: Iterable[str]) -> str:
    """A pair that goes on and does not fit these rules any more."""
    return f"{pair_id}.{'-'.join(sorted(rules))}"[:64]


def case_subject(pair_id: int, moment: datetime, owner: bool) -> str:
    """A pair's introduction of unknown fate, told of at a moment to everybody who can help, or to its `owner`."""
    return since(pair_id, moment) + (_TO_OWNER if owner else "")


def is_for_owner(subject: str) -> bool:
    """Whether such a subject is for whoever looks after it."""
    return subject.endswith(_TO_OWNER)


_TO_OWNER = ".owner"


def pair_of(subject: str) -> int:
    """The number of the pair that a subject is about, or begins with."""
    return int(subject.partition(".")[0])


def pair_and_week(subject: str) -> tuple[int, str]:
    """The pair that did not meet, and up to which week."""
    pair_id, _, week = subject.partition(".")
    return int(pair_id), week


def begins_with(subject: str) -> str:
    """The id of what a subject is about, or the first of several: that of a cycle, a pair or a check-in."""
    return subject.partition(".")[0]


class OfChannel(NamedTuple):
    """A leads' channel that could not be used, the day, and why; empty where the reason changes nothing."""

    channel: str
    day: str
    why: str = ""


def channel_subject(channel: str, day: date, why: str) -> str:
    """A channel that cannot be used, told of once a day."""
    return ".".join(filter(None, (channel, day.isoformat(), why)))


def of_channel(subject: str) -> OfChannel:
    """The channel, the day and the reason in such a subject."""
    return OfChannel(*subject.split(".")[:3])


class OfWelcome(NamedTuple):
    """A leads' channel, the cycle whose dates it is told, when the settings were saved, and whether people are there.

    If they are, pairs whose time has come are looked for `at_once`; if not, halfway to the introductions.
    """

    channel: str
    number: int
    since: datetime
    at_once: bool = False


def welcome_subject(about: OfWelcome) -> str:
    """The welcome in a leads' channel, said at a moment."""
    return f"{about.channel}.{about.number}.{int(about.since.timestamp())}.{int(about.at_once)}"


def of_welcome(subject: str) -> OfWelcome:
    """What such a subject is about."""
    channel, number, since, at_once = subject.split(".")
    return OfWelcome(channel, int(number), datetime.fromtimestamp(int(since), UTC), at_once == "1")


class OfDelivery(NamedTuple):
    """What became of messages (`end`, `wait`, `wait-open`), Slack's name for the reason, and the day."""

    what: str
    error: str
    day: date


def delivery_subject(what: str, error: str, day: date) -> str:
    """Messages that Slack does not take, told of once a day for each reason."""
    return f"{what}.{error}.{day.isoformat()}"


def of_delivery(subject: str) -> OfDelivery:
    """What became of them, the reason and the day in such a subject."""
    what, error, day = subject.split(".")
    return OfDelivery(what, error, date.fromisoformat(day))


def checkin_of(subject: str) -> int | None:
    """The one check-in that a message of an older version asks about; None for one about a person and a week."""
    return int(subject) if subject.isdigit() else None
