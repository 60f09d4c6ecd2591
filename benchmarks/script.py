"""What the bare app says, and the cards that wait for a decision: the bot's own views and messages, rendered once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from benchmarks.seed import SKILL
from handlers.ids import COMMAND, Action
from handlers.marks import EVENT_TYPE
from handlers.metadata import OfProfile
from handlers.profile_shape import reshaped
from handlers.views import Rendered, render
from mentoring.cards import CARDS_A_MESSAGE, of_pairs
from mentoring.for_leads import PairCard, PairCards
from mentoring.messages import Content, Kind, Notice, to_leads, to_person
from mentoring.pairings import PairState
from mentoring.people import Person
from mentoring.programs import Program
from program import profiles, screens
from program.context import Context

STAND_IN = 900_001
"""Stands for the number of the first pair in a message, where the bare app puts the real one; others count on."""


@dataclass(frozen=True, slots=True)
class Script:
    """`lines` is what the bare app needs, as JSON; `cards` are the messages of the pairs, oldest first."""

    lines: dict[str, Any]
    cards: tuple[tuple[Notice, Rendered], ...]


def write(ctx: Context, program: Program, waiting: int) -> Script:
    """Render everything from a seeded database in which so many pairs of the cast wait."""
    starts = range(1, waiting + 1, CARDS_A_MESSAGE)
    of = [range(start, min(start + CARDS_A_MESSAGE, waiting + 1)) for start in starts]
    notices = [to_leads(Kind.CARD, of_pairs(numbers)) for numbers in of]
    cards = [_content(ctx, program, notice) for notice in notices]
    first = cards[0]
    assert isinstance(first, PairCards), "that is what several cards show"
    pair = first.cards[0].pair
    member, stranger = Person(pair.mentor_id, ""), Person("U0", "")
    lines = {
        "command": COMMAND,
        "approve": Action.APPROVE,
        "form": reshaped(profiles.form(ctx, program.workspace, member), OfProfile()),
        "filled_form": reshaped(profiles.form(ctx, program.workspace, stranger, shares=[SKILL]), OfProfile()),
        "welcome": _posted(render(_content(ctx, program, to_person(Kind.WELCOME, 1, member.id)))),
        "stand_in": STAND_IN,
        "approved_cards": _approved_one_by_one(ctx, program, first.cards),
        "pair": pair.people,
    }
    return Script(lines, tuple(zip(notices, map(render, cards), strict=True)))


def _approved_one_by_one(ctx: Context, program: Program, cards: Sequence[PairCard]) -> list[str]:
    """A message with cards as JSON: with its first pair approved, with the first two, and so on."""
    waits = [replace(card, pair=replace(card.pair, id=STAND_IN + place)) for place, card in enumerate(cards)]
    done = [_approved(ctx, program, card) for card in waits]
    numbers = range(1, len(cards) + 1)
    return [json.dumps(asdict(render(PairCards((*done[:n], *waits[n:]))))) for n in numbers]


def _approved(ctx: Context, program: Program, card: PairCard) -> PairCard:
    pair = replace(card.pair, state=PairState.APPROVED, decided_by=program.leads[0], decided_at=ctx.now())
    return replace(card, pair=pair, warnings=())


def _content(ctx: Context, program: Program, notice: Notice) -> Content:
    with ctx.database.read() as tx:
        content = screens.content(tx, program, notice, ctx.admins)
    assert content is not None, "the seeded program has something to say about it"
    return content


def _posted(message: Rendered) -> dict[str, Any]:
    """The arguments with which the bot posts a message."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": "0" * 32}}
    return asdict(message) | {"metadata": metadata, "unfurl_links": False, "unfurl_media": False}
