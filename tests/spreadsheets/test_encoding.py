"""Text is read whatever the program that wrote it was set to, and damage stays visible."""

from __future__ import annotations

import codecs

import pytest

from mentoring.spreadsheets.encoding import REPLACEMENT, Decoded, decode

TEXT = "id,name\r\n1,Zoë Müller – “AI”\r\n2,Łukasz\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == Decoded(TEXT)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_the_other_byte_order(mark: bytes) -> None:
    encoding = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-32-be"
    assert decode(mark + TEXT.encode(encoding)) == Decoded(TEXT)


def test_windows_1252() -> None:
    text = TEXT.replace("Łukasz", "José €5")
    assert decode(text.encode("cp1252")) == Decoded(text, "cp1252")


def test_bytes_that_windows_1252_lacks_stay_visible() -> None:
    assert (
        decode("Jürgen Größe, Prüfung ".encode("cp1252") + b"\x81").text
        == f"Jürgen Größe, Prüfung {REPLACEMENT}"
    )


def test_a_damaged_byte_in_utf_8_does_not_turn_the_rest_into_nonsense() -> None:
    assert decode("Zoë, José, Łukasz ".encode() + b"\xff").text == f"Zoë, José, Łukasz {REPLACEMENT}"


def test_cut_off_utf_16_keeps_what_can_be_read() -> None:
    assert decode(TEXT.encode("utf-16")[:-1]).text == TEXT[:-1] + REPLACEMENT


def test_nothing_is_read_as_nothing() -> None:
    assert decode(b"") == Decoded("")
