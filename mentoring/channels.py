"""The leads' channel: what is known about it, and what keeps it from being one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Why nothing can be posted in a channel that leads chose, or why they cannot choose it."""

    PUBLIC = "public"
    SHARED = "shared"
    NO_CHANNEL = "no_channel"
    ARCHIVED = "archived"
    ABSENT = "absent"
    UNSEEN = "unseen"
    UNKNOWN = "unknown"


OPEN_TO_OTHERS = (Trouble.PUBLIC, Trouble.SHARED)
"""With these, people for whom it is not meant could read what is posted."""


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What Slack says about a conversation; what it leaves out counts as fine.

    `outside` tells whether another company is in it, or is about to be; `direct` whether it is a direct message or a
    group's; `member` whether the bot is in it.
    """

    private: bool = True
    outside: bool = False
    direct: bool = False
    archived: bool = False
    member: bool = True


def trouble_posting(facts: ChannelFacts) -> Trouble | None:
    """What keeps the bot from writing to everybody in this, the worst first; None for any channel that it is in.

    A channel with another company in it is left alone: people from there cannot take part.
    """
    found = (
        (facts.outside, Trouble.SHARED),
        (facts.direct, Trouble.NO_CHANNEL),
        (facts.archived, Trouble.ARCHIVED),
        (not facts.member, Trouble.ABSENT),
    )
    return next((trouble for holds, trouble in found if holds), None)


def trouble_with(facts: ChannelFacts) -> Trouble | None:
    """What keeps this from being the leads' channel, the worst first; None for a private one inside the company."""
    found = (
        (facts.outside, Trouble.SHARED),
        (facts.direct, Trouble.NO_CHANNEL),
        (not facts.private, Trouble.PUBLIC),
        (facts.archived, Trouble.ARCHIVED),
        (not facts.member, Trouble.ABSENT),
    )
    return next((trouble for holds, trouble in found if holds), None)
