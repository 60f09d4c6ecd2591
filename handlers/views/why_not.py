"""Why two people are not a pair: the form that asks about them, and the answer in whole sentences."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import UserSelectElement

from handlers.ids import Callback, WhyNotField, Word
from handlers.views.inputs import field, modal
from handlers.views.parts import Part, Rendered, note, rendered, say
from handlers.views.text import escape, mention, mentions, typed
from mentoring import sentences
from mentoring.pairings import Pair, PairState
from program.forms import WhyNotAnswer

_WORDS_MAX = 1500
_STANDS = {
    PairState.PROPOSED: "They are proposed as pair {number}, which waits for a decision. {pending} lists it.",
    PairState.APPROVED: "They are pair {number}, which is approved and not introduced yet.",
    PairState.INTRODUCED: "They are pair {number}, and introduced.",
    PairState.DECLINED: "A lead declined them as pair {number}, so they are not proposed again in this cycle.",
    PairState.ENDED: "They were pair {number}, which has ended, so they are not proposed again in this cycle.",
}


def why_not_modal(people: tuple[str, ...] = ()) -> dict[str, Any]:
    """Which two people the question is about; those that were typed already are filled in."""
    one, other = (*people, "", "")[:2]
    blocks = [
        field("One person", _person(WhyNotField.ONE, one), "Somebody in the program."),
        field(
            "The other person", _person(WhyNotField.OTHER, other), "The one at the lower level would teach."
        ),
    ]
    return modal(Callback.WHY_NOT, "Why not these two?", blocks, "Ask")


def _person(name: WhyNotField, chosen: str) -> UserSelectElement:
    return UserSelectElement(action_id=name, placeholder="Choose a person", initial_user=chosen or None)


def why_not_answer(answer: WhyNotAnswer) -> Rendered:
    """Why these two are not a pair, as far as it is for leads to know."""
    return rendered(_whom(answer), say(_why(answer)), _next(answer))


def _whom(answer: WhyNotAnswer) -> Part | None:
    if answer.same or answer.missing:
        return None
    return say(f"*{mention(answer.mentor_id)} as mentor of {mention(answer.mentee_id)}*")


def _why(answer: WhyNotAnswer) -> str:
    if answer.same:
        return "That is the same person twice. Please choose two people."
    if answer.missing:
        are = "is" if len(answer.missing) == 1 else "are"
        return f"{mentions(answer.missing)} {are} not in the program, so there is no pair to think of."
    if answer.pair:
        return _stands(answer.pair)
    if answer.because:
        return escape(sentences.because(answer.because), _WORDS_MAX)
    if answer.would_be:
        return f"They fit. If you look for pairs now, they are proposed: type {typed(Word.MATCH)}."
    return escape(answer.words, _WORDS_MAX)


def _stands(pair: Pair) -> str:
    return _STANDS[pair.state].format(number=pair.id, pending=typed(Word.PENDING))


def _next(answer: WhyNotAnswer) -> Part | None:
    if not answer.words:
        return None
    return note(
        f"I looked for the best pairs twice, without changing anything. {typed(Word.PENDING)} lists what waits."
    )


def which_two() -> Rendered:
    """Not two people were named."""
    return rendered(
        say(f"Name two people, like {typed(Word.WHY_NOT, '@Ana @Ben')}. I say why they are not a pair.")
    )
