"""People of a file who are not matched, whoever else is there: what is wrong in a row, or what they chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from mentoring.matching import Participant, Side
from mentoring.spreadsheets.remarks import Remark


class State(StrEnum):
    """What a row of the file means for the matching."""

    TAKES_PART = "takes_part"
    HELD = "held_back"
    INACTIVE = "not_active"
    NO_ROLE = "no_role"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class Held:
    """A row with cells that cannot be used; `id` is empty where nobody can tell whose row it is."""

    line: int
    id: str
    name: str
    remarks: tuple[Remark, ...]

    @property
    def words(self) -> str:
        """What is wrong, cell by cell."""
        return " ".join(f"{remark.place.capitalize()}: {remark.words}" for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Aside:
    """Somebody who is not matched on a side, or, where `side` is empty, on none."""

    id: str
    name: str
    side: Side | Literal[""]
    state: State
    reason: str
    help: str


_SIDES: tuple[Side, ...] = ("mentee", "mentor")
_OTHER: Mapping[Side, Side] = {"mentor": "mentee", "mentee": "mentor"}
_MEND = "Mend the row in the file, and match again."


def state_of(person: Participant) -> State:
    """Return what it means to be this person, if their row can be used."""
    if not person.available:
        return State.INACTIVE
    sides = _sides(person)
    if not sides:
        return State.NO_ROLE
    return State.TAKES_PART if any(map(person.capacity, sides)) else State.NO_ROOM


def set_aside(
    people: Sequence[Participant], names: Mapping[str, str], held: Sequence[Held]
) -> Iterator[Aside]:
    """Yield who is not matched: first rows that cannot be used, then the others in the order of the file."""
    known = {one.id for one in held if one.id}
    for one in held:
        yield Aside(one.id, one.name, "", State.HELD, f"Held back. {one.words}", _MEND)
    for person in people:
        if person.id not in known:
            yield from _by_choice(person, names[person.id])


def _by_choice(person: Participant, name: str) -> Iterator[Aside]:
    state = state_of(person)
    if state is State.INACTIVE:
        yield Aside(person.id, name, "", state, "Not active", "With “yes” in active, they can be paired.")
    elif state is State.NO_ROLE:
        help_ = "With a role, or a skill to share or to learn, they can be paired."
        yield Aside(person.id, name, "", state, "No role, and no skill to share or to learn", help_)
    else:
        for side in _sides(person):
            if not person.capacity(side):
                reason = f"Room for no {_OTHER[side]}: {side}_capacity is 0"
                help_ = f"With 1 or more in {side}_capacity, a {_OTHER[side]} is looked for."
                yield Aside(person.id, name, side, State.NO_ROOM, reason, help_)


def _sides(person: Participant) -> list[Side]:
    return [side for side in _SIDES if (person.mentor if side == "mentor" else person.mentee)]
