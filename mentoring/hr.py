"""What HR says about people beside what they say themselves, and which of the two counts.

Neither overwrites the other. Where both say something and it differs, a lead decides; until then the person's own
answer is shown, and the hard rules have to hold for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mentoring.ids import is_person
from mentoring.spreadsheets.cells import level as read_level
from mentoring.spreadsheets.remarks import CellError


class Fact(StrEnum):
    """What both HR and a person say; who somebody's manager is counts from both, and is never compared."""

    LEVEL = "level"
    DEPARTMENT = "department"


class Meaning(StrEnum):
    """What a field of Slack's profiles can be chosen to mean; named as in `HrRecord`."""

    LEVEL = "level"
    DEPARTMENT = "department"
    MANAGER = "manager_id"


@dataclass(frozen=True, slots=True)
class SlackField:
    """A field of Slack's profiles, by its id and its label; `people` tells whether it names somebody."""

    id: str
    label: str
    people: bool = False

    def fits(self, meaning: Meaning) -> bool:
        """Whether it can be chosen to mean that."""
        return self.people == (meaning is Meaning.MANAGER)


Chosen = Mapping[Meaning, SlackField]
"""Which fields of Slack's profiles leads chose, and what each means."""


class Verdict(StrEnum):
    """Whose value counts."""

    HR = "hr"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class HrRecord:
    """What the last file of HR says about somebody, by Slack id; empty where it says nothing.

    `level` is as HR writes it, because each program has a ladder of its own. `ended` tells that a later file does not
    have them any more; what was said last then stays. `from_slack` names what only their Slack profile says.
    """

    person_id: str
    name: str = ""
    level: str = ""
    department: str = ""
    manager_id: str | None = None
    ended: bool = False
    from_slack: tuple[Meaning, ...] = ()


MOST_LETTERS = 200
"""Characters of a value in a Slack profile that are read; HR's file may have as many."""


def said_in_slack(person_id: str, fields: Chosen, values: Mapping[str, str]) -> HrRecord:
    """What a Slack profile says about somebody, by the values of its fields; what cannot be used is left out."""
    said = {
        meaning: _usable(values.get(field.id, ""), meaning, person_id) for meaning, field in fields.items()
    }
    return HrRecord(
        person_id,
        level=said.get(Meaning.LEVEL, ""),
        department=said.get(Meaning.DEPARTMENT, ""),
        manager_id=said.get(Meaning.MANAGER) or None,
        from_slack=tuple(one for one in Meaning if said.get(one)),
    )


def _usable(value: str, meaning: Meaning, person_id: str) -> str:
    text = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    if meaning is Meaning.MANAGER:
        # A field may name several people; the first one counts.
        first = text.split(",")[0].strip()
        return first if is_person(first) and first != person_id else ""
    return text if len(text) <= MOST_LETTERS else ""


def together(filed: HrRecord | None, slack: HrRecord | None) -> HrRecord | None:
    """What is said about somebody: by HR's file, and where that says nothing, or is over, by their Slack profile."""
    if filed is None or slack is None or not slack.from_slack:
        return filed or slack
    first, second = (slack, filed) if filed.ended else (filed, slack)
    sources = {one: first if getattr(first, one) else second for one in Meaning}
    said = {one.value: getattr(source, one) for one, source in sources.items()}
    from_slack = tuple(one for one, source in sources.items() if source is slack and getattr(slack, one))
    return replace(filed, **said, ended=False, from_slack=from_slack)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two values of one fact, as text (a level by its number), and what a lead decided, if one did."""

    own: str
    hr: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What counts, whether it is HR's alone, and what the two say where they differ."""

    value: str
    from_hr: bool = False
    dispute: Dispute | None = None


def settle(own: str, hr: str, earlier: Dispute | None) -> Settled:
    """What counts of two values; a decision about the very same two stands."""
    if not own:
        return Settled(hr, from_hr=bool(hr))
    if not hr or same(own, hr):
        return Settled(own)
    decided = earlier if earlier and (earlier.own, earlier.hr) == (own, hr) else Dispute(own, hr)
    by_hr = decided.verdict is Verdict.HR
    return Settled(hr if by_hr else own, by_hr, decided)


def own_value(on_file: str, from_hr: bool, earlier: Dispute | None) -> str:
    """What somebody said themselves, behind what counts; empty where they said nothing."""
    if not from_hr:
        return on_file
    return earlier.own if earlier and earlier.verdict is Verdict.HR else ""


def answered(typed: str, on_file: str, own: str, hr: str) -> str:
    """What somebody says themselves after saving a form that showed what is on file.

    What they leave as it was is no new answer, and HR's value chosen is HR's: it changes when HR's does.
    """
    if typed == on_file:
        return own
    return "" if same(typed, hr) else typed


def same(one: str, other: str) -> bool:
    """Whether two values are the same, whatever their case and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def rung(words: str, ladder: Sequence[str]) -> int | None:
    """The level on a program's ladder that HR's words for it mean, or None where they mean none."""
    try:
        found = read_level(words, ladder) if words else None
    except CellError:
        return None
    return found if found is not None and found <= len(ladder) else None
