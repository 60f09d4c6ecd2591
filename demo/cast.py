"""The cast: people who do not exist, in a company that does not exist, with believable jobs and wishes."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass, replace

COMPANY = "Lantern & Loom"

FIRST_NAMES = (
    "Amara", "Bex", "Ciro", "Dalia", "Eero", "Farida", "Goran", "Hana", "Idris", "Juno", "Kaveh", "Lumi", "Mateus",
    "Nadia", "Oskar", "Priya", "Quill", "Rosa", "Sefa", "Tomas", "Uma", "Viggo", "Wren", "Ximena", "Yusuf", "Zelda",
)  # fmt: skip
LAST_NAMES = (
    "Alderwick", "Brightwater", "Cloudsley", "Dovetree", "Emberly", "Fenwillow", "Goldfinch", "Harrowgate", "Inkwell",
    "Juniperson", "Kettlewick", "Larkspur", "Moonfield", "Nettlebank", "Oakenshaw", "Plumstone", "Quickbrook",
)  # fmt: skip
DEPARTMENTS = ("Engineering", "Design", "Marketing", "Finance", "People", "Sales", "Operations", "Legal")
ZONES = (
    "Europe/Lisbon",
    "Europe/Berlin",
    "Europe/London",
    "Africa/Lagos",
    "America/New_York",
    "Asia/Kolkata",
)
LADDER = (
    "Intern/Graduate", "Associate", "Professional", "Senior", "Lead/Manager", "Director", "VP", "Executive",
)  # fmt: skip
JUNIOR_LEVELS, SENIOR_LEVELS = range(3), range(4, 8)
LEADS = (("Ottoline Wayfarer", "Europe/Lisbon"), ("Barnaby Thistle", "Europe/Berlin"))
"""Who runs the program; the first is the workspace's admin."""


@dataclass(frozen=True, slots=True)
class Character:
    """One member of the cast. `quiet` people do not answer check-ins; `slow` ones only after being asked again."""

    name: str
    zone: str
    department: str
    level: str
    junior: bool
    skills: tuple[str, ...]
    quiet: bool = False
    slow: bool = False

    @property
    def title(self) -> str:
        """What the workspace's directory says they do."""
        return f"{self.level}, {self.department}"


def cast(size: int, skills: tuple[str, ...], rng: random.Random) -> list[Character]:
    """So many characters, half of them early in their career, with skills out of those given.

    The first two fit each other and answer, so that the smallest company has a pair.
    """
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    chosen = rng.sample(names, min(size, len(names))) + [
        f"Extra {number}" for number in range(len(names), size)
    ]
    found = [_character(name, index % 2 == 0, skills, rng) for index, name in enumerate(chosen)]
    if len(found) > 1:
        first = found[0] = replace(found[0], quiet=False, slow=False)
        found[1] = replace(found[1], quiet=False, slow=False, zone=first.zone, skills=first.skills)
    return found


def newcomer(known: Collection[str], skills: tuple[str, ...], rng: random.Random) -> Character:
    """Somebody new to the company, under a name that nobody there has."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    free = [name for name in names if name not in known] or [f"Extra {len(known)}"]
    return _character(rng.choice(free), rng.random() < 0.5, skills, rng)


def _character(name: str, junior: bool, skills: tuple[str, ...], rng: random.Random) -> Character:
    mood = rng.random()
    return Character(
        name=name,
        zone=rng.choice(ZONES),
        department=rng.choice(DEPARTMENTS),
        level=LADDER[rng.choice(JUNIOR_LEVELS if junior else SENIOR_LEVELS)],
        junior=junior,
        skills=tuple(rng.sample(skills, 3)),
        quiet=mood < 0.06,
        slow=0.06 <= mood < 0.2,
    )
