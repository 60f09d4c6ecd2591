"""The pairs as a table of text: columns that stand below each other, in whatever script."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching import MatchedPair, Part, Participant, Problem, Proof, Solution, Taught, Teaches, Wish
from mentoring.spreadsheets.outcome import Outcome
from mentoring.spreadsheets.printed import pairs_table
from mentoring.spreadsheets.widths import padded, shortened, width

TEACHES = Teaches((Taught("AI tools", (Wish("AI tools", 1),)),))
WHY = "Teaches “AI tools” (first choice)"
NAMES = st.text("aé\u0301李王ｱ가نו👩 ", min_size=1, max_size=40)


def outcome(*named: tuple[str, str]) -> Outcome:
    """Pairs of people with these names."""
    names = {
        f"{side}{place}": name
        for place, pair in enumerate(named)
        for side, name in zip("mn", pair, strict=True)
    }
    people = [Participant(one, mentor=one[0] == "m", mentee=one[0] == "n", level=1) for one in names]
    pairs = tuple(
        MatchedPair(f"m{n}", f"n{n}", 9000, (Part("skill_fit", 9000, TEACHES),)) for n in range(len(named))
    )
    proof = Proof(True, 0, 0, len(pairs), 0, 0, None, 0, 0, 0, 0)
    return Outcome(Problem(people, on=date(2026, 11, 23)), Solution(pairs, (), (), proof), names)


def places(text: str) -> int:
    """Its places by the standard, counted apart from the code."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)


def test_wide_characters_take_two_places_and_accents_none() -> None:
    assert [width(text) for text in ("Ana", "李雷", "e\u0301", "ｱ", "Ａ", "")] == [3, 4, 1, 1, 2, 0]
    assert padded("李雷", 6) == "李雷  "
    assert shortened("李雷雷雷", 5) == "李雷…"
    assert shortened("李雷雷", 4) == "李…"


@given(NAMES, st.integers(1, 30))
def test_what_is_shortened_fits(name: str, most: int) -> None:
    short = shortened(name, most)
    assert places(short) <= most
    assert short == name or (short.endswith("…") and name.startswith(short[:-1]))


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5), st.one_of(st.none(), st.integers(20, 200)))
def test_columns_stand_below_each_other(named: list[tuple[str, str]], terminal: int | None) -> None:
    head, *lines = list(pairs_table(outcome(*named), terminal))[:-2]
    beside = [line for line in lines if "9,000" in line]
    assert len(beside) == len(named)
    assert {places(line[: line.index("9,000")]) for line in beside} == {places(head[: head.index("Score")])}
    if terminal and terminal >= 30:
        assert max(map(places, [head, *lines])) <= terminal


def test_whatever_is_no_terminal_gets_everything() -> None:
    named = [("Ada " * 30, "Xin")] * 3
    text = "\n".join(pairs_table(outcome(*named)))
    assert text.count(WHY) == text.count("Ada " * 30) == 3
    assert "…" not in text


def test_long_lists_are_cut_on_a_terminal() -> None:
    lines = list(pairs_table(outcome(*[("Ada", "Xin")] * 50), 100, 13))
    assert lines[14] == "and 37 more; --out pairs.csv writes all"
    assert lines[-1] == "A score is out of 10,000, the best pair that could be thought of."
    assert len(lines) == 17


def test_ids_only_where_two_have_one_name() -> None:
    lines = list(pairs_table(outcome(("Ada", "Xin"), ("Ada", "Yara"))))
    assert [line.split("  ")[0] for line in lines[1:3]] == ["Ada (m0)", "Ada (m1)"]
    assert "Xin (" not in "".join(lines)


@pytest.mark.parametrize("terminal", [20, 30, 40])
def test_in_a_narrow_window_the_reasons_stand_below(terminal: int) -> None:
    lines = list(pairs_table(outcome(("Ada", "Xin")), terminal))
    assert lines[3].startswith("  Teaches")


def test_no_pair_is_no_table() -> None:
    assert list(pairs_table(outcome())) == []
