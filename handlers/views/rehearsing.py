"""What the program would send in the coming weeks, day by day, and what in it a lead should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from handlers.ids import Callback, Word
from handlers.views.inputs import modal
from handlers.views.parts import Part, Rendered, blocks_of, note, rendered, say
from handlers.views.tables import ROWS, data_table
from handlers.views.text import count, escape, fitting, joined, mention, typed
from mentoring.days import full_day
from mentoring.messages import Kind
from mentoring.rehearsing import A_WEEK, WEEKS, Crowded, Rehearsal, Warnings

DAYS_ROOM = 2000
SHOWN = 5

NAMES: dict[Kind, tuple[str, str]] = {
    Kind.WELCOME: ("welcome", "welcomes"),
    Kind.SUMMARY: ("summary for leads", "summaries for leads"),
    Kind.CARD: ("card of a pair for leads", "cards of pairs for leads"),
    Kind.INTRO_TIME: ("note to leads about the introductions", "notes to leads about the introductions"),
    Kind.INTRO: ("introduction", "introductions"),
    Kind.NO_PARTNER: ("note about having no partner", "notes about having no partner"),
    Kind.CHECKIN: ("check-in", "check-ins"),
    Kind.REASK: ("reminder of a check-in", "reminders of check-ins"),
    Kind.MET_YET: ("question about a planned meeting", "questions about planned meetings"),
    Kind.SILENCE: ("note about a pause", "notes about a pause"),
    Kind.PAIR_CLOSED: ("note about a closed pair", "notes about closed pairs"),
    Kind.THANKS: ("closing message of a pair", "closing messages of pairs"),
    Kind.UNSIGNED: ("reminder of an agreement", "reminders of agreements"),
    Kind.NUDGE: ("reminder of a first meeting", "reminders of a first meeting"),
    Kind.RESTING: ("note about a partner's break", "notes about a partner's break"),
    Kind.PAUSE_OVER: ("note that a pause is over", "notes that a pause is over"),
    Kind.PAUSES: ("note to leads about who was paused", "notes to leads about who was paused"),
    Kind.DIGEST: ("weekly digest for leads", "weekly digests for leads"),
}
"""What leads call the messages that time alone brings; the rest are told as other messages."""

_EXAMPLE = typed(Word.HOLIDAYS, "December 25, January 1")
_OTHER = ("other message", "other messages")


def rehearsal(content: Rehearsal, table: bool) -> Rendered:
    """Day by day what would be sent, what a lead should look at first: with a `table` of Slack's own, or in words."""
    in_words = rendered(*_parts(content))
    if not table or not content.messages:
        return in_words
    first, last = rendered(*_first(content)), rendered(*_more_days(content), *_notes(content))
    return Rendered(in_words.text, [*first.blocks, _table(content), *last.blocks])


def rehearsal_modal(content: Rehearsal) -> dict[str, Any]:
    """The same in a modal, in words: Slack shows its tables in messages only (docs.slack.dev/blocks.json)."""
    return modal(Callback.REHEARSAL, "Rehearsal", blocks_of(_parts(content)))


def _parts(content: Rehearsal) -> list[Part | None]:
    return [*_first(content), *_days(content), *_notes(content)]


def _first(content: Rehearsal) -> list[Part | None]:
    return [say(_total(content)), *_warned(content.warnings)]


def _notes(content: Rehearsal) -> list[Part | None]:
    return [
        note(_assumed(content)),
        note(
            f"For another number of weeks type {typed(Word.REHEARSE, '8')}; if nobody answered, "
            f"{typed(Word.REHEARSE, 'silent')}. Whoever runs this bot gets each message with its reader in a file: "
            "`python -m bot rehearse`."
        ),
    ]


def _total(content: Rehearsal) -> str:
    until = full_day(content.until.date())
    if not content.messages:
        return f"Until {until} I would send nothing."
    return f"*Until {until} I would send {count(len(content.messages), 'message')}.*"


def _assumed(content: Rehearsal) -> str:
    answers = "everybody answers their check-ins at once" if content.answered else "nobody answers a check-in"
    return (
        f"This is so if leads approve every proposed pair when they get it, {answers}, and everybody is there on the "
        "program's working days. Calls for help, and other notes to leads one by one, are not in it."
    )


def _days(content: Rehearsal) -> list[Part | None]:
    lines = [_day(*one) for one in content.days()[: _days_shown(content)]]
    return [say("\n".join(lines)) if lines else None, *_more_days(content)]


def _day(day: date, kinds: Counter[Kind]) -> str:
    return f"• {full_day(day)}: {joined([count(number, *names) for names, number in _named(kinds).items()])}"


def _days_shown(content: Rehearsal) -> int:
    """How many days there is room for, in words and in a table alike."""
    days = content.days()
    told = len(fitting([_day(*one) for one in days], DAYS_ROOM))
    rows = accumulate(len(_named(kinds)) for _, kinds in days[:told])
    return sum(so_far <= ROWS for so_far in rows)


def _more_days(content: Rehearsal) -> list[Part | None]:
    missing = len(content.days()) - _days_shown(content)
    return [say(f"• and {count(missing, 'more day')}") if missing else None]


def _named(kinds: Counter[Kind]) -> Counter[tuple[str, str]]:
    """The messages of a day by what leads call them, one and several of them."""
    told: Counter[tuple[str, str]] = Counter()
    # The order of the hours would tell who works when.
    for kind, number in sorted(kinds.items(), key=lambda one: NAMES.get(one[0], _OTHER)):
        told[NAMES.get(kind, _OTHER)] += number
    return told


def _table(content: Rehearsal) -> dict[str, Any]:
    """The same days as a table of Slack's own, a row for each kind of message on a day."""
    rows = (
        (full_day(day), one if number == 1 else several, number)
        for day, kinds in content.days()[: _days_shown(content)]
        for (one, several), number in _named(kinds).items()
    )
    return data_table("What would be sent, by day", ("Day", "Message", "How many"), rows)


def _warned(found: Warnings) -> list[Part | None]:
    if not found:
        return []
    off = f"{count(len(found.off), 'message')} would come on a day on which its readers do not work."
    days = sorted({one.day for one in found.holidays})
    closed = f"{count(len(found.holidays), 'message')} would come on a holiday: {_some(days)}."
    told = [off if found.off else "", closed if found.holidays else "", _crowded(found.crowded)]
    return [say("*Please look at this first*\n" + "\n".join(f"• {one}" for one in told if one))]


def _some(days: Sequence[date]) -> str:
    more = len(days) - SHOWN
    rest = [count(more, "other day")] if more > 0 else []
    return joined([*map(full_day, days[:SHOWN]), *rest])


def _crowded(found: Sequence[Crowded]) -> str:
    if not found:
        return ""
    people = list(dict.fromkeys(one.person_id for one in found))
    shown = [mention(person) for person in people[:SHOWN]]
    more = len(people) - len(shown)
    rest = [count(more, "other person", "other people")] if more else []
    who = joined([*shown, *rest])
    return f"More than {A_WEEK} messages in one week would come to {who}."


def which_weeks() -> Rendered:
    """A number of weeks that cannot be rehearsed."""
    example = typed(Word.REHEARSE, "8")
    return rendered(say(f"Please give one number of weeks from {WEEKS[0]} to {WEEKS[-1]}, like {example}."))


def holidays(days: Sequence[date]) -> Rendered:
    """The public holidays that are listed, and how to list others."""
    listed = joined([full_day(day) for day in days])
    told = f"Listed holidays: {listed}." if days else "No holiday is listed."
    return rendered(
        say(told, "A rehearsal warns of what would be sent on them."),
        note(
            f"To list others, type all of them, like {_EXAMPLE}. {typed(Word.HOLIDAYS, 'none')} takes them out."
        ),
    )


def day_not_read(text: str) -> Rendered:
    """A day that could not be read, said back."""
    return rendered(
        say(f"I cannot read “{escape(text, 100)}” as a day. Type them like {_EXAMPLE}. Nothing is changed.")
    )


WAIT = "I am running ahead through the coming weeks. This takes some seconds."
