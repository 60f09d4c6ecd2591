"""Deciding: how leads go through the proposed pairs, on their cards or, where there are many, in the review."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from demo.deeds import GLANCE, READING, Rest, at_once, put_away
from demo.rates import DECLINED
from sandbox import PATIENCE, Channel, Message, Person, Sandbox, Screen

Chance = Callable[..., random.Random]
REVIEW = "Review pairs"
NEXT = "Next page"
WAITS = "waiting for your decision"
SLOWLY = 3
"""So many decisions are made at leisure; by then, whoever watches has understood."""

LONGEST = 20.0 * PATIENCE
"""Real seconds until a review shows what was decided in it."""


class Deciding:
    """The leads at their desks; each decision depends on the seed and the pair alone."""

    def __init__(self, slack: Sandbox, chance: Chance, quiet: Callable[[], None]) -> None:
        """Decide as `chance` says; `quiet` waits until all is on screen that follows from a decision."""
        self._slack = slack
        self._chance = chance
        self._quiet = quiet

    def decide(self, leads: Sequence[Person], channel: Channel | str, rest: Rest = at_once) -> None:
        """Let these leads decide on everything that waits in their channel, the newest card first: it is in sight."""
        decided = 0
        # What follows from a decision, another pair or one less, is on screen before the next.
        while cards := open_cards(leads[0], channel):
            self._on_card(cards[-1], leads, rest)
            rest(READING if decided < SLOWLY else GLANCE)
            decided += 1
        summary = _to_review(leads[0], channel)
        lead = next((each for each in leads if each.modal is None), None)
        if summary and lead:
            lead.clicks(REVIEW, summary)
            self._in_review(lead, rest)
            put_away(lead)

    def both_approve(self, leads: Sequence[Person], channel: Channel | str) -> None:
        """Let all leads approve the same pair at once, one by its button and the others typed; one will have done it.

        They do not all press the button: whoever is a moment later might press that of the next pair.
        """
        cards = open_cards(leads[0], channel)
        if cards:
            number = _waiting_in(cards[-1].blocks)[0]
            leads[0].clicks("Approve", cards[-1])
            for lead in leads[1:]:
                lead.types(f"/reverse-mentor approve {number}", channel)
            self._is_decided(leads[0], cards[-1], number)

    def _on_card(self, message: Message, leads: Sequence[Person], rest: Rest) -> None:
        """Decide on the first pair that waits in a message."""
        number = _waiting_in(message.blocks)[0]
        chance = self._chance("decision", f"Pair {number}")
        lead = chance.choice(leads)
        if chance.random() < DECLINED:
            lead.clicks("Decline", message)
            rest(READING)
            lead.submits()
            rest(READING)
            put_away(lead)  # it may have told what else changed, and would be taken for the next form
        else:
            lead.clicks("Approve", message)
        self._is_decided(lead, message, number)

    def _is_decided(self, lead: Person, message: Message, number: str) -> None:
        """Wait until a card says so, and all is on screen that follows from it."""
        if not self._slack.wait_for(lambda: not _waits_in(lead, message, number), LONGEST):
            raise TimeoutError(f"the card of pair {number} did not change")
        self._quiet()

    def _in_review(self, lead: Person, rest: Rest) -> None:
        """Decide on the first pair that waits, page after page."""
        page, decided = lead.waits_for_modal(title=REVIEW), 0
        while True:
            pair = _first_open(page)
            if pair is None:
                if NEXT not in page.buttons:
                    break
                lead.clicks(NEXT, where="modal")
                page = self._waits(lead, partial(_is_newer, page))
                continue
            rest(READING if decided < SLOWLY else GLANCE)
            decided += 1
            if self._chance("decision", f"*Pair {pair}*").random() < DECLINED:
                lead.clicks("Decline", where="modal")
                self._waits(lead, lambda shown: shown.title != REVIEW)
                rest(READING)
                lead.submits()
            else:
                lead.clicks("Approve", where="modal")
            page = self._waits(lead, partial(_is_newer, page))
            if _first_open(page) == pair:
                return  # It could not be decided now; the page says why.
            self._quiet()
            page = lead.modal or page
        rest(READING)

    def _waits(self, lead: Person, condition: Callable[[Screen], bool]) -> Screen:
        def look() -> Screen | None:
            shown = lead.modal
            return shown if shown and condition(shown) else None

        found = self._slack.wait_for(look, LONGEST)
        if found is None:
            raise TimeoutError(f"the review of {lead.name} did not change")
        return found


def open_cards(lead: Person, channel: Channel | str) -> list[Message]:
    """The cards that wait for a decision, as that lead sees them."""
    return [message for message in lead.messages(channel) if "Approve" in message.buttons]


def _to_review(lead: Person, channel: Channel | str) -> Message | None:
    """The newest summary of more pairs than there are cards for, if some of them wait."""
    summaries = (message for message in reversed(lead.messages(channel)) if REVIEW in message.buttons)
    newest = next(summaries, None)
    return newest if newest and WAITS in newest else None


def _is_newer(page: Screen, shown: Screen) -> bool:
    return shown.title == REVIEW and shown.blocks != page.blocks


def _waits_in(lead: Person, message: Message, number: str) -> bool:
    """Whether a pair still waits in a message, as that lead sees it now."""
    now = (one for one in lead.messages(message.channel) if one.ts == message.ts)
    return any(number in _waiting_in(one.blocks) for one in now)


def _waiting_in(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """The numbers of the pairs that wait there, from top to bottom."""
    buttons = (each for block in blocks for each in block.get("elements", ()))
    return [each["value"] for each in buttons if each.get("action_id") in ("approve", "review_approve")]


def _first_open(page: Screen) -> str | None:
    """The number of the first pair that waits in the review, or None."""
    return next(iter(_waiting_in(page.blocks)), None)
