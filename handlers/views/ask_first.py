"""The question before an introduction: to the mentee, with the form for times, and to leads where nobody answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement, DateTimePickerElement

from handlers.ids import Action, Callback, SlotField, Word
from handlers.metadata import OffersTimes
from handlers.views import pair as pairs
from handlers.views.cards import outcome
from handlers.views.inputs import field, modal
from handlers.views.parts import (
    PROGRAM_MAX,
    Part,
    Rendered,
    beside,
    button,
    buttons,
    heading,
    note,
    rendered,
    say,
)
from handlers.views.text import agreeing, date_token, escape, joined, mention, mentions, typed
from mentoring.ask_first import AfterNo, AskedFirst, AsksWait, SlotsForm, Stand, WaitingPair, in_words

SHOWN = 10
"""Pairs with a button each in one message to leads; the others are counted."""

_TITLE = "Times for a first talk"
_NOT_ASKED = "This is not asked any more, and nothing is needed from you."


def asked_first(content: AskedFirst) -> Rendered:
    """Whether the mentee would like to be introduced, what they said, or that it is not asked any more."""
    return rendered(*question_parts(content))


def question_parts(content: AskedFirst) -> list[Part | None]:
    """The parts of a question, for its message and for the Home tab."""
    if content.anew:
        return [_struck(content, "I ask this again in a newer message. Please answer there.")]
    match content.stand:
        case Stand.OPEN:
            return _open(content)
        case Stand.YES:
            return _agreed(content)
        case Stand.NO:
            return _not_this_time(content)
        case _:
            return [_over(content)]


def _over(content: AskedFirst) -> Part:
    """What is said where nothing is asked any more."""
    who = _mentors(content)
    match content.stand:
        case Stand.INTRODUCED:
            return say(f"You said yes to {who}, and I introduce you to each other. Thank you.")
        case Stand.AHEAD:
            told = f"The program's leads introduced you to {who} before you answered."
            return _struck(content, f"{told} {_NOT_ASKED}")
        case Stand.YES_OVER if content.over:
            return say(f"You said yes to {who}. Thank you. {_called_off()}")
        case Stand.YES_OVER:
            return say(f"You said yes to {who}. Thank you. {_ON_HOLD}")
        case _:
            return _struck(content, f"{_called_off()} Thank you.")


def _called_off() -> str:
    return f"The program does not go on with this introduction after all. {_NOT_ASKED}"


_ON_HOLD = (
    "This introduction is not planned at the moment. If the program's leads approve it again, I introduce you "
    "without asking once more."
)


def _mentors(content: AskedFirst) -> str:
    return mentions([one.mentor_id for one in content.pairs])


def _question(content: AskedFirst) -> str:
    return agreeing(
        len(content.pairs),
        "would you like to learn from {who}?",
        "would you like to learn from {who}, all together in one conversation?",
        who=_mentors(content),
    )


def _struck(content: AskedFirst, words: str) -> Part:
    question = _question(content)
    return say(f"~{question[0].upper()}{question[1:]}~\n{words}")


def _open(content: AskedFirst) -> list[Part | None]:
    program = escape(content.program, PROGRAM_MAX)
    before = "In case you missed it: " if content.again else ""
    lead_in = f"{before}Before anybody is introduced in *{program}*, I ask you alone: {_question(content)}"
    number = str(content.number)
    yes = "Yes, introduce us"
    return [
        say(lead_in, _beside(content)),
        *_why(content),
        buttons(
            button(yes, Action.ASK_YES, number, style="primary"),
            button("Not this time", Action.ASK_NO, number),
            instead=f"Or type {typed(Word.SAY_YES, number)} or {typed(Word.NOT_THIS_TIME, number)}.",
        ),
        note(_if_yes(content), _who_reads(content)),
    ]


def _beside(content: AskedFirst) -> str:
    if not content.together:
        return ""
    return f"You learn from {mentions(content.together)} already; all of you would have one conversation."


def _why(content: AskedFirst) -> list[Part | None]:
    room = pairs.REASONS_MAX // max(1, len(content.pairs))
    title = "Why you two" if len(content.pairs) == 1 else "Why you and {who}"
    return [pairs.reasons(one, title.format(who=mention(one.mentor_id)), room) for one in content.pairs]


def _if_yes(content: AskedFirst) -> str:
    when = "at once" if content.begun else f"on {date_token(content.intro_at)}"
    return f"With a yes, I introduce you {when}."


def _who_reads(content: AskedFirst) -> str:
    return (
        f"I do not tell {_mentors(content)} that I ask. The program's leads read whether you have answered, "
        "and whether the introduction goes ahead, not why it does not."
    )


def _agreed(content: AskedFirst) -> list[Part | None]:
    number = str(content.number)
    when = "now" if content.begun else f"on {date_token(content.intro_at)}"
    words = "Change the times" if content.slots else "Offer times"
    return [
        say(f"You said yes to {_mentors(content)}. Thank you. I introduce you {when}."),
        _slots(content),
        buttons(
            button(words, Action.ASK_TIMES, number, style=None if content.slots else "primary"),
            button("Not this time after all", Action.ASK_NO, number),
            instead=f"Or type {typed(Word.TIMES, f'{number} 2027-01-31 14:00')} or "
            f"{typed(Word.NOT_THIS_TIME, number)}.",
        ),
    ]


def _slots(content: AskedFirst) -> Part:
    if not content.slots:
        return say(
            "Two or three times at which you could meet in the first month help the two of you begin.",
            _ONLY_SHARED,
        )
    listed = "\n".join(f"• {date_token(slot)}" for slot in content.slots)
    return say(f"*When you can meet*\n{listed}\n{_ONLY_SHARED}")


_ONLY_SHARED = "Others see only those of your times at which they work too, never the list."


def _not_this_time(content: AskedFirst) -> list[Part | None]:
    kept = say(f"Not this time with {_mentors(content)}: that is kept, and I do not tell them.")
    if content.met:
        return [kept, say("You have met somebody else in this cycle since.")]
    if content.over:
        return [kept]
    return [kept, say(_AFTER_NO[content.after]), _ways_on(content)]


_AFTER_NO = {
    None: "Shall I look for somebody else for you in this cycle? Without an answer, I do.",
    AfterNo.AGAIN: "I look for somebody else for you in this cycle.",
    AfterNo.SKIP: "You skip this cycle, and are back in the next one by yourself.",
}


def _ways_on(content: AskedFirst) -> Part:
    """What somebody who said no may choose now: what they have not chosen, and to take the no back."""
    number = str(content.number)
    ways = [
        (AfterNo.AGAIN, button("Look for somebody else", Action.ASK_ANOTHER, number)),
        (AfterNo.SKIP, button("Skip this cycle", Action.ASK_SKIP, number)),
    ]
    open_ways = [(after, way) for after, way in ways if after is not content.after]
    lines = [typed(Word.NOT_THIS_TIME, f"{number} {after}") for after, _ in open_ways]
    shown = [way for _, way in open_ways]
    if content.can_take_back:
        shown.append(button("Yes after all", Action.ASK_BACK, number))
        lines.append(typed(Word.SAY_YES, number))
    return buttons(*shown, instead=f"Or type {joined(lines, 'or')}.")


def slots_modal(form: SlotsForm) -> dict[str, Any]:
    """The form for two or three times, with those that were chosen before."""
    told = (
        f"When could you meet {mentions(form.mentors)}? Choose up to three times between {date_token(form.begins)} "
        f"and {date_token(form.ends)}, within your working time ({in_words(form.work)})."
    )
    hints = ("The first one helps most.", "A second gives a choice.", "And a third, if you like.")
    labels = ("First time", "Second time", "Third time")
    inputs = [
        field(label, _picker(name, form, place), hint, optional=True)
        for place, (name, label, hint) in enumerate(zip(SlotField, labels, hints, strict=True))
    ]
    blocks = [say(told, _ONLY_SHARED).block, *inputs]
    return modal(Callback.ASK_TIMES, _TITLE, blocks, "Save", OffersTimes(form.number))


def _picker(name: SlotField, form: SlotsForm, place: int) -> DateTimePickerElement:
    chosen = int(form.slots[place].timestamp()) if place < len(form.slots) else None
    return DateTimePickerElement(action_id=name, initial_date_time=chosen)


def asks_wait(content: AsksWait) -> Rendered:
    """To a lead: which pairs wait for their mentee's answer, and what can be done about each."""
    program = escape(content.program, PROGRAM_MAX)
    waiting = [one for one in content.pairs if one.waits]
    shown = content.pairs[:SHOWN]
    more = len(content.pairs) - len(shown)
    return rendered(
        heading("Mentees who have not answered"),
        say(
            f"In cycle {content.cycle_number} of *{program}*, mentees are asked before they are introduced.",
            _waiting(len(waiting)),
        ),
        *(_row(one) for one in shown),
        say(f"• and {more} more") if more > 0 else None,
        note(*_ways()) if waiting else None,
    )


def _waiting(number: int) -> str:
    if not number:
        return "None of these waits any more."
    return agreeing(number, "This pair waits for an answer:", "These pairs wait for an answer:")


def _ways() -> tuple[str, ...]:
    return (
        "Each waits until its mentee answers or the cycle ends, and the mentee was reminded if there was time.",
        "If you introduce one anyway, the mentee reads that you did not wait.",
        f"{typed(Word.UNDO, '12')} takes back the approval of pair 12.",
        "Please do not speak of it to the mentors: they are not told before the introduction.",
    )


def _row(one: WaitingPair) -> Part:
    pair = one.pair
    who = f"*Pair {pair.id}:* {mention(pair.mentor_id)} teaches {mention(pair.mentee_id)}."
    if not one.waits:
        return say(f"{who} {outcome(pair)}")
    return beside(who, _introduce(pair.id), instead=f"Or type {typed(Word.INTRODUCE, str(pair.id))}.")


def _introduce(number: int) -> ButtonElement:
    label = f"Introduce pair {number} anyway"
    return button("Introduce anyway", Action.INTRODUCE_ANYWAY, number, label=label)


def waiting_parts(asked: Sequence[AskedFirst]) -> list[Part | None]:
    """What somebody is asked and has not answered, for the Home tab."""
    return [part for one in asked for part in question_parts(one)]
