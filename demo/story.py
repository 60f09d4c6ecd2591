"""The story: a program is set up, people join, pairs are approved and introduced, and weeks go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from demo import scenes
from demo.cast import COMPANY, LEADS, Character, cast
from demo.deeds import GLANCE, READING, at_once, enroll, put_away
from demo.habits import PLANNED, REFLECTED
from demo.life import Life, works
from demo.narrator import Narrator
from demo.pace import Pace
from demo.stage import Stage
from handlers.views.reporting import cycle_report
from mentoring.outcomes.published import CycleReport, Report
from mentoring.programs import WEEKS
from mentoring.skills import starter
from program import reporting, reports
from program.reports import Figures
from sandbox import Person, PersonError

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
"""A Monday in winter, when all the cast's clocks stand still for a while."""

FIRST_CYCLE = date(2027, 1, 11)
PROPOSAL = datetime(2027, 1, 7, 10, 1, tzinfo=UTC)
INTROS = datetime(2027, 1, 12, 10, 1, tzinfo=UTC)
SKILLS_IN_PLAY = 12
PARTING_WEEK = 3
"""In which somebody ends their own pair."""

FEWEST_FOR_A_PARTING = 12
"""In a smaller company everybody stays."""

SHOWN = 3
"""So many people are watched while they join; the others do the same."""

CLOSED, SOMEBODY_NEW = "has closed your pair with", "Find somebody new"
HOME, DM, GROUP = "home", "messages", "group"
CHANNEL = "mentoring-leads"


def told(program: str, report: Report) -> str:
    """A report in words."""
    return cycle_report(CycleReport(program, report)).text


class Story:
    """One run of the program with a cast of so many people, over so many weeks; the same seed tells the same story."""

    def __init__(
        self,
        stage: Stage,
        people: int,
        weeks: int,
        seed: int,
        narrator: Narrator,
        pace: Pace | None = None,
    ) -> None:
        """Let everybody come to work; nothing else happens before `play`. Somebody may watch at a `pace`."""
        self._stage, self._slack = stage, stage.slack
        self._weeks = weeks
        self._narrator, self._pace = narrator, pace or Pace(watched=False)
        skills = starter().labels[:SKILLS_IN_PLAY]
        self.life = Life(stage, seed, skills, strict=pace is None)
        self._leads = [
            self._slack.add_person(name, tz=zone, title="People team", admin=number == 0)
            for number, (name, zone) in enumerate(LEADS)
        ]
        self._channel = self._slack.add_channel(CHANNEL, members=self._leads, private=True, bot=True)
        self.life.leads.update(lead.id for lead in self._leads)
        self._cast = [self.life.comes_in(each) for each in cast(people, skills, self.life.chance("cast"))]
        narrator.names.update({person.id: person.name for person in self._slack.people()})

    def play(self) -> Figures:
        """Tell the whole story; gives the figures at its end. Raises `TakenOver` when a visitor wants the rest."""
        self.begins()
        mentor = self._somebody_paired()
        for week in range(1, self._weeks + 1):
            self._live_a_week(week, INTROS + timedelta(weeks=week), mentor)
        self._report()
        self._pace.end()
        return self.figures()

    def begins(self) -> None:
        """Tell it from the first form to the first introductions. Raises `TakenOver`."""
        lead = self._leads[0].name
        self._scene(scenes.SET_UP, START, lead, DM)
        self.sets_up()
        self._scene(scenes.JOIN, START, self._cast[0].name, DM, people=len(self._cast))
        self._join()
        self._scene(scenes.PROPOSAL, PROPOSAL, lead, f"#{CHANNEL}")
        self._stage.lives_until(PROPOSAL)
        self._pace.rest(3 * READING)
        self._decide()
        self._scene(scenes.INTROS, INTROS, lead, f"#{CHANNEL}")
        self._stage.lives_until(INTROS)
        self._pace.looks(self._somebody_paired(), GROUP)
        self._pace.rest(5 * READING)
        self.life.begin()

    def goes_on(self) -> None:
        """Let the cast live on whenever somebody moves the time; people come and go from now on."""
        self.life.begin()
        self.life.comings_and_goings = True
        self._stage.lives_through = self.life.lives_until

    def figures(self) -> Figures:
        """What the program has come to so far. Raises `NoProgram`."""
        return reports.figures_of(self._stage.bot.ctx, self._slack.team_id)

    def _scene(self, scene: scenes.Words, when: datetime, who: str, where: str, **facts: object) -> None:
        self._narrator.scene(scene.title.format(**facts), when)
        self._pace.begin(scene.shown(who, where, facts))

    def sets_up(self) -> None:
        """Let the admin fill in the settings."""
        admin, rest = self._leads[0], self._pace.rest
        admin.types("/reverse-mentor setup")
        for label, value in (
            ("Name", f"Reverse mentoring at {COMPANY}"),
            ("Leads", self._leads),
            ("Leads' channel", self._channel),
            ("First start", FIRST_CYCLE),
            ("Meetings of a pair", min(max(2, self._weeks), WEEKS[-1])),
            ("How often", "Every week"),
        ):
            rest(2 * GLANCE)
            admin.fills(label, value)
        rest(2 * GLANCE)
        admin.submits()
        rest(2 * READING)
        put_away(admin)

    def _join(self) -> None:
        for number, person in enumerate(self._cast):
            watched = number < SHOWN
            if watched:
                self._pace.looks(person.name, DM)
            self._joins(person, watched, forgets=number == 0)
            self._stage.quiet()
            self._pace.rest(READING if watched else 0.1)
            self._narrator.hush = number + 1 >= SHOWN
        self._narrator.hush = False
        if len(self._cast) > SHOWN:
            self._narrator.aside(f"… and {len(self._cast) - SHOWN} more in the same way.")

    def _joins(self, person: Person, watched: bool, forgets: bool) -> None:
        def forgotten(label: str, sentence: str) -> None:
            self._narrator.aside(f"{person.name} forgot something, and reads under “{label}”: {sentence}")

        def fills_in(person: Person, character: Character) -> None:
            enroll(person, character, self._pace.rest if watched else at_once, forgotten if forgets else None)

        try:
            self.life.joins(person, fills_in)
        except PersonError:
            if person.id not in self._slack.acted_as(busy=True):
                raise

    def _decide(self) -> None:
        """The leads approve most pairs and decline a few; once, both approve the same."""
        theirs = self._slack.acted_as(busy=True)
        leads = [lead for lead in self._leads if lead.id not in theirs]
        if leads == self._leads:
            self.life.deciding.both_approve(leads, self._channel)
        if leads:
            self.life.deciding.decide(leads, self._channel, self._pace.rest)
        self._stage.quiet()

    def _report(self) -> None:
        """The leads get the report, if the weeks are all of the cycle; what it says stands in the terminal as well."""
        found = reporting.of_program(self._stage.bot.ctx, reporting.every(self._stage.bot.ctx)[0])
        if found.report is None:
            return
        self._stage.quiet()
        self._scene(scenes.REPORT, found.report.ends, self._leads[0].name, f"#{CHANNEL}")
        for line in told(found.program, found.report).split("\n"):
            self._narrator.aside(self._narrator.readable(line))
        self._pace.rest(5 * READING)

    def _somebody_paired(self) -> str:
        """Whose weeks are watched: the first of the cast who is in a pair, or the first of all."""
        return next((each.name for each in self._cast if each.group_dms()), self._cast[0].name)

    def _live_a_week(self, week: int, until: datetime, who: str) -> None:
        """Live through a week a few hours at a time; whoever has an open question may answer it."""
        self._scene(scenes.WEEK, until - timedelta(weeks=1), who, DM, week=week, weeks=self._weeks)
        before, habits = self.figures(), self.life.habits.done.copy()
        if week == PARTING_WEEK and len(self._cast) >= FEWEST_FOR_A_PARTING:
            self._somebody_leaves_a_pair()
        self._narrator.hush = week > 1
        self.life.lives_until(until, after=lambda: self._pace.rest(0.1 if week == 1 else 0.02))
        self._narrator.hush = False
        self._narrator.aside(_week_in_figures(before, self.figures(), self.life.habits.done - habits))
        if week == 1:
            self._narrator.aside(
                "On Monday morning the leads have read in their channel how the program stands."
            )
            self._pace.looks(self._leads[0].name, f"#{CHANNEL}")
            self._pace.rest(3 * READING)
            self._narrator.aside("Their Home tab shows the same at any moment, with what needs them on top.")
            self._pace.looks(self._leads[0].name, HOME)
            self._pace.rest(3 * READING)

    def _somebody_leaves_a_pair(self) -> None:
        """One ends their own pair; the other reads that it is closed, and asks for somebody new."""
        two = next(self._who_could_part(), None)
        if two is None:
            return
        leaver, partner = two
        leaver.types("/reverse-mentor partner end yes")
        self._stage.quiet()
        told = partner.sees(CLOSED, partner.dm)
        if told and SOMEBODY_NEW in told.buttons:
            self._pace.looks(partner.name, DM)
            self._pace.rest(3 * READING)
            partner.clicks(SOMEBODY_NEW, told)
            self._stage.quiet()
            self._narrator.aside(
                f"{leaver.name} ends the pair with {partner.name}, who reads that the program closed it: not who "
                "wished so, and not why. One tap asks for somebody new."
            )

    def _who_could_part(self) -> Iterator[tuple[Person, Person]]:
        """Pairs of the cast, both with one partner and at work now; nobody whom a visitor acts as."""
        now, theirs = self._stage.clock.now(), self._slack.acted_as(busy=True)
        there = {
            each.id: each
            for each in reversed(self._cast)
            if each.id in self.life.actors.keys() - theirs
            and works(self.life.actors[each.id].zone, now)
            and len(each.group_dms()) == 1
        }
        for person in there.values():
            members = set(person.group_dms()[0].members) - {person.id}
            for other in members & there.keys():
                yield person, there[other]


def _week_in_figures(before: Figures, after: Figures, habits: Counter[str]) -> str:
    sent = after.checkins_sent - before.checkins_sent
    answered = after.checkins_answered - before.checkins_answered
    return (
        f"This week {sent} people were asked, {answered} answered, {after.reasks - before.reasks} were asked again; "
        f"{habits[PLANNED]} said when they meet, {habits[REFLECTED]} how a meeting was."
    )
