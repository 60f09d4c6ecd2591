"""What a question about messages of unknown fate shows to its reader, who may not hear of every one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentoring.cards import pairs_in
from mentoring.care import IntroCase, IntroQuestion
from mentoring.messages import Heard, Kind, Notice
from mentoring.pairings import STANDING, Pair, PairState
from mentoring.readers import Conversation, LeadsChannel
from mentoring.troubles import ManyUnconfirmed, Unconfirmed
from program.groups import people_of
from program.look import Look
from program.notices import pair_of
from storage.outbox.letters import Letter
from storage.states import RowState, Settled

_ABOUT_PAIRS = (Kind.CARD, Kind.INTRO, Kind.THANKS, Kind.UNSIGNED)
WHAT: Mapping[Kind, tuple[str, str]] = {
    Kind.WELCOME: ("a welcome message", "welcome messages"),
    Kind.SUMMARY: ("the summary of proposed pairs", "summaries of proposed pairs"),
    Kind.CARD: ("the card of a proposed pair", "cards of proposed pairs"),
    Kind.INTRO_TIME: ("the note about the introductions", "notes about the introductions"),
    Kind.INTRO: ("an introduction", "introductions"),
    Kind.NO_PARTNER: ("a note about having no partner this time", "notes about having no partner this time"),
    Kind.CHECKIN: ("a check-in", "check-ins"),
    Kind.REASK: ("a reminder of a check-in", "reminders of a check-in"),
    Kind.HELP: ("a private note", "notes for one person"),
    Kind.HELP_WAITS: ("a private note", "notes for one person"),
    Kind.SILENCE: ("a note about a pause", "notes about a pause"),
    Kind.PAIR_CLOSED: ("a note about a closed pair", "notes about a closed pair"),
    Kind.THANKS: ("a pair's closing message", "closing messages of pairs"),
    Kind.UNCONFIRMED: ("a question about a message", "questions about messages"),
    Kind.CHANNEL_TROUBLE: ("a note about the leads' channel", "notes about the leads' channel"),
    Kind.DELIVERY_TROUBLE: (
        "a note about messages that Slack refuses",
        "notes about messages that Slack refuses",
    ),
    Kind.NO_LEAD: ("a note that nobody leads the program", "notes that nobody leads the program"),
    Kind.BACK: ("a question to somebody who is back", "questions to people who are back"),
    Kind.PAIR_GOES_ON: ("a note that a pair goes on", "notes that a pair goes on"),
    Kind.PAIR_RESTS: ("a note that a pair rests", "notes that a pair rests"),
    Kind.STUCK: ("a private note", "notes for one person"),
    Kind.RESTING: ("a note about a partner's break", "notes about a partner's break"),
    Kind.NUDGE: ("a reminder of a first meeting", "reminders of a first meeting"),
    Kind.PAUSES: ("the note about who was paused", "notes about who was paused"),
    Kind.INTRO_CASE: ("a private note", "notes for one person"),
    Kind.INTRO_QUESTION: ("a question about an introduction", "questions about an introduction"),
    Kind.LEADS_WELCOME: ("the welcome to the leads", "welcomes to the leads"),
    Kind.SETUP_TROUBLE: ("a note about the leads' channel", "notes about the leads' channel"),
    Kind.INVITATION: ("an invitation", "invitations"),
    Kind.INVITED_AGAIN: ("a reminder of an invitation", "reminders of invitations"),
    Kind.GET_READY: ("a reminder about a profile", "reminders about profiles"),
    Kind.NEXT_CYCLE: ("a question about the next cycle", "questions about the next cycle"),
    Kind.ASK: ("a question to a mentee", "questions to mentees"),
    Kind.ASK_AGAIN: ("a question to a mentee", "questions to mentees"),
    Kind.ASKS_WAIT: ("a private note", "notes for one person"),
    Kind.UNSIGNED: ("a reminder of an agreement", "reminders of agreements"),
    Kind.MET_YET: ("a question about a planned meeting", "questions about a planned meeting"),
    Kind.DIGEST: ("the weekly digest for leads", "weekly digests for leads"),
    Kind.REPORT: ("the report on a cycle", "reports on cycles"),
    Kind.PAUSE_OVER: ("a note that a pause is over", "notes that a pause is over"),
    Kind.PARTED_WHY: ("a private note", "notes for one person"),
    Kind.MISFIT: ("a question about a pair and the rules", "questions about a pair and the rules"),
}
"""What to call a message, and several of a kind."""

_CARDS = "the cards of pairs {pairs}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message in a question: its place, itself, and who hears of it now."""

    place: int
    letter: Letter
    heard: Heard

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.letter.state is RowState.UNKNOWN

    def is_for(self, person_id: str) -> bool:
        """Whether it is theirs to settle, or was settled."""
        return not self.is_open or person_id in self.heard.people


def in_question(look: Look, notice: Notice) -> list[Doubt]:
    """What a question asks about, without whatever its reader is one of the people in."""
    found = (
        Doubt(place, letter, heard)
        for place, letter in look.in_question(notice)
        if (heard := look.hears_of(letter, notice.reader)) is not None
    )
    return list(found)


def question(look: Look, notice: Notice) -> Unconfirmed | ManyUnconfirmed | None:
    """A question about one message, or about many; what is not its reader's any more has gone on."""
    asked = in_question(look, notice)
    if not asked and look.letter(int(notice.subject)) is None:
        return None
    if len(asked) == 1 and asked[0].is_for(notice.reader):
        return _one(look, asked[0].letter, notice.reader)
    return bundle(look, notice, asked)


def bundle(look: Look, notice: Notice, asked: Sequence[Doubt]) -> ManyUnconfirmed:
    """What a question asks about as many, also where it is one."""
    mine = tuple(_one(look, doubt.letter, notice.reader) for doubt in asked if doubt.is_for(notice.reader))
    gone_on = [person for doubt in asked if not doubt.is_for(notice.reader) for person in doubt.heard.people]
    latest = max((doubt.place for doubt in asked), default=0)
    moved = len(asked) - len(mine)
    return ManyUnconfirmed(look.name, notice.subject, latest, mine, moved, tuple(dict.fromkeys(gone_on)))


def _one(look: Look, letter: Letter, reader: str) -> Unconfirmed:
    about = letter.notice
    pair = _pair_about(look, about)
    people, (what, _) = _people(look, pair, about), WHAT[about.kind]
    if about.kind is Kind.CARD and len(several := pairs_in(about.subject)) > 1:
        people, what = (), _CARDS.format(pairs=", ".join(map(str, several)))
    if people == (reader,):
        people, what = (), f"{what} to you"
    settled, (by, _) = _ended(letter), look.said_of(letter)
    return Unconfirmed(
        str(letter.id),
        what,
        people,
        settled,
        channel=_channel(look, about),
        kind=about.kind,
        pair_id=pair.id if pair else 0,
        waits=pair is not None and pair.state is PairState.PROPOSED,
        met=pair is not None and pair.introduced_at is not None,
        over=pair is not None and pair.state not in STANDING,
        by=by if settled and by not in people else "",
    )


def _pair_about(look: Look, about: Notice) -> Pair | None:
    """The pair that a message is about; of several cards, the first that waits."""
    if about.kind not in _ABOUT_PAIRS:
        return None
    found = [pair for number in pairs_in(about.subject) if (pair := look.pair(number))]
    waiting = (pair for pair in found if pair.state is PairState.PROPOSED)
    return next(waiting, found[0] if found else None)


def _channel(look: Look, notice: Notice) -> str:
    """The channel in which to look for a message; empty where it is a conversation of few."""
    match notice.to:
        case LeadsChannel():
            return look.leads_channel
        case Conversation(channel):
            return channel
        case _:
            return ""


def _people(look: Look, pair: Pair | None, notice: Notice) -> tuple[str, ...]:
    """Whom a notice is for; in the leads' channel and in a pair's own, the pair that it is about."""
    if notice.reader:
        return (notice.reader,)
    if pair is None or notice.to == LeadsChannel():
        return pair.people if pair else ()
    return people_of(_introduced_by(look, pair))


def _introduced_by(look: Look, pair: Pair) -> list[Pair]:
    """The pairs that the introduction of this one is for, as far as they were not over before it."""
    here = [seat.pair for seat in look.brought(pair.id)]
    return [one for one in here if one.introduced_at or one.state is PairState.INTRODUCED] or [pair]


def _ended(letter: Letter) -> str | None:
    """What ended the doubt, as it continues the word "Settled:"; None while there is one."""
    if letter.state is RowState.UNKNOWN:
        return None
    # Those of older versions have only the words.
    if letter.settled is Settled.ARRIVED or letter.trouble == "it arrived":
        return "it arrived"
    if letter.settled is Settled.TAKEN_AWAY:
        return "it had arrived, and I took it away, because nothing was left to say"
    if letter.posted or letter.state not in (RowState.MOOT, RowState.FAILED):
        return "sent again"
    return (
        "Slack refused it" if letter.state is RowState.FAILED else "not sent, because nothing was left to say"
    )


def settled(look: Look, letter: Letter) -> str | None:
    """What became of an introduction: None while nobody knows."""
    if letter.state is RowState.UNKNOWN:
        return None
    if letter.state in (RowState.MOOT, RowState.FAILED):
        return "nothing left to do"
    sent = look.said_of(letter)[1]
    return "sent again" if sent == "send again" else "it arrived"


def intro_case(look: Look, notice: Notice) -> IntroCase | None:
    """Privately to leads: a pair without check-ins, because nobody has said whether its introduction arrived."""
    pair, letter = _introduction(look, notice)
    if pair is None or letter is None:
        return None
    case, heard = look.case(pair.id), look.would_hear(Kind.INTRO_CASE, notice.subject)
    is_theirs = notice.reader in heard.people
    owner = case.owner_id if case and look.may_look_after(case.owner_id, pair) else None
    return IntroCase(
        look.name,
        pair.id,
        *pair.people,
        row_id=letter.id,
        owner=owner or "",
        asked=case is not None and case.asked_at is not None,
        settled=_of_pair(look, pair, letter),
        moved=() if is_theirs else heard.people,
        others=tuple(one.mentor_id for one in _introduced_by(look, pair) if one.id != pair.id),
    )


def intro_question(look: Look, notice: Notice) -> IntroQuestion | None:
    """To one of a pair, in their own direct message: whether they have the conversation with their partner."""
    pair, letter = _introduction(look, notice)
    if pair is None or letter is None:
        return None
    people = [one for one in people_of(_introduced_by(look, pair)) if one != notice.reader]
    return IntroQuestion(look.name, people[-1], letter.id, _of_pair(look, pair, letter), tuple(people[:-1]))


def _introduction(look: Look, notice: Notice) -> tuple[Pair | None, Letter | None]:
    pair = look.pair(pair_of(notice.subject))
    return pair, look.introduction(pair.id) if pair else None


def _of_pair(look: Look, pair: Pair, letter: Letter) -> str | None:
    if letter.state is RowState.UNKNOWN and not look.awaits_intro(pair):
        return "nothing left to do"
    return settled(look, letter)
