"""Messages on their way: what is due, what it shows, and what follows once it stands, or cannot stand, in Slack."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentoring.checkins import REASK_AFTER
from mentoring.errors import ProgramError
from mentoring.messages import LEADS_CHANNEL, Content, Kind, to_person
from mentoring.pairings import PairState
from mentoring.programs import Program
from program import access, introductions, screens, timely
from program.context import Context
from storage import audit, checkins, outbox, pairs, programs
from storage.database import Tx
from storage.outbox import Letter
from storage.states import RowState

__all__ = ["Letter", "Mail", "RowState"]

LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=10)
"""How long a conversation's history may lag behind a message that was accepted."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to deliver: what it shows, and where it goes.

    `channel` is a conversation; without it, the message goes to the conversation with exactly these `people`.
    """

    letter: Letter
    workspace: str
    content: Content
    channel: str | None
    people: tuple[str, ...]

    @property
    def is_direct(self) -> bool:
        """Whether it goes to one person, in the bot's own direct message with them."""
        return self.letter.notice.recipient.startswith("person:")

    @property
    def recipient(self) -> str:
        """The person whom a direct message is for."""
        return self.letter.notice.recipient.removeprefix("person:")

    @property
    def place(self) -> str:
        """The same text for the same conversation, for pacing."""
        return self.channel or "+".join(self.people)


def due(ctx: Context, limit: int = 200) -> list[Letter]:
    """Messages to work on now, in the order in which they were queued."""
    with ctx.database.read() as tx:
        return outbox.due(tx, ctx.now(), limit)


def waiting(ctx: Context) -> int:
    """How many messages are not where they should be yet."""
    with ctx.database.read() as tx:
        tally = outbox.tally(tx)
    return sum(tally.get(state, 0) for state in (RowState.READY, RowState.SENDING, RowState.UNSURE))


def prepare(ctx: Context, letter: Letter) -> Mail | None:
    """What to deliver for a row, read from the present state; a row that makes no sense any more is closed."""
    with ctx.database.read() as tx:
        program = programs.get(tx, letter.program_id)
        begun = letter.posted or timely.is_timely(tx, program, letter.notice, ctx.now())
        content = screens.content(tx, program, letter.notice, ctx.now()) if begun else None
        if content is not None:
            channel, people = _address(tx, program, letter)
            return Mail(letter, program.workspace, content, channel, people)
    with ctx.database.write() as tx:
        outbox.close(tx, letter, RowState.MOOT, "nothing left to say")
    return None


def lease(ctx: Context, letter: Letter, owner: str) -> Letter | None:
    """Claim a row just before it goes on the wire; None when another worker was faster."""
    with ctx.database.write() as tx:
        return outbox.lease(tx, letter, owner, ctx.now(), ctx.now() + LEASE)


def delivered(ctx: Context, letter: Letter, channel: str, ts: str) -> bool:
    """Record that a leased message stands at that place, with everything that follows from it; once."""
    now = ctx.now()
    with ctx.database.write() as tx:
        if not outbox.shown(tx, letter, channel, ts, now):
            return False
        if not letter.posted:
            _follow(tx, letter, channel, now)
    return True


def found(ctx: Context, letter: Letter, owner: str, channel: str, ts: str) -> bool:
    """Record that a message of which nobody was sure was found in its conversation.

    Only of the first version is it certain that it is on screen; a message refreshed since then is updated.
    """
    leased = lease(ctx, letter, owner)
    return leased is not None and delivered(ctx, replace(leased, wanted=1), channel, ts)


def postpone(ctx: Context, letter: Letter, seconds: float) -> None:
    """Come back later to a message that is not leased."""
    with ctx.database.write() as tx:
        outbox.postpone(tx, letter, ctx.now() + timedelta(seconds=seconds))


def put_back(ctx: Context, letter: Letter, seconds: float, trouble: str, counts: bool = True) -> None:
    """Try a leased message again later; `counts` tells whether this was an attempt."""
    with ctx.database.write() as tx:
        outbox.put_back(tx, letter, ctx.now() + timedelta(seconds=seconds), trouble, counts)


def doubt(ctx: Context, letter: Letter, trouble: str) -> None:
    """A leased message may or may not have arrived: look once the conversation has settled."""
    with ctx.database.write() as tx:
        outbox.doubt(tx, letter, ctx.now() + SETTLE, trouble)


def vanished(ctx: Context, letter: Letter, trouble: str) -> None:
    """A message that was on screen is gone from Slack; what it says is let go with it."""
    with ctx.database.write() as tx:
        outbox.close(tx, letter, RowState.MOOT, trouble)


def fail(ctx: Context, letter: Letter, trouble: str) -> None:
    """Slack refused the message for good."""
    with ctx.database.write() as tx:
        outbox.close(tx, letter, RowState.FAILED, trouble)


def give_up(ctx: Context, letter: Letter, trouble: str) -> None:
    """Nobody can tell whether the message arrived: the leads are asked to look, privately."""
    with ctx.database.write() as tx:
        if outbox.close(tx, letter, RowState.UNKNOWN, trouble) and letter.notice.kind is not Kind.UNCONFIRMED:
            for lead in programs.get(tx, letter.program_id).leads:
                outbox.put(tx, letter.program_id, to_person(Kind.UNCONFIRMED, letter.id, lead), ctx.now())
            # Leads who were asked about this message before are asked again, where they were asked.
            outbox.refresh(tx, letter.program_id, Kind.UNCONFIRMED, letter.id, ctx.now())


def cannot_reach_leads(ctx: Context, workspace: str, channel: str) -> None:
    """A channel cannot be used: if it is the leads' channel, each lead is told once a day, privately."""
    with ctx.database.write() as tx:
        program = programs.find(tx, workspace)
        if program is None or program.leads_channel != channel:
            return
        subject = f"{program.leads_channel}.{ctx.now().date().isoformat()}"
        for lead in program.leads:
            outbox.put(tx, program.id, to_person(Kind.CHANNEL_TROUBLE, subject, lead), ctx.now())
    ctx.wake()


def is_for_leads(letter: Letter) -> bool:
    """Whether the message goes to the leads' channel."""
    return letter.notice.recipient == LEADS_CHANNEL


def settle(ctx: Context, workspace: str, lead_id: str, row_id: int, arrived: bool) -> None:
    """A lead says what became of a message of unknown fate: it arrived, or it is to be sent again."""
    with ctx.database.write() as tx:
        program = access.led_program(tx, workspace, lead_id)
        letter = outbox.get(tx, row_id)
        if letter is None or letter.program_id != program.id:
            raise ProgramError("That message is not known here any more.")
        if not (outbox.settle_unknown if arrived else outbox.reopen)(tx, letter, ctx.now()):
            raise ProgramError("Somebody else has settled this already. Thank you for looking.")
        if arrived:
            _follow(tx, letter, letter.channel or "", ctx.now())
        audit.note(tx, program.id, ctx.now(), lead_id, "it arrived" if arrived else "send again", row_id)
        outbox.refresh(tx, program.id, Kind.UNCONFIRMED, row_id, ctx.now())
    ctx.wake()


def strays(
    ctx: Context, workspace: str, channel: str, ts: str, kinds: Collection[Kind], subject: object
) -> bool:
    """Whether a message with our buttons belongs to no record at all: a copy from a lost answer.

    What it is a copy of is about that subject and on record elsewhere: as long as the place of that message is not
    known, this may be the message itself.
    """
    with ctx.database.read() as tx:
        program = programs.find(tx, workspace)
        if program is None or outbox.at(tx, channel, ts) is not None:
            return False
        return any(letter.posted for kind in kinds for letter in outbox.about(tx, program.id, kind, subject))


def recover(ctx: Context, owner: str, alone: bool) -> int:
    """Take over messages whose sender vanished in the middle; gives their number."""
    with ctx.database.write() as tx:
        return outbox.recover(tx, owner, ctx.now(), SETTLE, alone)


def _address(tx: Tx, program: Program, letter: Letter) -> tuple[str | None, tuple[str, ...]]:
    if letter.channel is not None:
        return letter.channel, ()
    recipient = letter.notice.recipient
    if recipient == LEADS_CHANNEL:
        return program.leads_channel, ()
    kind, _, name = recipient.partition(":")
    if kind == "person":
        return None, (name,)
    pair = pairs.of_id(tx, int(name))
    return (pair.channel, ()) if pair.channel else (None, pair.people)


def _follow(tx: Tx, letter: Letter, channel: str, now: datetime) -> None:
    """What a message's arrival means for the program."""
    kind, subject = letter.notice.kind, letter.notice.subject
    if kind is Kind.INTRO:
        pair = pairs.of_id(tx, int(subject))
        if pair.state is PairState.INTRODUCED:
            introductions.delivered(tx, programs.get(tx, letter.program_id), pair, now, channel)
    elif kind is Kind.CHECKIN:
        checkins.was_asked(tx, int(subject), now, now + REASK_AFTER)
