"""The columns of people that hold lists, and what somebody wrote between the entries of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from mentoring.labels import latin_key, skill_key
from mentoring.skills import starter
from mentoring.spreadsheets.lists import Known, Splitting, splitting, told
from mentoring.spreadsheets.remarks import Notes, cell
from mentoring.spreadsheets.table import Table, clean

_SKILLS = ("shares", "wants")
_OTHERS = ("languages", "avoid")


def list_readers(table: Table, apart: Sequence[str], notes: Notes) -> Mapping[str, Callable[[str], str]]:
    """Return for each column with lists what puts semicolons between their entries; tell what was assumed.

    Skills that are known or named in `apart`, and ids, are one entry whatever stands in them.
    """
    texts = {column: list(dict.fromkeys(table.texts(column))) for column in (*_SKILLS, *_OTHERS)}
    skills = _skill_splittings(texts, apart)
    everybody = frozenset(map(clean, table.texts("id"))) if any(texts["avoid"]) else frozenset()
    found = {
        **skills,
        "languages": splitting(texts["languages"], _among(frozenset()), str.isprintable),
        "avoid": splitting(texts["avoid"], _among(everybody), _among(everybody)),
    }
    for column in filter(table.columns.__contains__, found):
        words = told(texts[column], found[column], "skill" if column in _SKILLS else "entry")
        if words:
            notes.warnings.add(cell(table.line, column), words)
    return {column: split.rewritten for column, split in found.items()}


def _skill_splittings(texts: Mapping[str, Sequence[str]], apart: Sequence[str]) -> dict[str, Splitting]:
    """Return how skills are split; a word that is an entry of its own in one column is one in both."""
    known = frozenset(map(skill_key, (*starter().labels, *apart)))
    first = {column: splitting(texts[column], _keyed(known), _keyed(known)) for column in _SKILLS}
    wrote = chain.from_iterable(
        split.entries(text) for column, split in first.items() for text in texts[column]
    )
    entries = known | frozenset(skill_key(entry) for entry in wrote if "/" not in entry and "／" not in entry)
    return {column: splitting(texts[column], _keyed(known), _keyed(entries)) for column in _SKILLS}


def _keyed(keys: frozenset[str]) -> Known:
    return lambda text: skill_key(text) in keys or latin_key(text) in keys


def _among(texts: frozenset[str]) -> Known:
    return lambda text: clean(text) in texts
