"""What is stored of a message: its kind has a screen, and a subject of more than one id comes back as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import String

from mentoring.messages import Kind
from program import notices, screens, unknown_screens
from storage import tables

DAY = date(2026, 3, 12)
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def test_a_summary_is_of_a_cycle_and_a_run() -> None:
    assert notices.cycle_and_run("4.2") == (4, 2)


def test_what_is_said_of_a_pair_names_it_first() -> None:
    said = [notices.since(12, NOON), notices.stuck_subject(12, "2026-W11"), "12"]
    assert said == ["12.1773316800", "12.2026-W11", "12"]
    assert {notices.pair_of(subject) for subject in said} == {12}
    assert notices.pair_and_week(said[1]) == (12, "2026-W11")


@pytest.mark.parametrize(("why", "text"), [("", "C1.2026-03-12"), ("archived", "C1.2026-03-12.archived")])
def test_trouble_with_a_channel_names_it_and_the_day(why: str, text: str) -> None:
    assert notices.channel_subject("C1", DAY, why) == text
    assert notices.of_channel(text) == ("C1", "2026-03-12", why)


def test_trouble_with_deliveries_names_the_reason_and_the_day() -> None:
    text = notices.delivery_subject("wait-open", "missing_scope", DAY)
    assert text == "wait-open.missing_scope.2026-03-12"
    assert notices.of_delivery(text) == ("wait-open", "missing_scope", DAY)


def test_a_welcome_names_its_channel_its_cycle_and_when_it_was_said() -> None:
    about = notices.OfWelcome("C1", 3, NOON, at_once=True)
    assert notices.welcome_subject(about) == "C1.3.1773316800.1"
    assert notices.of_welcome(notices.welcome_subject(about)) == about


@pytest.mark.parametrize(("subject", "checkin"), [("17", 17), ("2026-W11.U1", None)])
def test_an_older_version_asked_about_one_checkin(subject: str, checkin: int | None) -> None:
    assert notices.checkin_of(subject) == checkin


def test_each_kind_of_message_has_its_screen_and_its_name_and_fits_the_table() -> None:
    assert set(Kind) == screens._BUILDERS.keys() == unknown_screens.WHAT.keys()
    kind = tables.outbox.c.kind.type
    assert isinstance(kind, String)
    assert kind.length is not None
    assert max(map(len, Kind)) <= kind.length
