"""No message goes on calling introductions the next ones after they have been made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.views import render
from mentoring.messages import Content, Kind, NoPartner, Thanks, Welcome
from program import members
from tests.program.office import INTRO, WEEK, Office, on

KINDS = {Kind.WELCOME: Welcome, Kind.NO_PARTNER: NoPartner, Kind.THANKS: Thanks}


def on_screen(office: Office, kind: Kind) -> dict[str, Content]:
    """What stands in each conversation, by whose it is and what it is about."""
    return {
        f"{one.notice.recipient} {one.notice.subject}": office.on_screen[one.id]
        for one in office.every_letter()
        if one.notice.kind is kind and one.id in office.on_screen
    }


def promised(office: Office) -> list[datetime]:
    """Every moment that some message on screen calls the next."""
    shown = [one for kind in KINDS for one in on_screen(office, kind).values()]
    assert all(isinstance(one, tuple(KINDS.values())) for one in shown)
    return [one.next_intro for one in shown if one.next_intro]  # type: ignore[union-attr]  # checked a line ago


def test_a_welcome_looks_forward_until_the_introductions_are_made(office: Office) -> None:
    office.sets_up()
    office.joins("UALONE")
    office.at(INTRO - timedelta(minutes=1))
    (welcome,) = on_screen(office, Kind.WELCOME).values()
    assert isinstance(welcome, Welcome)
    assert welcome.next_intro == INTRO
    assert "The next introductions are on" in render(welcome).text
    office.at(INTRO)
    (welcome,) = on_screen(office, Kind.WELCOME).values()
    assert isinstance(welcome, Welcome)
    assert welcome.next_intro is None
    text = render(welcome).text
    assert "<!date" not in text
    assert "`/reverse-mentor status` shows where you stand, and when the next introductions are." in text


@pytest.mark.slow
def test_no_message_calls_what_has_passed_the_next(office: Office) -> None:
    office.introduced()
    office.joins("UALONE")
    times = 0
    while office.clock() < INTRO + 14 * WEEK:
        office.lives_until(office.clock() + timedelta(days=3))
        assert [one for one in promised(office) if one <= office.clock()] == []
        times += len(promised(office))
    assert times, "or nothing was looked at"
    assert on_screen(office, Kind.THANKS)
    assert len(on_screen(office, Kind.NO_PARTNER)) >= 3


@pytest.mark.parametrize("weeks", [2, 8])
def test_another_rhythm_moves_what_is_promised(office: Office, weeks: int) -> None:
    office.sets_up()
    office.joins("UALONE")
    office.at(INTRO)
    office.joins("ULATE")
    office.delivers()
    office.sets_up(cycle_weeks=weeks)
    office.delivers()
    assert set(promised(office)) == {office.times(2).intro_at}


def test_after_a_downtime_nothing_looks_back(office: Office) -> None:
    office.sets_up()
    office.joins("UALONE")
    office.joins("UAWAY")
    members.pause(office.ctx, office.workspace, "UAWAY", on("2026-12-01"))
    office.delivers()
    office.at(INTRO + 9 * WEEK)
    assert [one for one in promised(office) if one <= office.clock()] == []
