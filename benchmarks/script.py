"""What the bare app says, and the cards that wait for a decision: the bot's own views and messages, rendered once."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from benchmarks.seed import SKILL
from handlers.ids import COMMAND, Action
from handlers.marks import EVENT_TYPE
from handlers.views import Rendered, render
from handlers.views.profile import profile_modal
from mentoring.for_leads import PairCard
from mentoring.messages import Content, Kind, Notice, to_leads, to_person
from mentoring.pairings import PairState
from mentoring.people import Person
from mentoring.programs import Program
from program import profiles, screens
from program.context import Context


@dataclass(frozen=True, slots=True)
class Script:
    """`lines` is what the bare app needs, as JSON; `cards` are the messages of the pairs 1, 2, 3 and so on."""

    lines: dict[str, Any]
    cards: tuple[Rendered, ...]


def write(ctx: Context, program: Program, waiting: int) -> Script:
    """Render everything from a seeded database in which so many pairs of the cast wait."""
    cards = [_content(ctx, program, to_leads(Kind.CARD, number)) for number in range(1, waiting + 1)]
    card = cards[0]
    assert isinstance(card, PairCard), "that is what a card shows"
    decided = replace(card.pair, state=PairState.APPROVED, decided_by=program.leads[0], decided_at=ctx.now())
    member, stranger = Person(card.pair.mentor_id, ""), Person("U0", "")
    lines = {
        "command": COMMAND,
        "approve": Action.APPROVE,
        "form": profile_modal(profiles.form(ctx, program.workspace, member)),
        "filled_form": profile_modal(profiles.form(ctx, program.workspace, stranger, shares=[SKILL])),
        "welcome": _posted(render(_content(ctx, program, to_person(Kind.WELCOME, 1, member.id)))),
        "approved_card": asdict(render(replace(card, pair=decided, warnings=()))),
        "pair": card.pair.people,
    }
    return Script(lines, tuple(map(render, cards)))


def _content(ctx: Context, program: Program, notice: Notice) -> Content:
    with ctx.database.read() as tx:
        content = screens.content(tx, program, notice, ctx.admins)
    assert content is not None, "the seeded program has something to say about it"
    return content


def _posted(message: Rendered) -> dict[str, Any]:
    """The arguments with which the bot posts a message."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": "0" * 32}}
    return asdict(message) | {"metadata": metadata, "unfurl_links": False, "unfurl_media": False}
