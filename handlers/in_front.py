"""What somebody has in front of them when they type or click, as the program's subjects."""

from __future__ import annotations

from handlers.metadata import Closes, Declines, JoinsBy, OfProfile, Parts, Plans
from handlers.payloads import Act
from program.subjects import InChannel, OfInvitation, OfPair, OnCard, Subject

_DIRECT = "D"
"""Begins the ids of direct messages, which belong to no program."""


def subjects(act: Act) -> tuple[Subject, ...]:
    """The nearest first: the pair that a form is about, the card whose button was pressed, the conversation."""
    found: list[Subject] = []
    if isinstance(act.carried, Declines | Closes | Parts | Plans):
        found.append(OfPair(act.carried.pair_id))
    if isinstance(act.carried, JoinsBy | OfProfile) and act.carried.invitation_id:
        found.append(OfInvitation(act.carried.invitation_id))
    if act.in_message:
        found.append(OnCard(act.channel, act.message_ts))
    if act.channel and not act.channel.startswith(_DIRECT):
        found.append(InChannel(act.channel))
    return tuple(found)
