"""What can be typed: one page with the words needed most, and a page for each part of what leads do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.ids import COMMAND, Action, Word
from handlers.views.parts import Rendered, button, buttons, note, rendered, say
from handlers.views.text import joined, plain, typed
from mentoring.checkins import Answer

_NAMED: Final = re.compile(rf"`{re.escape(COMMAND)} ([\w-]+)")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what leads do: what is typed behind `help` for it, its title, and its commands with what they do."""

    name: str
    title: str
    rows: tuple[tuple[str, str], ...]

    @property
    def words(self) -> list[str]:
        """The words that it explains, each once."""
        return list(dict.fromkeys(_NAMED.findall(_commands(self.rows))))


def _commands(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"• {command}: {what}" for command, what in rows)


def _also(*words: str) -> str:
    return joined([f"`{word}`" for word in words])


_FOR_EVERYBODY = (
    (typed(), f"join, or change your profile; {_also('join', 'profile')} do the same"),
    (typed(Word.SHARE, "video editing"), "add a skill you can share to your profile"),
    (typed(Word.LEARN, "AI tools"), "add a skill you want to learn to your profile"),
    (typed(Word.STATUS), "see where you stand"),
    (typed(Word.PARTNER), f"see your pairs; {typed(Word.PARTNER, 'end')} ends one"),
    (typed(Word.MEETING), "times and a guide for your next meeting"),
    (typed(Word.AGREE), "agree to what you two promise each other"),
    (
        typed(Word.CHECKIN, Answer.MET),
        f"answer your check-in ({', '.join(Answer)}); {_also('check-in')} does the same",
    ),
    (typed(Word.PLANNED, "Friday 15:00"), "say when you meet; I ask you after it, and not before"),
    (typed(Word.ASK, "2"), "be asked every two weeks only; or 4, or 1 for every week"),
    (typed(Word.AWAY, "until Friday"), "be left alone until that day is over; your pairs go on"),
    (typed(Word.PAUSE), f"take a break; or until a day, like {typed(Word.PAUSE, 'until Friday')}"),
    (typed(Word.RESUME), "take part again"),
    (
        typed(Word.SKIP),
        f"skip the next cycle and be back by yourself after it; {typed(Word.IN)} takes that back",
    ),
    (
        typed(Word.SAY_YES),
        f"say yes when I ask you before an introduction; {typed(Word.NOT_THIS_TIME)} says no",
    ),
    (typed(Word.TIMES, "12 Feb 3 14:00"), "after your yes to pair 12, offer times for a first talk"),
    (typed(Word.LEAVE), "leave the program"),
    (typed(Word.HELP), "read this again"),
)
SECTIONS = (
    Section(
        "deciding",
        "deciding",
        (
            (typed(Word.PENDING), "see the pairs that wait for a decision, and who has no partner"),
            (typed(Word.REVIEW), "decide on all of them on one page"),
            (typed(Word.APPROVE, "12"), "approve pair 12"),
            (typed(Word.APPROVE, "all"), "approve all that need no look; I ask once"),
            (typed(Word.DECLINE, "12"), "decline pair 12; you can write a reason behind the number"),
            (typed(Word.UNDO, "12"), "take a decision back, until the introduction"),
            (typed(Word.HOLD, "12"), "let no rule approve pair 12"),
            (typed(Word.RELEASE, "12"), "let the rules approve pair 12 again"),
        ),
    ),
    Section(
        "pairs",
        "pairs",
        (
            (typed(Word.MATCH), "look for the best pairs now; those you approved stay"),
            (typed(Word.INTRODUCE), "introduce the approved pairs now"),
            (typed(Word.SWAP, "12"), "see who else could be in pair 12, and what that costs"),
            (typed(Word.PAIR, "@Ana @Ben"), "pair two people by hand"),
            (typed(Word.FIX, "@Ana @Ben"), "propose these two in this cycle"),
            (typed(Word.UNFIX, "@Ana @Ben"), "take that back"),
            (typed(Word.FORBID, "@Ana @Ben"), "never propose these two"),
            (typed(Word.ALLOW, "@Ana @Ben"), "take that back"),
            (typed(Word.WISHES), "see what leads fixed and ruled out"),
            (typed(Word.KEEP, "12"), "let pair 12 go on, though it no longer fits the rules"),
            (
                typed(Word.END, "12"),
                "end pair 12 after its introduction; you can write a reason behind the number",
            ),
            (typed(Word.REST, "12 until Friday"), "let pair 12 rest until a day"),
            (
                typed(Word.LOOK_AFTER, "12"),
                "look after pair 12, where nobody is sure that its introduction arrived",
            ),
            (typed(Word.SEND_AGAIN, "7"), "send message 7 again, of which nobody is sure that it arrived"),
            (typed(Word.IT_ARRIVED, "7"), "say that message 7 arrived"),
        ),
    ),
    Section(
        "people",
        "people",
        (
            (typed(Word.READY), "see who is not ready for the next cycle, and which skills are scarce"),
            (typed(Word.REMIND), "remind those who are not ready, once a cycle"),
            (typed(Word.UNMATCHED), "see everybody without a partner, and why"),
            (typed(Word.WHY_NOT, "@Ana @Ben"), "ask why these two are not a pair"),
            (typed(Word.CALLS), "see who asked for help"),
            (typed(Word.TAKE_CALL, "7"), "take call 7"),
            (typed(Word.CALL_DONE, "7"), "say that call 7 is done"),
            (typed(Word.HAND_BACK, "7"), "let another lead take call 7"),
            (typed(Word.HR), "see where people and HR say different things, and decide"),
            (typed(Word.INVITE), "invite people of a channel, and see how many came by it"),
        ),
    ),
    Section(
        "program",
        "the program",
        (
            (typed(Word.DIGEST), "see how the program stands now"),
            (typed(Word.DIGEST, "met"), "see the list behind one of its figures"),
            (typed(Word.REPORT), "see what the last cycle came to, in figures"),
            (typed(Word.REPORT, "2"), "see the same of cycle 2"),
            (typed(Word.REHEARSE, "8"), "see what I would send in the next 8 weeks, before I do"),
            (typed(Word.HOLIDAYS), "list the holidays of which a rehearsal warns"),
            (typed(Word.GUIDES), "read and change the guides for meetings"),
            (
                typed(Word.SKILLS),
                "see the words that people brought and those that count as one skill, and decide",
            ),
            (typed(Word.KEEP_APART, "chess club"), "count this word as a skill of its own again"),
            (typed(Word.TAKE_IN, "chess club"), "offer this word to everybody"),
            (typed(Word.TAKE_OUT, "chess club"), "offer it to nobody any more"),
        ),
    ),
)
"""What leads can type, a page each."""
_MOST_NEEDED = tuple(
    next(row for one in SECTIONS for row in one.rows if row[0] == typed(word))
    for word in (Word.PENDING, Word.INTRODUCE, Word.UNMATCHED, Word.CALLS, Word.DIGEST)
)
_BY_NAME = {word: one for one in reversed(SECTIONS) for word in one.words} | {
    one.name: one for one in SECTIONS
}
"""The section of each word, the first that explains it, and of each section's name, which goes before a word."""
_FOR_SETUP = (
    (typed(Word.SETUP), f"change the program's leads and dates; {_also('settings')} does the same"),
    (typed(Word.RULES), "the rules and weights, and what each costs"),
    (typed(Word.RULES, "max-gap 3"), "change one of them"),
)
_ALONE = "In a direct message with me, these words alone are enough."


def help_text(is_lead: bool, can_set_up: bool) -> Rendered:
    """The first page, by what this person may do, with buttons for the two most common things."""
    return rendered(
        say(f"*What you can type*\n{_commands(_FOR_EVERYBODY)}"),
        say(f"*For program leads*\n{_commands([*_MOST_NEEDED, *map(_pointer, SECTIONS)])}")
        if is_lead
        else None,
        say(f"*For setting up*\n{_commands(_FOR_SETUP)}") if can_set_up else None,
        note(_ALONE),
        buttons(button("Open my profile", Action.JOIN), button("My status", Action.STATUS)),
    )


def section_help(section: Section) -> Rendered:
    """The page of one section, and where the others are."""
    others = [typed(Word.HELP, one.name) for one in SECTIONS if one is not section]
    return rendered(
        say(f"*For program leads: {section.title}*\n{_commands(section.rows)}"),
        note(_ALONE, f"More: {joined([*others, typed(Word.HELP)])}."),
    )


def open_to(is_lead: bool, can_set_up: bool) -> frozenset[str]:
    """The words that this person may use: what leads alone can do is suggested to nobody else."""
    rows = [*_FOR_EVERYBODY, *(row for one in SECTIONS if is_lead for row in one.rows)]
    return frozenset(_NAMED.findall(_commands([*rows, *(_FOR_SETUP if can_set_up else ())])))


def section_of(topic: str) -> Section | None:
    """The section of that name, or the one that explains that word; None for anything else."""
    return _BY_NAME.get("-".join(plain(topic).casefold().split()))


def is_section(topic: str) -> bool:
    """Whether this is a section's name: `help` with anything else behind it may be a call for help."""
    return topic.strip().casefold() in {one.name for one in SECTIONS}


def _pointer(section: Section) -> tuple[str, str]:
    return typed(Word.HELP, section.name), ", ".join(f"`{word}`" for word in section.words)
