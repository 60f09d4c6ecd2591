"""Calls for help, to those who were told: each in its own message, and those that wait in a list."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Word
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, button, buttons, heading, note, rendered, say
from handlers.views.text import agreeing, count, date_token, escape, mention, mentions, some_mentions, typed
from mentoring.for_leads import HelpAlert
from program.forms import OpenCall

SHOWN = 10
"""Calls in a list, two blocks each."""

SHOWN_ON_HOME = 5
"""The Home tab, with 100 blocks, has other things to show."""

_NOTHING = "There is nothing to do for you."


def help_alert(content: HelpAlert) -> Rendered:
    """Privately to somebody who can help: who asked for it, who looks after it, and what to do next."""
    if content.moved:
        program = escape(content.program, PROGRAM_MAX)
        moved = f"A call for help in *{program}* has gone on to {some_mentions(content.moved)}."
        return rendered(say(moved, _NOTHING))
    return rendered(
        say(_waiting(content), _asked(content)),
        say(_standing(content)) if _standing(content) else None,
        say(_later(content)) if content.later else None,
        say("Their pair has ended since.") if content.over else None,
        None if content.done_at or (content.owner and not content.mine) else say(_next_step(content)),
        _ways(content),
        note(_why_you(content), _who_knows(content), _if_away(content)),
    )


def _waiting(content: HelpAlert) -> str:
    """The first words of a message that says it once more, for as long as it is so."""
    is_open = content.waits and not content.owner and not content.done_at
    return "Nobody has taken this call for help yet." if is_open else ""


def _asked(content: HelpAlert) -> str:
    person, partner = mention(content.person_id), mentions((content.partner_id, *content.together))
    return (
        f"{person} asked for help with their pair in {escape(content.program, PROGRAM_MAX)} "
        f"(pair {content.pair_id}, with {partner}), on {date_token(content.asked_at)}."
    )


def _standing(content: HelpAlert) -> str:
    """Who is done with it, or who has taken it."""
    if content.done_at and content.done_by:
        return f"*Done by {mention(content.done_by)}* on {date_token(content.done_at)}."
    if content.owner and content.taken_at:
        return f"*Taken by {mention(content.owner)}* on {date_token(content.taken_at)}."
    return ""


def _later(content: HelpAlert) -> str:
    when = f", on {date_token(content.later_at)}" if content.later_at else ""
    return f"They answered again since then{when}: “{content.later.words}”." if content.later else ""


def _next_step(content: HelpAlert) -> str:
    return f"*A good next step:* write to {mention(content.person_id)} and ask what would help."


def _ways(content: HelpAlert) -> Part | None:
    """What its reader can do: take it while nobody has, and be done with what is theirs."""
    if content.done_at or not content.number or (content.owner and not content.mine):
        return None
    return _buttons(content.number, content.mine)


def _buttons(number: int, mine: bool, label: str = "") -> Part:
    """The buttons of one call, with the same to be typed; where they stand more than once, `label` tells them apart."""
    done = _button("Done", Action.CALL_DONE, number, label)
    if mine:
        words = f"{typed(Word.CALL_DONE, str(number))} or {typed(Word.HAND_BACK, str(number))}"
        back = _button("Hand it back", Action.HAND_BACK, number, label)
        return buttons(done, back, instead=f"Or type {words}.")
    words = f"{typed(Word.TAKE_CALL, str(number))} or {typed(Word.CALL_DONE, str(number))}"
    take = _button("I take it", Action.TAKE_CALL, number, label, style=None if label else "primary")
    return buttons(take, done, instead=f"Or type {words}.")


def _button(words: str, action: Action, number: int, label: str, style: str | None = None) -> ButtonElement:
    return button(words, action, number, style=style, label=f"{words}, {label}" if label else None)


def _why_you(content: HelpAlert) -> str:
    if not content.in_place_of_leads:
        return ""
    return "You read this in the leads' place, because no lead could hear it, or because you were a lead at the time."


def _who_knows(content: HelpAlert) -> str:
    not_told = agreeing(
        1 + len(content.together),
        "{partner} was not told about this.",
        "{partner} were not told about this.",
        partner=mentions((content.partner_id, *content.together)),
    )
    who = some_mentions(content.told)
    told = agreeing(len(content.told), "Only {who} was told. ", "Only {who} were told. ", who=who)
    return f"{told if content.told else ''}{not_told}"


def _if_away(content: HelpAlert) -> str:
    """What the others can do about a call that somebody else has taken."""
    if content.done_at or not content.owner or content.mine:
        return ""
    return f"If {mention(content.owner)} is away, {typed(Word.HAND_BACK, str(content.number))} frees it for others."


def waiting_parts(calls: Sequence[OpenCall], most: int = SHOWN) -> list[Part | None]:
    """The calls that wait, with their buttons, for the list and for the Home tab."""
    if not calls:
        return []
    more = len(calls) - most
    shown = [part for one in calls[:most] for part in _entry(one)]
    return [heading(how_many(calls)), *shown, say(f"And {count(more, 'more call')}.") if more > 0 else None]


def how_many(calls: Sequence[OpenCall]) -> str:
    """Like `Asked for help: 2, nobody has taken 1 of them`."""
    waiting = sum(not one.owner for one in calls)
    title = f"Asked for help: {len(calls)}"
    if not waiting:
        return f"{title}, taken"
    if waiting == len(calls):
        return f"{title}, nobody has taken {'it' if waiting == 1 else 'them'}"
    return f"{title}, nobody has taken {waiting} of them"


def _entry(one: OpenCall) -> list[Part]:
    owner = f" Taken by {'you' if one.mine else mention(one.owner)}." if one.owner else ""
    told = say(
        f"Call {one.number}: {mention(one.person_id)} asked for help with their pair "
        f"(pair {one.pair_id}, with {mention(one.partner_id)}), on {date_token(one.asked_at)}.{owner}"
    )
    if one.owner and not one.mine:
        return [told]
    return [told, _buttons(one.number, one.mine, f"call {one.number}")]


def call_list(calls: Sequence[OpenCall]) -> Rendered:
    """The answer to `calls`: each that wait for something, as far as the reader was told of it."""
    if not calls:
        return rendered(say("No call for help that you were told of waits right now."))
    return rendered(*waiting_parts(calls))


def said(word: Word, number: int) -> Rendered:
    """Somebody took a call, was done with it, or handed it back."""
    told = {
        Word.TAKE_CALL: f"Thank you. You have taken call {number}.",
        Word.CALL_DONE: f"Thank you. Call {number} is done.",
        Word.HAND_BACK: f"All right. Call {number} waits for somebody to take it.",
    }
    return rendered(say(told[word]))


def which_call(word: Word) -> Rendered:
    """The number of the call is missing, or cannot be one."""
    return rendered(
        say(
            f"Say which call by its number, like {typed(word, '7')}. {typed(Word.CALLS)} lists those that wait."
        )
    )
