"""Type-ahead over languages and time zones."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from handlers import choices


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("new york", "America/New_York"),
        ("NEW_YORK", "America/New_York"),
        ("lisbon", "Europe/Lisbon"),
        ("europe lis", "Europe/Lisbon"),
        ("buenos", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("Asia/Kolkata", "Asia/Kolkata"),
    ],
)
def test_a_time_zone_is_found_by_any_of_its_parts(typed: str, zone: str) -> None:
    assert choices.time_zones(typed)[:2].count(zone) == 1


def test_nothing_typed_offers_well_known_time_zones() -> None:
    offered = choices.time_zones("  ")
    assert "Europe/Lisbon" in offered
    assert set(offered) == set(choices.COMMON_ZONES)


def test_time_zones_are_real_and_never_too_many() -> None:
    offered = choices.time_zones("a")
    assert len(offered) == choices.MOST
    assert set(offered) <= available_timezones()
    assert choices.time_zones("Atlantis") == []


def test_languages_are_found() -> None:
    assert choices.languages("port") == ["Portuguese", "port"]
    assert choices.languages("english") == ["English"]
    assert choices.languages("")[0] == "English"


def test_a_language_that_is_not_in_the_list_can_be_chosen() -> None:
    assert choices.languages(" Sign   language ") == ["Sign language"]
    assert choices.languages("x" * 81) == []
    assert len(choices.languages("a")) <= choices.MOST
