"""What a press of a button says of the message that it is in: which one it is, and that it stands there."""

from __future__ import annotations

from dataclasses import dataclass

from mentoring.at_risk import Reason
from mentoring.cards import pairs_in
from mentoring.digest import Figure
from mentoring.messages import Kind, of_week
from mentoring.programs import Program
from mentoring.readers import BothOfPair, Conversation, LeadsChannel, OnePerson, Recipient
from program import access, arrivals
from program.act import Act
from program.context import Context
from program.notices import begins_with, moment_of, pair_of
from program.subjects import OfProgram
from storage import asks, checkins, pairs
from storage.outbox import letters
from storage.outbox.letters import NAME, Letter

__all__ = ["NAME"]

_DIRECT = "D"
"""Begins the ids of direct messages, which only that person and the bot can read."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed in a message, which stands at a channel and a time.

    `name` is that of the message, where the button carries it. Without one, the `kinds` of messages that have such a
    button are known, and its `value`, which is the id of what it is about, also as a number.
    """

    channel: str
    ts: str
    name: str
    kinds: tuple[Kind, ...]
    value: str
    row_id: int = 0


def learn(ctx: Context, workspace: str, person_id: str, press: Press, done: bool) -> None:
    """Record where the message stands if no record knew; one that stands elsewhere on record has a copy here.

    A copy is taken away if what the button is for was `done`. Whoever may not use the button tells nothing, and
    neither does a press at a place where that message cannot be.
    """
    with ctx.read(workspace, person_id) as act:
        if letters.at(act.tx, press.channel, press.ts) is not None:
            return
        letter = _pressed(act, press)
    if letter is None:
        return
    with ctx.act(workspace, person_id, OfProgram(letter.program_id)) as act:
        if act.found is None or act.found.id != letter.program_id:
            return
        if letters.at(act.tx, press.channel, press.ts) or not _can_be_there(act, letter, press.channel):
            return
        if not done and not letter.posted and arrivals.has_nothing_to_say(act, letter):
            return
        if not arrivals.learned(act, letter.id, press.channel, press.ts) and done:
            arrivals.take_away(act, press.channel, press.ts)


def _pressed(act: Act, press: Press) -> Letter | None:
    """The message whose button that is; None where that cannot be told for certain."""
    if press.name and (named := letters.named(act.tx, press.name)):
        return named
    if act.found is None or not press.kinds:
        return None
    sent = letters.of_kinds(act.tx, act.found.id, press.kinds, _reader(act.found, act.by, press))
    fitting = [one for one in sent if one.fence and _is_about(act, one, press)]
    lost = [one for one in fitting if not one.posted]
    if len(lost) == 1:
        return lost[0]
    # A button without a value may be of any of them.
    return next(iter(fitting), None) if press.value and not lost else None


def _reader(program: Program, by: str, press: Press) -> Recipient:
    """Whom a message in that conversation is for."""
    if press.channel.startswith(_DIRECT):
        return OnePerson(by)
    return LeadsChannel() if press.channel == program.leads_channel else Conversation(press.channel)


def _is_about(act: Act, letter: Letter, press: Press) -> bool:
    """Whether the value of a button is the id of what the message is about, or of one of the things it asks about."""
    subject, value = letter.notice.subject, press.value
    if not value or value == begins_with(subject):
        return True
    if letter.notice.kind is Kind.CARD:
        return press.row_id in pairs_in(subject)
    if letter.notice.kind is Kind.ASKS_WAIT:
        return press.row_id in asks.told_of(act.tx, pair_of(subject), moment_of(subject))
    if letter.notice.kind is Kind.DIGEST:
        return value in set(Figure) | set(Reason)
    if letter.notice.kind not in (Kind.CHECKIN, Kind.REASK):
        return False
    checkin = checkins.get(act.tx, press.row_id)
    return checkin is not None and subject == of_week(checkin.week, checkin.person_id)


def _can_be_there(act: Act, letter: Letter, channel: str) -> bool:
    """Whether that message goes to that channel, and whoever pressed its button may use it."""
    match letter.notice.to:
        case OnePerson(person_id):
            return person_id == act.by and channel.startswith(_DIRECT)
        case LeadsChannel():
            return channel == act.program.leads_channel and access.leads(act.tx, act.program, act.by)
        case BothOfPair(pair_id):
            pair = pairs.get(act.tx, act.program.id, pair_id)
            known = pair is not None and (pair.channel or channel) == channel
            elsewhere = channel.startswith(_DIRECT) or channel == act.program.leads_channel
            return known and not elsewhere and pair is not None and act.by in pair.people
        case Conversation(invited):
            return channel == invited
