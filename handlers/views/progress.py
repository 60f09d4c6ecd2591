"""How far a pair is, in the words that stand wherever pairs are shown."""

from __future__ import annotations

from mentoring.progress import Progress

_MEETINGS = "{words} meetings"
_JUST_MET = "That makes {words}."


def so_far(progress: Progress) -> str:
    """Like `3 of 6 meetings`, or `7 meetings`."""
    words = progress.words
    return words if words.endswith(("meeting", "meetings")) else _MEETINGS.format(words=words)


def just_met(progress: Progress | None) -> str:
    """After "We met": how many meetings that makes; nothing where it is not to be said."""
    return _JUST_MET.format(words=so_far(progress)) if progress is not None and progress.held else ""
