"""Where a message stands, whoever learns it and however late; and the copies that are one too many.

Where a message stands is a fact, and no claim of whoever holds its lease. The answer to a call, a look into the
conversation and a press of a button each tell it; the first of them is recorded, in whatever state the message is
(`learned`). What stands anywhere else is a copy, and is taken away.
"""

from __future__ import annotations

from datetime import timedelta

from mentoring.checkins import CheckInState
from mentoring.messages import Kind, person_and_week
from mentoring.pairings import Pair, PairState
from program import asking, groups, introductions, screens, stranded, timely
from program.act import Act
from program.context import Context
from program.notices import checkin_of, of_met
from storage import checkins, members, pairs
from storage.outbox import facts, letters, places
from storage.outbox.letters import Letter
from storage.outbox.places import Copy
from storage.states import RowState

__all__ = ["Copy"]


def learned(act: Act, row_id: int, channel: str, ts: str) -> bool:
    """Record that a message stands at that place, with all that follows; False if what stands there is a copy."""
    letter = letters.get(act.tx, row_id)
    if letter is None:
        return False
    if not letter.posted and has_nothing_to_say(act, letter):
        places.away(act.tx, letter)
        return False
    if not letter.posted and places.stands(act.tx, letter, channel, ts, act.now):
        follows(act, letter, channel)
        return True
    known = letters.get(act.tx, row_id)
    return known is not None and (known.channel, known.ts) == (channel, ts)


def late(act: Act, sent: Letter, channel: str, ts: str) -> None:
    """A call succeeded for a letter whose lease was over by then; `sent` is the letter as it was leased."""
    if sent.posted:
        places.shows_something_older(act.tx, sent)
    elif not learned(act, sent.id, channel, ts):
        take_away(act, channel, ts)


def has_nothing_to_say(act: Act, letter: Letter) -> bool:
    """Whether a message that nobody knew to be on a screen has no place there by now."""
    if screens.content(act.tx, act.program, letter.notice, act.admins) is None:
        return True
    moot = letter.state is RowState.MOOT
    return moot and not timely.is_timely(act.tx, act.program, letter.notice, act.now, act.admins)


def follows(act: Act, letter: Letter, channel: str) -> None:
    """What it means for the program that a message came onto a screen, or was brought up to date; once."""
    kind, subject = letter.notice.kind, letter.notice.subject
    if kind in (Kind.CHECKIN, Kind.MET_YET):
        _was_asked(act, letter)
    elif kind is Kind.INTRO and not letter.posted:
        for seat in groups.brought(act.tx, int(subject)):
            _was_introduced(act, seat.pair, int(subject), channel)
    elif kind is Kind.LEADS_WELCOME and not letter.posted:
        # Whoever was told that it cannot be posted reads that it is.
        facts.changed(act.tx, facts.letter(letter.id))


def _was_introduced(act: Act, pair: Pair, intro_of: int, channel: str) -> None:
    """A pair's introduction stands in a conversation, which is theirs from now on unless they have a newer one."""
    if pair.state is PairState.INTRODUCED:
        introductions.delivered(act.tx, act.program, pair, act.now, channel)
        stranded.is_introduced(act, pair)
    if pair.introduced_at and pair.intro_of == intro_of and channel:
        pairs.moves_to(act.tx, pair, channel)
    elif pair.introduced_at:
        pairs.talks_in(act.tx, pair.id, channel)


def take_away(act: Act, channel: str, ts: str) -> None:
    """Have a copy taken away."""
    places.take_away(act.tx, act.program.id, channel, ts, act.now)


def copies(ctx: Context, limit: int = 50) -> list[Copy]:
    """The copies that are to be taken away now."""
    with ctx.read() as act:
        return places.to_take_away(act.tx, act.now, limit)


def taken_away(ctx: Context, copy: Copy) -> None:
    """That copy is gone, or cannot be taken away at all."""
    with ctx.act() as act:
        places.taken_away(act.tx, copy)


def stays_for_now(ctx: Context, copy: Copy, seconds: float) -> None:
    """That copy could not be taken away yet: try again later."""
    with ctx.act() as act:
        places.try_again(act.tx, copy, act.now + timedelta(seconds=seconds))


def _was_asked(act: Act, letter: Letter) -> None:
    """Whoever reads the week's questions has been asked each of them, also one that was added to them later."""
    tx, now, program, subject = act.tx, act.now, act.program, letter.notice.subject
    member = members.get(tx, program.id, letter.notice.reader)
    assert member is not None, "they were asked, and members are not forgotten"
    if (only := checkin_of(subject)) is not None:
        checkins.was_asked(tx, only, now, asking.reask_at(program, member, now))
        return
    if letter.notice.kind is Kind.MET_YET:
        after = checkins.get(tx, of_met(subject)[0])
        those = [after] if after else []
    else:
        those = checkins.of_person_in_week(tx, program.id, *person_and_week(subject))
    for asked in those:
        if asked.state is CheckInState.ASKED and asked.asked_at is None:
            checkins.was_asked(tx, asked.id, now, asking.reask_at(program, member, now))
