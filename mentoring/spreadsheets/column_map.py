"""Which heading means which column, as somebody says it on the command line or in a rules file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentoring.spreadsheets import history, people
from mentoring.spreadsheets.headings import key, own_name
from mentoring.spreadsheets.remarks import CellError, echo

_LONGEST = 300


_KNOWN = (*people.COLUMNS.known, *history.COLUMNS.known)


def parse_columns(given: Sequence[str], known: Sequence[str] = _KNOWN) -> Mapping[str, str]:
    """Return the headings by column of texts like 'id=Employee ID'. Raises `CellError`."""
    pairs = [text.partition("=") for text in given]
    for column, sign, _ in pairs:
        if not sign:
            raise CellError(
                f'{echo(column)} has no “=”. Write a column, “=”, and its heading: id="Employee ID".'
            )
    columns = [own_name(column.strip()) for column, _, _ in pairs]
    twice = next((column for place, column in enumerate(columns) if column in columns[:place]), None)
    if twice is not None:
        raise CellError(f"{echo(twice)} is given twice.")
    return checked_columns(
        {column: heading for column, (_, _, heading) in zip(columns, pairs, strict=True)}, known
    )


def checked_columns(given: Mapping[str, object], known: Sequence[str] = _KNOWN) -> Mapping[str, str]:
    """Return headings by column, if each is one of the known: those of people and earlier pairs. Raises `CellError`."""
    found: dict[str, str] = {}
    for column, heading in given.items():
        if column not in known:
            raise CellError(f"{echo(column)} is no column that is read. There are: {', '.join(known)}.")
        if not isinstance(heading, str) or not key(heading) or len(heading) > _LONGEST:
            raise CellError(f"The heading for {column} has to be text with at least one letter or digit.")
        found[column] = heading
    headings = [key(heading) for heading in found.values()]
    if len(set(headings)) < len(headings):
        raise CellError("One heading is given for two columns.")
    return found
