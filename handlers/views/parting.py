"""Ways out of a pair: what somebody may choose who is left alone, how one ends their pair, and why, for leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement, CheckboxesElement, ConfirmObject, OverflowMenuElement

from handlers.ids import Action, Callback, PartingField, Word
from handlers.metadata import Parts
from handlers.views.inputs import field, modal, text_input
from handlers.views.options import option
from handlers.views.parts import (
    PROGRAM_MAX,
    Part,
    Rendered,
    beside,
    button,
    buttons,
    confirmation,
    note,
    rendered,
    say,
)
from handlers.views.text import agreeing, clip, escape, joined, mention, mentions, plain, typed
from mentoring.for_leads import Misfit
from mentoring.matching import said
from mentoring.partings import Alone, Choice, PartedWhy, Parting, PauseOver, Stands
from program.forms import MAX_REASON, MyPair, MyPairs

END = "End this pair"
LEADS_MAY = "leads"
"""The value of the box by which an author lets leads read their words."""

_LABEL_MAX = 75
_ACTIONS = {
    Choice.NEW: ("Find somebody new", Action.PARTNER_NEW),
    Choice.WAIT: ("Wait", Action.PARTNER_WAIT),
    Choice.REST: ("Rest until the next cycle", Action.PARTNER_REST),
}
_ENDS = "{partner} reads only that the program closed your pair: not who wished so, and not why."
_SURE = "Your partner reads only that the program closed your pair: not who wished so, and not why."

_AWAY = (
    "You can wait for {partner}, have me look for somebody new, or rest until the next cycle. Somebody new ends this "
    "pair: {ends} Without an answer, you wait."
)
_CLOSED = (
    "You can have me look for somebody new for you now, wait for the next cycle, or rest until then. "
    "Without an answer, you wait."
)
_EACH = (
    "For each of these pairs you can have me look for somebody new, wait, or rest until the next cycle. "
    "Somebody new ends a pair that goes on: your partner reads only that the program closed it, not who wished so, and "
    "not why. Without an answer, you wait."
)
_CHOSEN_AWAY = {
    Choice.WAIT: "You wait for {partner}, and your pair stays as it is.",
    Choice.REST: "You rest until the next cycle: I do not ask you about this pair, and I look for nobody else for you. "
    "If {partner} is back before that, your pair goes on.",
}
_CHOSEN_CLOSED = {
    Choice.WAIT: "You wait for the next cycle. If somebody who fits comes sooner, the leads may pair you sooner.",
    Choice.REST: "You rest until the next cycle: I look for nobody for you before that, and then again by myself.",
    Choice.NEW: "I look for somebody new for you. The program's leads decide on each new pair, and you hear from me "
    "when you have one.",
}
_LATE = "Too little of this cycle is left to begin in it, so I look for somebody new for you in the next one."
_GO_ON = ("Your pair with {who} goes on.", "Your pairs with {who} go on.")
_ARE_AWAY = ("{who} is taking a break now.", "{who} are taking a break now.")
_STANDS = {
    Stands.BACK: "Your pair with {partner} goes on.",
    Stands.FOUND: "You have a new partner since.",
    Stands.BREAK: "You take a break yourself, so there is nothing to choose now.",
    Stands.OVER: "This cycle is over. In the next one I look for a partner for you as always.",
}


def alone_parts(one: Alone) -> list[Part | None]:
    """What somebody chose who is left alone in a pair, or may choose, with a button for each way."""
    told = say(_words(one))
    if not one.is_open:
        return [told]
    ways = ", ".join(typed(Word.PARTNER, choice) for choice in _left(one))
    return [told, buttons(*(_way(choice, one) for choice in _left(one)), instead=f"Or type one of: {ways}.")]


def each_alone(asked: Sequence[Alone]) -> list[Part | None]:
    """The same for several pairs: what can be chosen is said once, and then each pair has its buttons."""
    if len(asked) == 1:
        return [say(about(asked[0])), *alone_parts(asked[0])]
    open_ = [one for one in asked if one.is_open]
    ways = [typed(Word.PARTNER, choice, str(one.pair_id)) for one in open_[:1] for choice in _ACTIONS]
    numbers = joined([f"{one.pair_id} for {mention(one.partner_id)}" for one in open_])
    return [
        say(_EACH) if open_ else None,
        *(part for one in asked for part in _shortly(one)),
        note(f"Or type {joined(ways, 'or')}. The number is {numbers}.") if open_ else None,
    ]


def _shortly(one: Alone) -> list[Part | None]:
    told = f"{about(one)} {_words(one)}" if one.choice or not one.is_open else about(one)
    return [say(told), buttons(*(_way(choice, one) for choice in _left(one))) if one.is_open else None]


def _words(one: Alone) -> str:
    partner = mention(one.partner_id)
    if not one.is_open:
        return _STANDS[one.stands].format(partner=partner)
    if one.choice is None:
        open_ = _AWAY if one.stands is Stands.AWAY else _CLOSED
        return open_.format(partner=partner, ends=_ENDS.format(partner=partner))
    if one.choice is Choice.NEW and not one.in_time:
        return _LATE
    chosen = _CHOSEN_CLOSED | _CHOSEN_AWAY if one.stands is Stands.AWAY else _CHOSEN_CLOSED
    return chosen[one.choice].format(partner=partner)


def _left(one: Alone) -> list[Choice]:
    """The ways that were not chosen."""
    return [choice for choice in _ACTIONS if choice is not one.choice]


def _way(choice: Choice, one: Alone) -> ButtonElement:
    words, action = _ACTIONS[choice]
    style = "primary" if choice is Choice.NEW and one.choice is None and one.stands is Stands.CLOSED else None
    label = clip(f"{words}, about {plain(one.partner_name)}", _LABEL_MAX) if one.partner_name else None
    return button(words, action, one.pair_id, style=style, label=label)


def about(one: Alone) -> str:
    """Which pair it is, where the words about it stand alone."""
    partner = mention(one.partner_id)
    if one.stands is Stands.AWAY:
        return f"{partner} is taking a break, and your pair stays."
    return (
        f"You closed your pair with {partner}."
        if one.mine
        else f"The program closed your pair with {partner}."
    )


def chosen_parts(ways: MyPairs) -> list[Part | None]:
    """On Home: what somebody may choose in the pairs in which they are left alone."""
    return each_alone(ways.alone) if ways.alone else []


def end_button(one: MyPair) -> ButtonElement:
    """A way to end a pair that goes on, which asks first."""
    return _end(one, Action.END_PAIR, confirm=sure())


def _end_row(one: MyPair, action: Action, confirm: ConfirmObject | None = None) -> Part:
    how = typed(Word.PARTNER, "end")
    return beside(_with(one), _end(one, action, confirm=confirm), instead=f"Or type {how}.")


def _with(one: MyPair) -> str:
    return f"Your pair with {mention(one.partner_id)}"


def _end(one: MyPair, action: Action, **looks: Any) -> ButtonElement:
    label = clip(f"End the pair with {plain(one.partner_name)}", _LABEL_MAX)
    return button(END, action, one.pair_id, label=label, **looks)


def sure() -> ConfirmObject:
    """The question before a pair is ended by one of the two."""
    return confirmation("End this pair?", _SURE, "End the pair", style="danger")


def more(pair_id: int) -> OverflowMenuElement:
    """What is rare beside a question about a pair: to end it; a question comes before it is done."""
    return OverflowMenuElement(action_id=Action.PAIR_MORE, options=[option(END, str(pair_id))])


def my_pairs(ways: MyPairs, before: str = "") -> Rendered:
    """To whoever typed `partner`: their pairs, and what they can choose."""
    if not ways.running and not ways.alone:
        none = f"You are in no pair right now. {typed(Word.STATUS)} shows when the next introductions are."
        return rendered(say(none))
    ends = (_end_row(one, Action.PAIR_MORE) for one in ways.running)
    return rendered(say(before) if before else None, *chosen_parts(ways), *ends)


def end_question(pairs: Sequence[MyPair]) -> Rendered:
    """Whether they really want to end a pair; with several, which."""
    several = len(pairs) > 1
    one = f"Would you like to end your pair with {mention(pairs[0].partner_id)}?"
    return rendered(
        say("Which pair would you like to end?" if several else one, _SURE),
        *(_end_way(one, several) for one in pairs),
    )


def _end_way(one: MyPair, several: bool) -> Part:
    ends = _end(one, Action.END_PAIR, style="danger")
    if several:
        how = typed(Word.PARTNER, "end yes", str(one.pair_id))
        return beside(_with(one), ends, instead=f"Or type {how}.")
    return buttons(ends, instead=f"Or type {typed(Word.PARTNER, 'end yes')}.")


def ended(one: Alone) -> Rendered:
    """To whoever ended a pair: what the other reads, what they can do now, and that they may say why."""
    partner, number = mention(one.partner_id), str(one.pair_id)
    why = button("Say why", Action.WHY_ENDED, one.pair_id)
    return rendered(
        say(f"Your pair with {partner} is over. {_ENDS.format(partner=partner)}"),
        *alone_parts(one),
        buttons(why, instead=f"Or type {typed(Word.PARTNER, 'why', number)} and your reason."),
        note("Saying why is optional. Nobody reads it, unless you let the program's leads."),
    )


def chosen(one: Alone) -> Rendered:
    """To whoever chose: how it stands now."""
    return rendered(say(about(one)), *alone_parts(one))


def why_modal(kept: Parting) -> dict[str, Any]:
    """The form for why somebody ended a pair; nobody may read it before they say so."""
    allow = option("The program's leads may read this", LEADS_MAY)
    boxes = CheckboxesElement(
        action_id=PartingField.ALLOW,
        options=[allow],
        initial_options=[allow] if kept.leads_may_read else None,
    )
    blocks = [
        field(
            "Why did you end it?",
            text_input(PartingField.REASON, kept.reason, MAX_REASON, multiline=True),
            "Your partner never reads this.",
            optional=True,
        ),
        field(
            "Who may read it",
            boxes,
            "Without the tick nobody reads it. With it, leads who are not in the pair do, without your name beside it; "
            "your words may still tell them.",
            optional=True,
        ),
    ]
    return modal(Callback.WHY_ENDED, "Why it ended", blocks, "Save", Parts(kept.pair_id))


def why_kept(kept: Parting) -> Rendered:
    """What was kept, and who may read it."""
    change = button("Change this", Action.WHY_ENDED, kept.pair_id)
    way = buttons(change, instead=f"Or type {typed(Word.PARTNER, 'why', str(kept.pair_id))}.")
    if not kept.reason:
        return rendered(say("I keep no reason. Thank you all the same."), way)
    who = "leads who are not in the pair, and never your partner" if kept.leads_may_read else "nobody"
    return rendered(say(f"Thank you. I have kept that. I show it to {who}."), way)


def pause_over(content: PauseOver) -> Rendered:
    """A pause has ended by itself, and what that means for somebody's pairs."""
    program = escape(content.program, PROGRAM_MAX)
    if not content.takes_part:
        return rendered(say(f"Your break in *{program}* was over. You do not take part right now."))
    on = agreeing(len(content.partners), *_GO_ON, who=mentions(content.partners)) if content.partners else ""
    away = (
        agreeing(len(content.resting), *_ARE_AWAY, who=mentions(content.resting)) if content.resting else ""
    )
    none = (
        ""
        if content.partners or content.resting
        else "You are in no pair right now, and can be paired again."
    )
    return rendered(
        say(f"Your break in *{program}* is over, and you take part again.", on, away, none),
        buttons(button("Pause again", Action.PAUSE), instead=f"Or type {typed(Word.PAUSE)} and until when."),
    )


def parted_why(content: PartedWhy) -> Rendered:
    """To a lead: why a pair was ended, in the words of one of the two, while its author lets leads read them."""
    pair = f"pair {content.pair_id} ({mention(content.mentor_id)} and {mention(content.mentee_id)})"
    program = escape(content.program, PROGRAM_MAX)
    if content.reason is None:
        return rendered(say(f"About {pair} in *{program}*: there is nothing to read here any more."))
    return rendered(
        say(f"One of the two has ended {pair} in *{program}*, and lets the leads read why:"),
        say(f"“{escape(content.reason, 2000)}”"),
        note("The other one does not know of this, nor who ended it. Please keep it among the leads."),
    )


def misfit(content: Misfit) -> Rendered:
    """To the leads' channel: a pair that goes on breaks a rule by now, and what can be done."""
    pair, program = content.pair, escape(content.program, PROGRAM_MAX)
    two = f"pair {pair.id} in *{program}* ({mention(pair.mentor_id)} teaches {mention(pair.mentee_id)})"
    if not content.is_open:
        told = "is over" if content.over else "goes on as it is" if content.kept else "fits the rules again"
        return rendered(say(f"About {two}: it {told}. There is nothing to decide."))
    number = str(pair.id)
    close = button("End or rest", Action.CLOSE_PAIR, pair.id, label=f"End or rest, pair {number}")
    return rendered(
        say(f"*Please decide:* {two} does not fit a rule any more."),
        say(" ".join(escape(said.broken(one), 400) for one in content.broken)),
        buttons(
            button("Let it go on", Action.KEEP_PAIR, pair.id, label=f"Let it go on, pair {number}"),
            close,
            instead=f"Or type {typed(Word.KEEP, number)} or {typed(Word.END, number)}.",
        ),
        note("I have told neither of them, and I end no pair by myself for this."),
    )
