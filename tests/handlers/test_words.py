"""Reading typed lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import words
from handlers.command import COMMANDS
from handlers.ids import Word
from mentoring.checkins import Answer


def test_each_word_does_something() -> None:
    assert set(Word) <= set(COMMANDS)


@pytest.mark.parametrize(
    ("typed", "word", "rest"),
    [
        ("", "", ""),
        ("   ", "", ""),
        ("help", "help", ""),
        ("  HELP  ", "help", ""),
        ("/help", "help", ""),
        ("Pause  2027-01-31", "pause", "2027-01-31"),
        ("decline 12  No common time ", "decline", "12  No common time"),
        ("send again 7", "send-again", "7"),
        ("It  Arrived 7", "it-arrived", "7"),
        ("check in met", "check-in", "met"),
        ("dance", "dance", ""),
        ("Help.", "help", ""),
        ("help!", "help", ""),
        ("status,", "status", ""),
        ("Status\u2026", "status", ""),
        ("\u200bstatus\u200b", "status", ""),
        ("\ufeffstatus", "status", ""),
        ("sta\u00adtus", "status", ""),
        ("\u00a0pause\u00a02 weeks", "pause", "2 weeks"),
        ("pause\u2003until\u202fFriday", "pause", "until Friday"),
        ("pause\tuntil Friday", "pause", "until Friday"),
        ("\uff53\uff54\uff41\uff54\uff55\uff53", "status", ""),
        ("\uff0f\uff48\uff45\uff4c\uff50", "help", ""),
        ("`status`", "status", ""),
        ("```status```", "status", ""),
        ("```\nstatus\n```", "status", ""),
        ("*status*", "status", ""),
        ("_*pause* 2 weeks_", "pause", "2 weeks"),
        ("~status~", "status", ""),
        ("\u201cstatus\u201d", "status", ""),
        ("\u2018status\u2019", "status", ""),
        ('"pause until Friday"', "pause", "until Friday"),
        ("**help**", "help", ""),
        ("> status", "status", ""),
        ("- status", "status", ""),
        ("\u2014status", "status", ""),
        ("<@U0BOT> status", "status", ""),
        ("<@U0BOT|reverse-mentor>: Pause 2 weeks", "pause", "2 weeks"),
        ("@Reverse Mentor help", "help", ""),
        ("/reverse-mentor pause until Friday", "pause", "until Friday"),
        ("`/reverse-mentor status`", "status", ""),
        ("/reverse\u2013mentor status.", "status", ""),
        ("/reverse-mentor", "", ""),
        ("reverse-mentor help", "help", ""),
        ("keep\u2013apart Javascript", "keep-apart", "Javascript"),
        ("check\u2011in met", "check-in", "met"),
        ("Send  again: 7", "send-again", "7"),
        ("share C++, .NET", "share", "C++, .NET"),
        ("!!!", "!!!", ""),
    ],
)
def test_the_first_word_is_found(typed: str, word: str, rest: str) -> None:
    assert words.read(typed, COMMANDS) == words.Line(word, rest)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stauts", "status"),
        ("aprove", "approve"),
        ("pasue", "pause"),
        ("lern", "learn"),
        ("inn", "in"),
        ("sing", None),
        ("xyzzy", None),
    ],
)
def test_the_nearest_word_is_suggested(typed: str, meant: str | None) -> None:
    assert words.nearest(typed, [word for word in COMMANDS if word]) == meant


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("12", [12]),
        ("#12, #13 and 12", [12, 13]),
        ("pairs 1 2  3", [1, 2, 3]),
        ("", []),
        ("twelve", []),
        ("99999999999999999999", [0]),
        ("\uff11\uff12", [12]),
        ("12\u201314", [12, 14]),
        ("`12`, *13*.", [12, 13]),
        ("٣", []),
    ],
)
def test_numbers_are_found(typed: str, numbers: list[int]) -> None:
    assert words.numbers(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12", (12, "")),
        ("12 No common time", (12, "No common time")),
        ("#12: 3 levels are too many", (12, "3 levels are too many")),
        ("pair 12, thank you", (12, "thank you")),
        ("12 \u2013 No common time", (12, "No common time")),
        ("12\u2014No common time", (12, "No common time")),
        ("because", (0, "because")),
        ("12th floor", (0, "12th floor")),
        ("", (0, "")),
    ],
)
def test_a_leading_number_is_split_from_the_reason(typed: str, found: tuple[int, str]) -> None:
    assert words.numbered(typed) == found


def test_lists_are_split_at_commas() -> None:
    assert words.listed(" video  editing, AI tools,, ") == ["video editing", "AI tools"]
    assert words.listed("\u201cvideo editing\u201d, AI tools.") == ["video editing", "AI tools"]
    assert words.listed("C++, .NET, C#, !!!") == ["C++", ".NET", "C#", "!!!"]


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("We met.", Answer.MET),
        ("I need help", Answer.HELP),
        ("<@U0BOT> i need help!", Answer.HELP),
        ("not yet", Answer.NOT_YET),
        ("planned", Answer.PLANNED),
        ("yes", None),
        ("no", None),
        ("help", None),
        ("we met a dragon", None),
        ("", None),
    ],
)
def test_an_answer_alone_is_read_only_where_it_can_mean_nothing_else(
    typed: str, given: Answer | None
) -> None:
    assert words.answered(typed) is given


def _turkish(word: str) -> str:
    """As a Turkish phone makes small letters of JOIN."""
    return word.replace("i", "\u0131")


def _turkish_capitals(word: str) -> str:
    """As it makes capitals of join."""
    return word.replace("i", "\u0130").upper()


WRAPPINGS = (
    *(
        "{}",
        " {} ",
        "{}.",
        "{}!",
        "{},",
        "{}\u2026",
        "`{}`",
        "*{}*",
        "_{}_",
        "```{}```",
        "\u201c{}\u201d",
        "'{}'",
    ),
    *(
        "\u2068{}\u2069",
        "\u061c{}\u180e",
        "\u200d{}\u200c",
        "\U0001f44b {} \U0001f64f\U0001f3fd",
        "{} :pray:",
        "{}\ufe0f",
    ),
    *("/reverse-mentor {}", "<@U0BOT> {}", "@Reverse Mentor {}", "\u200b{}\ufeff", "\u00a0{}\u00a0", "> {}"),
)


@given(
    st.sampled_from([word for word in COMMANDS if word]),
    st.lists(st.sampled_from(WRAPPINGS), max_size=3, unique=True),
    st.sampled_from([str, str.upper, str.capitalize, _turkish, _turkish_capitals]),
)
def test_no_keyboard_hides_a_word(word: str, wrappings: list[str], cased: Callable[[str], str]) -> None:
    typed = cased(word).replace("-", "\u2011")
    for wrapping in wrappings:
        typed = wrapping.format(typed)
    assert words.read(typed, COMMANDS).word == word


@given(st.text())
def test_nothing_that_is_typed_breaks_the_reading(text: str) -> None:
    line = words.read(text, COMMANDS)
    words.listed(line.rest)
    words.numbered(line.rest)
    words.checkin(text)
    words.answered(text)
    words.calls_for_help(text)
    words.alone(text)


@pytest.mark.parametrize(
    ("typed", "calls"),
    [
        ("please help me", True),
        ("My partner never answers", True),
        ("I feel uncomfortable", True),
        ("we have a problem", True),
        ("thank you so much", False),
        ("hello", False),
        ("", False),
    ],
)
def test_a_call_for_help_is_heard(typed: str, calls: bool) -> None:
    assert words.calls_for_help(typed) is calls


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("met", (Answer.MET, 0)),
        ("We met 12", (Answer.MET, 12)),
        ("PLANNED", (Answer.PLANNED, 0)),
        ("not yet", (Answer.NOT_YET, 0)),
        ("not-yet 3", (Answer.NOT_YET, 3)),
        ("3 Not Yet", (Answer.NOT_YET, 3)),
        ("I need help", (Answer.HELP, 0)),
        ("met pair 12", (Answer.MET, 12)),
        ("met!", (Answer.MET, 0)),
        ("We\u2019ve met", (Answer.MET, 0)),
        ("We have already met, thanks \U0001f64f", (Answer.MET, 0)),
        ("\u201cWe met\u201d", (Answer.MET, 0)),
        ("Yes.", (Answer.MET, 0)),
        ("not\u2013yet.", (Answer.NOT_YET, 0)),
        ("Not\u00a0yet\u2026", (Answer.NOT_YET, 0)),
        ("We haven\u2019t met yet", (Answer.NOT_YET, 0)),
        ("*planned*", (Answer.PLANNED, 0)),
        ("it\u2019s planned, pair #12", (Answer.PLANNED, 12)),
        ("\uff4d\uff45\uff54 \uff11\uff12", (Answer.MET, 12)),
        ("need help", (Answer.HELP, 0)),
        ("I need help!!", (Answer.HELP, 0)),
        ("I do not need help", (None, 0)),
        ("we have not planned", (None, 0)),
        ("maybe", (None, 0)),
        ("", (None, 0)),
    ],
)
def test_check_in_answers_are_read(typed: str, given: tuple[Answer | None, int]) -> None:
    assert words.checkin(typed) == given
