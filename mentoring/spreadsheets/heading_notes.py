"""What there is to say about the headings of a file: what is missing, unclear, not read or understood as something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from mentoring.spreadsheets.delimited import Line
from mentoring.spreadsheets.headings import Columns, Understood, likely, means, own_name, shown
from mentoring.spreadsheets.remarks import Notes, cell, echo

_LONGEST_NAME = 40
_FEW = 3
"""So many columns that are not read are named one by one, more of them in one line."""


def note_titles(lines: Sequence[Line], header: int, notes: Notes) -> None:
    """Tell which lines above the names are passed over."""
    if lines:
        texts = [echo(" ".join(" ".join(cells).split())) for _, cells in lines]
        these = f"The first line is a title: {texts[0]}."
        if len(lines) > 1:
            these = (
                f"{len(lines)} lines above the names of the columns are not read: {', '.join(texts[:_FEW])}."
            )
        notes.warnings.add(cell(lines[0][0], "1"), f"{these} The columns are named on line {header}.")


def note_headings_again(line: int, notes: Notes) -> None:
    """Tell that a line below the names says again what the columns are."""
    notes.warnings.add(cell(line, "1"), "This line names the columns once more, and is not read.")


def note_headings(
    line: int,
    names: Sequence[str],
    meant: Understood,
    columns: Columns,
    given: Mapping[str, str],
    notes: Notes,
) -> None:
    """Note what is wrong with the line that names the columns, and tell what was made of it."""
    _note_clashes(line, names, meant, notes)
    _note_missing(line, names, meant, columns, given, notes)
    _tell_unread(line, [names[place] for place in meant.unread], meant.unread, columns, notes)
    if meant.told:
        said = "; ".join(f"{echo(heading)} is {column}" for heading, column in meant.told)
        words = f"Headings were understood like this: {said}. With --columns you can say it otherwise."
        notes.warnings.add(cell(line, meant.told[0][1]), words)


def _note_clashes(line: int, names: Sequence[str], meant: Understood, notes: Notes) -> None:
    for column, places in meant.clashes.items():
        found = [names[place] for place in places]
        if len({own_name(name) for name in found}) == 1:
            words = "Two columns have this name. Rename or remove one."
        else:
            both = " and ".join(map(echo, found[:2]))
            words = f'{both} may both be meant. Say which one with --columns {column}="{_typed(found[0])}".'
        notes.errors.add(cell(line, column), words)


def _note_missing(
    line: int,
    names: Sequence[str],
    meant: Understood,
    columns: Columns,
    given: Mapping[str, str],
    notes: Notes,
) -> None:
    found = f" The columns found: {shown(names)}." if any(names) else ""
    for column, heading in given.items():
        if column not in meant.sources:
            words = f"{echo(heading)} was given for this column, and no column is called so.{found}"
            notes.errors.add(cell(line, column), words)
    for column in columns.needed:
        if column not in meant.sources and column not in given:
            notes.errors.add(
                cell(line, column),
                f"This column is missing. {_FIRST_LINE}{found}{_way_out(column, names, meant)}",
            )
            found = ""


_FIRST_LINE = "The first line of the file has to name the columns."


def _way_out(column: str, names: Sequence[str], meant: Understood) -> str:
    """Return what to type if a column is there under another name."""
    free = [names[place] for place in meant.unread if names[place]]
    if not free:
        return ""
    heading = likely(column, free)
    if heading:
        return f' If {echo(heading)} is meant, add --columns {column}="{_typed(heading)}".'
    return f' If it has another name, say which: --columns {column}="Heading".'


def _typed(heading: str) -> str:
    """Return a heading as it can stand between quotation marks in a sentence and on a command line."""
    return "".join(
        char if char.isprintable() and char != '"' else " " for char in heading[: _LONGEST_NAME * 2]
    )


def _tell_unread(
    line: int, names: Sequence[str], places: Sequence[int], columns: Columns, notes: Notes
) -> None:
    if len(names) <= _FEW:
        for name, place in zip(names, places, strict=True):
            shown_name = own_name(name)
            fits = shown_name and shown_name.isprintable() and len(shown_name) <= _LONGEST_NAME
            notes.warnings.add(
                cell(line, shown_name if fits else str(place + 1)), _unread(shown_name, columns)
            )
    elif any(names):
        words = f"{len(names)} columns are not read: {shown(names)}."
        notes.warnings.add(cell(line, str(places[0] + 1)), words)


def _unread(name: str, columns: Columns) -> str:
    if not name:
        return "This column has no name and is not read."
    for column in columns.known:
        if means(name, column):
            return f"{echo(name)} is not read, because another heading means {column} better."
    close = get_close_matches(name[:_LONGEST_NAME], columns.known, 1, 0.75)
    return f"{echo(name)} is not known, so the column is not read." + (f" Is it {close[0]}?" if close else "")
