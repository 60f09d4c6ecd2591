"""Which status in Slack says that somebody is away, and until when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers import entries

UNTIL = datetime(2027, 1, 18, 9, 0, tzinfo=UTC)


def seen(**status: Any) -> datetime | None:
    """What the bot takes from a user with such a status, which ends on that day unless it says otherwise."""
    told = {"expiration": int(UNTIL.timestamp()), "emoji": "", "text": ""} | status
    profile = {f"status_{name}": value for name, value in told.items()}
    person = entries.person({"id": "U1", "profile": profile})
    assert person is not None
    return person.away_until


@pytest.mark.parametrize(
    "status",
    [
        {"emoji": ":palm_tree:", "text": "Vacationing"},
        {"emoji": ":face_with_thermometer:"},
        {"text": "Out sick"},
        {"text": "OOO until Monday"},
        {"text": "on parental leave"},
        {"text": "Im Urlaub"},
        {"text": "en congé"},
        {"emoji": ":AIRPLANE::skin-tone-2:"},
    ],
)
def test_away_until_it_ends(status: dict[str, str]) -> None:
    assert seen(**status) == UNTIL


@pytest.mark.parametrize(
    "status",
    [
        {"text": ""},
        {"emoji": ":spiral_calendar_pad:", "text": "In a meeting"},
        {"emoji": ":house_with_garden:", "text": "Working remotely"},
        {"emoji": ":bus:", "text": "Commuting"},
        {"text": "Happy holidays"},
        {"emoji": ":palm_tree:", "expiration": 0},
        {"text": "On vacation", "expiration": None},
        {"text": "On vacation", "expiration": "tomorrow"},
        {"text": "On vacation", "expiration": 10**30},
        {"text": "On vacation", "expiration": True},
        {"text": None, "emoji": 7},
    ],
)
def test_everything_else_says_nothing(status: dict[str, Any]) -> None:
    assert seen(**status) is None
