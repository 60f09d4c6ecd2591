"""Which way a message goes: to whom, by which call, and whether a conversation has to be opened first."""

from __future__ import annotations

from typing import Final

from bot.delivery.verdicts import Place, Step
from program import outgoing
from program.outgoing import Letter, Mail

BEFORE_THE_LEASE: Final = (Step.OPEN, Step.LOOK)


def place_of(mail: Mail) -> Place:
    """Who reads it: one person, the leads, or a pair."""
    if mail.is_direct:
        return Place.PERSON
    return Place.CHANNEL if outgoing.is_for_leads(mail.letter) else Place.PAIR


def step_of(letter: Letter) -> Step:
    """Whether it is posted or updated."""
    return Step.UPDATE if letter.posted else Step.POST


def method(letter: Letter) -> str:
    """The call by which it comes onto the screen."""
    return step_of(letter).value


def opens(mail: Mail) -> bool:
    """Whether its conversation has to be opened first, which is so for a pair's group DM."""
    return mail.channel is None and not mail.is_direct


def known(mail: Mail) -> str:
    """Where to post: Slack takes a person's id for the direct message with them, and opens it itself."""
    return mail.channel or mail.recipient
