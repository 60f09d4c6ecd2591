"""Text for Slack: escaped, clipped, cleaned, and read aloud."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views import text
from tests.handlers.views.checks import assert_harmless, assert_visible


def test_escape_changes_exactly_three_characters() -> None:
    assert text.escape("<!channel> & *you* `x`") == "&lt;!channel&gt; &amp; *you* `x`"
    assert text.escape("&amp;") == "&amp;amp;"


@given(st.text(), st.integers(1, 60))
def test_escape_keeps_to_its_limit_and_does_no_harm(typed: str, limit: int) -> None:
    escaped = text.escape(typed, limit)
    assert len(escaped) <= limit
    assert_harmless(escaped)


def test_escape_cuts_no_entity_in_two() -> None:
    assert text.escape("<<<<", 10) == "&lt;&lt;…"
    assert text.escape("<<", 8) == "&lt;&lt;"


@given(st.text())
def test_plain_is_visible_on_one_line_and_stays_as_it_is(typed: str) -> None:
    plain = text.plain(typed)
    assert_visible(plain)
    assert plain == " ".join(plain.split())
    assert text.plain(plain) == plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("abc\u202edef\u2066", "abcdef"),
        ("one\r\n two\u2028three", "one two three"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("half \ud83d", "half"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
        ("Zoë 日本 café", "Zoë 日本 café"),
    ],
)
def test_plain(typed: str, plain: str) -> None:
    assert text.plain(typed) == plain


def test_clip_counts_code_points() -> None:
    assert text.clip("abcdef", 6) == "abcdef"
    assert text.clip("abcdefg", 6) == "abcde…"
    assert text.clip("abcd efg", 6) == "abcd…"
    assert text.clip("👩👩👩", 2) == "👩…"


def test_names() -> None:
    assert text.mention("U1") == "<@U1>"
    assert text.channel("C1") == "<#C1>"
    assert text.mentions(("U1", "U2")) == "<@U1> and <@U2>"
    assert text.typed("approve", "12") == "`/reverse-mentor approve 12`"
    assert text.typed() == "`/reverse-mentor`"


def test_a_date_names_its_zone_where_it_cannot_be_shown_locally() -> None:
    moment = datetime(2026, 12, 1, 3, 5, tzinfo=UTC)
    fallback = "Monday, November 30, 2026 at 22:05 (America/New York)"
    token = text.date_token(moment, "America/New_York")
    assert token == f"<!date^1796094300^{{date_short}} at {{time}}|{fallback}>"
    assert text.date_token(moment).endswith("|Tuesday, December 1, 2026 at 03:05 (UTC)>")
    assert text.day_words(date(2027, 1, 31)) == "January 31, 2027"


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_joined(items: list[str], words: str) -> None:
    assert text.joined(items) == words


def test_count() -> None:
    assert [text.count(number, "pair") for number in (0, 1, 2)] == ["0 pairs", "1 pair", "2 pairs"]
    assert text.count(2, "person", "people") == "2 people"


@given(st.lists(st.text("ab", max_size=40)), st.integers(40, 200))
def test_bullets_keep_to_their_limit_and_count_the_rest(items: list[str], limit: int) -> None:
    lines = text.bullets(items, limit).split("\n") if items else []
    assert len("\n".join(lines)) <= limit
    if lines and lines[-1].endswith(" more"):
        missing = int(lines[-1].removeprefix("• and ").removesuffix(" more"))
        assert missing == len(items) - len(lines) + 1 > 0
    else:
        assert lines == [f"• {item}" for item in items]
