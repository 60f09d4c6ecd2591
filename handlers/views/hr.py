"""What leads read where people and HR say different things."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import count, escape, fitting, joined, mention, some_mentions, typed
from mentoring.hr import Fact, Verdict
from program.forms import Difference, Differences, Ruled

SHOWN = 8
ROOM = 1600
"""Code points of text alternative for the list, so that all of it fits beside an answer."""

_VALUE_MAX = 100
_UNTIL = "Until you decide, a pair has to be possible whoever is right."
_FACTS = {Fact.LEVEL: "level", Fact.DEPARTMENT: "department"}


def differences(content: Differences) -> Rendered:
    """What waits for a decision, each with two buttons; and who takes part though HR's file has them no more."""
    entries = [_entry(one) for one in content.listed[:SHOWN]]
    fit = fitting(["\n".join(part.text for part in entry) for entry in entries], ROOM)
    shown = entries[: max(1, len(fit))]
    parts = (part for entry in shown for part in entry)
    return rendered(*_heading(content), *parts, *_rest(content, content.count - len(shown)))


def _heading(content: Differences) -> list[Part | None]:
    if not content.known:
        return [
            say("HR's records have not been read yet. Whoever runs me can do that: it takes one command.")
        ]
    if not content.count:
        return [say("Nobody's profile differs from HR's records in a way that waits for you.")]
    one = "*In one profile, a value differs from HR's records*"
    several = f"*{content.count} values in profiles differ from HR's records*"
    return [say(f"{one if content.count == 1 else several}\n{_UNTIL}")]


def _entry(one: Difference) -> tuple[Part, Part]:
    fact = _FACTS[one.fact]
    return (
        say(f"{mention(one.person_id)} has the {fact} {_quoted(one.own)}; HR has {_quoted(one.hr)}."),
        buttons(
            button("Use HR's", Action.HR_USE, one.number, label=f"Use the {fact} of HR's records"),
            button("Keep theirs", Action.HR_KEEP, one.number, label=f"Keep the {fact} of the profile"),
            instead=f"Or type {typed(Word.HR, 'use', str(one.number))} or {typed(Word.HR, 'keep', str(one.number))}.",
        ),
    )


def _rest(content: Differences, more: int) -> list[Part | None]:
    return [
        note(f"And {count(more, 'more')}: they follow once these are decided.") if more > 0 else None,
        say(
            f"*Takes part, and is not in HR's records any more:* {some_mentions(content.ended)}.",
            "I change nothing by myself: who left the company leaves the program when their Slack account ends.",
        )
        if content.ended
        else None,
    ]


def ruled(content: Ruled) -> Rendered:
    """Whose word counts from now on."""
    one = content.difference
    fact, value = _FACTS[one.fact], one.hr if content.verdict is Verdict.HR else one.own
    return rendered(
        say(
            f"{mention(one.person_id)} counts with the {fact} {_quoted(value)} now.",
            "It stays so until HR's records or their profile change.",
        )
    )


def about_hr(undecided: Sequence[Fact], stays: Sequence[Fact]) -> str:
    """What somebody reads who has just said something else about themselves than HR does."""
    open_ones, kept = (joined([_FACTS[fact] for fact in facts]) for facts in (undecided, stays))
    differs = f"Your HR records say something else about your {open_ones}; a lead decides which counts."
    stay = f"Your {kept} stays as your HR records have it; tell a lead if it is wrong."
    return " ".join(filter(None, (differs if undecided else "", stay if stays else "")))


def which_one(word: Word, what: str) -> Rendered:
    """The number of the difference is missing."""
    return rendered(say(f"Say which one by its number, like {typed(word, what, '12')}."))


def _quoted(text: str) -> str:
    return f"“{escape(text, _VALUE_MAX)}”"
