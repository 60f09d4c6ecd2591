"""Words that count as one skill: what people and leads see of them, and how a lead keeps two apart."""

from __future__ import annotations

from program import profiles, vocabulary
from tests.handlers.world import World


def merged(led: World) -> None:
    """Ana's word is a slip away from Ben's, which a lead took in."""
    led.joins("Ben Example", shares=["Investing"])
    vocabulary.take_in(led.ctx, led.workspace, led.lead.id, "Investing")
    led.joins("Ana Example", shares=["Investinng"])


def test_a_person_is_told_that_a_lead_can_keep_words_apart(led: World) -> None:
    led.joins("Ben Example", shares=["Investing"])
    vocabulary.take_in(led.ctx, led.workspace, led.lead.id, "Investing")
    led.outsider.types("/reverse-mentor share Investinng")
    led.outsider.waits_for_modal()
    led.outsider.fills("Skills I want to learn, most wanted first", ["Negotiation"])
    led.outsider.fills("Languages I am glad to talk in", ["English"])
    led.outsider.submits()
    told = led.outsider.waits_for_modal(title="Saved").text
    assert "I used “Investing” for “Investinng”" in told
    assert "tell a program lead, who can keep the two apart" in told
    assert "(1 person)" in led.lead.types("/reverse-mentor skills").text


def test_a_lead_keeps_two_words_apart_from_the_list(led: World) -> None:
    merged(led)
    shown = led.lead.types("/reverse-mentor skills")
    assert "“Investinng” counts as “Investing” (1 person)." in shown.text
    assert shown.ephemeral
    led.lead.clicks("Keep apart")
    now = led.lead.waits_to_see("is a skill of its own now")
    assert "No word counts as another skill" in now.full_text
    assert led.lead.sees("counts as “Investing”") is None, "the list was replaced"
    assert profiles.suggest(led.ctx, led.workspace, "invest") == ["Investing", "Investinng"]
    assert led.quiet() == []


def test_a_lead_keeps_two_words_apart_by_typing(led: World) -> None:
    merged(led)
    assert "counts as “Investing”" in led.lead.types("/reverse-mentor keep-apart").text
    assert "No word like that" in led.lead.types("/reverse-mentor keep apart Negotiation").text
    told = led.lead.types("/reverse-mentor keep apart investinng").text
    assert told == (
        "“Investinng” is a skill of its own now, apart from “Investing”. "
        "It is back in the profile of 1 person. To stop offering it to others, "
        "type `/reverse-mentor take-out` and the word."
    )
    assert "No word counts as another skill" in led.lead.types("/reverse-mentor skills").text
    assert led.quiet() == []
