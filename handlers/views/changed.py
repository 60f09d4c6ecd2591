"""What matching around a decision changed, for the lead who decided."""

from __future__ import annotations

from handlers.ids import Word
from handlers.views.parts import Part, say
from handlers.views.text import agreeing, bullets, mention, typed
from mentoring.pairings import Pair
from program.resolving import Changed

_LIST_MAX = 900


def changed(what: Changed) -> Part | None:
    """Which pairs are new, and which made way; nothing where the rest stays as it was."""
    if what.later:
        return say(
            "I match the rest again in a moment, around this and all that is decided until then. "
            f"{typed(Word.PENDING)} lists what waits."
        )
    if not what:
        return None
    lines = [
        *(f"Pair {pair.id} is new: {_two(pair)}." for pair in what.new),
        *(f"Pair {pair.id} made way: {_two(pair)}." for pair in what.gone),
    ]
    told = agreeing(
        len(lines),
        "The rest is matched again around this, and *one pair changed*:",
        "The rest is matched again around this, and *{many} pairs changed*:",
        many=str(len(lines)),
    )
    waits = f"New pairs wait for a decision: {typed(Word.PENDING)} lists them." if what.new else ""
    return say("\n".join(filter(None, (told, bullets(lines, _LIST_MAX), waits))))


def _two(pair: Pair) -> str:
    return f"{mention(pair.mentor_id)} teaches {mention(pair.mentee_id)}"
