"""What stands in the way of the bot's messages, privately to leads: why, what became of them, and what helps."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import bullets, channel, escape, joined, mentions, typed
from mentoring.channels import Trouble
from mentoring.refusals import because, what_helps
from mentoring.troubles import ChannelTrouble, DeliveryTrouble, RefusedPair

SHOWN = 20
_ROOM = 1500
_A_PRIVATE_ONE = "make a private channel for the leads, type /invite @Reverse Mentor there, and choose it"
_UNFIT: dict[str, tuple[str, str]] = {
    Trouble.PUBLIC: (
        "it is public, so everybody in the workspace could read who is paired and why",
        f"make that channel private; or {_A_PRIVATE_ONE} in the settings.",
    ),
    Trouble.SHARED: (
        "it is shared with another company, or is about to be, so people there could read who is paired and why",
        f"end the sharing; or {_A_PRIVATE_ONE} in the settings.",
    ),
    Trouble.NO_CHANNEL: ("it is not a channel", f"{_A_PRIVATE_ONE} in the settings."),
    Trouble.UNSEEN: (
        "Slack does not let me look whether it is private and inside your company",
        "ask whoever runs this bot to start the doctor, which names what is missing.",
    ),
    # The bot is not in it, or it is archived or gone.
    "": (
        "",
        "invite me to that channel, or, if it is archived or gone, choose another channel in the settings.",
    ),
}


def channel_trouble(content: ChannelTrouble) -> Rendered:
    """Privately to a lead: nothing is posted in the leads' channel, why, and the ways to mend that."""
    if content.chosen not in ("", content.channel):
        return _elsewhere(content)
    why, helps = cannot_post(content.why)
    name = escape(content.program, PROGRAM_MAX)
    return rendered(
        say(
            f"I cannot post in {channel(content.channel)}, the leads' channel of",
            f"*{name}*: {why}." if why else f"*{name}*.",
            "What I have to say there waits.",
        ),
        say(f"*What helps:* {helps}"),
        buttons(button("Settings", Action.SETUP), instead=f"Or type {typed(Word.SETUP)}."),
    )


def cannot_post(why: str) -> tuple[str, str]:
    """Why nothing can be posted in a leads' channel, for the end of a sentence, and what helps."""
    refused = (f"Slack does not take it, {escape(because(why))}", _helps(why))
    return _UNFIT.get(why, refused)


def _elsewhere(content: ChannelTrouble) -> Rendered:
    return rendered(
        say(
            f"I could not post in {channel(content.channel)}. That is settled: the leads' channel of",
            f"*{escape(content.program, PROGRAM_MAX)}* is {channel(content.chosen)} now.",
        )
    )


def unfit(trouble: Trouble) -> str:
    """For the settings form: why this cannot be the leads' channel, and the way out."""
    return _REFUSED[trouble]


_PRIVATE = (
    "Proposed pairs, with names, levels and reasons, are posted there. Make a private channel for the leads, "
    "type /invite @Reverse Mentor there, and choose it here."
)
_INVITE_FIRST = "I am not in that channel yet. Type /invite @Reverse Mentor there, then save again."
_REFUSED: dict[Trouble, str] = {
    Trouble.PUBLIC: f"That channel is public, so everybody in the workspace could read it. {_PRIVATE}",
    Trouble.SHARED: (
        f"That channel is shared with another company, or is about to be, so people there could read it. {_PRIVATE}"
    ),
    Trouble.NO_CHANNEL: f"That is not a channel. {_PRIVATE}",
    Trouble.ARCHIVED: "That channel is archived. Choose another, or bring it back in Slack and save again.",
    Trouble.ABSENT: _INVITE_FIRST,
    Trouble.UNSEEN: (
        "Slack does not let me look whether that channel is private and inside your company. Ask whoever runs "
        "this bot to start the doctor, which names what is missing."
    ),
    Trouble.UNKNOWN: (
        "Slack does not answer at the moment, so I cannot see whether that channel is private. "
        "Please save again in a minute."
    ),
}


def delivery_trouble(content: DeliveryTrouble) -> Rendered:
    """Privately to a lead: what Slack refuses and why, and what became of the messages."""
    name, why = escape(content.program, PROGRAM_MAX), escape(because(content.error))
    if content.waits:
        what = "open group conversations" if content.of_groups else "send or change some messages"
        return rendered(
            say(f"Slack does not let me {what} of *{name}*, {why}. They wait, and I try a few times a day."),
            say(f"*What helps:* {_helps(content.error)}"),
        )
    return rendered(
        say(f"Slack refuses some messages of *{name}*, {why}. I do not try these again."),
        *_pairs(content.pairs),
        *_people(content.people),
        say(f"*Not posted or not brought up to date:* {escape(joined(content.others))}.")
        if content.others
        else None,
    )


def _helps(error: str) -> str:
    return escape(what_helps(error))


def _pairs(pairs: Sequence[RefusedPair]) -> tuple[Part | None, ...]:
    if not pairs:
        return ()
    lines = [f"Pair {one.number}: {mentions([one.mentor_id, one.mentee_id])}" for one in pairs]
    return (
        say(f"*Not introduced*\n{bullets(_some(lines), _ROOM)}"),
        note(
            "These pairs were withdrawn. Both people are free for other partners. "
            "I have told neither of them, unless one leads this program."
        ),
    )


def _people(people: Sequence[str]) -> tuple[Part | None, ...]:
    if not people:
        return ()
    names = mentions(people[:SHOWN]) + (f" and {len(people) - SHOWN} more" if len(people) > SHOWN else "")
    return (
        say(f"*Not reached:* {names}."),
        note("What I had to tell or ask them did not arrive. Please tell them in another way."),
    )


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"and {more} more"] if more > 0 else lines
