"""What a message shows, built from stored facts alone, so that it can be told when it has to be made anew."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from mentoring.cards import pairs_in
from mentoring.care import PairRests
from mentoring.cycles import CycleState, StillAlone
from mentoring.for_leads import IntroTime, PairCard, PairCards, Side, Summary
from mentoring.messages import (
    Back,
    Content,
    Kind,
    NoPartner,
    Notice,
    PairClosed,
    PairGoesOn,
    SilencePause,
    Welcome,
)
from mentoring.pairings import MET, Pair, PairState
from mentoring.partings import PauseOver
from mentoring.people import Role, Standing
from mentoring.policy import BY_HAND
from mentoring.programs import Program
from mentoring.troubles import (
    ChannelTrouble,
    DeliveryTrouble,
    ManyUnconfirmed,
    NoLead,
    RefusedPair,
)
from program import (
    agreements,
    alone,
    ask_screens,
    call_screens,
    care_screens,
    greeting,
    group_screens,
    inviting,
    late_pairs,
    lines,
    misfits,
    parting,
    policies,
    readiness,
    reporting,
    seeing,
    unknown_screens,
)
from program.look import Look
from program.notices import absence, cycle_and_run, of_channel, of_delivery, pair_of, summary_subject
from program.prompts import met_yet, questions
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message shows, and the facts it was made from; no content when there is nothing to say."""

    content: Content | None
    facts: frozenset[str]


NOTHING = Shown(None, frozenset())


def shown(tx: Tx, program: Program, notice: Notice, admins: Collection[str] = ()) -> Shown:
    """What this notice shows in the present state; `admins` are those whom the operator named."""
    look = Look(tx, program, admins)
    made = _BUILDERS[notice.kind](look, notice)
    return Shown(made, frozenset(look.facts))


def content(tx: Tx, program: Program, notice: Notice, admins: Collection[str] = ()) -> Content | None:
    """The same, for whoever need not know what it was made from."""
    return shown(tx, program, notice, admins).content


def card_of(look: Look, pair: Pair) -> PairCard:
    """A pair's card for the leads."""
    cycle = look.cycle(pair.cycle_id)
    look.members(*pair.people)
    mentor, mentee = (_side(look, person) for person in pair.people)
    begun = cycle.state in (CycleState.RUNNING, CycleState.CLOSED)
    warned = _warnings(look, pair)
    return PairCard(
        pair,
        mentor,
        mentee,
        cycle.times.intro_at,
        begun,
        warned,
        by_itself=policies.by_itself(look, cycle, pair, bool(warned)),
        policy=look.rules.policy,
        over=cycle.state is CycleState.CLOSED,
        together=group_screens.on_card(look, pair),
        asked_first=look.rules.ask_first or look.was_asked_about(pair),
    )


def _warnings(look: Look, pair: Pair) -> tuple[str, ...]:
    return (*late_pairs.warnings(look, pair), *lines.warnings(look, pair))


def _side(look: Look, person_id: str) -> Side:
    member = look.member(person_id)
    if member is None:
        return Side(person_id, "not in the program", "", look.calendar.time_zone)
    profile = member.profile
    level = look.level_name(profile.level)
    return Side(person_id, level, profile.department, look.zone_of(member), member.person.name)


def _welcome(look: Look, notice: Notice) -> Content | None:
    member = look.member(notice.reader)
    if member is None:
        return None
    joined = datetime.fromtimestamp(int(notice.subject), UTC)
    return Welcome(
        program=look.name,
        role=member.profile.role,
        has_level=member.profile.level is not None,
        next_intro=look.next_intro(joined),
        time_zone=look.zone_of(member),
        leads=look.fit_leads(without=(member.person.id,)),
        left=member.standing is Standing.LEFT,
        sponsor=look.sponsor,
        junior_champion=look.junior_champion,
        prepared=look.prepared(member),
    )


def _summary(look: Look, notice: Notice) -> Content | None:
    cycle_id, run = cycle_and_run(notice.subject)
    cycle = look.cycle(cycle_id)
    counts = look.counts(cycle.id)
    newest = notice.subject == summary_subject(cycle) and cycle.state is not CycleState.CLOSED
    return Summary(
        program=look.name,
        cycle_id=cycle.id,
        cycle_number=cycle.number,
        intro_at=cycle.times.intro_at,
        introduced=cycle.state is not CycleState.PROPOSED,
        over=cycle.state is CycleState.CLOSED,
        asked_by=look.asked_by(cycle.id, run),
        proposed=counts.get(PairState.PROPOSED, 0),
        approved=sum(counts.get(state, 0) for state in (PairState.APPROVED, *MET)),
        declined=counts.get(PairState.DECLINED, 0),
        withdrawn=counts.get(PairState.WITHDRAWN, 0),
        left_out=look.still_left_out(cycle) if newest else StillAlone(),
        held=look.held() if newest else (),
        cards_posted=look.every_card_posted(cycle.id),
        to_introduce=counts.get(PairState.APPROVED, 0),
        on_their_way=look.on_their_way(cycle.id),
        approved_by_rule=look.approved_by_rule(cycle.id),
        policy=look.rules.policy if newest else BY_HAND,
        asked_first=look.rules.ask_first,
    )


def _card(look: Look, notice: Notice) -> Content | None:
    cards = tuple(card_of(look, pair) for pair in look.pairs(*pairs_in(notice.subject)))
    return cards[0] if len(cards) == 1 else PairCards(cards) if cards else None


def _intro_time(look: Look, notice: Notice) -> Content | None:
    cycle = look.cycle(int(notice.subject))
    counts = look.counts(cycle.id)
    return IntroTime(
        program=look.name,
        cycle_number=cycle.number,
        introduced=sum(counts.get(state, 0) for state in MET),
        on_their_way=look.on_their_way(cycle.id),
        waiting=counts.get(PairState.PROPOSED, 0),
        withdrawn=look.taken_back(cycle.id),
        unanswered=look.asks.waiting_in(cycle.id),
        asked_first=look.rules.ask_first,
    )


_NOT_IN = {Standing.LEFT: "left", Standing.PAUSED: "paused"}


def _no_partner(look: Look, notice: Notice) -> Content | None:
    person_id = notice.reader
    member = look.member(person_id)
    if member is None:
        return None
    cycle = look.cycle(int(notice.subject))
    met = any(pair.cycle_id == cycle.id and pair.introduced_at for pair in look.pairs_of(person_id, *MET))
    return NoPartner(
        program=look.name,
        cycle_number=cycle.number,
        next_intro=look.next_intro(cycle.times.intro_at, cycle.number),
        has_level=member.profile.level is not None,
        sides=alone.unserved(
            look.rules, cycle, member, look.left_out(cycle, person_id), look.is_ready(member)
        ),
        leads=look.fit_leads(without=(person_id,)),
        both_roles=member.profile.role is Role.BOTH,
        since="met" if met else _NOT_IN.get(member.standing, ""),
    )


def _silence(look: Look, notice: Notice) -> Content | None:
    person_id = notice.reader
    member = look.member(person_id)
    if member is None:
        return None
    current = look.pairs_of(person_id, PairState.INTRODUCED)
    partners = tuple(pair.partner_of(person_id) for pair in current if pair.introduced_at)
    return SilencePause(look.name, member.standing, member.silent, partners)


def _pair_closed(look: Look, notice: Notice) -> Content | None:
    pair = _pair_at(look, notice)
    if pair is None:
        return None
    goes_on = pair.state is PairState.INTRODUCED
    together = group_screens.goes_on_with(look, pair, notice.reader)
    mate = notice.reader not in pair.people
    alone = None if goes_on or mate else parting.alone(look, pair, notice.reader)
    return PairClosed(look.name, pair.partner_of(notice.reader), goes_on, together, mate, alone)


def _pause_over(look: Look, notice: Notice) -> Content | None:
    member = look.member(notice.reader)
    if member is None:
        return None
    current = look.pairs_of(notice.reader, PairState.INTRODUCED)
    others = [pair.partner_of(notice.reader) for pair in current if pair.introduced_at]
    there = [one for one in look.members(*others) if one and one.takes_part]
    partners = tuple(dict.fromkeys(one.person.id for one in there))
    resting = tuple(dict.fromkeys(one for one in others if one not in partners))
    return PauseOver(look.name, member.takes_part, partners, resting)


def _pair_goes_on(look: Look, notice: Notice) -> Content | None:
    pair = _pair_at(look, notice)
    if pair is None:
        return None
    mate = notice.reader not in pair.people
    return PairGoesOn(look.name, pair.partner_of(notice.reader), pair.state is not PairState.INTRODUCED, mate)


def _pair_rests(look: Look, notice: Notice) -> Content | None:
    pair = _pair_at(look, notice)
    if pair is None:
        return None
    over = pair.state is not PairState.INTRODUCED
    return PairRests(look.name, pair.partner_of(notice.reader), pair.rests_until, over)


def _pair_at(look: Look, notice: Notice) -> Pair | None:
    """The pair in the subject of a notice that can be said about it more than once."""
    return look.pair(pair_of(notice.subject))


def _back(look: Look, notice: Notice) -> Content | None:
    member = look.member(notice.reader)
    if member is None:
        return None
    if member.away_since is not None and notice.subject == absence(member):
        return Back(look.name, asks=True, standing=member.away_from)
    if member.standing is Standing.LEFT:
        return Back(look.name, asks=False, standing=None)
    current = look.pairs_of(member.person.id, PairState.INTRODUCED)
    partners = tuple(pair.partner_of(member.person.id) for pair in current)
    return Back(look.name, asks=False, standing=member.standing, partners=partners)


def _no_lead(look: Look, _notice: Notice) -> Content | None:
    return NoLead(look.name, look.fit_leads(), look.instead_of_leads())


def _unconfirmed(look: Look, notice: Notice) -> Content | None:
    return unknown_screens.question(look, notice)


def one_by_one(look: Look, notice: Notice) -> ManyUnconfirmed:
    """Each message that a question is about, also where it is one alone."""
    asked = unknown_screens.in_question(look, notice)
    return unknown_screens.bundle(look, notice, asked)


def _channel_trouble(look: Look, notice: Notice) -> Content | None:
    about = of_channel(notice.subject)
    return ChannelTrouble(look.name, about.channel, about.why, chosen=look.leads_channel)


def _delivery_trouble(look: Look, notice: Notice) -> Content | None:
    what, error, day = of_delivery(notice.subject)
    if what != "end":
        return DeliveryTrouble(look.name, error, waits=True, of_groups=what == "wait-open")
    since = datetime.combine(day, time(), UTC)
    ended = [one.notice for one in look.refused(error, since, since + timedelta(days=1))]
    of_pairs = [look.pair(int(one.subject)) for one in ended if one.kind is Kind.INTRO]
    people = [one.reader for one in ended if one.reader]
    rest = [one for one in ended if one.kind is not Kind.INTRO and not one.reader]
    return DeliveryTrouble(
        look.name,
        error,
        waits=False,
        pairs=tuple(RefusedPair(pair.id, *pair.people) for pair in of_pairs if pair),
        people=tuple(dict.fromkeys(people)),
        others=tuple(dict.fromkeys(unknown_screens.WHAT[one.kind][0] for one in rest)),
    )


Builder = Callable[[Look, Notice], Content | None]

_BUILDERS: dict[Kind, Builder] = {
    Kind.WELCOME: _welcome,
    Kind.SUMMARY: _summary,
    Kind.CARD: _card,
    Kind.INTRO_TIME: _intro_time,
    Kind.INTRO: group_screens.intro,
    Kind.NO_PARTNER: _no_partner,
    Kind.CHECKIN: questions,
    Kind.REASK: questions,
    Kind.MET_YET: met_yet,
    Kind.HELP: call_screens.call,
    Kind.HELP_WAITS: call_screens.call,
    Kind.SILENCE: _silence,
    Kind.PAIR_CLOSED: _pair_closed,
    Kind.THANKS: group_screens.thanks,
    Kind.UNCONFIRMED: _unconfirmed,
    Kind.CHANNEL_TROUBLE: _channel_trouble,
    Kind.DELIVERY_TROUBLE: _delivery_trouble,
    Kind.NO_LEAD: _no_lead,
    Kind.BACK: _back,
    Kind.PAIR_GOES_ON: _pair_goes_on,
    Kind.PAIR_RESTS: _pair_rests,
    Kind.STUCK: care_screens.stuck,
    Kind.RESTING: care_screens.partners_rest,
    Kind.NUDGE: care_screens.nudge,
    Kind.PAUSES: care_screens.pauses,
    Kind.INTRO_CASE: unknown_screens.intro_case,
    Kind.INTRO_QUESTION: unknown_screens.intro_question,
    Kind.LEADS_WELCOME: greeting.welcome,
    Kind.SETUP_TROUBLE: greeting.trouble,
    Kind.INVITATION: inviting.shown,
    Kind.INVITED_AGAIN: inviting.shown,
    Kind.GET_READY: readiness.get_ready,
    Kind.NEXT_CYCLE: readiness.next_cycle,
    Kind.ASK: ask_screens.question,
    Kind.ASK_AGAIN: ask_screens.question,
    Kind.ASKS_WAIT: ask_screens.waiting,
    Kind.UNSIGNED: agreements.unsigned_screen,
    Kind.DIGEST: seeing.shown,
    Kind.REPORT: reporting.on_screen,
    Kind.PAUSE_OVER: _pause_over,
    Kind.PARTED_WHY: parting.why,
    Kind.MISFIT: misfits.shown,
}
