"""An office: a workspace with a program in it, a clock that is moved by hand, and a Slack that always answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from handlers.views import render
from mentoring.checkins import CheckIn
from mentoring.cycles import Cycle, CycleTimes, LeftOut, cycle_times
from mentoring.messages import CheckInPrompt, CheckInQuestions, Content, Kind
from mentoring.pairings import Pair, PairState
from mentoring.people import Member, Person, ProfileDraft, draft_of
from mentoring.programs import CheckedProgram, Program, ProgramDraft, RuleSettings
from mentoring.programs import draft_of as settings_of
from program import outgoing, people, profiles, programs, upcoming
from program.context import Context
from program.outgoing import Letter, Mail
from scheduler.jobs import JOBS
from storage import checkins as stored_checkins
from storage import cycles as stored_cycles
from storage import left_out as stored_left_out
from storage import members as stored_members
from storage import pairs
from storage import people as stored_people
from storage import programs as stored_programs
from storage.database import Database, Tx
from storage.outbox import letters
from tests.harness import Clock, Leading, every_letter
from tests.program.past import Past, is_empty, store, stored

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A week before the first cycle starts; in Lisbon it is nine o'clock too."""

PROPOSAL = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
INTRO = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
CHECKIN = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
REASK = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
"""Two days after the check-in it is Saturday, so the reminder comes when Monday's work begins."""

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
HOME = "Europe/Lisbon"
ADMIN = Person("UADMIN", "Ada", HOME, admin=True)
LEAD, OTHER_LEAD = "ULEAD", "UOTHER"
PASTS: dict[str, Past] = {}
"""What an office lived through before the tests, with nothing in the product changed: `proposed` and the like."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message or update that came onto a screen."""

    at: datetime
    kind: Kind
    recipient: str
    content: Content
    is_new: bool


def prompt(said: Said) -> CheckInPrompt:
    """The only question in a check-in."""
    assert isinstance(said.content, CheckInQuestions)
    (found,) = said.content.prompts
    return found


class Office(Leading):
    """What tests talk to; `said` is everything that came onto a screen, in order."""

    def __init__(self, database: Database, workspace: str = "T1", clock: Clock | None = None) -> None:
        self.clock = clock or Clock(MONDAY)
        self.woken = 0
        self.ctx = Context(database, self.clock, frozenset({"UOPERATOR"}), self._wake)
        self.workspace = workspace
        self.said: list[Said] = []
        self.on_screen: dict[int, Content] = {}
        self._posts = 0
        self._as_opened = self.ctx

    def _wake(self) -> None:
        self.woken += 1

    def beside(self, database: Database) -> Office:
        """The same office seen through another process's connections."""
        return Office(database, self.workspace, self.clock)

    # --- people and settings

    def sets_up(self, person: Person = ADMIN, greets: bool = False, **answers: Any) -> Program:
        """A program led by two, in Lisbon, in cycles of four weeks; or the changes to the one there is."""
        known = programs.find(self.ctx, self.workspace)
        draft = (
            settings_of(known)
            if known
            else ProgramDraft(
                name="Upside Down",
                leads=(LEAD, OTHER_LEAD),
                leads_channel="CLEADS",
                time_zone=HOME,
                cycle_weeks=4,
                first_start="2026-03-09",
                proposal_days=4,
            )
        )
        return programs.set_up(self.ctx, self.workspace, person, replace(draft, **answers), greets=greets)

    def joins(self, person_id: str, zone: str | None = HOME, **answers: Any) -> Member:
        """Somebody joins, at level 2, to share and to learn what nobody else offers or wants."""
        own = (f"Only {person_id}",)
        given: dict[str, Any] = {
            "role": "both",
            "level": 2,
            "shares": own,
            "wants": own,
            "languages": ("English",),
        } | answers
        person = Person(person_id, f"Name of {person_id}", zone)
        return profiles.save(self.ctx, self.workspace, person, ProfileDraft(**given)).member

    def couple(self, number: int = 1, **answers: Any) -> tuple[str, str]:
        """A mentor and a mentee who fit each other and nobody else."""
        topic = (f"Topic number {number}",)
        mentor, mentee = f"UMENTOR{number}", f"UMENTEE{number}"
        shares: dict[str, Any] = {"role": "share", "level": 2, "shares": topic, "wants": ()}
        learns: dict[str, Any] = {"role": "learn", "level": 5, "shares": (), "wants": topic}
        self.joins(mentor, **shares | answers)
        self.joins(mentee, **learns | answers)
        return mentor, mentee

    def edit(self, person_id: str, **answers: Any) -> Member:
        """Somebody changes their profile."""
        member = self.member(person_id)
        draft = replace(draft_of(member.profile), **answers)
        return profiles.save(self.ctx, self.workspace, member.person, draft).member

    def directory_says(self, person_id: str, **facts: Any) -> None:
        """The workspace's directory has something new about somebody."""
        person = replace(self.member(person_id).person, **facts)
        people.record(self.ctx, self.workspace, [person])

    def behind_the_scenes(self, change: Callable[[Tx, Program], object]) -> None:
        """Change what is stored without the use cases, as if an event about it had been lost."""
        with self.ctx.database.write() as tx:
            change(tx, self.in_tx(tx))

    def in_tx(self, tx: Tx) -> Program:
        program = stored_programs.find(tx, self.workspace)
        assert program is not None
        return program

    def unseen(self, person_id: str, **facts: Any) -> None:
        """Something changed about a person, and the program acted on nothing yet."""
        person = replace(self.member(person_id).person, **facts)
        self.behind_the_scenes(lambda tx, _: stored_people.save(tx, self.workspace, person, self.clock()))

    def rules(self, **changes: Any) -> None:
        """Set rules that the settings form does not ask for yet."""

        def change(tx: Tx, program: Program) -> None:
            rules: RuleSettings = replace(program.rules, **changes)
            stored_programs.save(tx, program.id, replace_rules(program, rules))

        self.behind_the_scenes(change)

    # --- time and delivery

    def as_lead(self) -> tuple[Context, str, str]:
        return self.ctx, self.workspace, LEAD

    def at(self, moment: datetime) -> None:
        """It is that time now, everything due happens, and every message arrives."""
        self.clock.time = moment
        self.tick()
        self.delivers()

    def passes(self, **span: float) -> None:
        self.at(self.clock.time + timedelta(**span))

    def lives_until(self, moment: datetime, step: timedelta | None = None) -> None:
        """Time goes by, with a tick and a delivery whenever something is due, or else at each step."""
        while (then := self._next(step)) and then < moment:
            self.at(then)
        self.at(moment)

    def _next(self, step: timedelta | None) -> datetime | None:
        if step:
            return self.clock.time + step
        due = upcoming.next_at(self.ctx)
        return due and max(due, self.clock.time + MINUTE)

    def tick(self) -> int:
        """Do what is due; unlike in the running bot, an error is not for later."""
        ticking = self.ctx.ticking()
        return sum(job(ticking) for job in JOBS)

    def delivers(self, only: Callable[[Letter], bool] = lambda _: True) -> list[Said]:
        """Bring messages onto the screens until none is due; gives what came."""
        before = len(self.said)
        while sum(self._deliver(letter) for letter in outgoing.due(self.ctx) if only(letter)):
            pass
        return self.said[before:]

    def _deliver(self, letter: Letter) -> bool:
        mail = outgoing.prepare(self.ctx, letter)
        if mail and letter.posted and self._looks_the_same(letter.id, mail.content):
            outgoing.unchanged(self.ctx, letter)
            return True
        leased = outgoing.lease(self.ctx, letter, "courier") if mail else None
        if mail is None or leased is None:
            return mail is None
        return self.shows(mail, leased)

    def _looks_the_same(self, row_id: int, content: Content) -> bool:
        return row_id in self.on_screen and render(content) == render(self.on_screen[row_id])

    def shows(self, mail: Mail, leased: Letter) -> bool:
        """A leased message comes onto the screen."""
        self._posts += 1
        channel = mail.channel or "D" + "".join(mail.people)
        mail = replace(mail, letter=leased)
        done = outgoing.delivered(self.ctx, mail, channel, leased.ts or f"{self._posts}.000")
        self.on_screen[leased.id] = mail.content
        notice = leased.notice
        self.said.append(Said(self.clock(), notice.kind, notice.recipient, mail.content, not leased.posted))
        return done

    # --- what is there

    def heard(self, person_id: str, kind: Kind | None = None) -> list[Said]:
        """The new direct messages that a person got."""
        return [
            one
            for one in self.said
            if one.recipient == f"person:{person_id}" and one.is_new and kind in (None, one.kind)
        ]

    def kinds(self, *kinds: Kind) -> list[Said]:
        """The new messages of these kinds."""
        return [one for one in self.said if one.is_new and one.kind in kinds]

    @property
    def is_set_up(self) -> bool:
        return programs.find(self.ctx, self.workspace) is not None

    def find(self, person_id: str) -> Member | None:
        with self.ctx.database.read() as tx:
            return stored_members.get(tx, self.in_tx(tx).id, person_id)

    def member(self, person_id: str) -> Member:
        member = self.find(person_id)
        assert member is not None
        return member

    @property
    def program(self) -> Program:
        with self.ctx.database.read() as tx:
            return self.in_tx(tx)

    @property
    def cycles(self) -> list[Cycle]:
        with self.ctx.database.read() as tx:
            return stored_cycles.of_program(tx, self.in_tx(tx).id)

    @property
    def left_out(self) -> list[LeftOut]:
        """Whom the last cycle's matching left out."""
        with self.ctx.database.read() as tx:
            return stored_left_out.of_cycle(tx, self.cycles[-1].id)

    @property
    def pairs(self) -> list[Pair]:
        with self.ctx.database.read() as tx:
            return [pair for state in PairState for pair in pairs.in_state(tx, self.in_tx(tx).id, state)]

    def pair(self, number: int | None = None) -> Pair:
        """The pair with that number, or the only one there is."""
        if number is None:
            (pair,) = self.pairs
            return pair
        return next(pair for pair in self.pairs if pair.id == number)

    def checkins(self, person_id: str) -> list[CheckIn]:
        """A person's check-ins, oldest first."""
        with self.ctx.database.read() as tx:
            return stored_checkins.of_person(tx, self.in_tx(tx).id, person_id)[::-1]

    def letters(self, kind: Kind, subject: object) -> list[Letter]:
        with self.ctx.database.read() as tx:
            return letters.about(tx, self.in_tx(tx).id, kind, subject)

    def every_letter(self) -> list[Letter]:
        return [one for one in every_letter(self.ctx.database) if one.program_id == self.program.id]

    # --- shortcuts into a program's life

    def proposed(self) -> Pair:
        """One pair, whose card the leads have on screen."""
        if not self._has_been("proposed"):
            self.sets_up()
            self.couple()
            self.at(PROPOSAL)
        return self.pair()

    def approved(self) -> Pair:
        """One pair that a lead approved."""
        if not self._has_been("approved"):
            self.approves(self.proposed().id)
            self.delivers()
        return self.pair()

    def introduced(self) -> Pair:
        """One pair that was introduced on the first Tuesday."""
        if self._has_been("introduced"):
            return self.pair()
        self.sets_up()
        return self.introduced_in_place()

    def introduced_in_place(self) -> Pair:
        """The same in a program that is set up already."""
        self.couple()
        self.at(PROPOSAL)
        self.approves(self.pair().id)
        self.delivers()
        self.at(INTRO)
        return self.pair()

    def past(self) -> Past:
        """What it lived through so far."""
        rows, said = stored(self.ctx.database), tuple(self.said)
        return Past(rows, self.clock(), said, dict(self.on_screen), self._posts, self.woken)

    def _has_been(self, what: str) -> bool:
        """Begin with what another office lived through, if this one is new and so would live through the same."""
        past = PASTS.get(what)
        new = (MONDAY, self._as_opened, "T1") == (self.clock.time, self.ctx, self.workspace)
        if past is None or not new or type(self) is not Office or not is_empty(self.ctx.database):
            return False
        store(self.ctx.database, past.rows)
        self.clock.time, self.said, self.on_screen = past.time, [*past.said], dict(past.on_screen)
        self._posts, self.woken = past.posts, past.woken
        return True

    def times(self, number: int = 1) -> CycleTimes:
        """The planned times of a cycle."""
        return cycle_times(self.program.calendar, number)


def replace_rules(program: Program, rules: RuleSettings) -> CheckedProgram:
    """The program's settings with other rules."""
    return CheckedProgram(program.name, program.leads, program.leads_channel, program.calendar, rules)


def on(day: str) -> date:
    return date.fromisoformat(day)
