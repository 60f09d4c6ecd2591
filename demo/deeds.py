"""Deeds: what people of the cast do on screen, pressed and typed as anybody would."""

from __future__ import annotations

from collections.abc import Callable

from demo.cast import Character
from sandbox import Person

Rest = Callable[[float], None]
"""Waits so many seconds if somebody watches."""

GLANCE, READING = 0.5, 1.2
"""Seconds in which somebody who watches sees that a field was filled in, and reads a sentence."""


def at_once(_seconds: float) -> None:
    """Wait for nobody."""


def enroll(
    person: Person,
    character: Character,
    rest: Rest = at_once,
    forgets: Callable[[str, str], None] | None = None,
) -> None:
    """Join the program; `forgets` is told what the form says to somebody who left their skills out at first."""
    side = "Share what I know, as a mentor" if character.junior else "Learn from others, as a mentee"
    skills = "Skills I can share" if character.junior else "Skills I want to learn, most wanted first"
    person.types("/reverse-mentor")
    for label, value in (
        ("What would you like to do?", side),
        ("My level", character.level),
    ):
        rest(GLANCE)
        person.fills(label, value)
    person.clicks("Add details")
    rest(GLANCE)
    person.fills("My department", character.department)
    if forgets:
        rest(GLANCE)
        for label, sentence in person.submits().errors.items():
            forgets(label, sentence)
        rest(READING)
    person.fills(skills, list(character.skills))
    rest(GLANCE)
    person.submits()
    rest(READING)


def put_away(person: Person) -> None:
    """Close whatever form is open."""
    while person.modal:
        person.closes_modal()
