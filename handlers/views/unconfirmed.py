"""The question about a message of which Slack never said whether it arrived: what it was, where to look, what to press.

Each of these functions is about one message, in the state that its pair has by now.
"""

from __future__ import annotations

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import channel, escape, joined, mention, mentions, typed
from mentoring.messages import Kind
from mentoring.troubles import Unconfirmed

NOT_THE_TWO = "Please do not ask the two: they may not know of each other yet."
"""Said wherever a message of unknown fate is about a pair that may not have met."""
_NOT_TWICE = "before you send it again, so that nobody gets it twice"


def unconfirmed(content: Unconfirmed) -> Rendered:
    """A message that may or may not have arrived, with the two ways to settle it."""
    doubt = f"Slack did not say whether this message arrived: {what(content)}."
    if content.settled:
        return rendered(say(f"{doubt} Settled: {escape(content.settled, 90)}{settled_by(content.by)}."))
    return rendered(say(doubt, where_to_look(content)), note(what_buttons_do(content)), _settle(content))


def settled_by(person_id: str) -> str:
    """Who settled it, at the end of a sentence; nothing where nobody did."""
    return f", as {mention(person_id)} said" if person_id else ""


def what(one: Unconfirmed) -> str:
    """Which message it is, and whom it is for or about."""
    number = f" (pair {one.pair_id})" if one.pair_id else ""
    link = ", " if one.channel else " for "
    return f"{escape(one.what, 600)}{number}" + (f"{link}{mentions(one.people)}" if one.people else "")


def where_to_look(one: Unconfirmed) -> str:
    """Where to look, or whom to ask; nobody is asked about what they may not have heard of yet."""
    if one.channel:
        look = f"Please look in {channel(one.channel)} {_NOT_TWICE}."
        return look if one.met or one.kind != Kind.CARD else f"{look} {NOT_THE_TWO}"
    if one.kind == Kind.INTRO:
        if one.over:
            return "They are not a pair any more, so there is nothing to look for."
        return f"It is for a conversation that only the two of them can open. {NOT_THE_TWO}"
    if not one.people:
        return f"Please look here, in your messages from me, {_NOT_TWICE}."
    whom = joined([mention(person) for person in one.people], "or")
    return f"Please ask {whom} {_NOT_TWICE}. Ask only whether a message from me came, not what it was about."


def what_buttons_do(one: Unconfirmed) -> str:
    """What follows each of the two answers."""
    if one.kind == Kind.INTRO:
        if one.over:
            return "Either button closes this question, and nothing is sent."
        return (
            "“Send it again” introduces them; in the worst case they get it twice. "
            "“It arrived” sends nothing. With either, their weekly check-ins begin."
        )
    if one.kind == Kind.CARD and one.waits:
        return (
            "“Send it again” posts the card as the pair stands then. “It arrived” posts nothing. "
            "If the card is there, you can also simply press Approve or Decline on it: that settles this question."
        )
    if one.channel:
        return "“Send it again” posts it as things stand then. “It arrived” posts nothing."
    return (
        "“Send it again” sends it as things stand then, or not at all if nothing is left to say. "
        "“It arrived” sends nothing."
    )


def _settle(content: Unconfirmed) -> Part:
    row = content.row_id
    return buttons(
        button("Send it again", Action.SEND_AGAIN, row),
        button("It arrived", Action.IT_ARRIVED, row),
        instead=f"Or type {typed(Word.SEND_AGAIN, row)} or {typed(Word.IT_ARRIVED, row)}.",
    )
