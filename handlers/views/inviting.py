"""Invitations: what people of a channel read, and the form in which a lead writes one and sees it first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ConversationFilter, ConversationSelectElement

from handlers.ids import Action, Callback, InviteField, Word
from handlers.metadata import Invites
from handlers.views.inputs import field, modal, text_input
from handlers.views.parts import (
    PROGRAM_MAX,
    Part,
    Rendered,
    blocks_of,
    button,
    buttons,
    heading,
    line,
    note,
    rendered,
    say,
)
from handlers.views.text import channel, count, date_token, escape, mention, mentions, typed
from mentoring.channels import Trouble
from mentoring.invitations import MAX_WORDS, Invitation, Invite

WHAT_IT_IS = (
    "People early in their career teach colleagues further up what they are good at. "
    "You can share, learn, or both."
)
"""What a program of reverse mentoring is, to somebody who may join."""
SHORT = "The start takes less than a minute, and you can leave at any time."

_WORDS_ROOM = 1200
_INVITE_ME = "Type /invite @Reverse Mentor in that channel, then try again."
_CANNOT: dict[Trouble, str] = {
    Trouble.SHARED: (
        "People of another company are in that channel, and they cannot take part. Choose one inside your company."
    ),
    Trouble.NO_CHANNEL: "That is a conversation of few. Choose a channel.",
    Trouble.ARCHIVED: "That channel is archived. Choose another one.",
    Trouble.ABSENT: f"I am not in that channel, so I cannot post there. {_INVITE_ME}",
    Trouble.UNSEEN: f"Slack does not show me that channel. {_INVITE_ME}",
    Trouble.UNKNOWN: "Slack does not tell me about that channel right now. Please try again in a minute.",
}


def invitation(content: Invite) -> Rendered:
    """To everybody in a channel: what the program is, when it goes on, and the button to join."""
    return rendered(*_invitation(content))


def _invitation(content: Invite) -> list[Part | None]:
    again = "A reminder: would" if content.reminder else "Would"
    join = button("Join the program", Action.JOIN, content.invitation_id or None, style="primary")
    return [
        heading(f"{again} you like to take part in {content.program}?"),
        say(WHAT_IT_IS),
        say(_own_words(content)) if content.words else None,
        say(_when(content), SHORT),
        buttons(join, instead=f"Or type {typed()}."),
        note(f"Questions? {mentions(content.leads)} will be glad to help.") if content.leads else None,
    ]


def _own_words(content: Invite) -> str:
    quoted = "\n".join(escape(one, _WORDS_ROOM) for one in content.words.splitlines())
    return f"{mention(content.person_id)} writes: “{quoted}”"


def _when(content: Invite) -> str:
    if content.next_intro is None:
        return "Pairs are introduced again and again, so you can join at any time."
    return f"The next pairs are introduced on {date_token(content.next_intro)}."


def invite_modal(earlier: Sequence[Invitation], program: str) -> dict[str, Any]:
    """The form: which channel, and own words if a lead likes; below it, what was posted before."""
    chosen = ConversationSelectElement(
        action_id=InviteField.CHANNEL,
        placeholder="Choose a channel",
        filter=ConversationFilter(
            include=["public", "private"], exclude_external_shared_channels=True, exclude_bot_users=True
        ),
    )
    words = text_input(InviteField.WORDS, "", MAX_WORDS, multiline=True)
    blocks = [
        say(
            f"Invite people to *{escape(program, PROGRAM_MAX)}*. Nothing is posted before you have seen it."
        ).block,
        field("Channel", chosen, "I have to be in it: type /invite @Reverse Mentor there first."),
        field(
            "A few words of yours",
            words,
            "Why you would like people to take part. They stand in the invitation with your name, "
            "for everybody in the channel.",
            optional=True,
        ),
        *blocks_of(_earlier(earlier)),
    ]
    return modal(Callback.INVITE, "Invite people", blocks, "Preview")


def _earlier(earlier: Sequence[Invitation]) -> list[Part | None]:
    if not earlier:
        return []
    return [line(), say("*Posted before*"), *(part for one in earlier for part in _entry(one))]


def _entry(one: Invitation) -> list[Part | None]:
    name = f"Remind once of invitation {one.id}"
    remind = button("Remind once", Action.REMIND_INVITED, one.id, label=name)
    instead = f"Or type {typed(Word.INVITE, 'remind', str(one.id))}."
    return [say(told(one)), buttons(remind, instead=instead) if one.reminder_left else None]


def told(one: Invitation) -> str:
    """One invitation in a sentence or two: where, when, by whom, and what came of it."""
    joined = (
        f"{count(one.joined, 'person', 'people')} joined by it" if one.joined else "Nobody joined by it yet"
    )
    again = f" People were reminded on {date_token(one.reminded_at)}." if one.reminded_at else ""
    return (
        f"Invitation {one.id}, {channel(one.channel)}: posted on {date_token(one.asked_at)} by "
        f"{mention(one.asked_by)}. {joined}.{again}"
    )


def preview_modal(content: Invite, carries: Invites) -> dict[str, Any]:
    """What people will read, before it is posted; its button does nothing here."""
    shown = [part for part in _invitation(content) if part and part.block.type != "actions"]
    blocks = [
        say(f"This is what everybody in {channel(carries.channel)} will read.").block,
        line().block,
        *blocks_of(shown),
        note("Below it stands a button: Join the program.").block,
    ]
    return modal(Callback.INVITE_PREVIEW, "Preview", blocks, "Post it", carries)


def invited(one: Invitation) -> Rendered:
    """To the lead who posted it."""
    return rendered(
        say(
            f"The invitation goes to {channel(one.channel)} now.",
            f"{typed(Word.INVITE)} counts who joins by it.",
            f"People can be reminded once: {typed(Word.INVITE, 'remind', str(one.id))}.",
        )
    )


def reminded(one: Invitation) -> Rendered:
    """To the lead who reminded people."""
    return rendered(say(f"A reminder goes to {channel(one.channel)} now. It is the only one."))


def invitations(earlier: Sequence[Invitation]) -> Rendered:
    """To a lead who typed: what was posted before, and how to invite."""
    how = f"To post one, type {typed(Word.INVITE, '#channel')}, and your own words behind it if you like."
    nothing = say("No invitation has been posted yet.") if not earlier else None
    start = buttons(button("Invite people", Action.INVITE, style="primary"))
    return rendered(nothing, *(part for one in earlier for part in _entry(one)), say(how), start)


def uninvitable(trouble: Trouble) -> str:
    """For the invitation form: why the bot cannot post there, and what helps."""
    return _CANNOT[trouble]
