"""Columns with a type of their own give back what was put in, and never a list that two rows could share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from storage.instant import Instant
from storage.listed import Listed

_LISTS = st.lists(st.text() | st.integers(0, 9)) | st.none()
_ZONES = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=_ZONES) | st.none()  # noqa: DTZ001 - hypothesis takes naive bounds


@given(st.lists(st.tuples(_LISTS, _MOMENTS), min_size=1, max_size=9))
def test_lists_and_moments_come_back(rows: Sequence[tuple[list[str | int] | None, datetime | None]]) -> None:
    table = Table("one", MetaData(), Column("id", Integer), Column("some", Listed), Column("at", Instant))
    engine = create_engine("sqlite://")
    with engine.begin() as tx:
        table.create(tx)
        tx.execute(insert(table), [{"id": n, "some": some, "at": at} for n, (some, at) in enumerate(rows)])
        found = tx.execute(select(table.c.some, table.c.at).order_by(table.c.id)).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [(None if some is None else tuple(some), at) for some, at in rows]
    assert {str(row.at.tzinfo) for row in found if row.at} <= {"UTC"}


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Instant().process_bind_param(datetime(2026, 1, 1), create_engine("sqlite://").dialect)  # noqa: DTZ001 - a naive one is what is refused
