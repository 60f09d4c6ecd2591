"""Who else could be in the place of one of a pair, with what each costs the whole in words."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.views import View

from handlers.ids import Action, Callback, Word
from handlers.metadata import OnPage, written
from handlers.views.cards import people
from handlers.views.parts import TEXT_MAX, Part, Rendered, beside, button, note, rendered, say
from handlers.views.text import agreeing, clip, count, escape, joined, mention, some_mentions, typed
from mentoring.matching import BEST, Side, Swap
from program.by_hand import Offered

TITLE = "Swap"
WAIT = "I am looking for who else could be in this pair. This can take some seconds."
_NAMED = 2
_LITTLE, _MUCH = BEST // 20, BEST // 4
"""Up to a twentieth of the best score a pair can have is a little, from a quarter on it is much."""


def swap_list(offered: Offered) -> Rendered:
    """The next best partners for either of a pair, each with a button; the numbers are those that can be typed."""
    pair = offered.card.pair
    number = str(pair.id)
    if not offered.swaps:
        nobody = (
            "Nobody else could be in this pair: no other partner is free to be paired with either of them."
        )
        return rendered(say(f"*Pair {number}*\n{people(offered.card)}"), say(nobody))
    told = (
        f"*Who else could be in pair {number}?*\n{people(offered.card)}",
        f"\nChoosing one *approves that pair*, pair {number} makes way for it, and the rest is matched again.",
    )
    how = note(f"Or type {typed(Word.SWAP, number, '1')} for the first of these, and so on.")
    named, counted = ([say(*told), *_listed(offered, names), how] for names in (True, False))
    return rendered(*(named if sum(len(part.text) + 1 for part in named) <= TEXT_MAX else counted))


def swap_modal(offered: Offered, page: OnPage | None = None) -> dict[str, Any]:
    """The same as a modal; `page` is the review's, when it was opened from there."""
    return View(
        type="modal",
        callback_id=Callback.SWAP,
        private_metadata=written(page) if page else None,
        title=TITLE,
        close="Close",
        blocks=swap_list(offered).blocks,
    ).to_dict()


def _listed(offered: Offered, names: bool) -> list[Part]:
    return [part for side in ("mentor", "mentee") for part in _side(offered, side, names)]


def _side(offered: Offered, side: Side, names: bool) -> list[Part]:
    listed = [(number, one) for number, one in enumerate(offered.swaps, 1) if one.side == side]
    pair = offered.card.pair
    stays = pair.mentee_id if side == "mentor" else pair.mentor_id
    title = "Other mentors for {who}" if side == "mentor" else "Other mentees for {who}"
    if not listed:
        return []
    return [say(f"*{title.format(who=mention(stays))}*"), *(_option(offered, *one, names) for one in listed)]


def _option(offered: Offered, number: int, swap: Swap, names: bool) -> Part:
    mentor, mentee = swap.pair
    comes = mentor if swap.side == "mentor" else mentee
    level = escape(offered.levels.get(comes, ""), 60)
    text = f"{number}. {mention(comes)}, {level}\n{cost(swap, names)}"
    value = f"{offered.card.pair.id} {mentor} {mentee}"
    press = button("Choose", Action.SWAP_CHOOSE, value, label=clip(f"Choose number {number}", 75))
    return beside(text, press)


def cost(swap: Swap, names: bool = True) -> str:
    """What the whole loses, in the order in which things count, and who is concerned, by name or by number."""
    return " ".join(filter(None, (_whole(swap), (_concerned if names else _how_many)(swap), _others(swap))))


def _whole(swap: Swap) -> str:
    if swap.served:
        return agreeing(
            swap.served,
            "One person fewer gets a partner, counted once in each role.",
            "{people} people fewer get a partner, counted once in each role.",
            people=str(swap.served),
        )
    if swap.waiting:
        cycles = count(swap.waiting, "cycle")
        return f"As many people get a partner, but those have waited {cycles} less in all."
    if swap.pairs:
        return f"As many people get a partner, with {count(swap.pairs, 'pair')} fewer in all."
    if not swap.score:
        return "Same number of pairs, and they fit just as well."
    much = "a little less" if swap.score <= _LITTLE else "less" if swap.score < _MUCH else "much less"
    return f"Same number of pairs; they fit {much} in all."


def _concerned(swap: Swap) -> str:
    lose = _named(swap.alone, "has no {partner} then.", "have no {partner} then.")
    get = _named(swap.found, "gets a {partner} then.", "get a {partner} then.")
    return " ".join(filter(None, (lose, get)))


def _how_many(swap: Swap) -> str:
    """The same without names, where many are concerned."""
    alone, found = len(swap.alone), len(swap.found)
    lose = agreeing(
        alone, "One person has no partner then.", "{n} people have no partner then.", n=str(alone)
    )
    get = agreeing(found, "One person gets a partner then.", "{n} people get a partner then.", n=str(found))
    return " ".join(filter(None, (lose if alone else "", get if found else "")))


def _named(whom: tuple[tuple[str, Side], ...], one: str, several: str) -> str:
    told = []
    for side, partner in (("mentor", "mentee"), ("mentee", "mentor")):
        people_ = [who for who, at in whom if at == side]
        if people_:
            words = (one if len(people_) == 1 else several).format(partner=partner)
            told.append(f"{some_mentions(people_, _NAMED)} {words}")
    return " ".join(told)


def _others(swap: Swap) -> str:
    parts = [
        agreeing(
            len(swap.gone),
            "one other proposal makes way",
            "{n} other proposals make way",
            n=str(len(swap.gone)),
        )
        if swap.gone
        else "",
        agreeing(len(swap.new), "one new pair comes", "{n} new pairs come", n=str(len(swap.new)))
        if swap.new
        else "",
    ]
    told = joined(list(filter(None, parts)))
    return f"{told[:1].upper()}{told[1:]}." if told else ""
