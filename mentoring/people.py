"""People and what they tell the program: directory facts, profiles and their standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from unicodedata import category

from mentoring.errors import Invalid
from mentoring.ids import is_person
from mentoring.spelled.hours import A_DAY, LONGEST_NIGHT, working_day

MAX_SKILLS = 20
MAX_AVOID = 20
MAX_LANGUAGES = 20
MAX_CAPACITY = 5
MAX_TOGETHER = 3
"""Mentors in one conversation with a mentee at most; two or three is the format, the number is the product's rule."""

TOGETHER = " together"
"""Follows a number of mentors who are wanted in one conversation."""

MAX_NAME = 80
DAYS_A_WEEK = 7
_JOINERS = "\u200c\u200d"
DEFAULT_HOURS = (9 * 60, 17 * 60)


class Role(StrEnum):
    """What a member wants from the program; a mentor shares skills, a mentee learns them."""

    SHARE = "share"
    LEARN = "learn"
    BOTH = "both"

    @property
    def mentors(self) -> bool:
        """Whether a member in this role teaches."""
        return self is not Role.LEARN

    @property
    def learns(self) -> bool:
        """Whether a member in this role is taught."""
        return self is not Role.SHARE


class Standing(StrEnum):
    """Whether a member takes part right now."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """What the workspace's directory says about somebody; `id` is the Slack user id.

    `stranger` tells that they are of another company or workspace; None where the directory does not say. `away_until`
    is until when their status says that they are away, where it says both. `updated` is the second of the directory's
    clock in which their entry last changed, and `reported` the microsecond in which an event said so, where either is
    known; neither is a fact about them. `unsaid` names what it left out.
    """

    id: str
    name: str
    time_zone: str | None = None
    admin: bool = False
    deactivated: bool = False
    guest: bool = False
    bot: bool = False
    stranger: bool | None = None
    away_until: datetime | None = None
    updated: int | None = field(default=None, compare=False)
    reported: int | None = field(default=None, compare=False)
    unsaid: frozenset[str] = field(default=frozenset(), compare=False)

    def completed_by(self, known: Person | None) -> Person:
        """The same, with what was left out as it is known: what nobody said is neither no nor none."""
        if known is None or not self.unsaid:
            return self
        return replace(self, **{name: getattr(known, name) for name in self.unsaid}, unsaid=frozenset())

    def reported_at(self, micros: int) -> Person:
        """The same, as an event of that microsecond said it."""
        updated = micros // 1_000_000 if self.updated is None else self.updated
        return replace(self, updated=updated, reported=micros)

    def is_older_than(self, other: Person) -> bool:
        """Whether the directory said this before it said the other, however late it arrives."""
        if self.updated is None or other.updated is None:
            return False
        if self.updated != other.updated or self.reported is None or other.reported is None:
            return self.updated < other.updated
        return self.reported < other.reported

    def is_away(self, at: datetime) -> bool:
        """Whether their status says that they are away at that moment."""
        return self.away_until is not None and at < self.away_until

    @property
    def gone(self) -> bool:
        """Whether they are not in the workspace, or not any more."""
        return self.deactivated or bool(self.stranger)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member answered in the profile form.

    `wants` is ranked, most wanted first. `level` counts from 1 at the bottom of the program's ladder; None means
    that the member is held for the leads. `hours` are minutes from local midnight; a night shift
    ends after 1440. `avoid` is private.
    `working_days` are weekdays (0 is Monday); None means those of the program, also when they change.
    `together` tells that a mentee with room for several mentors wants them all in one conversation.
    """

    role: Role
    shares: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    level: int | None = None
    department: str = ""
    languages: tuple[str, ...] = ("English",)
    hours: tuple[int, int] = DEFAULT_HOURS
    manager_id: str | None = None
    avoid: tuple[str, ...] = ()
    mentor_capacity: int = 1
    mentee_capacity: int = 1
    working_days: tuple[int, ...] | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in one program; `active_since` is when they joined or last came back from a pause.

    `silent` tells that they are paused because they did not answer. `said_of_cycle` is the last cycle of which they
    said whether they are in (`said_in`) before it was matched. `away_since` is set while they are out only because
    the directory said that they are gone, and `away_from` is the standing that they had before. `from_hr` names what of
    the profile is HR's and not their own answer.
    """

    program_id: int
    person: Person
    profile: Profile
    standing: Standing
    joined_at: datetime
    active_since: datetime
    paused_until: date | None = None
    silent: bool = False
    away_since: datetime | None = None
    away_from: Standing | None = None
    from_hr: tuple[str, ...] = ()
    said_of_cycle: int | None = None
    said_in: bool | None = None

    def skips(self, cycle: int) -> bool:
        """Whether the member said that they are not in for the cycle with that number."""
        return self.said_of_cycle == cycle and self.said_in is False

    @property
    def takes_part(self) -> bool:
        """Whether the member can be paired and asked right now."""
        return self.standing is Standing.ACTIVE and not self.person.deactivated


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """A profile as it was typed, before anything is checked; the names of its fields key the errors.

    `working_days` is None where nobody was asked. `mentee_capacity` may be followed by `TOGETHER`, as in "2 together".
    `opens` and `asks` are experiences, see `mentoring.experiences`; None where nobody was asked. They are no part of
    the profile, which holds for longer than a cycle.
    """

    role: str = Role.BOTH
    shares: Sequence[str] = ()
    wants: Sequence[str] = ()
    level: int | None = None
    department: str = ""
    languages: Sequence[str] = ()
    starts: str = "09:00"
    ends: str = "17:00"
    manager_id: str | None = None
    avoid: Sequence[str] = field(default_factory=tuple)
    mentor_capacity: int | str | None = 1
    mentee_capacity: int | str | None = 1
    working_days: Sequence[int | str] | None = None
    opens: Sequence[str] | None = None
    asks: Sequence[str] | None = None


def check_profile(draft: ProfileDraft, person_id: str, levels: int) -> Profile:
    """Turn a draft into a profile, or raise `Invalid` with one sentence per field; `levels` is the ladder's height."""
    problems: dict[str, str] = {}
    role = _role(draft.role, problems)
    hours = _hours(draft.starts, draft.ends, problems)
    mentors, together = _mentors(draft.mentee_capacity, problems)
    profile = Profile(
        role=role,
        shares=_skills(draft.shares, "shares", role.mentors, problems),
        wants=_skills(draft.wants, "wants", role.learns, problems),
        level=_level(draft.level, levels, problems),
        department=_department(draft.department, problems),
        languages=_languages(draft.languages, problems),
        hours=hours,
        manager_id=draft.manager_id or None,
        avoid=tuple(dict.fromkeys(draft.avoid)),
        mentor_capacity=_capacity(draft.mentor_capacity, "mentor_capacity", problems),
        mentee_capacity=mentors,
        working_days=_working_days(draft.working_days, problems),
        together=together,
    )
    _check_people(profile, person_id, problems)
    if problems:
        raise Invalid(problems)
    return profile


def _role(text: str, problems: dict[str, str]) -> Role:
    try:
        return Role(text)
    except ValueError:
        problems["role"] = "Choose whether you want to share, to learn, or both."
        return Role.BOTH


def _skills(given: Sequence[str], name: str, needed: bool, problems: dict[str, str]) -> tuple[str, ...]:
    skills = tuple(dict.fromkeys(given))
    if needed and not skills:
        verb = "share" if name == "shares" else "learn"
        problems[name] = f"Choose at least one skill that you would like to {verb}."
    if len(skills) > MAX_SKILLS:
        problems[name] = f"Please choose at most {MAX_SKILLS} skills. You have {len(skills)}."
    return skills


def _level(level: int | None, levels: int, problems: dict[str, str]) -> int | None:
    if level is not None and not 1 <= level <= levels:
        problems["level"] = "Choose one of the levels in the list."
    return level


def _department(text: str, problems: dict[str, str]) -> str:
    department = one_line(text)
    if len(department) > MAX_NAME:
        problems["department"] = f"Please keep the department under {MAX_NAME + 1} characters."
    return department


def _languages(given: Sequence[str], problems: dict[str, str]) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(word for text in given if (word := one_line(text))))
    if not languages:
        problems["languages"] = "Choose at least one language that you are glad to talk in."
    if any(len(language) > MAX_NAME for language in languages):
        problems["languages"] = "One of these languages is too long to be a name."
    if len(languages) > MAX_LANGUAGES:
        problems["languages"] = f"Please choose at most {MAX_LANGUAGES} languages. You have {len(languages)}."
    return languages


def _hours(starts: str, ends: str, problems: dict[str, str]) -> tuple[int, int]:
    start, end = parse_clock(starts), parse_clock(ends)
    if start is None:
        problems["starts"] = "Give the time as hours and minutes, like 09:00."
    if end is None:
        problems["ends"] = "Give the time as hours and minutes, like 17:30."
    if start is None or end is None:
        return DEFAULT_HOURS
    day = working_day(start, end)
    if day is None:
        problems["ends"] = f"Choose an end that is 1 minute to {LONGEST_NIGHT // 60} hours after the start."
    return day or DEFAULT_HOURS


def _working_days(given: Sequence[int | str] | None, problems: dict[str, str]) -> tuple[int, ...] | None:
    days = None if given is None else check_days(given)
    if days == ():
        problems["working_days"] = "Choose at least one day on which you work."
    return days


def check_days(given: Sequence[int | str]) -> tuple[int, ...]:
    """The weekdays (0 is Monday) among these, each once and in order; whatever is none is left out."""
    known = {str(day): day for day in range(DAYS_A_WEEK)}
    return tuple(sorted({known[text] for one in given if (text := str(one).strip()) in known}))


def _capacity(given: int | str | None, name: str, problems: dict[str, str]) -> int:
    try:
        capacity = int(given) if given is not None else 1
    except ValueError:
        capacity = 0
    if not 1 <= capacity <= MAX_CAPACITY:
        problems[name] = f"Choose a number of partners from 1 to {MAX_CAPACITY}."
    return capacity


def _mentors(given: int | str | None, problems: dict[str, str]) -> tuple[int, bool]:
    """How many mentors a mentee has room for, and whether they want them in one conversation."""
    number, word, _ = str(given).partition(TOGETHER)
    if not word:
        return _capacity(given, "mentee_capacity", problems), False
    capacity = _capacity(number, "mentee_capacity", problems)
    if capacity > MAX_TOGETHER:
        problems["mentee_capacity"] = f"At most {MAX_TOGETHER} people can teach you together."
    return capacity, capacity > 1


def _check_people(profile: Profile, person_id: str, problems: dict[str, str]) -> None:
    if profile.manager_id is not None and not is_person(profile.manager_id):
        problems["manager_id"] = "Choose a person from the list, or leave this empty."
    elif profile.manager_id == person_id:
        problems["manager_id"] = "You chose yourself. Choose your manager, or leave this empty."
    if person_id in profile.avoid:
        problems["avoid"] = "You chose yourself. Take yourself off this list."
    elif len(profile.avoid) > MAX_AVOID:
        problems["avoid"] = f"Please choose at most {MAX_AVOID} people."
    elif not all(map(is_person, profile.avoid)):
        problems["avoid"] = "Choose people from the list. One of these is not a person."


def one_line(text: str) -> str:
    """The text on one line, without broken halves and without what no screen shows or what turns text around.

    Control (Cc) and format characters (Cf) go, but for the two joiners that scripts such as Persian need in words.
    """
    spaced = " ".join(text.split())
    shown = (sign for sign in spaced if sign in _JOINERS or category(sign) not in ("Cc", "Cf", "Cs"))
    return " ".join("".join(shown).split()).strip(f" {_JOINERS}")


def parse_clock(text: str) -> int | None:
    """Minutes from midnight for a time like `09:30`, or None when it is not one."""
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        return None
    if len(hours) > 2 or len(minutes) != 2 or int(hours) > 23 or int(minutes) > 59:
        return None
    return int(hours) * 60 + int(minutes)


def clock_text(minutes: int) -> str:
    """The time like `09:30` for minutes from midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def draft_of(profile: Profile) -> ProfileDraft:
    """The draft that would give this profile, to show it in the form again."""
    return ProfileDraft(
        role=profile.role,
        shares=profile.shares,
        wants=profile.wants,
        level=profile.level,
        department=profile.department,
        languages=profile.languages,
        starts=clock_text(profile.hours[0]),
        ends=clock_text(profile.hours[1] % A_DAY),
        manager_id=profile.manager_id,
        avoid=profile.avoid,
        mentor_capacity=profile.mentor_capacity,
        mentee_capacity=f"{profile.mentee_capacity}{TOGETHER}"
        if profile.together
        else profile.mentee_capacity,
        working_days=profile.working_days,
    )
