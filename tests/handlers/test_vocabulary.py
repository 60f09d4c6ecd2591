"""Words that count as one skill: what people and leads see of them, and how a lead keeps two apart."""

from __future__ import annotations

import pytest

from mentoring.own_words import SEVERAL
from program import people, profiles, vocabulary
from sandbox import Person
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
    led.outsider.fills("My level", "Associate")
    led.outsider.submits()
    told = led.outsider.waits_for_modal(title="Saved").text
    assert "I used “Investing” for “Investinng”" in told
    assert "tell a program lead, who can keep the two apart" in told
    assert "the two apart: @Lea Lead or @Lou Lead." in told
    assert "(1 person)" in led.lead.types("/reverse-mentor skills").text


def test_a_person_is_not_sent_to_a_lead_who_is_gone(led: World) -> None:
    led.joins("Ben Example", shares=["Investing"])
    vocabulary.take_in(led.ctx, led.workspace, led.lead.id, "Investing")
    people.gone(led.ctx, led.workspace, led.lead.id)
    ana = led.joins("Ana Example")
    ana.types("/reverse-mentor share Investinng")
    ana.waits_for_modal()
    ana.submits()
    told = ana.waits_for_modal(title="Saved").text
    assert "who can keep the two apart: @Lou Lead." in told


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
    assert led.complaints() == []


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
    assert led.complaints() == []


WORD = "Coming out at work"


def offered(world: World, person: Person) -> bool:
    """Whether the word is among what somebody is offered while they type."""
    person.types("/reverse-mentor")
    found = person.searches("Skills I can share", "coming out")
    assert found[-1] == "Add “coming out”"
    person.closes_modal()
    return WORD in found


def test_only_its_writer_is_offered_a_word_of_ones_own_until_a_lead_takes_it_in(led: World) -> None:
    writer = led.joins("Ana Example", shares=[WORD])
    member, guest = led.joins("Ben Example"), led.slack.add_person("Gil Guest", guest=True)
    everybody = (member, guest, led.outsider, led.lead)
    assert [offered(led, one) for one in (writer, *everybody)] == [True, False, False, False, False]
    assert led.lead.types(f"/reverse-mentor skills take in {WORD.lower()}").text.startswith(
        f"Everybody in the program is offered “{WORD}” now."
    )
    assert all(offered(led, one) for one in (writer, *everybody))
    assert "is not offered to others any more" in led.lead.types(f"/reverse-mentor take-out {WORD}").text
    assert [offered(led, one) for one in (writer, *everybody)] == [True, False, False, False, False]
    assert led.complaints() == []


def test_a_lead_decides_on_the_words_that_wait(led: World) -> None:
    led.joins("Ana Example", shares=[WORD, "Beekeeping"], wants=["SQL"])
    led.joins("Ben Example", shares=["beekeeping"], wants=["SQL"])
    shown = led.lead.types("/reverse-mentor skills")
    assert shown.ephemeral
    assert "“Beekeeping” (2 people)" in shown.text
    assert f"“{WORD}” (1 person)" in shown.text
    led.lead.clicks("Take in")
    now = led.lead.waits_to_see("Everybody in the program is offered “Beekeeping” now")
    assert "*Everybody is offered:* “Beekeeping” (2 people, taken in by a lead)." in now.text
    led.lead.clicks("Take out")
    now = led.lead.waits_to_see(f"“{WORD}” is not offered to others any more")
    assert f"*Taken out by a lead:* “{WORD}” (1 person)." in now.text
    assert "Words that wait" not in now.text
    assert led.complaints() == []


@pytest.mark.parametrize(
    "typed", ["skills take-in", "take-in", "take out", "skills something else", "skills"]
)
def test_without_a_word_the_list_is_shown(led: World, typed: str) -> None:
    led.joins("Ana Example", shares=[WORD])
    assert f"“{WORD}” (1 person)" in led.lead.types(f"/reverse-mentor {typed}").text


def test_a_word_that_nobody_uses_is_refused_in_words(led: World) -> None:
    told = led.lead.types("/reverse-mentor skills take-in <!channel> nonsense").text
    assert "Nobody here uses a word like that" in told


def test_the_form_says_who_sees_a_word_of_ones_own(led: World) -> None:
    led.outsider.types("/reverse-mentor")
    told = led.outsider.waits_for_modal().text
    assert (
        told.count(
            f"is offered to others, without your name, once {SEVERAL} people use it or a lead takes it in."
        )
        == 1
    ), "said once, also where the form has two such fields"


def test_far_too_much_in_a_type_ahead_is_answered(led: World) -> None:
    led.outsider.types("/reverse-mentor")
    for text in ("x" * 10_000, "\u0316\u0301" * 1_000):
        assert led.outsider.searches("Skills I can share", text)[-1].startswith("Add “")
    assert led.complaints() == []
