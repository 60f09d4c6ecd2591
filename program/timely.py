"""Whether a message that nobody has seen yet should still be said; one that is on screen is kept up to date anyway."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from mentoring.checkins import REASK_UNTIL, CheckIn, CheckInState
from mentoring.messages import Kind, Notice, person_and_week
from mentoring.pairings import Pair, PairState
from mentoring.people import Member, Standing
from mentoring.programs import Program
from mentoring.readers import BothOfPair, Conversation, LeadsChannel, OnePerson
from program import (
    agreements,
    ask_screens,
    asking,
    care_screens,
    greeting,
    groups,
    parting,
    readiness,
    recipients,
    seeing,
    unknown_screens,
)
from program.look import Look
from program.notices import absence, checkin_of, of_channel, of_met, pair_of
from storage import checkins, members, pairs, planned
from storage.database import Tx
from storage.outbox import letters
from storage.states import RowState

TO_LEADS = recipients.PRIVATE
"""Direct messages to leads or admins, who need not be members."""


def is_timely(tx: Tx, program: Program, notice: Notice, now: datetime, admins: Collection[str] = ()) -> bool:
    """Whether the message still has its readers and its reason: not to whoever left, not a question out of date."""
    if isinstance(notice.to, LeadsChannel | Conversation):
        return notice.kind is not Kind.DIGEST or seeing.is_of_this_week(tx, program, notice, now)
    readers = _readers(tx, program, notice)
    if notice.kind is Kind.UNCONFIRMED:
        return _asks_about_something(tx, admins, program, notice)
    if notice.kind in TO_LEADS:
        fit = recipients.of(tx, admins, program, notice.kind, notice.subject).people
        return all(reader in fit for reader in readers) and not _is_settled(tx, program, notice)
    if notice.kind is Kind.SETUP_TROUBLE:
        return not greeting.trouble(Look(tx, program, admins), notice).settled
    if notice.kind is Kind.BACK:
        return _was_away(tx, program, notice)
    found = members.of_program(tx, program.id, readers)
    if any(reader not in found or _is_gone(found[reader]) for reader in readers):
        return False
    still = _REASONS.get(notice.kind)
    return still is None or still(tx, program, notice, now)


def _readers(tx: Tx, program: Program, notice: Notice) -> tuple[str, ...]:
    match notice.to:
        case OnePerson(person_id):
            return (person_id,)
        case BothOfPair():
            return _of_group(tx, program, groups.addressed(tx, notice))
        case LeadsChannel() | Conversation():
            return ()


def _of_group(tx: Tx, program: Program, those: Sequence[Pair]) -> tuple[str, ...]:
    """The people of pairs in one conversation; of several mentors, those who are gone are not waited for."""
    found = members.of_program(tx, program.id, groups.people_of(those))
    there = [pair for pair in those if pair.mentor_id in found and not _is_gone(found[pair.mentor_id])]
    return groups.people_of(there or those)


def _was_away(tx: Tx, program: Program, notice: Notice) -> bool:
    """Whether somebody is back and has not answered yet."""
    member = members.get(tx, program.id, notice.reader)
    return member is not None and not member.person.deactivated and notice.subject == absence(member)


def _asks_about_something(tx: Tx, admins: Collection[str], program: Program, notice: Notice) -> bool:
    """Whether one of the messages that a question is about is still for its reader to settle."""
    asked = unknown_screens.in_question(Look(tx, program, admins), notice)
    return any(one.is_open and notice.reader in one.heard.people for one in asked)


def _is_settled(tx: Tx, program: Program, notice: Notice) -> bool:
    """Whether the leads' channel that could not be used is none any more, a case is none, or words were taken back."""
    if notice.kind is Kind.INTRO_CASE:
        return not _nobody_knows(tx, program, notice)
    if notice.kind is Kind.ASKS_WAIT:
        return not ask_screens.is_still_waiting(tx, program, notice)
    if notice.kind is Kind.PARTED_WHY:
        told = parting.why(Look(tx, program), notice)
        return told is None or told.reason is None
    trouble = notice.kind is Kind.CHANNEL_TROUBLE
    return trouble and of_channel(notice.subject).channel != program.leads_channel


def _nobody_knows(tx: Tx, program: Program, notice: Notice, _now: datetime | None = None) -> bool:
    """Whether nobody has said yet what became of the introduction of a pair that goes on."""
    pair = _pair_at(tx, program, notice)
    sent = letters.about(tx, program.id, Kind.INTRO, pair.id) if pair else []
    unknown = any(one.state is RowState.UNKNOWN for one in sent)
    return unknown and pair is not None and groups.awaits_intro(tx, pair.id)


def _is_gone(member: Member) -> bool:
    return member.standing is Standing.LEFT or member.person.deactivated


def _asks(tx: Tx, program: Program, notice: Notice, now: datetime) -> bool:
    """Whether one of the week's questions is still open, and its day or the next one has not passed."""
    return any(
        one.state is CheckInState.ASKED
        and (member := _asked(tx, program, one))
        and now <= asking.of_week(program, member, one.week).expires_at
        for one in _questions(tx, program, notice)
    )


def _asks_again(tx: Tx, program: Program, notice: Notice, now: datetime) -> bool:
    return any(
        one.state is CheckInState.REASKED
        and one.reask_at is not None
        and _asked(tx, program, one)
        and now <= one.reask_at + REASK_UNTIL
        for one in _questions(tx, program, notice)
    )


def _asks_after(tx: Tx, program: Program, notice: Notice, now: datetime) -> bool:
    """Whether it is still open how a planned meeting was, and its day or the next one has not passed."""
    checkin = checkins.get(tx, of_met(notice.subject)[0])
    after = planned.asked_after(tx, checkin.id) if checkin else None
    if checkin is None or after is None or after.plan.id != of_met(notice.subject)[1]:
        return False
    member = _asked(tx, program, checkin)
    if checkin.state is not CheckInState.ASKED or member is None:
        return False
    return now <= asking.day_over(program, member, asking.after_meeting(program, member, after.plan.at))


def _questions(tx: Tx, program: Program, notice: Notice) -> list[CheckIn]:
    if (only := checkin_of(notice.subject)) is not None:
        found = checkins.get(tx, only)
        return [found] if found else []
    return checkins.of_person_in_week(tx, program.id, *person_and_week(notice.subject))


def _asked(tx: Tx, program: Program, checkin: CheckIn) -> Member | None:
    """The member whom the question is for, while they take part and the pair goes on with somebody who does."""
    pair = pairs.get(tx, program.id, checkin.pair_id)
    member = members.get(tx, program.id, checkin.person_id)
    goes_on = pair is not None and groups.can_meet(tx, pair, checkin.person_id)
    return member if member is not None and member.takes_part and goes_on else None


def _is_silent(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    member = members.get(tx, program.id, notice.reader)
    return member is not None and member.standing is Standing.PAUSED


def _takes_part(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    member = members.get(tx, program.id, notice.reader)
    return member is not None and member.takes_part


def _is_closed(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    pair = _pair_at(tx, program, notice)
    return pair is not None and pair.state is not PairState.INTRODUCED


def _goes_on(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    pair = _pair_at(tx, program, notice)
    return pair is not None and pair.state is PairState.INTRODUCED


def _rests(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    pair = _pair_at(tx, program, notice)
    return pair is not None and pair.state is PairState.INTRODUCED and pair.rests_until is not None


def _awaits_intro(tx: Tx, _program: Program, notice: Notice, _now: datetime) -> bool:
    return groups.awaits_intro(tx, int(notice.subject))


def _has_readers(tx: Tx, _program: Program, notice: Notice, _now: datetime) -> bool:
    return bool(groups.addressed(tx, notice))


def _has_to_sign(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    """Whether somebody has not signed, and nobody in the conversation takes a break."""
    readers = _readers(tx, program, notice)
    there = members.of_program(tx, program.id, readers)
    if not all(one in there and there[one].takes_part for one in readers):
        return False
    waits = agreements.unsigned_screen(Look(tx, program), notice)
    return waits is not None and not waits.over and bool(waits.missing)


def _pair_at(tx: Tx, program: Program, notice: Notice) -> Pair | None:
    return pairs.get(tx, program.id, pair_of(notice.subject))


def _has_resting_partner(tx: Tx, program: Program, notice: Notice, now: datetime) -> bool:
    """Whether somebody has to choose: whoever takes a break as well is asked when they are back."""
    return _takes_part(tx, program, notice, now) and bool(
        care_screens.partners_rest(Look(tx, program), notice).partners
    )


def _has_not_met(tx: Tx, program: Program, notice: Notice, _now: datetime) -> bool:
    return bool(care_screens.nudge(Look(tx, program), notice).partners)


_REASONS: dict[Kind, Callable[[Tx, Program, Notice, datetime], bool]] = {
    Kind.CHECKIN: _asks,
    Kind.REASK: _asks_again,
    Kind.MET_YET: _asks_after,
    Kind.SILENCE: _is_silent,
    Kind.INTRO: _awaits_intro,
    Kind.THANKS: _has_readers,
    Kind.RESTING: _has_resting_partner,
    Kind.NUDGE: _has_not_met,
    Kind.NO_PARTNER: _takes_part,
    Kind.PAIR_CLOSED: _is_closed,
    Kind.PAIR_GOES_ON: _goes_on,
    Kind.PAIR_RESTS: _rests,
    Kind.INTRO_QUESTION: _nobody_knows,
    Kind.GET_READY: readiness.is_still_lacking,
    Kind.NEXT_CYCLE: readiness.is_still_asked,
    Kind.ASK: ask_screens.is_still_asked,
    Kind.ASK_AGAIN: ask_screens.is_still_asked,
    Kind.UNSIGNED: _has_to_sign,
    Kind.PAUSE_OVER: _takes_part,
}
