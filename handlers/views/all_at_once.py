"""Approving all at once, in words: what it would do, how to confirm it, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.parts import Rendered, button, buttons, rendered, say
from handlers.views.review import elsewhere, what_it_does
from handlers.views.text import agreeing, clip, count, joined, typed
from program.approving_all import ApprovedAll, Left
from program.forms import AllAtOnce
from program.sight import code_of

_NUMBERS_MAX = 300

_LEFT = {
    Left.DECIDED: ("was decided by somebody else meanwhile", "were decided by somebody else meanwhile"),
    Left.CHANGED: (
        "has changed since you saw it, so please look at it again",
        "have changed since you saw them, so please look at them again",
    ),
    Left.HELD: ("is on hold", "are on hold"),
    Left.BROKEN: (
        "is no longer possible and was withdrawn; its card says why",
        "are no longer possible and were withdrawn; their cards say why",
    ),
}


def question(waiting: AllAtOnce, anew: bool = False) -> Rendered:
    """What approving all would do, with the button and the words that confirm it; `anew` when something changed."""
    code = f"{waiting.number}-{code_of(waiting.seen)}"
    pairs = count(waiting.number, "pair")
    return rendered(
        say("Something has changed since, so nothing is approved yet.") if anew else None,
        say(what_it_does(waiting)),
        buttons(
            button(f"Approve {pairs}", Action.APPROVE_ALL, waiting.seen, style="primary"),
            instead=f"Or type {typed(Word.APPROVE, 'all', code)}.",
        ),
        say(f"{typed(Word.REVIEW)} shows each of them."),
    )


def nothing(waiting: AllAtOnce) -> Rendered:
    """There is nothing that could be approved all at once, and what waits all the same."""
    stay = waiting.warned + waiting.held
    if not stay:
        return rendered(say(elsewhere(waiting) or "No pair is waiting for a decision."))
    told = agreeing(
        stay,
        "The only pair that waits has something to look at, or is on hold.",
        "The pairs that wait have something to look at, or are on hold.",
    )
    one_by_one = f"Decide on each by itself: {typed(Word.PENDING)} lists what waits."
    return rendered(say(told, elsewhere(waiting) or one_by_one))


def done(outcome: ApprovedAll) -> Rendered:
    """How many were approved, and which were left, with the reason."""
    approved = agreeing(
        outcome.approved, "1 pair is approved.", "{n} pairs are approved.", n=str(outcome.approved)
    )
    told = approved if outcome.approved else "No pair is approved."
    left = [_left(why, numbers) for why, numbers in outcome.left.items()]
    undo = f"{typed(Word.UNDO, '12')} takes one back until its introduction." if outcome.approved else ""
    return rendered(say(" ".join(filter(None, [told, *left, undo]))))


def _left(why: Left, numbers: Sequence[int]) -> str:
    which = clip(joined(list(map(str, numbers))), _NUMBERS_MAX)
    one, several = _LEFT[why]
    return f"Pair {which} {one}." if len(numbers) == 1 else f"Pairs {which} {several}."
