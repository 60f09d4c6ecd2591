"""A pair as leads see it: on its card in their channel, and shorter in lists."""

from __future__ import annotations

from typing import NamedTuple

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, beside, button, buttons, line, note, rendered, say
from handlers.views.text import (
    bullets,
    clip,
    count,
    date_token,
    escape,
    joined,
    mention,
    mentions,
    plain,
    typed,
)
from mentoring import sentences
from mentoring.days import full_day
from mentoring.for_leads import PairCard, PairCards, Side
from mentoring.pairings import MET, Pair, PairState
from mentoring.policy import Way, fit, rule_of

_TOPICS = 2
_TOPIC_MAX = 60
_NAME_MAX = 24
_LABEL_MAX = 75
_REASON_MAX = 400
_REASONS_MAX = 1800
_NOTE_MAX = 700
_WARNINGS_MAX = 400


class _Decided(NamedTuple):
    """A decision in words, with as much as is known of it."""

    by_and_on: str
    by: str
    on: str
    alone: str


_APPROVED = _Decided("Approved by {who} on {when}.", "Approved by {who}.", "Approved on {when}.", "Approved.")
_DECLINED = _Decided("Declined by {who} on {when}.", "Declined by {who}.", "Declined on {when}.", "Declined.")
_ON_ITS_WAY = "Its introduction is on the way."
_FOR_LEADS = f" Leads read the reason with {typed(Word.REVIEW)}, until there are pairs of a next cycle."


def pair_card(card: PairCard) -> Rendered:
    """The card of one pair: the question first, who and why, and buttons; in two lines once it is decided.

    Whoever is in the leads' channel reads it, lead or not, so a lead's own words do not stand there.
    """
    return rendered(*_parts(card, _ALONE))


def pair_cards(content: PairCards) -> Rendered:
    """Up to five cards in one message; the last line counts down."""
    parts = [part for card in content.cards for part in (line(), *_parts(card, _TOGETHER))]
    return rendered(*parts[1:], line(), _left(content))


def _left(content: PairCards) -> Part:
    if not content.left:
        return note("All decided.")
    waiting = [card for card in content.cards if card.pair.state is PairState.PROPOSED]
    return note(
        f"{content.left} left to decide, of {len(content.cards)} here. {_once_approved(waiting[0])}",
        f"Or type {_ways(*waiting)}, each with the pair's number.",
    )


def _ways(*waiting: PairCard) -> str:
    """What can be typed instead of the buttons of pairs that wait, with the first one's number."""
    words = [Word.APPROVE, Word.DECLINE, Word.SWAP]
    if any(card.by_itself for card in waiting):
        words.append(Word.HOLD)
    if any(_is_held(card) for card in waiting):
        words.append(Word.RELEASE)
    return joined([typed(word, str(waiting[0].pair.id)) for word in words], "or")


class _Room(NamedTuple):
    """How many characters a topic, a fact, reasons, warnings and a cause may have, and whether hints stand here."""

    topic: int
    fact: int
    reasons: int
    warnings: int
    cause: int
    hints: bool


_ALONE = _Room(_TOPIC_MAX, 80, _REASONS_MAX, _WARNINGS_MAX, _NOTE_MAX, hints=True)
_TOGETHER = _Room(30, 20, 80, 140, 100, hints=False)


def _parts(card: PairCard, room: _Room) -> list[Part]:
    if card.pair.state is not PairState.PROPOSED:
        return [decided(card, standing(card, leads_only=False, cause=room.cause), room=room.topic)]
    parts = [
        say(f"*Approval needed:* {who(card, room.topic)}"),
        say(people(card) if room.hints else _facts(card, room.fact)),
        _reasons(card.pair, room),
        _warnings(card, room),
        note(together(card)) if card.together else None,
        note(f"Pair {card.pair.id}. {fits(card.pair)}", *_next(card, room)),
        decision(card, Action.APPROVE, Action.DECLINE, hints=room.hints),
    ]
    return [part for part in parts if part]


def _next(card: PairCard, room: _Room) -> list[str]:
    return [by_itself(card), _once_approved(card)] if room.hints else [by_itself(card, short=True)]


def decided(card: PairCard, words: str, struck: bool = False, room: int = _TOPIC_MAX) -> Part:
    """A pair that waits for nobody, in two lines, with a button for what can still be done about it."""
    two = who(card, room)
    lines = f"~Pair {card.pair.id}: {two}~\n{words}" if struck else f"*Pair {card.pair.id}:* {two}\n{words}"
    number = str(card.pair.id)
    if card.can_be_undone:
        undo = _press("Undo", Action.UNDO, card)
        return beside(lines, undo, instead=f"Or type {typed(Word.UNDO, number)}.")
    if card.pair.state is PairState.INTRODUCED:
        close = _press("End or rest", Action.CLOSE_PAIR, card)
        return beside(lines, close, instead=f"Or type {typed(Word.END, number)}.")
    return say(lines)


def who(card: PairCard, room: int = _TOPIC_MAX) -> str:
    """Who teaches whom, and what, in a line."""
    return (
        f"{mention(card.mentor.person_id)} teaches {mention(card.mentee.person_id)}{_topics(card.pair, room)}"
    )


def _topics(pair: Pair, room: int) -> str:
    shown = [f"“{escape(topic, room)}”" for topic in pair.topics[:_TOPICS]]
    more = len(pair.topics) - len(shown)
    return f" {joined([*shown, f'{more} more'] if more else shown)}" if shown else ""


def fits(pair: Pair) -> str:
    """How well the two fit, on the scale that leads read."""
    return f"Fits {fit(pair.score)} of 100."


def by_itself(card: PairCard, short: bool = False) -> str:
    """What happens to a pair that waits if nobody decides, where the program has rules for that."""
    if card.pair.held_by and card.policy:
        return f"Held by {mention(card.pair.held_by)}: no rule approves it."
    if card.by_itself is None:
        return "No rule approves this pair." if card.policy and not card.over else ""
    at = card.by_itself.at
    when = f"by {full_day(at.date())}" if short else f"on {date_token(at)}"
    return f"If nobody decides, the program's rule approves it {when}."


def people(card: PairCard) -> str:
    """Who teaches and who learns, a line each."""
    return f"*Mentor (teaches):* {_side(card.mentor)}\n*Mentee (learns):* {_side(card.mentee)}"


def _side(side: Side) -> str:
    return ", ".join(filter(None, (mention(side.person_id), _known(side, _ALONE.fact))))


def _facts(card: PairCard, room: int) -> str:
    """What is known of the two, in a line that names them not again."""
    return f"Mentor: {_known(card.mentor, room)}. Mentee: {_known(card.mentee, room)}."


def _known(side: Side, room: int) -> str:
    return ", ".join(filter(None, (escape(side.level, room), escape(side.department, room))))


def _reasons(pair: Pair, room: _Room) -> Part | None:
    if not room.hints:
        why = escape("; ".join(map(sentences.reason, pair.reasons)), room.reasons)
        return say(f"Why: {why}") if why else None
    reasons = [escape(sentences.reason(one), _REASON_MAX) for one in pair.reasons]
    return say(f"*Why these two*\n{bullets(reasons, room.reasons)}") if reasons else None


def _warnings(card: PairCard, room: _Room) -> Part | None:
    if not card.warnings:
        return None
    warned = bullets([escape(warning, _REASON_MAX) for warning in card.warnings], _WARNINGS_MAX)
    if not room.hints:
        return say(f"*Please look at this first:* {escape(' '.join(card.warnings), room.warnings)}")
    return say(f"*Please look at this first*\n{warned}")


def together(card: PairCard) -> str:
    """With which other pairs this one is, or will be, in one conversation, and what a decision means for that."""
    if not card.together:
        return ""
    mentee = mention(card.mentee.person_id)
    others = joined([f"pair {one.id} ({mention(one.mentor_id)})" for one in card.together])
    if card.pair.state in MET:
        return f"In one conversation with {others}: {mentee} learns from several mentors together."
    talking = [one.mentor_id for one in card.together if one.state is PairState.INTRODUCED]
    wish = f"{mentee} wants several mentors together, in one conversation: this pair goes with {others}."
    if talking:
        return (
            f"{wish} {mentions(talking)} and {mentee} are introduced already, and Slack adds nobody to a conversation: "
            "once this pair is approved, a new one opens for all of them, and says so."
        )
    return f"{wish} Those approved by the introductions begin together; one approved later opens a new one for all."


def standing(card: PairCard, leads_only: bool = True, cause: int = _NOTE_MAX) -> str:
    """Where the pair stands, in sentences: who decided what and when, and the next step; a cause in so much room.

    Where others than leads read it, a reason that a lead wrote is only pointed to.
    """
    match card.pair.state:
        case PairState.PROPOSED:
            return " ".join(filter(None, ("Waiting for a decision.", by_itself(card), _once_approved(card))))
        case PairState.APPROVED:
            return f"{outcome(card.pair)} {_intro_time(card)}"
        case PairState.DECLINED if not leads_only:
            return _decided(_DECLINED, card.pair) + (_FOR_LEADS if _why(card.pair) else "")
        case PairState.ENDED if not leads_only and card.pair.ended_by:
            reason = _FOR_LEADS.lstrip() if _why(card.pair) else ""
            return " ".join(filter(None, (_ended_by(card.pair), reason, _history(card.pair))))
        case _:
            return outcome(card.pair, cause)


def _once_approved(card: PairCard) -> str:
    if card.asked_first and card.introduced:
        return "Once approved, its mentee is asked first, and with a yes it is introduced at once."
    if card.asked_first:
        return (
            f"Once approved, its mentee is asked first; the introductions are on {date_token(card.intro_at)}."
        )
    if card.introduced:
        return "The introductions of this cycle have begun; once approved, this pair is introduced at once."
    return f"Approved pairs are introduced on {date_token(card.intro_at)}."


def _intro_time(card: PairCard) -> str:
    """When it is introduced. Where mentees are asked first, this says so of every pair, whatever was answered."""
    if card.asked_first and card.introduced:
        return "Its mentee is asked first; the introduction follows."
    if card.asked_first:
        return f"Its mentee is asked first; the introductions are on {date_token(card.intro_at)}."
    return _ON_ITS_WAY if card.introduced else f"It is introduced on {date_token(card.intro_at)}."


def outcome(pair: Pair, cause: int = _NOTE_MAX) -> str:
    """What became of a pair, in sentences, with the reason where there is one; for leads alone."""
    match pair.state:
        case PairState.PROPOSED:
            held = f" Held by {mention(pair.held_by)}." if pair.held_by else ""
            return f"Waiting for a decision.{held}"
        case PairState.APPROVED:
            return _approved(pair)
        case PairState.DECLINED:
            return _decided(_DECLINED, pair) + _because(pair, "Reason", cause)
        case PairState.WITHDRAWN:
            return f"This pair was withdrawn.{_because(pair, 'Why', cause)} {_history(pair)}".rstrip()
        case PairState.INTRODUCED:
            stands = _introduced(pair) or _waits(pair, cause)
            return f"{_approved(pair)} {stands} {_rests(pair)}".rstrip()
        case PairState.ENDED:
            return f"{_ended_by(pair)}{_because(pair, 'Why', cause)} {_history(pair)}".rstrip()
        case PairState.FINISHED:
            return f"{_finished(pair, cause)} {_history(pair)}".rstrip()


def _ended_by(pair: Pair) -> str:
    return f"Ended by {mention(pair.ended_by)}." if pair.ended_by else "This pair has ended."


def _rests(pair: Pair) -> str:
    return f"It rests until {full_day(pair.rests_until)}." if pair.rests_until else ""


def _approved(pair: Pair) -> str:
    """Who approved it, or which of the program's rules."""
    if not pair.by_rule:
        return _decided(_APPROVED, pair)
    on = f" on {date_token(pair.decided_at)}" if pair.decided_at else ""
    way, number = rule_of(pair.by_rule)
    why = {
        Way.FITS: f"it fits at {number} of 100 or better, and there was nothing to look at",
        Way.SILENCE: f"nobody had decided for {count(number, 'working day')}",
    }
    return f"Approved by the program's rule{on}: {why[way]}."


def _decided(words: _Decided, pair: Pair) -> str:
    who = mention(pair.decided_by) if pair.decided_by else ""
    when = date_token(pair.decided_at) if pair.decided_at else ""
    if who and when:
        return words.by_and_on.format(who=who, when=when)
    return words.by.format(who=who) if who else words.on.format(when=when) if when else words.alone


def _finished(pair: Pair, cause: int) -> str:
    if pair.introduced_at is None and _why(pair):
        return f"The cycle ended before this pair could be introduced.{_because(pair, 'Why', cause)}"
    return "This pair finished with its cycle."


def _waits(pair: Pair, cause: int) -> str:
    """An introduction that has not arrived: why it waits, or that it is coming."""
    return f"It is not introduced yet.{_because(pair, 'Why', cause)}" if _why(pair) else _ON_ITS_WAY


def _history(pair: Pair) -> str:
    approved = _approved(pair) if pair.decided_by or pair.by_rule else ""
    return f"{approved} {_introduced(pair)}".strip()


def _introduced(pair: Pair) -> str:
    return f"Introduced on {date_token(pair.introduced_at)}." if pair.introduced_at else ""


def _because(pair: Pair, label: str, room: int = _NOTE_MAX) -> str:
    why = _why(pair)
    return f" {label}: {escape(why, room)}" if why else ""


def _why(pair: Pair) -> str:
    """What became of a pair, by its cause or in the words that stand for it; empty where nothing is known."""
    return sentences.because(pair.why) if pair.why else pair.note.strip()


def decision(
    card: PairCard, approve: Action, decline: Action, hints: bool = True, style: str | None = "primary"
) -> Part | None:
    """The buttons of a pair that waits for a decision; `hints` tell for each pair what can be typed."""
    if card.pair.state is not PairState.PROPOSED:
        return None
    chosen = [
        _press("Approve", approve, card, style),
        _press("Decline", decline, card),
        _press("Swap", Action.SWAP, card),
    ]
    held = _hold(card)
    return buttons(*chosen, *([held] if held else []), instead=f"Or type {_ways(card)}." if hints else "")


def _hold(card: PairCard) -> ButtonElement | None:
    """Where a rule would approve the pair by itself, the way to stop that; where a lead did, the way back."""
    if _is_held(card):
        return _press("Let the rule decide", Action.RELEASE, card)
    return _press("Hold", Action.HOLD, card) if card.by_itself else None


def _is_held(card: PairCard) -> bool:
    """Whether a rule would approve a pair by itself, had no lead stopped that."""
    return bool(card.policy and card.pair.held_by)


def _press(words: str, action: Action, card: PairCard, style: str | None = None) -> ButtonElement:
    names = [clip(plain(side.name), _NAME_MAX) for side in (card.mentor, card.mentee)]
    two = f": {names[0]} and {names[1]}" if all(names) else ""
    label = clip(f"{words} pair {card.pair.id}{two}", _LABEL_MAX)
    return button(words, action, card.pair.id, style=style, label=label)


def brief(card: PairCard) -> str:
    """A pair in a few lines, for lists."""
    why = escape("; ".join(map(sentences.reason, card.pair.reasons)), 300)
    warned = escape(" ".join(card.warnings), 300)
    lines = [
        f"*Pair {card.pair.id}:* {who(card)}. {fits(card.pair)}",
        _facts(card, _ALONE.fact),
        f"Why: {why}" if why else "",
        f"Please look at this first: {warned}" if warned else "",
        by_itself(card),
        together(card),
    ]
    return "\n".join(filter(None, lines))
