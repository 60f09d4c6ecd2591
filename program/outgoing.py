"""Messages on their way: what is due, what it shows, and what follows once it stands, or cannot stand, in Slack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.channels import Trouble
from mentoring.matching import Side
from mentoring.messages import Content, Kind, Notice, to_person
from mentoring.pairings import Because, Cause, Pair, PairState
from mentoring.programs import Program
from mentoring.readers import BothOfPair, Conversation, LeadsChannel, OnePerson
from mentoring.refusals import GONE, NOT_INVITED
from program import (
    arrivals,
    at_work,
    greeting,
    group_refusals,
    groups,
    introductions,
    recipients,
    screens,
    timely,
    weekly_budget,
)
from program.act import Act
from program.context import Context
from program.notices import channel_subject, delivery_subject
from program.subjects import InChannel, OfProgram
from program.unknown import give_up, settle
from storage import pairs
from storage.database import Tx
from storage.outbox import facts, lanes, letters, outbox
from storage.outbox.letters import Letter
from storage.states import RowState

__all__ = ["Letter", "Mail", "RowState", "give_up", "settle"]

LEASE = timedelta(seconds=60)
RESTS = {Kind.SUMMARY: timedelta(seconds=5), Kind.DELIVERY_TROUBLE: timedelta(seconds=5)}
"""These messages are updated this often at most, so that what comes close together costs one update."""

SETTLE = timedelta(seconds=10)
"""How long a conversation's history may lag behind a message that was accepted."""

LONGEST_ERROR = 41
"""Characters of Slack's name for a refusal that a subject of 64 holds; its longest documented name has 41."""

_CLOSED = (*GONE, *NOT_INVITED, Trouble.ARCHIVED, Trouble.ABSENT)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to deliver: what it shows, and where it goes.

    `channel` is a conversation; without it, the message goes to the conversation with exactly these `people`. `facts`
    name what the contents were made from.
    """

    letter: Letter
    workspace: str
    content: Content
    channel: str | None
    people: tuple[str, ...]
    facts: frozenset[str] = frozenset()

    @property
    def is_direct(self) -> bool:
        """Whether it goes to one person, in the bot's own direct message with them."""
        return bool(self.recipient)

    @property
    def recipient(self) -> str:
        """The person whom a direct message is for; empty for what several read."""
        return self.letter.notice.reader

    @property
    def place(self) -> str:
        """The same text for the same conversation, for pacing."""
        return self.channel or "+".join(self.people)


def due(ctx: Context, limit: int = 200) -> list[Letter]:
    """Messages to work on now, in the order in which they were queued."""
    with ctx.read() as act:
        found = letters.due(act.tx, act.now, limit)
    return [letter for letter in found if (letter.channel, letter.ts) not in ctx.in_hand]


def waiting(ctx: Context) -> int:
    """How many messages are not where they should be yet, without those whose readers are not at work."""
    with ctx.read() as act:
        return lanes.waiting(act.tx) - letters.held(act.tx, act.now)


def prepare(ctx: Context, letter: Letter) -> Mail | None:
    """What to deliver for a row, read from the present state, or None when there is nothing to do for now.

    A row that makes no sense any more is closed; one whose readers are not at work is held until they are.
    """
    with ctx.read(about=OfProgram(letter.program_id)) as act:
        tx, program = act.tx, act.program
        begun = letter.posted or timely.is_timely(tx, program, letter.notice, act.now, act.admins)
        made = screens.shown(tx, program, letter.notice, act.admins) if begun else screens.NOTHING
        opens_at = _opens_at(act, letter) if made.content is not None else None
        if made.content is not None and opens_at is None:
            channel, people = _address(tx, program, letter)
            return Mail(letter, program.workspace, made.content, channel, people, made.facts)
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        if opens_at is not None:
            outbox.hold(act.tx, letter, opens_at)
        elif outbox.close(act.tx, letter, RowState.MOOT, "nothing left to say"):
            recipients.address_anew(act, letter.notice)
    return None


def _opens_at(act: Act, letter: Letter) -> datetime | None:
    """Until when a message that the bot began waits for its readers, or their next week; None for one that may go."""
    if letter.posted or not letter.patient:
        return None
    opens_at = at_work.opens_at(act.tx, act.program, letter.notice, act.now)
    return opens_at if opens_at > act.now else weekly_budget.waits_until(act, letter)


def lease(ctx: Context, letter: Letter, owner: str, digest: str = "") -> Letter | None:
    """Claim a row just before it goes on the wire, with contents of that digest; None when another was faster.

    So it is for a message whose button was just pressed, which is answered where it stands.
    """
    if letter.posted and (letter.channel, letter.ts) in ctx.in_hand:
        return None
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        return outbox.lease(act.tx, letter, owner, act.now, act.now + LEASE, digest)


def delivered(ctx: Context, mail: Mail, channel: str, ts: str, digest: str = "") -> bool:
    """Record that a leased message stands at that place, with everything that follows from it; once."""
    return _recorded(ctx, mail.letter, channel, ts, digest, screens.Shown(mail.content, mail.facts))


def found(ctx: Context, letter: Letter, owner: str, channel: str, ts: str, *copies: str) -> bool:
    """Record that a message of which nobody was sure was found in its conversation, as it was sent there.

    `copies` are the times at which it stands there as well: those are taken away.
    """
    leased = lease(ctx, letter, owner, letter.digest)
    on_time = _recorded(ctx, leased or letter, channel, ts, letter.digest, screens.NOTHING)
    also_there(ctx, letter, channel, *copies)
    return on_time


def also_there(ctx: Context, letter: Letter, channel: str, *places: str) -> None:
    """A look shows a message at these times, which was not known to be there: what is one too many is taken away."""
    if places:
        with ctx.act(about=OfProgram(letter.program_id)) as act:
            for ts in places:
                arrivals.late(act, letter, channel, ts)


def unchanged(ctx: Context, letter: Letter) -> None:
    """Record that what stands on screen still says what is wanted."""
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        outbox.unchanged(act.tx, letter)


def _recorded(ctx: Context, letter: Letter, channel: str, ts: str, digest: str, sent: screens.Shown) -> bool:
    """Record what stands where, and from what it was made; it is made anew if the state has changed meanwhile.

    Tells whether that was on time; what is told after the lease was over is recorded all the same.
    """
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        rests = RESTS.get(letter.notice.kind, timedelta())
        if not outbox.shown(act.tx, letter, channel, ts, act.now, digest, rests):
            arrivals.late(act, letter, channel, ts)
            return False
        arrivals.follows(act, letter, channel)
        follow_screen(act, letter, sent)
    return True


def follow_screen(act: Act, letter: Letter, sent: screens.Shown) -> bool:
    """What follows when a message shows this, seen from the present state; tells whether it may go on showing it.

    Of a message on screen that was made from nothing new, whoever changed something in the meantime has said so.
    """
    known = facts.known(act.tx, letter.id) if letter.posted else frozenset()
    facts.remember(act.tx, letter.id, sent.facts - known)
    if letter.posted and sent.facts:
        facts.forget(act.tx, letter.id, known - sent.facts)
        if sent.facts <= known:
            return True
    present = screens.shown(act.tx, act.program, letter.notice, act.admins)
    facts.remember(act.tx, letter.id, present.facts - sent.facts)
    if present.content != sent.content:
        outbox.look_again(act.tx, letter)
    return present.content == sent.content


def postpone(ctx: Context, letter: Letter, seconds: float) -> None:
    """Come back later to a message that is not leased."""
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        outbox.postpone(act.tx, letter, act.now + timedelta(seconds=seconds))


def put_back(ctx: Context, letter: Letter, seconds: float, trouble: str, counts: bool = True) -> None:
    """Try a leased message again later; `counts` tells whether this was an attempt."""
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        outbox.put_back(act.tx, letter, act.now + timedelta(seconds=seconds), trouble, counts)


def doubt(ctx: Context, letter: Letter, trouble: str, seconds: float = 0) -> None:
    """A leased message may or may not have arrived: look once the conversation has settled, or later."""
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        outbox.doubt(act.tx, letter, act.now + max(SETTLE, timedelta(seconds=seconds)), trouble)


def vanished(ctx: Context, letter: Letter, trouble: str) -> None:
    """A message that was on screen is gone from Slack; what it says is let go with it."""
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        outbox.close(act.tx, letter, RowState.MOOT, trouble)


def fail(ctx: Context, letter: Letter, trouble: str) -> None:
    """Slack refused the message for good."""
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        if outbox.close(act.tx, letter, RowState.FAILED, trouble):
            recipients.address_anew(act, letter.notice)


def refuse(
    ctx: Context,
    letter: Letter,
    error: str,
    who: Side | None = None,
    tried: Sequence[str] = (),
    culprits: Sequence[str] = (),
) -> None:
    """Slack refuses the message for good: it ends, and the leads hear why.

    A pair whose introduction it was is withdrawn; `who` of the two is refused, if that is known. Of the people
    of a group who were `tried`, the `culprits` are left out, and all others are introduced.
    """
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        pair = _to_introduce(act.tx, letter)
        if pair and groups.is_for_several(act.tx, pair.id):
            told = group_refusals.refused(act, letter, error[:LONGEST_ERROR], tried, culprits)
            if told:
                _tell_of_trouble(act, "end", error, letter)
            return
        if pair and pair.state is not PairState.INTRODUCED:
            outbox.close(act.tx, letter, RowState.MOOT, error)
        elif outbox.refuse(act.tx, letter, error[:LONGEST_ERROR], act.now):
            if pair:
                introductions.refused(act, pair, Because(Cause.REFUSED, error=error, who=who))
            _tell_of_trouble(act, "end", error, letter)
            recipients.address_anew(act, letter.notice)


def wait_for_settings(ctx: Context, letter: Letter, seconds: float, error: str, of_groups: bool) -> None:
    """A setting in Slack stands in the way of a message: it waits, the leads hear why, and so says the pair's card."""
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        tx, again = act.tx, act.now + timedelta(seconds=seconds)
        leased = letter.state is RowState.SENDING
        if not (outbox.put_back(tx, letter, again, error) if leased else outbox.postpone(tx, letter, again)):
            return
        for pair in _all_to_introduce(tx, letter):
            pairs.waits(tx, pair, Because(Cause.WAITS, error=error))
        _tell_of_trouble(act, "wait-open" if of_groups else "wait", error, letter)


def _to_introduce(tx: Tx, letter: Letter) -> Pair | None:
    """The pair whose introduction this is, if it has not arrived."""
    is_new = letter.notice.kind is Kind.INTRO and not letter.posted
    return pairs.of_id(tx, int(letter.notice.subject)) if is_new else None


def _all_to_introduce(tx: Tx, letter: Letter) -> list[Pair]:
    """The pairs whose introduction this is, if it has not arrived."""
    return groups.addressed(tx, letter.notice) if _to_introduce(tx, letter) else []


def _tell_of_trouble(act: Act, what: str, error: str, letter: Letter) -> None:
    """Tell each lead but the one who cannot be written to, once a day for each of Slack's reasons."""
    subject = delivery_subject(what, error[:LONGEST_ERROR], act.now.date())
    unreached = (letter.notice.reader,)
    for person_id in recipients.for_leads(act.tx, act.admins, act.program, unreached).people:
        act.say(to_person(Kind.DELIVERY_TROUBLE, subject, person_id))


def cannot_reach_leads(
    ctx: Context, workspace: str, channel: str, why: str = "", asked: bool = False
) -> bool:
    """A channel cannot be used: if it is the leads' channel, whoever hears for the leads is told once a day.

    Tells whether it is theirs. `why` is a `Trouble` or Slack's name for its refusal. To leads, that the bot is not in
    it and that it is closed are one: what helps is the same. They are told at once when somebody `asked` for the
    message that cannot be posted, else when they are at work.
    """
    if why in _CLOSED:
        why = ""
    with ctx.act(workspace, about=InChannel(channel)) as act:
        if act.found is None or act.found.leads_channel != channel:
            return False
        subject = channel_subject(channel, act.now.date(), why[:LONGEST_ERROR])
        recipients.address(act, Kind.CHANNEL_TROUBLE, subject, asked)
        greeting.could_not_post(act, channel, why[:LONGEST_ERROR])
    return True


def is_for_leads(letter: Letter) -> bool:
    """Whether the message goes to the leads' channel."""
    return letter.notice.to == LeadsChannel()


def is_for_channel(letter: Letter) -> bool:
    """Whether the message goes to a channel that leads invited."""
    return isinstance(letter.notice.to, Conversation)


def recover(ctx: Context, is_gone: Callable[[str], bool] | None = None) -> int:
    """Take over messages whose sender vanished in the middle; gives their number.

    Whoever `is_gone` for certain is not waited for; for all others, their lease has to be over.
    """
    with ctx.act() as act:
        gone = [one for one in outbox.senders(act.tx) if is_gone(one)] if is_gone else []
        return outbox.recover(act.tx, act.now, SETTLE, gone)


def doubt_all(ctx: Context) -> int:
    """An older copy of the database was put back: look for everything that waits before it is sent; gives its number.

    What nobody may look up, a lead is asked about.
    """
    with ctx.act() as act:
        return outbox.doubt_all(act.tx)


def _address(tx: Tx, program: Program, letter: Letter) -> tuple[str | None, tuple[str, ...]]:
    if letter.channel is not None:
        return letter.channel, ()
    match letter.notice.to:
        case LeadsChannel():
            return program.leads_channel, ()
        case OnePerson(person_id):
            return None, (person_id,)
        case BothOfPair():
            return _of_pair(tx, letter.notice)
        case Conversation(channel):
            return channel, ()


def _of_pair(tx: Tx, notice: Notice) -> tuple[str | None, tuple[str, ...]]:
    """The conversation of a pair or a group; an introduction that is for several opens a new one."""
    opens = notice.kind is Kind.INTRO and groups.is_for_several(tx, int(notice.subject))
    channel = None if opens else groups.channel_of(tx, notice)
    return (channel, ()) if channel else (None, groups.people_of(groups.addressed(tx, notice)))
