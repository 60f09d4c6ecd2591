"""What is promised about a program whatever happens, said once more and independently of the code that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from handlers.views import render
from mentoring.cards import pairs_in
from mentoring.checkins import CHECKIN_MOVES, CheckInState
from mentoring.cycles import CYCLE_MOVES, CycleState
from mentoring.messages import LEADS_CHANNEL, Kind, person_and_week
from mentoring.pairings import PAIR_MOVES, PENDING, STANDING, Pair, PairState
from mentoring.people import Member, Standing
from program import people, screens
from program.outgoing import Letter, RowState
from program.recipients import _ABOUT_PAIRS
from program.timely import TO_LEADS
from storage.database import Database
from tests.program.office import ADMIN, Office

MOVES: Mapping[str, Mapping[Any, frozenset[Any]]] = {
    "pairs": PAIR_MOVES,
    "cycles": CYCLE_MOVES,
    "checkins": CHECKIN_MOVES,
}
STARTS: Mapping[str, tuple[str, ...]] = {
    "pairs": (PairState.PROPOSED,),
    "cycles": (CycleState.PLANNED,),
    "checkins": (CheckInState.ASKED, CheckInState.SKIPPED),
}
LIVE = (PairState.APPROVED, PairState.INTRODUCED)
MET = (PairState.INTRODUCED, PairState.ENDED, PairState.FINISHED)
HEARD = (RowState.READY, RowState.SENDING, RowState.UNSURE, RowState.SENT, RowState.UNKNOWN)
ADMINS = (ADMIN.id, "UOPERATOR")
Move = tuple[str, int, str]
"""A table, a row in it, and the state that it came into."""


def watch(database: Database) -> None:
    """Let the database note every change of a state by itself, statement by statement."""
    columns = "(id INTEGER PRIMARY KEY, what TEXT, number INTEGER, before TEXT, after TEXT)"
    with database.write() as tx:
        tx.exec_driver_sql(f"CREATE TABLE watched {columns}")
        for what in MOVES:
            for event, before in (("INSERT", "NULL"), ("UPDATE OF state", "old.state")):
                name = f"{what}_{event[:6].lower()}"
                noted = f"INSERT INTO watched VALUES (NULL, '{what}', new.id, {before}, new.state)"  # noqa: S608 - names of our own tables
                only = f"WHEN {before} IS NOT new.state"
                tx.exec_driver_sql(f"CREATE TRIGGER {name} AFTER {event} ON {what} {only} BEGIN {noted}; END")


def moves_are_legal(database: Database, since: int) -> tuple[list[Move], int]:
    """Check every change after the one with that number; gives what came into which state, and the last number."""
    query = text("SELECT id, what, number, before, after FROM watched WHERE id > :since ORDER BY id")
    with database.read() as tx:
        moves = tx.execute(query, {"since": since}).all()
    for _, what, number, before, after in moves:
        legal = STARTS[what] if before is None else MOVES[what][before]
        assert after in legal, f"{what} {number} went from {before} to {after}"
    return [(what, number, after) for _, what, number, _, after in moves], max(
        [since, *(move[0] for move in moves)]
    )


def states_agree(office: Office) -> None:
    """Pairs that stand belong to cycles that are not over and to people who are in the program."""
    state_of = {cycle.id: cycle.state for cycle in office.cycles}
    for pair in office.pairs:
        if pair.state not in STANDING:
            continue
        standings = {office.member(person).standing for person in pair.people}
        assert state_of[pair.cycle_id] is not CycleState.CLOSED
        assert Standing.LEFT not in standings
        assert pair.state not in PENDING or Standing.PAUSED not in standings
        is_early = state_of[pair.cycle_id] is CycleState.PROPOSED
        assert pair.state is not PairState.APPROVED or is_early or waits_for_its_mentee(office, pair)
        assert pair.cut_off is None
        nobody = pair.decided_by is None and pair.by_rule is None
        assert nobody == (pair.state is PairState.PROPOSED)
        assert pair.rests_until is None or pair.state is PairState.INTRODUCED


def waits_for_its_mentee(office: Office, pair: Pair) -> bool:
    """Whether a pair's mentee was asked about it since it was approved, and has not answered."""
    query = text(
        "SELECT count(*) FROM asks JOIN pairs ON pairs.id = asks.pair_id"
        " WHERE pair_id = :number AND said IS NULL AND asked_at >= decided_at"
    )
    with office.ctx.database.read() as tx:
        return bool(tx.execute(query, {"number": pair.id}).scalar_one())


def its_mentee_agreed(office: Office, pair: Pair) -> None:
    """Where mentees are asked first, one said yes to a pair that is introduced, or a lead went ahead without them."""
    query = text("SELECT said FROM asks WHERE pair_id = :number")
    with office.ctx.database.read() as tx:
        said = tx.execute(query, {"number": pair.id}).scalars().all()
    assert "no" not in said
    assert not waits_for_its_mentee(office, pair)
    began_again = pair.introduced_at is not None
    assert began_again or not office.program.rules.ask_first or said in (["yes"], ["ahead"])


def nothing_due_is_left(office: Office, people: tuple[str, ...]) -> None:
    """After a tick, whatever the time has come for has happened."""
    now = office.clock()
    for cycle in office.cycles:
        assert cycle.state is CycleState.CLOSED or cycle.times.ends_at > now
        assert cycle.state is not CycleState.PROPOSED or cycle.times.intro_at > now
    for question in (one for person in people for one in office.checkins(person)):
        waits = question.state is CheckInState.ASKED and question.reask_at is not None
        assert not waits or question.reask_at > now  # type: ignore[operator]  # it waits, so it is not None


def readers_are_there(office: Office, letter: Letter) -> None:
    """Nobody who left or was deactivated gets a new message, and only leads read what is for leads."""
    place, _, name = letter.notice.recipient.partition(":")
    if letter.notice.recipient == LEADS_CHANNEL:
        return
    if letter.notice.kind in TO_LEADS:
        can_hear(office, letter, name)
        return
    if letter.notice.kind is Kind.BACK:
        assert not office.member(name).person.deactivated
        return
    everybody = (name,) if place == "person" else readers_together(office, letter)
    *mentors, last = everybody
    # Of several mentors, one whose end nobody has heard of yet does not keep the others from their conversation.
    there = [one for one in mentors if _is_still_there(office, one)]
    assert _is_still_there(office, last)
    assert there == mentors or (there and len(mentors) > 1)


def _is_still_there(office: Office, person_id: str) -> bool:
    member = office.member(person_id)
    return member.standing is not Standing.LEFT and not member.person.deactivated


def somebody_or_a_rule_decided(office: Office, pair: Pair) -> None:
    """An approved pair was approved by a lead who is there, or by one of the program's rules."""
    if pair.by_rule is None:
        assert pair.decided_by in office.program.leads
        assert is_there(office, str(pair.decided_by))


def readers_together(office: Office, letter: Letter) -> tuple[str, ...]:
    """Who reads a message in the conversation of a pair, or of several pairs of one mentee, who comes last."""
    pair = office.pair(int(letter.notice.subject))
    together = [one for one in office.pairs if one.intro == pair.id and one.intro_of is not None]
    # Thanks come when the pairs are finished, and only those who met are thanked.
    thanked = [one for one in together if one.state is PairState.FINISHED and one.introduced_at]
    here = [one for one in together if one.state is PairState.INTRODUCED]
    here += thanked if letter.notice.kind is Kind.THANKS else []
    return (*(one.mentor_id for one in (here if together else [pair])), pair.mentee_id)


def circle(office: Office, pair: Pair) -> set[str]:
    """The two of a pair, with all who are in one conversation with them."""
    together = [one for one in office.pairs if pair.intro_of is not None and one.intro_of == pair.intro_of]
    return {name for one in (pair, *together) for name in one.people}


def goes_on(office: Office, pair: Pair, asked: str) -> bool:
    """Whether a pair goes on; for a mentee with several mentors together, whether one of these pairs does."""
    mates = [one for one in office.pairs if pair.intro_of is not None and one.intro_of == pair.intro_of]
    those = (pair, *mates) if asked == pair.mentee_id else (pair,)
    return any(one.state is PairState.INTRODUCED for one in those)


def can_hear(office: Office, letter: Letter, name: str) -> None:
    """What is for the leads one by one goes to a fit one, or else to an admin; never to whom it is about."""
    if letter.notice.kind is Kind.ASKS_WAIT:
        hears_of_one_that_waits(office, letter, name)
        return
    assert name not in whom_it_is_about(office, letter)
    assert is_there(office, name)
    if name not in office.program.leads:
        assert name in ADMINS
        failed = {
            one.notice.recipient.removeprefix("person:")
            for one in office.letters(letter.notice.kind, letter.notice.subject)
            if one.state is RowState.FAILED
        }
        others = {*office.program.leads} - whom_it_is_about(office, letter) - failed
        assert not [lead for lead in others if is_there(office, lead)]


def hears_of_one_that_waits(office: Office, letter: Letter, name: str) -> None:
    """Of several pairs that wait for an answer, each lead or admin reads of those whose people they are not among."""
    assert is_there(office, name)
    assert name in {*office.program.leads, *ADMINS}
    cycle_id = letter.notice.subject.partition(".")[0]
    query = text(
        "SELECT mentor_id, mentee_id, question FROM asks JOIN pairs ON pairs.id = asks.pair_id"
        " WHERE cycle_id = :cycle AND told_at IS NOT NULL"
    )
    with office.ctx.database.read() as tx:
        rows = tx.execute(query, {"cycle": int(cycle_id)}).all()
    asked: dict[int, set[str]] = {}
    for mentor, mentee, question in rows:
        asked.setdefault(question, set()).update((mentor, mentee))
    assert any(name not in everybody for everybody in asked.values())


def is_there(office: Office, name: str) -> bool:
    """Whether the directory says nothing against this person's leading, as far as anybody looked."""
    person = people.known(office.ctx, office.workspace, name)
    guests = office.program.rules.guests_allowed
    return person is None or not (person.deactivated or person.bot or (person.guest and not guests))


def whom_it_is_about(office: Office, letter: Letter) -> set[str]:
    """The pair or the person that a private note is about."""
    if letter.notice.kind is Kind.UNCONFIRMED:
        (doubtful,) = (one for one in office.every_letter() if one.id == int(letter.notice.subject))
        return whom_it_is_about(office, doubtful)
    subject = letter.notice.subject.partition(".")[0]
    if letter.notice.kind in (Kind.HELP, Kind.HELP_WAITS):
        return circle(office, office.pair(pair_of_checkin(office, int(subject))))
    if letter.notice.kind in (Kind.CHECKIN, Kind.REASK):
        person, week = person_and_week(letter.notice.subject)
        asked = [one.pair_id for one in office.checkins(person) if one.week == week]
        return {name for number in asked for name in circle(office, office.pair(number))}
    if letter.notice.kind is Kind.CARD:
        numbers = pairs_in(letter.notice.subject)
        return {name for number in numbers for name in circle(office, office.pair(number))}
    if letter.notice.kind in _ABOUT_PAIRS:
        return circle(office, office.pair(int(subject)))
    place, _, name = letter.notice.recipient.partition(":")
    return {name} if place == "person" and letter.notice.kind not in TO_LEADS else set()


def pair_of_checkin(office: Office, number: int) -> int:
    query = text("SELECT pair_id FROM checkins WHERE id = :number")
    with office.ctx.database.read() as tx:
        return int(tx.execute(query, {"number": number}).scalar_one())


def calls_are_heard(office: Office) -> None:
    """After a tick, nobody's call for help about a pair that goes on is without a reader while anybody can be one."""
    query = text("SELECT id, pair_id FROM checkins WHERE answer = 'help'")
    with office.ctx.database.read() as tx:
        calls = tx.execute(query).all()
    for number, pair_id in calls:
        pair = office.pair(pair_id)
        letters = office.letters(Kind.HELP, number)
        if pair.state is not PairState.INTRODUCED or any(one.state in HEARD for one in letters):
            continue
        refused = {one.notice.recipient.removeprefix("person:") for one in letters}
        able = {*office.program.leads, *ADMINS} - circle(office, pair) - refused
        assert not [person for person in able if is_there(office, person)]


def there_is_room(office: Office, pair: Pair) -> None:
    """In one cycle, nobody has more partners than they have room for."""
    beside = [one for one in office.pairs if one.cycle_id == pair.cycle_id and one.state in LIVE]
    mentor, mentee = (office.member(person).profile for person in pair.people)
    assert sum(one.mentor_id == pair.mentor_id for one in beside) <= mentor.mentor_capacity
    assert sum(one.mentee_id == pair.mentee_id for one in beside) <= mentee.mentee_capacity


def hard_rules_hold(office: Office, pair: Pair) -> None:
    """The rules that make it reverse mentoring, for a pair that is being introduced."""
    mentor, mentee = (office.member(person) for person in pair.people)
    they_fit(office, mentor, mentee)
    they_may_meet(office, mentor, mentee)
    there_is_room(office, pair)
    assert Standing.LEFT not in (mentor.standing, mentee.standing)
    assert True not in (mentor.person.deactivated, mentee.person.deactivated)
    went_on = pair.introduced_at is not None
    assert went_on or (mentor.takes_part and mentee.takes_part)
    shared = working(office, pair, mentor) & working(office, pair, mentee)
    assert len(shared) >= office.program.rules.min_overlap
    same = [one for one in office.pairs if {*one.people} == {*pair.people}]
    met = [one for one in same if one.state in MET and one.cut_off is None]
    assert met == [pair]


def they_fit(office: Office, mentor: Member, mentee: Member) -> None:
    """One teaches what the other wants to learn, from the right distance, in a language that both speak."""
    one, other, rules = mentor.profile, mentee.profile, office.program.rules
    assert one.role.mentors
    assert other.role.learns
    assert one.level is not None
    assert other.level is not None
    assert other.level - one.level >= rules.min_gap
    assert set(one.shares) & set(other.wants)
    assert set(one.languages) & set(other.languages)
    assert not rules.other_department_only or "" != one.department != other.department != ""


def they_may_meet(office: Office, mentor: Member, mentee: Member) -> None:
    """Neither would rather not, neither is above the other, and guests take part only where they may."""
    assert mentee.person.id not in mentor.profile.avoid
    assert mentor.person.id not in mentee.profile.avoid
    assert mentee.person.id not in managers_of(office, mentor)
    assert mentor.person.id not in managers_of(office, mentee)
    assert office.program.rules.guests_allowed or not (mentor.person.guest or mentee.person.guest)


def managers_of(office: Office, member: Member) -> set[str]:
    """Everybody above somebody, as far as the program knows them."""
    found: set[str] = set()
    here: Member | None = member
    while here and (above := here.profile.manager_id) and above not in found:
        found.add(above)
        here = office.find(above)
    return found


def working(office: Office, pair: Pair, member: Member) -> set[int]:
    """The minutes of a UTC day in which somebody works, on the Monday of the week in which the cycle starts."""
    (start_on,) = (cycle.times.start_on for cycle in office.cycles if cycle.id == pair.cycle_id)
    monday = start_on - timedelta(days=start_on.weekday())
    zone = ZoneInfo(member.person.time_zone or office.program.calendar.time_zone)
    starts, ends = member.profile.hours
    begin = datetime.combine(monday, time(starts // 60, starts % 60), tzinfo=zone).astimezone(UTC)
    first = begin.hour * 60 + begin.minute
    return {minute % (24 * 60) for minute in range(first, first + ends - starts)}


def looks_forward(office: Office, letter: Letter) -> None:
    """After a tick, what stands on a screen calls no introductions the next ones that have been made."""
    coming = getattr(office.on_screen[letter.id], "next_intro", None)
    assert coming is None or coming > office.clock(), letter.notice


def groups_hold_together(office: Office) -> None:
    """Pairs in one conversation are one mentee's, of one cycle, and that mentee is asked about them once a week."""
    for pair in office.pairs:
        if pair.intro_of is None:
            continue
        mates = [one for one in office.pairs if one.intro_of == pair.intro_of]
        assert len({(one.mentee_id, one.cycle_id) for one in mates}) == 1
        going_on = [one for one in mates if one.state is PairState.INTRODUCED and one.introduced_at]
        assert len({one.channel for one in going_on} - {None, ""}) <= 1 or _moves(office, pair)
        numbers = {one.id for one in mates}
        weeks = [
            one.week for one in office.checkins(pair.mentee_id) if one.pair_id in numbers and one.asked_at
        ]
        assert len({*weeks}) == len(weeks)


def _moves(office: Office, pair: Pair) -> bool:
    """Whether the introduction that brings them into a new conversation has not arrived, as far as anybody knows."""
    letters = office.letters(Kind.INTRO, pair.intro)
    return any(one.state is not RowState.SENT or not one.posted for one in letters)


def screen_is_true(office: Office, letter: Letter) -> None:
    """What stands on a screen is what the present state would put there."""
    with office.ctx.database.read() as tx:
        present = screens.content(tx, office.in_tx(tx), letter.notice, office.ctx.admins)
    assert present is not None, f"{letter.notice} has nothing to show any more"
    assert render(present) == render(office.on_screen[letter.id]), letter.notice
