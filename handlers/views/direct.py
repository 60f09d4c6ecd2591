"""Answers to what people write in the bot's direct message."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.checkin import is_open
from handlers.views.parts import VALUE_ROOM, Part, Rendered, button, buttons, rendered, say
from handlers.views.text import escape, mentions, plain, typed
from mentoring.checkins import Answer
from mentoring.messages import CheckInPrompt


def opens(label: str, action: Action, typed_before: str = "") -> Rendered:
    """The button for a form; what was typed before is filled in when it is pressed, if a button has room for it."""
    if len(typed_before) > VALUE_ROOM:
        much = "That is more than I can fill in for you, so please copy it from your message into the form."
        return rendered(say(much), buttons(button(label, action)))
    return rendered(say("Here you are:"), buttons(button(label, action, typed_before or None)))


def not_understood(enrolled: bool, near: str | None) -> Rendered:
    """To somebody who wrote what is no word of ours: what they can do, with the buttons for it."""
    examples = (Word.HELP, Word.STATUS, f"{Word.PAUSE} until Friday") if enrolled else (Word.HELP, "join")
    shown = ", ".join(f"`{one}`" for one in examples)
    return rendered(
        say(f"Did you mean `{near}`?") if near else None,
        say(
            f"I only understand a few words here, like {shown}. I keep nothing of this message,",
            "and I do not pass it on.",
        ),
        _ways(enrolled),
    )


def came_late(written: str) -> Rendered:
    """To what arrived after something that was written later: it may have been taken back since."""
    return rendered(
        say(
            f"This came only now, after something that you wrote later: “{escape(plain(written), LONGEST_ECHO)}”.",
            "I have not done it. If you still want it, please write it again.",
        )
    )


LONGEST_ECHO = 80
"""Characters of a message that are repeated."""


def _ways(enrolled: bool) -> Part:
    if not enrolled:
        return buttons(
            button("Join the program", Action.JOIN, style="primary"), instead=f"Or type {typed()}."
        )
    return buttons(
        button("My status", Action.STATUS),
        button("Open my profile", Action.JOIN),
        instead=f"Or type {typed(Word.STATUS)} or {typed()}.",
    )


def before_help(prompts: Sequence[CheckInPrompt]) -> Rendered:
    """Above the check-in that somebody who may need help is shown: nothing has been sent yet."""
    offered = any(is_open(one) and one.checkin.answer is not Answer.HELP for one in prompts)
    press = f"If you need help with your pair, choose “{Answer.HELP.words}”." if offered else ""
    return rendered(say("I have not passed this message on to anybody.", press))


def whom_to_ask(leads: Sequence[str], enrolled: bool) -> Rendered:
    """To somebody who may need help and has no check-in: who can give it."""
    if leads:
        whom = f"The program is led by {mentions(leads)}: you can write to them."
    else:
        whom = "A workspace admin can help you."
    return rendered(say(f"I have not passed this message on to anybody. {whom}"), _ways(enrolled))
