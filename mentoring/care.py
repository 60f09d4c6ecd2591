"""What is said around pairs that do not get going, and around people who take a break."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stuck:
    """To each of those who can help: `told` answered "Not yet" three times in a row; `still` while it is so."""

    program: str
    pair_id: int
    mentor_id: str
    mentee_id: str
    told: tuple[str, ...]
    still: bool


@dataclass(frozen=True, slots=True)
class PartnersRest:
    """To somebody in pairs: which of their partners take a break, none once all are back; `leads` can help."""

    program: str
    partners: tuple[str, ...]
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nudge:
    """To the senior of pairs that have not met ten days after their introduction; no partners once all have."""

    program: str
    partners: tuple[str, ...]
    opener: str


@dataclass(frozen=True, slots=True)
class Paused:
    """Somebody who is paused for being silent, and their partners."""

    person_id: str
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pauses:
    """To the leads' channel, once a week: who is paused because they did not answer."""

    program: str
    week: str
    people: tuple[Paused, ...]
