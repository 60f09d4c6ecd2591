"""To whom a message goes, as values, and the only place that writes and reads them as the stored text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeadsChannel:
    """The channel in which the program's leads meet."""


@dataclass(frozen=True, slots=True)
class OnePerson:
    """One person, in the bot's own direct message with them, by their Slack user id."""

    person_id: str


@dataclass(frozen=True, slots=True)
class BothOfPair:
    """The two people of a pair, in their group conversation, by the pair's number."""

    pair_id: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everybody in a channel that somebody chose, by its Slack id."""

    channel: str


Recipient = LeadsChannel | OnePerson | BothOfPair | Conversation


def written(recipient: Recipient) -> str:
    """The text that is stored: `leads`, `person:<Slack user id>`, `pair:<pair number>` or `in:<Slack channel id>`."""
    match recipient:
        case LeadsChannel():
            return "leads"
        case OnePerson(person_id):
            return f"person:{person_id}"
        case BothOfPair(pair_id):
            return f"pair:{pair_id}"
        case Conversation(channel):
            return f"in:{channel}"


def read(text: str) -> Recipient:
    """The value of a stored text; raises `ValueError` for what was never written."""
    place, _, name = text.partition(":")
    match place:
        case "leads":
            return LeadsChannel()
        case "person":
            return OnePerson(name)
        case "pair":
            return BothOfPair(int(name))
        case "in":
            return Conversation(name)
        case _:
            raise ValueError(f"{text!r} is no recipient.")
