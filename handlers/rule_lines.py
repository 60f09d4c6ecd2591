"""Reading a rule that was typed, like `max-gap 3`: its name, and what it shall be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from handlers import words
from handlers.keyboards import tidy
from handlers.views.text import plain
from mentoring.programs import SWITCHES
from mentoring.rule_sheet import MUCH, OFF, ON, RuleSheet

NAMES = {
    "ladder": "ladder",
    "min-gap": "min_gap",
    "max-gap": "max_gap",
    "departments": "other_department_only",
    "guests": "guests_allowed",
    "overlap": "min_overlap",
    "repeat": "repeat_cycles",
    "skill-fit": "skill_fit",
    "level-gap": "gap",
    "ideal-gap": "ideal_gap",
    "hours": "hours_overlap",
    "other-department": "other_department",
    "waiting": "waiting_first",
    "approve-above": "approve_above",
    "approve-after": "approve_after_days",
    "sponsor": "sponsor",
    "champion": "junior_champion",
    "ask-first": "ask_first",
    "preparation": "preparation_required",
    "experiences": "experiences",
}
"""How each rule is typed, with its field in `RuleSheet`."""

_WORDS = {field: name for name, field in NAMES.items()}
_NONE = frozenset({"none", "any", "never", "off", "no", "nobody", "empty", ""})
_OPTIONAL = ("max_gap", "repeat_cycles", "approve_above", "approve_after_days", "sponsor", "junior_champion")
_LISTS = {"ladder": r"[,<\n]", "experiences": r"[;\n]"}
"""What stands between the items of a list; an experience may have commas in it."""
_ON = frozenset({"on", "yes", "first", "different", "allowed", "required", "needed"})
_SPAN = re.compile(r"(?P<number>[0-9]{1,4})\s*(?P<unit>h|hours?|m|min|minutes?)?")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A field of the sheet and its new text; with `only_counts` nothing is to be saved."""

    field: str
    text: str
    only_counts: bool

    def on(self, sheet: RuleSheet) -> RuleSheet:
        """The sheet with this rule."""
        return replace(sheet, **{self.field: self.text})


def word_for(field: str) -> str:
    """How a rule is typed."""
    return _WORDS[field]


def read_rule(text: str) -> RuleLine | None:
    """The rule in a line; None where it begins with none. A question mark at the end only asks what it would do."""
    line = tidy(text)
    only_counts = line.endswith("?")
    name, _, rest = line.rstrip("?").strip().partition(" ")
    field = NAMES.get(name.casefold().replace("_", "-"))
    return RuleLine(field, _value(field, rest.strip(" =:")), only_counts) if field else None


def _value(field: str, text: str) -> str:
    """What was typed behind a rule's name, as the form would have it."""
    word = text.casefold()
    if field in _LISTS:
        return "" if word in _NONE else "\n".join(filter(None, map(plain, re.split(_LISTS[field], text))))
    if field in SWITCHES:
        return ON if word in _ON else OFF if word in _NONE else text
    if field in _OPTIONAL and word in _NONE:
        return ""
    if field == "repeat_cycles" and word in ("at once", "once", "immediately"):
        return "0"
    if field == "min_overlap":
        return _minutes(word) or ("0" if word in _NONE else text)
    if found := words.PERSON.fullmatch(text):
        return found[1]
    if word.removeprefix("a ") in MUCH or word in _NONE:
        return "off" if word in _NONE else word.removeprefix("a ")
    return re.sub(r"\s*(levels?|cycles?|days?|working days?|%|points?|of 100)$", "", text)


def _minutes(word: str) -> str:
    found = _SPAN.fullmatch(word)
    if found is None:
        return ""
    hours = (found["unit"] or "m").startswith("h")
    return str(int(found["number"]) * (60 if hours else 1))
