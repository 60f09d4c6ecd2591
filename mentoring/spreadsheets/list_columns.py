"""The columns of people that hold lists, and what somebody wrote between the entries of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from mentoring.labels import latin_key, skill_key
from mentoring.skills import starter
from mentoring.spreadsheets.lists import Known, Splitting, separable, splitting, told
from mentoring.spreadsheets.remarks import Notes, cell
from mentoring.spreadsheets.table import Table, clean

_SKILLS = ("shares", "wants")
_OTHERS = ("languages", "avoid")


def list_readers(table: Table, apart: Sequence[str], notes: Notes) -> Mapping[str, Callable[[str], str]]:
    """Return for each column with lists what puts semicolons between their entries; tell what was assumed.

    Skills that are known or named in `apart`, and ids, are one entry whatever stands in them.
    """
    texts = {column: list(dict.fromkeys(table.texts(column))) for column in (*_SKILLS, *_OTHERS)}
    everybody = frozenset(map(clean, table.texts("id"))) if any(texts["avoid"]) else frozenset()
    found = {
        **_skill_splittings(texts, (*starter().labels, *apart)),
        "languages": splitting(texts["languages"], _among(()), str.isprintable, certain=True),
        "avoid": splitting(
            texts["avoid"], _among(filter(separable, everybody)), _among(everybody), certain=True
        ),
    }
    for column in filter(table.columns.__contains__, found):
        words = told(texts[column], found[column], "skill" if column in _SKILLS else "entry")
        if words:
            notes.warnings.add(cell(table.line, column), words)
    return {column: split.rewritten for column, split in found.items()}


def _skill_splittings(texts: Mapping[str, Sequence[str]], known: Sequence[str]) -> dict[str, Splitting]:
    """Return how skills are split; a word that is an entry of its own in one column is one in both."""
    one = _keyed(filter(separable, known))
    first = {column: splitting(texts[column], one, one) for column in _SKILLS}
    wrote = chain.from_iterable(
        split.entries(text) for column, split in first.items() for text in texts[column]
    )
    entries = set(wrote)
    if not any(map(separable, entries)):
        return first
    entry = _keyed((*known, *(text for text in entries if not separable(text))))
    return {column: splitting(texts[column], one, entry) for column in _SKILLS}


def _keyed(skills: Iterable[str]) -> Known:
    keys = frozenset(map(skill_key, skills))
    return lambda text: bool(keys) and (skill_key(text) in keys or latin_key(text) in keys)


def _among(texts: Iterable[str]) -> Known:
    found = frozenset(texts)
    return lambda text: bool(found) and clean(text) in found
