"""From the bytes of a spreadsheet export to text, whatever the program that wrote them was set to."""

from __future__ import annotations

import codecs

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WINDOWS_1252 = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}
_LOOKED_AT = 1_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are those of an Excel or OpenDocument file, saved without exporting it."""
    return data.startswith(_WORKBOOKS)


def decode(data: bytes) -> str:
    """Return the text of the bytes: UTF-8, UTF-16 or UTF-32 by their mark, else UTF-8, UTF-16 or Windows-1252.

    What cannot be read becomes U+FFFD or a control character, so that it can be pointed at where it stands.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode(_unmarked_utf_16(data) or "utf-8")
    except UnicodeDecodeError:
        return _damaged(data)


def _unmarked_utf_16(data: bytes) -> str:
    """Return the byte order if every second byte is mostly zero, as in western text in UTF-16."""
    start = data[:_LOOKED_AT]
    half = len(start) // 2
    if half and start[1::2].count(0) > half // 2:
        return "utf-16-le"
    return "utf-16-be" if half and start[::2].count(0) > half // 2 else ""


def _damaged(data: bytes) -> str:
    """Read bytes that are no proper UTF: Windows-1252, unless most of what is not ASCII reads as UTF.

    Text in Windows-1252 hardly ever has two bytes in a row that make a character of UTF-8.
    """
    text = data.decode(_unmarked_utf_16(data) or "utf-8", "replace")
    unreadable = text.count(REPLACEMENT)
    readable = sum(not char.isascii() for char in text) - unreadable
    return text if readable > unreadable else data.decode("latin-1").translate(_WINDOWS_1252)
