"""A village: a Slack workspace whose people fill in the bot's forms, wherever that bot runs."""

from __future__ import annotations

import time
from collections.abc import Sequence

from sandbox import Outcome, Person
from tests.harness import OnSlack
from tests.patience import PATIENCE


class Village(OnSlack):
    """Everything is typed and clicked; in the names of fields a blank may be written as an underscore."""

    admin: Person
    zone = "UTC"
    """Where people are unless it is said otherwise."""

    def sets_up(self, **answers: object) -> None:
        """The admin fills in the settings form."""
        self.admin.types("/reverse-mentor setup")
        _fill(self.admin, answers)
        outcome = self.admin.submits()
        assert not outcome.errors, outcome.errors
        self.admin.closes_modal()

    def joins(
        self,
        name: str,
        level: str,
        shares: Sequence[str] = (),
        wants: Sequence[str] = (),
        tz: str = "",
        **answers: object,
    ) -> Person:
        """Somebody comes and fills in the profile form: who shares is a mentor, who wants to learn a mentee."""
        person = self.slack.add_person(name, tz=tz or self.zone)
        return self.enrolls(person, level, shares, wants, **answers)

    def enrolls(
        self,
        person: Person,
        level: str,
        shares: Sequence[str] = (),
        wants: Sequence[str] = (),
        **answers: object,
    ) -> Person:
        """Somebody who is there already does the same."""
        person.types("/reverse-mentor")
        person.fills("What would you like to do?", _role(shares, wants))
        person.fills("My level", level)
        if shares:
            person.fills("Skills I can share", list(shares))
        if wants:
            person.fills("Skills I want to learn", list(wants))
        if answers:
            person.clicks("Add details")
            _fill(person, answers)
        outcome = _submitted(person)
        assert not outcome.errors, outcome.errors
        if person.modal:  # it tells that the program knows a skill by another word
            person.closes_modal()
        return person

    def couple(self, topic: str = "Podcasting", **where: str) -> tuple[Person, Person]:
        """Two people join who fit each other, and nobody else."""
        mentor = self.joins(f"Mia who shares {topic}", "Associate", shares=[topic], **where)
        mentee = self.joins(f"Max who learns {topic}", "Director", wants=[topic], **where)
        return mentor, mentee


def _fill(person: Person, answers: dict[str, object]) -> None:
    for label, answer in answers.items():
        person.fills(label.replace("_", " "), answer)


def _submitted(person: Person) -> Outcome:
    """Send a form; whom Slack did not tell of in time, as on a busy machine, tries again."""
    ends = time.monotonic() + PATIENCE
    while True:
        outcome = person.submits()
        busy = any("Slack does not tell me" in words for words in outcome.errors.values())
        if not busy or time.monotonic() > ends:
            return outcome
        time.sleep(1)


def _role(shares: Sequence[str], wants: Sequence[str]) -> str:
    if shares and wants:
        return "Both"
    return "Share what I know, as a mentor" if shares else "Learn from others, as a mentee"
