"""Files for the tests, written the way spreadsheet programs do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.history import read_history
from mentoring.spreadsheets.people import People, read_people
from mentoring.spreadsheets.remarks import Notes, Refused

HEADER = "id,level,shares,wants"
GOOD = f"{HEADER}\na,1,AI tools,\nb,4,,AI tools\n"


def people_of(text: str | bytes, notes: Notes | None = None, *, allow_unknown: bool = False) -> People:
    """Read a people file."""
    data = text.encode() if isinstance(text, str) else text
    return read_people(data, DEFAULT_LADDER, notes or Notes(), allow_unknown=allow_unknown)


def errors_of(text: str | bytes, reader: Callable[[bytes, Notes], object] | None = None) -> list[str]:
    """Read a file and return what is wrong with it."""
    data, notes = text.encode() if isinstance(text, str) else text, Notes()
    with suppress(Refused):
        reader(data, notes) if reader else people_of(data, notes)
    return [str(remark) for remark in notes.errors.kept]


def history_errors(text: str) -> list[str]:
    """Read a history file and return what is wrong with it."""
    return errors_of(text, read_history)


def warnings_of(text: str, *, allow_unknown: bool = False) -> list[str]:
    """Read a good people file and return what there is to say about it."""
    notes = Notes()
    people_of(text, notes, allow_unknown=allow_unknown)
    return [str(remark) for remark in notes.warnings.kept]
