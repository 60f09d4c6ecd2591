"""Words that count as one skill, as leads see them."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, rendered, say
from handlers.views.text import count, escape, plain, typed
from program.forms import MergedWord

WORDS_SHOWN = 8
_WORD_MAX = 150


def merged_words(words: Sequence[MergedWord]) -> Rendered:
    """Which words count as another skill, each with the button that keeps the two apart."""
    if not words:
        return rendered(say("No word counts as another skill. Slips of the pen that I correct appear here."))
    shown = words[:WORDS_SHOWN]
    more = len(words) - len(shown)
    return rendered(
        say("*Words that count as one skill*\nIf two of them are different skills, keep them apart."),
        *(part for word in shown for part in _entry(word)),
        say(f"And {count(more, 'more word', 'more words')}.") if more else None,
    )


def kept_apart(word: MergedWord) -> Rendered:
    """A word is a skill of its own now."""
    written, label = escape(word.written, _WORD_MAX), escape(word.label, _WORD_MAX)
    back = f"It is back in the profile of {count(word.people, 'person', 'people')}."
    return rendered(say(f"“{written}” is a skill of its own now, apart from “{label}”. {back}"))


def _entry(word: MergedWord) -> tuple[Part, Part]:
    written, label = escape(word.written, _WORD_MAX), escape(word.label, _WORD_MAX)
    as_code = written.replace("`", "")
    people = count(word.people, "person", "people")
    apart = button("Keep apart", Action.KEEP_APART, word.written, label=f"Keep {plain(word.written)} apart")
    return (
        say(f"“{written}” counts as “{label}” ({people})."),
        buttons(apart, instead=f"Or type {typed(Word.KEEP_APART, as_code)}."),
    )
