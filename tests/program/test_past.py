"""An office that begins with another's past is where it would be had it lived through that itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mentoring.pairings import Pair
from storage.database import Database
from tests.fixtures.databases import empty
from tests.program.office import CHECKIN, PASTS, Office
from tests.program.past import Past


def lived(office: Office, what: str) -> Past:
    story: Callable[[], Pair] = getattr(office, what)
    story()
    office.passes(minutes=1)
    office.at(CHECKIN)
    past = office.past()
    outbox = [(number, *rest) for number, _token, *rest in past.rows["outbox"]]  # a token is random
    return replace(past, rows=past.rows | {"outbox": outbox})


@pytest.mark.parametrize("what", ["proposed", "approved", "introduced"])
def test_it_is_as_if_it_had_lived_through_it(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    given = lived(Office(sqlite), what)
    for name in ("proposed", "approved", "introduced"):
        monkeypatch.delitem(PASTS, name)
    assert lived(Office(empty(sqlite)), what) == given


def test_only_a_new_office_begins_with_it(office: Office) -> None:
    office.sets_up(name="Another one")
    office.proposed()
    assert office.program.name == "Another one"
