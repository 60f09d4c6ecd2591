"""Two people whom a lead names: to pair them by hand, or to ask for that or against it before pairs are proposed."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import UserSelectElement

from handlers.ids import Action, Callback, PairField, PairWish, Word
from handlers.metadata import Named
from handlers.views.changed import changed
from handlers.views.inputs import choice, field, modal, text_input
from handlers.views.options import fixed
from handlers.views.parts import Part, Rendered, button, buttons, line, note, rendered, say
from handlers.views.replies import already_decided
from handlers.views.text import bullets, escape, mention, typed
from mentoring.matching import said
from mentoring.pairings import Pair
from mentoring.wishes import Wanted
from program.by_hand import Considered
from program.resolving import Changed
from program.wanted import Asked, Standing

REASON_MAX = 500
_LIST_MAX = 2000
_ROWS = 20
"""A text and a row of buttons for each of so many, half as many, fit the text alternative."""

_AGAIN = "Save once more to pair them all the same."
_AGAIN_WITH = "Give a reason to pair them all the same."

_WISHES = (
    fixed("Pair them now, which approves the pair", PairWish.NOW),
    fixed("Propose them in this cycle", PairWish.FIX),
    fixed("Do not propose them in this cycle", PairWish.FORBID),
    fixed("Never propose them, until I take it back", PairWish.NEVER),
)


def pair_modal(
    one: str = "",
    other: str = "",
    wish: str = PairWish.NOW,
    reason: str = "",
    looked: Considered | None = None,
    from_home: bool = False,
) -> dict[str, Any]:
    """The form for two people; once it was `looked` at, with what speaks against them above it."""
    told = [] if looked is None else [say(against(looked)).block]
    blocks = [
        *told,
        field(
            "One person",
            UserSelectElement(action_id=PairField.ONE, initial_user=one or None),
            "Whoever has the lower level teaches, so it does not matter whom you name first.",
        ),
        field(
            "The other person",
            UserSelectElement(action_id=PairField.OTHER, initial_user=other or None),
            "Both have to take part.",
        ),
        field(
            "What to do",
            choice(PairField.WISH, _WISHES, wish, "Choose"),
            "Neither of the two is told what you ask for before a pair is introduced.",
        ),
        field(
            "Reason",
            text_input(PairField.REASON, reason, REASON_MAX, multiline=True),
            "Needed only to pair them although a rule of the program speaks against it. It is kept on record.",
            optional=True,
        ),
    ]
    seen = Named(looked.mentor_id, looked.mentee_id, from_home) if looked else None
    return modal(Callback.PAIR, "Two people", blocks, "Save", seen)


def against(looked: Considered) -> str:
    """What a lead should look at before they pair two people, and what to do then."""
    lines = [escape(said.broken(one), 400) for one in looked.bent]
    lines += [escape(one, 400) for one in looked.warnings]
    if looked.declined_by:
        lines.append(f"{mention(looked.declined_by)} declined these two in this cycle.")
    two = f"{mention(looked.mentor_id)} would teach {mention(looked.mentee_id)}."
    ask = _AGAIN_WITH if looked.bent else _AGAIN
    return f"{two} *Please look at this first*\n{bullets(lines, _LIST_MAX)}\n{ask}"


def look_first(looked: Considered) -> Rendered:
    """The same as an answer to what was typed, with how to go on."""
    two = f"{mention(looked.mentor_id)} {mention(looked.mentee_id)}"
    how = (
        f"{typed(Word.PAIR)} and {two} and your reason"
        if looked.bent
        else f"{typed(Word.PAIR)} and {two} and `yes`"
    )
    return rendered(
        say(against(looked)),
        buttons(_form(looked.mentor_id, looked.mentee_id), instead=f"Or type {how}."),
    )


def _form(one: str = "", other: str = "") -> Any:
    return button("Pair two people", Action.PAIR_FORM, f"{one} {other}".strip() or None)


def whom() -> Rendered:
    """The two are missing."""
    return rendered(
        say(
            f"Name two people behind the word, like {typed(Word.PAIR)} @Ana @Ben, and a reason where a rule is bent."
        ),
        buttons(_form()),
    )


def made(pair: Pair, what: Changed) -> Rendered:
    """A pair that a lead made stands."""
    two = f"{mention(pair.mentor_id)} teaches {mention(pair.mentee_id)}."
    instead = f"It takes the place of pair {pair.instead_of}." if pair.instead_of else ""
    told = already_decided(pair)
    return rendered(Part(say(told.text).block, told.text), say(two, instead), changed(what))


def standing(content: Standing, what: Changed | None = None, told: str = "") -> Rendered:
    """What leads asked for in the cycle at hand, each with a button that takes it back."""
    rows = [part for one in content.asked for part in _row(one)]
    none = None if rows else say(f"Nothing is fixed or forbidden in cycle {content.cycle_number}.")
    title = say(f"*What leads asked for in cycle {content.cycle_number}*") if rows else None
    shown = rows[:_ROWS]
    more = note(f"And {(len(rows) - len(shown)) // 2} more.") if len(rows) > len(shown) else None
    return rendered(
        say(escape(told)) if told else None,
        changed(what) if what else None,
        title,
        none,
        *shown,
        more,
        line(),
        note(f"Type {typed(Word.FIX)}, {typed(Word.FORBID)} or {typed(Word.ALLOW)} and two people."),
        buttons(_form(), instead=f"Or type {typed(Word.PAIR)} and two people."),
    )


def _row(asked: Asked) -> list[Part]:
    one, other = asked.wish.people
    two = f"{mention(one)} and {mention(other)}"
    if asked.wish.kind is Wanted.FIX:
        against_it = " ".join(map(said.broken, asked.against))
        text = f"{two}: proposed first in this cycle. " + (
            f"That is not possible now: {escape(against_it, 300)}" if against_it else ""
        )
    else:
        until = "in this cycle" if asked.wish.cycle_id else "until a lead takes it back"
        text = f"{two}: not proposed {until}."
    back = button("Take it back", Action.WISH_BACK, f"{one} {other}", label="Take this back")
    return [say(f"{text.rstrip()} Asked by {mention(asked.wish.made_by)}."), buttons(back)]
