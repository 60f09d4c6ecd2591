"""The form in which leads give a topic's guide their own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.ids import Callback, GuideField
from handlers.views.inputs import choice, field, modal, text_input
from handlers.views.options import fixed
from handlers.views.parts import Rendered, rendered, say
from handlers.views.text import bullets, clip, escape, plain
from mentoring.guides import MAX_WORDS, Part, topic, topics

_SIDES = {Part.MENTOR: "The mentor, who teaches", Part.MENTEE: "The mentee, who learns"}
_ROOM = 2500


def guides_modal(edited: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """Which topic, for whom, and the words; what leads wrote before stands above."""
    named = [fixed(clip(plain(one.name), 75), one.key) for one in topics()]
    sides = [fixed(words, part.value) for part, words in _SIDES.items()]
    blocks = [
        say(
            "Before each meeting, both sides can open a guide. Its first line is about the topic: put your own words "
            "in its place."
        ).block,
        *([say(f"*In your words so far*\n{_written(edited)}").block] if edited else []),
        field("Topic", choice(GuideField.TOPIC, named, "", "Choose a topic"), "What the pair meets about."),
        field("For", choice(GuideField.PART, sides, "", "Choose a side"), "Each side has words of its own."),
        field(
            "Your words",
            text_input(GuideField.WORDS, "", MAX_WORDS, multiline=True),
            "Leave this empty to have ours again.",
            optional=True,
        ),
    ]
    return modal(Callback.GUIDES, "Meeting guides", blocks, "Save")


def _written(edited: Mapping[tuple[str, str], str]) -> str:
    lines = [
        f"{escape(topic(key).name)}, {part}: {escape(words, MAX_WORDS)}"
        for (key, part), words in edited.items()
    ]
    return bullets(lines, _ROOM)


def saved(own: bool) -> Rendered:
    """The words are kept, or ours are back."""
    return rendered(say("The guide has your words now." if own else "The guide has our words again."))
