"""What a message shows at this moment, read from the present state; None when there is nothing left to say."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from mentoring.checkins import Answer, CheckIn, in_a_row
from mentoring.cycles import Cycle, CycleState
from mentoring.messages import (
    Back,
    ChannelTrouble,
    CheckInPrompt,
    Content,
    Heard,
    HelpAlert,
    Intro,
    IntroTime,
    Kind,
    NoLead,
    NoPartner,
    Notice,
    PairCard,
    PairClosed,
    PairGoesOn,
    Side,
    SilencePause,
    Summary,
    Thanks,
    Unconfirmed,
    Welcome,
)
from mentoring.pairings import MET, Pair, PairState
from mentoring.people import Member, Standing
from mentoring.programs import Program
from mentoring.starters import OPENER, starters
from program import calendar, hours, recipients
from program.notices import absence, summary_subject
from storage import audit, checkins, cycles, members, outbox, pairs
from storage.database import Tx
from storage.states import RowState

OPENER_AFTER = 2
"""So many "Not yet" in a row bring a line that helps to begin; the product's rule."""


def content(
    tx: Tx, program: Program, notice: Notice, now: datetime, admins: Collection[str] = ()
) -> Content | None:
    """What this notice shows now; `admins` are those whom the operator named."""
    if notice.kind in (Kind.CHECKIN, Kind.REASK):
        return _checkin(tx, program, notice, admins)
    return _BUILDERS[notice.kind](tx, program, notice, now)


def card_of(tx: Tx, program: Program, cycle: Cycle, pair: Pair) -> PairCard:
    """A pair's card for the leads."""
    both = members.of_program(tx, program.id, pair.people)
    mentor, mentee = (_side(program, person, both.get(person)) for person in pair.people)
    return PairCard(pair, mentor, mentee, cycle.times.intro_at, cycle.state is not CycleState.PROPOSED)


def prompt_of(
    tx: Tx, program: Program, pair: Pair, checkin: CheckIn, admins: Collection[str], again: bool = False
) -> CheckInPrompt:
    """A check-in's question, or what became of it."""
    history = checkins.of_side(tx, pair.id, checkin.person_id)
    stuck = in_a_row(history, Answer.NOT_YET) >= OPENER_AFTER and checkin.answer is Answer.NOT_YET
    return CheckInPrompt(
        checkin=checkin,
        partner_id=pair.partner_of(checkin.person_id),
        again=again,
        opener=OPENER if stuck else None,
        over=pair.state is not PairState.INTRODUCED,
        heard=_heard(tx, program, checkin, admins),
    )


def _heard(tx: Tx, program: Program, checkin: CheckIn, admins: Collection[str]) -> Heard:
    """Who was told of a call for help; before there is one, who would be."""
    if checkin.answer is Answer.HELP:
        return Heard(recipients.told(tx, program, Kind.HELP, checkin.id))
    return recipients.of(tx, admins, program, Kind.HELP, checkin.id)


def _side(program: Program, person_id: str, member: Member | None) -> Side:
    if member is None:
        return Side(person_id, "not in the program", "", program.calendar.time_zone)
    profile = member.profile
    zone = calendar.zone_of(member.person, program)
    return Side(person_id, program.level_name(profile.level), profile.department, zone)


def _welcome(tx: Tx, program: Program, notice: Notice, now: datetime) -> Content | None:
    member = members.get(tx, program.id, _person(notice))
    if member is None or member.standing is Standing.LEFT:
        return None
    return Welcome(
        program=program.name,
        role=member.profile.role,
        has_level=member.profile.level is not None,
        next_intro=calendar.next_intro(program, now),
        time_zone=calendar.zone_of(member.person, program),
        leads=recipients.leads(tx, program, without=(member.person.id,)),
    )


def _summary(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    cycle_id, _, run = notice.subject.partition(".")
    cycle = cycles.get(tx, int(cycle_id))
    counts = pairs.counts(tx, cycle.id)
    newest = notice.subject == summary_subject(cycle)
    return Summary(
        program=program.name,
        cycle_id=cycle.id,
        cycle_number=cycle.number,
        intro_at=cycle.times.intro_at,
        introduced=cycle.state is not CycleState.PROPOSED,
        asked_by=audit.actor_of_run(tx, program.id, cycle.id, int(run)),
        proposed=counts.get(PairState.PROPOSED, 0),
        approved=sum(counts.get(state, 0) for state in (PairState.APPROVED, *MET)),
        declined=counts.get(PairState.DECLINED, 0),
        withdrawn=counts.get(PairState.WITHDRAWN, 0),
        left_out=cycle.left_out if newest else (),
        held=tuple(members.held(tx, program.id)),
        cards_posted=not pairs.wait_without_card(tx, cycle.id),
    )


def _card(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    pair = pairs.get(tx, program.id, int(notice.subject))
    return card_of(tx, program, cycles.get(tx, pair.cycle_id), pair) if pair else None


def _intro_time(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    cycle = cycles.get(tx, int(notice.subject))
    counts = pairs.counts(tx, cycle.id)
    return IntroTime(
        program=program.name,
        cycle_number=cycle.number,
        introduced=sum(counts.get(state, 0) for state in MET),
        waiting=counts.get(PairState.PROPOSED, 0),
        withdrawn=sum(
            pair.decided_by is not None for pair in pairs.of_cycle(tx, cycle.id, PairState.WITHDRAWN)
        ),
    )


def _intro(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    pair = pairs.get(tx, program.id, int(notice.subject))
    if pair is None or (pair.state is not PairState.INTRODUCED and pair.introduced_at is None):
        return None
    cycle = cycles.get(tx, pair.cycle_id)
    both = members.of_program(tx, program.id, pair.people)
    return Intro(
        program=program.name,
        pair=pair,
        starters=starters(pair.topics),
        hours=hours.shared(program, both.values(), cycle.times.start_on),
        checkin=program.calendar.checkin.words,
    )


def _no_partner(tx: Tx, program: Program, notice: Notice, now: datetime) -> Content | None:
    member = members.get(tx, program.id, _person(notice))
    if member is None or not member.takes_part:
        return None
    cycle = cycles.get(tx, int(notice.subject))
    upcoming = calendar.next_intro(program, now)
    return NoPartner(program.name, cycle.number, upcoming, member.profile.level is not None)


def _checkin(tx: Tx, program: Program, notice: Notice, admins: Collection[str]) -> Content | None:
    checkin = checkins.get(tx, int(notice.subject))
    pair = pairs.get(tx, program.id, checkin.pair_id) if checkin else None
    if checkin is None or pair is None:
        return None
    return prompt_of(tx, program, pair, checkin, admins, again=notice.kind is Kind.REASK)


def _help(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    checkin = checkins.get(tx, int(notice.subject))
    pair = pairs.get(tx, program.id, checkin.pair_id) if checkin else None
    if checkin is None or pair is None or checkin.answered_at is None:
        return None
    partner = pair.partner_of(checkin.person_id)
    return HelpAlert(
        program.name,
        checkin.person_id,
        partner,
        pair.id,
        checkin.answered_at,
        told=recipients.told(tx, program, Kind.HELP, checkin.id),
        in_place_of_leads=_person(notice) not in program.leads,
    )


def _silence(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    member = members.get(tx, program.id, _person(notice))
    if member is None or member.standing is Standing.LEFT:
        return None
    return SilencePause(program.name, back=member.standing is Standing.ACTIVE)


def _pair_closed(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    pair = _pair_at(tx, program, notice)
    member = members.get(tx, program.id, _person(notice))
    if pair is None or member is None or member.person.deactivated:
        return None
    goes_on = pair.state is PairState.INTRODUCED
    return PairClosed(program.name, pair.partner_of(_person(notice)), goes_on)


def _pair_goes_on(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    pair = _pair_at(tx, program, notice)
    if pair is None:
        return None
    over = pair.state is not PairState.INTRODUCED
    return PairGoesOn(program.name, pair.partner_of(_person(notice)), over)


def _pair_at(tx: Tx, program: Program, notice: Notice) -> Pair | None:
    """The pair in the subject of a notice that can be said about it more than once."""
    return pairs.get(tx, program.id, int(notice.subject.partition(".")[0]))


def _back(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    member = members.get(tx, program.id, _person(notice))
    if member is None or member.person.deactivated:
        return None
    if member.away_since is not None and notice.subject == absence(member):
        return Back(program.name, asks=True, standing=member.away_from)
    if member.standing is Standing.LEFT:
        return Back(program.name, asks=False, standing=None)
    current = pairs.of_person(tx, program.id, member.person.id, PairState.INTRODUCED)
    partners = tuple(pair.partner_of(member.person.id) for pair in current)
    return Back(program.name, asks=False, standing=member.standing, partners=partners)


def _no_lead(tx: Tx, program: Program, _notice: Notice, _now: datetime) -> Content | None:
    return NoLead(program.name, recipients.leads(tx, program))


def _thanks(tx: Tx, program: Program, notice: Notice, now: datetime) -> Content | None:
    pair = pairs.get(tx, program.id, int(notice.subject))
    if pair is None:
        return None
    cycle = cycles.get(tx, pair.cycle_id)
    return Thanks(program.name, pair, cycle.number, calendar.next_intro(program, now))


def _unconfirmed(tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    letter = outbox.get(tx, int(notice.subject))
    if letter is None:
        return None
    settled = (
        None
        if letter.state is RowState.UNKNOWN
        else "it arrived"
        if letter.trouble == "it arrived"
        else "sent again"
    )
    about = letter.notice
    pair = pairs.get(tx, program.id, int(about.subject)) if about.kind in _ABOUT_PAIRS else None
    return Unconfirmed(notice.subject, _WHAT[about.kind], pair.people if pair else (), settled)


def _channel_trouble(_tx: Tx, program: Program, notice: Notice, _now: datetime) -> Content | None:
    channel, _, _day = notice.subject.partition(".")
    return ChannelTrouble(program.name, channel) if channel == program.leads_channel else None


def _person(notice: Notice) -> str:
    return notice.recipient.removeprefix("person:")


Builder = Callable[[Tx, Program, Notice, datetime], Content | None]

_BUILDERS: dict[Kind, Builder] = {
    Kind.WELCOME: _welcome,
    Kind.SUMMARY: _summary,
    Kind.CARD: _card,
    Kind.INTRO_TIME: _intro_time,
    Kind.INTRO: _intro,
    Kind.NO_PARTNER: _no_partner,
    Kind.HELP: _help,
    Kind.SILENCE: _silence,
    Kind.PAIR_CLOSED: _pair_closed,
    Kind.THANKS: _thanks,
    Kind.UNCONFIRMED: _unconfirmed,
    Kind.CHANNEL_TROUBLE: _channel_trouble,
    Kind.NO_LEAD: _no_lead,
    Kind.BACK: _back,
    Kind.PAIR_GOES_ON: _pair_goes_on,
}
_ABOUT_PAIRS = (Kind.CARD, Kind.INTRO, Kind.THANKS)
_WHAT = {
    Kind.WELCOME: "a welcome message",
    Kind.SUMMARY: "the summary of proposed pairs",
    Kind.CARD: "the card of a proposed pair",
    Kind.INTRO_TIME: "the note about the introductions",
    Kind.INTRO: "an introduction",
    Kind.NO_PARTNER: "a note to somebody without a partner",
    Kind.CHECKIN: "a check-in",
    Kind.REASK: "a reminder of a check-in",
    Kind.HELP: "a call for help",
    Kind.SILENCE: "a note about a pause",
    Kind.PAIR_CLOSED: "a note about a closed pair",
    Kind.THANKS: "a pair's closing message",
    Kind.UNCONFIRMED: "a question about a message",
    Kind.CHANNEL_TROUBLE: "a note about the leads' channel",
    Kind.NO_LEAD: "a note that nobody leads the program",
    Kind.BACK: "a question to somebody who is back",
    Kind.PAIR_GOES_ON: "a note that a pair goes on",
}
