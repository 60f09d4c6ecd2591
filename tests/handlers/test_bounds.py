"""However much is typed or on file: Slack takes every answer, and nobody loses what they typed."""

from __future__ import annotations

import pytest

from handlers.command import COMMANDS
from handlers.wording import BLOCKS_MAX, saved_profile, too_many_skills
from mentoring.skills import MAX_LABEL
from sandbox.block_kit import check_message, check_view
from tests.effort import usually
from tests.handlers.world import World

MUCH = {
    "101 items": ", ".join(f"Skill {number}" for number in range(101)),
    "1,000 items": ",".join(f"s{number}" for number in range(1000)),
    "a long word": "x" * 5000,
    "escaped signs": "<&>" * 2000,
    "many numbers": " ".join(map(str, range(1, 500))),
    "large numbers": "9" * 4000,
    "many lines": "\n".join(["line"] * 2000),
    "emoji": "👩\u200d💻" * 1000,
    "direction marks": "\u202e\u2066" * 1000,
    "half a character": "\ud800",
    "a mention": "<!channel> <@U1> <#C1>",
}
MOST_UNLIKE = ("escaped signs",)


@pytest.mark.slow
@pytest.mark.parametrize("much", usually(MOST_UNLIKE, MUCH))
def test_every_word_with_much_behind_it_is_answered(led: World, much: str) -> None:
    """By the command and in the Messages tab, to a lead who is a member: nobody else gets further."""
    lia = led.joins("Lia Lead")
    led.sets_up([lia])
    for word in COMMANDS:
        typed = f"{word} {MUCH[much]}"
        assert "reference" not in lia.types(f"/reverse-mentor {typed}").text, word
        if lia.modal:
            lia.closes_modal()
        lia.says(typed)
    led.soon(lambda: len(led.slack.calls.to("chat.postMessage")) >= len(COMMANDS))
    led.app.listener_runner.listener_executor.shutdown()
    assert not any("reference" in message for message in lia.messages())
    assert led.complaints() == []


@pytest.mark.parametrize("word", ["share", "learn"])
@pytest.mark.parametrize("number", [81, 100])
def test_skills_that_a_form_can_hold_are_filled_in(led: World, word: str, number: int) -> None:
    """More than a profile takes are told about on the field, where some can be taken away."""
    listed = ", ".join(f"Skill {one}" for one in range(number))
    led.outsider.types(f"/reverse-mentor {word} {listed}")
    assert f"Skill {number - 1}" in str(led.outsider.waits_for_modal().values)
    assert led.complaints() == []


@pytest.mark.parametrize("word", ["share", "learn"])
@pytest.mark.parametrize("number", [101, 500])
def test_more_skills_than_a_form_holds_are_said_back(led: World, word: str, number: int) -> None:
    skills = [f"Skill {one}" for one in range(number)]
    answer = led.outsider.types(f"/reverse-mentor {word} {', '.join(skills)}")
    assert f"You typed {number} skills, and a profile holds at most 20." in answer.text
    assert all(f"{skill}" in answer.full_text for skill in skills)
    assert led.outsider.modal is None
    assert led.complaints() == []


def test_what_is_on_file_counts(led: World) -> None:
    ana = led.joins("Ana Example", shares=[f"Topic {one}" for one in range(20)])
    skills = ", ".join(f"Skill {one}" for one in range(81))
    assert (
        "With the 20 in your profile that is too many." in ana.types(f"/reverse-mentor share {skills}").text
    )


def test_many_merged_words_are_told_in_one_form() -> None:
    words = [(f"{number}{'&' * MAX_LABEL}", f"{number}{'<' * MAX_LABEL}") for number in range(40)]
    for several in (words, words[:1]):
        assert check_view(saved_profile(several)) == []


def test_the_longest_skills_fit_an_answer() -> None:
    told = too_many_skills(["<&>" * 300] * 500, 20)
    assert check_message(told.blocks) == []
    assert len(told.blocks) <= BLOCKS_MAX
