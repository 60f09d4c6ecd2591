"""Before a cycle is matched: what leads look at, the reminder, and the question whether somebody is in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.ids import Action, Word
from handlers.views.members import profile_button
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, button, buttons, heading, note, rendered, say
from handlers.views.tables import data_table
from handlers.views.text import (
    agreeing,
    clip,
    count,
    date_token,
    escape,
    fitting,
    joined,
    mention,
    mentions,
    plain,
    typed,
)
from mentoring.matching import SkillBalance
from mentoring.readiness import BeforeTheRun, GetReady, Lack, NextCycle, NotReady

NAMES_SHOWN = 20
_SKILL_MAX = 60
_ROOM = 1_200
_TO_LEADS = {
    Lack.LEVEL: "no level",
    Lack.SHARES: "no skill to share",
    Lack.WANTS: "no skill to learn",
    Lack.PREPARATION: "preparation not done",
}
_TO_THEM = {
    Lack.LEVEL: "*Your level.* Without one the leads cannot pair you.",
    Lack.SHARES: "*The skills you share.* There is none yet, so nobody can learn from you.",
    Lack.WANTS: "*The skills you want to learn.* There is none yet, so nobody can teach you.",
    Lack.PREPARATION: "*Your preparation.* Five short cards; nobody is paired here before they have read them.",
    Lack.LINE: "*Your manager.* With a name there, you are never paired inside your own reporting line.",
}


def before_the_run(content: BeforeTheRun, table: bool) -> Rendered:
    """Who is not ready and why, and what is offered and wanted: as a `table` of Slack's own, or in words."""
    told = [
        heading(f"Before cycle {content.cycle_number}"),
        say(_standing(content)),
        _not_ready(content.not_ready),
        _lines(content.without_line),
        _reminder(content),
    ]
    in_words = rendered(*told, _balance(content.supply))
    if not table or not content.supply:
        return in_words
    return Rendered(in_words.text, [*rendered(*told).blocks, _table(content.supply)])


def _standing(content: BeforeTheRun) -> str:
    ready = content.members - content.skipping - len(content.not_ready)
    took = f"{count(content.members, 'person takes', 'people take')} part, and {ready} of them can be paired."
    skip = f"{count(content.skipping, 'person skips', 'people skip')} this cycle." if content.skipping else ""
    when = (
        "Its pairs were proposed already."
        if content.proposed
        else f"Its pairs are proposed on {date_token(content.proposal_at)}."
    )
    return " ".join(filter(None, (took, skip, when)))


def _not_ready(people: Sequence[NotReady]) -> Part | None:
    if not people:
        return say("Nobody has to do anything before they can be paired.")
    lines = [f"*Not ready: {count(len(people), 'person', 'people')}*"]
    lines += [
        f"• {mention(one.person_id)}: {joined([_TO_LEADS[lack] for lack in one.lacks])}"
        for one in people[:NAMES_SHOWN]
    ]
    more = len(people) - NAMES_SHOWN
    return say("\n".join([*lines, *([f"• and {more} more"] if more > 0 else [])]))


def _lines(people: int) -> Part | None:
    if not people:
        return None
    told = agreeing(
        people,
        "1 person has named no manager, so I cannot be sure of their reporting line.",
        "{people} people have named no manager, so I cannot be sure of their reporting lines.",
        people=str(people),
    )
    return note(
        told,
        "They can be paired, and their cards ask you to look. Who they are is private.",
    )


def _reminder(content: BeforeTheRun) -> Part | None:
    if content.to_remind:
        words = f"Remind {count(content.to_remind, 'person', 'people')}"
        return buttons(
            button(words, Action.REMIND, style="primary"),
            instead=f"Or type {typed(Word.REMIND)}. Each gets one message a cycle, in their working hours.",
        )
    if content.reminded:
        return note(
            f"{count(content.reminded, 'person was', 'people were')} reminded for this cycle. Nobody is reminded twice."
        )
    return None


def _balance(skills: Sequence[SkillBalance]) -> Part | None:
    """What is offered and wanted, in words, the scarcest first."""
    if not skills:
        return None
    title = "*Skills, the scarcest first: how many want it, how many offer it*"
    lines = fitting(
        [f"• {_skill(one)}: {one.wanted} want it, {one.offered} offer it" for one in skills], _ROOM
    )
    more = len(skills) - len(lines)
    return say("\n".join([title, *lines, *([f"• and {more} more"] if more else [])]))


def _skill(one: SkillBalance) -> str:
    return escape(plain(one.skill), _SKILL_MAX)


def _table(skills: Sequence[SkillBalance]) -> dict[str, Any]:
    """The same as a table of Slack's own; the first column names the row."""
    rows = (
        (
            clip(plain(one.skill), _SKILL_MAX) or "?",
            *(one.wanted, one.offered, max(0, one.wanted - one.offered)),
        )
        for one in skills
    )
    return data_table("How many want and offer each skill", ("Skill", "Want it", "Offer it", "Missing"), rows)


def reminded(before: int, content: BeforeTheRun) -> Rendered:
    """A lead had people reminded."""
    if not before:
        return rendered(
            say("There is nobody to remind: all are ready, or were reminded in this cycle already.")
        )
    return rendered(
        say(
            f"{count(before, 'person gets', 'people get')} one message about what their profile lacks, "
            "each in their own working hours.",
            f"I remind nobody twice before cycle {content.cycle_number}.",
        )
    )


def get_ready(content: GetReady) -> Rendered:
    """To somebody whose profile lacks something: what, and the way there."""
    program = escape(content.program, PROGRAM_MAX)
    if not content.lacks:
        return rendered(say(f"Thank you. Your profile in *{program}* has all that is needed to pair you."))
    if content.next_intro is None:
        return rendered(
            say(
                f"Your profile in *{program}* lacked something when pairs were made. You can add it at any time."
            ),
            profile_button(),
        )
    lines = [f"• {_TO_THEM[lack]}" for lack in content.lacks]
    asked = f"Questions? {mentions(content.leads)} will be glad to help." if content.leads else ""
    return rendered(
        say(f"Please look at your profile in *{program}* before the next pairs are made. It still lacks:"),
        say("\n".join(lines)),
        None if content.lacks == (Lack.PREPARATION,) else profile_button(),
        buttons(button("Open the cards", Action.PREPARE), instead="You find them on my Home tab, too.")
        if Lack.PREPARATION in content.lacks
        else None,
        note(f"The next introductions are on {date_token(content.next_intro)}.", asked),
    )


def next_cycle(content: NextCycle) -> Rendered:
    """To a member: whether they are in for the next cycle, and what they said."""
    program, when = escape(content.program, PROGRAM_MAX), date_token(content.intro_at)
    name = f"cycle {content.number} of *{program}*"
    if content.over:
        return rendered(say(f"Cycle {content.number} of *{program}* has begun. {_said(content)}".rstrip()))
    if not content.takes_part:
        return rendered(say(f"You do not take part in *{program}* right now, so nothing is planned for you."))
    if content.is_in is None:
        return rendered(
            say(f"Are you in for {name}? New pairs are introduced on {when}."),
            _choices(content, "Yes, I am in", "Skip this cycle", both=True),
            note(
                "If you do not answer, you are in. Skipping is for this one cycle; you are back in the next by itself."
            ),
        )
    if content.is_in:
        return rendered(
            say(f"You are in for {name}. New pairs are introduced on {when}."),
            _choices(content, "", "Skip this cycle after all"),
        )
    return rendered(
        say(f"You skip {name}. You are back in the cycle after it by itself."),
        _choices(content, "I am in after all", ""),
    )


def _said(content: NextCycle) -> str:
    return "You skipped it, and are back in the next by itself." if content.is_in is False else ""


def _choices(content: NextCycle, yes: str, skip: str, both: bool = False) -> Part:
    shown = [
        *([button(yes, Action.CYCLE_IN, content.number, style="primary" if both else None)] if yes else []),
        *([button(skip, Action.CYCLE_SKIP, content.number)] if skip else []),
        *([button("Pause", Action.PAUSE)] if both else []),
    ]
    words = [
        *([typed(Word.IN)] if yes else []),
        *([typed(Word.SKIP)] if skip else []),
        *([typed(Word.PAUSE)] if both else []),
    ]
    return buttons(*shown, instead=f"Or type {joined(words, 'or')}.")
