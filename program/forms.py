"""What the forms and pages show: values that use cases hand to the screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mentoring.cycles import LeftOut
from mentoring.messages import CheckInPrompt, PairCard
from mentoring.own_words import OwnWord
from mentoring.people import ProfileDraft, Role
from mentoring.programs import Program, ProgramDraft


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """The profile form of one person, filled in with what is known."""

    program: Program
    draft: ProfileDraft
    enrolled: bool


@dataclass(frozen=True, slots=True)
class SetupForm:
    """The program's settings form; `running` is true once a cycle was proposed, and then the first start stays."""

    draft: ProgramDraft
    exists: bool
    running: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of a cycle's proposed pairs; pages count from 0."""

    cycle_id: int
    cycle_number: int
    cards: tuple[PairCard, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits for the leads: pairs to decide on, people without a partner, and members without a level.

    The first few pairs have a card; of the `others` there are the numbers.
    """

    cards: tuple[PairCard, ...]
    others: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadView:
    """What a lead sees on the Home tab beside the rest."""

    waiting: int
    approved: int
    members: int
    cycle_number: int


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to `/reverse-mentor status`: where one person stands.

    `together` are the others in each conversation with several mentors.
    """

    program: str
    standing: str
    role: Role
    paused_until: date | None
    shares: tuple[str, ...]
    wants: tuple[str, ...]
    has_level: bool
    partners: tuple[tuple[str, str], ...]
    next_intro: datetime
    together: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """The App Home of one person; `status` is None for somebody who is not enrolled."""

    program: Program | None
    status: Status | None
    checkins: tuple[CheckInPrompt, ...]
    lead: LeadView | None
    may_set_up: bool


@dataclass(frozen=True, slots=True)
class MergedWord:
    """A word that counts as another skill, and how many people wrote it."""

    written: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The first words of each kind that members brought, and how many there are of it.

    `waiting` are used by few and offered to nobody else, `offered` to everybody; `out` were taken out by a lead.
    """

    waiting: tuple[OwnWord, ...] = ()
    waiting_count: int = 0
    offered: tuple[OwnWord, ...] = ()
    offered_count: int = 0
    out: tuple[OwnWord, ...] = ()
    out_count: int = 0


@dataclass(frozen=True, slots=True)
class Matched:
    """What one run of the matching brought; `replaced` counts earlier proposals that made way.

    `channel` is the leads'.
    """

    cycle_number: int
    proposed: int
    replaced: int
    left_out: int
    held: int
    channel: str = ""
