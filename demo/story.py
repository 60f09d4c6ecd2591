"""The story: a program is set up, people join, pairs are approved and introduced, and weeks go by."""

from __future__ import annotations

import random
import threading
from datetime import UTC, date, datetime, timedelta

from demo.cast import ANSWERS, COMPANY, Character, cast
from demo.narrator import Narrator
from demo.stage import Stage
from mentoring.programs import WEEKS
from mentoring.skills import starter
from program import reports
from program.reports import Figures
from sandbox import Message, Person

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
"""A Monday in winter, when all the cast's clocks stand still for a while."""

FIRST_CYCLE = date(2027, 1, 11)
PROPOSAL = datetime(2027, 1, 7, 10, 1, tzinfo=UTC)
INTROS = datetime(2027, 1, 12, 10, 1, tzinfo=UTC)
SKILLS_IN_PLAY = 12
SHOWN = 3
"""So many people are watched while they join; the others do the same."""


class Story:
    """One run of the program with a cast of so many people, over so many weeks; the same seed tells the same story."""

    def __init__(self, stage: Stage, people: int, weeks: int, seed: int, narrator: Narrator) -> None:
        """Prepare the cast; nothing happens before `play`."""
        self._stage, self._slack = stage, stage.slack
        self._weeks = weeks
        self._seed = seed
        self._narrator = narrator
        skills = starter().labels[:SKILLS_IN_PLAY]
        self._cast = cast(people, skills, self._chance("cast"))
        self._actors: dict[str, Character] = {}
        self._answered: set[tuple[str, str]] = set()
        self._both_clicked = False

    def play(self) -> Figures:
        """Tell the whole story; gives the figures at its end."""
        self._scene("a workspace admin sets up the program", START)
        self._set_up()
        self._scene(f"{len(self._cast)} people join", START)
        self._join()
        self._scene("the leads get the proposed pairs, some days before the introductions", PROPOSAL)
        self._stage.live_until(PROPOSAL)
        self._decide()
        self._scene("intro time; approved pairs meet in a group DM, each once both are at work", INTROS)
        self._stage.live_until(INTROS)
        for week in range(1, self._weeks + 1):
            self._live_a_week(week, INTROS + timedelta(weeks=week))
        return self._figures()

    def _figures(self) -> Figures:
        return reports.figures_of(self._stage.bot.ctx, self._slack.team_id)

    def _scene(self, title: str, when: datetime) -> None:
        self._narrator.scene(title, when)

    def _set_up(self) -> None:
        self._admin = self._enter("Ottoline Wayfarer", "Europe/Lisbon", admin=True)
        self._second = self._enter("Barnaby Thistle", "Europe/Berlin")
        leads = [self._admin, self._second]
        self._channel = self._slack.add_channel("mentoring-leads", members=leads, private=True, bot=True)
        self._admin.types("/reverse-mentor setup")
        self._admin.fills("Name", f"Reverse mentoring at {COMPANY}")
        self._admin.fills("Leads", leads)
        self._admin.fills("Leads' channel", self._channel)
        self._admin.fills("First start", FIRST_CYCLE)
        self._admin.fills("Weeks in a cycle", min(max(2, self._weeks), WEEKS[-1]))
        self._admin.submits()

    def _enter(self, name: str, zone: str, admin: bool = False) -> Person:
        person = self._slack.add_person(name, tz=zone, admin=admin)
        self._narrator.names[person.id] = name
        return person

    def _join(self) -> None:
        for number, character in enumerate(self._cast):
            person = self._enter(character.name, character.zone)
            self._actors[person.id] = character
            self._fill_profile(person, character, forgets=number == 0)
            self._stage.quiet()
            self._narrator.hush = number + 1 >= SHOWN
        self._narrator.hush = False
        if len(self._cast) > SHOWN:
            self._narrator.aside(f"… and {len(self._cast) - SHOWN} more in the same way.")

    def _fill_profile(self, person: Person, character: Character, forgets: bool) -> None:
        side = "Share what I know, as a mentor" if character.junior else "Learn from others, as a mentee"
        field = "Skills I can share" if character.junior else "Skills I want to learn, most wanted first"
        person.types("/reverse-mentor")
        person.fills("What would you like to do?", side)
        person.fills("My level", character.level)
        person.fills("My department", character.department)
        if forgets:
            for label, sentence in person.submits().errors.items():
                self._narrator.aside(f"{person.name} forgot something, and reads under “{label}”: {sentence}")
        person.fills(field, list(character.skills))
        person.submits()

    def _decide(self) -> None:
        """The leads approve most pairs and decline a few; once, both click at the same moment."""
        cards = self._open_cards()
        if cards and not self._both_clicked:
            self._both_clicked = True
            self._both_click(cards.pop(0))
        for card in cards:
            chance = self._chance("decision", card.full_text.partition("\n")[0])
            lead = chance.choice((self._admin, self._second))
            if chance.random() < 0.1:
                lead.clicks("Decline", card)
                lead.submits()
            else:
                lead.clicks("Approve", card)
        self._stage.quiet()

    def _open_cards(self) -> list[Message]:
        return [message for message in self._admin.messages(self._channel) if "Approve" in message.buttons]

    def _both_click(self, card: Message) -> None:
        leads = (self._admin, self._second)
        clicks = [threading.Thread(target=lead.clicks, args=("Approve", card)) for lead in leads]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join()

    def _live_a_week(self, week: int, until: datetime) -> None:
        """Live through a week half a day at a time; whoever has an open question may answer it."""
        self._scene(f"week {week}, with check-ins at each person's own hour", until - timedelta(weeks=1))
        before = self._figures()
        self._narrator.hush = week > 1
        while self._stage.clock.now() < until:
            self._stage.live_until(min(until, self._stage.clock.now() + timedelta(hours=12)))
            for person_id, character in self._actors.items():
                self._maybe_answer(self._slack.person(person_id), character)
            self._decide()
        self._narrator.hush = False
        self._narrator.aside(_week_in_figures(before, self._figures()))

    def _maybe_answer(self, person: Person, character: Character) -> None:
        question = next((m for m in reversed(person.messages()) if "We met" in m.buttons), None)
        if question is None or character.quiet or (person.id, question.ts) in self._answered:
            return
        self._answered.add((person.id, question.ts))
        if character.slow and "In case you missed it" not in question.full_text:
            return
        asked = sum(person_id == person.id for person_id, _ in self._answered)
        chance = self._chance("answer", person.name, asked)
        person.clicks("I need help" if chance.random() < 0.03 else chance.choice(ANSWERS), question)

    def _chance(self, *occasion: object) -> random.Random:
        """Chance that depends on the seed and the occasion alone, and not on who was faster before."""
        return random.Random(f"{self._seed} {occasion}")


def _week_in_figures(before: Figures, after: Figures) -> str:
    sent = after.checkins_sent - before.checkins_sent
    answered = after.checkins_answered - before.checkins_answered
    return f"This week {sent} people were asked, {answered} answered, {after.reasks - before.reasks} were asked again."
