"""What set-up ends with: the welcome to leads, the answer in the form, and word of a channel that refuses it."""

from __future__ import annotations

from handlers.ids import Action, Word
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, button, buttons, heading, note, rendered, say
from handlers.views.text import channel, count, date_token, escape, typed
from handlers.views.troubles import cannot_post
from mentoring.cadence import local_date
from mentoring.days import full_day
from mentoring.greeting import Dates, LeadsWelcome, SetUpTrouble
from mentoring.programs import Program


def leads_welcome(content: LeadsWelcome) -> Rendered:
    """To the leads' channel: that it is theirs, what comes when, and how people come in."""
    name = escape(content.program, PROGRAM_MAX)
    return rendered(
        heading(f"Welcome to {content.program}"),
        say(
            f"This is the leads' channel of *{name}*. I post proposed pairs here, and you approve or decline them.",
            f"{typed(Word.HELP)} shows what you can type.",
        ),
        *dates_parts(content.dates),
        _invitation(content.program, content.dates),
        note(f"{typed(Word.SETUP)} changes the dates, and this message follows them."),
    )


def dates_parts(dates: Dates | None) -> list[Part | None]:
    """The dates of a cycle, and a word where they leave leads little time."""
    if dates is None:
        return [say(f"{typed(Word.PENDING)} lists what waits for you.")]
    lines = (
        ("Proposed pairs for you to decide on", dates.proposal_at),
        ("Introductions", dates.intro_at),
        ("First check-in", dates.checkin_at),
        ("End, and the next introductions", dates.ends_at),
    )
    told = "\n".join(f"• {what}: {date_token(at, dates.zone)}" for what, at in lines)
    return [say(f"*Cycle {dates.number}*\n{told}"), say(_short(dates)) if dates.short else None]


def _short(dates: Dates) -> str:
    days = count(dates.days, "day")
    if dates.passed:
        return (
            f"*Little time:* these introductions were planned for a time that has passed, so the {days} for approval "
            f"are not left. A pair that you approve is introduced at once. {_LATER}"
        )
    return (
        f"*Little time:* the introductions are too soon for the {days} for approval that are set. "
        f"{_NOW if dates.at_once else _HALFWAY} {_LATER}"
    )


_NOW = "I look for pairs right away."
_HALFWAY = "I look for pairs halfway, so that people have time to join."
_LATER = f"A later first start gives you all of that time: {typed(Word.SETUP)}."


def _invitation(program: str, dates: Dates | None) -> Part:
    """An invitation as plain text, without anything that only Slack could show."""
    first = ""
    if dates is not None and not dates.passed:
        first = f" The next pairs are introduced on {full_day(local_date(dates.intro_at, dates.zone))}."
    return say(
        "*An invitation to copy and post where people are:*\n"
        f"In “{escape(program, PROGRAM_MAX)}”, people early in their career teach colleagues further up what they are "
        "good at. You can share, learn, or both. To join, type /reverse-mentor anywhere in Slack. It takes less than a "
        f"minute, and you can leave at any time.{first}"
    )


def saved(program: Program, dates: Dates | None, first: bool, moved: bool) -> Rendered:
    """The settings are stored: what happens next for a new program, and the new dates where they moved."""
    name = escape(program.name, PROGRAM_MAX)
    if first:
        return rendered(
            say(
                f"*{name}* is set up. I am posting a welcome in {channel(program.leads_channel)} now. "
                "If that does not work, I write to you at once."
            ),
            *dates_parts(dates),
            _invitation(program.name, dates),
        )
    return rendered(
        say(f"The settings of *{name}* are saved."),
        *([say("The dates have moved."), *dates_parts(dates)] if moved else []),
    )


def set_up_trouble(content: SetUpTrouble) -> Rendered:
    """Privately to whoever saved the settings: the leads' channel takes no welcome, and what helps."""
    name, where = escape(content.program, PROGRAM_MAX), channel(content.channel)
    if content.settled:
        return rendered(
            say(f"I could not post in {where}. That is settled for *{name}*. There is nothing to do.")
        )
    why, helps = cannot_post(content.why)
    return rendered(
        say(
            f"I could not post the welcome in {where}, the leads' channel of *{name}*{f': {why}' if why else ''}."
        ),
        say(f"*What helps:* {helps} I keep trying."),
        buttons(button("Settings", Action.SETUP), instead=f"Or type {typed(Word.SETUP)}."),
    )
