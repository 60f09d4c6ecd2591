"""Life: what the cast does while time passes - answers, falls silent, takes breaks, leaves, joins, decides."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from demo import rates
from demo.cast import Character, newcomer
from demo.deciding import Deciding
from demo.deeds import enroll, put_away
from demo.habits import MENTION, Habits, sent, week_of
from demo.stage import Stage
from program import programs
from sandbox import Happening, Message, Person, PersonError

BEAT = timedelta(hours=4)
FIRST_BEAT = timedelta(hours=1, minutes=20)
"""After midnight UTC. Everybody in the cast's time zones has two beats in a working day, and none at a full hour."""

LOOKS_AGAIN = timedelta(hours=12)
DAY_BEGINS, DAY_ENDS = 8, 18
WORKING_DAYS = range(5)
BEATS_A_WEEK = 10
"""Of those that fall into somebody's working hours."""


class Life:
    """The cast between the scenes; whoever a visitor acts as is left to the visitor.

    What somebody does depends on the seed, on who they are and on the time, and not on how far time leaps at once.
    """

    def __init__(self, stage: Stage, seed: int, skills: tuple[str, ...], strict: bool = False) -> None:
        """Nobody is in the cast yet; `strict` makes what cannot be done an error, for when nobody interferes."""
        self._stage, self._slack, self._seed = stage, stage.slack, seed
        self._skills, self._strict = skills, strict
        self.deciding = Deciding(stage.slack, self.chance, stage.quiet)
        self.habits = Habits(self.chance)
        self.actors: dict[str, Character] = {}
        self.outside: dict[str, Character] = {}
        """Who has not joined yet, and may."""
        self.leads: set[str] = set()
        self.comings_and_goings = False
        self._ids: dict[str, str] = {}
        self._asked: set[str] = set()
        self._answered: set[tuple[str, str]] = set()
        self._hired = 0.0
        self._next = self._looked = stage.clock.now()
        self._slack.timeline.subscribe(self._happened)

    def chance(self, *occasion: object) -> random.Random:
        """Chance that depends on the seed and the occasion alone, and not on who was faster before."""
        return random.Random(f"{self._seed} {occasion}")

    def comes_in(self, character: Character) -> Person:
        """Let somebody begin at the company."""
        person = self._slack.add_person(character.name, tz=character.zone, title=character.title)
        self._ids[f"DM with {character.name}"] = person.id
        self.outside[person.id] = character
        return person

    def joins(self, person: Person, how: Callable[[Person, Character], None] = enroll) -> None:
        """Let somebody join the program."""
        how(person, self.outside[person.id])
        self.actors[person.id] = self.outside.pop(person.id)

    def begin(self) -> None:
        """Count the beats from now on."""
        self._next = _beat_after(self._stage.clock.now())

    def lives_until(self, moment: datetime, after: Callable[[], None] = lambda: None) -> None:
        """Live until that moment, and let everybody do theirs on the way; calls `after` each beat."""
        while self._stage.clock.now() < moment:
            self._passes(min(moment, self._next))
            while self._next <= self._stage.clock.now():
                self._beat(self._next)
                self._next += BEAT
            self._stage.quiet()
            after()

    def _passes(self, moment: datetime) -> None:
        """Let time pass; the bot looks what is due when it knows of something, and now and then in any case."""
        due = self._stage.next_event()
        if due and due > moment and moment < self._looked + LOOKS_AGAIN:
            self._stage.clock.leap_to(moment)
        else:
            self._stage.lives_until(moment)
            self._looked = moment

    def _happened(self, happening: Happening) -> None:
        """Remember who got a message from the app: nobody else has anything to answer."""
        found = self._ids.get(happening.where)
        if found:
            self._asked.add(found)

    def _beat(self, moment: datetime) -> None:
        program = programs.find(self._stage.bot.ctx, self._slack.team_id)
        if program is None:
            return
        theirs = self._slack.acted_as()
        for person_id, character in list(self.actors.items()):
            if person_id not in theirs and works(character.zone, moment):
                self._does(partial(self._works_on, self._slack.person(person_id), character, moment))
        leads = [self._slack.person(each) for each in program.leads if each in self.leads - theirs]
        at_work = [each for each in leads if works(each.user.tz, moment)]
        if at_work:
            self._does(partial(self.habits.looks_after, at_work[0]))
            self._does(partial(self.deciding.decide, at_work, program.leads_channel))
        self._sign_up(moment, theirs)
        if self.comings_and_goings:
            self._hire(moment)

    def _does(self, deed: Callable[[], object]) -> None:
        """Do something that a visitor may have made impossible a moment ago, or a fault that they switched on."""
        try:
            deed()
        except (PersonError, TimeoutError):
            if self._strict:
                raise

    def _works_on(self, person: Person, character: Character, moment: datetime) -> None:
        self.habits.signs(person)
        if person.id in self._asked:
            self._reads(person, character, moment)
        if self.comings_and_goings:
            self._comes_or_goes(person, moment)

    def _reads(self, person: Person, character: Character, moment: datetime) -> None:
        latest = person.messages()[-5:]
        question = next((each for each in reversed(latest) if _is_question(each)), None)
        paused = next((each for each in reversed(latest) if "Take part again" in each.buttons), None)
        followed = [self.habits.follows_up(person, character.zone, each) for each in latest]
        if question is None and paused is None and not any(followed):
            self._asked.discard(person.id)
        if question and (person.id, question.ts) not in self._answered:
            self._maybe_answers(person, character, question, moment)
        if paused and self._happens(rates.COMES_BACK, "comes back", person.name, moment):
            person.clicks("Take part again", paused)

    def _maybe_answers(
        self, person: Person, character: Character, question: Message, moment: datetime
    ) -> None:
        week = _week(question)
        busy = character.slow or self._draws(rates.BUSY, "busy", person.name, week)
        if character.quiet or self._is_silent(person.name, question):
            return
        if busy and "In case you missed it" not in question:
            return
        if self._draws(rates.ANSWERS_NOW, "answers", person.name, moment):
            self._answered.add((person.id, question.ts))
            person.clicks(self._answer(person, question, week), question)

    def _is_silent(self, name: str, question: Message) -> bool:
        """Whether one of the last weeks began a silence."""
        asked = sent(question)
        weeks = [week_of(asked - timedelta(weeks=ago)) for ago in range(rates.SILENT_WEEKS)]
        return any(self._draws(rates.FALLS_SILENT, "silent", name, week) for week in weeks)

    def _answer(self, person: Person, question: Message, week: str) -> str:
        """What they tap: mostly what their partner would say about the same week."""
        if self._draws(rates.HELP, "help", person.name, week):
            return "I need help"
        pair = sorted({person.id, *MENTION.findall(question.text)[:1]})
        differs = self._draws(rates.SEES_IT_OTHERWISE, "differs", person.name, week)
        if not differs and self._draws(rates.NEVER_BEGINS, "never begins", pair):
            return "Not yet"
        luck = self.chance("week", week, person.name if differs else pair).random()
        return "We met" if luck < rates.MET else "Planned" if luck < rates.MET + rates.PLANNED else "Not yet"

    def _comes_or_goes(self, person: Person, moment: datetime) -> None:
        if self._happens(rates.LEAVES, "leaves", person.name, moment):
            del self.actors[person.id]
            person.types("/reverse-mentor leave yes")
        elif self._happens(rates.TAKES_A_BREAK, "break", person.name, moment):
            person.types("/reverse-mentor pause 2 weeks")

    def _sign_up(self, moment: datetime, theirs: frozenset[str]) -> None:
        """Let some of those join who work here and have not done so yet."""
        for person_id, character in list(self.outside.items()):
            at_work = person_id not in theirs and works(character.zone, moment)
            if at_work and self._draws(rates.SIGNS_UP, "signs up", character.name, moment):
                self._does(partial(self._signs_up, self._slack.person(person_id)))

    def _signs_up(self, person: Person) -> None:
        put_away(person)
        self.joins(person)

    def _hire(self, moment: datetime) -> None:
        """Let new people begin at the company; they join the program in their first days."""
        a_week = max(rates.FEWEST_JOIN, rates.JOINS * len(self.actors))
        if self._draws(a_week * (BEAT / timedelta(weeks=1)), "hire", moment):
            known = {person.name for person in self._slack.people()}
            self.comes_in(newcomer(known, self._skills, self.chance("newcomer", moment)))

    def _happens(self, a_week: float, *occasion: object) -> bool:
        """Whether something that happens at this rate in a week does so in this beat of somebody's working day."""
        return self._draws(a_week / BEATS_A_WEEK, *occasion)

    def _draws(self, chance: float, *occasion: object) -> bool:
        return self.chance(*occasion).random() < chance


def works(zone: str, moment: datetime) -> bool:
    """Whether the cast's people are at work there."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.weekday() in WORKING_DAYS and DAY_BEGINS <= local.hour < DAY_ENDS


def _beat_after(moment: datetime) -> datetime:
    midnight = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    beat = midnight + FIRST_BEAT
    while beat <= moment:
        beat += BEAT
    return beat


def _is_question(message: Message) -> bool:
    return "We met" in message.buttons and "ave you and " in message.text


def _week(message: Message) -> str:
    return week_of(sent(message))
