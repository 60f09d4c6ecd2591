"""A pair as leads see it: on its card in their channel, and shorter in lists."""

from __future__ import annotations

from typing import NamedTuple

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, heading, note, rendered, say
from handlers.views.text import bullets, date_token, escape, joined, mention, mentions, typed
from mentoring import sentences
from mentoring.messages import PairCard, Side
from mentoring.pairings import MET, Pair, PairState

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
    """The card of one pair: who, why, and what was decided by whom; buttons while it waits for a decision.

    Whoever is in the leads' channel reads it, lead or not, so a lead's own words on declining do not stand there.
    """
    return rendered(
        heading(f"Pair {card.pair.id}"),
        say(people(card)),
        _reasons(card.pair),
        _warnings(card),
        note(together(card)) if card.together else None,
        note(standing(card, leads_only=False)),
        decision(card, Action.APPROVE, Action.DECLINE),
    )


def people(card: PairCard) -> str:
    """Who teaches and who learns, a line each."""
    return f"*Mentor (teaches):* {_side(card.mentor)}\n*Mentee (learns):* {_side(card.mentee)}"


def _side(side: Side) -> str:
    facts = [escape(side.level, 80), escape(side.department, 80)]
    return ", ".join([mention(side.person_id), *filter(None, facts)])


def _reasons(pair: Pair) -> Part | None:
    reasons = [escape(sentences.reason(one), _REASON_MAX) for one in pair.reasons]
    return say(f"*Why these two*\n{bullets(reasons, _REASONS_MAX)}") if reasons else None


def _warnings(card: PairCard) -> Part | None:
    return say(f"*Please look at this first*\n{_warned(card)}") if card.warnings else None


def _warned(card: PairCard) -> str:
    return bullets([escape(warning, _REASON_MAX) for warning in card.warnings], _WARNINGS_MAX)


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


def standing(card: PairCard, leads_only: bool = True) -> str:
    """Where the pair stands, in sentences: who decided what and when, and the next step.

    Where others than leads read it, a reason for declining is only pointed to.
    """
    match card.pair.state:
        case PairState.PROPOSED:
            return f"{outcome(card.pair)} {_once_approved(card)}"
        case PairState.APPROVED:
            return f"{outcome(card.pair)} {_intro_time(card)}"
        case PairState.DECLINED if not leads_only:
            return _decided(_DECLINED, card.pair) + (_FOR_LEADS if _why(card.pair) else "")
        case _:
            return outcome(card.pair)


def _once_approved(card: PairCard) -> str:
    if card.introduced:
        return "The introductions of this cycle have begun; once approved, this pair is introduced at once."
    return f"Approved pairs are introduced on {date_token(card.intro_at)}."


def _intro_time(card: PairCard) -> str:
    return _ON_ITS_WAY if card.introduced else f"It is introduced on {date_token(card.intro_at)}."


def outcome(pair: Pair) -> str:
    """What became of a pair, in sentences, with the reason where there is one; for leads alone."""
    match pair.state:
        case PairState.PROPOSED:
            return "Waiting for a decision."
        case PairState.APPROVED:
            return _decided(_APPROVED, pair)
        case PairState.DECLINED:
            return _decided(_DECLINED, pair) + _because(pair, "Reason")
        case PairState.WITHDRAWN:
            return f"This pair was withdrawn.{_because(pair, 'Why')} {_history(pair)}".rstrip()
        case PairState.INTRODUCED:
            return f"{_decided(_APPROVED, pair)} {_introduced(pair) or _waits(pair)}"
        case PairState.ENDED:
            return f"This pair has ended.{_because(pair, 'Why')} {_history(pair)}".rstrip()
        case PairState.FINISHED:
            return f"{_finished(pair)} {_history(pair)}".rstrip()


def _decided(words: _Decided, pair: Pair) -> str:
    who = mention(pair.decided_by) if pair.decided_by else ""
    when = date_token(pair.decided_at) if pair.decided_at else ""
    if who and when:
        return words.by_and_on.format(who=who, when=when)
    return words.by.format(who=who) if who else words.on.format(when=when) if when else words.alone


def _finished(pair: Pair) -> str:
    if pair.introduced_at is None and _why(pair):
        return f"The cycle ended before this pair could be introduced.{_because(pair, 'Why')}"
    return "This pair finished with its cycle."


def _waits(pair: Pair) -> str:
    """An introduction that has not arrived: why it waits, or that it is coming."""
    return f"It is not introduced yet.{_because(pair, 'Why')}" if _why(pair) else _ON_ITS_WAY


def _history(pair: Pair) -> str:
    approved = _decided(_APPROVED, pair) if pair.decided_by else ""
    return f"{approved} {_introduced(pair)}".strip()


def _introduced(pair: Pair) -> str:
    return f"Introduced on {date_token(pair.introduced_at)}." if pair.introduced_at else ""


def _because(pair: Pair, label: str) -> str:
    why = _why(pair)
    return f" {label}: {escape(why, _NOTE_MAX)}" if why else ""


def _why(pair: Pair) -> str:
    """What became of a pair, by its cause or in the words that stand for it; empty where nothing is known."""
    return sentences.because(pair.why) if pair.why else pair.note.strip()


def decision(card: PairCard, approve: Action, decline: Action) -> Part | None:
    """The two buttons of a pair that waits for a decision."""
    pair = card.pair
    if pair.state is not PairState.PROPOSED:
        return None
    number = str(pair.id)
    instead = f"Or type {typed(Word.APPROVE, number)} or {typed(Word.DECLINE, number)}."
    return buttons(
        _decide("Approve", approve, pair, "primary"), _decide("Decline", decline, pair), instead=instead
    )


def _decide(words: str, action: Action, pair: Pair, style: str | None = None) -> ButtonElement:
    return button(words, action, pair.id, style=style, label=f"{words} pair {pair.id}")


def brief(card: PairCard) -> str:
    """A pair in a few lines, for lists."""
    why = escape("; ".join(map(sentences.reason, card.pair.reasons)), 300)
    warned = escape(" ".join(card.warnings), 300)
    lines = [
        f"*Pair {card.pair.id}*",
        people(card),
        f"Why: {why}" if why else "",
        f"Please look at this first: {warned}" if warned else "",
        together(card),
    ]
    return "\n".join(filter(None, lines))
