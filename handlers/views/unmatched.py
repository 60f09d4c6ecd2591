"""Everybody without a partner, for leads: a page of a modal, or the same as an answer."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Callback, Word
from handlers.metadata import OnPage
from handlers.views.inputs import modal
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, blocks_of, button, buttons, note, rendered, say
from handlers.views.text import count, date_token, escape, mention, typed
from mentoring import sentences
from mentoring.cycles import LeftOut
from mentoring.pairings import PairState
from program.forms import Unmatched, UnmatchedPage

_REASON = 170
_HELP = 150
_CAME_TO_NOTHING = {
    PairState.DECLINED: "Their pair {number} was declined.",
    PairState.WITHDRAWN: "Their pair {number} was withdrawn.",
    PairState.ENDED: "Their pair {number} has ended.",
}
_NO_LEVEL = "Their profile has no level yet, so nobody can be looked for."
_UNPREPARED = "They have not prepared yet, which this program needs first."
_LATE = "They joined after the pairs were chosen."
_SINCE = "Nobody was looked for when the pairs were chosen."


def unmatched_modal(page: UnmatchedPage) -> dict[str, Any]:
    """One page of everybody without a partner, which it carries, with buttons to turn."""
    blocks = blocks_of([say(_title(page)), *_entries(page), _turn(page), _asks(), _how(page)])
    return modal(Callback.UNMATCHED, "Without a partner", blocks, carries=OnPage(page.page))


def unmatched_answer(page: UnmatchedPage) -> Rendered:
    """The same as an answer to `unmatched`, whose text alone is enough."""
    opens = button("Look through the list", Action.UNMATCHED)
    more = _more(page)
    return rendered(
        say(_title(page)),
        *_entries(page),
        note(more) if more else None,
        _how(page),
        buttons(
            *([opens] if page.total else []), _why(), instead=f"Or type {typed(Word.WHY_NOT, '@Ana @Ben')}."
        ),
    )


def _title(page: UnmatchedPage) -> str:
    name = escape(page.program, PROGRAM_MAX)
    if not page.cycle_number:
        return f"No pairs of *{name}* have been chosen for a cycle that goes on. {typed(Word.MATCH)} looks for some."
    if not page.total:
        return f"Everybody in *{name}* has a partner in cycle {page.cycle_number}."
    people = count(page.total, "person", "people")
    turn = f", page {page.page + 1} of {page.pages}" if page.pages > 1 else ""
    return f"*Without a partner in cycle {page.cycle_number} of {name}: {people}*{turn}"


def _entries(page: UnmatchedPage) -> list[Part]:
    return [say(f"• {_line(one)}") for one in page.people]


def _line(one: Unmatched) -> str:
    told = [_side(side, one) for side in one.sides] or [_otherwise(one)]
    return f"{mention(one.person_id)}: {' '.join(told)}"


def _side(side: LeftOut, one: Unmatched) -> str:
    as_what = f"As {escape(side.side, 20)}" if len(one.sides) > 1 or one.has_partner else ""
    reason, helps = sentences.stop(side.reason), sentences.helps(side.help)
    words = [_ended(escape(reason, _REASON)), _ended(escape(helps, _HELP)) if helps else ""]
    return f"{f'{as_what}: ' if as_what else ''}{' '.join(filter(None, words))}"


def _ended(words: str) -> str:
    return words if words.endswith((".", "…", "?")) else f"{words}."


def _otherwise(one: Unmatched) -> str:
    """Why, where the matching told nothing."""
    if one.without_level:
        return f"{_NO_LEVEL} They choose one with {typed()}."
    if one.unprepared:
        return _UNPREPARED
    if one.pair_state in _CAME_TO_NOTHING:
        return _CAME_TO_NOTHING[one.pair_state].format(number=one.pair_id)
    return _LATE if one.late else _SINCE


def _how(page: UnmatchedPage) -> Part | None:
    """Since when the reasons are, and what happens by itself."""
    if not page.total:
        return None
    return note(
        f"The reasons are from {date_token(page.matched_at)}." if page.matched_at else "",
        f"{typed(Word.MATCH)} looks again. Whoever has waited goes first the next time.",
        "If somebody who fits comes while half of the cycle is left, I propose the pair to you at once.",
    )


def _more(page: UnmatchedPage) -> str:
    """How to type one's way through the pages."""
    following = page.page + 2 if page.page + 1 < page.pages else 1
    return f"{typed(Word.UNMATCHED, str(following))} shows page {following}." if page.pages > 1 else ""


def _turn(page: UnmatchedPage) -> Part | None:
    turns: list[ButtonElement] = []
    if page.page > 0:
        turns.append(button("Previous page", Action.UNMATCHED_PAGE_PREVIOUS))
    if page.page + 1 < page.pages:
        turns.append(button("Next page", Action.UNMATCHED_PAGE_NEXT))
    return buttons(*turns) if turns else None


def _asks() -> Part:
    return buttons(_why())


def _why() -> ButtonElement:
    return button("Why not these two?", Action.WHY_NOT)
