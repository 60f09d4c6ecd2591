"""How the program stands, for leads: on Home, typed, and the lists behind the figures."""

from __future__ import annotations

import pytest

from mentoring.checkins import Answer
from program import agreements, checkins, seeing
from tests.handlers.world import World


@pytest.fixture
def running(led: World) -> World:
    """Nine pairs that run, of which one has met and signed its agreement."""
    for number in range(1, 10):
        led.couple(number)
    led.proposes()
    led.approves(*range(1, 10))
    led.introduces()
    led.delivers()
    both = {one.name: one.id for one in led.slack.people() if one.name in ("Mia Mentor1", "Max Mentee1")}
    for person_id in both.values():
        agreements.sign(led.ctx, led.workspace, person_id)
    by = (led.ctx, led.workspace, both["Mia Mentor1"])
    (prompt,) = checkins.open_now(*by)
    checkins.answer(*by, prompt.checkin.id, Answer.MET)
    return led


def test_each_figure_on_home_opens_its_list(running: World) -> None:
    shown = running.lead.opens_home()
    assert "*Running:* 9 pairs" in shown.text
    assert "*Met:* 1 of 9 pairs" in shown.text
    assert "are introduced on Tuesday, November 3, 2026." in shown.text
    running.lead.clicks("Show", where="home")
    first = running.lead.waits_for_modal(title="Pairs that run")
    assert (first.text.count("teaches"), "page 1 of 2" in first.text) == (seeing.A_PAGE, True)
    running.lead.clicks("Next page")
    running.soon(lambda: "page 2 of 2" in running.lead.waits_for_modal().text)
    assert running.lead.waits_for_modal().text.count("teaches") == 1
    running.lead.clicks("End or rest", where="modal")
    running.soon(lambda: running.lead.waits_for_modal().title != "Pairs that run")
    assert running.complaints() == []


def test_it_is_typed_with_the_list_behind_a_figure(running: World) -> None:
    answer = running.lead.types("/reverse-mentor digest")
    for told in ("Nothing needs you right now", "*Running:* 9 pairs", "*Met:* 1 of 9 pairs"):
        assert told in answer.text
    assert "None: pairs that plan to meet, pairs in which nobody answers" in answer.text
    met = running.lead.types("/reverse-mentor digest met").text
    assert "1 pair" in met.splitlines()[0]
    assert "Pair 1: " in met
    second = running.lead.types("/reverse-mentor digest running 2").text
    assert "page 2 of 2" in second
    assert "`/reverse-mentor digest running 1` shows page 1." in second
    assert "nobody right now" in running.lead.types("/reverse-mentor digest no-first-meeting").text
    assert "No call for help" in running.lead.types("/reverse-mentor digest help").text
    assert running.complaints() == []


def test_the_digest_in_the_channel_opens_the_lists_for_leads_alone(running: World) -> None:
    running.clock.passes(days=14)
    assert seeing.due(running.ctx) == 1
    running.delivers()
    digest = running.lead.messages(running.leads_channel)[-1]
    assert "8 pairs to look at" in digest.text
    assert "8 pairs have not met by day 14" in digest.text
    assert "8 pairs have not accepted their agreement by day 14" in digest.text
    running.lead.clicks("Show", digest)
    assert "Not met by day 14" in running.lead.waits_for_modal().title
    running.lead.closes_modal()
    assert running.complaints() == []
