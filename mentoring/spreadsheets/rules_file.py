"""Hard rules, weights and the ladder of levels from a TOML file."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from mentoring.matching import MatchingError, Rules, Weights
from mentoring.programs import DEFAULT_LADDER
from mentoring.skills import SkillError, clean_label, skill_key
from mentoring.spreadsheets.cells import LONGEST_NAME, is_number
from mentoring.spreadsheets.remarks import Notes, echo

MOST_RUNGS = 50
MOST_APART = 1_000

_LARGEST = 1_000_000
_LONGEST_KEY = 40

_Settings = TypeVar("_Settings", Rules, Weights)
_KINDS: dict[str, tuple[type, ...]] = {"int": (int,), "int | None": (int,), "bool": (bool,)}


@dataclass(frozen=True, slots=True)
class ProgramRules:
    """What a rules file sets; without one, what every program starts with.

    `apart` are skills of their own, each of which might be taken for a slip of the pen.
    """

    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    ladder: tuple[str, ...] = DEFAULT_LADDER
    apart: tuple[str, ...] = ()


def read_rules(data: bytes, notes: Notes) -> ProgramRules:
    """Return the rules of a file; raise `Refused`, with all that is wrong in the notes, if anything is."""
    given = _lifted(_parsed(data, notes))
    for key in given.keys() - {"rules", "weights", "ladder", "apart"}:
        notes.errors.add(echo(key), "This is not known. A rules file has rules, weights, ladder and apart.")
    found = ProgramRules(
        rules=_settings(Rules, "rules", given.get("rules", {}), notes),
        weights=_settings(Weights, "weights", given.get("weights", {}), notes),
        ladder=_ladder(given["ladder"], notes) if "ladder" in given else DEFAULT_LADDER,
        apart=_apart(given.get("apart", []), notes),
    )
    notes.refuse()
    return found


def _parsed(data: bytes, notes: Notes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        notes.errors.add(
            f"line {line}", "There is a character here that cannot be read. Save the file as UTF-8."
        )
    except ValueError as problem:
        notes.errors.add("the file", f"It is not TOML: {problem}.")
    except RecursionError:
        notes.errors.add("the file", "It is not TOML that can be read: too many brackets inside each other.")
    return {}


def _lifted(given: dict[str, Any]) -> dict[str, Any]:
    """Return the same with a ladder at the top that was pasted below [rules] or [weights]."""
    for table in ("rules", "weights"):
        inside = given.get(table)
        if isinstance(inside, dict) and "ladder" in inside and "ladder" not in given:
            given = {**given, table: dict(inside)}
            given["ladder"] = given[table].pop("ladder")
    return given


def _settings(kind: type[_Settings], table: str, given: object, notes: Notes) -> _Settings:
    """Return the settings of one table, each checked by itself first so that its key can be named."""
    if not isinstance(given, Mapping):
        notes.errors.add(table, f"This has to be a table that begins with [{table}].")
        return kind()
    before = notes.errors.count
    for key, value in given.items():
        problem = _problem(kind, key, value)
        if problem:
            notes.errors.add(
                f"{table}.{key if key.isidentifier() and len(key) < _LONGEST_KEY else echo(key)}", problem
            )
    if notes.errors.count > before:
        return kind()
    try:
        return kind(**given)
    except MatchingError as error:
        notes.errors.add(f"{table}.{list(given)[-1]}", str(error))
        return kind()


def _problem(kind: type[Rules] | type[Weights], key: str, value: object) -> str:
    known = {item.name: str(item.type) for item in fields(kind)}
    if key not in known:
        return f"This is not known. There are: {', '.join(known)}."
    if type(value) not in _KINDS[known[key]]:
        return "This has to be true or false." if known[key] == "bool" else "This has to be a whole number."
    if isinstance(value, int) and abs(value) > _LARGEST:
        return f"This number is beyond {_LARGEST:,}."
    try:
        kind(**{key: value})  # type: ignore[arg-type]  # the type was compared with the field's just above
    except MatchingError as error:
        return str(error)
    return ""


def _ladder(given: object, notes: Notes) -> tuple[str, ...]:
    names = (
        [" ".join(name.split()) for name in given if isinstance(name, str)] if isinstance(given, list) else []
    )
    problem = _ladder_problem(given, names)
    if problem:
        notes.errors.add("ladder", problem)
    return tuple(names)


def _ladder_problem(given: object, names: Sequence[str]) -> str:
    if not isinstance(given, list) or len(names) != len(given) or not 1 <= len(names) <= MOST_RUNGS:
        return f"This has to be a list of 1 to {MOST_RUNGS} names in quotation marks, the lowest level first."
    if not all(map(can_be_rung, names)):
        return f"A name has 1 to {LONGEST_NAME} characters that can be read in one line, and is not a number."
    if len({name.casefold() for name in names}) < len(names):
        return "A name is there twice."
    return ""


def can_be_rung(name: str) -> bool:
    """Whether this can be the name of a level; a number cannot, because it already is a level."""
    plain = unicodedata.normalize("NFKC", name)
    return name.isprintable() and 1 <= len(name) <= LONGEST_NAME and not is_number(plain)


def _apart(given: object, notes: Notes) -> tuple[str, ...]:
    """Return all the skills that are named in groups, each group apart from each other."""
    if not isinstance(given, list) or len(given) > MOST_APART:
        notes.errors.add(
            "apart", f'This has to be a list like [["Typography", "Topography"]], of at most {MOST_APART:,}.'
        )
        return ()
    found: list[str] = []
    for number, group in enumerate(given, 1):
        problem = _group_problem(group)
        if problem:
            notes.errors.add(f"apart, number {number}", problem)
        else:
            found += map(clean_label, group)
    return tuple(dict.fromkeys(found))


def _group_problem(group: object) -> str:
    if not isinstance(group, list) or len(group) < 2 or not all(isinstance(word, str) for word in group):
        return "This has to be two skills or more, each in quotation marks."
    try:
        keys = [skill_key(clean_label(word)) for word in group]
    except SkillError as error:
        return str(error)
    return "" if len(set(keys)) == len(keys) else "These are one skill in two spellings, and stay so."
