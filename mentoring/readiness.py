"""Before a cycle is matched: who is not ready and why, who is in, and what is offered and wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.matching import SkillBalance
from mentoring.people import Member


class Lack(StrEnum):
    """What somebody has to do before they can be paired well."""

    LEVEL = "level"
    SHARES = "shares"
    WANTS = "wants"
    LINE = "line"
    PREPARATION = "preparation"


NAMED = (Lack.LEVEL, Lack.SHARES, Lack.WANTS, Lack.PREPARATION)
"""What leads read with a name. Of reporting lines they read a number: what somebody says of a manager is private."""


def lacks(member: Member, levels: int, prepared: bool = True) -> tuple[Lack, ...]:
    """What this member lacks; `levels` is the height of the ladder, on whose top nobody needs a manager.

    `prepared` is False for whoever has to prepare and has not.
    """
    profile = member.profile
    found = {
        Lack.LEVEL: profile.level is None,
        Lack.SHARES: profile.role.mentors and not profile.shares,
        Lack.WANTS: profile.role.learns and not profile.wants,
        Lack.LINE: profile.manager_id is None and profile.level != levels,
        Lack.PREPARATION: not prepared,
    }
    return tuple(lack for lack, is_so in found.items() if is_so)


@dataclass(frozen=True, slots=True)
class NotReady:
    """Somebody who is not ready, with what they lack of `NAMED`."""

    person_id: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class BeforeTheRun:
    """What leads look at before a cycle is matched.

    Of all `members` who take part, some skip this cycle. `without_line` people named no manager. `to_remind` are
    those who lack something and were not reminded in this cycle, `reminded` those who were.
    """

    program: str
    cycle_number: int
    proposal_at: datetime
    proposed: bool
    members: int
    skipping: int
    not_ready: tuple[NotReady, ...] = ()
    without_line: int = 0
    to_remind: int = 0
    reminded: int = 0
    supply: tuple[SkillBalance, ...] = ()


@dataclass(frozen=True, slots=True)
class GetReady:
    """To a member before a cycle: what their profile lacks now, which may be nothing any more."""

    program: str
    lacks: tuple[Lack, ...]
    leads: tuple[str, ...]
    next_intro: datetime | None


@dataclass(frozen=True, slots=True)
class NextCycle:
    """To a member before a cycle: whether they are in, and what they said; `over` once it has begun.

    `takes_part` is False for whoever is paused or has left since.
    """

    program: str
    number: int
    intro_at: datetime
    is_in: bool | None
    takes_part: bool
    over: bool


def balance(members: Iterable[Member], spelling: dict[str, str]) -> tuple[SkillBalance, ...]:
    """How many of these members offer and want each skill, what is scarcest first."""
    offered: dict[str, int] = {}
    wanted: dict[str, int] = {}
    for member in members:
        profile = member.profile
        for skill in {spelling[one] for one in profile.shares} if profile.role.mentors else ():
            offered[skill] = offered.get(skill, 0) + 1
        for skill in {spelling[one] for one in profile.wants} if profile.role.learns else ():
            wanted[skill] = wanted.get(skill, 0) + 1
    found = [
        SkillBalance(skill, offered.get(skill, 0), wanted.get(skill, 0)) for skill in {**offered, **wanted}
    ]
    return tuple(sorted(found, key=lambda one: (one.offered - one.wanted, one.skill.casefold())))
