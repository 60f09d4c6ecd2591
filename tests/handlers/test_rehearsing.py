"""Leads read what would be sent, and list holidays."""

from __future__ import annotations

import pytest

from mentoring.errors import NotAllowed, TooManyToRehearse
from program import holidays, programs, rehearsal
from tests.handlers.world import World


@pytest.mark.slow
def test_a_lead_reads_what_would_be_sent_and_how_it_would_be_without_answers(led: World) -> None:
    led.couple()
    led.lead.types("/reverse-mentor rehearse 3")
    answer = led.lead.waits_to_see("everybody answers their check-ins at once")
    assert "I would send" in answer.text
    assert "1 introduction" in answer.text
    assert "reminder" not in answer.text
    (table,) = [block for block in answer.blocks if block["type"] == "data_table"]
    assert "introduction" in [row[1]["text"] for row in table["rows"]]
    led.lead.types("/reverse-mentor rehearse silent 3")
    assert "reminders of check-ins" in led.lead.waits_to_see("nobody answers a check-in").text
    assert "from 1 to 52" in led.lead.types("/reverse-mentor rehearse 60").text
    assert led.complaints() == []


@pytest.mark.slow
def test_from_home_it_opens_a_modal(led: World) -> None:
    led.lead.opens_home()
    led.lead.clicks("Rehearse")
    led.soon(lambda: "would send" in led.lead.waits_for_modal().text)


@pytest.mark.slow
def test_holidays_are_listed_and_warned_of(led: World) -> None:
    lea = led.lead
    assert "No holiday is listed." in lea.types("/reverse-mentor holidays").text
    kept = lea.types("/reverse-mentor holidays December 25, 2026, January 1, 2027 and Jan 6 2027").text
    assert "Friday, December 25, 2026, Friday, January 1, 2027 and Wednesday, January 6, 2027" in kept
    assert "as a day" in lea.types("/reverse-mentor holidays tomorrow, someday").text
    assert len(holidays.listed(led.ctx, led.workspace, lea.id)) == 3, "what is not read changes nothing"
    program = programs.find(led.ctx, led.workspace)
    assert program is not None
    led.couple()
    intro = min(one.at for one in led.services.rehearse(led.ctx, led.workspace, lea.id, 5, True).messages)
    lea.types(f"/reverse-mentor holidays {intro:%Y-%m-%d}")
    lea.types("/reverse-mentor rehearse 5")
    lea.waits_to_see("would come on a holiday")
    assert "No holiday is listed." in lea.types("/reverse-mentor holidays none").text


def test_only_leads_rehearse(led: World) -> None:
    for words in ("rehearse", "holidays", "holidays 2027-01-01"):
        assert "Only the program's leads" in led.outsider.types(f"/reverse-mentor {words}").text
    with pytest.raises(NotAllowed):
        holidays.keep(led.ctx, led.workspace, led.outsider.id, [])


def test_many_people_are_left_to_the_command_line(led: World, monkeypatch: pytest.MonkeyPatch) -> None:
    led.couple()
    monkeypatch.setattr(rehearsal, "FEW_ENOUGH", 1)
    assert TooManyToRehearse(2).sentence in led.lead.types("/reverse-mentor rehearse").full_text
