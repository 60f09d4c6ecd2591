"""Random lives of a program: whatever people, leads, Slack and the clock do, what was promised holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mentoring.checkins import Answer
from mentoring.errors import Invalid, ProgramError
from mentoring.messages import Kind, person_and_week
from mentoring.pairings import UNDONE, Pair, PairState
from mentoring.people import Person
from mentoring.programs import ASKED
from program import (
    approvals,
    checkins,
    closing,
    cycles,
    introductions,
    members,
    outgoing,
    people,
    returning,
    undoing,
    upcoming,
)
from program.outgoing import Letter, Mail, RowState
from scheduler.jobs import JOBS
from storage.database import Database
from tests.effort import EFFORT, lives
from tests.fixtures.databases import empty
from tests.program import promises
from tests.program.office import ADMIN, HOME, LEAD, MINUTE, OTHER_LEAD, WEEK, Office

PEOPLE = tuple(f"U{number}" for number in range(7))
TOPICS = ("AI tools", "SQL", "Photography")
ZONES = (HOME, "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", None)
FATES = (
    "sent",
    "sent",
    "sent",
    "limited",
    "arrives unseen",
    "lost",
    "refused",
    "cut off",
    "unknown",
    "told late",
    "told late",
)

persons = st.sampled_from(PEOPLE)
rarely = st.sampled_from([False, False, False, True])
some_topics = st.sets(st.sampled_from(TOPICS), min_size=2).map(sorted)
profiles = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["share", "learn", "both", "both"]),
        "shares": some_topics,
        "wants": some_topics,
        "level": st.sampled_from([1, 2, 3, 5, 6, 8, 1, 2, 6, 8, None]),
        "languages": st.sampled_from([*[("English",)] * 4, ("English", "Suomi"), ("Suomi",)]),
        "department": st.sampled_from(["", "Sales", "Finance"]),
        "manager_id": st.sampled_from([*[None] * 12, *PEOPLE]),
        "avoid": st.sampled_from([*[()] * 9, *zip(PEOPLE, strict=True)]),
        "mentor_capacity": st.integers(1, 2),
        "mentee_capacity": st.integers(1, 2),
    }
)


SELDOM = st.sampled_from([False, False, False, True])


class Lives(RuleBasedStateMachine):
    """One program; each rule is something that somebody does, or that befalls it."""

    database: Database
    seen: ClassVar[Counter[str]] = Counter()
    """What all lives together came through, so that a test can tell that they are worth living."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office(empty(self.database))
        self.last_move = promises.moves_are_legal(self.database, 0)[1]
        self.posts: Counter[str] = Counter()
        self.pardoned: Counter[str] = Counter()
        self.on_screen_unseen: set[int] = set()
        self.suspended: list[tuple[Mail, Letter]] = []

    @initialize()
    def begins(self) -> None:
        """Three who teach, three who learn, one who does both; the leads have the first pairs in front of them."""
        self.office.sets_up()
        roles = ["share"] * 3 + ["learn"] * 3 + ["both"]
        for person, role, level in zip(PEOPLE, roles, (1, 2, 3, 6, 7, 8, 5), strict=True):
            self.office.joins(person, role=role, level=level, shares=TOPICS, wants=TOPICS)
        self.is_matched(LEAD)

    # --- what people do

    @rule(person=persons, profile=profiles, zone=st.sampled_from(ZONES))
    def joins(self, person: str, profile: dict[str, Any], zone: str | None) -> None:
        """Somebody joins, comes back or changes everything about themselves."""
        known = self.office.find(person)
        if known is None:
            self.tries(lambda *_: self.office.joins(person, zone, **profile))
        elif not known.person.deactivated:
            self.tries(lambda *_: self.office.edit(person, **profile))

    @rule(person=persons, days=st.sampled_from([None, None, 1, 9, -1]))
    def pauses(self, person: str, days: int | None) -> None:
        until = (self.office.clock() + timedelta(days=days)).date() if days else None
        self.tries(members.pause, person, until)

    @rule(person=persons)
    def resumes(self, person: str) -> None:
        self.tries(members.resume, person)

    @rule(person=persons)
    def comes_back(self, person: str) -> None:
        self.tries(returning.resume, person)

    @rule(person=persons)
    def stays_out(self, person: str) -> None:
        self.tries(returning.decline, person)

    @rule(person=persons)
    def leaves(self, person: str) -> None:
        self.tries(members.leave, person)

    @rule(person=persons, answer=st.sampled_from(Answer), number=st.integers(0, 9))
    def answers(self, person: str, answer: Answer, number: int) -> None:
        """One of their own questions, or sometimes one that they do not have."""
        own = [one.id for one in self.office.checkins(person)]
        self.tries(checkins.answer, person, own[-1 - number] if number < len(own) else number, answer)

    @rule(person=persons)
    def opens_the_week(self, person: str) -> None:
        self.tries(checkins.open_now, person)

    # --- what befalls them

    @rule(person=persons, facts=st.fixed_dictionaries({"deactivated": rarely, "guest": rarely}))
    def is_seen_in_the_directory(self, person: str, facts: dict[str, Any]) -> None:
        if self.office.find(person):
            self.office.directory_says(person, **facts)

    @rule(person=persons, zone=st.sampled_from(ZONES))
    def moves(self, person: str, zone: str | None) -> None:
        if self.office.find(person):
            self.office.directory_says(person, time_zone=zone)

    @rule(person=persons, minutes=st.sampled_from([0, 10, 60 * 24 * 8]), wants=st.booleans())
    def is_deactivated_by_mistake(self, person: str, minutes: int, wants: bool) -> None:
        """For a while the directory says that somebody is gone; they are asked then, and say yes or nothing."""
        if self.office.find(person):
            self.office.directory_says(person, deactivated=True)
            self.moves_are_legal()
            self.delivers(["sent"])
            self.office.clock.passes(minutes=minutes)
            self.office.directory_says(person, deactivated=False)
            if wants:
                self.tries(returning.resume, person)
                self.delivers(["sent"])

    @rule(
        lead=st.sampled_from([LEAD, OTHER_LEAD, ADMIN.id]),
        fact=st.sampled_from(["deactivated", "guest"]),
        is_so=rarely,
        is_swept=rarely,
    )
    def is_a_lead_in_the_directory(self, lead: str, fact: str, is_so: bool, is_swept: bool) -> None:
        """One of them is looked up, or everybody was, and then nobody else is an admin."""
        if is_swept:
            people.only_admins(self.office.ctx, self.office.workspace, {lead})
        facts: dict[str, Any] = {fact: is_so}
        known = people.known(self.office.ctx, self.office.workspace, lead) or Person(lead, lead)
        people.record(self.office.ctx, self.office.workspace, [replace(known, **facts)])

    @rule(person=persons)
    def asks_for_help(self, person: str) -> None:
        """A call about a pair that goes on, if there is one."""
        for question in self.office.checkins(person):
            self.tries(checkins.answer, person, question.id, Answer.HELP)

    @rule(person=persons)
    def is_deactivated_and_the_event_is_lost(self, person: str) -> None:
        if self.office.find(person):
            self.office.unseen(person, deactivated=True)

    # --- what leads do

    @rule(
        cycle_weeks=st.sampled_from([2, 3, 4, 8]),
        intro_weekday=st.integers(0, 4),
        working_days=st.sets(st.integers(0, 6), min_size=1).map(tuple),
        checkin_weekday=st.integers(0, 6),
        min_gap=st.integers(1, 3),
        time_zone=st.sampled_from(ZONES[:-1]),
        switches=st.fixed_dictionaries({name: SELDOM for name in ASKED if name != "guests_allowed"}),
        leads=st.sampled_from([(LEAD,), (LEAD, OTHER_LEAD), (OTHER_LEAD, "U0"), ("U0",), ("U1", "U4")]),
    )
    def is_set_up_anew(self, **changes: Any) -> None:
        changes |= changes.pop("switches")
        days = {*changes.pop("working_days"), changes["intro_weekday"], changes["checkin_weekday"]}
        with suppress(Invalid):  # somebody who cannot lead right now is refused
            self.office.sets_up(**changes, working_days=tuple(days))

    @rule(lead=st.sampled_from([LEAD, OTHER_LEAD, "U0", "U1"]))
    def is_matched(self, lead: str) -> None:
        self.tries(cycles.match_now, lead)

    @rule(
        lead=st.sampled_from([LEAD, LEAD, OTHER_LEAD, "U1"]),
        number=st.integers(0, 5),
        decide=st.sampled_from([approvals.approve, approvals.approve, approvals.decline]),
    )
    def is_decided(self, lead: str, number: int, decide: Callable[..., Pair]) -> None:
        waiting = self.waiting_pairs()
        self.tries(decide, lead, waiting[number % len(waiting)] if waiting else number)

    @rule()
    def is_approved_as_a_whole(self) -> None:
        for number in self.waiting_pairs():
            self.tries(approvals.approve, self.office.program.leads[0], number)
            self.moves_are_legal()

    @rule(events=st.integers(1, 6))
    def goes_well_for_a_while(self, events: int) -> None:
        """The leads do their part, and the bot is up."""
        self.is_matched(self.office.program.leads[0])
        self.is_approved_as_a_whole()
        self.time_passes_in_order(events)

    @rule(lead=st.sampled_from([LEAD, OTHER_LEAD]))
    def is_introduced(self, lead: str) -> None:
        self.tries(introductions.introduce_now, lead)

    @rule(arrived=st.booleans())
    def is_settled(self, arrived: bool) -> None:
        for letter in self.office.every_letter():
            if letter.state is RowState.UNKNOWN:
                self.tries(outgoing.settle, self.office.program.leads[0], letter.id, arrived)
                # Whoever has it sent again accepts that it may stand there twice.
                self.pardoned[letter.notice.key] += not arrived

    # --- what time and Slack do

    @rule(hours=st.sampled_from([0, 1, 7, 26, 50, 24 * 4, 24 * 7, 24 * 15, 24 * 24]))
    def time_passes(self, hours: int) -> None:
        self.office.clock.passes(hours=hours)
        for job in JOBS:
            job(self.office.ctx)
            self.moves_are_legal()
        promises.nothing_due_is_left(self.office, PEOPLE)
        promises.calls_are_heard(self.office)

    @rule(events=st.integers(1, 6))
    def time_passes_in_order(self, events: int) -> None:
        """A bot that is up is there at each moment at which something is due."""
        for _ in range(events):
            self.delivers(["sent"])
            coming = upcoming.next_at(self.office.ctx)
            assert coming is not None
            self.office.clock.time = max(coming, self.office.clock() + MINUTE)
            self.time_passes(0)
        self.every_screen_is_looked_at()
        for letter in self.office.every_letter():
            if letter.posted and letter.state is RowState.SENT:
                promises.looks_forward(self.office, letter)

    @rule(fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=6))
    def delivers(self, fates: list[str]) -> None:
        """The messages that are due meet these fates in turn; then those wake up who were suspended before."""
        asleep, self.suspended = self.suspended, []
        for place, letter in enumerate(outgoing.due(self.office.ctx)):
            mail = outgoing.prepare(self.office.ctx, letter)
            if mail and not self.is_found(letter):
                leased = outgoing.lease(self.office.ctx, letter, "courier")
                assert leased is not None
                self.goes_out(mail, leased, fates[place % len(fates)])
        self.wake_up(asleep)
        outgoing.recover(self.office.ctx)

    def is_found(self, letter: Letter) -> bool:
        """A message that nobody was sure of stands in its conversation."""
        if letter.state is not RowState.UNSURE or letter.id not in self.on_screen_unseen:
            return False
        self.on_screen_unseen.remove(letter.id)
        return outgoing.found(self.office.ctx, letter, "courier", "D1", f"found.{letter.id}")

    def goes_out(self, mail: Mail, letter: Letter, fate: str) -> None:
        """A leased message meets its fate; one that is cut off stays leased until somebody takes over."""
        if fate == "sent":
            self.comes_onto_a_screen(letter)
            assert self.office.shows(mail, letter)
        elif fate == "arrives unseen" and not letter.posted:
            self.comes_onto_a_screen(letter)
            self.on_screen_unseen.add(letter.id)
        if fate in ("arrives unseen", "lost"):
            outgoing.doubt(self.office.ctx, letter, "timeout")
        elif fate == "told late":
            self.comes_onto_a_screen(letter)
            self.on_screen_unseen.add(letter.id)
            self.suspended.append((mail, letter))
        elif fate == "limited":
            outgoing.put_back(self.office.ctx, letter, 30, "ratelimited", counts=False)
        elif fate in ("refused", "unknown"):
            {"refused": outgoing.fail, "unknown": outgoing.give_up}[fate](self.office.ctx, letter, fate)

    def wake_up(self, asleep: list[tuple[Mail, Letter]]) -> None:
        """Whoever was suspended with a success in hand tells it, however late."""
        for mail, letter in asleep:
            place = (letter.channel or "D1", letter.ts or f"found.{letter.id}")
            outgoing.delivered(self.office.ctx, replace(mail, letter=letter), *place)
            (known,) = (one for one in self.office.every_letter() if one.id == letter.id)
            # A message that was let go meanwhile is taken away, and may be said again.
            self.posts[letter.notice.key] -= not known.posted
            if known.posted:
                self.office.on_screen[letter.id] = mail.content
            self.seen["told late"] += 1

    # --- what must hold

    def comes_onto_a_screen(self, letter: Letter) -> None:
        """A message is seen for the first time: once, and by people who are there to read it."""
        if letter.posted:
            return
        key = letter.notice.key
        self.posts[key] += 1
        self.seen[letter.notice.kind] += 1
        assert self.posts[key] <= 1 + self.pardoned[key]
        promises.readers_are_there(self.office, letter)
        if letter.notice.kind in (Kind.CHECKIN, Kind.REASK):
            self.is_asked(letter)

    def is_asked(self, letter: Letter) -> None:
        """The questions are about pairs that go on, each the only one about its pair for this person in this week."""
        person, week = person_and_week(letter.notice.subject)
        own = self.office.checkins(person)
        questions = [one for one in own if one.week == week]
        assert any(promises.goes_on(self.office, self.office.pair(one.pair_id), person) for one in questions)
        assert set(Counter((one.pair_id, one.week) for one in own).values()) <= {1}

    @invariant()
    def moves_are_legal(self) -> None:
        moves, self.last_move = promises.moves_are_legal(self.database, self.last_move)
        for what, number, after in moves:
            self.seen[f"{what} {after}"] += 1
            if (what, after) == ("pairs", PairState.APPROVED):
                promises.somebody_or_a_rule_decided(self.office, self.office.pair(number))
                promises.there_is_room(self.office, self.office.pair(number))
            if (what, after) == ("pairs", PairState.INTRODUCED):
                promises.hard_rules_hold(self.office, self.office.pair(number))
                promises.its_mentee_agreed(self.office, self.office.pair(number))

    @invariant()
    def states_agree(self) -> None:
        if self.office.is_set_up:
            promises.states_agree(self.office)

    def teardown(self) -> None:
        """In the end, everything that was committed gets to where it should be."""
        if self.office.is_set_up:
            self.wake_up(self.suspended)
            outgoing.recover(self.office.ctx, lambda _: True)
            while outgoing.waiting(self.office.ctx):
                self.office.clock.time += WEEK
                self.delivers(["sent"])

    # --- screens

    @rule()
    def every_screen_is_looked_at(self) -> None:
        """Whatever happened, each message on each screen shows the present state, once it has been brought there."""
        for _ in range(4):
            self.delivers(["sent"])
        for letter in self.office.every_letter():
            if letter.posted and letter.state is RowState.SENT:
                self.seen["screens"] += 1
                promises.screen_is_true(self.office, letter)

    # --- small things

    def tries(self, act: Callable[..., object], *given: object) -> None:
        """Whatever is not allowed is refused with a sentence, and with nothing worse."""
        refusal = None
        try:
            act(self.office.ctx, self.office.workspace, *given)
        except ProgramError as problem:
            refusal = problem
        assert refusal is None or refusal.sentence

    def waiting_pairs(self) -> list[int]:
        return [pair.id for pair in self.office.pairs if pair.state is PairState.PROPOSED]


class Undoing(Lives):
    """The same with leads who take decisions back, end pairs or let them rest, and have rules for approving."""

    @rule(lead=st.sampled_from([LEAD, OTHER_LEAD, "U1"]), number=st.integers(0, 5))
    def is_undone(self, lead: str, number: int) -> None:
        decided = [pair.id for pair in self.office.pairs if pair.state in UNDONE]
        self.tries(undoing.undo, lead, decided[number % len(decided)] if decided else number)

    @rule(
        lead=st.sampled_from([LEAD, OTHER_LEAD]), number=st.integers(0, 5), days=st.sampled_from([0, 5, 12])
    )
    def is_ended_or_rests(self, lead: str, number: int, days: int) -> None:
        running = [pair.id for pair in self.office.pairs if pair.state is PairState.INTRODUCED]
        which = running[number % len(running)] if running else number
        if days:
            self.tries(closing.rest, lead, which, (self.office.clock() + timedelta(days=days)).date())
        else:
            self.tries(closing.end, lead, which)

    @rule(above=st.sampled_from([None, 1, 60]), after=st.sampled_from([None, 1, 4]))
    def has_rules_for_approving(self, above: int | None, after: int | None) -> None:
        self.office.rules(approve_above=above, approve_after_days=after)


@pytest.fixture
def watched(sqlite_copy: Path) -> Iterator[Database]:
    """A database that notes every change of a state."""
    database = Database(f"sqlite:///{sqlite_copy}")
    promises.watch(database)
    yield database
    database.close()


@pytest.mark.slow
@pytest.mark.hypothesis
def test_random_lives(watched: Database) -> None:
    Lives.database = watched
    Lives.seen.clear()
    run_state_machine_as_test(Lives, settings=lives(12, steps=40))
    # Lives in which nobody is introduced would prove nothing. With more effort they may do without what is rare.
    rare = {Kind.HELP, Kind.BACK} if EFFORT == 1 else set[Kind]()
    reached = {
        "pairs introduced",
        "pairs withdrawn",
        "checkins asked",
        "cycles closed",
        "screens",
        Kind.INTRO,
        Kind.CARD,
        *rare,
    }
    assert reached <= set(Lives.seen)


@pytest.mark.slow
@pytest.mark.hypothesis
def test_random_lives_with_leads_who_undo(watched: Database) -> None:
    Lives.database = watched
    run_state_machine_as_test(Undoing, settings=lives(8, steps=40))
