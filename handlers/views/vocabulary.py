"""The program's words for skills, as leads see them: those that count as one, and those that people brought."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, rendered, say
from handlers.views.text import count, escape, fitting, plain, typed
from mentoring.own_words import SEVERAL, OwnWord, Verdict
from program.forms import MergedWord, OwnWords

WORDS_SHOWN = 8
MERGED_ROOM = 1000
WAITING_ROOM = 700
LIST_ROOM = 200
"""Code points of text alternative for each kind of words, so that all of them fit beside an answer."""

_WORD_MAX = 150


def merged_words(words: Sequence[MergedWord]) -> Rendered:
    """Which words count as another skill, each with the button that keeps the two apart."""
    return rendered(*_merged([_entry(word) for word in words[:WORDS_SHOWN]], len(words)))


def word_list(words: Sequence[MergedWord], own: OwnWords) -> Rendered:
    """Which words count as another skill, and the words that people brought, with what a lead can do about them."""
    merged = _fitting([_entry(word) for word in words[:WORDS_SHOWN]], MERGED_ROOM)
    return rendered(
        *_merged(merged, len(words)),
        *_waiting(own),
        _listed(
            "Everybody is offered", own.offered, own.offered_count, f"{typed(Word.TAKE_OUT)} and the word"
        ),
        _listed("Taken out by a lead", own.out, own.out_count, f"{typed(Word.TAKE_IN)} and the word"),
    )


def kept_apart(word: MergedWord) -> Rendered:
    """A word is a skill of its own now."""
    written, label = _quoted(word.written), _quoted(word.label)
    back = f"It is back in the profile of {count(word.people, 'person', 'people')}."
    return rendered(
        say(f"{written} is a skill of its own now, apart from {label}. {back}", _in_or_out(Word.TAKE_OUT))
    )


def taken_in(label: str) -> Rendered:
    """Everybody is offered a word now."""
    return rendered(
        say(f"Everybody in the program is offered {_quoted(label)} now.", _in_or_out(Word.TAKE_OUT))
    )


def taken_out(label: str) -> Rendered:
    """Nobody is offered a word any more."""
    told = f"{_quoted(label)} is not offered to others any more."
    kept = "Whoever has it in their profile keeps it, and it still counts when pairs are made."
    return rendered(say(told, kept, _in_or_out(Word.TAKE_IN)))


def _in_or_out(word: Word) -> str:
    what = "offer it to everybody" if word is Word.TAKE_IN else "stop offering it to others"
    return f"To {what}, type {typed(word)} and the word."


def _merged(entries: Sequence[tuple[Part, Part]], total: int) -> list[Part | None]:
    if not entries:
        return [say("No word counts as another skill. Slips of the pen that I correct appear here.")]
    more = total - len(entries)
    return [
        say("*Words that count as one skill*\nIf two of them are different skills, keep them apart."),
        *(part for entry in entries for part in entry),
        say(f"And {count(more, 'more word', 'more words')}.") if more else None,
    ]


def _entry(word: MergedWord) -> tuple[Part, Part]:
    as_code = escape(word.written, _WORD_MAX).replace("`", "")
    people = count(word.people, "person", "people")
    apart = button("Keep apart", Action.KEEP_APART, word.written, label=f"Keep {plain(word.written)} apart")
    return (
        say(f"{_quoted(word.written)} counts as {_quoted(word.label)} ({people})."),
        buttons(apart, instead=f"Or type {typed(Word.KEEP_APART, as_code)}."),
    )


def _waiting(own: OwnWords) -> list[Part | None]:
    """The words that few people use, the first ones with buttons and a few more without."""
    if not own.waiting:
        return []
    entries = _fitting([_waiting_entry(word) for word in own.waiting[:WORDS_SHOWN]], WAITING_ROOM)
    rest = own.waiting[len(entries) :]
    return [
        say(
            "*Words that wait for you*\nOnly those who have such a word in their profile are offered it, until "
            f"{SEVERAL} people use it. Take it in to offer it to everybody now, or out to never offer it.",
            f"You can also type {typed(Word.TAKE_IN)} or {typed(Word.TAKE_OUT)} and the word.",
        ),
        *(part for entry in entries for part in entry),
        _listed("Also waiting", rest, own.waiting_count - len(entries)),
    ]


def _waiting_entry(word: OwnWord) -> tuple[Part, Part]:
    name = plain(word.label)
    return (
        say(_counted(word)),
        buttons(
            button("Take in", Action.TAKE_IN, word.label, label=f"Take in {name}"),
            button("Take out", Action.TAKE_OUT, word.label, label=f"Take out {name}"),
        ),
    )


def _listed(title: str, words: Sequence[OwnWord], total: int, change: str = "") -> Part | None:
    """Words in one paragraph, as many as fit; the others are counted."""
    if not words:
        return None
    shown = fitting([_counted(word) for word in words], LIST_ROOM)
    more = f"and {total - len(shown)} more" if total > len(shown) else ""
    listed = f"*{title}:* {', '.join(filter(None, [*shown, more]))}."
    return say(listed, f"To change that, type {change}." if change else "")


def _counted(word: OwnWord) -> str:
    people = count(word.users, "person", "people")
    by_lead = ", taken in by a lead" if word.verdict is Verdict.IN else ""
    return f"{_quoted(word.label)} ({people}{by_lead})"


def _quoted(label: str) -> str:
    return f"“{escape(label, _WORD_MAX)}”"


def _fitting(entries: Sequence[tuple[Part, Part]], room: int) -> list[tuple[Part, Part]]:
    """The first entries whose texts take so many code points, one at least."""
    shown = fitting(["\n".join(part.text for part in entry) for entry in entries], room)
    return list(entries[: max(1, len(shown))])
