"""The review modal: a cycle's pairs, ten on a page, to sieve, to sort and to decide, where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, StaticSelectElement, UserSelectElement

from handlers.ids import Action, Callback, Word
from handlers.metadata import OnPage
from handlers.views.cards import brief, decided, decision, standing
from handlers.views.inputs import modal
from handlers.views.options import option
from handlers.views.parts import Part, blocks_of, button, buttons, confirmation, line, say
from handlers.views.text import count, joined, typed
from mentoring.for_leads import PairCard
from mentoring.pairings import PairState
from program.forms import AllAtOnce, ReviewPage, Shows, SortedBy

PAIRS_A_PAGE = 10
EVERY = "*"
"""The value of the choice that leaves everything in."""

_SHOWS = {
    Shows.ALL: "All pairs",
    Shows.WAITING: "Waiting for a decision",
    Shows.ATTENTION: "Waiting, with something to look at",
}
_SORTED_BY = {
    SortedBy.ATTENTION: "First what needs a look",
    SortedBy.FIT: "Best fit first",
    SortedBy.NAME: "By the mentor's name",
}


def review_modal(page: ReviewPage) -> dict[str, Any]:
    """One page of pairs; it carries what was chosen and which pairs stand on it; the buttons carry the cycle."""
    entries = [part for card in page.cards[:PAIRS_A_PAGE] for part in _entry(card)]
    begin = _nothing(page) if not page.cards else None
    top = blocks_of([say(_title(page))])
    rest = blocks_of([_all(page.all_at_once), begin, *entries, _turn(page)])
    opened = page.sieve.since is not None
    standing_ = tuple(card.pair.id for card in page.cards) if opened else ()
    carries = OnPage(page.page, page.sieve, standing_, page.start)
    return modal(Callback.REVIEW, "Review pairs", [*top, *_menus(page), *rest], carries=carries)


def _title(page: ReviewPage) -> str:
    if not page.cycle_id:
        return "No pairs have been proposed yet."
    left = f"*{page.left} left to decide.*" if page.left else "*All decided.*"
    sieved = f" {count(page.found, 'pair')} of {page.total} shown." if page.found != page.total else ""
    told = f"Cycle {page.cycle_number}, page {page.page + 1} of {page.pages}. {left}{sieved}"
    return " ".join(filter(None, (told, elsewhere(page.all_at_once))))


def elsewhere(all_at_once: AllAtOnce) -> str:
    """That pairs of an earlier cycle wait too, which the review of the newest one does not show."""
    waits = count(all_at_once.elsewhere, "pair of an earlier cycle waits", "pairs of an earlier cycle wait")
    lists = f"{waits} for a decision: {typed(Word.PENDING)} lists what waits."
    return lists if all_at_once.elsewhere else ""


def _nothing(page: ReviewPage) -> Part:
    if page.cycle_id and page.total:
        return say("No pair is like that. Choose something else above.")
    return say(f"{typed(Word.MATCH)} looks for pairs now.")


def _menus(page: ReviewPage) -> list[Block]:
    """What is shown, in which order, and of whom; nothing while there are no pairs."""
    if not page.total:
        return []
    sieve = page.sieve
    elements: list[StaticSelectElement | UserSelectElement] = [
        _menu(Action.REVIEW_SHOWS, {one.value: words for one, words in _SHOWS.items()}, sieve.shows),
        _menu(Action.REVIEW_SORTED_BY, {one.value: words for one, words in _SORTED_BY.items()}, sieve.by),
    ]
    if page.departments:
        choices = _any("Any department", page.departments)
        elements.append(_menu(Action.REVIEW_DEPARTMENT, choices, sieve.department or EVERY))
    if page.skills:
        elements.append(_menu(Action.REVIEW_SKILL, _any("Any skill", page.skills), sieve.skill or EVERY))
    elements.append(
        UserSelectElement(
            action_id=Action.REVIEW_PERSON, placeholder="Find a person", initial_user=sieve.person or None
        )
    )
    everybody = [button("Everybody", Action.REVIEW_EVERYBODY)] if sieve.person else []
    # Without a name of its own, the block is a new one each time, and shows what was chosen as we know it.
    return [ActionsBlock(elements=[*elements, *everybody])]


def _any(words: str, choices: Sequence[str]) -> dict[str, str]:
    return {EVERY: words, **{choice: choice for choice in choices}}


def _menu(action: Action, choices: dict[str, str], chosen: str) -> StaticSelectElement:
    options = {value: option(words, value) for value, words in choices.items()}
    return StaticSelectElement(
        action_id=action,
        options=list(options.values()),
        initial_option=options.get(chosen, next(iter(options.values()))),
    )


def _all(all_at_once: AllAtOnce) -> Part | None:
    """The button that approves what needs no look, once a question has been answered."""
    if not all_at_once.number:
        return None
    pairs = count(all_at_once.number, "pair")
    question = confirmation(f"Approve {pairs}?", what_it_does(all_at_once), f"Approve {pairs}")
    all_ = button(f"Approve {pairs}", Action.APPROVE_ALL, all_at_once.seen, style="primary", confirm=question)
    return buttons(all_, instead=f"Or type {typed(Word.APPROVE, 'all')}.")


def what_it_does(all_at_once: AllAtOnce) -> str:
    """What approving all at once does, and which pairs stay."""
    stay = [
        f"{all_at_once.warned} with something to look at" if all_at_once.warned else "",
        f"{all_at_once.held} on hold" if all_at_once.held else "",
        f"{all_at_once.later} for the next time, because so many do not fit at once"
        if all_at_once.later
        else "",
    ]
    told = joined([one for one in stay if one])
    rest = f" These stay: {told}." if told else ""
    rest += f" {elsewhere(all_at_once)}" if all_at_once.elsewhere else ""
    return (
        f"This approves {count(all_at_once.number, 'pair')}.{rest} One that has changed meanwhile stays too."
    )


def _entry(card: PairCard) -> list[Part | None]:
    """A pair with its buttons while it waits, and struck through in its place afterwards."""
    if card.pair.state is not PairState.PROPOSED:
        return [line(), decided(card, standing(card), struck=True)]
    choose = decision(card, Action.REVIEW_APPROVE, Action.REVIEW_DECLINE, style=None)
    return [line(), say(brief(card)), choose]


def _turn(page: ReviewPage) -> Part | None:
    turns: list[ButtonElement] = []
    if page.page > 0:
        turns.append(button("Previous page", Action.REVIEW_PAGE_PREVIOUS, page.cycle_id))
    if page.page + 1 < page.pages:
        turns.append(button("Next page", Action.REVIEW_PAGE_NEXT, page.cycle_id))
    return buttons(*turns) if turns else None
