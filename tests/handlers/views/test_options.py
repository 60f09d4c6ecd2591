"""Type-ahead answers: what Slack takes, one's own word among them, equal to what forms fill in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.views.options import name_options, option, skill_options
from sandbox.block_kit import check_options_answer


def values(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["value"] for one in answer["options"]]


def test_an_own_word_can_be_added() -> None:
    answer = skill_options(["AI tools", "Short video"], "  Paper \u202efolding ")
    assert values(answer) == ["AI tools", "Short video", "Paper folding"]
    assert answer["options"][-1]["text"]["text"] == "Add “Paper folding”"


def test_a_known_word_is_not_offered_twice() -> None:
    assert values(skill_options(["AI tools"], "ai TOOLS")) == ["AI tools"]
    assert values(skill_options(["AI tools"], None)) == ["AI tools"]
    assert values(skill_options([], "\u200b ")) == []


def test_an_own_word_finds_room_among_very_many() -> None:
    answer = skill_options([f"Skill {index}" for index in range(300)], "Paper folding")
    assert len(answer["options"]) == 100
    assert values(answer)[-1] == "Paper folding"


def test_a_long_word_is_shown_short_and_kept_whole() -> None:
    answer = skill_options([], "x" * 120)
    assert answer["options"][0]["text"]["text"].endswith("x…”")
    assert values(answer) == ["x" * 120]


def test_names_are_their_own_values() -> None:
    assert values(name_options(["Europe/Lisbon", "UTC"])) == ["Europe/Lisbon", "UTC"]
    assert len(name_options([f"Zone {index}" for index in range(600)])["options"]) == 100


def test_an_answer_equals_what_a_form_fills_in() -> None:
    assert name_options(["Zoë & co"])["options"] == [option("Zoë & co").to_dict()]


@given(st.lists(st.text(max_size=200), max_size=120), st.text(max_size=300))
def test_slack_takes_every_answer(labels: list[str], typed: str) -> None:
    assert check_options_answer(skill_options(labels, typed)) == []
    assert check_options_answer(name_options(labels)) == []
