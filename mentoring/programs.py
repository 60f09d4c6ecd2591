"""The program itself: its leads, its calendar, its rules, and how its settings are checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from mentoring.cadence import WEEKDAYS, Weekly
from mentoring.errors import Invalid
from mentoring.experiences import DEFAULT_EXPERIENCES
from mentoring.ids import is_channel, is_person
from mentoring.people import MAX_NAME, check_days, clock_text, one_line, parse_clock
from mentoring.plans import AS_IT_IS, MEETINGS, Plan, Rhythm
from mentoring.policy import Policy
from mentoring.working_time import MONDAY_TO_FRIDAY

DEFAULT_NAME = "Reverse mentoring"
DEFAULT_LADDER = (
    "Intern/Graduate",
    "Associate",
    "Professional",
    "Senior",
    "Lead/Manager",
    "Director",
    "VP",
    "Executive",
)
MAX_LEADS = 10
WEEKS = range(2, 53)
PROPOSAL_DAYS = range(1, 8)
DEFAULT_PROPOSAL_DAYS = 5
"""With introductions on a Tuesday, the leads see the pairs on a Thursday and have three working days for them."""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The hard rules that leads may set; levels are steps on the ladder, overlap is minutes a day.

    `repeat_cycles` is how many cycles must pass before two people may be paired again; None means never.
    Leads decide by hand on every pair, unless one that fits at least `approve_above` (of 100, see `mentoring.policy`)
    and has nothing to look at, or any that waited `approve_after_days` working days, is approved by itself. None means
    that neither happens.
    `holidays` are dates like `2026-12-25` on which people are off; a rehearsal warns of what would be sent on them.
    `skill_fit`, `gap`, `hours_overlap` and `other_department` are how much each wish counts, 0 for not at all, and
    `ideal_gap` is the best number of levels. With `waiting_first`, whoever went without a partner comes first.
    With `ask_first`, the mentee is asked before an approved pair is introduced.
    With `preparation_required`, nobody is matched before they have prepared. `experiences` are those that mentors may
    open and mentees ask for.
    """

    min_gap: int = 1
    max_gap: int | None = None
    other_department_only: bool = False
    guests_allowed: bool = False
    min_overlap: int = 120
    repeat_cycles: int | None = None
    approve_above: int | None = None
    approve_after_days: int | None = None
    holidays: tuple[str, ...] = ()
    skill_fit: int = 50
    gap: int = 20
    hours_overlap: int = 20
    other_department: int = 10
    ideal_gap: int = 3
    waiting_first: bool = True
    ask_first: bool = False
    preparation_required: bool = False
    experiences: tuple[str, ...] = DEFAULT_EXPERIENCES

    @property
    def policy(self) -> Policy:
        """Which pairs are approved by themselves."""
        return Policy(self.approve_above, self.approve_after_days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a program does things; `proposal_days` is how many days before intros the leads see the pairs.

    `first_number` is the cycle that starts on `first_start`: 1 until the length of a running program changes.
    `working_days` are weekdays (0 is Monday); introductions and check-ins are on one of them. `plan` are the meetings
    from which `cycle_weeks` follows; None for a program that was set up in weeks.
    """

    time_zone: str
    cycle_weeks: int
    first_start: date
    intro: Weekly
    checkin: Weekly
    proposal_days: int = DEFAULT_PROPOSAL_DAYS
    first_number: int = 1
    working_days: tuple[int, ...] = MONDAY_TO_FRIDAY
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """One mentoring program of a workspace; `sponsor` and `junior_champion` stand for it, where it has them."""

    id: int
    workspace: str
    name: str
    leads: tuple[str, ...]
    leads_channel: str
    calendar: Calendar
    rules: RuleSettings = RuleSettings()
    ladder: tuple[str, ...] = DEFAULT_LADDER
    sponsor: str | None = None
    junior_champion: str | None = None

    def level_name(self, level: int | None) -> str:
        """The ladder's word for a level, or a word for none."""
        return self.ladder[level - 1] if level and level <= len(self.ladder) else "no level yet"


@dataclass(frozen=True, slots=True)
class ProgramDraft:
    """Program settings as they were typed, before anything is checked; field names key the errors.

    `working_days` is None where nobody was asked: then Monday to Friday, and the days that the dates themselves name.
    `rhythm` is None where a length in weeks is given instead, and `AS_IT_IS` where that is to stay.
    """

    name: str = DEFAULT_NAME
    leads: Sequence[str] = ()
    leads_channel: str = ""
    time_zone: str = "UTC"
    cycle_weeks: int | str | None = 12
    first_start: str = ""
    intro_weekday: int | str | None = 1
    intro_time: str = "10:00"
    checkin_weekday: int | str | None = 3
    checkin_time: str = "10:00"
    proposal_days: int | str | None = DEFAULT_PROPOSAL_DAYS
    working_days: Sequence[int | str] | None = None
    min_gap: int | str | None = 1
    other_department_only: bool = False
    guests_allowed: bool = False
    meetings: int | str | None = None
    rhythm: str | None = None


SWITCHES: Final = tuple(one.name for one in fields(RuleSettings) if isinstance(one.default, bool))
"""The rules that are on or off."""

ASKED: Final = tuple(one.name for one in fields(ProgramDraft) if one.name in SWITCHES)
"""Those of them that the settings ask for; all stand in the rules and weights."""


@dataclass(frozen=True, slots=True)
class CheckedProgram:
    """Program settings that passed every check, ready to be stored."""

    name: str
    leads: tuple[str, ...]
    leads_channel: str
    calendar: Calendar
    rules: RuleSettings


def check_program(draft: ProgramDraft, today: date, levels: int, running: bool = False) -> CheckedProgram:
    """Turn a draft into settings, or raise `Invalid` with one sentence per field.

    `today` is the date at the program's place; a first start in the past is refused unless the program is `running`.
    """
    problems: dict[str, str] = {}
    intro = _weekly(draft.intro_weekday, draft.intro_time, "intro", problems)
    checkin = _weekly(draft.checkin_weekday, draft.checkin_time, "checkin", problems)
    plan = _plan(draft, problems)
    checked = CheckedProgram(
        name=_name(draft.name, problems),
        leads=_leads(draft.leads, problems),
        leads_channel=draft.leads_channel,
        calendar=Calendar(
            time_zone=_time_zone(draft.time_zone, problems),
            cycle_weeks=plan.weeks if plan else _number(draft.cycle_weeks, "cycle_weeks", WEEKS, problems),
            first_start=_first_start(draft.first_start, None if running else today, problems),
            intro=intro,
            checkin=checkin,
            proposal_days=_number(draft.proposal_days, "proposal_days", PROPOSAL_DAYS, problems),
            working_days=_working_days(draft.working_days, intro, checkin, problems),
            plan=plan,
        ),
        rules=RuleSettings(
            min_gap=_number(draft.min_gap, "min_gap", range(1, levels), problems),
            **{name: getattr(draft, name) for name in ASKED},
        ),
    )
    if not is_channel(draft.leads_channel):
        problems["leads_channel"] = "Choose the channel in which the leads approve pairs."
    if problems:
        raise Invalid(problems)
    return checked


def _name(text: str, problems: dict[str, str]) -> str:
    name = one_line(text)
    if not 1 <= len(name) <= MAX_NAME:
        problems["name"] = f"Give the program a name of 1 to {MAX_NAME} characters."
    return name


def _leads(given: Sequence[str], problems: dict[str, str]) -> tuple[str, ...]:
    leads = tuple(dict.fromkeys(given))
    if not 1 <= len(leads) <= MAX_LEADS:
        problems["leads"] = f"Choose between 1 and {MAX_LEADS} leads."
    elif not all(map(is_person, leads)):
        problems["leads"] = "Choose people from the list. One of these is not a person."
    return leads


def _time_zone(name: str, problems: dict[str, str]) -> str:
    if name not in _zones():
        problems["time_zone"] = "Choose a time zone from the list, like Europe/Lisbon."
    return name


@cache
def _zones() -> frozenset[str]:
    """Every time zone there is; looking them all up takes many milliseconds."""
    return frozenset(available_timezones())


_WHOLE_NUMBERS = {
    "cycle_weeks": "Give a whole number of weeks from {least} to {most}.",
    "proposal_days": "Give a whole number of days from {least} to {most}.",
    "min_gap": "Give a whole number of levels from {least} to {most}.",
    "meetings": "Give a whole number of meetings from {least} to {most}.",
}


def _number(given: int | str | None, name: str, allowed: range, problems: dict[str, str]) -> int:
    try:
        number = int(given) if given is not None else -1
    except ValueError:
        number = -1
    if number not in allowed:
        problems[name] = _WHOLE_NUMBERS[name].format(least=allowed[0], most=allowed[-1])
    return number


_RHYTHM = "Choose how often a pair is to meet."
_BOTH = "Choose how often a pair is to meet: the length of a cycle follows from that and the meetings."
_TOO_LONG = (
    "{plan} would take {weeks} weeks, and a cycle has {least} to {most}. "
    "Change the number of meetings, or how often they are."
)


def _plan(draft: ProgramDraft, problems: dict[str, str]) -> Plan | None:
    """The meetings that were asked for; None for a length in weeks."""
    if draft.rhythm is None:
        return None
    if draft.rhythm == AS_IT_IS:
        if draft.meetings:
            problems["rhythm"] = _BOTH
        return None
    meetings = _number(draft.meetings, "meetings", MEETINGS, problems)
    try:
        plan = Plan(meetings, Rhythm(draft.rhythm))
    except ValueError:
        problems["rhythm"] = _RHYTHM
        return None
    if plan.weeks not in WEEKS and "meetings" not in problems:
        problems["meetings"] = _TOO_LONG.format(
            plan=plan.words, weeks=plan.weeks, least=WEEKS[0], most=WEEKS[-1]
        )
    return plan


def _first_start(text: str, not_before: date | None, problems: dict[str, str]) -> date:
    try:
        start = date.fromisoformat(text)
    except ValueError:
        problems["first_start"] = "Choose the date on which the first cycle starts."
        return date.min
    if not_before and start < not_before:
        problems["first_start"] = f"{start.isoformat()} has passed. Choose today or a later date."
    elif not_before and start > not_before + timedelta(days=366):
        problems["first_start"] = "Choose a date within the next year."
    return start


def _weekly(weekday: int | str | None, time: str, name: str, problems: dict[str, str]) -> Weekly:
    minutes = parse_clock(time)
    if minutes is None:
        problems[f"{name}_time"] = "Give the time as hours and minutes, like 10:00."
    day = _weekday(weekday)
    if day is None:
        problems[f"{name}_weekday"] = "Choose a day of the week."
    return Weekly(day or 0, minutes or 0)


def _working_days(
    given: Sequence[int | str] | None, intro: Weekly, checkin: Weekly, problems: dict[str, str]
) -> tuple[int, ...]:
    named = (("intro", "Introductions", intro), ("checkin", "Check-ins", checkin))
    if given is None:
        return tuple(sorted({*MONDAY_TO_FRIDAY, *(weekly.weekday for _, _, weekly in named)}))
    days = check_days(given)
    if not days:
        problems["working_days"] = "Choose at least one working day."
    for name, what, weekly in named:
        if days and weekly.weekday not in days and f"{name}_weekday" not in problems:
            problems[f"{name}_weekday"] = (
                f"{what} need a working day, and {WEEKDAYS[weekly.weekday]} is none here. "
                "Choose another day, or add it to the working days."
            )
    return days or MONDAY_TO_FRIDAY


def _weekday(given: int | str | None) -> int | None:
    try:
        day = int(given) if given is not None else -1
    except ValueError:
        return None
    return day if 0 <= day < len(WEEKDAYS) else None


def draft_of(program: Program) -> ProgramDraft:
    """The draft that would give this program's settings, to show them in the form again."""
    calendar = program.calendar
    return ProgramDraft(
        name=program.name,
        leads=program.leads,
        leads_channel=program.leads_channel,
        time_zone=calendar.time_zone,
        cycle_weeks=calendar.cycle_weeks,
        first_start=calendar.first_start.isoformat(),
        intro_weekday=calendar.intro.weekday,
        intro_time=clock_text(calendar.intro.minutes),
        checkin_weekday=calendar.checkin.weekday,
        checkin_time=clock_text(calendar.checkin.minutes),
        proposal_days=calendar.proposal_days,
        working_days=calendar.working_days,
        min_gap=program.rules.min_gap,
        **{name: getattr(program.rules, name) for name in ASKED},
        meetings=calendar.plan.meetings if calendar.plan else None,
        rhythm=calendar.plan.rhythm.value if calendar.plan else None,
    )
