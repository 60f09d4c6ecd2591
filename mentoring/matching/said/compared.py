"""Why two people who could be a pair are none, in words: what would be worse with them, and what would change."""

from __future__ import annotations

from mentoring.matching.words import number, plural

_FEWER_SERVED = "They could be a pair, but then {people} would have a partner, counted per role."
_ONE_FEWER, _SOME_FEWER = "one person fewer", "{number} people fewer"
_LESS_WAITING = (
    "They could be a pair, and as many people would have a partner, counted per role, but those would have waited "
    "{cycles} less in all."
)
_FEWER_PAIRS = "They could be a pair, but then there would be {pairs} fewer in all."
_LOWER_SCORE = (
    "They could be a pair, but the scores of all pairs would add up to {score:,}, instead of {best:,}."
)
_AS_GOOD = "They could be a pair: the whole would be just as good."

_GONE = "{gone} would go."
_ONE_NEW = "{gone} would go, and {new} other would come."
_SOME_NEW = "{gone} would go, and {new} others would come."


def loss(served: int, waiting: int, pairs: int, score: int, best: int) -> str:
    """Return the first thing that would be worse, in the order in which things count; `best` is the best score."""
    if served:
        people = _ONE_FEWER if served == 1 else _SOME_FEWER.format(number=number(served))
        return _FEWER_SERVED.format(people=people)
    if waiting:
        return _LESS_WAITING.format(cycles=plural(waiting, "cycle"))
    if pairs:
        return _FEWER_PAIRS.format(pairs=plural(pairs, "pair"))
    return _LOWER_SCORE.format(score=best - score, best=best) if score else _AS_GOOD


def changes(gone: int, new: int) -> str:
    """Return how many pairs would go and how many others would come; nothing where none would go."""
    if not gone:
        return ""
    words = _GONE if not new else _ONE_NEW if new == 1 else _SOME_NEW
    return words.format(gone=plural(gone, "proposed pair").capitalize(), new=number(new))
