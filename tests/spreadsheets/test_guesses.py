"""Text in the encodings of many languages is read right or refused, and never read wrong without a word."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.spreadsheets.encoding import NAMES, Decoded, Unclear, decode
from tests.effort import examples
from tests.spreadsheets.builders import errors_of, warnings_of

PEOPLE = {
    language: [name.strip() for name in names.split(",")]
    for line in Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines()
    for language, mark, names in [line.partition(": ")]
    if mark and not line.startswith("#")
}
"""Names that nothing was learned from, by language."""

ENCODINGS = {
    "German": "cp1252 cp1250 cp1254 iso8859_15 mac_roman cp850 cp437",
    "French": "cp1252 iso8859_15 mac_roman cp850",
    "Spanish": "cp1252 mac_roman cp850",
    "Portuguese": "cp1252 mac_roman cp850",
    "Swedish": "cp1252 mac_roman cp850",
    "Polish": "cp1250 iso8859_2 cp852 mac_latin2",
    "Czech": "cp1250 iso8859_2 cp852",
    "Hungarian": "cp1250 cp852",
    "Turkish": "cp1254 cp857 mac_turkish",
    "Russian": "cp1251 koi8_r mac_cyrillic cp866 iso8859_5",
    "Ukrainian": "cp1251 koi8_u mac_cyrillic",
    "Greek": "cp1253 iso8859_7 cp737",
    "Hebrew": "cp1255 cp862",
    "Arabic": "cp1256",
    "Simplified": "gbk gb18030",
    "Traditional": "big5 cp950",
    "Japanese": "cp932 euc_jp",
    "Korean": "cp949 euc_kr",
    "Thai": "cp874",
}
TABLE = [(language, encoding) for language, found in ENCODINGS.items() for encoding in found.split()]
PLAIN = "Ada Example, Ben Fiction, Cleo Sample, Dan Placeholder, Eve Nobody, Finn Invented"


def page(names: list[str], separator: str = ",") -> str:
    rows = [f"p{place};{name};{place % 7 + 1};SQL;Data literacy" for place, name in enumerate(names)]
    return "\r\n".join(["id;name;level;shares;wants", *rows, ""]).replace(";", separator)


def read(data: bytes) -> str | None:
    """Return the text, or None if it is refused because several texts are likely."""
    try:
        return decode(data).text
    except Unclear as unclear:
        if len({text for _, text in unclear.readings}) < 2:
            raise
    return None


def pages(language: str, encoding: str) -> Iterator[str]:
    """Yield pages of all sizes: few names among English ones, and mixtures of first and last names."""
    names, draw = PEOPLE[language], random.Random(f"{language} {encoding}")
    for count in (1, 1, 1, 2, 2, 3, 5, 8):
        some = draw.sample(names, count)
        yield page([*PLAIN.split(", ")[: draw.randint(0, 6)], *some], draw.choice(",;\t"))
    yield page(names)
    parts = [name.split(" ") for name in names if " " in name]
    if parts:
        yield page([f"{draw.choice(parts)[0]} {draw.choice(parts)[1]}" for _ in range(100)])


def written(text: str, encoding: str) -> bytes:
    """Encode a page without the people whose names the encoding lacks."""
    fits = [line for line in text.split("\r\n") if line.encode(encoding, "replace").decode(encoding) == line]
    return "\r\n".join(fits).encode(encoding)


@pytest.mark.sampled(14)
@pytest.mark.parametrize(("language", "encoding"), TABLE)
def test_no_text_is_read_wrong_without_a_word(language: str, encoding: str) -> None:
    for text in pages(language, encoding):
        data = written(text, encoding)
        assert read(data) in {data.decode(encoding), None}


@pytest.mark.sampled(14)
@pytest.mark.parametrize(("language", "encoding"), TABLE)
def test_a_department_is_read_and_not_asked_about(language: str, encoding: str) -> None:
    data = written(page(PEOPLE[language]), encoding)
    assert decode(data).text == data.decode(encoding)


@pytest.mark.slow
@settings(max_examples=examples(150))
@given(st.sampled_from(TABLE), st.data())
def test_no_few_names_are_read_wrong(case: tuple[str, str], data: st.DataObject) -> None:
    language, encoding = case
    some = data.draw(st.lists(st.sampled_from(PEOPLE[language]), min_size=1, max_size=6, unique=True))
    raw = written(page([*PLAIN.split(", "), *some]), encoding)
    assert read(raw) in {raw.decode(encoding), None}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("José", "cp1252"),
        ("Müller", "cp1252"),
        ("Zoë Müller – “AI”, José €5", "cp1252"),
        ("Анна Иванова", "cp1251"),
        ("Łukasz Dąbrowski", "cp1250"),
    ],
)
def test_one_name_is_enough_where_nothing_else_is_likely(text: str, encoding: str) -> None:
    assert decode(page([text]).encode(encoding)).text == page([text])


def test_what_was_found_is_told_with_a_name_to_check() -> None:
    (told,) = warnings_of(page(["Ada Example", "Анна Иванова"]).encode("cp1251"))
    assert told == (
        "line 3, column name: The file is not UTF-8. It was read as Windows-1251 (Cyrillic), cp1251: "
        "“Анна Иванова”. If that is wrong, give the right one with --encoding."
    )


def test_what_is_unclear_is_shown_in_each_reading() -> None:
    (error,) = errors_of(page(["Ada Example", "李雷"]).encode("gbk"))
    assert error.startswith("line 3, column id: The file is not UTF-8, and it is not certain what it is.")
    assert "“李雷” in GB 18030 (simplified Chinese), gb18030" in error
    assert error.endswith("with --encoding gb18030.")


@pytest.mark.parametrize("name", ["陆陆", "叶小", "谢莹"])
def test_a_name_that_is_utf_8_by_chance_is_asked_about(name: str) -> None:
    data = page([name]).encode("gbk")
    data.decode("utf-8")
    with pytest.raises(Unclear) as caught:
        decode(data)
    assert page([name]) in dict(caught.value.readings).values()


def test_one_word_in_utf_8_is_believed() -> None:
    words = [
        "é",
        "Ёлка",
        "Ա",
        "Zoë",
        "“AI”",
        "5 °C",
        "म",
        "🙂",
        *(name for names in PEOPLE.values() for name in names),
    ]
    assert [word for word in words if read(page([word]).encode()) != page([word])] == []


def test_a_long_line_takes_no_longer_than_it_is_long() -> None:
    data = page(["José"]).encode("cp1252") + b"x" * 3_000_000
    assert decode(data).text.startswith("id,name")


def test_an_encoding_that_is_given_is_used() -> None:
    data = page(["李雷"]).encode("gbk")
    assert decode(data, "gbk") == Decoded(page(["李雷"]))
    assert decode("\ufeffid".encode(), "gbk") == Decoded("id")


def test_bytes_that_the_encoding_lacks_are_not_passed_over() -> None:
    data = page(PEOPLE["German"]).encode("cp1252").replace(b"Ilse", b"Il\x81\x8de")
    (error,) = errors_of(data)
    assert error.startswith("line 8, column ")


def test_every_encoding_has_a_name_and_is_known_to_python() -> None:
    for name in NAMES:
        assert "a".encode(name) == b"a"
