"""Every file of the corpus is read right, or refused with a sentence that says what to do."""

from __future__ import annotations

from contextlib import suppress

import pytest

from mentoring.programs import DEFAULT_LADDER
from mentoring.spreadsheets.people import People, read_people
from mentoring.spreadsheets.remarks import Notes, Refused
from tests.spreadsheets.corpus import Case, corpus

CASES = corpus()


def tried(case: Case) -> tuple[People | None, Notes]:
    """Read a case and return its people, if any, and what was said."""
    notes = Notes()
    with suppress(Refused):
        return read_people(case.data, DEFAULT_LADDER, notes, reading=case.reading), notes
    return None, notes


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.sampled(40)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_right_or_refused_with_what_to_do(case: Case) -> None:
    found, notes = tried(case)
    errors = [str(remark) for remark in notes.errors.kept]
    warnings = "\n".join(map(str, notes.warnings.kept))
    if case.refused:
        assert found is None
        assert case.refused in "\n".join(errors)
        return
    assert errors == []
    assert found is not None
    assert found.people == case.people
    assert found.names == case.called
    assert [words for words in case.says if words not in warnings] == [], warnings
