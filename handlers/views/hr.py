"""What leads read where people and HR say different things."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import count, escape, fitting, joined, mention, some_mentions, typed
from mentoring.hr import Fact, Verdict
from program.forms import Difference, Differences, Ruled

SHOWN = 8
_HR = ("HR has", "Use HR's", "HR's records")
_SLACK = ("their Slack profile has", "Use Slack's", "their Slack profile")
ROOM = 1600
"""Code points of text alternative for the list, so that all of it fits beside an answer."""

_VALUE_MAX = 100
_UNTIL = "Until you decide, a pair has to be possible whoever is right."
_FACTS = {Fact.LEVEL: "level", Fact.DEPARTMENT: "department"}


def differences(content: Differences, fields: bool = False) -> Rendered:
    """What waits for a decision, each with two buttons; and who takes part though HR's file has them no more.

    `fields` tells whether fields of Slack's profiles can be chosen.
    """
    entries = [_entry(one) for one in content.listed[:SHOWN]]
    fit = fitting(["\n".join(part.text for part in entry) for entry in entries], ROOM)
    shown = entries[: max(1, len(fit))]
    parts = (part for entry in shown for part in entry)
    choose = buttons(
        button("Slack profile fields", Action.SLACK_FIELDS), instead=f"Or type {typed(Word.HR, 'fields')}."
    )
    rest = _rest(content, content.count - len(shown))
    return rendered(*_heading(content), *parts, *rest, choose if fields else None)


def _heading(content: Differences) -> list[Part | None]:
    if not content.known and not content.slack:
        return [
            say("HR's records have not been read yet. Whoever runs me can do that: it takes one command.")
        ]
    source = _source(content)
    if not content.count:
        return [say(f"Nobody's profile differs from {source} in a way that waits for you.")]
    one = f"*In one profile, a value differs from {source}*"
    several = f"*{content.count} values in profiles differ from {source}*"
    return [say(f"{one if content.count == 1 else several}\n{_UNTIL}")]


def _source(content: Differences) -> str:
    """Who says something else than people do here."""
    told = ["HR's records"] if content.known else []
    return " or ".join([*told, "what Slack's profiles say"] if content.slack else told)


def _entry(one: Difference) -> tuple[Part, Part]:
    fact = _FACTS[one.fact]
    has, use, source = _SLACK if one.from_slack else _HR
    return (
        say(f"{mention(one.person_id)} has the {fact} {_quoted(one.own)}; {has} {_quoted(one.hr)}."),
        buttons(
            button(use, Action.HR_USE, one.number, label=f"Use the {fact} of {source}"),
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
            "It stays so until one of the two says something else."
            if one.from_slack
            else "It stays so until HR's records or their profile change.",
        )
    )


def about_hr(undecided: Sequence[Fact], stays: Sequence[Fact], from_slack: Sequence[Fact] = ()) -> str:
    """What somebody reads who has just said something else about themselves than HR or their Slack profile does."""
    told = []
    for slack, (says, has) in ((False, _HR_TELLS), (True, _SLACK_TELLS)):
        open_ones, kept = (
            [one for one in facts if (one in from_slack) is slack] for facts in (undecided, stays)
        )
        told += [
            f"{says} something else about your {_named(open_ones)}; a lead decides which counts."
        ] * bool(open_ones)
        told += [f"Your {_named(kept)} stays as {has} it; tell a lead if it is wrong."] * bool(kept)
    return " ".join(told)


_HR_TELLS = ("Your HR records say", "your HR records have")
_SLACK_TELLS = ("Your Slack profile says", "your Slack profile has")


def _named(facts: Sequence[Fact]) -> str:
    return joined([_FACTS[fact] for fact in facts])


def which_one(word: Word, what: str) -> Rendered:
    """The number of the difference is missing."""
    return rendered(say(f"Say which one by its number, like {typed(word, what, '12')}."))


def _quoted(text: str) -> str:
    return f"“{escape(text, _VALUE_MAX)}”"
