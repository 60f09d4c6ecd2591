"""Every topic, side and number of a meeting has words of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.guides import ANY, MAX_WORDS, Part, Topic, guide, phase_of, phases, topic, topic_of, topics

NUMBERS = range(1, 9)


def test_there_are_a_dozen_topics_and_one_for_all_others() -> None:
    keys = [one.key for one in topics()]
    assert len(set(keys)) == len(keys) >= 13
    assert keys[-1] == ANY == topic("unheard of").key
    assert all(one.words for one in topics()[:-1])
    assert all(len(one.key) <= 32 for one in topics())


@pytest.mark.parametrize("about", topics(), ids=lambda one: one.key)
def test_each_side_has_words_for_each_meeting(about: Topic) -> None:
    told = {}
    for part in Part:
        for number in NUMBERS:
            found = guide(number, 6, about, part)
            assert len(found.lines) == 4
            assert all(line.endswith((".", "?")) for line in found.lines), found.lines
            assert max(map(len, found.lines)) <= MAX_WORDS
            told[part, min(number, 6)] = found.lines
    assert len(set(told.values())) == 12, "no two meetings or sides say the same"


def test_no_two_topics_say_the_same() -> None:
    lines = [line for one in topics() for line in (*one.exercises, *one.advice.values())]
    assert len(lines) == len(set(lines)) == len(topics()) * 8


@given(st.integers(1, 60), st.integers(1, 52))
def test_a_row_begins_at_the_beginning_and_ends_at_the_end(number: int, planned: int) -> None:
    last = len(phases()) - 1
    assert phase_of(1, planned) == 0
    assert 0 <= phase_of(number, planned) <= phase_of(number + 1, planned) <= last
    if planned > 1:
        assert phase_of(planned, planned) == last
        assert phase_of(planned - 1, planned) < last


def test_six_meetings_are_the_six_phases_and_without_a_plan_none_is_the_last() -> None:
    assert [phase_of(number, 6) for number in range(1, 7)] == [*range(6)]
    assert [phase_of(number, None) for number in (1, 2, 5, 6, 40)] == [0, 1, 4, 4, 4]


@pytest.mark.parametrize(
    ("skills", "key"),
    [
        (("Prompt writing",), "ai"),
        (("Underwater hockey", "SQL basics"), "data"),
        (("TikTok",), "social"),
        (("Inclusive hiring",), "inclusion"),
        (("Underwater hockey",), ANY),
        (("Detailed maintenance",), ANY),
        ((), ANY),
    ],
)
def test_a_pair_finds_its_topic_by_its_skills(skills: tuple[str, ...], key: str) -> None:
    assert topic_of(skills).key == key


def test_what_leads_wrote_stands_in_the_place_of_ours() -> None:
    ours, theirs = (guide(1, 6, topics()[0], Part.MENTOR, words) for words in ("", "Ask Ada first."))
    assert theirs.lines == ("Ask Ada first.", *ours.lines[1:])
