"""A program's rules and weights as they are typed, and as they are checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Final

from mentoring.errors import Invalid
from mentoring.experiences import read_topics
from mentoring.experiences import wrong_with as wrong_with_topics
from mentoring.ids import is_person
from mentoring.ladders import LEVELS, read_ladder, wrong_with
from mentoring.policy import FITS
from mentoring.programs import SWITCHES, Program, RuleSettings

MUCH: Final = {"off": 0, "little": 10, "some": 20, "much": 50}
"""How much a wish can count, in the words of the form; only their proportions to each other matter."""

ON, OFF = "on", "off"
NONE = ""
GAPS = range(1, LEVELS[-1])
"""The largest and the ideal gap may be more than the ladder has; the smallest has to leave room for a pair."""

OVERLAPS = range(721)
"""Minutes that two people may have to work at the same time; nobody works more than half a day with everybody."""

REPEATS = range(1001)
WAITS = range(1, 31)
"""Working days after which a pair may be approved by itself."""


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """Rules and weights as they were typed, all as text; field names key the errors. Empty text means none.

    `ladder` has one level a line, and `experiences` one a line. What can be on or off is `on` or `off`, what counts for
    something a word of `MUCH`.
    """

    ladder: str = ""
    min_gap: str = "1"
    max_gap: str = NONE
    ideal_gap: str = "3"
    other_department_only: str = OFF
    guests_allowed: str = OFF
    min_overlap: str = "120"
    repeat_cycles: str = NONE
    skill_fit: str = "much"
    gap: str = "some"
    hours_overlap: str = "some"
    other_department: str = "little"
    waiting_first: str = ON
    approve_above: str = NONE
    approve_after_days: str = NONE
    sponsor: str = NONE
    junior_champion: str = NONE
    ask_first: str = OFF
    preparation_required: str = OFF
    experiences: str = NONE

    @property
    def name(self) -> str:
        """A short name for what stands in it: another one when anything is different."""
        return sha256(repr(asdict(self)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """Rules and weights that passed every check, ready to be stored."""

    rules: RuleSettings
    ladder: tuple[str, ...]
    sponsor: str | None
    junior_champion: str | None


def sheet_of(program: Program) -> RuleSheet:
    """The sheet that would give this program's rules."""
    rules = program.rules
    return RuleSheet(
        ladder="\n".join(program.ladder),
        min_gap=str(rules.min_gap),
        max_gap=_text(rules.max_gap),
        ideal_gap=str(rules.ideal_gap),
        min_overlap=str(rules.min_overlap),
        repeat_cycles=_text(rules.repeat_cycles),
        skill_fit=_much(rules.skill_fit),
        gap=_much(rules.gap),
        hours_overlap=_much(rules.hours_overlap),
        other_department=_much(rules.other_department),
        approve_above=_text(rules.approve_above),
        approve_after_days=_text(rules.approve_after_days),
        sponsor=program.sponsor or NONE,
        junior_champion=program.junior_champion or NONE,
        experiences="\n".join(rules.experiences),
        **{name: _switch(getattr(rules, name)) for name in SWITCHES},
    )


def _text(number: int | None) -> str:
    return NONE if number is None else str(number)


def _switch(on: bool) -> str:
    return ON if on else OFF


def _much(weight: int) -> str:
    """The word whose weight is nearest to this one."""
    return min(MUCH, key=lambda word: abs(MUCH[word] - weight))


def check_sheet(sheet: RuleSheet, before: RuleSettings) -> CheckedSheet:
    """Turn a sheet into rules, or raise `Invalid` with one sentence per field.

    What is set elsewhere, like the holidays, stays as it was `before`.
    """
    checks = _Checks(sheet)
    ladder = checks.ladder()
    gaps = GAPS if "ladder" in checks.problems else range(1, len(ladder))
    rules = replace(
        before,
        min_gap=checks.number("min_gap", gaps, "levels"),
        max_gap=checks.number_or_none("max_gap", GAPS, "levels"),
        min_overlap=checks.number("min_overlap", OVERLAPS, "minutes"),
        repeat_cycles=checks.number_or_none("repeat_cycles", REPEATS, "cycles"),
        approve_above=checks.number_or_none("approve_above", FITS, "points"),
        approve_after_days=checks.number_or_none("approve_after_days", WAITS, "days"),
        skill_fit=checks.much("skill_fit"),
        gap=checks.much("gap"),
        hours_overlap=checks.much("hours_overlap"),
        other_department=checks.much("other_department"),
        ideal_gap=checks.number("ideal_gap", GAPS, "levels"),
        experiences=checks.experiences(),
        **{name: getattr(sheet, name) == ON for name in SWITCHES},
    )
    checks.compare(rules)
    sponsor, champion = checks.person("sponsor"), checks.person("junior_champion")
    if checks.problems:
        raise Invalid(checks.problems)
    return CheckedSheet(rules, ladder, sponsor, champion)


class _Checks:
    """The checks of one sheet; `problems` has a sentence for each field that is wrong."""

    def __init__(self, sheet: RuleSheet) -> None:
        self._given: dict[str, str] = {name: text.strip() for name, text in asdict(sheet).items()}
        self.problems: dict[str, str] = {}

    def ladder(self) -> tuple[str, ...]:
        ladder = read_ladder(self._given["ladder"])
        if wrong := wrong_with(ladder):
            self.problems["ladder"] = wrong
        return ladder

    def experiences(self) -> tuple[str, ...]:
        topics = read_topics(self._given["experiences"])
        if wrong := wrong_with_topics(topics):
            self.problems["experiences"] = wrong
        return topics

    def number(self, name: str, allowed: range, what: str) -> int:
        text = self._given[name]
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
        if number not in allowed:
            self.problems[name] = f"Give a whole number of {what} from {allowed[0]} to {allowed[-1]}."
            return allowed[0]
        return number

    def number_or_none(self, name: str, allowed: range, what: str) -> int | None:
        return self.number(name, allowed, what) if self._given[name] else None

    def much(self, name: str) -> int:
        word = self._given[name]
        if word not in MUCH:
            self.problems[name] = f"Choose one of these: {', '.join(MUCH)}."
        return MUCH.get(word, 0)

    def person(self, name: str) -> str | None:
        chosen = self._given[name]
        if chosen and not is_person(chosen):
            self.problems[name] = "Choose a person from the list."
        return chosen or None

    def compare(self, rules: RuleSettings) -> None:
        """Look at what has to fit together."""
        if {"min_gap", "max_gap"} & self.problems.keys():
            return
        if rules.max_gap is not None and rules.max_gap < rules.min_gap:
            self.problems["max_gap"] = (
                f"This has to be at least {rules.min_gap}, like the smallest gap, or empty for any."
            )
